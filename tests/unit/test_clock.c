#include "clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

/* Each test runs in a zone two hours ahead of UTC. */
static int setup(void **state)
{
    g_setenv("TZ", "EET-2", TRUE);
    tzset();
    return 0;
}

static void a_fixed_time_stands_in_for_the_clock(void **state)
{
    g_setenv("REFINE_NOW", "2026-11-21T09:00:00Z", TRUE);
    g_autoptr(GDateTime) now = clock_now();
    g_autofree char *today = clock_today();

    assert_int_equal(g_date_time_to_unix(now), 1795251600);
    assert_string_equal(today, "2026-11-21");
}

static void today_is_the_day_of_the_local_zone(void **state)
{
    g_setenv("REFINE_NOW", "2026-11-21T23:30:00Z", TRUE);
    g_autoptr(GDateTime) now = clock_now();
    g_autofree char *today = clock_today();

    assert_int_equal(g_date_time_get_utc_offset(now), 2 * G_TIME_SPAN_HOUR);
    assert_string_equal(today, "2026-11-22");
}

static void a_time_with_an_offset_is_that_moment(void **state)
{
    g_setenv("REFINE_NOW", "2026-11-21T01:00:00+05:00", TRUE);
    g_autoptr(GDateTime) now = clock_now();
    g_autofree char *today = clock_today();

    assert_int_equal(g_date_time_to_unix(now), 1795204800);
    assert_string_equal(today, "2026-11-20");
}

static void without_one_or_with_a_broken_one_the_clock_counts(void **state)
{
    static const char *const values[] = { NULL, "", "tomorrow", "2026-11-21", "2026-02-30T09:00:00Z" };
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        if (values[i])
            g_setenv("REFINE_NOW", values[i], TRUE);
        else
            g_unsetenv("REFINE_NOW");
        gint64 before = g_get_real_time() / G_USEC_PER_SEC;
        g_autoptr(GDateTime) now = clock_now();
        gint64 after = g_get_real_time() / G_USEC_PER_SEC;
        assert_in_range(g_date_time_to_unix(now), (guint64)before, (guint64)after);
    }
}

static void a_day_is_one_of_the_calendar(void **state)
{
    static const char *const days[] = { "2026-11-21", "2024-02-29", "0001-01-01", "2026-12-31" };
    static const char *const others[] = { "",           "2026-11-2",  "2026-11-211", "2026-02-29",
                                          "2026-13-01", "2026-00-10", "2026-04-31",  "21-11-2026",
                                          "11-12-2026", "2026/11/21", "20261121",    "1-1-202600",
                                          " 2026-11-2", "2026-11-2x", "0000-01-01" };
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++)
        assert_true(clock_is_day(days[i]));
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        assert_false(clock_is_day(others[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_fixed_time_stands_in_for_the_clock, setup),
        cmocka_unit_test_setup(today_is_the_day_of_the_local_zone, setup),
        cmocka_unit_test_setup(a_time_with_an_offset_is_that_moment, setup),
        cmocka_unit_test_setup(without_one_or_with_a_broken_one_the_clock_counts, setup),
        cmocka_unit_test(a_day_is_one_of_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
