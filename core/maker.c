#include "maker.h"

#include "history.h"
#include "repo.h"

#include <string.h>

struct question {
    char *id;
    char *field; /* NULL: who removed it */
    char *value;
    struct maker *answer;
};

struct makers {
    GPtrArray *questions;
    guint open; /* that have no answer */
    gboolean is_cut;
};

static void question_free(gpointer data)
{
    struct question *question = data;

    g_free(question->id);
    g_free(question->field);
    g_free(question->value);
    if (question->answer)
        g_free(question->answer->words);
    g_free(question->answer);
    g_free(question);
}

struct makers *makers_new(void)
{
    struct makers *makers = g_new0(struct makers, 1);
    makers->questions = g_ptr_array_new_with_free_func(question_free);
    return makers;
}

void makers_free(struct makers *makers)
{
    if (!makers)
        return;
    g_ptr_array_unref(makers->questions);
    g_free(makers);
}

guint makers_ask(struct makers *makers, const char *id, const char *field, const char *value)
{
    struct question *question = g_new0(struct question, 1);

    question->id = g_strdup(id);
    question->field = g_strdup(field);
    question->value = g_strdup(value);
    g_ptr_array_add(makers->questions, question);
    return makers->questions->len - 1;
}

/* -- answering -- */

/* Whether the change is what the question asks about. */
static gboolean is_asked(const struct question *question, const struct change *change)
{
    if (!question->field)
        return change->kind == CHANGE_ITEM_REMOVED;
    if (change->kind == CHANGE_ITEM_ADDED)
        return TRUE;
    return (change->kind == CHANGE_FIELD || change->kind == CHANGE_ENTRY_ADDED) &&
           strcmp(change->name, question->field) == 0 && g_strcmp0(change->after, question->value) == 0;
}

static struct maker *maker_new(const struct history_decision *decision, gboolean with_item)
{
    struct maker *maker = g_new0(struct maker, 1);
    gboolean known = ABS(decision->offset) < 24 * 60;
    g_autoptr(GTimeZone) zone = g_time_zone_new_offset(known ? decision->offset * 60 : 0);
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(decision->time);
    g_autoptr(GDateTime) time = utc ? g_date_time_to_timezone(utc, zone) : NULL;
    g_autofree char *day = time ? g_date_time_format(time, "%Y-%m-%d") : g_strdup("an unknown day");

    memcpy(maker->commit, decision->commit, sizeof maker->commit);
    maker->words = g_strdup_printf("%s on %s in %s", decision->author_name, day, decision->short_commit);
    maker->with_item = with_item;
    return maker;
}

static void answer(struct makers *makers, const GPtrArray *questions, const struct history_decision *decision,
                   const struct history_item *item)
{
    for (guint i = 0; i < questions->len; i++) {
        struct question *question = questions->pdata[i];
        for (guint j = 0; j < item->changes->len && !question->answer; j++) {
            const struct change *change = item->changes->pdata[j];
            if (!is_asked(question, change))
                continue;
            question->answer = maker_new(decision, change->kind == CHANGE_ITEM_ADDED);
            makers->open--;
        }
    }
}

/* Questions by the id of the item. */
static GHashTable *group(const struct makers *makers)
{
    GHashTable *groups =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);

    for (guint i = 0; i < makers->questions->len; i++) {
        struct question *question = makers->questions->pdata[i];
        GPtrArray *list = g_hash_table_lookup(groups, question->id);
        if (!list) {
            list = g_ptr_array_new();
            g_hash_table_insert(groups, question->id, list);
        }
        g_ptr_array_add(list, question);
    }
    return groups;
}

static gboolean read_history(struct makers *makers, struct history *history, GHashTable *groups,
                             GError **error)
{
    GError *cause = NULL;

    while (makers->open && !cause) {
        g_autoptr(HistoryDecision) decision = history_next(history, &cause);
        if (!decision)
            break;
        for (guint i = 0; i < decision->items->len; i++) {
            const struct history_item *item = decision->items->pdata[i];
            const GPtrArray *questions = g_hash_table_lookup(groups, item->id);
            if (questions)
                answer(makers, questions, decision, item);
        }
    }
    makers->is_cut = history_is_cut(history);
    if (cause)
        g_propagate_error(error, cause);
    return !cause;
}

/* Sets *there to whether there is a history: a repository, and a commit. */
static gboolean has_history(const struct policy *policy, gboolean *there, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(Repo) repo = repo_open(policy->root, &cause);
    gboolean unborn = TRUE;

    if (cause && !g_error_matches(cause, REPO_ERROR, REPO_ERROR_NONE)) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    if (repo && !repo_is_unborn(repo, &unborn, error))
        return FALSE;
    *there = !unborn;
    return TRUE;
}

gboolean makers_answer(struct makers *makers, const struct policy *policy, GError **error)
{
    gboolean there = FALSE;
    guint n = 0;

    if (!makers->questions->len || !has_history(policy, &there, error))
        return !makers->questions->len;
    if (!there)
        return TRUE;
    g_autoptr(GHashTable) groups = group(makers);
    g_autofree const char **ids = (const char **)g_hash_table_get_keys_as_array(groups, &n);
    g_autoptr(History) history = history_open(policy, "HEAD", ids, error);
    makers->open = makers->questions->len;
    return history && read_history(makers, history, groups, error);
}

const struct maker *makers_get(const struct makers *makers, guint number)
{
    return ((const struct question *)makers->questions->pdata[number])->answer;
}

gboolean makers_is_cut(const struct makers *makers)
{
    return makers->is_cut;
}
