#include "merge_item_private.h"

#include "criteria.h"

#include <string.h>

/* The children of three pieces on their way into one order. */
struct matching {
    const GPtrArray *children[N_SIDES];
    int *partner[N_SIDES];    /* of ours and theirs: the index in base, or -1 */
    gboolean *moved[N_SIDES]; /* the same */
    GList **link[N_SIDES];    /* of every child: its trio in the order */
    int *place[N_SIDES];      /* of each child of base: its index in ours and theirs, or -1 */
    GQueue order;             /* of struct trio */
};

static const struct piece *child_at(const struct matching *matching, enum side side, guint index)
{
    return matching->children[side]->pdata[index];
}

/* -- who is who -- */

/* Pairs what is called the same. */
static void match_names(struct matching *matching, enum side side)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < matching->children[SIDE_BASE]->len; i++)
        g_hash_table_insert(names, child_at(matching, SIDE_BASE, i)->id, GUINT_TO_POINTER(i + 1));
    for (guint j = 0; j < matching->children[side]->len; j++)
        matching->partner[side][j] =
            (int)GPOINTER_TO_UINT(g_hash_table_lookup(names, child_at(matching, side, j)->id)) - 1;
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

/* "2026-11-21" at the start of a list item, or NULL. */
static const char *date_of(const struct piece *piece)
{
    static const char shape[] = "dddd-dd-dd";
    const char *text = piece->kind == PIECE_ITEM ? piece->value : NULL;

    for (gsize i = 0; text && shape[i]; i++)
        if (shape[i] == 'd' ? !g_ascii_isdigit(text[i]) : text[i] != shape[i])
            return NULL;
    return text;
}

/* Whether two pieces that are alike cannot be one: of another kind, or of another day. */
static gboolean are_apart(const struct piece *base, const struct piece *other)
{
    const char *then = date_of(base), *now = date_of(other);

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
        if (partner[j] >= 0 &&
            are_apart(child_at(matching, SIDE_BASE, (guint)partner[j]), child_at(matching, side, j)))
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
    enum piece_kind kind = n ? child_at(matching, side, n - 1)->kind : PIECE_KEY;

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
    const struct piece *base = child_at(matching, SIDE_BASE, i);
    int there = matching->place[side][i];

    return there >= 0 && base->kind == PIECE_ITEM &&
           !criteria_are_alike(base->id, child_at(matching, side, (guint)there)->id);
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
            g_hash_table_insert(open, child_at(matching, other, j)->id, GUINT_TO_POINTER(j + 1));
    for (guint j = 0; j < matching->children[side]->len; j++) {
        const struct piece *piece = child_at(matching, side, j);
        int base = matching->partner[side][j];
        guint there = GPOINTER_TO_UINT(g_hash_table_lookup(open, piece->id));
        if (base < 0 || there == 0 || matching->place[other][base] >= 0 ||
            child_at(matching, other, there - 1)->kind != piece->kind)
            continue;
        matching->partner[other][there - 1] = base;
        matching->place[other][base] = (int)there - 1;
        g_hash_table_remove(open, piece->id);
    }
}

/* -- the order -- */

static struct trio *trio_at(const GList *link)
{
    return link->data;
}

static void begin_order(struct matching *matching)
{
    for (guint i = 0; i < matching->children[SIDE_BASE]->len; i++) {
        struct trio *trio = g_new0(struct trio, 1);
        trio->piece[SIDE_BASE] = child_at(matching, SIDE_BASE, i);
        g_queue_push_tail(&matching->order, trio);
        matching->link[SIDE_BASE][i] = matching->order.tail;
    }
    for (int side = SIDE_OURS; side < N_SIDES; side++)
        for (guint j = 0; j < matching->children[side]->len; j++) {
            int partner = matching->partner[side][j];
            if (partner < 0)
                continue;
            matching->link[side][j] = matching->link[SIDE_BASE][partner];
            trio_at(matching->link[side][j])->piece[side] = child_at(matching, (enum side)side, j);
        }
}

/* Where both moved a piece, it goes where it is nearer to the top, as with ranks. */
static gboolean other_moves(const struct matching *matching, enum side side, guint index)
{
    enum side other = side == SIDE_OURS ? SIDE_THEIRS : SIDE_OURS;
    int there = matching->place[other][matching->partner[side][index]];

    return there >= 0 && matching->moved[other][there] &&
           ((guint)there < index || ((guint)there == index && other == SIDE_OURS));
}

/* Moves what a side moved to behind what stands before it on that side. */
static void move_side(struct matching *matching, enum side side)
{
    GList *before = NULL;

    for (guint j = 0; j < matching->children[side]->len; j++) {
        GList *link = matching->link[side][j];
        if (matching->partner[side][j] < 0)
            continue;
        if (matching->moved[side][j] && !other_moves(matching, side, j)) {
            g_queue_unlink(&matching->order, link);
            if (before)
                g_queue_insert_after_link(&matching->order, before, link);
            else
                g_queue_push_head_link(&matching->order, link);
        }
        before = link;
    }
}

