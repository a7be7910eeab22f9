#include "lexicon.h"
#include "lexicon_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct lexicon *made_with(struct policy **policy, const char *words)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(words, strlen(words));
    *policy = policy_new("/team", "/team", bytes);
    return lexicon_new(*policy);
}

static guint match(const struct lexicon *lexicon, const char *list, const char *text)
{
    g_autoptr(Prose) prose = prose_plain(text, (struct span){ 0, strlen(text) });
    return lexicon_match(lexicon, list, prose, 0, prose->tokens->len);
}

static void the_lists_of_the_source_are_there(void **state)
{
    g_autoptr(Policy) policy = NULL;
    g_autoptr(Lexicon) lexicon = made_with(&policy, "");

    assert_true(g_strv_contains(lexicon_names(), "vague"));
    assert_true(g_strv_contains(lexicon_names(), "vague-pending"));
    assert_true(lexicon_has(lexicon, "vague", "fast"));
    assert_false(lexicon_has(lexicon, "vague", "fas"));
    assert_false(lexicon_has(lexicon, "vague", "fasten"));
    assert_false(lexicon_has(lexicon, "vague", ""));
    assert_int_equal(match(lexicon, "vague", "Fast"), 1);
}

/* Whoever adds a word has to see it work: each is found by itself. */
static void every_entry_is_found(void **state)
{
    g_autoptr(Policy) policy = NULL;
    g_autoptr(Lexicon) lexicon = made_with(&policy, "");

    for (const struct word_source *list = word_sources; list->name; list++)
        for (gsize i = 0; list->entries[i]; i++) {
            g_autofree char *text = g_strdup(list->entries[i]);
            if (g_str_has_suffix(text, "*"))
                strcpy(strchr(text, '*'), "x");
            g_autoptr(Prose) prose = prose_plain(text, (struct span){ 0, strlen(text) });
            if (lexicon_match(lexicon, list->name, prose, 0, prose->tokens->len) != prose->tokens->len)
                fail_msg("%s: %s is not found", list->name, list->entries[i]);
            for (gsize j = 0; j < i; j++)
                if (strcmp(list->entries[i], list->entries[j]) == 0)
                    fail_msg("%s: %s stands there twice", list->name, list->entries[i]);
        }
}

static void the_longest_phrase_is_taken(void **state)
{
    g_autoptr(Policy) policy = NULL;
    g_autoptr(Lexicon) lexicon =
        made_with(&policy, "words: {vague: {add: [fit, fit for, Fit for Use, 'w/o care']}}\n");

    assert_int_equal(match(lexicon, "vague", "fit for use cases"), 3);
    assert_int_equal(match(lexicon, "vague", "fit for user"), 2);
    assert_int_equal(match(lexicon, "vague", "fit\nfor"), 1);
    assert_int_equal(match(lexicon, "vague", "w/o care"), 4);
    assert_int_equal(match(lexicon, "vague", "\"fit for use\""), 0);
    assert_int_equal(match(lexicon, "vague", "unfit"), 0);
}

static void the_policy_adds_and_removes(void **state)
{
    g_autoptr(Policy) policy = NULL;
    g_autoptr(Lexicon) lexicon = made_with(
        &policy, "words: {vague: {add: [zippy, 'blaz*', é], remove: [Fast, properly, as needed, etc]},\n"
                 "        vague-amount: {remove: [several]}, nothing: {add: [x]}, odd: [1]}\n");

    assert_true(lexicon_has(lexicon, "vague", "zippy"));
    assert_true(lexicon_has(lexicon, "vague", "é"));
    assert_false(lexicon_has(lexicon, "vague-manner", "zippy"));
    assert_true(lexicon_has(lexicon, "vague", "blazingly"));
    assert_true(lexicon_has(lexicon, "vague", "blaz"));
    assert_false(lexicon_has(lexicon, "vague", "bla"));
    assert_false(lexicon_has(lexicon, "vague", "fast"));
    assert_true(lexicon_has(lexicon, "vague-more", "faster"));
    assert_false(lexicon_has(lexicon, "vague-manner", "properly"));
    assert_int_equal(match(lexicon, "vague-escape", "as needed"), 0);
    assert_int_equal(match(lexicon, "vague-escape", "as required"), 2);
    assert_false(lexicon_has(lexicon, "vague-amount", "several"));
    assert_true(lexicon_has(lexicon, "vague-amount", "some"));
}

