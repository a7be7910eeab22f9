#include "story_private.h"

/* No role, and no end before it, is longer, in words. */
#define LONGEST_ROLE 40
/* A story stands at the beginning: so many places are tried, and no more. */
#define MOST_TRIES 100
/* Nor a role that no article introduces: "As user, I want". */
#define LONGEST_BARE 6

/* Adverbs and auxiliaries between "I" and what says the wish. */
#define BETWEEN                                                                                              \
    "also really only just often sometimes always usually mostly simply still now definitely typically too " \
    "currently would will do don't not never strongly would'nt"
#define WISHES                                                                                               \
    "want wants wanted wanna need needs wish wishes like love prefer expect require desire hope must can "   \
    "could "                                                                                                 \
    "should may might shall able am have had wan't watn wnat wont"
#define OBLIGES "can could should must may might shall will cannot can't shouldn't mustn't"

/* "As a result, …" names nobody. */
#define NO_ROLE                                                                                              \
    "result consequence rule workaround note matter reminder step example alternative effect fallback "      \
    "bonus "                                                                                                 \
    "precaution start starting whole minimum compromise aside exception fix solution hint thought part "     \
    "default "                                                                                               \
    "stopgap summary conclusion prerequisite test follow-up followup resort measure baseline"
/* Behind "as", without an article, these make another saying. */
#define NO_BARE                                                                                              \
    "soon long far discussed mentioned noted such well of for before always usual per part it we you they "  \
    "described stated expected with much many in to i he she if opposed follows said seen shown required "   \
    "agreed "                                                                                                \
    "is are was were well though when by on at from this that these those there far not above below needed " \
    "appropriate more less most time days things long"

struct parser {
    struct story_words words;
    struct story *story;
    guint sentence; /* where the sentence begins that is looked at */
};

static void set_part(const struct parser *parser, struct span *part, guint first, guint end)
{
    *part = story_span(&parser->words, first, end);
}

/* -- who -- */

/* Past "as a", "as an", "as the", "acting as a"; index itself where it is none of these. *bare: no article.
 */
static guint read_opening(const struct parser *parser, guint index, gboolean *bare)
{
    const struct story_words *words = &parser->words;
    guint at = index;

    *bare = FALSE;
    if (story_is_any(words, at, "asa asan"))
        return at + 1;
    if (story_is_any(words, at, "acting being working"))
        at++;
    const guint in_role =
        story_any_phrase(words, at, (const char *const[]){ "in the role of", "in my role as", NULL });
    if (in_role)
        at += in_role;
    else if (story_is(words, at, "as"))
        at++;
    else
        return index;
    const guint article = at;
    while (
        at < article + 3 &&
        story_is_any(words, at, "a an the any every each another either both a/an an/a n some one our your"))
        at++;
    *bare = at == article;
    return at;
}

/* How many words at index say that the one before them wishes something; 0: none. */
static guint wish_words(const struct story_words *words, guint index)
{
    guint at = index;

    while (at < index + 4 && story_is_any(words, at, BETWEEN))
        at++;
    if (!story_is_any(words, at, WISHES))
        /* "I would": what else. */
        return at > index && story_is_any(words, at - 1, "would will") ? at - index : 0;
    const guint able = story_phrase(words, at, "should be able");
    return at + (able ? able : 1) - index;
}

static gboolean is_subject(const struct story_words *words, guint index)
{
    return story_is_any(words, index, "i we l");
}

/* "I'd", "I'll", and behind a comma "Id", with a wish behind. */
static gboolean is_short_subject(const struct story_words *words, guint index)
{
    if (story_is_any(words, index, "i'm i'll"))
        return TRUE;
    if (!story_is_any(words, index, "i'd we'd") &&
        !(story_is(words, index, "id") && story_marks(words, index) & MARK_COMMA))
        return FALSE;
    return wish_words(words, index + 1) != 0;
}

/* Where, from index on, the role ends and its "I want" begins; G_MAXUINT: nowhere. */
static guint find_subject(const struct story_words *words, guint index)
{
    for (guint i = index + 1; i < words->count && i <= index + LONGEST_ROLE; i++) {
        const guint marks = story_marks(words, i);
        const gboolean clause = (marks & (MARK_COMMA | MARK_COLON | MARK_DASH | MARK_BREAK | MARK_STOP)) != 0;
        if (!clause &&
            story_is_any(words, i - 1, "when whenever if once after before while that whom what where as"))
            continue;
        if (is_short_subject(words, i) || (is_subject(words, i) && wish_words(words, i + 1)))
            return i;
        if (clause && story_is_any(words, i, "i we") && i + 1 < words->count)
            return i;
        /* The "I" of the benefit says no wish. */
        if (story_ends(words, i) || story_is_any(words, i, "so because"))
            break;
    }
    return G_MAXUINT;
}

/* The same where the "I" is missing, or somebody else is spoken of: "As a clerk, want to", "…, the list
 * must". */
