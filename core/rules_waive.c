#include "rules_private.h"

#include "clock.h"
#include "waiver.h"

#include <string.h>

static const struct rule table[] = {
    {
        .name = "waiver-reason",
        .severity = SEVERITY_ERROR,
        .reach = RULE_OPEN,
        .types = RULE_EVERY,
        .summary = "a waiver without a reason, or of no rule",
        .help = {
            .what = "Under waive, the item names a rule that need not hold for it, but gives no reason, or what it "
                    "names is no rule that can be waived.",
            .why = "A waiver is an agreement. Without its reason nobody can tell later whether it still makes "
                   "sense, and one that names no rule silently does nothing.",
            .bad = "waive:\n  measure-missing: true",
            .good = "waive:\n  measure-missing: The law asks for it",
            .decided = "Every entry under waive is looked at; true, yes, null and an empty text are no reasons. "
                       "Facts about files, such as an id that two items have, cannot be waived. Such a waiver "
                       "waives nothing. refine set ID waive.RULE=REASON writes one.",
            .source = "The practice of linters that want a description with every suppression.",
            .mistakes = "It cannot tell a good reason from a bad one.",
        },
    },
    {
        .name = "waiver-expired",
        .severity = SEVERITY_WARNING,
        .reach = RULE_OPEN,
        .types = RULE_EVERY,
        .summary = "a waiver whose day has passed",
        .help = {
            .what = "A waiver was to hold until a day that has passed; it waives nothing any more.",
            .why = "What was waived for a time is due again: the team decides whether it is mended now or waived "
                   "anew.",
            .bad = "waive:\n  why-missing: { reason: The vision is being written, until: 2020-02-29 }",
            .good = "waive:\n  measure-missing: { reason: The vision is being written, until: 2999-12-31 }",
            .decided = "until is the last day on which it holds, as the local calendar has it. Give it another "
                       "day, or remove the waiver with refine set ID waive.RULE= .",
            .source = "The practice of audits: an accepted risk has a date of review.",
            .mistakes = "None known; a check at midnight depends on the time zone.",
        },
    },
    {
        .name = "waiver-unused",
        .severity = SEVERITY_WARNING,
        .reach = RULE_OPEN,
        .types = RULE_EVERY,
        .summary = "a waiver of something that is not found",
        .help = {
            .what = "A waiver names a rule that has nothing to say about the item.",
            .why = "It would hide the next finding of that rule, for which nobody agreed on anything.",
            .bad = "waive:\n  why-missing: The law asks for it",
            .good = "waive:",
            .decided = "Only where the rule was asked: not where the policy switches it off, or the check looks at "
                       "less than the whole backlog. Remove it with refine set ID waive.RULE= .",
            .source = "The practice of linters that report unused suppressions.",
            .mistakes = "A finding that comes and goes with the day or with other items makes its waiver come and "
                        "go as well.",
        },
    },
    { 0 },
};

const struct rule *rules_waive_table(void)
{
    return table;
}

/* The waivers of one item. */
struct waived {
    const struct item *item;
    GPtrArray *waivers;  /* struct waiver */
    GHashTable *holding; /* name of a rule -> struct waiver: those that waive something */
    GHashTable *used;    /* set of those of them that do */
};

static void waived_free(gpointer data)
{
    struct waived *waived = data;
    g_hash_table_unref(waived->holding);
    g_hash_table_unref(waived->used);
    g_ptr_array_unref(waived->waivers);
    g_free(waived);
}

/* -- which can be waived -- */

/* Whether it is one of the rules about waivers themselves. */
static gboolean is_own(const struct rule *rule)
{
    for (const struct rule *own = table; own->name; own++)
        if (own == rule)
            return TRUE;
    return FALSE;
}

gboolean rules_can_be_waived(const struct rulebook *book, const char *name)
{
    const struct rule *rule = rulebook_find(book, name);
    return rule && rule->reach != RULE_ANY && !is_own(rule);
}

