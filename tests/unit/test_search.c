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
    fixture_write(
        fixture, "backlog/bcd23-refund.md",
        "---\ntitle: Refund a cancelled order\nid: bcd23\nrank: nb\nstatus: ready\nlabels: [payment]\n"
        "owner: Bo\naliases: [SHOP-41]\nstamp: sealed\nx-source: phone call\n---\n\n## Story\n\nPlain.\n\n"
        "## Acceptance criteria\n\n- [ ] The card is credited\n  within five days\n\n## Open questions\n\n"
        "- [x] @bo Partial?\n  - 2026-11-21 Ana: yes, a bell\n\n### Code\n\n```sh\nrefundctl --now\n```\n");
    fixture_write(
        fixture, "backlog/cdf34-basket.md",
        "---\ntitle: Baskets survive\nid: cdf34\nrank: nc\nstatus: done\n---\n\nA refund is no basket. "
        "Organizations of organizers.\n");
    fixture_write(fixture, "backlog/dfg45-size.md",
                  "---\ntitle: Gr\xc3\xb6\xc3\x9f"
                  "e in Z\xc3\xbcrich "
                  "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\nid: dfg45\nrank: nd\nstatus: new\n---\n");
    fixture_write(fixture, "backlog/ghj67-twin.md",
                  "---\ntitle: Twin\nid: ghj67\nrank: nh\nstatus: new\n---\n");
    fixture_write(fixture, "backlog/fgh56-twin.md",
                  "---\ntitle: Twin\nid: fgh56\nrank: ng\nstatus: new\n---\n");
    fixture_write(fixture, "backlog/hjk78-broken.md", "---\ntitle: [Twin\n---\nTwin\n");
    return 0;
}

static struct search_found *find(struct fixture *fixture, const char *const *words, guint limit)
{
    g_autoptr(GError) error = NULL;
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(Search) search = search_open(backlog, &error);
    const struct search_wish wish = { .limit = limit };
    struct search_found *found = search ? search_words(search, words, &wish, &error) : NULL;

    if (!found)
        fail_msg("%s", error->message);
    return found;
}

/* The ids that the words find, in order, for one word. */
static void check(struct fixture *fixture, const char *word, const char *expected)
{
    g_autoptr(SearchFound) found = find(fixture, (const char *[]){ word, NULL }, 10);
    g_autoptr(GString) ids = g_string_new(NULL);

    for (guint i = 0; i < found->hits->len; i++) {
        const struct search_hit *hit = found->hits->pdata[i];
        g_string_append_printf(ids, "%s%s", i ? " " : "", hit->item->id);
    }
    if (strcmp(ids->str, expected) != 0)
        fail_msg("%s: expected \"%s\", saw \"%s\"", word, expected, ids->str);
}

static void a_title_weighs_more_than_a_body(void **state)
{
    check(*state, "refund", "bcd23 cdf34");
    check(*state, "basket", "cdf34");
}

static void equal_items_stand_in_the_order_of_the_backlog(void **state)
{
    check(*state, "twin", "fgh56 ghj67");
}

static void all_words_must_hold(void **state)
{
    g_autoptr(SearchFound) both = find(*state, (const char *[]){ "refund", "card", NULL }, 10);
    g_autoptr(SearchFound) none = find(*state, (const char *[]){ "card", "twin", NULL }, 10);

    assert_int_equal(both->total, 1);
    assert_int_equal(none->total, 0);
    assert_string_equal(none->spare, "card");
    assert_int_equal(none->rest, 2);
}

static void a_word_stands_for_its_stem_and_a_star_for_all_that_begin_so(void **state)
{
    check(*state, "refunding", "bcd23 cdf34");
    check(*state, "cancels", "bcd23");
    check(*state, "organiz*", "cdf34");
    check(*state, "ORGANIZER*", "cdf34");
    check(*state, "organizey*", "");
    check(*state, "refundc*", "bcd23");
    check(*state, "credited within fi*", "bcd23");
}

static void case_accents_and_normal_forms_do_not_count(void **state)
{
    check(*state, "zurich", "dfg45");
    check(*state, "Z\xc3\x9cRICH", "dfg45");
    check(*state, "Zu\xcc\x88rich", "dfg45");
    check(*state,
          "gro\xcc\x88\xc3\x9f"
          "e",
          "dfg45");
}

static void a_script_without_spaces_is_found_inside(void **state)
{
    check(*state, "\xe6\x9c\xac\xe8\xaa\x9e", "dfg45");
    check(*state, "\xe8\xaa\x9e\xe6\x9c\xac", "");
}

