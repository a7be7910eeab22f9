#include "import_names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct import_names *names_of(const char *const *ids)
{
    struct import_names *names = import_names_new();
    for (guint i = 0; ids[i]; i++)
        import_names_add(names, ids[i], i);
    return names;
}

static void an_id_is_found_in_any_case(void **state)
{
    g_autoptr(ImportNames) names = names_of((const char *const[]){ "LIB-1", "LIB-2", NULL });
    assert_int_equal(import_names_find(names, "LIB-2"), 1);
    assert_int_equal(import_names_find(names, "lib-2"), 1);
    assert_int_equal(import_names_find(names, "LIB-3"), G_MAXUINT);
}

static void an_id_is_found_under_the_prefix_of_before(void **state)
{
    g_autoptr(ImportNames) names = names_of((const char *const[]){ "LIB-12", NULL });
    assert_int_equal(import_names_find(names, "task-12"), G_MAXUINT);
    import_names_add_prefix(names, "Task");
    assert_int_equal(import_names_find(names, "task-12"), 0);
    assert_int_equal(import_names_find(names, "12"), 0);
}

static void a_prefix_of_nobody_names_nothing(void **state)
{
    g_autoptr(ImportNames) names = names_of((const char *const[]){ "LIB-12", NULL });
    assert_int_equal(import_names_find(names, "JIRA-12"), G_MAXUINT);
    assert_int_equal(import_names_find(names, "LIB-"), G_MAXUINT);
    assert_int_equal(import_names_find(names, "LIB-12.x"), G_MAXUINT);
    assert_int_equal(import_names_find(names, "LIB-12."), G_MAXUINT);
    assert_int_equal(import_names_find(names, ""), G_MAXUINT);
}

static void drafts_have_numbers_of_their_own(void **state)
{
    g_autoptr(ImportNames) names = names_of((const char *const[]){ "DRAFT-1", "LIB-1", "DRAFT-7", NULL });
    assert_int_equal(import_names_find(names, "draft-1"), 0);
    assert_int_equal(import_names_find(names, "1"), 1);
    assert_int_equal(import_names_find(names, "draft-07"), 2);
    assert_int_equal(import_names_find(names, "LIB-7"), G_MAXUINT);
}

static void zeros_count_only_where_nothing_is_closer(void **state)
{
    g_autoptr(ImportNames) names = names_of((const char *const[]){ "LIB-3.2", "LIB-3.02", "LIB-004", NULL });
    assert_int_equal(import_names_find(names, "lib-3.02"), 1);
    assert_int_equal(import_names_find(names, "3.02"), 1);
    assert_int_equal(import_names_find(names, "3.2"), 0);
    assert_int_equal(import_names_find(names, "3.002"), 0);
    assert_int_equal(import_names_find(names, "4"), 2);
    assert_int_equal(import_names_find(names, "3"), G_MAXUINT);
}

static void the_first_of_two_keeps_the_name(void **state)
{
    g_autoptr(ImportNames) names = names_of((const char *const[]){ "LIB-9", "LIB-9", "TASK-9", NULL });
    assert_int_equal(import_names_find(names, "LIB-9"), 0);
    assert_int_equal(import_names_find(names, "9"), 0);
    assert_int_equal(import_names_find(names, "TASK-9"), 2);
}

static void an_id_without_number_is_a_name_too(void **state)
{
    g_autoptr(ImportNames) names = names_of((const char *const[]){ "Zähler", NULL });
    assert_int_equal(import_names_find(names, "ZÄHLER"), 0);
}

static void numbers_are_compared_part_by_part(void **state)
{
    static const char *const ordered[] = { "LIB-1",    "LIB-2",      "LIB-2.1", "LIB-2.9",
                                           "LIB-2.10", "LIB-2.10.1", "LIB-10",  "none" };
    for (gsize i = 0; i < G_N_ELEMENTS(ordered); i++)
        for (gsize j = 0; j < G_N_ELEMENTS(ordered); j++) {
            int expected = i < j ? -1 : i > j;
            assert_int_equal(import_names_compare(ordered[i], ordered[j]), expected);
        }
    assert_int_equal(import_names_compare("LIB-2", "task-002"), 0);
    assert_int_equal(import_names_compare("a", "b"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_is_found_in_any_case),
        cmocka_unit_test(an_id_is_found_under_the_prefix_of_before),
        cmocka_unit_test(a_prefix_of_nobody_names_nothing),
        cmocka_unit_test(drafts_have_numbers_of_their_own),
        cmocka_unit_test(zeros_count_only_where_nothing_is_closer),
        cmocka_unit_test(the_first_of_two_keeps_the_name),
        cmocka_unit_test(an_id_without_number_is_a_name_too),
        cmocka_unit_test(numbers_are_compared_part_by_part),
    };
    return cmocka_run_group_tests_name("import_names", tests, NULL, NULL);
}
