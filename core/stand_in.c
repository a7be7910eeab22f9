#include "stand_in.h"

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const char *const *const headings[N_STAND_INS] = {
    [STAND_IN_STEPS] =
        NAMES("Steps", "Steps to reproduce", "To reproduce", "Reproduce", "Reproduction",
              "Reproduction steps", "How to reproduce", "Repro", "Repro steps", "Steps to repro"),
    [STAND_IN_EXPECTED] = NAMES("Expected", "Expected behaviour", "Expected behavior", "Expected result",
                                "Expected results", "What should happen", "Expected output"),
    [STAND_IN_ACTUAL] = NAMES("Actual", "Actual behaviour", "Actual behavior", "Actual result",
                              "Actual results", "Observed", "What happens", "What happens instead",
                              "Current behaviour", "Current behavior", "Actual output"),
    [STAND_IN_QUESTION] = NAMES("Question", "Questions", "The question", "Research question"),
    [STAND_IN_DECIDES] = NAMES("Decides", "Decide", "Decision", "What we decide", "What it decides",
                               "Outcome", "Outcomes", "Deliverable", "Deliverables"),
};

const char *const *stand_in_headings(enum stand_in which)
{
    return headings[which];
}
