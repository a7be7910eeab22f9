/*
 * Two moments of a backlog side by side, read by one policy: both loaded, what they have alike only once, and
 * which of their files differ. For whoever compares them: a review, a gate.
 *
 *     g_autoptr(Moments) moments = moments_open(policy, "main", NULL, &error);
 *     for (guint i = 0; i < moments->pairs->len; i++)
 *         …                                            the files that may differ
 *
 * An item is the same by the id in the name of its file, wherever the file went. Files that the work tree has
 * as the last commit has them are not looked into.
 */
#pragma once

#include "backlog.h"

/* A file that differs, or went elsewhere: its entries, either of which may be NULL. */
struct moments_pair {
    const struct entry *before, *after;
};

struct moments {
    struct backlog *then, *now;         /* loaded */
    struct backlog *pool;               /* the work tree, whose items the others borrow; NULL: none */
    GArray *pairs;                      /* struct moments_pair */
    GHashTable *items_then, *items_now; /* path -> struct item, of then and now */
    GHashTable *lent; /* paths of files that the work tree has as the later moment; NULL: none */
};

/* Opens both, each as backlog_open takes it: NULL is the work tree, ":" the index. The policy must outlive
 * them. */
struct moments *moments_open(const struct policy *policy, const char *before, const char *after,
                             GError **error);

/* The same with both open already, which belong to the moments then, also on error; then may be NULL, where
 * opening it failed. */
struct moments *moments_open_with(struct backlog *then, struct backlog *now, GError **error);

void moments_free(struct moments *moments);
typedef struct moments Moments; /* for g_autoptr(Moments) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Moments, moments_free)

/* The paths, NULL-terminated, of one of the moments' files that differ; the strings are borrowed. */
GPtrArray *moments_changed(const struct moments *moments, gboolean after);

/* What names the item at path in both moments: the id in the name of the file, else the path. Newly
 * allocated. */
char *moments_key(const char *path);
