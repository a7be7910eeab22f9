/* Items that are dropped for another, and what that takes over. */
#include "duplicate.h"

#include "fixture.h"
#include "remark.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void write_item(struct fixture *fixture, const char *id, const char *head, const char *body)
{
    g_autofree char *path = g_strdup_printf("backlog/%s.md", id);
    g_autofree char *text = g_strdup_printf("---\ntitle: About %s\nid: %s\n%s---\n%s", id, id, head, body);
    fixture_write(fixture, path, text);
}

static int setup(void **state)
{
    fixture_setup(state);
    write_item(*state, "k7q2m", "status: refining\n",
               "\n## Acceptance criteria\n\n- [ ] The list shows within 500 ms\n- [x] It names the clerk\n");
    write_item(*state, "t2h8k", "status: new\nparent: c4x9d\n",
               "\n## Acceptance criteria\n\n- [ ] THE LIST shows within 500 ms\n- [x] It works on Sundays\n"
               "\n## Open questions\n\n- [ ] @bo Is it cached?\n- [x] @ana May it wait?\n");
    write_item(*state, "c4x9d", "status: new\n", "");
    return 0;
}

/* The marking of the items that words, with a space between, name. */
static struct duplicates *mark(struct backlog *backlog, const char *words, const char *original,
                               const struct duplicate_options *options, GError **error)
{
    g_auto(GStrv) ids = g_strsplit(words, " ", -1);
    g_autoptr(GPtrArray) entries = g_ptr_array_new();

    for (gsize i = 0; ids[i]; i++)
        g_ptr_array_add(entries, (gpointer)backlog_find(backlog, ids[i], NULL));
    return duplicate_mark(backlog, entries, backlog_find(backlog, original, NULL), options, error);
}

static const struct duplicate_options nothing = { .names = "Ana Silva" };
static const struct duplicate_options all = { .names = "Ana Silva", .take = { TRUE, TRUE } };

static struct duplicates *mark_well(struct backlog *backlog, const char *words, const char *original,
                                    const struct duplicate_options *options)
{
    g_autoptr(GError) error = NULL;
    struct duplicates *duplicates = mark(backlog, words, original, options, &error);
    if (!duplicates)
        fail_msg("%s", error->message);
    return duplicates;
}

static void check_refused(struct fixture *fixture, const char *words, const char *original, const char *says)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Duplicates) duplicates = mark(fixture_backlog(fixture), words, original, &all, &error);
    assert_null(duplicates);
    assert_true(fixture_says(error->message, says));
}

/* What became of an item; NULL where it is none of the drafts. */
static char *text_of(const struct duplicates *duplicates, const char *id)
{
    for (guint i = 0; i < duplicates->drafts->len; i++) {
        const struct draft *draft = duplicates->drafts->pdata[i];
        GBytes *bytes = edit_bytes(draft->edit);
        if (g_strcmp0(draft->id, id) == 0)
            return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    }
    return NULL;
}

static void check_has(const struct duplicates *duplicates, const char *id, const char *text)
{
    g_autofree char *seen = text_of(duplicates, id);
    assert_non_null(seen);
    assert_true(fixture_says(seen, text));
}

/* "criteria 2 It works on Sundays", a line each; "~ OTHER" behind one that is like it, "+" for taken. */
static void check_gaps(const struct duplicates *duplicates, const char *expected)
{
    g_autoptr(GString) seen = g_string_new(NULL);
    for (guint i = 0; i < duplicates->gaps->len; i++) {
        const struct duplicate_gap *gap = duplicates->gaps->pdata[i];
        g_string_append_printf(seen, "%s%s %u %s%s%s\n", gap->taken ? "+" : "",
                               duplicate_part_names()[gap->part], gap->number, gap->text,
                               gap->like ? " ~ " : "", gap->like ? gap->like : "");
    }
    assert_string_equal(seen->str, expected);
}

/* -- dropping -- */

static void a_duplicate_is_dropped_and_says_why(void **state)
{
    const struct duplicate_options why = { .names = "Ana Silva, Bo", .reason = "the same\n\nlist" };
    g_autoptr(Duplicates) duplicates = mark_well(fixture_backlog(*state), "t2h8k", "k7q2m", &why);

    assert_int_equal(duplicates->drafts->len, 1);
    check_has(duplicates, "t2h8k", "status: dropped\nparent: c4x9d\nduplicate-of: k7q2m\n---\n");
    check_has(duplicates, "t2h8k", "- [x] It works on Sundays\n");
    check_has(duplicates, "t2h8k", " Ana Silva, Bo: duplicate of k7q2m: the same list\n");
}

static void what_is_so_already_stays(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "d5f6g", "status: dropped\nduplicate-of: t2h8k\n", "");
    write_item(fixture, "t2h8k", "status: dropped\nduplicate-of: k7q2m\n", "");
    g_autoptr(Duplicates) duplicates = mark_well(fixture_backlog(fixture), "d5f6g t2h8k", "k7q2m", &nothing);

    assert_int_equal(duplicates->drafts->len, 2);
    for (guint i = 0; i < duplicates->drafts->len; i++)
        assert_false(draft_is_changed(duplicates->drafts->pdata[i]));
}

