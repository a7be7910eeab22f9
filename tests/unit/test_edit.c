#include "edit_steps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* -- one value -- */

static void setting_a_value_keeps_its_quotes(void **state)
{
    step_check_back("estimate: 5\n", (struct step){ SET_TYPED, "estimate", "8" }, "estimate: 8\n",
                    (struct step){ SET_TYPED, "estimate", "5" });
    step_check_back("status: 'new'\n", (struct step){ SET, "status", "ready" }, "status: 'ready'\n",
                    (struct step){ SET, "status", "new" });
    step_check_back("status: \"new\"\n", (struct step){ SET, "status", "ready" }, "status: \"ready\"\n",
                    (struct step){ SET, "status", "new" });
    step_check_back("title: 'it''s'\n", (struct step){ SET, "title", "it isn't" }, "title: 'it isn''t'\n",
                    (struct step){ SET, "title", "it's" });
    step_check_back("title: \"say \\\"no\\\"\"\n", (struct step){ SET, "title", "a\\b" },
                    "title: \"a\\\\b\"\n", (struct step){ SET, "title", "say \"no\"" });
}

static void quotes_come_where_the_value_needs_them(void **state)
{
    step_check("title: a\n", (struct step){ SET, "title", "a: b" }, "title: \"a: b\"\n");
    step_check("title: a\n", (struct step){ SET, "title", "a, b [c]" }, "title: a, b [c]\n");
    step_check("id: x\n", (struct step){ SET, "x,y", "a, b" }, "id: x\nx,y: a, b\n");
    step_check("title: a\n", (struct step){ SET, "title", "no" }, "title: \"no\"\n");
    step_check("title: 'a'\n", (struct step){ SET, "title", "a\nb" }, "title: \"a\\nb\"\n");
    step_check("title: a\n", (struct step){ SET, "title", "" }, "title: \"\"\n");
    step_check("estimate: 5\n", (struct step){ SET_TYPED, "estimate", "none" }, "estimate: none\n");
    step_check("created: \"2026-11-20\"\n", (struct step){ SET_TYPED, "created", "2026-11-21" },
               "created: \"2026-11-21\"\n");
}

static void double_quotes_go_with_what_needed_them(void **state)
{
    step_check_back("title: one\n", (struct step){ SET, "title", "one: two" }, "title: \"one: two\"\n",
                    (struct step){ SET, "title", "one" });
    step_check_back("title: \"one: two\"\n", (struct step){ SET, "title", "one" }, "title: one\n",
                    (struct step){ SET, "title", "one: two" });
    step_check("title: \"one: two\"\n", (struct step){ SET, "title", "no" }, "title: \"no\"\n");
    step_check("created: \"5\"\n", (struct step){ SET_TYPED, "created", "6" }, "created: \"6\"\n");
    step_check("title: 'one: two'\n", (struct step){ SET, "title", "one" }, "title: 'one'\n");
    step_check("waive: {a: \"b, c\"}\n", (struct step){ MAP, "waive", "b", "a" }, "waive: {a: b}\n");
}

static void the_same_value_changes_nothing(void **state)
{
    const char *const yaml = "title: \"a\"\nb: |\n  x\n\nc: >\n  y\n  z\nd: no\ne: [a ,b]\n";
    step_check(yaml, (struct step){ SET, "title", "a" }, yaml);
    step_check(yaml, (struct step){ SET, "b", "x\n" }, yaml);
    step_check(yaml, (struct step){ SET, "c", "y z\n" }, yaml);
    step_check(yaml, (struct step){ SET, "d", "no" }, yaml);
}

static void comments_and_spaces_around_a_value_stay(void **state)
{
    step_check_back("# top\ntitle:   a   # why\n\n# id\nid: b\n", (struct step){ SET, "title", "Größe" },
                    "# top\ntitle:   Größe   # why\n\n# id\nid: b\n", (struct step){ SET, "title", "a" });
    step_check("title : a\n\"id\" :  b\n", (struct step){ SET, "id", "c" }, "title : a\n\"id\" :  c\n");
}

