/*
 * The findings of a check in the formats that people, editors and services of continuous integration read.
 * Plain strings: nothing here knows an item, a policy or a terminal.
 *
 *     struct report report = { .findings = findings, .rules = rules, .n_rules = n, … };
 *     report_print(out, REPORT_SARIF, &report);
 *
 * All formats are given the same findings, in the same order, and none leaves one out but for what its
 * readers cannot show: TAP and JUnit say of waived ones that they are skipped, GitHub's commands, GitLab's
 * report and reviewdog's lines have no word for them and leave them out.
 */
#pragma once

#include "finding.h"

enum report_format {
    REPORT_TEXT, /* the command prints it itself, for its reader has a terminal; not for report_print */
    REPORT_JSON, /* the same */
    REPORT_SARIF,
    REPORT_GITHUB,
    REPORT_GITLAB,
    REPORT_JUNIT,
    REPORT_RDJSONL,
    REPORT_TAP,
    N_REPORT_FORMATS,
};

/* A rule, as a report lists it. */
struct report_rule {
    const char *name;
    enum severity severity; /* the default */
    const char *summary;    /* one line */
    const char *help;       /* paragraphs, in Markdown */
};

/* An item that was checked. */
struct report_item {
    const char *path;
    const char *id;    /* "" where there is none */
    const char *title; /* "" where there is none; as the file has it */
};

struct report {
    const GPtrArray *findings; /* struct finding, sorted; path never NULL, and with a path for the reader
                                  (from the top of the repository) in paths */
    const char *const *paths;  /* by index of findings */
    const char *const *fingerprints; /* the same (finding_fingerprints) */
    const struct report_rule *rules; /* all that were asked */
    guint n_rules;
    const struct report_item *items; /* all that were checked, in order; path as in paths */
    guint n_items;
    const char *version; /* of the program */
};

/* The format of that name: "text", "json", "sarif", "github", "gitlab", "junit", "rdjsonl", "tap". FALSE:
 * there is none. */
gboolean report_format_parse(const char *name, enum report_format *format);
const char *report_format_name(enum report_format format);

/* Appends the report. */
void report_print(GString *out, enum report_format format, const struct report *report);

/* Appends the summary that GitHub shows of a step: Markdown with a table of findings, gravest first, at most
 * 500 rows, and counts. */
void report_summary(GString *out, const struct report *report);

/* A fingerprint a finding (newly allocated strings, NULL-terminated array), 32 hexadecimal digits: of its
 * rule, the file's id or, without one, its path (ids, by index of findings; NULL entries: the path), and its
 * key or message, and of how many equal ones stand before it. Lines make no difference. */
char **finding_fingerprints(const GPtrArray *findings, const char *const *ids);
