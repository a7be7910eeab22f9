#include "import_backlog_body.h"

#include "import_body.h"

#include <string.h>

static const char *const names_why[] = { "Description", NULL };
static const char *const names_criteria[] = { "Acceptance Criteria", NULL };
static const char *const names_approach[] = { "Implementation Plan", NULL };
static const char *const names_done[] = { "Definition of Done", NULL };
static const char *const names_later[] = {
    "Definition of Done", "Implementation Plan", "Implementation Notes", "Comments", "Final Summary", NULL,
};

/* What is written instead of span. */
struct splice {
    struct span span;
    const char *text; /* borrowed */
};

struct conversion {
    const struct policy *policy;
    const char *text;
    gsize length;
    const struct markdown *outline;
    GArray *splices;
};

static void add_splice(struct conversion *conversion, gsize start, gsize end, const char *text)
{
    const struct splice splice = { { start, end }, text };
    g_array_append_val(conversion->splices, splice);
}

/* -- headings -- */

/* The first section of the second level that is so named: the tracker knows no other. */
static const struct markdown_section *own_section(const struct conversion *conversion,
                                                  const char *const *names)
{
    const struct markdown *outline = conversion->outline;
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
static void rename_section(struct conversion *conversion, const struct markdown_section *section,
                           const char *const *names, const char *heading)
{
    const char *line = conversion->text + section->span.start;
    gsize length = strlen(names[0]), longest = section->content.start - section->span.start;

    for (gsize i = 0; i + length <= longest; i++)
        if (g_ascii_strncasecmp(line + i, names[0], length) == 0) {
            gsize start = section->span.start + i;
            add_splice(conversion, start, start + length, heading);
            return;
        }
}

static void rename_as(struct conversion *conversion, const char *const *names, enum section_id id)
{
    const struct markdown_section *section = own_section(conversion, names);
    const char *const *headings = policy_section(conversion->policy, id);
    gboolean has_context =
        id == SECTION_WHY && headings[0] && headings[1] && g_ascii_strcasecmp(headings[1], "Context") == 0;

    if (section && headings[0] && !markdown_is_named(section, headings))
        rename_section(conversion, section, names, headings[has_context ? 1 : 0]);
}

/* -- numbers -- */

/* Bytes of "#12 " at the beginning of an entry's text; 0 where there is none, or nothing behind it. */
static gsize number_length(const char *text, gsize length)
{
    gsize at = 1;
    if (length == 0 || *text != '#')
        return 0;
    while (at < length && g_ascii_isdigit(text[at]))
        at++;
    gsize spaces = at;
    while (spaces < length && text[spaces] == ' ')
        spaces++;
    return at > 1 && spaces > at && spaces < length && text[spaces] != '\n' ? spaces : 0;
}

static void drop_numbers(struct conversion *conversion, const struct markdown_section *section)
{
    const struct markdown *outline = conversion->outline;
    for (guint i = 0; section && i < outline->items->len; i++) {
        const struct markdown_item *item = &g_array_index(outline->items, struct markdown_item, i);
        if (!item->exact || item->depth > 0 || item->task == MARKDOWN_TASK_NONE ||
            item->span.start < section->content.start || item->span.end > section->content.end)
            continue;
        gsize length = number_length(conversion->text + item->text.start, span_length(item->text));
        if (length > 0)
            add_splice(conversion, item->text.start, item->text.start + length, "");
    }
}

static const struct markdown_section *criteria_section(const struct conversion *conversion)
{
    const struct markdown_section *section =
        markdown_section_find(conversion->outline, policy_section(conversion->policy, SECTION_CRITERIA));
    return section ? section : own_section(conversion, names_criteria);
}

/* -- marks -- */

/* Whether the line is a comment such as <!-- SECTION:NOTES:BEGIN --> and nothing else. */
static gboolean is_mark(const char *line, gsize length)
{
    static const char open[] = "<!-- ", close[] = " -->";
    gsize at = strlen(open);

    while (length > 0 && g_ascii_isspace(line[length - 1]))
        length--;
    if (length < strlen(open) + strlen(close) || memcmp(line, open, strlen(open)) != 0 ||
        memcmp(line + length - strlen(close), close, strlen(close)) != 0)
        return FALSE;
    g_autofree char *name = g_strndup(line + at, length - strlen(open) - strlen(close));
    return name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:-")] == '\0' &&
           (g_str_has_suffix(name, ":BEGIN") || g_str_has_suffix(name, ":END"));
}

enum line_kind { LINE_NONE, LINE_BLANK, LINE_HEADING, LINE_TEXT };

static enum line_kind kind_of(const struct conversion *conversion, gsize at)
{
    if (lines_is_blank(conversion->text, conversion->length, at))
        return LINE_BLANK;
    return conversion->text[at] == '#' ? LINE_HEADING : LINE_TEXT;
}

/* Takes a mark out of the text before the line at: a blank line behind one that is kept goes with it, and
 * text that the mark alone kept apart gets a blank line between. */
static void close_gap(struct conversion *conversion, gsize at, enum line_kind before, enum line_kind here)
{
    if (here == LINE_BLANK && before == LINE_BLANK)
        add_splice(conversion, at, lines_next(conversion->text, conversion->length, at), "");
    else if (here == LINE_TEXT && before == LINE_TEXT)
        add_splice(conversion, at, at, "\n");
}

static void drop_marks(struct conversion *conversion)
{
    const GArray *fences = conversion->outline->fences;
    enum line_kind before = LINE_NONE;
    gboolean dropped = FALSE;
    guint fence = 0;

    for (gsize at = conversion->outline->start; at < conversion->length;) {
        gsize next = lines_next(conversion->text, conversion->length, at);
        while (fence < fences->len && g_array_index(fences, struct markdown_fence, fence).span.end <= at)
            fence++;
        gboolean code =
            fence < fences->len && g_array_index(fences, struct markdown_fence, fence).span.start <= at;
        if (!code && is_mark(conversion->text + at, next - at)) {
            add_splice(conversion, at, next, "");
            dropped = TRUE;
        } else {
            enum line_kind here = kind_of(conversion, at);
            if (dropped)
                close_gap(conversion, at, before, here);
            dropped = dropped && here == LINE_BLANK;
            before = here;
        }
        at = next;
    }
}

/* Whether the outline says of all fences where they stand: what is in code is no mark. */
static gboolean knows_code(const struct markdown *outline)
{
    for (guint i = 0; i < outline->fences->len; i++)
        if (!g_array_index(outline->fences, struct markdown_fence, i).exact)
            return FALSE;
    return TRUE;
}

/* -- */

static gint by_place(gconstpointer a, gconstpointer b)
{
    const struct splice *left = a, *right = b;
    if (left->span.start != right->span.start)
        return left->span.start < right->span.start ? -1 : 1;
    return (left->span.end > right->span.end) - (left->span.end < right->span.end);
}

static char *apply(const struct conversion *conversion)
{
    GString *out = g_string_new(NULL);
    gsize at = conversion->outline->start;

    g_array_sort(conversion->splices, by_place);
    for (guint i = 0; i < conversion->splices->len; i++) {
        const struct splice *splice = &g_array_index(conversion->splices, struct splice, i);
        if (splice->span.start < at) /* the same again, of a section within the other */
            continue;
        g_string_append_len(out, conversion->text + at, (gssize)(splice->span.start - at));
        g_string_append(out, splice->text);
        at = splice->span.end;
    }
    g_string_append_len(out, conversion->text + at, (gssize)(conversion->length - at));
    return g_string_free(out, FALSE);
}

char *import_backlog_body(const struct policy *policy, struct document *document)
{
    g_autoptr(GArray) splices = g_array_new(FALSE, FALSE, sizeof(struct splice));
    struct conversion conversion = {
        policy, document->text, document->length, document_body(document, NULL), splices,
    };

    rename_as(&conversion, names_why, SECTION_WHY);
    rename_as(&conversion, names_approach, SECTION_APPROACH);
    if (!markdown_section_find(conversion.outline, policy_section(policy, SECTION_CRITERIA)))
        rename_as(&conversion, names_criteria, SECTION_CRITERIA);
    drop_numbers(&conversion, criteria_section(&conversion));
    drop_numbers(&conversion, own_section(&conversion, names_done));
    if (knows_code(conversion.outline))
        drop_marks(&conversion);
    g_autofree char *text = apply(&conversion);
    return import_body_complete(policy, text, names_later);
}
