/*
 * What queries ask about that is no value of the front matter: it is worked out when it is asked for.
 *
 *     open-questions:        none is open        open-questions!=        some are
 *     open-questions:ana     one is put to ana   open-questions:2..      two or more are open
 *     demand:acme            acme asked for it   demand:3..              three or more did
 *
 * One row of a table for each such key. To add one: its two functions and its row; queries, their completion
 * and their errors go by the table, refine-list(1) says in words what it says.
 */
#pragma once

#include "backlog.h"

struct computed {
    const char *name;
    const char *summary;        /* for completion */
    const char *const *choices; /* the words that a value can be, NULL-terminated; NULL: any, or none */
    gboolean people;            /* values name people: "@me" and who is in the team are offered */
    gboolean askers;            /* values name who asked for something: these are */
    /* What the two below need of the loaded backlog, worked out once a query, and how to free it; NULL: the
     * backlog itself is all. */
    gpointer (*open)(struct backlog *backlog);
    GDestroyNotify close;
    guint (*count)(gpointer data, const struct item *item);
    /* Whether it has value, case-folded, neither empty nor a number. NULL: there are only numbers. */
    gboolean (*has)(gpointer data, const struct item *item, const char *value);
};

/* All rows; a NULL name ends them. */
const struct computed *computed_table(void);

/* The row of that name, or NULL. */
const struct computed *computed_find(const char *name);

/* Whether items can have value: "" (that there is none), a number, or one of its words. In a range only
 * numbers can be. Else FALSE, and an error of QUERY_ERROR_VALUE. */
gboolean computed_check(const struct computed *computed, const char *value, gboolean range, GError **error);

/* Whether the item has one of values, case-folded and checked, or, with range, as many as from values[0] to
 * values[1], "" where it is open. data is what open gave, or the backlog. */
gboolean computed_matches(const struct computed *computed, gpointer data, const struct item *item,
                          const char *const *values, gboolean range);
