#include "merge_item_private.h"

#include "criteria.h"

#include <string.h>

/* Pairs what is called the same. */
static void match_names(struct matching *matching, enum side side)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < matching->children[SIDE_BASE]->len; i++)
        g_hash_table_insert(names, matching_child(matching, SIDE_BASE, i)->id, GUINT_TO_POINTER(i + 1));
    for (guint j = 0; j < matching->children[side]->len; j++)
        matching->partner[side][j] =
            (int)GPOINTER_TO_UINT(g_hash_table_lookup(names, matching_child(matching, side, j)->id)) - 1;
}

/* What a section or record says, for likeness. */
static char *contents_of(const struct piece *piece)
{
    return g_strndup(piece->text + piece->head, piece->tail - piece->head);
}

#define MOST_ALIKE 100

/* Pairs sections and records that have no partner yet and whose contents are alike: renamed, or edited. */
static void match_contents(struct matching *matching, enum side side)
{
    const GPtrArray *base = matching->children[SIDE_BASE], *other = matching->children[side];
    g_autofree gboolean *taken = g_new0(gboolean, base->len + 1);
    guint open = 0;

    for (guint j = 0; j < other->len; j++)
        if (matching->partner[side][j] >= 0)
            taken[matching->partner[side][j]] = TRUE;
        else if (++open > MOST_ALIKE)
            return;
    open = 0;
    for (guint i = 0; i < base->len && open < MOST_ALIKE; i++) {
        const struct piece *old = base->pdata[i];
        if (taken[i] || old->children->len == 0)
            continue;
        open++;
        g_autofree char *then = contents_of(old);
        for (guint j = 0; j < other->len && !taken[i]; j++) {
            const struct piece *new = other->pdata[j];
            if (matching->partner[side][j] >= 0 || new->children->len == 0)
                continue;
            g_autofree char *now = contents_of(new);
            taken[i] = criteria_are_alike(then, now);
            if (taken[i])
                matching->partner[side][j] = (int)i;
        }
    }
}

/* Whether two pieces that are alike cannot be one: of another kind, or of another day. */
static gboolean are_apart(const struct piece *base, const struct piece *other)
{
    const char *then = piece_date(base), *now = piece_date(other);

    return base->kind != other->kind || (then && now && strncmp(then, now, strlen("2026-11-21")) != 0);
}

/* Pieces of a body as criteria_match takes them. */
static GPtrArray *as_criteria(const GPtrArray *pieces)
{
    GPtrArray *criteria = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < pieces->len; i++) {
        const struct piece *piece = pieces->pdata[i];
        struct criterion *criterion = g_new0(struct criterion, 1);
        criterion->text = piece->id;
        criterion->scenario = piece->kind == PIECE_TEXT;
        g_ptr_array_add(criteria, criterion);
    }
    return criteria;
}

static void match_texts(struct matching *matching, enum side side)
{
    g_autoptr(GPtrArray) before = as_criteria(matching->children[SIDE_BASE]);
    g_autoptr(GPtrArray) after = as_criteria(matching->children[side]);
    int *partner = matching->partner[side];

    criteria_match(before, after, partner, matching->moved[side]);
    for (guint j = 0; j < after->len; j++)
        if (partner[j] >= 0 && are_apart(matching_child(matching, SIDE_BASE, (guint)partner[j]),
                                         matching_child(matching, side, j)))
            partner[j] = -1;
}

static void find_places(struct matching *matching, enum side side)
{
    for (guint i = 0; i < matching->children[SIDE_BASE]->len; i++)
        matching->place[side][i] = -1;
    for (guint j = 0; j < matching->children[side]->len; j++)
        if (matching->partner[side][j] >= 0)
            matching->place[side][matching->partner[side][j]] = (int)j;
}

static void match_side(struct matching *matching, enum side side)
{
    guint n = matching->children[side]->len;
    enum piece_kind kind = n ? matching_child(matching, side, n - 1)->kind : PIECE_KEY;

    if (kind == PIECE_TEXT || kind == PIECE_ITEM) {
        match_texts(matching, side);
    } else {
        match_names(matching, side);
        if (kind == PIECE_SECTION || kind == PIECE_ENTRY)
            match_contents(matching, side);
    }
    find_places(matching, side);
}

