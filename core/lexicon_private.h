/*
 * What the files of the lexicon share; only they include this. lexicon.c makes the lists, lexicon_mark.c
 * looks words up in all of them at once.
 */
#pragma once

#include "lexicon.h"

/* A bit for each beginning of three letters, so that most words are known not to be there at a glance. */
#define STARTS (1 << 15)

/* Prefixes are no longer, counted in bytes. */
#define PREFIX_LONGEST 31

struct word_list {
    const char *name;
    guint64 bit;            /* its own in the marks of a token */
    guint64 family;         /* the same and those of its kinds */
    GStringChunk *words;    /* what is not of the source */
    GHashTable *entries;    /* what an entry begins with, a word -> struct entry */
    GHashTable *prefixes;   /* a set */
    guint32 prefix_lengths; /* a bit each */
    guint32 starts[STARTS / 32];
};

/* Entries that begin with one word, or mark. Most are that word alone. */
struct entry {
    gboolean alone;     /* the word is one */
    gboolean removed;   /* it is none, even if a prefix fits */
    GPtrArray *phrases; /* that go on, the longest first; NULL: there are none */
};

/* What all lists have of one word, a bit for each of them. */
struct word_marks {
    guint64 entries;
    guint64 phrases; /* begin with it */
    guint64 decided; /* whatever a prefix says */
};

struct lexicon {
    GPtrArray *lists;     /* struct word_list */
    GHashTable *by_name;  /* the same */
    GHashTable *marks;    /* word -> struct word_marks */
    GHashTable *prefixes; /* prefix -> guint64 */
    guint32 prefix_lengths;
    guint32 starts[STARTS / 32]; /* of words */
    guint32 prefix_starts[STARTS / 32];
};

/* The number of a word's beginning; what a word is too short for counts as 0. */
static inline guint lexicon_start(const char *word)
{
    guint number = 0;
    for (guint i = 0; i < 3; i++) {
        number = number << 5 | ((guchar)*word & 31);
        word += *word != '\0';
    }
    return number;
}

static inline gboolean lexicon_begins(const guint32 *starts, guint start)
{
    return starts[start / 32] >> start % 32 & 1;
}

/* Marks in starts that a word may begin so; of a prefix shorter than three letters, whatever follows. */
void lexicon_add_start(guint32 *starts, const char *word, gboolean prefix);

/* Makes the marks of a lexicon whose lists are complete. */
void lexicon_gather(struct lexicon *lexicon);
