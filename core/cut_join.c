#include "cut_private.h"

#include <string.h>

/* Longer lists are enumerations that nobody cuts by their members. */
#define MOST_MEMBERS CUT_CHILDREN

/* Words of a member. */
#define MOST_WORDS 4

/* Two words that an "and" makes one. */
static const char *const sayings[] = {
    "copy paste",         "cut paste",     "search replace",   "find replace",    "drag drop",
    "terms conditions",   "trial error",   "pros cons",        "back forth",      "name address",
    "black white",        "look feel",     "point click",      "plug play",       "research development",
    "supply demand",      "cost benefit",  "profit loss",      "question answer", "questions answers",
    "first last",         "start end",     "begin end",        "before after",    "up down",
    "left right",         "from to",       "on off",           "yes no",          "true false",
    "read write",         "input output",  "request response", "key value",       "more less",
    "one only",           "save exit",     "wait see",         "health safety",   "bread butter",
    "username password",  "user password", "email password",   "login password",  "login logout",
    "latitude longitude", "width height",  "min max",          "minimum maximum", "date time",
    "hours minutes",      "title body",    "sign verify",      "rich famous",     "quickly easily",
    "easily quickly",     "free open",     "such such",        "tried tested",    "nuts bolts",
};

gboolean cut_join_is_saying(const struct cut_reading *reading, const struct cut_piece *piece, guint joint)
{
    if (joint == piece->first || joint + 1 >= piece->end)
        return FALSE;
    const char *before = cut_word_at(reading, joint - 1)->text,
               *after = cut_word_at(reading, joint + 1)->text;
    for (gsize i = 0; i < G_N_ELEMENTS(sayings); i++) {
        gsize length = strcspn(sayings[i], " ");
        if (strlen(before) == length && memcmp(before, sayings[i], length) == 0 &&
            strcmp(after, sayings[i] + length + 1) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Whether a noun ends in front of the word. */
static gboolean is_edge(const struct cut_word *word)
{
    return word->mark || word->aside || word->classes & (CLASS_STOP | CLASS_JOIN | CLASS_PRONOUN);
}

static guint skip_determiners(const struct cut_reading *reading, guint at, guint end)
{
    while (at < end && cut_word_at(reading, at)->classes & CLASS_DETERMINER)
        at++;
    return at;
}

/* A verb that ends what it is said of: "title or keyword includes". */
static gboolean is_third_person(const struct cut_word *word)
{
    return word->classes & CLASS_VERB && g_str_has_suffix(word->text, "s");
}

/* The member behind "and". */
static gboolean last_member(const struct cut_reading *reading, guint joint, guint end,
                            struct cut_member *member)
{
    member->first = skip_determiners(reading, joint + 1, end);
    member->end = member->first;
    while (member->end < end && !is_edge(cut_word_at(reading, member->end)) &&
           !(member->end > member->first && is_third_person(cut_word_at(reading, member->end)))) {
        if (member->end - member->first == MOST_WORDS - 1)
            return FALSE;
        member->end++;
    }
    return member->end > member->first;
}

/* The member that ends in front of end; *more where another stands before it, behind a comma. */
static gboolean member_before(const struct cut_reading *reading, guint first, guint end,
                              struct cut_member *member, gboolean *more)
{
    guint at = end;

    *more = FALSE;
    while (at > first && end - at < MOST_WORDS) {
        const struct cut_word *word = cut_word_at(reading, at - 1);
        if (is_edge(word) || word->classes & (CLASS_DETERMINER | CLASS_SIFT | CLASS_SHOW | CLASS_OPERATION) ||
            is_third_person(word))
            break;
        at--;
    }
    *member = (struct cut_member){ at, end };
    guint front = at;
    while (front > first && cut_word_at(reading, front - 1)->classes & CLASS_DETERMINER)
        front--;
    *more = front > first && cut_word_at(reading, front - 1)->mark == ',';
    /* The words of the first one may be more than a member has; its place is what counts. */
    return at < end;
}

/* A list of verbs is none of nouns, one of adjectives is about one noun; of names, cut_find_terms knows
 * more. */
static gboolean is_noun(const struct cut_reading *reading, const struct cut_member *member, gboolean last)
{
    static const char *const numbers[] = { "one", "two", "three", "four", "five", "ten", NULL };
    const struct cut_word *head = cut_word_at(reading, member->first);
    const struct cut_word *tail = cut_word_at(reading, member->end - 1);
    gboolean adverb = g_str_has_suffix(tail->text, "ly") && strcmp(tail->text, "family") != 0;
    gboolean quality = g_str_has_suffix(tail->text, "able") || g_str_has_suffix(tail->text, "ful") ||
                       g_str_has_suffix(tail->text, "ous");

    gboolean participle = member->end == member->first + 1 && strlen(tail->text) > 6 && !last &&
                          (g_str_has_suffix(tail->text, "ing") || g_str_has_suffix(tail->text, "ed"));
    gboolean number = g_ascii_isdigit(*head->text) || g_strv_contains(numbers, head->text);
    guint n;

    if (participle || number || cut_name_at(reading, member->first, member->end, &n))
        return FALSE;
    if (head->classes & CLASS_VERB || tail->classes & CLASS_ADJECTIVE || adverb || quality)
        return FALSE;
    return !(head->classes & CLASS_OPERATION) || (!last && head->classes & CLASS_SHOW);
}

static void reverse(GArray *members)
{
    for (guint i = 0, j = members->len; i + 1 < j; i++) {
        struct cut_member *low = &g_array_index(members, struct cut_member, i);
        struct cut_member *high = &g_array_index(members, struct cut_member, --j);
        struct cut_member kept = *low;
        *low = *high;
        *high = kept;
    }
}

gboolean cut_join(const struct cut_reading *reading, const struct cut_piece *piece, guint joint,
                  GArray *members)
{
    struct cut_member member;
    guint end = joint;
    gboolean more = TRUE;

    g_array_set_size(members, 0);
    if (cut_word_at(reading, joint)->aside || cut_join_is_saying(reading, piece, joint) ||
        !last_member(reading, joint, piece->end, &member) || !is_noun(reading, &member, TRUE))
        return FALSE;
    g_array_append_val(members, member);
    if (end > piece->first && cut_word_at(reading, end - 1)->mark == ',')
        end--;
    while (more) {
        if (members->len == MOST_MEMBERS || !member_before(reading, piece->first, end, &member, &more) ||
            !is_noun(reading, &member, FALSE))
            return FALSE;
        g_array_append_val(members, member);
        guint front = member.first;
        while (more && cut_word_at(reading, front - 1)->mark != ',')
            front--;
        end = more ? front - 1 : end;
    }
    reverse(members);
    /* "a new course or event": what both are stays in front of them. */
    struct cut_member *first = &g_array_index(members, struct cut_member, 0);
    while (first->first + 1 < first->end && cut_word_at(reading, first->first)->classes & CLASS_ADJECTIVE)
        first->first++;
    return TRUE;
}

/* -- a child for each -- */

/* Marks the criteria in which all words of a member stand. */
static void mark_member(const struct cut_reading *reading, const struct cut_member *member, guint *masks,
                        guint bit)
{
    g_autoptr(GString) phrase = g_string_new(NULL);

    for (guint i = member->first; i < member->end; i++)
        g_string_append_printf(phrase, "%s%s", phrase->len ? " " : "", cut_word_at(reading, i)->text);
    for (guint i = 0; i < reading->pieces->len; i++) {
        const struct cut_piece *other = cut_piece_at(reading, i);
        for (guint at = other->first; other->criterion && at < other->end; at++)
            if (cut_phrase(reading, at, other->end, phrase->str) ||
                (phrase->len > 3 && member->end - member->first == 1 &&
                 g_str_has_prefix(cut_word_at(reading, at)->text, phrase->str) &&
                 strlen(cut_word_at(reading, at)->text) <= phrase->len + 2))
                masks[other->criterion - 1] |= bit;
    }
}

void cut_add_members(struct cut_reading *reading, struct cut *cut, const struct cut_piece *piece,
                     const GArray *members, guint first, guint end)
{
    g_autofree guint *masks = g_new0(guint, reading->criteria->len + 1);

    for (guint i = 0; i < members->len; i++) {
        const struct cut_member *member = &g_array_index(members, struct cut_member, i);
        g_autofree char *with = cut_source(reading, piece, member->first, member->end);
        guint before = cut->children->len;
        cut_add_child(cut, cut_title(reading, piece, first, end, with));
        if (cut->children->len > before)
            mark_member(reading, member, masks, 1u << before);
    }
    cut_give_criteria(reading, cut, masks, FALSE);
}
