#include "split_text.h"

#include "plain.h"

#include <string.h>

#define COMPLAINT "#! "

/* -- printing -- */

static const char head[] =
    "#\n"
    "# Every line \"into TITLE\" makes a child, and the criteria (1, 2, ...) and questions\n"
    "# (q1, q2, ...) below it go with it. Write titles, move lines below them, and copy those\n"
    "# that go to several. Lines count by the number they begin with; the rest is for reading.\n"
    "#\n"
    "# because   the reason, for the log and the file\n"
    "# each      what is below goes to every child\n"
    "# left      what is not given yet: nothing may remain there\n"
    "# keep      what is below, if you add that line, stays in %s alone\n"
    "#\n"
    "# Remove everything, and nothing is split.\n";

static void print_part(GString *out, enum split_kind kind, guint number, const struct criterion *part)
{
    g_autofree char *text = plain_escape(part->text, -1);
    const char *mark = part->scenario ? "Scenario: " : part->ticked ? "[x] " : part->has_box ? "[ ] " : "";

    g_string_append_printf(out, "%s%u %s%s\n", kind == SPLIT_QUESTIONS ? "q" : "", number,
                           kind == SPLIT_QUESTIONS ? "" : mark, text);
}

/* The loose parts; returns whether there are any. */
static gboolean print_parts(GString *out, enum split_kind kind, const struct split_parts *parts)
{
    gsize before = out->len;

    for (guint number = 1; number <= parts->of[kind]->len; number++)
        if (split_is_loose(parts, kind, number))
            print_part(out, kind, number, parts->of[kind]->pdata[number - 1]);
    return out->len > before;
}

GBytes *split_text_print(const struct item *item, const struct split_parts *parts, const struct split *split)
{
    g_autofree char *title = plain_escape(item->title, -1);
    g_autoptr(GString) questions = g_string_new(NULL);
    GString *out = g_string_new(NULL);

    g_string_append_printf(out, "# Split %s: %s\n", item->id, title);
    g_string_append_printf(out, head, item->id);
    g_string_append_printf(out, "%s\ninto \n\ninto \n", split->reason ? "" : "\nbecause \n");
    if (print_parts(questions, SPLIT_QUESTIONS, parts))
        g_string_append_printf(out, "\neach\n%s", questions->str);
    g_string_append(out, "\nleft\n");
    print_parts(out, SPLIT_CRITERIA, parts);
    return g_string_free_to_bytes(out);
}

/* -- lines -- */

enum line_kind {
    LINE_BLANK, /* or a comment */
    LINE_BECAUSE,
    LINE_INTO,
    LINE_EACH,
    LINE_LEFT,
    LINE_KEEP,
    LINE_PART,
    LINE_OTHER,
};

struct line {
    enum line_kind kind;
    char *rest; /* behind the first word */
    enum split_kind part;
    guint number;
    struct span span; /* without white space around it */
};

static void clear_line(gpointer data)
{
    g_free(((struct line *)data)->rest);
}

/* "12" or "q2". */
static gboolean parse_part(const char *word, struct line *line)
{
    char *end;
    gboolean question = *word == 'q' || *word == 'Q';
    const char *digits = word + question;
    guint64 number = g_ascii_isdigit(*digits) ? g_ascii_strtoull(digits, &end, 10) : 0;

    if (number == 0 || number > G_MAXINT || *end)
        return FALSE;
    line->part = question ? SPLIT_QUESTIONS : SPLIT_CRITERIA;
    line->number = (guint)number;
    return TRUE;
}

static void parse_line(const char *text, struct line *line)
{
    static const struct {
        const char *word;
        enum line_kind kind;
    } headings[] = { { "each", LINE_EACH }, { "left", LINE_LEFT }, { "keep", LINE_KEEP } };
    gsize length = line->span.end - line->span.start;
    g_autofree char *all = g_strndup(text + line->span.start, length);
    gsize first = strcspn(all, " \t");
    g_autofree char *word = g_strndup(all, first);

    line->rest = g_strdup(all + first + strspn(all + first, " \t"));
    line->kind = LINE_OTHER;
    if (length == 0 || *all == '#')
        line->kind = LINE_BLANK;
    else if (strcmp(word, "into") == 0)
        line->kind = LINE_INTO;
    else if (strcmp(word, "because") == 0)
        line->kind = LINE_BECAUSE;
    else if (parse_part(word, line))
        line->kind = LINE_PART;
    for (gsize i = 0; i < G_N_ELEMENTS(headings); i++)
        if (strcmp(all, headings[i].word) == 0)
            line->kind = headings[i].kind;
}

