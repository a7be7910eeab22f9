/*
 * What the files of health share. Only they include this.
 *
 *     health.c         the run, and how it reports
 *     health_order.c   what lies near the top, and what far down
 *     health_past.c    what was decided lately, and by whom
 *     health_alike.c   estimates, solutions, items that are alike
 */
#pragma once

#include "health.h"
#include "horizon.h"
#include "rulebook.h"

struct health_run {
    struct backlog *backlog;
    const struct health_wish *wish;
    const struct horizon *horizon;
    GDateTime *now;
    guint days; /* HEALTH_SPRINTS sprints */
    GPtrArray *findings;
};

/* The list of items (const struct item *) as a sentence names them: "k7q2m, t2h8k and 3 more". Newly
 * allocated. */
char *health_names(const GPtrArray *items);

/* Adds a finding of the rule at item's first line (NULL: at the setting in the policy; without a policy file
 * at the first item), where the policy wants it. */
void health_report(struct health_run *run, const char *rule, const struct item *item, const char *setting,
                   const char *help, const char *format, ...) G_GNUC_PRINTF(6, 7);

void health_check_order(struct health_run *run);
gboolean health_check_past(struct health_run *run, GError **error);
gboolean health_check_alike(struct health_run *run, GError **error);
