#include "statement.h"

#include "tongue.h"
#include "vocabulary.h"

#include <string.h>

/* More criteria than this are the largest twentieth of real items. */
#define CRITERIA_MAX 10
/* -- criteria-missing -- */

/* Whether it says anything: an empty box does not. */
static gboolean is_written(const struct criterion *criterion)
{
    return *criterion->text || *criterion->details;
}

/* Whether a Gherkin fence stands under the heading, of which no scenario was read. */
static gboolean has_fence(const struct reading *reading, const struct markdown_section *section)
{
    const struct markdown *body = reading->document->body;

    for (guint i = 0; i < body->fences->len; i++) {
        const struct markdown_fence *fence = &g_array_index(body->fences, struct markdown_fence, i);
        if (fence->span.start >= section->content.start && fence->span.end <= section->content.end &&
            markdown_is_gherkin(body, fence))
            return TRUE;
    }
    return FALSE;
}

/* A section that goes by another name of what it should be; NULL: there is none. */
static const struct markdown_section *find_nearly(const struct reading *reading)
{
    static const char *const others[] = { "AC",
                                          "ACs",
                                          "A/C",
                                          "Criteria",
                                          "Acceptance",
                                          "Acceptance criterion",
                                          "Criterion of acceptance",
                                          "Conditions of satisfaction",
                                          "Acceptance tests",
                                          "Acceptance conditions",
                                          NULL };
    return markdown_section_find(reading->document->body, others);
}

/* There is no section for them. */
static void report_none(struct reading *reading, const char *help)
{
    const struct markdown_section *nearly = find_nearly(reading);
    const gsize at = nearly ? nearly->span.start : reading_field(reading, FIELD_TYPE);
    const struct span span = { at, nearly ? MAX(at, nearly->content.start) : at };
    g_autofree char *headings = reading_headings(reading, SECTION_CRITERIA);

    if (!nearly) {
        reading_report(reading, "criteria-missing", span, help,
                       "there is no acceptance criterion: expected a list under %s, saw no such heading",
                       headings);
        return;
    }
    g_autofree char *rename =
        g_strdup_printf("call it \"%s\" (refine edit %s), or add \"%s\" to sections.criteria in .refine.yaml",
                        policy_section(reading->policy, SECTION_CRITERIA)[0],
                        reading->item->id ? reading->item->id : "ID", nearly->title);
    struct finding *finding =
        reading_report(reading, "criteria-missing", span, rename,
                       "there is no acceptance criterion: expected a list under %s, saw one under \"%s\"",
                       headings, nearly->title);
    if (finding)
        finding->about = g_strdup(nearly->title);
}

static void check_missing(struct reading *reading)
{
    const struct markdown_section *section = reading_section(reading, SECTION_CRITERIA);
    const char *id = reading->item->id;

    for (guint i = 0; i < reading->criteria->len; i++)
        if (is_written(reading->criteria->pdata[i]))
            return;
    g_autofree char *help = id ? g_strdup_printf("say what must be true when it is done: refine criteria %s "
                                                 "--add \"…\"",
                                                 id)
                               : g_strdup("say what must be true when it is done");
    if (!section) {
        report_none(reading, help);
        return;
    }
    const struct span span = { section->span.start, MAX(section->span.start, section->content.start) };
    if (has_fence(reading, section))
        reading_report(reading, "criteria-missing", span, "begin each with a line \"Scenario: …\"",
                       "the Gherkin under \"%s\" has no scenario", section->title);
    else if (reading->criteria->len > 0)
        reading_report(reading, "criteria-missing", span, help, "the criteria under \"%s\" are empty",
                       section->title);
    else
        reading_report(reading, "criteria-missing", span, help, "no list entry stands under \"%s\"",
                       section->title);
}

/* -- criteria-count, criterion-prechecked -- */

static void check_count(struct reading *reading)
{
    guint count = reading->criteria->len;

    if (count <= CRITERIA_MAX)
        return;
    const struct criterion *first = reading->criteria->pdata[CRITERIA_MAX];
    g_autofree char *help =
        reading->item->id
            ? g_strdup_printf("cut the item in two: refine split %s --suggest", reading->item->id)
            : g_strdup("cut the item in two");
    struct finding *finding =
        reading_report(reading, "criteria-count", first->span, help,
                       "%u criteria; more than %d are more than one item", count, CRITERIA_MAX);
    if (finding)
        finding->key = g_strdup("criteria-count");
}

static void check_prechecked(struct reading *reading)
{
    const char *id = reading->item->id;
    guint count = 0, first = 0;

    if (reading->item->status == STATUS_DOING)
        return;
    for (guint i = reading->criteria->len; i-- > 0;) {
        const struct criterion *criterion = reading->criteria->pdata[i];
        if (criterion->ticked && criterion->item != G_MAXUINT) {
            count++;
            first = i;
        }
    }
    if (count == 0)
        return;
    const struct criterion *criterion = reading->criteria->pdata[first];
    gsize tick = g_array_index(reading->document->body->items, struct markdown_item, criterion->item).tick;
    g_autofree char *help =
        id ? g_strdup_printf("if work has begun: refine set %s status=doing; if not: refine "
                             "criteria %s --untick %u",
                             id, id, first + 1)
           : g_strdup("untick it until work has begun");
    g_autofree char *more = count > 1 ? g_strdup_printf(" and %u more are", count - 1) : g_strdup(" is");
    const char *status = status_names()[reading->item->status]; /* NULL: it has none */
    struct finding *finding =
        reading_report(reading, "criterion-prechecked", (struct span){ tick, tick + 1 }, help,
                       "criterion %u%s ticked, and the item %s%s", first + 1, more,
                       status ? "is still " : "has no status", status ? status : "");
    if (finding)
        finding->key = g_strdup("criterion-prechecked");
}

