/*
 * What the ids of another tracker name: "BACK-12" is found as back-12, as 12, and as TASK-12 where the
 * project was called that once.
 *
 * An id is a prefix and a number with parts, "back-12.03". All prefixes of ids that were added, and those of
 * import_names_add_prefix, are one series of numbers, but for "draft", which has its own. An id in the same
 * spelling comes first, then the same number, then one that differs by leading zeros; among equals the one
 * added first.
 */
#pragma once

#include <glib.h>

struct import_names;

struct import_names *import_names_new(void);
void import_names_free(struct import_names *names);
typedef struct import_names ImportNames; /* for g_autoptr(ImportNames) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ImportNames, import_names_free)

/* Takes prefix for one of the series, whether or not an id has it. */
void import_names_add_prefix(struct import_names *names, const char *prefix);

/* Gives the item with that index a name. */
void import_names_add(struct import_names *names, const char *id, guint index);

/* The index of the item that reference names, or G_MAXUINT. */
guint import_names_find(const struct import_names *names, const char *reference);

/* The order of ids by the parts of their numbers; one without number comes last. Negative, 0 or positive. */
int import_names_compare(const char *a, const char *b);
