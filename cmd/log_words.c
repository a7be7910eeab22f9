#include "log_words.h"

#include "plain.h"
#include "styled.h"

#include <string.h>

char *log_names(const GPtrArray *persons)
{
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < persons->len; i++) {
        const char *person = persons->pdata[i], *open = strrchr(person, '<');
        g_autofree char *name = g_strchomp(g_strndup(person, open ? (gsize)(open - person) : strlen(person)));
        g_string_append_printf(names, "%s%s", i ? ", " : "", *name ? name : person);
    }
    return g_string_free(names, FALSE);
}

char *log_time(const struct history_decision *decision, const char *format)
{
    gboolean known = ABS(decision->offset) < 24 * 60;
    g_autoptr(GTimeZone) zone = g_time_zone_new_offset(known ? decision->offset * 60 : 0);
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(decision->time);
    g_autoptr(GDateTime) local = utc ? g_date_time_to_timezone(utc, zone) : NULL;
    return local ? g_date_time_format(local, format) : NULL;
}

/* What became of the item, fit to be shown. */
static char *words_of(const struct history_item *item)
{
    g_autofree char *summary = history_item_summary(item);
    return plain_escape(summary, -1);
}

/* Whether the words name the item already: "added: TITLE". */
static gboolean says_title(const struct history_item *item)
{
    const struct change *first = item->changes->len ? item->changes->pdata[0] : NULL;
    return first && (first->kind == CHANGE_ITEM_ADDED || first->kind == CHANGE_ITEM_REMOVED);
}

static struct styled_look look_of(const struct log_words *words)
{
    struct output *output = words->output;
    return (struct styled_look){ .width = output_width(output), .color = output_color(output) };
}

/* "ID TITLE: WORDS". */
static void add_item_words(const struct log_words *words, struct styled *line,
                           const struct history_item *item)
{
    g_autofree char *said = words_of(item);

    styled_add(line, item->id, -1, STYLED(TABLE_CYAN), NULL);
    if (words->titled && *item->title && !says_title(item)) {
        styled_add(line, " ", -1, 0, NULL);
        styled_add(line, item->title, -1, 0, NULL);
    }
    styled_add(line, ": ", -1, 0, NULL);
    styled_add(line, said, -1, 0, NULL);
}

static void append_item(const struct log_words *words, GString *out, const struct history_item *item)
{
    g_autoptr(Styled) line = styled_new();
    const struct styled_look look = look_of(words);
    add_item_words(words, line, item);
    styled_print_indented(line, out, 2, 6, &look);
}

/* Lines stay as they were written, but for those that are too long. */
static void append_reason(const struct log_words *words, GString *out, const char *reason)
{
    guint width = output_width(words->output);
    const struct styled_look look = look_of(words);
    g_autofree char *shown = plain_escape_lines(reason, -1);
    g_auto(GStrv) lines = g_strsplit(shown, "\n", -1);

    g_string_append_c(out, '\n');
    for (gsize i = 0; lines[i]; i++) {
        g_autoptr(Styled) line = styled_new();
        guint indent = (guint)strspn(lines[i], " ");
        if (width == 0 || plain_width(lines[i]) + 4 <= width) {
            g_string_append_printf(out, "%s%s\n", *lines[i] ? "    " : "", lines[i]);
            continue;
        }
        styled_add(line, lines[i] + indent, -1, 0, NULL);
        styled_print_indented(line, out, 4 + indent, 4 + indent, &look);
    }
}

static void append_head(const struct log_words *words, GString *out, const struct history_decision *decision)
{
    g_autoptr(Styled) line = styled_new();
    const struct styled_look look = look_of(words);
    g_autofree char *day = log_time(decision, "%Y-%m-%d"), *with = log_names(decision->participants);

    styled_add(line, decision->short_commit, -1, STYLED(TABLE_YELLOW), NULL);
    styled_add(line, " ", -1, 0, NULL);
    styled_add(line, day ? day : "(no date)", -1, 0, NULL);
    styled_add(line, " ", -1, 0, NULL);
    styled_add(line, *decision->author_name ? decision->author_name : decision->author_email, -1, 0, NULL);
    styled_add(line, *with ? ", with " : "", -1, 0, NULL);
    styled_add(line, with, -1, 0, NULL);
    styled_print_indented(line, out, 0, 4, &look);
}

void log_words_decision(const struct log_words *words, GString *out, const struct history_decision *decision)
{
    guint n = decision->items->len;
    g_autofree gboolean *done = g_new0(gboolean, n);

    append_head(words, out, decision);
    for (guint i = 0; i < n; i++) {
        const struct history_item *first = decision->items->pdata[i];
        if (done[i])
            continue;
        g_string_append(out, i ? "\n" : "");
        for (guint j = i; j < n; j++) {
            const struct history_item *item = decision->items->pdata[j];
            if (done[j] || g_strcmp0(item->reason, first->reason) != 0)
                continue;
            done[j] = TRUE;
            append_item(words, out, item);
        }
        if (first->reason)
            append_reason(words, out, first->reason);
    }
}

void log_words_lines(const struct log_words *words, GString *out, const struct history_decision *decision)
{
    struct styled_look look = look_of(words);

    look.width = 0;
    for (guint i = 0; i < decision->items->len; i++) {
        g_autoptr(Styled) line = styled_new();
        styled_add(line, decision->short_commit, -1, STYLED(TABLE_YELLOW), NULL);
        styled_add(line, " ", -1, 0, NULL);
        add_item_words(words, line, decision->items->pdata[i]);
        styled_print(line, out, NULL, NULL, &look);
    }
}
