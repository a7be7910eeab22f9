#include "report_private.h"

#include "json.h"
#include "plain.h"

#include <string.h>

/* Whether some reader takes what follows a "#" for a directive. */
static gboolean is_directive(const char *at)
{
    at += strspn(at, " \t");
    return g_ascii_strncasecmp(at, "todo", 4) == 0 || g_ascii_strncasecmp(at, "skip", 4) == 0;
}

/* A description: "\" and "#" have a backslash. There are readers to whom that makes no difference, so that
 * one which would begin a directive there is shown as its code. */
static void append_text(GString *out, const char *text)
{
    g_autofree char *line = plain_escape(text, -1);

    for (const char *at = line; *at; at++) {
        if (*at == '#' && is_directive(at + 1)) {
            g_string_append(out, "\\\\u0023");
            continue;
        }
        if (*at == '\\' || *at == '#')
            g_string_append_c(out, '\\');
        g_string_append_c(out, *at);
    }
}

/* A line of YAML: what JSON prints on one is that, too. */
static void append_value(GString *out, const char *key, const char *text)
{
    g_autoptr(Json) list = json_new_array();

    json_add_string(list, NULL, text);
    g_autofree char *printed = json_print(list, 0);
    g_string_append_printf(out, "  %s: %.*s\n", key, (int)strlen(printed) - 2, printed + 1);
}

static void append_diagnostics(GString *out, const struct report *report, guint index)
{
    const struct finding *finding = report->findings->pdata[index];
    struct position at = report_position(finding);

    g_string_append(out, "  ---\n");
    append_value(out, "message", finding->message);
    if (finding->help)
        append_value(out, "help", finding->help);
    append_value(out, "severity", severity_name(finding->severity));
    append_value(out, "rule", finding->rule);
    append_value(out, "file", report->paths[index]);
    g_string_append_printf(out, "  line: %u\n  column: %u\n  ...\n", at.line, at.column);
}

/* A finding is a test that fails where it makes the check fail. */
static void append_finding(GString *out, const struct report *report, guint index, guint number)
{
    const struct finding *finding = report->findings->pdata[index];
    struct position at = report_position(finding);
    gboolean failed = finding->waived || report_fails(finding, report->fail_on);
    g_autofree char *text = g_strdup_printf(
        "%s:%u:%u: %s%s: %s [%s]", report->paths[index], at.line, at.column, severity_name(finding->severity),
        finding->advice ? " (advice)" : "", finding->message, finding->rule);

    g_string_append_printf(out, "%s %u - ", failed ? "not ok" : "ok", number);
    append_text(out, text);
    if (finding->waived) {
        g_string_append(out, " # TODO waived: ");
        append_text(out, finding->waived);
    }
    g_string_append_c(out, '\n');
    append_diagnostics(out, report, index);
}

static void append_item(GString *out, const struct report_item *item, guint number)
{
    g_string_append_printf(out, "ok %u - ", number);
    append_text(out, item->path);
    if (*item->title) {
        g_string_append(out, ": ");
        append_text(out, item->title);
    }
    g_string_append_c(out, '\n');
}

/* Items about which nothing was found. */
static GPtrArray *find_good(const struct report *report)
{
    g_autoptr(GHashTable) found = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *good = g_ptr_array_new();

    for (guint i = 0; i < report->findings->len; i++)
        g_hash_table_add(found, (gpointer)report->paths[i]);
    for (guint i = 0; i < report->n_items; i++)
        if (!g_hash_table_contains(found, report->items[i].path))
            g_ptr_array_add(good, (gpointer)&report->items[i]);
    return good;
}

/* https://testanything.org/tap-version-14-specification.html: a test a finding, and one an item without any.
 */
void report_tap(GString *out, const struct report *report)
{
    g_autoptr(GPtrArray) good = find_good(report);
    guint total = report->findings->len + good->len, number = 1;

    g_string_append_printf(out, "TAP version 14\n1..%u%s\n", total, total ? "" : " # SKIP no item to check");
    for (guint i = 0; i < report->findings->len; i++)
        append_finding(out, report, i, number++);
    for (guint i = 0; i < good->len; i++)
        append_item(out, good->pdata[i], number++);
}
