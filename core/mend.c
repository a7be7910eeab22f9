#include "mend_private.h"

#include "repo.h"
#include "rules.h"

#include <string.h>

void mend_free(struct mend *mend)
{
    if (!mend)
        return;
    g_ptr_array_unref(mend->drafts);
    g_ptr_array_unref(mend->mended);
    g_ptr_array_unref(mend->left);
    g_ptr_array_unref(mend->staged);
    g_ptr_array_unref(mend->unknown);
    g_free(mend);
}

static struct mend *mend_start(struct backlog *backlog)
{
    struct mend *mend = g_new0(struct mend, 1);

    mend->backlog = backlog;
    mend->drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    mend->staged = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    mend->unknown = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    mend->mended = findings_new();
    mend->left = findings_new();
    return mend;
}

/* -- what the families need -- */

gboolean mend_is_wanted(const struct mend_run *run, const struct item *item)
{
    return !run->only || g_hash_table_contains(run->only, item->path);
}

gboolean mend_is_due(const struct mend_run *run, const char *rule, const struct item *item)
{
    return item->readable && mend_is_wanted(run, item) &&
           policy_severity(run->backlog->policy, rule, rule_find(rule)->severity, item_text(item, FIELD_TYPE),
                           item_texts(item, FIELD_LABELS)) != SEVERITY_OFF;
}

/* The place in the item's file, as it is before anything is mended. */
static struct position locate(const struct mend_run *run, const struct item *item, gsize offset)
{
    struct position none = { 0, 0 };
    g_autoptr(GBytes) bytes = backlog_read(run->backlog, backlog_entry(run->backlog, item->path), NULL);
    gsize length = bytes ? g_bytes_get_size(bytes) : 0;

    return bytes ? lines_locate(g_bytes_get_data(bytes, NULL), length, MIN(offset, length)) : none;
}

static void add(struct mend_run *run, GPtrArray *findings, const char *rule, const struct item *item,
                gsize offset, const char *help, const char *format, va_list arguments) G_GNUC_PRINTF(7, 0);

static void add(struct mend_run *run, GPtrArray *findings, const char *rule, const struct item *item,
                gsize offset, const char *help, const char *format, va_list arguments)
{
    const struct rule *known = rule_find(rule);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    struct finding *finding = finding_add_at(findings, known->name, known->severity,
                                             locate(run, item, offset), help, "%s", message);
    finding->path = g_strdup(item->path);
}

void mend_say(struct mend_run *run, const char *rule, const struct item *item, gsize offset,
              const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(run, run->mend->mended, rule, item, offset, NULL, format, arguments);
    va_end(arguments);
}

void mend_leave(struct mend_run *run, const char *rule, const struct item *item, gsize offset,
                const char *help, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(run, run->mend->left, rule, item, offset, help, format, arguments);
    va_end(arguments);
}

gboolean mend_try(struct mend_run *run, const char *rule, const struct item *item, gsize offset,
                  gboolean result, GError **error)
{
    if (!result)
        mend_leave(run, rule, item, offset, "do it by hand", "%s", (*error)->message);
    g_clear_error(error);
    return result;
}

struct draft *mend_draft(struct mend_run *run, const struct item *item)
{
    struct draft *draft = g_hash_table_lookup(run->drafts, item->path);
    g_autoptr(GError) cause = NULL;

    if (draft || g_hash_table_contains(run->broken, item->path))
        return draft;
    draft = draft_open(run->backlog, backlog_entry(run->backlog, item->path), &cause);
    if (draft) {
        g_hash_table_insert(run->drafts, g_strdup(item->path), draft);
        return draft;
    }
    g_hash_table_add(run->broken, g_strdup(item->path));
    mend_leave(run, "parse", item, 0, NULL, "nothing in it can be mended: %s", cause->message);
    return NULL;
}

struct origins *mend_origins(struct mend_run *run, GError **error)
{
    if (!run->origins_tried)
        run->origins = origins_open(run->backlog->policy, error);
    run->origins_tried = TRUE;
    return run->origins;
}

/* -- where the drafts go -- */

/* The paths, from the top of the work tree on, that the last commit or the index (revision ":") has; NULL
 * with an error. */
static GHashTable *paths_of(struct repo *repo, const char *revision, const char *folder, GError **error)
{
    g_autoptr(GHashTable) paths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gboolean unborn;

    if (!repo_is_unborn(repo, &unborn, error))
        return NULL;
    if (unborn && strcmp(revision, ":") != 0)
        return g_steal_pointer(&paths);
    g_autoptr(GPtrArray) files = repo_list(repo, revision, folder, error);
    for (guint i = 0; files && i < files->len; i++)
        g_hash_table_add(paths, g_strdup(((const struct repo_file *)files->pdata[i])->path));
    return files ? g_steal_pointer(&paths) : NULL;
}

/* The repository that the backlog is in; NULL without an error where there is none. */
static struct repo *open_repository(const struct policy *policy, GError **error)
{
    GError *cause = NULL;
    struct repo *repo = repo_open(policy->root, &cause);

    if (g_error_matches(cause, REPO_ERROR, REPO_ERROR_NONE))
        g_clear_error(&cause);
    if (cause)
        g_propagate_error(error, cause);
    return repo;
}

