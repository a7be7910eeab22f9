/*
 * How prose is made: prose.c knows which parts of a text are words, prose_scan.c makes tokens of them.
 * Only they include this.
 */
#pragma once

#include "prose.h"

enum quote { QUOTE_DOUBLE, QUOTE_SINGLE, QUOTE_CURLY, QUOTE_CURLY_SINGLE, QUOTE_ANGLE, N_QUOTES };

struct scan {
    struct prose *prose;
    const char *text; /* the whole, of which spans are */
    gsize length;
    struct token like;    /* of which section and block what comes next is */
    guint open[N_QUOTES]; /* 1 + index of the mark that opened, 0: none */
};

/* Begins another block: what was opened and not closed were no quotes. */
void scan_begin(struct scan *scan, guint block);

/* Appends the tokens of words: of a span on which no Markdown is. */
void scan_words(struct scan *scan, struct span span);

/* Appends one token for all of span: a literal, whose text it has, or a link, without one. */
void scan_whole(struct scan *scan, enum token_kind kind, struct span span);
