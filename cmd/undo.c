#include "log_words.h"
#include "plain.h"
#include "present.h"
#include "present_finding.h"
#include "record.h"

#include "undo.h"

#include <stddef.h>

struct undo_options {
    char *mainline;
};

static const struct option table[] = {
    { "mainline", 0, OPTION_TEXT, offsetof(struct undo_options, mainline), "N",
      "of a merge, the parent to go back to, from 1" },
    { 0 },
};

/* -- what was taken back -- */

static void add_decision(struct json *object, const char *key, const struct history_decision *decision)
{
    g_autofree char *time = log_time(decision, "%Y-%m-%dT%H:%M:%S%:z");
    struct json *one = json_add_object(object, key);

    json_add_string(one, "commit", decision->commit);
    json_add_string(one, "author", decision->author_name);
    json_add_string(one, "time", time);
}

static void add_conflict(struct json *list, const struct policy *policy, const struct undo_conflict *conflict)
{
    g_autofree char *path = policy_display(policy, conflict->path);
    struct json *object = json_add_object(list, NULL);

    json_add_string(object, "id", conflict->id);
    json_add_string(object, "path", path);
    json_add_string(object, "what", conflict->what);
    json_add_string(object, "since", conflict->words);
    json_add_boolean(object, "recorded", !conflict->by_hand);
    if (conflict->decision)
        add_decision(object, "by", conflict->decision);
}

/* What is taken back, and what stands against it. */
struct told {
    const struct policy *policy;
    const struct undo *undo;
};

static void add_undone(struct json *object, gpointer data)
{
    const struct told *told = data;
    const struct undo *undo = told->undo;

    json_add_string(object, "undone", undo->commit->id);
    struct json *others = json_add_array(object, "others");
    for (guint i = 0; i < undo->others->len; i++)
        json_add_string(others, NULL, undo->others->pdata[i]);
    struct json *conflicts = json_add_array(object, "conflicts");
    for (guint i = 0; i < undo->conflicts->len; i++)
        add_conflict(conflicts, told->policy, undo->conflicts->pdata[i]);
    struct json *findings = json_add_array(object, "findings");
    present_findings_json(findings, undo->findings, NULL, told->policy);
}

/* What else the commit changed. */
static void say_others(struct context *context, const struct undo *undo)
{
    const GPtrArray *others = undo->others;
    g_autoptr(GString) list = g_string_new(NULL);

    for (guint i = 0; i < MIN(others->len, 3); i++)
        g_string_append_printf(list, "%s%s", i ? ", " : "", (const char *)others->pdata[i]);
    if (others->len > 3)
        g_string_append_printf(list, " and %u more", others->len - 3);
    if (others->len)
        output_hint(context->output, "what %s changed beside items stays: %s", undo->commit->short_id,
                    list->str);
}

static void say_nothing(struct context *context, const struct undo *undo)
{
    const char *id = undo->commit->short_id;

    if (undo->unrecorded)
        output_hint(
            context->output,
            "it is as it was before %s already, but not in the last commit: refine commit records that", id);
    else
        output_hint(context->output, "all is as it was before %s already: there is nothing to take back", id);
}

/* -- what stands against it -- */

static char *name_of(const struct context *context, const struct undo_conflict *conflict)
{
    return conflict->id ? plain_escape(conflict->id, -1) : present_path(context->policy, conflict->path);
}

static void print_conflict(struct context *context, const struct undo_conflict *conflict, GString *out)
{
    struct output *output = context->output;
    const struct history_decision *decision = conflict->decision;
    g_autofree char *name = name_of(context, conflict);
    g_autofree char *words = plain_escape(conflict->words ? conflict->words : conflict->what, -1);

    g_string_append_printf(out, "  %s: %s", name, words);
    if (decision) {
        g_autofree char *who =
            plain_escape(*decision->author_name ? decision->author_name : decision->author_email, -1);
        g_autofree char *day = log_time(decision, "%Y-%m-%d");
        g_string_append_printf(out, ", by %s, %s %s[%s]%s", who, day ? day : "(no date)",
                               output_sgr(output, TABLE_YELLOW), decision->short_commit,
                               output_sgr(output, TABLE_PLAIN));
    } else if (conflict->by_hand) {
        g_string_append(out, ", by hand, and not recorded");
    }
    g_string_append_c(out, '\n');
}

static void print_text(struct context *context, const struct undo *undo)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const char *id = undo->commit->short_id;

    if (undo->conflicts->len)
        g_string_append_printf(out, "%s is not taken back, for what it decided was decided anew:\n", id);
    for (guint i = 0; i < undo->conflicts->len; i++)
        print_conflict(context, undo->conflicts->pdata[i], out);
    if (undo->findings->len)
        g_string_append_printf(out, "%s is not taken back, for that would leave:\n", id);
    present_findings(out, context->output, undo->findings, context->policy, TRUE);
    output_write(context->output, out->str);
}

