#include "import_jira_markup.h"

#include "import_jira_inline.h"
#include "import_jira_table.h"
#include "import_text.h"

#include <string.h>

/* Deeper lists are flat from there on. */
#define DEEPEST 8

/* What the last line was: it says whether a blank line must stand before the next. */
enum line_kind { LINE_BLANK, LINE_TEXT, LINE_LIST, LINE_OTHER };

/* Blocks that a mark opens and the same mark closes. */
enum block { BLOCK_CODE, BLOCK_NOFORMAT, BLOCK_QUOTE, N_BLOCKS };

static const char *const block_names[] = { "{code", "{noformat", "{quote" };
static const char *const block_ends[] = { "{code}", "{noformat}", "{quote}" };

struct conversion {
    GString *out;
    enum line_kind last;
    guint depth;                /* of the list that the last line is in */
    gsize indents[DEEPEST + 1]; /* of what stands in the list, by depth */
    const char *end;            /* of the text */
    gboolean endless[N_BLOCKS]; /* nothing closes such a block from here on */
    gboolean fenceless[2];      /* the same of fences of ` and ~ */
    /* The end of the line, and the next brace, that were looked for last: the text only ever goes forward, so
     * of a line with many marks each is sought once. */
    const char *stop, *brace;
};

static gsize line_length(const char *text)
{
    const char *end = strchr(text, '\n');
    return end ? (gsize)(end - text) : strlen(text);
}

static const char *next_line(const char *text)
{
    text += line_length(text);
    return *text ? text + 1 : text;
}

static gsize rest_length(struct conversion *conversion, const char *text)
{
    if (!conversion->stop || text > conversion->stop)
        conversion->stop = text + line_length(text);
    return (gsize)(conversion->stop - text);
}

static const char *next_brace(struct conversion *conversion, const char *text)
{
    if (!conversion->brace || text > conversion->brace)
        conversion->brace = text + strcspn(text, "}");
    return conversion->brace;
}

static gboolean is_blank(const char *text, gsize length)
{
    /* Jira's editor leaves spaces that do not break in empty lines. */
    for (gsize i = 0; i < length; i++)
        if (i + 1 < length && memcmp(text + i, "\xc2\xa0", 2) == 0)
            i++;
        else if (!g_ascii_isspace(text[i]))
            return FALSE;
    return TRUE;
}

/* Begins a line of that kind: a blank one goes before it where Markdown would join it to the last. */
static void begin(struct conversion *conversion, enum line_kind kind)
{
    gboolean apart = conversion->last == LINE_OTHER ||
                     (conversion->last != LINE_BLANK && kind == LINE_OTHER) ||
                     (conversion->last == LINE_TEXT && kind == LINE_LIST);
    if (apart)
        g_string_append_c(conversion->out, '\n');
    if (kind != LINE_LIST)
        conversion->depth = 0;
    conversion->last = kind;
}

static void end_block(struct conversion *conversion)
{
    g_string_append_c(conversion->out, '\n');
}

/* -- lines -- */

static gboolean take_heading(struct conversion *conversion, const char *line, gsize length)
{
    gsize at = strspn(line, " \t");
    if (at + 4 > length || line[at] != 'h' || line[at + 1] < '1' || line[at + 1] > '6' ||
        line[at + 2] != '.' || is_blank(line + at + 3, length - at - 3))
        return FALSE;
    gsize text = at + 3 + strspn(line + at + 3, " \t");
    begin(conversion, LINE_OTHER);
    g_string_append_printf(conversion->out, "%.*s ", line[at + 1] - '0', "######");
    import_jira_inline(conversion->out, line + text, length - text);
    end_block(conversion);
    return TRUE;
}

static gboolean take_list(struct conversion *conversion, const char *line, gsize length)
{
    gsize start = strspn(line, " \t"), marks = strspn(line + start, "*#-"), at = start + marks;
    const char *mark = line + start;
    if (marks == 0 || at >= length || (line[at] != ' ' && line[at] != '\t') ||
        is_blank(line + at, length - at) || (marks > 1 && memchr(mark, '-', marks)))
        return FALSE;
    guint depth = MIN((guint)marks, MIN(conversion->depth + 1, DEEPEST));
    gboolean numbered = mark[marks - 1] == '#';
    gsize indent = depth > 1 ? conversion->indents[depth - 1] : 0, text = at + strspn(line + at, " \t");

    begin(conversion, LINE_LIST);
    conversion->depth = depth;
    conversion->indents[depth] = indent + (numbered ? 3 : 2);
    g_string_append_printf(conversion->out, "%*s%s ", (int)indent, "", numbered ? "1." : "-");
    import_jira_inline(conversion->out, line + text, length - text);
    end_block(conversion);
    return TRUE;
}

