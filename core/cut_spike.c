/* What nobody knows yet: "investigate", "TBD", "it is not clear whether". */
#include "cut_private.h"

#include <string.h>

static const struct {
    const char *phrase;
    guint sure;
} unknowns[] = {
    { "tbd", 9 },
    { "tbc", 9 },
    { "to be decided", 9 },
    { "to be determined", 9 },
    { "to be defined", 7 },
    { "to be clarified", 7 },
    { "to be investigated", 9 },
    { "needs investigation", 9 },
    { "needs research", 9 },
    { "is unknown", 7 },
    { "are unknown", 7 },
    { "still unknown", 8 },
    { "unknown whether", 8 },
    { "unknown how", 8 },
    { "unknown if", 8 },
    { "not clear whether", 8 },
    { "not clear how", 8 },
    { "not clear if", 8 },
    { "unclear whether", 8 },
    { "unclear how", 8 },
    { "unclear if", 8 },
    { "not sure whether", 7 },
    { "not sure how", 7 },
    { "not sure if", 7 },
    { "we do not know", 8 },
    { "we don't know", 8 },
    { "we need to find out", 8 },
    { "proof of concept", 8 },
};

/* Behind these a study is of how to build, whoever studies. */
static const char *const tasks[] = { "find out",          "figure out",         "determine how",
                                     "determine whether", "determine the best", "decide whether",
                                     "decide how",        "look into",          NULL };

/* Where what is wished for begins, if who wishes builds: what users study is their business, and what it is
 * made for. end: nowhere. */
static guint task_of(const struct cut_reading *reading, const struct cut_piece *piece)
{
    guint most = MIN(piece->end, piece->first + 20);

    if (piece->place == PLACE_TITLE)
        return reading->story && !reading->builder ? piece->end : piece->first;
    if (!piece->wished || !reading->builder)
        return piece->end;
    for (guint at = piece->first; at < most; at++) {
        guint past = cut_wish(reading, at, piece->end);
        if (past)
            return past;
    }
    return piece->end;
}

/* Words at that place that say so; 0: none. */
static guint unknown_at(const struct cut_reading *reading, const struct cut_piece *piece, guint at,
                        guint *sure)
{
    /* What is told of a user is seldom what the team does not know. */
    gboolean told = piece->place == PLACE_WHY || (piece->place == PLACE_STORY && !piece->wished);
    guint least = told ? 9 : piece->place <= PLACE_CRITERIA ? 8 : 0;

    const struct cut_word *word = cut_word_at(reading, at);

    if (!told && word->mark == '?' && at + 2 < piece->end && cut_word_at(reading, at + 1)->mark == '?' &&
        cut_word_at(reading, at + 2)->mark == '?') {
        *sure = 9;
        return 3;
    }
    for (gsize i = 0; !word->mark && i < G_N_ELEMENTS(unknowns); i++) {
        guint n = unknowns[i].sure < least ? 0 : cut_phrase(reading, at, piece->end, unknowns[i].phrase);
        *sure = unknowns[i].sure;
        if (n)
            return n;
    }
    return 0;
}

/* A task to study, where one begins. */
static guint study_at(const struct cut_reading *reading, const struct cut_piece *piece, guint at)
{
    if (at >= piece->end)
        return 0;
    for (gsize i = 0; tasks[i]; i++) {
        guint n = cut_phrase(reading, at, piece->end, tasks[i]);
        if (n)
            return n;
    }
    return cut_word_at(reading, at)->classes & CLASS_STUDY && at + 1 < piece->end &&
                   !cut_word_at(reading, at + 1)->mark
               ? 1
               : 0;
}

struct found {
    const struct cut_piece *piece;
    guint first;
    guint end;
    guint strength;
    gboolean study;
};

static void look_into(const struct cut_reading *reading, const struct cut_piece *piece, GArray *founds)
{
    guint begin = task_of(reading, piece), n = study_at(reading, piece, begin);

    if (n) {
        struct found found = { piece, begin, begin + n, cut_weight(piece->place) + 8, TRUE };
        g_array_append_val(founds, found);
    }
    for (guint at = piece->first; at < piece->end; at += MAX(n, 1)) {
        guint sure = 0;
        n = unknown_at(reading, piece, at, &sure);
        struct found found = { piece, at, at + n, cut_weight(piece->place) + sure, FALSE };
        if (n)
            g_array_append_val(founds, found);
    }
}

/* The children of a task to study: the study, and what is behind it. "Evaluate and replace the library" is
 * both. */
static void add_study(const struct cut_reading *reading, struct cut *cut, const struct found *found)
{
    static const struct cut_piece none = { .place = PLACE_STORY };
    const struct cut_piece *piece = found->piece;
    gboolean both = found->end + 1 < piece->end && cut_is(reading, found->end, piece->end, "and");

    if (piece->place != PLACE_TITLE) {
        cut_add_child(cut, cut_title(reading, &none, 0, 0, "find out"));
        cut_add_child(cut, cut_title(reading, &none, 0, 0, "act on the answer"));
    } else if (both) {
        cut_add_child(cut, cut_title(reading, piece, found->end, found->end + 2, ""));
        cut_add_child(cut, cut_title(reading, piece, piece->first, found->end + 1, ""));
    } else {
        g_autofree char *title = cut_source(reading, piece, piece->first, piece->end);
        cut_add_child(cut, g_steal_pointer(&title));
        cut_add_child(cut, cut_title(reading, &none, 0, 0, "act on the answer"));
    }
}

void cut_find_spike(struct cut_reading *reading)
{
    g_autoptr(GArray) founds = g_array_new(FALSE, FALSE, sizeof(struct found));
    static const struct cut_piece none = { .place = PLACE_STORY };
    const struct found *best = NULL;

    if (strcmp(reading->type, "spike") == 0)
        return;
    for (guint i = 0; i < reading->pieces->len; i++)
        look_into(reading, cut_piece_at(reading, i), founds);
    for (guint i = 0; i < founds->len; i++) {
        const struct found *found = &g_array_index(founds, struct found, i);
        best = !best || found->strength > best->strength ? found : best;
    }
    if (!best)
        return;
    struct cut *cut = cut_add(
        reading, CUT_SPIKE, "unknown", best->strength,
        g_strdup(best->study
                     ? "finding out is a task with a time-box, and what is to be built follows from it"
                     : "what is not known yet can be found out first, in a time-box"));
    for (guint i = 0; i < founds->len; i++) {
        const struct found *found = &g_array_index(founds, struct found, i);
        cut_add_words(reading, cut, found->piece, found->first, found->end);
    }
    if (best->study) {
        add_study(reading, cut, best);
    } else {
        cut_add_child(cut, cut_title(reading, &none, 0, 0, "find out"));
        cut_add_child(cut, cut_title(reading, &none, 0, 0, "build"));
    }
    cut_give_criteria(reading, cut, NULL, TRUE);
}
