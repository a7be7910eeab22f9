/*
 * What was done to one version of a file, done again to another one.
 */
#include "edit_steps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define CRITERIA "\n## Acceptance criteria\n\n"

static const char *const criteria_names[] = { "Acceptance criteria", "AC", NULL };
static const char *const later_names[] = { "Decisions", NULL };
static const struct edit_section criteria = { criteria_names, later_names };

static char *file(const char *yaml, const char *body)
{
    return g_strconcat("---\n", yaml, "---\n", body, NULL);
}

/* -- front matter: one step on one version, replayed onto another -- */

static void check_front(const char *here, struct step step, const char *there, const char *after)
{
    g_autofree char *own = file(here, "\n## Story\n"), *other = file(there, "\n## Story\n\nwords\n"),
                    *expected = file(after, "\n## Story\n\nwords\n");
    g_autoptr(Edit) edit = step_open(own), onto = step_open(other);
    g_autoptr(GError) error = NULL;

    assert_true(step_take(edit, &step, NULL));
    gboolean done = edit_replay(edit, onto, &error);
    assert_string_equal(error ? error->message : "", "");
    assert_true(done);
    g_autofree char *text = step_text(onto);
    assert_string_equal(text, expected);
}

static void check_front_refused(const char *here, struct step step, const char *there, enum edit_error code,
                                const char *message)
{
    g_autofree char *own = file(here, ""), *other = file(there, "");
    g_autoptr(Edit) edit = step_open(own), onto = step_open(other);
    g_autoptr(GError) error = NULL;

    assert_true(step_take(edit, &step, NULL));
    assert_false(edit_replay(edit, onto, &error));
    assert_string_equal(error->message, message);
    assert_true(g_error_matches(error, EDIT_ERROR, (gint)code));
}

static void a_value_is_set_there_too(void **state)
{
    const struct step step = { SET, "status", "doing" };
    check_front("status: ready\nowner: Bo\n", step, "title: a\nstatus: 'ready' # Ana\n",
                "title: a\nstatus: 'doing' # Ana\n");
    check_front("status: ready\n", step, "title: a\n\nx-own: b\n", "title: a\nstatus: doing\n\nx-own: b\n");
    check_front("status: ready\n", step, "status: doing # so\n", "status: doing # so\n");
}

static void a_value_that_was_so_here_is_set_there(void **state)
{
    check_front("status: doing\n", (struct step){ SET, "status", "doing" }, "status: ready\n",
                "status: doing\n");
    check_front("waive: {a: b}\n", (struct step){ MAP, "waive", "b", "a" }, "title: x\n",
                "title: x\nwaive:\n  a: b\n");
}

static void a_value_takes_the_place_of_a_list(void **state)
{
    check_front("depends: none\n", (struct step){ SET_TYPED, "depends", "none" },
                "title: a\ndepends:\n  - b\n  - c\nx-d: e\n", "title: a\nx-d: e\ndepends: none\n");
}

static void a_key_is_removed_there_too(void **state)
{
    const struct step step = { REMOVE, "estimate", NULL };
    check_front("estimate: 5\n", step, "title: a\nestimate: 8 # why\n", "title: a\n");
    check_front_refused("estimate: 5\n", step, "title: a\n", EDIT_ERROR_ABSENT, "there is no estimate");
}

static void entries_are_added_once(void **state)
{
    const struct step step = { ADD, "labels", "web" };
    check_front("labels: [a]\n", step, "labels:\n  - b # c\n", "labels:\n  - b # c\n  - web\n");
    check_front("title: x\n", step, "title: x\nlabels: [web, b]\n", "title: x\nlabels: [web, b]\n");
    check_front("labels: [web]\n", step, "labels: [web, b]\n", "labels: [web, b, web]\n");
    check_front_refused("title: x\n", step, "labels: web\n", EDIT_ERROR_SHAPE,
                        "expected a list under labels, saw a value");
}

