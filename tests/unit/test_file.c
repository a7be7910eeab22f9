/* Reading: what may be read, how much of it, and what can never be reached. */
#include "file.h"
#include "fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

/* What the next read does beside reading: it stands in for the C library's, so that a file can change at that
 * very moment. */
static struct {
    const char *grows;   /* a file that is written to first */
    gboolean interrupts; /* the first call is interrupted */
    gboolean fails;
    gsize most; /* bytes at once; 0: all */
} on_read;

ssize_t read(int descriptor, void *buffer, size_t length)
{
    if (on_read.grows) {
        int file = open(on_read.grows, O_WRONLY | O_APPEND | O_CLOEXEC);
        assert_int_equal(write(file, "- more\n", 7), 7);
        close(file);
        on_read.grows = NULL;
    }
    if (on_read.interrupts || on_read.fails) {
        errno = on_read.fails ? EIO : EINTR;
        on_read.interrupts = FALSE;
        return -1;
    }
    return syscall(SYS_read, descriptor, buffer, on_read.most ? MIN(length, on_read.most) : length);
}

static void check_text(GBytes *bytes, const char *text)
{
    assert_non_null(bytes);
    assert_int_equal(g_bytes_get_size(bytes), strlen(text));
    assert_memory_equal(g_bytes_get_data(bytes, NULL), text, strlen(text));
}

static void check_refused(const struct fixture *fixture, const char *path, enum file_error code,
                          const char *says)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = file_read(fixture->descriptor, path, &error);

    assert_null(bytes);
    assert_true(fixture_says(error->message, says));
    assert_true(g_error_matches(error, FILE_ERROR, (int)code));
    g_autoptr(GBytes) front = file_read_front(fixture->descriptor, path, NULL);
    assert_null(front);
}

static void a_file_is_read_as_it_is(void **state)
{
    struct fixture *fixture = *state;
    static const char bytes[] = "\xef\xbb\xbf---\r\ntitle: Gr\xc3\xb6\xc3\x9f"
                                "e\r\n---\r\n\0\xff end";

    fixture_write_bytes(fixture, "backlog/done/k7q2m-size.md", bytes, sizeof bytes - 1);
    g_autoptr(GBytes) read = file_read(fixture->descriptor, "backlog/done/k7q2m-size.md", NULL);
    assert_int_equal(g_bytes_get_size(read), sizeof bytes - 1);
    assert_memory_equal(g_bytes_get_data(read, NULL), bytes, sizeof bytes - 1);

    fixture_write(fixture, "empty.md", "");
    g_autoptr(GBytes) nothing = file_read(fixture->descriptor, "empty.md", NULL);
    check_text(nothing, "");
    g_autoptr(GBytes) front = file_read_front(fixture->descriptor, "empty.md", NULL);
    check_text(front, "");
}

static void only_regular_files_are_read(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *fifo = fixture_path(fixture, "pipe.md");
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    g_autofree char *path = fixture_path(fixture, "socket.md");
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    fixture_folder(fixture, "folder.md");
    assert_return_code(mkfifo(fifo, 0600), 0);
    g_strlcpy(address.sun_path, path, sizeof address.sun_path);
    assert_return_code(bind(listener, (struct sockaddr *)&address, sizeof address), 0);

    check_refused(fixture, "pipe.md", FILE_ERROR_KIND, "expected a file, saw a FIFO");
    check_refused(fixture, "folder.md", FILE_ERROR_KIND, "expected a file, saw a folder");
    check_refused(fixture, "socket.md", FILE_ERROR_KIND, "expected a file, saw a socket or device");
    check_refused(fixture, "absent.md", FILE_ERROR_ABSENT, "No such file");
    check_refused(fixture, "absent/k7q2m.md", FILE_ERROR_ABSENT, "No such file");
    close(listener);
}

