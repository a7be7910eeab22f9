#include "split_private.h"

#include "rank.h"
#include "remark.h"

#include <string.h>

/* A split on its way. */
struct splitting {
    struct backlog *backlog;
    struct split *split;
    const struct item *parent;
    struct draft *draft;      /* of the parent */
    struct split_parts parts; /* of the parent */
    const char **order;       /* of fields */
    GPtrArray *drafts;        /* of all */
};

/* -- what children have of the parent -- */

static const struct node *front_node(const struct splitting *splitting, const char *key)
{
    return node_find(edit_document(splitting->draft->edit)->front->root, key);
}

static enum scalar_type type_of(const struct node *node)
{
    return node->style == STYLE_PLAIN ? SCALAR_TYPED : SCALAR_STRING;
}

/* A map of a list, as what lies outside of the backlog is kept under depends. */
static gboolean copy_record(const struct splitting *splitting, struct edit *edit, const char *key,
                            const struct node *record, GError **error)
{
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(struct edit_pair));

    for (const struct node *value = record->first; value; value = value->next) {
        const struct edit_pair pair = { value->key->text, value->text, type_of(value) };
        if (value->kind == NODE_SCALAR)
            g_array_append_val(pairs, pair);
    }
    return pairs->len == 0 || edit_record_add(edit, key, (const struct edit_pair *)(gpointer)pairs->data,
                                              pairs->len, splitting->order, error);
}

/* The parent's value as it is: it is not held against the policy, for it was not given here. */
static gboolean copy_field(const struct splitting *splitting, struct edit *edit, const char *key,
                           GError **error)
{
    const struct node *node = front_node(splitting, key);

    if (node_is_null(node))
        return TRUE;
    if (node->kind == NODE_SCALAR)
        return edit_set(edit, key, node->text, type_of(node), splitting->order, error);
    for (const struct node *entry = node->first; entry; entry = entry->next) {
        if (entry->kind == NODE_MAP && !copy_record(splitting, edit, key, entry, error))
            return FALSE;
        if (entry->kind == NODE_SCALAR && !edit_entry_add(edit, key, entry->text, splitting->order, error))
            return FALSE;
    }
    return TRUE;
}

const char *const *split_inherited(void)
{
    static const char *const keys[] = { "owner", "goal", "sprint", "labels", "depends", NULL };
    return keys;
}

static gboolean copy_fields(const struct splitting *splitting, struct edit *edit, GError **error)
{
    const char *const *keys = split_inherited();

    for (gsize i = 0; keys[i]; i++)
        if (!copy_field(splitting, edit, keys[i], error))
            return FALSE;
    return edit_set(edit, "parent", splitting->parent->id, SCALAR_STRING, splitting->order, error);
}

/* An epic is made of stories; who splits by a spike begins with that. */
static const char *type_for(const struct splitting *splitting, guint child, const char **types)
{
    const char *own = item_text(splitting->parent, FIELD_TYPE);
    gboolean spike = g_strcmp0(splitting->split->pattern, "spike") == 0 && child == 0;
    gboolean has_story = g_strv_contains(types, "story");

    if (spike && g_strv_contains(types, "spike"))
        return "spike";
    if (own && (strcmp(own, "epic") != 0 || !has_story))
        return own;
    return has_story || !types[0] ? "story" : types[0];
}

/* Files of a team that has CR LF have that in all of their lines. */
static void take_endings(const struct splitting *splitting, struct draft *draft)
{
    const struct document *document = edit_document(splitting->draft->edit);
    const char *ending = lines_ending(document->text, document->length, 0);
    gsize length;
    const char *text = g_bytes_get_data(edit_bytes(draft->edit), &length);
    GString *out = g_string_sized_new(length);

    for (gsize i = 0; i < length; i++) {
        if (text[i] == '\n')
            g_string_append(out, ending);
        else
            g_string_append_c(out, text[i]);
    }
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(out);
    if (strcmp(ending, "\n") != 0)
        draft_rewrite(draft, bytes);
}

static gboolean add_child(const struct splitting *splitting, guint i, struct random *random,
                          GHashTable *taken, const char *rank, GError **error)
{
    const struct split_child *child = splitting->split->children->pdata[i];
    const struct policy *policy = splitting->backlog->policy;
    g_autofree const char **types = policy_choices(policy, FIELD_TYPE);
    const char *type = type_for(splitting, i, types);
    g_autofree char *body =
        split_body(policy, type, edit_document(splitting->draft->edit), &splitting->parts, child, error);
    const struct draft_texts texts = {
        .title = child->title,
        .type = type,
        .status = status_names()[splitting->parent->status == STATUS_NEW ? STATUS_NEW : STATUS_REFINING],
        .rank = rank,
        .body = body,
    };
    g_autoptr(Draft) draft = body ? draft_new(splitting->backlog, random, taken, &texts, error) : NULL;

    if (!draft || !copy_fields(splitting, draft->edit, error))
        return FALSE;
    take_endings(splitting, draft);
    g_ptr_array_add(splitting->drafts, g_steal_pointer(&draft));
    return TRUE;
}

/* -- where they stand -- */

/* Items behind the parent that have its rank, then the next that has another; index is that of the first.
 * Sets *tied to how many the former are. NULL: there is none behind them. */
