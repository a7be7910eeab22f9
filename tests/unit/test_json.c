#include "json.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct json *parse(const char *text)
{
    GError *error = NULL;
    struct json *json = json_parse(text, strlen(text), &json_default_limits, &error);
    assert_null(error);
    assert_non_null(json);
    return json;
}

static void check_refused(const char *text, const char *message)
{
    g_autoptr(GError) error = NULL;
    assert_null(json_parse(text, strlen(text), &json_default_limits, &error));
    assert_non_null(error);
    assert_string_equal(error->message, message);
}

static void keys_are_printed_in_the_order_added(void **state)
{
    g_autoptr(Json) item = json_new_object();
    json_add_string(item, "title", "Filter search results");
    json_add_string(item, "id", "k7q2m");
    json_add_integer(item, "estimate", 5);
    json_add_null(item, "parent");
    json_add_boolean(item, "ready", FALSE);
    struct json *labels = json_add_array(item, "labels");
    json_add_string(labels, NULL, "search");
    json_add_string(labels, NULL, NULL);
    json_add_real(json_add_object(item, "votes"), "ana", 2.5);
    json_add_string(item, "id", "t2h8k");

    g_autofree char *line = json_print(item, 0);
    assert_string_equal(
        line, "{\"title\":\"Filter search results\",\"id\":\"t2h8k\",\"estimate\":5,\"parent\":null,"
              "\"ready\":false,\"labels\":[\"search\",null],\"votes\":{\"ana\":2.5}}");
    g_autofree char *first = json_print(json_find(item, "votes"), 2);
    assert_string_equal(first, "{\n  \"ana\": 2.5\n}");
}

static void empty_values_are_printed(void **state)
{
    g_autoptr(Json) array = json_new_array();
    g_autofree char *none = json_print(array, 2);
    assert_string_equal(none, "[]");
    json_add_object(array, NULL);
    json_add_string(array, NULL, "");
    g_autofree char *some = json_print(array, 0);
    assert_string_equal(some, "[{},\"\"]");
}

static void numbers_keep_their_value_for_every_reader(void **state)
{
    g_autoptr(Json) array = json_new_array();
    json_add_integer(array, NULL, G_GINT64_CONSTANT(9007199254740991));
    json_add_integer(array, NULL, G_GINT64_CONSTANT(9007199254740992));
    json_add_integer(array, NULL, G_MININT64);
    json_add_real(array, NULL, 0.1);
    json_add_real(array, NULL, 1.0 / 3);
    json_add_real(array, NULL, 3);
    json_add_real(array, NULL, 1e300);
    json_add_real(array, NULL, (double)NAN);
    json_add_real(array, NULL, (double)-INFINITY);
    g_autofree char *text = json_print(array, 0);
    assert_string_equal(text, "[9007199254740991,\"9007199254740992\",\"-9223372036854775808\",0.1,"
                              "0.333333333333333,3.0,1e300,null,null]");
}

static void printed_text_is_safe_in_html_and_logs(void **state)
{
    g_autoptr(Json) array = json_new_array();
    json_add_string(array, NULL, "</script>&amp;");
    json_add_string(array, NULL, "\x1b[31m\x7f\xc2\x9b");
    json_add_string(array, NULL, "\xe2\x80\xa8\xe2\x80\xae\xef\xbb\xbf");
    json_add_string(array, NULL, "###[error] ##vso[x] C# #12");
    json_add_string(array, NULL, "a\n::error::b \"q\" \\ é 日本");
    g_autofree char *text = json_print(array, 0);
    assert_string_equal(text, "[\"\\u003C/script\\u003E\\u0026amp;\",\"\\u001B[31m\\u007F\\u009B\","
                              "\"\\u2028\\u202E\\uFEFF\",\"#\\u0023\\u0023[error] #\\u0023vso[x] C# #12\","
                              "\"a\\n::error::b \\\"q\\\" \\\\ é 日本\"]");
}

static void text_that_is_not_utf8_is_replaced(void **state)
{
    g_autoptr(Json) object = json_new_object();
    json_add_string(object, "k\xff", "caf\xe9 ok");
    json_add_string_len(object, "nul", "a\0b", 3);
    json_add_string_len(object, "both", "a\0\xe9", 3);
    json_add_string_len(object, "cut", "é", 1);
    g_autofree char *text = json_print(object, 0);
    assert_string_equal(text, "{\"k\xef\xbf\xbd\":\"caf\xef\xbf\xbd ok\",\"nul\":\"a\\u0000b\","
                              "\"both\":\"a\xef\xbf\xbd\xef\xbf\xbd\",\"cut\":\"\xef\xbf\xbd\"}");
}

