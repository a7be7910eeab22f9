#include "repo_config_edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NAME "merge.refine.name"
#define DRIVER "merge.refine.driver"
#define HEADING "diff.refine.xfuncname"

static const struct config_setting wanted[] = {
    { NAME, "Items" },
    { DRIVER, "refine %P; s=$? \"a\\b\" # no comment" },
    { HEADING, "^(title:.*|#{1,6}[[:space:]].*)$" },
};
static const struct config_setting gone[] = { { NAME, NULL }, { DRIVER, NULL }, { HEADING, NULL } };

static const char *const files[] = {
    "",
    "[core]\n\tbare = false\n",
    "[core]\n\tbare = false",
    "# hi\n[core] bare = false ; here\n  [User]\n\tname = \"Ana\" \\\n[no] header\n",
    "[merge \"other\"]\n\tdriver = x # y\n\n\n[diff]\n",
    "[merge \"refine\"]\n\t# mine\n\trecursive = binary\n[user]\n\tname = Ana\n",
    "[x]\r\n\ty = z\r\n",
};

static GBytes *bytes_of(const char *text)
{
    return g_bytes_new_static(text, strlen(text));
}

static GBytes *edit(GBytes *before, const struct config_setting *settings, gsize n)
{
    g_autoptr(GError) error = NULL;
    GBytes *after = repo_config_edit(before, settings, n, &error);

    if (error)
        fail_msg("%s", error->message);
    return after;
}

static void assert_value(GBytes *bytes, const char *key, const char *value)
{
    g_autofree char *seen = repo_config_edit_value(bytes, key, NULL);

    if (value)
        assert_string_equal(seen, value);
    else
        assert_null(seen);
}

static void what_is_set_is_read_and_what_was_there_stays(void **state)
{
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(GBytes) before = bytes_of(files[i]), after = edit(before, wanted, G_N_ELEMENTS(wanted));
        g_autoptr(GBytes) again = edit(after, wanted, G_N_ELEMENTS(wanted));
        for (gsize j = 0; j < G_N_ELEMENTS(wanted); j++)
            assert_value(after, wanted[j].key, wanted[j].value);
        assert_true(g_bytes_equal(after, again));
    }
}

static void taking_out_gives_back_every_byte(void **state)
{
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(GBytes) before = bytes_of(files[i]), after = edit(before, wanted, G_N_ELEMENTS(wanted));
        g_autoptr(GBytes) back = edit(after, gone, G_N_ELEMENTS(gone));
        assert_true(g_bytes_equal(back, before));
    }
}

static void a_section_that_stands_twice_says_it_once(void **state)
{
    const struct config_setting driver = { DRIVER, "new" }, away = { DRIVER, NULL };
    g_autoptr(GBytes) before = bytes_of("[merge \"refine\"]\n\tdriver = old\n[x]\n\ty = z\n"
                                        "[merge \"refine\"]\n\tdriver = older\n\tdriver = oldest\n");
    g_autoptr(GBytes) removed = edit(before, &away, 1);
    g_autoptr(GBytes) once =
        bytes_of("[merge \"refine\"]\n\tdriver = old\n[x]\n\ty = z\n[merge \"refine\"]\n");
    g_autoptr(GBytes) after = edit(once, &driver, 1);

    assert_value(removed, DRIVER, NULL);
    assert_value(removed, "x.y", "z");
    assert_value(after, DRIVER, "new");
    g_autofree char *text = g_strndup(g_bytes_get_data(after, NULL), g_bytes_get_size(after));
    assert_string_equal(text, "[x]\n\ty = z\n[merge \"refine\"]\n\tdriver = new\n");
}

static void what_somebody_wrote_elsewhere_stays_when_ours_goes(void **state)
{
    static const char *const odd[] = { "[merge \"refine\"] ; theirs\n\tname = old\n",
                                       "[merge \"refine\"] name = old\n",
                                       "[Merge \"refine\"]\n\tname = old\n" };

    for (gsize i = 0; i < G_N_ELEMENTS(odd); i++) {
        g_autoptr(GBytes) before = bytes_of(odd[i]), after = edit(before, wanted, G_N_ELEMENTS(wanted));
        g_autoptr(GBytes) back = edit(after, gone, G_N_ELEMENTS(gone));
        assert_true(g_bytes_equal(back, before));
    }
}

static void what_cannot_be_changed_is_an_error_and_not_a_guess(void **state)
{
    static const char *const odd[] = { "[merge.refine] driver = x\n", "[merge \"refine\"] driver = x\n",
                                       "[merge \"refine\"\n", "[include]\n\tpath = \n[" };

    for (gsize i = 0; i < G_N_ELEMENTS(odd); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) before = bytes_of(odd[i]), after = repo_config_edit(before, gone, 3, &error);
        assert_null(after);
        assert_non_null(error);
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) nul = g_bytes_new_static("[a]\n\0b", 6),
                      after = repo_config_edit(nul, wanted, 3, &error);
    assert_null(after);
    assert_string_equal(error->message, "expected settings, saw a NUL byte");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_set_is_read_and_what_was_there_stays),
        cmocka_unit_test(taking_out_gives_back_every_byte),
        cmocka_unit_test(a_section_that_stands_twice_says_it_once),
        cmocka_unit_test(what_somebody_wrote_elsewhere_stays_when_ours_goes),
        cmocka_unit_test(what_cannot_be_changed_is_an_error_and_not_a_guess),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
