/*
 * The health of a backlog: what no single item shows, as findings of the family "health" of the table of
 * rules. Advice to a team on how it refines: notes, unless the policy says otherwise.
 *
 *     g_autoptr(GPtrArray) findings = health_check(backlog, &wish, &error);
 *
 * Each rule says one thing at most, with the numbers, the items that show it best (HEALTH_NAMED of them) and
 * what to do; it stands at the first of these items, or at the policy. What is asked of the past is asked of
 * the decisions of the last HEALTH_SPRINTS sprints (sprint.days), from content (history.h). Persons are
 * counted by role; names are said only where that is wished for.
 */
#pragma once

#include "backlog.h"

/* Long enough for a habit, short enough for the team to be the same. */
#define HEALTH_SPRINTS 6

/* Items that a finding names. */
#define HEALTH_NAMED 5

struct health_wish {
    gboolean by_person; /* names, where a finding is about who decides */
};

/* The findings, sorted; the caller's. Loads the backlog, of the work tree. Without a repository, or in one
 * without a commit, what is asked of the past is left out. NULL where the history cannot be read. */
GPtrArray *health_check(struct backlog *backlog, const struct health_wish *wish, GError **error);
