/* The one diff engine: front matter and sections. The criteria are in test_change_criteria.c. */
#include "change.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int setup(void **state)
{
    *state = policy_new("/shop", "/shop", NULL);
    return 0;
}

static int teardown(void **state)
{
    policy_free(*state);
    return 0;
}

static GPtrArray *list(const struct policy *policy, const char *before, const char *after)
{
    g_autoptr(Document) old = before ? fixture_document(before) : NULL;
    g_autoptr(Document) new = after ? fixture_document(after) : NULL;
    return change_list(policy, old, new);
}

static void check(const struct policy *policy, const char *before, const char *after, const char *expected)
{
    g_autoptr(GPtrArray) changes = list(policy, before, after);
    g_autofree char *summary = change_summary(changes);
    assert_string_equal(summary, expected);
}

/* Front matter of before and after alone. */
static void check_front(const struct policy *policy, const char *before, const char *after,
                        const char *expected)
{
    g_autofree char *old = g_strconcat("---\ntitle: Filter\n", before, "---\n", NULL);
    g_autofree char *new = g_strconcat("---\ntitle: Filter\n", after, "---\n", NULL);
    check(policy, old, new, expected);
}

static void check_body(const struct policy *policy, const char *before, const char *after,
                       const char *expected)
{
    g_autofree char *old = g_strconcat("---\ntitle: Filter\n---\n", before, NULL);
    g_autofree char *new = g_strconcat("---\ntitle: Filter\n---\n", after, NULL);
    check(policy, old, new, expected);
}

static const char whole[] = "---\n"
                            "title: Filter search results by date\n"
                            "id: k7q2m\n"
                            "rank: nbhm\n"
                            "type: story\n"
                            "status: refining\n"
                            "estimate: 5\n"
                            "labels:\n"
                            "  - search\n"
                            "feedback:\n"
                            "  - from: Hofer KG\n"
                            "    says: we need it\n"
                            "waive: { has-mockup: no screen }\n"
                            "x-cost: 300\n"
                            "---\n"
                            "\n"
                            "Sorted with the shop team.\n"
                            "\n"
                            "## Story\n"
                            "\n"
                            "As a clerk, I want to filter.\n"
                            "\n"
                            "## Acceptance criteria\n"
                            "\n"
                            "- [ ] An empty range says so\n"
                            "- [x] 10,000 results show within 500 ms\n"
                            "\n"
                            "## Decisions\n"
                            "\n"
                            "- 2026-11-20 Ana: single choice.\n";

static void an_item_is_added_or_removed(void **state)
{
    g_autoptr(GPtrArray) added = list(*state, NULL, whole);
    const struct change *change = added->pdata[0];

    assert_int_equal(added->len, 1);
    assert_int_equal(change->kind, CHANGE_ITEM_ADDED);
    assert_string_equal(change->after, "Filter search results by date");
    assert_null(change->before);
    check(*state, NULL, whole, "added: Filter search results by date");
    check(*state, whole, NULL, "removed: Filter search results by date");
    check(*state, NULL, "---\nid: k7q2m\n---\n", "added: ");
    check(*state, NULL, NULL, "no change");
}

static void an_item_is_no_change_from_itself(void **state)
{
    static const char *const texts[] = { whole,
                                         "---\n---\n",
                                         "",
                                         "Notes without front matter.\n",
                                         "---\ntitle: [broken\n---\n# A\n",
                                         "---\ntitle: A\n---\n\xff\xfe\n",
                                         "---\ntitle: A\n---\n## A\n## A\n### A\n\n- [ ] a\n- [ ] a\n" };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        check(*state, texts[i], texts[i], "no change");
}

static void layout_is_no_change(void **state)
{
    g_auto(GStrv) lines = g_strsplit(whole, "\n", -1);
    g_autofree char *crlf = g_strjoinv("\r\n", lines);
    check(*state, whole, crlf, "no change");
    check_front(*state, "estimate: 5\nlabels: [a, b]\n",
                "labels:\n  - a\n  - \"b\"\n# agreed\nestimate: '5'\n", "no change");
    check_front(*state, "waive: {a: x, b: y}\n", "waive:\n  b: y\n  a: x\n", "no change");
    check_front(*state, "", "owner:\nlabels: []\n", "no change");
    check_body(*state, "## Story\n\nOne two\nthree.\n", "Story\n-----\n\n\nOne  two three.\n\n", "no change");
}

/* -- fields -- */

