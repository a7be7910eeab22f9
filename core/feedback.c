#include "feedback.h"

#include "clock.h"
#include "demand.h"
#include "moment.h"

#include <stdlib.h>
#include <string.h>

#define MOST_LINE 1000 /* bytes, as of any other value */
#define MOST_SAYS 8192
#define MOST_FRONT (64 * 1024) /* as nodes.h has it */

/* -- checks -- */

static gboolean check_line(const char *name, const char *text, GError **error)
{
    if (edit_is_line(text) && strlen(text) <= MOST_LINE)
        return TRUE;
    return draft_refuse(error, "%s: expected one line of text of at most %d bytes, %s", name, MOST_LINE,
                        !*text                     ? "saw none"
                        : strlen(text) > MOST_LINE ? "saw more"
                                                   : "without control characters, or spaces around it");
}

static gboolean check_says(const char *text, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    gboolean good = *text && strlen(text) <= MOST_SAYS;

    for (gsize i = 0; good && lines[i]; i++) {
        g_autofree char *line = g_strstrip(g_strdup(lines[i]));
        good = !*line || edit_is_line(line);
    }
    return good || draft_refuse(error, "says: expected text of at most %d bytes, %s", MOST_SAYS,
                                !*text                     ? "saw none"
                                : strlen(text) > MOST_SAYS ? "saw more: put the whole where via leads to"
                                                           : "without control characters");
}

char *feedback_day(const char *text, GError **error)
{
    g_autoptr(GDateTime) now = clock_now();
    g_autofree char *today = clock_today();
    gint64 first = 0, last = 0;

    /* What git calls "never" is the beginning of its time. */
    if (!clock_is_day(text) && (!moment_parse(text, now, &first, &last) || first <= 0)) {
        draft_refuse(error, "on: expected a day such as 2026-11-20 or yesterday, saw %s", text);
        return NULL;
    }
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_local(first);
    g_autofree char *day = clock_is_day(text) ? g_strdup(text) : g_date_time_format(moment, "%Y-%m-%d");
    if (strcmp(day, today) <= 0)
        return g_steal_pointer(&day);
    draft_refuse(error, "on: expected the day of the request, saw %s, which is yet to come", day);
    return NULL;
}

/* -- where from -- */

/* A scheme of RFC 3986 and something behind it. */
gboolean feedback_is_link(const char *text)
{
    gsize scheme = strcspn(text, ":");

    if (scheme < 2 || !g_ascii_isalpha(*text) || strpbrk(text, " \t"))
        return FALSE;
    for (gsize i = 0; i < scheme; i++)
        if (!g_ascii_isalnum(text[i]) && !strchr("+-.", text[i]))
            return FALSE;
    return g_str_has_prefix(text + scheme, "://") ? text[scheme + 3] != '\0'
                                                  : g_ascii_strncasecmp(text, "mailto:", 7) == 0 && text[7];
}

/* The path of a file from the top of the repository, if there is such a file in it; newly allocated, or NULL.
 */
static char *path_from_top(const struct policy *policy, const char *folder, const char *path)
{
    g_autofree char *whole = g_canonicalize_filename(path, folder);
    g_autofree char *real = realpath(whole, NULL);
    gsize top = strlen(policy->top);

    return real && strncmp(real, policy->top, top) == 0 && real[top] == '/' ? g_strdup(real + top + 1) : NULL;
}

char *feedback_via(const struct policy *policy, const char *folder, const char *via, gboolean *leads)
{
    gboolean link = feedback_is_link(via);
    /* What follows "#" is a place in the file. */
    g_autofree char *file = g_strndup(via, strcspn(via, "#"));
    g_autofree char *path = link || !*file ? NULL : path_from_top(policy, folder, file);

    if (!path && !link && *file)
        path = path_from_top(policy, policy->top, file);
    if (leads)
        *leads = link || path;
    return path ? g_strconcat(path, via + strlen(file), NULL) : g_strdup(via);
}

