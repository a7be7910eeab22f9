#include "rules_private.h"

#include "comments.h"
#include "custom.h"
#include "plain.h"
#include "reading.h"
#include "section.h"

#include <string.h>

/* What stands in place of what a pattern does not see: no white space, and nothing that a word has. */
#define MASK '\x1f'

/* Places that one rule names in one item. */
#define PLACES 10

/* Columns of a pattern, or of what it found, in a message. */
#define SHOWN 60

/* The file as patterns see it, of the same length: what they do not see is masked, line endings are left. */
struct sight {
    struct reading *reading;
    char *seen[CUSTOM_TEXT + 1]; /* NULL: not asked for yet */
};

/* -- what is seen -- */

static void mask(char *text, struct span span, char with)
{
    for (gsize i = span.start; i < span.end; i++)
        if (text[i] != '\n' && text[i] != '\r')
            text[i] = with;
}

/* The library takes all text for UTF-8. */
static void mask_invalid(char *text, gsize length)
{
    const char *bad = text, *end = text + length;

    while (!g_utf8_validate_len(bad, (gsize)(end - bad), &bad))
        text[bad - text] = MASK;
}

/* Markers and all else in front of the first word of a line are blank, so that a pattern may begin with "^".
 */
static void mask_gap(char *text, struct span gap)
{
    gsize line = lines_start(text, gap.end, gap.end);

    mask(text, gap, MASK);
    if (line >= gap.start)
        mask(text, (struct span){ line, gap.end }, ' ');
}

static void mask_all_but_prose(char *text, const struct reading *reading)
{
    const GArray *prose = reading->document->body->prose, *tokens = reading->prose->tokens;
    gsize at = reading->document->front->body;

    for (guint i = 0; i < prose->len; i++) {
        const struct span span = g_array_index(prose, struct markdown_prose, i).span;
        if (span.start > at)
            mask_gap(text, (struct span){ at, span.start });
        at = MAX(at, span.end);
    }
    mask(text, (struct span){ at, reading->document->length }, MASK);
    for (guint i = 0; i < tokens->len; i++) {
        const struct token *token = &g_array_index(tokens, struct token, i);
        if (token->kind == TOKEN_LITERAL || token->kind == TOKEN_LINK)
            mask(text, token->span, MASK);
    }
}

static const char *see(struct sight *sight, enum custom_sight how)
{
    const struct document *document = sight->reading->document;
    char *text = sight->seen[how];

    if (text)
        return text;
    text = sight->seen[how] = g_malloc(document->length + 1);
    memcpy(text, document->text, document->length);
    text[document->length] = '\0';
    g_autoptr(GArray) comments = comments_find(document);
    for (guint i = 0; i < comments->len; i++)
        mask(text, g_array_index(comments, struct span, i), MASK);
    if (how == CUSTOM_PROSE)
        mask_all_but_prose(text, sight->reading);
    mask_invalid(text, document->length);
    return text;
}

/* -- where, and in which words -- */

/* The field that makes the item one of those of which the rule is asked. */
static gsize reason_for(const struct sight *sight, const struct custom *custom)
{
    const enum field_id field = custom->labels ? FIELD_LABELS : custom->types ? FIELD_TYPE : FIELD_STATUS;
    return reading_field(sight->reading, field);
}

static char *shorten(const char *text, gssize length)
{
    g_autofree char *line = plain_escape(text, length);
    return plain_truncate(line, SHOWN);
}

static void report(struct sight *sight, const struct custom *custom, struct span span, const char *what,
                   const char *seen)
{
    reading_report(sight->reading, custom->rule.name, span, custom->help, "expected %s, saw %s", what, seen);
}

static void report_missing(struct sight *sight, const struct custom *custom, gsize offset, const char *seen)
{
    g_autofree char *what = custom->section ? g_strdup_printf("something under %s", custom->section)
                                            : g_strdup_printf("the field %s to be set", custom->field);
    report(sight, custom, (struct span){ offset, offset }, what, seen);
}

static void report_unmatched(struct sight *sight, const struct custom *custom, gsize offset)
{
    g_autofree char *pattern = shorten(custom->pattern, -1);
    const char *where = custom->section ? custom->section : custom->field ? custom->field : "title or text";
    g_autofree char *what = g_strdup_printf("%s to match %s", where, pattern);

    report(sight, custom, (struct span){ offset, offset }, what, "no match");
}

static void report_match(struct sight *sight, const struct custom *custom, struct span span, const char *text,
                         gsize length)
{
    g_autofree char *pattern = shorten(custom->pattern, -1), *found = shorten(text, (gssize)length);
    g_autofree char *what = g_strdup_printf("nothing that matches %s", pattern);
    g_autofree char *quoted = g_strdup_printf("\"%s\"", found);

    report(sight, custom, span, what, quoted);
}

static void report_given_up(struct sight *sight, const struct custom *custom, struct span span)
{
    g_autofree char *pattern = shorten(custom->pattern, -1);

    reading_report(sight->reading, custom->rule.name, span,
                   "make the pattern simpler: without a repetition inside of another, for one",
                   "whether %s matches would take too many steps to find out", pattern);
}

/* -- patterns -- */

/* A stretch of text in which a pattern is looked for. */
struct stretch {
    const char *text; /* UTF-8 */
    gsize length;
    gsize base; /* of its first byte in the file, where it is a part of it */
    gboolean is_part;
    struct span place; /* of the whole, for findings */
};

/* Reports a match of what must not be; without is_part it is somewhere in the whole. */
static void report_there(struct sight *sight, const struct custom *custom, const struct stretch *stretch,
                         struct span found)
{
    const struct span there = { stretch->base + found.start, stretch->base + found.end };
    report_match(sight, custom, stretch->is_part ? there : stretch->place, stretch->text + found.start,
                 span_length(found));
}

