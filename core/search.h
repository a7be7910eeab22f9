/*
 * Search: the items that hold certain words, best first, and the items most like another one or a text.
 *
 *     struct search *search = search_open(backlog, &error);
 *     struct search_found *found = search_words(search, words, &wish, &error);
 *     struct search_found *alike = search_like_item(search, item, &wish, &error);
 *
 * Every word of an item counts, of its front matter and of its body, but for keys, ranks, stamps, votes, days
 * and the fields of one choice. Words are compared without case and diacritics, in any normal form, and by
 * their English stem. What is found does not depend on whether there is an index.
 */
#pragma once

#include "query.h"
#include "span.h"

#define SEARCH_ERROR search_error_quark()
GQuark search_error_quark(void);

enum search_error {
    SEARCH_ERROR_WORDS,  /* there is no word to look for */
    SEARCH_ERROR_ENGINE, /* SQLite cannot: above all no FTS5 in it */
};

struct search;

/* Reads the backlog, which must outlive it, as far as the index does not know it. */
struct search *search_open(struct backlog *backlog, GError **error);
void search_close(struct search *search);
typedef struct search Search; /* for g_autoptr(Search) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Search, search_close)

/* What is wanted. */
struct search_wish {
    const struct query *query; /* that all must match; NULL: any item */
    GHashTable *among;         /* a set of items, of which all must be; NULL: any item */
    gboolean open_only;
    guint limit; /* hits at most */
};

/* What an item is to the one that others are compared with. */
enum search_relation {
    SEARCH_UNRELATED,
    SEARCH_DUPLICATE, /* it names that one under duplicate-of */
    SEARCH_ORIGINAL,  /* that one names it */
    SEARCH_PART,      /* it has that one as parent */
    SEARCH_PARENT,    /* that one has it */
    SEARCH_SIBLING,   /* both have one parent */
};

struct search_hit {
    const struct item *item; /* of the backlog */
    double score;            /* for comparison within one answer */
    char *title;             /* composed (NFC) */
    GArray *title_matches;   /* struct span of title, rising */
    char *field;     /* where the snippet stands: a field, a section, "heading", "answers" or "text" */
    char *snippet;   /* one line, cut with "…" where it is long; of the title where nothing else matches */
    GArray *matches; /* struct span of snippet, rising */
    /* of search_like_… alone */
    double likeness; /* 0 to 1: its score by the one that the text itself has */
    char **shared;   /* the words that say most of what both have, as the item writes them, NULL-terminated */
    enum search_relation relation;
};

struct search_found {
    GPtrArray *hits; /* struct search_hit, best first, equal ones in the order of the backlog */
    guint total;     /* of them, and of what the limit leaves out */
    guint unwanted;  /* so many have the words, but are not what is wanted */
    /* Where no item has all words, counts are of those that are wished for, but for rarest: */
    char *missing; /* a word that no item has; NULL: each word is somewhere */
    char *nearest; /* a word that is, and is spelt much like it; or NULL */
    guint apart;   /* where that is a phrase: so many items have its words, but not side by side */
    char *spare;   /* without this word most items have the rest; NULL where none has */
    guint rest;    /* so many */
    char *rarest;  /* where each is somewhere and no word could be spared: the one that fewest items have */
    guint rarest_rows;
};

void search_found_free(struct search_found *found);
typedef struct search_found SearchFound; /* for g_autoptr(SearchFound) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SearchFound, search_found_free)

/* Whether the word is a term of a query by a key: a field, or a key that an item has, or much like a field.
 * Only after backlog_load. */
gboolean search_is_filter(const struct backlog *backlog, const char *word);

/* The items that have all words, NULL-terminated. A word with a "*" behind it stands for all that begin so;
 * one with white space, or what stands between double quotes in it, is a phrase; nothing else has a meaning.
 */
struct search_found *search_words(struct search *search, const char *const *words,
                                  const struct search_wish *wish, GError **error);

/* The items most like the item, itself left out, and those most like the text, whose first line is taken for
 * a title. */
struct search_found *search_like_item(struct search *search, const struct item *item,
                                      const struct search_wish *wish, GError **error);
struct search_found *search_like_text(struct search *search, const char *text, const struct search_wish *wish,
                                      GError **error);
