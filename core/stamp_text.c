#include "stamp_text.h"

#include "criteria.h"

#include <string.h>

/* Code spans are opened by no more backticks than these. */
#define MAX_TICKS 80

/* A document while its texts are put together. */
struct reader {
    const struct policy *policy;
    const struct document *document;
    const struct stamp_fields *fields;
    GArray *cuts;                  /* of struct span, by start: what is not part of the text */
    const enum section_id *owners; /* by section: whose text it is; N_SECTIONS: nobody's */
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

/* Where the run of backticks at is closed by an equal one before end; end of the run itself where it is not.
 * missing has the lengths of which none follows. */
static gsize pass_code(const char *text, gsize at, gsize end, gboolean missing[MAX_TICKS + 1])
{
    gsize opened = at;

    while (opened < end && text[opened] == '`')
        opened++;
    const gsize ticks = opened - at;
    if (ticks > MAX_TICKS || missing[ticks])
        return opened;
    for (gsize next = opened; next < end;) {
        gsize run = next;
        while (run < end && text[run] == '`')
            run++;
        if (run - next == ticks)
            return run;
        next = run == next ? next + 1 : run;
    }
    missing[ticks] = TRUE;
    return opened;
}

/* Where the paragraph at ends: a blank line, or end. */
static gsize paragraph_end(const char *text, gsize at, gsize end)
{
    while (at < end && !lines_is_blank(text, end, at))
        at = lines_next(text, end, at);
    return at;
}

/* The end of the comment at; at itself where none is there that ends by end. No comment ends between at and
 * *none, which is set. */
static gsize pass_comment(const char *text, gsize at, gsize end, gsize *none)
{
    if (end <= *none || end - at < 4 || memcmp(text + at, "<!--", 4) != 0)
        return at;
    const char *close = g_strstr_len(text + at + 4, (gssize)(end - at - 4), "-->");
    if (!close)
        *none = end;
    return close ? (gsize)(close - text) + 3 : at;
}

/* Comments in span, where no fence and no heading is: one that begins a line may hold blank lines. */
static void add_comments_in(GArray *cuts, const char *text, struct span span)
{
    gboolean missing[MAX_TICKS + 1] = { FALSE };
    gsize paragraph = span.start, none = 0;

    for (gsize at = span.start; at < span.end;) {
        if (at >= paragraph) {
            paragraph = MAX(paragraph_end(text, at, span.end), at + 1);
            memset(missing, 0, sizeof missing);
        }
        if (text[at] == '`') {
            at = pass_code(text, at, paragraph, missing);
            continue;
        }
        gboolean opens_line = at == span.start || strchr("\r\n", text[at - 1]) != NULL;
        const struct span comment = { at, pass_comment(text, at, opens_line ? span.end : paragraph, &none) };
        if (!span_is_empty(comment))
            g_array_append_val(cuts, comment);
        at = span_is_empty(comment) ? at + (text[at] == '\\' ? 2 : 1) : comment.end;
    }
}

/* The same where fences may be: *fence is the first that does not stand before span, and is moved on. */
static void add_comments(GArray *cuts, const struct document *document, struct span span, guint *fence)
{
    for (; *fence < document->body->fences->len; ++*fence) {
        const struct markdown_fence *next =
            &g_array_index(document->body->fences, struct markdown_fence, *fence);
        if (next->exact && next->span.start >= span.end)
            break;
        if (!next->exact || next->span.start < span.start)
            continue;
        add_comments_in(cuts, document->text, (struct span){ span.start, next->span.start });
        span.start = next->span.end;
    }
    add_comments_in(cuts, document->text, span);
}

/* The text of section number index alone, up to the next heading; of -1, what stands before the first one. */
static struct span own_text(const struct document *document, int index)
{
    const GArray *sections = document->body->sections;
    struct span own = { document->front->body, document->length };

