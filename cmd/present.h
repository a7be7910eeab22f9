/*
 * Items and decisions as commands show them: the same words and the same JSON everywhere.
 */
#pragma once

#include "command.h"
#include "draft.h"
#include "json.h"

/* Adds what the front matter of an item says to an object: id, path, position, every field under its name,
 * and under "other" the user's own keys. Of maps and of lists of maps nothing: present_node has those, from
 * the file. */
void present_item(struct json *object, const struct policy *policy, const struct item *item);

/* Adds a node of front matter under key; field is that of the key, NULL where it is none. */
void present_node(struct json *parent, const char *key, const struct field *field, const struct node *node);

/* Appends a node on one line, lists in brackets and maps in braces, fit to be shown. */
void present_text(GString *out, const struct node *node);

/* Prints a value, indented, with a newline. */
void present_json(struct context *context, const struct json *json);

/* "s", but "" for one. */
const char *present_plural(guint n);

/* The path as the user would write it, fit to be shown. */
char *present_path(const struct policy *policy, const char *path);
