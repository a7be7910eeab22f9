/*
 * What an item depends on, and who depends on it, at any depth: as nodes, each before those below it.
 *
 *     g_autoptr(GPtrArray) nodes = depends_tree(backlog, depends, item, DEPENDS_DOWN);
 *
 * References are resolved as depends.h has it. Below an item that is done, released or dropped nothing is
 * looked for: nobody waits for it, and it waits for nobody. Nothing recurses.
 */
#pragma once

#include "depends.h"
#include "depends_external.h"

enum depends_direction {
    DEPENDS_DOWN, /* what it depends on */
    DEPENDS_UP,   /* who depends on it */
};

struct depends_node {
    const struct item *item;   /* NULL: external or missing has it */
    struct external *external; /* what lies outside; owned */
    char *missing;             /* a reference that names nothing; owned */
    const struct item
        *by;         /* the split item or the duplicate that the reference names in its place; or NULL */
    guint depth;     /* 0: directly */
    gboolean last;   /* of its brothers */
    gboolean above;  /* what is below it stands above already, and is left out here */
    gboolean circle; /* the same, for it leads back to itself */
};

/* struct depends_node, in an array that owns them; the item itself is none of them. Brothers stand in the
 * order of the file, what lies outside last, or, upwards, of the backlog. Externals are read from files. */
GPtrArray *depends_tree(struct backlog *backlog, const struct depends *depends, const struct item *item,
                        enum depends_direction direction);
