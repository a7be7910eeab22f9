#include "ready.h"

#include "criteria.h"
#include "facts.h"
#include "rulebook.h"

#include <string.h>

static void item_free(gpointer data)
{
    struct ready_item *each = data;
    g_ptr_array_unref(each->gaps);
    g_ptr_array_unref(each->warnings);
    g_ptr_array_unref(each->waived);
    g_ptr_array_unref(each->changed);
    g_free(each);
}

void ready_free(struct ready *ready)
{
    if (!ready)
        return;
    g_ptr_array_unref(ready->items);
    g_clear_pointer(&ready->findings, g_ptr_array_unref);
    g_free(ready);
}

/* -- what can be ready at all -- */

static gboolean check_status(const struct item *item, const char *name, GError **error)
{
    switch (item->status) {
    case STATUS_DONE:
    case STATUS_RELEASED:
        return draft_refuse(error, "%s is %s already; refine set %s status=refining opens it again", name,
                            status_names()[item->status], name);
    case STATUS_SPLIT:
        return draft_refuse(error,
                            "%s is split: its children carry the work, and are made ready; refine list "
                            "parent:%s lists them",
                            name, name);
    case STATUS_DROPPED:
        return draft_refuse(error, "%s is dropped; refine set %s status=refining takes it up again", name,
                            name);
    default:
        return rule_type(item_text(item, FIELD_TYPE)) != RULE_EPIC ||
               draft_refuse(error,
                            "%s is an epic, which is never ready: its parts are; refine split %s makes them",
                            name, name);
    }
}

/* -- what is missing -- */

/* The question at the line, NULL: there is none. They stand in the order of their lines. */
static const struct question *question_at(const GPtrArray *questions, guint line)
{
    guint first = 0, end = questions->len;

    while (first < end) {
        guint middle = first + (end - first) / 2;
        const struct question *question = questions->pdata[middle];
        if (question->at.line == line)
            return question;
        if (question->at.line < line)
            first = middle + 1;
        else
            end = middle;
    }
    return NULL;
}

/* The index of the first criterion that does not end before offset. They stand in the order of their places.
 */
static guint criterion_from(const GPtrArray *criteria, gsize offset)
{
    guint first = 0, end = criteria->len;

    while (first < end) {
        guint middle = first + (end - first) / 2;
        if (((const struct criterion *)criteria->pdata[middle])->span.end <= offset)
            first = middle + 1;
        else
            end = middle;
    }
    return first;
}

/* Finds the question or criterion at the place of the gap, if it is about one. */
static void find_number(const struct ready *ready, const struct ready_item *each, struct ready_gap *gap,
                        const GPtrArray *criteria)
{
    const struct finding *finding = gap->finding;
    const struct facts *facts =
        gap->part == READY_QUESTIONS ? backlog_facts(ready->backlog, each->item) : NULL;
    const struct question *question = facts ? question_at(facts->questions, finding->at.line) : NULL;

    if (question)
        gap->number = question->number;
    if (!criteria || gap->part != READY_CRITERIA)
        return;
    guint index = criterion_from(criteria, finding->span.start);
    const struct criterion *criterion = index < criteria->len ? criteria->pdata[index] : NULL;
    if (!criterion || finding->span.start < criterion->span.start)
        return;
    gap->number = index + 1;
    gap->scenario = criterion->scenario;
}

static gint by_part(gconstpointer a, gconstpointer b)
{
    const struct ready_gap *one = *(struct ready_gap *const *)a, *other = *(struct ready_gap *const *)b;
    if (one->part != other->part)
        return one->part < other->part ? -1 : 1;
    return one->finding->span.start < other->finding->span.start   ? -1
           : one->finding->span.start > other->finding->span.start ? 1
                                                                   : 0;
}

