#include "rules_private.h"

#include "depends.h"
#include "facts.h"
#include "unread.h"

#include <string.h>

/* Items from which on a second thread pays. */
#define MANY 1000

/* -- reporting -- */

gboolean rules_is_wanted(const struct rules_run *run, const char *path)
{
    return !run->only || g_hash_table_contains(run->only, path);
}

gboolean rules_claims_ready(const struct item *item)
{
    return item->status == STATUS_READY || item->status == STATUS_DOING;
}

gboolean rules_is_held(const struct rules_run *run, const struct item *item)
{
    if (rules_claims_ready(item))
        return TRUE;
    return status_is_open(item->status) &&
           (run->options->all || (run->as_ready && g_hash_table_contains(run->as_ready, item->path)));
}

GBytes *rules_bytes(struct rules_run *run, const struct item *item)
{
    if (run->read != item) {
        g_clear_pointer(&run->bytes, g_bytes_unref);
        run->bytes = backlog_read(run->backlog, backlog_entry(run->backlog, item->path), NULL);
        run->read = item;
    }
    return run->bytes;
}

const struct depends *rules_depends(struct rules_run *run)
{
    if (!run->depends)
        run->depends = depends_new(run->backlog);
    return run->depends;
}

/* Whether the rule is asked of items of that status. fact: it holds of this item whatever the status. */
static gboolean is_asked(const struct rule *rule, const struct item *item, gboolean fact)
{
    if (!item || fact || rule->reach == RULE_ANY)
        return TRUE;
    return rule->reach == RULE_CLAIM ? rules_claims_ready(item) : status_is_open(item->status);
}

/* Turns the severity that a check decided on into the one that the finding has, as the policy and the item's
 * type, labels and status have it. FALSE: it is not wanted. */
static gboolean weigh(const struct rules_run *run, const struct rule *rule, const struct item *item,
                      gboolean fact, enum severity *severity, gboolean *advice)
{
    gboolean held = item && rules_is_held(run, item);

    if (!is_asked(rule, item, fact))
        return FALSE;
    *severity = rulebook_severity(run->book, rule, *severity, item, held);
    gboolean mild = item && rule->reach == RULE_READINESS && !held && !fact;
    if (mild)
        *severity = MIN(*severity, SEVERITY_NOTE);
    /* A reference that dangles is a mistake in whatever item it stands, not something to come. */
    *advice = mild && !rule_is_fact(rule);
    /* What waivers there are for is looked at in full. */
    if (*advice && run->options->no_advice && reading_is_firm(run->book, item))
        return FALSE;
    return *severity != SEVERITY_OFF;
}

struct finding *rules_report(struct rules_run *run, const char *name, const struct item *item, gsize offset,
                             gboolean file_fact, const char *help, const char *format, ...)
{
    const struct rule *rule = rule_find(name);
    enum severity severity = rule->severity;
    gboolean advice;

    if (!rules_is_wanted(run, item->path) || !(rule->types & rule_type(item_text(item, FIELD_TYPE))) ||
        !weigh(run, rule, item, file_fact, &severity, &advice))
        return NULL;

    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    GBytes *bytes = rules_bytes(run, item);
    gsize length = bytes ? g_bytes_get_size(bytes) : 0;
    const char *text = bytes ? g_bytes_get_data(bytes, NULL) : NULL;
    struct finding *finding =
        finding_add(run->findings, name, severity, text, length,
                    (struct span){ MIN(offset, length), MIN(offset, length) }, help, "%s", message);
    finding->path = g_strdup(item->path);
    finding->advice = advice;
    return finding;
}

/* -- the run -- */

/* Takes over what reading found, at the severity that it has for the item. item is NULL for findings about
 * files that are none, which have a path. */
static void take_finding(struct rules_run *run, const struct finding *seen, const struct item *item)
{
    const struct rule *rule = rulebook_find(run->book, seen->rule);
    const char *where = seen->path || !item ? seen->path : item->path;
    enum severity severity = seen->severity;
    gboolean advice;

    g_assert(rule); /* whoever reads names a rule of the table */
    if (!rules_is_wanted(run, where) || !weigh(run, rule, item, FALSE, &severity, &advice))
        return;
    struct finding *finding = finding_add(run->findings, rule->name, severity, NULL, 0, seen->span,
                                          seen->help, "%s", seen->message);
    finding->at = seen->at;
    finding->path = g_strdup(where);
    finding->key = g_strdup(seen->key);
    finding->about = g_strdup(seen->about);
    finding->advice = advice;
}

/* Items where none is read. */
static void check_unread(struct rules_run *run)
{
    g_autoptr(GPtrArray) findings = unread_find(run->backlog);
    for (guint i = 0; i < findings->len; i++)
        take_finding(run, findings->pdata[i], NULL);
}

/* Findings in the body, which loading did not read. */
static void check_body(struct rules_run *run, const struct item *item)
{
    const struct facts *facts = backlog_facts(run->backlog, item);

    for (guint i = 0; facts && i < facts->findings->len; i++)
        take_finding(run, facts->findings->pdata[i], item);
    for (guint i = 0; facts && !run->options->alone && i < facts->doubts->len; i++)
        if (rules_holds(run, item, facts->doubts->pdata[i]))
            take_finding(run, facts->doubts->pdata[i], item);
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

static gboolean is_any(const struct item *item)
{
    return TRUE;
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
    g_autoptr(GHashTable) as_ready = options->as_ready ? set_of(options->as_ready) : NULL;
    struct rules_run run = {
        .backlog = backlog,
        .options = options,
        .only = only,
        .files = files,
        .as_ready = as_ready,
        .book = backlog_book(backlog),
        .findings = findings_new(),
    };

    if (!options->only && !options->files)
        backlog_expect_facts(backlog, is_any);
    /* Of what is held to more than it claims nothing is advice. */
    if (options->no_advice && !options->all && !options->as_ready)
        backlog_leave_advice(backlog);
    backlog_load(backlog);
    /* The one part that needs neither bodies nor findings. */
    gboolean many = backlog->items->len >= MANY && !options->alone;
    GThread *thread = !many ? NULL : g_thread_new("cycles", rules_find_cycles, backlog);
    for (guint i = 0; i < backlog->findings->len; i++)
        take_finding(&run, backlog->findings->pdata[i], NULL);
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
        if (options->alone)
            continue;
        rules_check_references(&run, item);
        rules_check_order(&run, item);
        if (file)
            rules_check_designs(&run, item);
    }
    if (!options->alone) {
        check_unread(&run);
        rules_check_duplicates(&run);
        rules_check_aliases(&run);
        rules_check_ties(&run);
        rules_check_votes(&run);
        rules_check_outliers(&run);
        rules_check_cycles(&run, thread ? g_thread_join(thread) : rules_find_cycles(backlog));
    }
    rules_check_waivers(&run);
    g_clear_pointer(&run.bytes, g_bytes_unref);
    depends_free(run.depends);
    g_clear_pointer(&run.waits, g_hash_table_unref);
    g_free(run.today);
    g_free(run.sprint_end);
    findings_sort(run.findings);
    rules_settle_wording(run.findings);
    return run.findings;
}