static void parts_go_to_the_original(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "d5f6g", "status: released\nparent: c4x9d\n", "");
    write_item(fixture, "f6g7h", "status: dropped\nparent: c4x9d\n", "");
    write_item(fixture, "g7h8j", "status: new\n", "");
    g_autoptr(Duplicates) duplicates = mark_well(fixture_backlog(fixture), "c4x9d t2h8k", "g7h8j", &nothing);

    check_has(duplicates, "d5f6g", "parent: g7h8j\n");
    check_has(duplicates, "t2h8k", "parent: c4x9d\n"); /* dropped itself */
    assert_null(text_of(duplicates, "f6g7h"));
    assert_int_equal(duplicates->drafts->len, 3);
}

static void what_would_lead_back_is_refused(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "d5f6g", "status: done\n", "");
    write_item(fixture, "f6g7h", "status: split\n", "");
    write_item(fixture, "g7h8j", "status: new\ndepends: [h8j9k]\n", "");
    write_item(fixture, "h8j9k", "status: new\ndepends: [k7q2m]\nparent: f6g7h\n", "");
    check_refused(fixture, "k7q2m", "k7q2m", "k7q2m cannot be a duplicate of itself");
    check_refused(fixture, "t2h8k d5f6g", "k7q2m", "d5f6g is done, which no duplicate is");
    check_refused(fixture, "f6g7h", "k7q2m", "f6g7h is split, so its children carry the work");
    check_refused(fixture, "c4x9d", "t2h8k", "t2h8k is a part of c4x9d");
    check_refused(fixture, "k7q2m", "g7h8j",
                  "k7q2m (About k7q2m) -> g7h8j (About g7h8j) -> h8j9k (About h8j9k) -> k7q2m; "
                  "first refine depend h8j9k --off k7q2m");
    check_refused(fixture, "k7q2m", "f6g7h", "k7q2m cannot be a duplicate of f6g7h, which depends on it");
    check_refused(fixture, "t2h8k", "d5f6g", "d5f6g is done, so it takes no criteria or questions");
    fixture_write(fixture, "backlog/idea.md", "---\ntitle: Idea\n---\n");
    g_autofree char *path = fixture_path(fixture, "backlog/idea.md");
    check_refused(fixture, "t2h8k", path, "has no id yet");
}

/* -- what the original lacks -- */

static void what_the_original_lacks_is_told(void **state)
{
    g_autoptr(Duplicates) duplicates = mark_well(fixture_backlog(*state), "t2h8k", "k7q2m", &nothing);
    check_gaps(duplicates, "criteria 2 It works on Sundays\nquestions 1 @bo Is it cached?\n");
}

static void one_criterion_is_like_one_alone(void **state)
{
    struct fixture *fixture = *state;
    write_item(
        fixture, "t2h8k", "status: new\n",
        "\n## Acceptance criteria\n\n- The list shows within 200 ms\n- The list shows within 300 ms\n"
        "- It names the clerk\n-\n- It names the clerk\n- The list shows within 500 ms\n  - on paper\n");
    g_autoptr(Duplicates) duplicates = mark_well(fixture_backlog(fixture), "t2h8k", "k7q2m", &nothing);
    check_gaps(duplicates, "criteria 1 The list shows within 200 ms ~ The list shows within 500 ms\n"
                           "criteria 2 The list shows within 300 ms\ncriteria 5 It names the clerk\n"
                           "criteria 6 The list shows within 500 ms\n");
}

static void a_question_that_is_asked_is_not_lacking(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "k7q2m", "status: new\n",
               "\n## Open questions\n\n- [x] @ana is it cached?\n  - 2026-11-20 Ana: no\n");
    g_autoptr(Duplicates) duplicates = mark_well(fixture_backlog(fixture), "t2h8k", "k7q2m", &all);
    check_gaps(duplicates, "+criteria 1 THE LIST shows within 500 ms\n+criteria 2 It works on Sundays\n");
}

static void what_two_duplicates_bring_is_taken_once(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "d5f6g", "status: new\n",
               "\n## Acceptance criteria\n\n- it works on SUNDAYS\n\n## Open questions\n\n- Is it cached?\n");
    g_autoptr(Duplicates) duplicates = mark_well(fixture_backlog(fixture), "t2h8k d5f6g", "k7q2m", &all);
    check_gaps(duplicates, "+criteria 2 It works on Sundays\n+questions 1 @bo Is it cached?\n");
    check_has(duplicates, "k7q2m", "- [x] It names the clerk\n- [ ] It works on Sundays\n");
    check_has(duplicates, "k7q2m", "\n## Open questions\n\n- [ ] @bo Is it cached?\n");
}

