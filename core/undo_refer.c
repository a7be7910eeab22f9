#include "undo_private.h"

#include "rules.h"

#include <string.h>

/* Fields by which items lead to each other, or cease to. */
static const char *const leading[] = { "parent", "depends", "duplicate-of", "aliases", "status", "id", NULL };

/* What must not come of taking a decision back; other rules ask for what has to be decided anew. */
static const char *const rules[] = { "parse",         "conflict-marker",
                                     "duplicate-id",  "depends-dangling",
                                     "depends-cycle", NULL };

/* Whether the draft could change where a reference leads, or whether its file can be read. */
static gboolean may_mislead(struct draft *draft)
{
    if (draft->is_file)
        return FALSE;
    if (!draft->before || !draft->edit || draft->move_to)
        return TRUE;
    g_autoptr(GPtrArray) changes = draft_changes(draft);
    for (guint i = 0; i < changes->len; i++) {
        const struct change *change = changes->pdata[i];
        if (change->kind == CHANGE_LAYOUT || (change->name && g_strv_contains(leading, change->name)))
            return TRUE;
    }
    return edit_document(draft->edit)->front->root == NULL;
}

static GPtrArray *find_faults(struct backlog *backlog)
{
    const struct rules_options options = { .all = TRUE };
    GPtrArray *findings = rules_check(backlog, &options);

    for (guint i = findings->len; i-- > 0;)
        if (!g_strv_contains(rules, ((struct finding *)findings->pdata[i])->rule))
            g_ptr_array_remove_index(findings, i);
    return findings;
}

/* The same rule says the same of the same item, wherever its file is. */
static char *key_of(const struct finding *finding)
{
    g_autofree char *name = g_path_get_basename(finding->path);
    return g_strdup_printf("%s %s %s", finding->rule, name, finding->message);
}

/* The backlog as it would be. */
static struct backlog *overlay(const struct undoing *undoing, GError **error)
{
    const GPtrArray *drafts = undoing->undo->drafts;
    struct backlog *backlog = backlog_open(undoing->backlog->policy, NULL, error);

    if (!backlog)
        return NULL;
    backlog_keep_index(backlog);
    for (guint i = 0; i < drafts->len; i++) {
        const struct draft *draft = drafts->pdata[i];
        if (draft->is_file)
            continue;
        if (draft->move_to)
            backlog_overlay(backlog, draft->path, NULL);
        backlog_overlay(backlog, draft->move_to ? draft->move_to : draft->path, draft_result(draft));
    }
    return backlog;
}

gboolean undo_refer(struct undoing *undoing, GError **error)
{
    const struct undo *undo = undoing->undo;
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gboolean wanted = FALSE;

    for (guint i = 0; i < undo->drafts->len && !wanted; i++)
        wanted = may_mislead(undo->drafts->pdata[i]);
    g_autoptr(Backlog) then = wanted ? overlay(undoing, error) : NULL;
    if (!then)
        return !wanted;
    g_autoptr(GPtrArray) before = find_faults(undoing->backlog), after = find_faults(then);
    for (guint i = 0; i < before->len; i++)
        g_hash_table_add(known, key_of(before->pdata[i]));
    for (guint i = after->len; i-- > 0;) {
        g_autofree char *key = key_of(after->pdata[i]);
        if (g_hash_table_contains(known, key))
            g_ptr_array_remove_index(after, i);
    }
    g_ptr_array_extend_and_steal(undo->findings, g_steal_pointer(&after));
    return TRUE;
}
