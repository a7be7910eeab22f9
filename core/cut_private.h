/*
 * What the files of cut share; only they include this. cut_read and cut_scan make the words of an item,
 * classed by cut_lexicon; cut_join and cut_term find what is joined by "and"; one file for each family of
 * patterns adds its cuts with the builders of cut.c.
 */
#pragma once

#include "criteria.h"
#include "cut.h"

/* -- words -- */

/* What a word can be; some are several things. */
enum cut_class {
    CLASS_STOP = 1 << 0,       /* ends a noun: prepositions, auxiliaries, adverbs of clauses */
    CLASS_JOIN = 1 << 1,       /* and, or */
    CLASS_DETERMINER = 1 << 2, /* the, my, all */
    CLASS_PRONOUN = 1 << 3,    /* it, them */
    CLASS_VERB = 1 << 4,       /* seldom a noun */
    CLASS_ADJECTIVE = 1 << 5,  /* and adverbs */
    CLASS_SIFT = 1 << 6,       /* filter, sort */
    CLASS_SHOW = 1 << 7,       /* see, record: what follows is data */
    CLASS_CREATE = 1 << 8,     /* the operations */
    CLASS_READ = 1 << 9,
    CLASS_CHANGE = 1 << 10,
    CLASS_REMOVE = 1 << 11,
    CLASS_MANAGE = 1 << 12,
    CLASS_BROAD = 1 << 13,   /* manage these is no set of operations: errors, expectations */
    CLASS_FAIL = 1 << 14,    /* invalid, declined */
    CLASS_STUDY = 1 << 15,   /* investigate, evaluate */
    CLASS_BUILDER = 1 << 16, /* roles that build: developer */
    CLASS_WAY = 1 << 17,     /* pay, sign: what can be done in several ways */
    CLASS_HEAD = 1 << 18,    /* app, client: stands behind the name of an interface or a format */
    CLASS_MEANS = 1 << 20,   /* by, with, via */
    CLASS_ASK = 1 << 21,     /* check if, know whether: no condition */
    CLASS_LINK = 1 << 22,    /* parity, sync: of what is joined, and so not of one alone */
    CLASS_RESULT = 1 << 23,  /* get, see: a second verb that is what the first one is for */
};

#define CLASS_OPERATION (CLASS_CREATE | CLASS_READ | CLASS_CHANGE | CLASS_REMOVE)

struct cut_word {
    const char *text; /* lower case; "" for a mark */
    struct span span; /* of the piece's text */
    guint classes;
    char mark;      /* ',' and other punctuation; '"' for what is not prose; 0: a word */
    gboolean aside; /* of the role or the benefit */
    gboolean opens; /* the first word of a sentence */
};

enum cut_place { PLACE_TITLE, PLACE_STORY, PLACE_CRITERIA, PLACE_WHY, PLACE_APPROACH, PLACE_QUESTIONS };

/* A paragraph, a list item's first, a cell: one text. */
struct cut_piece {
    enum cut_place place;
    guint criterion; /* 0: none */
    gboolean scenario;
    gboolean wished;  /* the title, a story's sentence, or its first paragraph where that is short */
    const char *text; /* what spans are of: the document's, or the title */
    gssize shift;     /* from an offset of text to one of the document */
    guint first;      /* in the words of the reading */
    guint end;
};

struct cut_reading {
    struct document *document;
    const struct policy *policy;
    const char *title;   /* "" where there is none */
    struct span value;   /* of the title in the document */
    gboolean verbatim;   /* the title stands there as it reads */
    const char *type;    /* "" where there is none */
    guint paragraphs;    /* of the story, so far */
    gboolean story;      /* a sentence says in which role somebody wants something */
    gboolean builder;    /* … and it is the role of who builds */
    GPtrArray *criteria; /* struct criterion */
    GArray *words;       /* struct cut_word */
    GArray *pieces;      /* struct cut_piece, by place of reading: title first, then as in the file */
    GHashTable *lexicon;
    GHashTable *names; /* of cut_names_new */
    GStringChunk *strings;
    GPtrArray *cuts; /* struct cut: what is found */
};

void cut_read(struct cut_reading *reading, struct document *document, const struct policy *policy);
void cut_reading_clear(struct cut_reading *reading);

/* Appends the words and marks of that part of text to those of the reading, and a mark alone. What is quoted
 * is one mark, and so is what is longer than people write. */
