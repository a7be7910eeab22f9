#include "clock.h"

GDateTime *clock_now(void)
{
    const char *fixed = g_getenv("REFINE_NOW");
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    GDateTime *now = fixed ? g_date_time_new_from_iso8601(fixed, utc) : NULL;
    if (!now)
        return g_date_time_new_now_local();
    GDateTime *local = g_date_time_to_local(now);
    g_date_time_unref(now);
    return local;
}

char *clock_today(void)
{
    g_autoptr(GDateTime) now = clock_now();
    return g_date_time_format(now, "%Y-%m-%d");
}

gboolean clock_is_day(const char *text)
{
    for (gsize i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit(text[i]))
            return FALSE;
    guint64 year = g_ascii_strtoull(text, NULL, 10), month = g_ascii_strtoull(text + 5, NULL, 10);
    guint64 day = g_ascii_strtoull(text + 8, NULL, 10);
    return text[10] == '\0' && g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year);
}
