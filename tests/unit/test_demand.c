#include "demand.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* An item of the sort "id status", with more lines of front matter; ranks are alike, so ids are the order. */
static void write_item(struct fixture *fixture, const char *id, const char *status, const char *more)
{
    g_autofree char *path = g_strdup_printf("backlog/%s.md", id);
    g_autofree char *text =
        g_strdup_printf("---\ntitle: A\nid: %s\nrank: nb\nstatus: %s\n%s---\n", id, status, more);
    fixture_write(fixture, path, text);
}

static const struct item *item_of(const struct backlog *backlog, const char *id)
{
    const struct item *item = backlog_item(backlog, id);
    assert_non_null(item);
    return item;
}

/* "3 2026-11-20": how many asked, and when last. */
static void check_count(struct fixture *fixture, const char *id, const char *expected)
{
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(Demand) demand = demand_new(backlog);
    const struct item *item = item_of(backlog, id);
    const char *latest = demand_latest(demand, item);
    g_autofree char *seen = g_strdup_printf("%u %s", demand_count(demand, item), latest ? latest : "-");
    assert_string_equal(seen, expected);
}

/* "Bo own k7q2m, forum child t2h8k": from, source and item of each request. */
static void check_requests(struct fixture *fixture, const char *id, const char *expected)
{
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(Demand) demand = demand_new(backlog);
    g_autoptr(GPtrArray) requests = demand_requests(demand, item_of(backlog, id));
    g_autoptr(GString) seen = g_string_new(NULL);

    for (guint i = 0; i < requests->len; i++) {
        const struct demanded *one = requests->pdata[i];
        g_string_append_printf(seen, "%s%s %s %s", i ? ", " : "", one->request->from,
                               request_source_name(one->source), one->request->item->id);
    }
    assert_string_equal(seen->str, expected);
}

static void check_rank(struct fixture *fixture, const char *expected)
{
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(Demand) demand = demand_new(backlog);
    g_autoptr(GPtrArray) ranked = demand_rank(demand);
    g_autoptr(GString) seen = g_string_new(NULL);

    for (guint i = 0; i < ranked->len; i++)
        g_string_append_printf(seen, "%s%s", i ? " " : "", ((const struct item *)ranked->pdata[i])->id);
    assert_string_equal(seen->str, expected);
}

static void check_asker(const struct policy *policy, const char *from, const char *expected)
{
    g_autofree char *seen = demand_asker(policy, from);
    if (expected)
        assert_string_equal(seen, expected);
    else
        assert_null(seen);
}

#define BO "feedback:\n  - from: Bo\n    on: 2026-11-02\n"
#define FORUM "feedback:\n  - from: forum\n    on: 2026-11-09\n    says: I page for minutes\n"
#define ACME "feedback:\n  - from: ACME\n    on: 2026-10-01\n    via: https://example.com/t/17\n"

/* -- who is the same -- */

static void an_asker_is_known_whatever_the_spelling(void **state)
{
    struct fixture *fixture = *state;
    const struct policy *policy = fixture_policy(fixture, NULL);

    check_asker(policy, "  ACME  GmbH ", "acme gmbh");
    check_asker(policy, "@acme\tgmbh", "acme gmbh");
    check_asker(policy, "Zoe\xcc\x88", "zo\xc3\xab"); /* composed */
    check_asker(policy, "STRASSE", "strasse");
    check_asker(policy, "", NULL);
    check_asker(policy, " @ ", NULL);
    check_asker(policy, NULL, NULL);
}

static void one_of_the_team_is_one_by_handle_name_and_address(void **state)
{
    struct fixture *fixture = *state;
    const struct policy *policy = fixture_policy(fixture, "team:\n"
                                                          "  - name: Ana Silva\n    handle: Ana\n"
                                                          "    email: [ana@example.com]\n"
                                                          "  - name: Bo Berg\n    email: [bo@example.com]\n");

    check_asker(policy, "@ANA", "ana");
    check_asker(policy, "ana  silva", "ana");
    check_asker(policy, "Ana@Example.com", "ana");
    check_asker(policy, "bo@example.com", "bo berg");
    check_asker(policy, "Ana Silvaner", "ana silvaner");
}

