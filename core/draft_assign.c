#include "draft.h"

#include "circle.h"
#include "clock.h"
#include "nearest.h"
#include "rulebook.h"
#include "scale.h"

#include <string.h>

/* -- what a field can have -- */

/* What the scale has instead of an estimate, as the end of a message; NULL where that is no number. */
static char *nearest_steps(const struct policy *policy, const char *value)
{
    g_autoptr(Scale) scale = scale_new(policy);
    double weight;

    if (!scale->n || !policy_weight(policy, value, &weight))
        return NULL;
    const struct scale_step *same = scale_find(scale, weight), *below = scale_below(scale, weight),
                            *above = scale_above(scale, weight);
    if (same)
        return g_strdup_printf("did you mean %s?", same->value);
    return g_strdup_printf("the scale has %s%s%s beside it", below ? below->value : "",
                           below && above ? " or " : "", above ? above->value : "");
}

gboolean draft_check_choice(const struct policy *policy, const struct field *field, const char *value,
                            GError **error)
{
    g_autofree const char **choices = policy_choices(policy, field->id);
    if (!choices || g_strv_contains(choices, value))
        return TRUE;
    g_autofree char *steps = field->id == FIELD_ESTIMATE ? nearest_steps(policy, value) : NULL;
    const char *nearest = steps ? NULL : nearest_name(value, choices);
    g_autofree char *all = g_strjoinv(", ", (char **)choices);
    if (steps)
        return draft_refuse(error, "estimate cannot be %s; %s", value, steps);
    if (nearest)
        return draft_refuse(error, "%s cannot be %s; did you mean %s?", field->name, value, nearest);
    return draft_refuse(error, "%s cannot be %s; it can be %s", field->name, value, all);
}

static gboolean check_day(const struct field *field, const char *value, GError **error)
{
    return clock_is_day(value) ||
           draft_refuse(error, "%s: expected a day as YYYY-MM-DD, saw %s", field->name, value);
}

/* Refuses an alias by which another item goes already. */
static gboolean check_alias(const struct draft *draft, const char *alias, GError **error)
{
    backlog_load(draft->backlog);
    const struct item *item = backlog_named(draft->backlog, alias);
    return !item || strcmp(item->path, draft->path) == 0 ||
           draft_refuse(error, "aliases: %s names %s already", alias,
                        item->id ? item->id : "an item without an id");
}

/* Turns a prefix or alias into the id. */
static char *resolve(const struct draft *draft, const struct field *field, const char *value, GError **error)
{
    const struct entry *entry = backlog_find(draft->backlog, value, error);
    if (!entry)
        return NULL;
    const char *id = backlog_id(draft->backlog, entry);
    if (!id) {
        g_autofree char *path = policy_display(draft->backlog->policy, entry->path);
        draft_refuse(error, "%s has no id yet, so %s cannot name it", path, field->name);
        return NULL;
    }
    return circle_check(draft, field, id, error) ? g_strdup(id) : NULL;
}

/* Whether value can stand under key at all. */
static gboolean check_text(const char *key, const char *value, GError **error)
{
    if (strlen(value) > 1000 || strpbrk(value, "\r\n"))
        return draft_refuse(error, "%s: expected one line of at most 1000 bytes", key);
    return value[strspn(value, " \t")] ||
           draft_refuse(error, "%s: expected a value, saw %s", key, *value ? "only spaces" : "none");
}

/* The text to write for a value of a field; NULL with an error where it cannot have it. */
static char *text_for(struct draft *draft, const char *key, const struct field *field, const char *value,
                      GError **error)
{
    if (!check_text(key, value, error))
        return NULL;
    if (!field)
        return g_strdup(value);
    if (field->kind == FIELD_CHOICE && !draft_check_choice(draft->backlog->policy, field, value, error))
        return NULL;
    if (field->kind == FIELD_DAY && !check_day(field, value, error))
        return NULL;
    if (field->id == FIELD_ALIASES && !check_alias(draft, value, error))
        return NULL;
    if (field->kind == FIELD_REFERENCE || field->kind == FIELD_REFERENCES)
        return resolve(draft, field, value, error);
    return g_strdup(value);
}

