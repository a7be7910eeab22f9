#include "ready.h"

#include "meant.h"
#include "present.h"
#include "ready_board.h"
#include "ready_list.h"
#include "record.h"
#include "remark.h"

#include <stddef.h>

struct ready_options {
    gboolean revoke;
};

static const struct option table[] = {
    { "revoke", 0, OPTION_FLAG, offsetof(struct ready_options, revoke), NULL,
      "take it back: refined again, with the reason of -m under Decisions" },
    { 0 },
};

/* Each of the items that are meant, once. */
static GPtrArray *find_entries(struct context *context, struct backlog *backlog, char **words, GError **error)
{
    g_autoptr(GPtrArray) entries = g_ptr_array_new();

    for (gsize i = 0; words[i]; i++) {
        const struct entry *entry = meant_find(context, backlog, words[i], error);
        if (!entry)
            return NULL;
        if (!g_ptr_array_find(entries, entry, NULL))
            g_ptr_array_add(entries, (gpointer)entry);
    }
    return g_steal_pointer(&entries);
}

/* -- declaring -- */

struct telling {
    struct context *context;
    const struct ready *ready;
};

static void add_items(struct json *object, gpointer data)
{
    const struct telling *telling = data;
    ready_list_json(object, telling->context, telling->ready);
}

/* Something is missing: nothing is decided. */
static int refuse(struct context *context, const struct ready *ready)
{
    if (!context->json) {
        ready_list_print(context, ready);
        return 1;
    }
    g_autoptr(Json) json = json_new_object();
    json_add_integer(json, "version", 1);
    json_add_string(json, "result", "nothing");
    json_add_array(json, "decisions");
    ready_list_json(json, context, ready);
    present_json(context, json);
    return 1;
}

static int declare(struct context *context, struct backlog *backlog, const GPtrArray *entries, GError **error)
{
    g_autoptr(Ready) ready = ready_judge(backlog, entries, error);

    if (!ready)
        return -1;
    if (ready->missing)
        return refuse(context, ready);
    g_autoptr(GPtrArray) drafts = ready_declare(ready, context->record->no_commit ? ":" : "HEAD", error);
    struct telling telling = { context, ready };
    const struct record_more more = { .add = add_items, .data = &telling };
    int status = drafts ? record_more(context, backlog, drafts, &more, error) : -1;
    if (status == 0 && !context->json && !context->record->dry_run)
        ready_list_told(context, ready);
    return status;
}

/* -- taking it back -- */

static int take_back(struct context *context, struct backlog *backlog, const GPtrArray *entries,
                     GError **error)
{
    g_autofree char *reason = NULL;

    record_decision(context, &reason);
    g_autofree char *names = remark_names(context->policy, (const char *const *)context->record->with, error);
    g_autoptr(GPtrArray) drafts = names ? ready_revoke(backlog, entries, names, reason, error) : NULL;
    return drafts ? record_drafts(context, backlog, drafts, error) : -1;
}

/* -- */

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct ready_options *given = options;
    const char *option = given->revoke ? "--revoke" : record_given(context->record);

    if (!arguments[0] && option)
        return usage_error(error, "%s goes with an item: expected ID", option);
    if (!arguments[0])
        return ready_board(context, error);
    if (!context->record->dry_run && !record_settle(context, error))
        return -1;
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    g_autoptr(GPtrArray) entries = backlog ? find_entries(context, backlog, arguments, error) : NULL;
    if (!entries)
        return -1;
    return given->revoke ? take_back(context, backlog, entries, error)
                         : declare(context, backlog, entries, error);
}

const struct command command_ready = {
    .name = "ready",
    .arguments = "[ID…]",
    .summary = "Declare items ready, where nothing is missing, or see how far the top of the backlog is.",
    .needs = NEEDS_POLICY | NEEDS_PAGER | RECORDS | SETTLES,
    .options_size = sizeof(struct ready_options),
    .options = table,
    .most = G_MAXUINT,
    .run = run,
};
