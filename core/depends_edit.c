#include "depends_edit.h"

#include "clock.h"
#include "depends.h"

#include <string.h>

static const struct node *list_of(const struct draft *draft)
{
    const struct node *node = node_find(edit_document(draft->edit)->front->root, "depends");
    return node && node->kind == NODE_SEQUENCE ? node : NULL;
}

/* Whether the word none stands in place of a list. */
static gboolean says_none(const struct draft *draft)
{
    const struct node *node = node_find(edit_document(draft->edit)->front->root, "depends");
    return node && node->kind == NODE_SCALAR && strcmp(node->text, "none") == 0;
}

static gboolean same_text(const char *a, const char *b)
{
    g_autofree char *one = g_utf8_casefold(a, -1), *other = g_utf8_casefold(b, -1);
    return strcmp(one, other) == 0;
}

/* What lies outside under that name, and its place in the list; NULL: nothing does. */
static const struct node *find_external(const struct draft *draft, const char *what, guint *index)
{
    const struct node *list = list_of(draft);

    *index = 0;
    for (const struct node *node = list ? list->first : NULL; node; node = node->next, ++*index) {
        const struct node *name = node->kind == NODE_MAP ? node_find(node, "external") : NULL;
        if (name && name->kind == NODE_SCALAR && same_text(name->text, what))
            return node;
    }
    return NULL;
}

static const char *name_of(const struct draft *draft)
{
    return draft->id ? draft->id : draft->path;
}

/* What editing refuses is said with its file. */
static gboolean name_file(const struct draft *draft, gboolean good, GError **error)
{
    g_autofree char *path = good ? NULL : policy_display(draft->backlog->policy, draft->path);
    if (!good)
        g_prefix_error(error, "%s: ", path);
    return good;
}

/* -- what lies outside -- */

static gboolean check_line(const char *name, const char *text, GError **error)
{
    if (!text)
        return TRUE;
    if (strlen(text) > 1000 || !edit_is_line(text))
        return draft_refuse(error, "%s: expected one line of at most 1000 bytes, saw %s", name,
                            *text ? text : "none");
    return TRUE;
}

static gboolean set_pair(struct draft *draft, const struct node *map, guint index, struct edit_pair pair,
                         GError **error)
{
    static const char *const order[] = { "external", "owner", "due", NULL };
    const struct node *old = node_find(map, pair.key);

    if (!pair.value || (old && old->kind == NODE_SCALAR && strcmp(old->text, pair.value) == 0))
        return TRUE;
    return name_file(draft, edit_record_set(draft->edit, "depends", index, pair, order, error), error);
}

gboolean depends_set_external(struct draft *draft, const char *what, const char *owner, const char *due,
                              GError **error)
{
    g_autofree const char **order = field_order();
    struct edit_pair pairs[3] = { { "external", what, SCALAR_STRING } };
    gsize n = 1;
    guint index;

    if (!check_line("external", what, error) || !check_line("owner", owner, error))
        return FALSE;
    if (due && !clock_is_day(due))
        return draft_refuse(error, "due: expected a day as YYYY-MM-DD, saw %s", due);
    const struct node *old = find_external(draft, what, &index);
    struct edit_pair named = { "owner", owner, SCALAR_STRING }, timed = { "due", due, SCALAR_TYPED };
    if (old) {
        if (!set_pair(draft, old, index, named, error))
            return FALSE;
        old = find_external(draft, what, &index);
        return set_pair(draft, old, index, timed, error);
    }
    if (owner)
        pairs[n++] = named;
    if (due)
        pairs[n++] = timed;
    if (says_none(draft) && !edit_remove(draft->edit, "depends", error))
        return name_file(draft, FALSE, error);
    return name_file(draft, edit_record_add(draft->edit, "depends", pairs, n, order, error), error);
}

/* -- taking away -- */

/* Whether a reference of the list means the item by another name, or by a duplicate of it. */
static gboolean means(const struct depends *depends, const struct backlog *backlog, const char *reference,
                      const struct item *item)
{
    const struct item *named = backlog_named(backlog, reference);
    return named && (named == item || depends_original(depends, named) == item);
}

/* Removes what means the item; *found tells whether anything did. */
static gboolean remove_names(struct draft *draft, const struct depends *depends, const struct item *item,
                             gboolean *found, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const struct node *list = list_of(draft);

    for (const struct node *node = list ? list->first : NULL; node; node = node->next)
        if (node->kind == NODE_SCALAR && means(depends, draft->backlog, node->text, item))
            g_ptr_array_add(names, g_strdup(node->text));
    *found = names->len > 0;
    for (guint i = 0; i < names->len; i++)
        if (!draft_assign(draft, "depends", DRAFT_REMOVE, names->pdata[i], error))
            return FALSE;
    return TRUE;
}

/* Refuses to take away what only a split item of the list stands for. */
static gboolean check_split(const struct draft *draft, const struct depends *depends, const struct item *item,
                            GError **error)
{
    const struct node *list = list_of(draft);

    for (const struct node *node = list ? list->first : NULL; node; node = node->next) {
        g_autoptr(GPtrArray) items =
            node->kind == NODE_SCALAR ? depends_find(depends, node->text) : g_ptr_array_new();
        if (g_ptr_array_find(items, item, NULL))
            return draft_refuse(error,
                                "%s depends on %s by %s, which was split and means its parts; "
                                "--off %s takes all of them away",
                                name_of(draft), item->id ? item->id : item->path, node->text, node->text);
    }
    return TRUE;
}

/* Removes what the list has by that very word, which names no item; refused where it has not. */
static gboolean remove_word(struct draft *draft, const char *word, GError *unknown, GError **error)
{
    const struct node *list = list_of(draft);

    for (const struct node *node = list ? list->first : NULL; node; node = node->next)
        if (node->kind == NODE_SCALAR && strcmp(node->text, word) == 0)
            return draft_assign(draft, "depends", DRAFT_REMOVE, word, error);
    if (!g_error_matches(unknown, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM)) {
        g_propagate_error(error, g_error_copy(unknown));
        return FALSE;
    }
    return draft_refuse(error,
                        "%s does not depend on %s, which is neither an item nor an external dependency of it",
                        name_of(draft), *word ? word : "\"\"");
}

gboolean depends_remove(struct draft *draft, const char *word, GError **error)
{
    g_autoptr(GError) unknown = NULL;
    gboolean found;
    guint index;

    if (find_external(draft, word, &index))
        return name_file(draft, edit_record_remove(draft->edit, "depends", index, error), error);
    const struct entry *entry = backlog_find(draft->backlog, word, &unknown);
    if (!entry)
        return remove_word(draft, word, unknown, error);
    backlog_load(draft->backlog);
    const struct item *item = backlog_at(draft->backlog, entry->path);
    g_autoptr(Depends) depends = depends_new(draft->backlog);
    if (!item)
        return draft_assign(draft, "depends", DRAFT_REMOVE, word, error);
    if (!remove_names(draft, depends, item, &found, error))
        return FALSE;
    return found || says_none(draft) ||
           (check_split(draft, depends, item, error) &&
            draft_assign(draft, "depends", DRAFT_REMOVE, word, error));
}

gboolean depends_set_none(struct draft *draft, GError **error)
{
    const struct node *list = list_of(draft);
    guint count = list ? list->count : 0;

    if (count > 0)
        return draft_refuse(error,
                            "%s depends on %u other%s: take them away with --off first, or all with "
                            "refine set %s depends=none",
                            name_of(draft), count, count == 1 ? "" : "s", name_of(draft));
    return draft_assign(draft, "depends", DRAFT_SET, "none", error);
}
