/*
 * What the files of change share. Only they include this.
 */
#pragma once

#include "change.h"
#include "criteria.h"

/* The list entries of one version that have changes of their own, struct criterion; owned. */
struct change_entries {
    GPtrArray *criteria;
    GPtrArray *questions; /* empty where the section is to be compared as a whole, and so the decisions */
    GPtrArray *decisions;
};

/* Two versions that are compared. */
struct change_pass {
    const struct policy *policy;
    struct document *before;
    struct document *after;
    struct change_entries old;
    struct change_entries new;
    GPtrArray *changes;
};

/* Adds a change; borrowed. */
struct change *change_add(struct change_pass *pass, enum change_kind kind, const char *name,
                          const char *before, const char *after);

/* -- change_entries.c: questions and decisions -- */

/* Reads the entries of both versions. */
void change_read_entries(struct change_pass *pass);
void change_clear_entries(struct change_pass *pass);

/* Adds the changes of questions and decisions. Where some of either only changed places, there are no entries
 * of these left, so that their section is compared as a whole. */
void change_compare_entries(struct change_pass *pass);

/* -- change_assumptions.c -- */

/* Adds the changes of a list of assumptions, either of which may be NULL. FALSE, and nothing is added, where
 * these are not what came and what was settled alone. */
gboolean change_compare_assumptions(struct change_pass *pass, const char *name, const struct node *before,
                                    const struct node *after);

/* -- change_ready.c -- */

/* That the item was declared ready, or is not any more, which its status, its stamp and perhaps a line under
 * Decisions say together: "ready", "ready again", "no longer ready: REASON". Newly allocated; NULL where the
 * changes do not. */
char *change_print_readiness(const GPtrArray *changes);

/* Whether the change is a part of that, where there is such. */
gboolean change_is_readiness(const struct change *change);
