/*
 * Aliases: words of the user's own for commands, in git's configuration under refine.alias.
 *
 *     git config --global refine.alias.top 'list status:ready'      refine top lists what is ready
 *     git config --global refine.alias.web '!git grep'              a line for the shell
 *
 * As with git, only a word that is neither a command nor a program refine-NAME is looked up, so that no alias
 * changes what a command does, and nobody else pays for reading the configuration.
 */
#pragma once

#include <glib.h>

/* What the alias stands for, as it is written; NULL where there is none. Newly allocated. */
char *alias_find(const char *name);

/* All names, sorted; NULL-terminated, the caller's. */
char **alias_names(void);

/* Puts what the alias stands for in the place of the first of *arguments. One for the shell replaces this
 * process, at the top of the work tree with GIT_PREFIX as git sets it; that returns only where it fails.
 * trail holds the aliases that led here, as owned strings, and gets this one: a circle is an error. FALSE
 * with an error; *found tells whether there is such an alias at all. */
gboolean alias_expand(char ***arguments, GPtrArray *trail, gboolean *found, GError **error);
