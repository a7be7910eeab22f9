#include "clock.h"

GDateTime *clock_now(void)
{
    const char *fixed = g_getenv("REFINE_NOW");
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    GDateTime *now = fixed ? g_date_time_new_from_iso8601(fixed, utc) : NULL;
    return now ? now : g_date_time_new_now_local();
}

char *clock_today(void)
{
    g_autoptr(GDateTime) now = clock_now();
    return g_date_time_format(now, "%Y-%m-%d");
}
