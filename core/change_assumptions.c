#include "change_private.h"

#include "assumption.h"

#include <string.h>

static const char *belief_of(const struct node *record)
{
    const struct node *belief = record->kind == NODE_MAP ? node_find(record, "belief") : NULL;
    return belief && belief->kind == NODE_SCALAR && *belief->text ? belief->text : NULL;
}

/* Whether the records are the same but for what was found. */
static gboolean differ_in_result_alone(const struct node *before, const struct node *after)
{
    for (int side = 0; side < 2; side++)
        for (const struct node *one = (side ? after : before)->first; one; one = one->next) {
            gboolean found = strcmp(one->key->text, "result") == 0 || strcmp(one->key->text, "evidence") == 0;
            if (!found && !node_equal(one, node_find(side ? before : after, one->key->text)))
                return FALSE;
        }
    return node_find(after, "result") != NULL;
}

/* Whether the later list is the earlier one, settled in places, with more behind it. */
static gboolean goes_on(const struct node *before, const struct node *after)
{
    const struct node *old = before ? before->first : NULL, *new = after->first;

    for (; old; old = old->next, new = new->next)
        if (!new || (!node_equal(old, new) &&
                     !(belief_of(old) && belief_of(new) && differ_in_result_alone(old, new))))
            return FALSE;
    for (; new; new = new->next) {
        g_autofree char *result = change_value(node_find(new, "result"));
        if (!belief_of(new) || node_find(new, "evidence") ||
            (result && strcmp(result, assumption_results()[ASSUMPTION_OPEN]) != 0))
            return FALSE;
    }
    return TRUE;
}

/* "refuted: 2026-11-21 Ana: 812 of 1,000". */
static char *print_result(const struct node *record)
{
    g_autofree char *result = change_value(node_find(record, "result"));
    g_autofree char *evidence = change_value(node_find(record, "evidence"));

    return g_strconcat(result ? result : "", evidence ? ": " : NULL, evidence, NULL);
}

gboolean change_compare_assumptions(struct change_pass *pass, const char *name, const struct node *before,
                                    const struct node *after)
{
    guint number = 0;

    if (!after || after->kind != NODE_SEQUENCE || (before && before->kind != NODE_SEQUENCE) ||
        !goes_on(before, after))
        return FALSE;
    const struct node *old = before ? before->first : NULL;
    for (const struct node *new = after->first; new; new = new->next) {
        number++;
        if (!old) {
            change_add(pass, CHANGE_ASSUMPTION_ADDED, name, NULL, belief_of(new))->number = number;
        } else if (!node_equal(old, new)) {
            g_autofree char *result = print_result(new);
            change_add(pass, CHANGE_ASSUMPTION_SETTLED, name, belief_of(new), result)->number = number;
        }
        old = old ? old->next : NULL;
    }
    return TRUE;
}
