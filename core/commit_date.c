#include "commit_date.h"

#include <string.h>
#include <time.h>

/* Without the exact form, git takes smaller counts of seconds for something else, and none after 2099. */
#define LEAST_SECONDS 100000000
#define MOST_SECONDS G_GINT64_CONSTANT(4102444799)

#define WEEKDAY "(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*(?:,\\s*|\\s+))?"
#define MONTH "(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
#define MINUTE "(?<hour>\\d{1,2}):(?<minute>\\d\\d)"
#define TIME MINUTE "(?::(?<second>\\d\\d))?"
#define ZONE "(?<zone>[+-]\\d\\d(?::?\\d\\d)?|[a-z]+)"
#define END "\\s*" ZONE "?\\s*$"

/* Each names what it finds. */
static const char *const patterns[] = {
    "^(?<exact>@)(?<count>\\d{1,11}) (?<zone>[+-]\\d{4})$",
    "^\\s*@?(?<count>\\d{9,11})" END,
    "^\\s*(?:(?<year>\\d{4})([-/.])(?<month>\\d{1,2})\\g{-2}(?<day>\\d{1,2})"
    "|(?<month>\\d{1,2})/(?<day>\\d{1,2})/(?<year>\\d{4})"
    "|(?<day>\\d{1,2})\\.(?<month>\\d{1,2})\\.(?<year>\\d{4}))"
    "[t\\s]\\s*" MINUTE "(?::(?<second>\\d\\d)(?:\\.\\d+)?)?" END,
    "^\\s*(?<year>\\d{4})(?<month>\\d\\d)(?<day>\\d\\d)t"
    "(?<hour>\\d\\d)(?<minute>\\d\\d)(?<second>\\d\\d)" END,
    "^\\s*" WEEKDAY "(?<day>\\d{1,2})\\s+" MONTH "\\s+(?<year>\\d{4})\\s+" TIME END,
    "^\\s*" WEEKDAY MONTH "\\s+(?<day>\\d{1,2})\\s+" TIME "\\s+(?<year>\\d{4})(?:\\s+" ZONE ")?\\s*$",
};

/* The zones that have names in RFC 2822; UT, which is one, is none for git. */
static const struct {
    const char *name;
    int hours;
} zones[] = { { "UTC", 0 },  { "GMT", 0 },  { "Z", 0 },    { "EST", -5 }, { "EDT", -4 }, { "CST", -6 },
              { "CDT", -5 }, { "MST", -7 }, { "MDT", -6 }, { "PST", -8 }, { "PDT", -7 } };

static char *fetch(GMatchInfo *found, const char *name)
{
    char *text = g_match_info_fetch_named(found, name);
    if (text && *text)
        return text;
    g_free(text);
    return NULL;
}

/* 0 where there is none. */
static int fetch_number(GMatchInfo *found, const char *name)
{
    g_autofree char *text = fetch(found, name);
    return text ? (int)g_ascii_strtoll(text, NULL, 10) : 0;
}

/* 1 to 12 of a number or a name; else anything else. */
static int fetch_month(GMatchInfo *found)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    g_autofree char *text = fetch(found, "month"), *lower = text ? g_ascii_strdown(text, -1) : NULL;

    if (!lower)
        return 0;
    if (g_ascii_isdigit(*lower))
        return (int)g_ascii_strtoll(lower, NULL, 10);
    return (int)(strstr(names, lower) - names) / 3 + 1;
}

static gboolean parse_zone(const char *text, int *offset)
{
    if (*text == '+' || *text == '-') {
        gsize minutes_at = text[3] == ':' ? 4 : 3;
        gint64 hours = (text[1] - '0') * 10 + text[2] - '0';
        gint64 minutes = g_ascii_strtoll(text + minutes_at, NULL, 10);
        *offset = (int)(hours * 60 + minutes) * (*text == '-' ? -1 : 1);
        return hours < 24 && minutes < 60;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(zones); i++) {
        if (g_ascii_strcasecmp(zones[i].name, text) == 0) {
            *offset = zones[i].hours * 60;
            return TRUE;
        }
    }
    return FALSE;
}

/* The count in *time is that of UTC where counted, else that of the zone's clock. */
static gboolean read_moment(GMatchInfo *found, struct tm *parts, gboolean *counted, gint64 *time)
{
    g_autofree char *count = fetch(found, "count"), *exact = fetch(found, "exact");
    int year = fetch_number(found, "year"), month = fetch_month(found), day = fetch_number(found, "day");

    *counted = count != NULL;
    if (count) {
        time_t seconds = (time_t)(*time = g_ascii_strtoll(count, NULL, 10));
        return (exact || (*time >= LEAST_SECONDS && *time <= MOST_SECONDS)) &&
               gmtime_r(&seconds, parts) != NULL;
    }
    *parts = (struct tm){
        .tm_year = year - 1900,
        .tm_mon = month - 1,
        .tm_mday = day,
        .tm_hour = fetch_number(found, "hour"),
        .tm_min = fetch_number(found, "minute"),
        .tm_sec = fetch_number(found, "second"),
    };
    if (year < 1970 || year > 2099 || month < 1 || month > 12 || day < 1 ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year) || parts->tm_hour > 23 ||
        parts->tm_min > 59 || parts->tm_sec > 60)
        return FALSE;
    struct tm copy = *parts;
    *time = timegm(&copy);
    return TRUE;
}

/* How far the local zone's clock is ahead when it shows parts. */
static int local_offset(struct tm parts)
{
    struct tm copy = parts;
    parts.tm_isdst = -1;
    return (int)((timegm(&copy) - mktime(&parts)) / 60);
}

static gboolean take(GMatchInfo *found, gint64 *time, int *offset)
{
    g_autofree char *zone = fetch(found, "zone");
    struct tm parts;
    gboolean counted;
    gint64 moment;
    int east = 0;

    if (!read_moment(found, &parts, &counted, &moment) || (zone && !parse_zone(zone, &east)))
        return FALSE;
    if (!zone)
        east = local_offset(parts);
    if (!counted)
        moment -= (gint64)east * 60;
    if (moment < 0 || moment > COMMIT_DATE_LAST)
        return FALSE;
    *time = moment;
    *offset = east;
    return TRUE;
}

gboolean commit_date_parse(const char *text, gint64 *time, int *offset)
{
    gboolean good = FALSE;

    for (gsize i = 0; !good && g_str_is_ascii(text) && i < G_N_ELEMENTS(patterns); i++) {
        g_autoptr(GMatchInfo) found = NULL;
        g_autoptr(GRegex) pattern =
            g_regex_new(patterns[i], G_REGEX_CASELESS | G_REGEX_DUPNAMES | G_REGEX_DOLLAR_ENDONLY, 0, NULL);
        good = g_regex_match(pattern, text, 0, &found) && take(found, time, offset);
    }
    return good;
}
