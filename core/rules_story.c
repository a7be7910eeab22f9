#include "rules_told.h"

#include "nearest.h"

#include <string.h>

static const struct rule table[] = {
    {
        .name = "story-missing",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_STORY | RULE_BUG | RULE_SPIKE,
        .summary = "a story without role and wish, a bug without steps, a spike without question",
        .help = {
            .what = "A story says who wants what; a bug what to do, what should happen and what happens "
                    "instead; a spike its question, and what will be decided with the answer.",
            .why = "Without it everybody fills in their own idea of it, and the difference shows at the "
                   "review.",
            .bad = "## Story\n",
            .good = "## Story\n"
                    "\n"
                    "As a returning customer, I want to filter my orders by date, so that I find what I "
                    "bought last month.\n",
            .decided = "A story has a sentence \"As a ROLE, I want WISH\" or \"When SITUATION, I want "
                       "WISH\" in its Story section, before the first heading, in the title or at the "
                       "beginning of a section such as Description, or anything at all in its Story "
                       "section. A bug and a spike have sections of the names that refine add writes, or "
                       "others in use (\"Steps to reproduce\", \"Expected behaviour\"). Where they have "
                       "none of these, a text in which words such as \"when\", \"should\" and \"instead\" "
                       "stand is enough, questions, decisions and feedback aside, and criteria say what is "
                       "expected.",
            .source = "R. Jeffries, \"Essential XP: card, conversation, confirmation\" (2001), for the "
                      "form R. Davies at Connextra; for job stories A. Klement, \"Replacing the user story "
                      "with the job story\" (2013); for bugs S. Tatham, \"How to report bugs effectively\" "
                      "(1999).",
            .mistakes = "That words such as \"should\" stand in a bug does not mean that they say what is "
                        "expected. Stories are only known in English; in other languages write a Story "
                        "section. A bug or spike told in another language is left in peace.",
        },
    },
    {
        .name = "role-unknown",
        .severity = SEVERITY_NOTE,
        .reach = RULE_READINESS,
        .types = RULE_STORY,
        .summary = "the role is none of the policy's personas",
        .help = {
            .what = "The policy names personas, and the role of the story is none of them.",
            .why = "Personas are whom the team has met; a role that nobody knows is often \"user\", which "
                   "is to say anybody.",
            .bad = "## Story\n"
                   "\n"
                   "As a user, I want to filter my orders, so that I find what I bought last month.\n"
                   "\n"
                   "==> .refine.yaml <==\n"
                   "personas: [returning customer, clerk]\n",
            .good = "## Story\n"
                    "\n"
                    "As a returning customer, I want to filter my orders, so that I find what I bought.\n"
                    "\n"
                    "==> .refine.yaml <==\n"
                    "personas: [returning customer, clerk]\n",
            .decided = "Asked only where the policy has personas. Article, plural and case make no "
                       "difference; of roles joined by \"and\" or \"or\" each must be one.",
            .source = "M. Cohn, \"User Stories Applied\" (2004), chapter 3: user role modeling; A. Cooper, "
                      "\"The Inmates Are Running the Asylum\" (1999).",
            .mistakes = "A role that is a persona in other words (\"buyer\", \"customer\") is reported as "
                        "well: add it, or use one word.",
        },
    },
    {
        .name = "role-not-stakeholder",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_STORY,
        .summary = "the role is a system or its maker, nobody who wants something",
        .help = {
            .what = "The role of the story is a part of the product, or one who builds it.",
            .why = "A system wants nothing, and what its maker wants is a task; who is better off stays "
                   "unknown, and so does whom to ask.",
            .bad = "## Story\n"
                   "\n"
                   "As a developer, I want orders to have a date range, so that customers find what they "
                   "bought last month.\n",
            .good = "## Story\n"
                    "\n"
                    "As a returning customer, I want to see orders of a date range, so that I find what I "
                    "bought last month.\n",
            .decided = "By the words with which the role ends (the lists \"maker\" and \"thing\"): \"API\" "
                       "is one, \"API user\" none. A persona of the policy is never one, and neither is a "
                       "builder from outside (\"third-party developer\", the list \"outsider\").",
            .source = "M. Cohn, \"User Stories Applied\" (2004), chapter 3; G. Lucassen, F. Dalpiaz, J. M. "
                      "E. M. van der Werf and S. Brinkkemper, \"Improving agile requirements: the Quality "
                      "User Story framework and tool\" (2016).",
            .mistakes = "Where the product is for developers, they are its users: name the role under "
                        "personas in .refine.yaml.",
        },
    },
    {
        .name = "not-atomic",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_STORY,
        .summary = "the wish is two wishes",
        .help = {
            .what = "The wish has two parts with a verb each: it is two wishes.",
            .why = "Two wishes are estimated, ordered and finished together, though one of them is always "
                   "worth more.",
            .bad = "## Story\n"
                   "\n"
                   "As a returning customer, I want to filter my orders and cancel a subscription, so that "
                   "I spend less time here.\n",
            .good = "## Story\n"
                    "\n"
                    "As a returning customer, I want to search and filter my orders, so that I find what I "
                    "bought last month.\n",
            .decided = "By \"and\" or \"or\" in the wish with a verb on each side (the lists \"action\" "
                       "and \"action-noun\"). Sayings are one (\"copy and paste\", the list \"saying\"), "
                       "and so is an act with what it gives (\"enter my postcode and get the depots\", the "
                       "list \"result\"), and what is joined within a clause (\"a tool that finds and "
                       "lists\").",
            .source = "G. Lucassen, F. Dalpiaz, J. M. E. M. van der Werf and S. Brinkkemper, \"Improving "
                      "agile requirements: the Quality User Story framework and tool\" (2016), whose "
                      "quality \"atomic\" this is. Experts who are given the same stories agree only in "
                      "part on what is atomic.",
            .mistakes = "Two verbs that the team sees as one act (\"create and send\"): keep them, or add "
                        "them to the list with words.saying.add. Two wishes without a second verb "
                        "(\"export as CSV and PDF\") are not found.",
        },
    },
    {
        .name = "not-minimal",
        .severity = SEVERITY_NOTE,
        .reach = RULE_READINESS,
        .types = RULE_STORY,
        .summary = "the story line holds more than the story",
        .help = {
            .what = "Behind the story, in the same paragraph, stand further sentences, or a note in "
                    "brackets of five words or more.",
            .why = "What hides behind the sentence is read by nobody: conditions belong to the criteria, "
                   "reasons under Why, and what must be so under Constraints.",
            .bad = "## Story\n"
                   "\n"
                   "As a returning customer, I want to filter my orders by date, so that I find last "
                   "month. Note: the index has it already.\n",
            .good = "## Story\n"
                    "\n"
                    "As a returning customer, I want to filter my orders by date, so that I find what I "
                    "bought last month.\n"
                    "\n"
                    "The index has it already.\n",
            .decided = "By what follows in the paragraph of the story. Paragraphs below it are free.",
            .source = "G. Lucassen, F. Dalpiaz, J. M. E. M. van der Werf and S. Brinkkemper, \"Improving "
                      "agile requirements: the Quality User Story framework and tool\" (2016), whose "
                      "quality \"minimal\" this is.",
            .mistakes = "An abbreviation before a capital letter can look like the end of a sentence.",
        },
    },
    { 0 },
};

