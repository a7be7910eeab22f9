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

static gboolean sections_hold(const struct version *versions, struct document *merged)
{
    GHashTable *sections[N_SIDES + 1];
    gboolean good = TRUE;

    for (int i = 0; i <= N_SIDES; i++)
        sections[i] = sections_of(i < N_SIDES ? versions[i].document : merged);
    for (int i = 0; i <= N_SIDES; i++) {
        GHashTableIter iter;
        gpointer name;
        g_hash_table_iter_init(&iter, sections[i]);
        while (good && g_hash_table_iter_next(&iter, &name, NULL)) {
            if (same_text(sections, name, SIDE_BASE, SIDE_OURS))
                good = same_text(sections, name, SIDE_THEIRS, N_SIDES);
            else if (same_text(sections, name, SIDE_BASE, SIDE_THEIRS) ||
                     same_text(sections, name, SIDE_OURS, SIDE_THEIRS))
                good = same_text(sections, name, SIDE_OURS, N_SIDES);
        }
    }
    for (int i = 0; i <= N_SIDES; i++)
        g_hash_table_unref(sections[i]);
    return good;
}

static gboolean same_node(const struct node *a, const struct node *b)
{
    return node_is_null(a) || node_is_null(b) ? node_is_null(a) == node_is_null(b) : node_equal(a, b);
}

static gboolean keys_hold(const struct version *versions, const struct document *merged)
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
            if (same_node(base, ours) && !same_node(theirs, now))
                return FALSE;
            if ((same_node(base, theirs) || same_node(ours, theirs)) && !same_node(ours, now))
                return FALSE;
        }
    return TRUE;
}

gboolean merge_is_proved(const struct policy *policy, const struct version *versions, const GString *text,
                         const GPtrArray *outline)
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
    return keys_hold(versions, merged) && sections_hold(versions, merged);
}