static void entries_are_removed_where_they_are(void **state)
{
    const struct step step = { DROP, "labels", "web" };
    check_front("labels: [web]\n", step, "labels: [a, b, web]\n", "labels: [a, b]\n");
    check_front("labels: [web, web]\n", step, "labels: [a, web]\n", "labels: [a, web]\n");
    check_front_refused("labels: [web]\n", step, "labels: [a, b]\n", EDIT_ERROR_ABSENT,
                        "labels has no entry web");
    check_front_refused("labels: [web]\n", step, "title: a\n", EDIT_ERROR_ABSENT, "there is no labels");
}

static void names_of_a_map_are_removed_where_they_are(void **state)
{
    const struct step step = { UNMAP, "waive", NULL, "a" };
    check_front("waive: {a: x}\n", step, "waive:\n  b: x\n  a: y\n", "waive:\n  b: x\n");
    check_front_refused("waive: {a: x}\n", step, "waive: {b: x}\n", EDIT_ERROR_ABSENT,
                        "waive has no entry a");
}

static void a_record_is_added_once(void **state)
{
    const char *const record = "feedback:\n  - from: service-hotline\n    on: 2026-11-20\n    says: slow\n";
    const struct step step = { RECORD, "feedback", "slow" };
    g_autofree char *with = g_strconcat("title: a\n", record, NULL);

    check_front("title: b\n", step, "title: a\n", with);
    check_front("title: b\n", step, with, with);
}

static void a_record_is_known_by_its_content(void **state)
{
    const struct step step = { DROP_RECORD, "feedback", NULL, NULL, 1 };
    const char *const here = "feedback:\n  - from: a\n  - {from: b, on: c}\n";

    check_front(here, step, "feedback:\n  - from: b # first\n    on: 'c'\n  - from: a\n",
                "feedback:\n  - from: a\n");
    check_front_refused(here, step, "feedback:\n  - from: a\n  - from: b\n    on: d\n", EDIT_ERROR_ABSENT,
                        "feedback has no such entry");
    check_front_refused(here, step, "title: a\n", EDIT_ERROR_ABSENT, "feedback has no such entry");
}

static void a_pair_is_set_in_the_record_of_that_content(void **state)
{
    const struct step step = { PAIR, "assumptions", "refuted", "result", 1 };
    const struct step more = { PAIR, "assumptions", "few of them", "evidence", 1 };
    const char *const here = "assumptions:\n  - belief: a\n  - {belief: b, result: open}\n";

    check_front(here, step, "assumptions:\n  - belief: b # c\n    result: 'open'\n  - belief: a\n",
                "assumptions:\n  - belief: b # c\n    result: 'refuted'\n  - belief: a\n");
    check_front(here, step, "assumptions:\n  - belief: b\n    result: refuted\n",
                "assumptions:\n  - belief: b\n    result: refuted\n");
    check_front(here, more, "assumptions:\n  - belief: b\n    result: open\n",
                "assumptions:\n  - belief: b\n    result: open\n    evidence: few of them\n");
    check_front_refused(here, step, "assumptions:\n  - {belief: b, result: open, test: c}\n",
                        EDIT_ERROR_ABSENT, "assumptions has no such entry");
    check_front_refused(here, step, "title: a\n", EDIT_ERROR_ABSENT, "assumptions has no such entry");
}

/* -- what was so already -- */

static void check_note(const char *here, const char *key, const char *entry, gboolean present,
                       const char *there, const char *after)
{
    g_autofree char *own = file(here, ""), *other = file(there, ""), *expected = file(after, "");
    g_autoptr(Edit) edit = step_open(own), onto = step_open(other);

    if (present)
        edit_note_entry(edit, key, entry, step_order);
    else
        edit_note_absent(edit, key, entry);
    g_autofree char *same = step_text(edit);
    assert_string_equal(same, own);
    assert_true(edit_replay(edit, onto, NULL));
    g_autofree char *text = step_text(onto);
    assert_string_equal(text, expected);
}

