#include "rules_private.h"

#include "depends.h"

#include <string.h>

static void check_reference(struct rules_run *run, const struct item *item, const struct value *value,
                            const char *reference)
{
    if (!backlog_named(run->backlog, reference))
        rules_report(run, "depends-dangling", item, value->offset, FALSE,
                     "name an id of refine list, or remove the entry", "%s names no item: %s", value->key,
                     reference);
}

void rules_check_references(struct rules_run *run, const struct item *item)
{
    if (!status_is_open(item->status) && item->status != STATUS_DROPPED)
        return;
    for (guint i = 0; i < item->n_values; i++) {
        const struct value *value = &item->values[i];
        if (!value->field ||
            (value->field->kind != FIELD_REFERENCE && value->field->kind != FIELD_REFERENCES))
            continue;
        if (value->kind == NODE_MAP || (value->kind == NODE_SCALAR && value->field->kind == FIELD_REFERENCES))
            continue;
        if (item->status == STATUS_DROPPED && value->field->id != FIELD_DUPLICATE_OF)
            continue;
        for (guint j = 0; j < value->count; j++)
            if (*value->texts[j])
                check_reference(run, item, value, value->texts[j]);
    }
}

static const struct item *item_on(const struct rules_run *run, const GArray *cycle, guint i)
{
    return run->backlog->items->pdata[g_array_index(cycle, guint, i % cycle->len)];
}

/* Where in a cycle the finding belongs: at an item that is asked about, and at one that claims to be ready
 * before one that is open. FALSE where all are closed. */
static gboolean find_worst(const struct rules_run *run, const GArray *cycle, guint *worst)
{
    int best = -1;
    for (guint i = 0; i < cycle->len; i++) {
        const struct item *item = item_on(run, cycle, i);
        int weight = 2 * rules_is_wanted(run, item->path) + rules_claims_ready(item);
        if (weight <= best || !status_is_open(item->status))
            continue;
        best = weight;
        *worst = i;
    }
    return best >= 0;
}

gpointer rules_find_cycles(gpointer backlog)
{
    struct rules_cycles *cycles = g_new(struct rules_cycles, 1);
    g_autoptr(Graph) depends = depends_graph(backlog, FALSE);
    g_autoptr(Graph) parents = depends_graph(backlog, TRUE);

    cycles->depends = graph_cycles(depends);
    cycles->parents = graph_cycles(parents);
    return cycles;
}

static void report_cycle(struct rules_run *run, const GArray *cycle, gboolean parents)
{
    g_autoptr(GString) path = g_string_new(NULL);
    guint worst = 0;

    if (!find_worst(run, cycle, &worst))
        return;
    for (guint i = 0; i <= cycle->len; i++) {
        const struct item *item = item_on(run, cycle, worst + i);
        g_string_append_printf(path, "%s%s", i ? " -> " : "", item->id ? item->id : item->path);
    }
    const struct item *about = item_on(run, cycle, worst);
    const struct value *value = item_field(about, parents ? FIELD_PARENT : FIELD_DEPENDS);
    rules_report(run, "depends-cycle", about, value ? value->offset : 0, FALSE, "remove one of them",
                 parents ? "parents in a circle: %s" : "dependencies in a circle: %s", path->str);
}

void rules_check_cycles(struct rules_run *run, struct rules_cycles *cycles)
{
    for (guint i = 0; i < cycles->depends->len; i++)
        report_cycle(run, cycles->depends->pdata[i], FALSE);
    for (guint i = 0; i < cycles->parents->len; i++)
        report_cycle(run, cycles->parents->pdata[i], TRUE);
    g_ptr_array_unref(cycles->depends);
    g_ptr_array_unref(cycles->parents);
    g_free(cycles);
}
