#include "record.h"

#include "adopt.h"

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    g_autoptr(Repo) repo = backlog ? repo_open(context->policy->root, error) : NULL;
    g_autoptr(GPtrArray) broken = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) drafts =
        repo ? adopt_changed(backlog, repo, (const char *const *)arguments, broken, error) : NULL;

    if (!drafts)
        return -1;
    for (guint i = 0; i < broken->len; i++)
        output_warning(context->output, "%s", (const char *)broken->pdata[i]);
    if (drafts->len == 0 && broken->len == 0 && !context->json)
        output_hint(context->output, "%s as the last commit has %s: there is nothing to record",
                    arguments[0] ? "it is" : "all items are", arguments[0] ? "it" : "them");
    int status = record_drafts(context, backlog, drafts, error);
    return status == 0 && broken->len > 0 ? 1 : status;
}

const struct command command_commit = {
    .name = "commit",
    .arguments = "[ID…]",
    .summary = "Record what was changed by hand as a decision; new items get their id and rank.",
    .needs = NEEDS_POLICY | RECORDS,
    .most = G_MAXUINT,
    .run = run,
};
