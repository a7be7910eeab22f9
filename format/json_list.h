/*
 * A JSON text that is for the most part one long array, printed an entry at a time, so that no more than an
 * entry of it is ever held as values: those of 100,000 findings are ten times as large as what is printed of
 * them.
 *
 *     json_add_array(whole, "findings");
 *     json_list_begin(&list, out, whole, 2);
 *     for each: json_list_add(&list, entry); json_free(entry);
 *     json_list_end(&list);
 *
 * What is printed is, byte for byte, what json_print gives of whole with the entries in it.
 */
#pragma once

#include "json.h"

struct json_list {
    GString *out;
    char *end;    /* what follows the entries */
    guint indent; /* of a level; 0: all on one line */
    guint margin; /* spaces before an entry */
    gboolean any; /* an entry was printed */
};

/* Appends whole up to its entries. Its last value, or the last one in that, and so on, is an empty array: the
 * one that the entries are of. out must outlive the list; whole is not needed further. */
void json_list_begin(struct json_list *list, GString *out, const struct json *whole, guint indent);

/* Appends an entry, which stays the caller's. */
void json_list_add(struct json_list *list, const struct json *entry);

/* Appends the rest, and frees what the list holds. */
void json_list_end(struct json_list *list);
