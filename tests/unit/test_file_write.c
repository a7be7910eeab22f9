/* Replacing and removing: only what was read, and a failure leaves all as it was. */
#include "file.h"
#include "fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

/* What happens right before a rename, and what fails: these calls stand in for the C library's, so that a
 * test can be the other process that comes between looking and writing. */
static struct {
    const struct fixture *fixture;
    void (*act[2])(const struct fixture *fixture); /* before the first rename, and the second */
    guint renames;
    gboolean cannot_exchange; /* a file system without RENAME_EXCHANGE and RENAME_NOREPLACE */
    gboolean disk_fails;      /* fsync says EIO */
    guint synced;
} stand_in;

int renameat2(int from, const char *old, int to, const char *new, unsigned int flags)
{
    guint number = stand_in.renames++;
    if (stand_in.fixture && number < 2 && stand_in.act[number])
        stand_in.act[number](stand_in.fixture);
    if (stand_in.cannot_exchange && flags) {
        errno = EINVAL;
        return -1;
    }
    return (int)syscall(SYS_renameat2, from, old, to, new, flags);
}

int fsync(int descriptor)
{
    stand_in.synced++;
    if (stand_in.disk_fails) {
        errno = EIO;
        return -1;
    }
    return 0;
}

static int setup(void **state)
{
    memset(&stand_in, 0, sizeof stand_in);
    fixture_setup(state);
    stand_in.fixture = *state;
    fixture_write(*state, "backlog/k7q2m-filter.md", "estimate: 5\n");
    return 0;
}

static int teardown(void **state)
{
    memset(&stand_in, 0, sizeof stand_in);
    return fixture_teardown(state);
}

static GBytes *bytes_of(const char *text)
{
    return g_bytes_new(text, strlen(text));
}

static gboolean replace(const struct fixture *fixture, const char *path, const char *before,
                        const char *after, GError **error)
{
    g_autoptr(GBytes) old = bytes_of(before), new = bytes_of(after);
    return file_replace(fixture->descriptor, path, old, new, error);
}

static gboolean create(const struct fixture *fixture, const char *path, const char *text, GError **error)
{
    g_autoptr(GBytes) bytes = bytes_of(text);
    return file_create(fixture->descriptor, path, bytes, error);
}

