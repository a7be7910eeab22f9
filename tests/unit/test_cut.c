/* Which cuts an item's text offers, with what words, and which criteria each child would get; and what only
 * looks like one. */
#include "cut.h"

#include "fixture.h"
#include "split.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int setup(void **state)
{
    *state = policy_new("/shop", "/shop", NULL);
    return 0;
}

static int teardown(void **state)
{
    policy_free(*state);
    return 0;
}

/* "data/formats: Export as CSV 1,2; Export as PDF 3" and a line for each further cut. */
static char *print(const struct policy *policy, const char *text)
{
    g_autoptr(Document) document = fixture_document(text);
    g_autoptr(GPtrArray) cuts = cut_list(document, policy);
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < cuts->len; i++) {
        const struct cut *cut = cuts->pdata[i];
        g_string_append_printf(out, "%s%s/%s:", i ? "\n" : "", cut_pattern_name(cut->pattern), cut->kind);
        for (guint j = 0; j < cut->children->len; j++) {
            const struct cut_child *child = cut->children->pdata[j];
            g_string_append_printf(out, "%s %s", j ? ";" : "", child->title);
            for (guint k = 0; k < child->criteria->len; k++)
                g_string_append_printf(out, "%s%u", k ? "," : " ", g_array_index(child->criteria, guint, k));
        }
    }
    return g_string_free(out, FALSE);
}

/* An item of that title; body and criteria ("- [ ] … lines") may be NULL. */
static char *item_of(const char *title, const char *story, const char *criteria)
{
    return g_strconcat("---\ntitle: ", title, "\nid: k7q2m\ntype: story\nstatus: new\n---\n",
                       story ? "\n## Story\n\n" : "", story ? story : "", story ? "\n" : "",
                       criteria ? "\n## Acceptance criteria\n\n" : "", criteria ? criteria : "", NULL);
}

static void offers(void **state, const char *title, const char *story, const char *criteria,
                   const char *expected)
{
    g_autofree char *text = item_of(title, story, criteria), *seen = print(*state, text);
    assert_string_equal(seen, expected);
}

/* -- interfaces -- */

static void platforms_joined_by_and_are_interfaces(void **state)
{
    offers(state, "Show orders on the web and iOS", NULL,
           "- [ ] On the web, 50 orders fit on a page\n"
           "- [ ] On iOS, pulling down loads new ones\n"
           "- [ ] An order shows its date\n",
           "interfaces/interfaces: Show orders on the web 1,3; Show orders on the iOS 2");
    offers(state, "Cancel an order", "As a clerk, I want to cancel orders in the web app and the mobile app.",
           NULL, "interfaces/interfaces: Cancel an order: web app; Cancel an order: mobile app");
    offers(state, "Send reminders by email and SMS", NULL, NULL,
           "interfaces/channels: Send reminders by email; Send reminders by SMS");
}

static void criteria_that_name_one_platform_each_are_interfaces(void **state)
{
    offers(state, "Sort tasks by due date", NULL,
           "- [ ] CLI: `list --sort due` puts the earliest first\n"
           "- [ ] Web: the column can be clicked\n"
           "- [ ] Web: a second click turns the order around\n",
           "interfaces/interfaces: Sort tasks by due date: CLI 1; Sort tasks by due date: Web 2,3");
}

static void platforms_that_are_only_spoken_of_are_no_interfaces(void **state)
{
    offers(state, "Fix drift between web and mobile prices", NULL, NULL, "");
    offers(state, "Keep CLI and API in parity", NULL, NULL,
           "interfaces/interfaces: Keep CLI in parity; Keep API in parity");
    offers(state, "CLI and API parity", NULL, NULL, "");
    offers(state, "Rotate the API keys and web certificates", NULL, NULL, "");
    offers(state, "Show the order history", "As a web and mobile customer, I want to see what I ordered.",
           NULL, "");
    offers(state, "Sort tasks", NULL,
           "- [ ] Newest first\n- [ ] Oldest last\n- [ ] Checked in Chrome, Firefox and Safari\n"
           "- [ ] Ties are by name\n",
           "");
    offers(state, "List drafts", NULL, "- [ ] Web UI /api/drafts gives them\n- [ ] Newest first\n", "");
}

/* -- data -- */

static void formats_are_data(void **state)
{
    offers(state, "Export orders", "As a clerk, I want to export orders as CSV, PDF or Excel.",
           "- [ ] The CSV has a heading\n- [ ] The PDF has the logo\n- [ ] Only paid orders\n",
           "data/formats: Export orders: CSV 1,3; Export orders: PDF 2; Export orders: Excel");
}

