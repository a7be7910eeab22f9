#include "markdown.h"

#include <string.h>

/* Title without what does not tell sections apart: white space around it and a colon behind it. *length is
 * set. */
static const char *bare_title(const char *title, gsize *length)
{
    const char *end = title + strlen(title);

    while (*title && g_unichar_isspace(g_utf8_get_char(title)))
        title = g_utf8_next_char(title);
    for (gboolean colon = FALSE; end > title;) {
        const char *last = g_utf8_prev_char(end);
        if (!g_unichar_isspace(g_utf8_get_char(last)) && (colon || *last != ':'))
            break;
        colon = colon || *last == ':';
        end = last;
    }
    *length = (gsize)(end - title);
    return title;
}

/* The text as it is compared; a new string. */
static char *fold(const char *text, gsize length)
{
    g_autofree char *folded = g_utf8_casefold(text, (gssize)length);
    return g_utf8_normalize(folded, -1, G_NORMALIZE_DEFAULT);
}

static gboolean is_same_title(const char *title, gsize length, const char *name)
{
    gsize name_length;

    /* Of most names the first letter is another, which folding leaves as it is. */
    if (g_ascii_isgraph(*title) && g_ascii_isalpha(*name) &&
        g_ascii_tolower(*title) != g_ascii_tolower(*name))
        return FALSE;
    name = bare_title(name, &name_length);
    if (length == name_length && g_ascii_strncasecmp(title, name, length) == 0)
        return TRUE;
    if (g_str_is_ascii(title) && g_str_is_ascii(name))
        return FALSE;
    g_autofree char *left = fold(title, length), *right = fold(name, name_length);
    return strcmp(left, right) == 0;
}

gboolean markdown_is_named(const struct markdown_section *section, const char *const *names)
{
    gsize length;
    const char *title = bare_title(section->title, &length);

    for (; *names; names++)
        if (is_same_title(title, length, *names))
            return TRUE;
    return FALSE;
}

const struct markdown_section *markdown_section_find(const struct markdown *markdown,
                                                     const char *const *names)
{
    for (guint i = 0; i < markdown->sections->len; i++) {
        const struct markdown_section *section =
            &g_array_index(markdown->sections, struct markdown_section, i);
        if (markdown_is_named(section, names))
            return section;
    }
    return NULL;
}

/* -- Gherkin -- */

gboolean markdown_is_gherkin(const struct markdown *markdown, const struct markdown_fence *fence)
{
    const char *info = markdown->text + fence->info.start;
    gsize length = span_length(fence->info);
    return length == 7 &&
           (g_ascii_strncasecmp(info, "gherkin", 7) == 0 || g_ascii_strncasecmp(info, "feature", 7) == 0);
}

static void scenario_free(gpointer data)
{
    struct markdown_scenario *scenario = data;
    g_free(scenario->name);
    g_free(scenario);
}

/* The name behind the keyword if the line, without white space around it, begins a scenario; else NULL. */
static const char *scenario_name(const char *line)
{
    static const char *const keywords[] = { "Scenario:", "Scenario Outline:", "Scenario Template:",
                                            "Example:" };

    for (gsize i = 0; i < G_N_ELEMENTS(keywords); i++)
        if (g_str_has_prefix(line, keywords[i]))
            return line + strlen(keywords[i]);
    return NULL;
}

/* Whether the line opens or closes a literal text, in which no keyword counts. */
static gboolean is_doc_string(const char *line)
{
    return g_str_has_prefix(line, "\"\"\"") || g_str_has_prefix(line, "```");
}

static struct markdown_scenario *scenario_add(GPtrArray *scenarios, const char *name, struct span span)
{
    struct markdown_scenario *scenario = g_new(struct markdown_scenario, 1);
    char *valid = g_utf8_make_valid(name, -1);

    *scenario = (struct markdown_scenario){ .name = g_strstrip(valid), .span = span };
    g_ptr_array_add(scenarios, scenario);
    return scenario;
}

GPtrArray *markdown_scenarios(const struct markdown *markdown, const struct markdown_fence *fence)
{
    GPtrArray *scenarios = g_ptr_array_new_with_free_func(scenario_free);
    struct markdown_scenario *open = NULL;
    const struct span content = fence->content;
    gsize tags = G_MAXSIZE; /* start of the tag lines right before this line */
    gboolean literal = FALSE;

    for (gsize at = content.start, next; markdown_is_gherkin(markdown, fence) && at < content.end;
         at = next) {
        next = lines_next(markdown->text, content.end, at);
        g_autofree char *line = g_strndup(markdown->text + at, next - at);
        const char *name = literal ? NULL : scenario_name(g_strstrip(line));
        if (name) {
            if (open)
                open->span.end = MIN(at, tags);
            open = scenario_add(scenarios, name, (struct span){ MIN(at, tags), content.end });
        }
        literal = literal != is_doc_string(g_strchug(line));
        if (literal || *line != '@')
            tags = G_MAXSIZE;
        else if (tags == G_MAXSIZE)
            tags = at;
    }
    return scenarios;
}
