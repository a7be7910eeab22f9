/*
 * What refine check looks at: the backlog of the work tree, all of it or some items, by whose policy, and
 * against which commit.
 *
 *     struct check_scope scope;
 *     if (!check_scope_open(&scope, context, "origin/main", NULL, &error) ||
 *         !check_scope_choose(&scope, arguments, &error)) …
 *     findings = check_scope_run(&scope, &options);
 *     check_scope_clear(&scope);
 */
#pragma once

#include "command.h"
#include "since.h"

struct check_scope {
    struct gate *gate;
    struct backlog *backlog; /* of the work tree, under the policy that rules */
    const char *const *only; /* paths of the items asked about, NULL-terminated; NULL: all */
    /* private */
    struct since *since; /* NULL: there is nothing to compare with; else owns backlog */
    GPtrArray *paths;
};

/* What holds items to more than they claim. */
struct check_wishes {
    gboolean all;      /* every open item is held to the rules of ready ones */
    gboolean as_ready; /* the items asked about are, or, where all are, every open one */
    gboolean advice;   /* advice is printed, or counted */
};

/* Opens it; since and policy as gate_open takes them. write says whether the index may be written. To be
 * cleared even on error. */
gboolean check_scope_open(struct check_scope *scope, const struct context *context, const char *since,
                          const char *policy, gboolean write, GError **error);
void check_scope_clear(struct check_scope *scope);

/* Asks about the items that the words name; none: about all. */
gboolean check_scope_choose(struct check_scope *scope, char **words, GError **error);

/* The findings that count; the caller's. */
GPtrArray *check_scope_run(struct check_scope *scope, const struct check_wishes *wishes);

/* "the merge base 1a2b3c4 of origin/main": against what; NULL without since. Newly allocated. */
char *check_scope_against(const struct check_scope *scope);

/* "the policy at 1a2b3c4", "the default policy, for there is none at 1a2b3c4": whose policy rules, where it
 * is not the one that would without being asked for, or is none. NULL else; newly allocated. */
char *check_scope_policy(const struct check_scope *scope);
