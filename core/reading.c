#include "reading.h"

#include "lexicon.h"
#include "rules_private.h"

/* Families that need nothing but the file. */
static void (*const families[])(struct reading *reading) = {
    rules_read_story,  rules_read_criteria, rules_read_wording, rules_read_size,
    rules_read_large,  rules_read_depends,  rules_read_settled, rules_read_stamp,
    rules_read_custom, rules_read_people,   rules_read_records, NULL,
};

/* Those of them that have rules which hold of every open item; they need neither prose nor parts. */
static void (*const firm[])(struct reading *reading) = {
    rules_read_size,
    rules_read_people,
    rules_read_records,
    NULL,
};

const struct markdown_section *reading_section(const struct reading *reading, enum section_id section)
{
    return markdown_section_find(reading->document->body, policy_section(reading->policy, section));
}

char *reading_headings(const struct reading *reading, enum section_id section)
{
    const char *const *names = policy_section(reading->policy, section);
    GString *out = g_string_new(NULL);

    for (gsize i = 0; names[i]; i++)
        g_string_append_printf(out, "%s\"%s\"", i == 0 ? "" : names[i + 1] ? ", " : " or ", names[i]);
    return g_string_free(out, FALSE);
}

struct prose_range reading_range(const struct reading *reading, enum section_id section)
{
    const struct markdown_section *found = reading_section(reading, section);
    return found ? prose_within(reading->prose, found->content) : (struct prose_range){ 0, 0 };
}

const struct node *reading_front(struct reading *reading)
{
    return document_front(reading->document)->root;
}

gsize reading_field(const struct reading *reading, enum field_id field)
{
    const struct value *value = item_field(reading->item, field);
    return value ? value->offset : 0;
}

/* Many findings take one reading of the file. */
static struct position locate(struct reading *reading, gsize offset)
{
    return lines_walk(reading->document->text, reading->document->length, &reading->walk, offset);
}

static struct finding *report(struct reading *reading, GPtrArray *findings, const struct rule *rule,
                              enum severity severity, struct span span, const char *help, const char *message)
{
    if (!(rule->types & reading->type))
        return NULL;
    struct finding *finding =
        finding_add_at(findings, rule->name, severity, locate(reading, span.start), help, "%s", message);
    finding->span = span;
    return finding;
}

struct finding *reading_report(struct reading *reading, const char *rule, struct span span, const char *help,
                               const char *format, ...)
{
    const struct rule *known = rulebook_find(reading->book, rule);
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return report(reading, reading->facts->findings, known, known->severity, span, help, message);
}

struct finding *reading_doubt(struct reading *reading, const char *rule, struct span span, const char *about,
                              const char *help, const char *format, ...)
{
    const struct rule *known = rulebook_find(reading->book, rule);
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    struct finding *finding =
        report(reading, reading->facts->doubts, known, known->severity, span, help, message);
    if (finding)
        finding->about = g_strdup(about);
    return finding;
}

struct finding *reading_report_as(struct reading *reading, const char *rule, enum severity severity,
                                  struct span span, const char *help, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return report(reading, reading->facts->findings, rulebook_find(reading->book, rule), severity, span, help,
                  message);
}

/* Has all families read the item. */
static void judge_all(struct reading *reading)
{
    const struct rulebook *book = reading->book;
    const struct item *item = reading->item;
    struct document *document = reading->document;
    const char *title = item_text(item, FIELD_TITLE);
    g_autoptr(Prose) prose = prose_read(document), titled = prose_parse(title ? title : "");
    g_autoptr(GPtrArray) criteria = criteria_read(document, book->policy);
    const struct parts_source source = {
        .policy = book->policy,
        .document = document,
        .title = title,
        .type = item_text(item, FIELD_TYPE),
        .prose = prose,
        .lexicon = book->lexicon,
        .criteria = criteria,
    };
    g_autoptr(Parts) parts = parts_find(&source);

    lexicon_mark(book->lexicon, prose);
    lexicon_mark(book->lexicon, titled);
    reading->criteria = criteria;
    reading->parts = parts;
    reading->prose = prose;
    reading->title = titled;
    for (gsize i = 0; families[i]; i++)
        families[i](reading);
}

gboolean reading_is_firm(const struct rulebook *book, const struct item *item)
{
    return book->custom->len == 0 && !rules_claims_ready(item) && !item_field(item, FIELD_WAIVE);
}

void reading_judge(const struct rulebook *book, const struct item *item, struct document *document,
                   gboolean advice, struct facts *facts)
{
    if (!item->readable || !status_is_open(item->status) || !document_body(document, NULL)->readable)
        return;
    struct reading reading = {
        .book = book,
        .policy = book->policy,
        .item = item,
        .document = document,
        .type = rule_type(item_text(item, FIELD_TYPE)),
        .facts = facts,
    };

    if (advice || !reading_is_firm(book, item))
        judge_all(&reading);
    else
        for (gsize i = 0; firm[i]; i++)
            firm[i](&reading);
}
