/*
 * The body of an item file as an outline: sections, list items, fences, prose and links, in document order,
 * each with its place. markdown_parse reads it once; the rest asks. Spans are bytes of the whole text, not of
 * the body, and an edit may splice at them: a place that the text does not confirm is not given (exact is
 * FALSE).
 *
 * The dialect is GitHub's: tables, task lists, strikethrough, bare links. A line ends with LF, CRLF or CR.
 * Lines start where the body or the line before ends; a BOM is in front of the first line. "Full lines" is
 * from the start of a line to past a line ending, or to the end of the text.
 */
#pragma once

#include "finding.h"

/* Quotes and list items inside one another; what nests deeper is not read. */
#define MARKDOWN_DEPTH 32

enum markdown_task { MARKDOWN_TASK_NONE, MARKDOWN_TASK_UNTICKED, MARKDOWN_TASK_TICKED };

/* A heading that is in no list or quote. */
struct markdown_heading {
    guint level;      /* 1 to 6 */
    char *title;      /* as a reader sees it: no markup, trimmed, valid UTF-8 */
    struct span span; /* its whole lines, with a setext underline, without the last line's ending */
    gboolean exact;   /* when not, the span serves for reading only */
};

/* What stands under a heading; sections and headings have the same indices. */
struct markdown_section {
    const char *title;   /* of its heading; borrowed */
    struct span span;    /* from the heading to the next one of the same or a higher level, or the end */
    struct span content; /* span without the heading's lines */
    gboolean exact;      /* its heading's and the one's it ends at */
};

/* An item of a list that is in no quote. When it is not exact, every span and the tick are 0, and plain is
 * empty. */
struct markdown_item {
    guint depth; /* 0 in a list at document level */
    guint list;  /* number of its list: brothers share it */
    int parent;  /* index of the item around it, or -1 */
    int section; /* index of the last heading before it, or -1 */
    gboolean ordered;
    gboolean exact;
    char mark; /* '-', '*', '+', or what ends the number: '.', ')' */
    enum markdown_task task;
    gsize tick;         /* the byte between [ and ], of a task */
    gsize indent;       /* bytes before the marker on its line, "- " of an item around it too */
    struct span marker; /* "-", "12." */
    struct span text; /* past marker and box, the paragraph it begins with; else empty, where one would go */
    struct span span; /* full lines; the last one is not blank, and includes all it holds */
    char *plain;      /* text on one line: source, line breaks with their white space made one space */
};

/* A fenced code block that is in no quote. When it is not exact, every span is 0. */
struct markdown_fence {
    int section; /* as an item's */
    int item;    /* index of the item around it, or -1 */
    gboolean exact;
    struct span span;    /* full lines with both fences; unclosed, to its last line that is not blank */
    struct span content; /* the full lines between the fences, indented as they are */
    struct span info;    /* the first word after the opening fence; empty when there is none */
};

/* A stretch of words on one line: no code, HTML, entity, link destination or bare URL. A heading's and a
 * table cell's words are prose too. */
struct markdown_prose {
    struct span span;
    int section;     /* as an item's; a heading's words belong to its own section */
    int item;        /* index of the innermost item around it, or -1 */
    guint block;     /* number of its paragraph, heading or cell, rising: equal numbers are one text */
    gboolean quoted; /* in a block quote */
};

enum markdown_other_kind {
    MARKDOWN_OTHER_CODE, /* what a code span holds, on all its lines */
    MARKDOWN_OTHER_LINK, /* a bare URL or address */
    MARKDOWN_OTHER_HTML, /* one tag or comment, or an entity */
};

/* What stands between the words of prose and is none: never past the block that the prose around it is in. */
struct markdown_other {
    enum markdown_other_kind kind;
    struct markdown_prose at;
};

struct markdown_link {
    char *destination; /* entities decoded; "mailto:" or "http://" added to a bare address */
    struct span text;  /* what is shown; empty when nothing is */
};

struct markdown {
    const char *text; /* borrowed */
    gsize length;
    gsize start;
    gboolean readable; /* FALSE: refused for what the finding says, and everything below is empty */
    GArray *headings;  /* of struct markdown_heading, and so on; the arrays own what they hold */
    GArray *sections;
    GArray *items;
    GArray *fences;
    GArray *prose;
    GArray *others; /* struct markdown_other */
    GArray *links;
};

/* One scenario of a Gherkin fence. */
struct markdown_scenario {
    char *name;       /* valid UTF-8 */
    struct span span; /* full lines, from its tags or keyword to the next scenario or the content's end */
};

/* Reads the body, from start to length of text. start is 0 or the start of a line; text must outlive the
 * result, may hold any bytes and need not end with a NUL. findings may be NULL. A NUL byte, nesting past
 * MARKDOWN_DEPTH, or a size or a shape that takes the parser more than linear time (thousands of links in
 * one paragraph, tables far larger than their text) is a finding of the rule "parse" and leaves an unreadable
 * outline. Nesting is judged by the markers at the start of lines, in code too. Never NULL. */
struct markdown *markdown_parse(const char *text, gsize length, gsize start, GPtrArray *findings);

/* NULL is allowed. */
void markdown_free(struct markdown *markdown);
typedef struct markdown Markdown; /* for g_autoptr(Markdown) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Markdown, markdown_free)

/* Whether the section's title is one of names (NULL-terminated), case and a trailing colon aside. */
gboolean markdown_is_named(const struct markdown_section *section, const char *const *names);

/* The first section that is so named; borrowed, or NULL. */
const struct markdown_section *markdown_section_find(const struct markdown *markdown,
                                                     const char *const *names);

/* Whether the fence's info word is gherkin or feature, in any case. */
gboolean markdown_is_gherkin(const struct markdown *markdown, const struct markdown_fence *fence);

/* The scenarios of a Gherkin fence: a new array of struct markdown_scenario, which it owns; empty for another
 * fence. */
GPtrArray *markdown_scenarios(const struct markdown *markdown, const struct markdown_fence *fence);