/* Whether text is a decimal number as everybody writes it and every reader reads it, one of doubles too. */
static gboolean is_number(const char *text)
{
    const char *figures = text + (*text == '-');
    gsize whole = strspn(figures, "0123456789");
    gsize places = figures[whole] == '.' ? strspn(figures + whole + 1, "0123456789") : 0;

    return whole > 0 && whole + places <= 15 && (whole == 1 || *figures != '0') &&
           figures[whole + places + (places > 0)] == '\0';
}

/* A value of the user's own is a number, truth or day where it looks like one to every reader. */
static enum scalar_type type_of(const struct field *field, const char *text)
{
    gboolean typed = field ? field->kind == FIELD_DAY || field->kind == FIELD_CHOICE
                           : is_number(text) || clock_is_day(text) || strcmp(text, "true") == 0 ||
                                 strcmp(text, "false") == 0;
    return typed ? SCALAR_TYPED : SCALAR_STRING;
}

/* -- assigning -- */

static gboolean check_key(const struct draft *draft, const char *key, const struct field *field,
                          GError **error)
{
    const char *names[N_FIELDS + 1] = { NULL };
    const struct node *root = edit_document(draft->edit)->front->root;

    if (field && field->instead) {
        g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FIELD, "%s is not set: %s", key, field->instead);
        return FALSE;
    }
    for (const char *at = key; *at; at++)
        if (!g_ascii_isalnum(*at) && !(at > key && strchr("-_.", *at))) {
            g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FIELD,
                        "expected a key of letters, digits and -, saw %s", key);
            return FALSE;
        }
    if (field || g_str_has_prefix(key, "x-") || node_find(root, key))
        return TRUE;
    for (gsize i = 0; i < N_FIELDS; i++)
        names[i] = field_table()[i].name;
    const char *nearest = nearest_name(key, names);
    g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FIELD,
                nearest ? "there is no field %s; did you mean %s?"
                        : "there is no field %s; a key of your own begins with x-",
                key, nearest);
    return FALSE;
}

/* Whether the list under key has the entry already. */
static gboolean has_entry(const struct draft *draft, const char *key, const char *value)
{
    const struct node *list = node_find(edit_document(draft->edit)->front->root, key);
    for (const struct node *entry = list && list->kind == NODE_SEQUENCE ? list->first : NULL; entry;
         entry = entry->next)
        if (entry->kind == NODE_SCALAR && strcmp(entry->text, value) == 0)
            return TRUE;
    return FALSE;
}

static gboolean is_text(const struct node *node, const char *text)
{
    return node && node->kind == NODE_SCALAR && strcmp(node->text, text) == 0;
}

/* What is not there is removed already; in other versions of the file it may still be. */
static gboolean note_absent(struct draft *draft, const char *key, const char *entry)
{
    edit_note_absent(draft->edit, key, entry);
    return TRUE;
}

/* Removes an entry. */
static gboolean remove_entry(struct draft *draft, const char *key, const struct field *field,
                             const char *value, GError **error)
{
    const struct node *old = node_find(edit_document(draft->edit)->front->root, key);
    gboolean resolves = field && field->kind == FIELD_REFERENCES && !has_entry(draft, key, value);
    const struct entry *named = resolves && *value ? backlog_find(draft->backlog, value, NULL) : NULL;
    const char *id = named ? backlog_id(draft->backlog, named) : NULL, *text = id ? id : value;

    if (field && is_text(old, value))
        return edit_remove(draft->edit, key, error);
    if (!old || (old->kind == NODE_SEQUENCE && !has_entry(draft, key, text)))
        return note_absent(draft, key, text);
    return edit_entry_remove(draft->edit, key, text, error);
}

