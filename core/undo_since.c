#include "undo_private.h"

#include <string.h>

/* -- what a conflict is about -- */

/* "labels" is named by "labels" and, of a map, by "votes.ana". */
static gboolean is_name(const char *what, const char *name)
{
    gsize length = strlen(name);
    return strncmp(what, name, length) == 0 && (what[length] == '\0' || what[length] == '.');
}

static gboolean is_section(const struct change *change, const char *what)
{
    const char *name = g_str_has_prefix(what, "section ") ? what + strlen("section ") : what;
    return change->name && strcmp(name, change->name) == 0;
}

/* Whether a change is of the criterion that says text, before or after; of any without it. */
static gboolean is_criterion(const struct change *change, const char *text)
{
    return !text || g_strcmp0(change->before, text) == 0 || g_strcmp0(change->after, text) == 0;
}

/* Whether a change is of what the conflict names. */
static gboolean is_about(const struct change *change, const struct undo_conflict *conflict)
{
    const char *what = conflict->what;

    switch (change->kind) {
    case CHANGE_FIELD:
    case CHANGE_ENTRY_ADDED:
    case CHANGE_ENTRY_REMOVED:
    case CHANGE_ASSUMPTION_ADDED:
    case CHANGE_ASSUMPTION_SETTLED:
        return is_name(what, change->name) || is_name(change->name, what);
    case CHANGE_CRITERION_ADDED:
    case CHANGE_CRITERION_REMOVED:
    case CHANGE_CRITERION_REWORDED:
    case CHANGE_CRITERION_TICKED:
    case CHANGE_CRITERION_UNTICKED:
    case CHANGE_CRITERION_MOVED:
        return g_str_has_prefix(what, "criteri") && is_criterion(change, conflict->text);
    case CHANGE_SECTION_ADDED:
    case CHANGE_SECTION_REMOVED:
    case CHANGE_SECTION_CHANGED:
        return is_section(change, what);
    case CHANGE_ITEM_ADDED:
    case CHANGE_ITEM_REMOVED:
        return TRUE;
    case CHANGE_TEXT:
        return strcmp(what, "text") == 0;
    case CHANGE_QUESTION_ADDED:
    case CHANGE_QUESTION_REMOVED:
    case CHANGE_QUESTION_REWORDED:
    case CHANGE_QUESTION_ANSWERED:
    case CHANGE_QUESTION_REOPENED:
    case CHANGE_DECISION_ADDED:
    case CHANGE_DECISION_REMOVED:
    case CHANGE_DECISION_REWORDED:
        return is_section(change, what);
    case CHANGE_LAYOUT:
    case CHANGE_FILE:
        break;
    }
    return FALSE;
}

char *undo_words(const GPtrArray *changes, const struct undo_conflict *conflict)
{
    g_autoptr(GPtrArray) about = g_ptr_array_new();
    for (guint i = 0; i < changes->len; i++)
        if (is_about(changes->pdata[i], conflict))
            g_ptr_array_add(about, changes->pdata[i]);
    return about->len ? change_summary(about) : NULL;
}

/* What a decision made of what the conflict names; with any, of the item at all. NULL: nothing. */
static char *words_of(const struct history_item *item, const struct undo_conflict *conflict, gboolean any)
{
    g_autofree char *about = strcmp(conflict->what, "item") == 0 ? NULL : undo_words(item->changes, conflict);
    gboolean moved = item->old_path && strcmp(conflict->what, "place") == 0;

    if (about)
        return g_steal_pointer(&about);
    if (!any && !moved && strcmp(conflict->what, "item") != 0)
        return NULL;
    g_autoptr(GPtrArray) words = history_item_words(item);
    g_ptr_array_add(words, NULL);
    return moved ? g_strdup_printf("moved to %s", item->path) : g_strjoinv(", ", (char **)words->pdata);
}

/* -- who -- */

/* Whether the decision may have changed what the commit did: it is neither that commit nor older. */
static gboolean is_later(const struct undoing *undoing, const struct history_decision *decision)
{
    return !repo_is_ancestor(undoing->repo, decision->commit, undoing->undo->commit->id);
}

static gboolean match(struct undo_conflict *conflict, const struct history_decision *decision, gboolean any)
{
    for (guint i = 0; i < decision->items->len; i++) {
        const struct history_item *item = decision->items->pdata[i];
        char *words = strcmp(item->id, conflict->id) == 0 ? words_of(item, conflict, any) : NULL;
        if (!words)
            continue;
        g_free(conflict->words);
        conflict->words = words;
        conflict->decision = decision;
        return TRUE;
    }
    return FALSE;
}

