#include "report_private.h"

#include "plain.h"

#include <string.h>

/* https://docs.github.com/actions/reference/workflow-commands-for-github-actions: the runner takes a line
 * that begins with "::" for a command, turns these back in its text, and in values of properties ":" and ","
 * as well. */
static void append_escaped(GString *out, const char *text, gboolean property)
{
    const char *special = property ? "%\r\n:," : "%\r\n";

    while (*text) {
        gsize ordinary = strcspn(text, special);
        g_string_append_len(out, text, (gssize)ordinary);
        text += ordinary;
        if (*text)
            g_string_append_printf(out, "%%%02X", (guint)*text++);
    }
}

static void append_property(GString *out, const char *name, const char *text)
{
    g_autofree char *shown = plain_escape(text, -1);

    g_string_append(out, name);
    append_escaped(out, shown, TRUE);
}

/* A column past the end wants one line: GitHub takes columns only of such. */
static void append_place(GString *out, const struct report *report, guint index)
{
    struct position at = report_position(report->findings->pdata[index]);
    struct report_place place = report_place_at(report, index);

    g_string_append_printf(out, ",line=%u,col=%u", at.line, at.column);
    if (place.end_line == at.line && place.end_column > at.column)
        g_string_append_printf(out, ",endColumn=%u", place.end_column);
}

void report_github(GString *out, const struct report *report)
{
    static const char *const commands[] = { NULL, "notice", "warning", "error" };
    g_autoptr(GArray) order = report_by_gravity(report);

    for (guint i = 0; i < order->len; i++) {
        guint index = g_array_index(order, guint, i);
        const struct finding *finding = report->findings->pdata[index];
        if (finding->waived)
            continue;
        g_autofree char *words = report_words(finding);
        g_string_append_printf(out, "::%s ", commands[MAX(finding->severity, SEVERITY_NOTE)]);
        append_property(out, "file=", report->paths[index]);
        append_place(out, report, index);
        append_property(out, ",title=", finding->rule);
        g_string_append(out, "::");
        append_escaped(out, words, FALSE);
        g_string_append_c(out, '\n');
    }
}