/* The rule that a waiver waives; NULL where it is none that can be. */
static const struct rule *find_rule(const struct rules_run *run, const struct waiver *waiver)
{
    return rules_can_be_waived(run->book, waiver->rule) ? rulebook_find(run->book, waiver->rule) : NULL;
}

/* Whether this run asked the rule of the item, so that no finding means that there is nothing to find. */
static gboolean was_asked(const struct rules_run *run, const struct rule *rule, const struct item *item)
{
    gboolean votes = g_str_has_prefix(rule->name, "votes-");

    if (run->options->alone || (run->files && !g_hash_table_contains(run->files, item->path)) ||
        (rule->reach == RULE_CLAIM && !rules_claims_ready(item)) || (votes && run->backlog->repo) ||
        (strcmp(rule->name, "estimate-outlier") == 0 && !run->options->named))
        return FALSE;
    return rulebook_severity(run->book, rule, rule->severity, item, TRUE) != SEVERITY_OFF;
}

/* -- what is said of them -- */

static const char *name_of(const struct item *item)
{
    return item->id ? item->id : item->path;
}

/* What the finding (NULL: not wanted) is about: what to set, with a reason or to nothing. */
static void keep_step(const struct waiver *waiver, gboolean reason, struct finding *finding)
{
    if (finding)
        finding->about = g_strdup_printf("waive.%s=%s", waiver->rule, reason ? "…" : "");
}

static void report_unknown(struct rules_run *run, const struct item *item, const struct waiver *waiver)
{
    const struct rule *rule = rulebook_find(run->book, waiver->rule);
    const char *nearest = rule ? NULL : rulebook_nearest(run->book, waiver->rule);
    g_autofree char *help =
        nearest ? g_strdup_printf("did you mean %s?", nearest) : g_strdup("refine explain lists the rules");
    g_autofree char *remove =
        g_strdup_printf("refine set %s waive.%s= removes it", name_of(item), waiver->rule);

    if (!rule)
        rules_report(run, "waiver-reason", item, waiver->span.start, FALSE, help,
                     "waive: there is no rule %s", waiver->rule);
    else
        keep_step(waiver, FALSE,
                  rules_report(run, "waiver-reason", item, waiver->span.start, FALSE, remove,
                               is_own(rule) ? "waive: %s is about waivers, and cannot be waived itself"
                                            : "waive: %s is a fact about the file, which cannot be waived",
                               waiver->rule));
}

static void report_no_reason(struct rules_run *run, const struct item *item, const struct waiver *waiver)
{
    g_autofree char *help = g_strdup_printf("%srefine set %s waive.%s=… says why",
                                            waiver->boolean ? "write it in words, or quote the word: " : "",
                                            name_of(item), waiver->rule);

    if (waiver->fault)
        rules_report(run, "waiver-reason", item, waiver->span.start, FALSE, NULL, "waive: %s: %s",
                     waiver->rule, waiver->fault);
    else if (waiver->boolean)
        keep_step(waiver, TRUE,
                  rules_report(run, "waiver-reason", item, waiver->span.start, FALSE, help,
                               "%s is waived without a reason in words: %s", waiver->rule, waiver->boolean));
    else
        keep_step(waiver, TRUE,
                  rules_report(run, "waiver-reason", item, waiver->span.start, FALSE, help,
                               "%s is waived without a reason", waiver->rule));
}

static void report_expired(struct rules_run *run, const struct item *item, const struct waiver *waiver)
{
    g_autofree char *help =
        g_strdup_printf("give it another day if it is to hold on; refine set %s waive.%s= removes it",
                        name_of(item), waiver->rule);

    rules_report(run, "waiver-expired", item, waiver->span.start, FALSE, help,
                 "%s was waived until %s alone: %s", waiver->rule, waiver->until, waiver->reason);
}

