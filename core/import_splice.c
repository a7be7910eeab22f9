#include "import_splice.h"

#include <string.h>

/* What is written instead of span. */
struct splice {
    struct span span;
    char *text;
};

static void clear_splice(gpointer data)
{
    g_free(((struct splice *)data)->text);
}

void import_splices_init(struct import_splices *splices, const struct policy *policy,
                         struct document *document)
{
    *splices = (struct import_splices){
        policy,
        document->text,
        document->length,
        document_body(document, NULL),
        g_array_new(FALSE, FALSE, sizeof(struct splice)),
    };
    g_array_set_clear_func(splices->places, clear_splice);
}

void import_splices_clear(struct import_splices *splices)
{
    g_array_unref(splices->places);
}

void import_splices_add(struct import_splices *splices, gsize start, gsize end, const char *text)
{
    const struct splice splice = { { start, end }, g_strdup(text) };
    g_array_append_val(splices->places, splice);
}

const struct markdown_section *import_splices_section(const struct import_splices *splices,
                                                      const char *const *names)
{
    const struct markdown *outline = splices->outline;
    for (guint i = 0; i < outline->sections->len; i++) {
        const struct markdown_section *section =
            &g_array_index(outline->sections, struct markdown_section, i);
        const struct markdown_heading *heading =
            &g_array_index(outline->headings, struct markdown_heading, i);
        if (heading->level == 2 && section->exact && markdown_is_named(section, names))
            return section;
    }
    return NULL;
}

/* Gives the section the heading, in place of the first of names in its line. */
static void rename_section(struct import_splices *splices, const struct markdown_section *section,
                           const char *const *names, const char *heading)
{
    const char *line = splices->text + section->span.start;
    gsize length = strlen(names[0]), longest = section->content.start - section->span.start;

    for (gsize i = 0; i + length <= longest; i++)
        if (g_ascii_strncasecmp(line + i, names[0], length) == 0) {
            gsize start = section->span.start + i;
            import_splices_add(splices, start, start + length, heading);
            return;
        }
}

void import_splices_rename(struct import_splices *splices, const char *const *names, enum section_id id)
{
    const struct markdown_section *section = import_splices_section(splices, names);
    const char *const *headings = policy_section(splices->policy, id);

    if (section && headings[0] && !markdown_section_find(splices->outline, headings))
        rename_section(splices, section, names, import_heading(splices->policy, id));
}

static gint by_place(gconstpointer a, gconstpointer b)
{
    const struct splice *left = a, *right = b;
    if (left->span.start != right->span.start)
        return left->span.start < right->span.start ? -1 : 1;
    return (left->span.end > right->span.end) - (left->span.end < right->span.end);
}

char *import_splices_apply(struct import_splices *splices)
{
    GString *out = g_string_new(NULL);
    gsize at = splices->outline->start;

    g_array_sort(splices->places, by_place);
    for (guint i = 0; i < splices->places->len; i++) {
        const struct splice *splice = &g_array_index(splices->places, struct splice, i);
        if (splice->span.start < at) /* the same again, of a section within the other */
            continue;
        g_string_append_len(out, splices->text + at, (gssize)(splice->span.start - at));
        g_string_append(out, splice->text);
        at = splice->span.end;
    }
    g_string_append_len(out, splices->text + at, (gssize)(splices->length - at));
    return g_string_free(out, FALSE);
}

const char *import_heading(const struct policy *policy, enum section_id id)
{
    const char *const *headings = policy_section(policy, id);
    gboolean has_context =
        id == SECTION_WHY && headings[0] && headings[1] && g_ascii_strcasecmp(headings[1], "Context") == 0;

    return headings[has_context ? 1 : 0];
}
