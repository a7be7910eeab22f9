#include "mend_private.h"

#include "nearest.h"

#include <string.h>

/* -- spelling -- */

/* The word without what people write otherwise: capitals, spaces, dashes. */
static char *squash(const char *word)
{
    g_autofree char *folded = g_utf8_casefold(word, -1);
    GString *out = g_string_new(NULL);

    for (const char *at = folded; *at; at++)
        if (!strchr(" \t-_", *at))
            g_string_append_c(out, *at);
    return g_string_free(out, FALSE);
}

/* The one choice that is written so, capitals and dashes aside; NULL where none is, or several are. */
static const char *find_same(const char *word, const char *const *choices)
{
    g_autofree char *wanted = squash(word);
    const char *found = NULL;

    for (gsize i = 0; choices[i]; i++) {
        g_autofree char *choice = squash(choices[i]);
        if (strcmp(choice, wanted) != 0)
            continue;
        if (found)
            return NULL;
        found = choices[i];
    }
    return found;
}

/* The one choice that the word is a slip of the pen for; NULL where another is near, too. */
static const char *find_near(const char *word, const char *const *choices)
{
    const char *nearest = nearest_name(word, choices);
    g_autoptr(GPtrArray) others = g_ptr_array_new();

    if (!nearest)
        return NULL;
    for (gsize i = 0; choices[i]; i++)
        if (choices[i] != nearest)
            g_ptr_array_add(others, (gpointer)choices[i]);
    g_ptr_array_add(others, NULL);
    return nearest_name(word, (const char *const *)others->pdata) ? NULL : nearest;
}

/* What the value of a choice should be; NULL where it is one already, or nothing tells. A goal is a name of
 * the team's own, which may be near to another. */
static const char *find_meant(struct mend_run *run, const struct item *item, const struct value *value,
                              const char *const *choices)
{
    const char *word = value->texts[0], *same = find_same(word, choices);
    const char *near = same || value->field->id == FIELD_GOAL ? NULL : find_near(word, choices);

    if (g_strv_contains(choices, word))
        return NULL;
    if (near && value->field->id == FIELD_STATUS && status_parse(near) == STATUS_READY) {
        mend_leave(run, "bad-value", item, value->offset, "write it, if that was meant",
                   "status: %s may mean ready, which is not for a program to say", word);
        return NULL;
    }
    return same ? same : near;
}

static void mend_choice(struct mend_run *run, const struct item *item, enum field_id field)
{
    const struct value *value = item_field(item, field);
    g_autofree const char **choices = policy_choices(run->backlog->policy, field);
    GError *cause = NULL;

    if (!value || !choices || value->kind != NODE_SCALAR || !value->count || !*value->texts[0] ||
        !mend_is_due(run, "bad-value", item))
        return;
    const char *meant = find_meant(run, item, value, choices);
    struct draft *draft = meant ? mend_draft(run, item) : NULL;
    if (draft && mend_try(run, "bad-value", item, value->offset,
                          edit_set(draft->edit, value->key, meant, SCALAR_TYPED, run->order, &cause), &cause))
        mend_say(run, "bad-value", item, value->offset, "%s: %s is %s now", value->key, value->texts[0],
                 meant);
}

/* -- entries that stand twice -- */

/* The index of the first entry that an earlier one is equal to; -1: none is. */
static gint find_twice(const struct node *list)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    gint index = 0;

    for (const struct node *entry = list->first; entry; entry = entry->next, index++)
        if (entry->kind == NODE_SCALAR && *entry->text && !g_hash_table_add(seen, (gpointer)entry->text))
            return index;
    return -1;
}

static const struct node *find_list(struct draft *draft, const char *key)
{
    const struct node *list = node_find(edit_document(draft->edit)->front->root, key);
    return list && list->kind == NODE_SEQUENCE ? list : NULL;
}

static gboolean has_twice(const struct value *value)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < value->count; i++)
        if (*value->texts[i] && !g_hash_table_add(seen, (gpointer)value->texts[i]))
            return TRUE;
    return FALSE;
}

static void mend_entries(struct mend_run *run, const struct item *item, const struct value *value)
{
    struct draft *draft = mend_draft(run, item);
    const struct node *list;
    gint index;

    while (draft && (list = find_list(draft, value->key)) && (index = find_twice(list)) >= 0) {
        const struct node *entry = list->first;
        GError *cause = NULL;
        for (gint i = 0; i < index; i++)
            entry = entry->next;
        g_autofree char *text = g_strdup(entry->text);
        if (!mend_try(run, "duplicate-entry", item, value->offset,
                      edit_record_remove(draft->edit, value->key, (guint)index, &cause), &cause))
            return;
        mend_say(run, "duplicate-entry", item, value->offset,
                 "%s: %s stood there twice, and stands there once", value->key, text);
    }
}

void mend_values(struct mend_run *run)
{
    static const enum field_id choices[] = { FIELD_TYPE, FIELD_STATUS, FIELD_GOAL };

    for (guint i = 0; i < run->backlog->items->len; i++) {
        const struct item *item = run->backlog->items->pdata[i];
        for (gsize j = 0; j < G_N_ELEMENTS(choices); j++)
            mend_choice(run, item, choices[j]);
        for (guint j = 0; j < item->n_values; j++) {
            const struct value *value = &item->values[j];
            if (value->field && field_is_list(value->field) && value->kind == NODE_SEQUENCE &&
                has_twice(value) && mend_is_due(run, "duplicate-entry", item))
                mend_entries(run, item, value);
        }
    }
}
