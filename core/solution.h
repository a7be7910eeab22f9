/*
 * Whether words say how a wish is to be met, and not what is wished: a verb of building and, within six words
 * behind it, a part of a screen or a technology ("add CSV export button to settings page"). The words are
 * those of the lists build, interface, technology, look and colour of the lexicon.
 */
#pragma once

#include "lexicon.h"

/* The lists, looked up once for many texts; borrowed. */
struct solution_words {
    const struct word_list *build, *interface, *technology, *look, *colour;
};

struct solution_words solution_words(const struct lexicon *lexicon);

struct solution {
    struct prose_range words; /* from the verb to the last of the parts */
    char *parts;              /* what it names, as it stands, with ", " between: "button, settings page" */
};

/* Finds the first solution in range. FALSE: there is none, and solution is all empty. */
gboolean solution_find(const struct solution_words *words, const struct prose *prose,
                       struct prose_range range, struct solution *solution);

/* The same for a criterion, where looks count as well: pixels, selectors, the colour of a part. */
gboolean solution_find_look(const struct solution_words *words, const struct prose *prose,
                            struct prose_range range, struct solution *solution);

void solution_clear(struct solution *solution);