/* Whether an address can have the character before its "@" and behind it. */
static gboolean is_of_address(gunichar character)
{
    return !g_unichar_isspace(character) && !g_unichar_iscntrl(character) &&
           (character >= 128 || !strchr("@<>()[],;:\"'/", (int)character));
}

/* Where the domain ends that begins at text: behind its last label, of two at least; NULL: it is none. */
static const char *end_of_domain(const char *text, const char *end)
{
    const char *found = NULL;
    gboolean label = FALSE; /* behind a dot, with nothing but letters, digits and "-" since */

    for (const char *at = text; at < end; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        if (!is_of_address(character))
            break;
        label = character == '.' ? at > text : label && (g_unichar_isalnum(character) || character == '-');
        if (label && character != '.')
            found = g_utf8_next_char(at);
    }
    return found;
}

const char *feedback_find_address(const char *text, gsize length, gsize *size)
{
    const char *end = text + length, *first = text;

    for (const char *at = text; at < end; at = g_utf8_next_char(at)) {
        if (is_of_address(g_utf8_get_char(at)))
            continue;
        const char *stop = *at == '@' && at > first ? end_of_domain(at + 1, end) : NULL;
        if (stop) {
            *size = (gsize)(stop - first);
            return first;
        }
        first = g_utf8_next_char(at);
    }
    return NULL;
}

char *feedback_address(const char *text)
{
    gsize size = 0;
    const char *address = feedback_find_address(text, strlen(text), &size);

    return address ? g_strndup(address, size) : NULL;
}

/* -- writing -- */

static gboolean has_request(struct draft *draft, const struct feedback_texts *texts)
{
    const struct policy *policy = draft->backlog->policy;
    g_autoptr(GPtrArray) requests = demand_read(policy, NULL, edit_document(draft->edit));
    g_autofree char *asker = demand_asker(policy, texts->from);

    for (guint i = 0; i < requests->len; i++) {
        const struct request *request = requests->pdata[i];
        if (g_strcmp0(request->asker, asker) == 0 && g_strcmp0(request->on, texts->on) == 0 &&
            g_strcmp0(request->says, texts->says) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Says so where front matter has no room for the pairs, which an edit only finds not to be safe. */
static void explain_size(struct draft *draft, const struct edit_pair *pairs, gsize n, GError **error)
{
    gsize size = span_length(edit_document(draft->edit)->front->span);

    for (gsize i = 0; i < n; i++)
        size += strlen(pairs[i].key) + strlen(pairs[i].value);
    if (!error || !g_error_matches(*error, EDIT_ERROR, EDIT_ERROR_UNSAFE) || size <= MOST_FRONT)
        return;
    g_clear_error(error);
    g_set_error(
        error, EDIT_ERROR, EDIT_ERROR_UNSAFE,
        "%s: with this the front matter would be over its limit of %d KiB; let via lead to what they say",
        draft->path, MOST_FRONT / 1024);
}

gboolean feedback_add(struct draft *draft, const struct feedback_texts *texts, GError **error)
{
    g_autofree const char **order = field_order();
    struct edit_pair pairs[4] = { { "from", texts->from, SCALAR_STRING }, { "on", texts->on, SCALAR_TYPED } };
    gsize n = 2;

    if (!check_line("from", texts->from, error) || (texts->says && !check_says(texts->says, error)) ||
        (texts->via && !check_line("via", texts->via, error)))
        return FALSE;
    if (has_request(draft, texts))
        return TRUE;
    if (texts->says)
        pairs[n++] = (struct edit_pair){ "says", texts->says, SCALAR_STRING };
    if (texts->via)
        pairs[n++] = (struct edit_pair){ "via", texts->via, SCALAR_STRING };
    if (edit_record_add(draft->edit, "feedback", pairs, n, order, error))
        return TRUE;
    explain_size(draft, pairs, n, error);
    return FALSE;
}