static guint find_other(const struct story_words *words, guint index)
{
    static const char *const wishes[] = { "want to",  "wants to",       "would like", "would love",
                                          "want a",   "want an",        "want the",   "need to",
                                          "needs to", "should be able", "able to",    "be able to",
                                          NULL };
    for (guint i = index + 1; i < words->count && i <= index + LONGEST_ROLE && !story_ends(words, i); i++) {
        const gboolean who = story_is_any(words, i - 1, "who that which");
        if (!who && story_any_phrase(words, i, wishes))
            return i;
        if (!(story_marks(words, i) & MARK_COMMA))
            continue;
        if (story_is_any(words, i, "want wants need needs he she they users you one"))
            return i;
        for (guint j = i + 1; j < words->count && j < i + LONGEST_ROLE && !story_ends(words, j); j++)
            if (story_is_any(words, j, OBLIGES " needs has"))
                return i;
        break;
    }
    return G_MAXUINT;
}

/* The same for whatever follows the comma of a short role at the very beginning: "As a clerk, print a label".
 */
static guint find_rest(const struct story_words *words, guint index)
{
    for (guint i = index + 1; i + 1 < words->count && i <= index + LONGEST_BARE && !story_ends(words, i); i++)
        if (story_marks(words, i) & MARK_COMMA)
            return i;
    return G_MAXUINT;
}

/* Whether the words name somebody who can want something. */
static gboolean is_role(const struct story_words *words, guint first, guint end, gboolean bare)
{
    guint head = first;

    if (end <= first || (bare && (end - first > LONGEST_BARE || story_is_any(words, first, NO_BARE))))
        return FALSE;
    while (head + 1 < end && !(story_marks(words, head + 1) & MARK_COMMA) &&
           !story_is_any(words, head + 1, "of for to in who that which with"))
        head++;
    return !story_is_any(words, head, NO_ROLE) &&
           !story_is_any(words, first, "result matter side whole rule");
}

/* -- what -- */

/* Past "I want to", from the subject on. */
static guint past_wish(const struct story_words *words, guint index)
{
    static const char *const openings[] = { "to be able to",  "be able to", "to", "to have the ability to",
                                            "the ability to", "able to",    NULL };
    guint at = index;

    if (is_subject(words, at) || is_short_subject(words, at) ||
        story_is_any(words, at, "he she they users you one"))
        at++;
    at += wish_words(words, at);
    if (story_is_any(words, at - 1, "i'm") && story_is(words, at, "able"))
        at++;
    return at + story_any_phrase(words, at, openings);
}

/* The wish from first on, the benefit behind it, and what follows. opening: the first word of all. */
static gboolean read_wish(struct parser *parser, guint opening, guint first)
{
    const struct story_words *words = &parser->words;
    struct story *story = parser->story;
    guint why = 0, end = 0;

    if (first >= words->count)
        return FALSE;
    const guint marker = story_find_benefit(words, first, &why), sentence = story_sentence(words, first);
    set_part(parser, &story->wish, first, MIN(marker, sentence));
    end = sentence;
    if (marker < words->count) {
        end = why < words->count ? story_sentence(words, why) : why;
        set_part(parser, &story->benefit, why, end);
    }
    if (span_is_empty(story->wish))
        return FALSE;
    set_part(parser, &story->whole, opening, end);
    set_part(parser, &story->rest, end, words->count);
    /* Brackets around parts reach over the words. */
    story->whole.end = MAX(story->whole.end, MAX(story->wish.end, story->benefit.end));
    story->rest.start = MAX(story->rest.start, story->whole.end);
    story->rest.end = MAX(story->rest.end, story->rest.start);
    return TRUE;
}

/* -- the forms -- */

/* What the sentence says before the role: an end, or a situation. */
static guint read_before(struct parser *parser, guint index)
{
    const struct story_words *words = &parser->words;
    const guint n = index > parser->sentence ? story_purpose(words, parser->sentence) : 0;

    if (!n || index - parser->sentence > LONGEST_ROLE)
        return index;
    if (span_is_empty(parser->story->benefit))
        set_part(parser, &parser->story->benefit, parser->sentence + n, index);
    return parser->sentence;
}

/* Ends the role before a clause between it and the wish, "As a clerk, when the list is long, I want", and
 * keeps what that says. */
static guint cut_clause(struct parser *parser, guint first, guint end)
{
    const struct story_words *words = &parser->words;
    guint why = 0;

    for (guint i = first + 1; i < end; i++) {
        if (!(story_marks(words, i) & (MARK_COMMA | MARK_BREAK | MARK_DASH)))
            continue;
        if (story_is_any(words, i, "when whenever if once after before while because since"))
            return i;
        if (!story_phrase(words, i, "in order") && !story_is(words, i, "so"))
            continue;
        if (story_find_benefit(words, i, &why) == i && why < end)
            set_part(parser, &parser->story->benefit, why, end);
        return i;
    }
    return end;
}

