#include "rules.h"

#include "clock.h"
#include "depends.h"
#include "facts.h"
#include "ident.h"
#include "nearest.h"
#include "rank.h"

#include <string.h>

/* One run over one backlog. */
struct run {
    struct backlog *backlog;
    const struct rules_options *options;
    GHashTable *only; /* the paths of options->only; NULL: all */
    GPtrArray *findings;
    const struct item *read; /* whose file was read last; NULL: none yet */
    GBytes *bytes;           /* of that file; NULL where it cannot be read */
};

static const struct rule table[] = {
    { "parse", SEVERITY_ERROR, "the file or its front matter cannot be read" },
    { "conflict-marker", SEVERITY_ERROR, "a merge conflict was left in the file" },
    { "missing-field", SEVERITY_ERROR, "title, type or status is missing" },
    { "duplicate-id", SEVERITY_ERROR, "two files have one id" },
    { "bad-value", SEVERITY_ERROR, "a value is none that its field can have" },
    { "unknown-key", SEVERITY_WARNING, "a key that is nearly the name of a field" },
    { "file-name", SEVERITY_ERROR, "the name of the file does not begin with the item's id" },
    { "no-id", SEVERITY_NOTE, "an item without an id" },
    { "no-rank", SEVERITY_NOTE, "an open item without a rank" },
    { "rank-tie", SEVERITY_NOTE, "two open items have one rank" },
    { "depends-dangling", SEVERITY_ERROR, "depends, parent or duplicate-of names no item" },
    { "depends-cycle", SEVERITY_ERROR, "items depend on each other in a circle" },
    { 0 },
};

const struct rule *rule_table(void)
{
    return table;
}

guint rule_count(void)
{
    return G_N_ELEMENTS(table) - 1;
}

const struct rule *rule_find(const char *name)
{
    for (const struct rule *rule = table; rule->name; rule++)
        if (strcmp(rule->name, name) == 0)
            return rule;
    return NULL;
}

/* -- reporting -- */

static gboolean is_wanted(const struct run *run, const char *path)
{
    return !run->only || g_hash_table_contains(run->only, path);
}

gboolean rules_claims_ready(const struct item *item)
{
    return item->status == STATUS_READY || item->status == STATUS_DOING;
}

/* Whether the item is held to what a ready one must be. */
static gboolean is_held(const struct run *run, const struct item *item)
{
    return rules_claims_ready(item) || (run->options->all && status_is_open(item->status));
}

/* The bytes of the item's file, kept until another's are asked for; NULL where it cannot be read. */
static GBytes *bytes_of(struct run *run, const struct item *item)
{
    if (run->read != item) {
        g_clear_pointer(&run->bytes, g_bytes_unref);
        run->bytes = backlog_read(run->backlog, backlog_entry(run->backlog, item->path), NULL);
        run->read = item;
    }
    return run->bytes;
}

static enum severity severity_for(const struct run *run, const struct rule *rule, const struct item *item)
{
    enum severity severity = rule->severity;
    if (severity == SEVERITY_NOTE && g_str_has_prefix(rule->name, "no-") && is_held(run, item))
        severity = SEVERITY_ERROR;
    return policy_severity(run->backlog->policy, rule->name, severity, item_text(item, FIELD_TYPE),
                           item_texts(item, FIELD_LABELS));
}

/* A finding about the item at the byte offset of its file. */
G_GNUC_PRINTF(7, 8)
static void report(struct run *run, const char *name, const struct item *item, gsize offset,
                   gboolean file_fact, const char *help, const char *format, ...)
{
    enum severity severity = severity_for(run, rule_find(name), item);
    if (!file_fact && severity > SEVERITY_NOTE && !is_held(run, item))
        severity = SEVERITY_NOTE;
    if (severity == SEVERITY_OFF || !is_wanted(run, item->path))
        return;

    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    GBytes *bytes = bytes_of(run, item);
    gsize length = bytes ? g_bytes_get_size(bytes) : 0;
    const char *text = bytes ? g_bytes_get_data(bytes, NULL) : NULL;
    struct finding *finding =
        finding_add(run->findings, name, severity, text, length,
                    (struct span){ MIN(offset, length), MIN(offset, length) }, help, "%s", message);
    finding->path = g_strdup(item->path);
}

