/* Ways through an item, by its wish: several means to one end, and steps one after the other. */
#include "cut_private.h"

#include <string.h>

/* So many words of a step are looked for in criteria. */
#define MOST_WORDS 20

/* -- means -- */

/* Whether the list of nouns is of means, "pay by card or voucher"; *means is the "by". */
static gboolean are_means(const struct cut_reading *reading, const struct cut_piece *piece,
                          const GArray *members, guint *means)
{
    guint at = g_array_index(members, struct cut_member, 0).first;

    while (at > piece->first && cut_word_at(reading, at - 1)->classes & CLASS_DETERMINER)
        at--;
    if (at == piece->first || !(cut_word_at(reading, at - 1)->classes & CLASS_MEANS))
        return FALSE;
    *means = at - 1;
    for (guint back = *means; back > piece->first && back + 5 > *means; back--) {
        if (cut_word_at(reading, back - 1)->mark)
            return FALSE;
        if (cut_word_at(reading, back - 1)->classes & CLASS_WAY)
            return TRUE;
    }
    return FALSE;
}

static void add_means(struct cut_reading *reading, const struct cut_piece *piece, const GArray *members,
                      guint means)
{
    guint first = g_array_index(members, struct cut_member, 0).first;
    guint end = g_array_index(members, struct cut_member, members->len - 1).end;
    struct cut *cut = cut_add(reading, CUT_PATHS, "ways", cut_weight(piece->place) + 8,
                              g_strdup("these are ways to one end, and the first one reaches it"));

    cut_add_words(reading, cut, piece, means, end);
    cut_add_members(reading, cut, piece, members, first, end);
}

/* -- steps -- */

/* Whether the word is a verb where one may stand; what can be a noun too must have an object behind it. */
static gboolean is_verb(const struct cut_reading *reading, const struct cut_piece *piece, guint at)
{
    const struct cut_word *word = cut_word_at(reading, at), *next = word + 1;
    gboolean has_object =
        at + 1 < piece->end && !next->mark && next->classes & (CLASS_DETERMINER | CLASS_PRONOUN);

    if (word->mark || word->aside || word->classes & CLASS_STOP || g_str_has_suffix(word->text, "s") ||
        g_str_has_suffix(word->text, "ing"))
        return FALSE;
    if (word->classes & (CLASS_VERB | CLASS_STUDY))
        return TRUE;
    return word->classes & (CLASS_OPERATION | CLASS_SHOW | CLASS_SIFT) && has_object;
}

/* Where the wish of the piece begins: behind "I want to"; of a title, with its first word. */
static guint wish_of(const struct cut_reading *reading, const struct cut_piece *piece)
{
    guint most = MIN(piece->end, piece->first + 20);

    for (guint at = piece->first; at < most; at++) {
        guint past = cut_wish(reading, at, piece->end);
        if (past)
            return past;
    }
    return piece->place == PLACE_TITLE ? piece->first : piece->end;
}

/* The "and" between the first verb of the wish and a second one; end: there is none. */
static guint joint_of_steps(const struct cut_reading *reading, const struct cut_piece *piece, guint begin)
{
    /* Behind these the verbs are not those of the wish. */
    static const char *const clause[] = { "how",  "whether", "that",  "if",      "who",    "which",
                                          "what", "will",    "can",   "could",   "should", "are",
                                          "is",   "when",    "where", "without", NULL };

    if (begin >= piece->end || cut_word_at(reading, begin)->mark ||
        !(cut_word_at(reading, begin)->classes &
          (CLASS_VERB | CLASS_OPERATION | CLASS_SHOW | CLASS_STUDY | CLASS_SIFT)))
        return piece->end;
    for (guint at = begin + 1; at + 2 < piece->end; at++) {
        const struct cut_word *word = cut_word_at(reading, at);
        if (word->aside || strchr(".,;:?!()", word->mark ? word->mark : 'x') ||
            g_strv_contains(clause, word->text))
            return piece->end;
        if (strcmp(word->text, "and") == 0 && !cut_join_is_saying(reading, piece, at) &&
            is_verb(reading, piece, at + 1))
            return cut_word_at(reading, at + 1)->classes & CLASS_RESULT ? piece->end : at;
    }
    return piece->end;
}