static gboolean take_quoted_line(struct conversion *conversion, const char *line, gsize length)
{
    gsize start = strspn(line, " \t");
    if (start + 4 > length || strncmp(line + start, "bq. ", 4) != 0)
        return FALSE;
    begin(conversion, LINE_OTHER);
    g_string_append(conversion->out, "> ");
    import_jira_inline(conversion->out, line + start + 4, length - start - 4);
    end_block(conversion);
    return TRUE;
}

/* What would make a heading of the line above, or one without text. */
static gboolean take_rule(struct conversion *conversion, const char *line, gsize length)
{
    gsize start = strspn(line, " \t");
    char mark = start < length ? line[start] : '\0';
    gsize marks = start;

    while (marks < length && line[marks] == mark)
        marks++;
    if (!mark || !strchr("-=#", mark) || !is_blank(line + marks, length - marks))
        return FALSE;
    gboolean is_rule = mark == '-' && marks - start > 2;
    begin(conversion, is_rule ? LINE_OTHER : LINE_TEXT);
    g_string_append(conversion->out, is_rule ? "" : "\\");
    g_string_append_len(conversion->out, line + start, (gssize)(length - start));
    end_block(conversion);
    return TRUE;
}

static void take_line(struct conversion *conversion, const char *line, gsize length)
{
    if (is_blank(line, length)) {
        g_string_append_c(conversion->out, '\n');
        conversion->last = LINE_BLANK;
        conversion->depth = 0;
        return;
    }
    if (take_heading(conversion, line, length) || take_list(conversion, line, length) ||
        take_quoted_line(conversion, line, length) || take_rule(conversion, line, length))
        return;
    /* A line behind an entry goes on in it, in Jira as in Markdown. */
    gboolean goes_on = conversion->last == LINE_LIST;
    if (!goes_on)
        begin(conversion, LINE_TEXT);
    gsize indent = goes_on ? conversion->indents[conversion->depth] : 0;
    gsize start = goes_on ? strspn(line, " \t") : 0;
    g_string_append_printf(conversion->out, "%*s", (int)indent, "");
    import_jira_inline(conversion->out, line + start, length - start);
    end_block(conversion);
}

/* -- blocks of several lines; each returns where the text goes on, NULL where it is none -- */

static const char *take_table(struct conversion *conversion, const char *line)
{
    const char *end = line;
    guint count = 0;

    for (; *end && import_jira_is_row(end, line_length(end)); end = next_line(end))
        count++;
    if (count == 0)
        return NULL;
    begin(conversion, LINE_OTHER);
    import_jira_table(conversion->out, line, count);
    return end;
}

/* How long the fence is with which the line begins, as people type it who know Markdown. */
static gsize fence_length(const char *line)
{
    gsize start = strspn(line, " ");
    char mark = line[start];
    gsize marks = 0;

    if (mark != '`' && mark != '~')
        return 0;
    while (line[start + marks] == mark)
        marks++;
    return marks >= 3 && start < 4 ? marks : 0;
}

static const char *take_fence(struct conversion *conversion, const char *line)
{
    gsize length = fence_length(line), start = strspn(line, " ");
    char mark = line[start];

    if (length == 0 ||
        (mark == '`' && memchr(line + start + length, '`', line_length(line) - start - length)))
        return NULL;
    for (const char *end = next_line(line); *end && !conversion->fenceless[mark == '~'];
         end = next_line(end)) {
        gsize closing = fence_length(end), from = strspn(end, " ");
        if (closing < length || end[from] != mark ||
            !is_blank(end + from + closing, line_length(end) - from - closing))
            continue;
        end = next_line(end);
        begin(conversion, LINE_OTHER);
        g_string_append_len(conversion->out, line, (gssize)(end - line));
        if (end[-1] != '\n')
            g_string_append_c(conversion->out, '\n');
        return end;
    }
    conversion->fenceless[mark == '~'] = TRUE;
    begin(conversion, LINE_TEXT);
    g_string_append_c(conversion->out, '\\');
    g_string_append_len(conversion->out, line + start, (gssize)(line_length(line) - start));
    end_block(conversion);
    return next_line(line);
}

/* -- blocks between two marks -- */

/* An opening mark: {code}, {code:java}, {noformat} or {quote}. */
struct mark {
    enum block block;
    const char *start;
    const char *inner; /* behind it */
    const char *end;   /* of what is between: the closing mark */
};

