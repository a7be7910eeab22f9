/* Questions: read with their answers, put to people, and answered. */
#include "question.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define PATH "backlog/k7q2m-filter.md"
#define HEAD "---\ntitle: Filter\nid: k7q2m\n---\n"

static const char *const team =
    "team:\n"
    "  - {name: Ana Silva, handle: ana, email: [ana@example.com], role: product-owner}\n"
    "  - {name: Bo Chen, handle: bo, role: developer}\n"
    "  - {name: Cy, handle: cy, role: developer}\n";

static int set_up(void **state)
{
    g_setenv("REFINE_NOW", "2026-11-21T09:00:00Z", TRUE);
    return fixture_setup(state);
}

/* A draft of an item with that body, under the team. */
static struct draft *open_draft(struct fixture *fixture, const char *policy, const char *body)
{
    g_autofree char *text = g_strconcat(HEAD, body, NULL);
    g_autoptr(GError) error = NULL;

    fixture_write(fixture, PATH, text);
    fixture_policy(fixture, policy);
    struct backlog *backlog = fixture_backlog(fixture);
    struct draft *draft = draft_open(backlog, fixture_entry(fixture, PATH), &error);
    if (!draft)
        fail_msg("%s", error->message);
    return draft;
}

static void check_body(struct draft *draft, const char *expected)
{
    g_autofree char *text = g_strconcat(HEAD, expected, NULL);
    GBytes *bytes = edit_bytes(draft->edit);
    g_autofree char *seen = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    assert_string_equal(seen, text);
}

static void a_question_is_read_with_its_answers(void **state)
{
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", NULL);
    g_autoptr(Document) document =
        fixture_document(HEAD "\n## Open questions\n\n- [x] @ana Do archived orders count?\n"
                              "  - 2026-11-21 Ana, Bo: yes\n    - a detail\n  * as ever\n"
                              "- [ ] Who pays?\n\n## Decisions\n\n- [ ] no question\n");
    g_autoptr(GPtrArray) questions = questions_read(document, policy);
    const struct asked *first = questions_find(questions, 1, NULL);

    assert_int_equal(questions->len, 2);
    assert_string_equal(first->question->to, "ana");
    assert_true(first->question->answered);
    assert_int_equal(first->question->at.line, 8);
    assert_int_equal(first->answers->len, 2);
    const struct answer *answer = first->answers->pdata[0], *other = first->answers->pdata[1];
    assert_string_equal(answer->remark.day, "2026-11-21");
    assert_string_equal(answer->remark.names[1], "Bo");
    assert_string_equal(answer->remark.text, "yes");
    assert_string_equal(other->text, "as ever");
    assert_null(other->remark.day);
    assert_int_equal(questions_find(questions, 2, NULL)->answers->len, 0);
}

static void a_number_that_is_none_is_told_the_range(void **state)
{
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", NULL);
    const char *const bodies[] = { "", "\n## Open questions\n\n- a?\n",
                                   "\n## Open questions\n\n- a?\n- b?\n" };
    const char *const says[] = { "the item has none", "only question 1", "questions 1 to 2" };

    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
        g_autofree char *text = g_strconcat(HEAD, bodies[i], NULL);
        g_autoptr(Document) document = fixture_document(text);
        g_autoptr(GPtrArray) questions = questions_read(document, policy);
        g_autoptr(GError) error = NULL;
        assert_null(questions_find(questions, 7, &error));
        assert_true(fixture_says(error->message, says[i]));
        assert_null(questions_find(questions, 0, NULL));
    }
}

static void a_question_is_put_to_the_team_by_handle_or_role(void **state)
{
    const struct policy *policy = fixture_policy(*state, team);
    static const char *const cases[][2] = {
        { "ana", "ana" },
        { "@ANA", "ana" },
        { "Ana Silva", "ana" },
        { "ana@example.com", "ana" },
        { "developer", "developer" },
        { "@Product-Owner", "product-owner" },
        { "cy", "cy" },
    };
    g_autoptr(GError) error = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *to = question_addressee(policy, cases[i][0], NULL);
        assert_string_equal(to, cases[i][1]);
    }
    assert_null(question_addressee(policy, "anna", &error));
    assert_true(fixture_says(error->message, "did you mean ana?"));
    g_clear_error(&error);
    assert_null(question_addressee(policy, "tester", &error));
    assert_true(fixture_says(error->message, "there are ana, bo, cy, product-owner, developer"));
}

static void a_handle_of_two_words_cannot_be_asked(void **state)
{
    const struct policy *policy = fixture_policy(*state, "team: [{handle: dee doe, name: Dee}]\n");
    g_autoptr(GError) error = NULL;

    assert_null(question_addressee(policy, "Dee", &error));
    assert_true(fixture_says(error->message, "the handle \"dee doe\" cannot stand behind"));
}

static void without_a_team_a_question_is_put_to_any_word(void **state)
{
    const struct policy *policy = fixture_policy(*state, NULL);
    g_autofree char *to = question_addressee(policy, "@customer-support", NULL);

    assert_string_equal(to, "customer-support");
    assert_null(question_addressee(policy, "two words", NULL));
    assert_null(question_addressee(policy, "", NULL));
    assert_null(question_addressee(policy, "ana:", NULL));
}