/* -- one item: facts about its file -- */

static void check_missing(struct run *run, const struct item *item)
{
    static const enum field_id needed[] = { FIELD_TITLE, FIELD_TYPE, FIELD_STATUS };
    for (gsize i = 0; i < G_N_ELEMENTS(needed); i++) {
        const struct field *field = &field_table()[needed[i]];
        const struct value *value = item_field(item, needed[i]);
        if (value && (value->kind != NODE_SCALAR || (value->count && *value->texts[0])))
            continue;
        g_autofree char *help = g_strdup_printf("add a line %s: …", field->name);
        report(run, "missing-field", item, value ? value->offset : 0, TRUE, help, "there is no %s",
               field->name);
    }
}

/* Why a value of one text cannot be, or NULL. *help may be set. */
static char *fault_of_text(const struct run *run, const struct field *field, const char *text, char **help)
{
    if (field->id == FIELD_ID && !ident_is_valid(text))
        return g_strdup("expected 5 or more of the letters and digits of ids, a letter first");
    if (field->id == FIELD_RANK && !rank_is_valid(text)) {
        *help = g_strdup("remove the line, and order the item anew");
        return g_strdup("expected a rank: lower-case consonants as refine writes them");
    }
    if (field->kind == FIELD_DAY)
        return clock_is_day(text) ? NULL : g_strdup("expected a day as YYYY-MM-DD");
    double weight;
    /* A number that the scale no longer has was once agreed; what weighs nothing never was. */
    if (field->kind != FIELD_CHOICE ||
        (field->id == FIELD_ESTIMATE && policy_weight(run->backlog->policy, text, &weight)))
        return NULL;
    g_autofree const char **choices = policy_choices(run->backlog->policy, field->id);
    if (!choices || g_strv_contains(choices, text))
        return NULL;
    const char *nearest = nearest_name(text, choices);
    g_autofree char *all = g_strjoinv(", ", (char **)choices);
    *help = nearest ? g_strdup_printf("did you mean %s?", nearest) : NULL;
    return g_strdup_printf("expected one of %s", all);
}

static const char *fault_of_shape(const struct value *value)
{
    if (field_is_list(value->field)) {
        gboolean none = value->field->kind == FIELD_REFERENCES && value->count == 1 &&
                        strcmp(value->texts[0], "none") == 0;
        return value->kind == NODE_SEQUENCE || value->count + value->records == 0 || none ? NULL
                                                                                          : "expected a list";
    }
    if (value->field->kind == FIELD_MAP)
        return value->kind == NODE_MAP || value->count == 0 ? NULL : "expected a map";
    return value->kind == NODE_SCALAR ? NULL : "expected one value";
}

static void check_value(struct run *run, const struct item *item, const struct value *value)
{
    const char *shape = fault_of_shape(value);
    g_autofree char *help = NULL, *fault = NULL;

    if (shape) {
        report(run, "bad-value", item, value->offset, TRUE, NULL, "%s: %s, saw %s", value->key, shape,
               node_kind_name(value->kind));
        return;
    }
    if (value->kind != NODE_SCALAR || value->count == 0 || *value->texts[0] == '\0')
        return;
    fault = fault_of_text(run, value->field, value->texts[0], &help);
    if (fault)
        report(run, "bad-value", item, value->offset, TRUE, help, "%s: %s, saw %s", value->key, fault,
               value->texts[0]);
}

static void check_unknown(struct run *run, const struct item *item, const struct value *value)
{
    const char *names[N_FIELDS + 1] = { NULL };
    if (g_str_has_prefix(value->key, "x-"))
        return;
    for (gsize i = 0; i < N_FIELDS; i++)
        names[i] = field_table()[i].name;
    const char *nearest = nearest_name(value->key, names);
    if (!nearest)
        return;
    g_autofree char *help = g_strdup_printf("did you mean %s? A key of your own begins with x-", nearest);
    report(run, "unknown-key", item, value->offset, TRUE, help, "there is no field %s", value->key);
}

