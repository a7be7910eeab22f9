#include "ready_list.h"

#include "plain.h"
#include "present.h"
#include "ready_step.h"
#include "styled.h"

#include <string.h>

/* Warnings that are told of one item, and what is missing that is told of one part; of more there is a count.
 */
#define MOST_WARNINGS 5
#define MOST_GAPS 10

/* What a list is written with. */
struct writing {
    struct context *context;
    const struct ready *ready;
    GString *out;
    struct styled_look look;
};

static struct writing writing_of(struct context *context, const struct ready *ready, GString *out)
{
    struct output *output = context->output;
    return (struct writing){
        context,
        ready,
        out,
        { .width = output_width(output), .color = output_color(output), .utf8 = output_is_utf8() }
    };
}

/* A paragraph behind front, its further lines indented as far. */
static void add_line(const struct writing *writing, guint indent, const char *front, const char *text,
                     guint marks)
{
    g_autoptr(Styled) first = styled_new(), rest = styled_new(), line = styled_new();

    styled_add_fill(first, " ", indent, 0);
    styled_add(first, front, -1, 0, NULL);
    styled_add_fill(rest, " ", indent + plain_width(front), 0);
    styled_add(line, text, -1, marks, NULL);
    styled_print(line, writing->out, first, rest, &writing->look);
}

/* A command on a line of its own, never broken, so that it can be pasted. */
static void add_command(const struct writing *writing, guint indent, char **words)
{
    struct output *output = writing->context->output;
    g_autofree char *command = present_command(words);

    g_string_append_printf(writing->out, "%*s%s%s%s\n", (int)indent, "", output_sgr(output, TABLE_CYAN),
                           command, output_sgr(output, TABLE_PLAIN));
}

/* -- the list -- */

static char *name_of(const struct writing *writing, const struct ready_item *each)
{
    return each->item->id ? g_strdup(each->item->id) : present_path(writing->context->policy, each->path);
}

static void add_heading(const struct writing *writing, const struct ready_item *each)
{
    struct output *output = writing->context->output;
    g_autofree char *name = name_of(writing, each), *title = plain_escape(each->item->title, -1);
    gboolean missing = each->state == READY_MISSING;
    guint used = plain_width(name) + 3 + (missing ? 9 : 18), width = writing->look.width;
    g_autofree char *cut = plain_truncate(title, width == 0         ? G_MAXUINT
                                                 : width > used + 8 ? width - used
                                                                    : 8);

    g_string_append_printf(writing->out, "%s%s%s %s%s%s%s%s\n", output_sgr(output, TABLE_YELLOW), name,
                           output_sgr(output, TABLE_PLAIN), cut, *cut ? ": " : "",
                           output_sgr(output, missing ? TABLE_RED : TABLE_GREEN),
                           missing ? "not ready" : "nothing is missing", output_sgr(output, TABLE_PLAIN));
}

/* Past what begins help as the command does, which may name values: "refine edit k7q2m, and write …", "refine
 * estimate k7q2m VALUE, one of …"; NULL: it begins otherwise, or says nothing else. */
static const char *past_command(const char *help, const char *command)
{
    if (!g_str_has_prefix(help, command))
        return NULL;
    const char *at = help + strlen(command);
    while (*at == ' ' || *at == '-' || *at == '"' || g_ascii_isupper(*at) || g_str_has_prefix(at, "…"))
        at = g_utf8_next_char(at);
    if (!g_str_has_prefix(at, ", "))
        return NULL;
    return at + (g_str_has_prefix(at, ", and ") ? strlen(", and ") : strlen(", "));
}

/* What help says beside the command, which stands below it: "say what must be true: refine criteria k7q2m …"
 * is cut before that. Newly allocated; NULL: nothing. */
static char *help_beside(const char *help, char **words)
{
    g_autofree char *command = g_strdup_printf("refine %s %s", words[0], words[1] ? words[1] : "");
    g_autofree char *bracket = g_strconcat(" (", command, ")", NULL);
    const char *at = help ? strstr(help, command) : NULL, *past = at ? past_command(help, command) : NULL;

    if (past)
        return g_strdup(past);
    if (at && strstr(help, bracket)) {
        const char *from = strstr(help, bracket);
        return g_strdup_printf("%.*s%s", (int)(from - help), help, from + strlen(bracket));
    }
    if (!at || strpbrk(at, ",;") || (at > help && !g_str_has_prefix(at - 2, ": ")))
        return g_strdup(help);
    return at == help ? NULL : g_strndup(help, (gsize)(at - help) - strlen(": "));
}

