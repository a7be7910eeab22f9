#include "change_private.h"

#include "section.h"

#include <string.h>

static void change_free(gpointer data)
{
    struct change *change = data;
    g_free(change->name);
    g_free(change->before);
    g_free(change->after);
    g_free(change);
}

struct change *change_add(struct change_pass *pass, enum change_kind kind, const char *name,
                          const char *before, const char *after)
{
    struct change *change = g_new0(struct change, 1);
    change->kind = kind;
    change->name = g_strdup(name);
    change->before = g_strdup(before);
    change->after = g_strdup(after);
    g_ptr_array_add(pass->changes, change);
    return change;
}

/* -- front matter -- */

/* A node on one line: a scalar's text, entries with commas, pairs with colons. */
static void flatten(GString *out, const struct node *node)
{
    g_assert(node);
    if (node->kind == NODE_SCALAR) {
        g_string_append_len(out, node->text, (gssize)node->length);
        return;
    }
    for (const struct node *child = node->first; child; child = child->next) {
        if (child != node->first)
            g_string_append(out, ", ");
        if (child->key)
            g_string_append_printf(out, "%s: ", child->key->text);
        flatten(out, child);
    }
}

char *change_value(const struct node *node)
{
    if (node_is_null(node))
        return NULL;
    GString *out = g_string_new(NULL);
    flatten(out, node);
    return g_string_free(out, FALSE);
}

static GPtrArray *entries_of(const struct node *list)
{
    GPtrArray *entries = g_ptr_array_new_with_free_func(g_free);
    for (const struct node *entry = list ? list->first : NULL; entry; entry = entry->next) {
        char *text = change_value(entry);
        g_ptr_array_add(entries, text ? text : g_strdup(""));
    }
    return entries;
}

/* Adds by to how often text is counted; returns how often it was. */
static int count(GHashTable *counts, const char *text, int by)
{
    int before = GPOINTER_TO_INT(g_hash_table_lookup(counts, text));
    g_hash_table_insert(counts, (gpointer)text, GINT_TO_POINTER(before + by));
    return before;
}

/* Entries of either list that the other lacks, counted as often as they stand there. */
static void compare_lists(struct change_pass *pass, const char *name, const struct node *before,
                          const struct node *after)
{
    g_autoptr(GPtrArray) old = entries_of(before), new = entries_of(after);
    g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
    guint changes = pass->changes->len;

    for (guint i = 0; i < old->len; i++)
        count(counts, old->pdata[i], 1);
    for (guint i = 0; i < new->len; i++)
        if (count(counts, new->pdata[i], -1) <= 0)
            change_add(pass, CHANGE_ENTRY_ADDED, name, NULL, new->pdata[i]);
    for (guint i = 0; i < old->len; i++)
        if (GPOINTER_TO_INT(g_hash_table_lookup(counts, old->pdata[i])) > 0) {
            count(counts, old->pdata[i], -1);
            change_add(pass, CHANGE_ENTRY_REMOVED, name, old->pdata[i], NULL);
        }
    if (changes == pass->changes->len && !node_equal(before, after) && before && after && after->count > 1) {
        g_autofree char *order = change_value(after);
        change_add(pass, CHANGE_FIELD, name, NULL, order);
    }
}

static void compare_maps(struct change_pass *pass, const char *name, const struct node *before,
                         const struct node *after)
{
    for (int side = 0; side < 2; side++)
        for (const struct node *one = side ? (before ? before->first : NULL) : (after ? after->first : NULL);
             one; one = one->next) {
            const struct node *other = node_find(side ? after : before, one->key->text);
            if (node_equal(one, other) || (side && other))
                continue;
            g_autofree char *full = g_strconcat(name, ".", one->key->text, NULL);
            g_autofree char *now = change_value(one), *then = change_value(other);
            change_add(pass, CHANGE_FIELD, full, side ? now : then, side ? then : now);
        }
}

static void compare_field(struct change_pass *pass, const char *name, const struct node *before,
                          const struct node *after)
{
    const struct node *shape = !node_is_null(after) ? after : before;
    const struct node *old = node_is_null(before) ? NULL : before, *new = node_is_null(after) ? NULL : after;

    if (node_equal(old, new))
        return;
    g_assert(shape); /* two that are not there are equal */
    if (strcmp(name, "assumptions") == 0 && change_compare_assumptions(pass, name, old, new))
        return;
    if (shape->kind == NODE_SEQUENCE && (!old || old->kind == NODE_SEQUENCE)) {
        compare_lists(pass, name, old, new);
    } else if (shape->kind == NODE_MAP && (!old || old->kind == NODE_MAP)) {
        compare_maps(pass, name, old, new);
    } else {
        g_autofree char *then = change_value(old), *now = change_value(new);
        change_add(pass, CHANGE_FIELD, name, then, now);
    }
}

