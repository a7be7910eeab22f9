#include "moment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

/* Each test runs in a zone two hours ahead of UTC; now is Saturday, 2026-11-21 11:00 there. */
static int setup(void **state)
{
    g_setenv("TZ", "EET-2", TRUE);
    tzset();
    return 0;
}

/* "FIRST" or "FIRST..LAST" of what text means, on the local clock; "nothing". */
static char *meaning(const char *text)
{
    g_autoptr(GDateTime) now = g_date_time_new_local(2026, 11, 21, 11, 0, 0);
    gint64 first = -1, last = -1;

    if (!moment_parse(text, now, &first, &last)) {
        assert_int_equal(first, -1);
        assert_int_equal(last, -1);
        return g_strdup("nothing");
    }
    g_autoptr(GDateTime) begin = g_date_time_new_from_unix_local(first);
    g_autoptr(GDateTime) end = g_date_time_new_from_unix_local(last);
    g_autofree char *from = g_date_time_format(begin, "%Y-%m-%d %H:%M:%S");
    g_autofree char *to = g_date_time_format(end, "%Y-%m-%d %H:%M:%S");
    return first == last ? g_steal_pointer(&from) : g_strdup_printf("%s..%s", from, to);
}

static void check(const char *text, const char *expected)
{
    g_autofree char *seen = meaning(text);
    if (g_strcmp0(seen, expected) != 0)
        fail_msg("%s: expected %s, saw %s", text, expected, seen);
}

static void check_day(const char *text, const char *day)
{
    g_autofree char *expected = g_strdup_printf("%s 00:00:00..%s 23:59:59", day, day);
    check(text, expected);
}

static void a_day_is_all_of_it(void **state)
{
    check_day("2026-11-20", "2026-11-20");
    check_day("2026/11/20", "2026-11-20");
    check_day("2026.11.20", "2026-11-20");
    check_day("11/20/2026", "2026-11-20");
    check_day("20.11.2026", "2026-11-20");
    check_day("today", "2026-11-21");
    check_day("Yesterday", "2026-11-20");
}

static void a_weekday_is_the_last_one(void **state)
{
    check_day("friday", "2026-11-20");
    check_day("last friday", "2026-11-20");
    check_day("last.fri", "2026-11-20");
    check_day("monday", "2026-11-16");
    check_day("saturday", "2026-11-21");
    check_day("last saturday", "2026-11-14");
}

static void a_month_with_a_day_is_the_last_one(void **state)
{
    check_day("nov 3", "2026-11-03");
    check_day("3 november", "2026-11-03");
    check_day("dec 24", "2025-12-24");
    check_day("24 dec", "2025-12-24");
    check_day("3 nov 2025", "2025-11-03");
    check_day("nov 3, 2025", "2025-11-03");
}

static void a_count_goes_back_from_now(void **state)
{
    check("now", "2026-11-21 11:00:00");
    check("2.weeks", "2026-11-07 11:00:00");
    check("2 weeks ago", "2026-11-07 11:00:00");
    check("2weeks", "2026-11-07 11:00:00");
    check("last week", "2026-11-14 11:00:00");
    check("a month ago", "2026-10-21 11:00:00");
    check("one.year", "2025-11-21 11:00:00");
    check("1 year 2 months ago", "2025-09-21 11:00:00");
    check("90 seconds ago", "2026-11-21 10:58:30");
    check("30.min", "2026-11-21 10:30:00");
    check("36 hours", "2026-11-19 23:00:00");
}

static void a_time_is_a_moment(void **state)
{
    check("10:30", "2026-11-21 10:30:00");
    check("noon", "2026-11-20 12:00:00");
    check("midnight", "2026-11-21 00:00:00");
    check("yesterday 10:30", "2026-11-20 10:30:00");
    check("noon yesterday", "2026-11-20 00:00:00..2026-11-20 23:59:59");
    check("yesterday noon", "2026-11-20 12:00:00");
    check("2026-11-20 10:30", "2026-11-20 10:30:00");
    check("2026-11-20T10:30:05Z", "2026-11-20 12:30:05");
    check("@1795251600 +0000", "2026-11-21 11:00:00");
    check("never", "1970-01-01 02:00:00");
}

static void what_is_no_date_says_nothing(void **state)
{
    static const char *const texts[] = {
        "",         "soon",    "2",        "weeks", "2 2 weeks", "2026-13-01", "2026-02-30",
        "nov",      "nov 31",  "25:00",    "ago",   "-",         "1.2.3.4",    "99999999999999999999.days",
        "\xff\xfe", "nov 3 4", "10:30:60", "10:99", "last",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        check(texts[i], "nothing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_day_is_all_of_it, setup),
        cmocka_unit_test_setup(a_weekday_is_the_last_one, setup),
        cmocka_unit_test_setup(a_month_with_a_day_is_the_last_one, setup),
        cmocka_unit_test_setup(a_count_goes_back_from_now, setup),
        cmocka_unit_test_setup(a_time_is_a_moment, setup),
        cmocka_unit_test_setup(what_is_no_date_says_nothing, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
