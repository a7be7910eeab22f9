#include "decision_private.h"

#include "file.h"
#include "git_folder.h"
#include "merge3.h"
#include "merge_item.h"
#include "order.h"

#include <string.h>

G_DEFINE_QUARK(refine_decision, decision_error)

static void decided_free(gpointer data)
{
    struct decided *decided = data;
    g_free(decided->id);
    g_free(decided->path);
    g_ptr_array_unref(decided->changes);
    g_free(decided->summary);
    g_free(decided->parent);
    g_free(decided->gist);
    g_free(decided);
}

void decision_outcome_clear(struct decision_outcome *outcome)
{
    g_clear_pointer(&outcome->items, g_ptr_array_unref);
    g_clear_pointer(&outcome->warnings, g_ptr_array_unref);
}

/* -- other versions -- */

static GBytes *refuse_absent(const struct draft *draft, const char *why, GError **error)
{
    const char *name = draft->id ? draft->id : draft->path;
    g_set_error(error, DECISION_ERROR, DECISION_ERROR_ABSENT,
                "%s: %s; refine commit %s records your own edits of it first", name, why, name);
    return NULL;
}

/* The same edits of another version. */
static GBytes *derive_edited(GBytes *version, GBytes *before, GBytes *after, gpointer data, GError **error)
{
    const struct draft *draft = data;
    g_autoptr(GError) cause = NULL;

    if (!version)
        return refuse_absent(draft, "git does not have it yet", error);
    g_autoptr(Edit) edit = edit_new(version);
    if (edit_replay(draft->edit, edit, &cause))
        return g_bytes_ref(edit_bytes(edit));
    g_autofree char *why = g_strdup_printf("git's version of it differs there: %s", cause->message);
    return refuse_absent(draft, why, error);
}

/* All of the text was in the editor, so all of it goes where git has none. */
static GBytes *derive_rewritten(GBytes *version, GBytes *before, GBytes *after, gpointer data, GError **error)
{
    const struct draft *draft = data;

    if (!version)
        return g_bytes_ref(after);
    GBytes *merged = merge3_text(before, after, version, NULL);
    return merged ? merged
                  : refuse_absent(draft, "git's version of it differs in the lines that changed", error);
}

/* The same merge of another version. */
static GBytes *derive_merged(GBytes *version, GBytes *before, GBytes *after, gpointer data, GError **error)
{
    const struct draft *draft = data;
    const struct merge_labels labels = { 0 };

    if (!version)
        return refuse_absent(draft, "git does not have it there yet", error);
    g_autoptr(ItemMerge) merged =
        item_merge_new(draft->backlog->policy, before, version, after, &labels, error);
    if (!merged || merged->conflicts->len == 0)
        return merged ? g_bytes_ref(merged->bytes) : NULL;
    const struct merge_conflict *conflict = merged->conflicts->pdata[0];
    g_autofree char *why = g_strdup_printf("git's version of it differs there: %s", conflict->what);
    return refuse_absent(draft, why, error);
}

static commit_derive derive_for(const struct draft *draft)
{
    if (!draft->before || !draft->edit || draft->manner == DRAFT_WHOLE)
        return NULL;
    return draft->manner == DRAFT_MERGED      ? derive_merged
           : draft->manner == DRAFT_REWRITTEN ? derive_rewritten
                                              : derive_edited;
}

/* -- recording -- */

static void take_commit_outcome(struct decision_outcome *outcome, struct commit_outcome *from)
{
    outcome->signal = from->signal;
    memcpy(outcome->commit, from->commit, sizeof outcome->commit);
    if (from->warnings)
        g_ptr_array_extend_and_steal(outcome->warnings, g_steal_pointer(&from->warnings));
}

/* One path for git; NULL for NULL. */
static gboolean add_path(GPtrArray *paths, struct repo *repo, const struct policy *policy, const char *path,
                         const char **result, GError **error)
{
    char *relative = path ? repo_relative(repo, policy->root, path, error) : NULL;

    *result = relative;
    if (relative)
        g_ptr_array_add(paths, relative);
    return relative || !path;
}

