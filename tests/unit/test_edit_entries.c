#include "edit_steps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* -- lists -- */

static void entries_are_added_in_the_style_found(void **state)
{
    step_check_back("labels:\n  - a\nid: x\n", (struct step){ ADD, "labels", "b" },
                    "labels:\n  - a\n  - b\nid: x\n", (struct step){ DROP, "labels", "b" });
    step_check_back("labels:\n- a\n- b\nid: x\n", (struct step){ ADD, "labels", "c" },
                    "labels:\n- a\n- b\n- c\nid: x\n", (struct step){ DROP, "labels", "c" });
    step_check_back("labels:\n    -   a # c\n    # d\nid: x\n", (struct step){ ADD, "labels", "no" },
                    "labels:\n    -   a # c\n    -   \"no\"\n    # d\nid: x\n",
                    (struct step){ DROP, "labels", "no" });
    step_check_back("labels:\n  - a\n", (struct step){ ADD, "labels", "b, [c]" },
                    "labels:\n  - a\n  - b, [c]\n", (struct step){ DROP, "labels", "b, [c]" });
    step_check_back("labels:\n  - - a\nid: x\n", (struct step){ ADD, "labels", "b" },
                    "labels:\n  - - a\n  - b\nid: x\n", (struct step){ DROP, "labels", "b" });
    step_check_back("labels:\n  - |\n    a\n\nid: x\n", (struct step){ ADD, "labels", "b" },
                    "labels:\n  - |\n    a\n  - b\n\nid: x\n", (struct step){ DROP, "labels", "b" });
}

static void behind_an_entry_without_a_value_there_is_room(void **state)
{
    step_check_back("labels:\n  - a\n  -\n", (struct step){ ADD, "labels", "b" },
                    "labels:\n  - a\n  -\n  - b\n", (struct step){ DROP, "labels", "b" });
    step_check("labels:\n-   # c\n", (struct step){ ADD, "labels", "b" }, "labels:\n-   # c\n- b\n");
}

static void a_new_list_is_a_block_in_its_place(void **state)
{
    step_check_back("id: x\nrank: b\n", (struct step){ ADD, "labels", "a" },
                    "id: x\nrank: b\nlabels:\n  - a\n", (struct step){ DROP, "labels", "a" });
    step_check("id: x\n", (struct step){ ADD, "x,y", "a" }, "id: x\nx,y:\n  - a\n");
    step_check_back("id: x\nzz: b\n", (struct step){ ADD, "parent", "a" }, "id: x\nparent:\n  - a\nzz: b\n",
                    (struct step){ DROP, "parent", "a" });
}

static void a_list_in_brackets_stays_in_brackets(void **state)
{
    step_check_back("labels: []\n", (struct step){ ADD, "labels", "a" }, "labels: [a]\n",
                    (struct step){ DROP, "labels", "a" });
    step_check_back("labels: [ ]\n", (struct step){ ADD, "labels", "a" }, "labels: [a ]\n",
                    (struct step){ DROP, "labels", "a" });
    step_check_back("labels: [a]\n", (struct step){ ADD, "labels", "b" }, "labels: [a, b]\n",
                    (struct step){ DROP, "labels", "b" });
    step_check_back("labels: [ a ] # c\n", (struct step){ ADD, "labels", "b, c" },
                    "labels: [ a, \"b, c\" ] # c\n", (struct step){ DROP, "labels", "b, c" });
    step_check_back("labels: [a,b]\n", (struct step){ ADD, "labels", "c" }, "labels: [a,b,c]\n",
                    (struct step){ DROP, "labels", "c" });
    step_check_back("labels: [a, b,]\n", (struct step){ ADD, "labels", "c" }, "labels: [a, b, c,]\n",
                    (struct step){ DROP, "labels", "c" });
    step_check_back("labels: [a , 'b' ]\n", (struct step){ ADD, "labels", "c" }, "labels: [a , 'b' , c ]\n",
                    (struct step){ DROP, "labels", "c" });
}

static void a_list_in_brackets_over_several_lines_grows_by_one(void **state)
{
    step_check_back("labels: [\n  a,\n  b\n]\n", (struct step){ ADD, "labels", "c" },
                    "labels: [\n  a,\n  b,\n  c\n]\n", (struct step){ DROP, "labels", "c" });
    step_check_back("labels: [\n  a,\n  b,\n]\n", (struct step){ ADD, "labels", "c" },
                    "labels: [\n  a,\n  b,\n  c,\n]\n", (struct step){ DROP, "labels", "c" });
    step_check_back("labels: [\n  a,\n  b, # why b\n]\n", (struct step){ ADD, "labels", "c" },
                    "labels: [\n  a,\n  b, # why b\n  c,\n]\n", (struct step){ DROP, "labels", "c" });
    step_check_back("labels: [ # none yet\n]\n", (struct step){ ADD, "labels", "a" },
                    "labels: [a # none yet\n]\n", (struct step){ DROP, "labels", "a" });
}