static void a_value_of_several_lines_becomes_one(void **state)
{
    step_check("title: one\n  two\nid: x\n", (struct step){ SET, "title", "three" }, "title: three\nid: x\n");
    step_check("title: \"one\n  two\" # c\nid: x\n", (struct step){ SET, "title", "three" },
               "title: \"three\" # c\nid: x\n");
    step_check("title: >-\n  one\n  two\n\nid: x\n", (struct step){ SET, "title", "a: b" },
               "title: \"a: b\"\n\nid: x\n");
    step_check("title: >  # c \n  one\n  two\nid: x\n", (struct step){ SET, "title", "three" },
               "title: three  # c\nid: x\n");
}

static void a_key_without_a_value_gets_one(void **state)
{
    step_check("goal:\nid: x\n", (struct step){ SET, "goal", "findability" }, "goal: findability\nid: x\n");
    step_check("goal: # none yet\n", (struct step){ SET, "goal", "a" }, "goal: a # none yet\n");
    step_check("goal: \nid: x\n", (struct step){ SET, "goal", "a" }, "goal: a \nid: x\n");
    step_check("goal: ~\n", (struct step){ SET, "goal", "a" }, "goal: a\n");
    step_check("goal: null # c\n", (struct step){ SET, "goal", "a" }, "goal: a # c\n");
    step_check("goal:\n", (struct step){ SET, "goal", "" }, "goal: \"\"\n");
}

/* -- new keys -- */

static void a_new_key_goes_to_its_place(void **state)
{
    step_check_back("title: a\nrank: b\n", (struct step){ SET, "id", "k7q2m" },
                    "title: a\nid: k7q2m\nrank: b\n", (struct step){ REMOVE, "id" });
    step_check_back("title: a\nlabels: []\n", (struct step){ SET_TYPED, "estimate", "5" },
                    "title: a\nestimate: 5\nlabels: []\n", (struct step){ REMOVE, "estimate" });
    step_check_back("title: a\nx-own: b\n", (struct step){ SET, "goal", "c" },
                    "title: a\nx-own: b\ngoal: c\n", (struct step){ REMOVE, "goal" });
    step_check_back("rank: b\nid: c\n", (struct step){ SET, "title", "a" }, "title: a\nrank: b\nid: c\n",
                    (struct step){ REMOVE, "title" });
    step_check_back("", (struct step){ SET, "title", "a" }, "title: a\n", (struct step){ REMOVE, "title" });
}

static void the_nearest_key_before_counts_wherever_it_stands(void **state)
{
    step_check("status: new\ntitle: a\n", (struct step){ SET_TYPED, "estimate", "5" },
               "status: new\nestimate: 5\ntitle: a\n");
    step_check("x-own: b\nparent: c\ntitle: a\n", (struct step){ SET, "id", "k7q2m" },
               "x-own: b\nparent: c\ntitle: a\nid: k7q2m\n");
}

static void a_new_key_comes_behind_all_lines_of_the_one_before(void **state)
{
    step_check_back("title: |\n  a\n\nrank: b\n", (struct step){ SET, "id", "k7q2m" },
                    "title: |\n  a\nid: k7q2m\n\nrank: b\n", (struct step){ REMOVE, "id" });
    step_check_back("title: |+\n  a\n\nrank: b\n", (struct step){ SET, "id", "k7q2m" },
                    "title: |+\n  a\n\nid: k7q2m\nrank: b\n", (struct step){ REMOVE, "id" });
    step_check_back("title: |- # a + b\n  a\n\nrank: b\n", (struct step){ SET, "id", "k7q2m" },
                    "title: |- # a + b\n  a\nid: k7q2m\n\nrank: b\n", (struct step){ REMOVE, "id" });
    step_check_back("parent: [\n  a # c\n] # d\nx: y\n", (struct step){ SET, "stamp", "1" },
                    "parent: [\n  a # c\n] # d\nstamp: \"1\"\nx: y\n", (struct step){ REMOVE, "stamp" });
    step_check_back("title: a # c\n  # of title\nx: y\n", (struct step){ SET, "id", "k7q2m" },
                    "title: a # c\nid: k7q2m\n  # of title\nx: y\n", (struct step){ REMOVE, "id" });
}