const struct rule *rules_story_table(void)
{
    return table;
}

/* -- the role -- */

/* The tokens of a role up to what is said of it: "clerk" of "clerk who works at night". */
static struct prose_range role_head(const struct told *told)
{
    static const char *const further[] = { "who",   "that",   "which",  "whose", "of", "in",
                                           "from",  "with",   "at",     "for",   "on", "working",
                                           "using", "acting", "having", NULL };
    struct prose_range range = prose_within(told->prose, told->item.story.role);

    for (guint i = range.first; i < range.end; i++) {
        const struct token *token = prose_at(told->prose, i);
        if (token->kind != TOKEN_WORD || (i > range.first && g_strv_contains(further, token->text)))
            range.end = i;
    }
    return range;
}

/* In small letters, without an article, of one: "Clerks" is "clerk". */
static char *plain_role(const char *text)
{
    static const char *const articles[] = { "a ", "an ", "the ", NULL };
    g_autofree char *folded = g_utf8_casefold(text, -1);
    const char *from = g_strstrip(folded);

    for (gsize i = 0; articles[i]; i++)
        if (g_str_has_prefix(from, articles[i]))
            from += strlen(articles[i]);
    GString *plain = g_string_new(from);
    if (plain->len > 4 && g_str_has_suffix(plain->str, "ies")) {
        g_string_truncate(plain, plain->len - 3);
        g_string_append_c(plain, 'y');
    } else if (plain->len > 3 && g_str_has_suffix(plain->str, "s") && !g_str_has_suffix(plain->str, "ss")) {
        g_string_truncate(plain, plain->len - 1);
    }
    return g_string_free(plain, FALSE);
}

