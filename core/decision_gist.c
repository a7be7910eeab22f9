#include "decision_private.h"

#include <string.h>

/* Whether it is the change of that field, or, with a dot behind it, of an entry of that map. */
static gboolean is_field(const struct change *change, const char *name)
{
    return change->kind == CHANGE_FIELD && (g_str_has_suffix(name, ".") ? g_str_has_prefix(change->name, name)
                                                                        : strcmp(change->name, name) == 0);
}

/* -- duplicates -- */

const char *decision_original(const GPtrArray *changes)
{
    for (guint i = 0; i < changes->len; i++) {
        const struct change *change = changes->pdata[i];
        if (is_field(change, "duplicate-of"))
            return change->after;
    }
    return NULL;
}

/* That an item repeats another: that it was dropped, and the line that says so, belong to it. */
static char *describe_duplicate(const GPtrArray *changes)
{
    const char *of = decision_original(changes);

    for (guint i = 0; of && i < changes->len; i++) {
        const struct change *change = changes->pdata[i];
        if (!is_field(change, "duplicate-of") && change->kind != CHANGE_DECISION_ADDED &&
            !(is_field(change, "status") && g_strcmp0(change->after, "dropped") == 0))
            return NULL;
    }
    return of ? g_strdup_printf("duplicate of %s", of) : NULL;
}

/* -- estimates -- */

static gint compare_weights(gconstpointer a, gconstpointer b, gpointer data)
{
    double left = 0, right = 0;
    gboolean known = policy_weight(data, *(char *const *)a, &left);

    if (known != policy_weight(data, *(char *const *)b, &right))
        return known ? -1 : 1;
    return left < right ? -1 : left > right;
}

/* The votes that the item has after it, in the order of their weight, with commas; NULL for none. */
static char *list_votes(const struct draft *draft)
{
    const struct node *votes = node_find(edit_document(draft->edit)->front->root, "votes");
    g_autoptr(GPtrArray) values = g_ptr_array_new();

    if (!votes || votes->kind != NODE_MAP)
        return NULL;
    for (const struct node *vote = votes->first; vote; vote = vote->next)
        if (vote->kind == NODE_SCALAR && strcmp(vote->key->text, "round") != 0)
            g_ptr_array_add(values, (gpointer)vote->text);
    g_ptr_array_sort_with_data(values, compare_weights, (gpointer)draft->backlog->policy);
    g_ptr_array_add(values, NULL);
    return values->len > 1 ? g_strjoinv(", ", (char **)values->pdata) : NULL;
}

/* Whether files of the item's votes are decided with it, which is so where a round ends. */
static gboolean ends_round(const struct making *making, const char *id)
{
    for (guint i = 0; i < making->drafts->len; i++) {
        const struct draft *draft = making->drafts->pdata[i];
        if (draft->is_file && g_strcmp0(draft->id, id) == 0)
            return TRUE;
    }
    return FALSE;
}

/* That the team agreed on an estimate: the votes, and the line that says why, belong to it. */
static char *describe_estimate(const struct making *making, const struct draft *draft,
                               const GPtrArray *changes)
{
    const struct node *estimate = node_find(edit_document(draft->edit)->front->root, "estimate");
    g_autofree char *what = NULL;
    gboolean voted = FALSE;

    if (!estimate || estimate->kind != NODE_SCALAR)
        return NULL;
    for (guint i = 0; i < changes->len; i++) {
        const struct change *change = changes->pdata[i];
        if (is_field(change, "estimate"))
            what = change_print(change);
        else if (is_field(change, "votes."))
            voted = TRUE;
        else if (change->kind != CHANGE_DECISION_ADDED)
            return NULL;
    }
    g_autofree char *votes = voted ? list_votes(draft) : NULL;
    if (!what && ends_round(making, draft->id))
        what = g_strdup_printf("estimate %s", estimate->text);
    return votes && what ? g_strdup_printf("%s after votes of %s", what, votes) : NULL;
}

char *decision_gist(const struct making *making, const struct draft *draft, const GPtrArray *changes)
{
    if (changes->len == 0 || !draft->edit)
        return NULL;
    char *gist = describe_duplicate(changes);
    return gist ? gist : describe_estimate(making, draft, changes);
}