static void a_field_is_set_changed_or_removed(void **state)
{
    g_autoptr(GPtrArray) changes = list(*state, "---\nestimate: 8\n---\n", "---\nestimate: 5\n---\n");
    const struct change *change = changes->pdata[0];

    assert_int_equal(change->kind, CHANGE_FIELD);
    assert_string_equal(change->name, "estimate");
    assert_string_equal(change->before, "8");
    assert_string_equal(change->after, "5");
    check_front(*state, "estimate: 8\n", "estimate: 5\n", "estimate 8 -> 5");
    check_front(*state, "", "estimate: 5\n", "estimate 5");
    check_front(*state, "estimate:\n", "estimate: 5\n", "estimate 5");
    check_front(*state, "estimate: 8\n", "", "estimate removed (was 8)");
    check_front(*state, "x-cost: 300\n", "x-cost: 400\n", "x-cost 300 -> 400");
    check_front(*state, "x-cost: 300\n", "", "x-cost removed (was 300)");
}

static void ranks_are_not_shown(void **state)
{
    check_front(*state, "rank: nbhm\n", "rank: ncxd\n", "moved");
    check_front(*state, "", "rank: ncxd\n", "ranked");
    check_front(*state, "rank: nbhm\n", "", "rank removed");
}

/* What is printed of a change of rank between the positions. */
static void check_moved(const struct policy *policy, const char *before, guint from, guint to,
                        const char *expected)
{
    g_autofree char *old = g_strdup_printf("---\ntitle: Filter\n%sestimate: 5\n---\n", before);
    g_autoptr(GPtrArray) changes = list(policy, old, "---\ntitle: Filter\nrank: nc\nestimate: 8\n---\n");
    change_place(changes, from, to);
    g_autofree char *summary = change_summary(changes),
                    *all = g_strconcat(expected, ", estimate 5 -> 8", NULL);
    assert_string_equal(summary, all);
}

static void a_change_of_rank_says_positions_where_they_are_told(void **state)
{
    check_moved(*state, "rank: nb\n", 14, 3, "moved 14 -> 3");
    check_moved(*state, "", 14, 3, "moved 14 -> 3");
    check_moved(*state, "rank: nb\n", 3, 3, "ranked anew");
    check_moved(*state, "", 3, 3, "ranked");
    check_moved(*state, "rank: nb\n", 0, 3, "moved");
    check_moved(*state, "rank: nb\n", 3, 0, "moved");
}

static void fields_come_in_canonical_order_then_in_that_of_the_file(void **state)
{
    check_front(
        *state, "x-b: 1\nstatus: new\nx-old: 1\nowner: bo\n",
        "x-new: 1\nowner: ana\nx-b: 2\nestimate: 5\nstatus: refining\n",
        "status new -> refining, estimate 5, owner bo -> ana, x-new 1, x-b 1 -> 2, x-old removed (was 1)");
}

static void lists_gain_and_lose_entries(void **state)
{
    check_front(*state, "labels: [search]\n", "labels: [search, vip]\n", "labels +vip");
    check_front(*state, "labels: [search, vip]\n", "labels: [ui, search]\n", "labels +ui, labels -vip");
    check_front(*state, "", "labels: [search]\n", "labels +search");
    check_front(*state, "labels: [search]\n", "", "labels -search");
    check_front(*state, "labels: [a, a, b]\n", "labels: [a, b, b]\n", "labels +b, labels -a");
    check_front(*state, "labels: [a, a, a]\n", "labels: [a]\n", "labels -a, labels -a");
    check_front(*state, "labels: [a, b]\n", "labels: [b, a]\n", "labels b, a");
}

static void records_are_entries(void **state)
{
    check_front(*state, "feedback:\n  - {from: Hofer KG, says: urgent}\n",
                "feedback:\n  - {from: Hofer KG, says: urgent}\n  - {from: Lang, via: [a, b]}\n",
                "request from Lang");
    check_front(*state, "feedback:\n  - {from: Hofer KG}\n", "feedback:\n  - {from: Hofer AG}\n",
                "request from Hofer AG, request from Hofer KG removed");
    check_front(
        *state, "",
        "feedback:\n  - from: Lang, Linz\n    on: 2026-11-20\n    says: \"two,\\nlines\"\n    via: a\n",
        "request from Lang, Linz: two, lines");
    check_front(*state, "feedback: [{says: hm}, forum]\n", "feedback: []\n",
                "request from somebody removed: hm, request from forum removed");
}

