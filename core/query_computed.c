#include "query_computed.h"

#include "assumption.h"
#include "demand.h"
#include "nearest.h"
#include "query.h"
#include "question.h"

#include <string.h>

/* -- open-questions -- */

static guint count_questions(gpointer backlog, const struct item *item)
{
    const struct facts *facts = backlog_facts(backlog, item);
    return facts ? facts_open_questions(facts) : 0;
}

static gboolean has_question_for(gpointer data, const struct item *item, const char *who)
{
    struct backlog *backlog = data;
    const struct facts *facts = backlog_facts(backlog, item);

    for (guint i = 0; facts && i < facts->questions->len; i++) {
        const struct question *question = facts->questions->pdata[i];
        if (!question->answered && question_is_for(question, backlog->policy, who))
            return TRUE;
    }
    return FALSE;
}

/* -- assumptions -- */

/* Those of the item's file; NULL where it has none or cannot be read. */
static GPtrArray *read_assumptions(struct backlog *backlog, const struct item *item)
{
    if (!item_field(item, FIELD_ASSUMPTIONS))
        return NULL;
    g_autoptr(GBytes) bytes = backlog_read(backlog, backlog_entry(backlog, item->path), NULL);
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;
    return document ? assumptions_read(document) : NULL;
}

static guint count_assumptions(gpointer backlog, const struct item *item)
{
    g_autoptr(GPtrArray) assumptions = read_assumptions(backlog, item);
    return assumptions ? assumptions->len : 0;
}

static gboolean has_result(gpointer backlog, const struct item *item, const char *result)
{
    g_autoptr(GPtrArray) assumptions = read_assumptions(backlog, item);

    for (guint i = 0; assumptions && i < assumptions->len; i++)
        if (strcmp(assumption_results()[((const struct assumption *)assumptions->pdata[i])->result],
                   result) == 0)
            return TRUE;
    return FALSE;
}

/* -- demand -- */

static gpointer open_demand(struct backlog *backlog)
{
    return demand_new(backlog);
}

static void close_demand(gpointer demand)
{
    demand_free(demand);
}

static guint count_askers(gpointer demand, const struct item *item)
{
    return demand_count(demand, item);
}

static gboolean was_asked_by(gpointer demand, const struct item *item, const char *who)
{
    return demand_has(demand, item, who);
}

/* -- the table -- */

static const char *const results[] = { "open", "confirmed", "refuted", NULL };

static const struct computed table[] = {
    {
        .name = "open-questions",
        .summary = "whom open questions are put to, or how many there are",
        .people = TRUE,
        .count = count_questions,
        .has = has_question_for,
    },
    {
        .name = "assumptions",
        .summary = "what became of assumptions, or how many there are",
        .choices = results,
        .count = count_assumptions,
        .has = has_result,
    },
    {
        .name = "demand",
        .summary = "who asked for it, or how many did",
        .askers = TRUE,
        .open = open_demand,
        .close = close_demand,
        .count = count_askers,
        .has = was_asked_by,
    },
    { NULL },
};

const struct computed *computed_table(void)
{
    return table;
}

const struct computed *computed_find(const char *name)
{
    for (const struct computed *row = table; row->name; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

/* -- values -- */

static gboolean is_number(const char *value)
{
    return g_ascii_string_to_unsigned(value, 10, 0, G_MAXUINT, NULL, NULL);
}

gboolean computed_check(const struct computed *computed, const char *value, gboolean range, GError **error)
{
    const char *const *words = computed->choices;

    if (!*value || is_number(value) ||
        (!range && (words ? g_strv_contains(words, value) : computed->has != NULL)))
        return TRUE;
    const char *nearest = words && !range ? nearest_name(value, words) : NULL;
    g_autofree char *all = words && !range ? g_strjoinv(", ", (char **)words) : NULL;
    g_set_error(error, QUERY_ERROR, QUERY_ERROR_VALUE, "%s: expected %s%sa number%s, saw %s%s%s%s",
                computed->name, all ? all : "", all ? " or " : "", range ? " at either end" : "", value,
                nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
    return FALSE;
}

static gboolean is_within(guint count, const char *low, const char *high)
{
    return (!*low || count >= g_ascii_strtoull(low, NULL, 10)) &&
           (!*high || count <= g_ascii_strtoull(high, NULL, 10));
}

gboolean computed_matches(const struct computed *computed, gpointer data, const struct item *item,
                          const char *const *values, gboolean range)
{
    if (range)
        return is_within(computed->count(data, item), values[0], values[1]);
    for (gsize i = 0; values[i]; i++) {
        gboolean number = is_number(values[i]);
        guint64 count = number ? g_ascii_strtoull(values[i], NULL, 10) : 0;
        if (number || !*values[i] ? computed->count(data, item) == count
                                  : computed->has(data, item, values[i]))
            return TRUE;
    }
    return FALSE;
}