static GArray *read_lines(GBytes *bytes)
{
    GArray *lines = g_array_new(FALSE, TRUE, sizeof(struct line));
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);
    gsize start = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    g_array_set_clear_func(lines, clear_line);
    for (gsize next; start < length; start = next) {
        next = lines_next(text, length, start);
        struct line line = { .span = { start, lines_end(text, length, start) } };
        while (line.span.start < line.span.end && g_ascii_isspace(text[line.span.start]))
            line.span.start++;
        while (line.span.end > line.span.start && g_ascii_isspace(text[line.span.end - 1]))
            line.span.end--;
        parse_line(text, &line);
        g_array_append_val(lines, line);
    }
    return lines;
}

static const struct line *line_at(const GArray *lines, guint i)
{
    return &g_array_index(lines, struct line, i);
}

gboolean split_text_is_empty(GBytes *text)
{
    g_autoptr(GArray) lines = read_lines(text);

    for (guint i = 0; i < lines->len; i++)
        if (line_at(lines, i)->kind != LINE_BLANK)
            return FALSE;
    return TRUE;
}

/* -- reading -- */

struct reading {
    GBytes *text;
    const GArray *lines;
    const struct split_parts *parts;
    struct split *split;
    GPtrArray *findings;
    GHashTable *seen[N_SPLIT_KINDS]; /* numbers of parts that are said to go somewhere, or to stay */
};

static const char *const names[] = { "criterion", "question" };

static void complain(const struct reading *reading, const struct line *line, const char *help,
                     const char *format, ...) G_GNUC_PRINTF(4, 5);

static void complain(const struct reading *reading, const struct line *line, const char *help,
                     const char *format, ...)
{
    gsize length;
    const char *text = g_bytes_get_data(reading->text, &length);
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    struct position at = { 0, 0 };
    if (line)
        at = lines_locate(text, length, line->span.start);
    finding_add_at(reading->findings, "parse", SEVERITY_ERROR, at, help, "%s", message);
}

/* Whether something stands below the heading at index i. */
static gboolean is_used(const GArray *lines, guint i)
{
    for (i++; i < lines->len && line_at(lines, i)->kind == LINE_BLANK;)
        i++;
    return i < lines->len && line_at(lines, i)->kind == LINE_PART;
}

/* Makes the children; one without title and parts is one that was not needed. */
static void read_children(const struct reading *reading)
{
    for (guint i = 0; i < reading->lines->len; i++) {
        const struct line *line = line_at(reading->lines, i);
        g_autoptr(GError) cause = NULL;
        if (line->kind != LINE_INTO || (!*line->rest && !is_used(reading->lines, i)))
            continue;
        if (!*line->rest)
            complain(reading, line, "write it behind into", "the child has no title");
        else if (!split_add(reading->split, line->rest, &cause))
            complain(reading, line, NULL, "%s", cause->message);
    }
}

static gboolean check_part(const struct reading *reading, const struct line *line)
{
    const GPtrArray *parts = reading->parts->of[line->part];

    if (line->number > parts->len) {
        complain(reading, line, "lines can be moved and copied, but not be added", "there is no %s %u",
                 names[line->part], line->number);
        return FALSE;
    }
    if (split_is_loose(reading->parts, line->part, line->number))
        return TRUE;
    complain(reading, line, "remove the line",
             line->part == SPLIT_QUESTIONS ? "%s %u is answered" : "%s %u goes with the one around it",
             names[line->part], line->number);
    return FALSE;
}

static void give_part(const struct reading *reading, const struct line *line, enum line_kind heading,
                      guint child)
{
    GHashTable *seen = reading->seen[line->part];
    guint first = heading == LINE_EACH ? 1 : child;
    guint last = heading == LINE_EACH ? reading->split->children->len : child;

    if (!check_part(reading, line))
        return;
    if (heading == LINE_BLANK)
        complain(reading, line, "move it below \"into TITLE\"", "%s %u stands above the first heading",
                 names[line->part], line->number);
    if (heading != LINE_LEFT)
        g_hash_table_add(seen, GUINT_TO_POINTER(line->number));
    for (guint i = first; (heading == LINE_EACH || heading == LINE_INTO) && i <= last; i++)
        split_give(reading->split, line->part, line->number, i, NULL);
}

static void read_reason(const struct reading *reading, const struct line *line)
{
    struct split *split = reading->split;

    if (!*line->rest)
        return;
    if (split->reason)
        complain(reading, line, "leave one of them", "there is a reason already: %s", split->reason);
    else
        split->reason = g_strdup(line->rest);
}

