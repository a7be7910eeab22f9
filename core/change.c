#include "change.h"

#include "criteria.h"

#include <string.h>

/* Two texts that share this part of their words are one criterion reworded. */
#define LIKENESS 0.4

struct pass {
    const struct policy *policy;
    struct document *before;
    struct document *after;
    GPtrArray *changes;
};

static void change_free(gpointer data)
{
    struct change *change = data;
    g_free(change->name);
    g_free(change->before);
    g_free(change->after);
    g_free(change);
}

static struct change *add(struct pass *pass, enum change_kind kind, const char *name, const char *before,
                          const char *after)
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

static char *text_of(const struct node *node)
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
        char *text = text_of(entry);
        g_ptr_array_add(entries, text ? text : g_strdup(""));
    }
    return entries;
}

/* Entries of either list that the other lacks, counted as often as they stand there. */
static void compare_lists(struct pass *pass, const char *name, const struct node *before, const struct node *after)
{
    g_autoptr(GPtrArray) old = entries_of(before), new = entries_of(after);
    guint index, changes = pass->changes->len;

    for (guint i = 0; i < new->len; i++) {
        if (g_ptr_array_find_with_equal_func(old, new->pdata[i], g_str_equal, &index))
            g_ptr_array_remove_index(old, index);
        else
            add(pass, CHANGE_ENTRY_ADDED, name, NULL, new->pdata[i]);
    }
    for (guint i = 0; i < old->len; i++)
        add(pass, CHANGE_ENTRY_REMOVED, name, old->pdata[i], NULL);
    if (changes == pass->changes->len && !node_equal(before, after) && before && after && after->count > 1) {
        g_autofree char *order = text_of(after);
        add(pass, CHANGE_FIELD, name, NULL, order);
    }
}

static void compare_maps(struct pass *pass, const char *name, const struct node *before, const struct node *after)
{
    for (int side = 0; side < 2; side++)
        for (const struct node *one = side ? (before ? before->first : NULL) : (after ? after->first : NULL); one;
             one = one->next) {
            const struct node *other = node_find(side ? after : before, one->key->text);
            if (node_equal(one, other) || (side && other))
                continue;
            g_autofree char *full = g_strconcat(name, ".", one->key->text, NULL);
            g_autofree char *now = text_of(one), *then = text_of(other);
            add(pass, CHANGE_FIELD, full, side ? now : then, side ? then : now);
        }
}

static void compare_field(struct pass *pass, const char *name, const struct node *before, const struct node *after)
{
    const struct node *shape = !node_is_null(after) ? after : before;
    const struct node *old = node_is_null(before) ? NULL : before, *new = node_is_null(after) ? NULL : after;

    if (node_equal(old, new))
        return;
    if (shape->kind == NODE_SEQUENCE && (!old || old->kind == NODE_SEQUENCE)) {
        compare_lists(pass, name, old, new);
    } else if (shape->kind == NODE_MAP && (!old || old->kind == NODE_MAP)) {
        compare_maps(pass, name, old, new);
    } else {
        g_autofree char *then = text_of(old), *now = text_of(new);
        add(pass, CHANGE_FIELD, name, then, now);
    }
}

static void compare_fields(struct pass *pass)
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

static GHashTable *words_of(const char *text)
{
    GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *folded = g_utf8_casefold(text, -1);
    g_auto(GStrv) parts = g_strsplit_set(folded, " \t.,;:()\"'", -1);
    for (gsize i = 0; parts[i]; i++)
        if (*parts[i])
            g_hash_table_add(words, g_strdup(parts[i]));
    return words;
}

/* The part of the words of both texts that they share (Jaccard, 1901). */
static double likeness(const char *a, const char *b)
{
    g_autoptr(GHashTable) left = words_of(a), right = words_of(b);
    GHashTableIter iter;
    gpointer word;
    guint shared = 0;

    g_hash_table_iter_init(&iter, left);
    while (g_hash_table_iter_next(&iter, &word, NULL))
        shared += g_hash_table_contains(right, word);
    guint all = g_hash_table_size(left) + g_hash_table_size(right) - shared;
    return all ? (double)shared / all : 0;
}

