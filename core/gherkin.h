/*
 * The steps of one Gherkin scenario, and whether they make one: something done (When), and something seen
 * (Then), in the order Given, When, Then. "And", "But" and "*" go on with the step before. Step keywords are
 * those of English; a fence that says another language is not looked at.
 *
 *     if (!gherkin_is_foreign(text, fence->content))
 *         struct gherkin_fault fault = gherkin_check(text, scenario->span);
 *
 * Source: the Gherkin reference of the Cucumber project. When and Then may come again: a scenario may go on.
 */
#pragma once

#include "lines.h"

enum gherkin_kind {
    GHERKIN_FINE,
    GHERKIN_NO_WHEN,
    GHERKIN_NO_THEN,
    GHERKIN_NEITHER,    /* no When and no Then */
    GHERKIN_LATE_GIVEN, /* a Given behind a When or a Then */
    GHERKIN_EARLY_THEN, /* a Then before the first When */
    GHERKIN_LAST_WHEN,  /* a When that no Then follows, where others are followed */
};

struct gherkin_fault {
    enum gherkin_kind kind;
    struct span span; /* the step's keyword, or that of the scenario where a step lacks; empty when fine */
};

/* The first that is wrong with the scenario, whose span is full lines of text. Its steps end at a Rule, a
 * Background or another scenario. */
struct gherkin_fault gherkin_check(const char *text, struct span scenario);

/* Whether the content of a fence says that it is in another language than English ("# language: de"). */
gboolean gherkin_is_foreign(const char *text, struct span content);