static void fields_to_filter_by_are_data(void **state)
{
    offers(state, "Filter search results by date, category and price", NULL,
           "- [ ] Without dates, all are shown\n- [ ] Given a category, only its results show\n"
           "- [ ] Prices are in euro\n- [ ] The date range is kept\n",
           "data/fields: Filter search results by date 1,4; Filter search results by category 2; "
           "Filter search results by price 3");
    offers(state, "Create a new course or event", NULL, NULL,
           "data/fields: Create a new course; Create a new event");
}

static void lists_that_are_one_thing_are_no_data(void **state)
{
    offers(state, "Filter results quickly and easily", NULL, NULL, "");
    offers(state, "Sort orders by date and number", NULL, NULL, "");
    offers(state, "Accept the terms and conditions", NULL, NULL, "");
    offers(state, "Show a fast, simple and reliable overview", NULL, NULL, "");
    offers(state, "Search \"date, category and price\"", NULL, NULL, "");
    offers(state, "Export", "As a clerk, I want to export `CSV`, `PDF` and `JSON`.", NULL, "");
    offers(state, "Export", "As a clerk, I want [it](https://example.com/csv-and-pdf). <!-- CSV and PDF -->",
           NULL, "");
    offers(state, "Read the report", "As a clerk, I want it, so that I see date, category and price.", NULL,
           "");
}

/* -- operations -- */

static void manage_is_one_child_for_each_operation(void **state)
{
    offers(state, "Manage mail templates", NULL, NULL,
           "paths/operations: Create mail templates; See mail templates; Change mail templates; "
           "Remove mail templates");
    offers(state, "Manage mail templates", NULL,
           "- [ ] A new template can be added from a copy\n- [ ] Deleting asks first\n"
           "- [ ] Names are unique\n- [ ] An added one is shown at once\n",
           "paths/operations: Create mail templates 1,3,4; Remove mail templates 2");
    offers(state, "Mail templates", "As an admin, I want to maintain mail templates.", NULL,
           "paths/operations: Mail templates: create; Mail templates: see; Mail templates: change; "
           "Mail templates: remove");
    offers(state, "User management", NULL, NULL,
           "paths/operations: User management: create; User management: see; User management: change; "
           "User management: remove");
}

static void operations_that_are_named_are_children(void **state)
{
    offers(state, "Edit and delete ads", NULL, "- [ ] Deleted ads are kept a week\n- [ ] Edits are logged\n",
           "paths/operations: Edit ads 2; Delete ads 1");
    offers(state, "Be able to add, rename or remove labels", NULL, NULL,
           "paths/operations: Be able to add labels; Be able to rename labels; Be able to remove labels");
}

static void what_programs_handle_is_no_operation(void **state)
{
    offers(state, "Handle missing images", NULL, NULL, "");
    offers(state, "Handle long file names on upload", NULL, NULL, "");
    offers(state, "Maintain backwards compatibility", NULL, NULL, "");
    offers(state, "Show the stock", "As a clerk, I want to see the stock, so that I can manage orders.", NULL,
           "");
    offers(state, "Move settings to the management console", NULL, NULL, "");
    offers(state, "Copy and paste rows", NULL, NULL, "");
    offers(state, "Manage releases", NULL, "- [ ] One\n- [ ] Two\n- [ ] Three\n", "");
}

/* -- paths -- */

#define GHERKIN                                                                                              \
    "```gherkin\n"                                                                                           \
    "Feature: Checkout\n"                                                                                    \
    "  Scenario: Pay by card\n"                                                                              \
    "    Given a registered customer\n"                                                                      \
    "    When the card is accepted\n"                                                                        \
    "    Then the order is placed\n"                                                                         \
    "  Scenario: Repeat an order\n"                                                                          \
    "    Given a registered customer\n"                                                                      \
    "    When the last order is repeated\n"                                                                  \
    "    Then it is in the cart\n"                                                                           \
    "  Scenario: First visit\n"                                                                              \
    "    Given a guest\n"                                                                                    \
    "    When the address is entered\n"                                                                      \
    "    Then the order is placed\n"                                                                         \
    "```\n"

static void scenarios_that_begin_alike_are_one_path(void **state)
{
    offers(state, "Check out", NULL, GHERKIN,
           "paths/scenarios: Check out: given a registered customer 1,2; Check out: given a guest 3");
    offers(state, "Check out", NULL,
           "- [ ] Given a guest, when the cart is full, then the address is asked for\n"
           "- [ ] Given a guest, when the address is wrong, it is marked\n"
           "- [ ] Given a customer, when the cart is full, then the last address is proposed\n",
           "paths/scenarios: Check out: given a guest 1,2; Check out: given a customer 3");
}

