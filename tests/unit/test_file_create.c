/* Creating: never over anything, nothing outside, and of many files all or none. */
#include "file.h"
#include "fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* The C library's fsync and syncfs, counted; the one of that number fails. */
static struct {
    guint synced;
    guint fails; /* 0: none */
} stand_in;

static int sync_one(void)
{
    if (++stand_in.synced == stand_in.fails) {
        errno = EIO;
        return -1;
    }
    return 0;
}

int fsync(int descriptor)
{
    return sync_one();
}

int syncfs(int descriptor)
{
    return sync_one();
}

static int setup(void **state)
{
    memset(&stand_in, 0, sizeof stand_in);
    fixture_setup(state);
    fixture_write(*state, "backlog/k7q2m-filter.md", "estimate: 5\n");
    return 0;
}

static gboolean create(const struct fixture *fixture, const char *path, const char *text, GError **error)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    return file_create(fixture->descriptor, path, bytes, error);
}

static void check_file(const struct fixture *fixture, const char *path, const char *text)
{
    g_autofree char *now = fixture_read(fixture, path);
    assert_non_null(now);
    assert_string_equal(now, text);
}

static void check_names(const struct fixture *fixture, const char *folder, const char *names)
{
    g_autofree char *now = fixture_names(fixture, folder);
    assert_string_equal(now, names);
}

static void a_file_is_created_with_its_folders(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = fixture_path(fixture, "backlog/archive/2026/t2h8k-sort.md");
    struct stat status;
    mode_t old = umask(027);

    gboolean done = create(fixture, "backlog/archive/2026/t2h8k-sort.md", "---\ntitle: Sort\n---\n", NULL);
    umask(old);
    assert_true(done);
    check_file(fixture, "backlog/archive/2026/t2h8k-sort.md", "---\ntitle: Sort\n---\n");
    check_names(fixture, "backlog/archive/2026", "t2h8k-sort.md");
    assert_return_code(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
    /* The file, its folder, and the folders that have a new folder each. */
    assert_int_equal(stand_in.synced, 4);
}

static void creating_never_overwrites(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;

    assert_false(create(fixture, "backlog/k7q2m-filter.md", "other", &error));
    assert_true(g_error_matches(error, FILE_ERROR, FILE_ERROR_EXISTS));
    check_file(fixture, "backlog/k7q2m-filter.md", "estimate: 5\n");

    fixture_link(fixture, "nowhere.md", "backlog/t2h8k-dangling.md");
    fixture_folder(fixture, "backlog/c4x9d.md");
    assert_false(create(fixture, "backlog/t2h8k-dangling.md", "other", NULL));
    assert_false(create(fixture, "backlog/c4x9d.md", "other", NULL));
    check_names(fixture, "backlog", "c4x9d.md k7q2m-filter.md t2h8k-dangling.md");
}

static void nothing_is_created_outside_or_through_a_link(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *folder = fixture_path(fixture, "shop"), *absolute = fixture_path(fixture, "escaped.md");
    const char *paths[] = { "../escaped.md",     absolute,
                            "link/escaped.md",   "link/new/escaped.md",
                            "../new/escaped.md", "k7q2m.md/escaped.md" };
    struct fixture shop = { .root = folder };

    fixture_write(fixture, "shop/k7q2m.md", "");
    fixture_folder(fixture, "outside");
    fixture_link(fixture, "../outside", "shop/link");
    shop.descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(GError) error = NULL;
        assert_false(create(&shop, paths[i], "escaped", &error));
        if (i < 5)
            assert_int_equal(error->code, FILE_ERROR_KIND);
    }
    close(shop.descriptor);
    check_names(fixture, "", "backlog outside shop");
    check_names(fixture, "outside", "");
    check_names(fixture, "shop", "k7q2m.md link");
}

/* -- many at once -- */

#define N 300

/* Creates N items under backlog/import/. */
static gboolean create_many(const struct fixture *fixture, guint *failed, GError **error)
{
    struct file_change files[N] = { 0 };
    gboolean done;

    for (guint i = 0; i < N; i++) {
        g_autofree char *text = g_strdup_printf("number %u\n", i);
        files[i].path = g_strdup_printf("backlog/import/%u/k7q%03u.md", i % 3, i);
        files[i].after = g_bytes_new(text, strlen(text));
    }
    done = file_change_all(fixture->descriptor, files, N, failed, error);
    for (guint i = 0; i < N; i++) {
        g_free((char *)files[i].path);
        g_bytes_unref(files[i].after);
    }
    return done;
}

static guint count_files(const struct fixture *fixture)
{
    guint count = 0;
    for (guint i = 0; i < 3; i++) {
        g_autofree char *folder = g_strdup_printf("backlog/import/%u", i);
        g_autofree char *full = fixture_path(fixture, folder);
        if (!g_file_test(full, G_FILE_TEST_IS_DIR))
            continue;
        g_autofree char *names = fixture_names(fixture, folder);
        g_auto(GStrv) each = g_strsplit(names, " ", -1);
        count += *names ? g_strv_length(each) : 0;
    }
    return count;
}

static void many_are_created_at_once(void **state)
{
    struct fixture *fixture = *state;
    guint failed = 0;

    assert_true(create_many(fixture, &failed, NULL));
    assert_int_equal(count_files(fixture), N);
    check_file(fixture, "backlog/import/0/k7q000.md", "number 0\n");
    check_file(fixture, "backlog/import/2/k7q299.md", "number 299\n");
    /* Two lots, three folders, and four that had to be made. */
    assert_int_equal(stand_in.synced, 2 + 3 + 4);
}

static void of_many_none_is_created_where_one_is_there(void **state)
{
    static const guint taken[] = { 0, 255, 256, 299 };
    struct fixture *fixture = *state;

    for (gsize i = 0; i < G_N_ELEMENTS(taken); i++) {
        g_autofree char *path = g_strdup_printf("backlog/import/%u/k7q%03u.md", taken[i] % 3, taken[i]);
        g_autofree char *full = fixture_path(fixture, path);
        g_autoptr(GError) error = NULL;
        guint failed = G_MAXUINT;

        fixture_write(fixture, path, "mine\n");
        assert_false(create_many(fixture, &failed, &error));
        assert_true(g_error_matches(error, FILE_ERROR, FILE_ERROR_EXISTS));
        assert_int_equal(failed, taken[i]);
        assert_int_equal(count_files(fixture), 1);
        check_file(fixture, path, "mine\n");
        assert_return_code(unlink(full), 0);
    }
}

static void of_many_none_is_created_where_the_disk_fails(void **state)
{
    /* The first lot, the second, and folders. */
    static const guint calls[] = { 1, 2, 3, 5 };
    struct fixture *fixture = *state;

    fixture_folder(fixture, "backlog/import/0");
    fixture_folder(fixture, "backlog/import/1");
    fixture_folder(fixture, "backlog/import/2");
    for (gsize i = 0; i < G_N_ELEMENTS(calls); i++) {
        g_autoptr(GError) error = NULL;
        guint failed = 0;

        stand_in.synced = 0;
        stand_in.fails = calls[i];
        assert_false(create_many(fixture, &failed, &error));
        assert_true(g_error_matches(error, FILE_ERROR, FILE_ERROR_SYSTEM));
        assert_int_equal(count_files(fixture), 0);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_is_created_with_its_folders),
        TEST(creating_never_overwrites),
        TEST(nothing_is_created_outside_or_through_a_link),
        TEST(many_are_created_at_once),
        TEST(of_many_none_is_created_where_one_is_there),
        TEST(of_many_none_is_created_where_the_disk_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