static void a_comment_stays_with_its_entry(void **state)
{
    step_check("labels: [\n  a, # why a\n  b # why b\n]\n", (struct step){ ADD, "labels", "c" },
               "labels: [\n  a, # why a\n  b, # why b\n  c\n]\n");
    step_check("labels: [\n  a, # why a\n  b, # why b\n]\n", (struct step){ DROP, "labels", "b" },
               "labels: [\n  a, # why a\n]\n");
    step_check("labels: [\n  a, # why a\n  # about b\n  b,\n]\n", (struct step){ DROP, "labels", "a" },
               "labels: [\n  # about b\n  b,\n]\n");
    step_check("labels: [\n  a,\n  b # why b\n]\n", (struct step){ DROP, "labels", "b" },
               "labels: [\n  a,\n]\n");
    step_check("labels: [a, # why a\n  b]\n", (struct step){ DROP, "labels", "a" },
               "labels: [# why a\n  b]\n");
    step_check("labels: [a, # why a\n  b]\n", (struct step){ DROP, "labels", "b" },
               "labels: [a, # why a\n  ]\n");
}

static void entries_are_removed_from_anywhere(void **state)
{
    step_check("labels:\n  - a\n  # stays\n  - b # goes\n  - c\n", (struct step){ DROP, "labels", "b" },
               "labels:\n  - a\n  # stays\n  - c\n");
    step_check("labels:\n  - a\n  - b\n", (struct step){ DROP, "labels", "a" }, "labels:\n  - b\n");
    step_check("labels: [a, b, c]\n", (struct step){ DROP, "labels", "a" }, "labels: [b, c]\n");
    step_check("labels: [a, b, c]\n", (struct step){ DROP, "labels", "b" }, "labels: [a, c]\n");
    step_check("labels: [ a, ]\n", (struct step){ DROP, "labels", "a" }, "labels: [ ]\n");
    step_check("labels: [\"a\", 'b']\n", (struct step){ DROP, "labels", "a" }, "labels: ['b']\n");
    step_check("labels: [a, a]\n", (struct step){ DROP, "labels", "a" }, "labels: [a]\n");
    step_check("labels: [[a], a, {b: c}, b: d]\n", (struct step){ DROP, "labels", "a" },
               "labels: [[a], {b: c}, b: d]\n");
    step_check("labels:\n  - |\n    a\n  - b\n", (struct step){ DROP, "labels", "a\n" }, "labels:\n  - b\n");
}

static void the_last_entry_of_a_block_takes_the_key_with_it(void **state)
{
    step_check("id: x\nlabels:\n  - a\nrank: b\n", (struct step){ DROP, "labels", "a" }, "id: x\nrank: b\n");
}

static void no_remark_goes_with_the_last_entry(void **state)
{
    static const char message[] =
        "cannot remove from labels without touching the lines around it; change it in an editor";
    step_check_refused("id: x\nlabels: # c\n  - a\n", (struct step){ DROP, "labels", "a" }, EDIT_ERROR_UNSAFE,
                       message);
    step_check_refused("labels:\n  # keep me\n  - a\nid: x\n", (struct step){ DROP, "labels", "a" },
                       EDIT_ERROR_UNSAFE, message);
}

static void a_key_without_a_value_becomes_a_list_in_brackets(void **state)
{
    step_check("labels:\nid: x\n", (struct step){ ADD, "labels", "a" }, "labels: [a]\nid: x\n");
    step_check("labels: # c\nid: x\n", (struct step){ ADD, "labels", "a" }, "labels: [a] # c\nid: x\n");
    step_check("labels: ~\n", (struct step){ ADD, "labels", "a" }, "labels: [a]\n");
    step_check("waive: null\n", (struct step){ MAP, "waive", "b", "a" }, "waive: {a: b}\n");
}

