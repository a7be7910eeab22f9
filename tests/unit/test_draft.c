/* Drafts as a whole: opening, making new items, writing all or none. */
#include "draft.h"

#include "fixture.h"
#include "ident.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const ids[] = { "bcg32", "c4x9d", "k7q2m" };

static int setup(void **state)
{
    fixture_setup(state);
    struct fixture *fixture = *state;
    g_setenv("REFINE_NOW", "2026-11-21T12:00:00Z", TRUE);
    g_setenv("REFINE_SEED", "draft", TRUE);
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
        g_autofree char *path = g_strdup_printf("backlog/%s.md", ids[i]);
        g_autofree char *text = g_strdup_printf("---\ntitle: %s\nid: %s\nestimate: 5\n---\n", ids[i], ids[i]);
        fixture_write(fixture, path, text);
    }
    fixture_backlog(fixture);
    return 0;
}

/* Drafts of the three items, each with another estimate. */
static GPtrArray *three_drafts(struct fixture *fixture)
{
    GPtrArray *drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
        g_autofree char *path = g_strdup_printf("backlog/%s.md", ids[i]);
        struct draft *draft = draft_open(fixture->backlog, fixture_entry(fixture, path), NULL);
        assert_true(draft_assign(draft, "estimate", DRAFT_SET, "8", NULL));
        g_ptr_array_add(drafts, draft);
    }
    return drafts;
}

static void check_file(const struct fixture *fixture, const char *id, const char *estimate)
{
    g_autofree char *path = g_strdup_printf("backlog/%s.md", id), *text = fixture_read(fixture, path);
    g_autofree char *expected =
        g_strdup_printf("---\ntitle: %s\nid: %s\nestimate: %s\n---\n", id, id, estimate);
    assert_string_equal(text, expected);
}

static struct draft *new_draft(struct fixture *fixture, GHashTable *taken, const char *title,
                               const char *body)
{
    g_autoptr(Random) random = random_new();
    struct draft_texts texts = { .title = title, .type = "story", .rank = "nbh", .body = body };
    return draft_new(fixture->backlog, random, taken, &texts, NULL);
}

static GHashTable *no_ids(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

/* -- opening -- */

static void a_draft_knows_its_item(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(Draft) draft = draft_open(fixture->backlog, fixture_entry(fixture, "backlog/k7q2m.md"), NULL);
    g_autoptr(GPtrArray) none = draft_changes(draft);

    assert_string_equal(draft->id, "k7q2m");
    assert_string_equal(draft->path, "backlog/k7q2m.md");
    assert_int_equal(none->len, 0);
    assert_true(draft_assign(draft, "estimate", DRAFT_SET, "8", NULL));
    g_autoptr(GPtrArray) changes = draft_changes(draft);
    g_autofree char *summary = change_summary(changes);
    assert_string_equal(summary, "estimate 5 -> 8");
}

static void what_cannot_be_read_is_not_edited(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        { "---\ntitle: [A\n---\n", "backlog/t2h8k.md:2:8: " },
        { "---\ntitle: A\n---\n\n<<<<<<< HEAD\n",
          "backlog/t2h8k.md:5:1: a merge conflict was left in the file; mend it" },
        { "---\ntitle: A\n---\n\nGr\xf6\xdf"
          "e\n",
          "backlog/t2h8k.md:5:3: expected UTF-8" },
        { "No front matter\n", "backlog/t2h8k.md:1:1: " },
        { NULL, "backlog/t2h8k.md: No such file" },
    };
    g_autofree char *path = fixture_path(fixture, "backlog/t2h8k.md");

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        fixture_write(fixture, "backlog/t2h8k.md", cases[i].text ? cases[i].text : "");
        fixture_backlog(fixture);
        if (!cases[i].text)
            assert_return_code(g_unlink(path), 0);
        assert_null(draft_open(fixture->backlog, fixture_entry(fixture, "backlog/t2h8k.md"), &error));
        assert_true(g_error_matches(error, DRAFT_ERROR, DRAFT_ERROR_FILE));
        assert_true(fixture_says(error->message, cases[i].says));
    }
}

static void a_criterion_is_named_by_its_number(void **state)
{
    g_autoptr(GPtrArray) criteria = g_ptr_array_new();
    struct criterion one = { .text = (char *)"one" }, two = { .text = (char *)"two" };
    g_autoptr(GError) none = NULL, zero = NULL, three = NULL;

    assert_null(draft_criterion(criteria, 1, &none));
    assert_true(fixture_says(none->message, "there is no criterion 1: the item has none"));
    g_ptr_array_add(criteria, &one);
    g_ptr_array_add(criteria, &two);
    assert_ptr_equal(draft_criterion(criteria, 2, NULL), &two);
    assert_null(draft_criterion(criteria, 0, &zero));
    assert_null(draft_criterion(criteria, 3, &three));
    assert_true(fixture_says(three->message, "there is no criterion 3: they go from 1 to 2"));
}

