/* What search finds with an index is what it finds without, whatever happened to files or index. */
#include "search.h"

#include "fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define FILTER "backlog/k7q2m-filter.md"
#define ORDERS "backlog/t2h8k-orders.md"

/* Longer than the clock of a file system stands still. */
static void let_time_pass(void)
{
    g_usleep(20000);
}

static int setup(void **state)
{
    fixture_setup(state);
    g_setenv("REFINE_INDEX", "always", TRUE);
    fixture_folder(*state, ".git");
    fixture_write(
        *state, FILTER,
        "---\ntitle: Filter search results\nid: k7q2m\nrank: nb\nstatus: ready\nlabels: [search]\n---\n\n"
        "Find last month's order without paging.\n");
    fixture_write(*state, ORDERS,
                  "---\ntitle: Index the orders\nid: t2h8k\nstatus: new\n---\n\nEvery order, by month.\n");
    fixture_write(*state, "backlog/shop/c4x9d.md",
                  "---\ntitle: Shop\nid: c4x9d\n---\n\nSearch the shop for an order of the month.\n");
    let_time_pass();
    return 0;
}

static void append_hits(GString *out, const struct search_found *found)
{
    g_string_append_printf(out, "%u\n", found->total);
    for (guint i = 0; i < found->hits->len; i++) {
        const struct search_hit *hit = found->hits->pdata[i];
        g_string_append_printf(out, "%s %.17g %.17g %s %s: %s\n", hit->item->id, hit->score, hit->likeness,
                               hit->title, hit->field, hit->snippet);
    }
}

/* All that some searches find. */
static char *ask(struct fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(Search) search = search_open(backlog, &error);
    const struct search_wish wish = { .limit = 10 };
    const char *const words[] = { "order", "search", "month", "bell", "shop", NULL };
    GString *out = g_string_new(NULL);

    assert_non_null(search);
    for (gsize i = 0; words[i]; i++) {
        g_autoptr(SearchFound) found =
            search_words(search, (const char *[]){ words[i], NULL }, &wish, &error);
        assert_non_null(found);
        append_hits(out, found);
    }
    for (guint i = 0; i < backlog->items->len; i++) {
        g_autoptr(SearchFound) found = search_like_item(search, backlog->items->pdata[i], &wish, &error);
        assert_non_null(found);
        append_hits(out, found);
    }
    return g_string_free(out, FALSE);
}

/* With an index that may be old, with one that is not, and without. */
static void check_equal(struct fixture *fixture)
{
    g_autofree char *first = ask(fixture), *second = ask(fixture);
    g_setenv("REFINE_INDEX", "off", TRUE);
    g_autofree char *without = ask(fixture);

    g_setenv("REFINE_INDEX", "always", TRUE);
    assert_string_equal(first, without);
    assert_string_equal(second, without);
}

static char *index_path(const struct fixture *fixture)
{
    g_autofree char *folder = fixture_path(fixture, ".git/refine");
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name = dir ? g_dir_read_name(dir) : NULL;
    return name ? g_build_filename(folder, name, NULL) : NULL;
}

static void an_index_changes_nothing(void **state)
{
    check_equal(*state);
    check_equal(*state);
}

static void a_changed_file_is_read_again(void **state)
{
    check_equal(*state);
    fixture_write(*state, FILTER, "---\ntitle: A bell\nid: k7q2m\nrank: nb\n---\n\nIt rings.\n");
    check_equal(*state);
    let_time_pass();
    check_equal(*state);
}

static void a_file_that_is_gone_counts_no_more(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = fixture_path(fixture, ORDERS);

    check_equal(fixture);
    assert_int_equal(g_unlink(path), 0);
    check_equal(fixture);
    fixture_write(fixture, "backlog/bcd23-new.md", "---\ntitle: Order a bell\nid: bcd23\n---\n");
    check_equal(fixture);
    let_time_pass();
    check_equal(fixture);
}

static void many_changes_leave_the_statistics_exact(void **state)
{
    for (int i = 0; i < 20; i++) {
        g_autofree char *text =
            g_strdup_printf("---\ntitle: Order %d\nid: k7q2m\n---\n\nmonth %0*d bell\n", i, i + 1, 0);
        fixture_write(*state, i % 2 ? FILTER : ORDERS, text);
        let_time_pass();
        check_equal(*state);
    }
}

static void a_damaged_index_changes_nothing(void **state)
{
    for (gsize cut = 0; cut < 12; cut++) {
        check_equal(*state);
        g_autofree char *path = index_path(*state), *bytes = NULL;
        gsize length;
        assert_non_null(path);
        assert_true(g_file_get_contents(path, &bytes, &length, NULL));
        if (cut % 2)
            memset(bytes + length * cut / 12, 0xa5, length / 12);
        assert_true(g_file_set_contents(path, bytes, (gssize)(cut % 2 ? length : length * cut / 12), NULL));
        check_equal(*state);
    }
}

