/*
 * A review as a comment on a pull or merge request, in the Markdown that GitHub, GitLab and Forgejo share:
 * for a Product Owner first. What became of the whole stands above, then the items, the most important first,
 * each on a line that opens to show which words changed.
 *
 * It begins with a comment of HTML that is the same for each review of one backlog, by which a bot finds its
 * own comment again and replaces it. Nothing of an item can become anything but text (plain_escape_forge),
 * and the length stays below DIFF_MARKDOWN_BYTES, the least important details being left out, which is said.
 */
#pragma once

#include "review.h"

/* GitHub takes 65,536 characters; something may stand around it. */
#define DIFF_MARKDOWN_BYTES 60000

/* Where the files can be seen: *links is the address of the folder of policy->top in a forge, without a slash
 * at its end; newly allocated, or NULL where it is not known. It is url (of an option, or NULL), else what
 * the variables of GitHub's, Forgejo's and GitLab's CI say. FALSE with a usage error where url is no address.
 */
gboolean diff_markdown_links(const char *url, char **links, GError **error);

/* The comment, newly allocated. range is what the user gave to diff, "main...HEAD", for the line that says
 * how to see more; "" for nothing. links as above, or NULL. */
char *diff_markdown_print(const struct review *review, const struct policy *policy, const char *range,
                          const char *links);
