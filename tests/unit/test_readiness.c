/* Which items that claim to be ready are. */
#include "readiness.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void write_item(struct fixture *fixture, const char *id, const char *status, const char *more)
{
    g_autofree char *path = g_strdup_printf("backlog/%s.md", id);
    g_autofree char *text =
        g_strdup_printf("---\ntitle: A\nid: %s\nrank: nb\ntype: story\nstatus: %s\n%s", id, status, more);
    fixture_write(fixture, path, text);
}

/* The readiness of an item: -1 where it was not checked. */
static int readiness_of(struct backlog *backlog, const struct readiness *readiness, const char *id)
{
    guint errors = 99;
    if (!readiness_find(readiness, backlog_item(backlog, id), &errors)) {
        assert_int_equal(errors, 99);
        return -1;
    }
    return (int)errors;
}

static void those_that_claim_it_are_checked_and_no_others(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcd23", "ready", "---\n");
    write_item(fixture, "cdf34", "ready", "depends: [zzzz9]\nparent: zzzz8\n---\n");
    write_item(fixture, "dfg45", "doing", "---\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n");
    write_item(fixture, "fgh56", "new", "depends: [zzzz9]\n---\n");
    write_item(fixture, "ghj67", "done", "---\n");
    fixture_folder(fixture, "backlog/hjk78.md");
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(Readiness) readiness = readiness_new(backlog, backlog->items);

    assert_int_equal(readiness_of(backlog, readiness, "bcd23"), 0);
    assert_int_equal(readiness_of(backlog, readiness, "cdf34"), 2);
    assert_int_equal(readiness_of(backlog, readiness, "dfg45"), 1);
    assert_int_equal(readiness_of(backlog, readiness, "fgh56"), -1);
    assert_int_equal(readiness_of(backlog, readiness, "ghj67"), -1);
    assert_int_equal(readiness_of(backlog, readiness, "hjk78"), -1);
}

static void warnings_do_not_count_and_the_policy_decides(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcd23", "ready", "estimat: 5\n---\n");
    write_item(fixture, "cdf34", "ready", "depends: [zzzz9]\n---\n");
    fixture_policy_without_rules(fixture, "depends-dangling=warning unknown-key=error", NULL);
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(Readiness) readiness = readiness_new(backlog, backlog->items);

    assert_int_equal(readiness_of(backlog, readiness, "bcd23"), 1);
    assert_int_equal(readiness_of(backlog, readiness, "cdf34"), 0);
}

static void only_the_items_asked_about_are_checked(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcd23", "ready", "---\n");
    write_item(fixture, "cdf34", "ready", "---\n");
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    g_ptr_array_add(items, (gpointer)backlog_item(backlog, "cdf34"));
    g_autoptr(Readiness) readiness = readiness_new(backlog, items);

    assert_int_equal(readiness_of(backlog, readiness, "bcd23"), -1);
    assert_int_equal(readiness_of(backlog, readiness, "cdf34"), 0);
}

static int setup(void **state)
{
    fixture_setup(state);
    fixture_policy_without_rules(*state, "depends-dangling", NULL);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(those_that_claim_it_are_checked_and_no_others),
        TEST(warnings_do_not_count_and_the_policy_decides),
        TEST(only_the_items_asked_about_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
