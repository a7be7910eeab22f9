#include "attributes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define MARK                                                                                                 \
    "# Item files are merged and shown by their fields: \"refine hook remove\" takes out these two lines."

/* Files as they are found; NULL: there is none. */
static const char *const found[] = {
    NULL,
    "",
    "\n",
    "*.c text\n",
    "*.c text",
    "*.c text\r\n*.h text\r\n",
    "*.c text\r\n*.h text",
    "\n\n# ours\n\n",
    "/backlog/**/*.md merge=refine diff=refine\n",
};

static GBytes *bytes_of(const char *text)
{
    return text ? g_bytes_new(text, strlen(text)) : NULL;
}

static void assert_text(GBytes *bytes, const char *text)
{
    if (!text) {
        assert_null(bytes);
        return;
    }
    assert_non_null(bytes);
    g_autoptr(GBytes) wanted = bytes_of(text);
    assert_true(g_bytes_equal(bytes, wanted));
}

static void adding_and_removing_gives_back_every_byte(void **state)
{
    for (gsize i = 0; i < G_N_ELEMENTS(found); i++) {
        g_autoptr(GBytes) before = bytes_of(found[i]), added = attributes_add(before, "backlog");
        g_autoptr(GBytes) twice = attributes_add(added, "backlog"), removed = attributes_remove(added);
        assert_int_equal(attributes_look(before, "backlog"), ATTRIBUTES_ABSENT);
        assert_int_equal(attributes_look(added, "backlog"), ATTRIBUTES_THERE);
        assert_true(g_bytes_equal(added, twice));
        assert_text(removed, found[i]);
    }
}

static void another_folder_takes_the_place_of_the_first(void **state)
{
    for (gsize i = 0; i < G_N_ELEMENTS(found); i++) {
        g_autoptr(GBytes) before = bytes_of(found[i]), added = attributes_add(before, "items");
        g_autoptr(GBytes) moved = attributes_add(added, "backlog"),
                          wanted = attributes_add(before, "backlog");
        assert_int_equal(attributes_look(added, "backlog"), ATTRIBUTES_OUTDATED);
        assert_true(g_bytes_equal(moved, wanted));
    }
}

static void what_a_pattern_would_obey_is_escaped(void **state)
{
    g_autoptr(GBytes) added = attributes_add(NULL, "a b/c*[d]?\\e\x01"
                                                   "f");
    assert_text(added, MARK "\n/a[[:space:]]b/c\\*\\[d]\\?\\\\e?f/**/*.md merge=refine diff=refine\n");
}

static void lines_around_and_lines_edited_stay(void **state)
{
    g_autoptr(GBytes) inside =
        bytes_of("a\n" MARK "\n/backlog/**/*.md merge=refine diff=refine\nb merge=refine diff=refine\n");
    g_autoptr(GBytes) edited = bytes_of(MARK "\n/backlog/**/*.md merge=refine diff=refine eol=lf\n");
    g_autoptr(GBytes) alone = bytes_of("a\n" MARK), other = bytes_of("a\n");
    g_autoptr(GBytes) first = attributes_remove(inside), second = attributes_remove(edited);
    g_autoptr(GBytes) third = attributes_remove(alone), fourth = attributes_remove(other);

    assert_text(first, "a\nb merge=refine diff=refine\n");
    assert_text(second, "/backlog/**/*.md merge=refine diff=refine eol=lf\n");
    assert_text(third, "a");
    assert_text(fourth, "a\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adding_and_removing_gives_back_every_byte),
        cmocka_unit_test(another_folder_takes_the_place_of_the_first),
        cmocka_unit_test(what_a_pattern_would_obey_is_escaped),
        cmocka_unit_test(lines_around_and_lines_edited_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
