/*
 * Entries of lists: of numbered ones, where readers count on from the number of the first, so that is the one
 * to keep, and entries in entries.
 */
#include "edit_steps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "---\ntitle: a\n---\n\n## Acceptance criteria\n\n"

static void check_text(const struct edit *edit, const char *list)
{
    g_autofree char *text = step_text(edit), *expected = g_strconcat(HEAD, list, NULL);
    assert_string_equal(text, expected);
}

static void check_move(const char *before, guint item, guint other, gboolean behind, const char *after)
{
    g_autofree char *text = g_strconcat(HEAD, before, NULL);
    g_autoptr(Edit) edit = step_open(text);
    assert_true(edit_list_move(edit, item, other, behind, NULL));
    check_text(edit, after);
}

static void check_remove(const char *before, guint item, const char *after)
{
    g_autofree char *text = g_strconcat(HEAD, before, NULL);
    g_autoptr(Edit) edit = step_open(text);
    assert_true(edit_list_remove(edit, item, NULL));
    check_text(edit, after);
}

static void what_becomes_first_has_the_number_of_the_first(void **state)
{
    check_move("1. a\n2. b\n3. c\n", 1, 0, FALSE, "1. b\n2. a\n3. c\n");
    check_move("1. a\n2. b\n3. c\n", 0, 1, TRUE, "1. b\n2. a\n3. c\n");
    check_move("5) a\n6) b\n7) c\n", 2, 0, FALSE, "5) c\n7) a\n6) b\n");
    check_move("1. a\n2. b\n3. c\n", 0, 2, TRUE, "1. b\n3. c\n2. a\n");
    check_move("1. a\n1. b\n", 1, 0, FALSE, "1. b\n1. a\n");
    check_move("- a\n- b\n", 1, 0, FALSE, "- b\n- a\n");
}

static void other_entries_keep_their_numbers(void **state)
{
    check_move("1. a\n2. b\n3. c\n", 2, 1, FALSE, "1. a\n3. c\n2. b\n");
    check_move("- x\n  1. a\n  2. b\n", 2, 1, FALSE, "- x\n  1. b\n  2. a\n");
}

static void a_number_changes_with_all_that_is_nested_below(void **state)
{
    check_move("1. a\n   - more\n\n2. b\n   1. less\n", 2, 0, FALSE, "1. b\n   1. less\n\n2. a\n   - more\n");
    check_move("1. a\n2. b", 1, 0, FALSE, "1. b\n2. a");
}

static void a_number_of_another_width_never_unsettles_what_is_nested(void **state)
{
    check_move("9. a\n   - more\n10. b\n    - less\n", 2, 0, FALSE, "10. b\n    - less\n9. a\n   - more\n");
    check_move("9. a\n   - more\n10. b\n", 2, 0, FALSE, "9. b\n9. a\n   - more\n");
    check_move("9. a\n10. b\n    - more\n", 0, 1, TRUE, "10. b\n    - more\n9. a\n");
    check_move("9. a\n10. b\n", 1, 0, FALSE, "9. b\n10. a\n");
    check_move("10. a\n    - more\n9. b\n   - less\n", 2, 0, FALSE, "9. b\n   - less\n10. a\n    - more\n");
}

static void the_next_takes_the_number_of_a_first_that_is_removed(void **state)
{
    check_remove("1. a\n2. b\n3. c\n", 0, "1. b\n3. c\n");
    check_remove("1. a\n\n2. b\n\n3. c\n", 0, "1. b\n\n3. c\n");
    check_remove("1. a\n2. b\n3. c\n", 1, "1. a\n3. c\n");
    check_remove("10. a\n9. b\n   - c\n", 0, "9. b\n   - c\n");
    check_remove("- x\n\n  1) a\n  2) b\n", 1, "- x\n\n  1) b\n");
}

/* "new" nested in the entry. */
static void check_nest(const char *before, guint item, const char *after)
{
    g_autofree char *text = g_strconcat(HEAD, before, NULL);
    g_autoptr(Edit) edit = step_open(text);
    g_autoptr(GError) error = NULL;
    gboolean done = edit_list_nest(edit, item, "new", &error);

    assert_string_equal(error ? error->message : "", "");
    assert_true(done);
    check_text(edit, after);
}

