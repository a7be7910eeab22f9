#include "merge_item_private.h"

#include <string.h>

const struct piece *matching_child(const struct matching *matching, enum side side, guint index)
{
    return matching->children[side]->pdata[index];
}

const char *piece_date(const struct piece *piece)
{
    static const char shape[] = "dddd-dd-dd";
    const char *text = piece->kind == PIECE_ITEM ? piece->value : NULL;

    for (gsize i = 0; text && shape[i]; i++)
        if (shape[i] == 'd' ? !g_ascii_isdigit(text[i]) : text[i] != shape[i])
            return NULL;
    return text;
}

static struct trio *trio_at(const GList *link)
{
    return link->data;
}

static void begin_order(struct matching *matching)
{
    for (guint i = 0; i < matching->children[SIDE_BASE]->len; i++) {
        struct trio *trio = g_new0(struct trio, 1);
        trio->piece[SIDE_BASE] = matching_child(matching, SIDE_BASE, i);
        g_queue_push_tail(&matching->order, trio);
        matching->link[SIDE_BASE][i] = matching->order.tail;
    }
    for (int side = SIDE_OURS; side < N_SIDES; side++)
        for (guint j = 0; j < matching->children[side]->len; j++) {
            int partner = matching->partner[side][j];
            if (partner < 0)
                continue;
            matching->link[side][j] = matching->link[SIDE_BASE][partner];
            trio_at(matching->link[side][j])->piece[side] = matching_child(matching, (enum side)side, j);
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
            const char *date = piece_date(matching_child(matching, (enum side)side, i));
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
    const char *date = piece_date(theirs), *other = piece_date(ours);
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
            links[j] = insert_behind(matching, j ? links[j - 1] : NULL, SIDE_OURS,
                                     matching_child(matching, SIDE_OURS, j));
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
        const struct piece *piece = matching_child(matching, SIDE_OURS, j);
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
        const struct piece *piece = matching_child(matching, SIDE_THEIRS, j);
        GList *same = links[j] ? NULL : g_hash_table_lookup(added, piece->id);
        if (same && is_added(trio_at(same)) && trio_at(same)->piece[SIDE_OURS]->kind == piece->kind) {
            trio_at(same)->piece[SIDE_THEIRS] = piece;
            links[j] = same;
        } else if (!links[j]) {
            links[j] = add_one(matching, j ? links[j - 1] : NULL, piece, newest_first);
        }
    }
}

void matching_order(struct matching *matching)
{
    begin_order(matching);
    move_side(matching, SIDE_OURS);
    move_side(matching, SIDE_THEIRS);
    add_ours(matching);
    add_theirs(matching);
}