/* -- additions -- */

/* Whether the dates of base, or else of ours, fall. */
static gboolean is_newest_first(const struct matching *matching)
{
    for (int side = SIDE_BASE; side < N_SIDES; side++) {
        const char *first = NULL, *last = NULL;
        for (guint i = 0; i < matching->children[side]->len; i++) {
            const char *date = date_of(child_at(matching, (enum side)side, i));
            first = first ? first : date;
            last = date ? date : last;
        }
        if (first && strncmp(first, last, strlen("2026-11-21")) != 0)
            return strncmp(first, last, strlen("2026-11-21")) > 0;
    }
    return FALSE;
}

/* Whether theirs goes before ours, both added at one place: by the table of fields, by date, else not. */
static gboolean goes_first(const struct piece *theirs, const struct piece *ours, gboolean newest_first)
{
    const char *date = date_of(theirs), *other = date_of(ours);
    const struct field *field = theirs->kind == PIECE_KEY ? field_find(theirs->id) : NULL;
    const struct field *other_field = ours->kind == PIECE_KEY ? field_find(ours->id) : NULL;

    if (field && other_field)
        return field->id < other_field->id;
    int order = date && other ? strncmp(date, other, strlen("2026-11-21")) : 0;
    return newest_first ? order > 0 : order < 0;
}

static GList *insert_behind(struct matching *matching, GList *before, enum side side,
                            const struct piece *piece)
{
    struct trio *trio = g_new0(struct trio, 1);
    GList *link = g_list_alloc();

    trio->piece[side] = piece;
    link->data = trio;
    if (before)
        g_queue_insert_after_link(&matching->order, before, link);
    else
        g_queue_push_head_link(&matching->order, link);
    return link;
}

static void add_ours(struct matching *matching)
{
    GList **links = matching->link[SIDE_OURS];

    for (guint j = 0; j < matching->children[SIDE_OURS]->len; j++)
        if (!links[j])
            links[j] =
                insert_behind(matching, j ? links[j - 1] : NULL, SIDE_OURS, child_at(matching, SIDE_OURS, j));
}

static gboolean is_added(const struct trio *trio)
{
    return !trio->piece[SIDE_BASE] && trio->piece[SIDE_OURS] && !trio->piece[SIDE_THEIRS];
}

/* Puts theirs behind what ours added at the same place, or into one text with it. */
static GList *add_one(struct matching *matching, GList *before, const struct piece *piece, gboolean newest)
{
    GList *next = before ? before->next : matching->order.head;

    while (next && is_added(trio_at(next)) && !goes_first(piece, trio_at(next)->piece[SIDE_OURS], newest)) {
        if (piece->kind == PIECE_TEXT && trio_at(next)->piece[SIDE_OURS]->kind == PIECE_TEXT) {
            trio_at(next)->piece[SIDE_THEIRS] = piece;
            return next;
        }
        before = next;
        next = next->next;
    }
    return insert_behind(matching, before, SIDE_THEIRS, piece);
}

/* What ours added, by kind and name: both may have added the same. */
static GHashTable *added_by_ours(const struct matching *matching)
{
    GHashTable *added = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint j = matching->children[SIDE_OURS]->len; j-- > 0;) {
        const struct piece *piece = child_at(matching, SIDE_OURS, j);
        if (matching->partner[SIDE_OURS][j] < 0)
            g_hash_table_insert(added, piece->id, matching->link[SIDE_OURS][j]);
    }
    return added;
}

static void add_theirs(struct matching *matching)
{
    g_autoptr(GHashTable) added = added_by_ours(matching);
    gboolean newest_first = is_newest_first(matching);
    GList **links = matching->link[SIDE_THEIRS];

    for (guint j = 0; j < matching->children[SIDE_THEIRS]->len; j++) {
        const struct piece *piece = child_at(matching, SIDE_THEIRS, j);
        GList *same = links[j] ? NULL : g_hash_table_lookup(added, piece->id);
        if (same && is_added(trio_at(same)) && trio_at(same)->piece[SIDE_OURS]->kind == piece->kind) {
            trio_at(same)->piece[SIDE_THEIRS] = piece;
            links[j] = same;
        } else if (!links[j]) {
            links[j] = add_one(matching, j ? links[j - 1] : NULL, piece, newest_first);
        }
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
    begin_order(&matching);
    move_side(&matching, SIDE_OURS);
    move_side(&matching, SIDE_THEIRS);
    add_ours(&matching);
    add_theirs(&matching);
    return matching_end(&matching);
}
