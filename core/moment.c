#include "moment.h"

#include "commit_date.h"

#include <string.h>

/* What git counts at most in one number. */
#define MOST 999999

struct moment {
    GDateTime *when;
    GDateTime *now;   /* borrowed */
    int count;        /* a number that waits for its unit; -1: none */
    gboolean is_day;  /* when is any time of that day */
    gboolean is_set;  /* something was said */
    int month;        /* that waits for its day or its year; 0: none */
    gboolean has_day; /* of month */
};

static void set_when(struct moment *moment, GDateTime *when)
{
    if (!when)
        return;
    g_date_time_unref(moment->when);
    moment->when = when;
    moment->is_set = TRUE;
}

/* The index of word, whole or shortened to at least `least` letters, among names; -1 where it is none. */
static int find_word(const char *word, const char *const *names, gsize n, gsize least)
{
    gsize length = strlen(word);
    for (gsize i = 0; i < n; i++)
        if (length >= least && strncmp(word, names[i], length) == 0)
            return (int)i;
    return -1;
}

/* -- words -- */

/* A time of the day of when; of now, the day before where that is still to come. */
static void set_time(struct moment *moment, int hour, int minute, int second)
{
    GDateTime *when = moment->when;
    gboolean today = !moment->is_set;

    g_autoptr(GDateTime) at = g_date_time_new_local(g_date_time_get_year(when), g_date_time_get_month(when),
                                                    g_date_time_get_day_of_month(when), hour, minute, second);
    if (!at)
        return;
    gboolean later = today && g_date_time_compare(at, moment->now) > 0;
    set_when(moment, later ? g_date_time_add_days(at, -1) : g_date_time_ref(at));
    moment->is_day = FALSE;
}

static gboolean take_special(struct moment *moment, const char *word)
{
    static const char *const fillers[] = { "ago", "at", "on", "the", "and", "since", "from" };

    for (gsize i = 0; i < G_N_ELEMENTS(fillers); i++)
        if (strcmp(word, fillers[i]) == 0)
            return TRUE;
    if (strcmp(word, "now") == 0) {
        moment->is_set = TRUE;
    } else if (strcmp(word, "today") == 0 || strcmp(word, "yesterday") == 0) {
        set_when(moment, g_date_time_add_days(moment->now, *word == 'y' ? -1 : 0));
        moment->is_day = TRUE;
    } else if (strcmp(word, "midnight") == 0) {
        set_time(moment, 0, 0, 0);
    } else if (strcmp(word, "noon") == 0) {
        set_time(moment, 12, 0, 0);
    } else if (strcmp(word, "tea") == 0) {
        set_time(moment, 17, 0, 0);
    } else if (strcmp(word, "never") == 0) {
        set_when(moment, g_date_time_new_from_unix_local(0));
    } else {
        return FALSE;
    }
    return TRUE;
}

/* The last such day before today, or, of "friday" alone on a Friday, today. */
static gboolean take_weekday(struct moment *moment, const char *word)
{
    static const char *const names[] = { "monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday" };
    int day = find_word(word, names, G_N_ELEMENTS(names), 3);
    int weeks = moment->count < 0 ? 0 : moment->count;

    if (day < 0)
        return FALSE;
    int back = (g_date_time_get_day_of_week(moment->now) - (day + 1) + 7) % 7;
    /* "last friday" is the nearest before today, "2 fridays" the one before that. */
    back += 7 * (weeks - (weeks && back ? 1 : 0));
    set_when(moment, g_date_time_add_days(moment->now, -back));
    moment->is_day = TRUE;
    moment->count = -1;
    return TRUE;
}

static GDateTime *go_back(GDateTime *when, const char *unit, int n)
{
    return strcmp(unit, "second") == 0 || strcmp(unit, "sec") == 0   ? g_date_time_add_seconds(when, -n)
           : strcmp(unit, "minute") == 0 || strcmp(unit, "min") == 0 ? g_date_time_add_minutes(when, -n)
           : strcmp(unit, "hour") == 0                               ? g_date_time_add_hours(when, -n)
           : strcmp(unit, "day") == 0                                ? g_date_time_add_days(when, -n)
           : strcmp(unit, "week") == 0                               ? g_date_time_add_weeks(when, -n)
           : strcmp(unit, "month") == 0                              ? g_date_time_add_months(when, -n)
           : strcmp(unit, "year") == 0                               ? g_date_time_add_years(when, -n)
                                                                     : NULL;
}

static gboolean take_unit(struct moment *moment, const char *word)
{
    g_autofree char *unit = g_strndup(word, strlen(word) - (g_str_has_suffix(word, "s") ? 1 : 0));
    GDateTime *when = moment->count < 0 ? NULL : go_back(moment->when, unit, moment->count);

    if (!when)
        return FALSE;
    set_when(moment, when);
    moment->is_day = FALSE;
    moment->count = -1;
    return TRUE;
}

/* -- days of the calendar -- */

static gboolean set_date(struct moment *moment, int year, int month, int day)
{
    GDateTime *when = g_date_time_new_local(year, month, day, 0, 0, 0);

    set_when(moment, when);
    moment->is_day = TRUE;
    return when != NULL;
}

/* "2026-11-20", with slashes or dots, "11/20/2026", "20.11.2026": as commit_date.h has them. */
static gboolean take_date(struct moment *moment, const char *word)
{
    g_autofree char *with_time = g_strconcat(word, " 00:00", NULL);
    gint64 time;
    int offset;

    if (!strpbrk(word, "-/.") || strchr(word, ':') || !commit_date_parse(with_time, &time, &offset))
        return FALSE;
    set_when(moment, g_date_time_new_from_unix_local(time));
    moment->is_day = TRUE;
    return TRUE;
}