static void what_is_noted_comes_about(void **state)
{
    check_note("labels: [web]\n", "labels", "web", TRUE, "labels: [a]\n", "labels: [a, web]\n");
    check_note("labels: [web]\n", "labels", "web", TRUE, "labels: [web]\n", "labels: [web]\n");
    check_note("title: a\n", "estimate", NULL, FALSE, "title: b\nestimate: 5\n", "title: b\n");
    check_note("title: a\n", "estimate", NULL, FALSE, "title: b\n", "title: b\n");
    check_note("title: a\n", "labels", "web", FALSE, "labels: [web, a, web]\n", "labels: [a]\n");
    check_note("title: a\n", "labels", "web", FALSE, "labels: [a]\n", "labels: [a]\n");
    check_note("title: a\n", "labels", "web", FALSE, "title: b\nlabels: [web]\n", "title: b\n");
    check_note("labels: []\n", "labels", "web", FALSE, "labels: [web]\n", "labels: []\n");
    check_note("title: a\n", "waive", "x", FALSE, "title: b\nwaive: {x: y}\n", "title: b\n");
    check_note("title: a\n", "waive", "x", FALSE, "waive: {x: y, z: w}\n", "waive: {z: w}\n");
    check_note("title: a\n", "depends", "none", FALSE, "title: b\ndepends: none\n", "title: b\n");
    check_note("title: a\n", "depends", "none", FALSE, "depends: some\n", "depends: some\n");
}

static void a_removal_that_made_room_need_not_be(void **state)
{
    g_autofree char *own = file("depends: none\n", ""), *with = file("title: a\n", ""),
                    *list = file("depends:\n  - c # c\n", "");
    g_autoptr(Edit) edit = step_open(own), onto = step_open(with), grown = step_open(list);

    assert_true(edit_remove(edit, "depends", NULL));
    assert_true(edit_entry_add(edit, "depends", "b", step_order, NULL));
    assert_true(edit_replay(edit, onto, NULL));
    g_autofree char *text = step_text(onto);
    assert_string_equal(text, "---\ntitle: a\ndepends:\n  - b\n---\n");
    assert_true(edit_replay(edit, grown, NULL));
    g_autofree char *longer = step_text(grown);
    assert_string_equal(longer, "---\ndepends:\n  - c # c\n  - b\n---\n");
}

/* -- body -- */

enum deed { TICK, UNTICK, REWORD, MOVE_BEFORE, MOVE_BEHIND, TAKE, NEST, ADD_ENTRY, APPEND_TEXT };

static gboolean do_deed(struct edit *edit, enum deed deed, guint item, const char *text, guint other)
{
    switch (deed) {
    case TICK:
    case UNTICK:
        return edit_list_tick(edit, item, deed == TICK, NULL);
    case REWORD:
        return edit_list_reword(edit, item, text, NULL);
    case MOVE_BEFORE:
    case MOVE_BEHIND:
        return edit_list_move(edit, item, other, deed == MOVE_BEHIND, NULL);
    case TAKE:
        return edit_list_remove(edit, item, NULL);
    case NEST:
        return edit_list_nest(edit, item, text, NULL);
    case ADD_ENTRY:
        return edit_list_add(edit, &criteria, text, NULL);
    default:
        return edit_section_append(edit, &criteria, text, NULL);
    }
}

/* The deed on a list in here, replayed onto one in there; after NULL: it is refused as absent. */
static void check_list(const char *here, enum deed deed, guint item, const char *text, guint other,
                       const char *there, const char *after)
{
    g_autofree char *own = file("title: a\n", here), *old = file("title: b # c\n", there);
    g_autofree char *expected = after ? file("title: b # c\n", after) : NULL;
    g_autoptr(Edit) edit = step_open(own), onto = step_open(old);
    g_autoptr(GError) error = NULL;

    assert_true(do_deed(edit, deed, item, text, other));
    if (!after) {
        assert_false(edit_replay(edit, onto, &error));
        assert_true(g_error_matches(error, EDIT_ERROR, EDIT_ERROR_ABSENT));
        return;
    }
    gboolean done = edit_replay(edit, onto, &error);
    assert_string_equal(error ? error->message : "", "");
    assert_true(done);
    g_autofree char *result = step_text(onto);
    assert_string_equal(result, expected);
}