static void read_parts(const struct reading *reading)
{
    enum line_kind heading = LINE_BLANK;
    guint child = 0;

    for (guint i = 0; i < reading->lines->len; i++) {
        const struct line *line = line_at(reading->lines, i);
        if (line->kind == LINE_PART)
            give_part(reading, line, heading, child);
        else if (line->kind == LINE_OTHER)
            complain(
                reading, line, "put # before it, or remove it",
                "expected \"into TITLE\", \"because REASON\", each, left, keep, or a line with a number");
        else if (line->kind == LINE_BECAUSE)
            read_reason(reading, line);
        else if (line->kind != LINE_BLANK)
            heading = line->kind;
        child += line->kind == LINE_INTO && (*line->rest || is_used(reading->lines, i));
    }
}

/* What no line gives to anybody must not be lost by that. */
static void check_left(const struct reading *reading, enum split_kind kind)
{
    for (guint number = 1; number <= reading->parts->of[kind]->len; number++) {
        const struct criterion *part = reading->parts->of[kind]->pdata[number - 1];
        if (split_is_loose(reading->parts, kind, number) &&
            !g_hash_table_contains(reading->seen[kind], GUINT_TO_POINTER(number)))
            complain(reading, NULL, "move it below a child, or below keep", "%s %u is left behind: %s",
                     names[kind], number, part->text);
    }
}

gboolean split_text_read(GBytes *text, const struct split_parts *parts, struct split *split,
                         GPtrArray *findings)
{
    g_autoptr(GArray) lines = read_lines(text);
    g_autoptr(GHashTable) criteria = g_hash_table_new(NULL, NULL), questions = g_hash_table_new(NULL, NULL);
    const struct reading reading = { text, lines, parts, split, findings, { criteria, questions } };

    read_children(&reading);
    gboolean titled = findings->len == 0;
    read_parts(&reading);
    for (enum split_kind kind = 0; kind < N_SPLIT_KINDS && !split->keep; kind++)
        check_left(&reading, kind);
    if (titled && split->children->len < 2)
        complain(&reading, NULL, "write a title behind each \"into\"",
                 "expected two children or more, saw %s", split->children->len ? "one" : "none");
    split->keep = TRUE;
    return findings->len == 0;
}

/* -- writing again -- */

GBytes *split_text_complain(GBytes *text, const GPtrArray *findings)
{
    GString *out = g_string_new(NULL);
    gsize length;
    const char *bytes = g_bytes_get_data(text, &length);

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        g_autofree char *message = plain_escape(finding->message, -1);
        g_string_append_printf(out, COMPLAINT "%s%s%s\n", message, finding->help ? "; " : "",
                               finding->help ? finding->help : "");
    }
    for (gsize at = 0, next; at < length; at = next) {
        next = lines_next(bytes, length, at);
        if (next - at < strlen(COMPLAINT) || memcmp(bytes + at, COMPLAINT, strlen(COMPLAINT)) != 0)
            g_string_append_len(out, bytes + at, (gssize)(next - at));
    }
    return g_string_free_to_bytes(out);
}

/* The line of a part by its words, or by its number; NULL: there is none. */
static const struct line *find_part(const GArray *lines, const struct line *like, gboolean by_words)
{
    for (guint i = 0; i < lines->len; i++) {
        const struct line *line = line_at(lines, i);
        if (line->kind == LINE_PART && line->part == like->part &&
            (by_words ? strcmp(line->rest, like->rest) == 0 : line->number == like->number))
            return line;
    }
    return NULL;
}

/* Whether each part of one is in the other with its number and words. */
static gboolean has_parts(const GArray *all, const GArray *some)
{
    for (guint i = 0; i < some->len; i++) {
        const struct line *line = line_at(some, i);
        const struct line *other = line->kind == LINE_PART ? find_part(all, line, FALSE) : line;
        if (!other || strcmp(other->rest, line->rest) != 0)
            return FALSE;
    }
    return TRUE;
}

gboolean split_text_has_same(GBytes *base, GBytes *now)
{
    if (g_bytes_equal(base, now))
        return TRUE;
    g_autoptr(GArray) before = read_lines(base), after = read_lines(now);
    return has_parts(before, after) && has_parts(after, before);
}

GBytes *split_text_follow(GBytes *text, GBytes *base, GBytes *now)
{
    g_autoptr(GArray) lines = read_lines(text), before = read_lines(base), after = read_lines(now);
    const char *bytes = g_bytes_get_data(text, NULL);
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < lines->len; i++) {
        const struct line *line = line_at(lines, i);
        const struct line *was = line->kind == LINE_PART ? find_part(before, line, FALSE) : NULL;
        const struct line *is = was ? find_part(after, was, TRUE) : NULL;
        const char *mark = line->part == SPLIT_QUESTIONS ? "q" : "";
        if (is)
            g_string_append_printf(out, "%s%u %s\n", mark, is->number, is->rest);
        else
            g_string_append_printf(out, "%s%.*s\n", was ? "# no longer there: " : "",
                                   (int)(line->span.end - line->span.start), bytes + line->span.start);
    }
    return g_string_free_to_bytes(out);
}
