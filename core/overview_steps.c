#include "overview_private.h"

#include "facts.h"
#include "rules.h"

/* Items near the top where nothing says how much the team gets through. */
#define USUAL_NEAR 10

/* -- what is wrong -- */

static void add_step(struct overview *overview, enum overview_step_kind kind, guint count,
                     const struct item *item)
{
    struct overview_step step = { .kind = kind, .count = count, .item = item };
    if (overview->steps->len < OVERVIEW_STEPS)
        g_array_append_val(overview->steps, step);
}

/* The errors of each open item, and of all that cannot be read, by path. The bodies of no others are read. */
static GHashTable *find_errors(struct overview *overview, struct backlog *backlog)
{
    GHashTable *errors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) paths = g_ptr_array_new();

    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (item->position || !item->readable)
            g_ptr_array_add(paths, (gpointer)item->path);
    }
    for (guint i = 0; i < backlog->findings->len; i++)
        g_ptr_array_add(paths, ((struct finding *)backlog->findings->pdata[i])->path);
    g_ptr_array_add(paths, NULL);
    const struct rules_options options = { FALSE, (const char *const *)paths->pdata };
    g_autoptr(GPtrArray) findings = rules_check(backlog, &options);
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (finding->severity < SEVERITY_ERROR)
            continue;
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(errors, finding->path));
        g_hash_table_insert(errors, g_strdup(finding->path), GUINT_TO_POINTER(count + 1));
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

/* The items that some open item names as its parent: their children are what is estimated and made ready. */
static GHashTable *find_parents(const struct backlog *backlog)
{
    GHashTable *parents = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        const char *named = item->position ? item_text(item, FIELD_PARENT) : NULL;
        if (named && backlog_named(backlog, named))
            g_hash_table_add(parents, (gpointer)backlog_named(backlog, named));
    }
    return parents;
}

/* The items, from the top, that fill the sprints up to the horizon, each without an estimate taken for an
 * average one. */
static GPtrArray *find_near(const struct overview *overview, const struct backlog *backlog)
{
    g_autoptr(GHashTable) parents = find_parents(backlog);
    GPtrArray *near = g_ptr_array_new();
    guint estimated = overview->open.items - overview->open.without;
    double room = estimated ? overview->capacity * overview->horizon : 0, taken = 0;

    for (guint i = 0; i < backlog->items->len; i++) {
        struct item *item = backlog->items->pdata[i];
        double weight = estimated ? overview->open.weight / estimated : 0;
        if (!item->position || item->status == STATUS_DOING || g_hash_table_contains(parents, item))
            continue;
        if (room > 0 ? taken >= room : near->len == USUAL_NEAR)
            break;
        overview_weigh(backlog, item, &weight);
        taken += weight;
        g_ptr_array_add(near, item);
    }
    return near;
}

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

static void add_near(struct overview *overview, struct backlog *backlog, const GPtrArray *near)
{
    struct overview_step estimate = { OVERVIEW_ESTIMATE, 0, NULL }, clarify = { OVERVIEW_CLARIFY, 0, NULL };
    const struct item *next = NULL;

    for (guint i = 0; i < near->len; i++) {
        const struct item *item = near->pdata[i];
        double weight;
        gboolean estimated = overview_weigh(backlog, item, &weight);
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
    gboolean enough = overview->capacity > 0
                          ? overview->ready.weight >= overview->capacity * overview->horizon
                          : overview->ready.items > 0;
    if (next && !enough)
        add_step(overview, OVERVIEW_REFINE, 1, next);
}

/* -- */

static void count_ready(struct overview *overview, const struct backlog *backlog, GHashTable *errors)
{
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (item->status == STATUS_READY && !g_hash_table_contains(errors, item->path))
            overview_count_item(&overview->ready, backlog, item);
    }
}

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
    g_autoptr(GHashTable) errors = find_errors(overview, backlog);
    g_autoptr(GPtrArray) near = find_near(overview, backlog);

    overview->unreadable = backlog->findings->len;
    overview->near = near->len;
    count_ready(overview, backlog, errors);
    if (overview->open.items == 0 && backlog->findings->len == 0)
        add_step(overview, OVERVIEW_BEGIN, 0, NULL);
    add_mending(overview, backlog, errors);
    if (unrecorded)
        add_step(overview, OVERVIEW_RECORD, unrecorded, NULL);
    add_answering(overview);
    add_near(overview, backlog, near);
}
