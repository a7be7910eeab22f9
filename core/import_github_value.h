/*
 * Values of GitHub's JSON: what a person would call them, and how they are kept under x-….
 */
#pragma once

#include "import.h"
#include "json.h"

/* The name, login or title of an object, or the string itself; NULL of all else. Borrowed. */
const char *import_github_name(const struct json *value);

/* Keeps the value under the key, words parted by "-": text as text, arrays as lists, people by their login,
 * other objects as JSON. What is empty (null, false, 0, "", nothing in it) is not kept. */
void import_github_keep(struct import_item *item, const char *key, const struct json *value);

/* The type of an issue: word (NULL: there is none), else the first label that names one, as "bug",
 * "enhancement" or "type: bug"; else task. A new string. */
char *import_github_type(const struct policy *policy, const char *word, const GPtrArray *labels);