/* Pairs what is left and stands alone between the same neighbours in both: it took the other's place. */
static void match_places(const GPtrArray *old, const GPtrArray *new, int *partner, gboolean *taken)
{
    for (guint j = 0; j < new->len; j++) {
        guint i = j > 0 ? (guint)(partner[j - 1] + 1) : 0;
        if (partner[j] >= 0 || (j > 0 && partner[j - 1] < 0) || i >= old->len || taken[i])
            continue;
        gboolean ends = j + 1 == new->len ? i + 1 == old->len : partner[j + 1] == (int)i + 1;
        const struct criterion *left = old->pdata[i], *right = new->pdata[j];
        if (ends && left->scenario == right->scenario) {
            partner[j] = (int)i;
            taken[i] = TRUE;
        }
    }
}

/* Fills partner (of the later criteria: the index of the earlier one, or -1) by equal text, then by likeness, the likest
 * first, then by place. */
static void match_criteria(const GPtrArray *old, const GPtrArray *new, int *partner, gboolean *taken)
{
    for (guint j = 0; j < new->len; j++) {
        partner[j] = -1;
        for (guint i = 0; i < old->len && partner[j] < 0; i++)
            if (!taken[i] && strcmp(((struct criterion *)old->pdata[i])->text,
                                    ((struct criterion *)new->pdata[j])->text) == 0) {
                partner[j] = (int)i;
                taken[i] = TRUE;
            }
    }
    for (;;) {
        double best = LIKENESS;
        int from = -1, to = -1;
        for (guint j = 0; j < new->len; j++)
            for (guint i = 0; partner[j] < 0 && i < old->len; i++) {
                double here = taken[i] ? 0 : likeness(((struct criterion *)old->pdata[i])->text,
                                                      ((struct criterion *)new->pdata[j])->text);
                if (here >= best) {
                    best = here + 1e-9;
                    from = (int)i;
                    to = (int)j;
                }
            }
        if (to < 0)
            break;
        partner[to] = from;
        taken[from] = TRUE;
    }
    match_places(old, new, partner, taken);
}

static void add_criterion(struct pass *pass, enum change_kind kind, const struct criterion *old,
                          const struct criterion *new, guint number)
{
    struct change *change = add(pass, kind, NULL, old ? old->text : NULL, new ? new->text : NULL);
    change->number = number;
}

static void compare_criterion(struct pass *pass, const struct criterion *old, const struct criterion *new,
                              guint number)
{
    if (strcmp(old->text, new->text) != 0)
        add_criterion(pass, CHANGE_CRITERION_REWORDED, old, new, number);
    if (!old->ticked && new->ticked)
        add_criterion(pass, CHANGE_CRITERION_TICKED, old, new, number);
    if ((old->ticked && !new->ticked) || (!old->has_box && new->has_box && !new->ticked))
        add_criterion(pass, CHANGE_CRITERION_UNTICKED, old, new, number);
}

/* Criteria whose partners do not stand in rising order have moved: all but those of a longest rising run, the last of several,
 * so that of two that changed places the one that went up has moved. */
static void find_moved(const int *partner, guint n, gboolean *moved)
{
    g_autofree int *length = g_new0(int, n + 1), *previous = g_new0(int, n + 1);
    int last = -1;

    for (guint j = 0; j < n; j++) {
        moved[j] = partner[j] >= 0;
        length[j] = partner[j] >= 0;
        previous[j] = -1;
        for (guint k = 0; k < j && partner[j] >= 0; k++)
            if (partner[k] >= 0 && partner[k] < partner[j] && length[k] + 1 > length[j]) {
                length[j] = length[k] + 1;
                previous[j] = (int)k;
            }
        if (partner[j] >= 0 && (last < 0 || length[j] >= length[last]))
            last = (int)j;
    }
    for (; last >= 0; last = previous[last])
        moved[last] = FALSE;
}

