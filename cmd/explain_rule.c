#include "explain_print.h"

#include "custom.h"
#include "plain.h"
#include "present.h"
#include "styled.h"

/* Columns of the names of paragraphs. */
#define NAMES 10

static struct styled_look look_of(const struct context *context)
{
    guint width = output_width(context->output);

    return (struct styled_look){ .width = width ? MIN(width, STYLED_MEASURE) : STYLED_MEASURE,
                                 .color = output_color(context->output),
                                 .utf8 = output_is_utf8() };
}

/* A paragraph behind its name; text may be NULL or empty, and is nothing then. */
static void print_part(struct context *context, GString *out, const char *name, const char *text)
{
    g_autoptr(Styled) first = styled_new(), rest = styled_new(), line = styled_new();
    struct styled_look look = look_of(context);

    if (!text || !*text)
        return;
    styled_add(first, name, -1, STYLED(TABLE_BOLD), NULL);
    styled_add_fill(first, " ", NAMES - (guint)g_utf8_strlen(name, -1), 0);
    styled_add_fill(rest, " ", NAMES, 0);
    styled_add(line, text, -1, 0, NULL);
    styled_print(line, out, first, rest, &look);
}

/* An example as it stands, so that it can be copied. */
static void print_example(struct context *context, GString *out, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    g_autofree char *shown = plain_escape_lines(text, -1);
    g_auto(GStrv) lines = g_strsplit(shown, "\n", -1);
    g_string_append_printf(out, "\n%s%s%s\n\n", output_sgr(context->output, TABLE_BOLD), name,
                           output_sgr(context->output, TABLE_PLAIN));
    guint n = g_strv_length(lines);
    while (n > 0 && !*lines[n - 1])
        n--;
    for (guint i = 0; i < n; i++)
        g_string_append_printf(out, "%s%s\n", *lines[i] ? "    " : "", lines[i]);
}

/* -- what is in force -- */

static void print_setting(struct context *context, GString *out, const struct explain_setting *setting,
                          const char *name)
{
    g_autofree char *place = explain_place(context, setting);
    g_autofree char *of = plain_escape(setting->type    ? setting->type
                                       : setting->label ? setting->label
                                                        : "",
                                       -1);

    g_string_append(out, output_sgr(context->output, TABLE_BOLD));
    plain_pad(out, name, NAMES, FALSE);
    g_string_append(out, output_sgr(context->output, TABLE_PLAIN));
    g_string_append_printf(out, "%s%s%s", output_sgr(context->output, explain_style(setting->severity)),
                           severity_name(setting->severity), output_sgr(context->output, TABLE_PLAIN));
    g_string_append_printf(out, "%s%s  (%s)\n",
                           setting->type    ? " for the type "
                           : setting->label ? " for the label "
                                            : "",
                           of, place);
}

/* "types story and bug", of those of the policy; NULL where it is asked of all, or of none but the backlog.
 */
static char *types_of(const struct context *context, const struct rulebook *book, const struct rule *rule)
{
    g_autofree const char **types = policy_texts(context->policy, "types");
    g_autoptr(GPtrArray) asked = g_ptr_array_new();
    GString *list = g_string_new(NULL);

    for (gsize i = 0; types[i]; i++)
        if (explain_is_asked(book, rule, types[i]))
            g_ptr_array_add(asked, (gpointer)types[i]);
    g_string_append(list, asked->len == 1 ? "type " : "types ");
    for (guint i = 0; i < asked->len; i++)
        g_string_append_printf(list, "%s%s",
                               i == 0               ? ""
                               : i + 1 < asked->len ? ", "
                                                    : " and ",
                               (const char *)asked->pdata[i]);
    gboolean all = asked->len == 0 || asked->len == g_strv_length((char **)types);
    return g_string_free(list, all);
}

static void print_force(struct context *context, GString *out, const struct rulebook *book,
                        const struct rule *rule)
{
    g_autoptr(GArray) settings = explain_settings(book, rule);
    const struct explain_setting *first = &g_array_index(settings, struct explain_setting, 0);
    g_autofree char *types = types_of(context, book, rule);
    g_autofree char *reach =
        g_strdup_printf("%s%s%s", explain_reach(rule), types ? "; of the " : "", types ? types : "");

    print_part(context, out, "Asked", reach);
    for (guint i = 0; i < settings->len; i++)
        print_setting(context, out, &g_array_index(settings, struct explain_setting, i),
                      i == 0 ? "In force" : "");
    if (rule->claimed && !first->is_set) {
        g_autofree char *open =
            g_strdup_printf("%s of items that do not claim to be ready", severity_name(rule->severity));
        print_part(context, out, "", open);
    }
}

/* -- a rule -- */

static void print_custom(struct context *context, GString *out, const struct custom *custom)
{
    g_autofree char *path = policy_display(context->policy, POLICY_FILE);
    g_autofree char *place = g_strdup_printf("%s:%u, under custom", path, custom->at.line);

    print_part(context, out, "Defined", place);
    print_part(context, out, "Pattern", custom->pattern);
    print_part(context, out, "Help", custom->help);
    print_part(context, out, "Decided", custom->rule.help.decided);
}

void explain_print_rule(struct context *context, GString *out, const struct rulebook *book,
                        const struct rule *rule)
{
    const struct custom *custom = explain_custom(book, rule);
    const struct rule_help *help = &rule->help;
    g_autoptr(Styled) head = styled_new();
    struct styled_look look = look_of(context);

    styled_add(head, rule->name, -1, STYLED(TABLE_BOLD), NULL);
    styled_add(head, ": ", -1, 0, NULL);
    styled_add(head, rule->summary, -1, 0, NULL);
    styled_print(head, out, NULL, NULL, &look);
    g_string_append_c(out, '\n');
    if (custom) {
        print_custom(context, out, custom);
    } else {
        print_part(context, out, "What", help->what);
        print_part(context, out, "Why", help->why);
        print_part(context, out, "Decided", help->decided);
        print_part(context, out, "Mistakes", help->mistakes);
        print_part(context, out, "Source", help->source);
    }
    print_force(context, out, book, rule);
    print_example(context, out, rule->reach == RULE_BACKLOG ? "A backlog that has it" : "An item that has it",
                  help->bad);
    print_example(context, out, "Mended", help->good);
}
