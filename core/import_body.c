#include "import_body.h"

#include "markdown.h"

#include <string.h>

/* Whether there is a section for criteria; *content is what stands under its heading. */
static gboolean find_criteria(const struct policy *policy, const char *text, struct span *content)
{
    g_autoptr(Markdown) outline = markdown_parse(text, strlen(text), 0, NULL);
    const struct markdown_section *section =
        markdown_section_find(outline, policy_section(policy, SECTION_CRITERIA));

    if (!section || !section->exact)
        return FALSE;
    *content = section->content;
    return TRUE;
}

/* The text with a blank line behind the heading of criteria, where the next heading follows at once: the
 * first entry to come is then one line more, and no other. */
static char *part_headings(const char *text, struct span content)
{
    g_autofree char *head = g_strndup(text, content.start);
    return g_strconcat(head, span_is_empty(content) && text[content.start] ? "\n" : "", text + content.start,
                       NULL);
}

/* Where an empty section of criteria goes. */
static gsize place_of(const struct policy *policy, const char *text, const char *const *before)
{
    g_autoptr(Markdown) outline = markdown_parse(text, strlen(text), 0, NULL);
    const struct edit_section criteria = policy_edit_section(policy, SECTION_CRITERIA);

    for (guint i = 0; i < outline->sections->len; i++) {
        const struct markdown_section *section =
            &g_array_index(outline->sections, struct markdown_section, i);
        const struct markdown_heading *heading =
            &g_array_index(outline->headings, struct markdown_heading, i);
        if (heading->level <= 2 && section->exact &&
            (markdown_is_named(section, before) || markdown_is_named(section, criteria.before)))
            return section->span.start;
    }
    return strlen(text);
}

/* The text with an empty section at its start. What follows gets a heading where it has none: it may begin
 * with what no entry could be put in front of. */
static char *begin_with_criteria(const struct policy *policy, const char *text)
{
    const char *why = policy_section(policy, SECTION_WHY)[0];
    const char *rest = text + strspn(text, "\n");
    gboolean is_headed = g_str_has_prefix(rest, "# ") || g_str_has_prefix(rest, "## ");
    g_autofree char *heading = g_strconcat("## ", why ? why : "Description", "\n\n", NULL);

    return g_strconcat("\n## ", policy_section(policy, SECTION_CRITERIA)[0], "\n\n", is_headed ? "" : heading,
                       rest, NULL);
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
    struct span content;

    if (!policy_section(policy, SECTION_CRITERIA)[0])
        return g_steal_pointer(&body);
    if (find_criteria(policy, body, &content))
        return part_headings(body, content);
    g_autofree char *whole = insert_criteria(policy, body, place_of(policy, body, before));
    if (find_criteria(policy, whole, &content))
        return g_steal_pointer(&whole);
    /* The text ends within a fence or a comment that is not closed: nothing behind it is a heading. */
    return begin_with_criteria(policy, body);
}
