#include "estimate_round.h"
#include "estimate_suggest.h"
#include "meant.h"
#include "record.h"

#include "plain.h"
#include "remark.h"
#include "round.h"
#include "vote_cast.h"

#include <stddef.h>
#include <string.h>

struct estimate_options {
    char *vote;
    char *as;
    gboolean seal;
    gboolean reveal;
    gboolean reveal_all;
    gboolean suggest;
    gboolean clear;
};

static const struct option table[] = {
    { "vote", 0, OPTION_TEXT, offsetof(struct estimate_options, vote), "VALUE",
      "vote with a value of the scale, or with \"?\"" },
    { "as", 0, OPTION_TEXT, offsetof(struct estimate_options, as), "WHO",
      "vote, or reveal, for somebody else" },
    { "seal", 0, OPTION_FLAG, offsetof(struct estimate_options, seal), NULL,
      "let nobody see the vote before all are revealed" },
    { "reveal", 0, OPTION_FLAG, offsetof(struct estimate_options, reveal), NULL, "reveal a sealed vote" },
    { "reveal-all", 0, OPTION_FLAG, offsetof(struct estimate_options, reveal_all), NULL,
      "go on without those who have not revealed" },
    { "suggest", 0, OPTION_FLAG, offsetof(struct estimate_options, suggest), NULL,
      "show what finished items like it were; nothing is recorded" },
    { "clear", 0, OPTION_FLAG, offsetof(struct estimate_options, clear), NULL,
      "end the round without a value" },
    { 0 },
};

/* What the command is asked to do. */
struct task {
    struct context *context;
    const struct estimate_options *given;
    const char *value; /* the team's; NULL: none */
    struct backlog *backlog;
    const struct entry *entry;
    struct votes *votes;
    GPtrArray *drafts;
};

/* -- what goes together -- */

static gboolean check_options(const struct context *context, const struct estimate_options *given,
                              const char *value, GError **error)
{
    const struct {
        gboolean given;
        const char *name;
    } all[] = {
        { value != NULL, value },        { given->vote != NULL, "--vote" },
        { given->reveal, "--reveal" },   { given->reveal_all, "--reveal-all" },
        { given->suggest, "--suggest" }, { given->clear, "--clear" },
    };
    const char *first = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        if (all[i].given && first)
            return usage_error(error, "%s and %s are two things: give one of them", first, all[i].name) == 0;
        if (all[i].given)
            first = all[i].name;
    }
    const char *recorded = record_given(context->record);
    if (given->as && !given->vote && !given->reveal)
        return usage_error(error, "--as goes with --vote or --reveal: it says whose vote it is") == 0;
    if (given->seal && !given->vote)
        return usage_error(error, "--seal goes with --vote") == 0;
    if ((!first || given->suggest) && recorded)
        return usage_error(error,
                           "%s goes with a value, --vote, --reveal, --reveal-all or --clear: to show "
                           "something records nothing",
                           recorded) == 0;
    return TRUE;
}

/* -- one's own vote -- */

static void hint_at_sealed(const struct task *task)
{
    const struct votes *votes = task->votes;
    g_autofree char *sealed = votes_names(votes, VOTE_SEALED);

    if (sealed)
        output_hint(task->context->output,
                    "others sealed their votes (%s), and this one can be read: --seal hides it", sealed);
}

static int vote(const struct task *task, GError **error)
{
    const struct estimate_options *given = task->given;
    const struct policy *policy = task->context->policy;
    gboolean seals = given->seal || g_strcmp0(policy_text(policy, "estimate.votes"), "sealed") == 0;
    struct vote_secret secret = { 0 };
    struct voter voter = { 0 };
    int status = -1;

    struct draft *draft =
        voter_find(policy, given->as, &voter, error)
            ? vote_cast(task->backlog, task->votes, &voter, given->vote, seals ? &secret : NULL, error)
            : NULL;
    if (draft) {
        g_ptr_array_add(task->drafts, draft);
        if (!seals)
            hint_at_sealed(task);
        if (!seals || task->context->record->dry_run || vote_secret_keep(policy, &secret, error))
            status = record_drafts(task->context, task->backlog, task->drafts, error);
    }
    voter_clear(&voter);
    vote_secret_clear(&secret);
    return status;
}

/* -- the others -- */

static void warn_of_absent(const struct task *task)
{
    const GPtrArray *absent = task->votes->absent;

    if (absent->len == 0)
        return;
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < absent->len; i++)
        g_string_append_printf(list, "%s%s", i ? ", " : "", (const char *)absent->pdata[i]);
    output_warning(task->context->output, "no vote of %s yet", list->str);
}

static void warn_of_late(const struct task *task)
{
    for (guint i = 0; i < task->votes->late->len; i++) {
        const struct vote *late = task->votes->late->pdata[i];
        output_warning(task->context->output, "the vote of %s in round %u came too late: it is round %u now",
                       late->name, late->round, task->votes->round);
    }
}

static int reveal(const struct task *task, GError **error)
{
    struct voter voter = { 0 };
    struct draft *draft =
        voter_find(task->context->policy, task->given->as, &voter, error)
            ? vote_reveal(task->backlog, task->votes, &voter, task->context->record->dry_run, error)
            : NULL;
    voter_clear(&voter);
    if (!draft)
        return -1;
    g_ptr_array_add(task->drafts, draft);
    warn_of_absent(task);
    return record_drafts(task->context, task->backlog, task->drafts, error);
}

static int record_all(const struct task *task, GPtrArray *drafts, GError **error)
{
    if (!drafts)
        return -1;
    g_ptr_array_extend_and_steal(task->drafts, drafts);
    return record_drafts(task->context, task->backlog, task->drafts, error);
}

