#include "fixture.h"

#include "file_swap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A process that died is played by swaps that are made, brought as far as it got, and then dealt with anew
 * from path, digests and name alone. */

#define PATH "backlog/k7q2m-filter.md"

static void setup_file(struct fixture *fixture)
{
    fixture_write(fixture, PATH, "estimate: 5\n");
    fixture_folder(fixture, "staging");
}

static int open_staging(const struct fixture *fixture)
{
    g_autofree char *path = fixture_path(fixture, "staging");
    return file_open_root(path, NULL);
}

static struct file_swap make_swap(const char *path, const char *before, const char *after)
{
    g_autoptr(GBytes) old = before ? g_bytes_new_static(before, strlen(before)) : NULL;
    g_autoptr(GBytes) new = after ? g_bytes_new_static(after, strlen(after)) : NULL;
    struct file_swap swap = { 0 };

    file_swap_init(&swap, path, old, new);
    return swap;
}

static gboolean stage(const struct fixture *fixture, int staging, struct file_swap *swap, const char *after)
{
    g_autoptr(GBytes) bytes = after ? g_bytes_new_static(after, strlen(after)) : NULL;
    guint failed;

    return file_swaps_stage(fixture->descriptor, staging, swap, &bytes, 1, &failed, NULL);
}

static gboolean apply(const struct fixture *fixture, int staging, struct file_swap *swap)
{
    guint failed;
    return file_swaps_apply(fixture->descriptor, staging, swap, 1, &failed, NULL);
}

/* Reverts twice, as a recovery that is interrupted does, and tidies up. */
static void recover(const struct fixture *fixture, int staging, struct file_swap *swap)
{
    g_autofree char *kept = NULL;
    assert_true(file_swaps_revert(fixture->descriptor, staging, swap, 1));
    assert_true(file_swaps_revert(fixture->descriptor, staging, swap, 1));
    assert_true(file_swaps_finish(fixture->descriptor, staging, swap, 1, &kept));
    assert_null(kept);
}

static void check(struct fixture *fixture, const char *text)
{
    g_autofree char *now = fixture_read(fixture, PATH);
    g_autofree char *left = fixture_names(fixture, "staging");

    if (text)
        assert_string_equal(now, text);
    else
        assert_null(now);
    assert_string_equal(left, "");
}

static void a_swap_that_was_only_staged_leaves_nothing(void **state)
{
    struct fixture *fixture = *state;
    setup_file(fixture);
    int staging = open_staging(fixture);
    struct file_swap swap = make_swap(PATH, "estimate: 5\n", "estimate: 8\n");

    assert_true(stage(fixture, staging, &swap, "estimate: 8\n"));
    g_autofree char *names = fixture_names(fixture, "backlog");
    assert_string_equal(names, "k7q2m-filter.md");
    recover(fixture, staging, &swap);
    check(fixture, "estimate: 5\n");
    file_swap_clear(&swap);
    close(staging);
}

static void a_replaced_file_comes_back(void **state)
{
    struct fixture *fixture = *state;
    setup_file(fixture);
    int staging = open_staging(fixture);
    struct file_swap swap = make_swap(PATH, "estimate: 5\n", "estimate: 8\n");

    assert_true(stage(fixture, staging, &swap, "estimate: 8\n") && apply(fixture, staging, &swap));
    g_autofree char *now = fixture_read(fixture, PATH);
    assert_string_equal(now, "estimate: 8\n");
    recover(fixture, staging, &swap);
    check(fixture, "estimate: 5\n");
    file_swap_clear(&swap);
    close(staging);
}

