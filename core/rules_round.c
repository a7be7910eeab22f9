#include "rules_private.h"

#include "neighbours.h"
#include "remark.h"
#include "round.h"
#include "vote.h"

#include <string.h>

#define OUTLIER "estimate-outlier"

static void keep_key(struct finding *finding, const char *key)
{
    if (finding)
        finding->key = g_strdup(key);
}

/* -- votes that the item keeps -- */

/* Whether a decision speaks of the estimate, as the one does that "refine estimate" writes. */
static gboolean is_explained(const struct reading *reading)
{
    g_autoptr(GPtrArray) entries =
        criteria_read_entries(reading->document, reading->policy, SECTION_DECISIONS);
    gboolean found = FALSE;

    for (guint i = 0; i < entries->len && !found; i++) {
        const struct criterion *entry = entries->pdata[i];
        struct remark remark = { 0 };
        if (!remark_parse(entry->text, &remark))
            continue;
        g_autofree char *small = g_ascii_strdown(remark.text, -1);
        found = strstr(small, "estimate") != NULL;
        remark_clear(&remark);
    }
    return found;
}

void rules_read_votes(struct reading *reading)
{
    const struct value *value = item_field(reading->item, FIELD_VOTES);
    const char *estimate = item_text(reading->item, FIELD_ESTIMATE), *id = item_name(reading->item);

    if (!value || value->kind != NODE_MAP || value->count == 0)
        return;
    g_autoptr(GPtrArray) values = g_ptr_array_new();
    const struct node *votes = node_find(reading_front(reading), value->key);
    for (const struct node *vote = votes ? votes->first : NULL; vote; vote = vote->next)
        if (vote->kind == NODE_SCALAR && !node_is_null(vote) && strcmp(vote->key->text, "round") != 0)
            g_ptr_array_add(values, (gpointer)vote->text);
    const char *const *all = (const char *const *)values->pdata;
    if (round_of(reading->policy, all, values->len).verdict != ROUND_DISCUSS || is_explained(reading))
        return;
    g_autofree char *said = round_print(reading->policy, all, values->len);
    g_autofree char *help = g_strdup_printf(
        "refine decide %s \"estimate %s: WHY\", or vote again: refine estimate %s --vote VALUE", id,
        estimate ? estimate : "VALUE", id);
    keep_key(reading_report(reading, "votes-diverge", (struct span){ value->offset, value->offset }, help,
                            "the votes were far apart (%s), and no decision says why it is %s", said,
                            estimate ? estimate : "none of them"),
             "kept");
}

/* -- a round that is open -- */

static void report_sealed(struct rules_run *run, const struct item *item, const struct votes *votes)
{
    g_autofree char *names = votes_names(votes, VOTE_SEALED);
    g_autofree char *help = g_strdup_printf(
        "each reveals with refine estimate %s --reveal; --reveal-all -m REASON goes on without them",
        item_name(item));

    keep_key(rules_report(run, "votes-sealed", item, rules_size_place(item), FALSE, help,
                          "the votes of a round are sealed; not revealed yet: %s",
                          names ? names : "somebody"),
             "round");
}

static void report_apart(struct rules_run *run, const struct item *item, const struct votes *votes,
                         const char *const *values, const struct round *round)
{
    g_autofree char *said = round_print(run->backlog->policy, values, votes->votes->len);
    g_autofree char *help = NULL;

    if (round->lowest == G_MAXSIZE || round->lowest == round->highest) {
        help = g_strdup_printf("who does not know asks: refine ask %s QUESTION; then vote again",
                               item_name(item));
    } else {
        const struct vote *low = votes->votes->pdata[round->lowest],
                          *high = votes->votes->pdata[round->highest];
        help = g_strdup_printf("hear %s (%s) and %s (%s), then vote again, or record what is agreed: refine "
                               "estimate %s VALUE -m REASON",
                               low->name, low->value, high->name, high->value, item_name(item));
    }
    keep_key(rules_report(run, "votes-diverge", item, rules_size_place(item), FALSE, help,
                          "the votes of the open round are far apart: %s", said),
             "round");
}

void rules_check_round(struct rules_run *run, const struct item *item, const struct votes *votes)
{
    guint n = votes->votes->len;
    g_autofree const char **values = g_new0(const char *, n + 1);

    if (n && votes->hidden)
        report_sealed(run, item, votes);
    for (guint i = 0; i < n; i++)
        values[i] = ((const struct vote *)votes->votes->pdata[i])->value;
    const struct round round = round_of(run->backlog->policy, values, n);
    if (round.verdict == ROUND_DISCUSS)
        report_apart(run, item, votes, values, &round);
}

/* -- similar items -- */

static gboolean is_outlier_wanted(const struct rules_run *run, const struct item *item, double *weight)
{
    const char *estimate = item_text(item, FIELD_ESTIMATE);

    return rules_is_wanted(run, item->path) && item->readable && status_is_open(item->status) && estimate &&
           policy_weight(run->backlog->policy, estimate, weight) &&
           (rule_find(OUTLIER)->types & rule_type(item_text(item, FIELD_TYPE))) &&
           rulebook_severity(run->book, rule_find(OUTLIER), SEVERITY_NOTE, item, TRUE) != SEVERITY_OFF;
}

/* The least and the most of the scale's values that a weight stands for, as text: 3 is "3", of a scale of
 * names its name. */
static char *print_weight(const struct scale *scale, double weight)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    const struct scale_step *step = scale_find(scale, weight);
    return g_strdup(step ? step->value : g_ascii_formatd(number, sizeof number, "%g", weight));
}

static void report_outlier(struct rules_run *run, const struct item *item,
                           const struct neighbours *neighbours)
{
    g_autofree char *low = print_weight(neighbours->scale, neighbours->near.low);
    g_autofree char *high = print_weight(neighbours->scale, neighbours->near.high);
    g_autofree char *help = g_strdup_printf("refine estimate %s --suggest shows them", item_name(item));
    g_autofree char *most = strcmp(low, high) == 0 ? g_strdup(low) : g_strdup_printf("%s to %s", low, high);

    keep_key(rules_report(run, OUTLIER, item, rules_size_place(item), FALSE, help,
                          "the estimate %s is unlike that of similar finished items: of the %u most alike, "
                          "most have %s",
                          item_text(item, FIELD_ESTIMATE), neighbours->near.n, most),
             "neighbours");
}

/* It asks the index of words for each item, which takes longer than all other rules: only where somebody asks
 * about items by name, or the policy wants it. Where there is no index of words nothing is said. */
void rules_check_outliers(struct rules_run *run)
{
    g_autoptr(Search) search = NULL;

    if (!run->options->named && !policy_sets(run->backlog->policy, "rules." OUTLIER))
        return;
    for (guint i = 0; i < run->backlog->items->len; i++) {
        const struct item *item = run->backlog->items->pdata[i];
        double weight;
        if (!is_outlier_wanted(run, item, &weight))
            continue;
        if (!search && !(search = search_open(run->backlog, NULL)))
            return;
        g_autoptr(Neighbours) neighbours = neighbours_find(run->backlog, search, item, NULL);
        if (neighbours && neighbours_is_outlier(neighbours, weight))
            report_outlier(run, item, neighbours);
    }
}