/* The ways out. */
static void say_ways(struct context *context, const struct undo *undo)
{
    g_autoptr(GString) later = g_string_new(NULL);
    const char *by_hand = NULL;

    for (guint i = 0; i < undo->conflicts->len; i++) {
        const struct undo_conflict *conflict = undo->conflicts->pdata[i];
        if (conflict->by_hand)
            by_hand = conflict->id ? conflict->id : conflict->path;
    }
    for (guint i = 0; i < undo->later->len; i++)
        g_string_append_printf(later, "%srefine undo %s", i ? ", " : "",
                               ((struct history_decision *)undo->later->pdata[i])->short_commit);
    if (later->len)
        output_hint(context->output, "%s first, or decide anew with refine set or refine edit", later->str);
    if (by_hand)
        output_hint(context->output, "refine commit %s records your own edits, git restore takes them back",
                    by_hand);
    if (undo->findings->len)
        output_hint(context->output, "change what points there first, with refine set");
}

static void print_json(struct context *context, const struct undo *undo)
{
    struct told told = { context->policy, undo };
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    json_add_string(json, "result", "refused");
    json_add_array(json, "decisions");
    add_undone(json, &told);
    present_json(context, json);
}

static int refuse(struct context *context, struct undo *undo)
{
    if (context->json)
        print_json(context, undo);
    else
        print_text(context, undo);
    say_ways(context, undo);
    return 1;
}

/* -- which -- */

/* The commit of the last decision on the current branch, which is said. NULL on error. */
static char *find_last(struct context *context, GError **error)
{
    g_autoptr(History) history = history_open(context->policy, "HEAD", NULL, error);
    GError *cause = NULL;
    g_autoptr(HistoryDecision) decision = history ? history_next(history, &cause) : NULL;

    if (cause)
        g_propagate_error(error, cause);
    else if (history && !decision)
        g_set_error(error, UNDO_ERROR, UNDO_ERROR_COMMIT,
                    "there is no decision yet that could be taken back%s",
                    history_is_cut(history)
                        ? ": the history is that of a shallow clone; git fetch --unshallow gets the rest"
                        : "");
    if (!decision)
        return NULL;
    g_autoptr(RepoCommit) vote = NULL;
    if (!undo_last_vote(context->policy, decision->commit, &vote, error))
        return NULL;
    if (vote) {
        output_hint(context->output, "the last decision: %s %s", vote->short_id, vote->subject);
        return g_strdup(vote->id);
    }
    g_autofree char *day = log_time(decision, "%Y-%m-%d");
    output_hint(context->output, "the last decision: %s %s %s: %s", decision->short_commit,
                day ? day : "(no date)", decision->author_name, decision->subject);
    return g_strdup(decision->commit);
}

static gboolean parse_mainline(const char *text, guint *mainline, GError **error)
{
    guint64 number = 0;

    *mainline = 0;
    if (!text)
        return TRUE;
    if (!g_ascii_string_to_unsigned(text, 10, 1, G_MAXUINT16, &number, NULL)) {
        usage_error(error, "--mainline: expected the number of a parent, from 1, saw %s", text);
        return FALSE;
    }
    *mainline = (guint)number;
    return TRUE;
}

/* An id in the place of a commit is a slip that is easily made. */
static void explain_id(struct backlog *backlog, const char *word, GError **error)
{
    if (error && g_error_matches(*error, REPO_ERROR, REPO_ERROR_REVISION) &&
        backlog_find(backlog, word, NULL)) {
        g_autofree char *message =
            g_strdup_printf("%s is an item: expected a commit, one of refine log %s", word, word);
        g_clear_error(error);
        g_set_error_literal(error, REPO_ERROR, REPO_ERROR_REVISION, message);
    }
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct undo_options *given = options;
    guint mainline;

    if (!parse_mainline(given->mainline, &mainline, error))
        return -1;
    if (arguments[0] && !*arguments[0])
        return usage_error(error, "expected a commit, saw an empty word");
    g_autofree char *commit = arguments[0] ? g_strdup(arguments[0]) : find_last(context, error);
    g_autoptr(Backlog) backlog = commit ? backlog_open(context->policy, NULL, error) : NULL;
    g_autoptr(Undo) undo = backlog ? undo_open(backlog, commit, mainline, error) : NULL;

    if (!undo) {
        if (backlog)
            explain_id(backlog, commit, error);
        return -1;
    }
    if (!undo_is_clear(undo))
        return refuse(context, undo);
    struct told told = { context->policy, undo };
    const struct record_more more = { undo->commit->id, add_undone, &told };
    int status = record_more(context, backlog, undo->drafts, &more, error);
    if (status == 0 && !undo_changes(undo))
        say_nothing(context, undo);
    if (status == 0)
        say_others(context, undo);
    return status;
}

const struct command command_undo = {
    .name = "undo",
    .arguments = "[COMMIT]",
    .summary = "Take back a decision by a new one.",
    .needs = NEEDS_POLICY | RECORDS,
    .options_size = sizeof(struct undo_options),
    .options = table,
    .most = 1,
    .run = run,
};
