/*
 * Findings as commands show them. Paths are relative to the root of policy and shown as the user would write
 * them; with policy NULL they are shown as they are.
 */
#pragma once

#include "command.h"
#include "finding.h"
#include "json_list.h"

/* Appends "PATH:LINE:COLUMN: SEVERITY: MESSAGE; HELP [RULE]" with a newline, fit to be shown; with_rule says
 * whether the last part is wanted. */
void present_finding(GString *out, struct output *output, const struct finding *finding,
                     const struct policy *policy, gboolean with_rule);

/* The same with another word, in that style, in place of the severity. */
void present_finding_as(GString *out, struct output *output, const struct finding *finding,
                        const struct policy *policy, const char *word, enum table_style style,
                        gboolean with_rule);

/* The same for all, the gravest first. */
void present_findings(GString *out, struct output *output, const GPtrArray *findings,
                      const struct policy *policy, gboolean with_rule);

/* The same, and below each, indented, the words that explain it (explanations: one a finding, NULL for none).
 */
void present_findings_explained(GString *out, struct output *output, const GPtrArray *findings,
                                const GPtrArray *explanations, const struct policy *policy);

/* Adds the findings, in their order, to an array; explanations, which may be NULL, is as above. */
void present_findings_json(struct json *list, const GPtrArray *findings, const GPtrArray *explanations,
                           const struct policy *policy);

/* The same to a list that is printed as it grows, for where there may be very many. */
void present_findings_json_list(struct json_list *list, const GPtrArray *findings,
                                const GPtrArray *explanations, const struct policy *policy);
