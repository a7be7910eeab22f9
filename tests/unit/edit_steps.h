/*
 * Calls of an edit as data, so that tests can list, check and reverse them. Every check is an assertion of
 * cmocka.
 */
#pragma once

#include "edit.h"

enum call { SET, SET_TYPED, REMOVE, ADD, DROP, RECORD, DROP_RECORD, MAP, UNMAP, PAIR };

/* One call: on key, with a value, the name of an entry, or the number of one. */
struct step {
    enum call call;
    const char *key;
    const char *value;
    const char *name;
    guint index;
};

/* The canonical order of keys that step_take uses; NULL-terminated. */
extern const char *const step_order[];

/* The order of names in a record that PAIR uses; NULL-terminated. */
extern const char *const step_record_order[];

/* Makes the call. PAIR sets name to value in record number index; RECORD adds from: service-hotline, on:
 * 2026-11-20 and the value under says. */
gboolean step_take(struct edit *edit, const struct step *step, GError **error);

struct edit *step_open(const char *text);

/* The text as edited so far; free with g_free. */
char *step_text(const struct edit *edit);

/* A file with these lines as front matter; free with g_free. */
char *step_file(const char *yaml);

/* The step turns the text of a file into after. */
void step_check_bytes(const char *before, struct step step, const char *after);

/* The step turns the front matter into after; and then back into before again. */
void step_check(const char *before, struct step step, const char *after);
void step_check_back(const char *before, struct step step, const char *middle, struct step back);

/* The step fails with code and message and leaves the edit as it was. */
void step_check_refused(const char *yaml, struct step step, enum edit_error code, const char *message);