static void compare_criteria(struct pass *pass)
{
    g_autoptr(GPtrArray) old = criteria_read(pass->before, pass->policy), new = criteria_read(pass->after, pass->policy);
    g_autofree int *partner = g_new0(int, new->len + 1);
    g_autofree gboolean *taken = g_new0(gboolean, old->len + 1), *moved = g_new0(gboolean, new->len + 1);

    match_criteria(old, new, partner, taken);
    find_moved(partner, new->len, moved);
    for (guint j = 0; j < new->len; j++) {
        if (partner[j] < 0)
            add_criterion(pass, CHANGE_CRITERION_ADDED, NULL, new->pdata[j], j + 1);
        else
            compare_criterion(pass, old->pdata[partner[j]], new->pdata[j], j + 1);
        if (!moved[j])
            continue;
        add_criterion(pass, CHANGE_CRITERION_MOVED, old->pdata[partner[j]], new->pdata[j], j + 1);
        struct change *change = pass->changes->pdata[pass->changes->len - 1];
        change->from = (guint)partner[j] + 1;
    }
    for (guint i = 0; i < old->len; i++)
        if (!taken[i])
            add_criterion(pass, CHANGE_CRITERION_REMOVED, old->pdata[i], NULL, i + 1);
}

/* -- sections -- */

/* A section's own text: up to the next heading of any level; its criteria, which have changes of their own, left out. */
static char *own_text(struct document *document, const struct policy *policy, guint index)
{
    const struct markdown *body = document_body(document, NULL);
    const struct markdown_section *section = &g_array_index(body->sections, struct markdown_section, index);
    struct span span = section->content;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GPtrArray) criteria = criteria_read(document, policy);

    if (index + 1 < body->sections->len)
        span.end = MIN(span.end, g_array_index(body->sections, struct markdown_section, index + 1).span.start);
    gsize at = span.start;
    for (guint i = 0; i < criteria->len; i++) {
        const struct criterion *criterion = criteria->pdata[i];
        if (criterion->span.start < at || criterion->span.end > span.end)
            continue;
        g_string_append_len(text, document->text + at, (gssize)(criterion->span.start - at));
        at = criterion->span.end;
    }
    g_string_append_len(text, document->text + at, (gssize)(span.end - at));
    g_auto(GStrv) words = g_strsplit_set(text->str, " \t\r\n", -1);
    g_string_truncate(text, 0);
    for (gsize i = 0; words[i]; i++)
        if (*words[i])
            g_string_append_printf(text, "%s ", words[i]);
    return g_strdup(text->str);
}

/* Which section of that title this is, from 0. */
static guint occurrence(const struct markdown *body, guint index)
{
    guint before = 0;
    const char *title = g_array_index(body->sections, struct markdown_section, index).title;
    for (guint i = 0; i < index; i++)
        before += strcmp(g_array_index(body->sections, struct markdown_section, i).title, title) == 0;
    return before;
}

/* The index of the same section in another body, or -1. */
static int find_same(const struct markdown *body, const char *title, guint number)
{
    for (guint i = 0; i < body->sections->len; i++)
        if (strcmp(g_array_index(body->sections, struct markdown_section, i).title, title) == 0 && number-- == 0)
            return (int)i;
    return -1;
}

static gboolean is_criteria(const struct policy *policy, const struct markdown_section *section)
{
    return markdown_is_named(section, policy_section(policy, SECTION_CRITERIA));
}

static void compare_sections(struct pass *pass)
{
    const struct markdown *old = document_body(pass->before, NULL), *new = document_body(pass->after, NULL);

    for (guint i = 0; i < new->sections->len; i++) {
        const char *title = g_array_index(new->sections, struct markdown_section, i).title;
        int same = find_same(old, title, occurrence(new, i));
        g_autofree char *now = own_text(pass->after, pass->policy, i);
        g_autofree char *then = same < 0 ? NULL : own_text(pass->before, pass->policy, (guint)same);
        /* A criteria section that was made for its criteria is no news beside them. */
        if (same < 0 && !*now && is_criteria(pass->policy, &g_array_index(new->sections, struct markdown_section, i)))
            continue;
        if (same < 0)
            add(pass, CHANGE_SECTION_ADDED, title, NULL, now);
        else if (strcmp(then, now) != 0)
            add(pass, CHANGE_SECTION_CHANGED, title, then, now);
    }
    for (guint i = 0; i < old->sections->len; i++) {
        const char *title = g_array_index(old->sections, struct markdown_section, i).title;
        if (find_same(new, title, occurrence(old, i)) < 0)
            add(pass, CHANGE_SECTION_REMOVED, title, NULL, NULL);
    }
}

