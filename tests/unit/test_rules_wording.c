#include "fixture.h"
#include "rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char front[] =
    "---\ntitle: Find orders\nid: k7q2m\nrank: nb\ntype: story\nstatus: ready\n---\n\n"
    "## Acceptance criteria\n\n";

/* What is said of a body: e, w or n, line and column, and the message, one a line. */
static char *findings_of(struct fixture *fixture, const char *body)
{
    static const struct rules_options options = { .alone = TRUE };
    g_autofree char *text = g_strconcat(front, body, NULL);
    GString *told = g_string_new(NULL);

    fixture_write(fixture, "backlog/k7q2m-find.md", text);
    g_autoptr(GPtrArray) findings = rules_check(fixture_backlog(fixture), &options);
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        g_string_append_printf(told, "%c%u:%u %s\n", "?nwe"[finding->severity], finding -> at.line,
                               finding->at.column, finding->message);
    }
    return g_string_free(told, FALSE);
}

static void check(struct fixture *fixture, const char *body, const char *expected)
{
    g_autofree char *seen = findings_of(fixture, body);
    assert_string_equal(seen, expected);
}

/* The words that are told of in a criterion, with the first letter of the severity, sorted. */
static char *words_of(struct fixture *fixture, const char *criterion)
{
    g_autofree char *body = g_strdup_printf("- [ ] %s\n", criterion), *told = findings_of(fixture, body);
    g_auto(GStrv) lines = g_strsplit(told, "\n", -1);
    GString *words = g_string_new(NULL);

    for (gsize i = 0; lines[i] && *lines[i]; i++) {
        g_auto(GStrv) parts = g_strsplit(lines[i], "\"", -1);
        g_string_append_printf(words, "%s%c:%s", i ? " " : "", lines[i][0], parts[1]);
    }
    return g_string_free(words, FALSE);
}

static void check_words(struct fixture *fixture, const char *const (*cases)[2])
{
    for (gsize i = 0; cases[i][0]; i++) {
        g_autofree char *seen = words_of(fixture, cases[i][0]);
        if (strcmp(seen, cases[i][1]) != 0)
            fail_msg("%s: expected <%s>, saw <%s>", cases[i][0], cases[i][1], seen);
    }
}

static void each_kind_asks_its_own_question(void **state)
{
    check(
        *state,
        "- The list is clear\n- It is simplified\n- Errors are handled properly\n- It keeps several drafts\n"
        "- It is refreshed regularly\n- It is sorted where possible\n- It takes names, dates, etc.\n- The "
        "limit is TBD\n",
        "w11:15 \"clear\" leaves open how clear\n"
        "w12:9 \"simplified\" leaves open by how much, and compared with what\n"
        "w13:22 \"properly\" leaves open what is to be seen\n"
        "w14:12 \"several\" leaves open how much or how many\n"
        "w15:19 \"regularly\" leaves open when or how often\n"
        "w16:16 \"where possible\" leaves open when, and who decides\n"
        "w17:26 \"etc\" leaves open what else belongs to it\n"
        "e18:16 \"TBD\" is still to be decided\n");
}

static void a_quality_by_name_takes_no_how(void **state)
{
    check(*state, "- It has good readability\n- Polished look and feel\n",
          "w11:10 \"good\" leaves open how good\n"
          "w11:15 \"readability\" leaves open how one can tell\n"
          "w12:3 \"Polished\" leaves open how polished\n"
          "w12:12 \"look and feel\" leaves open how one can tell\n");
}

