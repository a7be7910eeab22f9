#include "record.h"

#include "plain.h"
#include "present.h"
#include "present_patch.h"
#include "repo.h"
#include "repo_patch.h"

#include <signal.h>
#include <string.h>

/* How much of the commit's id every line of a recorded decision ends with, as in git log --oneline. */
#define ABBREVIATED 7

/* -- what was decided -- */

static void add_decided(struct json *list, struct context *context, const struct decided *decided)
{
    g_autofree char *path = policy_display(context->policy, decided->path);
    struct json *object = json_add_object(list, NULL);

    json_add_string(object, "id", decided->id);
    json_add_string(object, "path", path);
    struct json *changes = json_add_array(object, "changes");
    for (guint i = 0; i < decided->changes->len; i++) {
        g_autofree char *text = change_print(decided->changes->pdata[i]);
        json_add_string(changes, NULL, text);
    }
}

static void print_json(struct context *context, const struct decision_outcome *outcome, gboolean dry_run,
                       const struct record_more *more)
{
    static const char *const results[] = {
        [DECISION_NOTHING] = "nothing",
        [DECISION_RECORDED] = "recorded",
        [DECISION_STAGED] = "staged",
        [DECISION_WRITTEN] = "written",
    };
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    json_add_string(json, "result", dry_run ? "dry-run" : results[outcome->result]);
    if (*outcome->commit)
        json_add_string(json, "commit", outcome->commit);
    struct json *list = json_add_array(json, "decisions");
    for (guint i = 0; i < outcome->items->len; i++)
        add_decided(list, context, outcome->items->pdata[i]);
    if (more->add)
        more->add(json, more->data);
    present_json(context, json);
}

static void print_text(struct context *context, const struct decision_outcome *outcome)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < outcome->items->len; i++) {
        const struct decided *decided = outcome->items->pdata[i];
        if (decided->part_of)
            continue;
        g_autofree char *line = plain_escape(decided->gist ? decided->gist : decided->summary, -1);
        g_autofree char *name =
            decided->id ? g_strdup(decided->id) : present_path(context->policy, decided->path);
        g_string_append_printf(text, "%s: %s", name, line);
        if (*outcome->commit)
            g_string_append_printf(text, " %s[%.*s]%s", output_sgr(context->output, TABLE_YELLOW),
                                   ABBREVIATED, outcome->commit, output_sgr(context->output, TABLE_PLAIN));
        g_string_append_c(text, '\n');
    }
    output_write(context->output, text->str);
}

/* What must be known besides: on standard error. */
static void warn(struct context *context, const struct decision_outcome *outcome)
{
    for (guint i = 0; i < outcome->warnings->len; i++)
        output_warning(context->output, "%s", (const char *)outcome->warnings->pdata[i]);
    if (outcome->no_repository && outcome->result == DECISION_WRITTEN)
        output_hint(context->output,
                    "no git repository is here: it is written, but not recorded; git init makes "
                    "one");
}

gboolean record_settle(struct context *context, GError **error)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    gboolean good = decision_recover(context->policy, warnings, error);

    for (guint i = 0; i < warnings->len; i++)
        output_warning(context->output, "%s", (const char *)warnings->pdata[i]);
    return good;
}

const char *record_given(const struct record_options *record)
{
    return record->reasons     ? "--message"
           : record->with      ? "--with"
           : record->no_commit ? "--no-commit"
           : record->dry_run   ? "--dry-run"
           : record->no_verify ? "--no-verify"
           : record->signoff   ? "--signoff"
                               : NULL;
}

/* -- the diff -- */

/* The path from the top of the work tree on, as patches have it. */
static char *from_top(const struct policy *policy, const char *path)
{
    gsize length = strlen(policy->top);

    if (strncmp(policy->root, policy->top, length) != 0 || policy->root[length] != '/')
        return g_strdup(path);
    return g_build_filename(policy->root + length + 1, path, NULL);
}