static gint compare_drafts(gconstpointer a, gconstpointer b)
{
    return strcmp((*(struct draft *const *)a)->path, (*(struct draft *const *)b)->path);
}

/* What changes, by path; all of it leaves the run. */
static GPtrArray *take_changed(struct mend_run *run)
{
    GPtrArray *changed = g_ptr_array_new();
    GHashTableIter iter;
    gpointer path, draft;

    g_hash_table_iter_init(&iter, run->drafts);
    while (g_hash_table_iter_next(&iter, &path, &draft))
        if (draft_is_changed(draft)) {
            g_ptr_array_add(changed, draft);
            g_hash_table_iter_steal(&iter);
            g_free(path);
        }
    g_ptr_array_sort(changed, compare_drafts);
    return changed;
}

/* A decision is made of what git has: other files are a person's own work, which stays as uncommitted as it
 * is. */
static void share_out(struct mend_run *run, const GPtrArray *changed, struct repo *repo, GHashTable *head,
                      GHashTable *index)
{
    for (guint i = 0; i < changed->len; i++) {
        struct draft *draft = changed->pdata[i];
        g_autofree char *path =
            repo ? repo_relative(repo, run->backlog->policy->root, draft->path, NULL) : NULL;
        gboolean known = !path || g_hash_table_contains(head, path);
        GPtrArray *list = known                                ? run->mend->drafts
                          : g_hash_table_contains(index, path) ? run->mend->staged
                                                               : run->mend->unknown;
        g_ptr_array_add(list, draft);
    }
}

static gboolean sort_out(struct mend_run *run, GError **error)
{
    const struct policy *policy = run->backlog->policy;
    g_autoptr(GPtrArray) changed = take_changed(run);
    GError *cause = NULL;
    g_autoptr(Repo) repo = open_repository(policy, &cause);
    g_autofree char *folder = repo ? repo_relative(repo, policy->root, policy->folder, &cause) : NULL;
    g_autoptr(GHashTable) head = folder ? paths_of(repo, "HEAD", folder, &cause) : NULL;
    g_autoptr(GHashTable) index = head ? paths_of(repo, ":", folder, &cause) : NULL;

    if (cause) {
        g_ptr_array_set_free_func(changed, (GDestroyNotify)draft_free);
        g_propagate_error(error, cause);
        return FALSE;
    }
    share_out(run, changed, repo, head, index);
    return TRUE;
}

/* -- the run -- */

static GHashTable *set_of(const char *const *paths)
{
    GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize i = 0; paths[i]; i++)
        g_hash_table_add(set, (gpointer)paths[i]);
    return set;
}

/* Ids that are given must not be a name of anything. */
static GHashTable *taken_names(const struct backlog *backlog)
{
    GHashTable *taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < backlog->items->len; i++) {
        const char *const *aliases = item_texts(backlog->items->pdata[i], FIELD_ALIASES);
        for (gsize j = 0; aliases[j]; j++)
            g_hash_table_add(taken, g_utf8_casefold(aliases[j], -1));
    }
    return taken;
}

struct mend *mend_new(struct backlog *backlog, const char *const *only, GError **error)
{
    backlog_load(backlog);
    g_autoptr(Mend) mend = mend_start(backlog);
    g_autoptr(GHashTable) wanted = only ? set_of(only) : NULL;
    g_autoptr(GHashTable) drafts =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)draft_free);
    g_autoptr(GHashTable) broken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) named = g_hash_table_new(NULL, NULL), taken = taken_names(backlog);
    g_autoptr(Random) random = random_new();
    g_autofree const char **order = field_order();
    struct mend_run run = { backlog, mend, wanted, drafts, broken, named, taken, random, order, NULL, FALSE };

    gboolean good = mend_ids(&run, error);
    if (good) {
        mend_names(&run);
        mend_values(&run);
        mend_estimates(&run);
        mend_sections(&run);
        mend_ranks(&run);
        good = sort_out(&run, error);
    }
    origins_free(run.origins);
    findings_sort(mend->mended);
    findings_sort(mend->left);
    return good ? g_steal_pointer(&mend) : NULL;
}

GPtrArray *mend_drafts(const struct mend *mend)
{
    GPtrArray *all = g_ptr_array_new();

    g_ptr_array_extend(all, mend->drafts, NULL, NULL);
    g_ptr_array_extend(all, mend->staged, NULL, NULL);
    g_ptr_array_extend(all, mend->unknown, NULL, NULL);
    g_ptr_array_sort(all, compare_drafts);
    return all;
}

gboolean mend_finish(struct mend *mend, const struct decision *decision, GPtrArray *warnings, GError **error)
{
    struct decision staging = *decision;
    struct decision_outcome outcome = { 0 };

    staging.stage = TRUE;
    gboolean good =
        !mend->staged->len || decision_record(mend->backlog, mend->staged, &staging, &outcome, error);
    if (outcome.warnings)
        g_ptr_array_extend_and_steal(warnings, g_steal_pointer(&outcome.warnings));
    decision_outcome_clear(&outcome);
    return good && (!mend->unknown->len || drafts_write(mend->backlog, mend->unknown, error));
}
