/* What a word on the command line means where it names a duplicate. */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void write_item(struct fixture *fixture, const char *id, const char *status, const char *more)
{
    g_autofree char *path = g_strdup_printf("backlog/%s.md", id);
    g_autofree char *text = g_strdup_printf("---\ntitle: A\nid: %s\nstatus: %s\n%s---\n", id, status, more);
    fixture_write(fixture, path, text);
}

/* followed is the id of the duplicate, NULL where none is. */
static void check(struct backlog *backlog, const char *word, const char *id, const char *followed)
{
    const struct entry *by = NULL;
    g_autoptr(GError) error = NULL;
    const struct entry *entry = backlog_find_meant(backlog, word, &by, &error);

    if (!entry)
        fail_msg("%s", error->message);
    assert_string_equal(backlog_id(backlog, entry), id);
    assert_int_equal(by != NULL, followed != NULL);
    if (by)
        assert_string_equal(backlog_id(backlog, by), followed);
}

static int setup(void **state)
{
    fixture_setup(state);
    write_item(*state, "bcg32", "new", "aliases: [BACK-37]\n");
    write_item(*state, "c4x9d", "dropped", "duplicate-of: bcg32\naliases: [BACK-40]\n");
    write_item(*state, "d4hgd", "dropped", "duplicate-of: c4x9d\n");
    write_item(*state, "f4hgd", "dropped", "duplicate-of: back-37\n");
    return 0;
}

static void a_duplicate_leads_to_what_it_repeats(void **state)
{
    struct backlog *backlog = fixture_backlog(*state);

    check(backlog, "bcg32", "bcg32", NULL);
    check(backlog, "c4x9d", "bcg32", "c4x9d");
    check(backlog, "c4", "bcg32", "c4x9d");
    check(backlog, "d4hgd", "bcg32", "d4hgd");
    assert_null(backlog->items); /* two files are read, not the backlog */
    check(backlog, "f4hgd", "bcg32", "f4hgd");
    check(backlog, "BACK-40", "bcg32", "c4x9d");
}

static void a_path_means_the_file(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = fixture_path(fixture, "backlog/c4x9d.md");

    check(fixture_backlog(fixture), path, "c4x9d", NULL);
}

static void what_leads_nowhere_means_itself(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, "g4hgd", "dropped", "duplicate-of: bcg3\n"); /* no prefixes in files */
    write_item(fixture, "h4hgd", "dropped", "duplicate-of: j4hgd\n");
    write_item(fixture, "j4hgd", "dropped", "duplicate-of: h4hgd\n");
    write_item(fixture, "k7q2m", "refining", "duplicate-of: bcg32\n");
    write_item(fixture, "m4hgd", "dropped", "duplicate-of: [bcg32]\n");
    fixture_write(fixture, "backlog/n4hgd.md", "---\ntitle: [\n---\n");
    struct backlog *backlog = fixture_backlog(fixture);
    check(backlog, "g4hgd", "g4hgd", NULL);
    check(backlog, "h4hgd", "h4hgd", NULL);
    check(backlog, "k7q2m", "k7q2m", NULL);
    check(backlog, "m4hgd", "m4hgd", NULL);
    check(backlog, "n4hgd", "n4hgd", NULL);
}

static void what_is_not_there_is_an_error(void **state)
{
    g_autoptr(GError) error = NULL;

    assert_null(backlog_find_meant(fixture_backlog(*state), "zzzzz", NULL, &error));
    assert_true(g_error_matches(error, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_duplicate_leads_to_what_it_repeats),
        TEST(a_path_means_the_file),
        TEST(what_leads_nowhere_means_itself),
        TEST(what_is_not_there_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
