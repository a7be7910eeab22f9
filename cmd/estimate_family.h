/*
 * What an item's estimate stands beside: that of its parent, with all parts of that, and those of its own
 * parts.
 */
#pragma once

#include "estimate_sheet.h"

struct family {
    const struct item *self;
    const struct item *parent; /* NULL: none, or no item */
    GPtrArray *siblings;       /* struct item, all parts of parent, self among them; empty without parent */
    GPtrArray *parts;          /* struct item, that have self as parent */
};

/* Loads the backlog, but only where the item has a parent or may have parts. */
void family_find(struct family *family, const struct sheet *sheet);
void family_clear(struct family *family);

/* Appends a line for each, and the sum beside the estimate of the whole; nothing where there is nobody. */
void family_print(const struct family *family, const struct sheet *sheet, GString *out);

/* Adds "parent" (null: none), "siblings" and "parts". */
void family_json(const struct family *family, struct json *object);
