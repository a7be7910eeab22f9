#include "ready_board.h"

#include "horizon.h"
#include "plain.h"
#include "present.h"
#include "ready.h"
#include "ready_reach.h"
#include "ready_step.h"
#include "styled.h"

/* Items that are being done are told so many of. */
#define MOST_DOING 10

/* What is told. */
struct board {
    struct context *context;
    const struct horizon *horizon;
    const struct ready *ready; /* of those near the top that are not ready */
    const struct ready *doing; /* of those being done that are not agreed on as they are */
};

/* "the story and the criteria changed since it was agreed on" */
static char *say_changed(const GPtrArray *changed)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < changed->len; i++)
        g_string_append_printf(out, "%sthe %s",
                               i == 0                 ? ""
                               : i + 1 < changed->len ? ", "
                                                      : " and ",
                               (const char *)changed->pdata[i]);
    g_string_append(out, " changed since it was agreed on");
    return g_string_free(out, FALSE);
}

/* What stands against the item, in the words of the first gap; newly allocated. */
static char *reason_of(const struct ready_item *each)
{
    const struct ready_gap *first = each->gaps->len ? each->gaps->pdata[0] : NULL;
    guint more = each->gaps->len > 1 ? each->gaps->len - 1 : 0;

    if (rule_type(item_text(each->item, FIELD_TYPE)) == RULE_EPIC)
        return g_strdup("an epic is never ready, its parts are");
    if (!first)
        return each->changed->len           ? say_changed(each->changed)
               : each->state == READY_AGAIN ? g_strdup("nothing is missing, but it was never declared ready")
                                            : g_strdup("nothing is missing");
    gboolean counted = first->number && first->part == READY_CRITERIA;
    g_autofree char *number = counted ? g_strdup_printf(" %u", first->number) : g_strdup("");
    g_autofree char *others = more ? g_strdup_printf(" (and %u more)", more) : g_strdup("");
    return g_strdup_printf("%s%s: %s%s", ready_part_name(first->part), number, first->finding->message,
                           others);
}

/* -- text -- */

static void add_item(const struct board *board, GString *out, const struct ready *ready,
                     const struct ready_item *each, const struct styled_look *look)
{
    struct output *output = board->context->output;
    g_autoptr(Styled) front = styled_new(), line = styled_new();
    g_autofree char *name =
        each->item->id ? g_strdup(each->item->id) : present_path(board->context->policy, each->path);
    g_autofree char *head = g_strdup_printf("%3u ", each->item->position);
    g_autofree char *title = plain_escape(each->item->title, -1), *reason = reason_of(each);
    g_auto(GStrv) words = ready_step_first(ready, each);
    g_autofree char *command = present_command(words);
    guint used = plain_width(head) + plain_width(name) + 1;
    g_autofree char *cut = plain_truncate(title, look->width == 0         ? G_MAXUINT
                                                 : look->width > used + 8 ? look->width - used
                                                                          : 8);

    g_string_append_printf(out, "\n%s%s%s%s %s\n", head, output_sgr(output, TABLE_YELLOW), name,
                           output_sgr(output, TABLE_PLAIN), cut);
    styled_add_fill(front, " ", 4, 0);
    styled_add(line, reason, -1, 0, NULL);
    styled_print(line, out, front, front, look);
    g_string_append_printf(out, "      %s%s%s\n", output_sgr(output, TABLE_CYAN), command,
                           output_sgr(output, TABLE_PLAIN));
}

/* "3 of the 8 items near the top are ready" */
static char *say_near(const struct horizon *horizon)
{
    guint near = horizon->near->len, ready = horizon->near_ready;

    if (near == 1)
        return g_strdup_printf("the item at the top is %sready", ready ? "" : "not ");
    if (near == ready)
        return g_strdup_printf("all %u items near the top are ready", near);
    if (ready == 0)
        return g_strdup_printf("none of the %u items near the top is ready", near);
    return g_strdup_printf("%u of the %u items near the top %s ready", ready, near,
                           ready == 1 ? "is" : "are");
}

static void add_near(const struct board *board, GString *out, const struct styled_look *look)
{
    const GPtrArray *items = board->ready->items;
    g_autofree char *near = say_near(board->horizon);

    ready_reach_print(out, board->context, board->horizon, TRUE);
    g_string_append_printf(out, "%s%s\n", near,
                           items->len == 0 || board->horizon->near->len == 1 ? ""
                           : !board->horizon->near_ready                     ? "; by their place:"
                           : items->len == 1                                 ? "; the other:"
                                             : "; the others, by their place:");
    for (guint i = 0; i < items->len; i++)
        add_item(board, out, board->ready, items->pdata[i], look);
}

