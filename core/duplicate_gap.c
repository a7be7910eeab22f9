#include "duplicate_gap.h"

#include <string.h>

/* Of more criteria on either side none is looked for by likeness, as in criteria_match. */
#define MAX_ALIKE 200

const char *const *duplicate_part_names(void)
{
    static const char *const names[] = { "criteria", "questions", NULL };
    return names;
}

static enum section_id section_of(enum duplicate_part part)
{
    return part == DUPLICATE_CRITERIA ? SECTION_CRITERIA : SECTION_QUESTIONS;
}

/* -- finding -- */

/* What a question asks, without whom. */
static const char *without_addressee(const char *text)
{
    const char *space = *text == '@' ? strchr(text, ' ') : NULL;
    return space ? space + 1 : text;
}

/* What two entries have in common that are the same. */
static char *key_of(enum duplicate_part part, const struct criterion *entry)
{
    gboolean question = part == DUPLICATE_QUESTIONS;
    g_autofree char *folded = g_utf8_casefold(question ? without_addressee(entry->text) : entry->text, -1);

    return question ? g_steal_pointer(&folded) : g_strconcat(folded, "\n", entry->details, NULL);
}

/* Sets there for those of entries that others have too, and taken for these, the first with the first. */
static void match_same(enum duplicate_part part, const GPtrArray *entries, const GPtrArray *others,
                       gboolean *there, gboolean *taken)
{
    g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree guint *next = g_new0(guint, others->len + 1); /* of the same, + 1 */

    for (guint i = others->len; i-- > 0;) {
        char *key = key_of(part, others->pdata[i]);
        next[i] = GPOINTER_TO_UINT(g_hash_table_lookup(first, key));
        g_hash_table_insert(first, key, GUINT_TO_POINTER(i + 1));
    }
    for (guint i = 0; i < entries->len; i++) {
        char *key = key_of(part, entries->pdata[i]);
        guint match = GPOINTER_TO_UINT(g_hash_table_lookup(first, key));
        there[i] = match != 0;
        if (match)
            taken[match - 1] = TRUE;
        /* A question that was asked is asked, however often. */
        if (match && part == DUPLICATE_CRITERIA)
            g_hash_table_insert(first, key, GUINT_TO_POINTER(next[match - 1]));
        else
            g_free(key);
    }
}

/* The first of the entries that is not taken and much like this one; NULL: none. Sets it taken. */
static const struct criterion *find_like(const GPtrArray *entries, gboolean *taken,
                                         const struct criterion *entry)
{
    for (guint i = 0; i < entries->len; i++) {
        const struct criterion *one = entries->pdata[i];
        if (taken[i] || !criteria_are_alike(one->text, entry->text))
            continue;
        taken[i] = TRUE;
        return one;
    }
    return NULL;
}

static void free_gap(gpointer data)
{
    struct duplicate_gap *gap = data;
    g_free(gap->id);
    g_free(gap->text);
    g_free(gap->like);
    g_free(gap);
}

/* Adds the gap; returns it. */
static struct duplicate_gap *add_gap(GPtrArray *gaps, enum duplicate_part part, const char *id, guint number,
                                     const char *text)
{
    struct duplicate_gap *gap = g_new0(struct duplicate_gap, 1);

    gap->part = part;
    gap->id = g_strdup(id);
    gap->number = number;
    gap->text = g_strdup(text);
    g_ptr_array_set_free_func(gaps, free_gap);
    g_ptr_array_add(gaps, gap);
    return gap;
}

void duplicate_find_gaps(GPtrArray *gaps, const char *id, struct document *document,
                         struct document *original, const struct policy *policy, enum duplicate_part part)
{
    g_autoptr(GPtrArray) entries = criteria_read_entries(document, policy, section_of(part));
    g_autoptr(GPtrArray) others = criteria_read_entries(original, policy, section_of(part));
    g_autofree gboolean *taken = g_new0(gboolean, others->len + 1);
    g_autofree gboolean *there = g_new0(gboolean, entries->len + 1);
    gboolean by_likeness =
        part == DUPLICATE_CRITERIA && entries->len <= MAX_ALIKE && others->len <= MAX_ALIKE;

    match_same(part, entries, others, there, taken);
    for (guint i = 0; i < entries->len; i++) {
        const struct criterion *entry = entries->pdata[i];
        gboolean empty = !*entry->text && !*entry->details;
        if (there[i] || empty || (part == DUPLICATE_QUESTIONS && entry->ticked))
            continue;
        const struct criterion *like = by_likeness ? find_like(others, taken, entry) : NULL;
        struct duplicate_gap *gap = add_gap(gaps, part, id, i + 1, entry->text);
        gap->like = like ? g_strdup(like->text) : NULL;
    }
}

/* -- taking -- */