static void maps_change_by_key(void **state)
{
    check_front(*state, "votes: {ana: 5, bo: 8}\n", "votes: {bo: 5, cem: 3}\n", "votes (bo 8 -> 5, cem 3)");
    check_front(*state, "", "waive: {no-rank: later}\n", "waive.no-rank later");
    check_front(*state, "waive: {no-rank: later}\n", "", "waive.no-rank removed (was later)");
    check_front(*state, "waive: {a: {reason: x, until: y}}\n", "waive: {a: {reason: x, until: z}}\n",
                "waive.a reason: x, until: y -> reason: x, until: z");
}

static void a_change_of_shape_is_told_as_text(void **state)
{
    check_front(*state, "depends: none\n", "depends: [t2h8k, c4x9d]\n", "depends none -> t2h8k, c4x9d");
    check_front(*state, "depends: [t2h8k]\n", "depends: none\n", "depends t2h8k -> none");
    check_front(*state, "votes: {ana: 5}\n", "votes: [5]\n", "votes ana: 5 -> 5");
}

/* -- sections -- */

static void sections_come_go_and_change(void **state)
{
    g_autoptr(GPtrArray) changes =
        list(*state, "---\n---\n## Story\n\nOld  text.\n", "---\n---\n## Story\n\nNew\ntext.\n");
    const struct change *change = changes->pdata[0];

    assert_int_equal(changes->len, 1);
    assert_int_equal(change->kind, CHANGE_SECTION_CHANGED);
    assert_string_equal(change->name, "Story");
    assert_string_equal(change->before, "Old text. ");
    assert_string_equal(change->after, "New text. ");
    check_body(*state, "## Story\n\nA.\n", "## Story\n\nA.\n\n## Measure\n\nCalls.\n",
               "section Measure added");
    check_body(*state, "## Story\n\nA.\n\n## Measure\n\nCalls.\n", "## Measure\n\nCalls.\n",
               "section Story removed");
    check_body(*state, "## Story\n\nA.\n", "## Wish\n\nA.\n", "section Wish added, section Story removed");
}

static void a_section_is_changed_by_its_own_text_alone(void **state)
{
    check_body(*state, "# Item\n\n## Approach\n\n### Store\n\nOne.\n",
               "# Item\n\n## Approach\n\n### Store\n\nTwo.\n", "section Store changed");
}

static void sections_of_one_name_are_told_apart(void **state)
{
    check_body(*state, "## Notes\n\nA.\n\n## Notes\n\nB.\n",
               "## Notes\n\nA.\n\n## Notes\n\nC.\n\n## Notes\n\nD.\n",
               "section Notes changed, section Notes added");
    check_body(*state, "## Notes\n\nA.\n\n## Notes\n\nB.\n", "## Notes\n\nA.\n", "section Notes removed");
}

static void text_before_the_first_heading_counts(void **state)
{
    check_body(*state, "Found in May.\n\n## Story\n", "Found in June.\n\n## Story\n", "text changed");
    check_body(*state, "One.\n", "", "text changed");
    check_body(*state, "\n\nOne.\n\n", "One.\n", "no change");
}

static void a_body_that_cannot_be_read_is_text(void **state)
{
    g_autofree char *deep = g_strnfill(200, '>');
    g_autofree char *one = g_strconcat(deep, " a\n", NULL), *other = g_strconcat(deep, " b\n", NULL);
    check_body(*state, one, other, "text changed");
    check_body(*state, one, one, "no change");
}

