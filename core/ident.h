/*
 * Ids: what items are called by. An id is a letter and four or more letters or digits, of the lower-case
 * letters without a e i o u l y and the digits without 0 and 1. No YAML reader takes it for anything but a
 * string, and it is never a word. Ids are minted at random and live in the names of files:
 *
 *     g_autofree char *id = ident_mint(random, backlog_size, is_taken, backlog);
 *     g_autofree char *name = ident_file_name(id, "Filter search results");
 *
 * gives "k7q2m-filter-search-results.md".
 *
 * File systems and people mistake case, so names of files and words of a command line are matched without
 * regard to the case of ASCII letters; an id itself is always lower-case. Foreign ids (aliases) are the
 * backlog's affair.
 */
#pragma once

#include <glib.h>

struct random;

/* Whether text is an id; NULL is none. */
gboolean ident_is_valid(const char *text);

/* A new id that taken, asked with data, does not know: of 5 characters, of 6 in a backlog of more than 5,000
 * items, of 7 past 100,000. Free with g_free. */
char *ident_mint(struct random *random, gsize backlog_size, gboolean (*taken)(const char *id, gpointer data),
                 gpointer data);

/* The id of a file called <id>.md or <id>-<anything>.md, lower-case; NULL of any other. basename is a name
 * without folders. Free with g_free. */
char *ident_from_file_name(const char *basename);

/* <id>-<slug>.md, or <id>.md where nothing of the title has a slug. The slug is the title's letters and
 * digits in lower-case ASCII, words joined by '-', at most 40 bytes, cut after a whole word unless the first
 * is longer than that. It depends on neither locale nor validity of the UTF-8. Free with g_free. */
char *ident_file_name(const char *id, const char *title);

/* What a word names among n ids: their indexes (guint), in the order of the ids. An id that equals the word
 * hides those that only begin with it. So: one element, found; none, not there; more, ambiguous, and these
 * are the candidates. The empty word names nothing. Returns a new array. */
GArray *ident_matches(const char *const *ids, gsize n, const char *word);

/* Sets lengths[i] to how many characters of ids[i] name it alone among the n ids, as ident_matches has it; to
 * the length of the id where another is the same. */
void ident_shortest(const char *const *ids, gsize n, guint *lengths);