gboolean record_patch(struct context *context, const GPtrArray *drafts, GError **error)
{
    g_autoptr(GPtrArray) all = drafts_all(drafts);
    /* Where there is one: what makes patches is started with it, once and not for each of thousands. */
    g_autoptr(Repo) repo = repo_open(context->policy->root, NULL);

    for (guint i = 0; i < all->len; i++) {
        const struct draft *draft = all->pdata[i];
        GBytes *before = draft_origin(draft), *after = draft_result(draft);
        const char *from = draft->moved_from ? draft->moved_from : draft->path;
        const char *to = draft->move_to ? draft->move_to : draft->path;
        if (before && after && g_bytes_equal(before, after) && strcmp(from, to) == 0)
            continue;
        g_autofree char *old = from_top(context->policy, from), *new = from_top(context->policy, to);
        g_autoptr(GPtrArray) lines = repo_patch_lines(before ? old : NULL, new, before, after, error);
        if (!lines)
            return FALSE;
        present_patch(context->output, lines);
    }
    return TRUE;
}

/* -- */

static const struct record_more nothing_more;

static struct decision decision_of(const struct context *context, const struct record_more *more,
                                   char **reason)
{
    const struct record_options *options = context->record;

    *reason = options->reasons ? g_strjoinv("\n\n", options->reasons) : NULL;
    return (struct decision){
        .reason = *reason,
        .with = (const char *const *)options->with,
        .undoes = more->undoes,
        .stage = options->no_commit,
        .no_verify = options->no_verify,
        .signoff = options->signoff,
    };
}

struct decision record_decision(const struct context *context, char **reason)
{
    return decision_of(context, &nothing_more, reason);
}

static gboolean record(struct context *context, struct backlog *backlog, const GPtrArray *drafts,
                       const struct record_more *more, struct decision_outcome *outcome, GError **error)
{
    g_autofree char *reason = NULL;
    const struct decision decision = decision_of(context, more, &reason);
    gboolean good = decision_record(backlog, drafts, &decision, outcome, error);

    if (outcome->warnings)
        warn(context, outcome);
    if (good && *outcome->commit)
        output_promise(context->output, "it is recorded as %.*s", ABBREVIATED, outcome->commit);
    return good;
}

gboolean record_outcome(struct context *context, struct backlog *backlog, const GPtrArray *drafts,
                        struct decision_outcome *outcome, GError **error)
{
    return record(context, backlog, drafts, &nothing_more, outcome, error);
}

/* The diff, or with JSON what would be decided. */
static gboolean describe(struct context *context, struct backlog *backlog, const GPtrArray *drafts,
                         const struct record_more *more, struct decision_outcome *outcome, GError **error)
{
    g_autofree char *reason = NULL;
    const struct decision decision = decision_of(context, more, &reason);

    return decision_describe(backlog, drafts, &decision, outcome, error) &&
           (context->json || record_patch(context, drafts, error));
}

void record_end(struct context *context, struct decision_outcome *outcome)
{
    int signal = outcome->signal;

    decision_outcome_clear(outcome);
    if (signal) {
        output_flush(context->output);
        raise(signal);
    }
}

gboolean record_quietly(struct context *context, struct backlog *backlog, const GPtrArray *drafts,
                        GError **error)
{
    struct decision_outcome outcome = { 0 };
    gboolean good = record_outcome(context, backlog, drafts, &outcome, error);

    record_end(context, &outcome);
    return good;
}

int record_drafts(struct context *context, struct backlog *backlog, const GPtrArray *drafts, GError **error)
{
    return record_more(context, backlog, drafts, &nothing_more, error);
}

int record_more(struct context *context, struct backlog *backlog, const GPtrArray *drafts,
                const struct record_more *more, GError **error)
{
    struct decision_outcome outcome = { 0 };
    gboolean dry_run = context->record->dry_run;
    gboolean good = dry_run ? describe(context, backlog, drafts, more, &outcome, error)
                            : record(context, backlog, drafts, more, &outcome, error);

    if (good && context->json)
        print_json(context, &outcome, dry_run, more);
    else if (good && !dry_run)
        print_text(context, &outcome);
    record_end(context, &outcome);
    return good ? 0 : -1;
}