static void check_names(struct run *run, const struct item *item)
{
    const struct value *id = item_field(item, FIELD_ID), *rank = item_field(item, FIELD_RANK);
    const char *own = item_text(item, FIELD_ID);

    if (!own && item->file_id) {
        g_autofree char *help = g_strdup_printf("add a line id: %s", item->file_id);
        report(run, "no-id", item, 0, TRUE, help, "the front matter has no id");
    } else if (!own) {
        report(run, "no-id", item, 0, TRUE, "add a line id: … and begin the file's name with it",
               "an item to be: it has no id");
    } else if (ident_is_valid(own) && g_strcmp0(own, item->file_id) != 0) {
        g_autofree char *help = g_strdup_printf("rename the file to %s-….md, or mend the id", own);
        report(run, "file-name", item, id->offset, TRUE, help,
               "the id is %s, but the name of the file says %s", own, item->file_id ? item->file_id : "none");
    }
    if (!item->rank && !(rank && rank->count) && status_is_open(item->status)) {
        g_autofree char *help =
            g_strdup_printf("refine set %s rank=bottom puts it last", item->id ? item->id : item->path);
        report(run, "no-rank", item, 0, TRUE, help, "it has no rank, and sorts last");
    }
}

static void check_file(struct run *run, const struct item *item)
{
    check_missing(run, item);
    for (guint i = 0; i < item->n_values; i++) {
        if (item->values[i].field)
            check_value(run, item, &item->values[i]);
        else
            check_unknown(run, item, &item->values[i]);
    }
    check_names(run, item);
}

/* -- the whole backlog -- */

/* The one of two items that a finding about both is reported on: the second, unless only the first is asked
 * about. */
static const struct item *about_which(const struct run *run, const struct item *second,
                                      const struct item *first)
{
    return !is_wanted(run, second->path) && is_wanted(run, first->path) ? first : second;
}

static void check_duplicates(struct run *run)
{
    g_autoptr(GHashTable) first = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < run->backlog->items->len; i++) {
        const struct item *item = run->backlog->items->pdata[i];
        const struct item *other = item->id ? g_hash_table_lookup(first, item->id) : NULL;
        if (other) {
            const struct item *about = about_which(run, item, other);
            const struct value *id = item_field(about, FIELD_ID);
            g_autofree char *path =
                policy_display(run->backlog->policy, about == item ? other->path : item->path);
            report(run, "duplicate-id", about, id ? id->offset : 0, TRUE, "give one of them a new id",
                   "the id %s is that of %s too", item->id, path);
        } else if (item->id) {
            g_hash_table_insert(first, (gpointer)item->id, (gpointer)item);
        }
    }
}

static void check_ties(struct run *run)
{
    const struct item *last = NULL;
    for (guint i = 0; i < run->backlog->items->len; i++) {
        const struct item *item = run->backlog->items->pdata[i];
        if (!item->position || !item->rank)
            continue;
        if (last && strcmp(last->rank, item->rank) == 0 && g_strcmp0(last->id, item->id) != 0) {
            const struct item *about = about_which(run, item, last), *other = about == item ? last : item;
            report(run, "rank-tie", about, item_field(about, FIELD_RANK)->offset, TRUE, NULL,
                   "its rank %s is that of %s too; the ids decide", item->rank,
                   other->id ? other->id : other->path);
        }
        last = item;
    }
}

static void check_reference(struct run *run, const struct item *item, const struct value *value,
                            const char *reference)
{
    if (!backlog_named(run->backlog, reference))
        report(run, "depends-dangling", item, value->offset, FALSE,
               "name an id of refine list, or remove the entry", "%s names no item: %s", value->key,
               reference);
}

static void check_references(struct run *run, const struct item *item)
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

static const struct item *item_on(const struct run *run, const GArray *cycle, guint i)
{
    return run->backlog->items->pdata[g_array_index(cycle, guint, i % cycle->len)];
}