static void scenarios_that_differ_are_paths_of_their_own(void **state)
{
    offers(state, "Renew a licence", NULL,
           "```gherkin\nScenario: In time\nGiven a month is left\nThen it is renewed\n"
           "Scenario: Too late\nGiven it has run out\nThen a new one is offered\n"
           "Scenario: Withdrawn\nGiven it was withdrawn\nThen it is refused\n```\n",
           "paths/scenarios: Renew a licence: In time 1; Renew a licence: Too late 2; "
           "Renew a licence: Withdrawn 3");
}

static void headings_among_the_criteria_are_paths(void **state)
{
    offers(state, "Check out", NULL,
           "### As a guest\n\n- [ ] The address is asked for\n- [ ] It is kept for a day\n\n"
           "### As a customer\n\n- [ ] The last address is proposed\n",
           "paths/groups: Check out: As a guest 1,2; Check out: As a customer 3");
}

static void one_given_for_all_is_no_path(void **state)
{
    offers(state, "Check out", NULL,
           "- [ ] Given a guest, when the cart is full, then the address is asked for\n"
           "- [ ] Given a guest, when the cart is empty, then nothing can be ordered\n",
           "");
    offers(state, "Check out", NULL,
           "- [ ] Given a guest, the address is asked for\n- [ ] Given a customer, it is proposed\n", "");
    offers(state, "Check out", NULL, "### Functional\n\n- [ ] One\n\n### Notes\n\n- [ ] Two\n", "");
}

static void means_to_one_end_are_paths(void **state)
{
    offers(state, "Pay by card, voucher or invoice", NULL, NULL,
           "paths/ways: Pay by card; Pay by voucher; Pay by invoice");
    offers(state, "Show prices with tax and discount", NULL, NULL, "");
}

static void two_verbs_are_two_steps(void **state)
{
    offers(state, "Record the meeting and invite the applicant", NULL,
           "- [ ] The meeting has a date\n- [ ] Each applicant is sent one mail\n",
           "paths/steps: Record the meeting 1; Invite the applicant 2");
    offers(state, "Validate files",
           "As a clerk, I want to upload and validate files, so that they are right.", NULL,
           "paths/steps: Validate files: upload; Validate files: validate files");
    offers(state, "Enter a code and get a list of shops", NULL, NULL, "");
    offers(state, "Determine how agencies generate and validate files", NULL, NULL,
           "spike/unknown: Determine how agencies generate and validate files; "
           "Determine how agencies generate and validate files: act on the answer");
}

static void failures_come_after_success(void **state)
{
    offers(state, "Pay online", NULL,
           "- [ ] The total is shown\n- [ ] A receipt is sent\n- [ ] A declined card can be replaced\n"
           "- [ ] An expired card is marked\n",
           "paths/failures: Pay online: when all goes well 1,2; Pay online: when it fails 3,4");
    offers(state, "Pay online", NULL,
           "- [ ] The total is shown\n- [ ] A receipt is sent\n- [ ] No card is declined twice\n"
           "- [ ] The build runs without invalid imports\n",
           "");
}

/* -- rules -- */

static void exceptions_are_rules(void **state)
{
    offers(state, "Free shipping above 50 EUR unless it goes abroad", NULL,
           "- [ ] At 50.00 it is free\n- [ ] Books ship free, except for atlases\n",
           "rules/conditions: Free shipping above 50 EUR 1; "
           "Free shipping above 50 EUR unless it goes abroad: unless it goes abroad; "
           "Free shipping above 50 EUR unless it goes abroad: except for atlases 2");
    offers(state, "Choose the port", NULL,
           "- [ ] If the port is taken, the next is tried\n- [ ] If none is free, it says so\n"
           "- [ ] If the user declines, it ends\n- [ ] The port is shown\n",
           "rules/conditions: Choose the port: the plain rule 4; "
           "Choose the port: if the port is taken 1; Choose the port: if none is free 2; "
           "Choose the port: if the user declines 3");
}

static void one_condition_and_idle_ifs_are_no_rules(void **state)
{
    offers(state, "Free shipping unless it goes abroad", NULL, NULL, "");
    offers(
        state, "Check the stock", NULL,
        "- [ ] One sees if there is any\n- [ ] Notes, if any, are shown\n- [ ] It asks even if it is late\n",
        "");
    offers(state, "Only \"unless\" and `except` here", NULL, NULL, "");
}

/* -- spikes -- */

