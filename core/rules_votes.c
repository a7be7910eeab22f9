#include "rules_private.h"

#include "vote.h"

static const struct rule table[] = {
    {
        .name = "bad-vote",
        .severity = SEVERITY_ERROR,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "a vote cannot be what its voter meant",
        .help = {
            .what = "A file of votes holds what its voter cannot have meant: a value that is not on the "
                    "scale, a digest that does not fit, the seal of somebody else. A file of another name, "
                    "and a vote on what is no item, are warnings.",
            .why = "The vote does not count, and nobody tells the one who gave it.",
            .bad = "==> backlog/votes/k7q2m/1-ana <==\n"
                   "7\n",
            .good = "==> backlog/votes/k7q2m/1-ana <==\n"
                    "5\n",
            .decided = "By the scale of the policy and the forms of refine-estimate(1). Vote again with "
                       "refine estimate ID --vote VALUE, or remove the file.",
            .source = "Planning poker: J. Grenning (2002); sealed votes are a commitment as in M. Blum, "
                      "Coin flipping by telephone (1981).",
            .mistakes = "A scale that changed while the round was open: vote again.",
        },
    },
    { 0 },
};

const struct rule *rules_votes_table(void)
{
    return table;
}

/* Takes over a finding about a file of votes, which is wanted where its item (NULL: none) is. */
static void take(struct rules_run *run, const struct finding *seen, const struct item *item)
{
    enum severity severity = policy_severity(run->backlog->policy, seen->rule, seen->severity,
                                             item ? item_text(item, FIELD_TYPE) : NULL,
                                             item ? item_texts(item, FIELD_LABELS) : NULL);

    if (severity == SEVERITY_OFF)
        return;
    struct finding *finding =
        finding_add_at(run->findings, seen->rule, severity, seen->at, seen->help, "%s", seen->message);
    finding->path = g_strdup(seen->path);
}

/* Votes on what is no item of the backlog; a folder without votes is nothing. */
static void check_orphans(struct rules_run *run, const struct votes *votes)
{
    GPtrArray *const all[] = { votes->votes, votes->late };
    g_autoptr(GPtrArray) findings = findings_new();

    for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
        for (guint j = 0; j < all[i]->len; j++) {
            const struct vote *vote = all[i]->pdata[j];
            finding_add_at(findings, "bad-vote", SEVERITY_WARNING, (struct position){ 0, 0 }, "remove it",
                           "a vote on %s, which is no item", votes->id)
                ->path = g_strdup(vote->path);
        }
    for (guint i = 0; i < findings->len; i++)
        take(run, findings->pdata[i], NULL);
}

void rules_check_votes(struct rules_run *run)
{
    g_auto(GStrv) ids = votes_ids(run->backlog);

    for (gsize i = 0; ids[i]; i++) {
        const struct item *item = backlog_item(run->backlog, ids[i]);
        if (item ? !rules_is_wanted(run, item->path) : run->only != NULL)
            continue;
        g_autoptr(Votes) votes = votes_read(run->backlog, ids[i], NULL);
        for (guint j = 0; votes && item && j < votes->findings->len; j++)
            take(run, votes->findings->pdata[j], item);
        if (votes && item)
            rules_check_round(run, item, votes);
        if (votes && !item)
            check_orphans(run, votes);
    }
}
