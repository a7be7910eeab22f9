#include "rules_private.h"

#include "lexicon.h"

#include <string.h>

static const struct rule table[] = {
    {
        .name = "untestable-wording",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "words that leave open whether a criterion is met",
        .help = {
            .what = "An acceptance criterion uses a word of quality, manner, amount, time, escape or an open end, such "
                    "as \"fast\", \"properly\", \"several\", \"soon\", \"as needed\" or \"etc.\", and says nothing that "
                    "pins it down; or it holds TBD or TBC, which is an error, for then it is no criterion yet.",
            .why = "Two people who read the criterion will not agree whether it is met. Who builds it guesses, who "
                   "accepts it is surprised, and the talk that the team did not have before the sprint is had at its "
                   "end.",
            .bad = "## Acceptance criteria\n\n- [ ] Search should be fast\n",
            .good = "## Acceptance criteria\n\n"
                    "- [ ] Search results appear within 500ms for queries under 1000 results\n",
            .decided = "Whole words of prose are compared with the lists vague, vague-more, vague-manner, "
                       "vague-amount, vague-time, vague-escape, vague-open and vague-pending; code, links, quoted text "
                       "and what is in block quotes is not looked at, nor are names (\"--fast\", \"the Quick Filter "
                       "button\") and what stands in the list not-vague. Where the same criterion holds a number with a "
                       "unit, something quoted, an example or what it is compared with, the finding is a note. The "
                       "policy adds and removes words: words: {vague: {add: [snappy], remove: [simple]}}; remove takes "
                       "a word out of all these lists.",
            .source = "ISO/IEC/IEEE 29148:2018, 5.2.7; INCOSE, Guide to Writing Requirements, R7 to R9; QuARS (Fabbrini "
                      "et al., 2001); Femmer et al., Rapid quality assurance with requirements smells (2017).",
            .mistakes = "A word that the team has defined elsewhere is flagged: remove it in the policy. What is vague "
                        "without any such word (\"the page works\") is missed, and so are languages other than English.",
        },
    },
    { 0 },
};

const struct rule *rules_wording_table(void)
{
    return table;
}

/* Words of one list, what they leave open and what would say it. */
struct kind {
    const char *list;
    const char *question; /* %s: the word */
    const char *advice;
};

static const struct kind kinds[] = {
    { "vague", "leaves open how %s", "say what is seen or a number with its unit" },
    { "vague-more", "leaves open by how much, and compared with what",
      "say both values, or what it was before" },
    { "vague-manner", "leaves open what is to be seen",
      "say what happens: what is shown, stored or returned" },
    { "vague-amount", "leaves open how much or how many", "say a number, or name them" },
    { "vague-time", "leaves open when or how often", "say a time or a number" },
    { "vague-escape", "leaves open when, and who decides", "say in which cases" },
    { "vague-open", "leaves open what else belongs to it", "name all of them" },
    { "vague-pending", "is still to be decided", "decide it with the team" },
};
#define PENDING (G_N_ELEMENTS(kinds) - 1)

/* A criterion is told of so many words; who mends these reads it anew. */
#define MOST 20

/* The criterion that is read. */
struct wording {
    struct reading *reading;
    const struct word_list *lists[G_N_ELEMENTS(kinds)];
    const struct word_list *names; /* what is passed over */
    const struct word_list *pins;
    const struct prose *prose;
    struct prose_range range;
    guint number; /* of the criterion, from 1 */
    gboolean scenario;
    struct span told[MOST]; /* words that were */
    guint n_told;
    struct span pin;    /* what may say it; empty: nothing */
    gboolean following; /* not the words of pin say it, but what follows them */
};

/* -- what is no word of the sentence -- */

/* Whether the word is part of a name as code and commands have them: "fast_path", "--fast", "clean()". */
static gboolean is_code(const struct reading *reading, struct span span)
{
    const char *text = reading->document->text;
    gsize length = reading->document->length;
    char before = span.start > 0 ? text[span.start - 1] : ' ';
    char earlier = span.start > 1 ? text[span.start - 2] : ' ';
    char after = span.end < length ? text[span.end] : ' ';
    char later = span.end + 1 < length ? text[span.end + 1] : ' ';

    if (strchr("_\\@#$=-.", before) && before)
        return TRUE;
    if ((before == '/' && !g_ascii_isalnum(earlier)) || (before == ':' && earlier == ':'))
        return TRUE;
    return (after && strchr("_\\=(@", after)) || (after && strchr(".:", after) && g_ascii_isalnum(later));
}