/* Where in a cycle the finding belongs: at an item that is asked about, and at one that claims to be ready
 * before one that is open. FALSE where all are closed. */
static gboolean find_worst(const struct run *run, const GArray *cycle, guint *worst)
{
    int best = -1;
    for (guint i = 0; i < cycle->len; i++) {
        const struct item *item = item_on(run, cycle, i);
        int weight = 2 * is_wanted(run, item->path) + rules_claims_ready(item);
        if (weight <= best || !status_is_open(item->status))
            continue;
        best = weight;
        *worst = i;
    }
    return best >= 0;
}

static void check_cycles(struct run *run, gboolean parents)
{
    g_autoptr(Graph) graph = depends_graph(run->backlog, parents);
    g_autoptr(GPtrArray) cycles = graph_cycles(graph);

    for (guint i = 0; i < cycles->len; i++) {
        const GArray *cycle = cycles->pdata[i];
        g_autoptr(GString) path = g_string_new(NULL);
        guint worst = 0;
        if (!find_worst(run, cycle, &worst))
            continue;
        for (guint j = 0; j <= cycle->len; j++) {
            const struct item *item = item_on(run, cycle, worst + j);
            g_string_append_printf(path, "%s%s", j ? " -> " : "", item->id ? item->id : item->path);
        }
        const struct item *about = item_on(run, cycle, worst);
        const struct value *value = item_field(about, parents ? FIELD_PARENT : FIELD_DEPENDS);
        report(run, "depends-cycle", about, value ? value->offset : 0, FALSE, "remove one of them",
               parents ? "parents in a circle: %s" : "dependencies in a circle: %s", path->str);
    }
}

/* -- the run -- */

/* Takes over what reading found, at the severity that the policy gives it. path is that of findings that have
 * none. */
static void take_findings(struct run *run, const GPtrArray *findings, const char *path)
{
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *seen = findings->pdata[i];
        const struct rule *rule = rule_find(seen->rule);
        enum severity severity =
            policy_severity(run->backlog->policy, rule->name, seen->severity, NULL, NULL);
        const char *where = seen->path ? seen->path : path;
        if (severity == SEVERITY_OFF || !is_wanted(run, where))
            continue;
        struct finding *finding = finding_add(run->findings, rule->name, severity, NULL, 0, seen->span,
                                              seen->help, "%s", seen->message);
        finding->at = seen->at;
        finding->path = g_strdup(where);
    }
}

/* Findings in the body, which loading did not read. */
static void check_body(struct run *run, const struct item *item)
{
    const struct facts *facts = backlog_facts(run->backlog, item);
    if (facts)
        take_findings(run, facts->findings, item->path);
}

/* Reads the bodies of all items that are asked about. */
static void load_bodies(struct run *run)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (guint i = 0; i < run->backlog->items->len; i++) {
        struct item *item = run->backlog->items->pdata[i];
        if (is_wanted(run, item->path))
            g_ptr_array_add(items, item);
    }
    backlog_facts_load(run->backlog, items);
}

static GHashTable *set_of(const char *const *paths)
{
    GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize i = 0; paths[i]; i++)
        g_hash_table_add(set, (gpointer)paths[i]);
    return set;
}

GPtrArray *rules_check(struct backlog *backlog, const struct rules_options *options)
{
    g_autoptr(GHashTable) only = options->only ? set_of(options->only) : NULL;
    struct run run = { .backlog = backlog, .options = options, .only = only, .findings = findings_new() };

    backlog_load(backlog);
    take_findings(&run, backlog->findings, NULL);
    load_bodies(&run);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (!is_wanted(&run, item->path))
            continue;
        check_body(&run, item);
        if (!item->readable)
            continue;
        check_file(&run, item);
        check_references(&run, item);
    }
    check_duplicates(&run);
    check_ties(&run);
    check_cycles(&run, FALSE);
    check_cycles(&run, TRUE);
    g_clear_pointer(&run.bytes, g_bytes_unref);
    findings_sort(run.findings);
    return run.findings;
}
