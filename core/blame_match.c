#include "blame_private.h"

#include "lines.h"

#include <string.h>

/* -- front matter -- */

static gboolean is_same(const struct node *a, const struct node *b)
{
    return a && b && ((node_is_null(a) && node_is_null(b)) || node_equal(a, b));
}

/* Whether the lines of span in the subject stand in text somewhere as whole lines. */
static gboolean has_lines(const struct blame_version *subject, struct span span, GBytes *bytes)
{
    gsize size, length, n = span_length(span);
    const char *wanted = (const char *)g_bytes_get_data(subject->bytes, &size) + span.start;
    const char *text = g_bytes_get_data(bytes, &length);

    for (gsize at = 0; at + n <= length; at = lines_next(text, length, at)) {
        gboolean ends = at + n == length || text[at + n] == '\r' || text[at + n] == '\n';
        if (ends && memcmp(text + at, wanted, n) == 0)
            return TRUE;
        if (lines_next(text, length, at) == length)
            break;
    }
    return FALSE;
}

static gboolean has_value(const struct blame_match *match, const struct blame_part *part)
{
    const struct node *root = blame_version_root(match->parent);

    if (!root)
        return has_lines(match->subject, part->span, match->parent->bytes);
    if (part->kind == BLAME_ENTRY)
        return blame_version_count(match->parent, part->key, part->node) > part->nth;
    const struct node *value = node_find(root, part->key);
    if (part->subkey)
        value = value && value->kind == NODE_MAP ? node_find(value, part->subkey) : NULL;
    return is_same(value, part->node);
}

/* -- body -- */

/* The index in the parent's list of the entry with that index; -1: it has none. */
static int partner_of(struct blame_match *match, guint list, guint index)
{
    const GPtrArray *before = blame_version_body(match->parent)->lists[list];
    const GPtrArray *after = blame_version_body(match->child)->lists[list];

    if (!match->partner[list]) {
        g_autofree gboolean *moved = g_new0(gboolean, after->len + 1);
        match->partner[list] = g_new0(int, after->len + 1);
        criteria_match(before, after, match->partner[list], moved);
    }
    return match->partner[list][index];
}

static gboolean has_wording(const struct criterion *old, const struct criterion *new)
{
    return old->scenario == new->scenario &&strcmp(old->text, new->text) == 0;
}

static gboolean has_tick(const struct criterion *old, const struct criterion *new)
{
    return old->has_box == new->has_box && old->ticked == new->ticked;
}

static gboolean has_aspect(enum blame_aspect aspect, const struct criterion *old, const struct criterion *new)
{
    switch (aspect) {
    case BLAME_WORDING:
        return has_wording(old, new);
    case BLAME_DETAILS:
        return strcmp(old->details, new->details) == 0;
    case BLAME_TICK:
        return has_tick(old, new);
    }
    g_assert_not_reached();
}

/* Most answers stay in their place. */
static gboolean has_answer(const struct blame_match *match, const struct blame_part *part, guint index)
{
    const GPtrArray *answers = match->parent->body->answers->pdata[index];

    for (guint i = 0; i < answers->len; i++) {
        const struct answer *answer = answers->pdata[(part->nth + i) % answers->len];
        if (strcmp(answer->text, part->value) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean has_entry(struct blame_match *match, enum blame_nearness nearness, struct blame_token *token)
{
    const struct blame_part *part = token->part;
    int partner = partner_of(match, part->list, token->index);

    if (partner < 0)
        return FALSE;
    const struct criterion *old = match->parent->body->lists[part->list]->pdata[partner];
    const struct criterion *new = match->child->body->lists[part->list]->pdata[token->index];
    if ((nearness <= BLAME_WORDED && !has_wording(old, new)) ||
        (nearness == BLAME_WHOLE && !has_tick(old, new)) ||
        !(part->kind == BLAME_ANSWER ? has_answer(match, part, (guint)partner)
                                     : has_aspect(part->aspect, old, new)))
        return FALSE;
    token->index = (guint)partner;
    return TRUE;
}

static gboolean has_text(const struct blame_match *match, const struct blame_part *part)
{
    const struct blame_body *body = blame_version_body(match->parent);

    if (part->kind == BLAME_TEXT)
        return strcmp(body->leading, part->value) == 0;
    const char *name = match->subject->body->names->pdata[part->index];
    guint index = GPOINTER_TO_UINT(g_hash_table_lookup(body->sections, name));
    return index && strcmp(body->texts->pdata[index - 1], part->value) == 0;
}

/* -- */

gboolean blame_match_pass(struct blame_match *match, enum blame_nearness nearness, struct blame_token *token)
{
    const struct blame_part *part = token->part;

    if (part->kind == BLAME_FIELD || part->kind == BLAME_ENTRY)
        return has_value(match, part);
    if (!match->is_compared) {
        match->same_body = blame_version_same_body(match->child, match->parent);
        match->is_compared = TRUE;
    }
    if (match->same_body)
        return TRUE;
    return part->kind == BLAME_SECTION || part->kind == BLAME_TEXT ? has_text(match, part)
                                                                   : has_entry(match, nearness, token);
}

void blame_match_clear(struct blame_match *match)
{
    for (guint i = 0; i < N_LISTS; i++)
        g_clear_pointer(&match->partner[i], g_free);
}
