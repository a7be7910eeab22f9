/*
 * What the tests of rules share: the findings of some families, as lines.
 *
 *     static const char *const families[] = { "Size", NULL };
 *     rule_cases_write(fixture, "k7q2m", "type: story\nstatus: ready\nestimate: 4\n", "## Story\n");
 *     rule_cases_check(fixture, families, NULL, "k7q2m:6 warning off-scale: the estimate 4 …");
 *
 * Include setjmp.h, stdarg.h, stddef.h, stdint.h and cmocka.h after it.
 */
#pragma once

#include "fixture.h"
#include "rules.h"

/* Writes the item backlog/ID.md of that title, "id:" and lines of front matter, and body. */
void rule_cases_write(const struct fixture *fixture, const char *id, const char *title, const char *front,
                      const char *body);

/* The findings of the families (rule_family; NULL-terminated) of the backlog as it is now: "FILE:LINE:COLUMN
 * SEVERITY RULE: MESSAGE" a line; of one that is advice "advice" for the severity. options may be NULL. Newly
 * allocated. */
char *rule_cases_print(struct fixture *fixture, const char *const *families,
                       const struct rules_options *options);

/* These must be the lines expected. */
void rule_cases_check(struct fixture *fixture, const char *const *families,
                      const struct rules_options *options, const char *expected);

/* The help of the first finding of the rule must hold the text. */
void rule_cases_check_help(struct fixture *fixture, const char *rule, const char *text);
