#include "backlog_private.h"
#include "file.h"
#include "history_place.h"
#include "ident.h"
#include "repo.h"

#include <string.h>

/* -- which files are items -- */

/* Folders below the backlog's that hold no items. */
static gboolean is_foreign_folder(const struct policy *policy, const char *path)
{
    const char *below = path + strlen(policy->folder);
    return g_str_has_prefix(below, "/votes") && (below[6] == '\0' || below[6] == '/');
}

/* Whether the path leads to or through a hidden entry: a walk of the work tree leaves those out. */
static gboolean is_hidden(const struct policy *policy, const char *path)
{
    return strstr(path + strlen(policy->folder), "/.") != NULL;
}

static void add_aside(struct backlog *backlog, const char *path, const char *object, gboolean is_link)
{
    const struct aside aside = {
        .path = g_string_chunk_insert(backlog->strings, path),
        .object = object ? g_string_chunk_insert(backlog->strings, object) : NULL,
        .is_link = is_link,
    };
    g_array_append_val(backlog->aside, aside);
}

void backlog_add_entry(struct backlog *backlog, const char *path, const char *object, const char *trouble)
{
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *id = ident_from_file_name(name);
    struct entry entry = { .trouble = trouble };

    if (!id && (!g_str_has_suffix(name, ".md") || g_ascii_strcasecmp(name, "readme.md") == 0))
        return;
    entry.path = g_string_chunk_insert(backlog->strings, path);
    entry.id = id ? g_string_chunk_insert(backlog->strings, id) : NULL;
    entry.object = object ? g_string_chunk_insert(backlog->strings, object) : NULL;
    g_array_append_val(backlog->entries, entry);
}

static gboolean visit(const char *path, gboolean is_folder, gpointer data)
{
    struct backlog *backlog = data;
    if (!is_folder) {
        backlog_add_entry(backlog, path, NULL, NULL);
        return FALSE;
    }
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *id = ident_from_file_name(name);
    if (id)
        backlog_add_entry(backlog, path, NULL, "expected a file, saw a folder");
    return !is_foreign_folder(backlog->policy, path);
}

static void trouble(const char *path, const char *message, gpointer data)
{
    struct backlog *backlog = data;
    struct finding *finding =
        finding_add_at(backlog->findings, "parse", SEVERITY_ERROR, (struct position){ 0, 0 },
                       "make the folder readable", "the folder cannot be read: %s", message);
    finding->path = g_strdup(path);
}

static void pass_over(const char *path, gboolean is_link, gpointer data)
{
    add_aside(data, path, NULL, is_link);
}

/* -- of the work tree, or of a revision -- */

gboolean backlog_list_work_tree(struct backlog *backlog, GError **error)
{
    const struct file_visitor visitor = { visit, trouble, backlog, pass_over };
    g_autoptr(GError) cause = NULL;

    if (file_walk(backlog->root, backlog->policy->folder, &visitor, &cause))
        return TRUE;
    g_autofree char *path = policy_display(backlog->policy, backlog->policy->folder);
    if (g_error_matches(cause, FILE_ERROR, FILE_ERROR_ABSENT))
        g_set_error(error, BACKLOG_ERROR, BACKLOG_ERROR_FOLDER,
                    "the backlog's folder %s is not there; make it, or name another under \"backlog\" "
                    "in " POLICY_FILE,
                    path);
    else
        g_set_error(error, BACKLOG_ERROR, BACKLOG_ERROR_FOLDER, "the backlog's folder %s cannot be read: %s",
                    path, cause->message);
    return FALSE;
}

/* The folder of the policy, from the top of the repository. */
static char *folder_of(const struct policy *policy)
{
    gsize skip = strlen(policy->root) > strlen(policy->top) ? strlen(policy->root) - strlen(policy->top) : 0;
    const char *prefix = skip ? policy->root + strlen(policy->top) + (policy->top[1] ? 1 : 0) : "";
    return *prefix ? g_build_filename(prefix, policy->folder, NULL) : g_strdup(policy->folder);
}

static void add_vote(struct backlog *backlog, const char *path, const char *object, const char *trouble)
{
    const struct entry entry = {
        .path = g_string_chunk_insert(backlog->strings, path),
        .object = g_string_chunk_insert(backlog->strings, object),
        .trouble = trouble,
    };
    g_array_append_val(backlog->votes, entry);
}

/* Adds a file of a revision that is neither hidden nor a vote; a link by an item's name says so as an entry.
 */
static void add_listed(struct backlog *backlog, const char *path, const struct repo_file *file,
                       const char *trouble)
{
    guint entries = backlog->entries->len;

    backlog_add_entry(backlog, path, file->object, trouble);
    if (!file->is_file && !file->conflict && backlog->entries->len == entries)
        add_aside(backlog, path, file->object, TRUE);
}

/* Adds what the revision has in a folder, with paths as if it were the policy's; *found: is any an item. */
static gboolean list_folder(struct backlog *backlog, const char *revision, const char *folder,
                            gboolean *found, GError **error)
{
    const struct policy *policy = backlog->policy;
    g_autoptr(GPtrArray) files = repo_list(backlog->repo, revision, folder, error);
    gsize skip = strlen(folder) + (*folder != '\0');

    for (guint i = 0; files && i < files->len; i++) {
        const struct repo_file *file = files->pdata[i];
        g_autofree char *path = g_build_filename(policy->folder, file->path + skip, NULL);
        g_autofree char *parent = g_path_get_dirname(path);
        const char *why = file->conflict  ? "a merge left it in conflict in the index"
                          : file->is_file ? NULL
                                          : "expected a file, saw a symbolic link";
        if (is_hidden(policy, path))
            add_aside(backlog, path, file->object, FALSE);
        else if (is_foreign_folder(policy, parent))
            add_vote(backlog, path, file->object, why);
        else
            add_listed(backlog, path, file, why);
    }
    *found = FALSE;
    for (guint i = 0; i < backlog->entries->len && !*found; i++)
        *found = g_array_index(backlog->entries, struct entry, i).id != NULL;
    return files != NULL;
}

/* Lists the folder that was the backlog's, where that is not the policy's. */
static gboolean list_elsewhere(struct backlog *backlog, const char *revision, const char *place,
                               GError **error)
{
    gboolean found;

    g_array_set_size(backlog->entries, 0);
    g_array_set_size(backlog->votes, 0);
    g_array_set_size(backlog->aside, 0);
    backlog->elsewhere = g_strdup(place);
    return list_folder(backlog, revision, place, &found, error);
}

/* A folder that has no item there may have gone by another name; of the index that is where the last commit
 * has it. */
gboolean backlog_list_revision(struct backlog *backlog, const char *revision, const char *place,
                               GError **error)
{
    g_autofree char *folder = folder_of(backlog->policy);
    gboolean found;

    backlog->repo = repo_open(backlog->policy->root, error);
    backlog->votes = g_array_new(FALSE, FALSE, sizeof(struct entry));
    if (!backlog->repo)
        return FALSE;
    if (place && strcmp(place, folder) != 0)
        return list_elsewhere(backlog, revision, place, error);
    if (!list_folder(backlog, revision, folder, &found, error))
        return FALSE;
    if (found || place)
        return TRUE;
    const char *commit = strcmp(revision, ":") == 0 ? "HEAD" : revision;
    g_autofree char *there = history_place(backlog->policy, backlog->repo, commit);
    return !there || strcmp(there, folder) == 0 || list_elsewhere(backlog, revision, there, error);
}