static void blank_lines_are_part_of_values_that_keep_them(void **state)
{
    step_check("title: a+\n\nrank: b\n", (struct step){ SET, "id", "k7q2m" },
               "title: a+\nid: k7q2m\n\nrank: b\n");
    step_check("title: |-\n  +\n\nrank: b\n", (struct step){ SET, "id", "k7q2m" },
               "title: |-\n  +\nid: k7q2m\n\nrank: b\n");
    step_check("title: |2\n   a\n\nrank: b\n", (struct step){ SET, "id", "k7q2m" },
               "title: |2\n   a\nid: k7q2m\n\nrank: b\n");
    step_check("title: |2+\n   a\n\nrank: b\n", (struct step){ SET, "id", "k7q2m" },
               "title: |2+\n   a\n\nid: k7q2m\nrank: b\n");
    step_check("title: >+\n\nrank: b\n", (struct step){ SET, "id", "k7q2m" },
               "title: >+\n\nid: k7q2m\nrank: b\n");
    step_check("title: |2+\n\nrank: b\n", (struct step){ SET, "id", "k7q2m" },
               "title: |2+\n\nid: k7q2m\nrank: b\n");
    step_check("parent:\n  - x\n  - - y\n    - says: |+\n        a\n\nx: y\n",
               (struct step){ SET, "stamp", "b" },
               "parent:\n  - x\n  - - y\n    - says: |+\n        a\n\nstamp: b\nx: y\n");
}

static void comments_stay_above_the_key_they_belong_to(void **state)
{
    step_check_back("title: a\n# about the rank\nrank: b\n", (struct step){ SET, "id", "k7q2m" },
                    "title: a\nid: k7q2m\n# about the rank\nrank: b\n", (struct step){ REMOVE, "id" });
    step_check_back("# about\n# the rank\nrank: b\n", (struct step){ SET, "id", "k7q2m" },
                    "id: k7q2m\n# about\n# the rank\nrank: b\n", (struct step){ REMOVE, "id" });
    step_check_back("# the file\n\n# the rank\nrank: b\n", (struct step){ SET, "id", "k7q2m" },
                    "# the file\n\nid: k7q2m\n# the rank\nrank: b\n", (struct step){ REMOVE, "id" });
    step_check_back("# nothing yet\n\n", (struct step){ SET, "id", "k7q2m" }, "# nothing yet\n\nid: k7q2m\n",
                    (struct step){ REMOVE, "id" });
}

static void a_key_is_quoted_where_it_must_be(void **state)
{
    step_check_back("id: x\n", (struct step){ SET, "x: y", "a" }, "id: x\n\"x: y\": a\n",
                    (struct step){ REMOVE, "x: y" });
    step_check("id: x\n", (struct step){ ADD, "#x", "a" }, "id: x\n\"#x\":\n  - a\n");
}

static void removing_a_key_takes_all_its_lines(void **state)
{
    step_check("title: a\nlabels: # c\n  # d\n  - b\n  - c # e\n\nid: x\n", (struct step){ REMOVE, "labels" },
               "title: a\n\nid: x\n");
    step_check("title: a\n# stays\nwaive: {a: b,\n  c: d} # goes\nid: x\n", (struct step){ REMOVE, "waive" },
               "title: a\n# stays\nid: x\n");
    step_check("title: |+\n  a\n\n\nid: x\n", (struct step){ REMOVE, "title" }, "id: x\n");
    step_check("goal:\nid: x\n", (struct step){ REMOVE, "goal" }, "id: x\n");
    step_check("id: x\nfeedback:\n  - from: a\n    says: |\n      b\n\n      c\n",
               (struct step){ REMOVE, "feedback" }, "id: x\n");
}

