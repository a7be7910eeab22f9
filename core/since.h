/*
 * What a branch adds to the findings: those of the backlog as it is now that it had not where the branch
 * began. Both are checked as a whole and by one policy, so that a reference which the branch broke elsewhere
 * is found, and nobody is held to what was wrong before.
 *
 *     g_autoptr(Since) since = since_open(gate, &error);            loads both
 *     GPtrArray *findings = since_check(since, &options);
 *
 * An item is the same by the id in the name of its file, wherever the file went; a finding is the same by its
 * rule, its item and what it says (finding.h: key, else message), as often as it is said, and never by its
 * line; where several commits are the base, in one of them. One that became graver is new. Where the branch
 * touched what was agreed on an item (stamp_text.h), all that is found in it counts.
 */
#pragma once

#include "gate.h"
#include "moments.h"
#include "rules.h"

struct since {
    const struct gate *gate;
    struct moments *moments; /* then: the base; now: the work tree */
};

/* The gate, of which base is there, must outlive it. */
struct since *since_open(const struct gate *gate, GError **error);
void since_free(struct since *since);
typedef struct since Since; /* for g_autoptr(Since) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Since, since_free)

/* The findings that count, sorted; the caller's. options is as for rules_check, with paths of now. */
GPtrArray *since_check(struct since *since, const struct rules_options *options);
