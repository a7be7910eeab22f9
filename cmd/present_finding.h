/*
 * Findings as commands show them. Paths are relative to the root of policy and shown as the user would write
 * them; with policy NULL they are shown as they are.
 */
#pragma once

#include "command.h"
#include "finding.h"
#include "json.h"

/* Appends "PATH:LINE:COLUMN: SEVERITY: MESSAGE; HELP [RULE]" with a newline, fit to be shown; with_rule says
 * whether the last part is wanted. */
void present_finding(GString *out, struct output *output, const struct finding *finding,
                     const struct policy *policy, gboolean with_rule);

/* The same for all, the gravest first. */
void present_findings(GString *out, struct output *output, const GPtrArray *findings,
                      const struct policy *policy, gboolean with_rule);

/* Adds the findings, in their order, to an array. */
void present_findings_json(struct json *list, const GPtrArray *findings, const struct policy *policy);
