#include "rules_gate.h"

#include "change.h"
#include "clock.h"
#include "custom.h"
#include "policy_change.h"
#include "rules_private.h"
#include "waiver.h"

#include <string.h>

#define RULE "gate-changed"

static const struct rule table[] = {
    {
        .name = "gate-changed",
        .severity = SEVERITY_WARNING,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "the policy or a waiver changed in what is checked",
        .help = {
            .what = "With --since: this branch changes a setting of the policy on which findings depend; an "
                    "item of it waives a rule, or waives it for another reason than before; or an item that "
                    "was agreed on has another type or label, by which less is asked of it.",
            .why = "A gate that the change itself can lower is none, and a rule that went off unseen is "
                   "missed months later.",
            .bad = "==> before .refine.yaml <==\n"
                   "rules:\n"
                   "  not-atomic: error\n"
                   "==> .refine.yaml <==\n"
                   "rules:\n"
                   "  not-atomic: off\n",
            .good = "==> before .refine.yaml <==\n"
                    "rules:\n"
                    "  not-atomic: off\n"
                    "==> .refine.yaml <==\n"
                    "rules:\n"
                    "  not-atomic: off\n",
            .decided = "The policy of the commit at which the branch began rules the check, so that nothing "
                       "is switched off before it is merged; each setting that differs is named with its "
                       "value before and after. A waiver holds at once, as do type and labels. Who agrees to the "
                       "change merges it, and the finding is gone. Where a policy nearer to the folder of the "
                       "check came or went, so that another backlog would be checked, it is an error.",
            .source = "Two pairs of eyes: the practice of protected branches and code owners.",
            .mistakes = "A setting that makes the gate stricter is told, too. The team, saved queries, the "
                        "sprint and the templates of commits are no part of the gate.",
        },
    },
    { 0 },
};

const struct rule *rules_gate_table(void)
{
    return table;
}

struct gate_run {
    const struct since *since;
    GPtrArray *findings;
};

/* A finding at an offset of the bytes of the file at path (NULL: it is not there). */
static void report(const struct gate_run *run, enum severity severity, const char *path, GBytes *bytes,
                   gsize offset, const char *help, const char *message)
{
    gsize length = 0;
    const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    struct finding *finding = finding_add(run->findings, RULE, severity, text, length,
                                          (struct span){ offset, offset }, help, "%s", message);
    finding->path = g_strdup(path);
}

static enum severity severity_of(const struct gate_run *run, const struct item *item)
{
    struct backlog *now = run->since->moments->now;
    return rulebook_severity(backlog_book(now), table, table->severity, item,
                             item && rules_claims_ready(item));
}

/* -- the policy -- */

/* Which policy this check went by, and when the other one holds. */
static char *policy_help(const struct gate *gate)
{
    return gate->ruling ? g_strdup_printf("takes effect once merged; this check goes by the policy at %.7s",
                                          gate->ruling)
                        : g_strdup("this check goes by it already, as --policy asks");
}

/* Another backlog is checked than was: not what the gate was to hold. */
static void check_former(const struct gate_run *run)
{
    const struct gate *gate = run->since->gate;
    enum severity severity = rulebook_severity(backlog_book(run->since->moments->now), table,
                                               gate->ruling ? SEVERITY_ERROR : SEVERITY_WARNING, NULL, FALSE);

    if (!gate->former || severity == SEVERITY_OFF)
        return;
    g_autofree char *message = g_strdup_printf(
        "the backlog that was checked from this folder is that of %s, and now it is another", gate->former);
    report(run, severity, POLICY_FILE, gate->own->written ? gate->own->bytes : NULL, 0,
           "check from the folders of both; --policy " GATE_OWN " agrees to the one that is here now",
           message);
}

static void check_policy(const struct gate_run *run)
{
    const struct gate *gate = run->since->gate;
    const struct policy *own = gate->own;
    enum severity severity = severity_of(run, NULL);
    g_autofree char *help = policy_help(gate);
    GBytes *bytes = own->written ? own->bytes : NULL;

    if (severity == SEVERITY_OFF)
        return;
    if (!policy_check_usable(gate->of_base, NULL)) {
        g_autofree char *message =
            g_strdup_printf("the policy could not be used at %.7s, and can be now", gate->base);
        report(run, severity, POLICY_FILE, bytes, 0, help, message);
        return;
    }
    g_autoptr(GPtrArray) changes = policy_changes(gate->of_base, own);
    for (guint i = 0; i < changes->len; i++) {
        const struct policy_change *change = changes->pdata[i];
        g_autofree char *message = g_strdup_printf("%s: %s", change->setting, change->text);
        report(run, severity, POLICY_FILE, bytes, change->offset, help, message);
    }
}

/* -- waivers -- */

static struct document *read_version(const struct backlog *backlog, const struct entry *entry)
{
    g_autoptr(GBytes) bytes = entry ? backlog_read(backlog, entry, NULL) : NULL;
    return bytes ? document_new(bytes, NULL) : NULL;
}

/* The waivers of a version, by rule; NULL: it has none. */
static const struct node *waivers_of(const struct document *document)
{
    const struct node *waivers = document ? node_find(document->front->root, "waive") : NULL;
    return waivers && waivers->kind == NODE_MAP ? waivers : NULL;
}

static char *reason_of(const struct node *waiver)
{
    gboolean map = waiver->kind == NODE_MAP;
    const struct node *reason = map ? node_find(waiver, "reason") : waiver;
    g_autofree char *until = map ? change_value(node_find(waiver, "until")) : NULL;
    g_autofree char *text = change_value(reason);

    return g_strconcat(text && *text ? "\"" : "", text && *text ? text : "no reason",
                       text && *text ? "\"" : "", until ? ", until " : "", until, NULL);
}