static void a_new_file_goes_and_a_removed_one_comes_back(void **state)
{
    struct fixture *fixture = *state;
    setup_file(fixture);
    int staging = open_staging(fixture);
    struct file_swap removed = make_swap(PATH, "estimate: 5\n", NULL);
    struct file_swap created = make_swap("backlog/new/t2h8k.md", NULL, "title: New\n");

    assert_true(stage(fixture, staging, &removed, NULL) && apply(fixture, staging, &removed));
    assert_true(stage(fixture, staging, &created, "title: New\n") && apply(fixture, staging, &created));
    g_autofree char *gone = fixture_read(fixture, PATH), *new = fixture_read(fixture, "backlog/new/t2h8k.md");
    assert_null(gone);
    assert_string_equal(new, "title: New\n");
    recover(fixture, staging, &created);
    recover(fixture, staging, &removed);
    check(fixture, "estimate: 5\n");
    g_autofree char *left = fixture_names(fixture, "backlog/new");
    assert_string_equal(left, "");
    file_swap_clear(&removed);
    file_swap_clear(&created);
    close(staging);
}

static void what_somebody_saved_afterwards_stays(void **state)
{
    struct fixture *fixture = *state;
    setup_file(fixture);
    int staging = open_staging(fixture);
    struct file_swap swap = make_swap(PATH, "estimate: 5\n", "estimate: 8\n");

    assert_true(stage(fixture, staging, &swap, "estimate: 8\n") && apply(fixture, staging, &swap));
    fixture_write(fixture, PATH, "estimate: 13\n");
    recover(fixture, staging, &swap);
    check(fixture, "estimate: 13\n");
    file_swap_clear(&swap);
    close(staging);
}

static void a_file_that_was_there_before_is_not_taken_for_a_new_one(void **state)
{
    struct fixture *fixture = *state;
    setup_file(fixture);
    int staging = open_staging(fixture);
    struct file_swap swap = make_swap("backlog/t2h8k.md", NULL, "title: New\n");

    /* Staged, and then somebody made the very same file. */
    assert_true(stage(fixture, staging, &swap, "title: New\n"));
    fixture_write(fixture, "backlog/t2h8k.md", "title: New\n");
    assert_false(apply(fixture, staging, &swap));
    recover(fixture, staging, &swap);
    g_autofree char *theirs = fixture_read(fixture, "backlog/t2h8k.md");
    assert_string_equal(theirs, "title: New\n");
    file_swap_clear(&swap);
    close(staging);
}

static void of_several_none_stays_where_one_was_changed_meanwhile(void **state)
{
    struct fixture *fixture = *state;
    setup_file(fixture);
    fixture_write(fixture, "backlog/t2h8k.md", "estimate: 1\n");
    int staging = open_staging(fixture);
    struct file_swap swaps[] = { make_swap(PATH, "estimate: 5\n", "estimate: 8\n"),
                                 make_swap("backlog/t2h8k.md", "estimate: 1\n", "estimate: 2\n") };
    GBytes *bytes[] = { g_bytes_new_static("estimate: 8\n", 12), g_bytes_new_static("estimate: 2\n", 12) };
    g_autoptr(GError) error = NULL;
    g_autofree char *kept = NULL;
    guint failed = 0;

    assert_true(file_swaps_stage(fixture->descriptor, staging, swaps, bytes, 2, &failed, NULL));
    fixture_write(fixture, "backlog/t2h8k.md", "estimate: 20\n");
    assert_false(file_swaps_apply(fixture->descriptor, staging, swaps, 2, &failed, &error));
    assert_int_equal(failed, 1);
    assert_true(g_error_matches(error, FILE_ERROR, FILE_ERROR_CHANGED));
    assert_true(file_swaps_finish(fixture->descriptor, staging, swaps, 2, &kept));
    check(fixture, "estimate: 5\n");
    g_autofree char *theirs = fixture_read(fixture, "backlog/t2h8k.md");
    assert_string_equal(theirs, "estimate: 20\n");
    for (gsize i = 0; i < 2; i++) {
        file_swap_clear(&swaps[i]);
        g_bytes_unref(bytes[i]);
    }
    close(staging);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_swap_that_was_only_staged_leaves_nothing),
        TEST(a_replaced_file_comes_back),
        TEST(a_new_file_goes_and_a_removed_one_comes_back),
        TEST(what_somebody_saved_afterwards_stays),
        TEST(a_file_that_was_there_before_is_not_taken_for_a_new_one),
        TEST(of_several_none_stays_where_one_was_changed_meanwhile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
