/* Walking folders, and what a hostile neighbour can do: folders that become links while they are read. */
#include "file.h"
#include "fixture.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/openat2.h>
#include <linux/seccomp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#define FLIPS 10000

/* What a walk said, each a line: "path", "path/" of a folder, "path: trouble". */
struct seen {
    GPtrArray *lines;
    const char *stay_out; /* a folder not to go into */
};

static gboolean visit(const char *path, gboolean is_folder, gpointer data)
{
    struct seen *seen = data;
    g_ptr_array_add(seen->lines, g_strconcat(path, is_folder ? "/" : "", NULL));
    return g_strcmp0(path, seen->stay_out) != 0;
}

static void trouble(const char *path, const char *message, gpointer data)
{
    struct seen *seen = data;
    g_ptr_array_add(seen->lines, g_strdup_printf("%s: %s", path, message));
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All that a walk of folder says, sorted, with line breaks; newly allocated. */
static char *walk(const struct fixture *fixture, const char *folder, const char *stay_out)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    struct seen seen = { lines, stay_out };
    const struct file_visitor visitor = { visit, trouble, &seen };
    g_autoptr(GError) error = NULL;

    if (!file_walk(fixture->descriptor, folder, &visitor, &error))
        fail_msg("%s", error->message);
    g_ptr_array_sort(lines, by_text);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

static void every_entry_is_visited_but_hidden_ones(void **state)
{
    struct fixture *fixture = *state;

    fixture_write(fixture, "backlog/k7q2m-filter.md", "");
    fixture_write(fixture, "backlog/archive/2026/c4x9d-sort.md", "");
    fixture_write(fixture, "backlog/archive/README.md", "");
    fixture_write(fixture, "backlog/votes/k7q2m/1-ana", "5");
    fixture_write(fixture, "backlog/.obsidian/t2h8k.md", "");
    fixture_write(fixture, "backlog/.hidden.md", "");
    fixture_write(fixture, "beside/t2h8k-other.md", "");

    g_autofree char *all = walk(fixture, "backlog", NULL);
    assert_string_equal(all, "backlog/archive/\n"
                             "backlog/archive/2026/\n"
                             "backlog/archive/2026/c4x9d-sort.md\n"
                             "backlog/archive/README.md\n"
                             "backlog/k7q2m-filter.md\n"
                             "backlog/votes/\n"
                             "backlog/votes/k7q2m/\n"
                             "backlog/votes/k7q2m/1-ana");
    g_autofree char *some = walk(fixture, "backlog", "backlog/votes");
    assert_null(strstr(some, "1-ana"));
}

static void links_are_seen_and_not_entered(void **state)
{
    struct fixture *fixture = *state;

    fixture_write(fixture, "outside/c4x9d-secret.md", "");
    fixture_folder(fixture, "backlog");
    fixture_link(fixture, "../outside", "backlog/more");
    fixture_link(fixture, ".", "backlog/round");
    fixture_link(fixture, "backlog", "items");
    g_autofree char *all = walk(fixture, "backlog", NULL);
    assert_string_equal(all, "backlog/more\nbacklog/round");

    const struct file_visitor visitor = { visit, trouble, NULL };
    g_autoptr(GError) error = NULL;
    assert_false(file_walk(fixture->descriptor, "items", &visitor, &error));
    assert_true(g_error_matches(error, FILE_ERROR, FILE_ERROR_KIND));
}

static void a_folder_that_is_not_there_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    const struct file_visitor visitor = { visit, trouble, NULL };
    g_autoptr(GError) absent = NULL, file = NULL, outside = NULL;

    fixture_write(fixture, "notes", "");
    assert_false(file_walk(fixture->descriptor, "backlog", &visitor, &absent));
    assert_true(g_error_matches(absent, FILE_ERROR, FILE_ERROR_ABSENT));
    assert_false(file_walk(fixture->descriptor, "notes", &visitor, &file));
    assert_false(file_walk(fixture->descriptor, "..", &visitor, &outside));
    assert_true(g_error_matches(outside, FILE_ERROR, FILE_ERROR_KIND));
}

static void a_folder_that_cannot_be_read_hides_no_other(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *closed = fixture_path(fixture, "backlog/closed");

    fixture_write(fixture, "backlog/closed/k7q2m.md", "");
    fixture_write(fixture, "backlog/open/c4x9d.md", "");
    assert_return_code(chmod(closed, 0), 0);
    if (!fixture_drop_rights(fixture))
        skip();
    g_autofree char *all = walk(fixture, "backlog", NULL);
    assert_string_equal(all, "backlog/closed/\n"
                             "backlog/closed: Permission denied\n"
                             "backlog/open/\n"
                             "backlog/open/c4x9d.md");
}

static void a_walk_goes_deep_but_ends(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GString) path = g_string_new("backlog");

    for (guint depth = 1; depth <= 80; depth++)
        g_string_append_printf(path, "/%u", depth);
    g_string_append(path, "/k7q2m.md");
    fixture_write(fixture, path->str, "");
    fixture_write(fixture, "backlog/1/2/3/c4x9d.md", "");
    g_autofree char *all = walk(fixture, "backlog", NULL);
    assert_non_null(strstr(all, "/63/64/\n"));
    assert_non_null(strstr(all, "/63/64/65: folders nested too deep"));
    assert_null(strstr(all, "/66"));
    assert_null(strstr(all, "k7q2m.md"));
    assert_non_null(strstr(all, "backlog/1/2/3/c4x9d.md"));
}

