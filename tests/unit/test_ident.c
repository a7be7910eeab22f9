#include "ident.h"
#include "random.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct random *seeded(const char *seed)
{
    g_setenv("REFINE_SEED", seed, TRUE);
    return random_new();
}

static void ids_are_told_from_other_words(void **state)
{
    static const char *const ids[] = { "k7q2m", "c4x9d",  "bbbbb",
                                       "z9999", "t2h8kd", "bcdfghjkmnpqrstvwxz23456789" };
    static const char *const others[] = { "",       "k7q2",   "7kq2m", "k7q2M",  "K7Q2M", "k7q1m",
                                          "k7q0m",  "k7qlm",  "k7qym", "k7qam",  "k7eq2", "k7-q2",
                                          "k7q2m ", " k7q2m", "k7q2é", "k7q2m\n" };
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++)
        assert_true(ident_is_valid(ids[i]));
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        assert_false(ident_is_valid(others[i]));
    assert_false(ident_is_valid(NULL));
}

static gboolean is_in_set(const char *id, gpointer data)
{
    return g_hash_table_contains(data, id);
}

static void minted_ids_are_valid_and_never_taken(void **state)
{
    g_autoptr(Random) random = seeded("mint");
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < 20000; i++) {
        g_autofree char *id = ident_mint(random, 0, is_in_set, taken);
        assert_true(ident_is_valid(id));
        assert_int_equal(strlen(id), 5);
        assert_true(g_hash_table_add(taken, g_steal_pointer(&id)));
    }
}

static void ids_grow_with_the_backlog(void **state)
{
    static const struct {
        gsize backlog_size, length;
    } cases[] = { { 0, 5 }, { 5000, 5 }, { 5001, 6 }, { 100000, 6 }, { 100001, 7 }, { G_MAXSIZE, 7 } };
    g_autoptr(Random) random = seeded("length");
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *id = ident_mint(random, cases[i].backlog_size, is_in_set, taken);
        assert_int_equal(strlen(id), cases[i].length);
    }
}

/* Each process of a scripted test starts with the same seed. */
static void an_id_taken_by_a_run_of_the_same_seed_is_passed_over(void **state)
{
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < 50; i++) {
        g_autoptr(Random) random = seeded("same");
        assert_true(g_hash_table_add(taken, ident_mint(random, 0, is_in_set, taken)));
    }
}

static gboolean is_short(const char *id, gpointer data)
{
    ++*(guint *)data;
    return strlen(id) < 6;
}

static void minting_ends_even_where_all_short_ids_are_taken(void **state)
{
    guint n_asked = 0;
    g_autoptr(Random) random = seeded("dense");
    g_autofree char *id = ident_mint(random, 0, is_short, &n_asked);
    assert_int_equal(strlen(id), 6);
    assert_true(n_asked > 1000);
}

static void every_character_of_the_alphabet_is_used(void **state)
{
    g_autoptr(Random) random = seeded("alphabet");
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    guint first[128] = { 0 }, rest[128] = { 0 }, n_first = 0, n_rest = 0;
    for (guint i = 0; i < 2000; i++) {
        g_autofree char *id = ident_mint(random, 0, is_in_set, taken);
        first[(guchar)id[0]]++;
        for (const char *at = id + 1; *at; at++)
            rest[(guchar)*at]++;
    }
    for (guint i = 0; i < 128; i++) {
        n_first += first[i] > 0;
        n_rest += rest[i] > 0;
    }
    assert_int_equal(n_first, 19);
    assert_int_equal(n_rest, 27);
}

static void file_names_tell_their_id(void **state)
{
    static const char *const cases[][2] = {
        { "k7q2m.md", "k7q2m" },
        { "k7q2m-filter-search-results.md", "k7q2m" },
        { "k7q2m-.md", "k7q2m" },
        { "K7Q2M-Filter.MD", "k7q2m" },
        { "t2h8kd-été.md", "t2h8kd" },
        { "k7q2m-v1.2.md", "k7q2m" },
        { "README.md", NULL },
        { "readme-first.md", NULL },
        { ".md", NULL },
        { "", NULL },
        { "-k7q2m.md", NULL },
        { "k7q2.md", NULL },
        { "k7q2m", NULL },
        { "k7q2m.markdown", NULL },
        { "k7q2m.md~", NULL },
        { "k7q2m.v2.md", NULL },
        { "k7q2m_filter.md", NULL },
        { ".k7q2m.md", NULL },
        { "k7q2m-filter.md.orig", NULL },
        { "archive/k7q2m.md", NULL },
        { "k7q2m\xff.md", NULL },
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *id = ident_from_file_name(cases[i][0]);
        if (g_strcmp0(id, cases[i][1]) != 0)
            fail_msg("\"%s\" gives %s", cases[i][0], id ? id : "nothing");
    }
}

