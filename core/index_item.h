/*
 * An item as bytes, for a row of the index: a number of values, for each of them its field, kind, counts and
 * offset, and behind them all texts. It is read on the machine that wrote it, and by the same INDEX_VERSION.
 */
#pragma once

#include "item.h"

/* Appends the values of a readable item. FALSE, and nothing is appended, where they are too many or too long.
 */
gboolean index_item_print(GByteArray *bytes, const struct item *item);

/* Fills item with the values, as item_init does from a document: its texts stay where they are, in bytes, and
 * path and file_id where they are, so these must outlive it. FALSE, and item is untouched, where the bytes
 * are not what index_item_print wrote. */
gboolean index_item_parse(struct item *item, const char *path, const char *file_id, const void *bytes,
                          gsize length);