static void report_unused(struct rules_run *run, const struct item *item, const struct waiver *waiver,
                          const struct rule *rule)
{
    const char *type = item_text(item, FIELD_TYPE);
    g_autofree char *help =
        g_strdup_printf("refine set %s waive.%s= removes it", name_of(item), waiver->rule);

    if (rule->types & rule_type(type))
        rules_report(run, "waiver-unused", item, waiver->span.start, FALSE, help,
                     "%s is waived, but has nothing to say here", waiver->rule);
    else
        rules_report(run, "waiver-unused", item, waiver->span.start, FALSE, help,
                     "%s is waived, but is not asked of items of type %s", waiver->rule,
                     type ? type : "none");
}

static void report(struct rules_run *run, const struct waived *waived, const char *today)
{
    for (guint i = 0; i < waived->waivers->len; i++) {
        const struct waiver *waiver = waived->waivers->pdata[i];
        const struct rule *rule = find_rule(run, waiver);
        if (!rule)
            report_unknown(run, waived->item, waiver);
        else if (waiver->fault || !waiver->reason)
            report_no_reason(run, waived->item, waiver);
        else if (!waiver_holds(waiver, today))
            report_expired(run, waived->item, waiver);
        else if (!g_hash_table_contains(waived->used, waiver) && was_asked(run, rule, waived->item))
            report_unused(run, waived->item, waiver, rule);
    }
}

/* -- waiving -- */

static void waive(const struct waived *waived, struct finding *finding)
{
    struct waiver *waiver = g_hash_table_lookup(waived->holding, finding->rule);

    if (!waiver)
        return;
    g_free(finding->waived);
    finding->waived = g_strdup(waiver->reason);
    g_hash_table_add(waived->used, waiver);
}

static struct waived *waived_new(const struct rules_run *run, const struct item *item, GPtrArray *waivers,
                                 const char *today)
{
    struct waived *waived = g_new(struct waived, 1);

    waived->item = item;
    waived->waivers = waivers;
    waived->holding = g_hash_table_new(g_str_hash, g_str_equal);
    waived->used = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < waivers->len; i++) {
        struct waiver *waiver = waivers->pdata[i];
        if (waiver_holds(waiver, today) && find_rule(run, waiver))
            g_hash_table_insert(waived->holding, waiver->rule, waiver);
    }
    return waived;
}

/* The waivers of the item; NULL where it has none: its fields tell, so that few files are read for it. */
static struct waived *read_waivers(const struct rules_run *run, const struct item *item, const char *today)
{
    const struct value *value = item->readable ? item_field(item, FIELD_WAIVE) : NULL;

    if (!value || value->kind != NODE_MAP || value->count + value->records == 0 ||
        !status_is_open(item->status) || !rules_is_wanted(run, item->path))
        return NULL;
    const struct entry *entry = backlog_entry(run->backlog, item->path);
    g_autoptr(GBytes) bytes = entry ? backlog_read(run->backlog, entry, NULL) : NULL;
    if (!bytes)
        return NULL;
    g_autoptr(Document) document = document_new(bytes, NULL);
    return waived_new(run, item, waivers_read(document), today);
}

void rules_check_waivers(struct rules_run *run)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(waived_free);
    g_autoptr(GHashTable) by_path = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree char *today = clock_today();
    guint findings = run->findings->len;

    for (guint i = 0; i < run->backlog->items->len; i++) {
        struct waived *waived = read_waivers(run, run->backlog->items->pdata[i], today);
        if (!waived)
            continue;
        g_ptr_array_add(all, waived);
        g_hash_table_insert(by_path, (gpointer)waived->item->path, waived);
    }
    if (all->len == 0)
        return;
    for (guint i = 0; i < findings; i++) {
        struct finding *finding = run->findings->pdata[i];
        const struct waived *waived = finding->path ? g_hash_table_lookup(by_path, finding->path) : NULL;
        if (waived)
            waive(waived, finding);
    }
    for (guint i = 0; i < all->len; i++)
        report(run, all->pdata[i], today);
}