static void links_are_not_followed_at_any_step(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *item = fixture_path(fixture, "backlog/k7q2m-filter.md");

    fixture_write(fixture, "backlog/k7q2m-filter.md", "---\n---\n");
    fixture_link(fixture, "k7q2m-filter.md", "backlog/c4x9d-beside.md");
    fixture_link(fixture, item, "backlog/c4x9d-absolute.md");
    fixture_link(fixture, "nowhere.md", "backlog/c4x9d-dangling.md");
    fixture_link(fixture, "c4x9d-loop.md", "backlog/c4x9d-loop.md");
    fixture_link(fixture, "backlog", "items");
    fixture_link(fixture, "/proc/self/root", "everything");

    check_refused(fixture, "backlog/c4x9d-beside.md", FILE_ERROR_KIND, "saw a symbolic link");
    check_refused(fixture, "backlog/c4x9d-absolute.md", FILE_ERROR_KIND, "saw a symbolic link");
    check_refused(fixture, "backlog/c4x9d-dangling.md", FILE_ERROR_KIND, "saw a symbolic link");
    check_refused(fixture, "backlog/c4x9d-loop.md", FILE_ERROR_KIND, "saw a symbolic link");
    check_refused(fixture, "items/k7q2m-filter.md", FILE_ERROR_KIND, "symbolic link");
    check_refused(fixture, "everything/etc/hostname", FILE_ERROR_KIND, "symbolic link");
}

static void nothing_outside_is_read(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *folder = fixture_path(fixture, "shop"), *secret = fixture_path(fixture, "secret.md");
    struct fixture shop = { .root = folder };

    fixture_write(fixture, "secret.md", "salary: 1");
    fixture_write(fixture, "shop/backlog/k7q2m.md", "---\n---\n");
    shop.descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    check_refused(&shop, "../secret.md", FILE_ERROR_KIND, "out of the folder");
    check_refused(&shop, "backlog/../../secret.md", FILE_ERROR_KIND, "out of the folder");
    check_refused(&shop, secret, FILE_ERROR_KIND, "out of the folder");
    check_refused(&shop, "..", FILE_ERROR_KIND, "");
    check_refused(&shop, "", FILE_ERROR_ABSENT, "");
    close(shop.descriptor);
}

static void a_file_at_the_limit_is_read_and_one_byte_more_is_not(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *text = g_strnfill(FILE_LIMIT + 1, 'x');

    fixture_write_bytes(fixture, "k7q2m-full.md", text, FILE_LIMIT);
    fixture_write_bytes(fixture, "c4x9d-over.md", text, FILE_LIMIT + 1);
    g_autoptr(GBytes) read = file_read(fixture->descriptor, "k7q2m-full.md", NULL);
    assert_int_equal(g_bytes_get_size(read), FILE_LIMIT);
    check_refused(fixture, "c4x9d-over.md", FILE_ERROR_SIZE, "1048577 bytes, over the limit of 1048576");
}

static void a_sparse_file_of_5_gigabytes_is_refused_unread(void **state)
{
    struct fixture *fixture = *state;

    fixture_write(fixture, "k7q2m-dump.md", "---\ntitle: Dump\n---\n");
    g_autofree char *path = fixture_path(fixture, "k7q2m-dump.md");
    if (truncate(path, (off_t)5 << 30) != 0)
        skip();
    on_read.fails = TRUE;
    check_refused(fixture, "k7q2m-dump.md", FILE_ERROR_SIZE, "5368709120 bytes, over the limit");
    on_read.fails = FALSE;
}

static void a_file_that_grows_is_read_as_it_was_opened(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "k7q2m-list.md", "---\n---\n- one\n");
    g_autofree char *path = fixture_path(fixture, "k7q2m-list.md");

    on_read.grows = path;
    g_autoptr(GBytes) bytes = file_read(fixture->descriptor, "k7q2m-list.md", NULL);
    assert_null(on_read.grows);
    check_text(bytes, "---\n---\n- one\n");
    g_autofree char *now = fixture_read(fixture, "k7q2m-list.md");
    assert_string_equal(now, "---\n---\n- one\n- more\n");
}

static void interrupted_and_short_reads_go_on(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "k7q2m-list.md", "---\ntitle: Count bytes\n---\n- one\n");

    on_read.most = 3;
    on_read.interrupts = TRUE;
    g_autoptr(GBytes) bytes = file_read(fixture->descriptor, "k7q2m-list.md", NULL);
    on_read.most = 0;
    assert_false(on_read.interrupts);
    check_text(bytes, "---\ntitle: Count bytes\n---\n- one\n");
}

