/*
 * The table of rules, and the check of a backlog against it.
 *
 * A rule has a name, a default severity and a sentence; the policy can set its severity, by type and by
 * label. Facts about files hold for every item. The other rules hold for what claims to be ready (status
 * ready or doing): items that are still new or refining get the same findings as notes, and closed ones none,
 * but for what a dropped one says it repeats.
 */
#pragma once

#include "backlog.h"

struct rule {
    const char *name;
    enum severity severity; /* unless the policy says otherwise */
    const char *summary;    /* what it says, for a list of rules */
};

/* The table; a NULL name ends it. */
const struct rule *rule_table(void);

/* How many rules there are. */
guint rule_count(void);

/* The rule of that name, or NULL. */
const struct rule *rule_find(const char *name);

struct rules_options {
    gboolean all;            /* the severity of ready items holds for all open ones */
    const char *const *only; /* paths of the items to report on, NULL-terminated; NULL: all */
    /* Paths of those of them of which the file itself is checked, so that its body has to be read; of the
     * others only what lies between items, such as references. NULL: all. */
    const char *const *files;
    gboolean alone; /* only what the files themselves hold, and nothing of what lies between items */
};

/* Loads the backlog and returns its findings, those of files that cannot be read included, sorted; the
 * caller's. What depends-dangling is about is the field and the reference, what depends-cycle is about
 * the field and the paths of the items on the circle, the first of them again at its end: a line each. */
GPtrArray *rules_check(struct backlog *backlog, const struct rules_options *options);

/* Whether the item says that it can be begun, or was: it is ready or doing. */
gboolean rules_claims_ready(const struct item *item);
