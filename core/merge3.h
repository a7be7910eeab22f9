/*
 * The three-way merge of texts, line by line, as git merges a file: what only one side changed is taken from
 * that side, what both changed alike is taken once. Bytes are bytes: line endings and the lack of a last
 * newline are parts of lines, and are neither converted nor supplied.
 */
#pragma once

#include <glib.h>

#define MERGE3_ERROR merge3_error_quark()
GQuark merge3_error_quark(void);

enum merge3_error {
    MERGE3_ERROR_CONFLICT, /* both changed the same lines, or lines that touch, differently */
    MERGE3_ERROR_FAILED,   /* the merge itself failed, for want of memory or on a text of gigabytes */
};

/* base with what ours and theirs each did to it; a new reference, which may be that of one of the three. NULL
 * on error; there are no markers of conflicts, for nothing is half merged. A text with a NUL byte merges with
 * its like alone: its lines mean nothing. */
GBytes *merge3_text(GBytes *base, GBytes *ours, GBytes *theirs, GError **error);

/* How a conflict is marked for a person. */
struct merge_labels {
    const char *ours;
    const char *theirs;
    const char *base; /* for diff3 */
    guint size;       /* of the markers, in characters; 0 is git's 7 */
    gboolean diff3;   /* what stood in base is shown, too */
};

/* The same for a person to finish: where it conflicts, both stand between git's markers, under these names.
 * NULL on error, which a text with a NUL byte is too. */
GBytes *merge3_marked(GBytes *base, GBytes *ours, GBytes *theirs, const struct merge_labels *labels,
                      GError **error);
