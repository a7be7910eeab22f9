/*
 * One item of a backlog: what its front matter says, in strings that the backlog owns.
 *
 * Known fields and the user's own keys are kept alike, as values in the order of the file; maps keep only
 * their keys, lists of maps nothing but their number. The body is not kept: backlog_read gives the file where
 * it is needed.
 */
#pragma once

#include "document.h"
#include "field.h"

/* One key of the front matter. */
struct value {
    const struct field *field; /* NULL: a key that is not in the table */
    const char *key;
    enum node_kind kind;
    guint count;              /* texts */
    guint records;            /* entries of a list that are maps or lists */
    guint32 offset;           /* where the value begins, in bytes of the file; its key where it has none */
    const char *const *texts; /* the scalar; the scalar entries of a list; the keys of a map */
};

struct item {
    const char *path;    /* relative to the policy's root */
    const char *file_id; /* the id in the file's name; NULL where that has none */
    const char *id;      /* of the front matter where it is one, else file_id; NULL: an item to be */
    gboolean readable;   /* the front matter could be read */
    const char *title;   /* "" where there is none */
    const char *rank;    /* NULL where there is none, or it is no rank */
    enum status status;
    guint position; /* from 1, by rank, among open items; 0 for others */
    guint n_values;
    struct value *values;
    gpointer own; /* private: values and their texts, which item_clear frees; NULL: they are not its own */
};

/* Fills item from document (NULL: a file that cannot be read); all strings go into strings. path and file_id,
 * if not NULL, are strings' own already. */
void item_init(struct item *item, const char *path, const char *file_id, const struct document *document,
               GStringChunk *strings);

/* Sets id, title, rank and status to what the values say: item_init does, and who fills values and texts in
 * another way. */
void item_settle(struct item *item);

/* Frees what item_init allocated beside the strings. */
void item_clear(struct item *item);

/* The value of a key, or NULL. */
const struct value *item_value(const struct item *item, const char *key);
const struct value *item_field(const struct item *item, enum field_id field);

/* The text of a field that is one value and not empty, or NULL. */
const char *item_text(const struct item *item, enum field_id field);

/* The texts of a list, NULL-terminated and borrowed; an empty one where there is none. */
const char *const *item_texts(const struct item *item, enum field_id field);

/* What a command line calls it: its id, or, of an item to be, its path. */
const char *item_name(const struct item *item);

/* Appends "t2h8k (Index the orders)", a long title cut. */
void item_append(GString *out, const struct item *item);

/* The order of the backlog: rank, then id, then path. */
int item_compare(const struct item *a, const struct item *b);
