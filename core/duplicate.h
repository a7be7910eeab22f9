/*
 * Duplicates: items that are dropped because another, the original, carries what they asked for.
 *
 *     const struct duplicate_options options = { .names = names, .reason = "both of the spring fair" };
 *     g_autoptr(Duplicates) duplicates = duplicate_mark(backlog, entries, original, &options, &error);
 *     decision_record(backlog, duplicates->drafts, …);
 *
 * What is dropped keeps all it says, with a line under Decisions that names the original. What was a part of
 * it becomes a part of the original. Whoever depends on it depends on the original, and its requests count
 * for that: both are resolved when read (depends.h, demand.h). Its criteria and open questions would be lost
 * to the team, though: what of them the original lacks is told, and copied where that is wanted.
 */
#pragma once

#include "draft.h"
#include "duplicate_gap.h"

struct duplicate_options {
    const char *names;  /* as remark_names has them */
    const char *reason; /* NULL: that it repeats the original is reason enough */
    gboolean take[DUPLICATE_PARTS];
};

struct duplicates {
    GPtrArray *drafts; /* struct draft: the duplicates, then their children, then the original; some may
                          change nothing */
    GPtrArray *gaps;   /* struct duplicate_gap, by duplicate; none where the original is no longer open */
};

/* Drafts of the decision that entries, each once, repeat original, which is no duplicate itself (see
 * backlog_original). What is so already changes nothing. Refused with DRAFT_ERROR_VALUE: an item that would
 * repeat itself, one that is done, released or split, one of which the original is a part, one that the
 * original waits for, and to take something into an original that is not open. */
struct duplicates *duplicate_mark(struct backlog *backlog, const GPtrArray *entries,
                                  const struct entry *original, const struct duplicate_options *options,
                                  GError **error);
void duplicates_free(struct duplicates *duplicates);
typedef struct duplicates Duplicates; /* for g_autoptr(Duplicates) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Duplicates, duplicates_free)

/* Whether the draft drops its item, or makes it the duplicate of another, in a way that needs a line under
 * Decisions: for it says what is repeated, or there is a reason (NULL: none). */
gboolean duplicate_needs_remark(struct draft *draft, const char *reason);

/* Adds that line: "duplicate of t2h8k: REASON", "dropped: REASON". names are as remark_names has them. */
gboolean duplicate_remark(struct draft *draft, const char *names, const char *reason, GError **error);
