#include "merge_item_private.h"

#include "edit.h"
#include "rank.h"

#include <string.h>

/* -- status -- */

enum status merging_status(enum status base, enum status ours, enum status theirs)
{
    /* How far along the flow; what is not there yet is before all. */
    int from = base <= STATUS_RELEASED ? (int)base : -1;
    enum status open = MIN(ours, theirs), closed = MAX(ours, theirs);

    if (ours == theirs)
        return ours;
    if (closed == STATUS_UNKNOWN)
        return STATUS_UNKNOWN;
    if (closed <= STATUS_RELEASED) {
        if ((int)open >= from)
            return closed;
        return (int)closed <= from ? open : STATUS_UNKNOWN;
    }
    /* Split or dropped is what came of refining it. */
    return open <= STATUS_REFINING && from < STATUS_DOING && base != STATUS_SPLIT && base != STATUS_DROPPED
               ? closed
               : STATUS_UNKNOWN;
}

static const char *value_of(const struct trio *trio, enum side side)
{
    return trio->piece[side] ? trio->piece[side]->value : NULL;
}

static gboolean settle_status(const struct trio *trio, enum side *side)
{
    enum status status[N_SIDES], merged;

    for (int i = 0; i < N_SIDES; i++)
        status[i] = status_parse(value_of(trio, (enum side)i));
    merged = merging_status(status[SIDE_BASE], status[SIDE_OURS], status[SIDE_THEIRS]);
    if (merged == STATUS_UNKNOWN)
        return FALSE;
    *side = merged == status[SIDE_OURS] ? SIDE_OURS : SIDE_THEIRS;
    return TRUE;
}

/* The one nearer to the top; where one is none, the other. */
static gboolean settle_rank(const struct trio *trio, enum side *side)
{
    const char *ours = value_of(trio, SIDE_OURS), *theirs = value_of(trio, SIDE_THEIRS);

    if (!rank_is_valid(ours) && !rank_is_valid(theirs))
        return FALSE;
    *side = rank_compare(ours, "", theirs, "") <= 0 ? SIDE_OURS : SIDE_THEIRS;
    return TRUE;
}

/* Both agreed on something else: neither stamp is that of the merged item. That of base, if it is still
 * there, says so, and so does none. */
static gboolean settle_stamp(const struct trio *trio, enum side *side, gboolean *gone)
{
    *gone = !value_of(trio, SIDE_BASE) || !value_of(trio, SIDE_OURS) || !value_of(trio, SIDE_THEIRS);
    *side = SIDE_BASE;
    return TRUE;
}

gboolean merging_settle(const struct trio *trio, enum side *side, gboolean *gone)
{
    const struct piece *any = trio->piece[SIDE_OURS] ? trio->piece[SIDE_OURS] : trio->piece[SIDE_THEIRS];
    const struct field *field = strcmp(any->what, any->id) == 0 ? field_find(any->id) : NULL;

    switch (field ? field->id : N_FIELDS) {
    case FIELD_STATUS:
        return settle_status(trio, side);
    case FIELD_RANK:
        return settle_rank(trio, side);
    case FIELD_STAMP:
        return settle_stamp(trio, side, gone);
    default:
        return FALSE;
    }
}

/* -- lists and maps between brackets -- */

/* The lines of a key as a file of their own. */
static GBytes *file_of(const char *lines, gsize length)
{
    GString *text = g_string_new("---\n");
    g_string_append_len(text, lines, (gssize)length);
    g_string_append(text, "---\n");
    return g_string_free_to_bytes(text);
}

/* Appends the front matter of document, and what it says. */
static void put_front(struct merging *merging, struct document *document)
{
    const struct span span = document->front->span;

    document_body(document, NULL);
    g_autoptr(Piece) file = piece_split(document, merging->policy);
    g_string_append_len(merging->out, document->text + span.start, (gssize)span_length(span));
    if (!file)
        return;
    const struct piece *front = file->children->pdata[0];
    for (guint i = 0; i < front->children->len; i++)
        piece_outline(front->children->pdata[i], merging->outline);
}

gboolean merging_restyled(struct merging *merging, const struct trio *trio)
{
    const struct part whole = part_of(trio, REGION_WHOLE, FALSE);
    const struct piece *base = trio->piece[SIDE_BASE], *stands;
    g_autofree char *lines = NULL;

    if (piece_says_same(trio->piece[SIDE_OURS], trio->piece[SIDE_THEIRS]))
        stands = trio->piece[part_lesser(&whole)];
    else if (piece_says_same(base, trio->piece[SIDE_THEIRS]))
        stands = trio->piece[SIDE_OURS];
    else if (piece_says_same(base, trio->piece[SIDE_OURS]))
        stands = trio->piece[SIDE_THEIRS];
    else
        return FALSE;
    part_lines(&whole, &lines);
    g_autoptr(GBytes) bytes = lines ? file_of(lines, strlen(lines))
                                    : file_of(stands->text + stands->span.start, span_length(stands->span));
    g_autoptr(Document) document = document_new(bytes, NULL);
    const struct node *root = document->front->root;
    if (!root || root->count != 1 || !node_equal(root->first, stands->node))
        return FALSE;
    put_front(merging, document);
    return TRUE;
}

