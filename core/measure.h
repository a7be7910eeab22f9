/*
 * Numbers with units in prose, and limits that have lost theirs: "within 500 ms", "within", "within 500".
 *
 *     guint n = measure_match(words, prose, i, end);      how many tokens are a measure, 0: none
 *     struct limit limit;
 *     if (limit_find(words, prose, range, i, &limit)) …     a word of limit without the number that is due
 *
 * Units are the list "units" of the vocabulary, what is counted the list "counts", and words in front of a
 * limit "bound". Numbers in words ("two", "half a") count as digits do.
 */
#pragma once

#include "vocabulary.h"

/* How many tokens from index on, before end, are a number with a unit: 500ms, 500 ms, 99.9 %, 2x, two
 * seconds, 9 of 10; 0: none. */
guint measure_match(const struct vocabulary *words, const struct prose *prose, guint index, guint end);

/* The same for what is counted as well: 3 clicks, 500 concurrent users. */
guint measure_or_count_match(const struct vocabulary *words, const struct prose *prose, guint index,
                             guint end);

enum limit_fault {
    LIMIT_NO_NUMBER, /* "within ms", "at most results", "within for queries": a fact */
    LIMIT_IN_DOUBT,  /* "after minutes": the same, but for manners of speaking */
    LIMIT_NO_UNIT,   /* "within 500 for queries" */
};

struct limit {
    enum limit_fault fault;
    guint end; /* past the tokens that it is said of */
};

/* Whether a limit that cannot be checked begins at index. range is the text it stands in. */
gboolean limit_find(const struct vocabulary *words, const struct prose *prose, struct prose_range range,
                    guint index, struct limit *limit);
