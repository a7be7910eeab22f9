/*
 * What the files of mend share: one run over a backlog. Only they include this.
 *
 *     mend.c            the run, and what becomes of the drafts
 *     mend_ids.c        two files with one id
 *     mend_follow.c     what refers to an item that got a new id
 *     mend_names.c      ids and file names that disagree
 *     mend_values.c     spelling, entries that stand twice
 *     mend_estimates.c  estimates as the scale writes them
 *     mend_sections.c   sections that are missing
 *     mend_ranks.c      ties
 *     mend_explain.c    what cannot be mended
 */
#pragma once

#include "history_origin.h"
#include "maker.h"
#include "mend.h"

struct mend_run {
    struct backlog *backlog;
    struct mend *mend;
    GHashTable *only;   /* paths; NULL: all */
    GHashTable *drafts; /* path -> struct draft, owned */
    GHashTable *broken; /* paths of files that cannot be edited, which was said */
    GHashTable *named;  /* struct item of which id and name are settled */
    GHashTable *taken;  /* ids given, aliases too */
    struct random *random;
    const char **order;      /* field_order */
    struct origins *origins; /* NULL: no history, or not yet asked for */
    gboolean origins_tried;
};

/* Whether the item is to be mended. */
gboolean mend_is_wanted(const struct mend_run *run, const struct item *item);

/* The same of what the rule finds in it: the policy may have switched that off. */
gboolean mend_is_due(const struct mend_run *run, const char *rule, const struct item *item);

/* The draft of the item, one for the run; NULL where its file cannot be edited, which is said as left. */
struct draft *mend_draft(struct mend_run *run, const struct item *item);

/* Says what was mended, or what is left, at the byte offset of the item's file. */
void mend_say(struct mend_run *run, const char *rule, const struct item *item, gsize offset,
              const char *format, ...) G_GNUC_PRINTF(5, 6);
void mend_leave(struct mend_run *run, const char *rule, const struct item *item, gsize offset,
                const char *help, const char *format, ...) G_GNUC_PRINTF(6, 7);

/* Returns result, what an edit returned, and says as left why it could not be made: *error, which is cleared.
 * The address is given, since arguments are evaluated in any order. */
gboolean mend_try(struct mend_run *run, const char *rule, const struct item *item, gsize offset,
                  gboolean result, GError **error);

/* The history of the current branch, opened at the first call; NULL where there is none, or with an error. */
struct origins *mend_origins(struct mend_run *run, GError **error);

/* -- mend_ids.c -- */

/* One of several files with one id. */
struct twin {
    const struct item *item;
    const char *head_path;            /* where the last commit has it; NULL: nowhere. Borrowed */
    const struct walk_commit *origin; /* that brought it; NULL: none has */
    char *id;                         /* the new one; NULL: it keeps the one it has */
};

struct twins {
    const char *id;
    GPtrArray *all;      /* struct twin */
    struct twin *oldest; /* borrowed */
};

/* Gives new ids to all files with one id but the oldest, and lets their references follow. */
gboolean mend_ids(struct mend_run *run, GError **error);

/* The oldest of these twins (struct twin, one or more) of an id. */
struct twin *mend_oldest(const GPtrArray *twins, const char *id);

/* -- mend_follow.c -- */

/* Lets references and votes of each of the groups (struct twins) follow, and says which mentions are left. */
gboolean mend_follow(struct mend_run *run, const GPtrArray *groups, GError **error);

/* Whether a version of an item (NULL: there is none) refers to the id under key. */
gboolean mend_refers(GBytes *version, const char *key, const char *id);

/* -- mend_names.c, mend_values.c, mend_estimates.c, mend_sections.c, mend_ranks.c -- */

void mend_names(struct mend_run *run);
void mend_values(struct mend_run *run);
void mend_estimates(struct mend_run *run);
void mend_sections(struct mend_run *run);
void mend_ranks(struct mend_run *run);