/* Whether the word is written as a name is, with a capital in the middle of a sentence: "the Clear button".
 */
static gboolean is_name(const struct wording *wording, guint index)
{
    const struct token *token = prose_at(wording->prose, index);
    const char *word = wording->reading->document->text + token->span.start;

    if (!g_ascii_isupper(word[0]) || span_length(token->span) < 2 || g_ascii_isupper(word[1]) ||
        index == wording->range.first)
        return FALSE;
    const struct token *before = prose_at(wording->prose, index - 1);
    return before->block == token->block && before->kind != TOKEN_MARK;
}

static gboolean is_one_of(const struct wording *wording, guint index, const char *const *words)
{
    return index >= wording->range.first && index < wording->range.end &&
           prose_at(wording->prose, index)->kind == TOKEN_WORD &&
           g_strv_contains(words, prose_at(wording->prose, index)->text);
}

/* Whether the word is what somebody does: "clear the list", "to clean up". */
static gboolean is_verb(const struct wording *wording, guint index)
{
    static const char *const verbs[] = { "clear", "clean",  "secure",  "smooth",   "slow",
                                         "tidy",  "better", "perfect", "moderate", NULL };
    static const char *const before[] = { "to",    "can", "will",   "should", "must",  "may",     "could",
                                          "would", "not", "cannot", "users",  "don't", "doesn't", NULL };
    static const char *const after[] = { "the",   "a",    "an",   "all",   "any",   "its",
                                         "their", "this", "that", "these", "those", "up",
                                         "down",  "them", "it",   "out",   NULL };

    return is_one_of(wording, index, verbs) &&
           (is_one_of(wording, index + 1, after) || (index > 0 && is_one_of(wording, index - 1, before)));
}

/* -- what pins it down -- */

/* Whether the number counts or measures something: not "#12", "task-184" or "1.". */
static gboolean is_measure(const struct wording *wording, guint index)
{
    const struct token *token = prose_at(wording->prose, index);
    char last = token->text[strlen(token->text) - 1];

    if (is_code(wording->reading, token->span))
        return FALSE;
    if (!g_ascii_isdigit(last))
        return TRUE;
    return index + 1 < wording->range.end && prose_at(wording->prose, index + 1)->block == token->block &&
           prose_at(wording->prose, index + 1)->kind == TOKEN_WORD;
}

/* Something in quotes; a code span alone is a name. */
static gboolean is_quote(const struct wording *wording, const struct token *token)
{
    char before = token->span.start > 0 ? wording->reading->document->text[token->span.start - 1] : ' ';
    return token->kind == TOKEN_LITERAL && before != '`';
}

/* How many tokens from index on pin something down; 0: none. */
static guint measure_pin(const struct wording *wording, guint index)
{
    switch (prose_at(wording->prose, index)->kind) {
    case TOKEN_NUMBER:
        return is_measure(wording, index);
    case TOKEN_LITERAL:
        return is_quote(wording, prose_at(wording->prose, index));
    default:
        return word_list_match(wording->pins, wording->prose, index, wording->range.end);
    }
}

/* Finds what pins down the words of the criterion, if anything does. */
static void find_pin(struct wording *wording)
{
    const struct prose *prose = wording->prose;

    for (guint i = wording->range.first, n; i < wording->range.end; i += MAX(n, 1)) {
        n = word_list_match(wording->names, prose, i, wording->range.end);
        guint pin = n ? 0 : measure_pin(wording, i);
        if (pin == 0)
            continue;
        wording->pin =
            (struct span){ prose_at(prose, i)->span.start, prose_at(prose, i + pin - 1)->span.end };
        wording->following = prose_at(prose, i)->kind == TOKEN_WORD;
        return;
    }
}

/* -- telling -- */

/* The text at span as it stands, on one line, newly allocated. */
static char *quote(const struct wording *wording, struct span span)
{
    char *text = g_strndup(wording->reading->document->text + span.start, span_length(span));
    g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n", -1);
    GString *line = g_string_new(NULL);

    for (gsize i = 0; words[i]; i++)
        if (*words[i])
            g_string_append_printf(line, "%s%s", line->len ? " " : "", words[i]);
    g_free(text);
    return g_string_free(line, FALSE);
}

/* Whether the criterion was told of the same word. */
static gboolean was_told(const struct wording *wording, struct span span)
{
    const char *text = wording->reading->document->text;
    for (guint i = 0; i < wording->n_told; i++)
        if (span_length(wording->told[i]) == span_length(span) &&
            g_ascii_strncasecmp(text + wording->told[i].start, text + span.start, span_length(span)) == 0)
            return TRUE;
    return FALSE;
}

