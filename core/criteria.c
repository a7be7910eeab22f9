#include "criteria.h"

static void criterion_free(gpointer data)
{
    struct criterion *criterion = data;
    g_free(criterion->text);
    g_free(criterion);
}

static gboolean is_inside(struct span inner, struct span outer)
{
    return inner.start >= outer.start && inner.end <= outer.end;
}

static gint by_place(gconstpointer a, gconstpointer b)
{
    const struct criterion *left = *(struct criterion *const *)a, *right = *(struct criterion *const *)b;
    return left->span.start < right->span.start ? -1 : left->span.start > right->span.start;
}

GPtrArray *criteria_read(struct document *document, const struct policy *policy)
{
    GPtrArray *criteria = g_ptr_array_new_with_free_func(criterion_free);
    const struct markdown *body = document_body(document, NULL);
    const struct markdown_section *section = markdown_section_find(body, policy_section(policy, SECTION_CRITERIA));

    if (!section)
        return criteria;
    for (guint i = 0; i < body->items->len; i++) {
        const struct markdown_item *item = &g_array_index(body->items, struct markdown_item, i);
        if (item->depth > 0 || !is_inside(item->span, section->content))
            continue;
        struct criterion *criterion = g_new0(struct criterion, 1);
        criterion->text = g_strdup(item->plain);
        criterion->has_box = item->task != MARKDOWN_TASK_NONE;
        criterion->ticked = item->task == MARKDOWN_TASK_TICKED;
        criterion->item = i;
        criterion->span = item->span;
        g_ptr_array_add(criteria, criterion);
    }
    for (guint i = 0; i < body->fences->len; i++) {
        const struct markdown_fence *fence = &g_array_index(body->fences, struct markdown_fence, i);
        if (!is_inside(fence->span, section->content))
            continue;
        g_autoptr(GPtrArray) scenarios = markdown_scenarios(body, fence);
        for (guint j = 0; j < scenarios->len; j++) {
            const struct markdown_scenario *scenario = scenarios->pdata[j];
            struct criterion *criterion = g_new0(struct criterion, 1);
            criterion->text = g_strdup(scenario->name);
            criterion->scenario = TRUE;
            criterion->item = G_MAXUINT;
            criterion->span = scenario->span;
            g_ptr_array_add(criteria, criterion);
        }
    }
    g_ptr_array_sort(criteria, by_place);
    return criteria;
}
