#include "query.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int setup(void **state)
{
    fixture_setup(state);
    struct fixture *fixture = *state;
    fixture_write(
        fixture, "backlog/bcg32-filter.md",
        "---\ntitle: Filter by Date\nrank: nb\ntype: story\nstatus: ready\ncreated: 2026-11-20\nestimate: 5\n"
        "parent: k7q2m\nlabels: [search, Vip]\naliases: [BACK-37]\nx-cost: 300\n---\n\n## Story\n\n"
        "As a clerk, I want a Gr\xc3\xb6\xc3\x9f"
        "e that fits: S or M.\n");
    fixture_write(
        fixture, "backlog/c4x9d-login.md",
        "---\ntitle: Login fails\nrank: nc\ntype: bug\nstatus: doing\ncreated: 2026-11-01\nestimate: 13\n"
        "depends: [bcg32, t2h8k]\nowner: Bo\nx-cost: 40\n---\n");
    fixture_write(
        fixture, "backlog/k7q2m-shop.md",
        "---\ntitle: The shop\nrank: nd\ntype: epic\nstatus: new\ncreated: 2026-10-31\ndepends: none\n---\n");
    fixture_write(
        fixture, "backlog/t2h8k-date.md",
        "---\ntitle: Pick a date range\nrank: nf\ntype: story\nstatus: done\nestimate: 0.5\nlabels: []\n"
        "votes: {ana: 5}\nteam-name: shop\n---\n");
    fixture_write(fixture, "backlog/idea.md", "---\ntitle: Idea\n---\n");
    return 0;
}

/* The ids of the items that are meant ("-" without one), in order; newly allocated. */
static char *matching(struct backlog *backlog, const char *const *terms)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Query) query = query_parse(backlog, terms, &error);
    GString *all = g_string_new(NULL);

    if (!query)
        fail_msg("%s", error->message);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (query_matches(query, item))
            g_string_append_printf(all, "%s%s", all->len ? " " : "", item->id ? item->id : "-");
    }
    return g_string_free(all, FALSE);
}

static void check(struct backlog *backlog, const char *term, const char *expected)
{
    const char *const terms[] = { term, NULL };
    g_autofree char *ids = matching(backlog, terms);
    if (strcmp(ids, expected) != 0)
        fail_msg("%s: expected \"%s\", saw \"%s\"", term, expected, ids);
}

static void check_fails(struct backlog *backlog, const char *term, GQuark domain, int code, const char *says)
{
    const char *const terms[] = { "shop", term, NULL };
    g_autoptr(GError) error = NULL;
    g_autoptr(Query) query = query_parse(backlog, terms, &error);

    assert_null(query);
    assert_true(fixture_says(error->message, says));
    assert_true(g_error_matches(error, domain, code));
}

static void a_field_has_the_value(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    check(backlog, "status:ready", "bcg32");
    check(backlog, "status:READY", "bcg32");
    check(backlog, "type:story", "bcg32 t2h8k");
    check(backlog, "owner:bo", "c4x9d");
    check(backlog, "owner:b", "");
    check(backlog, "id:k7q2m", "k7q2m");
    check(backlog, "created:2026-11-20", "bcg32");
    check(backlog, "estimate:13", "c4x9d");
}

static void a_list_has_the_entry(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    check(backlog, "labels:vip", "bcg32");
    check(backlog, "labels:search", "bcg32");
    check(backlog, "aliases:back-37", "bcg32");
    check(backlog, "votes:ana", "t2h8k");
}

static void one_of_several_values_will_do(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    check(backlog, "status:ready,doing", "bcg32 c4x9d");
    check(backlog, "estimate:5,13", "bcg32 c4x9d");
    check(backlog, "estimate:5,", "bcg32 k7q2m -");
}

static void a_negated_term_takes_the_others(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    check(backlog, "type!=bug", "bcg32 k7q2m t2h8k -");
    check(backlog, "status!=ready,doing", "k7q2m t2h8k -");
    check(backlog, "labels!=vip", "c4x9d k7q2m t2h8k -");
}

static void an_empty_value_means_none(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    check(backlog, "estimate:", "k7q2m -");
    check(backlog, "estimate!=", "bcg32 c4x9d t2h8k");
    check(backlog, "labels:", "c4x9d k7q2m t2h8k -");
    check(backlog, "id:", "-");
    check(backlog, "id!=", "bcg32 c4x9d k7q2m t2h8k");
}

static void ranges_include_both_ends(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    check(backlog, "estimate:5..", "bcg32 c4x9d");
    check(backlog, "estimate:..5", "bcg32 t2h8k");
    check(backlog, "estimate:5..13", "bcg32 c4x9d");
    check(backlog, "estimate:6..12", "");
    check(backlog, "estimate!=5..", "k7q2m t2h8k -");
    check(backlog, "created:2026-11-01..2026-11-30", "bcg32 c4x9d");
    check(backlog, "created:..2026-10-31", "k7q2m");
    check(backlog, "x-cost:40..299", "c4x9d");
}

static void estimates_of_names_are_ordered_by_weight(void **state)
{
    struct fixture *fixture = *state;
    fixture_policy(fixture, "estimate: { scale: {XS: 1, S: 2, M: 3, XL: 8} }\n");
    fixture_write(fixture, "backlog/bcg32-filter.md", "---\ntitle: A\nestimate: XS\n---\n");
    fixture_write(fixture, "backlog/c4x9d-login.md", "---\ntitle: A\nestimate: M\n---\n");
    fixture_write(fixture, "backlog/k7q2m-shop.md", "---\ntitle: A\nestimate: XL\n---\n");
    fixture_write(fixture, "backlog/t2h8k-date.md", "---\ntitle: A\nestimate: huge\n---\n");
    struct backlog *backlog = fixture_loaded(fixture);
    check(backlog, "estimate:S..", "c4x9d k7q2m");
    check(backlog, "estimate:..m", "bcg32 c4x9d");
    check(backlog, "estimate:xs", "bcg32");
    check_fails(backlog, "estimate:S..L", QUERY_ERROR, QUERY_ERROR_VALUE,
                "estimate is never l; it can be XS, S, M, XL");
    check_fails(backlog, "estimate:L", QUERY_ERROR, QUERY_ERROR_VALUE, "estimate is never l");
}

