/*
 * The table of item fields: what an item's front matter may hold, in the order in which new items write it.
 *
 * Reading, checking, `set`, queries, columns, help and refine-item(5) all go by this table; nothing else
 * lists fields.
 */
#pragma once

#include <glib.h>

enum field_id {
    FIELD_TITLE,
    FIELD_ID,
    FIELD_RANK,
    FIELD_TYPE,
    FIELD_STATUS,
    FIELD_CREATED,
    FIELD_ESTIMATE,
    FIELD_PARENT,
    FIELD_STAMP,
    FIELD_OWNER,
    FIELD_GOAL,
    FIELD_SPRINT,
    FIELD_VALUE,
    FIELD_RISK,
    FIELD_APPROACH,
    FIELD_DUPLICATE_OF,
    FIELD_LABELS,
    FIELD_DEPENDS,
    FIELD_ALIASES,
    FIELD_DESIGNS,
    FIELD_ASSUMPTIONS,
    FIELD_FEEDBACK,
    FIELD_VOTES,
    FIELD_WAIVE,
    N_FIELDS,
};

enum field_kind {
    FIELD_TEXT,       /* one value, any text */
    FIELD_CHOICE,     /* one of a set: type, status, goal, estimate */
    FIELD_DAY,        /* YYYY-MM-DD */
    FIELD_REFERENCE,  /* the id of an item */
    FIELD_KEY,        /* id or rank: made by the program */
    FIELD_LIST,       /* a list of texts */
    FIELD_REFERENCES, /* a list of ids; records for what lies outside; or the word none */
    FIELD_RECORDS,    /* a list of maps */
    FIELD_MAP,        /* names and values */
};

struct field {
    enum field_id id;
    const char *name;
    enum field_kind kind;
    /* How `set` changes it; NULL where set may. Otherwise the message that says what to use. */
    const char *instead;
    const char *summary; /* one line, for help and the manual */
};

/* The table, N_FIELDS long, field_id being the index. */
const struct field *field_table(void);

/* The field of that name, or NULL: the key is the user's own. */
const struct field *field_find(const char *name);

/* Names in canonical order, NULL-terminated, as format/edit takes them; the array is the caller's (g_free),
 * the names are not. */
const char **field_order(void);

/* Whether fields of this kind hold several entries. */
gboolean field_is_list(const struct field *field);

/* -- status -- */

enum status {
    STATUS_NEW,
    STATUS_REFINING,
    STATUS_READY,
    STATUS_DOING,
    STATUS_DONE,
    STATUS_RELEASED,
    STATUS_SPLIT,
    STATUS_DROPPED,
    N_STATUSES,
    STATUS_UNKNOWN = N_STATUSES, /* absent, or a word that is none of these */
};

/* "new" … "dropped", NULL-terminated, enum status being the index. */
const char *const *status_names(void);

/* The status of that exact name; STATUS_UNKNOWN for any other, and for NULL. */
enum status status_parse(const char *name);

/* Whether work may still come: new, refining, ready, doing, or unknown. */
gboolean status_is_open(enum status status);