static void list_entries_are_found_by_their_words(void **state)
{
    const char *const here = CRITERIA "- [ ] new\n- [ ] one\n- [ ] two\n";
    const char *const there = "- [ ] two\n" CRITERIA "- [x] two\n- [ ] one\n  - more\n- [ ] three\n";

    check_list(here, TICK, 1, NULL, 0, there,
               "- [ ] two\n" CRITERIA "- [x] two\n- [x] one\n  - more\n- [ ] three\n");
    check_list(here, TICK, 2, NULL, 0, there, there);
    check_list(here, UNTICK, 2, NULL, 0, there,
               "- [ ] two\n" CRITERIA "- [ ] two\n- [ ] one\n  - more\n- [ ] three\n");
    check_list(here, REWORD, 1, "eins", 0, there,
               "- [ ] two\n" CRITERIA "- [x] two\n- [ ] eins\n  - more\n- [ ] three\n");
    check_list(here, TAKE, 1, NULL, 0, there, "- [ ] two\n" CRITERIA "- [x] two\n- [ ] three\n");
    check_list(here, MOVE_BEHIND, 1, NULL, 2, there, there);
    check_list(here, MOVE_BEFORE, 2, NULL, 1, there, there);
    check_list(CRITERIA "- two\n- one\n", MOVE_BEFORE, 1, NULL, 0, there,
               "- [ ] two\n" CRITERIA "- [ ] one\n  - more\n- [x] two\n- [ ] three\n");
}

static void a_list_entry_that_is_not_there_is_named(void **state)
{
    g_autofree char *own = file("", CRITERIA "- [ ] new\n"), *old = file("", CRITERIA "- [ ] one\n");
    g_autoptr(Edit) edit = step_open(own), onto = step_open(old);
    g_autoptr(GError) error = NULL;

    assert_true(edit_list_tick(edit, 0, TRUE, NULL));
    assert_false(edit_replay(edit, onto, &error));
    assert_string_equal(error->message, "\"new\" is not there");
    check_list(CRITERIA "- new\n- one\n", MOVE_BEFORE, 1, NULL, 0, CRITERIA "- one\n", NULL);
    check_list(CRITERIA "- one\n", TAKE, 0, NULL, 0, "\n## Story\n\n- one\n", NULL);
    check_list(CRITERIA "- one\n", REWORD, 0, "two", 0, CRITERIA "- three\n", NULL);
    check_list(CRITERIA "- one\n", TAKE, 0, NULL, 0, CRITERIA "- a\n  - one\n", NULL);
}

static void of_equal_entries_the_same_one_counts(void **state)
{
    const char *const here = CRITERIA "- [ ] a\n- [ ] a\n- [ ] a\n";
    check_list(here, TICK, 1, NULL, 0, CRITERIA "- [ ] a\n- [ ] b\n- [ ] a\n- [ ] a\n",
               CRITERIA "- [ ] a\n- [ ] b\n- [x] a\n- [ ] a\n");
    check_list(here, TICK, 2, NULL, 0, CRITERIA "- [ ] a\n- [ ] b\n- [ ] a\n",
               CRITERIA "- [ ] a\n- [ ] b\n- [x] a\n");
    check_list(here, TICK, 2, NULL, 0, CRITERIA "- [ ] b\n- [ ] a\n", CRITERIA "- [ ] b\n- [x] a\n");
}

static void what_is_reworded_already_stays(void **state)
{
    check_list(CRITERIA "- one\n", REWORD, 0, "two", 0, CRITERIA "- two\n", CRITERIA "- two\n");
    check_list(CRITERIA "- one\n- two\n", REWORD, 0, "two", 0, CRITERIA "- two\n", NULL);
}

