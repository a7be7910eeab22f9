#include "meant.h"
#include "present.h"
#include "record.h"

#include "plain.h"

#include <stddef.h>
#include <string.h>

struct criteria_options {
    GPtrArray *edits; /* struct ordered */
};

#define EDIT(name, argument, summary)                                                                        \
    {                                                                                                        \
        name, 0, OPTION_ORDERED, offsetof(struct criteria_options, edits), argument, summary                 \
    }

static const struct option table[] = {
    EDIT("add", "TEXT", "add a criterion at the end"),
    EDIT("tick", "N", "tick criterion N"),
    EDIT("untick", "N", "untick criterion N"),
    EDIT("reword", "N=TEXT", "replace the text of criterion N"),
    EDIT("remove", "N", "remove criterion N"),
    EDIT("move", "N:M", "move criterion N to place M"),
    { 0 },
};

/* A number that text begins with and that stop ends; 0 where there is none. */
static guint parse_number(const char *text, char stop, const char **rest)
{
    char *end;
    guint64 number = g_ascii_isdigit(*text) ? g_ascii_strtoull(text, &end, 10) : 0;
    if (!number || number > G_MAXUINT || *end != stop)
        return 0;
    *rest = stop ? end + 1 : end;
    return (guint)number;
}

/* What an option says: the criteria that its numbers mean, and the text behind them. */
struct operands {
    const struct criterion *criterion;
    const struct criterion *other; /* of --move; else the criterion itself */
    const char *text;              /* of --reword */
    gboolean behind;               /* other stands behind the criterion */
};

static gboolean in_one_list(struct draft *draft, const struct operands *operands)
{
    const struct markdown *body = document_body(edit_document(draft->edit), NULL);
    return g_array_index(body->items, struct markdown_item, operands->criterion->item).list ==
           g_array_index(body->items, struct markdown_item, operands->other->item).list;
}

static gboolean find_operands(struct draft *draft, const struct ordered *ordered, const GPtrArray *criteria,
                              struct operands *operands, GError **error)
{
    const char *name = ordered->option->name;
    gboolean reword = strcmp(name, "reword") == 0, move = strcmp(name, "move") == 0;
    guint number = parse_number(ordered->value, reword ? '=' : move ? ':' : '\0', &operands->text);
    guint place = move && number ? parse_number(operands->text, '\0', &operands->text) : number;

    if (!number || !place) {
        usage_error(error, "--%s: expected %s, saw %s", name, ordered->option->argument,
                    *ordered->value ? ordered->value : "none");
        return FALSE;
    }
    operands->behind = place > number;
    operands->criterion = draft_criterion(criteria, number, error);
    operands->other = operands->criterion ? draft_criterion(criteria, place, error) : NULL;
    if (!operands->other)
        return FALSE;
    if (operands->criterion->scenario || operands->other->scenario) {
        g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FIELD,
                    "criterion %u is a Gherkin scenario: change it in an editor",
                    operands->criterion->scenario ? number : place);
        return FALSE;
    }
    if (in_one_list(draft, operands))
        return TRUE;
    g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FIELD,
                "criteria %u and %u stand in different lists: move it in an editor", number, place);
    return FALSE;
}

/* Numbers count the criteria as they are at that moment, after the edits before. */
static gboolean apply(struct draft *draft, const struct ordered *ordered, GError **error)
{
    const struct policy *policy = draft->backlog->policy;
    struct edit_section section = policy_edit_section(policy, SECTION_CRITERIA);
    const char *name = ordered->option->name;
    struct operands operands = { 0 };

    if (strcmp(name, "add") == 0)
        return edit_list_add(draft->edit, &section, ordered->value, error);
    g_autoptr(GPtrArray) criteria = criteria_read(edit_document(draft->edit), policy);
    if (!find_operands(draft, ordered, criteria, &operands, error))
        return FALSE;
    guint item = operands.criterion->item;
    if (strcmp(name, "reword") == 0)
        return edit_list_reword(draft->edit, item, operands.text, error);
    if (strcmp(name, "move") == 0)
        return edit_list_move(draft->edit, item, operands.other->item, operands.behind, error);
    if (strcmp(name, "remove") == 0)
        return edit_list_remove(draft->edit, item, error);
    return edit_list_tick(draft->edit, item, strcmp(name, "tick") == 0, error);
}

/* An edit that was refused does not say itself of which option and file it speaks. */
static void name_place(struct context *context, const struct draft *draft, const struct ordered *ordered,
                       GError **error)
{
    g_autofree char *path = policy_display(context->policy, draft->path);
    if (error && *error && (*error)->domain == EDIT_ERROR)
        g_prefix_error(error, "%s: --%s: ", path, ordered->option->name);
}

static void print_list(struct context *context, struct draft *draft)
{
    g_autoptr(GPtrArray) criteria = criteria_read(edit_document(draft->edit), context->policy);
    g_autoptr(Json) json = json_new_object();
    g_autoptr(GString) text = g_string_new(NULL);

    json_add_integer(json, "version", 1);
    json_add_string(json, "id", draft->id);
    struct json *list = json_add_array(json, "criteria");
    for (guint i = 0; i < criteria->len; i++) {
        const struct criterion *criterion = criteria->pdata[i];
        struct json *object = json_add_object(list, NULL);
        g_autofree char *shown = plain_escape(criterion->text, -1);
        json_add_integer(object, "number", i + 1);
        json_add_string(object, "text", criterion->text);
        json_add_boolean(object, "ticked", criterion->ticked);
        json_add_boolean(object, "scenario", criterion->scenario);
        g_string_append_printf(text, "%2u %s %s\n", i + 1,
                               criterion->ticked    ? "[x]"
                               : criterion->has_box ? "[ ]"
                                                    : " - ",
                               shown);
    }
    if (context->json)
        present_json(context, json);
    else
        output_write(context->output, text->str);
    if (criteria->len == 0 && !context->json)
        output_hint(context->output, "%s has no acceptance criteria; --add TEXT adds the first",
                    draft->id ? draft->id : draft->path);
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct criteria_options *given = options;
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    const struct entry *entry = backlog ? meant_find(context, backlog, arguments[0], error) : NULL;
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    struct draft *draft = entry ? draft_open(backlog, entry, error) : NULL;

    if (!draft)
        return -1;
    g_ptr_array_add(drafts, draft);
    if (!given->edits) {
        print_list(context, draft);
        return 0;
    }
    for (guint i = 0; i < given->edits->len; i++)
        if (!apply(draft, given->edits->pdata[i], error)) {
            name_place(context, draft, given->edits->pdata[i], error);
            return -1;
        }
    return record_drafts(context, backlog, drafts, error);
}

const struct command command_criteria = {
    .name = "criteria",
    .arguments = "ID",
    .summary = "Show the acceptance criteria of an item, or change them, in the order of the options.",
    .needs = NEEDS_POLICY | RECORDS,
    .options_size = sizeof(struct criteria_options),
    .options = table,
    .least = 1,
    .most = 1,
    .run = run,
};
