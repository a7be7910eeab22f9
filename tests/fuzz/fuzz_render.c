/*
 * Whatever the bytes, a rendering of Markdown is fit for a terminal: it is UTF-8 and holds no escape sequence
 * but those that it is asked for, each ended on its line; every word of the text is in it, in order; and its
 * width only moves the line ends.
 */
#include "markdown.h"
#include "markdown_render.h"
#include "plain.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static gboolean is_word(char character)
{
    return g_ascii_isalnum(character) || (guchar)character >= 0x80;
}

/* The sequence at an escape, and what it leaves switched on. */
static const char *check_sequence(const char *at, gboolean *styled, gboolean *linked)
{
    if (g_str_has_prefix(at, "\x1b]8;;")) {
        const char *end = strstr(at, "\x1b\\");
        g_assert_nonnull(end);
        for (const char *url = at + 5; url < end; url++)
            g_assert_true(*url > ' ' && *url < 0x7f);
        g_assert_true(*linked == (end == at + 5));
        *linked = end > at + 5;
        return end + 2;
    }
    g_assert_true(at[1] == '[');
    gsize digits = strspn(at + 2, "0123456789");
    g_assert_true(digits <= 2 && at[2 + digits] == 'm');
    *styled = digits > 0;
    return at + digits + 3;
}

static void check_line(const char *line, const struct styled_look *look)
{
    g_autoptr(GString) text = g_string_new(NULL);
    gboolean styled = FALSE, linked = FALSE;

    for (const char *at = line; *at;) {
        if (*at != '\x1b') {
            g_string_append_c(text, *at++);
            continue;
        }
        g_assert_true(at[1] == '[' ? look->color : look->links);
        at = check_sequence(at, &styled, &linked);
    }
    g_assert_false(styled || linked);
    g_assert_true(plain_is_clean(text->str, -1));
    g_assert_true(!text->len || text->str[text->len - 1] != ' ');
}

static char *render(const char *text, gsize length, const struct styled_look *look)
{
    GString *out = g_string_new(NULL);
    if (!markdown_render(out, text, length, 0, look)) {
        g_assert_cmpuint(out->len, ==, 0);
        g_string_free(out, TRUE);
        return NULL;
    }
    g_assert_true(g_utf8_validate(out->str, (gssize)out->len, NULL));
    g_assert_true(!out->len || out->str[out->len - 1] == '\n');
    g_auto(GStrv) lines = g_strsplit(out->str, "\n", -1);
    for (gsize i = 0; lines[i]; i++)
        check_line(lines[i], look);
    return g_string_free(out, FALSE);
}

/* The words of the prose, which are what a reader reads, one after the other. */
static void check_words(const struct markdown *outline, const char *rendered)
{
    for (guint i = 0; i < outline->prose->len; i++) {
        const struct markdown_prose *prose = &g_array_index(outline->prose, struct markdown_prose, i);
        for (gsize at = prose->span.start, end; at < prose->span.end; at = end + 1) {
            for (end = at; end < prose->span.end && is_word(outline->text[end]);)
                end++;
            if (end == at || !plain_is_clean(outline->text + at, (gssize)(end - at)))
                continue;
            g_autofree char *word = g_strndup(outline->text + at, end - at);
            rendered = strstr(rendered, word);
            g_assert_nonnull(rendered);
            rendered += strlen(word);
        }
    }
}

/* What is left of a rendering without spaces and lines drawn. */
static char *squeeze(const char *rendered)
{
    GString *out = g_string_new(NULL);
    for (; *rendered; rendered++)
        if (is_word(*rendered))
            g_string_append_c(out, *rendered);
    return g_string_free(out, FALSE);
}

static void check_widths(const char *text, gsize length, const char *rendered)
{
    const struct styled_look narrow = { .width = 30 };
    g_autofree char *broken = render(text, length, &narrow);

    /* Cells of a table go on beside each other, and what stands first on a line may have to be escaped. */
    if (memchr(text, '|', length) || memmem(text, length, "::", 2) || memmem(text, length, ":&", 2))
        return;
    g_autofree char *one = squeeze(rendered), *other = squeeze(broken);
    g_assert_cmpstr(one, ==, other);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct styled_look looks[] = { { .width = 60, .color = TRUE, .links = TRUE, .utf8 = TRUE },
                                                { .width = 7, .color = TRUE },
                                                { .width = 80, .links = TRUE } };
    const struct styled_look plain = { .width = 0 };
    g_autofree char *text = g_malloc(size + 1);

    if (size)
        memcpy(text, data, size);
    text[size] = 'x'; /* what is behind the text must not matter */
    g_autofree char *rendered = render(text, size, &plain);
    g_autoptr(Markdown) outline = markdown_parse(text, size, 0, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(looks); i++) {
        g_autofree char *other = render(text, size, &looks[i]);
        g_assert_true((other == NULL) == (rendered == NULL));
    }
    if (!rendered)
        return 0;
    if (outline->readable)
        check_words(outline, rendered);
    check_widths(text, size, rendered);
    return 0;
}