/* -- new items -- */

static void a_new_item_has_its_keys_in_canonical_order(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GHashTable) taken = no_ids();
    g_autoptr(Draft) draft = new_draft(fixture, taken, "Filter: by date", "\n## Story\n\nText.\n");

    assert_true(draft_assign(draft, "labels", DRAFT_ADD, "search", NULL));
    assert_true(draft_assign(draft, "estimate", DRAFT_SET, "5", NULL));
    assert_true(ident_is_valid(draft->id));
    assert_true(g_hash_table_contains(taken, draft->id));
    assert_null(draft->before);
    g_autofree char *path = g_strdup_printf("backlog/%s-filter-by-date.md", draft->id);
    g_autofree char *expected =
        g_strdup_printf("---\ntitle: \"Filter: by date\"\nid: %s\nrank: nbh\ntype: story\nstatus: new\n"
                        "created: 2026-11-21\nestimate: 5\nlabels:\n  - search\n---\n\n## Story\n\nText.\n",
                        draft->id);
    GBytes *bytes = edit_bytes(draft->edit);
    assert_string_equal(draft->path, path);
    assert_int_equal(g_bytes_get_size(bytes), strlen(expected));
    assert_memory_equal(g_bytes_get_data(bytes, NULL), expected, strlen(expected));
    g_autoptr(GPtrArray) changes = draft_changes(draft);
    g_autofree char *summary = change_summary(changes);
    assert_string_equal(summary, "added: Filter: by date");
}

static void new_items_never_share_an_id(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GHashTable) taken = no_ids();

    /* Every draft begins with the same seed: only what is taken tells them apart. */
    for (guint i = 1; i <= 20; i++) {
        g_autoptr(Draft) draft = new_draft(fixture, taken, "Filter", "");
        assert_non_null(draft);
        assert_int_equal(g_hash_table_size(taken), i);
    }
}

static void a_sharded_layout_has_folders(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GHashTable) taken = no_ids();

    fixture_policy(fixture, "layout: sharded\n");
    fixture_backlog(fixture);
    g_autoptr(Draft) draft = new_draft(fixture, taken, "Filter", "");
    g_autofree char *path = g_strdup_printf("backlog/%.2s/%s-filter.md", draft->id, draft->id);
    assert_string_equal(draft->path, path);
}

static void a_new_item_that_could_not_be_read_again_is_refused(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GHashTable) taken = no_ids();
    assert_null(new_draft(fixture, taken, "Filter", "\n<<<<<<< HEAD\n"));
}

/* -- writing -- */

static void all_drafts_that_changed_are_written(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GPtrArray) drafts = three_drafts(fixture);
    g_autoptr(GHashTable) taken = no_ids();
    struct draft *made = new_draft(fixture, taken, "Sort", "");
    g_autofree char *untouched = fixture_path(fixture, "backlog/bcg32.md");

    g_ptr_array_add(drafts, made);
    assert_true(draft_assign(drafts->pdata[0], "estimate", DRAFT_SET, "5", NULL));
    /* A draft without changes is not written, so that its file may be gone. */
    assert_return_code(g_unlink(untouched), 0);
    assert_true(drafts_write(fixture->backlog, drafts, NULL));
    check_file(fixture, "c4x9d", "8");
    check_file(fixture, "k7q2m", "8");
    g_autofree char *sorted = fixture_read(fixture, made->path);
    assert_non_null(sorted);
    assert_false(g_file_test(untouched, G_FILE_TEST_EXISTS));
}

static void where_one_cannot_be_written_the_others_are_put_back(void **state)
{
    struct fixture *fixture = *state;

    for (gsize bad = 0; bad < G_N_ELEMENTS(ids); bad++) {
        g_autoptr(GPtrArray) drafts = three_drafts(fixture);
        g_autofree char *path = g_strdup_printf("backlog/%s.md", ids[bad]);
        g_autofree char *theirs =
            g_strdup_printf("---\ntitle: %s\nid: %s\nestimate: 13\n---\n", ids[bad], ids[bad]);
        g_autofree char *before = fixture_read(fixture, path);
        g_autoptr(GError) error = NULL;

        fixture_write(fixture, path, theirs);
        assert_false(drafts_write(fixture->backlog, drafts, &error));
        assert_true(g_error_matches(error, DRAFT_ERROR, DRAFT_ERROR_FILE));
        assert_true(fixture_says(error->message, path));
        assert_true(fixture_says(error->message, "changed meanwhile"));
        for (gsize i = 0; i < G_N_ELEMENTS(ids); i++)
            check_file(fixture, ids[i], i == bad ? "13" : "5");
        g_autofree char *names = fixture_names(fixture, "backlog");
        assert_string_equal(names, "bcg32.md c4x9d.md k7q2m.md");
        fixture_write(fixture, path, before);
    }
}