static void the_first_nested_entry_stands_under_the_text(void **state)
{
    check_nest("- [ ] a\n- [ ] b\n", 0, "- [ ] a\n  - new\n- [ ] b\n");
    check_nest("- [ ] a", 0, "- [ ] a\n  - new");
    check_nest("- a\r\n- b\r\n", 1, "- a\r\n- b\r\n  - new\r\n");
    check_nest("*   a\n", 0, "*   a\n    * new\n");
    check_nest("9. a\n10. b\n", 1, "9. a\n10. b\n    - new\n");
    check_nest("1)  [ ] a\n", 0, "1)  [ ] a\n    - new\n");
    check_nest(" - a\n", 0, " - a\n   - new\n");
    check_nest("-\ta\n", 0, "-\ta\n\t- new\n");
    check_nest("- a\n\n  more\n\n- b\n", 0, "- a\n\n  more\n  - new\n\n- b\n");
    check_nest("- a\n  wrapped\n", 0, "- a\n  wrapped\n  - new\n");
    check_nest("- a\nlazy\n", 0, "- a\nlazy\n  - new\n");
    check_nest("- a\n  ```\n  code\n  ```\n", 0, "- a\n  ```\n  code\n  ```\n  - new\n");
    check_nest("- - a\n", 1, "- - a\n    - new\n");
    check_nest("-     code\n", 0, "-     code\n  - new\n");
}

static void a_further_nested_entry_is_like_the_last(void **state)
{
    check_nest("- a\n    * b\n- c\n", 0, "- a\n    * b\n    * new\n- c\n");
    check_nest("- a\n\t- b\n", 0, "- a\n\t- b\n\t- new\n");
    check_nest("- a\n  1. b\n  2. c\n", 0, "- a\n  1. b\n  2. c\n  3. new\n");
    check_nest("- a\n  - [x] b\n    - c\n", 0, "- a\n  - [x] b\n    - c\n  - new\n");
    check_nest("- a\n  - b\n\n  - c\n", 0, "- a\n  - b\n\n  - c\n\n  - new\n");
    check_nest("- a\n  - b\n\n  more\n", 0, "- a\n  - b\n  - new\n\n  more\n");
    check_nest("- - a\n", 0, "- - a\n  - new\n");
}

static void a_first_nested_entry_is_like_those_of_others(void **state)
{
    check_nest("- a\n    + b\n- c\n", 2, "- a\n    + b\n- c\n    + new\n");
    check_nest("- a\n\t- b\n- c", 2, "- a\n\t- b\n- c\n\t- new");
    check_nest("- a\n    - b\n\nwords\n\n- c\n  - d\n- e\n", 4,
               "- a\n    - b\n\nwords\n\n- c\n  - d\n- e\n  - new\n");
    check_nest("10. a\n    - b\n\nwords\n\n- c\n", 2, "10. a\n    - b\n\nwords\n\n- c\n  - new\n");
}

static void what_would_not_be_nested_is_refused(void **state)
{
    g_autofree char *text = g_strconcat(HEAD, "- a\n  ```\n  open\n", NULL);
    g_autoptr(Edit) edit = step_open(text);
    g_autoptr(GError) error = NULL;

    assert_false(edit_list_nest(edit, 0, "new", &error));
    assert_string_equal(error->message, "cannot add to the entry without touching the lines around it; "
                                        "change it in an editor");
    assert_false(edit_list_nest(edit, 0, "two\nlines", NULL));
    assert_false(edit_list_nest(edit, 0, "", NULL));
    check_text(edit, "- a\n  ```\n  open\n");
    assert_false(edit_has_steps(edit));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_becomes_first_has_the_number_of_the_first),
        cmocka_unit_test(other_entries_keep_their_numbers),
        cmocka_unit_test(a_number_changes_with_all_that_is_nested_below),
        cmocka_unit_test(a_number_of_another_width_never_unsettles_what_is_nested),
        cmocka_unit_test(the_next_takes_the_number_of_a_first_that_is_removed),
        cmocka_unit_test(the_first_nested_entry_stands_under_the_text),
        cmocka_unit_test(a_further_nested_entry_is_like_the_last),
        cmocka_unit_test(a_first_nested_entry_is_like_those_of_others),
        cmocka_unit_test(what_would_not_be_nested_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
