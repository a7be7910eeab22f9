#include "import.h"

#include "file.h"

#include <glib/gstdio.h>
#include <string.h>

/* -- the list -- */

struct import *import_new(void)
{
    struct import *import = g_new0(struct import, 1);
    import->items = g_ptr_array_new_with_free_func((GDestroyNotify)import_item_free);
    import->findings = findings_new();
    import->drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    return import;
}

void import_free(struct import *import)
{
    if (!import)
        return;
    g_ptr_array_unref(import->items);
    g_ptr_array_unref(import->findings);
    g_ptr_array_unref(import->drafts);
    g_free(import);
}

void import_refuse(struct import *import, guint first, const char *path)
{
    findings_set_path(import->findings, first, path);
    import->refused++;
}

void import_resolve(struct import *import, import_finder find, gconstpointer data)
{
    for (guint i = 0; i < import->items->len; i++) {
        struct import_item *item = import->items->pdata[i];
        if (item->parent.id)
            item->parent.target = find(data, item->parent.id);
        for (guint j = 0; j < item->depends->len; j++) {
            struct import_reference *reference = &g_array_index(item->depends, struct import_reference, j);
            reference->target = find(data, reference->id);
        }
    }
}

void import_order(struct import *import, GCompareDataFunc compare, gpointer data)
{
    guint count = import->items->len;
    g_autofree guint *indexes = g_new(guint, count + 1);

    for (guint i = 0; i < count; i++)
        indexes[i] = i;
    g_qsort_with_data(indexes, (gint)count, sizeof *indexes, compare, data);
    for (guint i = 0; i < count; i++)
        ((struct import_item *)import->items->pdata[indexes[i]])->place = i;
}

gboolean import_check_count(const struct import *import, const char *path, GError **error)
{
    if (import->items->len > IMPORT_MOST)
        g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FILE,
                    "%s: more than %d items; split it, or export fewer at a time", path, IMPORT_MOST);
    else if (import->refused > IMPORT_MOST_REFUSED)
        g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FILE,
                    "%s: more than %d entries cannot be taken over; it may be no export of this kind", path,
                    IMPORT_MOST_REFUSED);
    else
        return TRUE;
    return FALSE;
}

const char *import_type(const struct policy *policy, const char *word, const char *wanted)
{
    g_autofree const char **types = policy_choices(policy, FIELD_TYPE);

    for (gsize i = 0; word && types[i]; i++)
        if (g_ascii_strcasecmp(types[i], word) == 0)
            return types[i];
    if (wanted && g_strv_contains(types, wanted))
        return wanted;
    return g_strv_contains(types, "task") || !types[0] ? "task" : types[0];
}

const char *import_type_named(const struct policy *policy, const char *word)
{
    static const char *const names[][2] = {
        { "bug", "bug" },     { "feature", "story" },  { "enhancement", "story" }, { "story", "story" },
        { "spike", "spike" }, { "research", "spike" }, { "epic", "epic" },
    };
    const char *wanted = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_ascii_strcasecmp(word, names[i][0]) == 0)
            wanted = names[i][1];
    return import_type(policy, word, wanted);
}

gboolean import_check_apart(const struct policy *policy, const char *folder, GError **error)
{
    g_autofree char *ours = g_build_filename(policy->root, policy->folder, NULL);
    GStatBuf one, other;

    if (g_stat(folder, &one) < 0 || g_stat(ours, &other) < 0 || one.st_dev != other.st_dev ||
        one.st_ino != other.st_ino)
        return TRUE;
    g_set_error(error, FILE_ERROR, FILE_ERROR_KIND,
                "%s is the folder of this backlog too; name another under \"backlog\" in " POLICY_FILE
                ", or move the tasks elsewhere",
                folder);
    return FALSE;
}

/* -- one item -- */

struct import_item *import_item_new(const char *path, const char *source)
{
    struct import_item *item = g_new0(struct import_item, 1);

    item->path = g_strdup(path);
    item->source = g_strdup(source);
    item->labels = g_ptr_array_new_with_free_func(g_free);
    item->depends = g_array_new(FALSE, FALSE, sizeof(struct import_reference));
    item->extra = g_string_new(NULL);
    item->keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    item->remarks = findings_new();
    g_hash_table_add(item->keys, g_strdup("x-source"));
    return item;
}

void import_item_free(struct import_item *item)
{
    if (!item)
        return;
    for (guint i = 0; i < item->depends->len; i++)
        g_free(g_array_index(item->depends, struct import_reference, i).id);
    g_array_unref(item->depends);
    g_ptr_array_unref(item->labels);
    g_string_free(item->extra, TRUE);
    g_hash_table_unref(item->keys);
    g_clear_pointer(&item->remarks, g_ptr_array_unref);
    g_free(item->parent.id);
    g_free(item->path);
    g_free(item->source);
    g_free(item->title);
    g_free(item->type);
    g_free(item->created);
    g_free(item->estimate);
    g_free(item->owner);
    g_free(item->goal);
    g_free(item->sprint);
    g_free(item->id);
    g_free(item->body);
    g_free(item->here);
    g_free(item);
}

void import_item_remark(struct import_item *item, enum severity severity, struct position at,
                        const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    struct finding *finding = finding_add_at(item->remarks, "import", severity, at, NULL, "%s", message);
    finding->path = g_strdup(item->path);
}

/* -- what has no field -- */

/* A key that the item does not have yet, owned by it. */
static const char *new_key(struct import_item *item, const char *name)
{
    GString *key = g_string_new(g_str_has_prefix(name, "x-") ? "" : "x-");

    for (const char *at = name; *at; at++)
        g_string_append_c(key, g_ascii_isalnum(*at) ? *at : '-');
    gsize bare = key->len;
    /* After a few tries with a number that hardly any key has, however many come out alike. */
    for (guint number = 2; g_hash_table_contains(item->keys, key->str);
         number = number < 9 ? number + 1 : MAX(number + 1, g_hash_table_size(item->keys))) {
        g_string_truncate(key, bare);
        g_string_append_printf(key, "-%u", number);
    }
    char *owned = g_string_free(key, FALSE);
    g_hash_table_add(item->keys, owned);
    return owned;
}

void import_item_keep(struct import_item *item, const char *name, const char *value, enum scalar_type type)
{
    g_autofree char *printed = scalar_print(value, type, STYLE_PLAIN, FALSE);
    g_string_append_printf(item->extra, "%s: %s\n", new_key(item, name), printed);
}

void import_item_keep_list(struct import_item *item, const char *name)
{
    g_string_append_printf(item->extra, "%s:\n", new_key(item, name));
}

void import_item_keep_entry(struct import_item *item, const char *value, enum scalar_type type)
{
    g_autofree char *printed = scalar_print(value, type, STYLE_PLAIN, FALSE);
    g_string_append_printf(item->extra, "  - %s\n", printed);
}
