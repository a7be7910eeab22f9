#include "rules_private.h"

#include "cut.h"
#include "lexicon.h"
#include "scale.h"

#include <string.h>

/* More criteria than so many, more words than so many, or so many dependencies are signs of a large item: of
 * twenty real ones nineteen have less. */
#define CRITERIA 10
#define WORDS 1150
#define DEPENDENCIES 3

/* So many signs make it look large. */
#define SIGNS 2

char *rules_split_help(struct reading *reading)
{
    const char *id = item_name(reading->item);

    document_front(reading->document);
    g_autoptr(GPtrArray) cuts = cut_list(reading->document, reading->policy);
    const struct cut *cut = cuts->len ? cuts->pdata[0] : NULL;
    return cut ? g_strdup_printf("refine split %s --suggest; it could be cut by %s: %s", id,
                                 cut_pattern_name(cut->pattern), cut->why)
               : g_strdup_printf("refine split %s", id);
}

/* -- signs -- */

struct signs {
    GString *says; /* "14 criteria, 1,312 words" */
    GString *key;  /* the same without the numbers */
    guint n;
};

static void add_sign(struct signs *signs, const char *name, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void add_sign(struct signs *signs, const char *name, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_string_append(signs->says, signs->n ? ", " : "");
    g_string_append_vprintf(signs->says, format, arguments);
    va_end(arguments);
    g_string_append_printf(signs->key, "%s%s", signs->n ? " " : "", name);
    signs->n++;
}

/* Words of the body, but for what is history. */
static guint count_words(const struct reading *reading)
{
    const enum section_id *owners = reading->parts->owners;
    guint words = 0;

    for (guint i = 0; i < reading->prose->tokens->len; i++) {
        const struct token *token = prose_at(reading->prose, i);
        enum section_id owner = token->section < 0 ? N_SECTIONS : owners[token->section];
        words += token->kind != TOKEN_MARK && token->kind != TOKEN_LINK && owner != SECTION_DECISIONS &&
                 owner != SECTION_FEEDBACK;
    }
    return words;
}

/* "the handle" is a thing. */
static gboolean is_thing(const struct prose *prose, guint index, guint first)
{
    static const char *const before[] = { "a", "an", "the", "this", "its", "their", "by", "with", NULL };
    return index > first && g_str_has_prefix(prose_at(prose, index)->text, "handle") &&
           g_strv_contains(before, prose_at(prose, index - 1)->text);
}

/* The first verb in range that stands for several; NULL: there is none. What it is good for, behind "so
 * that", is no work. */
static const char *find_broad(const struct reading *reading, const struct prose *prose,
                              struct prose_range range)
{
    const struct word_list *broad = lexicon_list(reading->book->lexicon, "broad");

    for (guint i = range.first; i < range.end; i++) {
        const struct token *token = prose_at(prose, i);
        if (token->kind != TOKEN_WORD)
            continue;
        gboolean link = strcmp(token->text, "so") == 0 || strcmp(token->text, "in") == 0;
        if (link &&
            (prose_has(prose, i, range.end, "so that") || prose_has(prose, i, range.end, "in order to")))
            return NULL;
        if (word_list_holds(broad, token) && !is_thing(prose, i, range.first))
            return token->text;
    }
    return NULL;
}

static void find_signs(const struct reading *reading, struct signs *signs)
{
    const struct value *depends = item_field(reading->item, FIELD_DEPENDS);
    guint waits = depends && depends->kind == NODE_SEQUENCE ? depends->count + depends->records : 0;
    guint words = reading->prose->tokens->len > WORDS ? count_words(reading) : 0;
    const struct prose_range title = { 0, reading->title->tokens->len };
    const char *broad = find_broad(reading, reading->title, title);

    if (!broad)
        broad = find_broad(reading, reading->prose, reading_range(reading, SECTION_STORY));
    if (reading->criteria->len > CRITERIA)
        add_sign(signs, "criteria", "%u criteria", reading->criteria->len);
    if (words > WORDS)
        add_sign(signs, "words", "%u words", words);
    if (waits >= DEPENDENCIES)
        add_sign(signs, "depends", "%u dependencies", waits);
    if (broad)
        add_sign(signs, "broad", "\"%s\", which is several things", broad);
}

/* Whether the estimate is at most half of the largest that the team begins. Where any is begun none is. */
static gboolean is_small(const struct policy *policy, double weight)
{
    double most = 0;

    return scale_largest(policy, &most) && weight <= most / 2;
}

void rules_read_large(struct reading *reading)
{
    const char *estimate = item_text(reading->item, FIELD_ESTIMATE);
    double weight = 0;
    gboolean weighs = estimate && policy_weight(reading->policy, estimate, &weight);

    if (weighs && !is_small(reading->policy, weight))
        return;
    g_autoptr(GString) says = g_string_new(NULL), key = g_string_new(NULL);
    struct signs signs = { says, key, 0 };
    gsize place = rules_size_place(reading->item);

    find_signs(reading, &signs);
    if (signs.n < SIGNS || !(reading->type & RULE_WORK))
        return;
    g_autofree char *help = rules_split_help(reading);
    struct finding *finding = reading_report(reading, "looks-large", (struct span){ place, place }, help,
                                             weighs ? "it looks larger than %s: %s" : "%sit looks large: %s",
                                             weighs ? estimate : "", says->str);
    if (finding)
        finding->key = g_strdup(key->str);
}
