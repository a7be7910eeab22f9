#include "fixture.h"
#include "import_stories.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct import *read_stories(struct fixture *fixture, const char *text)
{
    g_autofree char *path = fixture_path(fixture, "wishes.txt");
    g_autoptr(GError) error = NULL;

    fixture_write(fixture, "wishes.txt", text);
    if (!fixture->policy)
        fixture_policy(fixture, NULL);
    struct import *import = import_stories_read(fixture->policy, path, NULL, &error);
    if (!import)
        fail_msg("%s", error->message);
    return import;
}

static const struct import_item *item_at(const struct import *import, guint i)
{
    assert_true(i < import->items->len);
    return import->items->pdata[i];
}

static void check_title(const char *story, const char *title)
{
    g_autofree char *seen = import_stories_title(story);
    assert_string_equal(seen, title);
}

/* -- titles -- */

static void the_wish_is_the_title(void **state)
{
    check_title("As a reader, I want to renew a loan, so that I pay no fine.", "Renew a loan");
    check_title("As an owner, I want a list of overdue books.", "A list of overdue books");
    check_title("as the Clerk , i want", "as the Clerk , i want");
    check_title("As a reader, I want  to see it, So that I know.", "See it");
    check_title("As a reader, I want my card back, so I can borrow again.", "My card back");
    check_title("As a reader, I want to pay, in order to borrow.", "Pay");
    check_title("As a reader I want to sort so that I find it", "Sort");
    check_title("As a reader, I want to say \"so that's it\"", "Say \"so that's it\"");
    check_title("As a reader, I want öl", "Öl");
}

static void a_line_of_another_shape_is_its_own_title(void **state)
{
    check_title("Renew a loan, please.", "Renew a loan, please");
    check_title("As a reader, renewing is a pain", "As a reader, renewing is a pain");
    check_title("TALKIWANT to be", "TALKIWANT to be");
    check_title("...", "...");
}

static void a_title_is_cut_after_a_word_at_80_columns(void **state)
{
    check_title("As a reader, I want aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa "
                "aaaaaaaaaa, b",
                "Aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa");
    check_title("As a reader, I want aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa "
                "aaaaaaaaa, b",
                "Aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa");
}

static void a_word_that_never_ends_is_cut(void **state)
{
    g_autofree char *word = g_strnfill(5000, 'a');
    g_autofree char *title = import_stories_title(word);
    assert_int_equal(g_utf8_strlen(title, -1), 80);

    /* One column and 4,000 bytes of marks. */
    g_autoptr(GString) marks = g_string_new("a");
    for (int i = 0; i < 2000; i++)
        g_string_append(marks, "\xcc\x81");
    g_autofree char *short_title = import_stories_title(marks->str);
    assert_true(strlen(short_title) <= IMPORT_LONGEST);
    assert_true(g_utf8_validate(short_title, -1, NULL));
}

/* -- lines -- */

static void each_line_is_a_story(void **state)
{
    g_autoptr(Import) import = read_stories(*state, "\xef\xbb\xbf"
                                                    "As a reader, I want light.\r\n\n  \t\r\n"
                                                    "As a clerk, I want keys.  \nNo end");
    assert_int_equal(import->items->len, 3);
    assert_int_equal(import->findings->len, 0);
    assert_string_equal(item_at(import, 0)->title, "Light");
    assert_string_equal(item_at(import, 0)->type, "story");
    assert_string_equal(item_at(import, 0)->body,
                        "\n## Story\n\nAs a reader, I want light.\n\n## Acceptance criteria\n");
    assert_string_equal(item_at(import, 1)->body,
                        "\n## Story\n\nAs a clerk, I want keys.\n\n## Acceptance criteria\n");
    assert_string_equal(item_at(import, 2)->title, "No end");
    assert_int_equal(item_at(import, 2)->place, 2);
}

static void the_source_is_the_file_and_the_digest_of_the_line(void **state)
{
    g_autoptr(Import) import = read_stories(*state, "As a reader, I want light.\n");
    /* printf 'As a reader, I want light.' | sha256sum */
    assert_string_equal(item_at(import, 0)->source, "wishes.txt#d5a3b9d0");
}

