#include "merge_item_private.h"

#include <string.h>

/* The part of a piece's own lines that region names. */
static struct span region_of(const struct piece *piece, enum region region, gboolean boxes)
{
    gsize core = MIN(piece->core.start, piece->head), end = MIN(piece->core.end, piece->head);
    gsize tick = boxes ? piece->tick : core, behind = boxes ? tick + 1 : core;

    switch (region) {
    case REGION_LEAD:
        return piece->lead;
    case REGION_BEFORE:
        return (struct span){ piece->span.start, tick };
    case REGION_TICK:
        return (struct span){ tick, behind };
    case REGION_BETWEEN:
        return (struct span){ behind, core };
    case REGION_CORE:
        return (struct span){ core, end };
    case REGION_BEHIND:
        return (struct span){ end, piece->head };
    case REGION_TAIL:
        return (struct span){ piece->tail, piece->span.end };
    case REGION_WHOLE:
        return piece->span;
    }
    g_assert_not_reached();
}

struct part part_of(const struct trio *trio, enum region region, gboolean boxes)
{
    struct part part = { { NULL }, { 0 } };

    for (int side = 0; side < N_SIDES; side++) {
        const struct piece *piece = trio->piece[side];
        struct span span = piece ? region_of(piece, region, boxes) : (struct span){ 0, 0 };
        part.text[side] = piece ? piece->text + span.start : NULL;
        part.length[side] = span_length(span);
    }
    return part;
}

static gboolean part_same(const struct part *part, enum side a, enum side b)
{
    return part->text[a] && part->text[b] && part->length[a] == part->length[b] &&
           memcmp(part->text[a], part->text[b], part->length[a]) == 0;
}

enum side part_side(const struct part *part)
{
    if (!part->text[SIDE_OURS] || !part->text[SIDE_THEIRS])
        return part->text[SIDE_OURS] ? SIDE_OURS : part->text[SIDE_THEIRS] ? SIDE_THEIRS : SIDE_BASE;
    if (part_same(part, SIDE_OURS, SIDE_THEIRS) || part_same(part, SIDE_BASE, SIDE_THEIRS))
        return SIDE_OURS;
    return part_same(part, SIDE_BASE, SIDE_OURS) ? SIDE_THEIRS : SIDE_BASE;
}

GBytes *part_bytes(const struct part *part, enum side side)
{
    return g_bytes_new(part->text[side], part->text[side] ? part->length[side] : 0);
}

enum side part_lesser(const struct part *part)
{
    if (!part->text[SIDE_OURS] || !part->text[SIDE_THEIRS])
        return part_side(part);
    gsize ours = part->length[SIDE_OURS], theirs = part->length[SIDE_THEIRS];

    if (ours != theirs)
        return ours < theirs ? SIDE_OURS : SIDE_THEIRS;
    return memcmp(part->text[SIDE_OURS], part->text[SIDE_THEIRS], ours) <= 0 ? SIDE_OURS : SIDE_THEIRS;
}

gboolean part_lines(const struct part *part, char **merged)
{
    g_autoptr(GBytes) base = part_bytes(part, SIDE_BASE), ours = part_bytes(part, SIDE_OURS);
    g_autoptr(GBytes) theirs = part_bytes(part, SIDE_THEIRS);
    GBytes *merged_bytes = merge3_text(base, ours, theirs, NULL);
    /* It takes a line put in above one that went for a conflict one way round only. */
    g_autoptr(GBytes) bytes = merged_bytes ? merged_bytes : merge3_text(base, theirs, ours, NULL);

    if (bytes)
        *merged = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    return bytes != NULL;
}
