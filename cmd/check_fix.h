/*
 * refine check --fix: mends what can be mended, records it as one decision, and says what it did.
 */
#pragma once

#include "command.h"
#include "json.h"
#include "mend.h"

struct fix {
    struct mend *mend;
    struct decision_outcome outcome; /* of what was recorded; DECISION_NOTHING where that was nothing */
    gboolean dry_run;
};

/* Mends the backlog, or of it the items with these paths (NULL-terminated; NULL: all). With --dry-run nothing
 * is written, and in text the patch is printed. Nothing to clear where it fails. */
gboolean fix_backlog(struct context *context, struct backlog *backlog, const char *const *only,
                     struct fix *fix, GError **error);
void fix_clear(struct context *context, struct fix *fix);

/* Where the files at paths (NULL-terminated) are after that; borrowed strings, NULL-terminated. */
GPtrArray *fix_paths(const struct fix *fix, const char *const *paths);

void fix_print(struct context *context, const struct fix *fix);
void fix_print_json(struct context *context, struct json *json, const struct fix *fix);
