/*
 * The commits that words of a command line name, as git log takes them.
 */
#pragma once

#include "history_object.h"

struct range {
    GArray *starts; /* struct object_id: from here back */
    GArray *ends;   /* without these, and all before them */
};

/* The range of the words, NULL-terminated: "main", "main..topic", "main...topic", "^v1.0". NULL, or only such
 * as begin with "^": of HEAD. REPO_ERROR_REVISION where one names no commit. */
struct range *range_new(struct repo *repo, const char *const *words, GError **error);
void range_free(struct range *range);
typedef struct range Range; /* for g_autoptr(Range) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Range, range_free)
