#include "history_filter.h"

#include "history_kind.h"
#include "history_person.h"
#include "nearest.h"

#include <string.h>

struct filter {
    const struct policy *policy;
    const struct history_wanted *wanted;
    const struct mailmap *mailmap;
    struct persons *persons; /* NULL: all */
    gboolean wants_body;
};

static gboolean has_any(const char *const *words)
{
    return words && words[0];
}

void filter_free(struct filter *filter)
{
    if (!filter)
        return;
    persons_free(filter->persons);
    g_free(filter);
}

/* -- making -- */

static gboolean check_kinds(const char *const *kinds, GError **error)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    const char *const *statuses = status_names();

    for (const struct history_kind *kind = kind_table(); kind->word; kind++)
        g_ptr_array_add(words, (gpointer)kind->word);
    g_ptr_array_add(words, NULL);
    g_autofree char *list = g_strjoinv(", ", (char **)words->pdata);
    g_ptr_array_set_size(words, (gint)words->len - 1);
    for (gsize i = 0; statuses[i]; i++)
        g_ptr_array_add(words, (gpointer)statuses[i]);
    g_ptr_array_add(words, NULL);
    for (gsize i = 0; kinds && kinds[i]; i++) {
        const char *nearest = nearest_name(kinds[i], (const char *const *)words->pdata);
        if (kind_is_known(kinds[i]))
            continue;
        if (nearest)
            g_set_error(error, HISTORY_ERROR, HISTORY_ERROR_KIND,
                        "there is no kind of change called %s; did you mean %s?", kinds[i], nearest);
        else
            g_set_error(error, HISTORY_ERROR, HISTORY_ERROR_KIND,
                        "there is no kind of change called %s: expected %s, or a status", kinds[i], list);
        return FALSE;
    }
    return TRUE;
}

/* Whether any kind and any field that is asked for may be one of bodies. */
static gboolean may_be_of_body(const struct policy *policy, const struct history_wanted *wanted)
{
    gboolean by_kind = !has_any(wanted->kinds), by_field = !has_any(wanted->fields);

    for (gsize i = 0; wanted->kinds && wanted->kinds[i]; i++)
        by_kind |= kind_is_of_body(wanted->kinds[i]) || strcmp(wanted->kinds[i], "added") == 0 ||
                   strcmp(wanted->kinds[i], "removed") == 0;
    for (gsize i = 0; wanted->fields && wanted->fields[i]; i++)
        by_field |= part_is_of_body(policy, wanted->fields[i]);
    return by_kind && by_field;
}

struct filter *filter_new(const struct policy *policy, const struct mailmap *mailmap,
                          const struct history_wanted *wanted, GError **error)
{
    g_autoptr(Filter) filter = g_new0(struct filter, 1);

    if (!check_kinds(wanted->kinds, error))
        return NULL;
    filter->policy = policy;
    filter->wanted = wanted;
    filter->mailmap = mailmap;
    filter->wants_body = may_be_of_body(policy, wanted);
    if (has_any(wanted->persons)) {
        filter->persons = persons_new(policy, wanted->persons, error);
        if (!filter->persons)
            return NULL;
    }
    return g_steal_pointer(&filter);
}

/* -- commits -- */

gboolean filter_takes_commit(struct filter *filter, struct objects *objects, const struct walk_commit *commit)
{
    const struct history_wanted *wanted = filter->wanted;

    if ((wanted->has_since && commit->time < wanted->since) ||
        (wanted->has_until && commit->time > wanted->until))
        return FALSE;
    g_autoptr(GBytes) bytes = filter->persons ? objects_commit(objects, &commit->id, NULL) : NULL;
    g_autoptr(CommitWords) words = bytes ? commit_words_new(bytes, filter->mailmap) : NULL;
    return !words || persons_took_part(filter->persons, words);
}

/* -- items -- */

static gboolean is_same(const char *a, const char *b)
{
    g_autofree char *left = g_utf8_casefold(a, -1), *right = g_utf8_casefold(b, -1);
    return strcmp(left, right) == 0;
}

/* Whether the scalar, or an entry of the list, is one of the words. */
static gboolean is_one_of(const struct node *node, const char *const *words)
{
    const struct node *first = node && node->kind == NODE_SEQUENCE ? node->first : node;

    for (const struct node *each = first; each; each = each == node ? NULL : each->next)
        for (gsize i = 0; each->kind == NODE_SCALAR && words[i]; i++)
            if (is_same(each->text, words[i]))
                return TRUE;
    return FALSE;
}

gboolean filter_takes_item(const struct filter *filter, const struct document *document)
{
    const struct history_wanted *wanted = filter->wanted;
    const struct node *root = document ? document->front->root : NULL;

    return (!has_any(wanted->labels) || is_one_of(node_find(root, "labels"), wanted->labels)) &&
           (!has_any(wanted->types) || is_one_of(node_find(root, "type"), wanted->types));
}

gboolean filter_wants_body(const struct filter *filter)
{
    return filter->wants_body;
}

gboolean filter_wants_parts(const struct filter *filter)
{
    return has_any(filter->wanted->fields);
}

/* -- changes -- */

static gboolean has_kind(const struct history_wanted *wanted, const char *kind)
{
    return !has_any(wanted->kinds) || g_strv_contains(wanted->kinds, kind);
}

/* What an item came or went with counts as added or removed, too. */
static gboolean is_of_kind(const struct history_wanted *wanted, const struct change *change,
                           const struct change *first)
{
    if (!has_any(wanted->kinds))
        return TRUE;
    for (gsize i = 0; wanted->kinds[i]; i++)
        if (kind_matches(wanted->kinds[i], change) || kind_matches(wanted->kinds[i], first))
            return TRUE;
    return FALSE;
}

static gboolean is_of_field(const struct filter *filter, const struct change *change)
{
    const char *const *fields = filter->wanted->fields;

    if (!has_any(fields))
        return TRUE;
    for (gsize i = 0; fields[i]; i++)
        if (part_matches(filter->policy, fields[i], change))
            return TRUE;
    return FALSE;
}

void filter_narrow(const struct filter *filter, struct history_item *item)
{
    const struct history_wanted *wanted = filter->wanted;
    const struct change *first = item->changes->len ? item->changes->pdata[0] : NULL;
    gboolean whole = first && (first->kind == CHANGE_ITEM_ADDED || first->kind == CHANGE_ITEM_REMOVED);

    for (guint i = item->changes->len; i > 0; i--) {
        const struct change *change = item->changes->pdata[i - 1];
        if (!is_of_kind(wanted, change, whole ? first : change) || !is_of_field(filter, change))
            g_ptr_array_remove_index(item->changes, i - 1);
    }
    if (has_any(wanted->fields) || !has_kind(wanted, KIND_RENAMED))
        g_clear_pointer(&item->old_path, g_free);
    if (has_any(wanted->fields) || !has_kind(wanted, KIND_UNREADABLE))
        g_clear_pointer(&item->unreadable, g_free);
}
