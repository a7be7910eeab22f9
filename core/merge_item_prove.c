#include "merge_item_private.h"

#include "section.h"

#include <string.h>

/* What may be anything matches whatever there is. */
static gboolean says(const GPtrArray *meant, const GPtrArray *seen)
{
    const char any = *PIECE_ANY;

    if (meant->len != seen->len)
        return FALSE;
    for (guint i = 0; i < meant->len; i++) {
        const char *want = meant->pdata[i], *have = seen->pdata[i];
        const char *free_from = strchr(want, any);
        if (free_from && !free_from[1] ? strncmp(want, have, (gsize)(free_from - want)) != 0
                                       : strcmp(want, have) != 0)
            return FALSE;
    }
    return TRUE;
}

/* What stands under each heading, and before all, by what tells them apart. */
static GHashTable *sections_of(struct document *document)
{
    GHashTable *sections = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GPtrArray) none = g_ptr_array_new();

    if (!document)
        return sections;
    g_autoptr(GPtrArray) names = section_names(document->body), texts = section_texts(document, none);
    for (guint i = 0; i < names->len; i++)
        g_hash_table_insert(sections, g_strdup(names->pdata[i]), g_strdup(texts->pdata[i]));
    g_hash_table_insert(sections, g_strdup("text"), section_leading(document));
    return sections;
}

/* -- what one side alone changed -- */

static gboolean same_text(GHashTable *const *sections, const char *name, int a, int b)
{
    return g_strcmp0(g_hash_table_lookup(sections[a], name), g_hash_table_lookup(sections[b], name)) == 0;
}

/* Whether a side lacks a section of base, which may have another name there. */
static gboolean has_renamed(GHashTable *const *sections, enum side side)
{
    GHashTableIter iter;
    gpointer name;

    g_hash_table_iter_init(&iter, sections[SIDE_BASE]);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        if (!g_hash_table_contains(sections[side], name))
            return TRUE;
    return FALSE;
}

static gboolean section_holds(GHashTable *const *sections, const char *name, const gboolean *renamed)
{
    for (int side = SIDE_OURS; side < N_SIDES; side++)
        if (renamed[side] && g_hash_table_contains(sections[side], name) &&
            !g_hash_table_contains(sections[SIDE_BASE], name))
            return TRUE;
    if (same_text(sections, name, SIDE_BASE, SIDE_OURS))
        return same_text(sections, name, SIDE_THEIRS, N_SIDES);
    if (same_text(sections, name, SIDE_BASE, SIDE_THEIRS) ||
        same_text(sections, name, SIDE_OURS, SIDE_THEIRS))
        return same_text(sections, name, SIDE_OURS, N_SIDES);
    return TRUE;
}

static gboolean sections_hold(const struct version *versions, struct document *merged)
{
    GHashTable *sections[N_SIDES + 1];
    gboolean good = TRUE, renamed[N_SIDES];

    for (int i = 0; i <= N_SIDES; i++)
        sections[i] = sections_of(i < N_SIDES ? versions[i].document : merged);
    for (int side = 0; side < N_SIDES; side++)
        renamed[side] = has_renamed(sections, (enum side)side);
    for (int i = 0; i <= N_SIDES; i++) {
        GHashTableIter iter;
        gpointer name;
        g_hash_table_iter_init(&iter, sections[i]);
        while (good && g_hash_table_iter_next(&iter, &name, NULL))
            good = section_holds(sections, name, renamed);
    }
    for (int i = 0; i <= N_SIDES; i++)
        g_hash_table_unref(sections[i]);
    return good;
}

/* How often a list item of one text and depth stands in each version and in the result, and how often ticked.
 */
struct tally {
    guint count[N_SIDES + 1];
    guint ticked[N_SIDES + 1];
};

static void count_items(GHashTable *tallies, const struct document *document, int version)
{
    for (guint i = 0; document && i < document->body->items->len; i++) {
        const struct markdown_item *item = &g_array_index(document->body->items, struct markdown_item, i);
        g_autofree char *name = g_strdup_printf("%u %s", item->depth, item->plain);
        struct tally *tally = g_hash_table_lookup(tallies, name);
        if (!tally) {
            tally = g_new0(struct tally, 1);
            g_hash_table_insert(tallies, g_steal_pointer(&name), tally);
        }
        tally->count[version]++;
        tally->ticked[version] += item->task == MARKDOWN_TASK_TICKED;
    }
}

