#include "record.h"

#include "duplicate.h"
#include "ready.h"
#include "remark.h"

#include <string.h>

struct assignment {
    char *key;
    const char *value;
    enum draft_operation operation;
};

static void clear_assignment(gpointer data)
{
    g_free(((struct assignment *)data)->key);
}

/* KEY=VALUE, KEY+=VALUE or KEY-=VALUE. */
static gboolean parse_assignment(const char *text, struct assignment *assignment)
{
    const char *equal = strchr(text, '=');
    if (!equal || equal == text)
        return FALSE;
    const char *end = equal;
    assignment->operation = end[-1] == '+' ? DRAFT_ADD : end[-1] == '-' ? DRAFT_REMOVE : DRAFT_SET;
    if (assignment->operation != DRAFT_SET)
        end--;
    assignment->key = g_strndup(text, (gsize)(end - text));
    assignment->value = equal + 1;
    return end > text;
}

/* Two items cannot have the same place. */
static gboolean has_rank(const GArray *assignments)
{
    for (guint i = 0; i < assignments->len; i++)
        if (strcmp(g_array_index(assignments, struct assignment, i).key, "rank") == 0)
            return TRUE;
    return FALSE;
}

static gboolean is_drafted(const GPtrArray *drafts, const struct entry *entry)
{
    for (guint i = 0; i < drafts->len; i++)
        if (strcmp(((struct draft *)drafts->pdata[i])->path, entry->path) == 0)
            return TRUE;
    return FALSE;
}

/* What is dropped, or not ready any more, keeps the reason in the file, for a squash may lose that of the
 * commit.
 */
static gboolean remark(struct context *context, const GPtrArray *drafts, GError **error)
{
    g_autofree char *reason = NULL, *names = NULL;

    record_decision(context, &reason);
    for (guint i = 0; i < drafts->len; i++) {
        struct draft *draft = drafts->pdata[i];
        gboolean dropped = duplicate_needs_remark(draft, reason), unready = ready_needs_remark(draft, reason);
        if (!dropped && !unready)
            continue;
        if (!names)
            names = remark_names(context->policy, (const char *const *)context->record->with, error);
        if (!names || !(dropped ? duplicate_remark(draft, names, reason, error)
                                : ready_remark(draft, names, reason, error)))
            return FALSE;
    }
    return TRUE;
}

/* What is begun without having been declared ready is an error of the check. */
static void warn_skipped(struct context *context, const GPtrArray *drafts)
{
    for (guint i = 0; i < drafts->len; i++) {
        struct draft *draft = drafts->pdata[i];
        if (draft->id && ready_is_skipped(draft))
            output_hint(
                context->output,
                "%s was never declared ready, which refine check refuses: refine ready %s says what it "
                "lacks",
                draft->id, draft->id);
    }
}

/* Ids first, then assignments. */
static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    g_autoptr(GArray) assignments = g_array_new(FALSE, TRUE, sizeof(struct assignment));
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    gsize ids = 0;

    g_array_set_clear_func(assignments, clear_assignment);
    if (!backlog)
        return -1;
    while (arguments[ids] && !strchr(arguments[ids], '='))
        ids++;
    for (gsize i = ids; arguments[i]; i++) {
        struct assignment assignment = { 0 };
        gboolean good = parse_assignment(arguments[i], &assignment);
        g_array_append_val(assignments, assignment);
        if (!good && !strchr(arguments[i], '='))
            return usage_error(error, "all ids go before the first KEY=VALUE, %s too", arguments[i]);
        if (!good)
            return usage_error(error, "expected KEY=VALUE, KEY+=VALUE or KEY-=VALUE, saw %s", arguments[i]);
    }
    if (ids > 1 && has_rank(assignments))
        return usage_error(error, "a rank is set for one item at a time; refine order moves several");
    if (ids == 0 || assignments->len == 0)
        return usage_error(error, "expected one or more ids, then what to set: refine set ID estimate=5");
    for (gsize i = 0; i < ids; i++) {
        const struct entry *entry = backlog_find(backlog, arguments[i], error);
        if (entry && is_drafted(drafts, entry))
            continue;
        struct draft *draft = entry ? draft_open(backlog, entry, error) : NULL;
        if (!draft)
            return -1;
        g_ptr_array_add(drafts, draft);
        for (guint j = 0; j < assignments->len; j++) {
            const struct assignment *one = &g_array_index(assignments, struct assignment, j);
            if (!draft_assign(draft, one->key, one->operation, one->value, error))
                return -1;
        }
    }
    int status = remark(context, drafts, error) ? record_drafts(context, backlog, drafts, error) : -1;
    if (status == 0)
        warn_skipped(context, drafts);
    return status;
}

const struct command command_set = {
    .name = "set",
    .arguments = "ID… KEY=VALUE…",
    .summary = "Set fields of items: KEY=VALUE, of lists KEY+=VALUE and KEY-=VALUE; KEY= removes.",
    .needs = NEEDS_POLICY | RECORDS,
    .least = 2,
    .most = G_MAXUINT,
    .run = run,
};
