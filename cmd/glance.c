#include "glance.h"
#include "present.h"
#include "ready_reach.h"

#include "facts.h"
#include "plain.h"

/* Questions, votes and goals that are shown; of more there is a count. */
#define MOST_SHOWN 5

/* What is being written. */
struct glance {
    struct context *context;
    const struct overview *overview;
    struct output *output;
    GString *out;
};

static guint room_after(const struct glance *glance, guint used)
{
    guint width = output_width(glance->output);
    return width == 0 ? G_MAXUINT : width > used ? width - used : 0;
}

/* -- parts -- */

/* A line in front of a part, with an empty one above it. */
static void append_heading(const struct glance *glance, const char *text)
{
    g_autofree char *shown = plain_escape(text, -1), *cut = plain_truncate(shown, room_after(glance, 0));
    g_string_append_printf(glance->out, "%s%s%s%s\n", glance->out->len ? "\n" : "",
                           output_sgr(glance->output, TABLE_BOLD), cut,
                           output_sgr(glance->output, TABLE_PLAIN));
}

static void append_table(const struct glance *glance, const struct table *table, gboolean header)
{
    const struct table_look look = { .width = output_width(glance->output),
                                     .header = header,
                                     .color = output_color(glance->output) };
    table_print_text(table, glance->out, &look);
}

static void append_more(const struct glance *glance, guint count)
{
    if (count > MOST_SHOWN)
        g_string_append_printf(glance->out, "  and %u more\n", count - MOST_SHOWN);
}

static void append_goals(const struct glance *glance)
{
    static const struct table_column columns[] = {
        { "goal", "goal" },
        { "open", "open", TABLE_RIGHT },
        { "says", "", .shrink = 1, .minimum = 16 },
    };
    const GArray *goals = glance->overview->goals;
    g_autoptr(Table) table = table_new(columns, G_N_ELEMENTS(columns));

    if (goals->len == 0)
        return;
    for (guint i = 0; i < goals->len; i++) {
        const struct overview_goal *goal = &g_array_index(goals, struct overview_goal, i);
        table_add(table, goal->id, TABLE_PLAIN);
        table_add_integer(table, goal->open, goal->open ? TABLE_PLAIN : TABLE_DIM);
        table_add(table, goal->says, TABLE_DIM);
    }
    g_string_append(glance->out, glance->out->len ? "\n" : "");
    append_table(glance, table, TRUE);
}

static void add_count(struct table *table, const char *name, enum table_style style,
                      const struct horizon_count *count, enum table_style rest)
{
    g_autofree char *weight = count->weight > 0 ? present_weight(count->weight) : NULL;

    if (count->items == 0)
        return;
    table_add(table, name, style);
    table_add_integer(table, count->items, rest);
    table_add(table, weight, rest);
    if (count->without)
        table_add_integer(table, count->without, rest);
    else
        table_add(table, NULL, rest);
}

static void append_counts(const struct glance *glance)
{
    const struct overview *overview = glance->overview;
    const char *unit = policy_text(glance->context->policy, "estimate.unit");
    const struct table_column columns[] = {
        { "status", "status" },
        { "items", "items", TABLE_RIGHT },
        { "weight", unit && *unit ? unit : "estimate", TABLE_RIGHT, .shrink = 1, .minimum = 8 },
        { "without", "no estimate", TABLE_RIGHT },
    };
    g_autoptr(Table) table = table_new(columns, G_N_ELEMENTS(columns));

    for (int i = STATUS_NEW; i <= STATUS_DOING; i++)
        add_count(table, status_names()[i], present_status_style(i), &overview->counts[i], TABLE_PLAIN);
    add_count(table, "(none)", present_status_style(STATUS_UNKNOWN), &overview->counts[STATUS_UNKNOWN],
              TABLE_PLAIN);
    add_count(table, "open", TABLE_BOLD, &overview->horizon->open, TABLE_BOLD);
    for (int i = STATUS_DONE; i < N_STATUSES; i++)
        add_count(table, status_names()[i], present_status_style(i), &overview->counts[i], TABLE_DIM);
    if (table_rows(table) == 0)
        return;
    g_string_append(glance->out, glance->out->len ? "\n" : "");
    append_table(glance, table, TRUE);
}

/* -- what waits for the user -- */

