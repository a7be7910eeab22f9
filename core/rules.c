#include "rules_private.h"

#include "facts.h"

#include <string.h>

/* Items from which on a second thread pays. */
#define MANY 1000

static const struct rule table[] = {
    { "parse", SEVERITY_ERROR, "the file or its front matter cannot be read" },
    { "conflict-marker", SEVERITY_ERROR, "a merge conflict was left in the file" },
    { "missing-field", SEVERITY_ERROR, "title, type or status is missing" },
    { "duplicate-id", SEVERITY_ERROR, "two files have one id" },
    { "duplicate-alias", SEVERITY_ERROR, "an alias names two items" },
    { "duplicate-section", SEVERITY_ERROR, "a section stands twice, and only the first is read" },
    { "duplicate-heading", SEVERITY_WARNING, "two sections of one's own have one heading" },
    { "duplicate-entry", SEVERITY_WARNING, "a list has one entry twice" },
    { "criterion-duplicate", SEVERITY_WARNING, "the same criterion stands twice" },
    { "bad-value", SEVERITY_ERROR, "a value is none that its field can have" },
    { "unknown-key", SEVERITY_WARNING, "a key that is nearly the name of a field" },
    { "file-name", SEVERITY_ERROR, "the name of the file does not begin with the item's id" },
    { "no-id", SEVERITY_NOTE, "an item without an id" },
    { "no-rank", SEVERITY_NOTE, "an open item without a rank" },
    { "rank-tie", SEVERITY_NOTE, "two open items have one rank" },
    { "depends-dangling", SEVERITY_ERROR, "depends, parent or duplicate-of names no item" },
    { "depends-cycle", SEVERITY_ERROR, "items depend on each other in a circle" },
    { "bad-vote", SEVERITY_ERROR, "a vote cannot be what its voter meant" },
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

gboolean rules_is_wanted(const struct rules_run *run, const char *path)
{
    return !run->only || g_hash_table_contains(run->only, path);
}

gboolean rules_claims_ready(const struct item *item)
{
    return item->status == STATUS_READY || item->status == STATUS_DOING;
}

/* Whether the item is held to what a ready one must be. */
static gboolean is_held(const struct rules_run *run, const struct item *item)
{
    return rules_claims_ready(item) || (run->options->all && status_is_open(item->status));
}

/* The bytes of the item's file, kept until another's are asked for; NULL where it cannot be read. */
static GBytes *bytes_of(struct rules_run *run, const struct item *item)
{
    if (run->read != item) {
        g_clear_pointer(&run->bytes, g_bytes_unref);
        run->bytes = backlog_read(run->backlog, backlog_entry(run->backlog, item->path), NULL);
        run->read = item;
    }
    return run->bytes;
}

static enum severity severity_for(const struct rules_run *run, const struct rule *rule,
                                  const struct item *item)
{
    enum severity severity = rule->severity;
    if (severity == SEVERITY_NOTE && g_str_has_prefix(rule->name, "no-") && is_held(run, item))
        severity = SEVERITY_ERROR;
    return policy_severity(run->backlog->policy, rule->name, severity, item_text(item, FIELD_TYPE),
                           item_texts(item, FIELD_LABELS));
}

struct finding *rules_report(struct rules_run *run, const char *name, const struct item *item, gsize offset,
                             gboolean file_fact, const char *help, const char *format, ...)
{
    enum severity severity = severity_for(run, rule_find(name), item);
    if (!file_fact && severity > SEVERITY_NOTE && !is_held(run, item))
        severity = SEVERITY_NOTE;
    if (severity == SEVERITY_OFF || !rules_is_wanted(run, item->path))
        return NULL;

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
    return finding;
}

/* -- the run -- */

/* Takes over what reading found, at the severity that the policy gives it. path is that of findings that have
 * none. */
static void take_findings(struct rules_run *run, const GPtrArray *findings, const char *path)
{
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *seen = findings->pdata[i];
        const struct rule *rule = rule_find(seen->rule);
        g_assert(rule); /* whoever reads names a rule of the table */
        enum severity severity =
            policy_severity(run->backlog->policy, rule->name, seen->severity, NULL, NULL);
        const char *where = seen->path ? seen->path : path;
        if (severity == SEVERITY_OFF || !rules_is_wanted(run, where))
            continue;
        struct finding *finding = finding_add(run->findings, rule->name, severity, NULL, 0, seen->span,
                                              seen->help, "%s", seen->message);
        finding->at = seen->at;
        finding->path = g_strdup(where);
    }
}

/* Findings in the body, which loading did not read. */
static void check_body(struct rules_run *run, const struct item *item)
{
    const struct facts *facts = backlog_facts(run->backlog, item);
    if (facts)
        take_findings(run, facts->findings, item->path);
}

/* Whether the item's file is to be checked, and not only what it says of others. */
static gboolean is_file_wanted(const struct rules_run *run, const char *path)
{
    return rules_is_wanted(run, path) && (!run->files || g_hash_table_contains(run->files, path));
}

/* Reads the bodies of all items whose files are checked. */
static void load_bodies(struct rules_run *run)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (guint i = 0; i < run->backlog->items->len; i++) {
        struct item *item = run->backlog->items->pdata[i];
        if (is_file_wanted(run, item->path))
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
    g_autoptr(GHashTable) files = options->files ? set_of(options->files) : NULL;
    struct rules_run run = {
        .backlog = backlog, .options = options, .only = only, .files = files, .findings = findings_new()
    };

    backlog_load(backlog);
    /* The one part that needs neither bodies nor findings. */
    gboolean many = backlog->items->len >= MANY && !options->alone;
    GThread *thread = !many ? NULL : g_thread_new("cycles", rules_find_cycles, backlog);
    take_findings(&run, backlog->findings, NULL);
    load_bodies(&run);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (!rules_is_wanted(&run, item->path))
            continue;
        gboolean file = is_file_wanted(&run, item->path);
        if (file)
            check_body(&run, item);
        if (!item->readable)
            continue;
        if (file)
            rules_check_file(&run, item);
        if (!options->alone)
            rules_check_references(&run, item);
    }
    if (!options->alone) {
        rules_check_duplicates(&run);
        rules_check_aliases(&run);
        rules_check_ties(&run);
        if (!backlog->repo)
            rules_check_votes(&run);
        rules_check_cycles(&run, thread ? g_thread_join(thread) : rules_find_cycles(backlog));
    }
    g_clear_pointer(&run.bytes, g_bytes_unref);
    findings_sort(run.findings);
    return run.findings;
}
