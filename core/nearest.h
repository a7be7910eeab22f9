/*
 * The nearest of the names that a person could have meant: for "did you mean" and "unknown key".
 */
#pragma once

#include <glib.h>

/* The name nearest to word within two edits, one for a word of three or four letters, none for a shorter one,
 * or NULL. An edit inserts, deletes, replaces or swaps neighbours (Damerau's distance, restricted: optimal
 * string alignment). Case does not count in word. names is NULL-terminated; what is returned is one of them.
 */
const char *nearest_name(const char *word, const char *const *names);
