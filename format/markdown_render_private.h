/*
 * What the files of markdown_render.h share: markdown_render.c takes what the parser says of blocks,
 * markdown_render_words.c of words and links, markdown_render_code.c prints what is shown as it was written.
 * For these only.
 */
#pragma once

#include "markdown_render_page.h"
#include "markdown_render_table.h"

/* An open list. */
struct render_list {
    gboolean ordered;
    gboolean tight;
    gboolean begun; /* it has an item */
    guint number;   /* of the next item */
    char mark;      /* behind the number */
};

struct render {
    struct page page;
    const char *source; /* what md4c reads */
    gsize size;
    gboolean refused;

    struct render_list lists[MARKDOWN_DEPTH + 2]; /* a list is announced before its first item */
    guint list;                                   /* how many are open */

    gboolean leaf;    /* a paragraph, heading or table is open */
    gboolean implied; /* it is a paragraph that md4c does not announce, in a tight list */
    struct styled *words;
    guint base; /* marks of all of them */
    guint strong, emphasis, struck, code;
    gsize link_start; /* in words */
    char *url;        /* NULL where the terminal shall not follow it */

    gboolean verbatim; /* code or HTML is open */
    GString *raw;      /* its text */

    struct render_table table; /* cells are NULL where none is open */
    gsize cell;                /* where the open one starts in words */

    gsize destinations;     /* bytes of all so far */
    const char *cursor;     /* where the last text in the source ended */
    GPtrArray *definitions; /* lines of the source that md4c only takes note of */
};

/* What md4c says of words and spans, with its type and detail. render_enter_span refuses what is too much. */
void render_add_text(struct render *render, int type, const char *text, gsize size);
void render_enter_span(struct render *render, int type, const void *detail);
void render_leave_span(struct render *render, int type, const void *detail);

/* Takes note of definitions in what md4c passed over, from the cursor to at. */
void render_pass(struct render *render, const char *at);

/* Prints the verbatim text. info is all that stands behind the opening fence. */
void render_print_code(struct render *render, const char *info);
void render_print_html(struct render *render);