static void list_entries_are_added_once(void **state)
{
    check_list(CRITERIA "- a\n", ADD_ENTRY, 0, "b", 0, "\n## ac:\n\n1. c\n", "\n## ac:\n\n1. c\n2. b\n");
    check_list(CRITERIA "- a\n", ADD_ENTRY, 0, "b", 0, CRITERIA "- [x] b\n", CRITERIA "- [x] b\n");
    check_list(CRITERIA "- b\n", ADD_ENTRY, 0, "b", 0, CRITERIA "- b\n", CRITERIA "- b\n- b\n");
    check_list("", ADD_ENTRY, 0, "b", 0, CRITERIA "- c\n\n## Decisions\n",
               CRITERIA "- c\n- b\n\n## Decisions\n");
    check_list("", ADD_ENTRY, 0, "b", 0, "\n## Decisions\n", CRITERIA "- [ ] b\n\n## Decisions\n");
}

static void an_entry_is_nested_in_the_same_one_once(void **state)
{
    const char *const here = CRITERIA "- [ ] new\n- [ ] q\n";

    check_list(here, NEST, 1, "yes", 0, CRITERIA "* [x] q\n\n  - no\n* a\n",
               CRITERIA "* [x] q\n\n  - no\n  - yes\n* a\n");
    check_list(here, NEST, 1, "yes", 0, CRITERIA "- q\n  - yes\n", CRITERIA "- q\n  - yes\n");
    check_list(CRITERIA "- q\n  - yes\n", NEST, 0, "yes", 0, CRITERIA "- q\n  - yes\n",
               CRITERIA "- q\n  - yes\n  - yes\n");
    check_list(here, NEST, 1, "yes", 0, CRITERIA "- q\n  - no\n    - yes\n",
               CRITERIA "- q\n  - no\n    - yes\n  - yes\n");
    check_list(here, NEST, 1, "yes", 0, CRITERIA "- [ ] reworded\n", NULL);
}

static void appended_text_has_the_endings_of_each_version(void **state)
{
    const char *const text = "- a\n  b";
    g_autoptr(Edit) edit = step_open("---\r\nx: y\r\n---\r\n"), onto = step_open("---\nx: y\n---\n");

    assert_true(edit_section_append(edit, &criteria, text, NULL));
    g_autofree char *own = step_text(edit);
    assert_string_equal(own, "---\r\nx: y\r\n---\r\n\r\n## Acceptance criteria\r\n\r\n- a\r\n  b\r\n");
    assert_true(edit_replay(edit, onto, NULL));
    g_autofree char *other = step_text(onto);
    assert_string_equal(other, "---\nx: y\n---\n\n## Acceptance criteria\n\n- a\n  b\n");
}

static void text_is_appended_once(void **state)
{
    const char *const text = "- 2026-11-20 Ana:\n  no";
    check_list(CRITERIA "- a\n", APPEND_TEXT, 0, text, 0, CRITERIA "words\n",
               CRITERIA "words\n\n- 2026-11-20 Ana:\n  no\n");
    check_list(CRITERIA, APPEND_TEXT, 0, text, 0, CRITERIA "- 2026-11-20 Ana:\r\n  no\r\n- more\n",
               CRITERIA "- 2026-11-20 Ana:\r\n  no\r\n- more\n");
    check_list(CRITERIA, APPEND_TEXT, 0, text, 0, CRITERIA "- 2026-11-20 Ana:\n  no way\n",
               CRITERIA "- 2026-11-20 Ana:\n  no way\n\n- 2026-11-20 Ana:\n  no\n");
}

/* -- several steps -- */

static void steps_are_replayed_in_their_order(void **state)
{
    g_autofree char *own = file("status: new\n", CRITERIA "- [ ] a\n- [ ] b\n");
    g_autofree char *old = file("status: new\nowner: Bo\n", CRITERIA "- [ ] b\n- [ ] x\n- [ ] a\n");
    g_autoptr(Edit) edit = step_open(own), onto = step_open(old);

    assert_true(edit_list_reword(edit, 0, "c", NULL));
    assert_true(edit_list_tick(edit, 0, TRUE, NULL));
    assert_true(edit_list_add(edit, &criteria, "d", NULL));
    assert_true(edit_list_move(edit, 2, 0, FALSE, NULL));
    assert_true(edit_set(edit, "status", "ready", SCALAR_STRING, step_order, NULL));
    assert_true(edit_remove(edit, "status", NULL));
    assert_true(edit_replay(edit, onto, NULL));
    g_autofree char *text = step_text(onto),
                    *expected = file("owner: Bo\n", CRITERIA "- [ ] b\n- [ ] x\n- [ ] d\n- [x] c\n");
    assert_string_equal(text, expected);
}

