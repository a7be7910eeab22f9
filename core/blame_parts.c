#include "blame_private.h"

#include "change.h"
#include "lines.h"

#include <string.h>

struct listing {
    struct blame_version *version;
    GPtrArray *parts;
};

static void part_free(gpointer data)
{
    struct blame_part *part = data;
    g_free(part->name);
    g_free(part->value);
    g_free(part);
}

static struct blame_part *add(struct listing *listing, enum blame_kind kind, const char *name,
                              const char *value, struct span span)
{
    struct blame_part *part = g_new0(struct blame_part, 1);
    part->kind = kind;
    part->name = g_strdup(name);
    part->value = g_strdup(value);
    part->span = span;
    part->order = listing->parts->len;
    g_ptr_array_add(listing->parts, part);
    return part;
}

/* -- front matter -- */

/* The whole lines from start to the end of node. */
static struct span lines_of(const struct listing *listing, gsize start, const struct node *node)
{
    const struct document *document = listing->version->front;
    return (struct span){ lines_start(document->text, document->length, start),
                          lines_end(document->text, document->length, node->span.end) };
}

static void add_value(struct listing *listing, enum blame_kind kind, const struct node *node,
                      const struct node *inner)
{
    const struct node *shown = inner ? inner : node;
    g_autofree char *name = kind == BLAME_ENTRY || !inner
                                ? g_strdup(node->key->text)
                                : g_strconcat(node->key->text, ".", inner->key->text, NULL);
    g_autofree char *value = change_value(shown);
    gsize start = shown->key ? shown->key->span.start : shown->span.start;
    struct blame_part *part = add(listing, kind, name, value, lines_of(listing, start, shown));

    part->key = node->key->text;
    part->subkey = inner && kind == BLAME_FIELD ? inner->key->text : NULL;
    part->node = shown;
}

static void add_entries(struct listing *listing, const struct node *list)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (const struct node *entry = list->first; entry; entry = entry->next) {
        char *key = blame_entry_key(list->key->text, entry);
        guint before = GPOINTER_TO_UINT(g_hash_table_lookup(seen, key));
        add_value(listing, BLAME_ENTRY, list, entry);
        ((struct blame_part *)listing->parts->pdata[listing->parts->len - 1])->nth = before;
        g_hash_table_replace(seen, key, GUINT_TO_POINTER(before + 1));
    }
}

static void add_fields(struct listing *listing)
{
    const struct node *root = blame_version_root(listing->version);

    for (const struct node *value = root->first; value; value = value->next) {
        if (!value->first)
            add_value(listing, BLAME_FIELD, value, NULL);
        else if (value->kind == NODE_SEQUENCE)
            add_entries(listing, value);
        else
            for (const struct node *inner = value->first; inner; inner = inner->next)
                add_value(listing, BLAME_FIELD, value, inner);
    }
}

/* -- body -- */

static struct blame_part *add_aspect(struct listing *listing, guint list, guint index,
                                     enum blame_aspect aspect, const char *value)
{
    static const enum blame_kind kinds[N_LISTS] = { BLAME_CRITERION, BLAME_QUESTION, BLAME_DECISION };
    const struct blame_body *body = listing->version->body;
    const struct criterion *entry = body->lists[list]->pdata[index];
    struct blame_part *part = add(listing, kinds[list], NULL, value, entry->span);

    part->aspect = aspect;
    part->number = index + 1;
    part->has_box = entry->has_box;
    part->ticked = entry->ticked;
    part->list = list;
    part->index = index;
    return part;
}

static void add_answers(struct listing *listing, guint index)
{
    const GPtrArray *answers = listing->version->body->answers->pdata[index];

    for (guint i = 0; i < answers->len; i++) {
        const struct answer *answer = answers->pdata[i];
        struct blame_part *part = add(listing, BLAME_ANSWER, NULL, answer->text, answer->span);
        part->number = index + 1;
        part->list = LIST_QUESTIONS;
        part->index = index;
        part->nth = i;
    }
}

static void add_list(struct listing *listing, guint list)
{
    const GPtrArray *entries = listing->version->body->lists[list];

    for (guint i = 0; i < entries->len; i++) {
        const struct criterion *entry = entries->pdata[i];
        add_aspect(listing, list, i, BLAME_WORDING, entry->text);
        if (*entry->details)
            add_aspect(listing, list, i, BLAME_DETAILS, entry->details);
        if (entry->has_box)
            add_aspect(listing, list, i, BLAME_TICK, NULL);
        if (list == LIST_QUESTIONS)
            add_answers(listing, i);
    }
}

