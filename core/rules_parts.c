/* Whether a story is told, and what a bug and a spike say in its place: story-missing. */
#include "rules_told.h"

/* Whether a Story section says anything; *empty: one that does not. */
static gboolean has_section(const struct reading *reading, const struct markdown_section **empty)
{
    const GArray *sections = reading->document->body->sections;
    const char *const *names = policy_section(reading->policy, SECTION_STORY);

    *empty = NULL;
    for (int i = 0; i < (int)sections->len; i++) {
        const struct markdown_section *section = &g_array_index(sections, struct markdown_section, i);
        if (!markdown_is_named(section, names))
            continue;
        if (parts_words(reading->parts, reading->document->body, reading->prose, i) > 0)
            return TRUE;
        *empty = *empty ? *empty : section;
    }
    return FALSE;
}

/* Whether the words are nothing but those of the usual form and of what it says to fill in: "As a [role], I
 * want [feature] so that [benefit]". */
static gboolean is_form(const struct prose *prose, struct prose_range range)
{
    static const char *const words[] = { "as",    "a",    "an",   "the",     "i",       "we",      "want",
                                         "would", "like", "need", "to",      "can",     "be",      "able",
                                         "so",    "that", "in",   "order",   "role",    "persona", "user",
                                         "type",  "of",   "some", "wish",    "feature", "goal",    "action",
                                         "what",  "why",  "who",  "benefit", "reason",  "value",   "outcome",
                                         "xxx",   "do",   "get",  "my",      NULL };
    guint count = 0;

    for (guint i = range.first; i < range.end; i++) {
        const struct token *token = prose_at(prose, i);
        if (token->heading || token->kind == TOKEN_MARK || token->kind == TOKEN_LINK)
            continue;
        if (!g_strv_contains(words, token->text))
            return FALSE;
        count++;
    }
    return count > 0;
}

static gboolean is_template(const struct reading *reading, const struct told *told)
{
    if (told->item.story.form != STORY_NONE)
        return is_form(told->prose, prose_within(told->prose, told->item.story.whole));
    return is_form(reading->prose, reading_range(reading, SECTION_STORY));
}

static void check_missing(struct reading *reading, const struct told *told)
{
    const enum story_form form = told->item.story.form;
    const gboolean template = reading->type == RULE_STORY && is_template(reading, told);
    const struct markdown_section *empty = NULL;
    if (reading->type != RULE_STORY || (!template && (form == STORY_USER || form == STORY_JOB)) ||
        (!template && has_section(reading, &empty)))
        return;
    g_autofree char *headings = reading_headings(reading, SECTION_STORY);
    g_autofree char *help =
        g_strdup_printf("refine edit %s, and write under \"## %s\": As a ROLE, I want WISH, so that BENEFIT",
                        told->id, policy_section(reading->policy, SECTION_STORY)[0]);
    if (template)
        reading_report(reading, "story-missing",
                       form == STORY_NONE ? told_missing_place(reading, SECTION_STORY)
                                          : told_place(reading, told, told->item.story.whole),
                       help, "expected who wants what, saw a template that is not filled in");
    else if (form == STORY_WISH)
        reading_report(reading, "story-missing", told_place(reading, told, told->item.story.whole), help,
                       "expected who wants this (\"As a ROLE, I want …\"), saw a wish of nobody");
    else if (empty)
        reading_report(reading, "story-missing", told_missing_place(reading, SECTION_STORY), help,
                       "expected who wants what under \"%s\", saw nothing", empty->title);
    else
        reading_report(
            reading, "story-missing", told_missing_place(reading, N_SECTIONS), help,
            "expected who wants what (\"As a ROLE, I want WISH\") under %s or in the title, saw no "
            "story",
            headings);
}

/* -- in its place -- */

static void report_unsaid(struct reading *reading, const struct told *told, unsigned unsaid)
{
    g_autoptr(GString) what = g_string_new(NULL), headings = g_string_new(NULL);

    for (int which = 0; which < N_STAND_INS; which++) {
        const struct stand_in_words *words = stand_in_words((enum stand_in)which);
        const gboolean last = unsaid >> which == 1;
        const char *joint = what->len == 0 ? "" : last ? " and " : ", ";
        if (!(unsaid & (1u << which)))
            continue;
        g_string_append_printf(what, "%s%s", joint, words->what);
        g_string_append_printf(headings, "%s\"## %s\"", joint, words->names[0]);
    }
    g_autofree char *help = g_strdup_printf("refine edit %s, and say it under %s", told->id, headings->str);
    reading_report(reading, "story-missing", told_missing_place(reading, N_SECTIONS), help,
                   "expected %s, saw nothing of it", what->str);
}

void rules_read_parts(struct reading *reading, const struct told *told)
{
    check_missing(reading, told);
    if (reading->parts->unsaid)
        report_unsaid(reading, told, reading->parts->unsaid);
}
