#include "blame_private.h"

#include "change.h"
#include "file.h"
#include "history_object.h"
#include "ident.h"

#include <glib/gstdio.h>
#include <string.h>

G_DEFINE_QUARK(refine_blame, blame_error)

void blame_free(struct blame *blame)
{
    if (!blame)
        return;
    g_free(blame->id);
    g_free(blame->path);
    g_ptr_array_unref(blame->parts);
    blame_version_unref(blame->version);
    g_hash_table_unref(blame->decisions);
    g_free(blame);
}

/* "PATH:LINE:COLUMN: MESSAGE" of why the version cannot be read. */
static void fail_to_read(const struct policy *policy, const char *path, GBytes *bytes, GError **error)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Document) document = document_new(bytes, findings);
    g_autofree char *shown = policy_display(policy, path);

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (finding->severity != SEVERITY_ERROR)
            continue;
        g_set_error(error, BLAME_ERROR, BLAME_ERROR_UNREADABLE, "%s:%u:%u: %s", shown, finding->at.line,
                    finding->at.column, finding->message);
        return;
    }
    g_set_error(error, BLAME_ERROR, BLAME_ERROR_UNREADABLE, "%s: expected front matter between lines of ---",
                shown);
}

struct blame *blame_new(const struct policy *policy, const char *path, GBytes *bytes, GError **error)
{
    g_autofree char *name = g_path_get_basename(path);
    g_autoptr(BlameVersion) version = blame_version_new(policy, bytes);
    g_autofree char *id = ident_from_file_name(name);

    g_assert(id);
    if (!blame_version_root(version)) {
        fail_to_read(policy, path, bytes, error);
        return NULL;
    }
    struct blame *blame = g_new0(struct blame, 1);
    blame->id = g_steal_pointer(&id);
    blame->path = g_strdup(path);
    blame->parts = blame_parts(version);
    blame->version = g_steal_pointer(&version);
    blame->decisions =
        g_hash_table_new_full(object_id_hash, object_id_equal, g_free, (GDestroyNotify)history_decision_free);
    return blame;
}

/* -- who set a value -- */

static gboolean is_asked(const struct blame_part *part, const struct blame_question *question)
{
    return part->key && strcmp(part->key, question->field) == 0 &&
           (!question->entry || (part->kind == BLAME_ENTRY && g_strcmp0(part->value, question->entry) == 0));
}

/* The parts that are asked for; without any where there are none. */
static struct blame *ask(const struct policy *policy, const struct blame_question *question, int root)
{
    g_autoptr(GBytes) bytes = file_read(root, question->path, NULL);
    g_autoptr(GBytes) none = g_bytes_new_static("---\n---\n", 8);
    struct blame *blame = blame_new(policy, question->path, bytes ? bytes : none, NULL);

    if (!blame)
        blame = blame_new(policy, question->path, none, NULL);
    g_assert(blame); /* of an empty front matter there is one */
    for (guint i = blame->parts->len; i > 0; i--)
        if (!is_asked(blame->parts->pdata[i - 1], question))
            g_ptr_array_remove_index(blame->parts, i - 1);
    return blame;
}

GPtrArray *blame_ask(const struct policy *policy, const struct blame_question *questions, guint n,
                     GError **error)
{
    g_autoptr(GPtrArray) blames = g_ptr_array_new_with_free_func((GDestroyNotify)blame_free);
    int root = file_open_root(policy->root, error);

    if (root < 0)
        return NULL;
    for (guint i = 0; i < n; i++)
        g_ptr_array_add(blames, ask(policy, &questions[i], root));
    g_close(root, NULL);
    return blame_trace((struct blame *const *)blames->pdata, n, NULL, error) ? g_steal_pointer(&blames)
                                                                             : NULL;
}
