/*
 * One issue of GitHub read into an import_item.
 */
#pragma once

#include "import.h"
#include "import_file.h"
#include "json.h"

/* How one issue names another. */
enum github_relation {
    GITHUB_PARENT,
    GITHUB_CHILD,
    GITHUB_BLOCKED_BY,
    GITHUB_BLOCKS,
};

struct github_link {
    enum github_relation relation;
    char *source; /* of the other issue, as its x-source */
    char *name;   /* as a person writes it: GH-12, or owner/name#12 of another repository */
    struct position at;
};

struct github_source {
    const struct policy *policy;
    const struct import_file *file;
    struct span span;   /* of the issue in the file's text */
    struct position at; /* of its first byte */
};

/* An issue as read: links are not resolved, and the place is open. */
struct github_issue {
    struct import_item *item; /* the caller's; NULL: refused, or no issue */
    gint64 number;
    GArray *links;    /* struct github_link; the caller's, with item */
    gboolean is_pull; /* a pull request */
    gboolean is_bare; /* no address says of which repository it is */
};

/* Reads the issue. FALSE where it cannot be taken over: an error in findings, which lacks the path, says why.
 */
gboolean import_github_issue_read(const struct github_source *source, struct github_issue *issue,
                                  GPtrArray *findings);

/* A place within the part of a text that begins at base, in the whole text. */
struct position import_github_shift(struct position base, struct position at);
