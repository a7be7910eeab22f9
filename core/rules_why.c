#include "rules_told.h"

#include "tongue.h"

#include <string.h>

static const struct rule table[] = {
    {
        .name = "why-missing",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_STORY | RULE_TASK | RULE_OTHER,
        .summary = "nothing says what it is good for",
        .help = {
            .what = "Neither a clause (\"so that\", \"in order to\") nor a section Why, Context or Problem "
                    "of eight words or more says what it is good for.",
            .why = "Who knows the reason can find a smaller way, order it rightly, and see whether it "
                   "helped; 695 of 1,670 published stories of real projects have none.",
            .bad = "## Story\n"
                   "\n"
                   "As a returning customer, I want to filter my orders by date.\n",
            .good = "## Story\n"
                    "\n"
                    "As a returning customer, I want to filter my orders by date.\n"
                    "\n"
                    "## Why\n"
                    "\n"
                    "Most calls to the shop ask for an order of last month.\n",
            .decided = "By the benefit of the story, by words such as \"so that\" and \"because\" anywhere "
                       "but in criteria, approach, questions and decisions (the list \"why\"), and by the "
                       "words under Why, Context, Problem (the policy can name others under sections.why), "
                       "Background, Motivation, Goal and the like. Text in another language than English "
                       "is left in peace.",
            .source = "M. Cohn, \"User Stories Applied\" (2004), chapter 7. The count is of F. Dalpiaz, "
                      "\"Requirements data sets (user stories)\", Mendeley Data (2018).",
            .mistakes = "A reason without such words, outside of these sections, is not seen. Where your "
                        "sections have another name, say so in the policy.",
        },
    },
    {
        .name = "why-empty",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_STORY | RULE_TASK | RULE_OTHER,
        .summary = "the benefit says nothing that the wish does not say",
        .help = {
            .what = "The benefit repeats the wish, or says nothing (\"so that it works\").",
            .why = "It looks like a reason and is none; nobody can tell whether another wish would serve "
                   "the same end.",
            .bad = "## Story\n"
                   "\n"
                   "As a returning customer, I want to filter my orders by date, so that I can filter "
                   "orders by their date.\n",
            .good = "## Story\n"
                    "\n"
                    "As a returning customer, I want to filter my orders by date, so that I find what I "
                    "bought last month.\n",
            .decided = "Six tenths of the words that wish and benefit have, by their stems, are in both; "
                       "or all of the benefit is filler (the list \"filler\"). A Why section of eight "
                       "words or more says enough.",
            .source = "G. Adzic and D. Evans, \"Fifty Quick Ideas to Improve Your User Stories\" (2014); "
                      "M. Cohn, \"User Stories Applied\" (2004).",
            .mistakes = "A short benefit that needs the words of the wish to say something new.",
        },
    },
    { 0 },
};

const struct rule *rules_why_table(void)
{
    return table;
}

/* Equal words, of all words of wish and benefit: from here on the benefit restates the wish. */
#define RESTATED .6

/* -- why-missing -- */

static void report_missing(struct reading *reading, const struct told *told,
                           const struct markdown_section *section, guint words)
{
    const char *heading = policy_section(reading->policy, SECTION_WHY)[0];
    g_autofree char *headings = reading_headings(reading, SECTION_WHY);
    const gboolean story = told->item.story.form != STORY_NONE;
    struct span place = told_missing_place(reading, story ? SECTION_STORY : N_SECTIONS);

    if (section)
        place =
            (struct span){ section->span.start, lines_end(reading->document->text, reading->document->length,
                                                          section->span.start) };
    else if (story)
        place = told_place(reading, told, told->item.story.whole);
    g_autofree char *help =
        story ? g_strdup_printf(
                    "refine edit %s, and end the story with \", so that …\", or say it under \"## %s\"",
                    told->id, heading)
              : g_strdup_printf("refine edit %s, and say under \"## %s\" what it makes possible, or what "
                                "happens without it",
                                told->id, heading);
    struct finding *finding =
        section ? reading_report(
                      reading, "why-missing", place, help,
                      "expected what it is good for under \"%s\" in %u words or more, or \"so that …\", "
                      "saw %u",
                      section->title, PARTS_WHY_WORDS, words)
                : reading_report(reading, "why-missing", place, help,
                                 "expected what it is good for (\"so that …\", or a section %s), saw nothing",
                                 headings);
    if (finding)
        finding->key = g_strdup("why");
}

/* -- why-empty -- */

/* Equal ones, of all there are. */
static double likeness(GHashTable *left, GHashTable *right)
{
    GHashTableIter iter;
    gpointer key;
    guint same = 0;

    g_hash_table_iter_init(&iter, left);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        same += g_hash_table_contains(right, key);
    const guint all = g_hash_table_size(left) + g_hash_table_size(right) - same;
    return all ? (double)same / all : 0;
}

static gboolean is_filler(const struct reading *reading, const struct told *told)
{
    guint end = told->benefit.end;

    while (end > told->benefit.first && prose_at(told->prose, end - 1)->kind == TOKEN_MARK)
        end--;
    return end > told->benefit.first && lexicon_match(reading->book->lexicon, "filler", told->prose,
                                                      told->benefit.first, end) == end - told->benefit.first;
}

static void check_empty(struct reading *reading, const struct told *told)
{
    const struct span place = told_place(reading, told, told->item.story.benefit);
    g_autofree char *benefit = story_item_text(&told->item, told->item.story.benefit);
    g_autofree char *help = g_strdup_printf("refine edit %s, and ask what is better for whom then", told->id);

    if (is_filler(reading, told)) {
        reading_report(reading, "why-empty", place, help, "\"%s\" says nothing of what is better then",
                       benefit);
        return;
    }
    g_autoptr(GHashTable) wish = prose_stems(told->prose, told->wish);
    g_autoptr(GHashTable) why = prose_stems(told->prose, told->benefit);
    if (likeness(wish, why) >= RESTATED)
        reading_report(reading, "why-empty", place, help,
                       "\"%s\" says the wish once more, not what it is good for", benefit);
}

/* Whether it is told in a language in which the words for a reason are not known. */
static gboolean is_foreign(const struct reading *reading)
{
    const struct lexicon *lexicon = reading->book->lexicon;
    const enum tongue tongue =
        tongue_of(lexicon, reading->prose, (struct prose_range){ 0, reading->prose->tokens->len });

    return tongue == TONGUE_FOREIGN ||
           (tongue == TONGUE_UNKNOWN &&
            tongue_of(lexicon, reading->title, (struct prose_range){ 0, reading->title->tokens->len }) ==
                TONGUE_FOREIGN);
}

void rules_read_why(struct reading *reading, struct told *told)
{
    const struct markdown_section *section;
    const guint words = parts_why_words(reading->parts, reading->policy, reading->document->body,
                                        reading->prose, FALSE, &section);

    told->without_why = reading->parts->without_why && !is_foreign(reading);
    if (told->without_why)
        report_missing(reading, told, section, words);
    if (told->benefit.end > told->benefit.first && words < PARTS_WHY_WORDS)
        check_empty(reading, told);
}