/* Whether the first of the entries that stands in or behind span stands in it; those before are passed over.
 */
static gboolean holds_entry(const GPtrArray *entries, struct span span, guint *next)
{
    const struct criterion *entry = NULL;

    for (; *next < entries->len; ++*next) {
        entry = entries->pdata[*next];
        if (entry->span.start >= span.start)
            return entry->span.end <= span.end;
    }
    return FALSE;
}

/* Whether there is nothing but what opens and closes a fence. */
static gboolean is_mere_fence(const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);

    for (gsize i = 0; words[i]; i++)
        if (*words[i] && !g_str_has_prefix(words[i], "```") && !g_str_has_prefix(words[i], "~~~"))
            return FALSE;
    return TRUE;
}

static void add_sections(struct listing *listing)
{
    const struct blame_body *body = listing->version->body;
    const GArray *all = body->document->body->sections;
    gsize length = body->document->length;
    guint next = 0;

    if (*body->leading)
        add(listing, BLAME_TEXT, NULL, body->leading, (struct span){ body->document->front->body, length });
    for (guint i = 0; i < all->len; i++) {
        const struct markdown_section *section = &g_array_index(all, struct markdown_section, i);
        /* A heading that is there for its entries says nothing itself. */
        if (is_mere_fence(body->texts->pdata[i]) && holds_entry(body->entries, section->content, &next))
            continue;
        struct blame_part *part =
            add(listing, BLAME_SECTION, section->title, body->texts->pdata[i], section->span);
        part->index = i;
    }
}

/* -- */

static gint by_place(gconstpointer a, gconstpointer b)
{
    const struct blame_part *left = *(struct blame_part *const *)a, *right = *(struct blame_part *const *)b;
    gsize one = left->span.start, other = right->span.start;
    return one != other ? (one < other ? -1 : 1) : left->order < right->order ? -1 : 1;
}

/* Sets the lines, each counted on from the one before. */
static void count_lines(struct listing *listing)
{
    gsize length, at = 0;
    const char *text = g_bytes_get_data(listing->version->bytes, &length);
    guint line = 1;

    for (guint i = 0; i < listing->parts->len; i++) {
        struct blame_part *part = listing->parts->pdata[i];
        for (; at < MIN(part->span.start, length); at++)
            line += text[at] == '\n';
        part->line = line;
    }
}

/* Of what stands before the first heading the blank lines are none of it. */
static void skip_blank_lines(struct listing *listing)
{
    const struct document *document = listing->version->body->document;

    for (guint i = 0; i < listing->parts->len; i++) {
        struct blame_part *part = listing->parts->pdata[i];
        while (part->kind == BLAME_TEXT && part->span.start < document->length &&
               lines_is_blank(document->text, document->length, part->span.start))
            part->span.start = lines_next(document->text, document->length, part->span.start);
    }
}

GPtrArray *blame_parts(struct blame_version *version)
{
    struct listing listing = { version, g_ptr_array_new_with_free_func(part_free) };

    blame_version_body(version);
    add_fields(&listing);
    add_sections(&listing);
    for (guint i = 0; i < N_LISTS; i++)
        add_list(&listing, i);
    skip_blank_lines(&listing);
    g_ptr_array_sort(listing.parts, by_place);
    count_lines(&listing);
    return listing.parts;
}

char *blame_part_name(const struct blame_part *part)
{
    static const char *const aspects[] = { "", " details", " ticked" };
    const char *aspect = part->aspect == BLAME_TICK && !part->ticked ? " unticked" : aspects[part->aspect];

    switch (part->kind) {
    case BLAME_FIELD:
    case BLAME_ENTRY:
        return g_strdup(part->name);
    case BLAME_CRITERION:
        return g_strdup_printf("criterion %u%s", part->number, aspect);
    case BLAME_QUESTION:
        return g_strdup_printf("question %u%s", part->number, aspect);
    case BLAME_ANSWER:
        return g_strdup_printf("question %u answer", part->number);
    case BLAME_DECISION:
        return g_strdup_printf("decision %u%s", part->number, aspect);
    case BLAME_SECTION:
        return g_strdup_printf("section %s", part->name);
    case BLAME_TEXT:
        return g_strdup("text");
    }
    g_assert_not_reached();
}
