/* Where the index lies, who may have it, and that whatever stands in its place is made anew or left alone. */
#include "fixture.h"

#include "index_private.h"

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

static int setup(void **state)
{
    g_setenv("REFINE_INDEX", "auto", TRUE);
    int status = fixture_setup(state);
    fixture_folder(*state, "backlog");
    fixture_folder(*state, ".git");
    return status;
}

/* The path of the one index in the folder. */
static char *path_in(const struct fixture *fixture, const char *folder)
{
    g_autofree char *name = fixture_names(fixture, folder);
    if (!g_str_has_prefix(name, "index-") || strchr(name, ' '))
        fail_msg("expected one index in %s, saw \"%s\"", folder, name);
    return g_build_filename(folder, name, NULL);
}

static gint64 count_rows(struct index *index)
{
    sqlite3_stmt *select = index_prepare(index, "SELECT count(*) FROM file");
    gint64 count = index_step(index, select) ? sqlite3_column_int64(select, 0) : -1;
    sqlite3_finalize(select);
    return count;
}

static void add_row(struct index *index, const char *path)
{
    g_autofree char *insert =
        g_strdup_printf("INSERT INTO file (path, version) VALUES ('%s', %" G_GINT64_FORMAT ")", path,
                        index_next_version(index));
    assert_true(index_begin(index));
    assert_true(index_end(index, index_execute(index, insert)));
}

/* Makes the index with one row, and returns its path. */
static char *make(struct fixture *fixture)
{
    g_autoptr(Index) index = index_open(fixture_policy(fixture, NULL), TRUE);
    assert_non_null(index);
    add_row(index, "backlog/k7q2m-filter.md");
    return path_in(fixture, ".git/refine");
}

static gint64 rows_now(struct fixture *fixture, gboolean write)
{
    g_autoptr(Index) index = index_open(fixture_policy(fixture, NULL), write);
    return index ? count_rows(index) : -1;
}

static void what_is_written_is_there_again(void **state)
{
    g_autofree char *path = make(*state);
    assert_int_equal(rows_now(*state, TRUE), 1);
    assert_int_equal(rows_now(*state, FALSE), 1);
}

static void it_can_be_switched_off(void **state)
{
    struct fixture *fixture = *state;
    g_setenv("REFINE_INDEX", "off", TRUE);
    assert_null(index_open(fixture_policy(fixture, NULL), TRUE));
    assert_false(index_pays(100000));
    g_autofree char *names = fixture_names(fixture, ".git");
    assert_string_equal(names, "");
    g_setenv("REFINE_INDEX", "always", TRUE);
    assert_true(index_pays(1));
}

static void it_pays_for_many_files_only(void **state)
{
    assert_false(index_pays(3));
    assert_true(index_pays(10000));
}

static void to_be_read_none_is_made(void **state)
{
    struct fixture *fixture = *state;
    assert_null(index_open(fixture_policy(fixture, NULL), FALSE));
    g_autofree char *names = fixture_names(fixture, ".git");
    assert_string_equal(names, "");
}

static void to_be_read_nothing_is_written(void **state)
{
    g_autofree char *path = make(*state);
    g_autoptr(Index) index = index_open(fixture_policy(*state, NULL), FALSE);
    assert_non_null(index);
    assert_false(index_begin(index));
    assert_false(index_execute(index, "DELETE FROM file"));
    assert_int_equal(count_rows(index), 1);
}

static void a_linked_work_tree_has_its_own(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *git = fixture_path(fixture, ".git");
    fixture_folder(fixture, "main/worktrees/other");
    g_rmdir(git);
    fixture_write(fixture, ".git", "gitdir: main/worktrees/other\n");
    assert_int_equal(rows_now(fixture, TRUE), 0);
    g_autofree char *path = path_in(fixture, "main/worktrees/other/refine");
}

static void two_backlogs_of_a_repository_have_two(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *below = fixture_path(fixture, "shop");
    fixture_folder(fixture, "shop/backlog");
    g_autofree char *path = make(fixture);
    g_autoptr(Policy) policy = policy_new(below, fixture->root, NULL);
    g_autoptr(Index) index = index_open(policy, TRUE);
    assert_int_equal(count_rows(index), 0);
    g_autofree char *names = fixture_names(fixture, ".git/refine");
    g_auto(GStrv) both = g_strsplit(names, " ", -1);
    assert_int_equal(g_strv_length(both), 2);
}