/* Whether it is not yet known who made the conflict, and history can tell. */
static gboolean is_open(const struct undo_conflict *conflict)
{
    return !conflict->decision && !conflict->by_hand && !conflict->is_layout && conflict->id;
}

/* Matches the open conflicts against a decision, which is kept where it made one. Whether any are left. */
static gboolean match_all(struct undo *undo, struct history_decision *decision, gboolean any)
{
    gboolean open = FALSE, made = FALSE;

    for (guint i = 0; i < undo->conflicts->len; i++) {
        struct undo_conflict *conflict = undo->conflicts->pdata[i];
        if (!is_open(conflict))
            continue;
        gboolean matches = match(conflict, decision, any);
        made |= matches;
        open |= !matches;
    }
    if (made)
        g_ptr_array_add(undo->later, decision);
    else
        history_decision_free(decision);
    return open;
}

static gboolean any_is_open(const GPtrArray *conflicts)
{
    for (guint i = 0; i < conflicts->len; i++)
        if (is_open(conflicts->pdata[i]))
            return TRUE;
    return FALSE;
}

/* Goes through the history for the open conflicts; with any, the last decision about its item made each. */
static gboolean search(const struct undoing *undoing, const char *const *ids, gboolean any, GError **error)
{
    gboolean open = any_is_open(undoing->undo->conflicts);
    g_autoptr(History) history = open ? history_open(undoing->backlog->policy, "HEAD", ids, error) : NULL;
    GError *cause = NULL;

    if (!history)
        return !open;
    while (open) {
        struct history_decision *decision = history_next(history, &cause);
        if (!decision)
            break;
        if (is_later(undoing, decision))
            open = match_all(undoing->undo, decision, any);
        else
            history_decision_free(decision);
    }
    if (cause)
        g_propagate_error(error, cause);
    return !cause;
}

/* -- by hand -- */

/* What the work tree has otherwise than the last commit about the conflict; NULL: nothing. */
static char *words_by_hand(const struct undoing *undoing, const struct undo_conflict *conflict)
{
    const struct entry like = { .path = conflict->path, .id = conflict->id };
    const struct entry *head = undo_find(undoing->head, NULL, &like);
    const struct entry *now = undo_find(undoing->backlog, undoing->by_id, &like);
    g_autoptr(GBytes) before = head ? undo_read(undoing, undoing->head, head, NULL) : NULL;
    g_autoptr(GBytes) after = now ? backlog_read(undoing->backlog, now, NULL) : NULL;

    if (!before || !after)
        return (head != NULL) != (now != NULL) ? g_strdup(now ? "added" : "removed") : NULL;
    if (strcmp(conflict->what, "place") == 0)
        return strcmp(head->path, now->path) != 0 ? g_strdup_printf("moved to %s", now->path) : NULL;
    g_autoptr(Document) old = document_new(before, NULL), new = document_new(after, NULL);
    g_autoptr(GPtrArray) changes = change_list(undoing->backlog->policy, old, new);
    if (strcmp(conflict->what, "item") != 0)
        return undo_words(changes, conflict);
    return g_bytes_equal(before, after) ? NULL : changes->len ? change_summary(changes) : g_strdup("changed");
}

static void mark_by_hand(const struct undoing *undoing, struct undo_conflict *conflict)
{
    char *words = words_by_hand(undoing, conflict);

    if (!words)
        return;
    conflict->by_hand = TRUE;
    g_free(conflict->words);
    conflict->words = words;
}

/* -- */

/* The ids of the items of conflicts, each once. */
static const char *const *list_ids(const GPtrArray *conflicts)
{
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < conflicts->len; i++) {
        const struct undo_conflict *conflict = conflicts->pdata[i];
        if (conflict->id)
            g_hash_table_add(ids, conflict->id);
    }
    return (const char *const *)g_hash_table_get_keys_as_array(ids, NULL);
}

gboolean undo_since(struct undoing *undoing, GError **error)
{
    const GPtrArray *conflicts = undoing->undo->conflicts;
    g_autofree const char *const *ids = list_ids(conflicts);

    for (guint i = 0; i < conflicts->len; i++)
        mark_by_hand(undoing, conflicts->pdata[i]);
    return !ids[0] || (search(undoing, ids, FALSE, error) && search(undoing, ids, TRUE, error));
}
