/*
 * The front matter of a foreign item, value by value: what readers of different trackers take alike.
 *
 * Each import_front_take_… fills one field of the item from a value, where there is one; a list or map that
 * no key can hold is kept as text, and told. FALSE where the item is refused; an error, which lacks the path,
 * says why.
 */
#pragma once

#include "import_document.h"

struct import_front {
    const struct document *document;
    struct import_item *item;
    GPtrArray *findings; /* for errors */
    gpointer data;       /* the reader's own */
};

/* What takes the value of a key, which is static. */
struct import_front_taker {
    const char *key;
    gboolean (*take)(const struct import_front *front, const struct node *node, const char *key);
};

/* Gives every value to the taker of its key; a NULL key ends them. What none takes is kept under x-… and its
 * own name. FALSE where one refuses the item. */
gboolean import_front_read(const struct import_front *front, const struct import_front_taker *takers);

/* Where a value stands in the file. */
struct position import_front_place(const struct import_front *front, const struct node *node);

/* Whether a value is short enough to be taken over as what; an error otherwise. */
gboolean import_front_fits(const struct import_front *front, const struct node *node, const char *what);

/* Whether there is a value; one that should be a scalar but is not is kept as text. */
gboolean import_front_is_text(const struct import_front *front, const struct node *node);

/* Keeps a scalar under x-… and that name, as it is typed. */
void import_front_keep(const struct import_front *front, const char *name, const struct node *node);

/* A day, or a time, which is kept under its own name too. */
gboolean import_front_take_created(const struct import_front *front, const struct node *node,
                                   const char *key);

/* The type, by import_type_named; a word that is lost so is kept. */
gboolean import_front_take_type(const struct import_front *front, const struct node *node,
                                const struct policy *policy);

/* The first name, without its "@"; several are kept too. */
gboolean import_front_take_owner(const struct import_front *front, const struct node *node, const char *key);

gboolean import_front_take_labels(const struct import_front *front, const struct node *node, const char *key);

/* Ids of other items, to be resolved by the caller. */
gboolean import_front_take_depends(const struct import_front *front, const struct node *node,
                                   const char *key);
gboolean import_front_take_parent(const struct import_front *front, const struct node *node, const char *key);