static void new_files_are_taken_back_too(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    g_autoptr(GHashTable) taken = no_ids();

    for (guint i = 0; i < 3; i++)
        g_ptr_array_add(drafts, new_draft(fixture, taken, "Sort", ""));
    struct draft *second = drafts->pdata[1];
    fixture_write(fixture, second->path, "mine\n");
    assert_false(drafts_write(fixture->backlog, drafts, NULL));
    g_autofree char *kept = fixture_read(fixture, second->path), *names = fixture_names(fixture, "backlog");
    g_auto(GStrv) each = g_strsplit(names, " ", -1);
    assert_string_equal(kept, "mine\n");
    assert_int_equal(g_strv_length(each), 4);
}

static void a_file_that_could_not_be_read_again_is_not_written(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *long_text = g_strnfill(1024 * 1024 - 60, 'x');
    g_autofree char *text = g_strconcat("---\ntitle: Large\nid: k7q2m\n---\n", long_text, NULL);
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    g_autoptr(GError) error = NULL;

    fixture_write(fixture, "backlog/k7q2m.md", text);
    struct draft *draft = draft_open(fixture->backlog, fixture_entry(fixture, "backlog/k7q2m.md"), NULL);
    g_ptr_array_add(drafts, draft);
    assert_true(draft_assign(draft, "owner", DRAFT_SET, "somebody with a name of forty letters, say", NULL));
    assert_false(drafts_write(fixture->backlog, drafts, &error));
    assert_true(fixture_says(error->message, "over the limit of 1048576"));
    g_autofree char *now = fixture_read(fixture, "backlog/k7q2m.md");
    assert_string_equal(now, text);
}

static char *summary_of(struct draft *draft)
{
    g_autoptr(GPtrArray) changes = draft_changes(draft);
    return change_summary(changes);
}

static void check_rewritten(struct fixture *fixture, const char *after, const char *expected)
{
    g_autoptr(Draft) draft = draft_open(fixture->backlog, fixture_entry(fixture, "backlog/k7q2m.md"), NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(after, strlen(after));
    draft_rewrite(draft, bytes);
    assert_int_equal(draft->manner, DRAFT_REWRITTEN);
    g_autofree char *summary = summary_of(draft);
    assert_string_equal(summary, expected);
}

static void a_text_can_be_edited_as_a_whole(void **state)
{
    check_rewritten(*state, "---\ntitle: k7q2m\nid: k7q2m\nestimate: 8\n---\n\nNow.\n",
                    "estimate 5 -> 8, text changed");
    check_rewritten(*state, "---\ntitle: k7q2m\nid: k7q2m\nestimate: 5\n---\n", "no change");
    check_rewritten(*state, "---\ntitle: k7q2m\nid: k7q2m\nestimate: 5 # points\n---\n", "layout changed");
}

static void a_broken_item_can_be_opened_as_text_alone(void **state)
{
    struct fixture *fixture = *state;
    static const char text[] = "---\ntitle: Mended\nid: k7q2m\nestimate: 5\n---\n";
    g_autoptr(GBytes) mended = g_bytes_new_static(text, strlen(text));

    fixture_write(fixture, "backlog/k7q2m.md", "---\ntitle: {\n---\n");
    const struct entry *entry = fixture_entry(fixture, "backlog/k7q2m.md");
    assert_null(draft_open(fixture->backlog, entry, NULL));
    g_autoptr(Draft) draft = draft_open_text(fixture->backlog, entry, NULL);
    assert_non_null(draft);
    assert_string_equal(draft->id, "k7q2m");
    draft_rewrite(draft, mended);
    g_autofree char *summary = summary_of(draft);
    assert_string_equal(summary, "title Mended, id k7q2m, estimate 5");
}

static void a_new_item_is_named_by_the_title_it_ends_with(void **state)
{
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(Draft) draft = new_draft(*state, taken, "Pay", "\nText.\n");
    g_autofree char *text = g_strdup_printf("---\ntitle: Pay by card\nid: %s\n---\n", draft->id);
    g_autofree char *expected = g_strdup_printf("backlog/%s-pay-by-card.md", draft->id);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));

    draft_rewrite(draft, bytes);
    draft_name(draft);
    assert_string_equal(draft->path, expected);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_draft_knows_its_item),
        TEST(what_cannot_be_read_is_not_edited),
        TEST(a_criterion_is_named_by_its_number),
        TEST(a_new_item_has_its_keys_in_canonical_order),
        TEST(new_items_never_share_an_id),
        TEST(a_sharded_layout_has_folders),
        TEST(a_new_item_that_could_not_be_read_again_is_refused),
        TEST(all_drafts_that_changed_are_written),
        TEST(where_one_cannot_be_written_the_others_are_put_back),
        TEST(new_files_are_taken_back_too),
        TEST(a_file_that_could_not_be_read_again_is_not_written),
        TEST(a_text_can_be_edited_as_a_whole),
        TEST(a_broken_item_can_be_opened_as_text_alone),
        TEST(a_new_item_is_named_by_the_title_it_ends_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