static void check_entry_set(const char *before, const char *value, const char *replacement, const char *after)
{
    g_autofree char *text = step_file(before), *wanted = step_file(after);
    g_autoptr(Edit) edit = step_open(text), again = step_open(text);
    g_autoptr(GError) error = NULL;

    assert_true(edit_entry_set(edit, "depends", value, replacement, &error));
    g_autofree char *seen = step_text(edit);
    assert_string_equal(seen, wanted);
    assert_true(edit_replay(edit, again, &error));
    g_autofree char *replayed = step_text(again);
    assert_string_equal(replayed, wanted);
}

static void an_entry_is_replaced_where_it_stands(void **state)
{
    check_entry_set("depends:\n  - k7q2m # first\n  - t2h8k\nid: x\n", "k7q2m", "bcd23",
                    "depends:\n  - bcd23 # first\n  - t2h8k\nid: x\n");
    check_entry_set("depends:\n- \"k7q2m\"\n", "k7q2m", "bcd23", "depends:\n- \"bcd23\"\n");
    check_entry_set("depends: [t2h8k, k7q2m,c4x9d]\n", "k7q2m", "bcd23", "depends: [t2h8k, bcd23,c4x9d]\n");
    check_entry_set("depends:\n  - k7q2m\n  - k7q2m\n", "k7q2m", "bcd23", "depends:\n  - bcd23\n  - k7q2m\n");
}

static void an_entry_that_would_stand_twice_goes(void **state)
{
    check_entry_set("depends:\n  - k7q2m\n  - bcd23 # kept\n", "k7q2m", "bcd23",
                    "depends:\n  - bcd23 # kept\n");
}

static void another_version_may_have_the_new_entry_already(void **state)
{
    g_autofree char *text = step_file("depends:\n  - k7q2m\n");
    g_autofree char *other = step_file("depends:\n  - c4x9d\n  - bcd23\n");
    g_autoptr(Edit) edit = step_open(text), onto = step_open(other);

    assert_true(edit_entry_set(edit, "depends", "k7q2m", "bcd23", NULL));
    assert_true(edit_replay(edit, onto, NULL));
    g_autofree char *seen = step_text(onto);
    assert_string_equal(seen, other);
}

static void an_entry_that_is_not_there_is_not_replaced(void **state)
{
    g_autofree char *text = step_file("depends:\n  - t2h8k\nparent: c4x9d\n");
    g_autoptr(Edit) edit = step_open(text);
    g_autoptr(GError) error = NULL;

    assert_false(edit_entry_set(edit, "depends", "k7q2m", "bcd23", &error));
    assert_true(g_error_matches(error, EDIT_ERROR, EDIT_ERROR_ABSENT));
    g_clear_error(&error);
    assert_false(edit_entry_set(edit, "parent", "c4x9d", "bcd23", &error));
    assert_true(g_error_matches(error, EDIT_ERROR, EDIT_ERROR_SHAPE));
    assert_false(edit_has_steps(edit));
}

/* -- records -- */

static void a_record_is_added_in_the_style_found(void **state)
{
    step_check_back(
        "id: x\n", (struct step){ RECORD, "feedback", "Nine times: a day." },
        "id: x\nfeedback:\n  - from: service-hotline\n    on: 2026-11-20\n    says: \"Nine times: a day.\"\n",
        (struct step){ DROP_RECORD, "feedback" });
    step_check_back("feedback:\n- from: a\n  on: 2026-01-01\nid: x\n",
                    (struct step){ RECORD, "feedback", "b" },
                    "feedback:\n- from: a\n  on: 2026-01-01\n- from: service-hotline\n  on: 2026-11-20\n  "
                    "says: b\nid: x\n",
                    (struct step){ DROP_RECORD, "feedback", .index = 1 });
    step_check_back("feedback: []\n", (struct step){ RECORD, "feedback", "b, c" },
                    "feedback: [{from: service-hotline, on: 2026-11-20, says: \"b, c\"}]\n",
                    (struct step){ DROP_RECORD, "feedback" });
    step_check_back("depends:\n  - t2h8k\n", (struct step){ RECORD, "depends", "b" },
                    "depends:\n  - t2h8k\n  - from: service-hotline\n    on: 2026-11-20\n    says: b\n",
                    (struct step){ DROP_RECORD, "depends", .index = 1 });
    step_check("feedback:\n", (struct step){ RECORD, "feedback", "b" },
               "feedback: [{from: service-hotline, on: 2026-11-20, says: b}]\n");
}

