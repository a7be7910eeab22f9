/* Word-level differences: that they read well, that they add up, and that hostile text takes no time. */
#include "reword.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The pieces with "[-" and "-]" around what was removed, "{+" and "+}" around what was added. */
static char *print(const GPtrArray *pieces)
{
    static const char *const open[] = { "", "[-", "{+" }, *const close[] = { "", "-]", "+}" };
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < pieces->len; i++) {
        const struct reword *piece = pieces->pdata[i];
        g_string_append_printf(out, "%s%s%s", open[piece->kind], piece->text, close[piece->kind]);
    }
    return g_string_free(out, FALSE);
}

static char *side(const GPtrArray *pieces, enum reword_kind kind)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < pieces->len; i++) {
        const struct reword *piece = pieces->pdata[i];
        if (piece->kind == REWORD_SAME || piece->kind == kind)
            g_string_append(out, piece->text);
    }
    return g_string_free(out, FALSE);
}

/* What holds of any two texts. */
static void check_laws(const char *before, const char *after)
{
    g_autoptr(GPtrArray) pieces = reword_list(before, after), again = reword_list(before, after);
    g_autofree char *old = side(pieces, REWORD_REMOVED), *new = side(pieces, REWORD_ADDED);
    g_autofree char *once = print(pieces), *twice = print(again);

    assert_string_equal(old, before);
    assert_string_equal(new, after);
    assert_string_equal(once, twice);
    for (guint i = 0; i < pieces->len; i++) {
        const struct reword *piece = pieces->pdata[i], *last = i ? pieces->pdata[i - 1] : NULL;
        assert_true(*piece->text);
        assert_false(last && last->kind == piece->kind);
        assert_false(last && last->kind == REWORD_ADDED && piece->kind == REWORD_REMOVED);
    }
}

static void check(const char *before, const char *after, const char *expected)
{
    g_autoptr(GPtrArray) pieces = reword_list(before, after);
    g_autofree char *printed = print(pieces);

    assert_string_equal(printed, expected);
    check_laws(before, after);
    check_laws(after, before);
}

static void equal_texts_are_one_piece_and_empty_ones_none(void **state)
{
    check("", "", "");
    check("An empty range says so", "An empty range says so", "An empty range says so");
    check("", "An empty range", "{+An empty range+}");
    check("An empty range", "", "[-An empty range-]");
    check(" ", " ", " ");
    check("", " ", "{+ +}");
}

static void a_word_is_replaced_whole(void **state)
{
    check("The list shows within 500 ms", "The list shows within 200 ms",
          "The list shows within [-500-]{+200+} ms");
    check("Results come in 1,000 ms", "Results come in 1,500 ms", "Results come in [-1,000-]{+1,500+} ms");
    check("It doesn't sort at 09:30", "It does sort at 09:45",
          "It [-doesn't-]{+does+} sort at [-09:30-]{+09:45+}");
    check("Der Zeitraum für Prüfungen bleibt", "Der Zeitraum für Prüfung bleibt",
          "Der Zeitraum für [-Prüfungen-]{+Prüfung+} bleibt");
    check("The re-used key is kept", "The used key is kept", "The [-re-used-]{+used+} key is kept");
    check("the cafe\xcc\x81 list stays open", "the caf\xc3\xa9 list stays open",
          "the [-cafe\xcc\x81-]{+caf\xc3\xa9+} list stays open");
}

static void punctuation_is_a_word_of_its_own(void **state)
{
    check("The list shows, then", "The list shows then", "The list shows[-,-] then");
    check("The filtered list shows", "The filtered list shows.", "The filtered list shows{+.+}");
    check("Says \"No results\" then stops", "Says \"No orders\" then stops",
          "Says \"No [-results-]{+orders+}\" then stops");
    check("The list (of orders) is shown", "The list is shown", "The list [-(of orders) -]is shown");
}

static void what_is_added_or_removed_begins_where_a_sentence_does(void **state)
{
    check("It sorts by date.", "It filters by day. It sorts by date.",
          "{+It filters by day. +}It sorts by date.");
    check("Orders show by date. Orders show by price.", "Orders show by price.",
          "[-Orders show by date. -]Orders show by price.");
    check("The clerk sees the list", "The clerk sees the new list", "The clerk sees the {+new +}list");
    check("The range, the day and the hour stay", "The range, the week, the day and the hour stay",
          "The range, {+the week, +}the day and the hour stay");
}

static void small_words_between_changes_change_with_them(void **state)
{
    check("Shows the list of orders at once", "Shows the page of items at once",
          "Shows the [-list of orders-]{+page of items+} at once");
    check("within 500 ms for 10,000 orders of a year", "within 200 ms for 50,000 orders of a year",
          "within [-500-]{+200+} ms for [-10,000-]{+50,000+} orders of a year");
}

static void texts_with_little_in_common_are_replaced_as_a_whole(void **state)
{
    check("The list is empty at night", "Nobody can see a basket in the shop at noon",
          "[-The list is empty at night-]{+Nobody can see a basket in the shop at noon+}");
    check("one two three", "four five six", "[-one two three-]{+four five six+}");
}

static void a_text_that_only_grew_keeps_its_words(void **state)
{
    check("An empty range", "An empty range says \"No results between A and B\" and keeps both of its ends",
          "An empty range{+ says \"No results between A and B\" and keeps both of its ends+}");
}

static void white_space_alone_is_a_change_too(void **state)
{
    check("one list  of orders", "one list of orders", "one list [- -]of orders");
    check("one\nlist of orders", "one list of orders", "one[-\n-]{+ +}list of orders");
    check("one list of orders\n", "one list of orders", "one list of orders[-\n-]");
}

