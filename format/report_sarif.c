#include "report_private.h"

#include "json_list.h"
#include "plain.h"

/* https://docs.github.com/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit */
#define RESULTS 25000

/* Of a message, in columns and in characters, so that the largest report stays below the 10 MB, compressed,
 * of an upload; and of a description, which GitHub refuses where it has more characters. */
#define MESSAGE 1000
#define DESCRIPTION 1024

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

static const char *level_name(enum severity severity)
{
    return severity == SEVERITY_OFF ? "none" : severity_name(severity);
}

/* A column can have many characters, all but the first of which take none. */
static void add_text(struct json *parent, const char *key, const char *text, guint most)
{
    g_autofree char *line = plain_escape(text, -1), *cut = plain_truncate(line, most);

    if (g_utf8_strlen(cut, -1) > most)
        *g_utf8_offset_to_pointer(cut, most) = '\0';
    json_add_string(json_add_object(parent, key), "text", cut);
}

static void add_rule(struct json *rules, const struct report_rule *rule)
{
    static const char *const problems[] = { "recommendation", "recommendation", "warning", "error" };
    struct json *object = json_add_object(rules, NULL);
    g_autofree char *text = plain_escape_lines(rule->help && *rule->help ? rule->help : rule->summary, -1);

    json_add_string(object, "id", rule->name);
    add_text(object, "shortDescription", rule->summary, DESCRIPTION);
    add_text(object, "fullDescription", rule->summary, DESCRIPTION);
    struct json *help = json_add_object(object, "help");
    json_add_string(help, "text", text);
    json_add_string(help, "markdown", text);
    struct json *configuration = json_add_object(object, "defaultConfiguration");
    json_add_boolean(configuration, "enabled", rule->severity != SEVERITY_OFF);
    json_add_string(configuration, "level", level_name(rule->severity));
    struct json *properties = json_add_object(object, "properties");
    json_add_string(json_add_array(properties, "tags"), NULL, "backlog");
    json_add_string(properties, "problem.severity", problems[rule->severity]);
}

static void add_region(struct json *physical, const struct report *report, guint index)
{
    struct position at = report_position(report->findings->pdata[index]);
    struct report_place place = report_place_at(report, index);
    struct json *region = json_add_object(physical, "region");

    json_add_integer(region, "startLine", at.line);
    json_add_integer(region, "startColumn", at.column);
    if (place.end_line) {
        json_add_integer(region, "endLine", place.end_line);
        json_add_integer(region, "endColumn", place.end_column);
    }
}

/* "results" refuses what has no file: each finding has one. */
static void add_location(struct json *result, const struct report *report, guint index)
{
    g_autofree char *uri = g_uri_escape_string(report->paths[index], "/", FALSE);
    struct json *location = json_add_object(json_add_array(result, "locations"), NULL);
    struct json *physical = json_add_object(location, "physicalLocation");
    struct json *artifact = json_add_object(physical, "artifactLocation");

    json_add_string(artifact, "uri", uri);
    json_add_string(artifact, "uriBaseId", "%SRCROOT%");
    add_region(physical, report, index);
}

/* Where one result has suppressions, all have a list of them (3.27.23). */
static void add_suppressions(struct json *result, const struct finding *finding)
{
    struct json *list = json_add_array(result, "suppressions");

    if (!finding->waived)
        return;
    struct json *one = json_add_object(list, NULL);
    json_add_string(one, "kind", "inSource");
    json_add_string(one, "status", "accepted");
    g_autofree char *reason = plain_escape(finding->waived, -1);
    json_add_string(one, "justification", reason);
}

static void add_result(struct json_list *results, const struct report *report, guint index, GHashTable *rules)
{
    const struct finding *finding = report->findings->pdata[index];
    g_autoptr(Json) result = json_new_object();
    g_autofree char *words = report_words(finding);
    gpointer rule;

    json_add_string(result, "ruleId", finding->rule);
    if (g_hash_table_lookup_extended(rules, finding->rule, NULL, &rule))
        json_add_integer(result, "ruleIndex", GPOINTER_TO_UINT(rule));
    json_add_string(result, "level", level_name(finding->severity));
    add_text(result, "message", words, MESSAGE);
    add_location(result, report, index);
    json_add_string(json_add_object(result, "partialFingerprints"), "refine/v1", report->fingerprints[index]);
    add_suppressions(result, finding);
    if (finding->advice)
        json_add_boolean(json_add_object(result, "properties"), "advice", TRUE);
    json_list_add(results, result);
}

static GHashTable *add_tool(struct json *run, const struct report *report)
{
    GHashTable *indexes = g_hash_table_new(g_str_hash, g_str_equal);
    struct json *driver = json_add_object(json_add_object(run, "tool"), "driver");

    json_add_string(driver, "name", "refine");
    json_add_string(driver, "version", report->version);
    struct json *rules = json_add_array(driver, "rules");
    for (guint i = 0; i < report->n_rules; i++) {
        add_rule(rules, &report->rules[i]);
        g_hash_table_insert(indexes, (gpointer)report->rules[i].name, GUINT_TO_POINTER(i));
    }
    return indexes;
}

static void add_invocation(struct json *run, guint left_out)
{
    struct json *one = json_add_object(json_add_array(run, "invocations"), NULL);
    json_add_boolean(one, "executionSuccessful", TRUE);
    if (!left_out)
        return;
    struct json *note = json_add_object(json_add_array(one, "toolExecutionNotifications"), NULL);
    g_autofree char *text = g_strdup_printf("%u findings are left out, none graver than those given: "
                                            "code scanning takes %u a run",
                                            left_out, (guint)RESULTS);
    json_add_string(note, "level", "warning");
    json_add_string(json_add_object(note, "message"), "text", text);
}

/* https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and what GitHub's code scanning asks for
 * beyond it. A column is a character. */
void report_sarif(GString *out, const struct report *report)
{
    g_autoptr(Json) log = json_new_object();
    g_autoptr(GArray) order = report_by_gravity(report);
    guint printed = MIN(order->len, RESULTS);
    struct json_list results;

    json_add_string(log, "$schema", SCHEMA);
    json_add_string(log, "version", "2.1.0");
    struct json *run = json_add_object(json_add_array(log, "runs"), NULL);
    g_autoptr(GHashTable) rules = add_tool(run, report);
    add_invocation(run, order->len - printed);
    json_add_string(run, "columnKind", "unicodeCodePoints");
    json_add_array(run, "results");
    json_list_begin(&results, out, log, printed > 1000 ? 0 : 2);
    for (guint i = 0; i < printed; i++)
        add_result(&results, report, g_array_index(order, guint, i), rules);
    json_list_end(&results);
    g_string_append_c(out, '\n');
}
