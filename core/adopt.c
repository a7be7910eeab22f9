#include "adopt.h"

#include "frontmatter.h"
#include "ident.h"
#include "rank.h"
#include "repo_status.h"

#include <string.h>

struct adopting {
    struct backlog *backlog;
    struct repo *repo;
    GHashTable *changed; /* paths from the policy's root on */
    GPtrArray *removed;  /* the same, that are gone */
    GPtrArray *drafts;
    GPtrArray *broken;
};

/* Whether there is something on a path from the top of the work tree on, and where it is from root on. */
static const char *below(const char *path, const char *prefix)
{
    gsize length = strlen(prefix);

    if (!length)
        return path;
    return strncmp(path, prefix, length) == 0 && path[length] == '/' ? path + length + 1 : NULL;
}

static gboolean find_changed(struct adopting *adopting, GError **error)
{
    struct repo *repo = adopting->repo;
    const struct policy *policy = adopting->backlog->policy;
    g_autoptr(GPtrArray) removed = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *folder = repo_relative(repo, policy->root, policy->folder, error);
    g_autoptr(GPtrArray) changed = folder ? repo_changed(repo, folder, removed, error) : NULL;

    if (!changed)
        return FALSE;
    g_autofree char *prefix = g_strndup(folder, strlen(folder) - strlen(policy->folder));
    if (*prefix)
        prefix[strlen(prefix) - 1] = '\0';
    for (guint i = 0; i < changed->len; i++) {
        const char *path = below(changed->pdata[i], prefix);
        if (path && backlog_entry(adopting->backlog, path))
            g_hash_table_add(adopting->changed, g_strdup(path));
    }
    for (guint i = 0; i < removed->len; i++) {
        const char *path = below(removed->pdata[i], prefix);
        g_autofree char *name = path ? g_path_get_basename(path) : NULL;
        g_autofree char *id = name ? ident_from_file_name(name) : NULL;
        /* What is only gone from the index is still there. */
        if (path && backlog_entry(adopting->backlog, path))
            g_hash_table_add(adopting->changed, g_strdup(path));
        else if (id)
            g_ptr_array_add(adopting->removed, g_strdup(path));
    }
    return TRUE;
}

static char *id_of(const char *path)
{
    g_autofree char *name = g_path_get_basename(path);
    return ident_from_file_name(name);
}

/* The path of a file that is gone and had the id, taken out of the list; NULL where none is. */
static char *take_removed(struct adopting *adopting, const char *id)
{
    for (guint i = 0; id && i < adopting->removed->len; i++) {
        g_autofree char *seen = id_of(adopting->removed->pdata[i]);
        if (g_strcmp0(seen, id) == 0)
            return g_ptr_array_steal_index(adopting->removed, i);
    }
    return NULL;
}

/* Reads what the last commit has of the draft's item. */
static gboolean find_committed(struct adopting *adopting, struct draft *draft, GError **error)
{
    const char *from = draft->moved_from ? draft->moved_from : draft->path;
    g_autofree char *path = repo_relative(adopting->repo, adopting->backlog->policy->root, from, error);
    GError *cause = NULL;

    if (!path)
        return FALSE;
    draft->adopted = TRUE;
    draft->committed = repo_read_at(adopting->repo, "HEAD", path, &cause);
    if (cause)
        g_propagate_error(error, cause);
    return !cause;
}

static gboolean adopt(struct adopting *adopting, const struct entry *entry, GError **error)
{
    struct draft *draft = draft_open(adopting->backlog, entry, error);

    if (!draft)
        return FALSE;
    g_ptr_array_add(adopting->drafts, draft);
    draft->manner = DRAFT_WHOLE;
    draft->moved_from = take_removed(adopting, entry->id);
    return find_committed(adopting, draft, error);
}

static gboolean adopt_removed(struct adopting *adopting, char *path, GError **error)
{
    struct draft *draft = g_new0(struct draft, 1);

    draft->backlog = adopting->backlog;
    draft->manner = DRAFT_REMOVED;
    draft->id = id_of(path);
    draft->path = path;
    g_ptr_array_add(adopting->drafts, draft);
    return find_committed(adopting, draft, error);
}

/* An item to be gets its id also where somebody committed it as it was, on the pages of a forge for one. */
static gboolean is_wanted(const struct adopting *adopting, const struct entry *entry)
{
    return !entry->id || g_hash_table_contains(adopting->changed, entry->path);
}

