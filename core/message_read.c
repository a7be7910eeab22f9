#include "message.h"

#include "message_line.h"

#include <string.h>

/* Lines of "commit", "Author" and so on above a message that `git merge --squash` lists, at most. */
#define MAX_HEAD 16

/* What one or several headers say about. */
struct section {
    GPtrArray *ids;
    gboolean group; /* begun by "<n> items: " */
    gboolean all;   /* of items that are not listed too */
    char bullet;    /* of the first header */
    char *reason;   /* NULL: none */
};

struct message {
    GPtrArray *sections;     /* struct section */
    GPtrArray *participants; /* char */
    GHashTable *addresses;   /* of participants, in lower case */
    char *whole;             /* without trailers; NULL where sections has any, or nothing remains */
};

static void section_free(gpointer data)
{
    struct section *section = data;
    g_ptr_array_unref(section->ids);
    g_free(section->reason);
    g_free(section);
}

void message_free(struct message *message)
{
    if (!message)
        return;
    g_ptr_array_unref(message->sections);
    g_ptr_array_unref(message->participants);
    g_hash_table_unref(message->addresses);
    g_free(message->whole);
    g_free(message);
}

/* -- participants -- */

static void add_participant(struct message *message, const char *person)
{
    char *clean = g_strstrip(g_strdup(person)), *address = strrchr(clean, '<');

    if (*clean && g_hash_table_add(message->addresses, g_ascii_strdown(address ? address : clean, -1)))
        g_ptr_array_add(message->participants, clean);
    else
        g_free(clean);
}

static void read_participant(struct message *message, const char *line)
{
    static const char key[] = "Co-authored-by";

    if (g_ascii_strncasecmp(line, key, sizeof key - 1) != 0)
        return;
    line += sizeof key - 1;
    line += strspn(line, " \t");
    if (*line == ':')
        add_participant(message, line + 1);
}

/* -- lines as they were in the messages that a squash is made of -- */

/* Steps through the lines of a message, less what `git merge --squash` and GitLab have indented. What stands
 * between two messages is NULL in out. */
struct flattening {
    const GPtrArray *lines;
    guint at;
    GArray *indents; /* gsize: how far each message that holds the present line is indented */
    GPtrArray *out;
};

static gsize indent_of(const struct flattening *pass)
{
    return pass->indents->len ? g_array_index(pass->indents, gsize, pass->indents->len - 1) : 0;
}

static gsize spaces(const char *line)
{
    return strspn(line, " ");
}

/* The next line that is not blank; "" at the end. */
static const char *next_text(const struct flattening *pass, guint from)
{
    for (guint i = from; i < pass->lines->len; i++)
        if (*(const char *)pass->lines->pdata[i])
            return pass->lines->pdata[i];
    return "";
}

static void push_indent(struct flattening *pass, gsize more)
{
    gsize indent = indent_of(pass) + more;
    g_array_append_val(pass->indents, indent);
}

/* The part of line at that belongs to its message. */
static const char *line_of(const struct flattening *pass, guint at)
{
    const char *line = pass->lines->pdata[at];
    return line + MIN(indent_of(pass), spaces(line));
}

/* Reads "commit ID", "Author: …", "Date: …" up to the blank line, where that is what stands here. */
static gboolean skip_commit(struct message *message, struct flattening *pass)
{
    guint end = pass->at + 1, most = MIN(pass->lines->len, pass->at + MAX_HEAD);

    if (!message_line_is_commit(line_of(pass, pass->at)))
        return FALSE;
    while (end < most && *line_of(pass, end))
        end++;
    if (end == pass->at + 1 || spaces(next_text(pass, end)) < indent_of(pass) + 4)
        return FALSE;
    for (guint i = pass->at + 1; i < end; i++)
        if (g_str_has_prefix(line_of(pass, i), "Author: "))
            add_participant(message, line_of(pass, i) + strlen("Author: "));
    g_ptr_array_add(pass->out, NULL);
    push_indent(pass, 4);
    pass->at = end - 1;
    return TRUE;
}

