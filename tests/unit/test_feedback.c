#include "feedback.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int set_up(void **state)
{
    g_setenv("REFINE_NOW", "2026-11-21T09:00:00Z", TRUE);
    g_setenv("TZ", "UTC", TRUE);
    return fixture_setup(state);
}

/* -- days -- */

static void check_day(const char *text, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *day = feedback_day(text, &error);
    if (!day)
        fail_msg("%s: %s", text, error->message);
    assert_string_equal(day, expected);
}

static void check_no_day(const char *text, const char *says)
{
    g_autoptr(GError) error = NULL;
    assert_null(feedback_day(text, &error));
    assert_true(g_error_matches(error, DRAFT_ERROR, DRAFT_ERROR_VALUE));
    assert_true(fixture_says(error->message, says));
}

static void a_day_is_one_of_the_calendar_up_to_today(void **state)
{
    (void)state;
    check_day("2026-11-21", "2026-11-21");
    check_day("1999-12-31", "1999-12-31");
    check_day("today", "2026-11-21");
    check_day("yesterday", "2026-11-20");
    check_day("2.weeks", "2026-11-07");
    check_no_day("2026-11-22", "yet to come");
    check_no_day("2026-02-30", "saw 2026-02-30");
    check_no_day("never", "saw never");
    check_no_day("whenever", "saw whenever");
    check_no_day("", "expected a day");
}

/* -- addresses -- */

static void check_address(const char *text, const char *expected)
{
    g_autofree char *address = feedback_address(text);
    if (expected)
        assert_string_equal(address, expected);
    else
        assert_null(address);
}

static void an_address_is_found_wherever_it_stands(void **state)
{
    (void)state;
    check_address("ana@example.com", "ana@example.com");
    check_address("Ana Silva <ana.silva+shop@mail.example.com>", "ana.silva+shop@mail.example.com");
    check_address("write to (bo@acme.example), please", "bo@acme.example");
    check_address("mailto:bo@acme.example?subject=x", "bo@acme.example");
    check_address("zo\xc3\xab@b\xc3\xbc"
                  "cher.example",
                  "zo\xc3\xab@b\xc3\xbc"
                  "cher.example");
    check_address("@ana, 3 @ 5 Euro", NULL);
    check_address("a@b", NULL);
    check_address("https://social.example/@ana.silva", NULL);
    check_address("a@b.example.", "a@b.example");
    check_address("@bo a@@b.c, x@.example, ana@b.c!d", "ana@b.c");
    check_address("ana@b c.example bo@acme.example", "bo@acme.example");
    check_address("ana@b.!", NULL);
    check_address("", NULL);
}

static void looking_for_an_address_takes_no_longer_than_reading(void **state)
{
    g_autofree char *letters = g_strnfill(4 * 1024 * 1024, 'a');
    g_autofree char *signs = g_strnfill(4 * 1024 * 1024, '@');
    gsize size = 0;

    (void)state;
    for (gsize i = 0; i < 4 * 1024 * 1024; i += 3)
        signs[i] = 'b';
    gint64 start = g_get_monotonic_time();
    assert_null(feedback_find_address(letters, strlen(letters), &size));
    assert_null(feedback_find_address(signs, strlen(signs), &size));
    assert_true(g_get_monotonic_time() - start < 10 * G_USEC_PER_SEC);
}

/* -- where from -- */

static void check_via(struct fixture *fixture, const char *folder, const char *via, const char *expected)
{
    g_autofree char *where = fixture_path(fixture, folder);
    gboolean leads = FALSE;
    g_autofree char *written = feedback_via(fixture->policy, where, via, &leads);
    assert_string_equal(written, expected ? expected : via);
    assert_int_equal(leads, expected != NULL);
}

static void a_link_and_a_file_lead_somewhere(void **state)
{
    struct fixture *fixture = *state;
    fixture_policy(fixture, NULL);
    fixture_write(fixture, "notes/call.md", "They page.\n");
    fixture_folder(fixture, "backlog/sub");
    fixture_link(fixture, "/etc/passwd", "notes/link.md");
    check_via(fixture, "", "https://example.com/t/17#p3", "https://example.com/t/17#p3");
    check_via(fixture, "", "HTTP://example.com", "HTTP://example.com");
    check_via(fixture, "", "mailto:bo@acme.example", "mailto:bo@acme.example");
    check_via(fixture, "", "notes/call.md", "notes/call.md");
    check_via(fixture, "notes", "./call.md#Saturday", "notes/call.md#Saturday");
    check_via(fixture, "backlog/sub", "../../notes//call.md", "notes/call.md");
    check_via(fixture, "backlog/sub", "notes/call.md", "notes/call.md");
    check_via(fixture, "", "notes/gone.md", NULL);
    check_via(fixture, "", "notes/link.md", NULL);
    check_via(fixture, "", "/etc/passwd", NULL);
    check_via(fixture, "", "../../../../../../etc/passwd", NULL);
    check_via(fixture, "", "https://", NULL);
    check_via(fixture, "", "by telephone: Monday", NULL);
    check_via(fixture, "", "#17", NULL);
    check_via(fixture, "", "mailto:", NULL);
}