static void what_is_nested_comes_along(void **state)
{
    struct fixture *fixture = *state;
    write_item(
        fixture, "t2h8k", "status: new\n",
        "\n## Acceptance criteria\n\n 7. [x] Days are those\n    of the shop\n\n    - in Lindau\n\n"
        "    As it is.\n 8. - only nested\n\n## Open questions\n\n* @bo Is it cached?\n\n  ```\n  why\n"
        "  ```\n");
    g_autoptr(Duplicates) duplicates = mark_well(fixture_backlog(fixture), "t2h8k", "k7q2m", &all);
    check_has(duplicates, "k7q2m",
              "- [ ] Days are those\n   of the shop\n\n   - in Lindau\n\n   As it is.\n");
    check_has(duplicates, "k7q2m", "- [ ] @bo Is it cached?\n\n  ```\n  why\n  ```\n");
    check_gaps(duplicates, "+criteria 1 Days are those of the shop\n+criteria 2 \n+questions 1 @bo Is it "
                           "cached?\n");
}

static void a_scenario_brings_its_background(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "t2h8k", "status: new\n",
               "\n## Acceptance criteria\n\n~~~gherkin\nFeature: F\n  Background:\n    Given a\n\n"
               "  Scenario: One\n    Then ```b```\n\n  Scenario: Two\n    Then c\n~~~\n");
    g_autoptr(Duplicates) duplicates = mark_well(fixture_backlog(fixture), "t2h8k", "k7q2m", &all);
    check_has(
        duplicates, "k7q2m",
        "~~~~gherkin\nFeature: F\n  Background:\n    Given a\n\n  Scenario: One\n    Then ```b```\n~~~~\n\n"
        "```gherkin\nFeature: F\n  Background:\n    Given a\n\n  Scenario: Two\n    Then c\n```\n");
    check_gaps(duplicates, "+criteria 1 One\n+criteria 2 Two\n");
}

static void line_endings_are_those_of_the_original(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(
        fixture, "backlog/k7q2m.md",
        "---\r\ntitle: Filter\r\nid: k7q2m\r\nstatus: new\r\n---\r\n\r\n## Acceptance criteria\r\n\r\n"
        "- [ ] One\r\n");
    write_item(fixture, "t2h8k", "status: new\n", "\n## Acceptance criteria\n\n- Two\n  - nested\n- Three\n");
    g_autoptr(Duplicates) duplicates = mark_well(fixture_backlog(fixture), "t2h8k", "k7q2m", &all);
    check_has(duplicates, "k7q2m", "- [ ] One\r\n\r\n- [ ] Two\r\n  - nested\r\n\r\n- [ ] Three\r\n");
}

/* -- the line under Decisions -- */

static void check_remark(struct fixture *fixture, const char *front, const char *key, const char *value,
                         const char *reason, const char *expected)
{
    g_autoptr(GError) error = NULL;
    write_item(fixture, "d5f6g", front, "");
    struct backlog *backlog = fixture_backlog(fixture);
    g_autoptr(Draft) draft = draft_open(backlog, fixture_entry(fixture, "backlog/d5f6g.md"), &error);
    assert_true(draft_assign(draft, key, DRAFT_SET, value, &error));
    assert_int_equal(duplicate_needs_remark(draft, reason), expected != NULL);
    if (!expected)
        return;
    assert_true(duplicate_remark(draft, "Ana", reason, &error));
    GBytes *bytes = edit_bytes(draft->edit);
    g_autofree char *text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    assert_true(fixture_says(text, expected));
}

static void dropping_leaves_a_line(void **state)
{
    check_remark(*state, "status: new\n", "status", "dropped", "nobody asks", " Ana: dropped: nobody asks\n");
    check_remark(*state, "status: new\n", "status", "dropped", " \n", NULL);
    check_remark(*state, "status: new\n", "status", "dropped", NULL, NULL);
    check_remark(*state, "status: dropped\n", "status", "dropped", "again", NULL);
    check_remark(*state, "status: new\n", "status", "done", "built", NULL);
    check_remark(*state, "status: dropped\n", "duplicate-of", "k7q2m", NULL, " Ana: duplicate of k7q2m\n");
    check_remark(*state, "status: dropped\nduplicate-of: k7q2m\n", "duplicate-of", "", "no", NULL);
    check_remark(*state, "status: new\n", "duplicate-of", "k7q2m", "why", NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_duplicate_is_dropped_and_says_why),
        TEST(what_is_so_already_stays),
        TEST(parts_go_to_the_original),
        TEST(what_would_lead_back_is_refused),
        TEST(what_the_original_lacks_is_told),
        TEST(one_criterion_is_like_one_alone),
        TEST(a_question_that_is_asked_is_not_lacking),
        TEST(what_two_duplicates_bring_is_taken_once),
        TEST(what_is_nested_comes_along),
        TEST(a_scenario_brings_its_background),
        TEST(line_endings_are_those_of_the_original),
        TEST(dropping_leaves_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
