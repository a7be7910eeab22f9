/*
 * The findings of a check in the formats that people, editors and services of continuous integration read.
 * Plain strings: nothing here knows an item, a policy or a terminal.
 *
 *     struct report report = { .findings = findings, .rules = rules, .n_rules = n, … };
 *     report_print(out, REPORT_SARIF, &report);
 *
 * All formats are given the same findings, and none leaves one out but for what its readers cannot show:
 * SARIF, JUnit and TAP say of waived ones that they are suppressed, skipped or TODO; GitHub's commands,
 * GitLab's report and reviewdog's lines have no word for them and leave them out. Where a format has its own
 * verdict (JUnit, TAP), that is the one of report_fails, and so that of the exit status. Whatever the texts
 * hold, the report is well formed, and no line of it is a command to the service that reads the log.
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
    const char *help; /* paragraphs, in Markdown; "" or NULL: there is none, the summary stands for it */
};

/* An item that was checked. */
struct report_item {
    const char *path;
    const char *id;    /* "" where there is none */
    const char *title; /* "" where there is none; as the file has it */
};

/* What only the text of the file tells about the place of a finding: columns from 1, in bytes where they say
 * so, else in characters; those of the end are past the last character. start_byte 0: it is not known;
 * end_line 0: the end is not, or it is where it begins. */
struct report_place {
    guint start_byte;
    guint end_line;
    guint end_column;
    guint end_byte;
};

struct report {
    const GPtrArray *findings;         /* struct finding, sorted */
    const char *const *paths;          /* by index of findings, from the top of the repository; never NULL */
    const char *const *fingerprints;   /* the same (finding_fingerprints) */
    const struct report_place *places; /* the same; NULL: none is known */
    const struct report_rule *rules;   /* all that were asked */
    guint n_rules;
    const struct report_item *items; /* all that were checked, in order; path as in paths */
    guint n_items;
    enum severity fail_on;
    guint advice;        /* notes of advice that are not among the findings */
    guint advice_items;  /* and on how many items */
    const char *version; /* of the program */
};

/* How many findings there are: of a severity, without advice and what is waived; and those. */
struct report_counts {
    guint of[SEVERITY_ERROR + 1];
    guint advice;
    guint waived;
};

/* The format of that name: "text", "json", "sarif", "github", "gitlab", "junit", "rdjsonl", "tap". FALSE:
 * there is none. */
gboolean report_format_parse(const char *name, enum report_format *format);
const char *report_format_name(enum report_format format);

struct report_counts report_count(const GPtrArray *findings);

/* Whether the finding makes a check fail: at or above that severity, no advice, not waived. */
gboolean report_fails(const struct finding *finding, enum severity fail_on);

/* What the text of its file tells about the place of a finding. Not known, where it is far along a line, and
 * where the text is not the one in which it was found. Only the lines of the finding are looked at. */
struct report_place report_place(const char *text, gsize length, const struct finding *finding);

/* Appends the report. Limits:
 *  - SARIF: GitHub takes 25,000 results a run and 10 MB, compressed, a file. The gravest 25,000 are printed,
 *    and a notification says how many are left out; of a message, the first 1,000 columns.
 *  - JUnit: a suite an item, a case a rule; where that makes more than 100,000 cases, the rules of an item
 *    that have nothing to say are one. */
void report_print(GString *out, enum report_format format, const struct report *report);

/* Appends the summary that GitHub shows of a step: Markdown with a table of findings, gravest first, at most
 * 500 rows, and counts; no more than room bytes and than 512 KiB. FALSE and nothing where the counts alone
 * are more. */
gboolean report_summary(GString *out, const struct report *report, gsize room);

/* A fingerprint a finding (newly allocated strings, NULL-terminated array), 32 hexadecimal digits: of its
 * rule, the file's id or, without one, its path (ids, by index of findings; NULL entries: the path), and its
 * key or message, and of how many equal ones stand before it. Lines make no difference. */
char **finding_fingerprints(const GPtrArray *findings, const char *const *ids);