static void compare_fields(struct change_pass *pass)
{
    const struct node *before = pass->before->front->root, *after = pass->after->front->root;

    for (gsize i = 0; i < N_FIELDS; i++) {
        const char *name = field_table()[i].name;
        const struct node *old = node_find(before, name), *new = node_find(after, name);
        if (old || new)
            compare_field(pass, name, old, new);
    }
    for (const struct node *new = after ? after->first : NULL; new; new = new->next)
        if (!field_find(new->key->text))
            compare_field(pass, new->key->text, node_find(before, new->key->text), new);
    for (const struct node *old = before ? before->first : NULL; old; old = old->next)
        if (!field_find(old->key->text) && !node_find(after, old->key->text))
            compare_field(pass, old->key->text, old, NULL);
}

/* -- criteria -- */

static void add_criterion(struct change_pass *pass, enum change_kind kind, const struct criterion *old,
                          const struct criterion *new, guint number)
{
    struct change *change = change_add(pass, kind, NULL, old ? old->text : NULL, new ? new->text : NULL);
    change->number = number;
}

static void compare_criterion(struct change_pass *pass, const struct criterion *old,
                              const struct criterion *new, guint number)
{
    if (strcmp(old->text, new->text) != 0 || strcmp(old->details, new->details) != 0)
        add_criterion(pass, CHANGE_CRITERION_REWORDED, old, new, number);
    if (!old->ticked && new->ticked)
        add_criterion(pass, CHANGE_CRITERION_TICKED, old, new, number);
    if ((old->ticked && !new->ticked) || (!old->has_box && new->has_box && !new->ticked))
        add_criterion(pass, CHANGE_CRITERION_UNTICKED, old, new, number);
}

static void compare_criteria(struct change_pass *pass)
{
    const GPtrArray *old = pass->old.criteria, *new = pass->new.criteria;
    g_autofree int *partner = g_new0(int, new->len + 1);
    g_autofree gboolean *kept = g_new0(gboolean, old->len + 1), *moved = g_new0(gboolean, new->len + 1);

    criteria_match(old, new, partner, moved);
    for (guint j = 0; j < new->len; j++) {
        if (partner[j] < 0) {
            add_criterion(pass, CHANGE_CRITERION_ADDED, NULL, new->pdata[j], j + 1);
            continue;
        }
        kept[partner[j]] = TRUE;
        compare_criterion(pass, old->pdata[partner[j]], new->pdata[j], j + 1);
        if (!moved[j])
            continue;
        add_criterion(pass, CHANGE_CRITERION_MOVED, old->pdata[partner[j]], new->pdata[j], j + 1);
        struct change *change = pass->changes->pdata[pass->changes->len - 1];
        change->from = (guint)partner[j] + 1;
    }
    for (guint i = 0; i < old->len; i++)
        if (!kept[i])
            add_criterion(pass, CHANGE_CRITERION_REMOVED, old->pdata[i], NULL, i + 1);
}

/* -- sections -- */

/* The index of each section + 1 by its name. */
static GHashTable *sections_by_name(const GPtrArray *names)
{
    GHashTable *by_name = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < names->len; i++)
        g_hash_table_insert(by_name, names->pdata[i], GUINT_TO_POINTER(i + 1));
    return by_name;
}

static gint by_place(gconstpointer a, gconstpointer b)
{
    const struct criterion *left = *(struct criterion *const *)a, *right = *(struct criterion *const *)b;
    return left->span.start < right->span.start ? -1 : left->span.start > right->span.start;
}

/* The entries of a section that have changes of their own; NULL: it has none. */
static const GPtrArray *entries_of_section(const struct change_pass *pass,
                                           const struct markdown_section *section,
                                           const struct change_entries *entries)
{
    static const enum section_id ids[] = { SECTION_CRITERIA, SECTION_QUESTIONS, SECTION_DECISIONS };
    const GPtrArray *const lists[] = { entries->criteria, entries->questions, entries->decisions };

    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++)
        if (markdown_is_named(section, policy_section(pass->policy, ids[i])))
            return lists[i];
    return NULL;
}

/* A section that was made for its entries, or went with them, is no news beside them. */
static gboolean is_mere_heading(const struct change_pass *pass, const struct markdown_section *section,
                                const char *text, const struct change_entries *entries)
{
    const GPtrArray *own = entries_of_section(pass, section, entries);
    return !*text && own && own->len;
}

