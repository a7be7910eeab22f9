/* What the body of an item says: its questions and findings; and that a backlog reads it once. */
#include "facts.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The questions as "LINE:COLUMN N to? text [x]" lines; newly allocated. */
static char *print(const struct facts *facts)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < facts->questions->len; i++) {
        const struct question *question = facts->questions->pdata[i];
        g_string_append_printf(out, "%u:%u %u %s? %s%s\n", question->at.line, question->at.column,
                               question->number, question->to ? question->to : "-", question->text,
                               question->answered ? " [x]" : "");
    }
    return g_string_free(out, FALSE);
}

static void check(const char *policy_text, const char *text, const char *expected)
{
    g_autoptr(GBytes) bytes = policy_text ? g_bytes_new(policy_text, strlen(policy_text)) : NULL;
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", bytes);
    g_autoptr(Document) document = fixture_document(text);
    g_autoptr(Facts) facts = facts_read(document, policy);
    g_autofree char *seen = print(facts);
    assert_string_equal(seen, expected);
}

/* -- questions -- */

static void a_question_has_whom_it_is_put_to_its_words_and_its_tick(void **state)
{
    check(NULL,
          "---\ntitle: Filter\n---\n\n## Open questions\n\n"
          "- [x] @product-owner Do archived orders count?\n"
          "  - 2026-11-21 Ana: yes, they are most of the calls\n"
          "- [ ] @bo Is the category tree cached?\n"
          "- [ ] Who pays for the  printer?\n\n## Decisions\n\n- 2026-11-20 Ana: no\n",
          "7:1 1 product-owner? Do archived orders count? [x]\n"
          "9:1 2 bo? Is the category tree cached?\n"
          "10:1 3 -? Who pays for the  printer?\n");
}

static void every_entry_of_the_first_level_is_one_in_any_list(void **state)
{
    check(NULL,
          "---\n---\n- not this one\n\n### OPEN QUESTIONS:\n\nAsked in May:\n\n* plain\n\n1. first\n2. [X] "
          "second\n"
          "   1. nested\n\nand\nthese\n\n + indented\n",
          "9:1 1 -? plain\n11:1 2 -? first\n12:1 3 -? second [x]\n18:2 4 -? indented\n");
}

static void a_question_over_several_lines_is_one_line(void **state)
{
    check(NULL, "---\n---\n## Open questions\r\n- [ ] @bo\r\n  Is the tree\r\n  cached?\r\n- next\r\n",
          "4:1 1 bo? Is the tree cached?\n7:1 2 -? next\n");
}

static void the_at_word_ends_at_a_space_a_colon_or_a_comma(void **state)
{
    check(NULL,
          "---\n---\n## Open questions\n- @bo: cached?\n- @product-owner, counted?\n- @jördis größer?\n"
          "- @ nobody?\n- @: nobody?\n- @bo\n- mail bo@example.com?\n- @ana @bo both?\n",
          "4:1 1 bo? cached?\n5:1 2 product-owner? counted?\n6:1 3 jördis? größer?\n7:1 4 -? @ nobody?\n"
          "8:1 5 -? @: nobody?\n9:1 6 bo? \n10:1 7 -? mail bo@example.com?\n11:1 8 ana? @bo both?\n");
}

static void the_heading_is_the_policys(void **state)
{
    check("sections: { questions: [Offene Fragen, Fragen] }\n",
          "---\n---\n## Open questions\n- not\n## Fragen\n- [ ] @bo wie?\n", "6:1 1 bo? wie?\n");
}

static void code_quotes_and_an_empty_section_ask_nothing(void **state)
{
    check(NULL, "---\n---\n## Open questions\n\n```\n- [ ] @bo in code\n```\n\n> - [ ] quoted\n", "");
    check(NULL, "---\n---\n## Open questions\n", "");
    check(NULL, "---\n---\n", "");
    check(NULL, "", "");
}

static void open_questions_are_those_without_a_tick(void **state)
{
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", NULL);
    g_autoptr(Document) document =
        fixture_document("---\n---\n## Open questions\n- [x] @bo a\n- [ ] b\n- c\n");
    g_autoptr(Facts) facts = facts_read(document, policy);
    assert_int_equal(facts_open_questions(facts), 2);
}

/* A place is counted on from the one before: a file full of questions takes one reading. */
static void many_questions_have_their_places(void **state)
{
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", NULL);
    g_autoptr(GString) text = g_string_new("---\n---\n## Open questions\n");
    for (guint i = 0; i < 100000; i++)
        g_string_append(text, "- [ ] x\n");
    g_autoptr(Document) document = fixture_document(text->str);
    g_autoptr(Facts) facts = facts_read(document, policy);
    assert_int_equal(facts->questions->len, 100000);
    const struct question *last = facts->questions->pdata[99999];
    assert_int_equal(last->at.line, 100003);
    assert_int_equal(last->at.column, 1);
}

/* -- findings -- */

