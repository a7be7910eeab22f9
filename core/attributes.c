#include "attributes.h"

#include <string.h>

#define MARK                                                                                                 \
    "# Item files are merged and shown by their fields: \"refine hook remove\" takes out these two lines."
#define VALUES " merge=refine diff=refine"

/* The pattern for the folder. White space would end it, and git and libgit2 differ on quotes. */
static char *pattern_of(const char *folder)
{
    GString *pattern = g_string_new("/");

    for (const char *at = folder; *at; at++) {
        if (*at == ' ' || *at == '\t')
            g_string_append(pattern, "[[:space:]]");
        else if (g_ascii_iscntrl(*at))
            g_string_append_c(pattern, '?');
        else
            g_string_append_printf(pattern, strchr("*?[\\", *at) ? "\\%c" : "%c", *at);
    }
    g_string_append(pattern, "/**/*.md");
    return g_string_free(pattern, FALSE);
}

/* Our lines in text. */
struct block {
    gsize start;
    gsize line; /* where the second begins */
    gsize end;  /* behind it, with its ending */
};

static gsize end_of_line(const char *text, gsize at)
{
    gsize length = strcspn(text + at, "\n");
    return at + length + (text[at + length] == '\n');
}

/* The line at a place without its ending. */
static char *line_at(const char *text, gsize at)
{
    char *line = g_strndup(text + at, strcspn(text + at, "\n"));
    gsize length = strlen(line);

    if (length && line[length - 1] == '\r')
        line[length - 1] = '\0';
    return line;
}

/* Finds our lines. The second is not taken for ours where somebody has edited it. */
static gboolean find_block(const char *text, struct block *block)
{
    for (gsize at = 0; text[at]; at = end_of_line(text, at)) {
        g_autofree char *line = line_at(text, at);
        if (strcmp(line, MARK) != 0)
            continue;
        block->start = at;
        block->line = block->end = end_of_line(text, at);
        g_autofree char *second = line_at(text, block->line);
        if (*second == '/' && g_str_has_suffix(second, VALUES))
            block->end = end_of_line(text, block->line);
        return TRUE;
    }
    return FALSE;
}

static char *text_of(GBytes *bytes)
{
    gsize length = bytes ? g_bytes_get_size(bytes) : 0;
    return length ? g_strndup(g_bytes_get_data(bytes, NULL), length) : g_strdup("");
}

enum attributes_state attributes_look(GBytes *bytes, const char *folder)
{
    g_autofree char *text = text_of(bytes), *pattern = pattern_of(folder);
    struct block block;

    if (!find_block(text, &block))
        return ATTRIBUTES_ABSENT;
    g_autofree char *line = line_at(text, block.line), *wanted = g_strconcat(pattern, VALUES, NULL);
    return strcmp(line, wanted) == 0 ? ATTRIBUTES_THERE : ATTRIBUTES_OUTDATED;
}

static gboolean ends_line(const char *text)
{
    return g_str_has_suffix(text, "\n");
}

GBytes *attributes_add(GBytes *bytes, const char *folder)
{
    g_autofree char *pattern = pattern_of(folder), *text = text_of(bytes);
    const char *ending = strstr(text, "\r\n") ? "\r\n" : "\n";
    GString *out = g_string_new(text);
    struct block block;

    if (find_block(text, &block)) {
        const char *last =
            block.end > block.line && !ends_line(text) && block.end == strlen(text) ? "" : ending;
        g_autofree char *line = g_strconcat(pattern, VALUES, last, NULL);
        g_string_erase(out, (gssize)block.line, (gssize)(block.end - block.line));
        g_string_insert(out, (gssize)block.line, line);
        return g_string_free_to_bytes(out);
    }
    gboolean bare = bytes && !ends_line(text);
    g_string_append_printf(out, "%s" MARK "%s%s" VALUES "%s", bare && *text ? ending : "", ending, pattern,
                           bare ? "" : ending);
    return g_string_free_to_bytes(out);
}

GBytes *attributes_remove(GBytes *bytes)
{
    g_autofree char *text = text_of(bytes);
    GString *out = g_string_new(text);
    struct block block;

    if (find_block(text, &block)) {
        gboolean bare = block.end == strlen(text) && !ends_line(text);
        if (bare && block.start > 0)
            block.start -= block.start > 1 && text[block.start - 2] == '\r' ? 2 : 1;
        g_string_erase(out, (gssize)block.start, (gssize)(block.end - block.start));
        if (out->len == 0 && !bare) {
            g_string_free(out, TRUE);
            return NULL;
        }
    }
    return g_string_free_to_bytes(out);
}
