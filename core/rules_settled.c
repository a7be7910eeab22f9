#include "rules_private.h"

#include "assumption.h"
#include "depends.h"
#include "design.h"
#include "ident.h"
#include "lexicon.h"
#include "plain.h"
#include "remark.h"

#include <string.h>

/* So many columns of what people wrote stand in a message. */
#define TOLD 80

/* Of an item of so many points or less what is not said about the approach is a warning. */
#define SMALL 2

/* The list of words that say that something is still to be decided. */
#define PENDING "vague-pending"

static struct span span_at(gsize offset)
{
    return (struct span){ offset, offset };
}

static void keep_key(struct finding *finding, const char *key)
{
    if (finding)
        finding->key = g_strdup(key);
}

/* -- questions -- */

/* Whether an answer stands below the entry, though it has no tick. */
static gboolean has_answer(const GArray *items, guint index)
{
    const struct markdown_item *item = &g_array_index(items, struct markdown_item, index);
    gboolean found = FALSE;

    for (guint i = index + 1; i < items->len && !found; i++) {
        const struct markdown_item *below = &g_array_index(items, struct markdown_item, i);
        if (below->depth <= item->depth)
            break;
        if (below->parent != (int)index || !below->exact)
            continue;
        struct remark remark = { 0 };
        remark_parse(below->plain, &remark);
        found = remark.day != NULL;
        remark_clear(&remark);
    }
    return found;
}

static void report_question(struct reading *reading, const struct question *question, guint index)
{
    const GArray *items = reading->document->body->items;
    const struct markdown_item *item = &g_array_index(items, struct markdown_item, index);
    const gboolean answered = has_answer(items, index);
    g_autofree char *asks = plain_truncate(question->text, TOLD);
    g_autofree char *help = g_strdup_printf("%srefine answer %s %u TEXT",
                                            answered ? "put an x in its box, if that settles it; else " : "",
                                            item_name(reading->item), question->number);

    keep_key(reading_report(reading, "open-question", item->text, help, "question %u%s%s %s: %s",
                            question->number, question->to ? " to @" : "", question->to ? question->to : "",
                            answered ? "has an answer and no tick" : "is not answered", asks),
             asks);
}

static void check_questions(struct reading *reading)
{
    const GPtrArray *questions = reading->facts->questions;
    const struct markdown_section *section =
        questions->len ? reading_section(reading, SECTION_QUESTIONS) : NULL;
    const GArray *items = reading->document->body->items;

    for (guint i = 0, n = 0; section && i < items->len && n < questions->len; i++) {
        const struct markdown_item *item = &g_array_index(items, struct markdown_item, i);
        if (!question_is(item, section))
            continue;
        const struct question *question = questions->pdata[n++];
        if (!question->answered)
            report_question(reading, question, i);
    }
}

/* "TODO", "FIXME" and "XXX", which in small letters are other words. */
static gboolean is_mark(const struct token *token, const char *text)
{
    static const char *const marks[] = { "todo", "fixme", "xxx", NULL };

    const char first = token->text[0];

    return (first == 't' || first == 'f' || first == 'x') && g_ascii_isupper(text[token->span.start]) &&
           g_ascii_isupper(text[token->span.end - 1]) && g_strv_contains(marks, token->text);
}

/* How many tokens at index say that something is still to be decided; 0: none. text is what prose is of. */
static guint match_undecided(const struct word_list *pending, const struct prose *prose, const char *text,
                             guint index)
{
    const struct token *token = prose_at(prose, index);

    return token->kind == TOKEN_WORD && is_mark(token, text)
               ? 1
               : word_list_match(pending, prose, index, prose->tokens->len);
}

static void report_undecided(struct reading *reading, const char *text, struct span words, struct span span)
{
    g_autofree char *seen = g_strndup(text + words.start, span_length(words));
    g_autofree char *told = plain_truncate(seen, TOLD);
    g_autofree char *help = g_strdup_printf("decide it, or ask who can: refine ask %s QUESTION --to WHO",
                                            item_name(reading->item));

    reading_report(reading, "open-question", span, help, "\"%s\": this is still to be decided", told);
}

/* Whether untestable-wording makes an error of what is to be decided in a criterion: not where the policy
 * asks less of words. */
static gboolean is_worded(const struct reading *reading)
{
    return rulebook_severity(reading->book, rule_find("untestable-wording"), SEVERITY_ERROR, reading->item,
                             TRUE) == SEVERITY_ERROR;
}

