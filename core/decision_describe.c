#include "decision_private.h"

#include "message.h"
#include "people.h"

#include <string.h>

/* -- what was decided -- */

/* Where the file went: only its folder where it kept its name. NULL where it did not move. */
static char *describe_move(const struct draft *draft)
{
    const char *to = draft->move_to ? draft->move_to : draft->path;
    const char *from = draft->move_to ? draft->path : draft->moved_from;

    if (!from)
        return NULL;
    g_autofree char *name = g_path_get_basename(to), *old = g_path_get_basename(from);
    g_autofree char *folder = g_path_get_dirname(to);
    return strcmp(name, old) == 0 ? g_strdup_printf("moved to %s/", folder)
                                  : g_strdup_printf("moved to %s", to);
}

/* Whose child a new item is; NULL: nobody's. */
static char *read_parent(const struct draft *draft)
{
    const struct node *parent =
        draft->edit && !draft->is_file ? node_find(edit_document(draft->edit)->front->root, "parent") : NULL;
    return parent && parent->kind == NODE_SCALAR ? g_strdup(parent->text) : NULL;
}

/* "k7q2m" and its changes, as they are between two texts; before is NULL for a new item. */
static struct decided *describe(const struct making *making, const struct draft *draft, GBytes *before,
                                GBytes *after)
{
    struct decided *decided = g_new0(struct decided, 1);

    decided->id = g_strdup(draft->id);
    decided->path = g_strdup(draft->move_to ? draft->move_to : draft->path);
    decided->changes = draft_changes_between(draft, before, after);
    g_autofree char *summary = change_summary(decided->changes);
    g_autofree char *move = before && !draft->is_file ? describe_move(draft) : NULL;
    decided->parent = before ? NULL : read_parent(draft);
    decided->gist =
        before && !move && !draft->is_file ? decision_gist(making, draft, decided->changes) : NULL;
    if (!move)
        decided->summary = g_steal_pointer(&summary);
    else if (decided->changes->len == 0)
        decided->summary = g_steal_pointer(&move);
    else
        decided->summary = g_strdup_printf("%s, %s", summary, move);
    return decided;
}

/* Whether what is said already is all that there is to say of the draft: of a file where its item is told. */
static gboolean is_told(const struct making *making, const struct draft *draft)
{
    const GPtrArray *items = making->outcome->items;

    for (guint i = 0; i < items->len && draft->is_file; i++)
        if (g_strcmp0(((const struct decided *)items->pdata[i])->id, draft->id) == 0)
            return TRUE;
    return FALSE;
}

/* Which of the words of decisions.require-reason an item's change is. */
static const char *kind_of(const struct change *change, gboolean is_new)
{
    if (is_new || change->kind == CHANGE_FILE)
        return NULL;
    if (change->kind != CHANGE_FIELD)
        return "set";
    if (strcmp(change->name, "status") == 0 && change->after) {
        const char *after = change->after;
        return strcmp(after, "dropped") == 0 ? "drop"
               : strcmp(after, "split") == 0 ? "split"
               : strcmp(after, "ready") == 0 ? "ready"
                                             : "set";
    }
    return strcmp(change->name, "estimate") == 0 ? "estimate"
           : strcmp(change->name, "stamp") == 0  ? "ready"
           : strcmp(change->name, "rank") == 0   ? "order"
                                                 : "set";
}

static gboolean was_split(const struct decided *decided)
{
    for (guint i = 0; i < decided->changes->len; i++)
        if (g_strcmp0(kind_of(decided->changes->pdata[i], FALSE), "split") == 0)
            return TRUE;
    return FALSE;
}

/* A split is one thing, with the children that were made in it. */
static void join_split(const GPtrArray *items, struct decided *whole)
{
    g_autoptr(GString) gist = g_string_new("split into ");
    guint children = 0;

    for (guint i = 0; i < items->len; i++) {
        struct decided *decided = items->pdata[i];
        if (!decided->parent || !decided->id || g_strcmp0(decided->parent, whole->id) != 0)
            continue;
        g_string_append_printf(gist, "%s%s", children++ ? ", " : "", decided->id);
        decided->part_of = whole;
    }
    if (children)
        whole->gist = g_strdup(gist->str);
}

static gboolean only_moves(const struct decided *decided)
{
    for (guint i = 0; i < decided->changes->len; i++)
        if (g_strcmp0(kind_of(decided->changes->pdata[i], FALSE), "order") != 0)
            return FALSE;
    return TRUE;
}

/* Joins what was split with its children. Returns it where that is all of the decision, but for items that
 * made room; else NULL. */
static const struct decided *join_splits(const GPtrArray *items)
{
    const struct decided *split = NULL;
    gboolean alone = TRUE;

    for (guint i = 0; i < items->len; i++) {
        struct decided *decided = items->pdata[i];
        if (was_split(decided))
            join_split(items, decided);
        if (decided->gist) {
            alone = alone && !split;
            split = decided;
        }
    }
    for (guint i = 0; i < items->len && alone; i++) {
        const struct decided *decided = items->pdata[i];
        alone = decided == split || decided->part_of || only_moves(decided);
    }
    return alone ? split : NULL;
}