static void what_says_how_much_makes_it_a_note(void **state)
{
    static const char *const cases[][2] = {
        { "Search is quick, within 500ms", "n:quick" },
        { "Search is quick for 1000 results", "n:quick" },
        { "It is clear: \"Nothing found\"", "n:clear" },
        { "Useful filters such as date and shop", "n:Useful" },
        { "Clear labels, e.g. the shop's name", "n:Clear" },
        { "The list is easier to read than the table", "n:easier" },
        { "The total is shown correctly, it returns 404", "n:correctly" },
        { "Prompts are nested properly (the date only if there is a shop)", "n:properly" },
        { "It has the correct type (PDF or CSV)", "n:correct" },
        { "Colours are consistent with the style guide", "n:consistent" },
        { "`sort(a, \"b\")` is handled properly", "n:properly" },
        /* These say nothing of the word. */
        { "A clear list, as in task-184 and #12", "w:clear" },
        { "`refine list` works properly", "w:properly" },
        { "The total works correctly (also with vouchers)", "w:correctly" },
        { "A clear message other than the first", "w:clear" },
        { "The limit of 5 items is TBD", "e:TBD" },
        { NULL, NULL },
    };
    check_words(*state, cases);
}

static void names_verbs_and_idioms_are_passed_over(void **state)
{
    static const char *const cases[][2] = {
        { "Users can clear the filter and clean up", "" },
        { "Set/clear and slow down", "" },
        { "The Clear button and the Quick View appear", "" },
        { "With --fast or fast_path, fast(), clean.json, /clean and $easy", "" },
        { "Fast forward, as well as quick start, in a clean checkout", "" },
        { "It fails fast, at least once", "" },
        { "The word `fast`, \"easy\" and http://fast.org/ or http://easy/clean", "" },
        { "Keyboard works with the list", "" },
        { "A full-fast-text index", "" },
        { "The *fast* list is __easy__ to read", "w:fast w:easy" },
        { "FAST and Easy: clear errors", "w:FAST w:clear" },
        { "The keyboard works", "w:works" },
        { "Quick/easy entry", "w:Quick w:easy" },
        { NULL, NULL },
    };
    check_words(*state, cases);
}

static void words_of_trades_labels_and_scales_are_passed_over(void **state)
{
    static const char *const cases[][2] = {
        { "The page shows how many orders are open and how often each was changed", "" },
        { "A transfer with insufficient funds is declined", "" },
        { "A sales representative sees her customers; a health professional signs", "" },
        { "A representative list is shown", "w:representative" },
        { "The field is marked as required, the order flagged as important", "" },
        { "The field is shown as required", "w:as required" },
        { "Shirts are sold small, medium and large", "" },
        { "Pain is mild, moderate or severe", "" },
        { "Small and large shops are served", "w:Small w:large" },
        { "Simple and fast entry", "w:Simple w:fast" },
        { "The clerk can set, change and clear limits", "" },
        { "The list is easy to read and clear", "w:easy w:clear" },
        { "When the PIN is correct, the page opens", "" },
        { "The page opens in the correct place", "w:correct" },
        { "If some rows are empty, the import lists them", "" },
        { "The import lists some rows", "w:some" },
        { "The improved search replaces the old one", "" },
        { "An improved search", "w:improved" },
        { "`refine list` works", "" },
        { NULL, NULL },
    };
    check_words(*state, cases);
}

static void a_result_that_is_named_leaves_nothing_open(void **state)
{
    static const char *const cases[][2] = {
        { "Numbers stay consistent (no gaps, no repeats)", "n:consistent" },
        { "Numbers stay consistent (all of the new ones)", "w:consistent" },
        { "Scores are handy (a higher score = a better match)", "n:handy n:better" },
        { "It runs on major browsers (Firefox, Safari)", "n:major" },
        { "Edge cases: no order, one order", "n:Edge cases" },
        { "A consistent layout across all pages", "n:consistent" },
        { "A clear message naming the empty field appears", "n:clear" },
        { "A helpful hint that lists both dates", "n:helpful" },
        { "A clear state is shown instead of listing orders", "w:clear" },
        { "The page clearly states that the order is paid", "n:clearly" },
        { "The page is clearly laid out", "w:clearly" },
        { "Old labels are properly removed", "n:properly" },
        { "It removes old labels correctly", "n:correctly" },
        { "Removed labels render correctly", "w:correctly" },
        { "It shows links properly", "w:properly" },
        { "It stops cleanly without losing the draft", "n:cleanly" },
        { NULL, NULL },
    };
    check_words(*state, cases);
}

