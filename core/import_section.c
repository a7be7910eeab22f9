#include "import_section.h"

#include "lines.h"
#include "markdown.h"

#include <string.h>

/* -- what is left open -- */

/* Whether a heading behind text is one. */
static gboolean is_closed(const char *text)
{
    g_autofree char *probed = g_strconcat(text, "\n\n## Probe\n", NULL);
    g_autoptr(Markdown) outline = markdown_parse(probed, strlen(probed), 0, NULL);
    const GArray *headings = outline->headings;
    const struct markdown_heading *last =
        headings->len ? &g_array_index(headings, struct markdown_heading, headings->len - 1) : NULL;

    return last && last->exact && last->span.start == strlen(text) + 2;
}

/* The line that closes the last fence of text; NULL where it has none. */
static char *fence_end(const char *text)
{
    g_autoptr(Markdown) outline = markdown_parse(text, strlen(text), 0, NULL);
    const GArray *fences = outline->fences;
    const struct markdown_fence *last =
        fences->len ? &g_array_index(fences, struct markdown_fence, fences->len - 1) : NULL;

    if (!last || !last->exact)
        return NULL;
    const char *mark = text + last->span.start + strcspn(text + last->span.start, "`~");
    char letter[] = { *mark, '\0' };
    return *mark ? g_strndup(mark, strspn(mark, letter)) : NULL;
}

/* text in a fence that nothing in it ends. */
static char *fenced(const char *text)
{
    gsize longest = 3;

    for (const char *at = strchr(text, '~'); at; at = strchr(at, '~')) {
        gsize run = strspn(at, "~");
        longest = MAX(longest, run + 1);
        at += run;
    }
    g_autofree char *fence = g_strnfill(longest, '~');
    return g_strconcat(fence, "\n", text, "\n", fence, NULL);
}

static char *closed(const char *text)
{
    if (is_closed(text))
        return g_strdup(text);
    g_autofree char *fence = fence_end(text);
    const char *const ends[] = { fence, "-->", "?>", "]]>", "</pre>" };
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autofree char *whole = ends[i] ? g_strconcat(text, "\n", ends[i], NULL) : NULL;
        if (whole && is_closed(whole))
            return g_steal_pointer(&whole);
    }
    return fenced(text);
}

/* -- headings -- */

/* text with its headings below level. */
static char *demoted(const char *text, guint level)
{
    gsize length = strlen(text), copied = 0;
    g_autoptr(Markdown) outline = markdown_parse(text, length, 0, NULL);
    GString *out = g_string_sized_new(length);
    guint highest = 7;

    for (guint i = 0; i < outline->headings->len; i++)
        highest = MIN(highest, g_array_index(outline->headings, struct markdown_heading, i).level);
    guint by = highest <= level ? level + 1 - highest : 0;
    for (guint i = 0; by > 0 && i < outline->headings->len; i++) {
        const struct markdown_heading *heading =
            &g_array_index(outline->headings, struct markdown_heading, i);
        gsize mark = heading->span.start + lines_spaces(text, length, heading->span.start);
        if (!heading->exact || text[mark] != '#')
            continue;
        g_string_append_len(out, text + copied, (gssize)(mark - copied));
        for (guint added = 0; added < MIN(by, 6 - heading->level); added++)
            g_string_append_c(out, '#');
        copied = mark;
    }
    g_string_append(out, text + copied);
    return g_string_free(out, FALSE);
}

/* -- */

/* text with LF at the end of lines, without blank lines around it. */
static char *trimmed(const char *text)
{
    gsize length = strlen(text), at = 0;
    GString *out = g_string_sized_new(length);

    while (at < length) {
        gsize next = lines_next(text, length, at), end = lines_end(text, length, at);
        if (out->len > 0 || !lines_is_blank(text, length, at)) {
            g_string_append_len(out, text + at, (gssize)(end - at));
            g_string_append(out, next > end ? "\n" : "");
        }
        at = next;
    }
    char *plain = g_string_free(out, FALSE);
    return g_strchomp(plain);
}

gboolean import_section_add(GString *body, const char *heading, guint level, const char *text)
{
    g_autofree char *plain = trimmed(text);

    if (!*plain)
        return FALSE;
    g_autofree char *below = heading ? demoted(plain, level) : g_strdup(plain);
    g_autofree char *whole = closed(below);
    if (heading)
        g_string_append_printf(body, "\n%.*s %s\n", (int)level, "######", heading);
    g_string_append_printf(body, "\n%s\n", whole);
    return TRUE;
}

gboolean import_section_has(const char *text, const char *const *names)
{
    g_autoptr(Markdown) outline = markdown_parse(text, strlen(text), 0, NULL);
    return markdown_section_find(outline, names) != NULL;
}
