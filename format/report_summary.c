#include "report_private.h"

#include "plain.h"

#define ROWS 500

/* GitHub takes 1 MiB a step, in which others may have written. */
#define BYTES (512 * 1024)

/* Of a message or a path in the table. */
#define COLUMNS 300

static void append_cell(GString *out, const char *text)
{
    g_autofree char *line = plain_escape(text, -1), *cut = plain_truncate(line, COLUMNS);
    g_autofree char *shown = plain_escape_forge(cut, -1);

    g_string_append(out, shown);
}

static void append_row(GString *out, const struct report *report, guint index)
{
    const struct finding *finding = report->findings->pdata[index];
    g_autofree char *words = report_words(finding);

    g_string_append_printf(out, "| %s | ", finding->advice ? "advice" : severity_name(finding->severity));
    append_cell(out, report->paths[index]);
    if (finding->at.line)
        g_string_append_printf(out, ":%u", finding->at.line);
    g_string_append(out, " | ");
    append_cell(out, words);
    g_string_append(out, " | ");
    append_cell(out, finding->rule);
    g_string_append(out, " |\n");
}

static void append_table(GString *out, const struct report *report, guint shown)
{
    g_autoptr(GArray) order = report_by_gravity(report);
    gsize start = out->len;
    guint rows = 0;

    g_string_append(out, "\n| Severity | Where | What | Rule |\n| --- | --- | --- | --- |\n");
    for (; rows < MIN(shown, ROWS) && out->len - start < BYTES; rows++)
        append_row(out, report, g_array_index(order, guint, rows));
    if (rows < shown)
        g_string_append_printf(out, "\n%u more %s not shown.\n", shown - rows,
                               shown - rows == 1 ? "finding is" : "findings are");
}

void report_summary(GString *out, const struct report *report)
{
    struct report_counts counts = report_count(report->findings);
    guint shown = report->findings->len - counts.waived, listed = counts.advice;

    g_string_append(out, "### refine check\n\n");
    if (report->n_items == 0 && shown == 0) {
        g_string_append(out, "The backlog is empty, nothing to check.\n");
        return;
    }
    g_string_append_printf(out, "%u item%s checked against %u rules: ", report->n_items,
                           report->n_items == 1 ? "" : "s", report->n_rules);
    if (shown == listed)
        g_string_append_printf(out, "nothing found%s", counts.waived ? " but what is waived" : "");
    else
        report_append_counts(out, &counts);
    g_string_append(out, ".\n");
    if (report->advice + listed)
        g_string_append_printf(out, "%u note%s of advice on what does not claim to be ready.\n",
                               report->advice + listed, report->advice + listed == 1 ? "" : "s");
    if (shown)
        append_table(out, report, shown);
}
