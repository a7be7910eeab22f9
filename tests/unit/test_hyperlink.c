#include "hyperlink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void check(const char *address, const char *expected)
{
    g_autofree char *url = hyperlink_url(address);
    if (expected)
        assert_string_equal(url, expected);
    else
        assert_null(url);
}

static void what_a_browser_opens_is_taken(void **state)
{
    check("https://example.com/tills?id=7&x=[1]#top", "https://example.com/tills?id=7&x=[1]#top");
    check("HTTP://example.com", "HTTP://example.com");
    check("mailto:ana@example.com", "mailto:ana@example.com");
    check("https://example.com/Größe/日", "https://example.com/Gr%C3%B6%C3%9Fe/%E6%97%A5");
}

static void what_could_run_a_program_is_not(void **state)
{
    static const char *const others[] = { "file:///etc/passwd",
                                          "javascript:alert(1)",
                                          "vscode://open",
                                          "ssh://till",
                                          "docs/vision.md",
                                          "#top",
                                          "",
                                          "http:",
                                          "//example.com" };
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        check(others[i], NULL);
}

static void no_byte_can_end_the_link_early(void **state)
{
    check("https://example.com/\x1b\\", NULL);
    check("https://example.com/\a", NULL);
    check("https://example.com/a b", NULL);
    check("https://example.com/\"<>", NULL);
    check("https://example.com/\xc2\x9c", "https://example.com/%C2%9C");
    check("https://example.com/\xff", "https://example.com/%FF");
}

static void a_link_is_as_long_as_terminals_open(void **state)
{
    g_autofree char *many = g_strnfill(2083 - 8, 'a');
    g_autofree char *longest = g_strconcat("https://", many, NULL),
                    *longer = g_strconcat("https://a", many, NULL);
    check(longest, longest);
    check(longer, NULL);
}

static void a_link_stands_around_its_text(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);
    hyperlink_open(out, "https://example.com");
    g_string_append(out, "shop");
    hyperlink_close(out);
    assert_string_equal(out->str, "\x1b]8;;https://example.com\x1b\\shop\x1b]8;;\x1b\\");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_browser_opens_is_taken),
        cmocka_unit_test(what_could_run_a_program_is_not),
        cmocka_unit_test(no_byte_can_end_the_link_early),
        cmocka_unit_test(a_link_is_as_long_as_terminals_open),
        cmocka_unit_test(a_link_stands_around_its_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
