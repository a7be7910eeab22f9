/* Saved queries: how they are read, put in the place of their names, and checked. */
#include "fixture.h"
#include "query.h"
#include "query_saved.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct policy *policy_of(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    return policy_new("/shop", "/shop", bytes);
}

/* The findings of a policy, "LINE:COLUMN SEVERITY MESSAGE" a line. */
static void check_says(const char *text, const char *expected)
{
    g_autoptr(Policy) policy = policy_of(text);
    g_autoptr(GString) all = g_string_new(NULL);

    for (guint i = 0; i < policy->findings->len; i++) {
        const struct finding *finding = policy->findings->pdata[i];
        assert_string_equal(finding->rule, "policy");
        g_string_append_printf(all, "%s%u:%u %s %s", i ? "\n" : "", finding->at.line, finding->at.column,
                               severity_name(finding->severity), finding->message);
    }
    assert_string_equal(all->str, expected);
}

static char *expanded(const char *text, const char *const *terms)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Policy) policy = policy_of(text);
    g_autoptr(GArray) all = query_saved_expand(policy, terms, &error);
    GString *joined = g_string_new(NULL);

    if (!all)
        return g_string_free(g_string_append(joined, error->message), FALSE);
    for (guint i = 0; i < all->len; i++) {
        const struct query_term *term = &g_array_index(all, struct query_term, i);
        g_string_append_printf(joined, "%s<%s>%s%s", i ? " " : "", term->text, term->saved ? "@" : "",
                               term->saved ? term->saved : "");
    }
    return g_string_free(joined, FALSE);
}

#define CHECK_EXPANDS(text, expected, ...)                                                                   \
    do {                                                                                                     \
        const char *const terms_[] = { __VA_ARGS__, NULL };                                                  \
        g_autofree char *joined_ = expanded(text, terms_);                                                   \
        assert_string_equal(joined_, expected);                                                              \
    } while (0)

static const char shop[] = "queries:\n"
                           "  mine: \"owner:@me   status!=done\"\n"
                           "  small: estimate:..3\n"
                           "  words: [type:bug, 'text:no paging', \"\"]\n"
                           "  my-small: '@mine @small @mine'\n"
                           "  folded: >\n"
                           "    type:bug\n"
                           "    owner:bo\n";

static void a_name_stands_for_its_terms(void **state)
{
    CHECK_EXPANDS(shop, "<x> <owner:@me>@mine <status!=done>@mine <type:bug>", "x", "@mine", "type:bug");
    CHECK_EXPANDS(shop, "<estimate:..3>@small", "@small");
    CHECK_EXPANDS(shop, "<type:bug>@words <text:no paging>@words", "@words");
    CHECK_EXPANDS(shop, "<type:bug>@folded <owner:bo>@folded", "@folded");
    CHECK_EXPANDS(shop, "<ana@example.com>", "ana@example.com");
}

static void what_is_named_twice_counts_once(void **state)
{
    CHECK_EXPANDS(shop, "<owner:@me>@mine <status!=done>@mine <estimate:..3>@small", "@my-small", "@mine",
                  "@small");
    g_autoptr(GString) text = g_string_new("queries:\n  q0: type:bug\n");
    for (int i = 1; i < 30; i++)
        g_string_append_printf(text, "  q%d: '@q%d @q%d'\n", i, i - 1, i - 1);
    CHECK_EXPANDS(text->str, "<type:bug>@q0", "@q29");
}

static void a_name_that_there_is_not_is_guessed(void **state)
{
    CHECK_EXPANDS(shop, "there is no saved query mien; did you mean @mine?", "@mien");
    CHECK_EXPANDS(
        "types: [bug]\n",
        "there is no saved query \"all\"; the policy has them under queries, and text:@all finds the word",
        "@all");
    CHECK_EXPANDS(
        "queries:\n  one: type:bug\n  two: type:story\n",
        "there is no saved query \"\", but @one, @two; the policy has them under queries, and text:@ "
        "finds the word",
        "@");
    CHECK_EXPANDS(
        "queries:\n  all:\n",
        "there is no saved query \"all\"; the policy has them under queries, and text:@all finds the word",
        "@all");
    CHECK_EXPANDS(
        "queries: [a]\n",
        "there is no saved query \"a\"; the policy has them under queries, and text:@a finds the word", "@a");
}

static void good_ones_have_no_findings(void **state)
{
    check_says(shop, "");
    check_says("queries:\n", "");
    check_says("queries: {}\n", "");
    check_says("queries:\n  theirs:\n  own: component:basket x-cost:5..\n", "");
    check_says("types: [gadget]\nestimate:\n  scale: [S, M]\nqueries:\n  a: type:gadget estimate:s,m\n", "");
    check_says("queries:\n  dated: created:2026-11-01..\n  refs: parent:c4x9d depends:none\n", "");
}

