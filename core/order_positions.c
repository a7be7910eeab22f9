#include "order_private.h"

#include "rank.h"

#include <string.h>

/* An open item where the drafts put it. */
struct standing {
    const char *rank; /* NULL: none */
    const char *id;
    const char *path;
    guint position;      /* where it stands now; 0: nowhere */
    struct draft *draft; /* NULL: it stays as it is */
};

static const char *rank_in(const struct document *document)
{
    const struct node *rank = node_find(document->front->root, "rank");
    return rank && rank->kind == NODE_SCALAR && rank_is_valid(rank->text) ? rank->text : NULL;
}

static gboolean is_open(const struct document *document)
{
    const struct node *status = node_find(document->front->root, "status");
    return status_is_open(status && status->kind == NODE_SCALAR ? status_parse(status->text)
                                                                : STATUS_UNKNOWN);
}

/* The drafts by path, companions too. */
static GHashTable *drafts_by_path(const GPtrArray *drafts)
{
    GHashTable *by_path = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < drafts->len; i++) {
        struct draft *draft = drafts->pdata[i];
        g_hash_table_insert(by_path, draft->path, draft);
        for (guint j = 0; draft->companions && j < draft->companions->len; j++) {
            struct draft *companion = draft->companions->pdata[j];
            g_hash_table_insert(by_path, companion->path, companion);
        }
    }
    return by_path;
}

static gboolean is_moved(struct draft *draft)
{
    if (!draft->before || !draft->edit)
        return FALSE;
    g_autoptr(Document) before = document_new(draft->before, NULL);
    return g_strcmp0(rank_in(before), rank_in(edit_document(draft->edit))) != 0;
}

static gboolean any_is_moved(GHashTable *by_path)
{
    GHashTableIter iter;
    gpointer draft;

    g_hash_table_iter_init(&iter, by_path);
    while (g_hash_table_iter_next(&iter, NULL, &draft))
        if (is_moved(draft))
            return TRUE;
    return FALSE;
}

static void add_draft(GArray *standings, struct draft *draft)
{
    if (!draft->edit || draft->is_file)
        return;
    struct document *document = edit_document(draft->edit);
    struct standing standing = { rank_in(document), draft->id, draft->path, draft->from_position, draft };
    if (is_open(document))
        g_array_append_val(standings, standing);
}

/* The items that will be open, in the order of the backlog. */
static GArray *list_standings(const struct backlog *backlog, GHashTable *by_path)
{
    GArray *standings = g_array_new(FALSE, FALSE, sizeof(struct standing));
    GHashTableIter iter;
    gpointer draft;

    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        struct standing standing = { item->rank, item->id, item->path, item->position, NULL };
        if (item->position && !g_hash_table_contains(by_path, item->path))
            g_array_append_val(standings, standing);
    }
    g_hash_table_iter_init(&iter, by_path);
    while (g_hash_table_iter_next(&iter, NULL, &draft))
        add_draft(standings, draft);
    return standings;
}

static gint compare_standings(gconstpointer a, gconstpointer b)
{
    const struct standing *one = a, *two = b;
    int by_rank = rank_compare(one->rank, one->id, two->rank, two->id);
    return by_rank ? by_rank : strcmp(one->path, two->path);
}

/* Which of the items, in the order in which they will stand, keep their place beside each other: if it can
 * be, those of which the rank stays. No position is beyond limit. */
static gboolean *keep_places(const GArray *standings, guint limit)
{
    guint n = MAX(standings->len, limit);
    g_autofree guint *keys = g_new0(guint, n + 1), *weights = g_new0(guint, n + 1);

    for (guint i = 0; i < standings->len; i++) {
        const struct standing *standing = &g_array_index(standings, struct standing, i);
        keys[i] = standing->position ? standing->position - 1 : 0;
        weights[i] = !standing->position ? 0 : standing->draft ? 1 : n + 1;
    }
    return order_keep(keys, NULL, weights, n);
}

static void set_positions(GArray *standings, guint limit)
{
    g_array_sort(standings, compare_standings);
    g_autofree gboolean *kept = keep_places(standings, limit);
    for (guint i = 0; i < standings->len; i++) {
        const struct standing *standing = &g_array_index(standings, struct standing, i);
        if (standing->draft)
            standing->draft->to_position = kept[i] ? standing->position : i + 1;
    }
}

void order_positions(struct backlog *backlog, const GPtrArray *drafts)
{
    g_autoptr(GHashTable) by_path = drafts_by_path(drafts);

    if (!any_is_moved(by_path))
        return;
    backlog_load(backlog);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        struct draft *draft = g_hash_table_lookup(by_path, item->path);
        if (draft)
            draft->from_position = item->position;
    }
    g_autoptr(GArray) standings = list_standings(backlog, by_path);
    set_positions(standings, backlog->items->len);
}
