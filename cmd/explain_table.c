#include "explain_print.h"

#include "plain.h"
#include "styled.h"

char *explain_place(const struct context *context, const struct explain_setting *setting)
{
    if (setting->at.line == 0)
        return g_strdup("default");
    g_autofree char *path = policy_display(context->policy, POLICY_FILE), *shown = plain_escape(path, -1);
    return g_strdup_printf("%s:%u", shown, setting->at.line);
}

enum table_style explain_style(enum severity severity)
{
    static const enum table_style styles[] = { TABLE_DIM, TABLE_CYAN, TABLE_YELLOW, TABLE_RED };
    return styles[severity];
}

/* Appends the rows of the table with the name of each family above its own. */
static void print_families(struct context *context, GString *out, const struct table *table,
                           const GPtrArray *rules)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const char *family = NULL;

    table_print_text(table, text,
                     &(struct table_look){ .width = output_width(context->output),
                                           .header = TRUE,
                                           .color = output_color(context->output) });
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
    g_string_append_printf(out, "%s\n", lines[0]);
    for (guint i = 0; i < rules->len; i++) {
        const char *own = rule_family(rules->pdata[i]);
        if (own != family)
            g_string_append_printf(out, "\n%s%s%s\n", output_sgr(context->output, TABLE_BOLD), own,
                                   output_sgr(context->output, TABLE_PLAIN));
        family = own;
        g_string_append_printf(out, "%s\n", lines[1 + i]);
    }
}

/* A line below the table; where the terminal is narrower, several. */
static void print_foot(struct context *context, GString *out, const char *text)
{
    const struct styled_look look = { .width = output_width(context->output) };
    g_autoptr(Styled) line = styled_new();

    styled_add(line, text, -1, 0, NULL);
    styled_print_indented(line, out, 0, 2, &look);
}

/* -- what is in force -- */

static void add_row(struct context *context, struct table *table, const struct rulebook *book,
                    const struct rule *rule, gboolean *more)
{
    g_autoptr(GArray) settings = explain_settings(book, rule);
    const struct explain_setting *first = &g_array_index(settings, struct explain_setting, 0);
    const char *name = severity_name(first->severity);
    g_autofree char *place = explain_place(context, first);
    g_autofree char *starred = settings->len > 1 ? g_strconcat(name, " *", NULL) : NULL;

    *more = *more || starred;
    table_add(table, rule->name, first->severity == SEVERITY_OFF ? TABLE_DIM : TABLE_PLAIN);
    table_add(table, starred ? starred : name, explain_style(first->severity));
    table_add(table, place, first->is_set ? TABLE_PLAIN : TABLE_DIM);
    table_add(table, rule->summary, first->severity == SEVERITY_OFF ? TABLE_DIM : TABLE_PLAIN);
}

void explain_print_table(struct context *context, GString *out, const struct rulebook *book,
                         const GPtrArray *rules)
{
    static const struct table_column columns[] = {
        { .name = "rule", .title = "RULE" },
        { .name = "severity", .title = "SEVERITY" },
        { .name = "set", .title = "SET", .shrink = 2, .minimum = 8, .drop = 1 },
        { .name = "says", .title = "SAYS", .shrink = 1, .minimum = 20, .drop = 2 },
    };
    g_autoptr(Table) table = table_new(columns, G_N_ELEMENTS(columns));
    gboolean more = FALSE;

    for (guint i = 0; i < rules->len; i++)
        add_row(context, table, book, rules->pdata[i], &more);
    print_families(context, out, table, rules);
    g_string_append_c(out, '\n');
    print_foot(context, out,
               "Severities are those of what claims to be ready; refine explain RULE has more of each.");
    if (more)
        print_foot(context, out, "* Some types or labels have another severity.");
}

/* -- by type -- */

/* Those that are asked of items. */
static GPtrArray *rules_of_items(const GPtrArray *rules)
{
    GPtrArray *own = g_ptr_array_new();

    for (guint i = 0; i < rules->len; i++)
        if (((const struct rule *)rules->pdata[i])->reach != RULE_BACKLOG)
            g_ptr_array_add(own, rules->pdata[i]);
    return own;
}

void explain_print_types(struct context *context, GString *out, const struct rulebook *book,
                         const GPtrArray *rules)
{
    g_autofree const char **types = policy_texts(context->policy, "types");
    guint n = g_strv_length((char **)types);
    g_autofree struct table_column *columns = g_new0(struct table_column, n + 1);
    g_autoptr(GPtrArray) asked = rules_of_items(rules);

    columns[0] = (struct table_column){ .name = "rule", .title = "RULE" };
    for (guint i = 0; i < n; i++)
        columns[i + 1] = (struct table_column){ .name = types[i], .title = types[i] };
    g_autoptr(Table) table = table_new(columns, n + 1);
    for (guint i = 0; i < asked->len; i++) {
        const struct rule *rule = asked->pdata[i];
        table_add(table, rule->name, TABLE_PLAIN);
        for (guint j = 0; j < n; j++) {
            enum severity severity = explain_severity(book, rule, types[j]);
            gboolean is_asked = explain_is_asked(book, rule, types[j]);
            table_add(table, is_asked ? severity_name(severity) : "-", explain_style(severity));
        }
    }
    print_families(context, out, table, asked);
    g_string_append_c(out, '\n');
    print_foot(
        context, out,
        "- It is not asked of that type. Severities are those of what claims to be ready, labels aside.");
}