static void phrases_stand_side_by_side(void **state)
{
    check(*state, "cancelled order", "bcd23");
    check(*state, "order cancelled", "");
    check(*state, "\"cancelled order\" card", "bcd23");
    check(*state, "bell \"cancelled order", "bcd23");
    check(*state, "shop-41", "bcd23");
}

static void check_field(struct fixture *fixture, const char *word, const char *field, const char *snippet)
{
    g_autoptr(SearchFound) found = find(fixture, (const char *[]){ word, NULL }, 1);
    const struct search_hit *hit = found->hits->len ? found->hits->pdata[0] : NULL;

    assert_non_null(hit);
    assert_string_equal(hit->field, field);
    assert_string_equal(hit->snippet, snippet);
    assert_true(hit->matches->len > 0);
}

static void a_hit_names_its_field(void **state)
{
    check_field(*state, "bo", "owner", "Bo");
    check_field(*state, "payments", "labels", "payment");
    check_field(*state, "SHOP", "aliases", "SHOP-41");
    check_field(*state, "phone", "x-source", "phone call");
    check_field(*state, "story", "heading", "Story");
    check_field(*state, "plain", "story", "Plain.");
    check_field(*state, "credit", "criteria", "The card is credited within five days");
    check_field(*state, "partial", "questions", "@bo Partial?");
    check_field(*state, "bell", "answers", "2026-11-21 Ana: yes, a bell");
    check_field(*state, "now", "questions", "refundctl --now");
    check_field(*state, "cancelled", "title", "Refund a cancelled order");
    check_field(*state, "organizations", "text", "A refund is no basket. Organizations of organizers.");
}

static void what_is_no_text_is_not_searched(void **state)
{
    check(*state, "ready", "");
    check(*state, "sealed", "");
    check(*state, "nb", "");
}

static void matches_are_spans_of_the_snippet(void **state)
{
    g_autoptr(SearchFound) found = find(*state, (const char *[]){ "organizer", "basket", NULL }, 1);
    const struct search_hit *hit = found->hits->pdata[0];
    const struct span *spans = (const struct span *)(gpointer)hit->matches->data;

    assert_int_equal(hit->matches->len, 3);
    assert_memory_equal(hit->snippet + spans[0].start, "basket", span_length(spans[0]));
    assert_memory_equal(hit->snippet + spans[1].start, "Organizations", span_length(spans[1]));
    assert_memory_equal(hit->snippet + spans[2].start, "organizers", span_length(spans[2]));
    assert_int_equal(hit->title_matches->len, 1);
}

static void a_long_text_is_cut_to_the_matches(void **state)
{
    g_autoptr(GString) text = g_string_new("---\ntitle: Long\nid: kmn23\n---\n\n");
    for (int i = 0; i < 500; i++)
        g_string_append(text, i == 400 ? "n\xc3\xa4"
                                         "dle "
                                       : "h\xc3\xa4y ");
    fixture_write(*state, "backlog/kmn23-long.md", text->str);
    g_autoptr(SearchFound) found = find(*state, (const char *[]){ "naddle", "hay", NULL }, 1);
    assert_int_equal(found->total, 0);
    assert_string_equal(found->nearest, "n\xc3\xa4"
                                        "dle");
    g_autoptr(SearchFound) again = find(*state, (const char *[]){ "nadle", NULL }, 1);
    const struct search_hit *hit = again->hits->pdata[0];
    const struct span *span = (const struct span *)(gpointer)hit->matches->data;

    assert_true(strlen(hit->snippet) < 300);
    assert_true(g_utf8_validate(hit->snippet, -1, NULL));
    assert_true(g_str_has_prefix(hit->snippet, "\xe2\x80\xa6"));
    assert_true(g_str_has_suffix(hit->snippet, "\xe2\x80\xa6"));
    assert_memory_equal(hit->snippet + span->start,
                        "n\xc3\xa4"
                        "dle",
                        span_length(*span));
}

static void a_limit_counts_what_it_leaves_out(void **state)
{
    g_autoptr(SearchFound) found = find(*state, (const char *[]){ "twin", NULL }, 1);
    assert_int_equal(found->hits->len, 1);
    assert_int_equal(found->total, 2);
}