/* -- the whole file -- */

static void endings_and_mark_of_the_file_are_kept(void **state)
{
    step_check_bytes("\xef\xbb\xbf---\r\ntitle: Größe\r\nlabels:\r\n  - a\r\n---\r\nText\r\n",
                     (struct step){ ADD, "labels", "b" },
                     "\xef\xbb\xbf---\r\ntitle: Größe\r\nlabels:\r\n  - a\r\n  - b\r\n---\r\nText\r\n");
    step_check_bytes("---\r\ntitle: |\r\n  a\r\n---\r\nText", (struct step){ SET, "title", "b\nc\n" },
                     "---\r\ntitle: |\r\n  b\r\n  c\r\n---\r\nText");
    step_check_bytes("---\r\ntitle: a\r\n---\r\n", (struct step){ SET_TYPED, "estimate", "5" },
                     "---\r\ntitle: a\r\nestimate: 5\r\n---\r\n");
    step_check_bytes("---\r\n---\r\n", (struct step){ ADD, "labels", "a" },
                     "---\r\nlabels:\r\n  - a\r\n---\r\n");
    step_check_bytes("---\r\nlabels: [\r\n  a, # c\r\n]\r\n---\r\n", (struct step){ ADD, "labels", "b" },
                     "---\r\nlabels: [\r\n  a, # c\r\n  b,\r\n]\r\n---\r\n");
    step_check_bytes("---\r\nfeedback: []\r\nid: x\n---\r\n", (struct step){ SET, "title", "a" },
                     "---\r\ntitle: a\r\nfeedback: []\r\nid: x\n---\r\n");
    step_check_bytes("---\r\nid: x\n---", (struct step){ SET, "rank", "b" }, "---\r\nid: x\nrank: b\n---");
}

static void bytes_that_are_no_text_stay_in_the_body(void **state)
{
    step_check_bytes("---\nid: x\n---\n\xff\xfe \r\xe2\x80\xa8", (struct step){ SET, "id", "z" },
                     "---\nid: z\n---\n\xff\xfe \r\xe2\x80\xa8");
}

static void edits_add_up(void **state)
{
    static const struct step steps[] = {
        { SET, "status", "refining" },
        { SET_TYPED, "estimate", "5" },
        { ADD, "labels", "search" },
        { ADD, "labels", "web" },
        { SET, "rank", "nbhm" },
        { DROP, "labels", "search" },
        { MAP, "waive", "legal", "no-outcome" },
    };
    g_autofree char *before = step_file("title: a # c\nid: k7q2m\n");
    g_autofree char *after = step_file("title: a # c\nid: k7q2m\nrank: nbhm\nstatus: refining\nestimate: 5\n"
                                       "labels:\n  - web\nwaive:\n  no-outcome: legal\n");
    g_autoptr(Edit) edit = step_open(before);
    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++)
        assert_true(step_take(edit, &steps[i], NULL));
    g_autofree char *text = step_text(edit);
    assert_string_equal(text, after);
    assert_int_equal(edit_document(edit)->length, strlen(after));
}

static void a_refusal_keeps_earlier_edits(void **state)
{
    g_autofree char *before = step_file("title: a\nlabels: b\n"), *after = step_file("title: c\nlabels: b\n");
    g_autoptr(Edit) edit = step_open(before);
    assert_true(step_take(edit, &(struct step){ SET, "title", "c" }, NULL));
    assert_false(step_take(edit, &(struct step){ ADD, "labels", "d" }, NULL));
    g_autofree char *text = step_text(edit);
    assert_string_equal(text, after);
}

/* -- what is refused -- */