static void check_waiver(const struct gate_run *run, const struct item *item, const struct document *document,
                         const struct node *before, const struct node *after, gboolean holds)
{
    const struct node *key = after->key;
    g_autofree char *is = reason_of(after), *was = before ? reason_of(before) : NULL;
    g_autofree char *message = was ? g_strdup_printf("waiver of %s changed: %s -> %s", key->text, was, is)
                                   : g_strdup_printf("%s is waived: %s", key->text, is);

    report(run, severity_of(run, item), item->path, document->bytes, key->span.start,
           holds ? "holds at once; whoever merges this agrees to it" : "does not hold as it stands", message);
}

/* Whether the waiver of that name holds today. */
static gboolean is_in_force(const struct gate_run *run, const GPtrArray *waivers, const char *name)
{
    g_autofree char *today = clock_today();

    for (guint i = 0; i < waivers->len; i++) {
        const struct waiver *waiver = waivers->pdata[i];
        if (strcmp(waiver->rule, name) == 0)
            return waiver_holds(waiver, today) &&
                   rules_can_be_waived(backlog_book(run->since->moments->now), name);
    }
    return FALSE;
}

static void check_pair(const struct gate_run *run, const struct moments_pair *pair)
{
    const struct moments *moments = run->since->moments;
    const struct item *item = g_hash_table_lookup(moments->items_now, pair->after->path);
    g_autoptr(Document) after = item ? read_version(moments->now, pair->after) : NULL;
    const struct node *now = waivers_of(after);
    g_autoptr(Document) before = now ? read_version(moments->then, pair->before) : NULL;
    const struct node *then = waivers_of(before);

    if (!now || severity_of(run, item) == SEVERITY_OFF)
        return;
    g_autoptr(GPtrArray) waivers = waivers_read(after);
    for (const struct node *waiver = now->first; waiver; waiver = waiver->next) {
        const struct node *old = node_find(then, waiver->key->text);
        if (!old || !node_equal(old, waiver))
            check_waiver(run, item, after, old, waiver, is_in_force(run, waivers, waiver->key->text));
    }
}

/* -- what is asked -- */

/* Whether the rule can stand in the way of the item being ready. */
static gboolean may_block(const struct gate_run *run, const struct rule *rule, const struct item *item)
{
    return rule->reach != RULE_BACKLOG && rule->types & rule_type(item_text(item, FIELD_TYPE)) &&
           rulebook_severity(backlog_book(run->since->moments->now), rule, rule->severity, item, TRUE) ==
               SEVERITY_ERROR;
}

/* The rules that could stand in the way of the item before, and cannot now; NULL: none. */
static char *find_lost(const struct gate_run *run, const struct item *before, const struct item *after)
{
    const struct rulebook *book = backlog_book(run->since->moments->now);
    g_autoptr(GPtrArray) lost = g_ptr_array_new();

    for (guint i = 0; i < rule_count() + book->custom->len; i++) {
        const struct custom *own = i < rule_count() ? NULL : book->custom->pdata[i - rule_count()];
        const struct rule *rule = own ? &own->rule : rule_at(i);
        if (may_block(run, rule, before) && (!own || custom_applies(own, before)) &&
            !(may_block(run, rule, after) && (!own || custom_applies(own, after))))
            g_ptr_array_add(lost, (gpointer)rule->name);
    }
    g_ptr_array_add(lost, NULL);
    return lost->len > 1 ? g_strjoinv(", ", (char **)lost->pdata) : NULL;
}

/* An item that was agreed on, and of which less is asked now by another type or label. */
static void check_demands(const struct gate_run *run, const struct moments_pair *pair)
{
    const struct moments *moments = run->since->moments;
    const struct item *after = g_hash_table_lookup(moments->items_now, pair->after->path);
    const struct item *before =
        pair->before ? g_hash_table_lookup(moments->items_then, pair->before->path) : NULL;

    if (!before || !after || !before->readable || !after->readable || !rules_claims_ready(before) ||
        !rules_claims_ready(after) || severity_of(run, after) == SEVERITY_OFF)
        return;
    const char *was = item_text(before, FIELD_TYPE), *is = item_text(after, FIELD_TYPE);
    g_autofree char *lost = find_lost(run, before, after);
    g_autoptr(Document) document = lost ? read_version(moments->now, pair->after) : NULL;
    if (!document)
        return;
    gboolean type = g_strcmp0(was, is) != 0;
    const struct node *place = node_find(document->front->root, type ? "type" : "labels");
    g_autofree char *message = type ? g_strdup_printf("type: %s -> %s, of which less is asked: %s",
                                                      was ? was : "none", is ? is : "none", lost)
                                    : g_strdup_printf("by its labels less is asked of it than was: %s", lost);
    report(run, severity_of(run, after), after->path, document->bytes, place ? place->key->span.start : 0,
           "holds at once; whoever merges this agrees to it", message);
}

void rules_check_gate(const struct since *since, const struct rules_options *options, GPtrArray *findings)
{
    const struct gate_run run = { since, findings };
    const GArray *pairs = since->moments->pairs;

    check_former(&run);
    check_policy(&run);
    for (guint i = 0; i < pairs->len; i++) {
        const struct moments_pair *pair = &g_array_index(pairs, struct moments_pair, i);
        if (pair->after && (!options->only || g_strv_contains(options->only, pair->after->path))) {
            check_pair(&run, pair);
            check_demands(&run, pair);
        }
    }
}
