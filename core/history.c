#include "history.h"

#include "history_ahead.h"
#include "message.h"
#include "repo_mailmap.h"
#include "repo_private.h"

#include <git2.h>
#include <string.h>

struct history {
    const struct policy *policy;
    struct repo *repo;
    struct objects *objects;
    struct walk *walk;
    struct tree_scope scope;
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
    objects_free(history->objects);
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
    if (!ids)
        return TRUE;
    history->scope.places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (gsize i = 0; ids[i]; i++)
        g_hash_table_insert(history->scope.places, g_strdup(ids[i]), NULL);
    g_autoptr(GPtrArray) present = tree_differences(&history->scope, NULL, newest, error);
    return present != NULL;
}

struct history *history_open(const struct policy *policy, const char *revision, const char *const *ids,
                             GError **error)
{
    g_autoptr(History) history = g_new0(struct history, 1);
    struct object_id start;

    history->policy = policy;
    history->repo = repo_open(policy->root, error);
    if (!history->repo || !walk_find(history->repo, revision, &start, error))
        return NULL;
    history->objects = objects_new(history->repo, error);
    if (!history->objects)
        return NULL;
    history->walk = walk_new(history->repo, history->objects, &start, error);
    if (!history->walk || !set_scope(history, ids, walk_newest(history->walk), error))
        return NULL;
    history->mailmap = mailmap_open(history->repo);
    history->ahead = ahead_new(policy, history->walk, &history->scope);
    return g_steal_pointer(&history);
}

/* -- who, when and why -- */

/* "Name <email>" by the mailmap. */
static char *map_person(const struct mailmap *mailmap, const char *person)
{
    const char *open = strrchr(person, '<'), *close = open ? strchr(open, '>') : NULL;

    if (!close)
        return g_strdup(person);
    g_autofree char *old_name = g_strstrip(g_strndup(person, (gsize)(open - person)));
    g_autofree char *old_email = g_strndup(open + 1, (gsize)(close - open - 1));
    const char *name = old_name, *email = old_email;
    mailmap_resolve(mailmap, &name, &email);
    return g_strdup_printf("%s <%s>", name, email);
}

/* Adds a person, but not one whose address is known already. */
static void add_person(GPtrArray *persons, GHashTable *known, char *person)
{
    const char *open = strrchr(person, '<');
    if (g_hash_table_add(known, g_ascii_strdown(open ? open : person, -1)))
        g_ptr_array_add(persons, person);
    else
        g_free(person);
}

static void set_participants(const struct mailmap *mailmap, struct history_decision *decision,
                             const struct message *message)
{
    const GPtrArray *persons = message_participants(message);
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *author = g_strdup_printf("<%s>", decision->author_email);

    g_hash_table_add(known, g_ascii_strdown(author, -1));
    for (guint i = 0; i < persons->len; i++)
        add_person(decision->participants, known, map_person(mailmap, persons->pdata[i]));
}

static void set_author(const struct mailmap *mailmap, struct history_decision *decision,
                       const git_commit *commit)
{
    const git_signature *author = git_commit_author(commit);
    const char *name = author->name, *email = author->email;

    mailmap_resolve(mailmap, &name, &email);
    decision->author_name = g_strdup(name);
    decision->author_email = g_strdup(email);
    decision->time = author->when.time;
    decision->offset = author->when.offset;
}

/* The message as UTF-8, where it says that it is something else. */
static char *message_text(const git_commit *commit)
{
    const char *text = git_commit_message(commit), *encoding = git_commit_message_encoding(commit);
    char *converted = encoding && g_ascii_strcasecmp(encoding, "UTF-8") != 0
                          ? g_convert(text, -1, "UTF-8", encoding, NULL, NULL, NULL)
                          : NULL;
    return converted ? converted : g_utf8_make_valid(text, -1);
}

static char *subject_of(const char *text)
{
    text += strspn(text, "\r\n");
    return g_strchomp(g_strndup(text, strcspn(text, "\n")));
}

static char *short_name(const git_commit *commit)
{
    git_buf name = GIT_BUF_INIT;
    char *copy = git_object_short_id(&name, (const git_object *)commit) == 0
                     ? g_strdup(name.ptr)
                     : g_strndup(git_oid_tostr_s(git_commit_id(commit)), 12);
    git_buf_dispose(&name);
    return copy;
}

struct history_decision *history_describe(struct repo *repo, const struct mailmap *mailmap,
                                          const struct object_id *named, GPtrArray *items, GError **error)
{
    git_commit *commit = NULL;
    git_oid id;
    char digits[41];

    object_id_print(named, digits);
    if (git_oid_fromraw(&id, named->raw) < 0 || git_commit_lookup(&commit, repo->git, &id) < 0) {
        repo_fail(error, REPO_ERROR_READ, digits);
        return NULL;
    }
    struct history_decision *decision = g_new0(struct history_decision, 1);
    g_autofree char *text = message_text(commit);
    g_autoptr(Message) message = message_parse(text);
    memcpy(decision->commit, digits, sizeof digits);
    decision->short_commit = short_name(commit);
    decision->subject = subject_of(text);
    decision->participants = g_ptr_array_new_with_free_func(g_free);
    decision->items = g_ptr_array_ref(items);
    set_author(mailmap, decision, commit);
    set_participants(mailmap, decision, message);
    for (guint i = 0; i < items->len; i++) {
        struct history_item *item = items->pdata[i];
        item->reason = message_reason(message, item->id);
    }
    git_commit_free(commit);
    return decision;
}

/* -- */

struct history_decision *history_next(struct history *history, GError **error)
{
    g_autoptr(GPtrArray) items = NULL;
    struct walk_commit *commit = ahead_next(history->ahead, &items, error);
    return commit ? history_describe(history->repo, history->mailmap, &commit->id, items, error) : NULL;
}

gboolean history_is_cut(const struct history *history)
{
    return ahead_is_cut(history->ahead);
}