/* Appends the lines of a span without their endings' last one, each without the first indent columns. */
static void append_lines(GString *out, const struct document *document, struct span span, gsize indent)
{
    for (gsize at = span.start; at < span.end;) {
        gsize next = MIN(lines_next(document->text, document->length, at), span.end);
        gsize skip = 0;
        while (skip < indent && at + skip < next && document->text[at + skip] == ' ')
            skip++;
        g_string_append_len(out, document->text + at + skip, (gssize)(next - at - skip));
        at = next;
    }
    while (out->len && strchr("\r\n", out->str[out->len - 1]))
        g_string_truncate(out, out->len - 1);
}

/* The lines of a list entry, with an empty box; one that begins with another block can have none. */
static char *print_entry(const struct document *document, const struct criterion *entry)
{
    const struct markdown_item *item =
        &g_array_index(document->body->items, struct markdown_item, entry->item);
    GString *out = g_string_new(*entry->text ? "- [ ] " : "- ");
    gsize rest = MIN(lines_next(document->text, document->length, item->text.start), entry->span.end);

    g_string_append_len(out, document->text + item->text.start, (gssize)(rest - item->text.start));
    append_lines(out, document, (struct span){ rest, entry->span.end }, item->indent);
    return g_string_free(out, FALSE);
}

/* A scenario in a fence of its own, with the background that goes for it. */
static char *print_scenario(const struct document *document, const struct criterion *entry)
{
    const struct markdown *body = document->body;
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < body->fences->len; i++) {
        const struct markdown_fence *fence = &g_array_index(body->fences, struct markdown_fence, i);
        if (entry->span.start < fence->content.start || entry->span.end > fence->content.end)
            continue;
        g_autoptr(GPtrArray) scenarios = markdown_scenarios(body, fence);
        const struct markdown_scenario *first = scenarios->pdata[0];
        g_autoptr(GString) lead = g_string_new(NULL);
        append_lines(lead, document, (struct span){ fence->content.start, first->span.start }, 0);
        if (strstr(lead->str, "Background:"))
            g_string_append_printf(out, "%s\n\n", lead->str);
    }
    append_lines(out, document, entry->span, 0);
    const char *mark = strstr(out->str, "```") ? "~~~~" : "```";
    g_autofree char *open = g_strconcat(mark, "gherkin\n", NULL), *close = g_strconcat("\n", mark, NULL);
    g_string_prepend(out, open);
    g_string_append(out, close);
    return g_string_free(out, FALSE);
}

/* Whether the last of the entries is that one. */
static gboolean ends_with(const GPtrArray *entries, const struct criterion *entry)
{
    const struct criterion *last = entries->len ? entries->pdata[entries->len - 1] : NULL;
    return last && strcmp(last->text, entry->text) == 0 &&
           (entry->scenario || strcmp(last->details, entry->details) == 0);
}

/* As lines, which is proven by reading them again: Markdown can mean another thing in another place. */
static gboolean append_block(struct draft *draft, const struct edit_section *section,
                             const struct document *document, const struct criterion *entry,
                             enum section_id id, GError **error)
{
    const struct policy *policy = draft->backlog->policy;
    g_autofree char *block = entry->scenario ? print_scenario(document, entry) : print_entry(document, entry);
    g_autoptr(GPtrArray) before = criteria_read_entries(edit_document(draft->edit), policy, id);
    guint count = before->len;

    if (!edit_section_append(draft->edit, section, block, error))
        return FALSE;
    g_autoptr(GPtrArray) after = criteria_read_entries(edit_document(draft->edit), policy, id);
    if (after->len == count + 1 && ends_with(after, entry))
        return TRUE;
    g_set_error(error, EDIT_ERROR, EDIT_ERROR_UNSAFE, "it would not read as meant there: copy it by hand");
    return FALSE;
}

gboolean duplicate_take(struct draft *draft, struct document *document, struct duplicate_gap *gap,
                        GError **error)
{
    enum section_id id = section_of(gap->part);
    struct edit_section section = policy_edit_section(draft->backlog->policy, id);
    g_autoptr(GPtrArray) entries = criteria_read_entries(document, draft->backlog->policy, id);
    const struct criterion *entry = entries->pdata[gap->number - 1];
    gboolean plain = !entry->scenario && !*entry->details && edit_is_line(entry->text);
    g_autoptr(GError) cause = NULL;

    gap->taken = plain ? edit_list_add(draft->edit, &section, entry->text, &cause)
                       : append_block(draft, &section, document, entry, id, &cause);
    if (!gap->taken)
        g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FILE, "%s %u of %s cannot be taken: %s",
                    gap->part == DUPLICATE_CRITERIA ? "criterion" : "question", gap->number, gap->id,
                    cause->message);
    return gap->taken;
}
