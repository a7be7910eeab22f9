#include "merge_item_private.h"

#include "criteria.h"

#include <string.h>

/* A body on its way into pieces. */
struct splitting {
    const struct document *document;
    GHashTable *numbers;  /* where a criterion begins -> its number */
    GPtrArray *scenarios; /* of struct piece, in order; NULL for what is taken */
    guint scenario;       /* the first that is not taken */
    guint item;           /* the first of the first level that is not */
};

/* The text of span with a space between words. */
static char *words_in(const char *text, struct span span)
{
    GString *words = g_string_new(NULL);

    for (gsize at = span.start; at < span.end; at++) {
        gboolean space = strchr(" \t\r\n", text[at]) != NULL;
        if (!space)
            g_string_append_c(words, text[at]);
        else if (words->len && words->str[words->len - 1] != ' ')
            g_string_append_c(words, ' ');
    }
    return g_strchomp(g_string_free(words, FALSE));
}

/* Appends a child of parent; what stands between it and the one before, blank lines, is its lead, but that of
 * a first one belongs to the head. */
static void add_child(struct piece *parent, struct piece *child)
{
    const struct piece *before =
        parent->children->len ? parent->children->pdata[parent->children->len - 1] : NULL;

    child->after = before ? (int)before->kind : -1;
    child->lead.start = before ? before->span.end : child->span.start;
    if (!before)
        parent->head = child->span.start;
    parent->tail = child->span.end;
    if (!child->what)
        child->what = g_strdup(parent->what);
    g_ptr_array_add(parent->children, child);
}

/* Adds what stands between list items, a piece for each run of lines that are not blank. */
static void add_text(struct piece *parent, const char *text, struct span gap)
{
    while (gap.start < gap.end) {
        struct span span = { gap.start, gap.start };
        while (span.end < gap.end && !lines_is_blank(text, gap.end, span.end))
            span.end = lines_next(text, gap.end, span.end);
        gap.start = MAX(span.end, lines_next(text, gap.end, span.start));
        if (span_is_empty(span))
            continue;
        struct piece *piece = piece_new(PIECE_TEXT, text, span);
        piece->core = span;
        piece->value = words_in(text, span);
        piece->id = g_strdup(piece->value);
        add_child(parent, piece);
    }
}

static void name_criterion(const struct splitting *splitting, struct piece *piece)
{
    guint number =
        GPOINTER_TO_UINT(g_hash_table_lookup(splitting->numbers, GSIZE_TO_POINTER(piece->span.start)));
    if (number)
        piece->what = g_strdup_printf("criterion %u", number);
}

static void split_range(struct splitting *splitting, struct piece *parent, struct span range, int owner,
                        guint *next);

static struct piece *split_item(struct splitting *splitting, guint index)
{
    const struct document *document = splitting->document;
    const struct markdown_item *item = &g_array_index(document->body->items, struct markdown_item, index);
    struct piece *piece = piece_new(PIECE_ITEM, document->text, item->span);
    gsize rest = lines_next(document->text, item->span.end, item->text.end);

    piece->value = g_strdup(item->plain);
    piece->id = g_strdup(item->plain);
    piece->core = item->text;
    piece->tick = item->task == MARKDOWN_TASK_NONE ? 0 : item->tick;
    if (item->depth == 0)
        name_criterion(splitting, piece);
    guint next = index + 1;
    split_range(splitting, piece, (struct span){ rest, item->span.end }, (int)index, &next);
    return piece;
}

/* The next item of owner (-1: of the first level) at or behind index whose lines are all in range; the number
 * of items where there is none. */
static guint next_item(const struct splitting *splitting, guint index, int owner, struct span range)
{
    const GArray *items = splitting->document->body->items;

    for (; index < items->len; index++) {
        const struct markdown_item *item = &g_array_index(items, struct markdown_item, index);
        if (item->exact && item->span.start >= range.end)
            return items->len;
        if (item->exact && item->parent == owner && item->span.start >= range.start &&
            item->span.end <= range.end)
            return index;
    }
    return index;
}

/* The next scenario in range; NULL where there is none. */
static const struct piece *next_scenario(const struct splitting *splitting, struct span range)
{
    const struct piece *next = splitting->scenario < splitting->scenarios->len
                                   ? splitting->scenarios->pdata[splitting->scenario]
                                   : NULL;
    return next && next->span.start >= range.start && next->span.end <= range.end ? next : NULL;
}

/* The next item or scenario of owner in range; NULL where there is none. */
static struct piece *take_next(struct splitting *splitting, struct span range, int owner, guint *next)
{
    const GArray *items = splitting->document->body->items;
    guint index = next_item(splitting, *next, owner, range);
    const struct piece *scenario = owner < 0 ? next_scenario(splitting, range) : NULL;