static void a_word_that_no_item_has_is_named_with_what_is_spelt_like_it(void **state)
{
    g_autoptr(SearchFound) typo = find(*state, (const char *[]){ "twin", "baskte", NULL }, 1);
    g_autoptr(SearchFound) phrase = find(*state, (const char *[]){ "order refund", NULL }, 1);

    assert_string_equal(typo->missing, "baskte");
    assert_string_equal(typo->nearest, "baskets");
    assert_string_equal(phrase->missing, "order refund");
    assert_null(phrase->nearest);
    assert_int_equal(phrase->apart, 1);
}

static void signs_of_other_languages_mean_nothing(void **state)
{
    check(*state, "AND", "");
    check(*state, "NOT twin", "");
    check(*state, "NEAR(refund order)", "");
    check(*state, "title:twin", "");
    check(*state, "-twin", "fgh56 ghj67");
    check(*state, "^twin", "fgh56 ghj67");
    check(*state, "{title}:twin", "");
    check(*state, "(twin", "fgh56 ghj67");
    check(*state, "tw\x01in", "");
    check(*state, "\x1b[31mtwin", "");
    check(*state, "'twin' --", "fgh56 ghj67");
    check(*state, "\"\"twin\"", "fgh56 ghj67");
    check(*state, "twin**", "fgh56 ghj67");
    check(*state, "% twin _", "fgh56 ghj67");
}

static void words_without_a_letter_are_an_error(void **state)
{
    g_autoptr(Search) search = search_open(fixture_loaded(*state), NULL);
    const struct search_wish wish = { .limit = 1 };
    const char *const words[] = { "", "\"", "*", "--", " \t", NULL };

    for (gsize i = 0; words[i]; i++) {
        g_autoptr(GError) error = NULL;
        assert_null(search_words(search, (const char *[]){ words[i], NULL }, &wish, &error));
        assert_true(g_error_matches(error, SEARCH_ERROR, SEARCH_ERROR_WORDS));
    }
}

static void ten_thousand_words_are_searched(void **state)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; i < 10000; i++)
        g_ptr_array_add(words, g_strdup_printf("word%d", i));
    g_ptr_array_add(words, NULL);
    g_autoptr(SearchFound) found = find(*state, (const char *const *)words->pdata, 1);
    assert_int_equal(found->total, 0);
    assert_string_equal(found->missing, "word0");
    g_autoptr(GPtrArray) same = g_ptr_array_new();
    for (int i = 0; i < 10000; i++)
        g_ptr_array_add(same, i % 2 ? (gpointer) "twins" : (gpointer) "Twin");
    g_ptr_array_add(same, NULL);
    g_autoptr(SearchFound) twins = find(*state, (const char *const *)same->pdata, 10);
    assert_int_equal(twins->total, 2);
}

static void a_filter_has_a_known_key(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);

    assert_true(search_is_filter(backlog, "status:ready"));
    assert_true(search_is_filter(backlog, "type!=bug"));
    assert_true(search_is_filter(backlog, "x-source:"));
    assert_true(search_is_filter(backlog, "stauts:ready"));
    assert_false(search_is_filter(backlog, "http://example.com"));
    assert_false(search_is_filter(backlog, "std::sort"));
    assert_false(search_is_filter(backlog, "text:a"));
    assert_false(search_is_filter(backlog, "titel:"));
    assert_false(search_is_filter(backlog, "colour:red"));
    assert_false(search_is_filter(backlog, ":x"));
}

static void a_backlog_without_items_has_nothing(void **state)
{
    fixture_folder(*state, "backlog");
    check(*state, "anything", "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_title_weighs_more_than_a_body),
        TEST(equal_items_stand_in_the_order_of_the_backlog),
        TEST(all_words_must_hold),
        TEST(a_word_stands_for_its_stem_and_a_star_for_all_that_begin_so),
        TEST(case_accents_and_normal_forms_do_not_count),
        TEST(a_script_without_spaces_is_found_inside),
        TEST(phrases_stand_side_by_side),
        TEST(a_hit_names_its_field),
        TEST(what_is_no_text_is_not_searched),
        TEST(matches_are_spans_of_the_snippet),
        TEST(a_long_text_is_cut_to_the_matches),
        TEST(a_limit_counts_what_it_leaves_out),
        TEST(a_word_that_no_item_has_is_named_with_what_is_spelt_like_it),
        TEST(signs_of_other_languages_mean_nothing),
        TEST(words_without_a_letter_are_an_error),
        TEST(ten_thousand_words_are_searched),
        TEST(a_filter_has_a_known_key),
        cmocka_unit_test_setup_teardown(a_backlog_without_items_has_nothing, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
