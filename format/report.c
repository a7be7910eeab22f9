#include "report_private.h"

#include "plain.h"

#include <string.h>

/* Columns and lengths beyond this are of no use to a reader, and many of them would take long to count. */
#define FAR 10000

static const char *const names[N_REPORT_FORMATS] = {
    [REPORT_TEXT] = "text",       [REPORT_JSON] = "json",     [REPORT_SARIF] = "sarif",
    [REPORT_GITHUB] = "github",   [REPORT_GITLAB] = "gitlab", [REPORT_JUNIT] = "junit",
    [REPORT_RDJSONL] = "rdjsonl", [REPORT_TAP] = "tap",
};

gboolean report_format_parse(const char *name, enum report_format *format)
{
    for (int i = 0; i < N_REPORT_FORMATS; i++)
        if (strcmp(name, names[i]) == 0) {
            *format = i;
            return TRUE;
        }
    return FALSE;
}

const char *report_format_name(enum report_format format)
{
    return names[format];
}

void report_print(GString *out, enum report_format format, const struct report *report)
{
    static void (*const printers[N_REPORT_FORMATS])(GString *, const struct report *) = {
        [REPORT_SARIF] = report_sarif, [REPORT_GITHUB] = report_github,   [REPORT_GITLAB] = report_gitlab,
        [REPORT_JUNIT] = report_junit, [REPORT_RDJSONL] = report_rdjsonl, [REPORT_TAP] = report_tap,
    };

    g_assert(printers[format]);
    printers[format](out, report);
}

/* -- counting -- */

struct report_counts report_count(const GPtrArray *findings)
{
    struct report_counts counts = { 0 };

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (finding->waived)
            counts.waived++;
        else if (finding->advice)
            counts.advice++;
        else
            counts.of[finding->severity]++;
    }
    return counts;
}

gboolean report_fails(const struct finding *finding, enum severity fail_on)
{
    return !finding->waived && !finding->advice && finding->severity >= fail_on;
}

void report_append_counts(GString *out, const struct report_counts *counts)
{
    for (int severity = SEVERITY_ERROR; severity > SEVERITY_OFF; severity--)
        g_string_append_printf(out, "%s%u %s%s", severity == SEVERITY_ERROR ? "" : ", ", counts->of[severity],
                               severity_name(severity), counts->of[severity] == 1 ? "" : "s");
    if (counts->waived)
        g_string_append_printf(out, "; %u waived", counts->waived);
}

/* What printers show first has the highest number. */
static guint gravity(const struct finding *finding)
{
    if (finding->waived)
        return 0;
    return finding->advice ? 1 : 1 + (guint)finding->severity;
}

GArray *report_by_gravity(const struct report *report)
{
    GArray *order = g_array_sized_new(FALSE, FALSE, sizeof(guint), report->findings->len);

    for (guint wanted = 1 + SEVERITY_ERROR + 1; wanted-- > 0;)
        for (guint i = 0; i < report->findings->len; i++)
            if (gravity(report->findings->pdata[i]) == wanted)
                g_array_append_val(order, i);
    return order;
}

/* -- words and places -- */

char *report_words(const struct finding *finding)
{
    g_autofree char *whole = finding->help ? g_strconcat(finding->message, "; ", finding->help, NULL) : NULL;
    return plain_escape(whole ? whole : finding->message, -1);
}

struct position report_position(const struct finding *finding)
{
    return (struct position){ MAX(finding->at.line, 1), MAX(finding->at.column, 1) };
}

struct report_place report_place_at(const struct report *report, guint index)
{
    return report->places ? report->places[index] : (struct report_place){ 0 };
}

/* Of bytes that are valid UTF-8 or count as lines_locate has it. */
static guint count_characters(const char *text, gsize start, gsize end)
{
    guint count = 0;
    for (gsize i = start; i < end; i++)
        count += ((guchar)text[i] & 0xc0) != 0x80;
    return count;
}

/* Where the line of offset begins; behind a byte order mark, which takes no column. */
static gsize line_start(const char *text, gsize length, gsize offset)
{
    gsize start = lines_start(text, length, offset);
    if (start == 0 && length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        start = MIN(3, offset);
    return start;
}

struct report_place report_place(const char *text, gsize length, const struct finding *finding)
{
    struct span span = finding->span;
    struct report_place place = { 0 };

    if (!finding->at.line || finding->at.column > FAR || span.start > span.end || span.end > length)
        return place;
    gsize start = line_start(text, length, span.start);
    if (span.start - start >= 4 * FAR || count_characters(text, start, span.start) + 1 != finding->at.column)
        return place;
    place.start_byte = (guint)(span.start - start) + 1;
    if (span.end == span.start || span.end - span.start > FAR)
        return place;
    place.end_line = finding->at.line;
    for (gsize i = span.start; i < span.end; i++)
        place.end_line += text[i] == '\n';
    start = line_start(text, length, span.end);
    place.end_column = count_characters(text, start, span.end) + 1;
    place.end_byte = (guint)(span.end - start) + 1;
    return place;
}

/* -- fingerprints -- */

static void add_part(GChecksum *sum, const char *part)
{
    g_checksum_update(sum, (const guchar *)part, (gssize)strlen(part) + 1);
}

static char *sum_of(const struct finding *finding, const char *id, guint number)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *count = number ? g_strdup_printf("%u", number) : NULL;

    add_part(sum, finding->rule);
    add_part(sum, id ? id : finding->path ? finding->path : "");
    add_part(sum, finding->key ? finding->key : finding->message);
    if (count)
        add_part(sum, count);
    return g_strndup(g_checksum_get_string(sum), 32);
}

char **finding_fingerprints(const GPtrArray *findings, const char *const *ids)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    char **all = g_new0(char *, findings->len + 1);

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        const char *id = ids ? ids[i] : NULL;
        char *first = sum_of(finding, id, 0);
        guint before = GPOINTER_TO_UINT(g_hash_table_lookup(seen, first));
        all[i] = before ? sum_of(finding, id, before) : g_strdup(first);
        g_hash_table_replace(seen, first, GUINT_TO_POINTER(before + 1));
    }
    return all;
}
