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

/* Past the words of one who builds, "As a developer, I want to", at the start of the piece; 0: no builder. */
static guint wish_of_builder(const struct cut_reading *reading, const struct cut_piece *piece)
{
    static const char *const wishes[] = { "i want to",  "i need to",  "i would like to",
                                          "we want to", "we need to", NULL };
    gboolean builder = FALSE;

    for (guint at = piece->first; at < piece->end && at < piece->first + 20; at++) {
        builder =
            builder || (cut_word_at(reading, at)->aside && cut_word_at(reading, at)->classes & CLASS_BUILDER);
        for (gsize i = 0; builder && wishes[i]; i++) {
            guint n = cut_phrase(reading, at, piece->end, wishes[i]);
            if (n)
                return at + n;
        }
    }
    return 0;
}

/* Whether a user's story says who wants what: what is studied in its title is the user's business. */
static gboolean is_users_story(const struct cut_reading *reading)
{
    gboolean story = FALSE;

    for (guint i = 0; i < reading->pieces->len; i++) {
        const struct cut_piece *piece = cut_piece_at(reading, i);
        if (piece->place != PLACE_STORY)
            continue;
        if (wish_of_builder(reading, piece))
            return FALSE;
        story = story || cut_word_at(reading, piece->first)->aside;
    }
    return story;
}

/* Words at that place that say so; 0: none. */
static guint unknown_at(const struct cut_reading *reading, const struct cut_piece *piece, guint at,
                        guint *sure)
{
    const struct cut_word *word = cut_word_at(reading, at);

    if (word->mark == '?' && at + 2 < piece->end && cut_word_at(reading, at + 1)->mark == '?' &&
        cut_word_at(reading, at + 2)->mark == '?') {
        *sure = 9;
        return 3;
    }
    for (gsize i = 0; !word->mark && i < G_N_ELEMENTS(unknowns); i++) {
        guint n = cut_phrase(reading, at, piece->end, unknowns[i].phrase);
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

static void look_into(const struct cut_reading *reading, const struct cut_piece *piece, gboolean users,
                      GArray *founds)
{
    guint begin = piece->place == PLACE_TITLE && !users ? piece->first : wish_of_builder(reading, piece);
    guint n = begin || (piece->place == PLACE_TITLE && !users) ? study_at(reading, piece, begin) : 0;

    if (n && (piece->place == PLACE_TITLE || piece->place == PLACE_STORY)) {
        struct found found = { piece, begin, begin + n, cut_weight(piece->place) + 8, TRUE };
        g_array_append_val(founds, found);
    }
    for (guint at = piece->first; at < piece->end; at++) {
        guint sure = 0;
        n = unknown_at(reading, piece, at, &sure);
        if (!n)
            continue;
        struct found found = { piece, at, at + n, cut_weight(piece->place) + sure, FALSE };
        g_array_append_val(founds, found);
        at += n - 1;
    }
}

/* What is to be found out, for a title: the rest of the sentence, a few words. */
static char *subject(const struct cut_reading *reading, const struct found *found)
{
    guint end = found->first;

    while (end < found->piece->end && end < found->first + 10 && !cut_word_at(reading, end)->mark)
        end++;
    return cut_source(reading, found->piece, found->first, MAX(end, found->end));
}

void cut_find_spike(struct cut_reading *reading)
{
    g_autoptr(GArray) founds = g_array_new(FALSE, FALSE, sizeof(struct found));
    static const struct cut_piece none = { .place = PLACE_STORY };
    const struct found *best = NULL;

    if (g_strcmp0(reading->type, "spike") == 0)
        return;
    gboolean users = is_users_story(reading);
    for (guint i = 0; i < reading->pieces->len; i++)
        look_into(reading, cut_piece_at(reading, i), users, founds);
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
    g_autofree char *what = subject(reading, best), *title = cut_title(reading, &none, 0, 0, "find out");
    cut_add_child(cut, best->study ? g_strdup(what) : g_strdup(title));
    cut_add_child(cut, cut_title(reading, &none, 0, 0, "build"));
    cut_give_criteria(reading, cut, NULL, TRUE);
}