static void records_are_removed_whole(void **state)
{
    const char *const yaml =
        "feedback:\n  - from: a\n    says: |\n      b\n\n      c\n  # d\n  - from: e\n\nid: x\n";
    step_check(yaml, (struct step){ DROP_RECORD, "feedback" }, "feedback:\n  # d\n  - from: e\n\nid: x\n");
    step_check(yaml, (struct step){ DROP_RECORD, "feedback", .index = 1 },
               "feedback:\n  - from: a\n    says: |\n      b\n\n      c\n  # d\n\nid: x\n");
    step_check("depends: [a, {external: b, due: c}, d: e]\n",
               (struct step){ DROP_RECORD, "depends", .index = 1 }, "depends: [a, d: e]\n");
    step_check("depends: [\n  {a: b,\n   c: d}, e]\n", (struct step){ DROP_RECORD, "depends" },
               "depends: [\n  e]\n");
    step_check("depends: [\n  {a: b,\n   c: d}, # why\n  e\n]\n", (struct step){ DROP_RECORD, "depends" },
               "depends: [\n  e\n]\n");
    step_check("depends:\n  - [a, b]\n  - c\n", (struct step){ DROP_RECORD, "depends" }, "depends:\n  - c\n");
}

/* -- maps -- */

static void entries_of_a_map_are_set_and_removed(void **state)
{
    step_check_back("waive:\n  a: b # c\n  d: e\n", (struct step){ MAP, "waive", "f", "d" },
                    "waive:\n  a: b # c\n  d: f\n", (struct step){ MAP, "waive", "e", "d" });
    step_check("waive:\n  a: b\n  d: e\n", (struct step){ MAP, "waive", "f: g", "d" },
               "waive:\n  a: b\n  d: \"f: g\"\n");
    step_check_back("waive:\n    a: b\nid: x\n", (struct step){ MAP, "waive", "e", "d" },
                    "waive:\n    a: b\n    d: e\nid: x\n", (struct step){ UNMAP, "waive", .name = "d" });
    step_check_back("waive: {a: b}\n", (struct step){ MAP, "waive", "e, f", "d" },
                    "waive: {a: b, d: \"e, f\"}\n", (struct step){ UNMAP, "waive", .name = "d" });
    step_check_back("waive: { a: b ,c: d }\n", (struct step){ MAP, "waive", "f", "e" },
                    "waive: { a: b ,c: d ,e: f }\n", (struct step){ UNMAP, "waive", .name = "e" });
    step_check_back("id: x\n", (struct step){ MAP, "votes", "5", "ana" }, "id: x\nvotes:\n  ana: \"5\"\n",
                    (struct step){ UNMAP, "votes", .name = "ana" });
    step_check_back("waive: {}\n", (struct step){ MAP, "waive", "b", "no" }, "waive: {\"no\": b}\n",
                    (struct step){ UNMAP, "waive", .name = "no" });
    step_check("waive: {a: b, c: d}\n", (struct step){ UNMAP, "waive", .name = "a" }, "waive: {c: d}\n");
    step_check("waive:\n  a: {b: c}\n  d: e\n", (struct step){ UNMAP, "waive", .name = "a" },
               "waive:\n  d: e\n");
    step_check("waive:\n  a: {b: c}\n", (struct step){ MAP, "waive", "e", "d" },
               "waive:\n  a: {b: c}\n  d: e\n");
}

static void an_entry_of_a_map_without_value_gets_one(void **state)
{
    step_check("waive:\n  a:\n  b: c\n", (struct step){ MAP, "waive", "d", "a" }, "waive:\n  a: d\n  b: c\n");
    step_check("waive: {a: , b: c}\n", (struct step){ MAP, "waive", "d", "a" }, "waive: {a: d, b: c}\n");
    step_check("waive: {b: c, a: }\n", (struct step){ MAP, "waive", "e", "d" }, "waive: {b: c, a: , d: e}\n");
    step_check("waive: {a: , b: c}\n", (struct step){ UNMAP, "waive", .name = "a" }, "waive: {b: c}\n");
}

static void a_pair_of_a_record_is_set_where_it_stands(void **state)
{
    const char *const yaml = "assumptions:\n  - belief: \"yes\" # why\n    test: count\n    result: open\n"
                             "  - belief: b\n    result: 'open' # so far\n    x-own: [1, 2]\nid: x\n";

    step_check_back(yaml, (struct step){ PAIR, "assumptions", "refuted", "result", 1 },
                    "assumptions:\n  - belief: \"yes\" # why\n    test: count\n    result: open\n"
                    "  - belief: b\n    result: 'refuted' # so far\n    x-own: [1, 2]\nid: x\n",
                    (struct step){ PAIR, "assumptions", "open", "result", 1 });
    step_check(yaml, (struct step){ PAIR, "assumptions", "open", "result" }, yaml);
    step_check("assumptions:\n- {belief: a, result: open} # c\n",
               (struct step){ PAIR, "assumptions", "a, b", "result" },
               "assumptions:\n- {belief: a, result: \"a, b\"} # c\n");
    step_check("assumptions:\n  - belief: a\n    result:\n",
               (struct step){ PAIR, "assumptions", "open", "result" },
               "assumptions:\n  - belief: a\n    result: open\n");
}

