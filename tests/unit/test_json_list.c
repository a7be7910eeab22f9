#include "json_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A text that is an array, one that ends with it, and one that has it deep within; last gets the array. */
static struct json *make_whole(guint shape, struct json **last)
{
    struct json *whole = shape ? json_new_object() : json_new_array();

    *last = whole;
    if (shape) {
        json_add_string(whole, "says", "none of these: [] ]}\n");
        json_add_array(whole, "empty");
    }
    if (shape == 1)
        *last = json_add_array(whole, "findings");
    if (shape == 2) {
        struct json *run = json_add_object(json_add_array(whole, "runs"), NULL);
        json_add_array(json_add_object(run, "tool"), "rules");
        *last = json_add_array(run, "results");
    }
    return whole;
}

static struct json *make_entry(guint number)
{
    struct json *entry = json_new_object();

    json_add_string(entry, "message", number % 2 ? "one line\nand \"another\" ##[group]" : "");
    json_add_integer(entry, "line", number);
    if (number % 3)
        json_add_integer(json_add_object(json_add_array(entry, "at"), NULL), "column", number);
    else
        json_add_array(entry, "at");
    return entry;
}

static char *print_listed(guint shape, guint n, guint indent)
{
    GString *out = g_string_new(NULL);
    struct json_list list;
    struct json *last;
    g_autoptr(Json) whole = make_whole(shape, &last);

    json_list_begin(&list, out, whole, indent);
    for (guint i = 0; i < n; i++) {
        g_autoptr(Json) entry = make_entry(i);
        json_list_add(&list, entry);
    }
    json_list_end(&list);
    return g_string_free(out, FALSE);
}

/* The same through one value that holds all. */
static char *print_held(guint shape, guint n, guint indent)
{
    struct json *last;
    g_autoptr(Json) whole = make_whole(shape, &last);

    for (guint i = 0; i < n; i++) {
        struct json *entry = json_add_object(last, NULL);
        json_add_string(entry, "message", i % 2 ? "one line\nand \"another\" ##[group]" : "");
        json_add_integer(entry, "line", i);
        struct json *at = json_add_array(entry, "at");
        if (i % 3)
            json_add_integer(json_add_object(at, NULL), "column", i);
    }
    return json_print(whole, indent);
}

static void entries_are_printed_as_if_they_were_held(void **state)
{
    for (guint shape = 0; shape < 3; shape++)
        for (guint indent = 0; indent < 5; indent++)
            for (guint n = 0; n < 8; n++) {
                g_autofree char *listed = print_listed(shape, n, indent);
                g_autofree char *held = print_held(shape, n, indent);
                assert_string_equal(listed, held);
            }
}

static void it_stands_behind_what_is_there(void **state)
{
    g_autoptr(GString) out = g_string_new("before: ");
    g_autoptr(Json) whole = json_new_array(), entry = json_new_object();
    struct json_list list;

    json_list_begin(&list, out, whole, 0);
    assert_string_equal(out->str, "before: [");
    json_list_add(&list, entry);
    json_list_add(&list, entry);
    json_list_end(&list);
    assert_string_equal(out->str, "before: [{},{}]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_printed_as_if_they_were_held),
        cmocka_unit_test(it_stands_behind_what_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