static void a_question_is_asked_at_the_end(void **state)
{
    g_autoptr(Draft) draft = open_draft(*state, team, "\n## Story\n\nwords\n\n## Decisions\n\n- a\n");

    assert_true(question_ask(draft, "Bo Chen", " Is the\n category  tree cached? ", NULL));
    assert_true(question_ask(draft, NULL, "@Developer Which index?", NULL));
    assert_true(question_ask(draft, NULL, "Who pays?", NULL));
    check_body(draft, "\n## Story\n\nwords\n\n## Open questions\n\n"
                      "- [ ] @bo Is the category tree cached?\n- [ ] @developer Which index?\n"
                      "- [ ] Who pays?\n\n## Decisions\n\n- a\n");
}

static void check_refused(struct draft *draft, const char *who, const char *text, const char *says)
{
    g_autoptr(GError) error = NULL;
    assert_false(question_ask(draft, who, text, &error));
    assert_true(fixture_says(error->message, says));
}

static void what_is_asked_already_is_not_asked_again(void **state)
{
    const char *const body = "\n## Open questions\n\n- [ ] @bo Is it cached?\n- [x] Who pays?\n";
    g_autoptr(Draft) draft = open_draft(*state, team, body);

    assert_true(question_ask(draft, "bo", "is it cached?", NULL));
    check_refused(draft, "ana", "Is it cached?", "question 1 asks that already, and is put to @bo");
    check_refused(draft, NULL, "Who pays?", "question 2 asks that already, and is answered");
    check_refused(draft, NULL, " \n", "expected a question, saw none");
    check_refused(draft, "ana", "@bo Why?", "names @bo itself");
    check_refused(draft, NULL, "@anna Why?", "did you mean ana?");
    check_body(draft, body);
}

static void an_answer_stands_under_its_question_which_is_ticked(void **state)
{
    g_autoptr(Draft) draft =
        open_draft(*state, team, "\n## Open questions\n\n- [ ] @bo Is it cached?\n- Who pays?\n");
    gboolean further = TRUE;

    assert_true(question_answer(draft, 1, "Bo Chen", "no,\nnever", &further, NULL));
    assert_false(further);
    assert_true(question_answer(draft, 2, "Ana Silva, Bo Chen", "we do", NULL, NULL));
    assert_true(question_answer(draft, 1, "Ana Silva", "it will be", &further, NULL));
    assert_true(further);
    assert_true(question_answer(draft, 1, "Ana Silva", "it will be", NULL, NULL));
    check_body(draft, "\n## Open questions\n\n- [x] @bo Is it cached?\n  - 2026-11-21 Bo Chen: no, never\n"
                      "  - 2026-11-21 Ana Silva: it will be\n- [x] Who pays?\n"
                      "  - 2026-11-21 Ana Silva, Bo Chen: we do\n");
    assert_false(question_answer(draft, 3, "Bo", "no", NULL, NULL));
    assert_false(question_answer(draft, 1, "Bo", " ", NULL, NULL));
}

static void who_answers_is_of_the_team_or_has_a_name(void **state)
{
    const struct policy *policy = fixture_policy(*state, team);
    static const char *const cases[][2] = {
        { "bo", "Bo Chen" },
        { "product-owner", "Ana Silva" },
        { "Dee Doe", "Dee Doe" },
        { "Dee Doe <dee@example.com>", "Dee Doe" },
    };
    g_autoptr(GError) error = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = question_answerer(policy, cases[i][0], NULL);
        assert_string_equal(name, cases[i][1]);
    }
    assert_null(question_answerer(policy, "developer", &error));
    assert_true(fixture_says(error->message, "more than one in the team is developer"));
    g_clear_error(&error);
    assert_null(question_answerer(policy, "anna", &error));
    assert_true(fixture_says(error->message, "did you mean ana?"));
    g_clear_error(&error);
    assert_null(question_answerer(policy, "@stranger", &error));
    assert_true(fixture_says(error->message, "saw @stranger"));
    assert_null(question_answerer(policy, "", NULL));
}

static void a_question_is_for_whom_it_means(void **state)
{
    const struct policy *policy = fixture_policy(*state, team);
    struct question question = { .to = (char *)"product-owner" };

    assert_true(question_is_for(&question, policy, "Ana Silva"));
    assert_true(question_is_for(&question, policy, "@product-owner"));
    assert_false(question_is_for(&question, policy, "bo"));
    question.to = (char *)"BO";
    assert_true(question_is_for(&question, policy, "Bo Chen"));
    assert_false(question_is_for(&question, policy, "developer"));
    question.to = NULL;
    assert_false(question_is_for(&question, policy, "bo"));
    assert_false(question_is_for(&question, policy, ""));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_question_is_read_with_its_answers),
        TEST(a_number_that_is_none_is_told_the_range),
        TEST(a_question_is_put_to_the_team_by_handle_or_role),
        TEST(a_handle_of_two_words_cannot_be_asked),
        TEST(without_a_team_a_question_is_put_to_any_word),
        TEST(a_question_is_asked_at_the_end),
        TEST(what_is_asked_already_is_not_asked_again),
        TEST(an_answer_stands_under_its_question_which_is_ticked),
        TEST(who_answers_is_of_the_team_or_has_a_name),
        TEST(a_question_is_for_whom_it_means),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
