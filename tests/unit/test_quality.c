#include "quality.h"

#include "measure.h"
#include "outcome.h"
#include "tongue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* A text, its words, and the lists of a team that has none of its own. */
struct text {
    struct policy *policy;
    struct lexicon *lexicon;
    struct vocabulary words;
    struct prose *prose;
    struct prose_range range;
};

static void text_init(struct text *text, const char *words)
{
    text->policy = policy_new("/team", "/team", NULL);
    text->lexicon = lexicon_new(text->policy);
    text->words = vocabulary_of(text->lexicon);
    text->prose = prose_parse(words);
    text->range = (struct prose_range){ 0, text->prose->tokens->len };
}

static void text_clear(struct text *text)
{
    prose_free(text->prose);
    lexicon_free(text->lexicon);
    policy_free(text->policy);
}

/* -- claims -- */

/* The words of the first claim that nothing pins down, "" where there is none. */
static char *claim_in(const char *words)
{
    struct text text;
    struct claim claim;
    GString *found = g_string_new(NULL);

    text_init(&text, words);
    for (guint i = 0; i < text.range.end && found->len == 0; i++)
        if (quality_find(&text.words, text.prose, text.range, i, &claim) &&
            !quality_is_pinned(&text.words, text.prose, text.range, &claim))
            for (guint j = claim.first; j < claim.end; j++)
                g_string_append_printf(found, "%s%s", j > claim.first ? " " : "",
                                       prose_at(text.prose, j)->text);
    text_clear(&text);
    return g_string_free(found, FALSE);
}

static void assert_claim(const char *words, const char *claim)
{
    g_autofree char *found = claim_in(words);
    if (strcmp(found, claim) != 0)
        fail_msg("%s: claims \"%s\", not \"%s\"", words, found, claim);
}

static void a_quality_without_a_number_is_a_claim(void **state)
{
    assert_claim("Search should be fast", "fast");
    assert_claim("The API responds quickly", "quickly");
    assert_claim("Editor stays responsive after a save", "responsive");
    assert_claim("The import is scalable", "scalable");
    assert_claim("The page has a low latency", "low latency");
    assert_claim("Latency is always low", "latency is always low");
    assert_claim("This improves the load time of the start page", "improves the load time");
    assert_claim("Performance improvements hold on all sizes", "performance improvements");
    assert_claim("Memory usage stays acceptable", "memory usage stays acceptable");
    assert_claim("The server supports many concurrent users", "supports many concurrent users");
    assert_claim("The form is easy to use", "easy to use");
    assert_claim("Robust parsing of dates", "robust");
}

static void a_number_with_a_unit_settles_it(void **state)
{
    assert_claim("Search results appear within 500ms for queries under 1000 results", "");
    assert_claim("Search is fast: at most 500 ms", "");
    assert_claim("Low latency of 20 ms at the 99th percentile", "");
    assert_claim("The import is scalable to 500 concurrent users", "");
    assert_claim("The form is easy to use: 9 of 10 users finish it", "");
    assert_claim("Search is fast for 1000 results", "fast");
}

static void a_target_to_compare_with_settles_it(void **state)
{
    assert_claim("The new search is no less fast than today's", "");
    assert_claim("No performance regression in the list", "");
    assert_claim("Loading performance is improved by 80% compared to the baseline", "");
    assert_claim("Uses fast loading rather than slow", "fast");
    assert_claim("A slow answer quickly says \"Please wait\"", "");
}

static void what_only_sounds_like_a_quality_is_none(void **state)
{
    assert_claim("Invalid paths fail fast with a message", "");
    assert_claim("The file size is shown beside the name", "");
    assert_claim("There is no memory leak on page load", "");
    assert_claim("Load the page and the accuracy field is available in the menu", "");
    assert_claim("The layout is responsive on mobile", "");
    assert_claim("Add a responsive sidebar", "");
    assert_claim("When the network is fast, the picture is shown at once", "");
    assert_claim("Typing quickly loses no character", "");
    assert_claim("The response time is logged", "");
    assert_claim("Performance tests run every night", "");
}

/* -- limits -- */

