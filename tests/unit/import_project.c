#include "import_project.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

void project_task(const struct fixture *fixture, const char *path, const char *front)
{
    g_autofree char *whole = g_build_filename("project", path, NULL);
    g_autofree char *text =
        g_strconcat("---\n", front, "---\n\n## Acceptance Criteria\n\n- [ ] It is lent\n", NULL);
    fixture_write(fixture, whole, text);
}

struct import *project_read(struct fixture *fixture)
{
    g_autofree char *path = fixture_path(fixture, "project");
    g_autoptr(GError) error = NULL;

    if (!fixture->policy)
        fixture_policy(fixture, NULL);
    struct import *import = import_backlog_md_read(fixture->policy, path, NULL, &error);
    if (!import)
        fail_msg("%s", error->message);
    return import;
}

struct import *project_drafted(struct fixture *fixture)
{
    g_autoptr(GError) error = NULL;

    g_setenv("REFINE_SEED", "import", TRUE);
    g_setenv("REFINE_NOW", "2026-11-21T09:00:00Z", TRUE);
    fixture_folder(fixture, "backlog");
    struct import *import = project_read(fixture);
    if (!import_draft(import, fixture_backlog(fixture), NULL, &error))
        fail_msg("%s", error->message);
    return import;
}

struct import *project_imported(struct fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    struct import *import = project_drafted(fixture);

    if (!drafts_write(fixture->backlog, import->drafts, &error))
        fail_msg("%s", error->message);
    return import;
}

const struct import_item *project_item(const struct import *import, const char *source)
{
    for (guint i = 0; i < import->items->len; i++) {
        const struct import_item *item = import->items->pdata[i];
        if (g_str_has_prefix(item->source, source))
            return item;
    }
    fail_msg("no item comes from %s", source);
    return NULL;
}

char *project_front(const struct import *import, const char *source)
{
    const struct import_item *item = project_item(import, source);
    assert_non_null(item->draft);
    const struct document *document = edit_document(item->draft->edit);
    g_autofree char *text =
        g_strndup(document->text + document->front->span.start, span_length(document->front->span));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GString *out = g_string_new(NULL);

    for (gsize i = 0; lines[i] && *lines[i]; i++)
        if (!g_str_has_prefix(lines[i], "id: ") && !g_str_has_prefix(lines[i], "rank: ") &&
            !g_str_has_prefix(lines[i], "x-source: "))
            g_string_append_printf(out, "%s\n", lines[i]);
    return g_string_free(out, FALSE);
}

gboolean project_reports(const struct import *import, enum severity severity, const char *place,
                         const char *text)
{
    for (guint i = 0; i < import->findings->len; i++) {
        const struct finding *finding = import->findings->pdata[i];
        g_autofree char *at = finding->at.line ? g_strdup_printf("%s:%u:%u", finding->path, finding->at.line,
                                                                 finding->at.column)
                                               : g_strdup(finding->path);
        if (finding->severity == severity && g_str_has_suffix(at, place) && strstr(finding->message, text))
            return TRUE;
    }
    for (guint i = 0; i < import->findings->len; i++) {
        const struct finding *finding = import->findings->pdata[i];
        print_error("%s:%u:%u: %s: %s\n", finding->path, finding->at.line, finding->at.column,
                    severity_name(finding->severity), finding->message);
    }
    return FALSE;
}
