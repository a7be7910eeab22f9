/*
 * The git repository, read: the files of a revision or of the index. libgit2 is behind this header, and is
 * started by repo_open and repo_config_open.
 */
#pragma once

#include <glib.h>

#define REPO_ERROR repo_error_quark()
GQuark repo_error_quark(void);

enum repo_error {
    REPO_ERROR_NONE,     /* there is no repository */
    REPO_ERROR_OPEN,     /* one that cannot be read here */
    REPO_ERROR_REVISION, /* no such revision */
    REPO_ERROR_UNBORN,   /* HEAD is a branch without a commit */
    REPO_ERROR_READ,     /* an object or a setting that cannot be read */
    REPO_ERROR_BASE,     /* two revisions have no ancestor in common, or not here */
};

struct repo;

/* Opens the repository whose work tree holds the absolute path folder. */
struct repo *repo_open(const char *folder, GError **error);
void repo_close(struct repo *repo);
typedef struct repo Repo; /* for g_autoptr(Repo) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Repo, repo_close)

/* The absolute path of the git folder of this work tree, without a slash at its end: ".git", or what it
 * points to. Newly allocated. */
char *repo_git_folder(const struct repo *repo);

/* The absolute path of the work tree's top, without links or a slash at its end. Newly allocated; NULL with
 * an error where there is no work tree. */
char *repo_top(const struct repo *repo, GError **error);

/* Sets *unborn to whether the current branch has no commit yet. FALSE with an error where it cannot be read.
 */
gboolean repo_is_unborn(const struct repo *repo, gboolean *unborn, GError **error);

/* Path, relative to the absolute path folder, which is there, as it is from the top of the work tree; newly
 * allocated. NULL with an error where folder is not in the work tree. */
char *repo_relative(const struct repo *repo, const char *folder, const char *path, GError **error);

/* A file of a tree: its path relative to the top of the work tree, and the object that holds its bytes. */
struct repo_file {
    char *path;
    char object[41];   /* hexadecimal, NUL-terminated */
    gboolean is_file;  /* FALSE: a symbolic link */
    gboolean conflict; /* of the index: a merge has left several versions */
};

/* The files below folder (relative to the top; "" is all) of a revision; of the index where revision is ":",
 * which is the one that GIT_INDEX_FILE names, as in git's hooks. Returns an array of struct repo_file that
 * owns them; a folder that is not there has none. */
GPtrArray *repo_list(struct repo *repo, const char *revision, const char *folder, GError **error);

/* The bytes of an object of at most FILE_LIMIT. */
GBytes *repo_read(struct repo *repo, const char *object, GError **error);

/* Whether a revision (":" is the index) has a file, a link or a folder at path, relative to the top. */
gboolean repo_has(struct repo *repo, const char *revision, const char *path);

/* The bytes of the file at path, relative to the top, of a revision; NULL, without error, where it has none.
 */
GBytes *repo_read_at(struct repo *repo, const char *revision, const char *path, GError **error);
