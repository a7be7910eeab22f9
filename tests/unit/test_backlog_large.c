/* Many items: two threads read the same as one would, and nothing is left out. */
#include "fixture.h"

#include "random.h"
#include "rank.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define N 700

/* An id for a number, all different: base 26 over the letters and digits of ids, a letter first. */
static char *id_for(guint number)
{
    static const char digits[] = "bcdfghjkmnpqrstvwxz2345678";
    char id[6] = { 'k', 0 };
    for (int i = 4; i > 0; i--, number /= 26)
        id[i] = digits[number % 26];
    return g_strdup(id);
}

/* Every kind of file that there is: plain, long, without rank, tied, without id, broken, notes. */
static char *text_for(guint number, GPtrArray *ranks, const char *id)
{
    static const char *const statuses[] = { "new", "refining", "ready", "done", "dropped", "no such" };
    if (number % 50 == 7)
        return g_strdup("---\ntitle: [broken\n---\n");
    if (number % 50 == 8)
        return g_strdup("# Notes\n");
    GString *text = g_string_new("---\n");
    g_string_append_printf(text, "title: Item number %u\n", number);
    if (number % 7)
        g_string_append_printf(text, "id: %s\n", id);
    if (number % 11)
        g_string_append_printf(text, "rank: %s\n", (char *)ranks->pdata[(number * 37) % (N / 2)]);
    g_string_append_printf(text, "status: %s\nlabels: [search, l%u]\naliases: [BACK-%u]\n",
                           statuses[number % 6], number % 5, number);
    if (number % 3 == 0)
        g_string_append_printf(text, "x-note: \"%0*u\"\n", 5000, number);
    g_string_append(text, "---\n\n## Story\n\nText.\n");
    return g_string_free(text, FALSE);
}

static void write_items(const struct fixture *fixture)
{
    g_setenv("REFINE_SEED", "large", TRUE);
    g_autoptr(Random) random = random_new();
    g_autoptr(GPtrArray) ranks = rank_spread(random, NULL, NULL, N / 2);

    for (guint i = 0; i < N; i++) {
        g_autofree char *id = id_for(i), *text = text_for(i, ranks, id);
        g_autofree char *path = i % 50 == 8 || i % 40 == 9
                                    ? g_strdup_printf("backlog/part%u/note-%u.md", i % 4, i)
                                    : g_strdup_printf("backlog/part%u/%s-item.md", i % 4, id);
        fixture_write(fixture, path, text);
    }
}

/* What one thread gives: the items of all entries, in order, with positions. */
static GPtrArray *brute_force(const struct backlog *backlog, GStringChunk *strings)
{
    GPtrArray *items = g_ptr_array_new();
    for (guint i = 0; i < backlog->entries->len; i++) {
        const struct entry *entry = &g_array_index(backlog->entries, struct entry, i);
        g_autoptr(GBytes) bytes = backlog_read(backlog, entry, NULL);
        g_autoptr(Document) document = document_new(bytes, NULL);
        struct item *item = g_new(struct item, 1);
        if (!entry->id && !document->front->present) {
            g_free(item);
            continue;
        }
        item_init(item, entry->path, entry->id, document, strings);
        g_ptr_array_add(items, item);
    }
    for (guint i = 0; i < items->len; i++)
        for (guint j = i; j > 0 && item_compare(items->pdata[j - 1], items->pdata[j]) > 0; j--) {
            gpointer swap = items->pdata[j];
            items->pdata[j] = items->pdata[j - 1];
            items->pdata[j - 1] = swap;
        }
    for (guint i = 0, position = 1; i < items->len; i++) {
        struct item *item = items->pdata[i];
        item->position = item->readable && status_is_open(item->status) ? position++ : 0;
    }
    return items;
}

static void check_same(const struct item *item, const struct item *other)
{
    assert_string_equal(item->path, other->path);
    assert_int_equal(g_strcmp0(item->id, other->id), 0);
    assert_int_equal(g_strcmp0(item->rank, other->rank), 0);
    assert_string_equal(item->title, other->title);
    assert_int_equal(item->readable, other->readable);
    assert_int_equal(item->status, other->status);
    assert_int_equal(item->position, other->position);
    assert_int_equal(item->n_values, other->n_values);
    for (guint i = 0; i < item->n_values; i++) {
        const struct value *value = &item->values[i], *same = &other->values[i];
        assert_string_equal(value->key, same->key);
        assert_ptr_equal(value->field, same->field);
        assert_int_equal(value->kind, same->kind);
        assert_int_equal(value->count, same->count);
        assert_int_equal(value->offset, same->offset);
        for (guint j = 0; j < value->count; j++)
            assert_string_equal(value->texts[j], same->texts[j]);
    }
}

static void two_threads_read_what_one_does(void **state)
{
    struct fixture *fixture = *state;

    write_items(fixture);
    for (guint round = 0; round < 3; round++) {
        struct backlog *backlog = fixture_loaded(fixture);
        GStringChunk *strings = g_string_chunk_new(64 * 1024);
        g_autoptr(GPtrArray) expected = brute_force(backlog, strings);

        assert_int_equal(backlog->entries->len, N);
        assert_int_equal(backlog->items->len, N - N / 50);
        assert_int_equal(backlog->items->len, expected->len);
        for (guint i = 0; i < expected->len; i++) {
            check_same(backlog->items->pdata[i], expected->pdata[i]);
            item_clear(expected->pdata[i]);
            g_free(expected->pdata[i]);
        }
        g_string_chunk_free(strings);
    }
}

static void of_two_with_one_name_the_first_by_path_has_it_whoever_read_it(void **state)
{
    struct fixture *fixture = *state;

    write_items(fixture);
    fixture_write(fixture, "backlog/a-first.md",
                  "---\ntitle: First\nid: zzzzz\nrank: nd\naliases: [TWIN]\n---\n");
    fixture_write(fixture, "backlog/z-last.md",
                  "---\ntitle: Last\nid: zzzzz\nrank: nc\naliases: [twin]\n---\n");
    struct backlog *backlog = fixture_loaded(fixture);
    assert_string_equal(backlog_named(backlog, "twin")->title, "First");
    assert_string_equal(backlog_item(backlog, "zzzzz")->title, "First");
}

static void every_bad_file_is_a_finding_and_every_item_is_found(void **state)
{
    struct fixture *fixture = *state;

    write_items(fixture);
    struct backlog *backlog = fixture_loaded(fixture);
    assert_int_equal(backlog->findings->len, N / 50);
    for (guint i = 1; i < backlog->findings->len; i++) {
        const struct finding *one = backlog->findings->pdata[i - 1], *next = backlog->findings->pdata[i];
        assert_true(strcmp(one->path, next->path) < 0);
    }
    for (guint i = 0; i < N; i++) {
        g_autofree char *id = id_for(i), *alias = g_strdup_printf("back-%u", i),
                        *title = g_strdup_printf("Item number %u", i);
        if (i % 50 == 7 || i % 50 == 8)
            continue;
        assert_string_equal(backlog_named(backlog, alias)->title, title);
        if (i % 40 != 9)
            assert_string_equal(backlog_item(backlog, id)->title, title);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(two_threads_read_what_one_does),
        TEST(of_two_with_one_name_the_first_by_path_has_it_whoever_read_it),
        TEST(every_bad_file_is_a_finding_and_every_item_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