/* -- counting -- */

static void one_who_asks_twice_is_counted_once(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "k7q2m", "new",
               "feedback:\n"
               "  - from: Bo\n    on: 2026-11-02\n"
               "  - from: BO\n    on: 2026-11-20\n    says: still\n"
               "  - from: forum\n    on: soon\n"
               "  - says: nobody in particular\n    on: 2026-12-01\n"
               "  - ACME\n");
    check_count(fixture, "k7q2m", "3 2026-11-20");
}

static void what_is_not_a_list_of_requests_counts_nothing(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "new", "feedback: Bo\n");
    write_item(fixture, "c4x9d", "new", "feedback: []\n");
    write_item(fixture, "d4hgd", "new", "feedback:\n  from: Bo\n");
    write_item(fixture, "f4hgd", "new", "feedback:\n  - []\n  - \n  - from:\n");
    check_rank(fixture, "");
}

static void a_duplicate_hands_its_requests_to_its_target_alone(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "new", "aliases: [BACK-37]\n" BO);
    write_item(fixture, "c4x9d", "dropped", "duplicate-of: BACK-37\nparent: f7x9d\n" FORUM);
    write_item(fixture, "d4hgd", "dropped", "duplicate-of: c4x9d\n" ACME);
    write_item(fixture, "f7x9d", "new", "");
    check_count(fixture, "bcg32", "3 2026-11-09");
    check_count(fixture, "f7x9d", "0 -");
    check_requests(fixture, "bcg32", "forum duplicate c4x9d, Bo own bcg32, ACME duplicate d4hgd");
}

static void what_is_not_dropped_or_leads_nowhere_is_no_duplicate(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "new", "");
    write_item(fixture, "c4x9d", "new", "duplicate-of: bcg32\n" BO);
    write_item(fixture, "d4hgd", "dropped", "duplicate-of: zzzzz\n" BO);
    write_item(fixture, "f4hgd", "dropped", "duplicate-of: f4hgd\n" BO);
    check_rank(fixture, "c4x9d d4hgd f4hgd");
}

static void a_child_asks_for_its_parent_at_any_depth(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "refining", "");
    write_item(fixture, "c4x9d", "dropped", "parent: bcg32\n");
    write_item(fixture, "d4hgd", "done", "parent: c4x9d\n" BO);
    write_item(fixture, "f4hgd", "new", "parent: bcg32\n" FORUM);
    check_count(fixture, "bcg32", "2 2026-11-09");
    check_count(fixture, "f4hgd", "1 2026-11-09");
    check_requests(fixture, "bcg32", "forum child f4hgd, Bo child d4hgd");
}

static void a_split_item_hands_its_requests_to_its_children_but_no_child_to_its_brother(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "split", BO);
    write_item(fixture, "c4x9d", "new", "parent: bcg32\n" FORUM);
    write_item(fixture, "d4hgd", "dropped", "parent: bcg32\nduplicate-of: k7q2m\n");
    write_item(fixture, "f4hgd", "split", "parent: bcg32\n");
    write_item(fixture, "g4hgd", "new", "parent: f4hgd\n");
    write_item(fixture, "h4hgd", "dropped", "duplicate-of: bcg32\n" ACME);
    write_item(fixture, "k7q2m", "new", "parent: t2h8k\n");
    write_item(fixture, "t2h8k", "new", "");
    check_count(fixture, "bcg32", "3 2026-11-09");
    check_count(fixture, "c4x9d", "3 2026-11-09");
    check_count(fixture, "g4hgd", "2 2026-11-02");
    check_count(fixture, "k7q2m", "2 2026-11-02");
    check_count(fixture, "t2h8k", "2 2026-11-02");
    check_requests(fixture, "g4hgd", "Bo parent bcg32, ACME parent h4hgd");
    check_requests(fixture, "k7q2m", "Bo parent bcg32, ACME parent h4hgd");
}

static void a_parent_that_is_not_split_keeps_its_requests(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "refining", BO);
    write_item(fixture, "c4x9d", "new", "parent: bcg32\n");
    check_count(fixture, "c4x9d", "0 -");
}

