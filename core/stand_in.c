#include "stand_in.h"

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const struct stand_in_words table[N_STAND_INS] = {
    [STAND_IN_STEPS] = { RULE_BUG, "what to do to see it",
                         NAMES("Steps", "Steps to reproduce", "To reproduce", "Reproduce", "Reproduction",
                               "Reproduction steps", "How to reproduce", "Repro", "Repro steps",
                               "Steps to repro"),
                         NAMES("steps to reproduce", "to reproduce", "reproduce", "steps", "how to reproduce",
                               "repro", "when i", "when you", "when the", "when a", "when an", "when we",
                               "when", "if you", "if i", "if the", "after", "on every", "while", "during",
                               "running", "run", "click", "clicking", "using", "opening") },
    [STAND_IN_EXPECTED] = { RULE_BUG, "what should happen",
                            NAMES("Expected", "Expected behaviour", "Expected behavior", "Expected result",
                                  "Expected results", "What should happen", "Expected output"),
                            NAMES("expected", "expect", "expects", "should", "must", "supposed to",
                                  "ought to"),
                            TRUE },
    [STAND_IN_ACTUAL] = { RULE_BUG, "what happens instead",
                          NAMES("Actual", "Actual behaviour", "Actual behavior", "Actual result",
                                "Actual results", "Observed", "What happens", "What happens instead",
                                "Current behaviour", "Current behavior", "Actual output"),
                          NAMES("actual", "actually", "instead", "observed", "currently", "but", "fails",
                                "fail", "failed", "crashes", "crash", "crashed", "error", "wrong", "broken",
                                "does not", "doesn't", "do not", "don't", "is not", "isn't", "cannot",
                                "can't", "never", "no longer", "throws", "hangs", "missing", "incorrect",
                                "incorrectly", "still", "unexpectedly", "stuck", "ignored") },
    [STAND_IN_QUESTION] = { RULE_SPIKE, "the question",
                            NAMES("Question", "Questions", "The question", "Research question"),
                            NAMES("?", "find out", "whether", "learn", "what", "how", "which", "why") },
    [STAND_IN_DECIDES] = { RULE_SPIKE, "what will be decided with the answer",
                           NAMES("Decides", "Decide", "Decision", "What we decide", "What it decides",
                                 "Outcome", "Outcomes", "Deliverable", "Deliverables"),
                           NAMES("decide", "decides", "decided", "decision", "choose", "so that",
                                 "in order to", "recommend", "recommendation", "go or no-go", "whether to",
                                 "which to use") },
};

const struct stand_in_words *stand_in_words(enum stand_in which)
{
    return &table[which];
}
