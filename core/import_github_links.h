/*
 * How issues of GitHub name each other, and the repository that they belong to.
 */
#pragma once

#include "import_github_issue.h"

/* "github.com/owner/name" by the issue's own address; NULL where it has none. A new string. */
char *import_github_repository(const struct json *issue);

/* Whether it is a pull request, which the API lists among the issues. */
gboolean import_github_is_pull(const struct json *issue);

/* Whether the key names other issues. */
gboolean import_github_is_link(const char *key);

/* Adds the issues that value names to links, of struct github_link: by number, by address, as objects, or
 * lists of these. FALSE where it is none of them. */
gboolean import_github_links_add(GArray *links, const char *repository, const char *key,
                                 const struct json *value, struct position at);
