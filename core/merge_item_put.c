#include "merge_item_private.h"

#include <string.h>

void merging_init(struct merging *merging, const struct policy *policy, const struct merge_labels *labels,
                  enum choice choice)
{
    merging->policy = policy;
    merging->labels = labels;
    merging->choice = choice;
    merging->out = g_string_new(NULL);
    merging->outline = g_ptr_array_new_with_free_func(g_free);
    merging->conflicts = NULL;
}

void merging_clear(struct merging *merging)
{
    g_string_free(merging->out, TRUE);
    g_ptr_array_unref(merging->outline);
}

static const struct piece *any_of(const struct trio *trio)
{
    return trio->piece[SIDE_OURS] ? trio->piece[SIDE_OURS] : trio->piece[SIDE_THEIRS];
}

void merging_whole(struct merging *merging, const struct piece *piece)
{
    g_string_append_len(merging->out, piece->text + piece->span.start, (gssize)span_length(piece->span));
    piece_outline(piece, merging->outline);
}

/* The whole piece is disputed: it is gone on one side, or of another shape. */
static void dispute_whole(struct merging *merging, const struct trio *trio)
{
    const struct part whole = part_of(trio, REGION_WHOLE, FALSE);
    const struct piece *chosen = trio->piece[merging->choice == CHOICE_THEIRS ? SIDE_THEIRS : SIDE_OURS];
    g_auto(GStrv) texts = g_new0(char *, N_SIDES + 1);

    for (int side = 0; side < N_SIDES; side++)
        texts[side] = g_strndup(whole.text[side] ? whole.text[side] : "", whole.length[side]);
    merging_dispute(merging, trio, (const char *const *)texts);
    if (chosen)
        piece_outline(chosen, merging->outline);
}

/* -- the lead -- */

/* In the body only blank lines: those of a version in which a brother of the same kind stands before it. */
static void put_blank(struct merging *merging, const struct trio *trio, int after)
{
    struct part part = part_of(trio, REGION_LEAD, FALSE);
    const struct piece *any = NULL;

    if (after < 0)
        return;
    for (int side = 0; side < N_SIDES; side++) {
        any = trio->piece[side] ? trio->piece[side] : any;
        if (trio->piece[side] && trio->piece[side]->after != after)
            part.text[side] = NULL;
    }
    enum side side = part_side(&part);
    if (side == SIDE_BASE && part.text[SIDE_OURS])
        side = part_lesser(&part);
    if (part.text[side])
        g_string_append_len(merging->out, part.text[side], (gssize)part.length[side]);
    else if (after != PIECE_ITEM || any->kind != PIECE_ITEM)
        g_string_append_c(merging->out, '\n');
}

static void put_lead(struct merging *merging, const struct trio *trio, int after)
{
    const struct piece *any = any_of(trio);
    struct part part = part_of(trio, REGION_LEAD, FALSE);
    enum side side = part_side(&part);

    if (any->kind == PIECE_TEXT || any->kind == PIECE_ITEM)
        put_blank(merging, trio, after);
    else if (side != SIDE_BASE)
        g_string_append_len(merging->out, part.text[side], (gssize)part.length[side]);
    else if (any->kind == PIECE_SECTION)
        g_string_append_len(merging->out, part.text[part_lesser(&part)],
                            (gssize)part.length[part_lesser(&part)]);
    else
        merging_lines(merging, trio, &part, "layout");
}

/* -- who is there -- */

/* Whether the piece, where it is there, is a list or map of a line each. */
static gboolean has_lines(const struct piece *piece)
{
    return piece->node && piece->children->len > 0;
}

/* Whether the children of both sides can be merged as they stand. */
static gboolean has_common_lines(const struct trio *trio)
{
    const struct piece *base = trio->piece[SIDE_BASE], *first = NULL;

    for (int side = SIDE_OURS; side < N_SIDES; side++) {
        const struct piece *piece = trio->piece[side];
        if (piece && (!has_lines(piece) || (first && first->node->kind != piece->node->kind)))
            return FALSE;
        first = piece ? piece : first;
    }
    return !base || (has_lines(base) ? base->node->kind == first->node->kind : base->node->count == 0);
}

/* Whether a version has a list or map there. */
static gboolean is_collection(const struct trio *trio)
{
    gboolean any = FALSE;

    for (int side = SIDE_OURS; side < N_SIDES; side++) {
        const struct piece *piece = trio->piece[side];
        if (piece && piece->node->kind == NODE_SCALAR && !node_is_null(piece->node))
            return FALSE;
        any |= piece && piece->node->kind != NODE_SCALAR;
    }
    return any;
}

static char *words_of(const struct trio *trio, enum region region, enum side side)
{
    const struct part part = part_of(trio, region, FALSE);
    return g_strstrip(g_strndup(part.text[side], part.length[side]));
}