static void add_gap(const struct writing *writing, const struct ready_item *each, const struct ready_gap *gap)
{
    /* What is said of a question names it. */
    gboolean counted = gap->number && gap->part == READY_CRITERIA;
    g_autofree char *front = counted     ? g_strdup_printf("%u: ", gap->number)
                             : gap->line ? g_strdup_printf("line %u: ", gap->line)
                                         : g_strdup("");
    g_auto(GStrv) words = ready_step_mend(writing->ready, each, gap);
    g_autofree char *help = help_beside(gap->finding->help, words);
    g_autofree char *text = g_strconcat(gap->finding->message, help ? "; " : "", help ? help : "", NULL);

    add_line(writing, 6, front, text, 0);
    add_command(writing, 8, words);
}

static void add_part(const struct writing *writing, const struct ready_item *each, enum ready_part part)
{
    guint missing = 0, told = 0;
    struct output *output = writing->context->output;

    if (!(each->parts & (1u << part)))
        return;
    for (guint i = 0; i < each->gaps->len; i++)
        missing += ((const struct ready_gap *)each->gaps->pdata[i])->part == part;
    g_string_append_printf(writing->out, "  %s%s%s %s\n",
                           output_sgr(output, missing ? TABLE_RED : TABLE_GREEN), missing ? "[ ]" : "[x]",
                           output_sgr(output, TABLE_PLAIN), ready_part_name(part));
    for (guint i = 0; i < each->gaps->len; i++) {
        const struct ready_gap *gap = each->gaps->pdata[i];
        if (gap->part == part && told++ < MOST_GAPS)
            add_gap(writing, each, gap);
    }
    if (missing > MOST_GAPS) {
        g_autofree char *name = name_of(writing, each);
        g_string_append_printf(writing->out, "      and %u more; refine check %s --as-ready has them all\n",
                               missing - MOST_GAPS, name);
    }
}

static void add_waived(const struct writing *writing, const struct ready_item *each)
{
    for (guint i = 0; i < each->waived->len; i++) {
        const struct finding *finding = each->waived->pdata[i];
        g_autofree char *front = g_strdup_printf("waived: %s: ", finding->rule);
        add_line(writing, 2, front, finding->waived, STYLED(TABLE_DIM));
    }
}

static void add_warnings(const struct writing *writing, const struct ready_item *each)
{
    guint n = each->warnings->len, shown = n > MOST_WARNINGS ? MOST_WARNINGS - 1 : n;

    for (guint i = 0; i < shown; i++) {
        const struct finding *finding = each->warnings->pdata[i];
        g_autofree char *text = g_strdup_printf("%s [%s]", finding->message, finding->rule);
        add_line(writing, 2, "warning: ", text, 0);
    }
    if (n > shown)
        g_string_append_printf(writing->out, "  and %u more warnings\n", n - shown);
}

/* Those that lack nothing, as a command, where they do not wait for one that does. */
static void add_others(const struct writing *writing)
{
    const struct ready *ready = writing->ready;
    g_autoptr(GPtrArray) items = g_ptr_array_new(), words = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < ready->items->len; i++) {
        const struct ready_item *each = ready->items->pdata[i];
        if (each->state == READY_NOW || each->state == READY_AGAIN)
            g_ptr_array_add(items, (gpointer)each->item);
    }
    g_autoptr(Ready) others = ready_survey(ready->backlog, items);
    if (items->len == 0 || others->missing > 0)
        return;
    g_ptr_array_add(words, g_strdup("ready"));
    for (guint i = 0; i < others->items->len; i++)
        g_ptr_array_add(words, name_of(writing, others->items->pdata[i]));
    g_ptr_array_add(words, NULL);
    g_string_append(writing->out, "what lacks nothing can be declared alone:\n");
    add_command(writing, 2, (char **)words->pdata);
}

void ready_list_print(struct context *context, const struct ready *ready)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const struct writing writing = writing_of(context, ready, out);

    for (guint i = 0; i < ready->items->len; i++) {
        const struct ready_item *each = ready->items->pdata[i];
        g_string_append(out, i ? "\n" : "");
        add_heading(&writing, each);
        for (int part = 0; part < N_READY_PARTS && each->state == READY_MISSING; part++)
            add_part(&writing, each, (enum ready_part)part);
        add_waived(&writing, each);
        add_warnings(&writing, each);
    }
    if (ready->items->len > 1)
        g_string_append_printf(out, "\n%u of %u items %s not ready, so none was declared\n", ready->missing,
                               ready->items->len, ready->missing == 1 ? "is" : "are");
    if (ready->items->len > ready->missing)
        add_others(&writing);
    output_write(context->output, out->str);
}