static void any_text_is_read_back_as_it_was(void **state)
{
    static const char *const fragments[] = {
        "<",
        ">",
        "&",
        "#",
        "##",
        "[",
        "\\",
        "\"",
        "\\u0041",
        "/",
        "\n",
        "\x01",
        "\x1f",
        "\x7f",
        "\xc2\x80",
        "é",
        "\xe2\x80\xa8",
        "\xef\xbb\xbf",
        "\xf0\x9f\x9a\x80",
        "\xef\xbf\xbf",
        "\xf4\x8f\xbf\xbf",
        "title",
        " ",
    };
    g_autoptr(GRand) random = g_rand_new_with_seed(8259);

    for (int i = 0; i < 50000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (int n = g_rand_int_range(random, 0, 10); n > 0; n--)
            g_string_append(text, fragments[g_rand_int_range(random, 0, G_N_ELEMENTS(fragments))]);
        g_autoptr(Json) object = json_new_object();
        json_add_string(object, text->str, text->str);
        g_autofree char *printed = json_print(object, g_rand_int_range(random, 0, 5));
        assert_null(strpbrk(printed, "<>&\x7f\x01\x1f"));
        assert_null(strstr(printed, "##"));
        g_autoptr(Json) again = parse(printed);
        assert_string_equal(json_as_string(json_find(again, text->str)), text->str);
        assert_int_equal(json_count(again), 1);
    }
}

static void values_are_found_by_key_and_index(void **state)
{
    g_autoptr(Json) export =
        parse("\xef\xbb\xbf{\"issues\": [{\"key\": \"BACK-37\", \"points\": 5.0, \"rank\": 2.5},"
              " {\"key\": null, \"done\": true, \"votes\": -3}]}");
    const struct json *issues = json_find(export, "issues"), *first = json_at(issues, 0),
                      *second = json_at(issues, 1);
    gint64 whole = 99;
    double real = 99;
    gboolean done = FALSE;

    assert_int_equal(json_kind(export), JSON_KIND_OBJECT);
    assert_int_equal(json_count(issues), 2);
    assert_string_equal(json_as_string(json_find(first, "key")), "BACK-37");
    assert_true(json_as_integer(json_find(first, "points"), &whole));
    assert_int_equal(whole, 5);
    assert_false(json_as_integer(json_find(first, "rank"), &whole));
    assert_int_equal(whole, 5);
    assert_true(json_as_real(json_find(first, "rank"), &real));
    assert_true(real == 2.5);
    assert_int_equal(json_kind(json_find(second, "key")), JSON_KIND_NULL);
    assert_non_null(json_find(second, "key"));
    assert_true(json_as_boolean(json_find(second, "done"), &done));
    assert_true(done);
    assert_true(json_as_real(json_find(second, "votes"), &real));
    assert_true(real == -3);
}

static void what_is_not_there_is_null_all_the_way(void **state)
{
    g_autoptr(Json) export = parse("{\"fields\": \"none\"}");
    const struct json *name = json_find(json_find(json_find(export, "fields"), "status"), "name");
    gint64 whole;
    double real;
    gboolean truth;

    assert_null(name);
    assert_null(json_at(export, 0));
    assert_null(json_at(json_find(export, "fields"), 0));
    assert_null(json_as_string(name));
    assert_int_equal(json_count(name), 0);
    assert_int_equal(json_kind(name), JSON_KIND_NULL);
    assert_false(json_as_integer(name, &whole) || json_as_real(name, &real) || json_as_boolean(name, &truth));
    const char *key = NULL;
    const struct json *value;
    assert_false(json_next(name, &key, &value));
}

static void objects_are_stepped_in_order(void **state)
{
    static const char *const keys[] = { "z", "a", "", "é" };
    g_autoptr(Json) object = parse("{\"z\": 1, \"a\": 2, \"\": 3, \"é\": [4]}");
    const struct json *value;
    guint seen = 0;

    for (const char *key = NULL; json_next(object, &key, &value); seen++)
        assert_string_equal(key, keys[seen]);
    assert_int_equal(seen, 4);
    assert_int_equal(json_kind(value), JSON_KIND_ARRAY);
}

static void every_kind_has_a_name(void **state)
{
    static const char *const names[] = { "null",          "a boolean", "a boolean", "an integer",
                                         "a real number", "a string",  "an array",  "an object" };
    g_autoptr(Json) array = parse("[null, true, false, 1, 1.5, \"x\", [], {}]");
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        assert_string_equal(json_kind_name(json_kind(json_at(array, i))), names[i]);
    g_autoptr(Json) alone = parse(" \"x\" ");
    assert_int_equal(json_kind(alone), JSON_KIND_STRING);
}