/* The cache folder of the process is asked for once, so this is where it is set. */
static void without_repository_it_is_in_the_cache(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *git = fixture_path(fixture, ".git");
    g_rmdir(git);
    g_autofree char *cache = g_strdup(g_get_user_cache_dir());
    g_autoptr(Index) index = index_open(fixture_policy(fixture, NULL), TRUE);
    assert_non_null(index);
    g_autofree char *expected = g_build_filename(cache, "refine", NULL);
    assert_string_equal(index->folder, expected);
    g_unlink(index->path);
    g_rmdir(index->folder);
}

static void it_can_be_read_by_whom_the_folder_can(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *folder = fixture_path(fixture, ".git/refine");
    struct stat status;
    mode_t before = umask(022);

    g_mkdir(folder, 0700);
    g_autofree char *path = make(fixture), *full = fixture_path(fixture, path);
    umask(before);
    assert_return_code(stat(full, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

/* -- what stands in its place -- */

static void whatever_is_no_index_is_made_anew(void **state)
{
    static const char *const texts[] = { "", "S", "SQLite format 3", "Receipts, by Ana\n" };
    struct fixture *fixture = *state;
    g_autofree char *path = make(fixture);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        fixture_write(fixture, path, texts[i]);
        assert_int_equal(rows_now(fixture, TRUE), 0);
        g_autoptr(Index) index = index_open(fixture_policy(fixture, NULL), TRUE);
        add_row(index, "backlog/k7q2m-filter.md");
    }
}

static void change(struct fixture *fixture, const char *path, const char *statement)
{
    g_autofree char *full = fixture_path(fixture, path);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(full, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, statement, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void another_version_is_made_anew(void **state)
{
    static const char *const changes[] = {
        "PRAGMA user_version = 9999",
        "PRAGMA user_version = 0",
        "PRAGMA application_id = 17",
        "DROP TABLE file",
        "ALTER TABLE file DROP COLUMN sum",
        "CREATE TRIGGER a AFTER INSERT ON facts BEGIN DELETE FROM file; END",
        "ALTER TABLE file RENAME TO a; CREATE VIEW file AS WITH RECURSIVE b(c) AS (SELECT 1 UNION ALL SELECT "
        "c + 1 "
        "FROM b) SELECT c id, c path, 1 version, 0 size, 0 mtime, 0 ctime, 0 inode, 0 device, NULL item, 0 "
        "sum FROM b",
        "DROP TABLE file; CREATE VIRTUAL TABLE file USING fts5(id, path, version, size, mtime, ctime, inode, "
        "device, item, sum)",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autofree char *path = make(*state), *full = fixture_path(*state, path);
        change(*state, path, changes[i]);
        assert_int_equal(rows_now(*state, FALSE), -1);
        assert_int_equal(rows_now(*state, TRUE), 0);
        g_unlink(full);
    }
}

static void a_link_is_left_alone(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = make(fixture), *full = fixture_path(fixture, path);
    fixture_write(fixture, "precious", "the only copy\n");
    g_unlink(full);
    fixture_link(fixture, "../../precious", path);
    assert_int_equal(rows_now(fixture, TRUE), -1);
    g_autofree char *text = fixture_read(fixture, "precious");
    assert_string_equal(text, "the only copy\n");

    g_unlink(full);
    fixture_link(fixture, "../../nothing", path);
    assert_int_equal(rows_now(fixture, TRUE), -1);
    assert_null(fixture_read(fixture, "nothing"));
}

static void a_folder_that_is_a_link_has_none(void **state)
{
    struct fixture *fixture = *state;
    fixture_folder(fixture, "elsewhere");
    fixture_link(fixture, "../elsewhere", ".git/refine");
    assert_int_equal(rows_now(fixture, TRUE), -1);
    g_autofree char *names = fixture_names(fixture, "elsewhere");
    assert_string_equal(names, "");
}

static void a_folder_or_fifo_in_its_place_is_left_alone(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = make(fixture), *full = fixture_path(fixture, path);
    g_unlink(full);
    g_mkdir(full, 0755);
    assert_int_equal(rows_now(fixture, TRUE), -1);
    g_rmdir(full);
    assert_return_code(mkfifo(full, 0644), 0);
    assert_int_equal(rows_now(fixture, TRUE), -1);
}

static void in_a_folder_without_rights_it_is_only_read(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = make(fixture), *folder = fixture_path(fixture, ".git/refine");
    if (!fixture_drop_rights(fixture))
        skip();
    assert_return_code(g_chmod(folder, 0500), 0);
    g_autoptr(Index) index = index_open(fixture_policy(fixture, NULL), TRUE);
    assert_non_null(index);
    assert_int_equal(count_rows(index), 1);
    assert_false(index_begin(index));
}

static void what_another_user_owns_is_not_used(void **state)
{
    struct fixture *fixture = *state;
    if (geteuid() != 0)
        skip();
    g_autofree char *path = make(fixture), *full = fixture_path(fixture, path);
    g_autofree char *folder = fixture_path(fixture, ".git/refine"), *git = fixture_path(fixture, ".git");
    const char *const places[] = { full, folder, git };
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        assert_return_code(chown(places[i], 65534, (gid_t)-1), 0);
        assert_int_equal(rows_now(fixture, TRUE), -1);
        assert_return_code(chown(places[i], 0, (gid_t)-1), 0);
    }
    assert_int_equal(rows_now(fixture, TRUE), 1);
}

/* -- while it is open -- */

static void one_writes_and_others_go_without(void **state)
{
    g_autofree char *path = make(*state);
    g_autoptr(Index) one = index_open(fixture_policy(*state, NULL), TRUE);
    assert_true(index_begin(one));
    assert_true(index_execute(one, "DELETE FROM file"));

    g_autoptr(Index) two = index_open(((struct fixture *)*state)->policy, TRUE);
    assert_int_equal(count_rows(two), 1);
    assert_false(index_begin(two));
    assert_true(index_end(one, TRUE));
    assert_int_equal(count_rows(two), 0);
    assert_true(index_begin(two));
    assert_true(index_end(two, TRUE));
}

static void what_is_not_good_is_not_kept(void **state)
{
    g_autofree char *path = make(*state);
    g_autoptr(Index) index = index_open(fixture_policy(*state, NULL), TRUE);
    assert_true(index_begin(index));
    assert_true(index_execute(index, "DELETE FROM file"));
    assert_false(index_end(index, FALSE));
    assert_int_equal(count_rows(index), 1);
}

/* All pages but the first, which has the header and the schema. */
static void damage_that_shows_later_makes_it_anew(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = make(fixture), *full = fixture_path(fixture, path);
    g_autoptr(Index) index = index_open(fixture_policy(fixture, NULL), TRUE);
    int file = open(full, O_WRONLY | O_CLOEXEC);
    g_autofree char *noise = g_strnfill(8192, 'x');
    for (off_t at = 8192; at < 4 * 8192; at += 8192)
        assert_int_equal(pwrite(file, noise, 8192, at), 8192);
    close(file);

    sqlite3_stmt *select = index_prepare(index, "SELECT path FROM file");
    assert_non_null(select);
    assert_false(index_step(index, select));
    assert_int_equal(index->renewals, 1);
    assert_false(index_step(index, select)); /* that is of the one before */
    sqlite3_finalize(select);
    assert_int_equal(count_rows(index), 0);
    add_row(index, "backlog/k7q2m-filter.md");
    assert_int_equal(rows_now(fixture, TRUE), 1);
}

static void versions_are_never_the_same(void **state)
{
    g_autoptr(Index) one = index_open(fixture_policy(*state, NULL), TRUE);
    gint64 first = index_next_version(one), second = index_next_version(one);
    g_autoptr(Index) two = index_open(((struct fixture *)*state)->policy, TRUE);
    gint64 third = index_next_version(two);
    assert_true(first > 0 && second > 0 && third > 0);
    assert_true(first != second && second != third && first != third);
}

int main(void)
{
    g_autofree char *cache = g_dir_make_tmp("refine-unit-cache-XXXXXX", NULL);
    g_setenv("XDG_CACHE_HOME", cache, TRUE);
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_is_written_is_there_again),
        TEST(it_can_be_switched_off),
        TEST(it_pays_for_many_files_only),
        TEST(to_be_read_none_is_made),
        TEST(to_be_read_nothing_is_written),
        TEST(a_linked_work_tree_has_its_own),
        TEST(two_backlogs_of_a_repository_have_two),
        TEST(without_repository_it_is_in_the_cache),
        TEST(it_can_be_read_by_whom_the_folder_can),
        TEST(whatever_is_no_index_is_made_anew),
        TEST(another_version_is_made_anew),
        TEST(a_link_is_left_alone),
        TEST(a_folder_that_is_a_link_has_none),
        TEST(a_folder_or_fifo_in_its_place_is_left_alone),
        TEST(in_a_folder_without_rights_it_is_only_read),
        TEST(what_another_user_owns_is_not_used),
        TEST(one_writes_and_others_go_without),
        TEST(what_is_not_good_is_not_kept),
        TEST(damage_that_shows_later_makes_it_anew),
        TEST(versions_are_never_the_same),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    g_rmdir(cache);
    return failed;
}
