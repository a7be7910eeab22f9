/*
 * The files of git's hooks folder: what stands there under the name of a hook, and putting ours in its place
 * and back. Symbolic links and what is no file are never touched.
 */
#pragma once

#include "hook_script.h"
#include "repo.h"

enum hook_file_state {
    HOOK_FILE_NONE,
    HOOK_FILE_OURS,    /* as this version of refine writes it */
    HOOK_FILE_OLD,     /* ours of another version, edited, or not executable */
    HOOK_FILE_ANOTHER, /* a hook of somebody else's */
    HOOK_FILE_ODD,     /* a link, a folder: nothing that can be moved aside */
};

struct hook_file {
    enum hook_kind kind;
    enum hook_file_state state;
    char *path; /* absolute; that of NAME.legacy where pre-commit, the framework, has moved ours there */
    char *kept; /* where the hook that ours replaced is kept, or would be */
    gboolean has_kept;
    gboolean needs_name; /* HOOK_FILE_ANOTHER that would do nothing under the name of kept */
};

/* Fills file, zeroed memory, with what stands at the path where git looks for such a hook. */
void hook_file_init(struct hook_file *file, enum hook_kind kind, const char *path);
void hook_file_clear(struct hook_file *file);

/* Puts our script there, in one step: executable as the umask lets it; one of somebody else's is kept, but
 * for one that needs its name. Makes
 * the folder. */
gboolean hook_file_install(const struct hook_file *file, GError **error);

/* Takes our script away, and puts back the one that it replaced. */
gboolean hook_file_remove(const struct hook_file *file, GError **error);

/* Whether pre-commit, the framework, has moved ours to NAME.legacy, and runs it from there. */
gboolean hook_file_is_moved(const struct hook_file *file);

/* Whether the hook that was kept is the framework's own and stands in its place again: hook_file_remove
 * leaves the kept one where it is then. */
gboolean hook_file_leaves_kept(const struct hook_file *file);
