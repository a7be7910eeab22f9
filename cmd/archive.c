#include "record.h"

#include "archive.h"
#include "clock.h"
#include "query.h"

#include <stddef.h>
#include <string.h>

struct archive_options {
    gboolean reshard;
};

static const struct option table[] = {
    { "reshard", 0, OPTION_FLAG, offsetof(struct archive_options, reshard), NULL,
      "move items to where the policy's layout has them" },
    { 0 },
};

/* How many items a look at the backlog found, and how many of them stay. */
struct tally {
    guint meant;
    guint open;
};

static GPtrArray *draft_moves(struct backlog *backlog, const struct query *query, gboolean reshard,
                              struct tally *tally, GError **error)
{
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    g_autofree char *today = clock_today();
    g_autofree char *year = g_strndup(today, 4);
    GError *cause = NULL;

    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (!query_matches(query, item) || archive_holds(backlog->policy, item))
            continue;
        tally->meant++;
        if (!reshard && !archive_is_finished(backlog, item)) {
            tally->open++;
            continue;
        }
        struct draft *draft =
            reshard ? archive_reshard(backlog, item, &cause) : archive_draft(backlog, item, year, &cause);
        if (cause) {
            g_propagate_error(error, cause);
            return NULL;
        }
        if (draft)
            g_ptr_array_add(drafts, draft);
    }
    return g_steal_pointer(&drafts);
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct archive_options *given = options;
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    struct tally tally = { 0 };

    if (!backlog)
        return -1;
    backlog_load(backlog);
    g_autoptr(Query) query = query_parse(backlog, (const char *const *)arguments, error);
    g_autoptr(GPtrArray) drafts = query ? draft_moves(backlog, query, given->reshard, &tally, error) : NULL;
    if (!drafts)
        return -1;
    if (arguments[0] && tally.open > 0 && !given->reshard)
        output_hint(context->output, "%u of %u stay: only what is done, released or dropped is archived",
                    tally.open, tally.meant);
    if (drafts->len == 0 && !context->json)
        output_hint(context->output, given->reshard ? "all items are where the layout has them"
                                                    : "there is nothing to archive");
    return record_drafts(context, backlog, drafts, error);
}

const struct command command_archive = {
    .name = "archive",
    .arguments = "[QUERY…]",
    .summary = "Move finished items to the archive's folder of the year.",
    .needs = NEEDS_POLICY | RECORDS,
    .options_size = sizeof(struct archive_options),
    .options = table,
    .most = G_MAXUINT,
    .run = run,
};
