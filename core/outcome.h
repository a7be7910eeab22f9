/*
 * Whether a criterion tells something that can be seen: it says what happens ("the list shows"), what must
 * hold ("is empty", "no flicker"), or how much of something there is. And whether it opens with work to be
 * done instead ("Add a button"), and where it breaks off ("the banner says").
 *
 * Verbs are the lists "verb", "noun-verb", "participle", "state" and "modal" of the vocabulary; work is
 * "task". No grammar is attempted: what is in doubt counts as an outcome.
 */
#pragma once

#include "vocabulary.h"

/* Whether the word is a form of a verb that is no noun: show, shows, showed. */
gboolean outcome_is_verb(const struct vocabulary *words, const char *word);

/* Whether range tells an outcome. */
gboolean outcome_is_named(const struct vocabulary *words, const struct prose *prose,
                          struct prose_range range);

/* Whether range opens with a verb of work and tells no outcome besides; *end is set past the verb. */
gboolean outcome_is_task(const struct vocabulary *words, const struct prose *prose, struct prose_range range,
                         guint *end);

/* Whether the words at index leave out what they are about: a verb of saying or naming, or a preposition,
 * with nothing behind it ("says and keeps the range"). */
gboolean outcome_breaks_off(const struct prose *prose, struct prose_range range, guint index);
