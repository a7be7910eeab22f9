#include "import_criteria.h"

#include "markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void check_list(const char *text, const char *expected)
{
    g_autofree char *list = import_criteria_list(text);
    assert_string_equal(list, expected);
}

static void a_paragraph_becomes_an_entry(void **state)
{
    check_list("The pump is lent", "- [ ] The pump is lent");
    check_list("\nThe pump is lent\nto its owner\n\n  A receipt is printed\n",
               "\n- [ ] The pump is lent\n  to its owner\n\n- [ ]   A receipt is printed\n");
    check_list("**Must** be fast\n\n_Never_ lies\n\n[The rules](rules.md) hold | always\n\n#5 holds\n",
               "- [ ] **Must** be fast\n\n- [ ] _Never_ lies\n\n- [ ] [The rules](rules.md) hold | always\n\n"
               "- [ ] #5 holds\n");
    check_list("", "");
}

static void what_is_an_entry_stays(void **state)
{
    static const char *const texts[] = {
        "- [x] Lent\n- Returned\n",
        "1. Lent\n2. Returned\n",
        "* Lent\nlazily\n\n  and nested\n",
        "```gherkin\nScenario: Lend\n  Given a pump\n```\n",
        "### Later\n\n- Lent\n",
        "    code\n\n\tcode\n",
        "| a | b |\n|---|---|\n| c | d |\n",
        "> Quoted\n\n<!-- hidden -->\n\n---\n\n* * *\n\n[1]: rules.md\n",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        check_list(texts[i], texts[i]);
}

static void paragraphs_between_others_become_entries(void **state)
{
    check_list("Lent\nto members\n\n- [x] Returned\n\n```\ncode\n```\nPaid\n### Later\nSold\n- Kept\n",
               "- [ ] Lent\n  to members\n\n- [x] Returned\n\n```\ncode\n```\n- [ ] Paid\n### Later\n"
               "- [ ] Sold\n- Kept\n");
}

static void what_leads_to_a_list_is_no_entry(void **state)
{
    check_list("All of these:\n- Lent\n\nAnd these:\n\n1. Sold\n",
               "All of these:\n- Lent\n\nAnd these:\n\n1. Sold\n");
}

static void what_is_hidden_is_no_entry(void **state)
{
    check_list("<!--\n\nLent\n\n-->\n", "<!--\n\nLent\n\n-->\n");
}

/* The list without what was put in: its boxes, and the blanks before the lines behind them. */
static void any_text_keeps_its_bytes(void **state)
{
    static const char *const pieces[] = { "Lent", "\n",   "\n\n",  "- ", "1. ", "```\n", "# ",
                                          "> ",   "|",    "---\n", ":",  "  ",  "\t",    "<!--",
                                          "-->",  "[a]:", "é",     "*",  "~~~", "=\n" };
    g_autoptr(GRand) random = g_rand_new_with_seed(7);

    for (int i = 0; i < 4000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (int n = g_rand_int_range(random, 0, 16); n > 0; n--)
            g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        g_autofree char *list = import_criteria_list(text->str);
        const char *was = text->str, *at = list;
        while (*at) {
            gboolean line = at == list || at[-1] == '\n';
            if (line && g_str_has_prefix(at, "- [ ] "))
                at += strlen("- [ ] ");
            else if (line && g_str_has_prefix(at, "  ") && !g_str_has_prefix(was, at))
                at += strncmp(at, was, strcspn(was, "\n") + 1) == 0 ? 0 : 2;
            for (; *at && *at != '\n'; at++, was++)
                assert_int_equal(*at, *was);
            assert_int_equal(*at, *was);
            at += *at != '\0';
            was += *was != '\0';
        }
        assert_int_equal(*was, '\0');
    }
}

static void a_long_text_takes_no_longer(void **state)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 20000; i++)
        g_string_append(text, i % 3 ? "A pump is lent\n\n" : "- returned\n\n");
    gint64 start = g_get_monotonic_time();
    g_autofree char *list = import_criteria_list(text->str);
    assert_true(g_get_monotonic_time() - start < 5 * G_USEC_PER_SEC);
    assert_true(strlen(list) > text->len);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_paragraph_becomes_an_entry),
        cmocka_unit_test(what_is_an_entry_stays),
        cmocka_unit_test(paragraphs_between_others_become_entries),
        cmocka_unit_test(what_leads_to_a_list_is_no_entry),
        cmocka_unit_test(what_is_hidden_is_no_entry),
        cmocka_unit_test(any_text_keeps_its_bytes),
        cmocka_unit_test(a_long_text_takes_no_longer),
    };
    return cmocka_run_group_tests_name("import_criteria", tests, NULL, NULL);
}
