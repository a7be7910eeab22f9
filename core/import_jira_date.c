#include "import_jira_date.h"

#include "clock.h"

#include <string.h>

/* Beginnings of the months' names, lower case, that no other month begins with. */
static const struct {
    const char *name;
    guint month;
} months[] = {
    { "jan", 1 },  { "ene", 1 },  { "gen", 1 },  { "feb", 2 },  { "fev", 2 },  { "fév", 2 },  { "mar", 3 },
    { "mär", 3 },  { "mrz", 3 },  { "maa", 3 },  { "mrt", 3 },  { "apr", 4 },  { "avr", 4 },  { "abr", 4 },
    { "may", 5 },  { "mai", 5 },  { "mag", 5 },  { "mei", 5 },  { "jun", 6 },  { "juin", 6 }, { "giu", 6 },
    { "jul", 7 },  { "juil", 7 }, { "lug", 7 },  { "aug", 8 },  { "aoû", 8 },  { "ago", 8 },  { "sep", 9 },
    { "set", 9 },  { "oct", 10 }, { "okt", 10 }, { "out", 10 }, { "ott", 10 }, { "nov", 11 }, { "dec", 12 },
    { "dez", 12 }, { "déc", 12 }, { "dic", 12 },
};

/* One of the three parts of a date. */
struct part {
    guint number; /* 0: it is a name */
    guint digits;
    guint month; /* of a name */
};

static guint month_of(const char *word)
{
    g_autofree char *lower = g_utf8_strdown(word, -1), *folded = g_utf8_normalize(lower, -1, G_NORMALIZE_NFC);

    for (gsize i = 0; i < G_N_ELEMENTS(months); i++)
        if (g_str_has_prefix(folded, months[i].name))
            return months[i].month;
    return 0;
}

static gboolean is_letter(const char *at)
{
    return g_ascii_isalpha(*at) || ((guchar)*at & 0x80);
}

/* Reads the next part of the date; *at ends behind it and what separates it from the next. */
static gboolean take_part(const char **at, struct part *part)
{
    const char *start = *at, *end = start;

    *part = (struct part){ 0 };
    if (g_ascii_isdigit(*start)) {
        while (g_ascii_isdigit(*end))
            end++;
        part->digits = (guint)(end - start);
        part->number = part->digits <= 4 ? (guint)g_ascii_strtoull(start, NULL, 10) : 0;
        if (part->number == 0 && part->digits != 2)
            return FALSE;
    } else {
        while (is_letter(end))
            end++;
        g_autofree char *word = g_strndup(start, (gsize)(end - start));
        part->month = month_of(word);
        if (part->month == 0)
            return FALSE;
    }
    *at = end + strspn(end, "./-, ");
    return TRUE;
}

static enum jira_date finish(struct part year, guint month, guint number, char **day)
{
    guint full = year.digits == 4 ? year.number : year.number + (year.number < 70 ? 2000 : 1900);
    g_autofree char *text = g_strdup_printf("%04u-%02u-%02u", full, month, number);

    if ((year.digits != 4 && year.digits != 2) || !clock_is_day(text))
        return JIRA_DATE_UNKNOWN;
    *day = g_steal_pointer(&text);
    return JIRA_DATE_GOOD;
}

/* A date of numbers alone with the year at its end. */
static enum jira_date finish_numbers(const struct part *parts, gboolean dotted, char **day)
{
    guint one = parts[0].number, other = parts[1].number;

    if (parts[2].digits != 2 && parts[2].digits != 4)
        return JIRA_DATE_UNKNOWN;
    if (dotted || one > 12 || one == other)
        return finish(parts[2], other, one, day);
    if (other > 12)
        return finish(parts[2], one, other, day);
    return JIRA_DATE_AMBIGUOUS;
}

enum jira_date import_jira_date(const char *text, char **day)
{
    const char *at = text + strspn(text, " \t");
    const char *first = at + strspn(at, "0123456789");
    gboolean dotted = *first == '.';
    struct part parts[3];

    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (!take_part(&at, &parts[i]))
            return JIRA_DATE_UNKNOWN;
    /* Behind it stands a time, or nothing. */
    if (*at && *at != 'T' && !g_ascii_isdigit(*at) && !is_letter(at))
        return JIRA_DATE_UNKNOWN;
    if (parts[0].digits == 4)
        return parts[1].month ? finish(parts[0], parts[1].month, parts[2].number, day)
                              : finish(parts[0], parts[1].number, parts[2].number, day);
    if (parts[0].month)
        return finish(parts[2], parts[0].month, parts[1].number, day);
    if (parts[1].month)
        return finish(parts[2], parts[1].month, parts[0].number, day);
    return finish_numbers(parts, dotted, day);
}
