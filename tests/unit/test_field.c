#include "field.h"

#include "nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void the_table_is_indexed_by_its_ids(void **state)
{
    for (int i = 0; i < N_FIELDS; i++) {
        const struct field *field = &field_table()[i];
        assert_int_equal(field->id, i);
        assert_ptr_equal(field_find(field->name), field);
        assert_true(*field->summary);
        assert_null(strchr(field->summary, '\n'));
    }
}

static void only_whole_names_are_fields(void **state)
{
    static const char *const others[] = { "",          "titl",         "titles", "Title",
                                          "duplicate", "duplicate_of", "x-title" };
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        assert_null(field_find(others[i]));
    assert_int_equal(field_find("duplicate-of")->id, FIELD_DUPLICATE_OF);
}

static void new_items_are_written_in_canonical_order(void **state)
{
    g_autofree const char **order = field_order();
    g_autofree char *all = g_strjoinv(" ", (char **)order);

    assert_true(g_str_has_prefix(all, "title id rank type status created estimate parent stamp "));
    assert_int_equal(g_strv_length((char **)order), N_FIELDS);
}

static void no_two_names_can_be_mistaken_for_each_other(void **state)
{
    /* "unknown-key" guesses within two edits: a field's own name must not be a guess at another. */
    for (int i = 0; i < N_FIELDS; i++) {
        const char *names[N_FIELDS + 1] = { NULL };
        for (int j = 0; j < N_FIELDS; j++)
            names[j] = field_table()[j].name;
        assert_string_equal(nearest_name(names[i], names), names[i]);
    }
}

static void lists_are_what_holds_several_entries(void **state)
{
    static const char *const lists[] = { "labels",      "depends",  "aliases", "designs",
                                         "assumptions", "feedback", NULL };
    for (int i = 0; i < N_FIELDS; i++)
        assert_int_equal(field_is_list(&field_table()[i]), g_strv_contains(lists, field_table()[i].name));
}

static void what_set_may_not_change_says_what_to_do(void **state)
{
    static const char *const made[] = { "id", "stamp", "assumptions", "feedback", NULL };
    for (int i = 0; i < N_FIELDS; i++)
        assert_int_equal(field_table()[i].instead != NULL, g_strv_contains(made, field_table()[i].name));
}

static void a_status_is_one_of_eight_words(void **state)
{
    assert_int_equal(g_strv_length((char **)status_names()), N_STATUSES);
    for (int i = 0; i < N_STATUSES; i++)
        assert_int_equal(status_parse(status_names()[i]), i);
    assert_int_equal(status_parse("Ready"), STATUS_UNKNOWN);
    assert_int_equal(status_parse("readys"), STATUS_UNKNOWN);
    assert_int_equal(status_parse(""), STATUS_UNKNOWN);
    assert_int_equal(status_parse(NULL), STATUS_UNKNOWN);
}

static void work_may_still_come_until_done(void **state)
{
    static const enum status closed[] = { STATUS_DONE, STATUS_RELEASED, STATUS_SPLIT, STATUS_DROPPED };
    static const enum status open[] = { STATUS_NEW, STATUS_REFINING, STATUS_READY, STATUS_DOING,
                                        STATUS_UNKNOWN };
    for (gsize i = 0; i < G_N_ELEMENTS(closed); i++)
        assert_false(status_is_open(closed[i]));
    for (gsize i = 0; i < G_N_ELEMENTS(open); i++)
        assert_true(status_is_open(open[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_indexed_by_its_ids),
        cmocka_unit_test(only_whole_names_are_fields),
        cmocka_unit_test(new_items_are_written_in_canonical_order),
        cmocka_unit_test(no_two_names_can_be_mistaken_for_each_other),
        cmocka_unit_test(lists_are_what_holds_several_entries),
        cmocka_unit_test(what_set_may_not_change_says_what_to_do),
        cmocka_unit_test(a_status_is_one_of_eight_words),
        cmocka_unit_test(work_may_still_come_until_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
