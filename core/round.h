/*
 * How far the votes of a round are apart: arithmetic over values of the policy's scale, which knows no file
 * and no person.
 *
 *     const char *values[] = { "3", NULL, "13", "?" };     a NULL is a vote that is not there, or not shown
 *     struct round round = round_of(policy, values, G_N_ELEMENTS(values));
 *
 * Two or more steps, or three times as much, is no difference of opinion about the size any more: it is about
 * what is to be done (M. Cohn, Agile Estimating and Planning, 2005, chapter 6: who holds the extremes speaks
 * first). scale.h has what two values are apart, and what is beside one that the scale does not have.
 */
#pragma once

#include "scale.h"

enum round_verdict {
    ROUND_EMPTY,   /* there is no value */
    ROUND_AGREED,  /* all weigh the same; one alone does */
    ROUND_CLOSE,   /* they are one step apart, and less than three times */
    ROUND_DISCUSS, /* two steps or more, three times or more, or any unknown */
};

struct round {
    enum round_verdict verdict;
    guint n;               /* values, the unknown among them */
    guint unknown;         /* "?", and what has no weight by this policy, as a name that it no longer has */
    guint steps;           /* of the scale, between the extremes (scale_apart) */
    double ratio;          /* the largest weight by the smallest; 0: none has one, or the smallest is 0 */
    gsize lowest, highest; /* index of the first of values with that weight; G_MAXSIZE: none has one */
};

/* Of n values, NULL ones left out. */
struct round round_of(const struct policy *policy, const char *const *values, gsize n);

/* "3, 5, 13, ?": the values that are there, as given, by weight, those without one last. Newly allocated. */
char *round_print(const struct policy *policy, const char *const *values, gsize n);

/* "empty", "agreed", "close", "discuss". */
const char *round_verdict_name(enum round_verdict verdict);
