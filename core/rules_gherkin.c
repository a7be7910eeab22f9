#include "statement.h"

#include "gherkin.h"

#include <string.h>

/* What is wrong, and what to write. */
static const struct {
    const char *message;
    const char *help;
} faults[] = {
    [GHERKIN_NO_WHEN] = { "the scenario has no When: nothing is done in it",
                          "say in a When step what someone does, or what happens" },
    [GHERKIN_NO_THEN] = { "the scenario has no Then: nothing comes of it",
                          "say in a Then step what can be seen afterwards" },
    [GHERKIN_NEITHER] = { "the scenario has neither When nor Then",
                          "say in a When step what someone does, and in a Then step what can be seen "
                          "afterwards" },
    [GHERKIN_LATE_GIVEN] = { "a Given stands behind a When or a Then: what is given comes first",
                             "move it up, or begin another scenario" },
    [GHERKIN_EARLY_THEN] = { "a Then stands before the first When: the order is Given, When, Then",
                             "put what is done in front of what is seen" },
    [GHERKIN_LAST_WHEN] = { "the last When has no Then: nothing comes of it",
                            "say in a Then step what can be seen afterwards" },
};

static void check_fence(struct reading *reading, const struct markdown_fence *fence)
{
    const struct document *document = reading->document;
    g_autoptr(GPtrArray) scenarios = markdown_scenarios(document->body, fence);

    if (gherkin_is_foreign(document->text, fence->content))
        return;
    for (guint i = 0; i < scenarios->len; i++) {
        const struct markdown_scenario *scenario = scenarios->pdata[i];
        struct gherkin_fault fault = gherkin_check(document->text, scenario->span);
        if (fault.kind == GHERKIN_FINE)
            continue;
        g_autofree char *help =
            reading->item->id
                ? g_strdup_printf("%s: refine edit %s", faults[fault.kind].help, reading->item->id)
                : g_strdup(faults[fault.kind].help);
        struct finding *finding =
            reading_report(reading, "gherkin-incomplete", fault.span, help, "%s", faults[fault.kind].message);
        if (finding)
            finding->key = g_strconcat(faults[fault.kind].message, "\n", scenario->name, NULL);
    }
}

void rules_read_gherkin(struct reading *reading)
{
    const struct markdown *body = reading->document->body;
    const struct markdown_section *section = reading_section(reading, SECTION_CRITERIA);

    for (guint i = 0; section && i < body->fences->len; i++) {
        const struct markdown_fence *fence = &g_array_index(body->fences, struct markdown_fence, i);
        if (fence->exact && fence->span.start >= section->content.start &&
            fence->span.end <= section->content.end)
            check_fence(reading, fence);
    }
}

/* -- on one line -- */

/* Whether a noun follows "Given", so that it opens a step: "Given a cart", not "Given names". */
static gboolean is_step(const struct token *next)
{
    static const char *const words[] = { "a",  "an", "the", "that", "no",   "i",     "two", "any",
                                         "my", "we", "my",  "some", "user", "there", NULL };
    return next->kind == TOKEN_NUMBER || next->kind == TOKEN_LITERAL ||
           (next->kind == TOKEN_WORD && g_strv_contains(words, next->text));
}

void statement_check_given(const struct statement *statement, gboolean followed)
{
    const struct prose *prose = statement->reading->prose;
    struct prose_range range = statement->range;
    gboolean when = FALSE;
    guint place = range.first;

    if (range.end < range.first + 2 || !token_is(prose_at(prose, range.first), "given") ||
        !is_step(prose_at(prose, range.first + 1)) || followed)
        return;
    for (guint i = range.first + 1; i < range.end; i++) {
        const struct token *token = prose_at(prose, i);
        if (token_is(token, "then"))
            return;
        /* A comma or a dot ends what is given, and then what is done; what is seen may follow without "then".
         */
        if (token->kind == TOKEN_MARK && token->mark && strchr(",;:.", token->mark) && i + 1 < range.end &&
            !token_is(prose_at(prose, i + 1), "when") && !token_is(prose_at(prose, i + 1), "and"))
            return;
        if (token_is(token, "when") && !when) {
            when = TRUE;
            place = i;
        }
        if (token->block != prose_at(prose, range.first)->block)
            return;
    }
    g_autofree char *help = statement_help(statement, when ? "say after \"then\" what can be seen"
                                                           : "say what is done and what can be seen, as in "
                                                             "\"given …, when …, then …\"");
    reading_report(
        statement->reading, "gherkin-incomplete", statement_span(statement, place, place + 1), help,
        when ? "\"when\" without \"then\": nothing comes of it" : "\"given\" without \"when\" and \"then\"");
}
