#include "assumption.h"

#include "people.h"
#include "remark.h"

#include <string.h>

#define KEY "assumptions"

static const char *const results[] = { "open", "confirmed", "refuted", NULL };

/* The order of names in one; NULL-terminated. */
static const char *const names_in_order[] = { "belief", "test", "result", "evidence", NULL };

const char *const *assumption_results(void)
{
    return results;
}

/* -- reading -- */

static void assumption_free(gpointer data)
{
    struct assumption *assumption = data;
    g_free(assumption->belief);
    g_free(assumption->test);
    g_free(assumption->evidence);
    g_free(assumption);
}

static char *text_of(const struct node *record, const char *name)
{
    const struct node *value = record->kind == NODE_MAP ? node_find(record, name) : NULL;
    return value && value->kind == NODE_SCALAR && !node_is_null(value) ? remark_line(value->text) : NULL;
}

static enum assumption_result result_of(const struct node *record)
{
    g_autofree char *text = text_of(record, "result");

    for (guint i = 0; text && i < N_ASSUMPTION_RESULTS; i++)
        if (people_same(text, results[i]))
            return (enum assumption_result)i;
    return ASSUMPTION_OPEN;
}

GPtrArray *assumptions_read(const struct document *document)
{
    GPtrArray *assumptions = g_ptr_array_new_with_free_func(assumption_free);
    const struct node *list = node_find(document->front->root, KEY);

    for (const struct node *record = list ? list->first : NULL; record; record = record->next) {
        struct assumption *assumption = g_new0(struct assumption, 1);
        char *belief = record->kind == NODE_SCALAR ? remark_line(record->text) : text_of(record, "belief");
        assumption->number = assumptions->len + 1;
        assumption->belief = belief ? belief : g_strdup("");
        assumption->test = text_of(record, "test");
        assumption->result = result_of(record);
        assumption->evidence = text_of(record, "evidence");
        assumption->span = record->span;
        assumption->at = lines_locate(document->text, document->length, record->span.start);
        g_ptr_array_add(assumptions, assumption);
    }
    return assumptions;
}

const struct assumption *assumptions_find(const GPtrArray *assumptions, guint number, GError **error)
{
    if (number >= 1 && number <= assumptions->len)
        return assumptions->pdata[number - 1];
    if (assumptions->len == 0)
        draft_refuse(error, "there is no assumption %u: the item has none", number);
    else if (assumptions->len == 1)
        draft_refuse(error, "there is no assumption %u: the item has only assumption 1", number);
    else
        draft_refuse(error, "there is no assumption %u: the item has assumptions 1 to %u", number,
                     assumptions->len);
    return NULL;
}

/* -- writing -- */

gboolean assumption_add(struct draft *draft, const char *belief, const char *test, GError **error)
{
    g_autoptr(GPtrArray) assumptions = assumptions_read(edit_document(draft->edit));
    g_autofree char *believed = remark_line(belief), *tested = remark_line(test);
    const struct edit_pair pairs[] = { { "belief", believed, SCALAR_STRING },
                                       { "test", tested, SCALAR_STRING },
                                       { "result", results[ASSUMPTION_OPEN], SCALAR_STRING } };

    g_autofree const char **order = field_order();

    if (!*believed || !*tested)
        return draft_refuse(error, "expected what is believed and how to test it, saw no %s",
                            *believed ? "test" : "belief");
    for (guint i = 0; i < assumptions->len; i++) {
        const struct assumption *assumption = assumptions->pdata[i];
        if (people_same(assumption->belief, believed))
            return draft_refuse(error, "assumption %u says that already, and is %s", assumption->number,
                                results[assumption->result]);
    }
    return edit_record_add(draft->edit, KEY, pairs, G_N_ELEMENTS(pairs), order, error);
}

/* Whether there is room for a result: a belief can be written as a plain value, which has none. */
static gboolean check_record(const struct draft *draft, guint number, GError **error)
{
    const struct node *list = node_find(edit_document(draft->edit)->front->root, KEY);
    const struct node *record = list->first;

    for (guint i = 1; i < number; i++)
        record = record->next;
    return list->kind == NODE_MAP || record->kind != NODE_SCALAR ||
           draft_refuse(error,
                        "assumption %u has no room for a result: write \"belief:\" in front of it, with "
                        "refine edit %s",
                        number, draft->id ? draft->id : draft->path);
}

static gboolean set(struct draft *draft, guint number, const char *name, const char *value, GError **error)
{
    const struct edit_pair pair = { name, value, SCALAR_STRING };
    return edit_record_set(draft->edit, KEY, number - 1, pair, names_in_order, error);
}

gboolean assumption_settle(struct draft *draft, guint number, enum assumption_result result,
                           const char *names, const char *evidence, GError **error)
{
    g_autoptr(GPtrArray) assumptions = assumptions_read(edit_document(draft->edit));
    const struct assumption *assumption = assumptions_find(assumptions, number, error);
    g_autofree char *found = evidence ? remark_line(evidence) : NULL;

    if (!assumption)
        return FALSE;
    if (found && !*found)
        return draft_refuse(error, "expected evidence, saw none");
    if (!found && assumption->result != ASSUMPTION_OPEN && assumption->result != result)
        return draft_refuse(error, "assumption %u was %s%s%s: expected evidence for the opposite", number,
                            results[assumption->result], assumption->evidence ? " by " : "",
                            assumption->evidence ? assumption->evidence : "");
    if (!check_record(draft, number, error) || !set(draft, number, "result", results[result], error))
        return FALSE;
    g_autofree char *remark = found ? remark_print(names, found, NULL) : NULL;
    return !remark || set(draft, number, "evidence", remark, error);
}