static char *advise(const struct wording *wording, const struct kind *kind)
{
    const char *id = wording->reading->item->id;

    if (kind == &kinds[PENDING])
        return *id ? g_strdup_printf("%s, or ask: refine ask %s QUESTION", kind->advice, id)
                   : g_strdup(kind->advice);
    if (!*id)
        return g_strdup(kind->advice);
    return wording->scenario
               ? g_strdup_printf("%s: refine edit %s", kind->advice, id)
               : g_strdup_printf("%s: refine criteria %s --reword %u=…", kind->advice, id, wording->number);
}

static void tell(struct wording *wording, const struct kind *kind, struct span span)
{
    if (was_told(wording, span))
        return;
    wording->told[wording->n_told++] = span;
    g_autofree char *word = quote(wording, span), *help = advise(wording, kind);
    g_autofree char *lower = g_ascii_strdown(word, -1);
    const char *how = strstr(kind->question, "%s");
    g_autofree char *question =
        how ? g_strdup_printf("%.*s%s", (int)(how - kind->question), kind->question, lower)
            : g_strdup(kind->question);
    gboolean pending = kind == &kinds[PENDING];

    if (pending || span_is_empty(wording->pin)) {
        reading_report_as(wording->reading, "untestable-wording", pending ? SEVERITY_ERROR : SEVERITY_WARNING,
                          span, help, "\"%s\" %s", word, question);
        return;
    }
    g_autofree char *pin = quote(wording, wording->pin);
    reading_report_as(wording->reading, "untestable-wording", SEVERITY_NOTE, span, help,
                      "\"%s\" %s, unless %s%s%s says it", word, question,
                      wording->following ? "what follows \"" : "", pin, wording->following ? "\"" : "");
}

/* -- reading -- */

/* How many tokens from index on leave something open, and how; 0: none. */
static guint match(const struct wording *wording, guint index, const struct kind **kind)
{
    guint most = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        guint n = word_list_match(wording->lists[i], wording->prose, index, wording->range.end);
        if (n <= most)
            continue;
        most = n;
        *kind = &kinds[i];
    }
    return most;
}

/* Whether the block that begins at index is no step of a scenario: a row of data, or a comment. */
static gboolean is_data(const struct wording *wording, guint index)
{
    const struct token *token = prose_at(wording->prose, index);
    return wording->scenario && token->kind == TOKEN_MARK && (token->mark == '|' || token->mark == '#');
}

static void read_words(struct wording *wording)
{
    const struct prose *prose = wording->prose;
    const struct kind *kind = NULL;
    guint data = G_MAXUINT; /* the block that is none of the sentences */

    for (guint i = wording->range.first; i < wording->range.end && wording->n_told < MOST;) {
        const struct token *token = prose_at(prose, i);
        if ((i == wording->range.first || prose_at(prose, i - 1)->block != token->block) &&
            is_data(wording, i))
            data = token->block;
        guint n = token->quoted || token->block == data
                      ? 1
                      : word_list_match(wording->names, prose, i, wording->range.end);
        if (n == 0) {
            n = match(wording, i, &kind);
            struct span span = { token->span.start, n ? prose_at(prose, i + n - 1)->span.end : 0 };
            if (n > 0 && !is_code(wording->reading, span) && !is_name(wording, i) && !is_verb(wording, i)) {
                if (wording->n_told == 0)
                    find_pin(wording);
                tell(wording, kind, span);
            }
        }
        i += MAX(n, 1);
    }
}

void rules_read_wording(struct reading *reading)
{
    struct wording wording = { .reading = reading };
    const struct lexicon *lexicon = reading->book->lexicon;

    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        wording.lists[i] = lexicon_list(lexicon, kinds[i].list);
    wording.names = lexicon_list(lexicon, "not-vague");
    wording.pins = lexicon_list(lexicon, "pins");
    for (guint i = 0; i < reading->criteria->len; i++) {
        const struct criterion *criterion = reading->criteria->pdata[i];
        g_autoptr(Prose) steps =
            criterion->scenario ? prose_plain(reading->document->text, criterion->span) : NULL;
        wording.prose = steps ? steps : reading->prose;
        wording.range = steps ? (struct prose_range){ 0, steps->tokens->len }
                              : prose_within(reading->prose, criterion->span);
        wording.number = i + 1;
        wording.scenario = criterion->scenario;
        wording.n_told = 0;
        wording.pin = (struct span){ 0, 0 };
        read_words(&wording);
    }
}