/* Whether the pattern is there, or that cannot be told, which is a finding. Each match of what must not be is
 * one, too. */
static gboolean search(struct sight *sight, const struct custom *custom, const struct stretch *stretch)
{
    struct span found = { 0, 0 };
    enum pattern_answer answer = PATTERN_FOUND;
    guint n = 0;

    for (gsize at = 0; n < PLACES && at <= stretch->length; n++) {
        answer = pattern_find(custom->compiled, stretch->text, stretch->length, at, &found);
        if (answer != PATTERN_FOUND || !custom->forbidden)
            break;
        report_there(sight, custom, stretch, found);
        at = MAX(at, found.end);
        if (span_is_empty(found) && at < stretch->length)
            at = (gsize)(g_utf8_next_char(stretch->text + at) - stretch->text);
        else if (span_is_empty(found))
            break;
    }
    if (answer == PATTERN_GAVE_UP)
        report_given_up(sight, custom, stretch->place);
    return answer != PATTERN_ABSENT || n > 0;
}

static gboolean search_span(struct sight *sight, const struct custom *custom, struct span span)
{
    const struct stretch stretch = { .text = see(sight, custom->sight) + span.start,
                                     .length = span_length(span),
                                     .base = span.start,
                                     .is_part = TRUE,
                                     .place = { span.start, span.start } };
    return search(sight, custom, &stretch);
}

/* The same in a text that may be written otherwise in the file. */
static gboolean search_text(struct sight *sight, const struct custom *custom, const char *text, gsize length,
                            struct span place)
{
    g_autofree char *valid = g_utf8_make_valid(text, (gssize)length);
    const struct stretch stretch = { .text = valid, .length = strlen(valid), .place = place };
    return search(sight, custom, &stretch);
}

static void check_text(struct sight *sight, const struct custom *custom)
{
    const struct reading *reading = sight->reading;
    const gsize title = reading_field(reading, FIELD_TITLE);
    const struct span place = { title, title };
    const struct span body = { reading->document->front->body, reading->document->length };
    gboolean in_title = search_text(sight, custom, reading->item->title, strlen(reading->item->title), place);

    if (in_title && !custom->forbidden)
        return;
    if (!search_span(sight, custom, body) && !custom->forbidden)
        report_unmatched(sight, custom, title);
}

/* -- sections -- */

static gboolean has_words(const char *text, struct span span)
{
    for (gsize i = span.start; i < span.end; i++)
        if (g_ascii_isalnum(text[i]) || (guchar)text[i] >= 0x80)
            return TRUE;
    return FALSE;
}

/* Whether anything but headings and comments stands in it; sections below it are part of it. */
static gboolean is_filled(struct sight *sight, const struct markdown_section *section)
{
    const struct document *document = sight->reading->document;
    const GArray *sections = document->body->sections;
    const char *text = see(sight, CUSTOM_TEXT);
    guint index = (guint)(section - &g_array_index(sections, struct markdown_section, 0));

    for (guint i = index; i < sections->len; i++) {
        if (g_array_index(sections, struct markdown_section, i).span.start >= section->span.end)
            break;
        if (has_words(text, section_own(document, (int)i)))
            return TRUE;
    }
    return FALSE;
}

static void check_section(struct sight *sight, const struct custom *custom)
{
    const struct markdown_section *section =
        markdown_section_find(sight->reading->document->body, (const char *const *)custom->headings);

    if (custom->forbidden) {
        if (section)
            search_span(sight, custom, section->content);
    } else if (!section) {
        report_missing(sight, custom, reason_for(sight, custom), "no such section");
    } else if (!is_filled(sight, section)) {
        report_missing(sight, custom, section->span.start, "nothing");
    } else if (custom->pattern && !search_span(sight, custom, section->content)) {
        report_unmatched(sight, custom, section->span.start);
    }
}

/* -- fields -- */

static gboolean is_set(const struct value *value)
{
    if (!value || value->count + value->records == 0)
        return FALSE;
    return value->kind != NODE_SCALAR || *value->texts[0];
}

/* Whether the pattern is in any text of the node, or cannot be told. Those that it must not match are
 * findings each. */
static gboolean search_node(struct sight *sight, const struct custom *custom, const struct node *node)
{
    gboolean found = FALSE;

    if (node->kind == NODE_SCALAR)
        found = search_text(sight, custom, node->text, node->length, node->span);
    for (const struct node *entry = node->first; entry; entry = entry->next)
        found = search_node(sight, custom, entry) || found;
    return found;
}

static void check_field(struct sight *sight, const struct custom *custom)
{
    const struct value *value = item_value(sight->reading->item, custom->field);

    if (!is_set(value) && !custom->forbidden)
        report_missing(sight, custom, value ? value->offset : reason_for(sight, custom), "none");
    if (!is_set(value) || !custom->pattern)
        return;
    const struct node *node = node_find(reading_front(sight->reading), custom->field);
    if (node && !search_node(sight, custom, node) && !custom->forbidden)
        report_unmatched(sight, custom, value->offset);
}

void rules_read_custom(struct reading *reading)
{
    struct sight sight = { .reading = reading };

    for (guint i = 0; i < reading->book->custom->len; i++) {
        const struct custom *custom = reading->book->custom->pdata[i];
        if (!custom_applies(custom, reading->item))
            continue;
        if (custom->section)
            check_section(&sight, custom);
        else if (custom->field)
            check_field(&sight, custom);
        else
            check_text(&sight, custom);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(sight.seen); i++)
        g_free(sight.seen[i]);
}
