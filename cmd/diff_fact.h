/*
 * What became of an item, fact by fact, as the text of diff shows it: a label and what there is to say.
 *
 *     g_autoptr(GPtrArray) facts = diff_facts(item, policy, color);
 *
 * One fact alone reads as a sentence, "estimate 8 -> 5"; several stand below each other, labels aligned.
 */
#pragma once

#include "review.h"
#include "styled.h"

struct diff_fact {
    char *label;    /* "estimate", "criterion 2"; untrusted */
    guint marks;    /* of the label, as styled_add takes them */
    gboolean apart; /* it reads as no sentence: it has a line of its own */
    struct styled *value;
};

/* The facts of an item beside that it was added, split, dropped or removed: an array of struct diff_fact that
 * owns them. Without color what was taken out and put in of a text stands in brackets, as git's
 * --word-diff=plain has it. */
GPtrArray *diff_facts(const struct review_item *item, const struct policy *policy, gboolean color);
