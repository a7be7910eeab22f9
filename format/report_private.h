/*
 * What the printers of report.h share. Each appends a whole report.
 */
#pragma once

#include "report.h"

void report_sarif(GString *out, const struct report *report);
void report_github(GString *out, const struct report *report);
void report_gitlab(GString *out, const struct report *report);
void report_junit(GString *out, const struct report *report);
void report_rdjsonl(GString *out, const struct report *report);
void report_tap(GString *out, const struct report *report);

/* Indexes of findings (guint), the gravest first; advice and then what is waived stand last. */
GArray *report_by_gravity(const struct report *report);

/* "MESSAGE; HELP" on one line, fit to be shown; newly allocated. */
char *report_words(const struct finding *finding);

/* Its line and column, from 1: what is about the file as a whole stands at its beginning. */
struct position report_position(const struct finding *finding);

/* The place at index; of one that is not known, start_byte is 0. */
struct report_place report_place_at(const struct report *report, guint index);

/* "3 errors, 1 warning, 0 notes", and "; 2 waived" where there are such. */
void report_append_counts(GString *out, const struct report_counts *counts);
