/*
 * First words that are no command of the table: a program refine-NAME on PATH, else an alias.
 */
#pragma once

#include "options.h"

/* Puts what the first of *arguments stands for in its place. A program replaces this process, with what stood
 * before the word as if it stood behind; that returns only where it fails. trail is alias_expand's. TRUE:
 * *arguments begins with other words now. FALSE: an error, a usage error that names the nearest command where
 * the word stands for nothing. */
gboolean foreign_replace(char ***arguments, const struct common_options *common, struct output *output,
                         GPtrArray *trail, GError **error);