static void what_the_body_cannot_be_is_a_finding(void **state)
{
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", NULL);
    g_autoptr(Document) document =
        fixture_document("---\ntitle: A\n---\n\n<<<<<<< HEAD\n- a\n=======\n- b\n>>>>>>> other\n");
    g_autoptr(Facts) facts = facts_read(document, policy);
    assert_int_equal(facts->findings->len, 1);
    const struct finding *finding = facts->findings->pdata[0];
    assert_string_equal(finding->rule, "conflict-marker");
    assert_int_equal(finding->at.line, 5);
    assert_null(finding->path);
}

/* -- of a backlog -- */

static const char asked[] = "---\ntitle: Filter\nid: k7q2m\n---\n\n## Open questions\n\n- [ ] @bo cached?\n";

static void a_backlog_reads_a_body_once(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/k7q2m.md", asked);
    struct backlog *backlog = fixture_loaded(fixture);
    const struct item *item = backlog_item(backlog, "k7q2m");
    const struct facts *facts = backlog_facts(backlog, item);

    assert_non_null(facts);
    assert_int_equal(facts->questions->len, 1);
    fixture_write(fixture, "backlog/k7q2m.md", "---\ntitle: Filter\nid: k7q2m\n---\n");
    assert_ptr_equal(backlog_facts(backlog, item), facts);
    assert_int_equal(facts->questions->len, 1);
}

static void a_file_that_cannot_be_read_has_no_facts(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/k7q2m.md", asked);
    fixture_folder(fixture, "backlog/c4x9d.md");
    struct backlog *backlog = fixture_loaded(fixture);
    assert_null(backlog_facts(backlog, backlog_item(backlog, "c4x9d")));
    assert_null(backlog_facts(backlog, backlog_item(backlog, "c4x9d")));
    assert_non_null(backlog_facts(backlog, backlog_item(backlog, "k7q2m")));
}

/* As many as two threads share, some of them twice or not readable. */
static void many_bodies_are_read_before_they_are_asked_for(void **state)
{
    struct fixture *fixture = *state;
    static const char letters[] = "bcdfghjkmnpqrstvwxz";
    for (guint i = 0; i < 300; i++) {
        g_autofree char *path =
            g_strdup_printf("backlog/b%cx%c2-item.md", letters[i / 19 % 19], letters[i % 19]);
        g_autofree char *text =
            g_strdup_printf("---\ntitle: A\n---\n\n## Open questions\n\n- @a%u why?\n", i);
        fixture_write(fixture, path, text);
    }
    fixture_folder(fixture, "backlog/c4x9d.md");
    struct backlog *backlog = fixture_loaded(fixture);
    const struct facts *first = backlog_facts(backlog, backlog_item(backlog, "bbxb2"));
    assert_int_equal(backlog->items->len, 301);
    backlog_facts_load(backlog, backlog->items);
    backlog_facts_load(backlog, backlog->items);
    assert_ptr_equal(backlog_facts(backlog, backlog_item(backlog, "bbxb2")), first);
    assert_null(backlog_facts(backlog, backlog_item(backlog, "c4x9d")));
    for (guint i = 0; i < 300; i++) {
        char id[6] = { 'b', letters[i / 19 % 19], 'x', letters[i % 19], '2', 0 };
        const struct facts *facts = backlog_facts(backlog, backlog_item(backlog, id));
        g_autofree char *to = g_strdup_printf("a%u", i);
        assert_string_equal(((struct question *)facts->questions->pdata[0])->to, to);
    }
}

static gboolean is_called_b(const struct item *item)
{
    return strcmp(item->title, "B") == 0;
}

/* As many as two threads share. */
static void expected_bodies_are_read_while_loading(void **state)
{
    struct fixture *fixture = *state;
    static const char letters[] = "bcdfghjkmnpqrstvwxz";
    for (guint i = 0; i < 300; i++) {
        g_autofree char *path =
            g_strdup_printf("backlog/b%cx%c2-item.md", letters[i / 19 % 19], letters[i % 19]);
        g_autofree char *text = g_strdup_printf("---\ntitle: %s\n---\n\n## Open questions\n\n- @a%u why?\n",
                                                i % 2 ? "B" : "A", i);
        fixture_write(fixture, path, text);
    }
    fixture_folder(fixture, "backlog/c4x9d.md");
    struct backlog *backlog = fixture_backlog(fixture);
    backlog_expect_facts(backlog, is_called_b);
    backlog_load(backlog);
    for (guint i = 0; i < 300; i++) {
        g_autofree char *path =
            g_strdup_printf("backlog/b%cx%c2-item.md", letters[i / 19 % 19], letters[i % 19]);
        fixture_write(fixture, path, "---\ntitle: C\n---\n");
    }
    assert_int_equal(backlog->items->len, 301);
    assert_null(backlog_facts(backlog, backlog_item(backlog, "c4x9d")));
    for (guint i = 0; i < 300; i++) {
        char id[6] = { 'b', letters[i / 19 % 19], 'x', letters[i % 19], '2', 0 };
        const struct facts *facts = backlog_facts(backlog, backlog_item(backlog, id));
        g_autofree char *to = g_strdup_printf("a%u", i);
        assert_int_equal(facts->questions->len, i % 2);
        if (i % 2)
            assert_string_equal(((struct question *)facts->questions->pdata[0])->to, to);
    }
}

