#include "diff_json.h"

#include "present.h"
#include "present_finding.h"
#include "reword.h"

#include <string.h>

static const char *const change_kinds[] = {
    [CHANGE_ITEM_ADDED] = "item-added",
    [CHANGE_ITEM_REMOVED] = "item-removed",
    [CHANGE_FIELD] = "field",
    [CHANGE_ENTRY_ADDED] = "entry-added",
    [CHANGE_ENTRY_REMOVED] = "entry-removed",
    [CHANGE_CRITERION_ADDED] = "criterion-added",
    [CHANGE_CRITERION_REMOVED] = "criterion-removed",
    [CHANGE_CRITERION_REWORDED] = "criterion-reworded",
    [CHANGE_CRITERION_TICKED] = "criterion-ticked",
    [CHANGE_CRITERION_UNTICKED] = "criterion-unticked",
    [CHANGE_CRITERION_MOVED] = "criterion-moved",
    [CHANGE_SECTION_ADDED] = "section-added",
    [CHANGE_SECTION_REMOVED] = "section-removed",
    [CHANGE_SECTION_CHANGED] = "section-changed",
    [CHANGE_TEXT] = "text",
    [CHANGE_LAYOUT] = "layout",
    [CHANGE_QUESTION_ADDED] = "question-added",
    [CHANGE_QUESTION_REMOVED] = "question-removed",
    [CHANGE_QUESTION_REWORDED] = "question-reworded",
    [CHANGE_QUESTION_ANSWERED] = "question-answered",
    [CHANGE_QUESTION_REOPENED] = "question-reopened",
    [CHANGE_DECISION_ADDED] = "decision-added",
    [CHANGE_DECISION_REMOVED] = "decision-removed",
    [CHANGE_DECISION_REWORDED] = "decision-reworded",
    [CHANGE_ASSUMPTION_ADDED] = "assumption-added",
    [CHANGE_ASSUMPTION_SETTLED] = "assumption-settled",
};

static void add_number(struct json *object, const char *key, guint number)
{
    if (number)
        json_add_integer(object, key, number);
    else
        json_add_null(object, key);
}

static void add_words(struct json *object, const struct change *change)
{
    static const char *const words[] = { "same", "removed", "added" };
    g_autoptr(GPtrArray) pieces = reword_list(change->before, change->after);
    struct json *list = json_add_array(object, "words");

    for (guint i = 0; i < pieces->len; i++) {
        const struct reword *piece = pieces->pdata[i];
        struct json *one = json_add_object(list, NULL);
        json_add_string(one, "kind", words[piece->kind]);
        json_add_string(one, "text", piece->text);
    }
}

static void add_change(struct json *list, const struct change *change)
{
    struct json *object = json_add_object(list, NULL);
    g_autofree char *says = change_print(change);
    gboolean texts = change->kind == CHANGE_CRITERION_REWORDED || change->kind == CHANGE_SECTION_CHANGED ||
                     change->kind == CHANGE_QUESTION_REWORDED || change->kind == CHANGE_DECISION_REWORDED ||
                     change->kind == CHANGE_TEXT;

    json_add_string(object, "kind", change_kinds[change->kind]);
    json_add_string(object, "says", says);
    json_add_string(object, "name", change->name);
    json_add_string(object, "before", change->before);
    json_add_string(object, "after", change->after);
    add_number(object, "number", change->number);
    add_number(object, "from", change->from);
    if (texts && change->before && change->after)
        add_words(object, change);
}

/* -- items -- */

static const char *field_of(const struct item *item, enum field_id field)
{
    return item ? item_text(item, field) : NULL;
}

static void add_ids(struct json *object, const char *key, const GPtrArray *items)
{
    struct json *list = json_add_array(object, key);
    for (guint i = 0; i < items->len; i++)
        json_add_string(list, NULL, ((const struct review_item *)items->pdata[i])->id);
}