/* The node where it is of that kind, else NULL. */
static const struct node *collection_in(const struct trio *trio, enum side side, enum node_kind kind)
{
    const struct piece *piece = trio->piece[side];
    return piece && piece->node->kind == kind ? piece->node : NULL;
}

static guint count_in(const struct node *list, const char *text)
{
    guint count = 0;
    for (const struct node *entry = list ? list->first : NULL; entry; entry = entry->next)
        count += entry->kind == NODE_SCALAR && strcmp(entry->text, text) == 0;
    return count;
}

/* Does to edit, which has ours, what theirs did to base. */
static gboolean replay_list(struct edit *edit, const char *key, const struct node *base,
                            const struct node *ours, const struct node *theirs)
{
    const struct node *lists[] = { base, ours, theirs };
    const char *const order[] = { NULL };

    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        for (const struct node *entry = lists[i] ? lists[i]->first : NULL; entry; entry = entry->next)
            if (entry->kind != NODE_SCALAR)
                return FALSE;
    for (const struct node *entry = base ? base->first : NULL; entry; entry = entry->next)
        if (count_in(theirs, entry->text) == 0 && count_in(ours, entry->text) > 0)
            if (!edit_entry_remove(edit, key, entry->text, NULL))
                return FALSE;
    for (const struct node *entry = theirs ? theirs->first : NULL; entry; entry = entry->next)
        if (count_in(base, entry->text) == 0 && count_in(ours, entry->text) == 0)
            if (!edit_entry_add(edit, key, entry->text, order, NULL))
                return FALSE;
    return TRUE;
}

/* The same for a map; FALSE where both changed an entry, and not alike. */
static gboolean replay_map(struct edit *edit, const char *key, const struct node *base,
                           const struct node *ours, const struct node *theirs)
{
    const char *const order[] = { NULL };

    for (const struct node *entry = theirs ? theirs->first : NULL; entry; entry = entry->next) {
        const struct node *before = node_find(base, entry->key->text),
                          *now = node_find(ours, entry->key->text);
        const struct edit_pair pair = { entry->key->text, entry->text, SCALAR_TYPED };
        if (node_equal(before, entry) || node_equal(now, entry))
            continue;
        if (!node_equal(before, now) || entry->kind != NODE_SCALAR ||
            !edit_map_set(edit, key, pair, order, NULL))
            return FALSE;
    }
    for (const struct node *entry = base ? base->first : NULL; entry; entry = entry->next) {
        const struct node *now = node_find(ours, entry->key->text);
        if (node_find(theirs, entry->key->text) || !now)
            continue;
        if (!node_equal(entry, now) || !edit_map_remove(edit, key, entry->key->text, NULL))
            return FALSE;
    }
    return TRUE;
}

/* The side whose lines the other's entries are put into: the one that has any, a line each where it can be.
 */
static enum side side_to_edit(const struct trio *trio)
{
    const struct piece *ours = trio->piece[SIDE_OURS], *theirs = trio->piece[SIDE_THEIRS];

    if (!ours || node_is_null(ours->node))
        return SIDE_THEIRS;
    if (!theirs || node_is_null(theirs->node) || ours->node->style == STYLE_BLOCK)
        return SIDE_OURS;
    return theirs->node->style == STYLE_BLOCK ? SIDE_THEIRS : SIDE_OURS;
}

gboolean merging_collection(struct merging *merging, const struct trio *trio)
{
    enum side from = side_to_edit(trio);
    enum side other = from == SIDE_OURS ? SIDE_THEIRS : SIDE_OURS;
    const struct piece *piece = trio->piece[from];
    enum node_kind kind = piece->node->kind;
    g_autoptr(GBytes) bytes = file_of(piece->text + piece->span.start, span_length(piece->span));
    g_autoptr(Edit) edit = edit_new(bytes);
    const struct node *base = collection_in(trio, SIDE_BASE, kind);
    const struct node *ours = collection_in(trio, from, kind), *theirs = collection_in(trio, other, kind);

    if (trio->piece[other] && !theirs && !node_is_null(trio->piece[other]->node))
        return FALSE;
    gboolean done = kind == NODE_SEQUENCE ? replay_list(edit, piece->id, base, ours, theirs)
                                          : replay_map(edit, piece->id, base, ours, theirs);
    if (done)
        put_front(merging, edit_document(edit));
    return done;
}
