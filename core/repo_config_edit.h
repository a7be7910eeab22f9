/*
 * The repository's own settings, .git/config, changed as git config changes them: comments, order, layout and
 * all other settings stay byte for byte, and what was added and is taken out again leaves nothing behind.
 *
 *     before = repo_config_file_read(repo, &error)
 *     after = repo_config_edit(before, settings, n, &error)    nothing is written yet: it can be shown
 *     repo_config_file_replace(repo, before, after, &error)
 *
 * Keys are written with section and name in lower case.
 */
#pragma once

#include "repo.h"

struct config_setting {
    const char *key;
    const char *value; /* NULL: it goes, and its section with it where nothing else stands there; what is
                          written in a place that git would not choose stays */
};

/* The absolute path of the file, which all work trees of a repository share. Newly allocated. */
char *repo_config_file_path(struct repo *repo);

/* Its bytes. */
GBytes *repo_config_file_read(struct repo *repo, GError **error);

/* The bytes of a file of settings with the n given ones so; NULL where they are not such a file. */
GBytes *repo_config_edit(GBytes *bytes, const struct config_setting *settings, gsize n, GError **error);

/* What the bytes themselves, without the files that they include, set the key to; NULL: nothing. Newly
 * allocated. */
char *repo_config_edit_value(GBytes *bytes, const char *key, GError **error);

/* Replaces the file, which must hold before, by after, in one step and under git's own lock. */
gboolean repo_config_file_replace(struct repo *repo, GBytes *before, GBytes *after, GError **error);
