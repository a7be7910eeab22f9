/*
 * A list as a tree: the lines in front of titles, and JSON with children inside of their parents.
 */
#pragma once

#include "json.h"
#include "tree.h"

/* The most levels below the first that are ever shown: readers of JSON have limits. */
#define LIST_TREE_LEVELS 24

/* How many levels a terminal that is so wide (0: any width) has room for. */
guint list_tree_levels(guint width);

/* Where a node of a tree stands, in a list that has each before its children. */
struct list_tree_place {
    guint depth;   /* 0: has no parent */
    gboolean last; /* of its parent's children */
};

/* What stands in front of the titles of nodes, by index: "│  ├─ ", or the like in ASCII. What stands deeper
 * than levels is drawn at the last one, behind an ellipsis. */
GPtrArray *list_tree_guides(const struct list_tree_place *places, guint n, guint levels, gboolean unicode);

/* Adds to array an object for each root, which fill, called with the index of the node and data, fills; then,
 * in an array "children" of it, those of its children. What stands deeper than LIST_TREE_LEVELS is put in at
 * that level. */
void list_tree_json(const struct tree *tree, struct json *array,
                    void (*fill)(struct json *object, guint index, gpointer data), gpointer data);
