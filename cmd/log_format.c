#include "log_format.h"

#include "command.h"
#include "log_words.h"
#include "plain.h"

#include <stdlib.h>
#include <string.h>

enum place {
    PLACE_TEXT, /* of the pattern itself */
    PLACE_COMMIT,
    PLACE_SHORT_COMMIT,
    PLACE_NAME,
    PLACE_EMAIL,
    PLACE_DATE,
    PLACE_DAY,
    PLACE_ISO,
    PLACE_ISO_STRICT,
    PLACE_SECONDS,
    PLACE_SUBJECT,
    PLACE_BODY,
    PLACE_PARTICIPANTS,
    PLACE_ID, /* from here on of an item */
    PLACE_TITLE,
    PLACE_PATH,
    PLACE_CHANGES,
    PLACE_REASON,
};

static const struct {
    const char *name; /* behind "%"; the longer first where one begins another */
    enum place place;
} placeholders[] = {
    { "H", PLACE_COMMIT },        { "h", PLACE_SHORT_COMMIT },
    { "an", PLACE_NAME },         { "aN", PLACE_NAME },
    { "ae", PLACE_EMAIL },        { "aE", PLACE_EMAIL },
    { "ad", PLACE_DATE },         { "as", PLACE_DAY },
    { "ai", PLACE_ISO },          { "aI", PLACE_ISO_STRICT },
    { "at", PLACE_SECONDS },      { "s", PLACE_SUBJECT },
    { "b", PLACE_BODY },          { "(participants)", PLACE_PARTICIPANTS },
    { "(id)", PLACE_ID },         { "(title)", PLACE_TITLE },
    { "(path)", PLACE_PATH },     { "(changes)", PLACE_CHANGES },
    { "(reason)", PLACE_REASON },
};

struct part {
    enum place place;
    GString *text; /* of PLACE_TEXT, any bytes; else NULL */
};

struct log_format {
    GArray *parts;
    gboolean of_items;
};

static void part_clear(gpointer data)
{
    struct part *part = data;
    if (part->text)
        g_string_free(part->text, TRUE);
}

void log_format_free(struct log_format *format)
{
    if (!format)
        return;
    g_array_unref(format->parts);
    g_free(format);
}

/* -- reading -- */

static void add_byte(struct log_format *format, char byte)
{
    struct part *last =
        format->parts->len ? &g_array_index(format->parts, struct part, format->parts->len - 1) : NULL;
    if (last && last->text) {
        g_string_append_c(last->text, byte);
        return;
    }
    struct part part = { PLACE_TEXT, g_string_new(NULL) };
    g_string_append_c(part.text, byte);
    g_array_append_val(format->parts, part);
}

/* Takes what stands behind a "%"; the number of its bytes, 0 where it is nothing known. */
static gsize take(struct log_format *format, const char *at)
{
    int high = *at == 'x' ? g_ascii_xdigit_value(at[1]) : -1,
        low = high < 0 ? -1 : g_ascii_xdigit_value(at[2]);

    if (*at == 'n' || *at == '%') {
        add_byte(format, *at == 'n' ? '\n' : '%');
        return 1;
    }
    if (low >= 0) {
        add_byte(format, (char)(high << 4 | low));
        return 3;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(placeholders); i++) {
        struct part part = { placeholders[i].place, NULL };
        if (!g_str_has_prefix(at, placeholders[i].name))
            continue;
        g_array_append_val(format->parts, part);
        format->of_items |= part.place >= PLACE_ID;
        return strlen(placeholders[i].name);
    }
    return 0;
}

static void refuse(const char *at, GError **error)
{
    g_autoptr(GString) known = g_string_new("%n, %%, %xHH");
    const char *end = *at == '(' ? strchr(at, ')') : NULL;
    int length = end ? (int)(end - at) + 1 : *at ? (int)strlen(at) : 0;

    for (gsize i = 0; i < G_N_ELEMENTS(placeholders); i++)
        g_string_append_printf(known, ", %%%s", placeholders[i].name);
    usage_error(error, "--format: %%%.*s is no placeholder: there are %s", end ? length : MIN(length, 2), at,
                known->str);
}

struct log_format *log_format_new(const char *pattern, GError **error)
{
    g_autoptr(LogFormat) format = g_new0(struct log_format, 1);
    const char *at = g_str_has_prefix(pattern, "format:")    ? pattern + 7
                     : g_str_has_prefix(pattern, "tformat:") ? pattern + 8
                                                             : pattern;