static void add_gap(const struct ready *ready, struct ready_item *each, const struct finding *finding,
                    const struct document *document, const GPtrArray *criteria)
{
    struct ready_gap *gap = g_new0(struct ready_gap, 1);
    gboolean in_body = document && finding->span.start >= document->front->body;

    gap->finding = finding;
    gap->part = ready_part_of(finding->rule);
    find_number(ready, each, gap, criteria);
    gap->line = in_body && !gap->number ? finding->at.line : 0;
    g_ptr_array_add(each->gaps, gap);
}

static void add_finding(const struct ready *ready, struct ready_item *each, const struct finding *finding,
                        const struct document *document, const GPtrArray *criteria)
{
    if (finding->advice || strcmp(finding->rule, "stale-ready") == 0)
        return;
    if (finding_blocks(finding))
        add_gap(ready, each, finding, document, criteria);
    else if (finding->severity == SEVERITY_ERROR)
        g_ptr_array_add(each->waived, (gpointer)finding);
    else if (finding->severity == SEVERITY_WARNING && !finding->waived)
        g_ptr_array_add(each->warnings, (gpointer)finding);
}

/* Whether the rule is asked of the item, and what it finds is an error. */
static gboolean is_asked(const struct rulebook *book, const struct ready_item *each, const struct rule *rule)
{
    const unsigned type = rule_type(item_text(each->item, FIELD_TYPE));
    return (rule->types & type) &&
           rulebook_severity(book, rule, rule->severity, each->item, TRUE) == SEVERITY_ERROR;
}

/* Without these rules, and without any text of it, nothing is said of a part: of a spike without criteria not
 * that they are in order. */
static unsigned find_unasked(const struct rulebook *book, const struct ready_item *each,
                             struct document *document)
{
    static const struct {
        const char *rule;
        enum ready_part part;
        enum agreed agreed;
    } demands[] = {
        { "story-missing", READY_STORY, N_AGREED },
        { "why-missing", READY_WHY, AGREED_WHY },
        { "criteria-missing", READY_CRITERIA, AGREED_CRITERIA },
        { "not-estimated", READY_ESTIMATE, AGREED_ESTIMATE },
        { "approach-missing", READY_APPROACH, AGREED_APPROACH },
    };
    char *texts[N_AGREED];
    unsigned unasked = 0;

    stamp_texts(book->policy, document, texts);
    for (gsize i = 0; i < G_N_ELEMENTS(demands); i++)
        if (!is_asked(book, each, rule_find(demands[i].rule)) &&
            (demands[i].agreed == N_AGREED || !*texts[demands[i].agreed]))
            unasked |= 1u << demands[i].part;
    for (gsize i = 0; i < N_AGREED; i++)
        g_free(texts[i]);
    return unasked;
}

/* The parts of which the rules in force demand something of the item: there are errors of it, or could be. Of
 * a file that cannot be read nobody knows what else is there; then document is NULL. */
static unsigned find_parts(const struct rulebook *book, const struct ready_item *each,
                           struct document *document)
{
    unsigned parts = 1u << READY_FILE;

    for (guint i = 0; i < rule_count() && document && each->item->readable; i++) {
        enum ready_part part = ready_part_of(rule_at(i)->name);
        if (part != READY_REST && part != READY_WAIVERS && is_asked(book, each, rule_at(i)))
            parts |= 1u << part;
    }
    if (document)
        parts &= ~find_unasked(book, each, document);
    for (guint i = 0; i < each->gaps->len; i++)
        parts |= 1u << ((const struct ready_gap *)each->gaps->pdata[i])->part;
    return parts;
}

/* Says of an item that lacks nothing what becomes of it. */
static void settle(struct ready_item *each, const struct policy *policy, struct document *document)
{
    g_autoptr(GPtrArray) changed = document ? stamp_stale(policy, document, NULL) : NULL;
    gboolean claims = rules_claims_ready(each->item);
    gboolean stamped = changed && !node_is_null(node_find(document->front->root, "stamp"));

    for (guint i = 0; claims && changed && i < changed->len; i++)
        g_ptr_array_add(each->changed, changed->pdata[i]);
    each->state = each->gaps->len                      ? READY_MISSING
                  : !claims                            ? READY_NOW
                  : stamped && each->changed->len == 0 ? READY_ALREADY
                                                       : READY_AGAIN;
}

