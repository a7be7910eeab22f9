/* One wish in one sentence. */
#include "rules_told.h"

#include <string.h>

/* A bracket with more words is a note. */
#define LONG_BRACKET 4

/* How far behind the first word of a wish its verb is looked for. */
#define NEAR 5

/* The wish while it is read. */
struct wish {
    const struct prose *prose;
    const struct lexicon *lexicon;
    struct prose_range range;
    guint verb;       /* the main verb that was met last; G_MAXUINT: none yet */
    gboolean further; /* a clause of its own began: "that lets me …" */
};

static const struct token *at(const struct wish *wish, guint index)
{
    return prose_at(wish->prose, index);
}

static gboolean is_any(const struct wish *wish, guint index, const char *const *words)
{
    return index < wish->range.end && at(wish, index)->kind == TOKEN_WORD &&
           g_strv_contains(words, at(wish, index)->text);
}
#define IS_ANY(wish, index, ...) is_any(wish, index, (const char *const[]){ __VA_ARGS__, NULL })

static gboolean is_sure_verb(const struct wish *wish, guint index)
{
    return index < wish->range.end && at(wish, index)->kind == TOKEN_WORD &&
           lexicon_has(wish->lexicon, "action", at(wish, index)->text);
}

/* What no noun ends with. */
static gboolean is_made_verb(const char *word)
{
    static const char *const endings[] = { "ize", "ise", "ify", NULL };
    for (gsize i = 0; endings[i]; i++)
        if (strlen(word) > 6 && g_str_has_suffix(word, endings[i]))
            return TRUE;
    return FALSE;
}

static gboolean is_verb(const struct wish *wish, guint index)
{
    if (index >= wish->range.end || at(wish, index)->kind != TOKEN_WORD)
        return FALSE;
    /* "I want to …": whatever it is. */
    if (index == wish->range.first && index > 0 && IS_ANY(wish, index - 1, "to", "can", "must"))
        return !g_str_has_suffix(at(wish, index)->text, "ly") && !IS_ANY(wish, index, "be");
    return is_sure_verb(wish, index) || is_made_verb(at(wish, index)->text) ||
           lexicon_has(wish->lexicon, "action-noun", at(wish, index)->text);
}

/* How many words at index join two things; 0: none. */
static guint joint_length(const struct wish *wish, guint index)
{
    return prose_match(wish->prose, index, wish->range.end, "as well as") +
           (IS_ANY(wish, index, "and", "or", "and/or") || at(wish, index)->mark == '&');
}

static gboolean is_joint(const struct wish *wish, guint index)
{
    return joint_length(wish, index) > 0;
}

/* Words that begin what a verb is about, so that the word before is a verb. */
static gboolean begins_object(const struct wish *wish, guint index)
{
    return IS_ANY(wish, index, "the", "a", "an", "my", "our", "your", "their", "his", "her", "its", "this",
                  "that", "these", "those", "it", "them", "him", "me", "us", "all", "any", "each", "every",
                  "some", "both", "new", "what", "which", "who", "whether", "how", "others", "another",
                  "other", "multiple", "several", "one");
}

static gboolean is_preposition(const struct wish *wish, guint index)
{
    return IS_ANY(wish, index, "in", "on", "to", "from", "with", "for", "by", "at", "into", "through", "up",
                  "out", "about", "over", "as", "via", "of", "between", "within");
}

/* Whether the word at index, behind a joint, does the work of a verb. */
static gboolean works_as_verb(const struct wish *wish, guint joint, guint index)
{
    const guint before = is_preposition(wish, joint - 1) ? joint - 2 : joint - 1;
    /* "edit and delete", "filter, sort and group", "search for and open". */
    const gboolean pair =
        before >= wish->range.first && before < joint && is_verb(wish, before) &&
        (before == wish->verb ||
         (before > wish->range.first && (at(wish, before - 1)->mark == ',' || is_joint(wish, before - 1))));
    const gboolean ends = index + 1 >= wish->range.end || at(wish, index + 1)->kind == TOKEN_MARK;

    if (!is_verb(wish, index))
        return FALSE;
    if (begins_object(wish, index + 1) || pair)
        return TRUE;
    if (!is_sure_verb(wish, index) || ends)
        return FALSE;
    return !is_preposition(wish, index + 1) || !IS_ANY(wish, index + 1, "of", "as");
}

/* Past "then", "also", "to" and the like; *again: it says by itself that a verb comes. */
static guint skip_filling(const struct wish *wish, guint index, gboolean *again)
{
    *again = FALSE;
    while (index < wish->range.end && at(wish, index)->kind == TOKEN_WORD) {
        const gboolean modal = IS_ANY(wish, index, "can", "could", "should", "must", "will", "may");
        if (!modal &&
            !IS_ANY(wish, index, "then", "also", "to", "thereby", "subsequently", "not", "even", "optionally",
                    "i") &&
            !g_str_has_suffix(at(wish, index)->text, "ly"))
            break;
        *again = *again || modal;
        index++;
    }
    return index;
}

