#include "commit_private.h"

#include <errno.h>
#include <fcntl.h>
#include <git2/sys/repository.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TRIES 10

gboolean commit_retry(guint *tries, int status)
{
    if (status >= 0 || ++*tries >= TRIES)
        return FALSE;
    g_usleep(2000 * *tries);
    return TRUE;
}

/* -- blobs -- */

static gboolean write_blob(struct commit_run *run, GBytes *bytes, git_oid *id, GError **error)
{
    guint tries = 0;
    int status;

    do
        status =
            git_blob_create_from_buffer(id, run->git, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    while (commit_retry(&tries, status));
    return status == 0 || commit_fail_git(error, "cannot write to the git repository");
}

static GBytes *read_blob(struct commit_run *run, const struct commit_blob *blob, GError **error)
{
    char object[GIT_OID_HEXSZ + 1];
    return repo_read(run->repo, git_oid_tostr(object, sizeof object, &blob->id), error);
}

/* The bytes as git keeps those of a file at path: line endings and the like, as attributes say. */
static GBytes *clean(struct commit_run *run, const char *path, GBytes *bytes, GError **error)
{
    git_filter_list *filters = NULL;
    git_buf out = GIT_BUF_INIT;
    GBytes *cleaned = NULL;

    if (git_filter_list_load(&filters, run->git, NULL, path, GIT_FILTER_TO_ODB, GIT_FILTER_DEFAULT) < 0) {
        commit_fail_git(error, path);
        return NULL;
    }
    if (!filters)
        return g_bytes_ref(bytes);
    if (git_filter_list_apply_to_buffer(&out, filters, g_bytes_get_data(bytes, NULL),
                                        g_bytes_get_size(bytes)) == 0)
        cleaned = g_bytes_new(out.ptr, out.size);
    else
        commit_fail_git(error, path);
    git_buf_dispose(&out);
    git_filter_list_free(filters);
    return cleaned;
}

/* -- versions -- */

/* The folder of the path in tree; of many files most are in the one of the file before, which is kept. NULL
 * with *status where there is none. */
static const git_tree *find_folder(struct commit_run *run, const git_tree *tree, const char *path,
                                   int *status)
{
    g_autofree char *name = g_path_get_dirname(path);
    git_tree_entry *entry = NULL;

    *status = 0;
    if (strcmp(name, ".") == 0)
        return tree;
    if (g_strcmp0(name, run->folder_name) == 0)
        return run->folder_tree;
    *status = git_tree_entry_bypath(&entry, tree, name);
    git_tree *found = NULL;
    if (*status == 0)
        *status = git_tree_entry_type(entry) == GIT_OBJECT_TREE
                      ? git_tree_lookup(&found, run->git, git_tree_entry_id(entry))
                      : GIT_ENOTFOUND;
    git_tree_entry_free(entry);
    if (found) {
        git_tree_free(run->folder_tree);
        g_free(run->folder_name);
        run->folder_tree = found;
        run->folder_name = g_steal_pointer(&name);
    }
    return found;
}

static void forget_folder(struct commit_run *run)
{
    g_clear_pointer(&run->folder_tree, git_tree_free);
    g_clear_pointer(&run->folder_name, g_free);
}

static gboolean head_blob(struct commit_run *run, git_tree *tree, const char *path, struct commit_blob *blob,
                          GError **error)
{
    int status = tree ? 0 : GIT_ENOTFOUND;
    const git_tree *folder = tree ? find_folder(run, tree, path, &status) : NULL;
    const char *slash = strrchr(path, '/');

    memset(blob, 0, sizeof *blob);
    if (status < 0 && status != GIT_ENOTFOUND)
        return commit_fail_git(error, path);
    const git_tree_entry *entry = folder ? git_tree_entry_byname(folder, slash ? slash + 1 : path) : NULL;
    if (!entry)
        return TRUE;
    blob->there = TRUE;
    blob->id = *git_tree_entry_id(entry);
    blob->mode = git_tree_entry_filemode(entry);
    return blob->mode == GIT_FILEMODE_BLOB || blob->mode == GIT_FILEMODE_BLOB_EXECUTABLE ||
           commit_refuse(error, COMMIT_ERROR_REFUSED,
                         "%s: expected a file in the last commit, saw a link, folder or submodule", path);
}

/* What the file system says of the mode; 0 where it cannot say. */
static guint work_mode(struct commit_run *run, const char *path)
{
    git_config *config = NULL;
    struct stat status;
    int filemode = 1;

    if (git_repository_config_snapshot(&config, run->git) == 0)
        git_config_get_bool(&filemode, config, "core.filemode");
    git_config_free(config);
    if (!filemode || fstatat(run->top, path, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return 0;
    return status.st_mode & 0100 ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB;
}

/* What the work tree has and will have of a file, as git keeps it. */
struct cleaned {
    GBytes *before;
    GBytes *after;
};

/* The new version of one that is there (old, NULL: it is not) by the change that the file wants. */
static GBytes *derive(const struct commit_file *file, GBytes *old, const struct cleaned *cleaned,
                      GError **error)
{
    if (!file->derive || !SAFEGUARD("three-versions"))
        return g_bytes_ref(cleaned->after);
    if (old && cleaned->before && g_bytes_equal(old, cleaned->before))
        return g_bytes_ref(cleaned->after);
    return file->derive(old, cleaned->before, cleaned->after, file->data, error);
}

/* Where a file is adopted as it stands, and stands as it was committed, what is staged of it is not what was
 * asked about: it stays. */
static void keep_staged(struct commit_run *run, struct commit_target *target, const struct commit_blob *head,
                        const struct commit_blob *index)
{
    const struct commit_file *file = target->file;

    if (run->request->stage || file->derive || file->from || !head->there || !index->there ||
        !git_oid_equal(&target->new_head.id, &head->id) || git_oid_equal(&index->id, &head->id) ||
        !file->before || !g_bytes_equal(file->before, file->after))
        return;
    target->new_index = *index;
    g_ptr_array_add(
        run->outcome->warnings,
        g_strdup_printf("%s: only what is staged of it differs from the last commit: git commit records "
                        "that, git restore --staged takes it back",
                        target->path));
}

/* Of one target that stays: the new blobs in HEAD and index. */
static gboolean derive_blobs(struct commit_run *run, struct commit_target *target,
                             const struct commit_blob *head, const struct commit_blob *index,
                             struct commit_version *version, GError **error)
{
    const struct commit_file *file = target->file;
    g_autoptr(GBytes) after = clean(run, target->path, file->after, error);
    g_autoptr(GBytes) before = after && file->before ? clean(run, target->path, file->before, error) : NULL;
    g_autoptr(GBytes) staged = NULL;
    const struct cleaned cleaned = { before, after };
    git_oid work;

    if (!after || (file->before && !before) ||
        git_odb_hash(&work, g_bytes_get_data(after, NULL), g_bytes_get_size(after), GIT_OBJECT_BLOB) < 0)
        return FALSE;
    if (head->there && !(version->before = read_blob(run, head, error)))
        return FALSE;
    if (!run->request->stage) {
        version->after = derive(file, version->before, &cleaned, error);
        if (!version->after || !write_blob(run, version->after, &target->new_head.id, error))
            return FALSE;
    }
    if (!run->request->stage && index->there == head->there && git_oid_equal(&index->id, &head->id)) {
        target->new_index.id = target->new_head.id;
    } else {
        g_autoptr(GBytes) old = index->there ? read_blob(run, index, error) : NULL;
        staged = index->there && !old ? NULL : derive(file, old, &cleaned, error);
        if (!staged || !write_blob(run, staged, &target->new_index.id, error))
            return FALSE;
    }
    guint mode = work_mode(run, file->from ? file->from : target->path);
    guint plain = mode ? mode : GIT_FILEMODE_BLOB;
    target->new_head.there = target->new_index.there = TRUE;
    target->new_head.mode = head->there && (file->derive || !mode) ? head->mode : plain;
    target->new_index.mode = index->there && (file->derive || !mode) ? index->mode : plain;
    keep_staged(run, target, head, index);
    target->same = git_oid_equal(&work, &target->new_index.id) && target->new_index.mode == plain;
    return TRUE;
}

static struct commit_target *add_target(struct commit_run *run, const struct commit_file *file,
                                        const char *path, gboolean leaves)
{
    struct commit_target target = { .file = file, .path = path, .leaves = leaves };
    g_array_append_val(run->targets, target);
    return &g_array_index(run->targets, struct commit_target, run->targets->len - 1);
}

static gboolean read_target(struct commit_run *run, git_index *index, git_tree *tree,
                            struct commit_target *target, GError **error)
{
    target->index = commit_index_blob(index, target->path);
    return commit_state_check_path(run, index, target->path, error) &&
           head_blob(run, tree, target->path, &target->head, error);
}

static gboolean prepare_file(struct commit_run *run, git_index *index, git_tree *tree,
                             const struct commit_file *file, struct commit_version *version, GError **error)
{
    struct commit_blob head = { 0 }, staged = { 0 };
    const char *left = file->from ? file->from : file->after ? NULL : file->path;

    if (left) {
        struct commit_target *target = add_target(run, file, left, TRUE);
        if (!read_target(run, index, tree, target, error))
            return FALSE;
        head = target->head;
        staged = target->index;
        if (!file->after)
            return !head.there || (version->before = read_blob(run, &head, error));
    }
    struct commit_target *target = add_target(run, file, file->path, FALSE);
    if (!read_target(run, index, tree, target, error))
        return FALSE;
    gboolean is_new = left || (!file->before && file->after);
    if (is_new && (target->head.there || target->index.there))
        return commit_refuse(error, COMMIT_ERROR_REFUSED, "%s: there is already a file of that name in git",
                             file->path);
    return derive_blobs(run, target, left ? &head : &target->head, left ? &staged : &target->index, version,
                        error);
}

/* -- the tree -- */

static gboolean is_changed(const struct commit_blob *old, const struct commit_blob *new)
{
    return old->there != new->there ||
           (new->there && (old->mode != new->mode || !git_oid_equal(&old->id, &new->id)));
}

static gboolean make_tree(struct commit_run *run, git_tree *tree, GError **error)
{
    g_autoptr(GArray) updates = g_array_new(FALSE, TRUE, sizeof(git_tree_update));
    guint tries = 0;
    int status = 0;

    for (guint i = 0; i < run->targets->len; i++) {
        const struct commit_target *target = &g_array_index(run->targets, struct commit_target, i);
        git_tree_update update = {
            .action = target->new_head.there ? GIT_TREE_UPDATE_UPSERT : GIT_TREE_UPDATE_REMOVE,
            .id = target->new_head.id,
            .filemode = (git_filemode_t)target->new_head.mode,
            .path = target->path,
        };
        if (is_changed(&target->head, &target->new_head))
            g_array_append_val(updates, update);
    }
    run->records = updates->len > 0;
    if (!run->records)
        return TRUE;
    do
        status = git_tree_create_updated(&run->tree, run->git, tree, updates->len,
                                         (const git_tree_update *)(gpointer)updates->data);
    while (commit_retry(&tries, status));
    return status == 0 || commit_fail_git(error, "cannot write to the git repository");
}

/* From how many files on the disk is waited for once for all objects, not for each. */
#define MANY 16

/* Waits until all that was written to the repository is on the disk. */
static gboolean sync_objects(struct commit_run *run, GError **error)
{
    g_autofree char *path = g_build_filename(git_repository_commondir(run->git), "objects", NULL);
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    gboolean good = descriptor >= 0 && (!SAFEGUARD("fsync") || syncfs(descriptor) == 0);
    int saved = errno;

    if (descriptor >= 0)
        close(descriptor);
    return good || commit_fail_system(error, path, saved);
}

static gboolean prepare_all(struct commit_run *run, git_index *index, git_tree *tree, GError **error)
{
    gboolean many = run->request->n >= MANY, good = TRUE;

    if (many)
        git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 0);
    for (guint i = 0; i < run->request->n && good; i++)
        good = prepare_file(run, index, tree, &run->request->files[i], &run->versions[i], error);
    good = good && (run->request->stage || make_tree(run, tree, error));
    if (many)
        git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, SAFEGUARD("fsync"));
    return good && (!many || sync_objects(run, error));
}

static void forget(struct commit_run *run)
{
    g_array_set_size(run->targets, 0);
    for (guint i = 0; i < run->request->n; i++) {
        g_clear_pointer(&run->versions[i].before, g_bytes_unref);
        g_clear_pointer(&run->versions[i].after, g_bytes_unref);
    }
    run->records = FALSE;
}

gboolean commit_prepare(struct commit_run *run, git_index *index, GError **error)
{
    git_commit *parent = NULL;
    git_tree *tree = NULL;

    forget(run);
    if (!commit_head_read(run, &run->head, error))
        return FALSE;
    if (!git_oid_is_zero(&run->head.id) &&
        (git_commit_lookup(&parent, run->git, &run->head.id) < 0 || git_commit_tree(&tree, parent) < 0)) {
        git_commit_free(parent);
        return commit_fail_git(error, "cannot read the last commit");
    }
    /* Attributes are looked up in an index, too: in the one that is read already. */
    git_repository_set_index(run->git, index);
    gboolean good = prepare_all(run, index, tree, error);
    git_repository_set_index(run->git, NULL);
    forget_folder(run);
    git_tree_free(tree);
    git_commit_free(parent);
    return good;
}

gboolean commit_prepare_changes(const struct commit_run *run)
{
    for (guint i = 0; i < run->targets->len; i++) {
        const struct commit_target *target = &g_array_index(run->targets, struct commit_target, i);
        GBytes *before = target->file->before, *after = target->file->after;
        if (target->leaves || is_changed(&target->index, &target->new_index) || !before || !after ||
            !g_bytes_equal(before, after))
            return TRUE;
    }
    return run->records;
}

gboolean commit_prepare_holds(struct commit_run *run, git_index *index, gboolean *holds, GError **error)
{
    struct commit_head now = { 0 };

    if (!commit_head_read(run, &now, error))
        return FALSE;
    *holds = strcmp(now.ref, run->head.ref) == 0 && strcmp(now.target, run->head.target) == 0 &&
             git_oid_equal(&now.id, &run->head.id);
    commit_head_clear(&now);
    for (guint i = 0; i < run->targets->len && *holds; i++) {
        const struct commit_target *target = &g_array_index(run->targets, struct commit_target, i);
        struct commit_blob blob = commit_index_blob(index, target->path);
        *holds = !is_changed(&blob, &target->index);
    }
    return TRUE;
}