static void a_file_that_cannot_be_read_is_not_edited(void **state)
{
    const char *message = "the front matter cannot be read; refine check says where";
    static const struct step steps[] = {
        { SET, "a", "1" },    { REMOVE, "a" },      { ADD, "a", "1" },      { DROP, "a", "1" },
        { RECORD, "a", "1" }, { DROP_RECORD, "a" }, { MAP, "a", "1", "b" }, { UNMAP, "a", .name = "b" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
        step_check_refused("a: [1\n", steps[i], EDIT_ERROR_UNREADABLE, message);
        step_check_refused("a: 1\na: 2\n", steps[i], EDIT_ERROR_UNREADABLE, message);
        step_check_refused("<<<<<<< HEAD\na: 1\n", steps[i], EDIT_ERROR_UNREADABLE, message);
        step_check_refused("{a: 1}\n", steps[i], EDIT_ERROR_UNREADABLE,
                           "expected one key: value a line, saw a map in braces");
    }
}

static void a_file_without_front_matter_is_not_edited(void **state)
{
    const char *const texts[] = { "", "Text\n", "---\na: 1\n", "\xef\xbb\xbf" };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(Edit) edit = step_open(texts[i]);
        g_autoptr(GError) error = NULL;
        assert_false(edit_set(edit, "a", "1", SCALAR_STRING, step_order, &error));
        assert_true(g_error_matches(error, EDIT_ERROR, EDIT_ERROR_UNREADABLE));
    }
}

static void a_list_is_no_value_and_a_value_no_list(void **state)
{
    const char *const yaml = "labels: [a]\ntitle: b\nwaive: {c: {d: e}}\n";
    step_check_refused(yaml, (struct step){ SET, "labels", "x" }, EDIT_ERROR_SHAPE,
                       "expected a value under labels, saw a list");
    step_check_refused(yaml, (struct step){ SET, "waive", "x" }, EDIT_ERROR_SHAPE,
                       "expected a value under waive, saw a map");
    step_check_refused(yaml, (struct step){ ADD, "title", "x" }, EDIT_ERROR_SHAPE,
                       "expected a list under title, saw a value");
    step_check_refused(yaml, (struct step){ ADD, "waive", "x" }, EDIT_ERROR_SHAPE,
                       "expected a list under waive, saw a map");
    step_check_refused(yaml, (struct step){ DROP, "title", "b" }, EDIT_ERROR_SHAPE,
                       "expected a list under title, saw a value");
    step_check_refused(yaml, (struct step){ RECORD, "title", "b" }, EDIT_ERROR_SHAPE,
                       "expected a list under title, saw a value");
    step_check_refused(yaml, (struct step){ DROP_RECORD, "waive" }, EDIT_ERROR_SHAPE,
                       "expected a list under waive, saw a map");
    step_check_refused(yaml, (struct step){ MAP, "labels", "x", "a" }, EDIT_ERROR_SHAPE,
                       "expected a map under labels, saw a list");
    step_check_refused(yaml, (struct step){ MAP, "waive", "x", "c" }, EDIT_ERROR_SHAPE,
                       "expected a value under c, saw a map");
    step_check_refused(yaml, (struct step){ UNMAP, "title", .name = "x" }, EDIT_ERROR_SHAPE,
                       "expected a map under title, saw a value");
}

static void what_is_not_there_is_not_removed(void **state)
{
    const char *const yaml = "labels: [a]\ngoal:\nwaive: {b: c}\nempty: []\n";
    step_check_refused(yaml, (struct step){ REMOVE, "title" }, EDIT_ERROR_ABSENT, "there is no title");
    step_check_refused(yaml, (struct step){ DROP, "depends", "x" }, EDIT_ERROR_ABSENT, "there is no depends");
    step_check_refused(yaml, (struct step){ DROP, "goal", "x" }, EDIT_ERROR_ABSENT, "there is no goal");
    step_check_refused(yaml, (struct step){ DROP, "labels", "x" }, EDIT_ERROR_ABSENT,
                       "labels has no entry x");
    step_check_refused(yaml, (struct step){ DROP, "empty", "x" }, EDIT_ERROR_ABSENT, "empty has no entry x");
    step_check_refused(yaml, (struct step){ DROP_RECORD, "labels", .index = 1 }, EDIT_ERROR_ABSENT,
                       "labels has no entry number 2");
    step_check_refused(yaml, (struct step){ UNMAP, "waive", .name = "x" }, EDIT_ERROR_ABSENT,
                       "waive has no entry x");
    step_check_refused(yaml, (struct step){ UNMAP, "goal", .name = "x" }, EDIT_ERROR_ABSENT,
                       "there is no goal");
}

