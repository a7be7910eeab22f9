/*
 * How often each rule spoke, told below a report that is too long to be counted by eye: where a team begins
 * to mend, or what it sets in its policy, is seen there and not in hundreds of lines.
 *
 *     check_tally_print(out, output, findings);      behind the line that ends the report
 *
 * A line for each severity and one for advice, the rule that spoke most often first:
 *
 *       errors    25 stale-ready, 5 not-estimated
 *       warnings  26 untestable-wording
 */
#pragma once

#include "finding.h"
#include "output.h"

/* Appends these lines where more than CHECK_TALLY_ABOVE of the findings are not waived, and more than one
 * rule spoke; else nothing. Broken to the width of output, which may be NULL: not broken. */
#define CHECK_TALLY_ABOVE 20
void check_tally_print(GString *out, const struct output *output, const GPtrArray *findings);