    format->parts = g_array_new(FALSE, FALSE, sizeof(struct part));
    g_array_set_clear_func(format->parts, part_clear);
    if (at == pattern && !strchr(pattern, '%')) {
        usage_error(error, "--format: expected a pattern such as \"%%h %%(id) %%(changes)\", saw %s",
                    pattern);
        return NULL;
    }
    for (; *at; at++) {
        gsize taken = *at == '%' ? take(format, at + 1) : 0;
        if (*at == '%' && taken == 0) {
            refuse(at + 1, error);
            return NULL;
        }
        if (*at != '%')
            add_byte(format, *at);
        at += taken;
    }
    return g_steal_pointer(&format);
}

/* -- printing -- */

/* The time on the author's clock; NULL where no calendar has it. As git, in English in any locale. */
static char *time_of(enum place place, const struct history_decision *decision)
{
    static const char days[] = "MonTueWedThuFriSatSun", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

    if (place == PLACE_DAY)
        return log_time(decision, "%Y-%m-%d");
    if (place == PLACE_ISO)
        return log_time(decision, "%Y-%m-%d %H:%M:%S %z");
    if (place == PLACE_ISO_STRICT)
        return log_time(decision, "%Y-%m-%dT%H:%M:%S%:z");
    g_autofree char *numbers = log_time(decision, "%u %m %d %H:%M:%S %Y %z");
    g_auto(GStrv) words = g_strsplit(numbers ? numbers : "", " ", -1);
    if (g_strv_length(words) != 6)
        return NULL;
    int weekday = atoi(words[0]) - 1, month = atoi(words[1]) - 1;
    return g_strdup_printf("%.3s %.3s %d %s %s %s", days + 3 * weekday, months + 3 * month, atoi(words[2]),
                           words[3], words[4], words[5]);
}

static char *join(GPtrArray *words)
{
    GString *joined = g_string_new(NULL);
    for (guint i = 0; i < words->len; i++)
        g_string_append_printf(joined, "%s%s", i ? ", " : "", (char *)words->pdata[i]);
    return g_string_free(joined, FALSE);
}

/* What stands in the place, not yet fit to be shown; NULL: nothing. */
static char *text_of(enum place place, const struct policy *policy, const struct history_decision *decision,
                     const struct history_item *item)
{
    switch (place) {
    case PLACE_COMMIT:
        return g_strdup(decision->commit);
    case PLACE_SHORT_COMMIT:
        return g_strdup(decision->short_commit);
    case PLACE_NAME:
        return g_strdup(decision->author_name);
    case PLACE_EMAIL:
        return g_strdup(decision->author_email);
    case PLACE_SECONDS:
        return g_strdup_printf("%" G_GINT64_FORMAT, decision->time);
    case PLACE_SUBJECT:
        return g_strdup(decision->subject);
    case PLACE_BODY:
        return g_strdup(decision->body);
    case PLACE_PARTICIPANTS:
        return join(decision->participants);
    case PLACE_ID:
        return g_strdup(item->id);
    case PLACE_TITLE:
        return g_strdup(item->title);
    case PLACE_PATH:
        return policy_display(policy, item->path);
    case PLACE_CHANGES:
        return history_item_summary(item);
    case PLACE_REASON:
        return g_strdup(item->reason);
    default:
        return time_of(place, decision);
    }
}

static void print_one(const struct log_format *format, GString *out, const struct policy *policy,
                      const struct history_decision *decision, const struct history_item *item)
{
    for (guint i = 0; i < format->parts->len; i++) {
        const struct part *part = &g_array_index(format->parts, struct part, i);
        gboolean lines = part->place == PLACE_BODY || part->place == PLACE_REASON;
        if (part->text) {
            g_string_append_len(out, part->text->str, (gssize)part->text->len);
            continue;
        }
        g_autofree char *text = text_of(part->place, policy, decision, item);
        g_autofree char *shown =
            text && lines ? plain_escape_lines(text, -1) : plain_escape(text ? text : "", -1);
        g_string_append(out, shown);
    }
    g_string_append_c(out, '\n');
}

void log_format_print(const struct log_format *format, GString *out, const struct policy *policy,
                      const struct history_decision *decision)
{
    for (guint i = 0; i < (format->of_items ? decision->items->len : 1); i++)
        print_one(format, out, policy, decision, decision->items->pdata[i]);
}