/* The word in place of a list of references. */
static gboolean assign_none(struct draft *draft, const char *key, const char **order, GError **error)
{
    const struct node *old = node_find(edit_document(draft->edit)->front->root, key);
    if (old && old->kind == NODE_SEQUENCE && !edit_remove(draft->edit, key, error))
        return FALSE;
    return edit_set(draft->edit, key, "none", SCALAR_TYPED, order, error);
}

static gboolean add_entry(struct draft *draft, const char *key, const struct field *field, const char *value,
                          const char **order, GError **error)
{
    const struct node *old = node_find(edit_document(draft->edit)->front->root, key);

    if (field && field->kind == FIELD_REFERENCES && strcmp(value, "none") == 0)
        return old && old->kind == NODE_SEQUENCE && old->count
                   ? draft_refuse(error, "%s: none stands alone; %s=none takes the place of what is there",
                                  key, key)
                   : assign_none(draft, key, order, error);
    g_autofree char *text = text_for(draft, key, field, value, error);
    if (!text)
        return FALSE;
    if (has_entry(draft, key, text)) {
        edit_note_entry(draft->edit, key, text, order);
        return TRUE;
    }
    if (field && field->kind == FIELD_REFERENCES && is_text(old, "none") &&
        !edit_remove(draft->edit, key, error))
        return FALSE;
    return edit_entry_add(draft->edit, key, text, order, error);
}

static gboolean assign_list(struct draft *draft, const char *key, const struct field *field,
                            const char *value, const char **order, GError **error)
{
    const struct node *old = node_find(edit_document(draft->edit)->front->root, key);
    if (*value == '\0')
        return old ? edit_remove(draft->edit, key, error) : note_absent(draft, key, NULL);
    if (field->kind == FIELD_REFERENCES && strcmp(value, "none") == 0)
        return assign_none(draft, key, order, error);
    g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FIELD, "%s is a list: write %s+=%s or %s-=%s", key, key,
                value, key, value);
    return FALSE;
}

/* A waiver that names no rule, or one that cannot be waived, would waive nothing. */
static gboolean check_rule(const struct draft *draft, const char *name, GError **error)
{
    const struct rulebook *book = backlog_book(draft->backlog);
    const char *nearest = rulebook_find(book, name) ? NULL : rulebook_nearest(book, name);

    if (rules_can_be_waived(book, name))
        return TRUE;
    if (rulebook_find(book, name))
        return draft_refuse(error, "%s cannot be waived; refine explain %s says how it is mended", name,
                            name);
    return nearest ? draft_refuse(error, "there is no rule %s; did you mean %s?", name, nearest)
                   : draft_refuse(error, "there is no rule %s; refine explain lists them", name);
}

static gboolean assign_map(struct draft *draft, const char *key, const char *name, const char *value,
                           const char **order, GError **error)
{
    struct edit_pair pair = { name, value, SCALAR_STRING };
    const struct node *old = node_find(edit_document(draft->edit)->front->root, key);

    if (*name == '\0')
        return draft_refuse(error, "%s is a map: write %s.NAME=%s", key, key, value);
    if (*value == '\0')
        return !old || (old->kind == NODE_MAP && !node_find(old, name))
                   ? note_absent(draft, key, name)
                   : edit_map_remove(draft->edit, key, name, error);
    if (strcmp(key, field_table()[FIELD_WAIVE].name) == 0 && !check_rule(draft, name, error))
        return FALSE;
    return check_text(key, value, error) && edit_map_set(draft->edit, key, pair, order, error);
}

/* What is not there is removed already; what every item must have is not. */
static gboolean remove_field(struct draft *draft, const char *key, const struct field *field, GError **error)
{
    if (field && (field->id == FIELD_TITLE || field->id == FIELD_TYPE || field->id == FIELD_STATUS))
        return draft_refuse(error, "every item has a %s: it can be changed, not removed", key);
    return node_find(edit_document(draft->edit)->front->root, key) ? edit_remove(draft->edit, key, error)
                                                                   : note_absent(draft, key, NULL);
}