/* All entries with changes of their own, by their place. */
static GPtrArray *all_entries(const struct change_entries *entries)
{
    const GPtrArray *const lists[] = { entries->criteria, entries->questions, entries->decisions };
    GPtrArray *all = g_ptr_array_new();

    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        for (guint j = 0; j < lists[i]->len; j++)
            g_ptr_array_add(all, lists[i]->pdata[j]);
    g_ptr_array_sort(all, by_place);
    return all;
}

static void compare_sections(struct change_pass *pass)
{
    const GArray *old = pass->before->body->sections, *new = pass->after->body->sections;
    g_autoptr(GPtrArray) old_names = section_names(pass->before->body);
    g_autoptr(GPtrArray) new_names = section_names(pass->after->body);
    g_autoptr(GHashTable) before = sections_by_name(old_names), after = sections_by_name(new_names);
    g_autoptr(GPtrArray) gone = all_entries(&pass->old), come = all_entries(&pass->new);
    g_autoptr(GPtrArray) then = section_texts(pass->before, gone);
    g_autoptr(GPtrArray) now = section_texts(pass->after, come);

    for (guint i = 0; i < new->len; i++) {
        const struct markdown_section *section = &g_array_index(new, struct markdown_section, i);
        guint same = GPOINTER_TO_UINT(g_hash_table_lookup(before, new_names->pdata[i]));
        if (same && strcmp(then->pdata[same - 1], now->pdata[i]) != 0)
            change_add(pass, CHANGE_SECTION_CHANGED, section->title, then->pdata[same - 1], now->pdata[i]);
        else if (!same && !is_mere_heading(pass, section, now->pdata[i], &pass->new))
            change_add(pass, CHANGE_SECTION_ADDED, section->title, NULL, now->pdata[i]);
    }
    for (guint i = 0; i < old->len; i++) {
        const struct markdown_section *section = &g_array_index(old, struct markdown_section, i);
        if (!g_hash_table_contains(after, old_names->pdata[i]) &&
            !is_mere_heading(pass, section, then->pdata[i], &pass->old))
            change_add(pass, CHANGE_SECTION_REMOVED, section->title, then->pdata[i], NULL);
    }
}

static void compare_leading(struct change_pass *pass)
{
    g_autofree char *then = section_leading(pass->before), *now = section_leading(pass->after);
    if (strcmp(then, now) != 0)
        change_add(pass, CHANGE_TEXT, NULL, then, now);
}

/* Whether the bodies are the same bytes: most decisions are of the front matter alone. */
static gboolean has_same_body(const struct document *before, const struct document *after)
{
    gsize length = before->length - before->front->body;
    return length == after->length - after->front->body &&
           memcmp(before->text + before->front->body, after->text + after->front->body, length) == 0;
}

GPtrArray *change_list_front(const struct policy *policy, struct document *before, struct document *after)
{
    struct change_pass pass = { .policy = policy, .before = before, .after = after };

    pass.changes = g_ptr_array_new_with_free_func(change_free);
    compare_fields(&pass);
    return pass.changes;
}

GPtrArray *change_list(const struct policy *policy, struct document *before, struct document *after)
{
    struct change_pass pass = { .policy = policy, .before = before, .after = after };

    pass.changes = g_ptr_array_new_with_free_func(change_free);

    if (!before || !after) {
        struct document *only = before ? before : after;
        const struct node *title = only ? node_find(only->front->root, "title") : NULL;
        g_autofree char *text = title ? change_value(title) : NULL;
        if (only)
            change_add(&pass, before ? CHANGE_ITEM_REMOVED : CHANGE_ITEM_ADDED, NULL, before ? text : NULL,
                       after ? text : NULL);
        return pass.changes;
    }
    compare_fields(&pass);
    if (has_same_body(before, after))
        return pass.changes;
    change_read_entries(&pass);
    compare_criteria(&pass);
    change_compare_entries(&pass);
    compare_sections(&pass);
    compare_leading(&pass);
    change_clear_entries(&pass);
    return pass.changes;
}

void change_place(GPtrArray *changes, guint from, guint to)
{
    for (guint i = 0; i < changes->len; i++) {
        struct change *change = changes->pdata[i];
        if (change->kind != CHANGE_FIELD || strcmp(change->name, "rank") != 0)
            continue;
        change->from = from;
        change->number = to;
    }
}

void change_add_layout(GPtrArray *changes)
{
    struct change *change = g_new0(struct change, 1);
    change->kind = CHANGE_LAYOUT;
    g_ptr_array_add(changes, change);
}

void change_add_file(GPtrArray *changes, const char *words)
{
    struct change *change = g_new0(struct change, 1);
    change->kind = CHANGE_FILE;
    change->name = g_strdup(words);
    g_ptr_array_add(changes, change);
}
