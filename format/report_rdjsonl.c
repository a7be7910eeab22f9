#include "report_private.h"

#include "json.h"

static void add_point(struct json *range, const char *key, guint line, guint byte)
{
    struct json *point = json_add_object(range, key);

    json_add_integer(point, "line", line);
    if (byte)
        json_add_integer(point, "column", byte);
}

/* https://github.com/reviewdog/reviewdog/tree/master/proto/rdf: a Diagnostic a line. A column is a byte of
 * the line, in UTF-8, and left out where it is not known. */
void report_rdjsonl(GString *out, const struct report *report)
{
    static const char *const severities[] = { NULL, "INFO", "WARNING", "ERROR" };

    for (guint i = 0; i < report->findings->len; i++) {
        const struct finding *finding = report->findings->pdata[i];
        struct position at = report_position(finding);
        struct report_place place = report_place_at(report, i);
        if (finding->waived)
            continue;
        g_autofree char *words = report_words(finding);
        g_autoptr(Json) one = json_new_object();
        json_add_string(one, "message", words);
        struct json *location = json_add_object(one, "location");
        json_add_string(location, "path", report->paths[i]);
        struct json *range = json_add_object(location, "range");
        add_point(range, "start", at.line, place.start_byte);
        if (place.end_line)
            add_point(range, "end", place.end_line, place.end_byte);
        json_add_string(one, "severity", severities[MAX(finding->severity, SEVERITY_NOTE)]);
        json_add_string(json_add_object(one, "source"), "name", "refine");
        json_add_string(json_add_object(one, "code"), "value", finding->rule);
        g_autofree char *printed = json_print(one, 0);
        g_string_append(out, printed);
        g_string_append_c(out, '\n');
    }
}
