/*
 * Where the blocks of a Markdown text stand. The parser says which blocks there are and in which order, and
 * of most of their words where they are; of blocks it says nothing. The placer reads the lines without words
 * (blank lines, fences, empty items, link definitions) and the first line of each block, keeps the open
 * containers as CommonMark does, and writes spans into the outline. For the markdown modules only.
 *
 *     placer_init; placer_enter and placer_leave as the parser does; for each leaf placer_reach at its first
 *     words that have a place, placer_pass at these and its others, placer_end; last placer_finish
 *
 * At each placer_reach the containers that the lines opened and those the parser opened must be the same:
 * what was settled since the last time is exact then. If not, it never becomes exact, and the placer reads on
 * at the next block outside of all containers.
 */
#pragma once

#include "markdown.h"
#include "markdown_line.h"

enum place {
    PLACE_QUOTE, /* containers */
    PLACE_ITEM,
    PLACE_BREAK, /* leaves */
    PLACE_HEADING,
    PLACE_FENCE,
    PLACE_PARAGRAPH,
    PLACE_TABLE,
    PLACE_OTHER,
    PLACE_NONE,
};

struct placer_container {
    guint serial;
    char mark;         /* '>' or a list's */
    gboolean fresh;    /* nothing stands in it yet */
    gboolean boxed;    /* its task box was read */
    gboolean doubtful; /* its text cannot be told from a link definition */
    guint content;     /* the column of its content, within the container around it */
    int item;          /* index in the outline, or -1 */
};

/* The open leaf, when it is a paragraph or may become a table or a setext heading. */
struct placer_paragraph {
    gsize line;         /* start of its first line */
    gsize start;        /* where its text begins there */
    gsize end;          /* the last line's ending */
    guint lines;        /* lines read of it before its first words */
    guint owner;        /* number of open containers where it is the first in an item, else 0 */
    gboolean confirmed; /* has words; else it may be link definitions */
    gboolean heading;   /* the parser calls it a heading … */
    int index;          /* … the outline's, or -1 */
};

struct placer {
    struct markdown *outline;
    gboolean lone_cr;
    gsize cursor;  /* start of the first line that is not read */
    gsize used;    /* end of the last line that is read and not blank */
    gsize reached; /* end of the last words of the open leaf; 0: none */

    struct placer_container stack[MARKDOWN_DEPTH]; /* as the lines have it */
    guint depth;
    guint path[MARKDOWN_DEPTH]; /* as the parser has it: serials */
    guint open;
    guint serial;
    GArray *awaited; /* of struct awaited: entered since the last words with a place */
    guint next;      /* how many of them the lines confirmed */
    GArray *settled; /* of struct settled: what becomes exact at the next agreement */

    enum place block; /* the open leaf: PLACE_PARAGRAPH, PLACE_TABLE, PLACE_FENCE or PLACE_NONE */
    struct placer_paragraph paragraph;
    struct placer_fence {
        struct markdown_fence_mark mark;
        int index;
    } fence;
    guint silent;  /* lines since the last agreement or container that have no words but are not blank */
    gboolean bare; /* the innermost item has nothing in it, … */
    gboolean blank_behind; /* … and a blank line came */
    gboolean wrong;        /* lines and parser disagree */
    gboolean lost;         /* they disagreed, and no block outside of all containers came since */
};

/* The outline is borrowed; its items, headings and fences are appended before placer_enter gets an index. */
void placer_init(struct placer *placer, struct markdown *outline, gsize start, gboolean lone_cr);
void placer_clear(struct placer *placer);

/* A container (mark is '>' or the list's) or a break, heading or fenced block is entered; index is its index
 * in the outline, or -1. FALSE: it is a container too deep, and nothing was done. */
gboolean placer_enter(struct placer *placer, enum place what, char mark, int index);

/* The innermost container is left. */
void placer_leave(struct placer *placer);

/* The first words of a leaf, which for PLACE_HEADING and PLACE_FENCE was entered, begin at offset. */
void placer_reach(struct placer *placer, enum place leaf, gsize offset);

/* Words of the leaf end at offset. */
static inline void placer_pass(struct placer *placer, gsize offset)
{
    placer->reached = MAX(placer->reached, offset);
}

/* The leaf ends; shows says whether anything is shown of it, words or not. */
void placer_end(struct placer *placer, enum place leaf, gboolean shows);

/* The text ends. */
void placer_finish(struct placer *placer);
