/* Remarks: how a line of somebody is written, read back, and put under Decisions. */
#include "remark.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const team = "team:\n"
                                "  - name: Ana Silva\n"
                                "    handle: ana\n"
                                "    email: [ana@example.com]\n"
                                "  - name: 'Chen, Bo'\n"
                                "    handle: bo\n"
                                "    email: bo@example.com\n"
                                "  - handle: cy\n";

static int set_up(void **state)
{
    g_setenv("REFINE_NOW", "2026-11-21T09:00:00Z", TRUE);
    return fixture_setup(state);
}

static void people_of_the_team_go_by_its_name_for_them(void **state)
{
    const struct policy *policy = fixture_policy(*state, team);
    static const char *const cases[][2] = {
        { "ana", "Ana Silva" },
        { "@ana", "Ana Silva" },
        { "ANA@example.com", "Ana Silva" },
        { "cy", "cy" },
        { "Dee Doe <dee@example.com>", "Dee Doe" },
        { "Dee  Doe", "Dee Doe" },
        { "Doe: Dee", "Doe Dee" },
        /* A comma would make two people of one. */
        { "bo", "bo" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = remark_name(policy, cases[i][0]);
        assert_string_equal(name, cases[i][1]);
    }
}

static void names_are_the_users_and_those_of_the_others_once_each(void **state)
{
    struct fixture *fixture = *state;
    const struct policy *policy = fixture_policy(fixture, team);
    const char *const with[] = { "bo", "ana@example.com", "Dee Doe <dee@example.com>", NULL };
    g_autoptr(GError) error = NULL;

    fixture_git(fixture, "init", "-q", NULL);
    fixture_git(fixture, "config", "refine.me", "ana", NULL);
    g_autofree char *names = remark_names(policy, with, &error);
    assert_null(error);
    assert_string_equal(names, "Ana Silva, bo, Dee Doe");
    assert_null(remark_names(policy, (const char *const[]){ "eve", NULL }, &error));
    assert_true(fixture_says(error->message, "nobody in the team is eve"));
}

static void what_is_written_is_read_back(void **state)
{
    static const struct {
        const char *text;
        const char *rejected[3];
        const char *line;
    } cases[] = {
        { "category is single choice", { 0 }, "2026-11-21 Ana, Bo: category is single choice" },
        { "one category",
          { "several (nobody asks)" },
          "2026-11-21 Ana, Bo: one category. Rejected: several (nobody asks)." },
        { "Really?", { "a (b)", "c: d (e)" }, "2026-11-21 Ana, Bo: Really? Rejected: a (b); c: d (e)." },
        { "two\nlines\t of\r\n it \x1b[1m", { 0 }, "2026-11-21 Ana, Bo: two lines of it [1m" },
        { "the word Rejected: is no list", { 0 }, "2026-11-21 Ana, Bo: the word Rejected: is no list" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct remark remark = { 0 };
        g_autofree char *line = remark_print("Ana, Bo", cases[i].text, cases[i].rejected);
        assert_string_equal(line, cases[i].line);
        assert_true(remark_parse(line, &remark));
        assert_string_equal(remark.day, "2026-11-21");
        assert_int_equal(g_strv_length(remark.names), 2);
        assert_string_equal(remark.names[1], "Bo");
        assert_int_equal(g_strv_length(remark.rejected), g_strv_length((char **)cases[i].rejected));
        for (gsize j = 0; remark.rejected[j]; j++)
            assert_string_equal(remark.rejected[j], cases[i].rejected[j]);
        remark_clear(&remark);
    }
}

static void a_line_of_another_form_is_no_remark(void **state)
{
    static const char *const lines[] = { "",
                                         "2026-11-21",
                                         "2026-11-21 ",
                                         "2026-11-21 : nobody",
                                         "2026-11-21 no colon",
                                         "2026-02-30 Ana: no such day",
                                         "21.11.2026 Ana: another form",
                                         "Ana: no day",
                                         "2026-11-21Ana: no space" };
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        struct remark remark = { 0 };
        assert_false(remark_parse(lines[i], &remark));
        assert_null(remark.day);
    }
}

static void check_decided(struct fixture *fixture, const char *before, const char *after)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strdup_printf("---\ntitle: A\nid: k7q2m\n---\n%s", before);
    g_autofree char *wanted = g_strdup_printf("---\ntitle: A\nid: k7q2m\n---\n%s", after);

    fixture_write(fixture, "backlog/k7q2m.md", text);
    struct backlog *backlog = fixture_backlog(fixture);
    g_autoptr(Draft) draft = draft_open(backlog, fixture_entry(fixture, "backlog/k7q2m.md"), &error);
    assert_null(error);
    assert_true(remark_decide(draft, "Ana", "*yes* [ ] it is", NULL, &error));
    assert_null(error);
    GBytes *bytes = draft_result(draft);
    g_autofree char *seen = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    assert_string_equal(seen, wanted);
}

static void a_decision_goes_behind_the_others(void **state)
{
    static const char *const line = "- 2026-11-21 Ana: *yes* [ ] it is";
    g_autofree char *made = g_strdup_printf("\nText\n\n## Decisions\n\n%s\n", line);
    g_autofree char *second =
        g_strdup_printf("\n## Decisions\n\n- 2026-11-20 Bo: no\n%s\n\n## Feedback\n\nx\n", line);
    g_autofree char *last = g_strdup_printf("\n### decisions\n\n- 2026-11-20 Bo: no\n%s\n", line);

    check_decided(*state, "\nText\n", made);
    check_decided(*state, "\n## Decisions\n\n- 2026-11-20 Bo: no\n\n## Feedback\n\nx\n", second);
    check_decided(*state, "\n### decisions\n\n- 2026-11-20 Bo: no\n", last);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(people_of_the_team_go_by_its_name_for_them, set_up, fixture_teardown),
        cmocka_unit_test_setup_teardown(names_are_the_users_and_those_of_the_others_once_each, set_up,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(what_is_written_is_read_back, set_up, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_line_of_another_form_is_no_remark, set_up, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_decision_goes_behind_the_others, set_up, fixture_teardown),
    };
    return cmocka_run_group_tests_name("core / remark", tests, NULL, NULL);
}
