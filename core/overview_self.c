#include "overview_private.h"

#include "file.h"
#include "question.h"

#include <glib/gstdio.h>
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

/* The last round of an item: files backlog/votes/ID/ROUND-HANDLE. */
struct round {
    guint number;
    guint votes;
    gboolean voted; /* the user did */
};

struct counting {
    const char *handle;
    gsize skip;         /* bytes of a path up to the id */
    GHashTable *rounds; /* id -> struct round */
};

static gboolean count_vote(const char *path, gboolean is_folder, gpointer data)
{
    const struct counting *counting = data;
    g_auto(GStrv) steps = g_strsplit(path + counting->skip, "/", 3);
    const char *dash = !is_folder && steps[0] && steps[1] && !steps[2] ? strchr(steps[1], '-') : NULL;
    g_autofree char *digits = dash ? g_strndup(steps[1], (gsize)(dash - steps[1])) : NULL;
    guint64 number;

    if (!digits || !g_ascii_string_to_unsigned(digits, 10, 1, G_MAXINT, &number, NULL))
        return is_folder;
    struct round *round = g_hash_table_lookup(counting->rounds, steps[0]);
    if (!round) {
        round = g_new0(struct round, 1);
        g_hash_table_insert(counting->rounds, g_strdup(steps[0]), round);
    }
    if (number > round->number)
        *round = (struct round){ .number = (guint)number };
    if (number == round->number) {
        round->votes++;
        round->voted = round->voted || people_same(dash + 1, counting->handle);
    }
    return is_folder;
}

static void pass_over(const char *path, const char *message, gpointer data)
{
}

void overview_find_votes(struct overview *overview, struct backlog *backlog)
{
    const struct policy *policy = backlog->policy;
    g_autoptr(GHashTable) rounds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *folder = g_build_filename(policy->folder, "votes", NULL);
    struct counting counting = { overview->me.handle, strlen(folder) + 1, rounds };
    const struct file_visitor visitor = { count_vote, pass_over, &counting };
    int root = overview->known && overview->me.handle ? file_open_root(policy->root, NULL) : -1;

    if (root < 0)
        return;
    file_walk(root, folder, &visitor, NULL);
    g_close(root, NULL);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        const struct round *round = item->id && item->position ? g_hash_table_lookup(rounds, item->id) : NULL;
        if (!round || round->voted)
            continue;
        struct overview_vote vote = { item, round->number, round->votes };
        g_array_append_val(overview->votes, vote);
    }
}