/* -- what was declared -- */

void ready_list_told(struct context *context, const struct ready *ready)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const struct writing writing = writing_of(context, ready, out);

    for (guint i = 0; i < ready->items->len; i++) {
        const struct ready_item *each = ready->items->pdata[i];
        g_autofree char *name = name_of(&writing, each);
        if (each->state == READY_ALREADY)
            g_string_append_printf(out, "%s: ready already, and its stamp fits\n", name);
        else if (each->item->status == STATUS_DOING)
            g_string_append_printf(out, "%s: it stays doing\n", name);
        else if (ready->items->len > 1 && each->changed->len + each->waived->len + each->warnings->len)
            g_string_append_printf(out, "%s:\n", name);
        if (each->changed->len) {
            g_ptr_array_add(each->changed, NULL);
            g_autofree char *parts = g_strjoinv(", ", (char **)each->changed->pdata);
            g_ptr_array_set_size(each->changed, (int)each->changed->len - 1);
            add_line(&writing, 2, "changed since it was ready: ", parts, 0);
        }
        add_waived(&writing, each);
        add_warnings(&writing, each);
    }
    output_write(context->output, out->str);
}

/* -- JSON -- */

static void add_finding_json(struct json *list, const struct finding *finding)
{
    struct json *object = json_add_object(list, NULL);

    json_add_string(object, "rule", finding->rule);
    json_add_string(object, "message", finding->message);
    json_add_integer(object, "line", finding->at.line);
    json_add_integer(object, "column", finding->at.column);
    if (finding->waived)
        json_add_string(object, "reason", finding->waived);
}

static void add_gap_json(struct json *list, const struct ready *ready, const struct ready_item *each,
                         const struct ready_gap *gap)
{
    struct json *object = json_add_object(list, NULL);
    g_auto(GStrv) words = ready_step_mend(ready, each, gap);

    json_add_string(object, "part", ready_part_name(gap->part));
    json_add_string(object, "rule", gap->finding->rule);
    json_add_string(object, "message", gap->finding->message);
    json_add_string(object, "help", gap->finding->help);
    json_add_integer(object, "line", gap->finding->at.line);
    json_add_integer(object, "column", gap->finding->at.column);
    if (gap->number)
        json_add_integer(object, "number", gap->number);
    else
        json_add_null(object, "number");
    struct json *command = json_add_array(object, "command");
    for (gsize i = 0; words[i]; i++)
        json_add_string(command, NULL, words[i]);
}

static void add_item_json(struct json *list, struct context *context, const struct ready *ready,
                          const struct ready_item *each)
{
    static const char *const states[] = { "missing", "ready", "again", "already" };
    struct json *object = json_add_object(list, NULL);
    g_autofree char *path = policy_display(context->policy, each->path);

    json_add_string(object, "id", each->item->id);
    json_add_string(object, "path", path);
    json_add_string(object, "title", each->item->title);
    json_add_string(object, "state", states[each->state]);
    struct json *parts = json_add_array(object, "parts");
    for (int part = 0; part < N_READY_PARTS; part++)
        if (each->parts & (1u << part))
            json_add_string(parts, NULL, ready_part_name((enum ready_part)part));
    struct json *changed = json_add_array(object, "changed");
    for (guint i = 0; i < each->changed->len; i++)
        json_add_string(changed, NULL, each->changed->pdata[i]);
    struct json *missing = json_add_array(object, "missing");
    for (guint i = 0; i < each->gaps->len; i++)
        add_gap_json(missing, ready, each, each->gaps->pdata[i]);
    struct json *warnings = json_add_array(object, "warnings");
    for (guint i = 0; i < each->warnings->len; i++)
        add_finding_json(warnings, each->warnings->pdata[i]);
    struct json *waived = json_add_array(object, "waived");
    for (guint i = 0; i < each->waived->len; i++)
        add_finding_json(waived, each->waived->pdata[i]);
}

void ready_list_json(struct json *object, struct context *context, const struct ready *ready)
{
    struct json *list = json_add_array(object, "items");

    for (guint i = 0; i < ready->items->len; i++)
        add_item_json(list, context, ready, ready->items->pdata[i]);
}