/* -- what stands twice -- */

/* The findings as "LINE RULE: MESSAGE" lines. */
static void check_twice(const char *body, const char *expected)
{
    static const char names[] = "sections: {criteria: [Acceptance criteria, AC]}\n";
    g_autoptr(GBytes) bytes = g_bytes_new_static(names, strlen(names));
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", bytes);
    g_autofree char *text = g_strconcat("---\ntitle: Filter\n---\n", body, NULL);
    g_autoptr(Document) document = fixture_document(text);
    g_autoptr(Facts) facts = facts_read(document, policy);
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < facts->findings->len; i++) {
        const struct finding *finding = facts->findings->pdata[i];
        g_string_append_printf(out, "%u %s: %s\n", finding->at.line, finding->rule, finding->message);
    }
    assert_string_equal(out->str, expected);
}

static void of_a_section_that_stands_twice_only_the_first_is_read(void **state)
{
    check_twice(
        "## Approach\n\nA.\n\n## approach:\n\nB.\n",
        "8 duplicate-section: the section approach: stands in line 4 already, and only the first is read\n");
    check_twice(
        "## AC\n\n- a\n\n## Acceptance criteria\n\n- b\n",
        "8 duplicate-section: the section Acceptance criteria stands in line 4 already, and only the first "
        "is read\n");
    /* What is nested is read, and of other sections another name is another thought. */
    check_twice("## Acceptance criteria\n\n- a\n\n### AC\n\n- b\n", "");
    check_twice("## Context\n\nA.\n\n## Problem\n\nB.\n", "");
    check_twice("## Approach\n\n```\n## Approach\n```\n", "");
}

static void a_heading_of_ones_own_is_twice_within_the_same_section(void **state)
{
    check_twice("## Rollout\n\nA.\n\n## Rollout\n\nB.\n",
                "8 duplicate-heading: the heading Rollout stands in line 4 already\n");
    check_twice("## One\n\n### Notes\n\nNone.\n\n## Two\n\n### Notes\n\nNone.\n\n### notes:\n",
                "16 duplicate-heading: the heading notes: stands in line 12 already\n");
    check_twice("## Rollout\n\n### Rollout\n", "");
}

static void a_criterion_that_stands_twice_is_found(void **state)
{
    check_twice("## Acceptance criteria\n\n- [ ] a\n- [ ] b\n- [x] a\n",
                "8 criterion-duplicate: criterion 3 says the same as criterion 1\n");
    check_twice("## Acceptance criteria\n\n- a\n  - one\n- a\n  - two\n", "");
    check_twice("## Acceptance criteria\n\n- The list shows **3** rows.\n- the list  shows 3 rows\n",
                "7 criterion-duplicate: criterion 2 says the same as criterion 1\n");
    check_twice("## Acceptance criteria\n\n- It says \"A\"\n- It says \"a\"\n- x_y\n- xy\n- 2 * 3\n- 2 3\n",
                "");
    check_twice("## Acceptance criteria\n\n- a\n  - one\n- a\n",
                "8 criterion-duplicate: criterion 2 says the same as criterion 1\n");
    check_twice("## Acceptance criteria\n\n```gherkin\nScenario: a\n  Given b\nScenario: a\n  Given c\n```\n",
                "");
}

static void a_question_that_stands_twice_is_found(void **state)
{
    check_twice("## Open questions\n\n- [ ] @bo a?\n- [ ] @ana a?\n- [x] @bo a?\n",
                "8 duplicate-entry: question 3 asks the same as question 1\n");
}

#define IN_FOLDER(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_has_whom_it_is_put_to_its_words_and_its_tick),
        cmocka_unit_test(every_entry_of_the_first_level_is_one_in_any_list),
        cmocka_unit_test(a_question_over_several_lines_is_one_line),
        cmocka_unit_test(the_at_word_ends_at_a_space_a_colon_or_a_comma),
        cmocka_unit_test(the_heading_is_the_policys),
        cmocka_unit_test(code_quotes_and_an_empty_section_ask_nothing),
        cmocka_unit_test(open_questions_are_those_without_a_tick),
        cmocka_unit_test(many_questions_have_their_places),
        cmocka_unit_test(what_the_body_cannot_be_is_a_finding),
        cmocka_unit_test(of_a_section_that_stands_twice_only_the_first_is_read),
        cmocka_unit_test(a_heading_of_ones_own_is_twice_within_the_same_section),
        cmocka_unit_test(a_criterion_that_stands_twice_is_found),
        cmocka_unit_test(a_question_that_stands_twice_is_found),
        IN_FOLDER(a_backlog_reads_a_body_once),
        IN_FOLDER(many_bodies_are_read_before_they_are_asked_for),
        IN_FOLDER(expected_bodies_are_read_while_loading),
        IN_FOLDER(a_file_that_cannot_be_read_has_no_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
