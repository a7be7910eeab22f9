/*
 * Reads a comment of diff --format markdown from standard input as a forge would, with a real Markdown
 * parser, and prints what a person sees: headings, lists, [-struck-] and {+strong+} words, addresses of links
 * in angle brackets. Status 1 where it is or holds anything that no item may form: other HTML, blocks, links,
 * pictures, code, formulas, or words that a forge makes links or pictures of by itself.
 */
#include <md4c.h>

#include <glib.h>
#include <stdio.h>
#include <string.h>

struct reading {
    GString *out;
    GString *text; /* between two tags: what a forge looks at as one */
    GString *html; /* of a block, or of a tag */
    guint depth;   /* of lists */
    gboolean wrong;
};

static void complain(struct reading *reading, const char *what, const char *text)
{
    fprintf(stderr, "%s: %s\n", what, text);
    reading->wrong = TRUE;
}

/* The text since the last tag is whole: nothing in it may be taken for a reference. */
static void end_text(struct reading *reading)
{
    static const char *const found[] = { "[@#!~%$^&*][[:alnum:]_\"{]",
                                         "\\bGH-[0-9]",
                                         "\\bwww\\.",
                                         "://",
                                         ":[A-Za-z0-9_+-]+:",
                                         "[{\\[][+-]",
                                         "\\[\\[",
                                         "\\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}\\b" };

    for (gsize i = 0; i < G_N_ELEMENTS(found); i++)
        if (g_regex_match_simple(found[i], reading->text->str, G_REGEX_CASELESS, 0))
            complain(reading, "a forge would take this for a reference", reading->text->str);
    g_string_replace(reading->text, "\u200b", "", 0); /* keeps words apart, and is not seen */
    g_string_append(reading->out, reading->text->str);
    g_string_truncate(reading->text, 0);
}

static void add_entity(struct reading *reading, const char *entity)
{
    static const char *const names[][2] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" } };

    if (g_str_has_prefix(entity, "&#"))
        g_string_append_unichar(reading->text, (gunichar)g_ascii_strtoull(entity + 2, NULL, 10));
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (strcmp(entity, names[i][0]) == 0)
            g_string_append(reading->text, names[i][1]);
}

static void add_tag(struct reading *reading, const char *tag)
{
    static const char *const allowed[][2] = {
        { "<b>", "" },
        { "</b>", "" },
        { "<code>", "" },
        { "</code>", "" },
        { "<span>", "" },
        { "</span>", "" },
        { "<del>", "[-" },
        { "</del>", "-]" },
        { "<strong>", "{+" },
        { "</strong>", "+}" },
        { "<details>", "▸ " },
        { "<details open>", "▾ " },
        { "</details>", "" },
        { "<summary>", "" },
        { "</summary>", "" },
        { "</a>", "" },
        { "<!-- refine diff: backlog -->", "" },
    };
    static const char link[] =
        "^<a href=\"https://forge\\.example/shop/blob/main/backlog/[-A-Za-z0-9_./%]*\">$";

    end_text(reading);
    for (gsize i = 0; i < G_N_ELEMENTS(allowed); i++)
        if (strcmp(tag, allowed[i][0]) == 0) {
            g_string_append(reading->out, allowed[i][1]);
            return;
        }
    if (!g_regex_match_simple(link, tag, G_REGEX_DEFAULT, 0))
        complain(reading, "this is no tag of the comment's own", tag);
    g_string_append_printf(reading->out, "<%.*s> ", (int)strcspn(tag + 9, "\""), tag + 9);
}

/* The HTML collected, as a browser takes it: tags, entities, text. */
static void end_html(struct reading *reading)
{
    for (const char *at = reading->html->str; *at;) {
        gsize length = *at == '<'   ? strcspn(at, ">") + 1
                       : *at == '&' ? strcspn(at, ";") + 1
                                    : strcspn(at, "<&");
        g_autofree char *part = g_strndup(at, length);
        if (*at == '<')
            add_tag(reading, part);
        else if (*at == '&')
            add_entity(reading, part);
        else
            g_string_append(reading->text, part);
        at += MIN(length, strlen(at));
    }
    g_string_truncate(reading->html, 0);
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct reading *reading = data;

    end_text(reading);
    if (type == MD_BLOCK_UL)
        reading->depth++;
    else if (type == MD_BLOCK_LI && ((MD_BLOCK_LI_DETAIL *)detail)->is_task)
        complain(reading, "a task", "");
    else if (type == MD_BLOCK_LI)
        g_string_append_printf(reading->out, "%s%*s- ", g_str_has_suffix(reading->out->str, "\n") ? "" : "\n",
                               (int)(2 * (reading->depth - 1)), "");
    else if (type == MD_BLOCK_H)
        g_string_append_printf(reading->out, "%.*s ", (int)((MD_BLOCK_H_DETAIL *)detail)->level, "######");
    else if (type != MD_BLOCK_DOC && type != MD_BLOCK_P && type != MD_BLOCK_HTML)
        complain(reading, "a block that the comment does not have", "");
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct reading *reading = data;

    end_html(reading);
    end_text(reading);
    if (type == MD_BLOCK_UL)
        reading->depth--;
    if (!g_str_has_suffix(reading->out->str, "\n"))
        g_string_append_c(reading->out, '\n');
    return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct reading *reading = data;

    end_text(reading);
    if (type != MD_SPAN_STRONG && type != MD_SPAN_DEL)
        complain(reading, "a span that the comment does not have", reading->out->str);
    g_string_append(reading->out, type == MD_SPAN_STRONG ? "{+" : "[-");
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct reading *reading = data;

    end_text(reading);
    g_string_append(reading->out, type == MD_SPAN_STRONG ? "+}" : "-]");
    return 0;
}

static int see_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data)
{
    struct reading *reading = data;
    g_autofree char *part = g_strndup(text, size);

    if (type == MD_TEXT_HTML) {
        g_string_append(reading->html, part);
        if (g_str_has_suffix(part, ">"))
            end_html(reading);
    } else if (type == MD_TEXT_ENTITY) {
        add_entity(reading, part);
    } else if (type == MD_TEXT_NORMAL) {
        g_string_append(reading->text, part);
    } else {
        complain(reading, "text of a kind that the comment does not have", part);
    }
    return 0;
}

int main(void)
{
    const MD_PARSER parser = { .flags = MD_DIALECT_GITHUB | MD_FLAG_LATEXMATHSPANS | MD_FLAG_WIKILINKS,
                               .enter_block = enter_block,
                               .leave_block = leave_block,
                               .enter_span = enter_span,
                               .leave_span = leave_span,
                               .text = see_text };
    g_autoptr(GString) source = g_string_new(NULL), out = g_string_new(NULL), text = g_string_new(NULL);
    g_autoptr(GString) html = g_string_new(NULL);
    struct reading reading = { out, text, html, 0, FALSE };
    char part[4096];

    for (gsize read; (read = fread(part, 1, sizeof part, stdin)) > 0;)
        g_string_append_len(source, part, (gssize)read);
    if (!g_utf8_validate(source->str, (gssize)source->len, NULL) || strpbrk(source->str, "\r\033\t"))
        complain(&reading, "bytes that no comment holds", "");
    for (const char *line = source->str; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
        if (*line == '/')
            complain(&reading, "a command of GitLab's", line);
    md_parse(source->str, (MD_SIZE)source->len, &parser, &reading);
    fputs(out->str, stdout);
    return reading.wrong;
}