static struct span leading_text(struct document *document)
{
    const struct markdown *body = document_body(document, NULL);
    return (struct span){ document->front->body,
                          body->sections->len ? g_array_index(body->sections, struct markdown_section, 0).span.start
                                              : document->length };
}

static void compare_leading(struct pass *pass)
{
    struct span old = leading_text(pass->before), new = leading_text(pass->after);
    g_autofree char *then = g_strndup(pass->before->text + old.start, span_length(old));
    g_autofree char *now = g_strndup(pass->after->text + new.start, span_length(new));
    if (strcmp(g_strstrip(then), g_strstrip(now)) != 0)
        add(pass, CHANGE_TEXT, NULL, NULL, NULL);
}

GPtrArray *change_list(const struct policy *policy, struct document *before, struct document *after)
{
    struct pass pass = { policy, before, after, g_ptr_array_new_with_free_func(change_free) };

    if (!before || !after) {
        struct document *only = before ? before : after;
        const struct node *title = only ? node_find(only->front->root, "title") : NULL;
        g_autofree char *text = title ? text_of(title) : NULL;
        if (only)
            add(&pass, before ? CHANGE_ITEM_REMOVED : CHANGE_ITEM_ADDED, NULL, before ? text : NULL,
                after ? text : NULL);
        return pass.changes;
    }
    compare_fields(&pass);
    compare_criteria(&pass);
    compare_sections(&pass);
    compare_leading(&pass);
    return pass.changes;
}

/* -- printing -- */

static char *print_field(const struct change *change)
{
    if (strcmp(change->name, "rank") == 0)
        return g_strdup(!change->after ? "rank removed" : change->before ? "moved" : "ranked");
    if (!change->before)
        return g_strdup_printf("%s %s", change->name, change->after ? change->after : "");
    if (!change->after)
        return g_strdup_printf("%s removed (was %s)", change->name, change->before);
    return g_strdup_printf("%s %s -> %s", change->name, change->before, change->after);
}

char *change_print(const struct change *change)
{
    switch (change->kind) {
    case CHANGE_ITEM_ADDED:
        return g_strdup_printf("added: %s", change->after ? change->after : "");
    case CHANGE_ITEM_REMOVED:
        return g_strdup_printf("removed: %s", change->before ? change->before : "");
    case CHANGE_FIELD:
        return print_field(change);
    case CHANGE_ENTRY_ADDED:
        return g_strdup_printf("%s +%s", change->name, change->after);
    case CHANGE_ENTRY_REMOVED:
        return g_strdup_printf("%s -%s", change->name, change->before);
    case CHANGE_CRITERION_ADDED:
        return g_strdup_printf("criterion %u added", change->number);
    case CHANGE_CRITERION_REMOVED:
        return g_strdup_printf("criterion %u removed", change->number);
    case CHANGE_CRITERION_REWORDED:
        return g_strdup_printf("criterion %u reworded", change->number);
    case CHANGE_CRITERION_TICKED:
        return g_strdup_printf("criterion %u ticked", change->number);
    case CHANGE_CRITERION_UNTICKED:
        return g_strdup_printf("criterion %u unticked", change->number);
    case CHANGE_CRITERION_MOVED:
        return g_strdup_printf("criterion %u moved to %u", change->from, change->number);
    case CHANGE_SECTION_ADDED:
        return g_strdup_printf("section %s added", change->name);
    case CHANGE_SECTION_REMOVED:
        return g_strdup_printf("section %s removed", change->name);
    case CHANGE_SECTION_CHANGED:
        return g_strdup_printf("section %s changed", change->name);
    case CHANGE_TEXT:
        return g_strdup("text changed");
    }
    g_assert_not_reached();
}

char *change_summary(const GPtrArray *changes)
{
    GString *out = g_string_new(changes->len ? NULL : "no change");
    for (guint i = 0; i < changes->len; i++) {
        g_autofree char *one = change_print(changes->pdata[i]);
        g_string_append_printf(out, "%s%s", i ? ", " : "", one);
    }
    return g_string_free(out, FALSE);
}