static void file_names_are_made_from_the_words_of_the_title(void **state)
{
    static const char *const cases[][2] = {
        { "Filter search results", "k7q2m-filter-search-results.md" },
        { "", "k7q2m.md" },
        { "検索結果を絞り込む", "k7q2m.md" },
        { "../../etc/passwd", "k7q2m-etc-passwd.md" },
        { "...", "k7q2m.md" },
        { " -- -rf * -- ", "k7q2m-rf.md" },
        { "Élan vital: naïve Ångström", "k7q2m-elan-vital-naive-angstrom.md" },
        { "E\u0301lan in two code points", "k7q2m-elan-in-two-code-points.md" },
        { "Größe in Łódź – Œuvre", "k7q2m-grosse-in-lodz-oeuvre.md" },
        { "ﬁne ｗｉｄｅ Việt", "k7q2m-fine-wide-viet.md" },
        { "Don't lose the customer’s cart", "k7q2m-dont-lose-the-customers-cart.md" },
        { "Hō\u0358-lâng", "k7q2m-ho-lang.md" }, /* a mark that GLib's table of ASCII does not know */
        { "Say \"No results\" at 100%", "k7q2m-say-no-results-at-100.md" },
        { "tab\there\nand\x1b[31m there\x7f", "k7q2m-tab-here-and-31m-there.md" },
        { "broken \xff\xc3 bytes", "k7q2m-broken-bytes.md" },
        { "v1.2.3", "k7q2m-v1-2-3.md" },
        { "IPHONE", "k7q2m-iphone.md" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = ident_file_name("k7q2m", cases[i][0]);
        assert_string_equal(name, cases[i][1]);
    }
}

static void slugs_are_cut_after_a_whole_word(void **state)
{
    static const char *const cases[][2] = {
        /* 40 bytes fit, the space after them is no matter */
        { "aaaaaaaaa bbbbbbbbb ccccccccc dddddddddd", "k7q2m-aaaaaaaaa-bbbbbbbbb-ccccccccc-dddddddddd.md" },
        { "aaaaaaaaa bbbbbbbbb ccccccccc dddddddddd e", "k7q2m-aaaaaaaaa-bbbbbbbbb-ccccccccc-dddddddddd.md" },
        { "aaaaaaaaa bbbbbbbbb ccccccccc ddddddddddd", "k7q2m-aaaaaaaaa-bbbbbbbbb-ccccccccc.md" },
        { "a bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "k7q2m-a.md" },
        { "Donaudampfschifffahrtsgesellschaftskapitaenswitwe",
          "k7q2m-donaudampfschifffahrtsgesellschaftskapit.md" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = ident_file_name("k7q2m", cases[i][0]);
        assert_string_equal(name, cases[i][1]);
    }
}

static void file_names_do_not_depend_on_the_locale(void **state)
{
    static const char *const locales[] = { "C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8" };
    g_autofree char *before = g_strdup(setlocale(LC_ALL, NULL));
    for (guint i = 0; i < G_N_ELEMENTS(locales); i++) {
        setlocale(LC_ALL, locales[i]); /* where it is not installed, nothing changes */
        g_autofree char *name = ident_file_name("k7q2m", "TITLE für İstanbul");
        assert_string_equal(name, "k7q2m-title-fur-istanbul.md");
    }
    setlocale(LC_ALL, before);
}

static void any_title_gives_a_plain_file_name_of_the_same_id(void **state)
{
    g_autoptr(Random) random = seeded("titles");
    for (guint i = 0; i < 20000; i++) {
        guint8 title[80] = { 0 };
        random_bytes(random, title, random_below(random, sizeof title));
        g_autofree char *name = ident_file_name("t2h8k", (const char *)title);
        g_autofree char *id = ident_from_file_name(name);
        assert_string_equal(id, "t2h8k");
        assert_true(strlen(name) <= strlen("t2h8k-.md") + 40);
        gsize length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
        assert_string_equal(name + length, ".md");
        assert_true(name[length - 1] != '-');
        assert_null(strstr(name, "--"));
    }
}

static const char *const backlog[] = { "t2h8k", "k7q2m", "k7qxd", "c4x9d", "k7q2mp", "k7q2mb" };

static void check_matches(const char *word, const char *expected)
{
    g_autoptr(GArray) matches = ident_matches(backlog, G_N_ELEMENTS(backlog), word);
    g_autoptr(GString) seen = g_string_new(NULL);
    for (guint i = 0; i < matches->len; i++)
        g_string_append_printf(seen, "%s ", backlog[g_array_index(matches, guint, i)]);
    assert_string_equal(seen->str, expected);
}

static void a_word_names_the_item_whose_id_alone_begins_with_it(void **state)
{
    check_matches("t", "t2h8k ");
    check_matches("c4x9d", "c4x9d ");
    check_matches("C4X", "c4x9d ");
    check_matches("k7qx", "k7qxd ");
    check_matches("w", "");
    check_matches("c4x9dd", "");
    check_matches("", "");
}

static void an_ambiguous_word_lists_the_candidates_in_order(void **state)
{
    check_matches("k7q", "k7q2m k7q2mb k7q2mp k7qxd ");
    check_matches("k7q2", "k7q2m k7q2mb k7q2mp ");
}

static void a_whole_id_hides_the_longer_ones(void **state)
{
    check_matches("k7q2m", "k7q2m ");
    check_matches("k7q2mp", "k7q2mp ");
}

static void two_files_of_one_id_are_both_candidates(void **state)
{
    const char *const ids[] = { "k7q2m", "c4x9d", "k7q2m" };
    guint lengths[3];
    g_autoptr(GArray) matches = ident_matches(ids, 3, "k7q2m");
    assert_int_equal(matches->len, 2);
    assert_int_equal(g_array_index(matches, guint, 0), 0);
    assert_int_equal(g_array_index(matches, guint, 1), 2);
    ident_shortest(ids, 3, lengths);
    assert_int_equal(lengths[0], 5);
    assert_int_equal(lengths[1], 1);
    assert_int_equal(lengths[2], 5);
}

static void shortest_prefixes_of_a_small_backlog(void **state)
{
    static const guint expected[] = { 1, 5, 4, 1, 6, 6 };
    guint lengths[G_N_ELEMENTS(backlog)];
    ident_shortest(backlog, G_N_ELEMENTS(backlog), lengths);
    assert_memory_equal(lengths, expected, sizeof expected);
    ident_shortest(backlog, 1, lengths);
    assert_int_equal(lengths[0], 1);
    ident_shortest(NULL, 0, NULL);
}

static void check_shortest(const char *const *ids, gsize n, guint i, guint length)
{
    g_autofree char *enough = g_strndup(ids[i], length), *less = g_strndup(ids[i], length - 1);
    g_autoptr(GArray) unique = ident_matches(ids, n, enough), several = ident_matches(ids, n, less);
    assert_int_equal(unique->len, 1);
    assert_int_equal(g_array_index(unique, guint, 0), i);
    if (length > 1)
        assert_true(several->len > 1 || g_array_index(several, guint, 0) != i);
}

/* Ids over four characters only, so that many share long prefixes. */
static void shortest_prefixes_name_one_item_and_shorter_ones_do_not(void **state)
{
    g_autoptr(Random) random = seeded("prefixes");
    for (guint round = 0; round < 200; round++) {
        g_autoptr(GHashTable) set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        for (guint i = 0; i < 60; i++) {
            char *id = g_strnfill(5 + random_below(random, 3), 'b');
            for (char *at = id; *at; at++)
                *at = "bk27"[random_below(random, at == id ? 2 : 4)];
            g_hash_table_add(set, id);
        }
        guint n;
        g_autofree gpointer *ids = g_hash_table_get_keys_as_array(set, &n);
        g_autofree guint *lengths = g_new(guint, n);
        ident_shortest((const char *const *)ids, n, lengths);
        for (guint i = 0; i < n; i++)
            check_shortest((const char *const *)ids, n, i, lengths[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_told_from_other_words),
        cmocka_unit_test(minted_ids_are_valid_and_never_taken),
        cmocka_unit_test(ids_grow_with_the_backlog),
        cmocka_unit_test(an_id_taken_by_a_run_of_the_same_seed_is_passed_over),
        cmocka_unit_test(minting_ends_even_where_all_short_ids_are_taken),
        cmocka_unit_test(every_character_of_the_alphabet_is_used),
        cmocka_unit_test(file_names_tell_their_id),
        cmocka_unit_test(file_names_are_made_from_the_words_of_the_title),
        cmocka_unit_test(slugs_are_cut_after_a_whole_word),
        cmocka_unit_test(file_names_do_not_depend_on_the_locale),
        cmocka_unit_test(any_title_gives_a_plain_file_name_of_the_same_id),
        cmocka_unit_test(a_word_names_the_item_whose_id_alone_begins_with_it),
        cmocka_unit_test(an_ambiguous_word_lists_the_candidates_in_order),
        cmocka_unit_test(a_whole_id_hides_the_longer_ones),
        cmocka_unit_test(two_files_of_one_id_are_both_candidates),
        cmocka_unit_test(shortest_prefixes_of_a_small_backlog),
        cmocka_unit_test(shortest_prefixes_name_one_item_and_shorter_ones_do_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
