#include "split_tell.h"

#include "present.h"
#include "record.h"

/* How many criteria that would be left behind are listed. */
#define MAX_LISTED 20

struct telling {
    struct context *context;
    struct backlog *backlog;
    const struct item *parent;
    const struct split *split;
    const GPtrArray *drafts; /* the parent's, then the children's */
};

/* -- JSON -- */

static void add_numbers(struct json *object, const char *key, const GArray *numbers)
{
    struct json *list = json_add_array(object, key);
    for (guint i = 0; i < numbers->len; i++)
        json_add_integer(list, NULL, g_array_index(numbers, guint, i));
}

static void add_child(const struct telling *telling, struct json *list, guint i)
{
    const struct split_child *child = telling->split->children->pdata[i];
    const struct draft *draft = telling->drafts->pdata[i + 1];
    g_autofree char *path = policy_display(telling->context->policy, draft->path);
    struct json *object = json_add_object(list, NULL);

    json_add_string(object, "id", draft->id);
    json_add_string(object, "title", child->title);
    json_add_string(object, "path", path);
    add_numbers(object, "criteria", child->parts[SPLIT_CRITERIA]);
    add_numbers(object, "questions", child->parts[SPLIT_QUESTIONS]);
}

static void add_json(struct json *object, gpointer data)
{
    const struct telling *telling = data;
    struct split_sum sum = split_sum(telling->backlog, telling->parent);

    json_add_string(object, "parent", telling->parent->id);
    json_add_string(object, "pattern", telling->split->pattern);
    if (sum.has_parent)
        present_weight_json(object, "weight", sum.parent);
    else
        json_add_string(object, "weight", NULL);
    present_weight_json(object, "children-weight", sum.children);
    json_add_integer(object, "without", sum.without + telling->split->children->len);
    struct json *children = json_add_array(object, "children");
    for (guint i = 0; i < telling->split->children->len; i++)
        add_child(telling, children, i);
}

/* -- hints -- */

static void list_left(struct context *context, const struct split *split, const struct split_parts *parts)
{
    g_autoptr(GArray) left = split_left(split, parts, SPLIT_CRITERIA);

    for (guint i = 0; i < left->len && i < MAX_LISTED; i++) {
        guint number = g_array_index(left, guint, i);
        const struct criterion *criterion = parts->of[SPLIT_CRITERIA]->pdata[number - 1];
        output_hint(context->output, "criterion %u goes to no child: %s", number, criterion->text);
    }
    if (left->len > MAX_LISTED)
        output_hint(context->output, "and %u more", left->len - MAX_LISTED);
}

/* What the children get, or do not, without anybody having said so. */
static void tell_questions(const struct telling *telling, const struct split_parts *parts, guint spread)
{
    struct output *output = telling->context->output;
    g_autoptr(GArray) left = split_left(telling->split, parts, SPLIT_QUESTIONS);

    if (spread)
        output_hint(output,
                    "%u unanswered question%s went to every child; --questions Q:CHILD gives one to those "
                    "that it is about",
                    spread, present_plural(spread));
    if (left->len)
        output_hint(output, "%u unanswered question%s left with %s, which nobody will work on", left->len,
                    left->len == 1 ? " is" : "s are", telling->parent->id);
}

/* The parent's estimate is evidence, which the children's stand against. */
static void tell_estimate(const struct telling *telling)
{
    struct split_sum sum = split_sum(telling->backlog, telling->parent);
    const struct policy *policy = telling->context->policy;

    if (!sum.has_parent)
        return;
    guint without = sum.without + telling->split->children->len;
    g_autofree char *own = present_points(policy, sum.parent), *of = present_points(policy, sum.children);
    if (sum.children > 0)
        output_hint(telling->context->output, "%s was %s; its children are %s so far, %u without an estimate",
                    telling->parent->id, own, of, without);
    else
        output_hint(telling->context->output, "%s was %s, which the estimates of its children stand against",
                    telling->parent->id, own);
}

/* -- */

/* Records with the reason of the split, which the options need not have. */
static int record(const struct telling *telling, GError **error)
{
    const struct record_more more = { .add = add_json, .data = (gpointer)telling };
    char *reasons[] = { telling->split->reason, NULL };
    struct record_options options = *telling->context->record;
    struct context context = *telling->context;

    options.reasons = telling->split->reason ? reasons : NULL;
    context.record = &options;
    return record_more(&context, telling->backlog, telling->drafts, &more, error);
}

int split_record(struct context *context, struct backlog *backlog, const struct entry *entry,
                 struct split *split, GError **error)
{
    g_autoptr(Draft) draft = split_may(backlog, entry, error) ? draft_open(backlog, entry, error) : NULL;
    struct split_parts parts;

    if (!draft)
        return -1;
    split_parts_init(&parts, edit_document(draft->edit), context->policy);
    g_autoptr(GArray) unnamed = split_left(split, &parts, SPLIT_QUESTIONS);
    g_autoptr(GError) cause = NULL;
    g_autoptr(GPtrArray) drafts = split_drafts(backlog, entry, split, &cause);
    struct telling telling = { context, backlog, backlog_at(backlog, entry->path), split, drafts };

    if (g_error_matches(cause, SPLIT_ERROR, SPLIT_ERROR_LEFT))
        list_left(context, split, &parts);
    if (cause)
        g_propagate_error(error, g_steal_pointer(&cause));
    int status = drafts ? record(&telling, error) : -1;
    if (status == 0 && !context->json) {
        tell_questions(&telling, &parts, split->keep ? 0 : unnamed->len);
        tell_estimate(&telling);
    }
    split_parts_clear(&parts);
    return status;
}