static void what_is_to_be_found_out_is_a_spike(void **state)
{
    offers(state, "Import invoices", "As a clerk, I want to import invoices.",
           "- [ ] The format is TBD\n- [ ] 100 a minute\n",
           "spike/unknown: Import invoices: find out; Import invoices: build 1,2");
    offers(state, "Investigate slow searches", NULL, NULL,
           "spike/unknown: Investigate slow searches; Investigate slow searches: act on the answer");
    offers(state, "Evaluate and replace the PDF library", NULL, NULL,
           "spike/unknown: Evaluate the PDF library; Replace the PDF library");
    offers(state, "Historical data", "As a developer, I want to determine how to load historical data.", NULL,
           "spike/unknown: Historical data: find out; Historical data: act on the answer");
}

static void what_users_find_out_is_no_spike(void **state)
{
    offers(state, "Research requirements", "As an applicant, I want to research requirements.", NULL, "");
    offers(state, "Evaluate the plan",
           "As a planning officer, I want to evaluate the plan, so that I find out what is missing.", NULL,
           "");
    offers(state, "Mark unknown senders", NULL, "- [ ] A sender that is unknown is marked\n", "");
    offers(state, "Show \"TBD\" as a status", NULL, NULL, "");
}

static void a_spike_needs_no_spike(void **state)
{
    g_autofree char *seen =
        print(*state, "---\ntitle: Investigate slow searches\nid: k7q2m\ntype: spike\nstatus: new\n---\n");
    assert_string_equal(seen, "");
}

static void an_answered_question_is_known(void **state)
{
    static const char head[] =
        "---\ntitle: Import invoices\nid: k7q2m\nstatus: new\n---\n\n## Open questions\n\n";
    g_autofree char *open = g_strconcat(head, "- [ ] @bo The format is TBD?\n", NULL);
    g_autofree char *ticked = g_strconcat(head, "- [x] @bo The format is TBD?\n", NULL);
    g_autofree char *of_open = print(*state, open), *of_ticked = print(*state, ticked);

    assert_string_equal(of_open, "spike/unknown: Import invoices: find out; Import invoices: build");
    assert_string_equal(of_ticked, "");
}

/* -- all of them -- */

static void the_words_have_their_place(void **state)
{
    const char *text = "---\r\nid: k7q2m\r\ntitle: \"Export orders as CSV and PDF\"\r\n---\r\n\r\n"
                       "## Acceptance criteria\r\n\r\n- [ ] *CSV and\r\n  PDF* have headings\r\n";
    g_autoptr(Document) document = fixture_document(text);
    g_autoptr(GPtrArray) cuts = cut_list(document, *state);

    assert_int_equal(cuts->len, 1);
    const struct cut *cut = cuts->pdata[0];
    assert_int_equal(cut->words->len, 2);
    const struct cut_words *first = cut->words->pdata[0], *second = cut->words->pdata[1];
    assert_string_equal(first->text, "CSV and PDF");
    assert_string_equal(first->place, "title");
    assert_int_equal(first->span.start, strstr(text, "CSV") - text);
    assert_int_equal(first->criterion, 0);
    assert_string_equal(second->text, "CSV and PDF");
    assert_int_equal(second->span.start, strstr(text, "*CSV") + 1 - text);
    assert_int_equal(second->criterion, 1);
}

static void a_title_that_is_not_written_as_it_reads_is_placed_as_a_whole(void **state)
{
    const char *text = "---\ntitle: \"Export \\u00fc as CSV and PDF\"\nid: k7q2m\n---\n";
    g_autoptr(Document) document = fixture_document(text);
    g_autoptr(GPtrArray) cuts = cut_list(document, *state);
    const struct cut *cut = cuts->len ? cuts->pdata[0] : NULL;

    assert_non_null(cut);
    const struct cut_words *words = cut->words->pdata[0];
    const struct cut_child *child = cut->children->pdata[0];
    assert_int_equal(words->span.start, strstr(text, "\"Export") - text);
    assert_string_equal(child->title, "Export ü as CSV");
}

static void the_strongest_stands_first(void **state)
{
    offers(state, "Export orders as CSV and PDF", NULL,
           "- [ ] If there are none, it says so\n- [ ] If there are many, it asks\n"
           "- [ ] If it fails, it is tried again\n",
           "data/formats: Export orders as CSV 1,2,3; Export orders as PDF\n"
           "rules/conditions: Export orders as CSV and PDF: the plain rule; "
           "Export orders as CSV and PDF: if there are none 1; "
           "Export orders as CSV and PDF: if there are many 2; Export orders as CSV and PDF: if it fails 3");
}