/* What the item was, or is; nothing where it was not or is not there. */
static void add_moment(struct json *object, const char *key, const struct item *item, const char *unreadable)
{
    struct json *moment = item ? json_add_object(object, key) : NULL;

    if (!item)
        return;
    json_add_string(moment, "type", field_of(item, FIELD_TYPE));
    json_add_string(moment, "status", field_of(item, FIELD_STATUS));
    json_add_string(moment, "estimate", field_of(item, FIELD_ESTIMATE));
    add_number(moment, "position", item->position);
    json_add_string(moment, "unreadable", unreadable);
}

static void add_item(struct context *context, struct json *list, const struct review_item *item)
{
    static const char *const readiness[] = { "same", "gained", "lost" };
    struct json *object = json_add_object(list, NULL);
    g_autofree char *path = policy_display(context->policy, item->path);
    g_autofree char *old_path = item->old_path ? policy_display(context->policy, item->old_path) : NULL;

    json_add_string(object, "kind", review_kind_name(item->kind));
    json_add_string(object, "id", item->id);
    json_add_string(object, "path", path);
    json_add_string(object, "old-path", old_path);
    json_add_string(object, "title", item->title);
    json_add_string(object, "old-title", item->old_title);
    add_moment(object, "before", item->before, item->unreadable_before);
    add_moment(object, "after", item->after, item->unreadable_after);
    json_add_string(object, "duplicate-of", item->duplicate_of);
    json_add_string(object, "split-from", item->split_from ? item->split_from->id : NULL);
    add_ids(object, "children", item->children);
    struct json *changes = json_add_array(object, "changes");
    for (guint i = 0; i < item->changes->len; i++)
        add_change(changes, item->changes->pdata[i]);
    struct json *stale = json_add_array(object, "stale");
    for (guint i = 0; i < item->stale->len; i++)
        json_add_string(stale, NULL, item->stale->pdata[i]);
    json_add_string(object, "readiness", readiness[item->readiness]);
    present_findings_json(json_add_array(object, "findings-gained"), item->findings_gained, NULL,
                          context->policy);
    present_findings_json(json_add_array(object, "findings-gone"), item->findings_gone, NULL,
                          context->policy);
}

/* -- sums -- */

static void add_total(struct json *object, const char *key, const struct review_total *total)
{
    struct json *sum = json_add_object(object, key);

    json_add_integer(sum, "items", total->items);
    json_add_integer(sum, "without", total->without);
    present_weight_json(sum, "weight", total->weight);
    json_add_integer(sum, "ready", total->ready);
    present_weight_json(sum, "ready-weight", total->ready_weight);
}

static void add_top(struct json *object, const char *key, const GPtrArray *items)
{
    struct json *list = json_add_array(object, key);
    for (guint i = 0; i < items->len; i++) {
        const struct item *item = items->pdata[i];
        struct json *one = json_add_object(list, NULL);
        json_add_string(one, "id", item->id);
        json_add_string(one, "title", item->title);
        json_add_integer(one, "position", item->position);
    }
}

static void add_sum(struct json *object, const struct review_sum *sum)
{
    for (guint i = 0; i < G_N_ELEMENTS(sum->of); i++)
        json_add_integer(object, review_kind_name(i), sum->of[i]);
    json_add_integer(object, "moved", sum->moved);
    json_add_integer(object, "readiness-gained", sum->readiness_gained);
    json_add_integer(object, "readiness-lost", sum->readiness_lost);
    add_total(object, "before", &sum->before);
    add_total(object, "after", &sum->after);
    struct json *top = json_add_object(object, "top");
    json_add_integer(top, "size", sum->top);
    add_top(top, "entered", sum->entered);
    add_top(top, "left", sum->left);
}

void diff_json_print(struct context *context, const struct review *review, const struct review_range *range)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    json_add_string(json, "before", range->before);
    json_add_string(json, "after", range->after);
    json_add_string(json, "base", review->base);
    json_add_boolean(json, "chosen", review->chosen);
    add_sum(json_add_object(json, "sum"), &review->sum);
    struct json *items = json_add_array(json, "items");
    for (guint i = 0; i < review->items->len; i++)
        add_item(context, items, review->items->pdata[i]);
    present_json(context, json);
}