/* Whether what is to be decided there is to be decided yet. Of criteria untestable-wording mostly says the
 * same, questions say it themselves, and what was decided and what people said is history. Notes speak of a
 * TODO of the code, too: a mark counts in the agreed parts. */
static gboolean is_pending(const struct reading *reading, int section, gboolean mark)
{
    if (section < 0)
        return TRUE;
    enum section_id owner = reading->parts->owners[section];
    if (mark && !parts_covers(reading->parts, section))
        return FALSE;
    return (owner != SECTION_CRITERIA || !is_worded(reading)) && owner != SECTION_QUESTIONS &&
           owner != SECTION_DECISIONS && owner != SECTION_FEEDBACK;
}

static void check_undecided(struct reading *reading)
{
    const struct word_list *pending = lexicon_list(reading->book->lexicon, PENDING);
    const struct prose *prose = reading->prose;
    const char *text = reading->document->text;

    for (guint i = 0; i < prose->tokens->len; i++) {
        const struct token *token = prose_at(prose, i);
        guint length = match_undecided(pending, prose, text, i);
        if (!length || token->quoted)
            continue;
        const struct span words = { token->span.start, prose_at(prose, i + length - 1)->span.end };
        if (is_pending(reading, token->section, is_mark(token, text)))
            report_undecided(reading, text, words, words);
        i += length - 1;
    }
}

static void check_title(struct reading *reading)
{
    const struct word_list *pending = lexicon_list(reading->book->lexicon, PENDING);
    const struct prose *title = reading->title;

    for (guint i = 0; i < title->tokens->len; i++) {
        guint length = match_undecided(pending, title, reading->item->title, i);
        if (!length)
            continue;
        const struct span words = { prose_at(title, i)->span.start,
                                    prose_at(title, i + length - 1)->span.end };
        report_undecided(reading, reading->item->title, words, span_at(reading_field(reading, FIELD_TITLE)));
        i += length - 1;
    }
}

/* -- the approach -- */

/* Whether the body has a link to a decision record; appends the ids of the items that it links to. */
static gboolean has_record(const struct reading *reading, GString *linked)
{
    const GArray *links = reading->document->body->links;

    for (guint i = 0; i < links->len; i++) {
        const char *destination = g_array_index(links, struct markdown_link, i).destination;
        if (parts_is_record(destination))
            return TRUE;
        g_autofree char *file = g_strndup(destination, strcspn(destination, "?#"));
        g_autofree char *name = g_path_get_basename(file);
        g_autofree char *id = ident_from_file_name(name);
        if (id)
            g_string_append_printf(linked, "%s%s", linked->len ? "\n" : "", id);
    }
    return FALSE;
}

/* Whether a section of it has any content of its own but headings and marks. */
static gboolean has_words(const struct reading *reading, enum section_id id)
{
    const enum section_id *owners = reading->parts->owners;
    const GArray *fences = reading->document->body->fences;

    for (guint i = 0; i < reading->prose->tokens->len; i++) {
        const struct token *token = prose_at(reading->prose, i);
        if (token->section >= 0 && owners[token->section] == id && token->kind != TOKEN_MARK &&
            !token->heading)
            return TRUE;
    }
    for (guint i = 0; i < fences->len; i++) {
        const struct markdown_fence *fence = &g_array_index(fences, struct markdown_fence, i);
        if (fence->exact && fence->section >= 0 && owners[fence->section] == id)
            return TRUE;
    }
    return FALSE;
}

/* What is missing in a section, or where it should be. */
static gsize place_of(const struct reading *reading, enum section_id id)
{
    const struct markdown_section *section = reading_section(reading, id);
    return section ? section->span.start : reading_field(reading, FIELD_STATUS);
}

static void check_approach(struct reading *reading)
{
    const char *id = item_name(reading->item), *estimate = item_text(reading->item, FIELD_ESTIMATE);
    const char *name = policy_section(reading->policy, SECTION_APPROACH)[0];
    g_autoptr(GString) linked = g_string_new(NULL);
    double weight;

    if (!(rule_find("approach-missing")->types & reading->type) || item_text(reading->item, FIELD_APPROACH) ||
        has_words(reading, SECTION_APPROACH) || has_record(reading, linked))
        return;
    gboolean small = estimate && policy_weight(reading->policy, estimate, &weight) && weight <= SMALL;
    g_autofree char *help =
        g_strdup_printf("write it under %s (refine edit %s), or say that there is nothing to "
                        "say: refine set %s approach=trivial",
                        name, id, id);
    const char *says = reading_section(reading, SECTION_APPROACH)
                           ? "the approach is empty: nothing says how it fits into what is there"
                           : "there is no approach: nothing says how it fits into what is there";
    struct finding *doubt =
        reading_doubt(reading, "approach-missing", span_at(place_of(reading, SECTION_APPROACH)), linked->str,
                      help, "%s", says);
    if (doubt && small)
        doubt->severity = SEVERITY_WARNING;
}

