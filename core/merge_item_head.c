#include "merge_item_private.h"

#include <string.h>

/* The head of a piece in the making: what the result says, as each side would have it. */
struct head {
    GString *text[N_SIDES];
    enum side value;    /* whose core stands, … */
    gboolean undecided; /* … or that of neither */
    char tick;
    gboolean disputed; /* that, or anything else of it */
};

void merging_say(struct merging *merging, const struct trio *trio, const char *value, char tick)
{
    const struct piece *any = trio->piece[SIDE_OURS] ? trio->piece[SIDE_OURS] : trio->piece[SIDE_THEIRS];

    g_ptr_array_add(merging->outline, piece_saying(any, value, tick));
}

static gboolean all_have_boxes(const struct trio *trio)
{
    for (int side = 0; side < N_SIDES; side++)
        if (trio->piece[side] && trio->piece[side]->tick == 0)
            return FALSE;
    return TRUE;
}

static const char *value_of(const struct trio *trio, enum side side)
{
    return trio->piece[side] ? trio->piece[side]->value : NULL;
}

/* Whose value stands where all bytes differ: by what they say, then by the rules of fields. FALSE where that
 * is disputed; *gone: neither. */
static gboolean settle_core(const struct trio *trio, const struct part *part, enum side *side, gboolean *gone)
{
    const char *base = value_of(trio, SIDE_BASE), *ours = value_of(trio, SIDE_OURS);
    const char *theirs = value_of(trio, SIDE_THEIRS);

    if (g_strcmp0(ours, theirs) == 0)
        *side = part_lesser(part);
    else if (g_strcmp0(base, theirs) == 0)
        *side = SIDE_OURS;
    else if (g_strcmp0(base, ours) == 0)
        *side = SIDE_THEIRS;
    else
        return trio->piece[SIDE_OURS]->kind == PIECE_KEY && merging_settle(trio, side, gone);
    return TRUE;
}

/* What surrounds a value is layout, but for a comment. */
static gboolean settle_layout(const struct part *part, enum region region, enum side *side)
{
    *side = part_lesser(part);
    if (region != REGION_BEHIND)
        return TRUE;
    g_autofree char *ours = g_strndup(part->text[SIDE_OURS], part->length[SIDE_OURS]);
    g_autofree char *theirs = g_strndup(part->text[SIDE_THEIRS], part->length[SIDE_THEIRS]);
    return strcmp(g_strstrip(ours), g_strstrip(theirs)) == 0;
}

/* A tick stays: on either side somebody saw it done. */
static enum side settle_tick(const struct trio *trio, const struct part *part)
{
    char ours = piece_tick(trio->piece[SIDE_OURS]), theirs = piece_tick(trio->piece[SIDE_THEIRS]);

    if (ours == theirs || (ours != 'x' && theirs != 'x'))
        return part_lesser(part);
    return ours == 'x' ? SIDE_OURS : SIDE_THEIRS;
}

static void append_part(struct head *head, const struct part *part, int from, int to)
{
    if (part->text[from])
        g_string_append_len(head->text[to], part->text[from], (gssize)part->length[from]);
}

static void merge_region(struct head *head, const struct trio *trio, enum region region, gboolean boxes)
{
    struct part part = part_of(trio, region, boxes);
    enum side side = part_side(&part);
    gboolean settled = side != SIDE_BASE, gone = FALSE;

    if (!settled && (region == REGION_TICK || (region == REGION_BEFORE && !boxes))) {
        side = settle_tick(trio, &part);
        settled = TRUE;
    } else if (!settled) {
        settled = region == REGION_CORE ? settle_core(trio, &part, &side, &gone)
                                        : settle_layout(&part, region, &side);
    }
    for (int to = 0; to < N_SIDES; to++)
        append_part(head, &part, settled && to != SIDE_BASE ? (int)side : to, to);
    head->disputed |= !settled;
    if (region == REGION_CORE) {
        head->value = side;
        head->undecided = !settled;
    }
    if (region == (boxes ? REGION_TICK : REGION_BEFORE) && trio->piece[side])
        head->tick = piece_tick(trio->piece[side]);
}

/* Whether all that there is of it is lines of text, which merge as such: text, a scenario, a block scalar. */
static gboolean is_lines(const struct trio *trio)
{
    for (int side = 0; side < N_SIDES; side++) {
        const struct piece *piece = trio->piece[side];
        if (piece && (piece->node ? piece->node->style != STYLE_LITERAL
                                  : span_length(piece->core) != span_length(piece->span) ||
                                        piece->kind == PIECE_SECTION))
            return FALSE;
    }
    return TRUE;
}

static void put_lines(struct merging *merging, const struct trio *trio)
{
    struct part whole = part_of(trio, REGION_WHOLE, FALSE);

    merging_lines(merging, trio, &whole, NULL);
    merging_say(merging, trio, PIECE_ANY, 0);
}

/* A key that goes, or stays whole: what surrounds a value that is none is not for one that is. TRUE where it
 * was one of these. */
static gboolean put_undivided(struct merging *merging, const struct trio *trio)
{
    const struct piece *ours = trio->piece[SIDE_OURS], *theirs = trio->piece[SIDE_THEIRS];
    struct part part = part_of(trio, REGION_CORE, FALSE);
    gboolean gone = FALSE;
    enum side side;

    if (!ours || !theirs || !ours->node || ours->children->len || theirs->children->len)
        return FALSE;
    if (!settle_core(trio, &part, &side, &gone))
        return FALSE;
    if (!gone && !node_is_null(ours->node) && !node_is_null(theirs->node))
        return FALSE;
    if (!gone)
        merging_whole(merging, trio->piece[side]);
    return TRUE;
}

void merging_head(struct merging *merging, const struct trio *trio)
{
    gboolean boxes = all_have_boxes(trio);
    struct head head = { .value = SIDE_BASE };

    if (put_undivided(merging, trio))
        return;
    if (is_lines(trio)) {
        put_lines(merging, trio);
        return;
    }
    for (int side = 0; side < N_SIDES; side++)
        head.text[side] = g_string_new(NULL);
    for (int region = 0; region < N_HEAD_REGIONS; region++)
        merge_region(&head, trio, (enum region)region, boxes);
    if (head.disputed) {
        const char *const texts[] = { head.text[0]->str, head.text[1]->str, head.text[2]->str };
        merging_dispute(merging, trio, texts);
    } else {
        g_string_append_len(merging->out, head.text[SIDE_OURS]->str, (gssize)head.text[SIDE_OURS]->len);
    }
    enum side chosen = merging->choice == CHOICE_THEIRS ? SIDE_THEIRS : SIDE_OURS;
    merging_say(merging, trio, value_of(trio, head.undecided ? chosen : head.value), head.tick);
    for (int side = 0; side < N_SIDES; side++)
        g_string_free(head.text[side], TRUE);
}