/* The words up to the end of the wish. */
static guint end_of_wish(const struct cut_reading *reading, const struct cut_piece *piece, guint at)
{
    while (at < piece->end && !cut_word_at(reading, at)->aside &&
           !strchr(".;?!,", cut_word_at(reading, at)->mark ? cut_word_at(reading, at)->mark : 'x'))
        at++;
    return at;
}

/* How many words that say something stand in both. */
static guint count_shared(const struct cut_reading *reading, const struct cut_piece *piece, guint first,
                          guint end)
{
    const guint empty = CLASS_STOP | CLASS_JOIN | CLASS_DETERMINER | CLASS_PRONOUN;
    guint n = 0;

    for (guint i = first; i < MIN(end, first + MOST_WORDS); i++) {
        const struct cut_word *word = cut_word_at(reading, i);
        for (guint at = piece->first; !word->mark && !(word->classes & empty) && at < piece->end; at++)
            n += cut_is(reading, at, piece->end, word->text);
    }
    return n;
}

/* A criterion goes to the second step where it has more of its words than of the first. */
static void give_by_words(struct cut_reading *reading, struct cut *cut, guint begin, guint joint, guint end)
{
    g_autofree guint *masks = g_new0(guint, reading->criteria->len + 1);

    for (guint i = 0; i < reading->pieces->len; i++) {
        const struct cut_piece *piece = cut_piece_at(reading, i);
        if (piece->criterion &&
            count_shared(reading, piece, joint + 1, end) > count_shared(reading, piece, begin, joint))
            masks[piece->criterion - 1] = 2;
    }
    cut_give_criteria(reading, cut, masks, FALSE);
}

/* "generate and validate files": both have the object, which stands behind the second. */
static gboolean is_shared(guint begin, guint joint)
{
    return joint == begin + 1;
}

static void add_steps(struct cut_reading *reading, const struct cut_piece *piece, guint begin, guint joint)
{
    static const struct cut_piece none = { .place = PLACE_STORY };
    guint end = end_of_wish(reading, piece, joint + 1);
    g_autofree char *first = cut_source(reading, piece, begin, joint);
    g_autofree char *second = cut_source(reading, piece, joint + 1, end);
    struct cut *cut = cut_add(reading, CUT_PATHS, "steps", cut_weight(piece->place) + 2,
                              g_strdup("these are two steps, and one can be shown without the other"));

    cut_add_words(reading, cut, piece, begin, joint + 2);
    if (piece->place != PLACE_TITLE) {
        cut_add_child(cut, cut_title(reading, &none, 0, 0, first));
        cut_add_child(cut, cut_title(reading, &none, 0, 0, second));
    } else if (is_shared(begin, joint)) {
        cut_add_child(cut, cut_title(reading, piece, joint, joint + 2, ""));
        cut_add_child(cut, cut_title(reading, piece, begin, joint + 1, ""));
    } else {
        cut_add_child(cut, cut_title(reading, piece, piece->first, piece->end, first));
        cut_add_child(cut, cut_title(reading, piece, piece->first, piece->end, second));
    }
    give_by_words(reading, cut, begin, joint, end);
}

/* -- both -- */

static gboolean find_means(struct cut_reading *reading, const struct cut_piece *piece)
{
    g_autoptr(GArray) members = g_array_new(FALSE, FALSE, sizeof(struct cut_member));

    for (guint at = piece->first; at < piece->end; at++) {
        guint means;
        if (!(cut_word_at(reading, at)->classes & CLASS_JOIN) || !cut_join(reading, piece, at, members) ||
            !are_means(reading, piece, members, &means))
            continue;
        add_means(reading, piece, members, means);
        return TRUE;
    }
    return FALSE;
}

void cut_find_steps(struct cut_reading *reading)
{
    gboolean means = FALSE, steps = FALSE;

    for (guint i = 0; i < reading->pieces->len; i++) {
        const struct cut_piece *piece = cut_piece_at(reading, i);
        if (!piece->wished)
            continue;
        means = means || find_means(reading, piece);
        guint begin = wish_of(reading, piece);
        guint joint = steps ? piece->end : joint_of_steps(reading, piece, begin);
        /* Of a task, "refactor and test" is one doing. */
        if (joint < piece->end && (reading->story || !is_shared(begin, joint))) {
            add_steps(reading, piece, begin, joint);
            steps = TRUE;
        }
    }
}
