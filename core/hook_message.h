/*
 * The file with a commit's message, as git hands it to the hooks prepare-commit-msg and commit-msg: what the
 * user wrote, comments, and with git commit -v a patch below a line of scissors. Pure text.
 */
#pragma once

#include "staged.h"

/* How comments begin: core.commentString, core.commentChar or "#". Newly allocated. */
char *hook_message_comment(const char *comment_string, const char *comment_char);

/* What git would take for the message: without comments and what is below the scissors, without blank lines
 * and spaces at the end. Newly allocated. */
char *hook_message_strip(const char *text, const char *comment);

/* The message for what is staged, as a decision of it would have, with a comment for each item of which the
 * policy wants a reason; and all of it as comments. Of the first of several backlogs the policy says how the
 * subject looks. Newly allocated; NULL where no item is staged. */
char *hook_message_print(const struct staged *staged, const char *comment);
char *hook_message_suggest(const struct staged *staged, const char *comment);

/* The file with the message in front, or, suggested, before the first of its comments. Newly allocated. */
char *hook_message_fill(const char *text, const char *message);
char *hook_message_insert(const char *text, const char *suggested, const char *comment);

/* Sentences, an array that owns them, on the items staged of which the policy wants a reason
 * (decisions.require-reason) that the message, stripped, does not give. Empty for "fixup!" and the like,
 * which will be part of another commit. */
GPtrArray *hook_message_check(const struct staged *staged, const char *message);