/* Whether the words around the joint are a saying; *past: where it ends. */
static gboolean is_saying(const struct wish *wish, guint joint, guint *past)
{
    for (guint i = joint > wish->range.first + 3 ? joint - 3 : wish->range.first; i < joint; i++) {
        const guint n = lexicon_match(wish->lexicon, "saying", wish->prose, i, wish->range.end);
        if (n == 0 || i + n <= joint)
            continue;
        *past = i + n;
        return TRUE;
    }
    return FALSE;
}

/* The second verb that the joint introduces; 0: none. */
static guint second_verb(const struct wish *wish, guint joint)
{
    gboolean again;
    const guint index = skip_filling(wish, joint + joint_length(wish, joint), &again);
    const gboolean apart = at(wish, joint - 1)->mark == ',';

    if (index >= wish->range.end || lexicon_has(wish->lexicon, "result", at(wish, index)->text))
        return 0;
    if (again)
        return at(wish, index)->kind == TOKEN_WORD ? index : 0;
    /* Within a clause it is that clause's. */
    if (wish->further && !apart)
        return 0;
    return works_as_verb(wish, joint, index) ? index : 0;
}

static gboolean begins_clause(const struct wish *wish, guint index)
{
    return IS_ANY(wish, index, "that", "which", "who", "whom", "whose", "when", "whenever", "where", "if",
                  "whether", "how", "what", "why", "because", "since", "while", "before", "after", "until",
                  "unless", "although");
}

/* The first and the second verb of a wish that is two; FALSE: it is one. */
static gboolean find_two(struct wish *wish, guint *second)
{
    for (guint i = wish->range.first; i < wish->range.end; i++) {
        guint past;
        const gboolean leads = i == wish->range.first ||
                               IS_ANY(wish, i - 1, "to", "can", "could", "should", "must", "not") ||
                               (i == wish->range.first + 1 && g_str_has_suffix(at(wish, i - 1)->text, "ly"));
        /* Deep in the wish, "to" begins what something else is for: "instructions to register". */
        if (leads && is_verb(wish, i) && !wish->further && i <= wish->range.first + NEAR)
            wish->verb = i;
        else if (begins_clause(wish, i))
            wish->further = i > wish->range.first;
        else if (i == wish->range.first || wish->verb == G_MAXUINT || !is_joint(wish, i))
            continue;
        else if (is_saying(wish, i, &past))
            i = past - 1;
        else if ((*second = second_verb(wish, i)))
            return TRUE;
    }
    return FALSE;
}

static void check_atomic(struct reading *reading, const struct told *told)
{
    struct wish wish = { told->prose, reading->book->lexicon, told->wish, G_MAXUINT, FALSE };
    guint second;

    if (!find_two(&wish, &second))
        return;
    g_autofree char *help =
        g_strdup_printf("refine split %s, if one can be of use without the other", told->id);
    reading_report(reading, "not-atomic", told_words(reading, told, second, second + 1), help,
                   "two wishes in one story: \"%s\" and \"%s\"", at(&wish, wish.verb)->text,
                   at(&wish, second)->text);
}

/* -- not-minimal -- */

/* Where brackets in range hold a note; empty: nowhere. */
static struct prose_range find_note(const struct prose *prose, struct prose_range range)
{
    guint open = G_MAXUINT;

    for (guint i = range.first; i < range.end; i++) {
        const char mark = prose_at(prose, i)->mark;
        if (mark == '(' || mark == '[')
            open = i;
        if ((mark != ')' && mark != ']') || open == G_MAXUINT)
            continue;
        if (told_count(prose, (struct prose_range){ open, i }) > LONG_BRACKET)
            return (struct prose_range){ open, i + 1 };
        open = G_MAXUINT;
    }
    return (struct prose_range){ 0, 0 };
}

static void check_minimal(struct reading *reading, const struct told *told)
{
    const struct story *story = &told->item.story;
    const struct prose_range whole = prose_within(told->prose, story->whole),
                             rest = prose_within(told->prose, story->rest);
    const struct prose_range note = find_note(told->prose, whole);
    g_autofree char *help =
        g_strdup_printf("refine edit %s: what is left without it is the story; the rest goes under Why, "
                        "Constraints or the criteria",
                        told->id);

    if (whole.end > whole.first && rest.end > rest.first &&
        prose_at(told->prose, rest.first)->block == prose_at(told->prose, whole.end - 1)->block)
        reading_report(reading, "not-minimal", told_place(reading, told, story->rest), help,
                       "expected one sentence, saw more behind the story");
    else if (note.end > note.first)
        reading_report(reading, "not-minimal", told_words(reading, told, note.first, note.end), help,
                       "expected the story alone, saw a note in brackets");
}

void rules_read_atomic(struct reading *reading, const struct told *told)
{
    if (reading->type != RULE_STORY || told->item.story.form == STORY_NONE)
        return;
    check_atomic(reading, told);
    check_minimal(reading, told);
}