static void append_questions(const struct glance *glance)
{
    static const struct table_column columns[] = {
        { "margin", "" },
        { "id", "id" },
        { "number", "", TABLE_RIGHT },
        { "text", "", .shrink = 1, .minimum = 16 },
    };
    const GArray *questions = glance->overview->questions;
    g_autoptr(Table) table = table_new(columns, G_N_ELEMENTS(columns));

    if (questions->len == 0)
        return;
    for (guint i = 0; i < MIN(questions->len, MOST_SHOWN); i++) {
        const struct overview_question *each = &g_array_index(questions, struct overview_question, i);
        table_add(table, NULL, TABLE_PLAIN);
        table_add(table, each->item->id ? each->item->id : each->item->path, TABLE_CYAN);
        table_add_integer(table, each->question->number, TABLE_DIM);
        table_add(table, each->question->text, TABLE_PLAIN);
    }
    append_heading(glance, "questions for you");
    append_table(glance, table, FALSE);
    append_more(glance, questions->len);
}

static void append_votes(const struct glance *glance)
{
    static const struct table_column columns[] = {
        { "margin", "" },
        { "id", "id" },
        { "round", "" },
        { "title", "", .shrink = 1, .minimum = 16 },
    };
    const GArray *votes = glance->overview->votes;
    g_autoptr(Table) table = table_new(columns, G_N_ELEMENTS(columns));

    if (votes->len == 0)
        return;
    for (guint i = 0; i < MIN(votes->len, MOST_SHOWN); i++) {
        const struct overview_vote *vote = &g_array_index(votes, struct overview_vote, i);
        g_autofree char *round = g_strdup_printf("round %u", vote->round);
        table_add(table, NULL, TABLE_PLAIN);
        table_add(table, vote->item->id, TABLE_CYAN);
        table_add(table, round, TABLE_DIM);
        table_add(table, vote->item->title, TABLE_PLAIN);
    }
    append_heading(glance, "your vote is missing");
    append_table(glance, table, FALSE);
    append_more(glance, votes->len);
}

/* How to say who one is, where questions are open and that is not known. */
static void append_who(const struct glance *glance)
{
    const struct overview *overview = glance->overview;
    const struct node *team = policy_get(glance->context->policy, "team");
    guint n = overview->questions_open;

    if (overview->known || n == 0)
        return;
    g_string_append_printf(glance->out, "\n%u open question%s; which are yours is not known:\n", n,
                           present_plural(n));
    g_string_append(glance->out, output_sgr(glance->output, TABLE_DIM));
    if (!team || !team->first) {
        g_string_append(glance->out, "  .refine.yaml names nobody under team\n");
    } else if (!overview->self) {
        g_string_append(glance->out, "  git config refine.me HANDLE says who of the team you are\n");
    } else {
        g_autofree char *self = plain_escape(overview->self, -1);
        g_string_append_printf(glance->out, "  nobody in the team of .refine.yaml is %s;\n", self);
        g_string_append(glance->out, "  git config refine.me HANDLE says who you are\n");
    }
    g_string_append(glance->out, output_sgr(glance->output, TABLE_PLAIN));
}

/* -- */

static void print_text(struct context *context, const struct overview *overview)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const struct glance glance = { context, overview, context->output, out };

    if (overview->vision)
        append_heading(&glance, overview->vision);
    append_goals(&glance);
    append_counts(&glance);
    if (overview->horizon->open.items) {
        g_string_append_c(out, '\n');
        ready_reach_print(out, context, overview->horizon, FALSE);
    }
    append_questions(&glance);
    append_votes(&glance);
    append_who(&glance);
    append_heading(&glance, "next");
    glance_next(out, context, overview);
    output_write(context->output, out->str);
}

/* Without a backlog: what refine can do, and how to begin one. */
static int run_without(struct context *context, GError *cause, GError **error)
{
    char *none[] = { NULL };

    if (context->json || !g_error_matches(cause, POLICY_ERROR, POLICY_ERROR_NONE_FOUND)) {
        g_propagate_error(error, cause);
        return -1;
    }
    int status = command_find("help")->run(context, NULL, none, error);
    output_hint(context->output, "%s", cause->message);
    g_error_free(cause);
    return status;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    GError *cause = NULL;
    g_autoptr(Policy) policy = policy_find(context->folder, NULL, &cause);

    if (!policy)
        return run_without(context, cause, error);
    g_autoptr(Backlog) backlog = backlog_open(policy, NULL, error);
    if (!backlog)
        return -1;
    g_autoptr(Overview) overview = overview_new(backlog);
    context->policy = policy;
    if (context->json)
        glance_json(context, overview);
    else
        print_text(context, overview);
    context->policy = NULL;
    return overview->unreadable ? 1 : 0;
}

const struct command glance_command = {
    .name = "refine",
    .arguments = "",
    .summary = "Show the backlog at a glance, and what to do next.",
    .needs = NEEDS_PAGER,
    .run = run,
};
