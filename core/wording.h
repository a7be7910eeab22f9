/*
 * One criterion while the rule of wording reads it: rules_wording.c finds the words that leave something
 * open, wording_context.c knows those that only look like one, wording_pin.c what the criterion says in their
 * place, and wording_near.c what it says in place of one of them. Only they include this.
 */
#pragma once

#include "lexicon.h"
#include "reading.h"

/* A criterion is told of so many words; who mends these reads it anew. */
#define WORDING_MOST 20

enum wording_kind {
    WORDING_QUALITY,
    WORDING_MORE,
    WORDING_MANNER,
    WORDING_AMOUNT,
    WORDING_TIME,
    WORDING_ESCAPE,
    WORDING_OPEN,
    WORDING_PENDING,
    N_WORDING_KINDS,
};

/* What may say what a word leaves open. */
struct wording_pin {
    struct span span;   /* empty: nothing */
    gboolean following; /* not the words there, but what follows them: "than", "such as" */
};

struct wording {
    struct reading *reading;
    const struct word_list *lists[N_WORDING_KINDS];
    const struct word_list *names; /* what is passed over */
    const struct word_list *pins;
    const struct prose *prose;
    struct prose_range range;
    guint number; /* of the criterion, from 1 */
    gboolean scenario;
    gboolean foreign;               /* in another language; known once a word was found */
    struct span told[WORDING_MOST]; /* words that were */
    guint n_told;
    struct wording_pin pin; /* what pins down any word of it; known once one was found */
};

/* -- wording_context.c -- */

/* Whether the n tokens from index on are a name or a verb rather than what the list has them for. */
gboolean wording_is_other(const struct wording *wording, guint index, guint n);

/* How many tokens from index on are a clause that leaves it to what is there: "where space allows", "where
 * such patterns exist"; 0: none. */
guint wording_match_way_out(const struct wording *wording, guint index);

/* Whether the tokens at index and before it stand without a space between; so of the one behind it. */
gboolean wording_is_glued(const struct wording *wording, guint index);

/* Whether the token at index, if there is one, is one of the words (NULL-terminated). */
gboolean wording_is_one_of(const struct wording *wording, guint index, const char *const *words);

/* -- wording_pin.c -- */

/* The tokens from first to end as what says it. */
struct wording_pin wording_pin_at(const struct wording *wording, guint first, guint end, gboolean following);

/* The first thing in the criterion that pins words down. */
struct wording_pin wording_find_pin(const struct wording *wording);

/* -- wording_near.c -- */

/* The same of what pins down only the n tokens from index on, which are of that kind. */
struct wording_pin wording_find_pin_of(const struct wording *wording, guint index, guint n,
                                       enum wording_kind kind);
