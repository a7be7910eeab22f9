/*
 * Entries of numbered lists: readers count on from the number of the first, so that is the one to keep.
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_becomes_first_has_the_number_of_the_first),
        cmocka_unit_test(other_entries_keep_their_numbers),
        cmocka_unit_test(a_number_changes_with_all_that_is_nested_below),
        cmocka_unit_test(a_number_of_another_width_never_unsettles_what_is_nested),
        cmocka_unit_test(the_next_takes_the_number_of_a_first_that_is_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