static void counts_are_the_same_both_ways(void **state)
{
    static const char other[] =
        "---\ntitle: Filter by day\nid: k7q2m\nstatus: ready\nlabels: [search, vip, ui]\n"
        "waive: { no-rank: later }\nx-cost: 300\n---\n\n## Story\n\nAs a clerk, I want it.\n\n"
        "## Acceptance criteria\n\n- [ ] 10,000 results show within 500 ms\n- [ ] Ends are shown\n"
        "- [ ] An empty range says so\n\n## Measure\n\nCalls.\n";
    g_autoptr(GPtrArray) forth = list(*state, whole, other), back = list(*state, other, whole);
    static const enum change_kind opposite[] = {
        [CHANGE_ITEM_ADDED] = CHANGE_ITEM_REMOVED,
        [CHANGE_ITEM_REMOVED] = CHANGE_ITEM_ADDED,
        [CHANGE_FIELD] = CHANGE_FIELD,
        [CHANGE_ENTRY_ADDED] = CHANGE_ENTRY_REMOVED,
        [CHANGE_ENTRY_REMOVED] = CHANGE_ENTRY_ADDED,
        [CHANGE_CRITERION_ADDED] = CHANGE_CRITERION_REMOVED,
        [CHANGE_CRITERION_REMOVED] = CHANGE_CRITERION_ADDED,
        [CHANGE_CRITERION_REWORDED] = CHANGE_CRITERION_REWORDED,
        [CHANGE_CRITERION_TICKED] = CHANGE_CRITERION_UNTICKED,
        [CHANGE_CRITERION_UNTICKED] = CHANGE_CRITERION_TICKED,
        [CHANGE_CRITERION_MOVED] = CHANGE_CRITERION_MOVED,
        [CHANGE_SECTION_ADDED] = CHANGE_SECTION_REMOVED,
        [CHANGE_SECTION_REMOVED] = CHANGE_SECTION_ADDED,
        [CHANGE_SECTION_CHANGED] = CHANGE_SECTION_CHANGED,
        [CHANGE_TEXT] = CHANGE_TEXT,
        [CHANGE_LAYOUT] = CHANGE_LAYOUT,
        [CHANGE_FILE] = CHANGE_FILE,
        [CHANGE_QUESTION_ADDED] = CHANGE_QUESTION_REMOVED,
        [CHANGE_QUESTION_REMOVED] = CHANGE_QUESTION_ADDED,
        [CHANGE_QUESTION_REWORDED] = CHANGE_QUESTION_REWORDED,
        [CHANGE_QUESTION_ANSWERED] = CHANGE_QUESTION_REOPENED,
        [CHANGE_QUESTION_REOPENED] = CHANGE_QUESTION_ANSWERED,
        [CHANGE_DECISION_ADDED] = CHANGE_DECISION_REMOVED,
        [CHANGE_DECISION_REMOVED] = CHANGE_DECISION_ADDED,
        [CHANGE_DECISION_REWORDED] = CHANGE_DECISION_REWORDED,
    };
    guint there[G_N_ELEMENTS(opposite)] = { 0 }, again[G_N_ELEMENTS(opposite)] = { 0 };

    for (guint i = 0; i < forth->len; i++)
        there[((struct change *)forth->pdata[i])->kind]++;
    for (guint i = 0; i < back->len; i++)
        again[((struct change *)back->pdata[i])->kind]++;
    assert_true(forth->len > 10);
    for (guint i = 0; i < G_N_ELEMENTS(opposite); i++)
        assert_int_equal(there[i], again[opposite[i]]);
}

static void large_items_take_linear_time(void **state)
{
    g_autoptr(GString) old = g_string_new("---\nlabels:\n"), new = g_string_new("---\nlabels:\n");
    for (guint i = 0; i < 4000; i++) {
        g_string_append_printf(old, "- a%u\n", i);
        g_string_append_printf(new, "- b%u\n", i);
    }
    g_string_append(old, "---\n");
    g_string_append(new, "---\n");
    for (guint i = 0; i < 60000; i++) {
        g_string_append_printf(old, "# a%u\n", i);
        g_string_append_printf(new, "# b%u\n", i);
    }
    gint64 start = g_get_monotonic_time();
    g_autoptr(GPtrArray) changes = list(*state, old->str, new->str);
    assert_int_equal(changes->len, 128000);
    assert_true(g_get_monotonic_time() - start < 10 * G_USEC_PER_SEC);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_item_is_added_or_removed),
        TEST(an_item_is_no_change_from_itself),
        TEST(layout_is_no_change),
        TEST(a_field_is_set_changed_or_removed),
        TEST(ranks_are_not_shown),
        TEST(a_change_of_rank_says_positions_where_they_are_told),
        TEST(fields_come_in_canonical_order_then_in_that_of_the_file),
        TEST(lists_gain_and_lose_entries),
        TEST(records_are_entries),
        TEST(maps_change_by_key),
        TEST(a_change_of_shape_is_told_as_text),
        TEST(sections_come_go_and_change),
        TEST(a_section_is_changed_by_its_own_text_alone),
        TEST(sections_of_one_name_are_told_apart),
        TEST(text_before_the_first_heading_counts),
        TEST(a_body_that_cannot_be_read_is_text),
        TEST(counts_are_the_same_both_ways),
        TEST(large_items_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
