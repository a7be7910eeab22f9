#include "search.h"

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
    const char *const files[][2] = {
        { "bcd23",
          "title: Export order lists\nrank: nb\nstatus: ready\nowner: Bo\n---\n\nAs a spreadsheet.\n" },
        { "cdf34", "title: Orders as spreadsheet\nrank: nc\nstatus: dropped\nduplicate-of: SHOP-7\n---\n" },
        { "dfg45", "title: Spreadsheet of orders\nrank: nd\nstatus: new\naliases: [SHOP-7]\n---\n" },
        { "fgh56", "title: Payment by telephone\nrank: nf\nstatus: split\n---\n" },
        { "ghj67", "title: Payment of deposits\nrank: ng\nparent: fgh56\nstatus: new\n---\n" },
        { "hjk78", "title: Payment of repairs\nrank: nh\nparent: fgh56\nstatus: done\n---\n" },
        { "jkm89", "title: Ring the bell\nrank: nj\nstatus: new\nowner: Bo\n---\n" },
        { "kmn23", "title: Ring the bell\nrank: nk\nstatus: new\n---\n" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_strdup_printf("backlog/%s-item.md", files[i][0]);
        g_autofree char *text = g_strdup_printf("---\nid: %s\n%s", files[i][0], files[i][1]);
        fixture_write(fixture, path, text);
    }
    return 0;
}

static struct search_found *like(struct fixture *fixture, const char *id, const char *text, gboolean open)
{
    g_autoptr(GError) error = NULL;
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(Search) search = search_open(backlog, &error);
    const struct search_wish wish = { .limit = 10, .open_only = open };
    struct search_found *found = id ? search_like_item(search, backlog_item(backlog, id), &wish, &error)
                                    : search_like_text(search, text, &wish, &error);
    if (!found)
        fail_msg("%s", error->message);
    return found;
}

static const struct search_hit *hit_of(const struct search_found *found, const char *id)
{
    for (guint i = 0; i < found->hits->len; i++)
        if (strcmp(((struct search_hit *)found->hits->pdata[i])->item->id, id) == 0)
            return found->hits->pdata[i];
    return NULL;
}

static void an_item_is_not_like_itself(void **state)
{
    g_autoptr(SearchFound) found = like(*state, "bcd23", NULL, FALSE);
    assert_null(hit_of(found, "bcd23"));
    assert_non_null(hit_of(found, "cdf34"));
}

static void the_same_words_are_wholly_alike(void **state)
{
    g_autoptr(SearchFound) found = like(*state, "jkm89", NULL, FALSE);
    const struct search_hit *first = found->hits->pdata[0];
    assert_string_equal(first->item->id, "kmn23");
    assert_true(first->likeness > 0.99);
}

static void who_owns_it_makes_nothing_alike(void **state)
{
    g_autoptr(SearchFound) found = like(*state, "jkm89", NULL, FALSE);
    assert_null(hit_of(found, "bcd23"));
}

static void what_is_alike_shares_words(void **state)
{
    g_autoptr(SearchFound) found = like(*state, NULL, "A spreadsheet with all that was exported", FALSE);
    const struct search_hit *first = found->hits->pdata[0];

    assert_string_equal(first->item->id, "bcd23");
    assert_true(g_strv_contains((const char *const *)first->shared, "Export"));
    assert_true(g_strv_contains((const char *const *)first->shared, "spreadsheet"));
    assert_true(first->likeness > 0 && first->likeness < 1);
}

static void check_relation(struct fixture *fixture, const char *id, const char *other,
                           enum search_relation expected)
{
    g_autoptr(SearchFound) found = like(fixture, id, NULL, FALSE);
    const struct search_hit *hit = hit_of(found, other);

    assert_non_null(hit);
    assert_int_equal(hit->relation, expected);
}

static void relations_are_told(void **state)
{
    check_relation(*state, "cdf34", "dfg45", SEARCH_ORIGINAL);
    check_relation(*state, "dfg45", "cdf34", SEARCH_DUPLICATE);
    check_relation(*state, "dfg45", "bcd23", SEARCH_UNRELATED);
    check_relation(*state, "fgh56", "ghj67", SEARCH_PART);
    check_relation(*state, "ghj67", "fgh56", SEARCH_PARENT);
    check_relation(*state, "ghj67", "hjk78", SEARCH_SIBLING);
}

static void closed_items_can_be_left_out(void **state)
{
    g_autoptr(SearchFound) found = like(*state, "ghj67", NULL, TRUE);
    assert_null(hit_of(found, "hjk78"));
}

/* The title of what is most like the text, "" where nothing is. */
static char *nearest_title(struct fixture *fixture, const char *text)
{
    g_autoptr(SearchFound) found = like(fixture, NULL, text, FALSE);
    return g_strdup(found->hits->len ? ((struct search_hit *)found->hits->pdata[0])->title : "");
}

static void check_nearest(struct fixture *fixture, const char *text, const char *expected)
{
    g_autofree char *title = nearest_title(fixture, text);
    assert_string_equal(title, expected);
}

static void the_first_line_of_a_text_is_its_title(void **state)
{
    check_nearest(*state, "Ring bells\npayment by telephone", "Ring the bell");
    check_nearest(*state, "Payment by telephone\nring bells", "Payment by telephone");
}

static void a_text_may_be_anything(void **state)
{
    g_autoptr(GString) large = g_string_new("bell");
    for (int i = 0; i < 50000; i++)
        g_string_append_printf(large, " \"word%d\" AND (", i);

    check_nearest(*state, large->str, "Ring the bell");
    check_nearest(*state, "\x01 bell\x7f \"* NEAR( \xf0\x9f\x94\x94", "Ring the bell");
    check_nearest(*state, "zebra", "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_item_is_not_like_itself),
        TEST(the_same_words_are_wholly_alike),
        TEST(who_owns_it_makes_nothing_alike),
        TEST(what_is_alike_shares_words),
        TEST(relations_are_told),
        TEST(closed_items_can_be_left_out),
        TEST(the_first_line_of_a_text_is_its_title),
        TEST(a_text_may_be_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