static void assert_limit(const char *words, int fault)
{
    struct text text;
    struct limit limit;
    int found = -1;

    text_init(&text, words);
    for (guint i = 0; i < text.range.end && found < 0; i++)
        if (limit_find(&text.words, text.prose, text.range, i, &limit))
            found = limit.fault;
    text_clear(&text);
    if (found != fault)
        fail_msg("%s: %d, not %d", words, found, fault);
}

static void a_limit_without_its_number_is_found(void **state)
{
    assert_limit("Search results appear within ms for queries under 1000 results", LIMIT_NO_NUMBER);
    assert_limit("Search results appear within for queries", LIMIT_NO_NUMBER);
    assert_limit("Uptime is at least % per month", LIMIT_NO_NUMBER);
    assert_limit("The page lists at most results", LIMIT_NO_NUMBER);
    assert_limit("A file uploads in s over 4G", LIMIT_IN_DOUBT);
    assert_limit("It sustains at least requests per second", LIMIT_NO_NUMBER);
    assert_limit("The session ends after minutes without a request", LIMIT_IN_DOUBT);
}

static void a_limit_without_its_unit_is_found(void **state)
{
    assert_limit("Search results appear within 500 for queries under 1000 results", LIMIT_NO_UNIT);
    assert_limit("Uptime is at least 99.9 per month", LIMIT_NO_UNIT);
    assert_limit("The import uses no more than 200 of memory", LIMIT_NO_UNIT);
    assert_limit("The session ends after 30 without a request", LIMIT_NO_UNIT);
}

static void a_limit_that_has_both_or_needs_none_is_fine(void **state)
{
    assert_limit("Search results appear within 500ms for queries under 1000 results", -1);
    assert_limit("Search results appear within half a second", -1);
    assert_limit("At most 10 tasks are listed", -1);
    assert_limit("The number of retries is at most 5", -1);
    assert_limit("The exit status is at least 1", -1);
    assert_limit("The elapsed time is shown in ms", -1);
    assert_limit("The index is up to date within the hour", -1);
    assert_limit("At least 2 of the reviewers agree", -1);
    assert_limit("Shown after the list, for the clerk, within the page and under the fold", -1);
    assert_limit("Retries up to three times", -1);
    assert_limit("A range that ends on its last day comes in second, within day and night", -1);
    assert_limit("The list keeps at least x of them", -1);
    assert_limit("The contrast of text is at least 4.5:1", -1);
}

/* -- outcomes -- */

static gboolean is_named(const char *words)
{
    struct text text;
    text_init(&text, words);
    gboolean named = outcome_is_named(&text.words, text.prose, text.range);
    text_clear(&text);
    return named;
}

static void a_result_is_told_by_a_verb(void **state)
{
    static const char *const told[] = { "The list shows orders",
                                        "Tests pass",
                                        "Help and validation name the field",
                                        "Users can export",
                                        "`a` and `b` return the same",
                                        "Show a summary before saving",
                                        "Lists orders by date",
                                        "Existing filters unchanged",
                                        "Validation added for dates",
                                        "No flicker",
                                        "Depth = 2",
                                        "The guide directs readers to the start",
                                        "The cache debounces input",
                                        "Column width configurable by key",
                                        "Pre-select the last value",
                                        "ArrowDown and ArrowUp still move the focus",
                                        NULL };
    static const char *const untold[] = { "Support for tags",
                                          "Keyboard navigation for the list",
                                          "Changelog entry for the migration",
                                          "Consistent format of all answers",
                                          "Unit tests for all new functions",
                                          NULL };
    for (gsize i = 0; told[i]; i++)
        if (!is_named(told[i]))
            fail_msg("no outcome: %s", told[i]);
    for (gsize i = 0; untold[i]; i++)
        if (is_named(untold[i]))
            fail_msg("an outcome: %s", untold[i]);
}

static gboolean is_task(const char *words)
{
    struct text text;
    guint end;
    text_init(&text, words);
    gboolean task = outcome_is_task(&text.words, text.prose, text.range, &end);
    text_clear(&text);
    return task;
}

