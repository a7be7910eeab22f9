/*
 * A report of believable findings, for the tests of its formats.
 */
#pragma once

#include "report.h"

struct report_sample {
    struct report report;
    GPtrArray *findings;
    GPtrArray *paths;
    GArray *places;
    char **fingerprints;
    gboolean own; /* items and rules are the sample's */
};

/* What names, titles and messages try; NULL-terminated. */
extern const char *const report_hostile[];

/* Two items: one with an error, a warning, a note of advice and a waived warning, and one with nothing. */
struct report_sample *report_sample_new(void);

/* The same items, of which text has been put into every place that a file, or the policy, can fill. */
struct report_sample *report_sample_hostile(const char *text);

/* Two items without a finding. */
struct report_sample *report_sample_clean(void);

void report_sample_free(struct report_sample *sample);
typedef struct report_sample ReportSample; /* for g_autoptr(ReportSample) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReportSample, report_sample_free)

/* The sample in a format; newly allocated. */
char *report_sample_print(const struct report_sample *sample, enum report_format format);