static void syntax_errors_say_where(void **state)
{
    check_refused("{\"a\": 1,\n \"b\" 2}", "2:6: ':' expected near '2'");
    check_refused("{\"é\": \"日本\" x}", "1:12: '}' expected near 'x'");
    check_refused("", "1:1: unexpected token near end of file");
    check_refused("[1] x", "1:5: end of file expected near 'x'");
    check_refused("{\"id\": 1, \"id\": 2}", "1:14: duplicate object key near '\"id\"'");
    check_refused("[\"\\u0000\"]", "1:9: U+0000 is not allowed in a string");
    check_refused("{\"\\u0000\": 1}", "1:9: U+0000 is not allowed in a string");
    check_refused("[\"\\x\x1b\"]", "1:4: invalid escape near '\"\\x'");
}

static void text_outside_rfc_8259_is_refused(void **state)
{
    static const char *const texts[] = {
        "[1,]",
        "{\"a\":1,}",
        "[NaN]",
        "[Infinity]",
        "[01]",
        "[+1]",
        "[.5]",
        "[1.]",
        "[-]",
        "['a']",
        "{a: 1}",
        "[1 2]",
        "// x\n[]",
        "[\"a\tb\"]",
        "[\"a\nb\"]",
        "[\"\xff\"]",
        "[\"\xed\xa0\x80\"]",
        "[\"\\ud800\"]",
        "[\"\\ud800\\u0041\"]",
        "[1e400]",
        "[9223372036854775808]",
        "[",
        "]",
        "{\"a\"",
        "[\"a",
        "[\"a\\",
        "\f[]",
        "nul",
        "[\xc2\xa0]",
        "[]\xef\xbb\xbf",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(json_parse(texts[i], strlen(texts[i]), &json_default_limits, &error));
        assert_true(g_ascii_isdigit(error->message[0]));
        assert_true(g_utf8_validate(error->message, -1, NULL));
        assert_null(strpbrk(error->message, "\n\t\f\x1b"));
    }
    g_autoptr(GError) error = NULL;
    assert_null(json_parse("[]\0", 3, &json_default_limits, &error));
}

static void depth_and_size_are_limited(void **state)
{
    const struct json_limits limits = { .bytes = 40, .depth = 3 };
    g_autoptr(GError) error = NULL;

    g_autoptr(Json) deep = json_parse("[[[\"[[[\\\"[[\"]],[[1]]]", 21, &limits, &error);
    assert_non_null(deep);
    assert_null(json_parse("[[],\n [[[1]]]]", 14, &limits, &error));
    assert_string_equal(error->message, "2:4: expected at most 3 arrays and objects in each other");
    g_clear_error(&error);
    assert_null(json_parse("[\"12345678901234567890123456789012345678\"]", 42, &limits, &error));
    assert_string_equal(error->message, "1:1: expected at most 40 bytes of JSON, found 42");

    g_autofree char *bomb = g_strnfill(1 << 20, '[');
    gint64 start = g_get_monotonic_time();
    check_refused(bomb, "1:65: expected at most 64 arrays and objects in each other");
    assert_true(g_get_monotonic_time() - start < G_USEC_PER_SEC / 10);
}

static void hostile_bytes_never_crash_the_reader(void **state)
{
    const char seed[] = "{\"a\": [1, -2.5e3, \"x\\u00e9\\\\\", true, null, {\"b\": {}}]}";
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    for (int i = 0; i < 100000; i++) {
        char text[sizeof seed];
        memcpy(text, seed, sizeof seed);
        for (int n = g_rand_int_range(random, 1, 4); n > 0; n--)
            text[g_rand_int_range(random, 0, sizeof seed - 1)] = (char)g_rand_int_range(random, 0, 256);
        g_autoptr(GError) error = NULL;
        g_autoptr(Json) json = json_parse(text, sizeof seed - 1, &json_default_limits, &error);
        assert_true((json == NULL) == (error != NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_printed_in_the_order_added),
        cmocka_unit_test(empty_values_are_printed),
        cmocka_unit_test(numbers_keep_their_value_for_every_reader),
        cmocka_unit_test(printed_text_is_safe_in_html_and_logs),
        cmocka_unit_test(text_that_is_not_utf8_is_replaced),
        cmocka_unit_test(any_text_is_read_back_as_it_was),
        cmocka_unit_test(values_are_found_by_key_and_index),
        cmocka_unit_test(what_is_not_there_is_null_all_the_way),
        cmocka_unit_test(objects_are_stepped_in_order),
        cmocka_unit_test(every_kind_has_a_name),
        cmocka_unit_test(syntax_errors_say_where),
        cmocka_unit_test(text_outside_rfc_8259_is_refused),
        cmocka_unit_test(depth_and_size_are_limited),
        cmocka_unit_test(hostile_bytes_never_crash_the_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