    if (index >= 0)
        own = g_array_index(sections, struct markdown_section, index).content;
    if (index + 1 < (int)sections->len)
        own.end = MIN(own.end, g_array_index(sections, struct markdown_section, index + 1).span.start);
    return own;
}

static GArray *find_cuts(const struct document *document)
{
    GArray *cuts = g_array_new(FALSE, FALSE, sizeof(struct span));
    guint fence = 0;

    add_boxes(cuts, document->body);
    for (int i = -1; i < (int)document->body->sections->len; i++)
        add_comments(cuts, document, own_text(document, i), &fence);
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

static const char *const stand_ins[] = { "Steps",    "Expected", "Actual", /* of a bug */
                                         "Question", "Decides",            /* of a spike */
                                         NULL };

/* Whose section it is by its own name; N_SECTIONS: it has none that is known. */
static enum section_id name_section(const struct policy *policy, const struct markdown_section *section)
{
    gsize id = 0;

    while (id < N_SECTIONS && !markdown_is_named(section, policy_section(policy, (enum section_id)id)))
        id++;
    if (id == N_SECTIONS && markdown_is_named(section, stand_ins))
        return SECTION_STORY;
    return (enum section_id)id;
}

enum section_id *stamp_owners(const struct policy *policy, const struct markdown *body)
{
    enum section_id *owners = g_new0(enum section_id, body->sections->len + 1);
    g_autofree int *around = g_new(int, body->sections->len + 1);

    for (guint i = 0; i < body->sections->len; i++) {
        const struct markdown_section *section = &g_array_index(body->sections, struct markdown_section, i);
        around[i] = (int)i - 1;
        while (around[i] >= 0 && g_array_index(body->sections, struct markdown_section, around[i]).span.end <=
                                     section->span.start)
            around[i] = around[around[i]];
        owners[i] = name_section(policy, section);
        if (owners[i] == N_SECTIONS && around[i] >= 0)
            owners[i] = owners[around[i]];
    }
    return owners;
}

/* Appends the texts of a part's sections. */
static void append_sections(GString *out, const struct reader *reader, const GArray *cuts,
                            enum section_id part)
{
    for (guint i = 0; i < reader->document->body->sections->len; i++)
        if (reader->owners[i] == part)
            append(out, reader, cuts, own_text(reader->document, (int)i));
}

static char *read_story(const struct reader *reader)
{
    g_autoptr(GString) text = g_string_new(NULL);
    gboolean found = FALSE;

    for (guint i = 0; i < reader->document->body->sections->len; i++)
        found |= reader->owners[i] == SECTION_STORY;
    if (found)
        append_sections(text, reader, reader->cuts, SECTION_STORY);
    else if (reader->document->body->readable)
        append(text, reader, reader->cuts, own_text(reader->document, -1));
    return normalize(text);
}

static char *read_section(const struct reader *reader, enum section_id part)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (part == SECTION_APPROACH && reader->fields->approach)
        g_string_append_printf(text, "%s\n", reader->fields->approach);
    append_sections(text, reader, reader->cuts, part);
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

void stamp_texts_with(const struct policy *policy, struct document *document,
                      const struct stamp_fields *fields, char *texts[N_AGREED])
{
    document_body(document, NULL);
    g_autoptr(GArray) cuts = find_cuts(document);
    g_autofree enum section_id *owners = stamp_owners(policy, document->body);
    const struct reader reader = { policy, document, fields, cuts, owners };
    g_autoptr(GString) estimate = g_string_new(fields->estimate);

    texts[AGREED_STORY] = read_story(&reader);
    texts[AGREED_WHY] = read_section(&reader, SECTION_WHY);
    texts[AGREED_CRITERIA] = read_criteria(&reader, document);
    texts[AGREED_ESTIMATE] = normalize(estimate);
    texts[AGREED_APPROACH] = read_section(&reader, SECTION_APPROACH);
}

static const char *text_of(const struct document *document, const char *key)
{
    const struct node *node = node_find(document->front->root, key);
    return !node_is_null(node) && node->kind == NODE_SCALAR ? node->text : NULL;
}

void stamp_texts(const struct policy *policy, struct document *document, char *texts[N_AGREED])
{
    const struct stamp_fields fields = { text_of(document, "estimate"), text_of(document, "approach") };
    stamp_texts_with(policy, document, &fields, texts);
}
