/*
 * The findings of a check as report.h wants them: with paths from the top of the repository, fingerprints,
 * places, the rules and the items. Where there is no repository, as on a runner that has no git and downloads
 * the files alone, the top is what GITHUB_WORKSPACE or CI_PROJECT_DIR says.
 */
#pragma once

#include "backlog.h"
#include "report.h"

struct check_format {
    struct report report;
    /* private */
    const char *root;
    GStringChunk *strings;
    GPtrArray *paths;
    GArray *places;
    GArray *rules;
    GArray *items;
    char **fingerprints;
};

/* Of these findings (struct finding, sorted, with paths relative to the policy's root) about the loaded
 * backlog, or of it the items at the paths of only (NULL-terminated; NULL: all), by the rules of items or,
 * for health, of the backlog as a whole. Files are read anew for the places. The findings and the backlog
 * must outlive it. The caller sets what is left of report: fail_on and advice. */
void check_format_init(struct check_format *format, struct backlog *backlog, const GPtrArray *findings,
                       const char *const *only, gboolean health);
void check_format_clear(struct check_format *format);

/* How many rules that are, the team's own too. */
guint check_format_count(struct backlog *backlog, gboolean health);