/* Whether the line is a bullet that what follows is indented under: itself a header, or, where a template
 * keeps it from being one, with a header below. */
static gboolean is_indenting(const struct flattening *pass, const char *line)
{
    gsize indent = indent_of(pass) + 2;
    struct message_header header;

    if (*line != '*' && *line != '-')
        return FALSE;
    const char *next = next_text(pass, pass->at + 1);
    if (spaces(next) < indent)
        return FALSE;
    return message_line_header(line, &header) ||
           (message_line_is_bullet(pass->lines, pass->at) && message_line_header(next + indent, &header));
}

static GPtrArray *flatten(struct message *message, const GPtrArray *lines)
{
    g_autoptr(GArray) indents = g_array_new(FALSE, FALSE, sizeof(gsize));
    struct flattening pass = { .lines = lines, .indents = indents };

    pass.out = g_ptr_array_new_with_free_func(g_free);
    for (; pass.at < lines->len; pass.at++) {
        const char *line = lines->pdata[pass.at];
        while (*line && indents->len && spaces(line) < indent_of(&pass)) {
            g_array_set_size(indents, indents->len - 1);
            g_ptr_array_add(pass.out, NULL);
        }
        line = line_of(&pass, pass.at);
        if (skip_commit(message, &pass))
            continue;
        g_ptr_array_add(pass.out, g_strdup(line));
        if (is_indenting(&pass, line))
            push_indent(&pass, 2);
    }
    return pass.out;
}

/* -- sections -- */

static guint paragraph_end(const GPtrArray *lines, guint start)
{
    while (start < lines->len && *(const char *)lines->pdata[start])
        start++;
    return start;
}

static gboolean names_person(const GPtrArray *lines, guint start, guint end)
{
    for (guint i = start; i < end; i++)
        if (message_line_is_person(lines->pdata[i]))
            return TRUE;
    return FALSE;
}

/* Where the first trailers that name somebody begin, not before from; the number of lines where there are
 * none. Of a message in the middle of a squash, that is its end. */
static guint find_persons(const GPtrArray *lines, guint from)
{
    for (guint start = from; start < lines->len; start++) {
        guint end = paragraph_end(lines, start);
        if (names_person(lines, start, end) && message_lines_are_trailers(lines, start, end))
            return start;
        start = end;
    }
    return lines->len;
}

/* Less trailers, and the line that GitHub puts above its own. from: before that there are none. */
static GPtrArray *without_trailers(const GPtrArray *lines, guint from)
{
    g_autoptr(GPtrArray) rest = message_lines_trim(lines, 0, find_persons(lines, from));
    guint end = rest->len;

    if (end && message_line_is_rule(rest->pdata[end - 1]))
        end--;
    while (end && *(const char *)rest->pdata[end - 1] == '\0')
        end--;
    guint start = message_lines_paragraph(rest, end);
    gboolean trailers = start >= from && message_lines_are_trailers(rest, start, end);
    return message_lines_trim(rest, 0, trailers ? start : end);
}

/* What the lines say, NULL for nothing; they are used up. The first paragraph of a whole message is its
 * subject, whatever that looks like. */
static char *take_text(GPtrArray *lines, gboolean whole)
{
    g_autoptr(GPtrArray) trimmed = message_lines_trim(lines, 0, lines->len);
    g_autoptr(GPtrArray) rest = without_trailers(trimmed, whole ? paragraph_end(trimmed, 0) : 0);

    g_ptr_array_set_size(lines, 0);
    message_lines_unquote(rest);
    return rest->len ? message_lines_join(rest) : NULL;
}

/* Reading sections: the one that is open, and its text so far. */
struct reading {
    struct message *message;
    struct section *section; /* NULL between messages that are no decisions */
    GPtrArray *text;
    gboolean apart; /* a blank line since the last header */
};