static void add_doing(const struct board *board, GString *out, const struct styled_look *look)
{
    const GPtrArray *items = board->doing->items;
    const guint shown = items->len > MOST_DOING ? MOST_DOING - 1 : items->len;

    if (items->len == 0)
        return;
    g_string_append_printf(out, "%s%u item%s being done that %s not ready:\n", out->len ? "\n" : "",
                           items->len, items->len == 1 ? " is" : "s are", items->len == 1 ? "is" : "are");
    for (guint i = 0; i < shown; i++)
        add_item(board, out, board->doing, items->pdata[i], look);
    if (items->len > shown)
        g_string_append_printf(out, "\nand %u more; refine list status:doing has them all\n",
                               items->len - shown);
}

static void print_text(const struct board *board)
{
    struct output *output = board->context->output;
    g_autoptr(GString) out = g_string_new(NULL);
    const struct styled_look look = { .width = output_width(output),
                                      .color = output_color(output),
                                      .utf8 = output_is_utf8() };

    if (board->horizon->near->len > 0)
        add_near(board, out, &look);
    add_doing(board, out, &look);
    if (out->len == 0)
        output_hint(output, "no item waits to be refined; refine add TITLE begins one");
    else
        output_write(output, out->str);
}

/* -- JSON -- */

static void add_item_json(const struct board *board, struct json *list, const struct ready *ready,
                          const struct ready_item *each)
{
    const struct ready_gap *first = each->gaps->len ? each->gaps->pdata[0] : NULL;
    struct json *object = json_add_object(list, NULL);
    g_autofree char *path = policy_display(board->context->policy, each->path);
    g_auto(GStrv) words = ready_step_first(ready, each);

    json_add_string(object, "id", each->item->id);
    json_add_string(object, "path", path);
    json_add_string(object, "title", each->item->title);
    json_add_integer(object, "position", each->item->position);
    json_add_string(object, "status", item_text(each->item, FIELD_STATUS));
    present_estimate_json(object, "estimate", item_text(each->item, FIELD_ESTIMATE));
    json_add_integer(object, "missing", each->gaps->len);
    json_add_string(object, "part", first ? ready_part_name(first->part) : NULL);
    json_add_string(object, "rule", first ? first->finding->rule : NULL);
    json_add_string(object, "message", first ? first->finding->message : NULL);
    struct json *command = json_add_array(object, "command");
    for (gsize i = 0; words[i]; i++)
        json_add_string(command, NULL, words[i]);
}

static void print_json(const struct board *board)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    ready_reach_json(json, board->horizon);
    json_add_integer(json, "near", board->horizon->near->len);
    json_add_integer(json, "near-ready", board->horizon->near_ready);
    struct json *list = json_add_array(json, "items");
    for (guint i = 0; i < board->ready->items->len; i++)
        add_item_json(board, list, board->ready, board->ready->items->pdata[i]);
    struct json *doing = json_add_array(json, "doing");
    for (guint i = 0; i < board->doing->items->len; i++)
        add_item_json(board, doing, board->doing, board->doing->items->pdata[i]);
    present_json(board->context, json);
}

/* -- */

static gint by_position(gconstpointer a, gconstpointer b)
{
    const struct item *one = *(const struct item *const *)a, *other = *(const struct item *const *)b;
    return one->position < other->position ? -1 : one->position > other->position;
}

/* Those that are being done and have errors, by their place. */
static GPtrArray *find_doing(const struct backlog *backlog, const struct readiness *readiness)
{
    GPtrArray *doing = g_ptr_array_new();

    for (guint i = 0; i < backlog->items->len; i++) {
        struct item *item = backlog->items->pdata[i];
        guint errors;
        if (item->status == STATUS_DOING && readiness_find(readiness, item, &errors) && errors > 0)
            g_ptr_array_add(doing, item);
    }
    g_ptr_array_sort(doing, by_position);
    return doing;
}

int ready_board(struct context *context, GError **error)
{
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    g_autoptr(GPtrArray) unready = g_ptr_array_new();

    if (!backlog)
        return -1;
    backlog_load(backlog);
    g_autoptr(Readiness) readiness = readiness_new(backlog, backlog->items);
    g_autoptr(Horizon) horizon = horizon_new(backlog, readiness);
    for (guint i = 0; i < horizon->near->len; i++)
        if (!horizon_is_ready(horizon->near->pdata[i], readiness))
            g_ptr_array_add(unready, horizon->near->pdata[i]);
    g_autoptr(Ready) ready = ready_survey(backlog, unready);
    g_autoptr(GPtrArray) begun = find_doing(backlog, readiness);
    g_autoptr(Ready) doing = ready_survey(backlog, begun);
    const struct board board = { context, horizon, ready, doing };
    if (context->json)
        print_json(&board);
    else
        print_text(&board);
    return 0;
}