/* The policy's persona that the role is; NULL: none. */
static const char *find_persona(const struct rulebook *book, const char *role)
{
    g_autofree char *plain = plain_role(role);

    for (gsize i = 0; book->personas[i]; i++) {
        g_autofree char *persona = plain_role(book->personas[i]);
        if (strcmp(persona, plain) == 0)
            return book->personas[i];
    }
    return NULL;
}

/* Whether the role, or each of the roles that it joins, is a persona; *unknown: the first that is not, as it
 * stands, newly allocated. */
static gboolean is_known(const struct reading *reading, const struct told *told, char **unknown)
{
    g_autofree char *whole = story_item_text(&told->item, told->item.story.role);
    const struct prose_range head = role_head(told);
    guint first = head.first;

    *unknown = NULL;
    if (find_persona(reading->book, whole))
        return TRUE;
    for (guint i = head.first; i <= head.end; i++) {
        if (i < head.end && !token_is(prose_at(told->prose, i), "and") &&
            !token_is(prose_at(told->prose, i), "or"))
            continue;
        const struct span place = { first < i ? prose_at(told->prose, first)->span.start : 0,
                                    first < i ? prose_at(told->prose, i - 1)->span.end : 0 };
        g_autofree char *role = story_item_text(&told->item, place);
        if (!find_persona(reading->book, role)) {
            *unknown = g_strdup(*role ? role : whole);
            return FALSE;
        }
        first = i + 1;
    }
    return TRUE;
}

static void report_unknown(struct reading *reading, const struct told *told, const char *role)
{
    g_autofree const char **personas = policy_texts(reading->policy, "personas");
    const char *nearest = nearest_name(role, personas);
    g_autofree char *all = g_strjoinv(", ", (char **)personas);
    g_autofree char *help =
        nearest ? g_strdup_printf("did you mean %s? or add the role to personas in .refine.yaml", nearest)
                : g_strdup("name one of them, or add the role to personas in .refine.yaml");

    reading_report(reading, "role-unknown", told_place(reading, told, told->item.story.role), help,
                   "expected one of the personas (%s), saw \"%s\"", all, role);
}

/* Whether the head of the role ends with an entry of the list; *first: where that begins. */
static gboolean ends_with(const struct reading *reading, const struct told *told, struct prose_range head,
                          const char *list, guint *first)
{
    for (*first = head.end > head.first + 3 ? head.end - 3 : head.first; *first < head.end; ++*first)
        if (lexicon_match(reading->book->lexicon, list, told->prose, *first, head.end) == head.end - *first)
            return TRUE;
    return FALSE;
}

static void check_stakeholder(struct reading *reading, const struct told *told)
{
    const struct prose_range head = role_head(told);
    g_autofree char *role = story_item_text(&told->item, told->item.story.role);
    const struct span place = told_place(reading, told, told->item.story.role);
    guint first;

    if (ends_with(reading, told, head, "maker", &first)) {
        for (guint i = head.first; i < first; i++)
            if (lexicon_has(reading->book->lexicon, "outsider", prose_at(told->prose, i)->text))
                return;
        reading_report(
            reading, "role-not-stakeholder", place,
            "name who will use it or pays for it; where it is for builders, add the role to personas in "
            ".refine.yaml",
            "\"%s\" builds the product: expected who wants something of it", role);
    } else if (ends_with(reading, told, head, "thing", &first)) {
        reading_report(
            reading, "role-not-stakeholder", place,
            "name the person who is better off; where others' programs are your users, add the role to "
            "personas in .refine.yaml",
            "\"%s\" is a thing and wants nothing: expected a person", role);
    }
}

static void check_role(struct reading *reading, const struct told *told)
{
    g_autofree char *unknown = NULL;

    if (told->item.story.form != STORY_USER || reading->type != RULE_STORY)
        return;
    const gboolean known = is_known(reading, told, &unknown);
    if (!known)
        check_stakeholder(reading, told);
    if (!known && reading->book->personas[0])
        report_unknown(reading, told, unknown);
}

/* -- all -- */

void rules_read_story(struct reading *reading)
{
    struct told told = { .id = reading->item->id ? reading->item->id : "ID" };

    told.item = reading->parts->told;
    told.prose = told.item.in_title ? reading->title : reading->prose;
    told.wish = prose_within(told.prose, told.item.story.wish);
    told.benefit = prose_within(told.prose, told.item.story.benefit);
    rules_read_parts(reading, &told);
    check_role(reading, &told);
    rules_read_atomic(reading, &told);
    rules_read_why(reading, &told);
    rules_read_solution(reading, &told);
}