static void a_line_that_repeats_another_is_left_out(void **state)
{
    g_autoptr(Import) import =
        read_stories(*state, "I want light.\nI want keys.\nI want light. \r\n\n I want light.");
    const struct import_item *first = item_at(import, 0);

    assert_int_equal(import->items->len, 2);
    assert_int_equal(import->left_out, 2);
    assert_int_equal(first->remarks->len, 2);
    const struct finding *remark = first->remarks->pdata[1];
    assert_int_equal(remark->severity, SEVERITY_WARNING);
    assert_int_equal(remark->at.line, 5);
    assert_true(g_str_has_suffix(remark->path, "wishes.txt"));
    assert_true(fixture_says(remark->message, "repeats line 1"));
}

static void a_line_that_is_not_utf8_is_refused_with_its_place(void **state)
{
    g_autoptr(Import) import =
        read_stories(*state, "I want light.\nI want \xc3\xb6l and caf\xe9.\nI want keys.\n");
    assert_int_equal(import->items->len, 2);
    assert_int_equal(import->refused, 1);
    const struct finding *finding = import->findings->pdata[0];
    assert_int_equal(finding->severity, SEVERITY_ERROR);
    assert_int_equal(finding->at.line, 2);
    assert_int_equal(finding->at.column, 18);
    assert_true(fixture_says(finding->message, "0xe9"));
    assert_true(g_str_has_suffix(finding->path, "wishes.txt"));
}

static void markdown_at_the_start_of_a_line_is_text(void **state)
{
    static const char *const lines[][2] = {
        { "# 5 first", "\\# 5 first" },
        { "```", "\\```" },
        { "- I want it", "\\- I want it" },
        { "12. I want it", "12\\. I want it" },
        { "<!-- I want it", "\\<!-- I want it" },
        { "12 books", "12 books" },
        { "    code", "code" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autoptr(Import) import = read_stories(*state, lines[i][0]);
        g_autofree char *body = g_strdup_printf("\n## Story\n\n%s\n\n## Acceptance criteria\n", lines[i][1]);
        assert_string_equal(item_at(import, 0)->body, body);
        g_autoptr(Markdown) outline = markdown_parse(body, strlen(body), 0, NULL);
        assert_int_equal(outline->sections->len, 2);
        assert_int_equal(outline->items->len, 0);
        assert_int_equal(outline->fences->len, 0);
    }
}

static void the_policy_names_section_and_type(void **state)
{
    fixture_policy(*state, "types: [work, task]\nsections:\n  story: [Wish]\n  criteria: [Done when]\n");
    g_autoptr(Import) import = read_stories(*state, "As a reader, I want light.\n");
    assert_string_equal(item_at(import, 0)->type, "task");
    assert_string_equal(item_at(import, 0)->body,
                        "\n## Wish\n\nAs a reader, I want light.\n\n## Done when\n");
}

static void a_file_that_cannot_be_read_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    const struct policy *policy = fixture_policy(fixture, NULL);
    g_autofree char *absent = fixture_path(fixture, "none.txt"), *link = fixture_path(fixture, "link.txt");
    g_autoptr(GError) error = NULL, other = NULL;

    assert_null(import_stories_read(policy, absent, NULL, &error));
    assert_true(fixture_says(error->message, "none.txt: "));
    fixture_write(fixture, "wishes.txt", "I want light.\n");
    fixture_link(fixture, "wishes.txt", "link.txt");
    assert_null(import_stories_read(policy, link, NULL, &other));
    assert_true(fixture_says(other->message, "symbolic link"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_wish_is_the_title),
        cmocka_unit_test(a_line_of_another_shape_is_its_own_title),
        cmocka_unit_test(a_title_is_cut_after_a_word_at_80_columns),
        cmocka_unit_test(a_word_that_never_ends_is_cut),
        TEST(each_line_is_a_story),
        TEST(the_source_is_the_file_and_the_digest_of_the_line),
        TEST(a_line_that_repeats_another_is_left_out),
        TEST(a_line_that_is_not_utf8_is_refused_with_its_place),
        TEST(markdown_at_the_start_of_a_line_is_text),
        TEST(the_policy_names_section_and_type),
        TEST(a_file_that_cannot_be_read_is_an_error),
    };
    return cmocka_run_group_tests_name("import_stories", tests, NULL, NULL);
}
