#include "check_fix.h"

#include "present.h"
#include "present_finding.h"
#include "record.h"

#include <string.h>

/* -- doing -- */

static void warn(struct context *context, const GPtrArray *warnings)
{
    for (guint i = 0; i < warnings->len; i++)
        output_warning(context->output, "%s", (const char *)warnings->pdata[i]);
}

static gboolean record(struct context *context, struct backlog *backlog, struct fix *fix, GError **error)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *reason = NULL;
    const struct decision decision = record_decision(context, &reason);

    if (fix->mend->drafts->len && !record_outcome(context, backlog, fix->mend->drafts, &fix->outcome, error))
        return FALSE;
    gboolean good = mend_finish(fix->mend, &decision, warnings, error);
    warn(context, warnings);
    return good;
}

static gboolean describe(struct context *context, const struct fix *fix, GError **error)
{
    g_autoptr(GPtrArray) all = mend_drafts(fix->mend);
    return context->json || record_patch(context, all, error);
}

gboolean fix_backlog(struct context *context, struct backlog *backlog, const char *const *only,
                     struct fix *fix, GError **error)
{
    memset(fix, 0, sizeof *fix);
    fix->dry_run = context->record->dry_run;
    if (!fix->dry_run && !record_settle(context, error))
        return FALSE;
    fix->mend = mend_new(backlog, only, error);
    if (!fix->mend)
        return FALSE;
    if (fix->dry_run ? describe(context, fix, error) : record(context, backlog, fix, error))
        return TRUE;
    fix_clear(context, fix);
    return FALSE;
}

void fix_clear(struct context *context, struct fix *fix)
{
    g_clear_pointer(&fix->mend, mend_free);
    record_end(context, &fix->outcome);
}

GPtrArray *fix_paths(const struct fix *fix, const char *const *paths)
{
    g_autoptr(GPtrArray) drafts = mend_drafts(fix->mend);
    GPtrArray *now = g_ptr_array_new();

    for (gsize i = 0; paths[i]; i++) {
        const char *path = paths[i];
        for (guint j = 0; j < drafts->len && !fix->dry_run; j++) {
            const struct draft *draft = drafts->pdata[j];
            if (draft->move_to && strcmp(draft->path, paths[i]) == 0)
                path = draft->move_to;
        }
        g_ptr_array_add(now, (gpointer)path);
    }
    g_ptr_array_add(now, NULL);
    return now;
}

/* -- text -- */

static void print_as(GString *out, struct context *context, const GPtrArray *findings, const char *word,
                     enum table_style style)
{
    for (guint i = 0; i < findings->len; i++)
        present_finding_as(out, context->output, findings->pdata[i], context->policy, word, style, TRUE);
}

/* What became of it all, in a line; an empty one where nothing was to be done is worth saying, too. */
static void print_result(GString *out, struct context *context, const struct fix *fix)
{
    static const char *const results[] = {
        [DECISION_NOTHING] = "mended as it was committed already",
        [DECISION_RECORDED] = "mended",
        [DECISION_STAGED] = "mended and staged",
        [DECISION_WRITTEN] = "mended",
    };
    g_autoptr(GPtrArray) all = mend_drafts(fix->mend);
    guint recorded = fix->mend->drafts->len, loose = all->len - recorded;

    if (!all->len)
        g_string_append(out, "nothing to mend\n");
    if (recorded)
        g_string_append_printf(out, "%u file%s %s", recorded, present_plural(recorded),
                               results[fix->outcome.result]);
    if (recorded && *fix->outcome.commit)
        g_string_append_printf(out, " %s[%.7s]%s", output_sgr(context->output, TABLE_YELLOW),
                               fix->outcome.commit, output_sgr(context->output, TABLE_PLAIN));
    if (recorded)
        g_string_append_c(out, '\n');
    if (loose)
        g_string_append_printf(out, "%u file%s mended that no commit has yet: not recorded\n", loose,
                               present_plural(loose));
}

void fix_print(struct context *context, const struct fix *fix)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (!fix->dry_run)
        print_as(out, context, fix->mend->mended, "mended", TABLE_GREEN);
    print_as(out, context, fix->mend->left, "left", TABLE_YELLOW);
    if (!fix->dry_run)
        print_result(out, context, fix);
    output_write(context->output, out->str);
}

/* -- JSON -- */

void fix_print_json(struct context *context, struct json *json, const struct fix *fix)
{
    static const char *const results[] = {
        [DECISION_NOTHING] = "nothing",
        [DECISION_RECORDED] = "recorded",
        [DECISION_STAGED] = "staged",
        [DECISION_WRITTEN] = "written",
    };
    gboolean only_loose = !fix->mend->drafts->len && fix->mend->mended->len;
    struct json *object = json_add_object(json, "fix");

    json_add_string(object, "result",
                    fix->dry_run ? "dry-run" : results[only_loose ? DECISION_WRITTEN : fix->outcome.result]);
    if (*fix->outcome.commit)
        json_add_string(object, "commit", fix->outcome.commit);
    present_findings_json(json_add_array(object, "mended"), fix->mend->mended, NULL, context->policy);
    present_findings_json(json_add_array(object, "left"), fix->mend->left, NULL, context->policy);
}