static int reveal_all(const struct task *task, GError **error)
{
    g_autofree char *missing = votes_missing(task->backlog, task->votes), *reason = NULL, *names = NULL;
    const struct decision decision = record_decision(task->context, &reason);
    g_autofree char *line = reason ? remark_line(reason) : NULL;
    const char *why = line && *line ? line : NULL;

    if (missing && why && !(names = remark_names(task->context->policy, decision.with, error)))
        return -1;
    if (task->votes->votes->len == 0)
        output_hint(task->context->output, "nobody has voted on %s in this round", task->votes->id);
    return record_all(
        task, votes_reveal_all(task->backlog, task->votes, names, why, task->context->record->dry_run, error),
        error);
}

static int clear(const struct task *task, GError **error)
{
    if (task->votes->votes->len == 0 && task->votes->late->len == 0)
        output_hint(task->context->output, "nobody has voted on %s in this round", task->votes->id);
    return record_all(task, votes_clear(task->backlog, task->votes), error);
}

/* -- the team's value -- */

/* Why it is that value where the votes are far apart: under Decisions of the item. */
static gboolean explain(const struct task *task, struct draft *draft, GError **error)
{
    const struct policy *policy = task->context->policy;
    g_autoptr(GPtrArray) values = g_ptr_array_new();
    g_autofree char *reason = NULL;
    const struct decision decision = record_decision(task->context, &reason);

    for (guint i = 0; i < task->votes->votes->len; i++) {
        const struct vote *each = task->votes->votes->pdata[i];
        if (each->value)
            g_ptr_array_add(values, each->value);
    }
    const char **all = (const char **)values->pdata;
    if (round_of(policy, all, values->len).verdict != ROUND_DISCUSS)
        return TRUE;
    g_autofree char *said = round_print(policy, all, values->len);
    g_autofree char *line = reason ? remark_line(reason) : g_strdup("");
    if (!*line) {
        g_set_error(error, VOTE_ERROR, VOTE_ERROR_REASON,
                    "%s: the votes are apart (%s): -m REASON says why it is %s, and is kept under Decisions",
                    task->votes->id, said, task->value);
        return FALSE;
    }
    g_autofree char *missing = votes_names(task->votes, VOTE_MISSING);
    g_autofree char *text = g_strdup_printf("estimate %s after %s%s%s: %s", task->value, said,
                                            missing ? " without " : "", missing ? missing : "", line);
    g_autofree char *names = remark_names(policy, decision.with, error);
    return names && remark_decide(draft, names, text, NULL, error);
}

/* An empty word sets a field to nothing elsewhere; to end a round that way is a slip, such as an unset
 * variable of a script. */
static gboolean check_value(const struct task *task, GError **error)
{
    if (!*task->value)
        g_set_error(
            error, VOTE_ERROR, VOTE_ERROR_ROUND,
            "expected a value of the scale, saw nothing; refine set %s estimate= removes the estimate",
            task->votes->id);
    return *task->value != '\0';
}

static int estimate(const struct task *task, GError **error)
{
    if (!votes_check(task->backlog, task->votes, error) || !check_value(task, error))
        return -1;
    struct draft *draft = draft_open(task->backlog, task->entry, error);
    if (!draft)
        return -1;
    g_ptr_array_add(task->drafts, draft);
    if (!draft_assign(draft, "estimate", DRAFT_SET, task->value, error) || !explain(task, draft, error))
        return -1;
    warn_of_absent(task);
    return record_all(task, votes_fold(draft, task->votes, error), error);
}

/* -- */

static int run_task(const struct task *task, GError **error)
{
    const struct estimate_options *given = task->given;

    if (!given->vote && !given->reveal && !given->suggest)
        warn_of_late(task);
    return task->value         ? estimate(task, error)
           : given->vote       ? vote(task, error)
           : given->reveal     ? reveal(task, error)
           : given->reveal_all ? reveal_all(task, error)
           : given->clear      ? clear(task, error)
           : given->suggest
               ? estimate_suggest(task->context, task->backlog, task->entry, error)
               : estimate_show_round(task->context, task->backlog, task->entry, task->votes, error);
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct estimate_options *given = options;
    struct task task = { .context = context, .given = given, .value = arguments[1] };
    gboolean records = task.value || given->vote || given->reveal || given->reveal_all || given->clear;

    if (!check_options(context, given, task.value, error))
        return -1;
    if (!records)
        output_page(context->output);
    else if (!context->record->dry_run && !record_settle(context, error))
        return -1;
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    task.backlog = backlog;
    task.entry = backlog ? meant_find(context, backlog, arguments[0], error) : NULL;
    if (!task.entry)
        return -1;
    const char *id = backlog_id(backlog, task.entry);
    if (!id) {
        g_autofree char *path = policy_display(context->policy, task.entry->path);
        g_set_error(error, VOTE_ERROR, VOTE_ERROR_ROUND,
                    "%s has no id yet, by which votes go; refine commit gives it one", path);
        return -1;
    }
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    g_autoptr(Votes) votes = votes_read(backlog, id, error);
    task.drafts = drafts;
    task.votes = votes;
    return votes ? run_task(&task, error) : -1;
}

const struct command command_estimate = {
    .name = "estimate",
    .arguments = "ID [VALUE]",
    .summary = "Estimate an item: vote on it, show the round, record the team's value.",
    .needs = NEEDS_POLICY | RECORDS | SETTLES,
    .options_size = sizeof(struct estimate_options),
    .options = table,
    .least = 1,
    .most = 2,
    .run = run,
};
