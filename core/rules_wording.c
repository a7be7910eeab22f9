#include "rules_private.h"

#include "tongue.h"
#include "wording.h"

#include <string.h>

static const struct rule table[] = {
    {
        .name = "untestable-wording",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "words that leave open whether a criterion is met",
        .help = {
            .what = "An acceptance criterion uses a word of quality, manner, amount, time, escape or an open end, "
                    "such as \"fast\", \"properly\", \"several\", \"soon\", \"as needed\" or \"etc.\", and says "
                    "nothing that pins it down. TBD and TBC are errors, for who writes them knows that it is "
                    "no criterion yet.",
            .why = "Two people who read the criterion will not agree whether it is met. Who builds it guesses, "
                   "who accepts it is surprised, and the talk that the team did not have before the sprint is "
                   "had at its end.",
            .bad = "## Acceptance criteria\n\n- [ ] The list of results is clear and loads properly\n",
            .good = "## Acceptance criteria\n\n"
                    "- [ ] Search results appear within 500ms for queries under 1000 results\n",
            .decided = "By the word lists vague, vague-more, vague-manner, vague-amount, vague-time, "
                       "vague-escape, vague-open and vague-pending, over whole words of English prose. Code, "
                       "links, quoted text and block quotes are not looked at, nor are names (\"--fast\", \"the "
                       "Clear button\"), verbs (\"clear the list\"), labels (\"marked as important\"), values of a "
                       "scale (\"small, medium or large\") and what the list vague-names has (\"fast "
                       "forward\"). Where the same criterion holds a number with a unit, something quoted, an "
                       "example or what it is compared with, it is a note, and so is a word of which the rest says "
                       "what is seen: in brackets (\"consistent (no gaps, no repeats)\"), by what a message holds (\"a clear "
                       "error naming the field\"), or by a verb of the list decisive (\"is properly removed\"). "
                       "The policy adds and removes words: "
                       "words: {vague: {add: [snappy], remove: [simple]}}; remove takes the word out of all "
                       "these lists. A word of which quality-without-measure tells is left to that.",
            .source = "ISO/IEC/IEEE 29148:2018, 5.2.7; INCOSE, Guide to Writing Requirements, R7 to R9; QuARS "
                      "(Fabbrini et al., 2001); Femmer et al., Rapid quality assurance with requirements "
                      "smells (2017).",
            .mistakes = "A word that the team has defined elsewhere is told of: remove it in the policy. A "
                        "number or an example that pins down something else in the criterion makes a note of "
                        "what should be a warning. What is vague without any such word (\"tests validate the "
                        "behaviour\") is missed.",
        },
    },
    { 0 },
};

const struct rule *rules_wording_table(void)
{
    return table;
}

/* What the words of one kind leave open, and what would say it. */
static const struct kind {
    const char *list;
    const char *question; /* %s: the word */
    const char *advice;
} kinds[N_WORDING_KINDS] = {
    [WORDING_QUALITY] = { "vague", "leaves open how %s", "say what is seen, or a number with its unit" },
    [WORDING_MORE] = { "vague-more", "leaves open by how much, and compared with what",
                       "say both values, or what it was before" },
    [WORDING_MANNER] = { "vague-manner", "leaves open what is to be seen",
                         "say what happens: what is shown, stored or returned" },
    [WORDING_AMOUNT] = { "vague-amount", "leaves open how much or how many", "say a number, or name them" },
    [WORDING_TIME] = { "vague-time", "leaves open when or how often", "say a time or a number" },
    [WORDING_ESCAPE] = { "vague-escape", "leaves open when, and who decides", "say in which cases" },
    [WORDING_OPEN] = { "vague-open", "leaves open what else belongs to it", "name all of them" },
    [WORDING_PENDING] = { "vague-pending", "is still to be decided", "decide it with the team" },
};

/* -- telling -- */