/* -- a folder that flips -- */

/* backlog/shop is a folder and backlog/spare a link to one outside; one exchange makes it the other way
 * round. */
static void make_flip(const struct fixture *fixture)
{
    fixture_write(fixture, "top/backlog/shop/k7q2m.md", "inside\n");
    fixture_write(fixture, "outside/k7q2m.md", "secret\n");
    fixture_write(fixture, "outside/secret.md", "secret\n");
    fixture_link(fixture, "../../outside", "top/backlog/spare");
}

struct flip {
    int folder;
    gint flips; /* so far; atomic */
};

static gpointer flip(gpointer data)
{
    struct flip *flip = data;
    while (g_atomic_int_add(&flip->flips, 1) < FLIPS)
        renameat2(flip->folder, "shop", flip->folder, "spare", RENAME_EXCHANGE);
    return NULL;
}

static gboolean visit_inside(const char *path, gboolean is_folder, gpointer data)
{
    GHashTable *paths = data;
    g_hash_table_add(paths, g_strdup(path));
    return TRUE;
}

static void ignore(const char *path, const char *message, gpointer data)
{
}

/* One round of all that reads and writes, while the folder flips. Returns how many reads came through. */
static guint try_all(int root, GHashTable *paths)
{
    const struct file_visitor visitor = { visit_inside, ignore, paths };
    g_autoptr(GBytes) inside = g_bytes_new_static("inside\n", 7);
    g_autoptr(GBytes) read = file_read(root, "backlog/shop/k7q2m.md", NULL);
    g_autoptr(GBytes) front = file_read_front(root, "backlog/shop/k7q2m.md", NULL);

    if (read)
        assert_true(g_bytes_equal(read, inside));
    if (front)
        assert_true(g_bytes_equal(front, inside));
    file_replace(root, "backlog/shop/k7q2m.md", inside, inside, NULL);
    file_create(root, "backlog/shop/new/c4x9d.md", inside, NULL);
    file_remove(root, "backlog/shop/new/c4x9d.md", inside, NULL);
    file_walk(root, "backlog", &visitor, NULL);
    return (read != NULL) + (front != NULL);
}

static void nothing_outside_is_touched_while_a_folder_flips(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GHashTable) paths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    make_flip(fixture);
    g_autofree char *top = fixture_path(fixture, "top"), *folder = fixture_path(fixture, "top/backlog");
    int root = open(top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct flip shop = { open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), 0 };
    assert_int_equal(try_all(root, paths), 2);
    GThread *thread = g_thread_new("flip", flip, &shop);
    while (g_atomic_int_get(&shop.flips) < FLIPS)
        try_all(root, paths);
    g_thread_join(thread);
    close(shop.folder);
    close(root);
    assert_false(g_hash_table_contains(paths, "backlog/shop/secret.md"));
    assert_false(g_hash_table_contains(paths, "backlog/spare/secret.md"));

    g_autofree char *names = fixture_names(fixture, "outside"),
                    *secret = fixture_read(fixture, "outside/k7q2m.md");
    assert_string_equal(names, "k7q2m.md secret.md");
    assert_string_equal(secret, "secret\n");
    g_autofree char *left = fixture_names(fixture, "top");
    assert_string_equal(left, "backlog");
}

/* -- without openat2 -- */

/* From here on the kernel knows no openat2 for this process, as old ones do; FALSE where that cannot be had.
 */
static gboolean forget_openat2(void)
{
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 38 /* ENOSYS */),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = { G_N_ELEMENTS(steps), steps };
    struct open_how how = { .flags = O_RDONLY };

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        return FALSE;
    return syscall(SYS_openat2, AT_FDCWD, ".", &how, sizeof how) == -1;
}

static void without_openat2_nothing_outside_is_read_either(void **state)
{
    struct fixture *fixture = *state;
    static const char *const refused[] = { "../outside/k7q2m.md",
                                           "backlog/../../outside/k7q2m.md",
                                           "backlog//shop/k7q2m.md",
                                           "/etc/hostname",
                                           "backlog/spare/k7q2m.md",
                                           "backlog/shop",
                                           "" };

    if (!forget_openat2())
        skip();
    make_flip(fixture);
    g_autofree char *top = fixture_path(fixture, "top");
    int root = open(top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    g_autoptr(GBytes) read = file_read(root, "backlog/shop/k7q2m.md", NULL);
    assert_non_null(read);
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(file_read(root, refused[i], &error));
        assert_non_null(error);
    }
    close(root);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    /* Those without openat2 come last: the kernel does not give it back. */
    const struct CMUnitTest tests[] = {
        TEST(every_entry_is_visited_but_hidden_ones),
        TEST(links_are_seen_and_not_entered),
        TEST(a_folder_that_is_not_there_is_an_error),
        TEST(a_folder_that_cannot_be_read_hides_no_other),
        TEST(a_walk_goes_deep_but_ends),
        TEST(nothing_outside_is_touched_while_a_folder_flips),
        TEST(without_openat2_nothing_outside_is_read_either),
        TEST(nothing_outside_is_touched_while_a_folder_flips),
        TEST(every_entry_is_visited_but_hidden_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