static void no_criterion_is_left_behind(void **state)
{
    g_autofree char *text = item_of("Manage users on web and iOS", NULL,
                                    "- [ ] New\n\n" GHERKIN "\n- [ ] Deleted, unless used\n"
                                    "- [ ] Changed, except when locked\n");
    g_autoptr(Document) document = fixture_document(text);
    g_autoptr(GPtrArray) cuts = cut_list(document, *state);

    assert_true(cuts->len >= 3);
    for (guint i = 0; i < cuts->len; i++) {
        const struct cut *cut = cuts->pdata[i];
        g_autoptr(Split) split = split_new();
        struct split_parts parts;
        for (guint j = 0; j < cut->children->len; j++) {
            const struct cut_child *child = cut->children->pdata[j];
            assert_true(split_add(split, child->title, NULL));
            for (guint k = 0; k < child->criteria->len; k++)
                assert_true(
                    split_give(split, SPLIT_CRITERIA, g_array_index(child->criteria, guint, k), j + 1, NULL));
        }
        split_parts_init(&parts, document, *state);
        g_autoptr(GArray) left = split_left(split, &parts, SPLIT_CRITERIA);
        assert_int_equal(left->len, 0);
        split_parts_clear(&parts);
    }
}

static void patterns_are_those_of_split(void **state)
{
    (void)state;
    for (guint i = 0; i < N_CUT_PATTERNS; i++)
        assert_true(g_strv_contains(split_patterns(), cut_pattern_name((enum cut_pattern)i)));
    assert_int_equal(g_strv_length((char **)split_patterns()), N_CUT_PATTERNS);
}

static void hostile_text_is_read_in_no_time(void **state)
{
    static const char *const units[] = { "a, ",     "and ",         "\"",        "“",        "'a ",
                                         "if ",     "CSV, ",        "web and ",  "\xff\xfe", "Given ",
                                         "manage ", "by a, b and ", "- [ ] if ", "unless ",  "as a ",
                                         "/",       "i want to ",   "🎉" };

    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        g_autoptr(GString) text =
            g_string_new("---\ntitle: A\nid: k7q2m\n---\n\n## Story\n\nAs a b, I want to ");
        while (text->len < 128000)
            g_string_append(text, units[i]);
        g_string_append(text, "\n\n## Acceptance criteria\n\n- [ ] ");
        while (text->len < 256000)
            g_string_append(text, units[i]);
        g_autoptr(GTimer) timer = g_timer_new();
        g_autofree char *seen = print(*state, text->str);
        double seconds = g_timer_elapsed(timer, NULL);
        /* It takes 0.3; what is not linear takes minutes. */
        if (seconds > 20)
            fail_msg("%s takes %.1f s", units[i], seconds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(platforms_joined_by_and_are_interfaces),
        cmocka_unit_test(criteria_that_name_one_platform_each_are_interfaces),
        cmocka_unit_test(platforms_that_are_only_spoken_of_are_no_interfaces),
        cmocka_unit_test(formats_are_data),
        cmocka_unit_test(fields_to_filter_by_are_data),
        cmocka_unit_test(lists_that_are_one_thing_are_no_data),
        cmocka_unit_test(manage_is_one_child_for_each_operation),
        cmocka_unit_test(operations_that_are_named_are_children),
        cmocka_unit_test(what_programs_handle_is_no_operation),
        cmocka_unit_test(scenarios_that_begin_alike_are_one_path),
        cmocka_unit_test(scenarios_that_differ_are_paths_of_their_own),
        cmocka_unit_test(headings_among_the_criteria_are_paths),
        cmocka_unit_test(one_given_for_all_is_no_path),
        cmocka_unit_test(means_to_one_end_are_paths),
        cmocka_unit_test(two_verbs_are_two_steps),
        cmocka_unit_test(failures_come_after_success),
        cmocka_unit_test(exceptions_are_rules),
        cmocka_unit_test(one_condition_and_idle_ifs_are_no_rules),
        cmocka_unit_test(what_is_to_be_found_out_is_a_spike),
        cmocka_unit_test(what_users_find_out_is_no_spike),
        cmocka_unit_test(a_spike_needs_no_spike),
        cmocka_unit_test(an_answered_question_is_known),
        cmocka_unit_test(the_words_have_their_place),
        cmocka_unit_test(a_title_that_is_not_written_as_it_reads_is_placed_as_a_whole),
        cmocka_unit_test(the_strongest_stands_first),
        cmocka_unit_test(no_criterion_is_left_behind),
        cmocka_unit_test(patterns_are_those_of_split),
        cmocka_unit_test(hostile_text_is_read_in_no_time),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