/* Whether two pieces that say the same have the same comments. */
static gboolean has_same_comments(const struct piece *base, const struct piece *here)
{
    static const enum region regions[] = { REGION_LEAD, REGION_BEHIND, REGION_TAIL };
    const struct trio pair = { { base, here } };
    gboolean same = base->children->len == here->children->len;

    for (gsize i = 0; i < G_N_ELEMENTS(regions) && same; i++) {
        g_autofree char *then = words_of(&pair, regions[i], SIDE_BASE);
        g_autofree char *now = words_of(&pair, regions[i], SIDE_OURS);
        same = strcmp(then, now) == 0;
    }
    for (guint i = 0; i < base->children->len && same; i++)
        same = has_same_comments(base->children->pdata[i], here->children->pdata[i]);
    return same;
}

enum presence { STAYS, GOES, COMES, DISPUTED };

/* What becomes of a piece that one side lacks: it is new, or the other side took it out. */
static enum presence presence_of(const struct trio *trio)
{
    const struct piece *here = any_of(trio);
    gboolean gone = FALSE;
    enum side side;

    if (!here)
        return GOES;
    if (trio->piece[SIDE_OURS] && trio->piece[SIDE_THEIRS])
        return STAYS;
    if (!trio->piece[SIDE_BASE])
        return COMES;
    if (piece_says_same(trio->piece[SIDE_BASE], here))
        return !here->node || has_same_comments(trio->piece[SIDE_BASE], here) ? GOES : DISPUTED;
    if (here->kind != PIECE_KEY)
        return DISPUTED;
    if (node_is_null(trio->piece[SIDE_BASE]->node) || node_is_null(here->node))
        return node_is_null(here->node) ? GOES : COMES;
    if (is_collection(trio))
        return STAYS;
    if (merging_settle(trio, &side, &gone))
        return gone ? GOES : COMES;
    return DISPUTED;
}

/* -- the piece -- */

static void put_children(struct merging *merging, const struct trio *trio)
{
    g_autoptr(GPtrArray) trios = trios_of(trio->piece);
    int after = -1;

    for (guint i = 0; i < trios->len; i++) {
        const struct trio *child = trios->pdata[i];
        gsize before = merging->out->len;
        if (presence_of(child) == GOES)
            continue;
        put_lead(merging, child, after);
        gsize lead = merging->out->len;
        merging_put(merging, child);
        if (merging->out->len > lead)
            after = (int)any_of(child)->kind;
        else
            g_string_truncate(merging->out, before);
    }
}

/* Takes back what was put, where a key has lost its last entry. */
static void take_back(struct merging *merging, gsize length, guint lines)
{
    g_string_truncate(merging->out, length);
    g_ptr_array_set_size(merging->outline, (gint)lines);
}

static void put_container(struct merging *merging, const struct trio *trio)
{
    struct part tail = part_of(trio, REGION_TAIL, FALSE);
    gsize length = merging->out->len;
    guint lines = merging->outline->len;

    merging_head(merging, trio);
    gsize head = merging->out->len;
    put_children(merging, trio);
    const struct piece *any = any_of(trio);
    if (any->kind == PIECE_KEY && merging->out->len == head)
        take_back(merging, length, lines);
    enum side side = part_side(&tail);
    if (side == SIDE_BASE && any->kind != PIECE_FRONT)
        side = part_lesser(&tail);
    if (side == SIDE_BASE)
        merging_lines(merging, trio, &tail, "layout");
    else
        g_string_append_len(merging->out, tail.text[side], (gssize)tail.length[side]);
}

/* A key or entry that both sides have, or one of them changed and the other took out. */
static void put_node(struct merging *merging, const struct trio *trio)
{
    gboolean lines = FALSE;

    for (int side = 0; side < N_SIDES; side++)
        lines |= trio->piece[side] && has_lines(trio->piece[side]);
    if (has_common_lines(trio))
        put_container(merging, trio);
    else if (any_of(trio)->kind == PIECE_KEY && is_collection(trio) &&
             (merging_restyled(merging, trio) || merging_collection(merging, trio)))
        return;
    else if (lines || !trio->piece[SIDE_OURS] || !trio->piece[SIDE_THEIRS])
        dispute_whole(merging, trio);
    else
        merging_head(merging, trio);
}

void merging_put(struct merging *merging, const struct trio *trio)
{
    struct part whole = part_of(trio, REGION_WHOLE, FALSE);
    enum presence presence = presence_of(trio);
    enum side side = part_side(&whole);
    const struct piece *here = any_of(trio);

    if (presence == DISPUTED)
        dispute_whole(merging, trio);
    else if (presence == COMES ||
             (presence == STAYS && side != SIDE_BASE && trio->piece[SIDE_OURS] && trio->piece[SIDE_THEIRS]))
        merging_whole(merging, trio->piece[side]);
    else if (here->node)
        put_node(merging, trio);
    else
        put_container(merging, trio);
}