/* As the work tree has them: what is said where nothing is committed. */
void decision_list_drafts(const struct making *making)
{
    for (guint i = 0; i < making->drafts->len; i++) {
        const struct draft *draft = making->drafts->pdata[i];
        if (!is_told(making, draft))
            g_ptr_array_add(making->outcome->items,
                            describe(making, draft, draft_origin(draft), draft_result(draft)));
    }
    join_splits(making->outcome->items);
}

/* -- reasons -- */

const struct change *decision_find_reasoned(const struct policy *policy, const GPtrArray *changes,
                                            gboolean is_new, const char **kind)
{
    g_autofree const char **wanted = policy_texts(policy, "decisions.require-reason");

    for (guint i = 0; i < changes->len && wanted; i++) {
        const char *word = kind_of(changes->pdata[i], is_new);
        if (!word || !g_strv_contains(wanted, word) ||
            (strcmp(word, "drop") == 0 && decision_original(changes)))
            continue;
        if (kind)
            *kind = word;
        return changes->pdata[i];
    }
    return NULL;
}

/* Whether a reason is given where the policy wants one for the changes of an item. */
static gboolean check_reason_for(const struct making *making, const struct draft *draft,
                                 const GPtrArray *changes, gboolean is_new, GError **error)
{
    g_autofree char *reason = message_clean(making->decision->reason ? making->decision->reason : "");
    const char *kind = NULL;
    const struct change *change = decision_find_reasoned(making->backlog->policy, changes, is_new, &kind);

    if (!change || *reason)
        return TRUE;
    g_autofree char *what = change_print(change);
    g_set_error(
        error, DECISION_ERROR, DECISION_ERROR_REASON,
        "%s: %s: the policy wants a reason for that (decisions.require-reason: %s); -m REASON gives it",
        draft->id ? draft->id : draft->path, what, kind);
    return FALSE;
}

/* Before anything is begun; what is committed can be more, and is checked again. */
gboolean decision_check_reason(const struct making *making, GError **error)
{
    for (guint i = 0; i < making->drafts->len; i++) {
        struct draft *draft = making->drafts->pdata[i];
        g_autoptr(GPtrArray) changes = draft_changes(draft);
        if (!check_reason_for(making, draft, changes, !draft_origin(draft), error))
            return FALSE;
    }
    return TRUE;
}

/* -- the message -- */

/* Trailers for all who took part; NULL with an error where one is not known. */
char **decision_participants(const struct making *making, GError **error)
{
    const char *const *with = making->decision->with;
    g_autoptr(GPtrArray) trailers = g_ptr_array_new_with_free_func(g_free);

    for (gsize i = 0; with && with[i]; i++) {
        g_autofree char *address = people_address(making->backlog->policy, with[i], error);
        if (!address)
            return NULL;
        g_ptr_array_add(trailers, g_strdup_printf("Co-authored-by: %s", address));
    }
    g_ptr_array_add(trailers, NULL);
    return (char **)g_ptr_array_steal(trailers, NULL);
}

/* What the message says beside what was decided: what it takes back, as git has it, and why. */
static char *explain(const struct decision *decision)
{
    if (!decision->undoes)
        return g_strdup(decision->reason);
    return g_strdup_printf("This reverts commit %s.%s%s", decision->undoes, decision->reason ? "\n\n" : "",
                           decision->reason ? decision->reason : "");
}

/* What is committed: of each item that changes in HEAD. */
char *decision_write_message(const struct commit_version *versions, gpointer data, GError **error)
{
    struct making *making = data;
    GPtrArray *items = making->outcome->items;
    g_autoptr(GArray) parts = g_array_new(FALSE, TRUE, sizeof(struct message_part));
    g_auto(GStrv) trailers = decision_participants(making, error);
    g_autofree char *reason = explain(making->decision);
    guint left = making->drafts->len;

    if (!trailers)
        return NULL;
    g_ptr_array_set_size(items, 0);
    for (guint i = 0; i < making->drafts->len; i++) {
        const struct draft *draft = making->drafts->pdata[i];
        /* The path that the file left by hand is a file of its own, behind those of the drafts. */
        GBytes *before = draft->moved_from ? versions[left++].before : versions[i].before;
        GBytes *after = versions[i].after;
        gboolean same = before && after && g_bytes_equal(before, after);
        if ((same && !draft->move_to && !draft->moved_from) || is_told(making, draft))
            continue;
        struct decided *decided = describe(making, draft, before, after);
        struct message_part part = { decided->id ? decided->id : decided->path, decided->summary };
        g_ptr_array_add(items, decided);
        g_array_append_val(parts, part);
        if (!check_reason_for(making, draft, decided->changes, !before, error))
            return NULL;
    }
    const struct decided *split = join_splits(items);
    const struct message_part gist = { split ? split->id : NULL, split ? split->gist : NULL };
    return message_print(policy_text(making->backlog->policy, "decisions.subject"),
                         (const struct message_part *)(gpointer)parts->data, parts->len, split ? &gist : NULL,
                         reason, (const char *const *)trailers);
}
