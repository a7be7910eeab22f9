#include "markdown_render_private.h"

#include <string.h>

#define INDENT 4
#define TAB 4

/* The line with its tabs as spaces. */
static char *expand(const char *line)
{
    GString *out = g_string_new(NULL);
    guint column = 0;

    for (const char *at = line; *at; at++) {
        if (*at == '\t') {
            guint spaces = TAB - column % TAB;
            g_string_append_printf(out, "%*s", (int)spaces, "");
            column += spaces;
        } else {
            g_string_append_c(out, *at);
            column += ((guchar)*at & 0xc0) != 0x80;
        }
    }
    return g_string_free(out, FALSE);
}

/* The lines; code and HTML end with a line ending. */
static char **split(const struct render *render)
{
    const GString *raw = render->raw;
    gsize length = raw->len && raw->str[raw->len - 1] == '\n' ? raw->len - 1 : raw->len;
    g_autofree char *text = g_strndup(raw->str, length);
    return g_strsplit(text, "\n", -1);
}

/* -- Gherkin -- */

static gboolean is_gherkin(const char *info)
{
    gsize word = strcspn(info, " \t");
    return (word == 7 && g_ascii_strncasecmp(info, "gherkin", word) == 0) ||
           (word == 7 && g_ascii_strncasecmp(info, "feature", word) == 0);
}

/* Bytes of the keyword that a line begins with; 0 where there is none. */
static gsize keyword_length(const char *line)
{
    static const char *const steps[] = { "Given ", "When ", "Then ", "And ", "But ", "* " };
    static const char *const blocks[] = { "Feature:",           "Rule:",      "Background:",
                                          "Scenario Outline:",  "Scenario:",  "Examples:",
                                          "Scenario Template:", "Scenarios:", "Example:" };

    for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
        if (g_str_has_prefix(line, steps[i]))
            return strlen(steps[i]) - 1;
    for (guint i = 0; i < G_N_ELEMENTS(blocks); i++)
        if (g_str_has_prefix(line, blocks[i]))
            return strlen(blocks[i]);
    return 0;
}

static void add_gherkin(struct styled *out, const char *line)
{
    gsize indent = strspn(line, " "), keyword = keyword_length(line + indent);
    gboolean remark = line[indent] == '#' || line[indent] == '@';

    styled_add(out, line, (gssize)indent, 0, NULL);
    styled_add(out, line + indent, (gssize)keyword, STYLED(TABLE_BOLD), NULL);
    styled_add(out, line + indent + keyword, -1, remark ? STYLED(TABLE_DIM) : 0, NULL);
}

/* -- */

/* One short word behind a fence only says which language it is. */
static gboolean says_more(const char *info)
{
    return strpbrk(info, " \t") || strlen(info) > 20;
}

void render_print_code(struct render *render, const char *info)
{
    g_auto(GStrv) lines = split(render);
    g_autoptr(Styled) line = styled_new();
    gboolean gherkin = is_gherkin(info);

    page_separate(&render->page);
    if (says_more(info)) {
        styled_add(line, info, -1, STYLED(TABLE_DIM), NULL);
        page_print(&render->page, line, page_columns(&render->page));
    }
    for (gsize i = 0; lines[i]; i++) {
        g_autofree char *spaced = expand(lines[i]);
        styled_clear(line);
        styled_add_fill(line, " ", INDENT, 0);
        if (gherkin)
            add_gherkin(line, spaced);
        else
            styled_add(line, spaced, -1, STYLED(TABLE_CYAN), NULL);
        page_print_line(&render->page, line);
    }
    page_space(&render->page);
}

void render_print_html(struct render *render)
{
    g_auto(GStrv) lines = split(render);
    g_autoptr(Styled) line = styled_new();
    guint columns = page_columns(&render->page);

    page_separate(&render->page);
    for (gsize i = 0; lines[i]; i++) {
        g_autofree char *spaced = expand(lines[i]);
        styled_clear(line);
        styled_add(line, spaced, -1, STYLED(TABLE_DIM), NULL);
        page_print(&render->page, line, MIN(columns, STYLED_MEASURE));
    }
    page_space(&render->page);
}
