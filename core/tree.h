/*
 * Items grouped by their parents, for a list that shows what belongs to what:
 *
 *     g_autoptr(Tree) tree = tree_new(backlog, items);
 *     for (guint i = 0; i < tree->nodes->len; i++)
 *         …                                          each node, its children right behind it
 *
 * Every item stands once, below its parent, which is put in where it is none of them (closed, or not asked
 * for). Parents in a circle are cut open in front of the one that is first in the backlog's order. Nothing
 * recurses.
 */
#pragma once

#include "backlog.h"

struct tree_node {
    const struct item *item;
    gboolean listed;          /* FALSE: put in as the parent of one that is */
    guint depth;              /* 0: has no parent */
    gboolean last;            /* of its parent's children */
    guint listed_below;       /* how many items of the list stand below it, at any depth */
    double below;             /* the weights of their estimates */
    struct tree_node *parent; /* NULL: none */
    /* private */
    guint place; /* where it goes among its brothers: an index of the backlog's items */
    struct tree_node *first_child, *next, *last_child;
};

struct tree {
    GPtrArray *nodes; /* struct tree_node, each before its children, brothers in the backlog's order */
    GPtrArray *all;   /* private: owns the nodes */
};

/* items are const struct item * of the loaded backlog, in its order. Brothers stand in the order of the
 * backlog, one that is put in where the first of those below it would. */
struct tree *tree_new(const struct backlog *backlog, const GPtrArray *items);
void tree_free(struct tree *tree);
typedef struct tree Tree; /* for g_autoptr(Tree) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tree, tree_free)
