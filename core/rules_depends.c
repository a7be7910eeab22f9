#include "rules_private.h"

#include "depends.h"

#include <string.h>

static const struct rule table[] = {
    {
        .name = "depends-dangling",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_EVERY,
        .summary = "depends, parent or duplicate-of names no item",
        .help = {
            .what = "depends, parent or duplicate-of names no item.",
            .why = "The team waits for what will never come, or forgets what it had to wait for.",
            .bad = "depends: [t2h8k]\n",
            .good = "depends: [t2h8k]\n"
                    "\n"
                    "==> backlog/t2h8k-print-a-label.md <==\n"
                    "status: done\n",
            .decided = "The text is no id and no alias of an item, archived ones included. Of closed items "
                       "only duplicate-of of a dropped one is looked at. refine depend ID --off NAME "
                       "removes it; what lies outside of the backlog is refine depend ID --external NAME.",
            .source = "Referential integrity: E. F. Codd, A relational model of data for large shared data "
                      "banks (1970).",
            .mistakes = "An item that stands on another branch only: merge it first, or take the entry "
                        "along with it.",
        },
    },
    {
        .name = "depends-cycle",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_EVERY,
        .summary = "items depend on each other in a circle",
        .help = {
            .what = "Items depend on each other, are parts of each other, or are duplicates of each other, "
                    "in a circle; the message shows a shortest one.",
            .why = "None of them can ever be begun, for each waits for another.",
            .bad = "depends: [t2h8k]\n"
                   "\n"
                   "==> backlog/t2h8k-print-a-label.md <==\n"
                   "depends: [k7q2m]\n",
            .good = "depends: [t2h8k]\n"
                    "\n"
                    "==> backlog/t2h8k-print-a-label.md <==\n"
                    "status: done\n",
            .decided = "By the references of all items, where a split item stands for its parts and a "
                       "duplicate for what it repeats. Ask which of them can be done alone, and take that "
                       "dependency away: refine depend ID --off ID.",
            .source = "R. Tarjan, Depth-first search and linear graph algorithms (1972).",
            .mistakes = "None known. Two items that truly need each other are one item.",
        },
    },
    { 0 },
};

const struct rule *rules_depends_table(void)
{
    return table;
}

static void check_reference(struct rules_run *run, const struct item *item, const struct value *value,
                            const char *reference)
{
    if (backlog_named(run->backlog, reference))
        return;
    struct finding *finding =
        rules_report(run, "depends-dangling", item, rules_place(run, item, value, reference, 0),
                     !status_is_open(item->status), "name an id of refine list, or remove the entry",
                     "%s names no item: %s", value->key, reference);
    if (!finding)
        return;
    finding->about = g_strdup_printf("%s\n%s", value->key, reference);
    /* What a closed item repeats is worth a word, and no more. */
    if (!status_is_open(item->status))
        finding->severity = SEVERITY_NOTE;
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

/* The gravest that an item of a circle can be. */
enum weight { WEIGHT_NONE, WEIGHT_OPEN, WEIGHT_HELD };

static enum weight weigh(const struct rules_run *run, const struct item *item)
{
    return rules_is_held(run, item) ? WEIGHT_HELD : status_is_open(item->status) ? WEIGHT_OPEN : WEIGHT_NONE;
}

/* Of a split item, whose work its parts do, what the gravest of them is. */
static enum weight weigh_parts(struct rules_run *run, const struct item *item)
{
    const GPtrArray *parts = depends_children(rules_depends(run), item);
    enum weight weight = WEIGHT_NONE;

    for (guint i = 0; parts && item->status == STATUS_SPLIT && i < parts->len; i++)
        weight = MAX(weight, weigh(run, parts->pdata[i]));
    return weight;
}

/* Where in a cycle the finding belongs: at an item that is asked about, and at one that claims to be ready
 * before one that is open. FALSE where all are closed, but for what the field says of closed ones: a dropped
 * one repeats another, and a split one has open parts. */
static gboolean find_worst(struct rules_run *run, const GArray *cycle, enum field_id field, guint *worst)
{
    int best = -1;
    for (guint i = 0; i < cycle->len; i++) {
        const struct item *item = item_on(run, cycle, i);
        gboolean counts = field == FIELD_DUPLICATE_OF || status_is_open(item->status) ||
                          (field == FIELD_PARENT && weigh_parts(run, item) > WEIGHT_NONE);
        int weight = 4 * rules_is_wanted(run, item->path) + 2 * rules_claims_ready(item) +
                     status_is_open(item->status);
        if (weight <= best || !counts)
            continue;
        best = weight;
        *worst = i;
    }
    return best >= 0;
}

/* From each dropped item to the one that it repeats. */
static struct graph *duplicates_graph(const struct backlog *backlog)
{
    struct graph *graph = graph_new(backlog->items->len);
    g_autoptr(GHashTable) indexes = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < backlog->items->len; i++)
        g_hash_table_insert(indexes, backlog->items->pdata[i], GUINT_TO_POINTER(i));
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        const char *of = item->status == STATUS_DROPPED ? item_text(item, FIELD_DUPLICATE_OF) : NULL;
        const struct item *target = of ? backlog_named(backlog, of) : NULL;
        if (target && target->status == STATUS_DROPPED)
            graph_add(graph, i, GPOINTER_TO_UINT(g_hash_table_lookup(indexes, target)));
    }
    return graph;
}