/* Whether a block is opened at text, and closed behind it. */
static gboolean is_open(struct conversion *conversion, const char *text, struct mark *mark)
{
    for (enum block block = 0; block < N_BLOCKS; block++) {
        gsize name = strlen(block_names[block]);
        if (strncmp(text, block_names[block], name) != 0 || (text[name] != '}' && text[name] != ':'))
            continue;
        const char *close = next_brace(conversion, text);
        if (close >= conversion->stop || conversion->endless[block])
            return FALSE;
        /* Not strstr: under the address sanitizer that walks to the end of the text every time. */
        const char *end = g_strstr_len(close + 1, conversion->end - close - 1, block_ends[block]);
        *mark = (struct mark){ block, text, close + 1, end };
        conversion->endless[block] = !end;
        return end != NULL;
    }
    return FALSE;
}

static gboolean find_mark(struct conversion *conversion, const char *line, gsize length, struct mark *mark)
{
    for (const char *at = line; at && at < line + length;
         at = memchr(at + 1, '{', length - (gsize)(at - line) - 1))
        if (*at == '{' && (at == line || at[-1] != '{') && is_open(conversion, at, mark))
            return TRUE;
    return FALSE;
}

/* A fence of the mark that is in no line of the text. */
static char *fence_for(const char *text, gsize length, char mark)
{
    gsize longest = 2, run = 0;
    for (gsize i = 0; i < length; i++) {
        run = text[i] == mark ? run + 1 : 0;
        longest = MAX(longest, run);
    }
    return g_strnfill(longest + 1, mark);
}

static void append_code(struct conversion *conversion, const struct mark *mark)
{
    const char *name = mark->start + strlen(block_names[mark->block]);
    g_autofree char *info =
        *name == ':' ? g_strndup(name + 1, (gsize)(mark->inner - name) - 2) : g_strdup("");
    const char *from = mark->inner, *end = mark->end;

    g_strdelimit(info, "|", ' ');
    while (end > from && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    const char *first = from < end ? memchr(from, '\n', (gsize)(end - from)) : NULL;
    if (first && is_blank(from, (gsize)(first - from)))
        from = first + 1;
    if (end > from && end[-1] == '\n')
        end--;
    g_autofree char *fence = fence_for(from, (gsize)(end - from), strchr(info, '`') ? '~' : '`');
    g_string_append_printf(conversion->out, "%s%s\n", fence, g_strstrip(info));
    g_string_append_len(conversion->out, from, (gssize)(end - from));
    g_string_append_printf(conversion->out, "%s%s\n", end > from ? "\n" : "", fence);
}

static void append_quote(struct conversion *conversion, const struct mark *mark)
{
    g_autofree char *inner = g_strndup(mark->inner, (gsize)(mark->end - mark->inner));
    g_strstrip(inner);
    g_autofree char *text = import_jira_markup(inner);

    for (const char *line = text; *line; line = next_line(line)) {
        gsize length = line_length(line);
        g_string_append(conversion->out, length ? "> " : ">");
        g_string_append_len(conversion->out, line, (gssize)length);
        g_string_append_c(conversion->out, '\n');
    }
}

/* Takes the block that is opened in the line, and what stands before it. Returns where the text goes on. */
static const char *take_block(struct conversion *conversion, const char *line, const struct mark *mark)
{
    const char *end = mark->end + strlen(block_ends[mark->block]);

    if (!is_blank(line, (gsize)(mark->start - line)))
        take_line(conversion, line, (gsize)(mark->start - line));
    begin(conversion, LINE_OTHER);
    if (mark->block == BLOCK_QUOTE)
        append_quote(conversion, mark);
    else
        append_code(conversion, mark);
    return is_blank(end, rest_length(conversion, end)) ? next_line(end) : end;
}

/* -- */

char *import_jira_markup(const char *text)
{
    g_autofree char *plain = import_text_lines(text);
    struct conversion conversion = { .out = g_string_sized_new(strlen(plain)) };
    struct mark mark;

    g_strchomp(plain);
    conversion.end = plain + strlen(plain);
    for (const char *line = plain; *line;) {
        gsize length = rest_length(&conversion, line);
        const char *next = NULL;
        if (find_mark(&conversion, line, length, &mark))
            next = take_block(&conversion, line, &mark);
        else if (!(next = take_table(&conversion, line)) && !(next = take_fence(&conversion, line))) {
            take_line(&conversion, line, length);
            next = next_line(line);
        }
        line = next;
    }
    return g_string_free(conversion.out, FALSE);
}