/* "As a clerk, I want …", where it begins at index. */
static gboolean read_user(struct parser *parser, guint index)
{
    const struct story_words *words = &parser->words;
    gboolean bare;
    const guint first = read_opening(parser, index, &bare);
    if (first == index || first >= words->count)
        return FALSE;
    guint subject = find_subject(words, first);
    if (subject == G_MAXUINT && !bare)
        subject = find_other(words, first);
    if (subject == G_MAXUINT && !bare && index == 0)
        subject = find_rest(words, first);
    if (subject == G_MAXUINT || !is_role(words, first, subject, bare))
        return FALSE;
    const guint end = cut_clause(parser, first, subject);
    const struct span before = parser->story->benefit;
    set_part(parser, &parser->story->role, first, end);
    const guint opening = read_before(parser, index);
    const struct span early = span_is_empty(before) ? parser->story->benefit : before;
    parser->story->benefit = (struct span){ words->span.start, words->span.start };
    parser->story->form = STORY_USER;
    if (!read_wish(parser, opening, past_wish(words, subject)))
        return FALSE;
    if (span_is_empty(parser->story->benefit))
        parser->story->benefit = early;
    return TRUE;
}

/* "I, as a clerk, want …". */
static gboolean read_inserted(struct parser *parser, guint index)
{
    const struct story_words *words = &parser->words;
    gboolean bare;
    if (!story_is_any(words, index, "i we") || !(story_marks(words, index + 1) & MARK_COMMA))
        return FALSE;
    const guint first = read_opening(parser, index + 1, &bare);
    guint end = first + 1;
    if (first == index + 1 || bare)
        return FALSE;
    while (end < words->count && end < first + LONGEST_ROLE && !(story_marks(words, end) & MARK_COMMA))
        end++;
    if (!wish_words(words, end) || !is_role(words, first, end, FALSE))
        return FALSE;
    set_part(parser, &parser->story->role, first, end);
    parser->story->form = STORY_USER;
    return read_wish(parser, index, past_wish(words, end));
}

/* "When the list is long, I want …". */
static gboolean read_job(struct parser *parser, guint index)
{
    const struct story_words *words = &parser->words;
    guint first = index;
    if (story_is_any(words, index, "when whenever while if after before once"))
        first = index + 1;
    else if (story_phrase(words, index, "every time"))
        first = index + 2;
    else
        return FALSE;
    for (guint i = first + 1; i < words->count && i < first + LONGEST_ROLE && !story_ends(words, i); i++) {
        if (!(story_marks(words, i) & (MARK_COMMA | MARK_BREAK | MARK_DASH | MARK_COLON)) ||
            !(is_subject(words, i) || is_short_subject(words, i)) || !wish_words(words, i + 1) ||
            story_is_any(words, i + 1, OBLIGES))
            continue;
        set_part(parser, &parser->story->situation, first, i);
        parser->story->form = STORY_JOB;
        return read_wish(parser, index, past_wish(words, i));
    }
    return FALSE;
}

static gboolean read_bare_wish(struct parser *parser, guint index)
{
    static const char *const wishes[] = { "i want",  "i need",  "i'd like", "i would like",  "i would love",
                                          "we want", "we need", "i wish",   "we would like", NULL };
    if (!story_any_phrase(&parser->words, index, wishes))
        return FALSE;
    parser->story->form = STORY_WISH;
    return read_wish(parser, index, past_wish(&parser->words, index));
}

/* -- the whole -- */

static void clear(struct parser *parser)
{
    const struct span none = { parser->words.span.start, parser->words.span.start };

    *parser->story = (struct story){ STORY_NONE, none, none, none, none, none, none };
}

/* Whether a sentence of that form is read, at the first place where one can begin. */
static gboolean try_all(struct parser *parser, gboolean (*read)(struct parser *, guint), gboolean inside)
{
    guint tries = 0;

    parser->sentence = 0;
    for (guint i = 0; i < parser->words.count && tries < MOST_TRIES; i++) {
        const guint marks = story_marks(&parser->words, i);
        if (story_ends(&parser->words, i))
            parser->sentence = i;
        /* "In order to pay as a guest I want": no mark is needed there. */
        const gboolean begins = (marks & ~(guint)(inside ? 0 : MARK_COMMA)) != 0 ||
                                (inside && story_phrase(&parser->words, parser->sentence, "in order"));
        if (!begins)
            continue;
        if (read(parser, i))
            return TRUE;
        clear(parser);
        tries++;
    }
    return FALSE;
}

gboolean story_parse(const char *text, struct span span, struct story *story)
{
    struct parser parser = { .story = story };
    gboolean found;

    story_words_init(&parser.words, text, span);
    clear(&parser);
    found = try_all(&parser, read_user, TRUE) || try_all(&parser, read_inserted, FALSE) ||
            try_all(&parser, read_job, FALSE) || try_all(&parser, read_bare_wish, FALSE);
    story_words_clear(&parser.words);
    return found;
}

const char *story_form_name(enum story_form form)
{
    static const char *const names[] = { "none", "user", "job", "wish" };
    return names[form];
}