gpointer rules_find_cycles(gpointer backlog)
{
    struct rules_cycles *cycles = g_new(struct rules_cycles, 1);
    g_autoptr(Graph) depends = depends_graph(backlog, FALSE);
    g_autoptr(Graph) parents = depends_graph(backlog, TRUE);
    g_autoptr(Graph) duplicates = duplicates_graph(backlog);

    cycles->depends = graph_cycles(depends);
    cycles->parents = graph_cycles(parents);
    cycles->duplicates = graph_cycles(duplicates);
    return cycles;
}

/* What the circles of one field are called. */
static const char *circle_name(enum field_id field)
{
    return field == FIELD_PARENT ? "parents" : field == FIELD_DEPENDS ? "dependencies" : "duplicates";
}

/* The reference of an item's list that leads on in the circle; NULL where the field is one value. */
static const char *reference_on(struct rules_run *run, const struct item *item, enum field_id field,
                                const struct item *next)
{
    const char *const *references = field == FIELD_DEPENDS ? item_texts(item, field) : NULL;

    for (gsize i = 0; references && references[i]; i++) {
        g_autoptr(GPtrArray) found = depends_find(rules_depends(run), references[i]);
        if (g_ptr_array_find(found, next, NULL))
            return references[i];
    }
    return NULL;
}

/* What takes a link out of the circle. Items that repeat each other are all dropped, and so nobody would miss
 * what they ask for. */
static char *cycle_help(const struct item *item, enum field_id field, const char *reference)
{
    if (field == FIELD_DUPLICATE_OF)
        return g_strdup("open one of them again");
    if (reference)
        return g_strdup_printf("remove one of them: refine depend %s --off %s, if it is that",
                               item_name(item), reference);
    return field == FIELD_PARENT
               ? g_strdup_printf("remove one of them: refine set %s parent=, if it is that", item_name(item))
               : g_strdup("remove one of them");
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* What a circle is told by wherever it is told of: its items, in an order of their own. */
static char *cycle_key(struct rules_run *run, const GArray *cycle, enum field_id field)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (guint i = 0; i < cycle->len; i++)
        g_ptr_array_add(names, (gpointer)item_name(item_on(run, cycle, i)));
    g_ptr_array_sort(names, by_text);
    g_ptr_array_add(names, NULL);
    g_autofree char *all = g_strjoinv(" ", (char **)names->pdata);
    return g_strdup_printf("%s %s", circle_name(field), all);
}

static void report_cycle(struct rules_run *run, const GArray *cycle, enum field_id field)
{
    g_autoptr(GString) path = g_string_new(NULL), about_all = g_string_new(field_table()[field].name);
    guint worst = 0;

    if (!find_worst(run, cycle, field, &worst))
        return;
    for (guint i = 0; i <= cycle->len; i++) {
        const struct item *item = item_on(run, cycle, worst + i);
        g_string_append_printf(path, "%s%s", i ? " -> " : "", item->id ? item->id : item->path);
        g_string_append_printf(about_all, "\n%s", item->path);
    }
    const struct item *about = item_on(run, cycle, worst);
    const struct value *value = item_field(about, field);
    const char *reference = reference_on(run, about, field, item_on(run, cycle, worst + 1));
    g_autofree char *help = cycle_help(about, field, reference);
    gsize place = reference ? rules_place(run, about, value, reference, 0) : value ? value->offset : 0;
    struct finding *finding = rules_report(run, "depends-cycle", about, place, !status_is_open(about->status),
                                           help, "%s in a circle: %s", circle_name(field), path->str);
    if (!finding)
        return;
    finding->about = g_strdup(about_all->str);
    finding->key = cycle_key(run, cycle, field);
    /* Of a split item that is what it is of its parts. */
    if (about->status == STATUS_SPLIT && weigh_parts(run, about) < WEIGHT_HELD) {
        finding->severity = MIN(finding->severity, SEVERITY_NOTE);
        finding->advice = TRUE;
    }
}

static void report_cycles(struct rules_run *run, GPtrArray *cycles, enum field_id field)
{
    for (guint i = 0; i < cycles->len; i++)
        report_cycle(run, cycles->pdata[i], field);
    g_ptr_array_unref(cycles);
}

void rules_check_cycles(struct rules_run *run, struct rules_cycles *cycles)
{
    report_cycles(run, cycles->depends, FIELD_DEPENDS);
    report_cycles(run, cycles->parents, FIELD_PARENT);
    report_cycles(run, cycles->duplicates, FIELD_DUPLICATE_OF);
    g_free(cycles);
}
