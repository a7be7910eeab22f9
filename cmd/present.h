/*
 * Items and decisions as commands show them: the same words and the same JSON everywhere.
 */
#pragma once

#include "command.h"
#include "draft.h"
#include "json.h"
#include "remark.h"

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

/* How a status stands out. */
enum table_style present_status_style(enum status status);

/* The address of an item's file of the work tree, by its path relative to the policy's root; NULL where the
 * terminal has no links. */
char *present_item_link(struct context *context, const char *path);

/* "s", but "" for one. */
const char *present_plural(guint n);

/* The path as the user would write it, fit to be shown. */
char *present_path(const struct policy *policy, const char *path);

/* "refine" and the words as a shell takes them, fit to be shown; newly allocated. What cannot be shown as it
 * is, such as a control character, is pasted as it is shown. */
char *present_command(char **words);

/* A weight as a person writes it: "13", "0.5"; and with the policy's unit: "13 points", "1 point". Both newly
 * allocated, the latter fit to be shown. */
char *present_weight(double weight);
char *present_points(const struct policy *policy, double weight);

/* Adds a weight as a number, whole where it is. */
void present_weight_json(struct json *object, const char *key, double weight);

/* Adds an estimate or a vote: a number where it is one, else text; null for NULL. */
void present_estimate_json(struct json *object, const char *key, const char *estimate);

/* Adds a line of somebody in an item: its text as it stands, and its parts, which are null or empty where it
 * has another form (remark->day NULL). */
void present_remark(struct json *object, const char *text, const struct remark *remark);