/* "nov 3", "3 nov", with the year behind: of this year, or of the last where that is still to come. */
static gboolean take_month(struct moment *moment, const char *word)
{
    static const char *const names[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"
    };
    int month = find_word(word, names, G_N_ELEMENTS(names), 3);

    if (month < 0 || moment->month)
        return FALSE;
    moment->month = month + 1;
    if (moment->count < 0)
        return TRUE;
    int day = moment->count, year = g_date_time_get_year(moment->now);
    moment->count = -1;
    moment->has_day = TRUE;
    if (!set_date(moment, year, moment->month, day))
        return FALSE;
    return g_date_time_compare(moment->when, moment->now) <= 0 || set_date(moment, year - 1, month + 1, day);
}

/* The day or the year that belongs to the month before it. */
static gboolean take_of_month(struct moment *moment, int number)
{
    int year = g_date_time_get_year(moment->now);

    if (moment->has_day) {
        int day = g_date_time_get_day_of_month(moment->when), month = moment->month;
        moment->month = 0;
        return number >= 1970 && set_date(moment, number, month, day);
    }
    moment->has_day = TRUE;
    if (number < 1 || number > 31 || !set_date(moment, year, moment->month, number))
        return FALSE;
    return g_date_time_compare(moment->when, moment->now) <= 0 ||
           set_date(moment, year - 1, moment->month, number);
}

/* -- numbers -- */

/* "10:30", "10:30:15". */
static gboolean take_clock(struct moment *moment, const char *word)
{
    g_auto(GStrv) parts = g_strsplit(word, ":", -1);
    guint64 numbers[3] = { 0, 0, 0 };
    guint n = g_strv_length(parts);

    for (guint i = 0; i < n && n <= 3; i++)
        if (!g_ascii_string_to_unsigned(parts[i], 10, 0, i ? 59 : 23, &numbers[i], NULL))
            return FALSE;
    if (n < 2 || n > 3)
        return FALSE;
    set_time(moment, (int)numbers[0], (int)numbers[1], (int)numbers[2]);
    return TRUE;
}

static gboolean take_number(struct moment *moment, const char *word)
{
    static const char *const words[] = { "last", "one",   "two",   "three", "four", "five",
                                         "six",  "seven", "eight", "nine",  "ten" };
    guint64 number = 0;
    gboolean is_number = g_ascii_string_to_unsigned(word, 10, 0, MOST, &number, NULL);

    for (guint i = 0; !is_number && i < G_N_ELEMENTS(words); i++)
        if (strcmp(word, words[i]) == 0) {
            is_number = TRUE;
            number = MAX(i, 1);
        }
    if (!is_number && (strcmp(word, "a") == 0 || strcmp(word, "an") == 0)) {
        is_number = TRUE;
        number = 1;
    }
    if (!is_number || moment->count >= 0)
        return FALSE;
    if (moment->month)
        return take_of_month(moment, (int)number);
    moment->count = (int)number;
    return TRUE;
}

/* -- */

static gboolean take_word(struct moment *moment, const char *word)
{
    return take_special(moment, word) || take_clock(moment, word) || take_number(moment, word) ||
           take_weekday(moment, word) || take_unit(moment, word) || take_month(moment, word);
}

/* "2.weeks.ago", and "2weeks" as git has it too. */
static gboolean take_parts(struct moment *moment, const char *text)
{
    g_auto(GStrv) parts = g_strsplit_set(text, "._-", -1);

    for (gsize i = 0; parts[i]; i++) {
        gsize digits = strspn(parts[i], "0123456789");
        const char *rest = parts[i] + digits;
        gboolean mixed = digits && g_ascii_isalpha(*rest);
        g_autofree char *number = g_strndup(parts[i], digits);
        if (*parts[i] &&
            !(mixed ? take_word(moment, number) && take_word(moment, rest) : take_word(moment, parts[i])))
            return FALSE;
    }
    return TRUE;
}

static gboolean take_text(struct moment *moment, const char *text)
{
    g_autofree char *lower = g_ascii_strdown(text, -1);
    g_auto(GStrv) words = g_strsplit_set(lower, " \t,", -1);

    for (gsize i = 0; words[i]; i++)
        if (*words[i] && !take_date(moment, words[i]) && !take_parts(moment, words[i]))
            return FALSE;
    return moment->is_set && moment->count < 0 && (!moment->month || moment->has_day);
}

gboolean moment_parse(const char *text, GDateTime *now, gint64 *first, gint64 *last)
{
    struct moment moment = { .when = g_date_time_ref(now), .now = now, .count = -1 };
    gboolean good = TRUE;
    gint64 time;
    int offset;

    if (commit_date_parse(text, &time, &offset)) {
        *first = *last = time;
    } else if ((good = take_text(&moment, text))) {
        GDateTime *when = moment.when;
        g_autoptr(GDateTime) day =
            g_date_time_new_local(g_date_time_get_year(when), g_date_time_get_month(when),
                                  g_date_time_get_day_of_month(when), 0, 0, 0);
        g_autoptr(GDateTime) next = g_date_time_add_days(day, 1);
        *first = g_date_time_to_unix(moment.is_day ? day : when);
        *last = moment.is_day ? g_date_time_to_unix(next) - 1 : *first;
    }
    g_date_time_unref(moment.when);
    return good;
}
