#include "history_commit.h"

#include <string.h>

void commit_words_free(struct commit_words *words)
{
    if (!words)
        return;
    g_free(words->name);
    g_free(words->email);
    g_free(words->text);
    message_free(words->message);
    g_ptr_array_unref(words->participants);
    g_free(words);
}

/* -- the head -- */

/* The value of a line of the head, NUL-terminated; NULL where it has none. Lines that go on begin with a
 * space. */
static char *head_value(const char *head, gsize length, const char *key)
{
    gsize key_length = strlen(key);
    const char *end = head + length;

    for (const char *line = head; line < end;) {
        const char *next = memchr(line, '\n', (gsize)(end - line));
        const char *stop = next ? next : end;
        if ((gsize)(stop - line) > key_length && memcmp(line, key, key_length) == 0 &&
            line[key_length] == ' ')
            return g_strndup(line + key_length + 1, (gsize)(stop - line) - key_length - 1);
        line = stop + 1;
    }
    return NULL;
}

/* Minutes east, of "+0130"; what no zone can be is 0. */
static int parse_offset(const char *text)
{
    for (int i = 1; (*text == '+' || *text == '-') && i < 5; i++)
        if (!g_ascii_isdigit(text[i]))
            return 0;
    if ((*text != '+' && *text != '-') || g_ascii_isdigit(text[5]))
        return 0;
    int hours = (text[1] - '0') * 10 + text[2] - '0', minutes = (text[3] - '0') * 10 + text[4] - '0';
    return hours > 14 || minutes > 59 ? 0 : (*text == '-' ? -1 : 1) * (hours * 60 + minutes);
}

/* "NAME <ADDRESS> SECONDS ZONE" */
static void parse_author(struct commit_words *words, const char *line, const struct mailmap *mailmap)
{
    const char *open = line ? strrchr(line, '<') : NULL, *close = open ? strchr(open, '>') : NULL;
    g_autofree char *own = close ? g_strndup(line, (gsize)(open - line)) : g_strdup(line ? line : "");
    g_autofree char *address = close ? g_strndup(open + 1, (gsize)(close - open - 1)) : g_strdup("");
    const char *name = g_strstrip(own), *email = g_strstrip(address);

    mailmap_resolve(mailmap, &name, &email);
    words->name = g_strdup(name);
    words->email = g_strdup(email);
    if (!close || close[1] != ' ')
        return;
    char *rest = NULL;
    gint64 time = g_ascii_strtoll(close + 2, &rest, 10);
    if (rest == close + 2)
        return;
    words->time = time;
    words->offset = *rest == ' ' ? parse_offset(rest + 1) : 0;
}

/* -- the message -- */

/* The text as UTF-8, where it says that it is something else. */
static char *to_utf8(const char *text, gsize length, const char *encoding)
{
    char *converted = encoding && g_ascii_strcasecmp(encoding, "UTF-8") != 0
                          ? g_convert(text, (gssize)length, "UTF-8", encoding, NULL, NULL, NULL)
                          : NULL;
    return converted ? converted : g_utf8_make_valid(text, (gssize)length);
}

/* "Name <email>" by the mailmap. */
static char *map_person(const struct mailmap *mailmap, const char *person)
{
    const char *open = strrchr(person, '<'), *close = open ? strchr(open, '>') : NULL;

    if (!close)
        return g_strdup(person);
    g_autofree char *old_name = g_strstrip(g_strndup(person, (gsize)(open - person)));
    g_autofree char *old_email = g_strndup(open + 1, (gsize)(close - open - 1));
    const char *name = old_name, *email = old_email;
    mailmap_resolve(mailmap, &name, &email);
    return g_strdup_printf("%s <%s>", name, email);
}

/* Adds a person, but not one whose address is known already. */
static void add_person(GPtrArray *persons, GHashTable *known, char *person)
{
    const char *open = strrchr(person, '<');
    if (g_hash_table_add(known, g_ascii_strdown(open ? open : person, -1)))
        g_ptr_array_add(persons, person);
    else
        g_free(person);
}

static void set_participants(struct commit_words *words, const struct mailmap *mailmap)
{
    const GPtrArray *persons = message_participants(words->message);

    if (persons->len == 0)
        return;
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *author = g_strdup_printf("<%s>", words->email);
    g_hash_table_add(known, g_ascii_strdown(author, -1));
    for (guint i = 0; i < persons->len; i++)
        add_person(words->participants, known, map_person(mailmap, persons->pdata[i]));
}

/* -- */

struct commit_words *commit_words_new(GBytes *commit, const struct mailmap *mailmap)
{
    struct commit_words *words = g_new0(struct commit_words, 1);
    gsize length;
    const char *data = g_bytes_get_data(commit, &length);
    const char *blank = g_strstr_len(data, (gssize)length, "\n\n");
    gsize head = blank ? (gsize)(blank - data) : length, at = head;

    while (at < length && data[at] == '\n')
        at++;
    g_autofree char *author = head_value(data, head, "author");
    g_autofree char *encoding = head_value(data, head, "encoding");
    parse_author(words, author, mailmap);
    words->text = to_utf8(data + at, length - at, encoding);
    words->message = message_parse(words->text);
    words->participants = g_ptr_array_new_with_free_func(g_free);
    set_participants(words, mailmap);
    return words;
}
