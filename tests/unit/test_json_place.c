#include "json.h"
#include "json_place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* "key=value;" for each entry of the text's outermost array or object, and what stands behind the last. */
static char *entries_of(const char *text, gsize length)
{
    GString *out = g_string_new(NULL);
    gsize start = json_place_start(text, length);
    struct json_place place = { 0 };

    while (json_place_step(text, length, start, &place)) {
        assert_true(place.key.start <= place.key.end && place.key.end <= length);
        assert_true(place.value.start <= place.value.end && place.value.end <= length);
        g_string_append_len(out, text + place.key.start, (gssize)span_length(place.key));
        g_string_append(out, span_is_empty(place.key) ? "" : "=");
        g_string_append_len(out, text + place.value.start, (gssize)span_length(place.value));
        g_string_append_c(out, ';');
    }
    assert_true(place.value.start <= length);
    g_string_append(out, place.value.start < length ? "." : "!");
    return g_string_free(out, FALSE);
}

static void check_entries(const char *text, const char *expected)
{
    g_autofree char *seen = entries_of(text, strlen(text));
    assert_string_equal(seen, expected);
}

static void entries_are_stepped_through(void **state)
{
    check_entries("[]", ".");
    check_entries(" \n{ }", ".");
    check_entries("[1, \"a,]\\\"\" ,[2,3] , {\"x\": [4]}\n]", "1;\"a,]\\\"\";[2,3];{\"x\": [4]};.");
    check_entries("\xef\xbb\xbf{\"a\" : 1,\"b:\":\n {\"c\":2}}", "\"a\"=1;\"b:\"={\"c\":2};.");
    check_entries("7", "!");
    check_entries("", "!");
}

static void an_entry_that_is_no_json_ends_where_the_next_begins(void **state)
{
    check_entries("[{\"a\":1,\"a\":1}, nul, , [x y], 2]", "{\"a\":1,\"a\":1};nul;;[x y];2;.");
    check_entries("{\"a\" 1, \"b\": 2}", "\"a\" 1=;\"b\"=2;.");
    check_entries("[1, [2", "1;[2;!");
    check_entries("[1, \"2", "1;\"2;!");
    check_entries("[1, ", "1;;!");
}

static void a_key_is_found_by_what_it_says(void **state)
{
    const char *text = " {\"b\": {\"a\": 1}, \"\\u0061\": 2, \"a\\\\\": 3}";
    gsize length = strlen(text);

    assert_int_equal(json_place_find(text, length, 1, "a"), strstr(text, "2,") - text);
    assert_int_equal(json_place_find(text, length, 1, "a\\"), strstr(text, "3}") - text);
    assert_int_equal(json_place_find(text, length, json_place_find(text, length, 1, "b"), "a"),
                     strstr(text, "1}") - text);
    assert_int_equal(json_place_find(text, length, 1, "none"), 1);
    assert_int_equal(json_place_find("[1]", 3, 0, "none"), 0);
}

static void walking_takes_time_in_proportion_to_the_text(void **state)
{
    g_autofree char *nested = g_strnfill(4 << 20, '[');
    g_autofree char *flat = g_strnfill(4 << 20, ',');
    gint64 start = g_get_monotonic_time();

    g_free(entries_of(nested, 4 << 20));
    flat[0] = '[';
    g_free(entries_of(flat, 4 << 20));
    assert_true(g_get_monotonic_time() - start < 5 * G_USEC_PER_SEC);
}

static void hostile_bytes_only_end_the_walk(void **state)
{
    static const char seed[] = "{\"a\": [1, -2.5e3, \"x\\u00e9\\\\\", true], \"b\": {\"c\": {}}, \"d\":0}";
    g_autoptr(GRand) random = g_rand_new_with_seed(4);

    for (int i = 0; i < 20000; i++) {
        g_autofree char *text = g_memdup2(seed, sizeof seed - 1);
        for (int n = g_rand_int_range(random, 1, 5); n > 0; n--)
            text[g_rand_int_range(random, 0, sizeof seed - 1)] = (char)g_rand_int_range(random, 0, 256);
        g_free(entries_of(text, sizeof seed - 1));
        assert_true(json_place_find(text, sizeof seed - 1, 0, "b") < sizeof seed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_stepped_through),
        cmocka_unit_test(an_entry_that_is_no_json_ends_where_the_next_begins),
        cmocka_unit_test(a_key_is_found_by_what_it_says),
        cmocka_unit_test(walking_takes_time_in_proportion_to_the_text),
        cmocka_unit_test(hostile_bytes_only_end_the_walk),
    };
    return cmocka_run_group_tests_name("json_place", tests, NULL, NULL);
}
