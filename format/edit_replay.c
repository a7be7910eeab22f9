#include "edit_step.h"

#include <string.h>

/* -- what is so already -- */

void edit_note_entry(struct edit *edit, const char *key, const char *value, const char *const *order)
{
    struct edit_pair pair = { .value = value };
    struct edit_entry entry = { NODE_SEQUENCE, &pair, 1 };
    struct edit_step *step = edit_step_new(EDIT_STEP_ENTRY_ADD, key, order);

    step->text = g_strdup(value);
    step->count = MAX(edit_count_entries(edit, key, &entry), 1);
    edit_step_keep(edit, step, TRUE);
}

void edit_note_absent(struct edit *edit, const char *key, const char *entry)
{
    struct edit_step *step = edit_step_new(EDIT_STEP_ABSENT, key, NULL);

    step->name = g_strdup(entry);
    step->flag = !node_find(edit->document->front->root, key);
    edit_step_keep(edit, step, TRUE);
}

/* -- front matter -- */

/* Whether a later step gives the key a value again, so that its removal made room only. */
static gboolean is_written_later(const struct edit *edit, guint index)
{
    const struct edit_step *removal = edit->steps->pdata[index];

    for (guint i = index + 1; i < edit->steps->len; i++) {
        const struct edit_step *step = edit->steps->pdata[i];
        gboolean writes = step->kind == EDIT_STEP_SET || step->kind == EDIT_STEP_ENTRY_ADD ||
                          step->kind == EDIT_STEP_RECORD_ADD || step->kind == EDIT_STEP_MAP_SET;
        if (writes && strcmp(step->key, removal->key) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean replay_remove(const struct edit *edit, guint index, struct edit *onto, GError **error)
{
    const struct edit_step *step = edit->steps->pdata[index];
    const struct node *node = node_find(onto->document->front->root, step->key);

    if ((!node || node->kind != step->shape) && is_written_later(edit, index))
        return TRUE;
    return edit_remove(onto, step->key, error);
}

/* Sets the value; a list or map that stands there is none, and makes room for it. */
static gboolean replay_set(const struct edit_step *step, struct edit *onto, GError **error)
{
    const struct node *node = node_find(onto->document->front->root, step->key);

    if (node && node->kind != NODE_SCALAR && !edit_remove(onto, step->key, error))
        return FALSE;
    return edit_set(onto, step->key, step->text, step->type, (const char *const *)step->order, error);
}

static gboolean replay_entry_add(const struct edit_step *step, struct edit *onto, GError **error)
{
    struct edit_pair pair = { .value = step->text };
    struct edit_entry entry = { NODE_SEQUENCE, &pair, 1 };

    return edit_count_entries(onto, step->key, &entry) >= step->count ||
           edit_entry_add(onto, step->key, step->text, (const char *const *)step->order, error);
}

static gboolean replay_entry_remove(const struct edit_step *step, struct edit *onto, GError **error)
{
    struct edit_pair pair = { .value = step->text };
    struct edit_entry entry = { NODE_SEQUENCE, &pair, 1 };
    guint count = edit_count_entries(onto, step->key, &entry);

    return (count > 0 && count <= step->count) || edit_entry_remove(onto, step->key, step->text, error);
}

static gboolean replay_entry_set(const struct edit_step *step, struct edit *onto, GError **error)
{
    struct edit_pair old = { .value = step->name }, new = { .value = step->text };
    struct edit_entry before = { NODE_SEQUENCE, &old, 1 }, after = { NODE_SEQUENCE, &new, 1 };

    return (!edit_count_entries(onto, step->key, &before) && edit_count_entries(onto, step->key, &after)) ||
           edit_entry_set(onto, step->key, step->name, step->text, error);
}

static gboolean replay_record_add(const struct edit_step *step, struct edit *onto, GError **error)
{
    struct edit_entry entry = { NODE_SEQUENCE, step->pairs, step->n };

    return edit_count_entries(onto, step->key, &entry) >= step->count ||
           edit_record_add(onto, step->key, step->pairs, step->n, (const char *const *)step->order, error);
}

/* The index of the nth entry of list, from 0, that is equal to record, or of the last one; -1: none is. */
static gint find_equal(const struct node *list, const struct node *record, guint nth)
{
    gint found = -1, index = 0;
    guint seen = 0;

    for (const struct node *entry = list->first; entry && seen <= nth; entry = entry->next, index++)
        if (node_equal(entry, record)) {
            found = index;
            seen++;
        }
    return found;
}

/* The index in onto of the record that the step was about, by its content; -1: it is not there. */
static gint find_record(const struct edit_step *step, const struct edit *onto)
{
    g_autoptr(Document) version = document_new(step->version, NULL);
    const struct node *old = node_find(version->front->root, step->key);
    const struct node *list = node_find(onto->document->front->root, step->key);
    const struct node *record = edit_nth(old, step->index);
    guint nth = 0;

    for (const struct node *entry = old->first; entry != record; entry = entry->next)
        nth += node_equal(entry, record);
    return list && list->kind == NODE_SEQUENCE ? find_equal(list, record, nth) : -1;
}

/* The same of the record as it is with the step's pair set in it. */
static gint find_record_set(const struct edit_step *step, const struct edit *onto)
{
    g_autoptr(Edit) done = edit_new(step->version);
    struct edit_pair pair = { step->name, step->text, step->type };
    struct edit_step after = *step;

    if (!edit_record_set(done, step->key, step->index, pair, (const char *const *)step->order, NULL))
        return -1;
    after.version = edit_bytes(done);
    return find_record(&after, onto);
}

static gboolean replay_record(const struct edit_step *step, struct edit *onto, GError **error)
{
    struct edit_pair pair = { step->name, step->text, step->type };
    gint index = find_record(step, onto);

    if (index >= 0 && step->kind == EDIT_STEP_RECORD_REMOVE)
        return edit_record_remove(onto, step->key, (guint)index, error);
    if (index >= 0)
        return edit_record_set(onto, step->key, (guint)index, pair, (const char *const *)step->order, error);
    if (step->kind == EDIT_STEP_RECORD_SET && find_record_set(step, onto) >= 0)
        return TRUE;
    g_set_error(error, EDIT_ERROR, EDIT_ERROR_ABSENT, "%s has no such entry", step->key);
    return FALSE;
}

/* Whether the step's entry is in the list or map, or is all there is under the key. */
static gboolean has_entry(const struct edit_step *step, const struct node *node)
{
    if (!node || !step->name || node->kind == NODE_SCALAR)
        return node && (!step->name || edit_is_scalar(node, step->name));
    if (node->kind == NODE_MAP)
        return node_find(node, step->name) != NULL;
    for (const struct node *entry = node->first; entry; entry = entry->next)
        if (edit_is_scalar(entry, step->name))
            return TRUE;
    return FALSE;
}

static gboolean replay_absent(const struct edit_step *step, struct edit *onto, GError **error)
{
    for (;;) {
        const struct node *node = node_find(onto->document->front->root, step->key);
        if (!has_entry(step, node))
            return TRUE;
        if (!step->name || node->kind == NODE_SCALAR || (step->flag && node->count == 1))
            return edit_remove(onto, step->key, error);
        if (node->kind == NODE_MAP)
            return edit_map_remove(onto, step->key, step->name, error);
        if (!edit_entry_remove(onto, step->key, step->name, error))
            return FALSE;
    }
}

/* -- body -- */

static gboolean replay_list_add(const struct edit_step *step, struct edit *onto, GError **error)
{
    struct edit_section section = { (const char *const *)step->names, (const char *const *)step->before };

    return (edit_check_body(onto, NULL) &&
            edit_count_in_section(onto, &section, step->text) >= step->count) ||
           edit_list_add(onto, &section, step->text, error);
}

static gboolean replay_section_append(const struct edit_step *step, struct edit *onto, GError **error)
{
    struct edit_section section = { (const char *const *)step->names, (const char *const *)step->before };

    return (edit_check_body(onto, NULL) && edit_count_blocks(onto, &section, step->text) >= step->count) ||
           edit_section_append(onto, &section, step->text, error);
}

/* The entry's index in onto, or -1 with an error. */
static gint find_listed(const struct edit_listed *listed, struct edit *onto, GError **error)
{
    gint index = edit_listed_find(listed, onto);
    if (index < 0)
        g_set_error(error, EDIT_ERROR, EDIT_ERROR_ABSENT, "\"%s\" is not there", listed->text);
    return index;
}

/* Whether the old text is gone and the new one is there. */
static gboolean is_reworded(const struct edit_step *step, struct edit *onto)
{
    struct edit_listed reworded = step->entry;

    reworded.text = step->text;
    return edit_listed_find(&step->entry, onto) < 0 && edit_count_listed(&reworded, onto) >= step->count;
}

static gboolean replay_listed(const struct edit_step *step, struct edit *onto, GError **error)
{
    if (!edit_check_body(onto, error))
        return FALSE;
    if (step->kind == EDIT_STEP_LIST_REWORD && is_reworded(step, onto))
        return TRUE;
    gint item = find_listed(&step->entry, onto, error);
    if (item < 0)
        return FALSE;
    if (step->kind == EDIT_STEP_LIST_TICK)
        return edit_list_tick(onto, (guint)item, step->flag, error);
    if (step->kind == EDIT_STEP_LIST_REWORD)
        return edit_list_reword(onto, (guint)item, step->text, error);
    if (step->kind == EDIT_STEP_LIST_REMOVE)
        return edit_list_remove(onto, (guint)item, error);
    if (step->kind == EDIT_STEP_LIST_NEST)
        return edit_count_nested(onto, (guint)item, step->text) >= step->count ||
               edit_list_nest(onto, (guint)item, step->text, error);
    gint other = find_listed(&step->other, onto, error);
    return other >= 0 && edit_list_move(onto, (guint)item, (guint)other, step->flag, error);
}

/* -- all -- */

static gboolean replay(const struct edit *edit, guint index, struct edit *onto, GError **error)
{
    const struct edit_step *step = edit->steps->pdata[index];
    const char *const *order = (const char *const *)step->order;
    const struct edit_pair pair = { step->name, step->text, step->type };

    switch (step->kind) {
    case EDIT_STEP_SET:
        return replay_set(step, onto, error);
    case EDIT_STEP_REMOVE:
        return replay_remove(edit, index, onto, error);
    case EDIT_STEP_ENTRY_ADD:
        return replay_entry_add(step, onto, error);
    case EDIT_STEP_ENTRY_REMOVE:
        return replay_entry_remove(step, onto, error);
    case EDIT_STEP_ENTRY_SET:
        return replay_entry_set(step, onto, error);
    case EDIT_STEP_RECORD_ADD:
        return replay_record_add(step, onto, error);
    case EDIT_STEP_RECORD_REMOVE:
    case EDIT_STEP_RECORD_SET:
        return replay_record(step, onto, error);
    case EDIT_STEP_MAP_SET:
        return edit_map_set(onto, step->key, pair, order, error);
    case EDIT_STEP_MAP_REMOVE:
        return edit_map_remove(onto, step->key, step->name, error);
    case EDIT_STEP_ABSENT:
        return replay_absent(step, onto, error);
    case EDIT_STEP_LIST_ADD:
        return replay_list_add(step, onto, error);
    case EDIT_STEP_SECTION_APPEND:
        return replay_section_append(step, onto, error);
    default:
        return replay_listed(step, onto, error);
    }
}

gboolean edit_replay(const struct edit *edit, struct edit *onto, GError **error)
{
    for (guint i = 0; i < edit->steps->len; i++)
        if (!replay(edit, i, onto, error))
            return FALSE;
    return TRUE;
}

gboolean edit_has_steps(const struct edit *edit)
{
    return edit->steps->len > 0;
}