static void to_handle_something_says_nothing_of_it(void **state)
{
    static const char *const cases[][2] = {
        { "Handle late orders", "w:Handle" },
        { "The page handles missing orders", "w:handles" },
        { "Errors are handled", "w:handled" },
        { "Deal with lost parcels", "w:Deal with" },
        { "The page handles missing orders, and the clerk is told", "" },
        { "Errors are handled by the driver", "" },
        { "The drag handle is invalid without a list", "" },
        { "The parser handles dates and names", "" },
        { NULL, NULL },
    };
    check_words(*state, cases);
}

static void a_way_out_is_found_by_its_form(void **state)
{
    static const char *const cases[][2] = {
        { "Totals are shown where the screen allows", "w:where the screen allows" },
        { "Tests cover it where such patterns exist", "w:where such patterns exist" },
        { "A warning shows where conflicts exist", "" },
        { "The date is kept where the field permits it", "" },
        { NULL, NULL },
    };
    check_words(*state, cases);
}

static void only_criteria_and_their_own_words_are_read(void **state)
{
    check(*state,
          "- Shown at once\n  - and clear\n- > clear\n\n  > said the customer, clear\n\n<!-- - clear "
          "-->\n\n## Why\n\n"
          "Search is slow, it should be fast and clear.\n",
          "w12:9 \"clear\" leaves open how clear\n");
}

static void each_word_is_told_of_once_in_a_criterion(void **state)
{
    check(*state, "- Clear, clear\n  and clear\n- clear\n",
          "w11:3 \"Clear\" leaves open how clear\nw13:3 \"clear\" leaves open how clear\n");
}

static void steps_of_scenarios_are_read_and_their_data_is_not(void **state)
{
    check(*state,
          "```gherkin\nScenario: Too many\n  Given several orders\n  Then the list is clear\n    | word | "
          "easy |\n"
          "Scenario: Other\n  Then \"clear\" is shown\n```\n",
          "w13:9 \"several\" leaves open how much or how many\nw14:20 \"clear\" leaves open how clear\n");
}

static void a_phrase_that_is_longer_than_a_name_is_told_of(void **state)
{
    check(*state, "- The mail is sent as soon as possible\n- It is sent as soon as the order is paid\n",
          "w11:20 \"as soon as possible\" leaves open when or how often\n");
}

static void the_policy_adds_and_removes_words(void **state)
{
    fixture_policy_without_rules(*state, "untestable-wording",
                                 "words: {vague: {add: [snappy, fit for use], remove: [clear, properly]}, "
                                 "vague-names: {add: [easy pay]}}\n");
    check(*state, "- A snappy and clear list, easy pay, easy, properly fit\n  for use\n",
          "w11:5 \"snappy\" leaves open how snappy\nw11:38 \"easy\" leaves open how easy\n"
          "w11:53 \"fit for use\" leaves open how one can tell\n");
}

static void other_languages_are_left_in_peace(void **state)
{
    static const char *const cases[][2] = {
        { "Le message est important et la liste est large pour le client", "" },
        { "The message is important and the list is large for the client", "w:important w:large" },
        { NULL, NULL },
    };
    check_words(*state, cases);
}

static void help_names_the_criterion(void **state)
{
    static const struct rules_options options = { .alone = TRUE };
    g_autofree char *text = g_strconcat(front, "- One\n- Clear\n- TBC\n", NULL);

    fixture_write(*state, "backlog/k7q2m-find.md", text);
    g_autoptr(GPtrArray) findings = rules_check(fixture_backlog(*state), &options);
    assert_int_equal(findings->len, 2);
    assert_string_equal(((struct finding *)findings->pdata[0])->help,
                        "say what is seen, or a number with its unit: refine criteria k7q2m --reword 2=…");
    assert_string_equal(((struct finding *)findings->pdata[1])->help,
                        "decide it with the team, or ask: refine ask k7q2m QUESTION");
}

