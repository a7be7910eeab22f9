/*
 * What refine check prints: text and JSON for those who ran it, and the formats of report.h for services and
 * editors; on standard output or into a file.
 *
 *     struct check_target target;
 *     if (!check_target_init(&target, context, format, output, &error)) …      before anything is read
 *     if (!check_report_print(context, &target, &report, &error)) …
 *     status = check_report_fails(&report);
 *
 * In GitHub Actions, where nothing else is asked for, workflow commands follow the text, and the summary of
 * the step is written. The status is the same whatever is printed.
 */
#pragma once

#include "check_fix.h"
#include "check_scope.h"
#include "report.h"

struct check_target {
    enum report_format format; /* of the report */
    const char *output;        /* the file that it goes to; NULL: standard output */
    gboolean actions;          /* GitHub Actions run this, and nothing else is wanted on standard output */
};

/* What a check found. */
struct check_report {
    const struct check_scope *scope; /* what was checked, loaded */
    GPtrArray *findings;             /* struct finding, sorted */
    const GPtrArray *explanations;   /* one a finding; NULL: none */
    const struct fix *fix;           /* NULL: nothing was to be mended */
    gboolean advice;                 /* advice is listed, not only counted */
    gboolean health;                 /* the rules asked were those of the backlog as a whole */
    enum severity fail_on;
};

/* What the options ask for: format and output as given, NULL where they are not. Borrows output. */
gboolean check_target_init(struct check_target *target, const struct context *context, const char *format,
                           const char *output, GError **error);

/* Prints the report; where it goes to a file, what standard output would get by itself as well. Nothing but
 * the file can fail. */
gboolean check_report_print(struct context *context, const struct check_target *target,
                            const struct check_report *report, GError **error);

/* Whether the status is 1. */
gboolean check_report_fails(const struct check_report *report);