/* -- writing -- */

static const char item[] =
    "---\ntitle: Filter\nid: k7q2m\nrank: nb\nstatus: new\nlabels:\n  - search\nx-cost: 3\n---\n";

/* What stands in the item after the request, between labels and x-cost. */
static void check_add(struct fixture *fixture, const struct feedback_texts *texts, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Draft) draft = draft_open(fixture->backlog, fixture_entry(fixture, "backlog/k7q2m.md"), &error);
    assert_true(feedback_add(draft, texts, &error));
    g_autoptr(GBytes) result = draft_result(draft) ? g_bytes_ref(draft_result(draft)) : NULL;
    g_autofree char *text = g_strndup(g_bytes_get_data(result, NULL), g_bytes_get_size(result));
    assert_true(fixture_says(text, expected));
}

static void check_refused(struct fixture *fixture, const struct feedback_texts *texts, const char *says)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Draft) draft = draft_open(fixture->backlog, fixture_entry(fixture, "backlog/k7q2m.md"), &error);
    assert_false(feedback_add(draft, texts, &error));
    assert_true(fixture_says(error->message, says));
    assert_false(draft_is_changed(draft));
}

static void a_request_is_written_at_its_place(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/k7q2m.md", item);
    fixture_backlog(fixture);
    check_add(
        fixture,
        &(struct feedback_texts){ "forum", "2026-11-20", "I page: \"no\"\nfor minutes", "https://a.example" },
        "  - search\nfeedback:\n  - from: forum\n    on: 2026-11-20\n"
        "    says: \"I page: \\\"no\\\"\\nfor minutes\"\n    via: https://a.example\nx-cost: 3\n");
    check_add(fixture, &(struct feedback_texts){ "no", "2026-11-20", NULL, NULL },
              "feedback:\n  - from: \"no\"\n    on: 2026-11-20\nx-cost");
}

static void the_same_request_is_written_once(void **state)
{
    struct fixture *fixture = *state;
    const struct feedback_texts texts = { "forum", "2026-11-20", "slow", NULL };
    const struct feedback_texts other = { "@Forum", "2026-11-20", "slow", "https://a.example" };
    const struct feedback_texts later = { "forum", "2026-11-21", "slow", NULL };
    g_autoptr(GError) error = NULL;
    fixture_write(fixture, "backlog/k7q2m.md", item);
    fixture_backlog(fixture);
    g_autoptr(Draft) draft = draft_open(fixture->backlog, fixture_entry(fixture, "backlog/k7q2m.md"), &error);
    assert_true(feedback_add(draft, &texts, &error));
    g_autoptr(GBytes) once = g_bytes_ref(draft_result(draft));
    assert_true(feedback_add(draft, &texts, &error) && feedback_add(draft, &other, &error));
    assert_true(g_bytes_equal(draft_result(draft), once));
    assert_true(feedback_add(draft, &later, &error));
    assert_false(g_bytes_equal(draft_result(draft), once));
}

static void texts_that_cannot_stand_there_are_refused(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *large = g_strnfill(8193, 'x');
    fixture_write(fixture, "backlog/k7q2m.md", item);
    fixture_backlog(fixture);
    check_refused(fixture, &(struct feedback_texts){ "", "2026-11-20", NULL, NULL },
                  "from: expected one line");
    check_refused(fixture, &(struct feedback_texts){ "a\nb", "2026-11-20", NULL, NULL },
                  "from: expected one line");
    check_refused(fixture, &(struct feedback_texts){ large, "2026-11-20", NULL, NULL }, "saw more");
    check_refused(fixture, &(struct feedback_texts){ "a", "2026-11-20", "", NULL }, "says: expected text");
    check_refused(fixture, &(struct feedback_texts){ "a", "2026-11-20", "b\x1b[1m", NULL },
                  "control characters");
    check_refused(fixture, &(struct feedback_texts){ "a", "2026-11-20", large, NULL }, "saw more");
    check_refused(fixture, &(struct feedback_texts){ "a", "2026-11-20", NULL, "b\tc " },
                  "via: expected one line");
}

static void a_shape_that_is_no_list_is_left_alone(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/k7q2m.md", "---\ntitle: A\nid: k7q2m\nfeedback: forum\n---\n");
    fixture_backlog(fixture);
    check_refused(fixture, &(struct feedback_texts){ "a", "2026-11-20", NULL, NULL }, "feedback");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_day_is_one_of_the_calendar_up_to_today),
        TEST(an_address_is_found_wherever_it_stands),
        TEST(looking_for_an_address_takes_no_longer_than_reading),
        TEST(a_link_and_a_file_lead_somewhere),
        TEST(a_request_is_written_at_its_place),
        TEST(the_same_request_is_written_once),
        TEST(texts_that_cannot_stand_there_are_refused),
        TEST(a_shape_that_is_no_list_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
