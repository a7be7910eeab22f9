#include "history.h"

#include "history_ahead.h"
#include "history_filter.h"
#include "repo_private.h"

#include <git2.h>
#include <string.h>

/* Bytes of a window on a pack, and of all there are at a time. */
#define WINDOW (1024 * 1024)
#define MAPPED (24 * 1024 * 1024)

G_DEFINE_QUARK(refine_history, history_error)

struct history {
    const struct policy *policy;
    struct history_wanted wanted;
    struct repo *repo;
    struct objects *objects;
    struct walk *walk;
    struct tree_scope scope;
    struct sites *sites;
    struct filter *filter; /* NULL: all */
    struct ahead *ahead;
    struct mailmap *mailmap;
};

void history_decision_free(struct history_decision *decision)
{
    if (!decision)
        return;
    g_free(decision->short_commit);
    g_free(decision->author_name);
    g_free(decision->author_email);
    g_free(decision->subject);
    g_free(decision->body);
    g_ptr_array_unref(decision->participants);
    g_ptr_array_unref(decision->items);
    g_free(decision);
}

void history_free(struct history *history)
{
    if (!history)
        return;
    ahead_free(history->ahead);
    walk_free(history->walk);
    sites_free(history->sites);
    objects_free(history->objects);
    filter_free(history->filter);
    mailmap_free(history->mailmap);
    g_strfreev((char **)history->scope.steps);
    g_clear_pointer(&history->scope.places, g_hash_table_unref);
    repo_close(history->repo);
    g_free(history);
}

/* -- opening -- */

/* Sets what is compared: the items with these ids, each first where it is in the newest commit. */
static gboolean set_scope(struct history *history, const char *const *ids, struct walk_commit *newest,
                          GError **error)
{
    history->scope.objects = history->objects;
    history->scope.folder = history->policy->folder;
    history->scope.steps = (const char *const *)tree_steps(history->policy);
    history->scope.sites = history->sites = sites_new(history->policy, history->objects);
    if (!ids)
        return TRUE;
    history->scope.places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (gsize i = 0; ids[i]; i++)
        g_hash_table_insert(history->scope.places, g_strdup(ids[i]), NULL);
    g_autoptr(GPtrArray) present = newest ? tree_differences(&history->scope, NULL, newest, error) : NULL;
    return present || !newest;
}

static gboolean has_any(const char *const *words)
{
    return words && words[0];
}

gboolean history_is_narrowed(const struct history_wanted *wanted)
{
    return has_any(wanted->persons) || has_any(wanted->kinds) || has_any(wanted->fields) ||
           has_any(wanted->labels) || has_any(wanted->types) || wanted->has_since || wanted->has_until;
}

static gboolean set_filter(struct history *history, GError **error)
{
    if (!history_is_narrowed(&history->wanted))
        return TRUE;
    history->filter = filter_new(history->policy, history->mailmap, &history->wanted, error);
    return history->filter != NULL;
}

/* Of libgit2, before it reads anything. */
static void limit_memory(void)
{
    /* What is read again is kept in history_object.c, by size; libgit2 would keep every commit. */
    git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
    /* Commits are walked in the order of the pack, more or less: some windows do, and a pack of any size is
     * not held in memory as a whole. */
    git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)WINDOW);
    git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, (size_t)MAPPED);
}

struct history *history_open_wanted(const struct policy *policy, const struct history_wanted *wanted,
                                    GError **error)
{
    g_autoptr(History) history = g_new0(struct history, 1);

    history->policy = policy;
    history->wanted = *wanted;
    history->repo = repo_open(policy->root, error);
    limit_memory();
    g_autoptr(Range) range = history->repo ? range_new(history->repo, wanted->revisions, error) : NULL;
    if (!range)
        return NULL;
    history->mailmap = mailmap_open(history->repo);
    history->objects = objects_new(history->repo, error);
    if (!history->objects || !set_filter(history, error))
        return NULL;
    history->walk = walk_new_range(history->repo, history->objects, range, error);
    if (!history->walk || !set_scope(history, wanted->ids, walk_newest(history->walk), error))
        return NULL;
    history->ahead = ahead_new(policy, history->walk, &history->scope, history->mailmap, history->filter);
    return g_steal_pointer(&history);
}

struct history *history_open(const struct policy *policy, const char *revision, const char *const *ids,
                             GError **error)
{
    const char *const revisions[] = { revision, NULL };
    return history_open_wanted(policy, &(struct history_wanted){ .revisions = revisions, .ids = ids }, error);
}

/* -- */

static char *subject_of(const char *text)
{
    text += strspn(text, "\r\n");
    return g_strchomp(g_strndup(text, strcspn(text, "\n")));
}

/* What stands behind the first line and the blank ones below it. */
static char *body_of(const char *text)
{
    text += strspn(text, "\r\n");
    text += strcspn(text, "\n");
    text += strspn(text, "\r\n");
    return g_strchomp(g_strdup(text));
}

/* A decision about items, which holds another reference to them. It takes of words what it needs. */
static struct history_decision *describe(struct objects *objects, const struct object_id *commit,
                                         struct commit_words *words, GPtrArray *items)
{
    struct history_decision *decision = g_new0(struct history_decision, 1);

    object_id_print(commit, decision->commit);
    decision->short_commit = objects_short(objects, commit);
    decision->author_name = g_steal_pointer(&words->name);
    decision->author_email = g_steal_pointer(&words->email);
    decision->time = words->time;
    decision->offset = words->offset;
    decision->subject = subject_of(words->text);
    decision->body = body_of(words->text);
    decision->participants = g_ptr_array_ref(words->participants);
    decision->items = g_ptr_array_ref(items);
    return decision;
}

struct history_decision *history_describe(struct objects *objects, const struct mailmap *mailmap,
                                          const struct object_id *commit, GPtrArray *items, GError **error)
{
    g_autoptr(GBytes) bytes = objects_commit(objects, commit, error);
    g_autoptr(CommitWords) words = bytes ? commit_words_new(bytes, mailmap) : NULL;

    if (!words)
        return NULL;
    for (guint i = 0; i < items->len; i++) {
        struct history_item *item = items->pdata[i];
        item->reason = message_reason(words->message, item->id);
    }
    return describe(objects, commit, words, items);
}

struct history_decision *history_next(struct history *history, GError **error)
{
    struct told told = { 0 };

    if (!ahead_next(history->ahead, &told, error))
        return NULL;
    struct history_decision *decision = describe(history->objects, &told.commit->id, told.words, told.items);
    told_clear(&told);
    return decision;
}

gboolean history_is_cut(const struct history *history)
{
    return ahead_is_cut(history->ahead);
}
