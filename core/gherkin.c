#include "gherkin.h"

#include <string.h>

enum word { WORD_NONE, WORD_GIVEN, WORD_WHEN, WORD_THEN, WORD_ANY, WORD_SCENARIO, WORD_END };

static const struct {
    const char *text;
    enum word word;
} words[] = {
    { "given ", WORD_GIVEN },
    { "when ", WORD_WHEN },
    { "then ", WORD_THEN },
    { "* ", WORD_ANY },
    { "scenario:", WORD_SCENARIO },
    { "scenario outline:", WORD_SCENARIO },
    { "scenario template:", WORD_SCENARIO },
    { "example:", WORD_SCENARIO },
    { "background:", WORD_END },
    { "rule:", WORD_END },
    { "feature:", WORD_END },
};

/* What has been seen of a scenario so far. */
struct steps {
    const char *text;
    struct span title; /* the keyword of the scenario */
    struct span when;  /* the last When that no Then has followed yet */
    struct span then;  /* the first Then, while there was no When */
    gboolean given, seen_when, seen_then, open, loose;
    struct gherkin_fault fault;
};

/* Which keyword the line at offset begins with; *length is set to its own length. */
static enum word word_at(const char *text, gsize at, gsize end, gsize *length)
{
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        gsize n = strlen(words[i].text);
        gsize bare = words[i].text[n - 1] == ' '; /* a step whose words are still to come counts, too */
        if (end - at >= n - bare && g_ascii_strncasecmp(text + at, words[i].text, n - bare) == 0 &&
            (!bare || at + n - 1 == end || strchr(" \t\r\n", text[at + n - 1]))) {
            *length = n - bare;
            return words[i].word;
        }
    }
    return WORD_NONE;
}

static void set_fault(struct steps *steps, enum gherkin_kind kind, struct span span)
{
    if (steps->fault.kind == GHERKIN_FINE)
        steps->fault = (struct gherkin_fault){ kind, span };
}

static void add_step(struct steps *steps, enum word word, struct span span)
{
    if (word == WORD_GIVEN && (steps->seen_when || steps->seen_then))
        set_fault(steps, GHERKIN_LATE_GIVEN, span);
    else if (word == WORD_GIVEN)
        steps->given = TRUE;
    else if (word == WORD_WHEN && steps->seen_then && !steps->seen_when)
        set_fault(steps, GHERKIN_EARLY_THEN, steps->then);
    if (word == WORD_WHEN) {
        steps->when = span;
        steps->seen_when = steps->open = TRUE;
    }
    if (word == WORD_THEN) {
        if (!steps->seen_then)
            steps->then = span;
        steps->seen_then = TRUE;
        steps->open = FALSE;
    }
    steps->loose = steps->loose || word == WORD_ANY;
}

/* What lacks when all steps were seen. */
static void end_steps(struct steps *steps)
{
    /* One of bullets alone says in no words which step is which. */
    if (steps->loose && !steps->given && !steps->seen_when && !steps->seen_then)
        return;
    if (!steps->seen_when && !steps->seen_then)
        set_fault(steps, GHERKIN_NEITHER, steps->title);
    else if (!steps->seen_when)
        set_fault(steps, GHERKIN_NO_WHEN, steps->title);
    else if (!steps->seen_then)
        set_fault(steps, GHERKIN_NO_THEN, steps->title);
    else if (steps->open)
        set_fault(steps, GHERKIN_LAST_WHEN, steps->when);
}

static gsize skip_blank(const char *text, gsize at, gsize end)
{
    while (at < end && strchr(" \t", text[at]))
        at++;
    return at;
}

static gboolean is_doc_string(const char *text, gsize at, gsize end)
{
    return end - at >= 3 && (strncmp(text + at, "\"\"\"", 3) == 0 || strncmp(text + at, "```", 3) == 0);
}

struct gherkin_fault gherkin_check(const char *text, struct span scenario)
{
    struct steps steps = { .text = text, .title = { scenario.start, scenario.start } };
    gboolean literal = FALSE, begun = FALSE;

    for (gsize at = scenario.start, next; at < scenario.end; at = next) {
        next = lines_next(text, scenario.end, at);
        gsize start = skip_blank(text, at, next), length = 0;
        enum word word = WORD_NONE;
        if (is_doc_string(text, start, next))
            literal = !literal;
        else if (!literal)
            word = word_at(text, start, next, &length);
        struct span span = { start, start + length };
        if (word == WORD_END || (word == WORD_SCENARIO && begun))
            break;
        if (word == WORD_SCENARIO) {
            begun = TRUE;
            steps.title = span;
        } else if (word != WORD_NONE) {
            add_step(&steps, word, span);
        }
    }
    end_steps(&steps);
    return steps.fault;
}

gboolean gherkin_is_foreign(const char *text, struct span content)
{
    static const char sign[] = "language:";

    for (gsize at = content.start, next; at < content.end; at = next) {
        next = lines_next(text, content.end, at);
        gsize start = skip_blank(text, at, next);
        if (start == next || strchr("\r\n", text[start]))
            continue;
        if (text[start] != '#')
            return FALSE;
        start = skip_blank(text, start + 1, next);
        if (next - start < strlen(sign) || g_ascii_strncasecmp(text + start, sign, strlen(sign)) != 0)
            continue;
        start = skip_blank(text, start + strlen(sign), next);
        return next - start < 2 || g_ascii_strncasecmp(text + start, "en", 2) != 0;
    }
    return FALSE;
}