static gboolean is_spike(const struct item *item)
{
    return item && rule_type(item_text(item, FIELD_TYPE)) == RULE_SPIKE;
}

gboolean rules_has_no_spike(struct rules_run *run, const struct item *item, const char *about)
{
    g_auto(GStrv) linked = g_strsplit(about, "\n", -1);
    const char *const *references = item_texts(item, FIELD_DEPENDS);

    for (gsize i = 0; linked[i]; i++)
        if (is_spike(backlog_named(run->backlog, linked[i])))
            return FALSE;
    for (gsize i = 0; references[i]; i++)
        if (is_spike(backlog_named(run->backlog, references[i])))
            return FALSE;
    return TRUE;
}

/* -- assumptions -- */

static void report_assumption(struct reading *reading, const struct assumption *assumption)
{
    const char *id = item_name(reading->item);
    g_autofree char *belief = plain_truncate(assumption->belief, TOLD);
    g_autofree char *test = assumption->test ? plain_truncate(assumption->test, TOLD) : NULL;
    g_autofree char *tested =
        g_strdup_printf("%s%srefine assume %s %u --confirmed -m FOUND, or --refuted", test ? test : "",
                        test ? "; then " : "", id, assumption->number);
    g_autofree char *mended = g_strdup_printf("remove the entry: refine edit %s", id);
    g_autofree char *refuted =
        reading->item->status == STATUS_READY
            ? g_strdup_printf("take the item back: refine ready %s --revoke -m REASON; once it no longer "
                              "rests on that, %s",
                              id, mended)
            : g_strdup_printf("change what rests on it, then %s", mended);
    struct finding *finding = NULL;

    if (assumption->result == ASSUMPTION_OPEN)
        finding = reading_report(reading, "assumption-untested", span_at(assumption->span.start), tested,
                                 test ? "assumption %u is not tested yet: %s"
                                      : "assumption %u is not tested, and nothing says how to: %s",
                                 assumption->number, belief);
    else if (assumption->result == ASSUMPTION_REFUTED)
        finding = reading_report(reading, "assumption-refuted", span_at(assumption->span.start), refuted,
                                 "assumption %u was refuted: %s", assumption->number, belief);
    keep_key(finding, belief);
}

static void check_assumptions(struct reading *reading)
{
    const struct value *value = item_field(reading->item, FIELD_ASSUMPTIONS);

    if (!value || value->count + value->records == 0)
        return;
    document_front(reading->document);
    g_autoptr(GPtrArray) assumptions = assumptions_read(reading->document);
    for (guint i = 0; i < assumptions->len; i++)
        report_assumption(reading, assumptions->pdata[i]);
}

/* -- designs -- */

void rules_check_designs(struct rules_run *run, const struct item *item)
{
    const struct value *value = item_field(item, FIELD_DESIGNS);

    if (!value || value->kind != NODE_SEQUENCE || !status_is_open(item->status))
        return;
    for (guint i = 0; i < value->count; i++) {
        const char *design = value->texts[i];
        if (!*design || design_is_there(run->backlog, item, design))
            continue;
        keep_key(rules_report(run, "design-missing", item, rules_place(run, item, value, design, 0), FALSE,
                              "mend the path, add the file, or give a link",
                              "there is no %s in the repository", design),
                 design);
    }
}

/* -- what will show that it worked -- */

static void check_measure(struct reading *reading)
{
    const char *name = policy_section(reading->policy, SECTION_MEASURE)[0];

    /* Off unless the team wants it, and then it would be one of each item. */
    if (!policy_sets(reading->policy, "rules.measure-missing") || has_words(reading, SECTION_MEASURE))
        return;
    g_autofree char *help =
        g_strdup_printf("write under %s which behaviour of customers will show it: refine edit %s", name,
                        item_name(reading->item));
    reading_report(reading, "measure-missing", span_at(place_of(reading, SECTION_MEASURE)), help,
                   "nothing says how one will see that it worked");
}

/* -- all -- */

void rules_read_settled(struct reading *reading)
{
    check_title(reading);
    check_questions(reading);
    check_undecided(reading);
    check_approach(reading);
    check_assumptions(reading);
    check_measure(reading);
}
