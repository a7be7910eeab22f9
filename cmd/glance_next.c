#include "glance.h"
#include "present.h"

#include "plain.h"

#include <string.h>

static const struct {
    const char *name;
    const char *command;
    const char *value; /* behind id and number of what is meant there; where there is no item, alone */
} steps[] = {
    [OVERVIEW_BEGIN] = { "begin", "add", "TITLE" },        [OVERVIEW_MEND] = { "mend", "check", NULL },
    [OVERVIEW_RECORD] = { "record", "commit", NULL },      [OVERVIEW_ANSWER] = { "answer", "answer", "…" },
    [OVERVIEW_ESTIMATE] = { "estimate", "estimate", "…" }, [OVERVIEW_CLARIFY] = { "clarify", "ask", NULL },
    [OVERVIEW_REFINE] = { "refine", "ready", NULL },
};

const char *glance_step_name(enum overview_step_kind kind)
{
    return steps[kind].name;
}

char **glance_words(const struct policy *policy, const struct overview_step *step)
{
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();
    const struct item *item = step->item;
    g_autofree char *path = item && !item->id ? policy_display(policy, item->path) : NULL;
    g_autofree char *number = g_strdup_printf("%u", step->number);

    g_assert(command_find(steps[step->kind].command));
    g_strv_builder_add(words, steps[step->kind].command);
    if (item)
        g_strv_builder_add(words, path ? path : item->id);
    if (step->number)
        g_strv_builder_add(words, number);
    if (steps[step->kind].value)
        g_strv_builder_add(words, steps[step->kind].value);
    return g_strv_builder_end(words);
}

static char *reason_to_mend(const struct overview *overview)
{
    guint n = overview->errors, unreadable = overview->unreadable;

    if (unreadable == 0)
        return g_strdup_printf("%u error%s in open items", n, present_plural(n));
    return g_strdup_printf("%u error%s, %u in files that cannot be read", n, present_plural(n), unreadable);
}

/* "3 of the 10 items near the top have no estimate"; n is at least 1, and near at least n. */
static char *reason_near(guint n, guint near, const char *what)
{
    if (near == 1)
        return g_strdup_printf("the item at the top has %s", what);
    if (n == near && n == 2)
        return g_strdup_printf("both items near the top have %s", what);
    if (n == near)
        return g_strdup_printf("all %u items near the top have %s", n, what);
    return g_strdup_printf("%u of the %u items near the top %s %s", n, near, n == 1 ? "has" : "have", what);
}

/* Why the step comes, as a sentence. */
static char *reason_for(const struct overview *overview, const struct overview_step *step)
{
    guint n = step->count;

    switch (step->kind) {
    case OVERVIEW_BEGIN:
        return g_strdup("there is no open item");
    case OVERVIEW_MEND:
        return reason_to_mend(overview);
    case OVERVIEW_RECORD:
        return g_strdup_printf("%u item%s changed by hand and not recorded", n, n == 1 ? " was" : "s were");
    case OVERVIEW_ANSWER:
        return g_strdup_printf("%u question%s for you", n, n == 1 ? " waits" : "s wait");
    case OVERVIEW_ESTIMATE:
        return reason_near(n, overview->horizon->near->len, "no estimate");
    case OVERVIEW_CLARIFY:
        return reason_near(n, overview->horizon->near->len, "open questions");
    default:
        return g_strdup("more items should be ready; this one is next");
    }
}

static void append_step(GString *out, struct context *context, const struct overview *overview,
                        const struct overview_step *step)
{
    struct output *output = context->output;
    guint width = output_width(output);
    g_autofree char *reason = reason_for(overview, step);
    g_auto(GStrv) words = glance_words(context->policy, step);
    g_autofree char *command = present_command(words);
    g_autofree char *title = step->item ? plain_escape(step->item->title, -1) : g_strdup("");
    guint used = 4 + plain_width(command) + 2, room = width == 0     ? G_MAXUINT
                                                      : width > used ? width - used
                                                                     : 0;
    g_autofree char *cut = plain_truncate(title, room);

    g_string_append_printf(out, "  %s\n    %s%s%s", reason, output_sgr(output, TABLE_CYAN), command,
                           output_sgr(output, TABLE_PLAIN));
    if (*cut && room > 8)
        g_string_append_printf(out, "  %s%s%s", output_sgr(output, TABLE_DIM), cut,
                               output_sgr(output, TABLE_PLAIN));
    g_string_append_c(out, '\n');
}

void glance_next(GString *out, struct context *context, const struct overview *overview)
{
    const GArray *next = overview->steps;

    for (guint i = 0; i < next->len; i++)
        append_step(out, context, overview, &g_array_index(next, struct overview_step, i));
    if (next->len == 0)
        g_string_append(out, "  nothing presses\n");
}