/* The files of the drafts, in their order, and behind them those that people moved away by hand. */
static gboolean list_files(struct making *making, struct repo *repo, GPtrArray *paths, GArray *files,
                           GError **error)
{
    const struct policy *policy = making->backlog->policy;

    for (guint i = 0; i < making->drafts->len; i++) {
        struct draft *draft = making->drafts->pdata[i];
        const char *path, *from;
        if (!add_path(paths, repo, policy, draft->move_to ? draft->move_to : draft->path, &path, error) ||
            !add_path(paths, repo, policy, draft->move_to ? draft->path : NULL, &from, error))
            return FALSE;
        struct commit_file file = {
            path, from, draft->before, draft_result(draft), derive_for(draft), draft,
        };
        g_array_append_val(files, file);
    }
    for (guint i = 0; i < making->drafts->len; i++) {
        const struct draft *draft = making->drafts->pdata[i];
        struct commit_file file = { 0 };
        if (!add_path(paths, repo, policy, draft->moved_from, &file.path, error))
            return FALSE;
        if (file.path)
            g_array_append_val(files, file);
    }
    return TRUE;
}

static gboolean commit_drafts(struct making *making, struct repo *repo, gboolean stage, GError **error)
{
    g_autoptr(GArray) files = g_array_new(FALSE, TRUE, sizeof(struct commit_file));
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    const struct decision *decision = making->decision;
    struct commit_outcome outcome = { 0 };

    if (!list_files(making, repo, paths, files, error))
        return FALSE;
    const struct commit_request request = {
        .files = (const struct commit_file *)(gpointer)files->data,
        .n = files->len,
        .message = decision_write_message,
        .data = making,
        .stage = stage,
        .no_verify = decision->no_verify,
        .signoff = decision->signoff,
    };
    gboolean good = commit_run(repo, &request, &outcome, error);
    take_commit_outcome(making->outcome, &outcome);
    commit_outcome_clear(&outcome);
    return good;
}

/* The drafts that may change something: a file, or only git's version of it. */
static GPtrArray *find_effective(const GPtrArray *all, gboolean in_git)
{
    GPtrArray *effective = g_ptr_array_new();

    for (guint i = 0; i < all->len; i++) {
        const struct draft *draft = all->pdata[i];
        if (draft_is_changed(draft) ||
            (in_git && (draft->manner != DRAFT_EDITED || edit_has_steps(draft->edit))))
            g_ptr_array_add(effective, (gpointer)draft);
    }
    return effective;
}

/* The repository to record in; NULL, without error, where the files are only written. */
static struct repo *open_repository(struct making *making, GError **error)
{
    GError *cause = NULL;
    const char *mode = policy_text(making->backlog->policy, "decisions.commit");

    if (g_strcmp0(mode, "off") == 0)
        return NULL;
    struct repo *repo = repo_open(making->backlog->policy->root, &cause);
    if (g_error_matches(cause, REPO_ERROR, REPO_ERROR_NONE)) {
        making->outcome->no_repository = TRUE;
        g_error_free(cause);
    } else if (cause) {
        if (g_error_matches(cause, REPO_ERROR, REPO_ERROR_OPEN))
            g_set_error(error, REPO_ERROR, REPO_ERROR_OPEN,
                        "%s; with decisions.commit: off in the policy, files are written and recording is "
                        "left to git",
                        cause->message);
        else
            g_propagate_error(error, g_error_copy(cause));
        g_error_free(cause);
    }
    return repo;
}

gboolean decision_recover(const struct policy *policy, GPtrArray *warnings, GError **error)
{
    g_autofree char *folder = git_folder_find(policy->top);
    g_autofree char *journal = folder ? g_build_filename(folder, "refine", "journal", NULL) : NULL;

    if (!journal || !g_file_test(journal, G_FILE_TEST_EXISTS))
        return TRUE;
    g_autoptr(Repo) repo = repo_open(policy->root, error);
    return repo && commit_recover(repo, warnings, error);
}

