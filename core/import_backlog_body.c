#include "import_backlog_body.h"

#include "import_body.h"
#include "import_splice.h"

#include <string.h>

static const char *const names_why[] = { "Description", NULL };
static const char *const names_criteria[] = { "Acceptance Criteria", NULL };
static const char *const names_approach[] = { "Implementation Plan", NULL };
static const char *const names_done[] = { "Definition of Done", NULL };
static const char *const names_later[] = {
    "Definition of Done", "Implementation Plan", "Implementation Notes", "Comments", "Final Summary", NULL,
};

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

static void drop_numbers(struct import_splices *splices, const struct markdown_section *section)
{
    const struct markdown *outline = splices->outline;
    for (guint i = 0; section && i < outline->items->len; i++) {
        const struct markdown_item *item = &g_array_index(outline->items, struct markdown_item, i);
        if (!item->exact || item->depth > 0 || item->task == MARKDOWN_TASK_NONE ||
            item->span.start < section->content.start || item->span.end > section->content.end)
            continue;
        gsize length = number_length(splices->text + item->text.start, span_length(item->text));
        if (length > 0)
            import_splices_add(splices, item->text.start, item->text.start + length, "");
    }
}

static const struct markdown_section *criteria_section(const struct import_splices *splices)
{
    const struct markdown_section *section =
        markdown_section_find(splices->outline, policy_section(splices->policy, SECTION_CRITERIA));
    return section ? section : import_splices_section(splices, names_criteria);
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

static enum line_kind kind_of(const struct import_splices *splices, gsize at)
{
    if (lines_is_blank(splices->text, splices->length, at))
        return LINE_BLANK;
    return splices->text[at] == '#' ? LINE_HEADING : LINE_TEXT;
}

/* Takes a mark out of the text before the line at: a blank line behind one that is kept goes with it, and
 * text that the mark alone kept apart gets a blank line between. */
static void close_gap(struct import_splices *splices, gsize at, enum line_kind before, enum line_kind here)
{
    if (here == LINE_BLANK && before == LINE_BLANK)
        import_splices_add(splices, at, lines_next(splices->text, splices->length, at), "");
    else if (here == LINE_TEXT && before == LINE_TEXT)
        import_splices_add(splices, at, at, "\n");
}

static void drop_marks(struct import_splices *splices)
{
    const GArray *fences = splices->outline->fences;
    enum line_kind before = LINE_NONE;
    gboolean dropped = FALSE;
    guint fence = 0;

    for (gsize at = splices->outline->start; at < splices->length;) {
        gsize next = lines_next(splices->text, splices->length, at);
        while (fence < fences->len && g_array_index(fences, struct markdown_fence, fence).span.end <= at)
            fence++;
        gboolean code =
            fence < fences->len && g_array_index(fences, struct markdown_fence, fence).span.start <= at;
        if (!code && is_mark(splices->text + at, next - at)) {
            import_splices_add(splices, at, next, "");
            dropped = TRUE;
        } else {
            enum line_kind here = kind_of(splices, at);
            if (dropped)
                close_gap(splices, at, before, here);
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

char *import_backlog_body(const struct policy *policy, struct document *document)
{
    struct import_splices splices;

    import_splices_init(&splices, policy, document);
    import_splices_rename(&splices, names_why, SECTION_WHY);
    import_splices_rename(&splices, names_approach, SECTION_APPROACH);
    import_splices_rename(&splices, names_criteria, SECTION_CRITERIA);
    drop_numbers(&splices, criteria_section(&splices));
    drop_numbers(&splices, import_splices_section(&splices, names_done));
    if (knows_code(splices.outline))
        drop_marks(&splices);
    g_autofree char *text = import_splices_apply(&splices);
    import_splices_clear(&splices);
    return import_body_complete(policy, text, names_later);
}
