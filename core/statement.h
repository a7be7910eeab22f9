/*
 * One acceptance criterion as the rules of its form and its qualities read it. rules_criterion.c makes one of
 * each criterion of a reading, in the order of the file, and asks the rules one after another.
 */
#pragma once

#include "rules_private.h"
#include "vocabulary.h"

struct statement {
    struct reading *reading;
    const struct vocabulary *words;
    const struct criterion *criterion;
    guint number;             /* from 1, as commands count criteria */
    struct prose_range range; /* its words, and those nested in it; empty for a scenario */
    struct prose_range own;   /* without what is nested */
    gboolean english;
};

/* The words from first to end as the file has them, short enough for a message. */
char *statement_quote(const struct statement *statement, guint first, guint end);

/* Where the tokens from first to end stand. */
struct span statement_span(const struct statement *statement, guint first, guint end);

/* What to do, and the command that does it: "advice: refine criteria k7q2m --reword 2=…". */
char *statement_help(const struct statement *statement, const char *advice);

/* Whether it says that it is still to be decided (TBD), which untestable-wording tells of: what it lacks
 * besides has the same cause. */
gboolean statement_is_pending(const struct statement *statement);

/* -- rules_measure.c: quality-without-measure, measure-without-condition -- */

void statement_check_measure(const struct statement *statement);

/* -- rules_outcome.c: no-outcome, task-not-criterion, criterion-compound -- */

/* followed: the next criterion goes on with this one's steps ("When …" behind "Given …"). */
void statement_check_outcome(const struct statement *statement, gboolean followed);

/* -- rules_gherkin.c: gherkin-incomplete -- */

/* A criterion that begins with "Given". */
void statement_check_given(const struct statement *statement, gboolean followed);

/* The scenarios of the fences under the criteria heading. */
void rules_read_gherkin(struct reading *reading);
