/*
 * The fields of an issue of beads, key by key: what has a field here goes there, texts into sections, all
 * else under x-….
 */
#pragma once

#include "import_beads_issue.h"

/* One issue while it is read. */
struct beads_reading {
    const struct beads_source *source;
    const struct json *json; /* an object */
    struct beads_issue *issue;
    struct import_item *item;
    GPtrArray *findings;
};

/* Takes all keys but id, title and those of texts. FALSE where the issue is refused; an error says why. */
gboolean import_beads_fields_take(struct beads_reading *reading);

/* The text under key, "" where there is none; NULL, with an error, where it is no string. Borrowed. */
const char *import_beads_text(const struct beads_reading *reading, const char *key);

/* The same of a text that is taken over whole: one line of at most IMPORT_LONGEST bytes, not empty; a new
 * string. */
char *import_beads_line(const struct beads_reading *reading, const char *key);

/* Where the value under key stands. */
struct position import_beads_place(const struct beads_source *source, const char *key);

/* Adds an error at that place; returns FALSE. */
gboolean import_beads_refuse(const struct beads_reading *reading, struct position at, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* Keeps a value under x-… and that name: text as text, a list of such as a list, all else as JSON. What is
 * empty or false, which beads leaves out itself, is not kept. */
void import_beads_keep(struct import_item *item, const char *name, const struct json *value);