/* Whether set may say it: that an item is ready is declared, when all that is wanted of it is there. One that
 * was, and of which the work has not begun after all, is so still. */
static gboolean check_status(const struct draft *draft, enum status status, GError **error)
{
    const struct node *root = edit_document(draft->edit)->front->root, *old = node_find(root, "status");
    enum status before = old && old->kind == NODE_SCALAR ? status_parse(old->text) : STATUS_UNKNOWN;

    if (status != STATUS_READY || before == STATUS_READY ||
        (before == STATUS_DOING && !node_is_null(node_find(root, "stamp"))))
        return TRUE;
    return draft_refuse(error,
                        "status is not set to ready: refine ready %s declares it, where nothing is missing",
                        draft->id ? draft->id : "ID");
}

/* What was agreed is no more where the item goes back to be refined: a stamp that nobody heeds would only
 * puzzle. */
static gboolean assign_status(struct draft *draft, const char *text, const char **order, GError **error)
{
    enum status status = status_parse(text);

    if (!check_status(draft, status, error) ||
        !edit_set(draft->edit, "status", text, SCALAR_TYPED, order, error))
        return FALSE;
    if (status > STATUS_REFINING)
        return TRUE;
    return remove_field(draft, "stamp", &field_table()[FIELD_STAMP], error);
}

static gboolean assign(struct draft *draft, const char *key, enum draft_operation operation,
                       const char *value, GError **error)
{
    g_autofree const char **order = field_order();
    const char *dot = strchr(key, '.');
    g_autofree char *map = dot ? g_strndup(key, (gsize)(dot - key)) : NULL;
    const struct field *field = field_find(map ? map : key);

    if (map && field && field->kind != FIELD_MAP)
        field = NULL;
    if (!check_key(draft, key, field, error))
        return FALSE;
    if (map && field && operation == DRAFT_SET)
        return assign_map(draft, map, dot + 1, value, order, error);
    if (operation != DRAFT_SET && !map && field && field->kind == FIELD_MAP) {
        g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FIELD,
                    "%s is a map: write %s.NAME=VALUE, or %s.NAME= to remove", key, key, key);
        return FALSE;
    }
    if (operation != DRAFT_SET) {
        if (!field || field_is_list(field))
            return operation == DRAFT_ADD ? add_entry(draft, key, field, value, order, error)
                                          : remove_entry(draft, key, field, value, error);
        g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FIELD, "%s is one value: write %s=%s", key, key, value);
        return FALSE;
    }
    if (field && field_is_list(field))
        return assign_list(draft, key, field, value, order, error);
    if (field && field->kind == FIELD_MAP && *value) {
        g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FIELD, "%s is a map: write %s.NAME=%s", key, key, value);
        return FALSE;
    }
    if (*value == '\0')
        return remove_field(draft, key, field, error);
    if (field && field->id == FIELD_RANK)
        return draft_place(draft, value, error);
    g_autofree char *text = text_for(draft, key, field, value, error);
    if (text && field && field->id == FIELD_STATUS)
        return assign_status(draft, text, order, error);
    return text && edit_set(draft->edit, key, text, type_of(field, text), order, error);
}

gboolean draft_assign(struct draft *draft, const char *key, enum draft_operation operation, const char *value,
                      GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (assign(draft, key, operation, value, &cause))
        return TRUE;
    g_assert(cause);
    if (cause->domain == EDIT_ERROR && draft->before) {
        g_autofree char *path = policy_display(draft->backlog->policy, draft->path);
        g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FILE, "%s: %s", path, cause->message);
    } else {
        g_propagate_error(error, g_steal_pointer(&cause));
    }
    return FALSE;
}