void cut_scan(struct cut_reading *reading, const char *text, struct span span);
void cut_add_mark(struct cut_reading *reading, struct span span, char mark);

/* The classes of words: word -> GUINT_TO_POINTER(classes). Its keys are in strings. */
GHashTable *cut_lexicon_new(GStringChunk *strings);

static inline const struct cut_word *cut_word_at(const struct cut_reading *reading, guint index)
{
    return &g_array_index(reading->words, struct cut_word, index);
}

static inline const struct cut_piece *cut_piece_at(const struct cut_reading *reading, guint index)
{
    return &g_array_index(reading->pieces, struct cut_piece, index);
}

/* Whether the word at index, before end, is that one. */
gboolean cut_is(const struct cut_reading *reading, guint index, guint end, const char *text);

/* How many words of the phrase, with a space between, stand from index on, before end; 0: not all. */
guint cut_phrase(const struct cut_reading *reading, guint index, guint end, const char *phrase);

/* Past the words "I want to" and the like, where they begin at index; 0: they do not. */
guint cut_wish(const struct cut_reading *reading, guint index, guint end);

/* The source of the words from first to end, on one line. Newly allocated. */
char *cut_source(const struct cut_reading *reading, const struct cut_piece *piece, guint first, guint end);

/* -- what is joined -- */

/* Words of one member of "A, B and C". */
struct cut_member {
    guint first;
    guint end;
};

/* The list of nouns that has its "and" or "or" at that index of the piece: members (struct cut_member, in
 * order; emptied first). FALSE where it is none, such as a list of verbs or a saying. */
gboolean cut_join(const struct cut_reading *reading, const struct cut_piece *piece, guint joint,
                  GArray *members);

/* Whether the words around that "and" are a saying: copy and paste. */
gboolean cut_join_is_saying(const struct cut_reading *reading, const struct cut_piece *piece, guint joint);

/* -- names of interfaces and formats -- */

/* Names of one group are of one sort, and only these are cut from each other. */
enum cut_group {
    NAMES_DEVICE,
    NAMES_SYSTEM,
    NAMES_BROWSER,
    NAMES_CHANNEL,
    NAMES_FORMAT,
    NAMES_PICTURE,
    N_NAME_GROUPS
};

struct cut_name {
    enum cut_group group;
    const char *phrase; /* in lower case, one word or two */
    const char *key;    /* equal ones are one thing */
};

/* What cut_name_at goes by: the first word of a phrase -> the names that begin with it. */
GHashTable *cut_names_new(void);

/* The name that begins with the word at, before end, and in *n how many words it is; NULL: none. */
const struct cut_name *cut_name_at(const struct cut_reading *reading, guint at, guint end, guint *n);

/* -- building -- */

/* How much the place of words counts for a cut. */
guint cut_weight(enum cut_place place);

/* A new cut of the reading; why is taken. */
struct cut *cut_add(struct cut_reading *reading, enum cut_pattern pattern, const char *kind, guint strength,
                    char *why);
void cut_add_words(struct cut_reading *reading, struct cut *cut, const struct cut_piece *piece, guint first,
                   guint end);
void cut_add_child(struct cut *cut, char *title); /* title is taken */

/* Gives each criterion to the children of its bits in masks (one a criterion; NULL: all none), or, without
 * any, to the first one; with last, to the last. */
void cut_give_criteria(struct cut_reading *reading, struct cut *cut, const guint *masks, gboolean last);

/* Adds a child for each member of a list, the words from first to end of the piece being what its title
 * replaces, and gives it the criteria in which all words of the member stand. */
void cut_add_members(struct cut_reading *reading, struct cut *cut, const struct cut_piece *piece,
                     const GArray *members, guint first, guint end);

/* The item's title with words of a piece replaced, where the piece is the title; else with what is put
 * behind it. Newly allocated. */
char *cut_title(const struct cut_reading *reading, const struct cut_piece *piece, guint first, guint end,
                const char *with);

/* -- the families -- */

void cut_find_spike(struct cut_reading *reading);
void cut_find_paths(struct cut_reading *reading);
void cut_find_steps(struct cut_reading *reading);
void cut_find_operations(struct cut_reading *reading);
void cut_find_terms(struct cut_reading *reading);
void cut_find_data(struct cut_reading *reading);
void cut_find_rules(struct cut_reading *reading);
