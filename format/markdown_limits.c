#include "markdown_limits.h"

#include "markdown.h"
#include "markdown_line.h"

#include <md4c.h>
#include <string.h>

/* md4c counts bytes in 32 bits and its own records of them in int. */
#define LARGEST ((gsize)16 << 20)

/* What md4c 0.4.8 does more than once with the same bytes, in steps of about a nanosecond; measured. For each
 * bracket it counts the lines of the paragraph before it, and a link by name goes over the destination, which
 * is within one line; a definition looks for the end of its title in the lines behind it. */
#define MOST_WORK ((guint64)100000000)

/* Below this size none of it comes near. */
#define SMALL 4096

/* The list markers that could hold one another, by their column: an item stands further right than its
 * parent. Quotes count within a line only, as a line without them ends them. */
struct nesting {
    guint columns[MARKDOWN_DEPTH];
    guint depth;
};

/* Reads the markers at the start of the line. Returns FALSE, the line at the offending one, when they nest
 * too deep. */
static gboolean read_marks(struct nesting *nesting, struct markdown_line *line)
{
    struct markdown_mark mark;
    guint opened = 0;

    if (!markdown_line_is_done(line) && g_ascii_isalpha(line->text[line->at]))
        return TRUE;
    for (;; opened++) {
        markdown_line_indent(line);
        line->indent = 0;
        if (markdown_line_is_done(line) || markdown_line_is_break(line) || !markdown_line_mark(line, &mark))
            return TRUE;
        if (mark.kind != '>') {
            while (nesting->depth && nesting->columns[nesting->depth - 1] >= line->column)
                nesting->depth--;
            if (nesting->depth == MARKDOWN_DEPTH)
                return FALSE;
            nesting->columns[nesting->depth++] = line->column;
        }
        if (opened == MARKDOWN_DEPTH)
            return FALSE;
        line->column += (guint)(mark.end - line->at);
        line->at = mark.end;
    }
}

void markdown_limits_refuse_depth(const char *text, gsize length, gsize offset, GPtrArray *findings)
{
    finding_add_parse(
        findings, text, length, offset, "use fewer levels, or headings; the body is not read as it is",
        "expected at most %d quotes and list items inside one another, saw more", MARKDOWN_DEPTH);
}

static guint64 count(const char *text, gsize length, const char *what)
{
    const char *end = text + length;
    guint64 found = 0;

    for (const char *at = text; (at = memmem(at, (gsize)(end - at), what, strlen(what))); at++)
        found++;
    return found;
}

/* Lines that may be one paragraph, and what is in them. */
struct load {
    guint64 work; /* of the paragraphs before */
    guint64 lines;
    guint64 brackets;
    guint64 all_brackets;
    gsize longest; /* line */
};

/* Adds the line, of which the markers are read. */
static void add_load(struct load *load, const struct markdown_line *line)
{
    const char *text = line->text;
    gsize indent = line->start;
    gboolean done = markdown_line_is_done(line);

    while (indent < line->stop && text[indent] == ' ')
        indent++;
    gboolean bullet = indent < line->at && indent < line->start + 4 && strchr("-*+", text[indent]) && !done;
    if (bullet || done) {
        load->work += load->lines * load->brackets;
        load->lines = load->brackets = 0;
    }
    guint64 brackets = count(text + line->start, line->stop - line->start, "]");
    load->lines++;
    load->brackets += brackets;
    load->all_brackets += brackets;
    load->longest = MAX(load->longest, line->stop - line->start);
}

static gboolean is_too_much(const struct load *load, const char *text, gsize length)
{
    return load->work + load->lines * load->brackets > MOST_WORK ||
           (load->all_brackets * load->longest > MOST_WORK && memmem(text, length, "]:", 2));
}

static gboolean check_bytes(const char *text, gsize length, gsize start, GPtrArray *findings)
{
    const char *nul = memchr(text + start, '\0', length - start);

    if (nul)
        finding_add_parse(findings, text, length, (gsize)(nul - text), "save the file as UTF-8 text",
                          "expected text, saw a NUL byte");
    else if (length - start > LARGEST)
        finding_add_parse(findings, text, length, start, "split it",
                          "expected a body of at most %" G_GSIZE_FORMAT " bytes, saw %" G_GSIZE_FORMAT,
                          LARGEST, length - start);
    else
        return TRUE;
    return FALSE;
}

gboolean markdown_limits_check(const char *text, gsize length, gsize start, struct markdown_limits *limits,
                               GPtrArray *findings)
{
    gsize size = length - start;
    struct nesting nesting = { .depth = 0 };
    struct load load = { .work = 0 };
    struct markdown_line line;

    if (!check_bytes(text, length, start, findings))
        return FALSE;
    limits->lone_cr = markdown_has_lone_cr(text, start, length);
    for (gsize at = start; at < length; at = line.next) {
        markdown_line_start(&line, text, length, at, limits->lone_cr);
        if (!read_marks(&nesting, &line)) {
            markdown_limits_refuse_depth(text, length, line.at, findings);
            return FALSE;
        }
        if (size > SMALL)
            add_load(&load, &line);
    }
    if (is_too_much(&load, text + start, size)) {
        finding_add_parse(findings, text, length, start, "split it, or part its paragraphs by blank lines",
                          "expected fewer brackets in paragraphs this long, saw %" G_GUINT64_FORMAT,
                          load.all_brackets);
        return FALSE;
    }
    /* Each "www." or "://" costs a look at the text behind it, each ~ one at every other. */
    guint64 links = 0, tildes = 0;
    if (size > SMALL) {
        links = count(text + start, size, "www.") + count(text + start, size, "://");
        tildes = count(text + start, size, "~");
    }
    limits->links = links * size <= MOST_WORK;
    limits->strikes = tildes * tildes / 4 <= MOST_WORK;
    return TRUE;
}

guint markdown_limits_flags(const struct markdown_limits *limits)
{
    guint flags = MD_DIALECT_GITHUB;

    if (!limits->links)
        flags &= ~(guint)MD_FLAG_PERMISSIVEAUTOLINKS;
    if (!limits->strikes)
        flags &= ~(guint)MD_FLAG_STRIKETHROUGH;
    return flags;
}

gsize markdown_limits_destinations(gsize size)
{
    return ((gsize)1 << 20) + 4 * size;
}

gsize markdown_limits_cells(gsize size)
{
    return 4096 + 8 * size;
}
