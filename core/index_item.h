/*
 * An item as bytes, for a row of the index: a number of values, for each of them its field, kind, counts and
 * offset, and behind them all texts. It is read on the machine that wrote it, and by the same INDEX_VERSION.
 */
#pragma once

#include "item.h"

/* Appends the values of a readable item. FALSE, and nothing is appended, where they are too many or too long.
 */
gboolean index_item_print(GByteArray *bytes, const struct item *item);

/* How many bytes index_item_parse needs for the values; 0 where the bytes cannot be an item's. */
gsize index_item_room(const void *bytes, gsize length);

/* Fills item with the values, as item_init does from a document. They are put in room, which has as many
 * bytes as index_item_room says and is aligned for pointers, and item_clear does not free it. Its texts stay
 * where they are, in bytes, and path and file_id where they are, so these must outlive it. FALSE, and item is
 * untouched, where the bytes are not what index_item_print wrote. */
gboolean index_item_parse(struct item *item, const char *path, const char *file_id, const void *bytes,
                          gsize length, gpointer room);
