#include "repo_private.h"

#include "file.h"
#include "repo_config.h"
#include "repo_owner.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 64

G_DEFINE_QUARK(refine_repo, repo_error)

gboolean repo_fail(GError **error, enum repo_error code, const char *what)
{
    const git_error *last = git_error_last();
    g_set_error(error, REPO_ERROR, (int)code, "%s: %s", what, last ? last->message : "unknown trouble");
    return FALSE;
}

/* What git can and libgit2 cannot, said so that the user knows what it is about. */
static gboolean fail_to_open(GError **error)
{
    const git_error *last = git_error_last();
    const char *message = last ? last->message : "unknown trouble";
    const char *what = strstr(message, "objectformat") ? "it uses SHA-256"
                       : strstr(message, "refstorage") ? "it keeps its refs as reftable"
                                                       : NULL;

    g_set_error(error, REPO_ERROR, REPO_ERROR_OPEN, "cannot read the git repository: %s%s",
                what ? what : message, what ? ", which refine cannot read yet" : "");
    return FALSE;
}

struct repo *repo_open(const char *folder, GError **error)
{
    git_repository *git = NULL;

    if (git_libgit2_init() < 0) {
        repo_fail(error, REPO_ERROR_OPEN, "cannot start libgit2");
        return NULL;
    }
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
    /* repo_owner.c does it, for libgit2 knows neither "*" nor the environment. */
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    int status = git_repository_open_ext(&git, folder, 0, NULL);
    if (status < 0) {
        if (status == GIT_ENOTFOUND)
            g_set_error(error, REPO_ERROR, REPO_ERROR_NONE, "%s is in no git repository; git init makes one",
                        folder);
        else
            fail_to_open(error);
        git_libgit2_shutdown();
        return NULL;
    }
    g_autoptr(Repo) repo = g_new0(struct repo, 1);
    repo->git = git;
    return repo_owner_check(repo, error) && repo_config_apply(repo, error) ? g_steal_pointer(&repo) : NULL;
}

void repo_close(struct repo *repo)
{
    if (!repo)
        return;
    git_repository_free(repo->git);
    git_libgit2_shutdown();
    g_free(repo);
}

char *repo_git_folder(const struct repo *repo)
{
    const char *path = git_repository_path(repo->git);
    gsize length = strlen(path);

    while (length > 1 && path[length - 1] == '/')
        length--;
    return g_strndup(path, length);
}

char *repo_top(const struct repo *repo, GError **error)
{
    const char *workdir = git_repository_workdir(repo->git);
    g_autofree char *real = workdir ? realpath(workdir, NULL) : NULL;

    if (!real)
        g_set_error(error, REPO_ERROR, REPO_ERROR_OPEN, "the git repository %s has no work tree",
                    git_repository_path(repo->git));
    return g_strdup(real);
}

