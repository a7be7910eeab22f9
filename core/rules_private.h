/*
 * What the files of rules share: a run over one backlog, and how a rule reports. Each other file is a family.
 *
 *     rules.c          the table, severities, findings of what was read
 *     rules_file.c     facts about the file of one item
 *     rules_unique.c   what no two items may share
 *     rules_depends.c  references between items
 *     rules_votes.c    files of votes
 *
 * Only they include this.
 */
#pragma once

#include "rules.h"

struct rules_run {
    struct backlog *backlog;
    const struct rules_options *options;
    GHashTable *only;  /* the paths of options->only; NULL: all */
    GHashTable *files; /* likewise of options->files */
    GPtrArray *findings;
    const struct item *read; /* whose file was read last; NULL: none yet */
    GBytes *bytes;           /* of that file; NULL where it cannot be read */
};

/* Whether findings about the file at path are asked for. */
gboolean rules_is_wanted(const struct rules_run *run, const char *path);

/* Adds a finding of the rule called name about the item, at the byte offset of its file, where the policy and
 * the run want it. file_fact tells that it holds whatever the item's status; other findings about one that
 * does not claim to be ready become notes. help may be NULL. Returns the finding, or NULL where it is not
 * wanted. */
struct finding *rules_report(struct rules_run *run, const char *name, const struct item *item, gsize offset,
                             gboolean file_fact, const char *help, const char *format, ...)
    G_GNUC_PRINTF(7, 8);

/* -- rules_file.c -- */

/* Fields that lack, values that cannot be, the names of the item. */
void rules_check_file(struct rules_run *run, const struct item *item);

/* -- rules_unique.c -- */

/* Two items with one id, an alias that is the id or alias of another, two open items with one rank. */
void rules_check_duplicates(struct rules_run *run);
void rules_check_aliases(struct rules_run *run);
void rules_check_ties(struct rules_run *run);

/* -- rules_depends.c -- */

/* References of the item that name none. */
void rules_check_references(struct rules_run *run, const struct item *item);

/* Circles of items, by their indexes: of dependencies, of parents, and of duplicates. As graph_cycles. */
struct rules_cycles {
    GPtrArray *depends;
    GPtrArray *parents;
    GPtrArray *duplicates;
};

/* Finds them in a loaded backlog, of which it only reads items and names: a GThreadFunc. Never NULL. */
gpointer rules_find_cycles(gpointer backlog);

/* Reports the circles, and frees them. */
void rules_check_cycles(struct rules_run *run, struct rules_cycles *cycles);

/* -- rules_votes.c -- */

/* Reports files of votes that cannot be what was meant, and those on no item. */
void rules_check_votes(struct rules_run *run);