static void bare_words_are_found_in_title_and_text(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    check(backlog, "date", "bcg32 t2h8k");
    check(backlog, "DATE", "bcg32 t2h8k");
    check(backlog, "clerk", "bcg32");
    check(backlog,
          "gr\xc3\xb6\xc3\x9f"
          "e",
          "bcg32");
    check(backlog, "gro\xcc\x88ss", "bcg32"); /* the same in two characters, and ss for its ß */
    check(backlog, "text:fits: s", "bcg32");
    check(backlog, "title:date", "bcg32 t2h8k");
    check(backlog, "title:clerk", "");
    check(backlog, "nb", ""); /* front matter is no text */
    check(backlog, "", "bcg32 c4x9d k7q2m t2h8k -");
    check(backlog, "Text:", "");
}

static void bare_words_are_what_an_item_is_called_by(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    check(backlog, "bcg32", "bcg32");
    check(backlog, "BCG", "bcg32");
    check(backlog, "BACK-37", "bcg32");
    check(backlog, "back-3", "bcg32");
    check(backlog, "text:c4x9", "c4x9d");
    check(backlog, "cg32", ""); /* an id is known by its beginning */
}

static void all_terms_must_hold(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    const char *const both[] = { "date", "range", NULL }, *const mixed[] = { "date", "status:ready",
                                                                             "type!=bug", NULL };
    const char *const none[] = { NULL };
    g_autofree char *first = matching(backlog, both), *second = matching(backlog, mixed),
                    *all = matching(backlog, none);
    assert_string_equal(first, "t2h8k");
    assert_string_equal(second, "bcg32");
    assert_string_equal(all, "bcg32 c4x9d k7q2m t2h8k -");
}

static void references_are_resolved(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    check(backlog, "parent:k7", "bcg32");
    check(backlog, "depends:BACK-37", "c4x9d");
    check(backlog, "depends:t2h8k", "c4x9d");
    check(backlog, "depends:none", "k7q2m");
    check(backlog, "parent:", "c4x9d k7q2m t2h8k -");
}

static void aliases_in_items_are_resolved_too(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/v5xmx.md",
                  "---\ntitle: By alias\nrank: ng\ndepends: [back-37]\nparent: BACK-37\n---\n");
    struct backlog *backlog = fixture_loaded(fixture);
    check(backlog, "depends:bcg32", "c4x9d v5xmx");
    check(backlog, "parent:bcg32", "v5xmx");
}

static void the_users_own_keys_can_be_asked_for(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    check(backlog, "x-cost:300", "bcg32");
    check(backlog, "x-never:1", "");
    check(backlog, "team-name:shop", "t2h8k");
}

static void what_can_match_nothing_is_an_error(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    check_fails(backlog, "statsu:ready", QUERY_ERROR, QUERY_ERROR_KEY,
                "there is no field statsu; did you mean status?");
    check_fails(backlog, "cosy:x", QUERY_ERROR, QUERY_ERROR_KEY, "there is no field cosy; write text:cosy:");
    check_fails(backlog, "status:redy", QUERY_ERROR, QUERY_ERROR_VALUE,
                "status is never redy; did you mean ready?");
    check_fails(backlog, "type:chore", QUERY_ERROR, QUERY_ERROR_VALUE,
                "type is never chore; it can be story, bug, task, spike, epic");
    check_fails(backlog, "estimate:5..many", QUERY_ERROR, QUERY_ERROR_VALUE, "estimate is never many");
    check_fails(backlog, "status:new..ready", QUERY_ERROR, QUERY_ERROR_VALUE,
                "status has no order for a range; write status:new,ready");
    check_fails(backlog, "estimate:8..5", QUERY_ERROR, QUERY_ERROR_VALUE, "estimate:8..5 is empty");
    check_fails(backlog, "created:2026-11", QUERY_ERROR, QUERY_ERROR_VALUE,
                "expected a day as YYYY-MM-DD, saw 2026-11");
    check_fails(backlog, "created:01-11-2026..", QUERY_ERROR, QUERY_ERROR_VALUE, "expected a day");
    check_fails(backlog, "parent:zzz", BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM, "zzz");
}

static void a_query_says_what_it_asks_about(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    const char *const terms[] = { "date", "status:done", "x-cost:1", NULL };
    g_autoptr(Query) query = query_parse(backlog, terms, NULL);
    assert_true(query_mentions(query, FIELD_STATUS));
    assert_false(query_mentions(query, FIELD_TYPE));
    assert_false(query_mentions(query, FIELD_TITLE));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_field_has_the_value),
        TEST(a_list_has_the_entry),
        TEST(one_of_several_values_will_do),
        TEST(a_negated_term_takes_the_others),
        TEST(an_empty_value_means_none),
        TEST(ranges_include_both_ends),
        TEST(estimates_of_names_are_ordered_by_weight),
        TEST(bare_words_are_found_in_title_and_text),
        TEST(bare_words_are_what_an_item_is_called_by),
        TEST(all_terms_must_hold),
        TEST(references_are_resolved),
        TEST(aliases_in_items_are_resolved_too),
        TEST(the_users_own_keys_can_be_asked_for),
        TEST(what_can_match_nothing_is_an_error),
        TEST(a_query_says_what_it_asks_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
