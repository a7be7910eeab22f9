#include "complete_private.h"

#include "history.h"

/* How many are offered: who wants an older one has seen refine log. */
#define MANY 32

void complete_decisions(struct completion *completion)
{
    const struct policy *policy = completion_policy(completion);
    g_autoptr(History) history = policy ? history_open(policy, "HEAD", NULL, NULL) : NULL;

    for (guint i = 0; history && i < MANY; i++) {
        g_autoptr(HistoryDecision) decision = history_next(history, NULL);
        if (!decision)
            break;
        completion_add(completion, decision->short_commit, decision->subject, FALSE);
    }
}