static void what_was_refused_is_not_replayed(void **state)
{
    g_autofree char *own = file("a: b\n", ""), *old = file("a: b\nlabels: [x]\n", "");
    g_autoptr(Edit) edit = step_open(own), onto = step_open(old);

    assert_false(edit_remove(edit, "labels", NULL));
    assert_false(edit_entry_remove(edit, "labels", "x", NULL));
    assert_false(edit_list_add(edit, &criteria, "two\nlines", NULL));
    assert_true(edit_replay(edit, onto, NULL));
    g_autofree char *text = step_text(onto);
    assert_string_equal(text, old);
}

static void what_was_replayed_can_be_replayed(void **state)
{
    g_autofree char *own = file("a: b\n", CRITERIA "- [ ] x\n");
    g_autoptr(Edit) edit = step_open(own), onto = step_open(own), again = step_open(own);

    assert_true(edit_set(edit, "a", "c", SCALAR_STRING, step_order, NULL));
    assert_true(edit_list_tick(edit, 0, TRUE, NULL));
    assert_true(edit_replay(edit, onto, NULL));
    assert_true(edit_replay(onto, again, NULL));
    assert_true(g_bytes_equal(edit_bytes(edit), edit_bytes(again)));
}

static void a_version_that_cannot_be_read_is_refused(void **state)
{
    g_autofree char *own = file("a: b\n", CRITERIA "- [ ] x\n"), *bad = file("a: [b\n", CRITERIA "- [ ] x\n");
    g_autoptr(Edit) edit = step_open(own), ticked = step_open(own), onto = step_open(bad);
    g_autoptr(GError) error = NULL;

    assert_true(edit_replay(edit, onto, NULL));
    assert_true(edit_set(edit, "a", "c", SCALAR_STRING, step_order, NULL));
    assert_false(edit_replay(edit, onto, &error));
    assert_true(g_error_matches(error, EDIT_ERROR, EDIT_ERROR_UNREADABLE));
    assert_true(edit_list_tick(ticked, 0, TRUE, NULL));
    assert_false(edit_replay(ticked, onto, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_set_there_too),
        cmocka_unit_test(a_value_that_was_so_here_is_set_there),
        cmocka_unit_test(a_value_takes_the_place_of_a_list),
        cmocka_unit_test(a_key_is_removed_there_too),
        cmocka_unit_test(entries_are_added_once),
        cmocka_unit_test(entries_are_removed_where_they_are),
        cmocka_unit_test(names_of_a_map_are_removed_where_they_are),
        cmocka_unit_test(a_record_is_added_once),
        cmocka_unit_test(a_record_is_known_by_its_content),
        cmocka_unit_test(a_pair_is_set_in_the_record_of_that_content),
        cmocka_unit_test(what_is_noted_comes_about),
        cmocka_unit_test(a_removal_that_made_room_need_not_be),
        cmocka_unit_test(list_entries_are_found_by_their_words),
        cmocka_unit_test(a_list_entry_that_is_not_there_is_named),
        cmocka_unit_test(of_equal_entries_the_same_one_counts),
        cmocka_unit_test(what_is_reworded_already_stays),
        cmocka_unit_test(list_entries_are_added_once),
        cmocka_unit_test(an_entry_is_nested_in_the_same_one_once),
        cmocka_unit_test(appended_text_has_the_endings_of_each_version),
        cmocka_unit_test(text_is_appended_once),
        cmocka_unit_test(steps_are_replayed_in_their_order),
        cmocka_unit_test(what_was_refused_is_not_replayed),
        cmocka_unit_test(what_was_replayed_can_be_replayed),
        cmocka_unit_test(a_version_that_cannot_be_read_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