static void circles_end(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "split", "parent: c4x9d\n" BO);
    write_item(fixture, "c4x9d", "split", "parent: bcg32\n" FORUM);
    write_item(fixture, "d4hgd", "dropped", "duplicate-of: f4hgd\n" BO);
    write_item(fixture, "f4hgd", "dropped", "duplicate-of: d4hgd\n" ACME);
    write_item(fixture, "g4hgd", "new", "parent: g4hgd\n" ACME);
    check_count(fixture, "bcg32", "2 2026-11-09");
    check_count(fixture, "f4hgd", "1 2026-10-01");
    check_count(fixture, "g4hgd", "1 2026-10-01");
    check_requests(fixture, "c4x9d", "forum own c4x9d, Bo child bcg32");
}

static void the_most_wanted_come_first_and_equal_ones_in_order(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "new", BO);
    write_item(fixture, "c4x9d", "ready", "feedback: [Bo, ACME]\n");
    write_item(fixture, "d4hgd", "released", "feedback: [Bo, ACME, forum]\n");
    write_item(fixture, "f4hgd", "new", ACME);
    write_item(fixture, "g4hgd", "new", "");
    check_rank(fixture, "d4hgd c4x9d bcg32 f4hgd");
}

static void many_files_are_read_by_two_threads_alike(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "refining", "");
    for (guint i = 0; i < 200; i++) {
        g_autofree char *id =
            g_strdup_printf("k%c%c2m", "bcdfghjkmn"[i % 10], "bcdfghjkmnpqrstvwxzp"[i / 10]);
        g_autofree char *more = g_strdup_printf("parent: bcg32\nfeedback: [asker %u]\n", i % 50);
        write_item(fixture, id, "new", more);
    }
    check_count(fixture, "bcg32", "50 -");
}

/* What counts is what is listed, whatever belongs to what. */
static void counts_agree_with_lists(void **state)
{
    static const char *const statuses[] = { "new", "split", "dropped", "done" };
    struct fixture *fixture = *state;
    g_autoptr(GRand) random = g_rand_new_with_seed(6);

    for (guint round = 0; round < 200; round++) {
        for (guint i = 0; i < 9; i++) {
            g_autofree char *id = g_strdup_printf("bcg3%u", i + 1);
            g_autofree char *more = g_strdup_printf(
                "parent: bcg3%d\nduplicate-of: bcg3%d\nfeedback: [%c]\n", g_rand_int_range(random, 0, 12),
                g_rand_int_range(random, 0, 12), (char)g_rand_int_range(random, 'p', 't'));
            write_item(fixture, id, statuses[g_rand_int_range(random, 0, 4)], more);
        }
        struct backlog *backlog = fixture_loaded(fixture);
        g_autoptr(Demand) demand = demand_new(backlog);
        for (guint i = 0; i < backlog->items->len; i++) {
            g_autoptr(GPtrArray) requests = demand_requests(demand, backlog->items->pdata[i]);
            g_autoptr(GHashTable) askers = g_hash_table_new(g_str_hash, g_str_equal);
            for (guint j = 0; j < requests->len; j++)
                g_hash_table_add(askers, ((const struct demanded *)requests->pdata[j])->request->asker);
            assert_int_equal(demand_count(demand, backlog->items->pdata[i]), g_hash_table_size(askers));
        }
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(an_asker_is_known_whatever_the_spelling),
        TEST(one_of_the_team_is_one_by_handle_name_and_address),
        TEST(one_who_asks_twice_is_counted_once),
        TEST(what_is_not_a_list_of_requests_counts_nothing),
        TEST(a_duplicate_hands_its_requests_to_its_target_alone),
        TEST(what_is_not_dropped_or_leads_nowhere_is_no_duplicate),
        TEST(a_child_asks_for_its_parent_at_any_depth),
        TEST(a_split_item_hands_its_requests_to_its_children_but_no_child_to_its_brother),
        TEST(a_parent_that_is_not_split_keeps_its_requests),
        TEST(circles_end),
        TEST(the_most_wanted_come_first_and_equal_ones_in_order),
        TEST(many_files_are_read_by_two_threads_alike),
        TEST(counts_agree_with_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
