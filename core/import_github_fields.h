/*
 * The fields of an issue of GitHub, key by key: what has a field here goes there, all else under x-….
 */
#pragma once

#include "import_github_issue.h"

/* One issue while it is read. */
struct github_reading {
    const struct github_source *source;
    const struct json *json;
    struct github_issue *issue;
    struct import_item *item;
    char *repository; /* host/owner/name; the name of the file where the export does not say */
    const char *word; /* what names the type: GitHub's own, or NULL */
    GString *comments;
    GPtrArray *findings;
};

/* Takes all keys but number and title, and the comments. FALSE where the issue is refused; an error says why.
 */
gboolean import_github_fields_take(struct github_reading *reading);

/* The place of the value under key. */
struct position import_github_place(const struct github_reading *reading, const char *key);

/* Each adds an error; returns FALSE. */
gboolean import_github_refuse(const struct github_reading *reading, struct position at, const char *format,
                              ...) G_GNUC_PRINTF(3, 4);
gboolean import_github_refuse_kind(const struct github_reading *reading, const char *key, const char *wanted,
                                   const struct json *value);

/* Whether the text is short enough to be taken over. */
gboolean import_github_check_length(const struct github_reading *reading, const char *key, const char *text);