static const struct item *find_next(const struct splitting *splitting, guint index, guint *tied)
{
    const GPtrArray *items = splitting->backlog->items;
    const char *rank = splitting->parent->rank;

    for (*tied = 0; index + *tied < items->len; ++*tied) {
        const struct item *item = items->pdata[index + *tied];
        if (!rank || g_strcmp0(item->rank, rank) != 0)
            return item->rank ? item : NULL;
    }
    return NULL;
}

/* The index of the item behind which the children stand, plus 1: the parent, or, where that has no rank and
 * so stands at the end, the last that has one. */
static guint find_index(const struct splitting *splitting)
{
    const GPtrArray *items = splitting->backlog->items;
    guint index = backlog_index(splitting->backlog, splitting->parent) + 1;

    while (!splitting->parent->rank && index > 0 && !((const struct item *)items->pdata[index - 1])->rank)
        index--;
    return index;
}

/* Others with the parent's rank go behind the children. */
static gboolean move_others(const struct splitting *splitting, guint index, guint tied,
                            const GPtrArray *ranks, GError **error)
{
    for (guint i = 0; i < tied; i++) {
        const struct item *item = splitting->backlog->items->pdata[index + i];
        g_autoptr(Draft) draft =
            draft_open(splitting->backlog, backlog_entry(splitting->backlog, item->path), error);
        if (!draft || !draft_place(draft, ranks->pdata[ranks->len - tied + i], error))
            return FALSE;
        g_ptr_array_add(splitting->drafts, g_steal_pointer(&draft));
    }
    return TRUE;
}

static gboolean add_children(const struct splitting *splitting, GError **error)
{
    const GPtrArray *items = splitting->backlog->items;
    guint n = splitting->split->children->len, index = find_index(splitting), tied = 0;
    const struct item *low = index ? items->pdata[index - 1] : NULL;
    const struct item *high = find_next(splitting, index, &tied);
    g_autoptr(Random) random = random_new();
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) ranks =
        rank_spread(random, low ? low->rank : NULL, high ? high->rank : NULL, n + tied);

    for (guint i = 0; i < n; i++)
        if (!add_child(splitting, i, random, taken, ranks->pdata[i], error))
            return FALSE;
    return move_others(splitting, index, tied, ranks, error);
}

/* -- the parent -- */

/* "split by paths into b2c3d, f4g5h: too large for a sprint". */
static char *tell(const struct splitting *splitting)
{
    const struct split *split = splitting->split;
    GString *text = g_string_new("split");

    if (split->pattern)
        g_string_append_printf(text, " by %s", split->pattern);
    for (guint i = 0; i < split->children->len; i++) {
        const struct draft *draft = splitting->drafts->pdata[i];
        g_string_append_printf(text, "%s%s", i ? ", " : " into ", draft->id);
    }
    if (split->reason && *split->reason)
        g_string_append_printf(text, ": %s", split->reason);
    return g_string_free(text, FALSE);
}

static gboolean end_parent(const struct splitting *splitting, GError **error)
{
    g_autofree char *text = tell(splitting);
    g_autofree char *path = policy_display(splitting->backlog->policy, splitting->draft->path);

    if (!draft_assign(splitting->draft, "status", DRAFT_SET, status_names()[STATUS_SPLIT], error))
        return FALSE;
    if (remark_decide(splitting->draft, splitting->split->names, text, NULL, error))
        return TRUE;
    g_prefix_error(error, "%s: the line under Decisions: ", path);
    return FALSE;
}

/* -- */

static gint by_number(gconstpointer a, gconstpointer b)
{
    guint left = *(const guint *)a, right = *(const guint *)b;
    return left < right ? -1 : left > right;
}

/* What was asked of the whole keeps each part of it from being ready. */
static void spread_questions(const struct splitting *splitting)
{
    g_autoptr(GArray) left = split_left(splitting->split, &splitting->parts, SPLIT_QUESTIONS);

    for (guint i = 0; i < splitting->split->children->len && !splitting->split->keep; i++) {
        const struct split_child *child = splitting->split->children->pdata[i];
        GArray *numbers = child->parts[SPLIT_QUESTIONS];
        for (guint j = 0; j < left->len; j++)
            split_give(splitting->split, SPLIT_QUESTIONS, g_array_index(left, guint, j), i + 1, NULL);
        g_array_sort(numbers, by_number);
    }
}

static gboolean make_drafts(const struct splitting *splitting, const struct entry *entry, GError **error)
{
    const struct split *split = splitting->split;

    if (!split_check_parts(split, &splitting->parts, splitting->parent->id, error))
        return FALSE;
    spread_questions(splitting);
    return split_check_git(splitting->backlog, entry, split, &splitting->parts, error) &&
           add_children(splitting, error) && end_parent(splitting, error);
}

GPtrArray *split_drafts(struct backlog *backlog, const struct entry *entry, struct split *split,
                        GError **error)
{
    g_autoptr(Draft) draft = split_may(backlog, entry, error) ? draft_open(backlog, entry, error) : NULL;
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    g_autofree const char **order = field_order();

    if (!draft)
        return NULL;
    struct splitting splitting = {
        .backlog = backlog,
        .split = split,
        .parent = backlog_at(backlog, entry->path),
        .draft = draft,
        .order = order,
        .drafts = drafts,
    };
    split_parts_init(&splitting.parts, edit_document(draft->edit), backlog->policy);
    gboolean good = make_drafts(&splitting, entry, error);
    split_parts_clear(&splitting.parts);
    if (!good)
        return NULL;
    g_ptr_array_insert(drafts, 0, g_steal_pointer(&draft));
    return g_steal_pointer(&drafts);
}