static void judge_item(struct ready *ready, const struct rulebook *book, struct ready_item *each,
                       const GPtrArray *findings)
{
    const struct entry *entry = backlog_entry(ready->backlog, each->path);
    g_autoptr(GBytes) bytes = entry ? backlog_read(ready->backlog, entry, NULL) : NULL;
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;
    g_autoptr(GPtrArray) criteria = document ? criteria_read(document, ready->backlog->policy) : NULL;

    for (guint i = 0; findings && i < findings->len; i++)
        add_finding(ready, each, findings->pdata[i], document, criteria);
    g_ptr_array_sort(each->gaps, by_part);
    struct document *read = document && document->front->root ? document : NULL;
    each->parts = find_parts(book, each, read);
    settle(each, ready->backlog->policy, read);
    ready->missing += each->state == READY_MISSING;
}

static void free_list(gpointer list)
{
    g_ptr_array_unref(list);
}

/* The findings (not owned) by the path of their file. */
static GHashTable *by_path(const GPtrArray *findings)
{
    GHashTable *lists = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_list);

    for (guint i = 0; i < findings->len; i++) {
        struct finding *finding = findings->pdata[i];
        GPtrArray *list = finding->path ? g_hash_table_lookup(lists, finding->path) : NULL;
        if (!list && finding->path) {
            list = g_ptr_array_new();
            g_hash_table_insert(lists, finding->path, list);
        }
        if (list)
            g_ptr_array_add(list, finding);
    }
    return lists;
}

static void judge(struct ready *ready)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new();

    for (guint i = 0; i < ready->items->len; i++)
        g_ptr_array_add(paths, (gpointer)((const struct ready_item *)ready->items->pdata[i])->path);
    g_ptr_array_add(paths, NULL);
    const char *const *all = (const char *const *)paths->pdata;
    const struct rules_options options = { .as_ready = all, .only = all, .named = TRUE };
    const struct rulebook *book = backlog_book(ready->backlog);
    ready->findings = ready->items->len ? rules_check(ready->backlog, &options) : findings_new();
    g_autoptr(GHashTable) lists = by_path(ready->findings);
    for (guint i = 0; i < ready->items->len; i++) {
        struct ready_item *each = ready->items->pdata[i];
        judge_item(ready, book, each, g_hash_table_lookup(lists, each->path));
    }
}

/* -- */

static struct ready *ready_new(struct backlog *backlog)
{
    struct ready *ready = g_new0(struct ready, 1);

    ready->backlog = backlog;
    ready->items = g_ptr_array_new_with_free_func(item_free);
    return ready;
}

static void add_item(struct ready *ready, const struct item *item)
{
    struct ready_item *each = g_new0(struct ready_item, 1);

    each->item = item;
    each->path = item->path;
    each->gaps = g_ptr_array_new_with_free_func(g_free);
    each->warnings = g_ptr_array_new();
    each->waived = g_ptr_array_new();
    each->changed = g_ptr_array_new();
    g_ptr_array_add(ready->items, each);
}

struct ready *ready_judge(struct backlog *backlog, const GPtrArray *entries, GError **error)
{
    g_autoptr(Ready) ready = ready_new(backlog);

    backlog_load(backlog);
    for (guint i = 0; i < entries->len; i++) {
        const struct entry *entry = entries->pdata[i];
        const struct item *item = backlog_at(backlog, entry->path);
        g_autofree char *path = item->id ? NULL : policy_display(backlog->policy, entry->path);
        if (!check_status(item, item->id ? item->id : path, error))
            return NULL;
        add_item(ready, item);
    }
    judge(ready);
    return g_steal_pointer(&ready);
}

struct ready *ready_survey(struct backlog *backlog, const GPtrArray *items)
{
    struct ready *ready = ready_new(backlog);

    for (guint i = 0; i < items->len; i++)
        add_item(ready, items->pdata[i]);
    judge(ready);
    return ready;
}