/* Whether the last of four numbers is what one side alone made of the first, or that of the chosen side. */
static gboolean number_holds(const guint *numbers, enum side chosen)
{
    if (chosen != SIDE_BASE && numbers[N_SIDES] == numbers[chosen])
        return TRUE;
    if (numbers[SIDE_BASE] == numbers[SIDE_OURS])
        return numbers[N_SIDES] == numbers[SIDE_THEIRS];
    if (numbers[SIDE_BASE] == numbers[SIDE_THEIRS] || numbers[SIDE_OURS] == numbers[SIDE_THEIRS])
        return numbers[N_SIDES] == numbers[SIDE_OURS];
    return TRUE;
}

/* Whether each side has one more, under entries of their own: two questions with the same answer. */
static gboolean is_said_twice(const char *name, const guint *numbers)
{
    guint base = numbers[SIDE_BASE];
    return *name != '0' && numbers[SIDE_OURS] == base + 1 && numbers[SIDE_THEIRS] == base + 1 &&
           numbers[N_SIDES] == base + 2;
}

static gboolean items_hold(const struct version *versions, const struct document *merged, enum side chosen)
{
    g_autoptr(GHashTable) tallies = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    GHashTableIter iter;
    gpointer name, value;

    for (int i = 0; i <= N_SIDES; i++)
        count_items(tallies, i < N_SIDES ? versions[i].document : merged, i);
    g_hash_table_iter_init(&iter, tallies);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        const struct tally *tally = value;
        gboolean alone = TRUE;
        for (int i = 0; i <= N_SIDES; i++)
            alone &= tally->count[i] == 1;
        if ((!number_holds(tally->count, chosen) && !is_said_twice(name, tally->count)) ||
            (alone && !number_holds(tally->ticked, chosen)))
            return FALSE;
    }
    return TRUE;
}

static gboolean same_node(const struct node *a, const struct node *b)
{
    return node_is_null(a) || node_is_null(b) ? node_is_null(a) == node_is_null(b) : node_equal(a, b);
}

static gboolean keys_hold(const struct version *versions, const struct document *merged, enum side chosen)
{
    const struct node *root[N_SIDES + 1];

    for (int i = 0; i < N_SIDES; i++)
        root[i] = versions[i].document ? versions[i].document->front->root : NULL;
    root[N_SIDES] = merged->front->root;
    for (int i = 0; i <= N_SIDES; i++)
        for (const struct node *node = root[i] ? root[i]->first : NULL; node; node = node->next) {
            const char *key = node->key->text;
            const struct node *base = node_find(root[SIDE_BASE], key),
                              *ours = node_find(root[SIDE_OURS], key);
            const struct node *theirs = node_find(root[SIDE_THEIRS], key),
                              *now = node_find(root[N_SIDES], key);
            if (chosen != SIDE_BASE && same_node(chosen == SIDE_OURS ? ours : theirs, now))
                continue;
            if (same_node(base, ours) && !same_node(theirs, now))
                return FALSE;
            if ((same_node(base, theirs) || same_node(ours, theirs)) && !same_node(ours, now))
                return FALSE;
        }
    return TRUE;
}

gboolean merge_is_proved(const struct policy *policy, const struct version *versions, const GString *text,
                         const GPtrArray *outline, enum side chosen)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text->str, text->len);
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Document) merged = document_new(bytes, findings);

    document_body(merged, findings);
    if (findings->len > 0 || !merged->front->root || !merged->body->readable)
        return FALSE;
    if (outline) {
        g_autoptr(Piece) file = piece_split(merged, policy);
        g_autoptr(GPtrArray) seen = g_ptr_array_new_with_free_func(g_free);
        if (!file)
            return FALSE;
        piece_outline(file, seen);
        if (!says(outline, seen))
            return FALSE;
    }
    return keys_hold(versions, merged, chosen) && sections_hold(versions, merged) &&
           items_hold(versions, merged, chosen);
}