static void a_removed_word_is_no_prefix_either(void **state)
{
    g_autoptr(Policy) policy = NULL;
    g_autoptr(Lexicon) lexicon =
        made_with(&policy, "words: {vague: {add: ['q*', 'blaz*'], remove: [quartz, 'blaz*']}}\n");

    assert_true(lexicon_has(lexicon, "vague", "quark"));
    assert_false(lexicon_has(lexicon, "vague", "quartz"));
    assert_true(lexicon_has(lexicon, "vague", "blazing")); /* what is added wins */
}

static void an_odd_policy_changes_nothing(void **state)
{
    static const char *const policies[] = { "words: fast\n", "words: [fast]\n", "words: {vague: fast}\n",
                                            "words: {vague: {remove: fast, add: [[x], {y: z}, '', '*']}}\n" };

    for (gsize i = 0; i < G_N_ELEMENTS(policies); i++) {
        g_autoptr(Policy) policy = NULL;
        g_autoptr(Lexicon) lexicon = made_with(&policy, policies[i]);
        assert_true(lexicon_has(lexicon, "vague", "fast"));
        assert_false(lexicon_has(lexicon, "vague", "x"));
        assert_false(lexicon_has(lexicon, "vague", ""));
    }
}

/* What marking has of a word is what each list says of it by itself. */
static void marked_prose_says_the_same(void **state)
{
    static const char text[] = "Fast and as needed, the blazing quartz button shows a zippy TODO; w/o care: "
                               "fit for use? buttons unblaze re-run etc. \"fit for use\" é 500ms quark q b "
                               "several properly screens unauthorized unhappily errors won't TBD as soon as "
                               "possible user friendly user-friendly";
    g_autoptr(Policy) policy = NULL;
    g_autoptr(Lexicon) lexicon = made_with(
        &policy, "words: {vague: {add: ['q*', 'blaz*', é, fit, fit for use, w/o care], remove: [quartz,\n"
                 "  Fast, as needed]}, unhappy: {add: ['b*', 'e*'], remove: [errors]}}\n");
    g_autoptr(Prose) plain = prose_plain(text, (struct span){ 0, strlen(text) });
    g_autoptr(Prose) marked = prose_plain(text, (struct span){ 0, strlen(text) });
    guint found = 0;

    lexicon_mark(lexicon, marked);
    for (gsize i = 0; lexicon_names()[i]; i++)
        for (guint j = 0; j < plain->tokens->len; j++) {
            const struct word_list *list = lexicon_list(lexicon, lexicon_names()[i]);
            guint n = word_list_match(list, plain, j, plain->tokens->len);
            assert_int_equal(word_list_match(list, marked, j, marked->tokens->len), n);
            assert_int_equal(word_list_holds(list, prose_at(marked, j)),
                             word_list_has(list, prose_at(plain, j)->text));
            assert_true(n == 0 || word_list_may(list, prose_at(marked, j)));
            found += n;
        }
    assert_true(found > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lists_of_the_source_are_there),  cmocka_unit_test(every_entry_is_found),
        cmocka_unit_test(the_longest_phrase_is_taken),        cmocka_unit_test(the_policy_adds_and_removes),
        cmocka_unit_test(a_removed_word_is_no_prefix_either), cmocka_unit_test(an_odd_policy_changes_nothing),
        cmocka_unit_test(marked_prose_says_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
