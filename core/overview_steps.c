#include "overview_private.h"

#include "facts.h"
#include "rulebook.h"

/* -- what is wrong -- */

static void add_step(struct overview *overview, enum overview_step_kind kind, guint count,
                     const struct item *item)
{
    struct overview_step step = { .kind = kind, .count = count, .item = item };
    if (overview->steps->len < OVERVIEW_STEPS)
        g_array_append_val(overview->steps, step);
}

/* What a check finds in each open item, and in all that cannot be read. The bodies of no others are read. */
static GPtrArray *check(struct backlog *backlog)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new();

    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (item->position || !item->readable)
            g_ptr_array_add(paths, (gpointer)item->path);
    }
    for (guint i = 0; i < backlog->findings->len; i++)
        g_ptr_array_add(paths, ((struct finding *)backlog->findings->pdata[i])->path);
    g_ptr_array_add(paths, NULL);
    const struct rules_options options = { .only = (const char *const *)paths->pdata };
    return rules_check(backlog, &options);
}

/* The paths of files with errors, which are counted. */
static GHashTable *find_errors(struct overview *overview, const GPtrArray *findings)
{
    GHashTable *errors = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (!finding_blocks(finding))
            continue;
        g_hash_table_add(errors, finding->path);
        overview->errors++;
    }
    return errors;
}

static void add_mending(struct overview *overview, const struct backlog *backlog, GHashTable *errors)
{
    const struct item *first = NULL;

    for (guint i = 0; i < backlog->items->len && !first; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (item->id && g_hash_table_contains(errors, item->path))
            first = item;
    }
    if (overview->errors)
        add_step(overview, OVERVIEW_MEND, overview->errors, g_hash_table_size(errors) == 1 ? first : NULL);
}

/* -- what is near the top -- */

static gboolean has_questions_to_others(const struct overview *overview, struct backlog *backlog,
                                        const struct item *item)
{
    const struct facts *facts = backlog_facts(backlog, item);
    for (guint i = 0; facts && i < facts->questions->len; i++) {
        const struct question *question = facts->questions->pdata[i];
        if (!question->answered && !overview_is_mine(overview, question))
            return TRUE;
    }
    return FALSE;
}

/* Whether the Definition of Ready wants an estimate of the item, and it has none. */
static gboolean lacks_estimate(struct backlog *backlog, const struct item *item)
{
    const struct rule *rule = rule_find("not-estimated");
    double weight;

    return !horizon_weigh(backlog, item, &weight) && rule->types & rule_type(item_text(item, FIELD_TYPE)) &&
           rulebook_severity(backlog_book(backlog), rule, rule->severity, item, TRUE) != SEVERITY_OFF;
}

static void add_near(struct overview *overview, struct backlog *backlog)
{
    struct overview_step estimate = { OVERVIEW_ESTIMATE, 0, NULL }, clarify = { OVERVIEW_CLARIFY, 0, NULL };
    const struct horizon *horizon = overview->horizon;
    const GPtrArray *near = horizon->near;
    const struct item *next = NULL;

    for (guint i = 0; i < near->len; i++) {
        const struct item *item = near->pdata[i];
        gboolean estimated = !lacks_estimate(backlog, item);
        gboolean asks = has_questions_to_others(overview, backlog, item);
        if (!estimated && estimate.count++ == 0)
            estimate.item = item;
        if (asks && clarify.count++ == 0)
            clarify.item = item;
        const struct facts *facts = backlog_facts(backlog, item);
        gboolean settled = estimated && facts && facts_open_questions(facts) == 0;
        if (!next && item->status != STATUS_READY && settled)
            next = item;
    }
    if (estimate.count)
        add_step(overview, estimate.kind, estimate.count, estimate.item);
    if (clarify.count)
        add_step(overview, clarify.kind, clarify.count, clarify.item);
    gboolean enough =
        horizon->capacity > 0 ? horizon_reach(horizon) >= horizon->sprints : horizon->ready.items > 0;
    if (next && !enough)
        add_step(overview, OVERVIEW_REFINE, 1, next);
}

/* -- */

/* The first question that is put to the user, by its number. */
static void add_answering(struct overview *overview)
{
    guint steps = overview->steps->len, questions = overview->questions->len;

    if (!questions)
        return;
    const struct overview_question *first = &g_array_index(overview->questions, struct overview_question, 0);
    add_step(overview, OVERVIEW_ANSWER, questions, first->item);
    if (overview->steps->len > steps)
        g_array_index(overview->steps, struct overview_step, steps).number = first->question->number;
}

void overview_find_steps(struct overview *overview, struct backlog *backlog, guint unrecorded)
{
    g_autoptr(GPtrArray) findings = check(backlog);
    g_autoptr(GHashTable) errors = find_errors(overview, findings);
    g_autoptr(Readiness) readiness = readiness_from(backlog->items, findings);

    overview->unreadable = backlog->findings->len;
    overview->horizon = horizon_new(backlog, readiness);
    if (overview->horizon->open.items == 0 && backlog->findings->len == 0)
        add_step(overview, OVERVIEW_BEGIN, 0, NULL);
    add_mending(overview, backlog, errors);
    if (unrecorded)
        add_step(overview, OVERVIEW_RECORD, unrecorded, NULL);
    add_answering(overview);
    add_near(overview, backlog);
}
