#include "present_finding.h"

#include "plain.h"

/* here is the current folder, which takes longer to ask for than to print a finding. */
static char *path_of(const struct finding *finding, const struct policy *policy, const char *here)
{
    return policy ? policy_display_from(policy, finding->path, here) : g_strdup(finding->path);
}

static void present(GString *out, struct output *output, const struct finding *finding, const char *path,
                    const char *word, enum table_style style, gboolean with_rule)
{
    g_autofree char *shown = plain_escape(path, -1);
    g_autofree char *message = plain_escape(finding->message, -1);
    g_autofree char *help = finding->help ? plain_escape(finding->help, -1) : NULL;

    g_string_append(out, shown);
    if (finding->at.line)
        g_string_append_printf(out, ":%u:%u", finding->at.line, finding->at.column);
    g_string_append_printf(out, ": %s%s%s: %s%s%s", output_sgr(output, style), word,
                           output_sgr(output, TABLE_PLAIN), message, help ? "; " : "", help ? help : "");
    if (with_rule) {
        g_autofree char *rule = plain_escape(finding->rule, -1);
        g_string_append_printf(out, " [%s]", rule);
    }
    g_string_append_c(out, '\n');
}

void present_finding_as(GString *out, struct output *output, const struct finding *finding,
                        const struct policy *policy, const char *word, enum table_style style,
                        gboolean with_rule)
{
    g_autofree char *here = g_get_current_dir(), *path = path_of(finding, policy, here);
    present(out, output, finding, path, word, style, with_rule);
}

static void present_graded(GString *out, struct output *output, const struct finding *finding,
                           const char *path, gboolean with_rule)
{
    static const enum table_style styles[] = { TABLE_PLAIN, TABLE_CYAN, TABLE_YELLOW, TABLE_RED };

    present(out, output, finding, path, severity_name(finding->severity), styles[finding->severity],
            with_rule);
}

void present_finding(GString *out, struct output *output, const struct finding *finding,
                     const struct policy *policy, gboolean with_rule)
{
    g_autofree char *here = g_get_current_dir(), *path = path_of(finding, policy, here);
    present_graded(out, output, finding, path, with_rule);
}

static void print_all(GString *out, struct output *output, const GPtrArray *findings,
                      const GPtrArray *explanations, const struct policy *policy, gboolean with_rule)
{
    g_autofree char *here = g_get_current_dir();

    for (int severity = SEVERITY_ERROR; severity > SEVERITY_OFF; severity--)
        for (guint i = 0; i < findings->len; i++) {
            const struct finding *finding = findings->pdata[i];
            if ((int)finding->severity != severity)
                continue;
            g_autofree char *path = path_of(finding, policy, here);
            present_graded(out, output, finding, path, with_rule);
            g_autofree char *more =
                explanations && explanations->pdata[i] ? plain_escape(explanations->pdata[i], -1) : NULL;
            if (more)
                g_string_append_printf(out, "    %s\n", more);
        }
}

void present_findings(GString *out, struct output *output, const GPtrArray *findings,
                      const struct policy *policy, gboolean with_rule)
{
    print_all(out, output, findings, NULL, policy, with_rule);
}

void present_findings_explained(GString *out, struct output *output, const GPtrArray *findings,
                                const GPtrArray *explanations, const struct policy *policy)
{
    print_all(out, output, findings, explanations, policy, TRUE);
}

static void add_finding(struct json *object, const struct finding *finding, const char *explanation,
                        const struct policy *policy, const char *here)
{
    g_autofree char *path = path_of(finding, policy, here);

    json_add_string(object, "rule", finding->rule);
    json_add_string(object, "severity", severity_name(finding->severity));
    json_add_string(object, "path", path);
    if (finding->at.line) {
        json_add_integer(object, "line", finding->at.line);
        json_add_integer(object, "column", finding->at.column);
    }
    json_add_string(object, "message", finding->message);
    if (finding->help)
        json_add_string(object, "help", finding->help);
    if (finding->advice)
        json_add_boolean(object, "advice", TRUE);
    if (finding->waived)
        json_add_string(object, "waived", finding->waived);
    if (explanation)
        json_add_string(object, "explanation", explanation);
}

void present_findings_json(struct json *list, const GPtrArray *findings, const GPtrArray *explanations,
                           const struct policy *policy)
{
    g_autofree char *here = g_get_current_dir();

    for (guint i = 0; i < findings->len; i++)
        add_finding(json_add_object(list, NULL), findings->pdata[i],
                    explanations ? explanations->pdata[i] : NULL, policy, here);
}

void present_findings_json_list(struct json_list *list, const GPtrArray *findings,
                                const GPtrArray *explanations, const struct policy *policy)
{
    g_autofree char *here = g_get_current_dir();

    for (guint i = 0; i < findings->len; i++) {
        g_autoptr(Json) object = json_new_object();
        add_finding(object, findings->pdata[i], explanations ? explanations->pdata[i] : NULL, policy, here);
        json_list_add(list, object);
    }
}