static void a_mistake_is_shown_where_it_is(void **state)
{
    check_says("queries:\n  hot: owner:bo status:redy\n",
               "2:17 error queries.hot: status is never redy; did you mean ready?");
    check_says("queries:\n  hot: \"owner:bo  type:bgu\"\n",
               "2:19 error queries.hot: type is never bgu; did you mean bug?");
    check_says("queries:\n  hot:\n    - owner:bo\n    - 'estimate:7'\n    - created:11/2026\n",
               "5:7 error queries.hot: created: expected a day as YYYY-MM-DD, saw 11/2026");
    check_says("queries:\n  hot: statsu:ready\n",
               "2:8 warning queries.hot: there is no field statsu; did you mean status?");
    check_says("queries:\n  hot: \"owner:\\x62o type:bgu\"\n",
               "2:8 error queries.hot: type is never bgu; did you mean bug?");
    check_says("queries:\n  hot: >\n    owner:bo\n    type:bgu\n",
               "2:8 error queries.hot: type is never bgu; did you mean bug?");
}

static void the_form_is_terms(void **state)
{
    check_says("queries: type:bug\n", "1:10 error queries: expected a map, saw a value");
    check_says("queries:\n  a: {type: bug}\n", "2:6 error queries.a: expected terms, saw a map");
    check_says("queries:\n  a: [type:bug, [type:bug]]\n", "2:17 error queries.a: expected terms, saw a list");
    check_says("queries:\n  a: \" \"\n  b: []\n", "2:6 error queries.a: expected terms, saw none\n"
                                                  "3:6 error queries.b: expected terms, saw none");
    check_says("queries:\n  \"two words\": type:bug\n  me: type:bug\n",
               "2:3 error queries: \"two words\" can be no name of a query\n"
               "3:3 error queries: \"me\" can be no name of a query");
}

static void a_circle_is_shown_once_with_its_way(void **state)
{
    check_says("queries:\n  a: type:bug @b\n  b: '@c'\n  c: ['@a']\n  d: '@a'\n",
               "4:8 error queries.c: it comes back to itself: @a -> @b -> @c -> @a");
    check_says("queries:\n  a: '@a'\n", "2:7 error queries.a: it comes back to itself: @a -> @a");
    check_says("queries:\n  a: '@gone'\n  gnoe: type:bug\n",
               "2:7 error queries.a: there is no saved query gone; did you mean @gnoe?");
}

static void a_long_chain_ends(void **state)
{
    g_autoptr(GString) text = g_string_new("queries:\n");
    for (int i = 0; i < 3000; i++)
        g_string_append_printf(text, "  q%d: '@q%d'\n", i, i + 1);
    g_string_append(text, "  q3000: type:bug\n");
    g_autoptr(Policy) policy = policy_of(text->str);
    assert_true(policy->findings->len > 0);
    const struct finding *first = policy->findings->pdata[0];
    assert_true(fixture_says(first->message, "saved queries may name others 32 deep"));
}

static void a_query_of_a_saved_one_says_which(void **state)
{
    struct fixture *fixture = *state;
    const char *const terms[] = { "@own", NULL }, *const good[] = { "@open", NULL };
    g_autoptr(GError) error = NULL;

    fixture_write(fixture, "backlog/bcg32-filter.md", "---\ntitle: Filter\ntype: bug\nstatus: ready\n---\n");
    fixture_write(fixture, "backlog/c4x9d-login.md", "---\ntitle: Login\ntype: bug\nstatus: done\n---\n");
    fixture_policy(fixture, "queries:\n  own: component:basket\n  open: type:bug status:ready\n");
    struct backlog *backlog = fixture_loaded(fixture);
    assert_null(query_parse(backlog, terms, &error));
    assert_true(g_error_matches(error, QUERY_ERROR, QUERY_ERROR_KEY));
    assert_true(fixture_says(error->message, "@own: there is no field component"));
    g_autoptr(Query) query = query_parse(backlog, good, NULL);
    assert_non_null(query);
    assert_true(query_mentions(query, FIELD_STATUS));
    assert_true(query_matches(query, backlog_item(backlog, "bcg32")));
    assert_false(query_matches(query, backlog_item(backlog, "c4x9d")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_stands_for_its_terms),
        cmocka_unit_test(what_is_named_twice_counts_once),
        cmocka_unit_test(a_name_that_there_is_not_is_guessed),
        cmocka_unit_test(good_ones_have_no_findings),
        cmocka_unit_test(a_mistake_is_shown_where_it_is),
        cmocka_unit_test(the_form_is_terms),
        cmocka_unit_test(a_circle_is_shown_once_with_its_way),
        cmocka_unit_test(a_long_chain_ends),
        cmocka_unit_test_setup_teardown(a_query_of_a_saved_one_says_which, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