static void what_cannot_be_done_alone_is_refused(void **state)
{
    const char *const tail = "without touching the lines around it; change it in an editor";
    g_autofree char *set = g_strdup_printf("cannot set a %s", tail),
                    *add = g_strdup_printf("cannot add to labels %s", tail);
    g_autofree char *cut = g_strdup_printf("cannot remove from labels %s", tail);
    g_autofree char *new_key = g_strdup_printf("cannot add id %s", tail);

    step_check_refused("a: |-\n  x\n     \nb: y\n", (struct step){ SET, "a", "z" }, EDIT_ERROR_UNSAFE, set);
    step_check_refused("labels:\n  -\n    a\n", (struct step){ ADD, "labels", "b" }, EDIT_ERROR_UNSAFE, add);
    step_check_refused("labels: [a, b # c\n]\n", (struct step){ ADD, "labels", "c" }, EDIT_ERROR_UNSAFE, add);
    step_check_refused("labels:\n  - |+\n    a\n  - b\n\n  - c\n", (struct step){ DROP, "labels", "b" },
                       EDIT_ERROR_UNSAFE, cut);
    step_check_refused("labels:\n  -\n    a\n  - b\n", (struct step){ DROP, "labels", "a" },
                       EDIT_ERROR_UNSAFE, cut);
    step_check_refused("  title: a\n  rank: b\n", (struct step){ SET, "id", "x" }, EDIT_ERROR_UNSAFE,
                       new_key);
}

static void an_edit_never_makes_front_matter_that_is_refused(void **state)
{
    g_autofree char *large = g_strnfill(65536, 'x');
    step_check_refused("a: b\n", (struct step){ SET, "a", large }, EDIT_ERROR_UNSAFE,
                       "cannot set a without touching the lines around it; change it in an editor");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(setting_a_value_keeps_its_quotes),
        cmocka_unit_test(quotes_come_where_the_value_needs_them),
        cmocka_unit_test(double_quotes_go_with_what_needed_them),
        cmocka_unit_test(the_same_value_changes_nothing),
        cmocka_unit_test(comments_and_spaces_around_a_value_stay),
        cmocka_unit_test(a_value_of_several_lines_becomes_one),
        cmocka_unit_test(a_key_without_a_value_gets_one),
        cmocka_unit_test(a_new_key_goes_to_its_place),
        cmocka_unit_test(the_nearest_key_before_counts_wherever_it_stands),
        cmocka_unit_test(a_new_key_comes_behind_all_lines_of_the_one_before),
        cmocka_unit_test(blank_lines_are_part_of_values_that_keep_them),
        cmocka_unit_test(comments_stay_above_the_key_they_belong_to),
        cmocka_unit_test(a_key_is_quoted_where_it_must_be),
        cmocka_unit_test(removing_a_key_takes_all_its_lines),
        cmocka_unit_test(endings_and_mark_of_the_file_are_kept),
        cmocka_unit_test(bytes_that_are_no_text_stay_in_the_body),
        cmocka_unit_test(edits_add_up),
        cmocka_unit_test(a_refusal_keeps_earlier_edits),
        cmocka_unit_test(a_file_that_cannot_be_read_is_not_edited),
        cmocka_unit_test(a_file_without_front_matter_is_not_edited),
        cmocka_unit_test(a_list_is_no_value_and_a_value_no_list),
        cmocka_unit_test(what_is_not_there_is_not_removed),
        cmocka_unit_test(what_cannot_be_done_alone_is_refused),
        cmocka_unit_test(an_edit_never_makes_front_matter_that_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