static void scripts_without_spaces_change_by_the_character(void **state)
{
    check("注文を日付で絞り込む", "注文を金額で絞り込む", "注文を[-日付-]{+金額+}で絞り込む");
    check("พบผลลัพธ์", "พบผลลัพธ", "พบผลลัพ[-ธ์-]{+ธ+}");
    check("주문 목록을 본다 지금", "주문 화면을 본다 지금", "주문 [-목록을-]{+화면을+} 본다 지금");
}

static void a_cluster_is_never_torn(void **state)
{
    check("done 👩‍💻 by the team", "done 👩‍🔬 by the team",
          "done [-👩‍💻-]{+👩‍🔬+} by the team");
    check("flag 🇩🇪 of the shop", "flag 🇩🇰 of the shop", "flag [-🇩🇪-]{+🇩🇰+} of the shop");
}

static void bytes_that_are_no_text_are_kept(void **state)
{
    check("a \xff b c d", "a \xfe b c d", "a [-\xff-]{+\xfe+} b c d");
    check("\xe2\x82", "\xe2\x82\xac", "[-\xe2\x82-]{+\xe2\x82\xac+}");
    check_laws("a\x01\x02 b", "a\x01 b\x7f");
}

/* -- properties -- */

static void append_words(GString *out, GRand *random, guint words, guint vocabulary)
{
    static const char *const marks[] = { " ", " ",    " ",   ", ", ". ", "  ", "\n",
                                         "",  "\xff", " – ", "(",  "é",  "日" };

    for (guint i = 0; i < words; i++)
        g_string_append_printf(out, "w%d%s", g_rand_int_range(random, 0, (gint32)vocabulary),
                               marks[g_rand_int_range(random, 0, G_N_ELEMENTS(marks))]);
}

static void pieces_add_up_to_both_texts_whatever_they_are(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(20261120);

    for (guint i = 0; i < 3000; i++) {
        g_autoptr(GString) before = g_string_new(NULL), after = g_string_new(NULL);
        guint vocabulary = 1 + g_rand_int_range(random, 0, 12);
        append_words(before, random, (guint)g_rand_int_range(random, 0, 40), vocabulary);
        append_words(after, random, (guint)g_rand_int_range(random, 0, 40), vocabulary);
        check_laws(before->str, after->str);
    }
}

/* One word of a long text changed: nothing else is said to be. */
static void one_changed_word_is_the_only_one(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);

    for (guint i = 0; i < 200; i++) {
        g_autoptr(GString) before = g_string_new(NULL), after = g_string_new(NULL);
        append_words(before, random, 30, 1000);
        g_string_append(before, " OLD ");
        g_string_append_printf(after, "%.*s NEW ", (int)before->len - 5, before->str);
        g_autoptr(GString) rest = g_string_new(NULL);
        append_words(rest, random, 30, 1000);
        g_string_append(before, rest->str);
        g_string_append(after, rest->str);
        g_autoptr(GPtrArray) pieces = reword_list(before->str, after->str);
        assert_int_equal(pieces->len, 4);
        assert_string_equal(((struct reword *)pieces->pdata[1])->text, "OLD");
        assert_string_equal(((struct reword *)pieces->pdata[2])->text, "NEW");
    }
}

/* -- hostile -- */

static void check_quick(const char *before, const char *after)
{
    gint64 start = g_get_monotonic_time();
    check_laws(before, after);
    assert_true(g_get_monotonic_time() - start < 10 * G_USEC_PER_SEC); /* twice, and under sanitizers */
}

static void long_texts_of_any_words_take_no_time(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(1);

    for (guint vocabulary = 1; vocabulary <= 1000000; vocabulary *= 10) {
        g_autoptr(GString) before = g_string_new(NULL), after = g_string_new(NULL);
        while (before->len < 65536)
            append_words(before, random, 100, vocabulary);
        while (after->len < 65536)
            append_words(after, random, 100, vocabulary);
        check_quick(before->str, after->str);
    }
}

static void long_texts_of_repeated_words_take_no_time(void **state)
{
    g_autoptr(GString) same = g_string_new(NULL), other = g_string_new(NULL), spaced = g_string_new(NULL);

    for (guint i = 0; i < 32768; i++) {
        g_string_append(same, "a ");
        g_string_append(other, i % 2 ? "a " : "b ");
        g_string_append(spaced, i % 3 ? "a  " : "a ");
    }
    check_quick(same->str, other->str);
    check_quick(other->str, same->str);
    check_quick(same->str, spaced->str);
    check_quick(other->str + 2, other->str);
    check_quick(same->str + 20000, same->str);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_texts_are_one_piece_and_empty_ones_none),
        cmocka_unit_test(a_word_is_replaced_whole),
        cmocka_unit_test(punctuation_is_a_word_of_its_own),
        cmocka_unit_test(what_is_added_or_removed_begins_where_a_sentence_does),
        cmocka_unit_test(small_words_between_changes_change_with_them),
        cmocka_unit_test(texts_with_little_in_common_are_replaced_as_a_whole),
        cmocka_unit_test(a_text_that_only_grew_keeps_its_words),
        cmocka_unit_test(white_space_alone_is_a_change_too),
        cmocka_unit_test(scripts_without_spaces_change_by_the_character),
        cmocka_unit_test(a_cluster_is_never_torn),
        cmocka_unit_test(bytes_that_are_no_text_are_kept),
        cmocka_unit_test(pieces_add_up_to_both_texts_whatever_they_are),
        cmocka_unit_test(one_changed_word_is_the_only_one),
        cmocka_unit_test(long_texts_of_any_words_take_no_time),
        cmocka_unit_test(long_texts_of_repeated_words_take_no_time),
    };
    return cmocka_run_group_tests_name("reword", tests, NULL, NULL);
}
