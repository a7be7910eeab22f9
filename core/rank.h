/*
 * Ranks: the keys that order items. A rank is made once, for one item, from its two neighbours; no other item
 * is rewritten, so that reorderings of two branches merge. Comparing bytes (strcmp) compares ranks.
 *
 * A rank is a number in base 19, over the digits b c d f g h j k m n p q r s t v w x z: an integer, then a
 * fraction that never ends in the lowest digit. The head of the integer says how many digits it has: n p q r
 * s t v w x z for 1, 2, 3, ... 10 digits of the integers from 0 up; m k j h g f d c b for 1, 2, 3, ... 9
 * digits of those from -1 down. So "nb" is 0, "nc" is 1, "nchm" a little more than 1, "pbb" is 19 and "mz" is
 * -1. Nothing ranks below "bbbbbbbbbb", which is why that one is not a rank. The idea of a length-prefixed
 * integer before a fraction is David Greenspan's ("Implementing Fractional Indexing", 2020); the digits and
 * the choice within a gap are ours.
 *
 * All functions that make a rank take neighbours that are valid (rank_is_valid) and return text to be freed
 * with g_free. They never fail. What they draw at random makes two branches that insert at the same place
 * seldom make the same rank: 1 in 18 at the ends, 1 in 361 or less between two.
 */
#pragma once

#include <glib.h>

struct random;

/* Whether text is a rank; NULL is none. */
gboolean rank_is_valid(const char *text);

/* The order of items: by rank, then by id. An item whose rank is NULL or not valid comes after those that
 * have one. Negative, 0 or positive, as strcmp. */
int rank_compare(const char *rank_a, const char *id_a, const char *rank_b, const char *id_b);

/* The rank of the only item. */
char *rank_first(struct random *random);

/* The rank of a new top or bottom item: 10,000 of them stay within 6 characters. */
char *rank_before(struct random *random, const char *first);
char *rank_after(struct random *random, const char *last);

/* A rank between low and high. With low NULL it is that of a new top, with high NULL of a new bottom, with
 * both NULL of the only item. low must rank below high: to insert between two items of the same rank, take
 * two from rank_spread, for the new item and the second of them. 10,000 inserts at random places of a backlog
 * of 1,000 stay within 12 characters, 2,000 that all go just before or just after one item within 14. Only
 * inserts that each halve what the last one left, on alternating sides, cost a character every four. */
char *rank_between(struct random *random, const char *low, const char *high);

/* n ranks in increasing order for items in a row, between low and high, where NULL means as above. Returns a
 * new array of n strings that owns them. */
GPtrArray *rank_spread(struct random *random, const char *low, const char *high, guint n);