/* Whether the branch has a file of its own: one that cannot be read is not found either, says libgit2. */
static gboolean has_file(const struct repo *repo, const char *branch)
{
    g_autofree char *path = g_build_filename(git_repository_commondir(repo->git), branch, NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

gboolean repo_is_unborn(const struct repo *repo, gboolean *unborn, GError **error)
{
    git_reference *head = NULL;
    int state = git_repository_head_unborn(repo->git);
    gboolean good = state >= 0;

    if (state == 1) {
        good = git_reference_lookup(&head, repo->git, "HEAD") == 0;
        good = good && git_reference_type(head) == GIT_REFERENCE_SYMBOLIC &&
               !has_file(repo, git_reference_symbolic_target(head));
        git_reference_free(head);
    }
    *unborn = state == 1;
    if (state == 1 && !good)
        g_set_error(error, REPO_ERROR, REPO_ERROR_READ, "HEAD: it cannot be read");
    return good || state == 1 ? good : repo_fail(error, REPO_ERROR_READ, "HEAD");
}

char *repo_relative(const struct repo *repo, const char *folder, const char *path, GError **error)
{
    const char *workdir = git_repository_workdir(repo->git);
    g_autofree char *top = workdir ? realpath(workdir, NULL) : NULL;
    g_autofree char *real = realpath(folder, NULL);
    gsize length = top ? strlen(top) : 0;

    if (!top || !real || strncmp(real, top, length) != 0 || (real[length] != '/' && real[length] != '\0')) {
        g_set_error(error, REPO_ERROR, REPO_ERROR_OPEN, "%s is not in the work tree of the git repository %s",
                    folder, git_repository_path(repo->git));
        return NULL;
    }
    return real[length] ? g_build_filename(real + length + 1, path, NULL) : g_strdup(path);
}

static void repo_file_free(gpointer data)
{
    struct repo_file *file = data;
    g_free(file->path);
    g_free(file);
}

static void add_file(GPtrArray *files, const char *path, const git_oid *object, guint mode, gboolean conflict)
{
    if (mode != GIT_FILEMODE_BLOB && mode != GIT_FILEMODE_BLOB_EXECUTABLE && mode != GIT_FILEMODE_LINK)
        return;
    struct repo_file *file = g_new0(struct repo_file, 1);
    file->path = g_strdup(path);
    file->is_file = mode != GIT_FILEMODE_LINK;
    file->conflict = conflict;
    git_oid_tostr(file->object, sizeof file->object, object);
    g_ptr_array_add(files, file);
}

/* The index that git means: GIT_INDEX_FILE, which git resolves from the top of the work tree, names another
 * for one command and its hooks. */
static int open_index(struct repo *repo, git_index **index)
{
    const char *named = g_getenv("GIT_INDEX_FILE"), *top = git_repository_workdir(repo->git);

    if (!named || !*named || !top)
        return git_repository_index(index, repo->git);
    g_autofree char *path = g_canonicalize_filename(named, top);
    return git_index_open(index, path);
}

static gboolean list_index(struct repo *repo, const char *folder, GPtrArray *files, GError **error)
{
    git_index *index = NULL;
    gsize length = strlen(folder);

    if (open_index(repo, &index) < 0)
        return repo_fail(error, REPO_ERROR_READ, "cannot read the index");
    for (size_t i = 0; i < git_index_entrycount(index); i++) {
        const git_index_entry *entry = git_index_get_byindex(index, i);
        const struct repo_file *last = files->len ? files->pdata[files->len - 1] : NULL;
        /* Of a conflict there are up to three versions, one behind the other. */
        if (strncmp(entry->path, folder, length) == 0 && (length == 0 || entry->path[length] == '/') &&
            !(last && strcmp(last->path, entry->path) == 0))
            add_file(files, entry->path, &entry->id, entry->mode, git_index_entry_stage(entry) > 0);
    }
    git_index_free(index);
    return TRUE;
}

static gboolean list_tree(struct repo *repo, git_tree *tree, const char *folder, guint depth,
                          GPtrArray *files, GError **error)
{
    for (size_t i = 0; i < git_tree_entrycount(tree); i++) {
        const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
        g_autofree char *path = *folder ? g_strconcat(folder, "/", git_tree_entry_name(entry), NULL)
                                        : g_strdup(git_tree_entry_name(entry));
        git_tree *below = NULL;
        if (git_tree_entry_type(entry) != GIT_OBJECT_TREE) {
            add_file(files, path, git_tree_entry_id(entry), git_tree_entry_filemode(entry), FALSE);
            continue;
        }
        if (depth == MAX_DEPTH)
            continue;
        if (git_tree_lookup(&below, repo->git, git_tree_entry_id(entry)) < 0)
            return repo_fail(error, REPO_ERROR_READ, path);
        gboolean good = list_tree(repo, below, path, depth + 1, files, error);
        git_tree_free(below);
        if (!good)
            return FALSE;
    }
    return TRUE;
}

/* The tree at folder of a revision; NULL without error where the revision has no such folder. */
static git_tree *find_tree(struct repo *repo, const char *revision, const char *folder, GError **error)
{
    git_object *object = NULL, *root = NULL, *below = NULL;

    if (git_revparse_single(&object, repo->git, revision) < 0 ||
        git_object_peel(&root, object, GIT_OBJECT_TREE) < 0) {
        g_set_error(error, REPO_ERROR, REPO_ERROR_REVISION, "there is no revision %s", revision);
        git_object_free(object);
        return NULL;
    }
    git_object_free(object);
    if (*folder == '\0')
        return (git_tree *)root;
    int status = git_object_lookup_bypath(&below, root, folder, GIT_OBJECT_TREE);
    if (status < 0 && status != GIT_ENOTFOUND && status != GIT_EINVALIDSPEC)
        repo_fail(error, REPO_ERROR_READ, folder);
    git_object_free(root);
    return (git_tree *)below;
}

GPtrArray *repo_list(struct repo *repo, const char *revision, const char *folder, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(repo_file_free);
    GError *trouble = NULL;

    if (strcmp(revision, ":") == 0)
        return list_index(repo, folder, files, error) ? g_steal_pointer(&files) : NULL;
    git_tree *tree = find_tree(repo, revision, folder, &trouble);
    gboolean good = !trouble && (!tree || list_tree(repo, tree, folder, 0, files, &trouble));
    git_tree_free(tree);
    if (trouble)
        g_propagate_error(error, trouble);
    return good ? g_steal_pointer(&files) : NULL;
}

GBytes *repo_read(struct repo *repo, const char *object, GError **error)
{
    git_oid id;
    git_odb *odb = NULL;
    git_blob *blob = NULL;
    git_object_t type;
    size_t size = 0;
    GBytes *bytes = NULL;

    if (git_oid_fromstr(&id, object) < 0 || git_repository_odb(&odb, repo->git) < 0 ||
        git_odb_read_header(&size, &type, odb, &id) < 0)
        repo_fail(error, REPO_ERROR_READ, object);
    else if (size > FILE_LIMIT)
        g_set_error(error, FILE_ERROR, FILE_ERROR_SIZE, "%" G_GSIZE_FORMAT " bytes, over the limit of %d",
                    size, FILE_LIMIT);
    else if (git_blob_lookup(&blob, repo->git, &id) < 0)
        repo_fail(error, REPO_ERROR_READ, object);
    else
        bytes = g_bytes_new(git_blob_rawcontent(blob), (gsize)git_blob_rawsize(blob));
    git_blob_free(blob);
    git_odb_free(odb);
    return bytes;
}

/* A folder is not in the index, but what is in it is. */
static gboolean index_has(struct repo *repo, const char *path)
{
    git_index *index = NULL;
    gsize length = strlen(path);
    size_t at = 0;
    gboolean found = FALSE;

    if (open_index(repo, &index) < 0)
        return FALSE;
    git_index_find_prefix(&at, index, path);
    for (const git_index_entry *entry; !found && (entry = git_index_get_byindex(index, at)); at++) {
        if (strncmp(entry->path, path, length) != 0)
            break;
        found = entry->path[length] == '\0' || entry->path[length] == '/';
    }
    git_index_free(index);
    return found;
}

gboolean repo_has(struct repo *repo, const char *revision, const char *path)
{
    g_autofree char *name = g_strconcat(revision, ":", path, NULL);
    git_object *object = NULL;

    if (strcmp(revision, ":") == 0)
        return index_has(repo, path);
    gboolean found = git_revparse_single(&object, repo->git, name) == 0;
    git_object_free(object);
    return found;
}

GBytes *repo_read_at(struct repo *repo, const char *revision, const char *path, GError **error)
{
    g_autofree char *name = g_strconcat(revision, ":", path, NULL);
    char id[GIT_OID_HEXSZ + 1];
    git_object *object = NULL;
    int status = git_revparse_single(&object, repo->git, name);

    if (status == GIT_ENOTFOUND)
        return NULL;
    if (status < 0) {
        repo_fail(error, REPO_ERROR_READ, name);
        return NULL;
    }
    git_oid_tostr(id, sizeof id, git_object_id(object));
    git_object_free(object);
    return repo_read(repo, id, error);
}