/* The text at span as it stands, on one line, newly allocated. */
static char *quote(const struct wording *wording, struct span span)
{
    g_autofree char *text = g_strndup(wording->reading->document->text + span.start, span_length(span));
    g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n", -1);
    GString *line = g_string_new(NULL);

    for (gsize i = 0; words[i]; i++)
        if (*words[i])
            g_string_append_printf(line, "%s%s", line->len ? " " : "", words[i]);
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

static char *advise(const struct wording *wording, enum wording_kind kind)
{
    const char *id = wording->reading->item->id, *advice = kinds[kind].advice;

    if (!id)
        return g_strdup(advice);
    if (kind == WORDING_PENDING)
        return g_strdup_printf("%s, or ask: refine ask %s QUESTION", advice, id);
    if (wording->scenario)
        return g_strdup_printf("%s: refine edit %s", advice, id);
    return g_strdup_printf("%s: refine criteria %s --reword %u=…", advice, id, wording->number);
}

/* What the word leaves open. A phrase, or the name of a quality, takes no "how". */
static char *ask(enum wording_kind kind, const char *word)
{
    const char *question = kinds[kind].question, *gap = strstr(question, "%s");
    g_autofree char *lower = g_ascii_strdown(word, -1);

    if (!gap)
        return g_strdup_printf("\"%s\" %s", word, question);
    if (strchr(word, ' ') || g_str_has_suffix(lower, "ity") || g_str_has_suffix(lower, "ness"))
        return g_strdup_printf("\"%s\" leaves open how one can tell", word);
    return g_strdup_printf("\"%s\" %.*s%s", word, (int)(gap - question), question, lower);
}

static void tell(struct wording *wording, enum wording_kind kind, struct span span,
                 const struct wording_pin *pin)
{
    g_autofree char *word = quote(wording, span), *help = advise(wording, kind);
    g_autofree char *question = ask(kind, word);

    wording->told[wording->n_told++] = span;
    if (kind == WORDING_PENDING || span_is_empty(pin->span)) {
        reading_report_as(wording->reading, "untestable-wording",
                          kind == WORDING_PENDING ? SEVERITY_ERROR : SEVERITY_WARNING, span, help, "%s",
                          question);
        return;
    }
    g_autofree char *said = quote(wording, pin->span);
    reading_report_as(wording->reading, "untestable-wording", SEVERITY_NOTE, span, help,
                      pin->following ? "%s, unless what follows \"%s\" says it" : "%s, unless %s says it",
                      question, said);
}

/* -- reading -- */

/* How many tokens from index on leave something open, and how; 0: none. */
static guint match(const struct wording *wording, guint index, enum wording_kind *kind)
{
    guint most = 0;
    for (guint i = 0; i < N_WORDING_KINDS; i++) {
        guint n = word_list_match(wording->lists[i], wording->prose, index, wording->range.end);
        if (n <= most)
            continue;
        most = n;
        *kind = (enum wording_kind)i;
    }
    guint way = most == 0 ? wording_match_way_out(wording, index) : 0;
    if (way == 0)
        return most;
    *kind = WORDING_ESCAPE;
    return way;
}

/* Judges the n tokens from index on, which a list has. */
static void judge(struct wording *wording, enum wording_kind kind, guint index, guint n)
{
    struct span span = { prose_at(wording->prose, index)->span.start,
                         prose_at(wording->prose, index + n - 1)->span.end };

    if (wording_is_other(wording, index, n) || was_told(wording, span))
        return;
    if (wording->n_told == 0) {
        wording->foreign =
            tongue_of(wording->reading->book->lexicon, wording->prose, wording->range) == TONGUE_FOREIGN;
        wording->pin = wording_find_pin(wording);
    }
    if (wording->foreign && kind != WORDING_PENDING)
        return;
    struct wording_pin own = wording_find_pin_of(wording, index, n, kind);
    tell(wording, kind, span, span_is_empty(own.span) ? &wording->pin : &own);
}

/* Whether the token at index is no part of a sentence: quoted from elsewhere, or the name or data of a
 * scenario, of which *row is the block. */
static gboolean is_apart(const struct wording *wording, guint index, guint *row)
{
    const struct token *token = prose_at(wording->prose, index);

    if (wording->scenario && token->mark == '|')
        *row = token->block;
    return token->quoted || token->block == *row;
}

static void read_words(struct wording *wording)
{
    const struct prose *prose = wording->prose;
    enum wording_kind kind = WORDING_QUALITY;
    guint row = wording->scenario && wording->range.first < wording->range.end
                    ? prose_at(prose, wording->range.first)->block
                    : G_MAXUINT;

    for (guint i = wording->range.first, n; i < wording->range.end && wording->n_told < WORDING_MOST;
         i += MAX(n, 1)) {
        n = 1;
        if (is_apart(wording, i, &row) || !word_list_may(wording->lists[WORDING_QUALITY], prose_at(prose, i)))
            continue;
        n = match(wording, i, &kind);
        guint name = word_list_match(wording->names, prose, i, wording->range.end);
        if (n > name) /* "as soon as possible" is no name that "as soon as" is */
            judge(wording, kind, i, n);
        else
            n = name;
    }
}

void rules_read_wording(struct reading *reading)
{
    struct wording wording = { .reading = reading };
    const struct lexicon *lexicon = reading->book->lexicon;

    for (guint i = 0; i < N_WORDING_KINDS; i++)
        wording.lists[i] = lexicon_list(lexicon, kinds[i].list);
    wording.names = lexicon_list(lexicon, "vague-names");
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
        read_words(&wording);
    }
}

/* -- beside other rules -- */

/* Whether the finding warns of a word of which claim, the last of quality-without-measure before it, tells no
 * less gravely, or advises of it as well. */
static gboolean is_said(const struct finding *finding, const struct finding *claim)
{
    return claim && !claim->waived && strcmp(finding->rule, "untestable-wording") == 0 &&
           strcmp(finding->path, claim->path) == 0 && finding->span.start >= claim->span.start &&
           finding->span.end <= claim->span.end && (claim->severity >= finding->severity || claim->advice);
}

void rules_settle_wording(GPtrArray *findings)
{
    g_autoptr(GPtrArray) said = g_ptr_array_new();
    const struct finding *claim = NULL;
    guint kept = 0;

    for (guint i = 0; i < findings->len; i++) {
        struct finding *finding = findings->pdata[i];
        if (is_said(finding, claim))
            g_ptr_array_add(said, finding);
        else
            findings->pdata[kept++] = finding;
        if (strcmp(finding->rule, "quality-without-measure") == 0)
            claim = finding;
    }
    for (guint i = 0; i < said->len; i++)
        findings->pdata[kept + i] = said->pdata[i];
    g_ptr_array_set_size(findings, (gint)kept);
}
