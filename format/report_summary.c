#include "report_private.h"

#include "plain.h"

#define ROWS 500

/* Of the table, so that there is room for what others write. */
#define BYTES (512 * 1024)

/* For the line behind the table. */
#define LAST 60

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

/* Up to end bytes of out, but for the last line. */
static void append_table(GString *out, const struct report *report, guint shown, gsize end)
{
    g_autoptr(GArray) order = report_by_gravity(report);
    gsize good = out->len;
    guint rows = 0;

    g_string_append(out, "\n| Severity | Where | What | Rule |\n| --- | --- | --- | --- |\n");
    for (; rows < MIN(shown, ROWS); rows++) {
        append_row(out, report, g_array_index(order, guint, rows));
        if (out->len > end)
            break;
        good = out->len;
    }
    g_string_truncate(out, good);
    if (rows < shown)
        g_string_append_printf(out, "\n%u more %s not shown.\n", shown - rows,
                               shown - rows == 1 ? "finding is" : "findings are");
}

/* Gets how many findings the table is to show. */
static guint append_head(GString *out, const struct report *report)
{
    struct report_counts counts = report_count(report->findings);
    guint shown = report->findings->len - counts.waived, listed = counts.advice;

    g_string_append(out, "### refine check\n\n");
    if (report->n_items == 0 && shown == 0) {
        g_string_append(out, "The backlog is empty, nothing to check.\n");
        return 0;
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
    return shown;
}

gboolean report_summary(GString *out, const struct report *report, gsize room)
{
    gsize start = out->len;
    guint shown = append_head(out, report);

    if (out->len - start + LAST > room) {
        g_string_truncate(out, start);
        return FALSE;
    }
    if (shown)
        append_table(out, report, shown, start + MIN(room, BYTES) - LAST);
    return TRUE;
}