static gboolean adopt_word(struct adopting *adopting, const char *word, GError **error)
{
    g_autoptr(GError) cause = NULL;
    const struct entry *entry = backlog_find(adopting->backlog, word, &cause);
    char *removed = entry ? NULL : take_removed(adopting, word);

    if (removed)
        return adopt_removed(adopting, removed, error);
    if (!entry) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    for (guint i = 0; i < adopting->drafts->len; i++)
        if (strcmp(((struct draft *)adopting->drafts->pdata[i])->path, entry->path) == 0)
            return TRUE;
    return !is_wanted(adopting, entry) || adopt(adopting, entry, error);
}

/* A file without an id in its name is an item to be only with front matter; anything else is a note. */
static gboolean is_note(const struct backlog *backlog, const struct entry *entry)
{
    g_autoptr(GBytes) bytes = entry->id ? NULL : backlog_read(backlog, entry, NULL);
    return bytes && frontmatter_extent(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) == 0;
}

static gboolean adopt_all(struct adopting *adopting, GError **error)
{
    for (guint i = 0; i < adopting->backlog->entries->len; i++) {
        const struct entry *entry = &g_array_index(adopting->backlog->entries, struct entry, i);
        g_autoptr(GError) cause = NULL;
        if (!is_wanted(adopting, entry) || is_note(adopting->backlog, entry) ||
            adopt(adopting, entry, &cause))
            continue;
        if (cause->domain != DRAFT_ERROR) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return FALSE;
        }
        g_ptr_array_add(adopting->broken, g_strdup(cause->message));
    }
    while (adopting->removed->len > 0)
        if (!adopt_removed(adopting, g_ptr_array_steal_index(adopting->removed, 0), error))
            return FALSE;
    return TRUE;
}

/* -- minting -- */

static gboolean lacks_name(const struct draft *draft)
{
    g_autofree char *id = draft->manner == DRAFT_WHOLE ? id_of(draft->path) : g_strdup("");
    return id == NULL;
}

static const char *last_rank(const struct backlog *backlog)
{
    const char *last = NULL;
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (item->rank && (!last || strcmp(item->rank, last) > 0))
            last = item->rank;
    }
    return last;
}

/* Those without an id in their name, in the order of their files. */
static gboolean mint_all(struct adopting *adopting, GError **error)
{
    g_autoptr(Random) random = random_new();
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint count = 0, next = 0;

    for (guint i = 0; i < adopting->drafts->len; i++)
        count += lacks_name(adopting->drafts->pdata[i]);
    if (count == 0)
        return TRUE;
    backlog_load(adopting->backlog);
    g_autoptr(GPtrArray) ranks = rank_spread(random, last_rank(adopting->backlog), NULL, count);
    for (guint i = 0; i < adopting->drafts->len; i++) {
        struct draft *draft = adopting->drafts->pdata[i];
        if (lacks_name(draft) && !draft_mint(draft, random, taken, ranks->pdata[next++], error))
            return FALSE;
    }
    return TRUE;
}

GPtrArray *adopt_changed(struct backlog *backlog, struct repo *repo, const char *const *words,
                         GPtrArray *broken, GError **error)
{
    g_autoptr(GHashTable) changed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) removed = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    struct adopting adopting = { backlog, repo, changed, removed, drafts, broken };
    gboolean good = find_changed(&adopting, error);

    for (gsize i = 0; good && words && words[i]; i++)
        good = adopt_word(&adopting, words[i], error);
    if (good && (!words || !words[0]))
        good = adopt_all(&adopting, error);
    return good && mint_all(&adopting, error) ? g_steal_pointer(&drafts) : NULL;
}

guint adopt_count(struct backlog *backlog, struct repo *repo)
{
    g_autoptr(GHashTable) changed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) removed = g_ptr_array_new_with_free_func(g_free);
    struct adopting adopting = { .backlog = backlog, .repo = repo, .changed = changed, .removed = removed };
    guint count = 0;

    if (!find_changed(&adopting, NULL))
        return 0;
    for (guint i = 0; i < backlog->entries->len; i++) {
        const struct entry *entry = &g_array_index(backlog->entries, struct entry, i);
        if (!is_wanted(&adopting, entry) || is_note(backlog, entry))
            continue;
        g_free(take_removed(&adopting, entry->id));
        count++;
    }
    return count + removed->len;
}
