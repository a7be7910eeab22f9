/*
 * Settings of git, as git reads them for one repository: of the system, the user (also under
 * $XDG_CONFIG_HOME), the repository and its work tree, and last what came with this call (git -c KEY=VALUE,
 * GIT_CONFIG_COUNT). GIT_CONFIG_SYSTEM, GIT_CONFIG_NOSYSTEM and GIT_CONFIG_GLOBAL are honoured, and so are
 * include and includeIf with gitdir and onbranch; with hasconfig they are not, for libgit2 does not know it.
 *
 *     g_autoptr(RepoConfig) config = repo_config_open(repo, &error);
 *     g_autofree char *name = repo_config_text(config, "user.name");
 *
 * A key is written with section and name in lower case. What is opened is a copy of that moment, which can
 * outlive the repository.
 */
#pragma once

#include "repo.h"

struct repo_config;

/* REPO_ERROR_READ with the file and line of what cannot be read. */
struct repo_config *repo_config_open(struct repo *repo, GError **error);

/* The same without what the repository itself says, for what it must not decide. */
struct repo_config *repo_config_open_outside(GError **error);

void repo_config_close(struct repo_config *config);
typedef struct repo_config RepoConfig; /* for g_autoptr(RepoConfig) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RepoConfig, repo_config_close)

/* The value in force; NULL where the key is not set, "" where it is set to nothing. Newly allocated. */
char *repo_config_text(const struct repo_config *config, const char *key);

/* The same as a path: ~/ and ~user/ stand for home folders. */
char *repo_config_path(const struct repo_config *config, const char *key);

/* ~/ and ~user/ at the beginning of path replaced; newly allocated, NULL where there is no such user. */
char *repo_config_expand(const char *path);

/* One setting, read anew: of the repository, or, with NULL, of the user outside of any. NULL where it is not
 * set or empty, or the configuration cannot be read. Newly allocated. */
char *repo_config_read(struct repo *repo, const char *key);

/* Every value of the key, the strongest last; NULL-terminated, the caller's. */
char **repo_config_texts(const struct repo_config *config, const char *key);

/* What follows prefix, section and subsection with a dot at the end such as "refine.alias.", in the keys that
 * are set below it: sorted, each once, in lower case; NULL-terminated, the caller's. */
char **repo_config_names(const struct repo_config *config, const char *prefix);

/* A value that is true or false, as git writes these; fallback where it is not set. REPO_ERROR_READ where it
 * is neither. */
gboolean repo_config_bool(const struct repo_config *config, const char *key, gboolean fallback,
                          gboolean *value, GError **error);

/* Makes libgit2 itself use the files that GIT_CONFIG_SYSTEM and the like name, of which it does not know. */
gboolean repo_config_apply(struct repo *repo, GError **error);
