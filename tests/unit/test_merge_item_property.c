/*
 * The laws of merging items, over random items and random edits of both sides.
 */
#include "change.h"
#include "item_maker.h"
#include "merge_item.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DOCUMENTS 20000
#define SEED 20261123

static const struct merge_labels labels = { .ours = "ours", .theirs = "theirs", .base = "base" };

/* Three versions, and what is wrong with their merge. */
struct scene {
    const struct policy *policy;
    GBytes *base;
    GBytes *ours;
    GBytes *theirs;
};

static GBytes *bytes_of(char *text)
{
    return g_bytes_new_take(text, strlen(text));
}

static struct item_merge *merge(const struct scene *scene, GBytes *base, GBytes *ours, GBytes *theirs)
{
    g_autoptr(GError) error = NULL;
    struct item_merge *made = item_merge_new(scene->policy, base, ours, theirs, &labels, &error);

    if (!made)
        fail_msg("%s", error->message);
    return made;
}

static void print(const char *name, GBytes *bytes)
{
    fprintf(stderr, "----- %s\n%.*s\n", name, (int)g_bytes_get_size(bytes),
            (const char *)g_bytes_get_data(bytes, NULL));
}

static void fail_scene(const struct scene *scene, GBytes *merged, guint number, const char *law)
{
    print("base", scene->base);
    print("ours", scene->ours);
    print("theirs", scene->theirs);
    if (merged)
        print("merged", merged);
    fail_msg("document %u: %s", number, law);
}

/* -- what is lost -- */