    if (index < items->len &&
        (!scenario || g_array_index(items, struct markdown_item, index).span.start < scenario->span.start)) {
        *next = index + 1;
        return split_item(splitting, index);
    }
    return scenario ? g_steal_pointer(&splitting->scenarios->pdata[splitting->scenario++]) : NULL;
}

/* Adds what stands in range to parent: the items of owner from *next on, scenarios, the text between. */
static void split_range(struct splitting *splitting, struct piece *parent, struct span range, int owner,
                        guint *next)
{
    const char *text = splitting->document->text;
    struct piece *child;

    while (range.start < range.end && (child = take_next(splitting, range, owner, next))) {
        add_text(parent, text, (struct span){ range.start, child->span.start });
        add_child(parent, child);
        range.start = child->span.end;
    }
    add_text(parent, text, range);
}

static void free_scenario(gpointer piece)
{
    piece_free(piece);
}

static GPtrArray *read_scenarios(const struct splitting *splitting)
{
    const struct markdown *body = splitting->document->body;
    GPtrArray *pieces = g_ptr_array_new_with_free_func(free_scenario);

    for (guint i = 0; i < body->fences->len; i++) {
        const struct markdown_fence *fence = &g_array_index(body->fences, struct markdown_fence, i);
        if (!fence->exact || fence->item >= 0)
            continue;
        g_autoptr(GPtrArray) scenarios = markdown_scenarios(body, fence);
        for (guint j = 0; j < scenarios->len; j++) {
            const struct markdown_scenario *scenario = scenarios->pdata[j];
            struct piece *piece = piece_new(PIECE_ITEM, body->text, scenario->span);
            piece->core = scenario->span;
            piece->value = words_in(body->text, scenario->span);
            piece->id = g_strdup(scenario->name);
            name_criterion(splitting, piece);
            g_ptr_array_add(pieces, piece);
        }
    }
    return pieces;
}

/* A section of range, whose heading is NULL for what stands before all headings. */
static struct piece *split_section(struct splitting *splitting, struct span range,
                                   const struct markdown_heading *heading, GHashTable *seen)
{
    const char *text = splitting->document->text;
    struct piece *piece = piece_new(PIECE_SECTION, text, range);
    gsize from = heading ? lines_next(text, range.end, heading->span.end) : range.start;
    g_autofree char *folded = g_utf8_casefold(heading ? heading->title : "", -1);
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(seen, folded));

    piece->head = piece->tail = from;
    piece->value = g_strdup(heading ? heading->title : "");
    piece->id = g_strdup_printf("%s %u %s", heading ? "section" : "leading", number, folded);
    piece->what = heading ? g_strconcat("section ", heading->title, NULL) : g_strdup("text");
    piece->core = heading ? heading->span : (struct span){ from, from };
    g_hash_table_insert(seen, g_steal_pointer(&folded), GUINT_TO_POINTER(number + 1));
    split_range(splitting, piece, (struct span){ from, range.end }, -1, &splitting->item);
    piece->span.end = piece->tail;
    return piece;
}

/* Where each criterion begins -> its number. */
static GHashTable *number_criteria(struct document *document, const struct policy *policy)
{
    g_autoptr(GPtrArray) criteria = criteria_read(document, policy);
    GHashTable *numbers = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < criteria->len; i++) {
        const struct criterion *criterion = criteria->pdata[i];
        g_hash_table_insert(numbers, GSIZE_TO_POINTER(criterion->span.start), GUINT_TO_POINTER(i + 1));
    }
    return numbers;
}

gboolean piece_split_body(struct piece *file, struct document *document, const struct policy *policy)
{
    const GArray *headings = document_body(document, NULL)->headings;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) numbers = number_criteria(document, policy);
    struct splitting splitting = { .document = document, .numbers = numbers };
    gsize end = document->front->body;

    if (!document->body->readable)
        return FALSE;
    g_autoptr(GPtrArray) scenarios = splitting.scenarios = read_scenarios(&splitting);
    for (guint i = 0; i <= headings->len; i++) {
        const struct markdown_heading *heading =
            i ? &g_array_index(headings, struct markdown_heading, i - 1) : NULL;
        const struct markdown_heading *next =
            i < headings->len ? &g_array_index(headings, struct markdown_heading, i) : NULL;
        struct span range = { heading ? heading->span.start : end,
                              next ? next->span.start : document->length };
        if (next && !next->exact)
            return FALSE;
        struct piece *section = split_section(&splitting, range, heading, seen);
        section->lead.start = end;
        end = section->span.end;
        g_ptr_array_add(file->children, section);
    }
    return TRUE;
}
