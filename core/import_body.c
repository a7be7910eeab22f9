#include "import_body.h"

#include "markdown.h"

#include <string.h>

static gboolean has_criteria(const struct policy *policy, const char *text)
{
    g_autoptr(Markdown) outline = markdown_parse(text, strlen(text), 0, NULL);
    const struct markdown_section *section = markdown_section_find(outline, policy_section(policy, SECTION_CRITERIA));
    return section && section->exact;
}

/* Where an empty section of criteria goes. */
static gsize place_of(const struct policy *policy, const char *text, const char *const *before)
{
    g_autoptr(Markdown) outline = markdown_parse(text, strlen(text), 0, NULL);
    const struct edit_section criteria = policy_edit_section(policy, SECTION_CRITERIA);

    for (guint i = 0; i < outline->sections->len; i++) {
        const struct markdown_section *section = &g_array_index(outline->sections, struct markdown_section, i);
        const struct markdown_heading *heading = &g_array_index(outline->headings, struct markdown_heading, i);
        if (heading->level <= 2 && section->exact &&
            (markdown_is_named(section, before) || markdown_is_named(section, criteria.before)))
            return section->span.start;
    }
    return strlen(text);
}

static char *insert_criteria(const struct policy *policy, const char *text, gsize at)
{
    gboolean apart = at >= 2 ? text[at - 2] == '\n' && text[at - 1] == '\n' : at == 1;
    g_autofree char *head = g_strndup(text, at);
    return g_strconcat(head, apart ? "" : "\n", "## ", policy_section(policy, SECTION_CRITERIA)[0], "\n",
                       text[at] && text[at] != '\n' ? "\n" : "", text + at, NULL);
}

char *import_body_complete(const struct policy *policy, const char *text, const char *const *before)
{
    g_autofree char *body = g_strconcat(*text == '\n' || !*text ? "" : "\n", text,
                                        !*text || g_str_has_suffix(text, "\n") ? "" : "\n", NULL);
    if (!policy_section(policy, SECTION_CRITERIA)[0] || has_criteria(policy, body))
        return g_steal_pointer(&body);
    g_autofree char *whole = insert_criteria(policy, body, place_of(policy, body, before));
    if (has_criteria(policy, whole))
        return g_steal_pointer(&whole);
    /* The text ends within a fence or a comment that is not closed: nothing behind it is a heading. */
    return insert_criteria(policy, body, *body ? 1 : 0);
}