static void a_new_pair_of_a_record_has_its_place(void **state)
{
    step_check("assumptions:\n  - belief: a\n    result: open\n    evidence: c\n  - belief: d\n",
               (struct step){ PAIR, "assumptions", "b: b", "test" },
               "assumptions:\n  - belief: a\n    test: \"b: b\"\n    result: open\n    evidence: c\n"
               "  - belief: d\n");
    step_check("assumptions:\n-   belief: a\n\n# end\nid: x\n",
               (struct step){ PAIR, "assumptions", "b", "evidence" },
               "assumptions:\n-   belief: a\n    evidence: b\n\n# end\nid: x\n");
    step_check("assumptions:\n  - # why\n    belief: |\n      long\n      text\n",
               (struct step){ PAIR, "assumptions", "open", "result" },
               "assumptions:\n  - # why\n    belief: |\n      long\n      text\n    result: open\n");
    step_check("assumptions: [{belief: a}, {belief: b}]\n",
               (struct step){ PAIR, "assumptions", "x", "evidence", 1 },
               "assumptions: [{belief: a}, {belief: b, evidence: x}]\n");
    step_check("assumptions:\n  - {}\n", (struct step){ PAIR, "assumptions", "x", "belief" },
               "assumptions:\n  - {belief: x}\n");
    step_check("assumptions:\r\n  - belief: a\r\n", (struct step){ PAIR, "assumptions", "x", "own" },
               "assumptions:\r\n  - belief: a\r\n    own: x\r\n");
}

static void a_pair_goes_into_a_record_only(void **state)
{
    const struct step step = { PAIR, "depends", "x", "owner", 1 };

    step_check_refused("id: a\n", step, EDIT_ERROR_ABSENT, "there is no depends");
    step_check_refused("depends: b\n", step, EDIT_ERROR_SHAPE, "expected a list under depends, saw a value");
    step_check_refused("depends: [{a: b}]\n", step, EDIT_ERROR_ABSENT, "depends has no entry number 2");
    step_check_refused("depends: [a, b]\n", step, EDIT_ERROR_SHAPE,
                       "expected a map under depends, saw a value");
    step_check_refused("depends: [a, {owner: [b]}]\n", step, EDIT_ERROR_SHAPE,
                       "expected a value under owner, saw a list");
    step_check_refused("depends: [a, b: c]\n", step, EDIT_ERROR_UNSAFE,
                       "cannot add owner to depends without touching the lines around it; change it in an "
                       "editor");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_added_in_the_style_found),
        cmocka_unit_test(behind_an_entry_without_a_value_there_is_room),
        cmocka_unit_test(a_new_list_is_a_block_in_its_place),
        cmocka_unit_test(a_list_in_brackets_stays_in_brackets),
        cmocka_unit_test(a_list_in_brackets_over_several_lines_grows_by_one),
        cmocka_unit_test(a_comment_stays_with_its_entry),
        cmocka_unit_test(entries_are_removed_from_anywhere),
        cmocka_unit_test(the_last_entry_of_a_block_takes_the_key_with_it),
        cmocka_unit_test(no_remark_goes_with_the_last_entry),
        cmocka_unit_test(a_key_without_a_value_becomes_a_list_in_brackets),
        cmocka_unit_test(an_entry_is_replaced_where_it_stands),
        cmocka_unit_test(an_entry_that_would_stand_twice_goes),
        cmocka_unit_test(another_version_may_have_the_new_entry_already),
        cmocka_unit_test(an_entry_that_is_not_there_is_not_replaced),
        cmocka_unit_test(a_record_is_added_in_the_style_found),
        cmocka_unit_test(records_are_removed_whole),
        cmocka_unit_test(entries_of_a_map_are_set_and_removed),
        cmocka_unit_test(an_entry_of_a_map_without_value_gets_one),
        cmocka_unit_test(a_pair_of_a_record_is_set_where_it_stands),
        cmocka_unit_test(a_new_pair_of_a_record_has_its_place),
        cmocka_unit_test(a_pair_goes_into_a_record_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