static void an_item_to_be_is_read_too(void **state)
{
    static const struct rules_options options = { .alone = TRUE };

    fixture_write(*state, "backlog/find.md",
                  "---\ntitle: Find orders\ntype: story\nstatus: refining\n---\n\n"
                  "## Acceptance criteria\n\n- Clear\n- TBC\n");
    g_autoptr(GPtrArray) findings = rules_check(fixture_backlog(*state), &options);
    guint told = 0;
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        gboolean wording = strcmp(finding->rule, "untestable-wording") == 0;
        told += wording;
        assert_true(!wording || !strstr(finding->help, "refine "));
    }
    assert_int_equal(told, 2);
}

static void one_rule_speaks_of_a_word(void **state)
{
    fixture_policy_without_rules(*state, "untestable-wording quality-without-measure", NULL);
    g_autofree char *told = findings_of(*state, "- Search is fast and clear\n");
    assert_true(g_str_has_prefix(told, "e11:13 \"fast\" ") && strstr(told, "w11:22 \"clear\""));
    assert_null(strstr(told, "w11:13"));
    g_autofree char *usable = findings_of(*state, "- The page is user-friendly\n");
    assert_true(g_str_has_prefix(usable, "w11:15 \"user-friendly\" has no number"));
    assert_null(strstr(usable, "leaves open"));
    g_autofree char *within = findings_of(*state, "- The latency is acceptable\n");
    assert_true(g_str_has_prefix(within, "e11:7 \"latency is acceptable\" "));
    assert_null(strstr(within, "leaves open"));
}

/* One criterion of half a MiB, and tens of thousands of them. */
static void hostile_criteria_take_linear_time(void **state)
{
    static const char *const parts[] = { "clear ",        "as well ",       "correct (",     "than ",
                                         "- [ ] clear\n", "fast/",          "a number ",     "e.g. ",
                                         "\"clear ",      "works. ",        "consistently ", "handles bad ",
                                         "handle, ",      "where x ",       "small, ",       "x properly ",
                                         "some ",         "clear message ", "of it and " };
    gint64 start = g_get_monotonic_time();

    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autoptr(GString) body = g_string_new("- ");
        while (body->len < 1 << 19)
            g_string_append(body, parts[i]);
        g_autofree char *told = findings_of(*state, body->str);
    }
    assert_true(g_get_monotonic_time() - start < 120 * G_USEC_PER_SEC);
}

static int setup(void **state)
{
    int failed = fixture_setup(state);
    if (!failed)
        fixture_policy_without_rules(*state, "untestable-wording", NULL);
    return failed;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_kind_asks_its_own_question),
        TEST(a_quality_by_name_takes_no_how),
        TEST(what_says_how_much_makes_it_a_note),
        TEST(names_verbs_and_idioms_are_passed_over),
        TEST(words_of_trades_labels_and_scales_are_passed_over),
        TEST(a_result_that_is_named_leaves_nothing_open),
        TEST(to_handle_something_says_nothing_of_it),
        TEST(a_way_out_is_found_by_its_form),
        TEST(only_criteria_and_their_own_words_are_read),
        TEST(each_word_is_told_of_once_in_a_criterion),
        TEST(steps_of_scenarios_are_read_and_their_data_is_not),
        TEST(a_phrase_that_is_longer_than_a_name_is_told_of),
        TEST(the_policy_adds_and_removes_words),
        TEST(other_languages_are_left_in_peace),
        TEST(help_names_the_criterion),
        TEST(an_item_to_be_is_read_too),
        TEST(one_rule_speaks_of_a_word),
        TEST(hostile_criteria_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
