#include "record.h"

#include "adopt.h"

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    g_autoptr(Repo) repo = backlog ? repo_open(context->policy->root, error) : NULL;
    g_autoptr(GPtrArray) drafts =
        repo ? adopt_changed(backlog, repo, (const char *const *)arguments, error) : NULL;

    if (!drafts)
        return -1;
    if (drafts->len == 0 && !context->json)
        output_hint(context->output, "%s as the last commit has %s: there is nothing to record",
                    arguments[0] ? "it is" : "all items are", arguments[0] ? "it" : "them");
    return record_drafts(context, backlog, drafts, error);
}

const struct command command_commit = {
    .name = "commit",
    .arguments = "[ID…]",
    .summary = "Record what was changed by hand as a decision; new items get their id and rank.",
    .needs = NEEDS_POLICY | RECORDS,
    .most = G_MAXUINT,
    .run = run,
};