static void a_disk_that_fails_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;
    fixture_write(fixture, "k7q2m-list.md", "---\n---\n");

    on_read.fails = TRUE;
    g_autoptr(GBytes) bytes = file_read(fixture->descriptor, "k7q2m-list.md", &error);
    on_read.fails = FALSE;
    assert_null(bytes);
    assert_true(g_error_matches(error, FILE_ERROR, FILE_ERROR_SYSTEM));
}

static void a_file_without_rights_is_an_error_of_the_system(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = fixture_path(fixture, "k7q2m-salary.md");

    fixture_write(fixture, "k7q2m-salary.md", "---\n---\n");
    assert_return_code(chmod(path, 0), 0);
    if (!fixture_drop_rights(fixture))
        skip();
    check_refused(fixture, "k7q2m-salary.md", FILE_ERROR_SYSTEM, "Permission denied");
}

/* Front matter of exactly length bytes, its two lines --- included. */
static char *front_of(gsize length)
{
    GString *front = g_string_new("---\nx-note: ");
    while (front->len < length - 5)
        g_string_append_c(front, front->len % 64 == 0 ? ' ' : 'x');
    g_string_append(front, "\n---\n");
    g_assert(front->len == length);
    return g_string_free(front, FALSE);
}

static void the_front_is_read_whole_and_nothing_else(void **state)
{
    static const gsize fronts[] = { 100, 4091, 4092, 4093, 4095, 4096, 4097, 4100, 8192, 60 * 1024 };
    static const gsize bodies[] = { 0, 1, 3996, 10000 };
    struct fixture *fixture = *state;

    for (gsize i = 0; i < G_N_ELEMENTS(fronts); i++)
        for (gsize j = 0; j < G_N_ELEMENTS(bodies); j++) {
            g_autofree char *front = front_of(fronts[i]), *body = g_strnfill(bodies[j], 'b');
            g_autofree char *text = g_strconcat(front, body, NULL);
            fixture_write(fixture, "k7q2m.md", text);
            g_autoptr(GBytes) read = file_read_front(fixture->descriptor, "k7q2m.md", NULL);
            check_text(read, front);
        }
}

static void a_file_without_front_matter_is_read_whole(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *notes = g_strnfill(10000, 'n');
    static const char unclosed[] = "---\ntitle: Filter", cut[] = "---\ntitle: Filter\n---";

    fixture_write(fixture, "notes.md", notes);
    fixture_write(fixture, "unclosed.md", unclosed);
    fixture_write(fixture, "cut.md", cut);
    g_autoptr(GBytes) read = file_read_front(fixture->descriptor, "notes.md", NULL);
    check_text(read, notes);
    g_autoptr(GBytes) second = file_read_front(fixture->descriptor, "unclosed.md", NULL);
    check_text(second, unclosed);
    g_autoptr(GBytes) third = file_read_front(fixture->descriptor, "cut.md", NULL);
    check_text(third, cut);
}

static void a_root_must_be_a_folder(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *file = fixture_path(fixture, "file"), *absent = fixture_path(fixture, "absent");
    g_autoptr(GError) error = NULL;

    fixture_write(fixture, "file", "");
    assert_int_equal(file_open_root(absent, &error), -1);
    assert_true(g_error_matches(error, FILE_ERROR, FILE_ERROR_ABSENT));
    assert_int_equal(file_open_root(file, NULL), -1);
    int descriptor = file_open_root(fixture->root, NULL);
    assert_true(descriptor >= 0);
    assert_true(fcntl(descriptor, F_GETFD) & FD_CLOEXEC);
    close(descriptor);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_is_read_as_it_is),
        TEST(only_regular_files_are_read),
        TEST(links_are_not_followed_at_any_step),
        TEST(nothing_outside_is_read),
        TEST(a_file_at_the_limit_is_read_and_one_byte_more_is_not),
        TEST(a_sparse_file_of_5_gigabytes_is_refused_unread),
        TEST(a_file_that_grows_is_read_as_it_was_opened),
        TEST(interrupted_and_short_reads_go_on),
        TEST(a_disk_that_fails_is_an_error),
        TEST(a_file_without_rights_is_an_error_of_the_system),
        TEST(the_front_is_read_whole_and_nothing_else),
        TEST(a_file_without_front_matter_is_read_whole),
        TEST(a_root_must_be_a_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