static void a_flipped_byte_changes_nothing(void **state)
{
    for (gsize part = 0; part < 60; part++) {
        check_equal(*state);
        g_autofree char *path = index_path(*state), *bytes = NULL;
        gsize length;
        assert_true(g_file_get_contents(path, &bytes, &length, NULL));
        bytes[length * part / 60 + 7 * part] ^= 0x11;
        assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
        if (part % 3 == 0)
            fixture_write(*state, FILTER, "---\ntitle: Filter search results by month\nid: k7q2m\n---\n");
        let_time_pass();
        check_equal(*state);
    }
}

static void a_changed_word_in_the_index_is_not_believed(void **state)
{
    check_equal(*state);
    g_autofree char *path = index_path(*state), *bytes = NULL;
    gsize length, changed = 0;

    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    for (gsize i = 0; i + 5 < length; i++)
        if (memcmp(bytes + i, "month", 5) == 0 || memcmp(bytes + i, "Month", 5) == 0) {
            bytes[i + 4] = 'x';
            changed++;
        }
    assert_true(changed > 0);
    assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
    check_equal(*state);
    fixture_write(*state, FILTER, "---\ntitle: A bell\nid: k7q2m\n---\n");
    let_time_pass();
    check_equal(*state);
}

static void an_index_without_tables_of_search_gets_them(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    assert_int_equal(backlog->items->len, 3);
    check_equal(*state);
}

static void an_index_that_is_only_read_is_done_without(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = NULL, *folder = fixture_path(fixture, ".git/refine");

    fixture_loaded(fixture);
    check_equal(fixture);
    path = index_path(fixture);
    g_chmod(path, 0400);
    g_chmod(folder, 0500);
    fixture_write(fixture, FILTER, "---\ntitle: A bell\nid: k7q2m\n---\n");
    gboolean dropped = fixture_drop_rights(fixture);
    check_equal(fixture);
    if (dropped)
        fixture_regain_rights();
    g_chmod(folder, 0700);
}

/* A backlog of its own, loaded: fixture_loaded frees the one before. */
static struct backlog *another_backlog(struct fixture *fixture)
{
    fixture_backlog(fixture);
    struct backlog *backlog = backlog_open(fixture->policy, NULL, NULL);
    assert_non_null(backlog);
    backlog_load(backlog);
    return backlog;
}

/* SQLite's byte for "somebody is about to write": who cannot lock it to read is told that it is busy. */
#define PENDING 0x40000000

static void an_index_that_another_process_writes_is_left_alone(void **state)
{
    struct fixture *fixture = *state;
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = PENDING, .l_len = 1 };
    struct stat before, after;

    check_equal(fixture);
    g_autofree char *path = index_path(fixture);
    g_autoptr(Backlog) backlog = another_backlog(fixture);
    int file = g_open(path, O_RDWR);
    assert_int_equal(fstat(file, &before), 0);
    assert_int_equal(fcntl(file, F_OFD_SETLK, &lock), 0);
    g_autoptr(Search) search = search_open(backlog, NULL);
    assert_non_null(search);
    close(file);
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(after.st_ino, before.st_ino);
}

static void a_file_that_was_away_for_a_moment_is_found_later(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *shop = fixture_path(fixture, "backlog/shop"), *away = fixture_path(fixture, "away");

    g_autoptr(Backlog) backlog = another_backlog(fixture);
    assert_int_equal(g_rename(shop, away), 0);
    g_autoptr(Search) search = search_open(backlog, NULL);
    assert_non_null(search);
    assert_int_equal(g_rename(away, shop), 0);
    check_equal(fixture);
}

static char *ask_for(struct search *search, const char *word)
{
    g_autoptr(GError) error = NULL;
    const struct search_wish wish = { .limit = 10 };
    g_autoptr(SearchFound) found = search_words(search, (const char *[]){ word, NULL }, &wish, &error);
    GString *out = g_string_new(NULL);

    assert_non_null(found);
    append_hits(out, found);
    return g_string_free(out, FALSE);
}

static void what_another_process_writes_meanwhile_is_not_taken_for_the_backlog(void **state)
{
    struct fixture *fixture = *state;

    check_equal(fixture);
    g_autoptr(Backlog) backlog = another_backlog(fixture);
    g_autoptr(Search) search = search_open(backlog, NULL);
    assert_non_null(search);
    g_autofree char *before = ask_for(search, "month");
    fixture_write(fixture, "backlog/bcd23-new.md", "---\ntitle: A bell\nid: bcd23\n---\n\nOrder by month.\n");
    let_time_pass();
    g_autofree char *others = ask(fixture);
    g_autofree char *after = ask_for(search, "month");
    assert_string_equal(before, after);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_index_changes_nothing),
        TEST(a_changed_file_is_read_again),
        TEST(a_file_that_is_gone_counts_no_more),
        TEST(many_changes_leave_the_statistics_exact),
        TEST(a_damaged_index_changes_nothing),
        TEST(a_flipped_byte_changes_nothing),
        TEST(a_changed_word_in_the_index_is_not_believed),
        TEST(an_index_without_tables_of_search_gets_them),
        TEST(an_index_that_is_only_read_is_done_without),
        TEST(an_index_that_another_process_writes_is_left_alone),
        TEST(a_file_that_was_away_for_a_moment_is_found_later),
        TEST(what_another_process_writes_meanwhile_is_not_taken_for_the_backlog),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
