/*
 * A body's prose as the rules of language read it: words, numbers and marks in their order, each with its
 * place, and no front matter, fences, code spans, link destinations, bare URLs, HTML or its comments. A code
 * span and a quoted literal ("no results", 'x', “so”) are one token each, of which the words are not looked
 * at. Only English is looked at.
 *
 *     struct prose *prose = prose_read(document);
 *     struct prose_range range = prose_within(prose, criterion->span);
 *     for (guint i = range.first; i < range.end; i++)
 *         if (token_is(prose_at(prose, i), "should")) …
 *
 * Takes time in proportion to the text.
 */
#pragma once

#include "document.h"

#include <string.h>

enum token_kind {
    TOKEN_WORD,    /* letters, with "'" and "-" inside: "won't", "re-run", "email" */
    TOKEN_NUMBER,  /* begins with a digit: "500", "3.5", "10,000", "2026-11-21", "500ms", "99.9%", "2x" */
    TOKEN_LITERAL, /* a code span or something in quotes */
    TOKEN_LINK,    /* a bare URL, or what is not prose and no code: HTML, an entity */
    TOKEN_MARK,    /* one character that is none of these: . , ; : ! ? ( ) / % < > = … */
};

struct token {
    enum token_kind kind;
    char mark;        /* of TOKEN_MARK, where it is ASCII; else 0 */
    gboolean quoted;  /* in a block quote */
    gboolean heading; /* a heading's words */
    int section;      /* index of its section, or -1 */
    guint block;      /* equal numbers are one paragraph, heading, entry or cell: one text */
    struct span span; /* of the document */
    const char *text; /* in small letters (ASCII; others as they stand, typographic ' made plain); borrowed */
    gboolean marked;  /* the rest is set (lexicon_mark): a bit for each list of words that … */
    guint64 entries;  /* has it */
    guint64 phrases;  /* has a phrase that begins with it */
};

struct prose {
    GArray *tokens; /* struct token, in the order of the document */
    GStringChunk *texts;
};

struct prose_range {
    guint first;
    guint end; /* past the last */
};

/* The prose of the document, whose body is read if that was not done. Never NULL. */
struct prose *prose_read(struct document *document);

/* The prose of a text that stands alone, such as a title: spans are of text. Markdown in it is read as in a
 * paragraph. */
struct prose *prose_parse(const char *text);

/* The same of text that is no Markdown, each line a block: the steps of a scenario. */
struct prose *prose_plain(const char *text, struct span span);

void prose_free(struct prose *prose);
typedef struct prose Prose; /* for g_autoptr(Prose) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Prose, prose_free)

static inline const struct token *prose_at(const struct prose *prose, guint index)
{
    return &g_array_index(prose->tokens, struct token, index);
}

/* The tokens that begin within span. */
struct prose_range prose_within(const struct prose *prose, struct span span);

/* Whether it is the word, which is given in small letters. */
static inline gboolean token_is(const struct token *token, const char *word)
{
    return *token->text == *word && strcmp(token->text, word) == 0 && token->kind != TOKEN_LITERAL;
}

/* Whether the tokens from index on, before end and in one block, are the words of phrase, which is in small
 * letters with one space between words: "as well as". One that ends in "*" goes on as it likes in its last
 * word: "radio button*". */
gboolean prose_has(const struct prose *prose, guint index, guint end, const char *phrase);

/* How many tokens these are; 0: they are not the phrase. */
guint prose_match(const struct prose *prose, guint index, guint end, const char *phrase);

/* Words of 3 letters or more that are no stop words, stemmed, as a set: for comparing two texts. Newly
 * allocated, owns its strings. */
GHashTable *prose_stems(const struct prose *prose, struct prose_range range);
