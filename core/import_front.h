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
};

/* Where a value stands in the file. */
struct position import_front_place(const struct import_front *front, const struct node *node);

/* Whether a value is short enough to be taken over as what; an error otherwise. */
gboolean import_front_fits(const struct import_front *front, const struct node *node, const char *what);

/* Whether there is a value; one that should be a scalar but is not is kept as text. */
gboolean import_front_is_text(const struct import_front *front, const struct node *node);

/* Keeps a scalar under x-… and that name, as it is typed. */
void import_front_keep(const struct import_front *front, const char *name, const struct node *node);

/* A day, or a time, which is kept under its own name too. */
gboolean import_front_take_created(const struct import_front *front, const struct node *node);

/* The first name, without its "@"; several are kept too. */
gboolean import_front_take_owner(const struct import_front *front, const struct node *node);

gboolean import_front_take_labels(const struct import_front *front, const struct node *node);

/* Ids of other items, to be resolved by the caller. key is static. */
gboolean import_front_take_depends(const struct import_front *front, const struct node *node,
                                   const char *key);
gboolean import_front_take_parent(const struct import_front *front, const struct node *node, const char *key);

/* What has no field: kept under x-… and its own name. */
void import_front_take_other(const struct import_front *front, const struct node *node);