static void work_is_told_from_results(void **state)
{
    static const char *const tasks[] = { "Add a CSV export",
                                         "Update the readme with new options",
                                         "Refactor the parser to use streams",
                                         "Set up the pipeline",
                                         "Write tests for the importer",
                                         "Fix detection of empty lines",
                                         "Document how the cache is filled",
                                         "Add an \"Edit\" button that opens the editor",
                                         "Add --plain flag to the list command",
                                         "Create /orders page for guests",
                                         "Update tests to verify that the list shows dates",
                                         "Remove the form after the move is complete",
                                         "Fix any faults identified in the review",
                                         "Identify the cause of the delay",
                                         NULL };
    static const char *const results[] = { "Add button is disabled without rights",
                                           "Update fails with 404",
                                           "Test suites pass",
                                           "Test coverage added for dates",
                                           "Add a limit so that the API answers 429",
                                           "Test: an empty list is fine",
                                           "Build of the docs is green",
                                           "Document ID is unique",
                                           "Fix versions are listed",
                                           "Port probing checks the host",
                                           "Test expectations match the new names",
                                           "Show a summary",
                                           "Add a page, it shows orders",
                                           "Add a limit so the API answers 429",
                                           "Test that the list shows dates",
                                           "DELETE /orders/3 archives the order",
                                           NULL };
    for (gsize i = 0; tasks[i]; i++)
        if (!is_task(tasks[i]))
            fail_msg("no task: %s", tasks[i]);
    for (gsize i = 0; results[i]; i++)
        if (is_task(results[i]))
            fail_msg("a task: %s", results[i]);
}

static gboolean breaks_off(const char *words)
{
    struct text text;
    gboolean off = FALSE;
    text_init(&text, words);
    for (guint i = 0; i < text.range.end; i++)
        off = off || outcome_breaks_off(text.prose, text.range, i);
    text_clear(&text);
    return off;
}

static void what_lost_its_literal_breaks_off(void **state)
{
    assert_true(breaks_off("An empty range says and keeps the range"));
    assert_true(breaks_off("An empty range says \"\" and keeps the range"));
    assert_true(breaks_off("The button is labelled and disabled"));
    assert_true(breaks_off("Saving without a title is refused with"));
    assert_true(breaks_off("Deleting the last shows the message"));
    assert_true(breaks_off("A cancelled order has the status and stays"));
    assert_false(breaks_off("An empty range says \"None\" and keeps the range"));
    assert_false(breaks_off("Each line says which crate it goes into"));
    assert_false(breaks_off("The field that is wrong is named"));
    assert_false(breaks_off("Renamed from .backlog to backlog"));
    assert_false(breaks_off("Links to and from the page, with and without a title"));
    assert_false(breaks_off("Only users who logged in see the page they came from."));
    assert_false(breaks_off("It looks as if nothing was typed"));
}

/* -- languages -- */

static enum tongue tongue(const char *words)
{
    struct text text;
    text_init(&text, words);
    enum tongue found = tongue_of(text.lexicon, text.prose, text.range);
    text_clear(&text);
    return found;
}

static void other_languages_are_told_from_english(void **state)
{
    assert_int_equal(tongue("The list shows all orders of the day"), TONGUE_ENGLISH);
    assert_int_equal(tongue("José can log in with the new password"), TONGUE_ENGLISH);
    assert_int_equal(tongue("Die Suche zeigt alle Bestellungen und ist nicht leer"), TONGUE_FOREIGN);
    assert_int_equal(tongue("La recherche affiche les résultats dans une liste"), TONGUE_FOREIGN);
    assert_int_equal(tongue("Поиск показывает результаты"), TONGUE_FOREIGN);
    assert_int_equal(tongue("検索結果が表示される"), TONGUE_FOREIGN);
    assert_int_equal(tongue("Keyboard navigation"), TONGUE_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quality_without_a_number_is_a_claim),
        cmocka_unit_test(a_number_with_a_unit_settles_it),
        cmocka_unit_test(a_target_to_compare_with_settles_it),
        cmocka_unit_test(what_only_sounds_like_a_quality_is_none),
        cmocka_unit_test(a_limit_without_its_number_is_found),
        cmocka_unit_test(a_limit_without_its_unit_is_found),
        cmocka_unit_test(a_limit_that_has_both_or_needs_none_is_fine),
        cmocka_unit_test(a_result_is_told_by_a_verb),
        cmocka_unit_test(work_is_told_from_results),
        cmocka_unit_test(what_lost_its_literal_breaks_off),
        cmocka_unit_test(other_languages_are_told_from_english),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