static gboolean remove_file(const struct fixture *fixture, const char *path, const char *expected,
                            GError **error)
{
    g_autoptr(GBytes) bytes = bytes_of(expected);
    return file_remove(fixture->descriptor, path, bytes, error);
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

static void check_replace_fails(const struct fixture *fixture, const char *path, enum file_error code,
                                const char *says)
{
    g_autoptr(GError) error = NULL;
    assert_false(replace(fixture, path, "estimate: 5\n", "estimate: 8\n", &error));
    assert_true(fixture_says(error->message, says));
    assert_true(g_error_matches(error, FILE_ERROR, (int)code));
}

/* -- replacing -- */

static void a_file_is_replaced_with_its_mode(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = fixture_path(fixture, "backlog/k7q2m-filter.md");
    static const mode_t modes[] = { 0644, 0600, 0755, 0664 };
    struct stat status;

    for (gsize i = 0; i < G_N_ELEMENTS(modes); i++) {
        assert_return_code(chmod(path, modes[i]), 0);
        assert_true(replace(fixture, "backlog/k7q2m-filter.md", i % 2 ? "estimate: 8\n" : "estimate: 5\n",
                            i % 2 ? "estimate: 5\n" : "estimate: 8\n", NULL));
        assert_return_code(stat(path, &status), 0);
        assert_int_equal(status.st_mode & 07777, modes[i]);
    }
    check_file(fixture, "backlog/k7q2m-filter.md", "estimate: 5\n");
    check_names(fixture, "backlog", "k7q2m-filter.md");
    assert_int_equal(stand_in.synced, 2 * G_N_ELEMENTS(modes));
}

static void what_is_not_a_file_of_its_own_is_not_replaced(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = fixture_path(fixture, "backlog/k7q2m-filter.md");
    g_autofree char *second = fixture_path(fixture, "filter-again.md");

    assert_return_code(link(path, second), 0);
    check_replace_fails(fixture, "backlog/k7q2m-filter.md", FILE_ERROR_KIND, "it has 2 names (hard links)");
    g_unlink(second);
    fixture_link(fixture, "k7q2m-filter.md", "backlog/c4x9d-link.md");
    check_replace_fails(fixture, "backlog/c4x9d-link.md", FILE_ERROR_KIND, "symbolic link");
    fixture_link(fixture, "backlog", "items");
    check_replace_fails(fixture, "items/k7q2m-filter.md", FILE_ERROR_KIND, "symbolic link");
    check_replace_fails(fixture, "backlog", FILE_ERROR_KIND, "saw a folder");
    check_replace_fails(fixture, "backlog/t2h8k.md", FILE_ERROR_ABSENT, "No such file");
    check_replace_fails(fixture, "../k7q2m-filter.md", FILE_ERROR_KIND, "out of the folder");
    check_file(fixture, "backlog/k7q2m-filter.md", "estimate: 5\n");
    check_names(fixture, "backlog", "c4x9d-link.md k7q2m-filter.md");
}

static void a_file_that_was_changed_before_is_kept(void **state)
{
    struct fixture *fixture = *state;

    fixture_write(fixture, "backlog/k7q2m-filter.md", "estimate: 3\n");
    check_replace_fails(fixture, "backlog/k7q2m-filter.md", FILE_ERROR_CHANGED, "changed meanwhile");
    check_file(fixture, "backlog/k7q2m-filter.md", "estimate: 3\n");
    check_names(fixture, "backlog", "k7q2m-filter.md");
    assert_int_equal(stand_in.renames, 0);
}

static void edit_by_another(const struct fixture *fixture)
{
    fixture_write(fixture, "backlog/k7q2m-filter.md", "estimate: 13\nowner: bo\n");
}

static void remove_by_another(const struct fixture *fixture)
{
    g_autofree char *path = fixture_path(fixture, "backlog/k7q2m-filter.md");
    assert_return_code(g_unlink(path), 0);
}

static void link_by_another(const struct fixture *fixture)
{
    remove_by_another(fixture);
    fixture_write(fixture, "passwords", "estimate: 5\n");
    fixture_link(fixture, "../passwords", "backlog/k7q2m-filter.md");
}

static void a_file_that_is_changed_at_the_last_moment_is_kept(void **state)
{
    struct fixture *fixture = *state;
    for (int plain = 0; plain < 2; plain++) {
        fixture_write(fixture, "backlog/k7q2m-filter.md", "estimate: 5\n");
        stand_in.act[0] = edit_by_another;
        stand_in.renames = 0;
        stand_in.cannot_exchange = plain;
        check_replace_fails(fixture, "backlog/k7q2m-filter.md", FILE_ERROR_CHANGED, "changed meanwhile");
        check_file(fixture, "backlog/k7q2m-filter.md", "estimate: 13\nowner: bo\n");
        check_names(fixture, "backlog", "k7q2m-filter.md");
    }
}

static void a_link_that_is_swapped_in_is_kept_and_not_followed(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = fixture_path(fixture, "backlog/k7q2m-filter.md");

    stand_in.act[0] = link_by_another;
    check_replace_fails(fixture, "backlog/k7q2m-filter.md", FILE_ERROR_CHANGED, "changed meanwhile");
    g_autofree char *target = g_file_read_link(path, NULL);
    assert_string_equal(target, "../passwords");
    check_file(fixture, "passwords", "estimate: 5\n");
    check_names(fixture, "backlog", "k7q2m-filter.md");
}

static void a_file_that_is_removed_at_the_last_moment_stays_away(void **state)
{
    struct fixture *fixture = *state;
    stand_in.act[0] = remove_by_another;
    check_replace_fails(fixture, "backlog/k7q2m-filter.md", FILE_ERROR_ABSENT, "No such file");
    check_names(fixture, "backlog", "");
}

/* The file is edited, exchanged, and what came in its place removed before it can be put back. */
static void what_another_wrote_is_never_removed(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;

    stand_in.act[0] = edit_by_another;
    stand_in.act[1] = remove_by_another;
    assert_false(replace(fixture, "backlog/k7q2m-filter.md", "estimate: 5\n", "estimate: 8\n", &error));
    g_autofree char *names = fixture_names(fixture, "backlog");
    g_autofree char *left = g_strconcat("backlog/", names, NULL);
    check_file(fixture, left, "estimate: 13\nowner: bo\n");
    assert_true(fixture_says(error->message, names));
}

static void a_file_system_that_cannot_exchange_will_do(void **state)
{
    struct fixture *fixture = *state;
    stand_in.cannot_exchange = TRUE;
    assert_true(replace(fixture, "backlog/k7q2m-filter.md", "estimate: 5\n", "estimate: 8\n", NULL));
    assert_true(create(fixture, "backlog/t2h8k.md", "---\n---\n", NULL));
    assert_false(create(fixture, "backlog/t2h8k.md", "other", NULL));
    check_file(fixture, "backlog/k7q2m-filter.md", "estimate: 8\n");
    check_file(fixture, "backlog/t2h8k.md", "---\n---\n");
    check_names(fixture, "backlog", "k7q2m-filter.md t2h8k.md");
}

static void a_full_disk_leaves_the_old_file_and_no_other(void **state)
{
    struct fixture *fixture = *state;
    struct rlimit old, tight;
    g_autofree char *long_text = g_strnfill(1000, 'x');
    g_autoptr(GError) error = NULL;

    assert_return_code(getrlimit(RLIMIT_FSIZE, &old), 0);
    tight = (struct rlimit){ 100, old.rlim_max };
    signal(SIGXFSZ, SIG_IGN);
    assert_return_code(setrlimit(RLIMIT_FSIZE, &tight), 0);
    gboolean replaced = replace(fixture, "backlog/k7q2m-filter.md", "estimate: 5\n", long_text, &error);
    gboolean created = create(fixture, "backlog/t2h8k.md", long_text, NULL);
    assert_return_code(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_false(replaced);
    assert_false(created);
    assert_true(fixture_says(error->message, "File too large"));
    check_file(fixture, "backlog/k7q2m-filter.md", "estimate: 5\n");
    check_names(fixture, "backlog", "k7q2m-filter.md");
}

static void a_disk_that_fails_leaves_the_old_file_and_no_other(void **state)
{
    struct fixture *fixture = *state;
    stand_in.disk_fails = TRUE;
    check_replace_fails(fixture, "backlog/k7q2m-filter.md", FILE_ERROR_SYSTEM, "Input/output error");
    assert_false(create(fixture, "backlog/t2h8k.md", "---\n---\n", NULL));
    check_file(fixture, "backlog/k7q2m-filter.md", "estimate: 5\n");
    check_names(fixture, "backlog", "k7q2m-filter.md");
}

static void a_folder_without_rights_is_left_alone(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *folder = fixture_path(fixture, "backlog");

    assert_return_code(chmod(folder, 0555), 0);
    if (!fixture_drop_rights(fixture))
        skip();
    check_replace_fails(fixture, "backlog/k7q2m-filter.md", FILE_ERROR_SYSTEM, "Permission denied");
    assert_false(create(fixture, "backlog/t2h8k.md", "", NULL));
    assert_false(create(fixture, "backlog/archive/t2h8k.md", "", NULL));
    assert_false(remove_file(fixture, "backlog/k7q2m-filter.md", "estimate: 5\n", NULL));
    check_file(fixture, "backlog/k7q2m-filter.md", "estimate: 5\n");
    check_names(fixture, "backlog", "k7q2m-filter.md");
}

/* -- removing -- */

static void only_what_is_expected_is_removed(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;

    assert_false(remove_file(fixture, "backlog/k7q2m-filter.md", "estimate: 8\n", &error));
    assert_true(g_error_matches(error, FILE_ERROR, FILE_ERROR_CHANGED));
    check_file(fixture, "backlog/k7q2m-filter.md", "estimate: 5\n");
    fixture_link(fixture, "k7q2m-filter.md", "backlog/c4x9d-link.md");
    assert_false(remove_file(fixture, "backlog/c4x9d-link.md", "estimate: 5\n", NULL));
    assert_false(remove_file(fixture, "absent/k7q2m-filter.md", "", NULL));
    assert_true(remove_file(fixture, "backlog/k7q2m-filter.md", "estimate: 5\n", NULL));
    check_names(fixture, "backlog", "c4x9d-link.md");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_is_replaced_with_its_mode),
        TEST(what_is_not_a_file_of_its_own_is_not_replaced),
        TEST(a_file_that_was_changed_before_is_kept),
        TEST(a_file_that_is_changed_at_the_last_moment_is_kept),
        TEST(a_link_that_is_swapped_in_is_kept_and_not_followed),
        TEST(a_file_that_is_removed_at_the_last_moment_stays_away),
        TEST(what_another_wrote_is_never_removed),
        TEST(a_file_system_that_cannot_exchange_will_do),
        TEST(a_full_disk_leaves_the_old_file_and_no_other),
        TEST(a_disk_that_fails_leaves_the_old_file_and_no_other),
        TEST(a_folder_without_rights_is_left_alone),
        TEST(only_what_is_expected_is_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