static void end_section(struct reading *reading)
{
    struct section *section = reading->section;

    if (section) {
        section->all |= section->group && section->ids->len == 0;
        section->reason = take_text(reading->text, FALSE);
    }
    reading->section = NULL;
}

/* A line "<id>: " directly below another, or in the list of a group, shares what follows. */
static gboolean joins(const struct reading *reading, const struct message_header *header)
{
    const struct section *section = reading->section;
    return section && reading->text->len == 0 && header->kind == MESSAGE_HEADER_ITEM &&
           (!reading->apart || (section->group && section->ids->len == 0));
}

static void read_header(struct reading *reading, const struct message_header *header)
{
    if (!joins(reading, header)) {
        end_section(reading);
        reading->section = g_new0(struct section, 1);
        reading->section->ids = g_ptr_array_new_with_free_func(g_free);
        reading->section->group = header->kind == MESSAGE_HEADER_GROUP;
        reading->section->bullet = header->bullet;
        g_ptr_array_add(reading->message->sections, reading->section);
    }
    if (header->kind == MESSAGE_HEADER_ITEM)
        g_ptr_array_add(reading->section->ids, g_strndup(header->id, header->length));
    reading->apart = FALSE;
}

static gboolean is_and_more(const char *line)
{
    if (!g_str_has_prefix(line, "and "))
        return FALSE;
    gsize digits = strspn(line + 4, "0123456789");
    return digits && strcmp(line + 4 + digits, " more") == 0;
}

static void read_line(struct reading *reading, const GPtrArray *lines, guint at)
{
    struct section *section = reading->section;
    const char *line = lines->pdata[at];
    struct message_header header;

    read_participant(reading->message, line);
    if (message_line_header(line, &header)) {
        read_header(reading, &header);
    } else if (!section) {
        return;
    } else if (*line == '\0') {
        reading->apart = TRUE;
        if (reading->text->len)
            g_ptr_array_add(reading->text, g_strdup(""));
    } else if (reading->text->len == 0 && !reading->apart && section->ids->len && is_and_more(line)) {
        section->all = TRUE;
    } else if (section->bullet && *line == section->bullet && message_line_is_bullet(lines, at)) {
        end_section(reading);
    } else {
        g_ptr_array_add(reading->text, g_strdup(line));
    }
}

/* -- */

struct message *message_parse(const char *text)
{
    struct message *message = g_new0(struct message, 1);
    g_autoptr(GPtrArray) raw = message_lines_split(text);
    g_autoptr(GPtrArray) written = g_ptr_array_new_with_free_func(g_free);
    struct reading reading = { .message = message, .text = written };

    message->sections = g_ptr_array_new_with_free_func(section_free);
    message->participants = g_ptr_array_new_with_free_func(g_free);
    message->addresses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) lines = flatten(message, raw);
    for (guint i = 0; i < lines->len; i++) {
        if (lines->pdata[i])
            read_line(&reading, lines, i);
        else
            end_section(&reading);
    }
    end_section(&reading);
    if (message->sections->len == 0)
        message->whole = take_text(raw, TRUE);
    return message;
}

char *message_reason(const struct message *message, const char *id)
{
    g_autoptr(GPtrArray) reasons = g_ptr_array_new();

    for (guint i = 0; i < message->sections->len; i++) {
        const struct section *section = message->sections->pdata[i];
        gboolean about =
            section->all || g_ptr_array_find_with_equal_func(section->ids, id, g_str_equal, NULL);
        if (about && section->reason &&
            !g_ptr_array_find_with_equal_func(reasons, section->reason, g_str_equal, NULL))
            g_ptr_array_add(reasons, section->reason);
    }
    if (reasons->len == 0)
        return g_strdup(message->whole);
    g_ptr_array_add(reasons, NULL);
    return g_strjoinv("\n\n", (char **)reasons->pdata);
}

const GPtrArray *message_participants(const struct message *message)
{
    return message->participants;
}