/* Whether base's child i has on that side quite another list item in its place. */
static gboolean is_replaced(const struct matching *matching, enum side side, guint i)
{
    const struct piece *base = matching_child(matching, SIDE_BASE, i);
    int there = matching->place[side][i];

    return there >= 0 && base->kind == PIECE_ITEM &&
           !criteria_are_alike(base->id, matching_child(matching, side, (guint)there)->id);
}

/* What only one side replaced is taken out there, and something else put in: what the other side did was not
 * about that. */
static void part_replaced(struct matching *matching)
{
    for (guint i = 0; i < matching->children[SIDE_BASE]->len; i++) {
        gboolean ours = is_replaced(matching, SIDE_OURS, i), theirs = is_replaced(matching, SIDE_THEIRS, i);
        enum side side = ours ? SIDE_OURS : SIDE_THEIRS;
        if (ours == theirs)
            continue;
        matching->partner[side][matching->place[side][i]] = -1;
        matching->place[side][i] = -1;
    }
}

/* What one side made of a piece, and what the other has without a partner, are one where they are the same.
 */
static void pair_remade(struct matching *matching, enum side side, enum side other)
{
    g_autoptr(GHashTable) open = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint j = matching->children[other]->len; j-- > 0;)
        if (matching->partner[other][j] < 0)
            g_hash_table_insert(open, matching_child(matching, other, j)->id, GUINT_TO_POINTER(j + 1));
    for (guint j = 0; j < matching->children[side]->len; j++) {
        const struct piece *piece = matching_child(matching, side, j);
        int base = matching->partner[side][j];
        guint there = GPOINTER_TO_UINT(g_hash_table_lookup(open, piece->id));
        if (base < 0 || there == 0 || matching->place[other][base] >= 0 ||
            matching_child(matching, other, there - 1)->kind != piece->kind)
            continue;
        matching->partner[other][there - 1] = base;
        matching->place[other][base] = (int)there - 1;
        g_hash_table_remove(open, piece->id);
    }
}

/* -- all of it -- */

static void matching_init(struct matching *matching, const struct piece *const *parents, GPtrArray *none)
{
    g_queue_init(&matching->order);
    for (int side = 0; side < N_SIDES; side++) {
        matching->children[side] = parents[side] ? parents[side]->children : none;
        guint n = matching->children[side]->len + 1;
        matching->partner[side] = g_new0(int, n);
        matching->moved[side] = g_new0(gboolean, n);
        matching->link[side] = g_new0(GList *, n);
        matching->place[side] = g_new0(int, matching->children[SIDE_BASE]->len + 1);
    }
}

static GPtrArray *matching_end(struct matching *matching)
{
    GPtrArray *trios = g_ptr_array_new_with_free_func(g_free);

    for (GList *link = matching->order.head; link; link = link->next)
        g_ptr_array_add(trios, link->data);
    g_queue_clear(&matching->order);
    for (int side = 0; side < N_SIDES; side++) {
        g_free(matching->partner[side]);
        g_free(matching->moved[side]);
        g_free(matching->link[side]);
        g_free(matching->place[side]);
    }
    return trios;
}

GPtrArray *trios_of(const struct piece *const *parents)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    struct matching matching;

    matching_init(&matching, parents, none);
    match_side(&matching, SIDE_OURS);
    match_side(&matching, SIDE_THEIRS);
    part_replaced(&matching);
    pair_remade(&matching, SIDE_OURS, SIDE_THEIRS);
    pair_remade(&matching, SIDE_THEIRS, SIDE_OURS);
    for (int side = SIDE_OURS; side < N_SIDES; side++)
        criteria_moved(matching.partner[side], matching.children[side]->len, matching.moved[side]);
    matching_order(&matching);
    return matching_end(&matching);
}