static gboolean is_disputed(const GPtrArray *others, const struct change *change)
{
    gsize length = change->name ? strcspn(change->name, ".") : 0;

    for (guint i = 0; i < others->len; i++) {
        const struct change *other = others->pdata[i];
        if (!other->name && change->kind >= CHANGE_SECTION_ADDED)
            return TRUE;
        if (change->name && other->name && strncmp(change->name, other->name, length) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean holds_change(const GPtrArray *changes, const struct change *change)
{
    for (guint i = 0; i < changes->len; i++) {
        const struct change *other = changes->pdata[i];
        if (other->kind == change->kind && g_strcmp0(other->name, change->name) == 0 &&
            (change->kind == CHANGE_SECTION_ADDED || g_strcmp0(other->after, change->after) == 0))
            return TRUE;
    }
    return FALSE;
}

static int count_text(const struct markdown *body, const char *text, int ticked)
{
    int count = 0;
    for (guint i = 0; i < body->items->len; i++) {
        const struct markdown_item *one = &g_array_index(body->items, struct markdown_item, i);
        count +=
            strcmp(one->plain, text) == 0 && (ticked < 0 || (one->task == MARKDOWN_TASK_TICKED) == ticked);
    }
    return count;
}

/* How deep the first entry of that text is nested; -1 where there is none. */
static int depth_of(const struct markdown *body, const char *text)
{
    for (guint i = 0; i < body->items->len; i++) {
        const struct markdown_item *one = &g_array_index(body->items, struct markdown_item, i);
        if (strcmp(one->plain, text) == 0)
            return (int)one->depth;
    }
    return -1;
}

/* Entries that one side brought are there; those that it took out and the other left are not; its ticks are.
 */
static const char *lost_entry(const struct markdown *base, const struct markdown *side,
                              const struct markdown *other, const struct markdown *merged)
{
    for (guint i = 0; i < side->items->len; i++) {
        const struct markdown_item *one = &g_array_index(side->items, struct markdown_item, i);
        int was = count_text(base, one->plain, -1), there = count_text(other, one->plain, -1);
        if (was == 0 && count_text(merged, one->plain, -1) == 0)
            return one->plain;
        if (was == 1 && there == 1 && count_text(side, one->plain, -1) == 1 &&
            count_text(base, one->plain, TRUE) < count_text(side, one->plain, TRUE) &&
            count_text(merged, one->plain, TRUE) == 0)
            return one->plain;
    }
    for (guint i = 0; i < base->items->len; i++) {
        const struct markdown_item *one = &g_array_index(base->items, struct markdown_item, i);
        if (count_text(side, one->plain, -1) == 0 && count_text(base, one->plain, -1) == 1 &&
            depth_of(other, one->plain) == (int)one->depth && count_text(other, one->plain, -1) == 1 &&
            count_text(merged, one->plain, -1) > 0)
            return one->plain;
    }
    return NULL;
}

/* The first change of one side that is not in the result; newly allocated, NULL: all are. */
static char *find_lost(const struct scene *scene, GBytes *side, GBytes *other, GBytes *merged)
{
    g_autoptr(Document) before = document_new(scene->base, NULL), one = document_new(side, NULL);
    g_autoptr(Document) two = document_new(other, NULL), all = document_new(merged, NULL);
    g_autoptr(GPtrArray) mine = change_list(scene->policy, before, one);
    g_autoptr(GPtrArray) others = change_list(scene->policy, before, two);
    g_autoptr(GPtrArray) seen = change_list(scene->policy, before, all);

    for (guint i = 0; i < mine->len; i++) {
        const struct change *change = mine->pdata[i];
        gboolean entry = change->kind == CHANGE_ENTRY_ADDED || change->kind == CHANGE_ENTRY_REMOVED;
        gboolean named = change->kind == CHANGE_FIELD || change->kind == CHANGE_SECTION_ADDED ||
                         change->kind == CHANGE_SECTION_CHANGED || change->kind == CHANGE_SECTION_REMOVED;
        if ((entry || named) && !is_disputed(others, change) && !holds_change(seen, change))
            return change_print(change);
    }
    const char *lost = lost_entry(document_body(before, NULL), document_body(one, NULL),
                                  document_body(two, NULL), document_body(all, NULL));
    return lost ? g_strdup_printf("entry \"%s\"", lost) : NULL;
}

/* -- the laws -- */

static gboolean is_readable(GBytes *bytes)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Document) document = document_new(bytes, findings);
    document_body(document, findings);
    return findings->len == 0 && document->front->root;
}

static int by_line(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The words, sorted: two additions stand in either order, between brackets on one line. */
static char **sorted_words(GBytes *bytes)
{
    g_autofree char *text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    g_auto(GStrv) words = g_strsplit_set(text, "\r\n ,[]{}", -1);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();

    for (gsize i = 0; words[i]; i++)
        if (*words[i])
            g_strv_builder_add(builder, words[i]);
    char **sorted = g_strv_builder_end(builder);
    qsort(sorted, g_strv_length(sorted), sizeof *sorted, by_line);
    return sorted;
}

static gboolean same_words(GBytes *a, GBytes *b)
{
    g_auto(GStrv) one = sorted_words(a), other = sorted_words(b);
    return g_strv_equal((const char *const *)one, (const char *const *)other);
}

static const char *check_alone(const struct scene *scene)
{
    g_autoptr(ItemMerge) both = merge(scene, scene->base, scene->ours, scene->ours);
    g_autoptr(ItemMerge) one = merge(scene, scene->base, scene->ours, scene->base);
    g_autoptr(ItemMerge) other = merge(scene, scene->base, scene->base, scene->theirs);

    if (both->conflicts->len || !g_bytes_equal(both->bytes, scene->ours))
        return "merge(o, a, a) is not a";
    if (one->conflicts->len || !g_bytes_equal(one->bytes, scene->ours))
        return "merge(o, a, o) is not a";
    return other->conflicts->len || !g_bytes_equal(other->bytes, scene->theirs) ? "merge(o, o, b) is not b"
                                                                                : NULL;
}

/* Whether merging a side again changes nothing. Entries that are alike can be taken for each other then, in
 * one case of thousands. */
static gboolean is_settled(const struct scene *scene, const struct item_merge *made)
{
    g_autoptr(ItemMerge) again = merge(scene, scene->base, made->bytes, scene->theirs);
    g_autoptr(ItemMerge) other = merge(scene, scene->base, scene->ours, made->bytes);

    return again->conflicts->len == 0 && same_words(again->bytes, made->bytes) &&
           other->conflicts->len == 0 && same_words(other->bytes, made->bytes);
}

static const char *check_merged(const struct scene *scene, const struct item_merge *made, char **lost,
                                guint *tally)
{
    if (!is_readable(made->bytes))
        return "it cannot be read";
    if ((*lost = find_lost(scene, scene->ours, scene->theirs, made->bytes)) ||
        (*lost = find_lost(scene, scene->theirs, scene->ours, made->bytes)))
        return *lost;
    tally[4] += !is_settled(scene, made);
    return NULL;
}

static void check_scene(const struct scene *scene, guint number, guint *tally)
{
    g_autoptr(ItemMerge) made = merge(scene, scene->base, scene->ours, scene->theirs);
    g_autoptr(ItemMerge) turned = merge(scene, scene->base, scene->theirs, scene->ours);
    g_autofree char *lost = NULL;
    const char *broken = check_alone(scene);
    gboolean items = is_readable(scene->base) && is_readable(scene->ours) && is_readable(scene->theirs);

    tally[!items ? 3 : made->conflicts->len ? 1 : 0]++;
    tally[2] += items && made->by_lines;
    if (!broken && items && made->conflicts->len == 0)
        broken = check_merged(scene, made, &lost, tally);
    items &= !made->by_lines && !turned->by_lines;
    if (!broken && items && made->conflicts->len != turned->conflicts->len)
        broken = "the other way round there are other conflicts";
    if (!broken && items && made->conflicts->len == 0 && !same_words(made->bytes, turned->bytes)) {
        print("turned", turned->bytes);
        broken = "the other way round is not the same";
    }
    if (broken)
        fail_scene(scene, made->bytes, number, broken);
}

static void the_laws_hold_for_random_items(void **state)
{
    const char *seed = g_getenv("SEED"), *documents = g_getenv("DOCUMENTS");
    guint tally[5] = { 0 }, n = documents ? (guint)atoi(documents) : DOCUMENTS;
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", NULL);

    for (guint i = 0; i < n; i++) {
        GRand *random = g_rand_new_with_seed((seed ? (guint)atoi(seed) : SEED) + i);
        g_autoptr(GBytes) base = bytes_of(item_maker_make(random));
        const char *text = g_bytes_get_data(base, NULL);
        g_autofree char *copy = g_strndup(text, g_bytes_get_size(base));
        g_autoptr(GBytes) ours = bytes_of(item_maker_edit(random, copy, 3, "Ada"));
        g_autoptr(GBytes) theirs = bytes_of(item_maker_edit(random, copy, 3, "Kim"));
        const struct scene scene = { policy, base, ours, theirs };
        check_scene(&scene, i, tally);
        g_rand_free(random);
    }
    print_message(
        "# %u merged, %u in conflict, of these %u by lines; %u were no items, %u changed when merged again\n",
        tally[0], tally[1], tally[2], tally[3], tally[4]);
    assert_true(tally[4] * 1000 <= tally[0]);
    assert_true(tally[2] * 20 <= tally[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_laws_hold_for_random_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
