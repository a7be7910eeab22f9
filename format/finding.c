#include "finding.h"

#include "plain.h"

#include <string.h>

static void finding_free(gpointer data)
{
    struct finding *finding = data;
    g_free(finding->path);
    g_free(finding->message);
    g_free(finding->help);
    g_free(finding->about);
    g_free(finding->key);
    g_free(finding->waived);
    g_free(finding);
}

GPtrArray *findings_new(void)
{
    return g_ptr_array_new_with_free_func(finding_free);
}

static struct finding *append(GPtrArray *findings, const char *rule, enum severity severity, const char *text,
                              gsize length, struct span span, const char *help, const char *message)
{
    struct finding *finding = g_new0(struct finding, 1);

    finding->rule = rule;
    finding->severity = severity;
    finding->span = span;
    finding->message = plain_escape(message, -1);
    finding->help = g_strdup(help);
    if (text)
        finding->at = lines_locate(text, length, span.start);
    g_ptr_array_add(findings, finding);
    return finding;
}

struct finding *finding_add(GPtrArray *findings, const char *rule, enum severity severity, const char *text,
                            gsize length, struct span span, const char *help, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return append(findings, rule, severity, text, length, span, help, message);
}

struct finding *finding_add_at(GPtrArray *findings, const char *rule, enum severity severity,
                               struct position at, const char *help, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    struct finding *finding = append(findings, rule, severity, NULL, 0, (struct span){ 0, 0 }, help, message);
    finding->at = at;
    return finding;
}

void finding_add_parse(GPtrArray *findings, const char *text, gsize length, gsize offset, const char *help,
                       const char *format, ...)
{
    va_list arguments;

    if (!findings)
        return;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    append(findings, "parse", SEVERITY_ERROR, text, length, (struct span){ offset, offset }, help, message);
}

void findings_set_path(GPtrArray *findings, guint first, const char *path)
{
    for (guint i = first; i < findings->len; i++) {
        struct finding *finding = findings->pdata[i];
        if (!finding->path)
            finding->path = g_strdup(path);
    }
}

static gint compare(gconstpointer a, gconstpointer b)
{
    const struct finding *left = *(struct finding *const *)a, *right = *(struct finding *const *)b;
    int by_path = g_strcmp0(left->path, right->path);
    if (by_path)
        return by_path;
    if (left->at.line != right->at.line)
        return left->at.line < right->at.line ? -1 : 1;
    if (left->at.column != right->at.column)
        return left->at.column < right->at.column ? -1 : 1;
    return strcmp(left->rule, right->rule);
}

void findings_sort(GPtrArray *findings)
{
    g_ptr_array_sort(findings, compare);
}

enum severity findings_gravest(const GPtrArray *findings)
{
    enum severity gravest = SEVERITY_OFF;
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        gravest = MAX(gravest, finding->severity);
    }
    return gravest;
}

gboolean finding_blocks(const struct finding *finding)
{
    return finding->severity == SEVERITY_ERROR && !finding->waived && !finding->advice;
}

const char *severity_name(enum severity severity)
{
    static const char *const names[] = { "off", "note", "warning", "error" };
    return names[severity];
}

gboolean severity_parse(const char *name, enum severity *severity)
{
    for (int one = SEVERITY_OFF; one <= SEVERITY_ERROR; one++)
        if (strcmp(name, severity_name((enum severity)one)) == 0) {
            *severity = (enum severity)one;
            return TRUE;
        }
    return FALSE;
}
