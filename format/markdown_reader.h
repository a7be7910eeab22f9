/*
 * The Markdown parser's announcements made an outline: markdown_reader.c takes its blocks, markdown_words.c
 * the words and links in them. With markdown_render.c and what these share they are all that sees md4c. For
 * the markdown modules only.
 */
#pragma once

#include "markdown_limits.h"
#include "markdown_place.h"

enum reader_refusal { REFUSAL_NONE, REFUSAL_DEPTH, REFUSAL_SIZE, REFUSAL_FAILURE };

/* An open list. */
struct reader_level {
    guint list; /* its number */
    char mark;
    int item; /* the open item of it, or of a list around it, or -1 */
};

struct reader {
    struct markdown *outline;
    struct placer placer;
    const char *source; /* what md4c reads; its first byte is at origin in the text */
    gsize size;
    gsize origin;

    struct reader_level levels[MARKDOWN_DEPTH + 2]; /* a list is announced before its first item */
    guint level;                                    /* of the open list; 0 is the document */
    guint lists;
    guint quotes;
    guint containers;

    enum place leaf;     /* the open one, or PLACE_NONE */
    gboolean implied;    /* it is a paragraph that md4c does not announce, in a tight list */
    gboolean placed;     /* its first words with a place came */
    gboolean shows;      /* something of it came */
    guint block;         /* number of the open paragraph, heading or cell */
    gboolean in_heading; /* the leaf is a heading that is in no container */
    GString *title;      /* its words */
    gboolean in_link;
    struct span link;   /* its words; start is G_MAXSIZE before the first */
    guint link_prose;   /* number of prose spans before it */
    guint link_others;  /* the same of what is none */
    gboolean in_code;   /* a code span goes on, of which something came */
    gsize destinations; /* bytes of all so far */
    enum reader_refusal refusal;
};

/* Reads the body, from start to length of the outline's text, into the outline, whose arrays are empty. What
 * is not REFUSAL_NONE leaves the outline with what was read until then, and sets *offset to about where. */
enum reader_refusal markdown_read(struct markdown *outline, gsize start, const struct markdown_limits *limits,
                                  gsize *offset);

/* What md4c says of words and spans, with its type and detail. reader_enter_span returns FALSE to stop. */
void reader_add_text(struct reader *reader, int type, const char *text, gsize size);
gboolean reader_enter_span(struct reader *reader, int type, const void *detail);
void reader_leave_span(struct reader *reader, int type, const void *detail);

/* Begins a leaf; implied when md4c did not announce it. */
void reader_begin_leaf(struct reader *reader, enum place leaf, gboolean implied);

/* Index of the last heading, or -1. */
int reader_section(const struct reader *reader);
