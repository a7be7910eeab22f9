#include "overview_private.h"

#include "question.h"
#include "vote.h"
#include "voter.h"

#include <string.h>

/* -- who the user is -- */

void overview_find_self(struct overview *overview, const struct policy *policy)
{
    g_auto(GStrv) names = people_me(policy, NULL);

    if (!names)
        return;
    overview->self = g_strdup(names[0]);
    overview->known = people_find(policy, names[0], &overview->me);
}

/* -- questions -- */

gboolean overview_is_mine(const struct overview *overview, const struct question *question)
{
    return overview->known && question_is_to(question, &overview->me);
}

void overview_find_questions(struct overview *overview, struct backlog *backlog)
{
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        const struct facts *facts = item->position ? backlog_facts(backlog, item) : NULL;
        for (guint j = 0; facts && j < facts->questions->len; j++) {
            const struct question *question = facts->questions->pdata[j];
            struct overview_question mine = { item, question };
            if (question->answered)
                continue;
            overview->questions_open++;
            if (overview_is_mine(overview, question))
                g_array_append_val(overview->questions, mine);
        }
    }
}

/* -- votes -- */

/* Adds the open round of the item, if there is one in which the user has not voted. */
static void add_round(struct overview *overview, struct backlog *backlog, const struct item *item,
                      const char *who)
{
    g_autoptr(Votes) votes = votes_read(backlog, item->id, NULL);

    if (!votes || votes->votes->len == 0 || votes_find(votes, who))
        return;
    struct overview_vote vote = { item, votes->round, votes->votes->len };
    g_array_append_val(overview->votes, vote);
}

void overview_find_votes(struct overview *overview, struct backlog *backlog)
{
    gboolean votes = overview->known && overview->me.handle;
    g_autofree char *who = votes ? voter_slug(overview->me.handle) : NULL;
    g_auto(GStrv) ids = votes ? votes_ids(backlog) : NULL;

    for (guint i = 0; votes && *ids && i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (item->id && item->position && g_strv_contains((const char *const *)ids, item->id))
            add_round(overview, backlog, item, who);
    }
}
