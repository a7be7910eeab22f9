#include "stamp_text.h"

#include "comments.h"
#include "criteria.h"
#include "parts.h"
#include "section.h"

#include <string.h>

/* A document while its texts are put together. */
struct reader {
    const struct policy *policy;
    const struct document *document;
    const struct stamp_fields *fields;
    const struct parts *parts;
    GArray *cuts; /* of struct span, by start: what is not part of the text */
};

/* -- what is left out -- */

static gint by_start(gconstpointer a, gconstpointer b)
{
    const struct span *left = a, *right = b;
    return left->start < right->start ? -1 : left->start > right->start;
}

static void add_boxes(GArray *cuts, const struct markdown *body)
{
    for (guint i = 0; i < body->items->len; i++) {
        const struct markdown_item *item = &g_array_index(body->items, struct markdown_item, i);
        const struct span box = { item->tick - 1, item->tick + 2 };
        if (item->exact && item->task != MARKDOWN_TASK_NONE)
            g_array_append_val(cuts, box);
    }
}

static GArray *find_cuts(const struct document *document)
{
    GArray *cuts = comments_find(document);

    add_boxes(cuts, document->body);
    g_array_sort(cuts, by_start);
    return cuts;
}

/* -- texts -- */

/* Appends what stands in span and is not cut, and a line ending. */
static void append(GString *out, const struct reader *reader, const GArray *cuts, struct span span)
{
    const char *text = reader->document->text;
    guint first = 0, end = cuts->len;

    while (first < end) {
        guint middle = first + (end - first) / 2;
        if (g_array_index(cuts, struct span, middle).end <= span.start)
            first = middle + 1;
        else
            end = middle;
    }
    for (; first < cuts->len && span.start < span.end; first++) {
        const struct span cut = g_array_index(cuts, struct span, first);
        if (cut.start >= span.end)
            break;
        if (cut.start > span.start)
            g_string_append_len(out, text + span.start, (gssize)(cut.start - span.start));
        span.start = MAX(span.start, cut.end);
    }
    if (!span_is_empty(span))
        g_string_append_len(out, text + span.start, (gssize)span_length(span));
    g_string_append_c(out, '\n');
}

/* The text as it is compared: NFC, single spaces. Newly allocated. */
static char *normalize(const GString *text)
{
    g_autofree char *valid = g_utf8_make_valid(text->str, (gssize)text->len);
    char *composed = g_utf8_normalize(valid, -1, G_NORMALIZE_NFC), *to = composed;

    for (const char *from = composed; *from; from++) {
        gboolean space = strchr(" \t\n\v\f\r", *from) != NULL;
        if (!space)
            *to++ = *from;
        else if (to > composed && to[-1] != ' ')
            *to++ = ' ';
    }
    *to = '\0';
    return g_strchomp(composed);
}

/* Appends the texts of a part's sections. */
static void append_sections(GString *out, const struct reader *reader, const GArray *cuts,
                            enum section_id part)
{
    for (guint i = 0; i < reader->document->body->sections->len; i++)
        if (reader->parts->owners[i] == part)
            append(out, reader, cuts, section_own(reader->document, (int)i));
}

/* The text of the places of a part (parts.h). */
static char *read_places(const struct reader *reader, const GArray *places)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < places->len; i++) {
        const int place = g_array_index(places, int, i);
        if (place == PARTS_TITLE)
            g_string_append_printf(text, "%s\n", reader->fields->title);
        else
            append(text, reader, reader->cuts, section_own(reader->document, place));
    }
    return normalize(text);
}

static gboolean has_words(const char *text)
{
    while (*text && !g_unichar_isalnum(g_utf8_get_char(text)))
        text = g_utf8_next_char(text);
    return *text != '\0';
}

/* Its field and sections; where they say nothing, the decision records that the item links to. */
static char *read_approach(const struct reader *reader)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (reader->fields->approach)
        g_string_append_printf(text, "%s\n", reader->fields->approach);
    append_sections(text, reader, reader->cuts, SECTION_APPROACH);
    char *approach = normalize(text);
    if (has_words(approach) || reader->parts->records->len == 0)
        return approach;
    g_free(approach);
    for (guint i = 0; i < reader->parts->records->len; i++)
        g_string_append_printf(text, "%s\n", (const char *)reader->parts->records->pdata[i]);
    return normalize(text);
}

static void add_entry(GPtrArray *entries, GString *text)
{
    char *entry = normalize(text);

    if (*entry)
        g_ptr_array_add(entries, entry);
    else
        g_free(entry);
    g_string_truncate(text, 0);
}

static gint by_bytes(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The lines of Gherkin fences that begin and end them are layout. */
static void add_fence_lines(GArray *cuts, const struct markdown *body)
{
    for (guint i = 0; i < body->fences->len; i++) {
        const struct markdown_fence *fence = &g_array_index(body->fences, struct markdown_fence, i);
        const struct span open = { fence->span.start, fence->content.start };
        const struct span close = { fence->content.end, fence->span.end };
        if (!fence->exact || !markdown_is_gherkin(body, fence))
            continue;
        g_array_append_val(cuts, open);
        g_array_append_val(cuts, close);
    }
}

static char *read_criteria(const struct reader *reader, struct document *document)
{
    g_autoptr(GPtrArray) criteria = criteria_read(document, reader->policy);
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) others = g_array_copy(reader->cuts);
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < criteria->len; i++) {
        const struct criterion *criterion = criteria->pdata[i];
        struct span span = criterion->span;
        g_array_append_val(others, span);
        if (!criterion->scenario)
            span.start =
                g_array_index(document->body->items, struct markdown_item, criterion->item).marker.end;
        append(text, reader, reader->cuts, span);
        add_entry(entries, text);
    }
    add_fence_lines(others, document->body);
    g_array_sort(others, by_start);
    append_sections(text, reader, others, SECTION_CRITERIA);
    add_entry(entries, text);
    g_ptr_array_sort(entries, by_bytes);
    for (guint i = 0; i < entries->len; i++)
        g_string_append_printf(text, "%s\n", (const char *)entries->pdata[i]);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

void stamp_texts_with(const struct policy *policy, struct document *document, const struct parts *parts,
                      const struct stamp_fields *fields, char *texts[N_AGREED])
{
    document_body(document, NULL);
    g_autoptr(GArray) cuts = find_cuts(document);
    const struct reader reader = { policy, document, fields, parts, cuts };
    g_autoptr(GString) estimate = g_string_new(fields->estimate);

    texts[AGREED_STORY] = read_places(&reader, parts->story);
    texts[AGREED_WHY] = read_places(&reader, parts->why);
    texts[AGREED_CRITERIA] = read_criteria(&reader, document);
    texts[AGREED_ESTIMATE] = normalize(estimate);
    texts[AGREED_APPROACH] = read_approach(&reader);
}

static const char *text_of(const struct document *document, const char *key)
{
    const struct node *node = node_find(document->front->root, key);
    return !node_is_null(node) && node->kind == NODE_SCALAR ? node->text : NULL;
}

void stamp_texts(const struct policy *policy, struct document *document, char *texts[N_AGREED])
{
    const struct stamp_fields fields = { text_of(document, "title"), text_of(document, "estimate"),
                                         text_of(document, "approach") };
    const struct parts_source source = {
        .policy = policy, .document = document, .title = fields.title, .type = text_of(document, "type")
    };
    g_autoptr(Parts) parts = parts_find(&source);

    stamp_texts_with(policy, document, parts, &fields, texts);
}
