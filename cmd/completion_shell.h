/*
 * How completion speaks with each shell: its script, the words that come from it, and the answer.
 *
 * The first line of an answer is "words", "folders" or "files" (the shell completes these by itself), a
 * space, and how many characters of the word are settled; a candidate a line follows. No candidate has a
 * control byte, and what the shell inserts is quoted or left to the shell to quote: nothing is ever
 * evaluated.
 */
#pragma once

#include "completion_line.h"

/* A shell, or one of two ways in which bash wants its answer. */
struct completion_shell;

/* By name: bash, bash-list (candidates with what they are, for bash to list), zsh or fish; NULL for another.
 */
const struct completion_shell *completion_shell_find(const char *name);

/* The script for a shell, static; NULL where it has none of its own (bash-list). */
const char *completion_shell_script(const struct completion_shell *shell);

/* A word as it stands in the line, without its quotes. Newly allocated. */
char *completion_shell_unquote(const struct completion_shell *shell, const char *word);

/* Appends the answer; raw is the word at the cursor as it stands in the line, width that of the terminal, 0
 * for no limit. */
void completion_shell_answer(const struct completion_shell *shell, GString *out,
                             const struct completion *completion, enum completion_paths paths,
                             const char *raw, guint width);