/* -- only-happy-path -- */

/* Whether words of range tell of what goes wrong; literals are looked into, for they hold messages. */
static gboolean is_unhappy(const struct vocabulary *words, const struct prose *prose,
                           struct prose_range range)
{
    for (guint i = range.first; i < range.end; i++) {
        const struct token *token = prose_at(prose, i);
        if (token->kind == TOKEN_WORD && word_list_match(words->unhappy, prose, i, range.end))
            return TRUE;
        if (token->kind == TOKEN_NUMBER && strlen(token->text) == 3 && strchr("45", token->text[0]))
            return TRUE; /* what a server answers when it cannot */
    }
    return FALSE;
}

static gboolean is_text_unhappy(const struct vocabulary *words, const char *text, gsize length)
{
    g_autofree char *copy = g_strndup(text, length);
    g_autoptr(Prose) prose = prose_parse(copy);
    return is_unhappy(words, prose, (struct prose_range){ 0, prose->tokens->len });
}

/* The words within a literal, without what marks it. */
static gboolean has_unhappy_literal(const struct statement *statement)
{
    const struct reading *reading = statement->reading;

    for (guint i = statement->range.first; i < statement->range.end; i++) {
        const struct token *token = prose_at(reading->prose, i);
        if (token->kind != TOKEN_LITERAL || span_length(token->span) < 3)
            continue;
        const char *text = reading->document->text + token->span.start;
        gsize skip = (gsize)(g_utf8_next_char(text) - text);
        if (is_text_unhappy(statement->words, text + skip, span_length(token->span) - skip - 1))
            return TRUE;
    }
    return FALSE;
}

static gboolean is_statement_unhappy(const struct statement *statement)
{
    const struct reading *reading = statement->reading;
    const struct criterion *criterion = statement->criterion;

    if (criterion->scenario)
        return is_text_unhappy(statement->words, criterion->details, strlen(criterion->details));
    return is_unhappy(statement->words, reading->prose, statement->range) || has_unhappy_literal(statement);
}

static void report_happy(struct reading *reading)
{
    const struct criterion *last = reading->criteria->pdata[reading->criteria->len - 1];
    g_autofree char *help =
        reading->item->id
            ? g_strdup_printf(
                  "say what happens when something is empty, wrong, denied or slow: refine criteria "
                  "%s --add \"…\"",
                  reading->item->id)
            : g_strdup("say what happens when something is empty, wrong, denied or slow");
    struct finding *finding = reading_report(reading, "only-happy-path", last->span, help,
                                             "no criterion says what happens when something goes wrong");
    if (finding)
        finding->key = g_strdup("only-happy-path");
}

/* -- the criteria one by one -- */

static struct statement statement_of(struct reading *reading, const struct vocabulary *words, guint index,
                                     enum tongue around)
{
    const struct criterion *criterion = reading->criteria->pdata[index];
    struct statement statement = {
        .reading = reading,
        .words = words,
        .criterion = criterion,
        .number = index + 1,
    };

    if (criterion->scenario) {
        statement.english = TRUE;
        return statement;
    }
    const struct markdown_item *item =
        &g_array_index(reading->document->body->items, struct markdown_item, criterion->item);
    statement.range = prose_within(reading->prose, criterion->span);
    statement.own = prose_within(reading->prose, item->text);
    if (statement.own.first == statement.own.end)
        statement.own = statement.range;
    enum tongue tongue = tongue_of(reading->book->lexicon, reading->prose, statement.range);
    statement.english = (tongue == TONGUE_UNKNOWN ? around : tongue) != TONGUE_FOREIGN;
    return statement;
}

/* Whether the criterion begins with one of the words, which are those of steps. */
static gboolean begins_with(const struct statement *statement, const char *const *words)
{
    return statement->range.first < statement->range.end &&
           g_strv_contains(words, prose_at(statement->reading->prose, statement->range.first)->text);
}

static void check_statement(const struct statement *statement, const struct statement *next)
{
    static const char *const openers[] = { "given", "when", "and", NULL };
    static const char *const going_on[] = { "when", "then", "and", NULL };
    gboolean followed = next && begins_with(statement, openers) && begins_with(next, going_on);

    if (statement->range.first == statement->range.end || !statement->english)
        return;
    statement_check_given(statement, followed);
    statement_check_measure(statement);
    statement_check_outcome(statement, followed);
}

void rules_read_criteria(struct reading *reading)
{
    guint count = reading->criteria->len;
    gboolean happy = count >= 2;
    const struct vocabulary words = vocabulary_of(reading->book->lexicon);

    check_missing(reading);
    check_prechecked(reading);
    rules_read_gherkin(reading);
    enum tongue around =
        tongue_of(reading->book->lexicon, reading->prose, reading_range(reading, SECTION_CRITERIA));
    struct statement statement = { 0 }, next = { 0 };
    for (guint i = 0; i < count; i++) {
        statement = i == 0 ? statement_of(reading, &words, 0, around) : next;
        if (i + 1 < count)
            next = statement_of(reading, &words, i + 1, around);
        check_statement(&statement, i + 1 < count ? &next : NULL);
        happy = happy && statement.english && !is_statement_unhappy(&statement);
    }
    check_count(reading);
    if (happy)
        report_happy(reading);
}