static gboolean record(struct making *making, struct repo *repo, GError **error)
{
    const char *mode = policy_text(making->backlog->policy, "decisions.commit");
    gboolean stage = making->decision->stage || g_strcmp0(mode, "stage") == 0;
    struct decision_outcome *outcome = making->outcome;

    if (!repo) {
        g_auto(GStrv) known = decision_participants(making, error);
        if (!known || !drafts_write(making->backlog, making->drafts, error))
            return FALSE;
        outcome->result = DECISION_WRITTEN;
        decision_list_drafts(making);
        return TRUE;
    }
    if (!decision_check_references(making, stage, error) || !commit_drafts(making, repo, stage, error))
        return FALSE;
    outcome->result = *outcome->commit ? DECISION_RECORDED : stage ? DECISION_STAGED : DECISION_NOTHING;
    if (*outcome->commit)
        return TRUE;
    decision_list_drafts(making);
    for (guint i = 0; i < making->drafts->len && !stage; i++)
        if (draft_is_changed(making->drafts->pdata[i])) {
            g_ptr_array_add(outcome->warnings,
                            g_strdup("the last commit has it so already: there was nothing to record"));
            break;
        }
    return TRUE;
}

/* How often a decision is made anew on files that others keep changing. */
#define ATTEMPTS 50

/* Where another process changed one of the files meanwhile, the same edits are made to what it has now. */
static gboolean record_again(struct making *making, struct repo *repo, GError **error)
{
    for (guint attempt = 1;; attempt++) {
        g_autoptr(GError) cause = NULL;
        if (record(making, repo, &cause))
            return TRUE;
        gboolean changed = g_error_matches(cause, FILE_ERROR, FILE_ERROR_CHANGED);
        for (guint i = 0; i < making->drafts->len && changed; i++)
            changed = draft_renew(making->drafts->pdata[i], NULL);
        if (!changed || attempt == ATTEMPTS) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return FALSE;
        }
    }
}

static void begin(struct making *making)
{
    memset(making->outcome, 0, sizeof *making->outcome);
    making->outcome->items = g_ptr_array_new_with_free_func(decided_free);
    making->outcome->warnings = g_ptr_array_new_with_free_func(g_free);
}

gboolean decision_record(struct backlog *backlog, const GPtrArray *drafts, const struct decision *decision,
                         struct decision_outcome *outcome, GError **error)
{
    struct making making = { backlog, decision, outcome, NULL };
    GError *cause = NULL;

    begin(&making);
    order_positions(backlog, drafts);
    g_autoptr(Repo) repo = open_repository(&making, &cause);
    if (cause) {
        g_propagate_error(error, cause);
        return FALSE;
    }
    g_autoptr(GPtrArray) all = drafts_all(drafts);
    g_autoptr(GPtrArray) effective = find_effective(all, repo != NULL);
    making.drafts = effective->len ? effective : all;
    if (effective->len == 0) {
        decision_list_drafts(&making);
        return TRUE;
    }
    return decision_check_reason(&making, error) && drafts_check(effective, error) &&
           record_again(&making, repo, error);
}

gboolean decision_describe(struct backlog *backlog, const GPtrArray *drafts, const struct decision *decision,
                           struct decision_outcome *outcome, GError **error)
{
    g_autoptr(GPtrArray) all = drafts_all(drafts);
    struct making making = { backlog, decision, outcome, all };

    begin(&making);
    order_positions(backlog, drafts);
    g_auto(GStrv) known = decision_participants(&making, error);
    if (!known || !decision_check_reason(&making, error) || !drafts_check(all, error))
        return FALSE;
    decision_list_drafts(&making);
    return TRUE;
}
