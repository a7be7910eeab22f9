/* Conditions and exceptions, "unless", "except", "only if", that could come after the plain rule. */
#include "cut_private.h"

#include <string.h>

/* Words of a condition that a title takes. */
#define MOST_WORDS 10

/* Conditions that become children; the first child is the plain rule. */
#define MOST_CONDITIONS 4

static const struct {
    const char *phrase;
    gboolean strong; /* seldom anything but a rule */
} markers[] = {
    { "unless", TRUE },     { "except when", TRUE },   { "except if", TRUE },
    { "except for", TRUE }, { "except", TRUE },        { "only if", TRUE },
    { "only when", TRUE },  { "provided that", TRUE }, { "as long as", TRUE },
    { "but not if", TRUE }, { "but not when", TRUE },  { "with the exception of", TRUE },
    { "if", FALSE },
};

/* "if" that is none: "if any", "see if", "even if". */
static const char *const idle[] = { "any",      "needed", "necessary", "possible", "applicable", "available",
                                    "required", "not",    "so",        "present",  NULL };

struct condition {
    guint piece;
    guint first;
    guint end;
    gboolean strong;
};

static guint marker_at(const struct cut_reading *reading, const struct cut_piece *piece, guint at,
                       gboolean *strong)
{
    if (cut_word_at(reading, at)->mark || cut_word_at(reading, at)->aside)
        return 0;
    for (gsize i = 0; i < G_N_ELEMENTS(markers); i++) {
        guint n = cut_phrase(reading, at, piece->end, markers[i].phrase);
        if (!n)
            continue;
        *strong = markers[i].strong;
        if (*strong)
            return n;
        gboolean asked = at > piece->first && cut_word_at(reading, at - 1)->classes & CLASS_ASK;
        gboolean empty = at + 1 < piece->end && g_strv_contains(idle, cut_word_at(reading, at + 1)->text);
        return asked || empty ? 0 : n;
    }
    return 0;
}

static GArray *find_conditions(const struct cut_reading *reading)
{
    GArray *conditions = g_array_new(FALSE, FALSE, sizeof(struct condition));

    for (guint i = 0; i < reading->pieces->len; i++) {
        const struct cut_piece *piece = cut_piece_at(reading, i);
        if (!(piece->wished || piece->criterion) || piece->scenario)
            continue;
        for (guint at = piece->first; at < piece->end;) {
            struct condition condition = { .piece = i, .first = at };
            guint n = marker_at(reading, piece, at, &condition.strong), more;
            at += MAX(n, 1);
            if (!n)
                continue;
            gboolean strong;
            while (
                at < piece->end &&
                !strchr(",.;:!?()", cut_word_at(reading, at)->mark ? cut_word_at(reading, at)->mark : 'x') &&
                !(more = marker_at(reading, piece, at, &strong)))
                at++;
            condition.end = at;
            if (condition.end > condition.first + n)
                g_array_append_val(conditions, condition);
        }
    }
    return conditions;
}

/* Whether they are more than people say anyway: two exceptions, a chain of conditions in one text with an
 * exception, or three criteria with conditions. */
static gboolean are_rules(const struct cut_reading *reading, const GArray *conditions)
{
    guint strong = 0, criteria = 0, last = 0;
    gboolean chain = FALSE;

    for (guint i = 0; i < conditions->len; i++) {
        const struct condition *one = &g_array_index(conditions, struct condition, i);
        guint criterion = cut_piece_at(reading, one->piece)->criterion;
        strong += one->strong;
        criteria += criterion && criterion != last;
        last = criterion;
        if (i > 0) {
            const struct condition *before = one - 1;
            chain = chain || (before->piece == one->piece && (before->strong || one->strong));
        }
    }
    return strong >= 2 || chain || criteria >= 3;
}

/* The strong ones first, each kind in the order of the file, no more than become children. */
static guint pick(const GArray *conditions, const struct condition **picked)
{
    guint n = 0;

    for (int strong = 1; strong >= 0; strong--)
        for (guint i = 0; i < conditions->len && n < MOST_CONDITIONS; i++) {
            const struct condition *one = &g_array_index(conditions, struct condition, i);
            if (one->strong == strong)
                picked[n++] = one;
        }
    return n;
}

/* The title of the plain rule: without the condition where the title has one. */
static char *plain_title(const struct cut_reading *reading, const struct condition **picked, guint n)
{
    static const struct cut_piece none = { .place = PLACE_STORY };

    for (guint i = 0; i < n; i++) {
        const struct cut_piece *piece = cut_piece_at(reading, picked[i]->piece);
        if (piece->place == PLACE_TITLE && picked[i]->first > piece->first + 1)
            return cut_title(reading, piece, picked[i]->first, piece->end, "");
    }
    return cut_title(reading, &none, 0, 0, "the plain rule");
}

void cut_find_rules(struct cut_reading *reading)
{
    static const struct cut_piece none = { .place = PLACE_STORY };
    g_autoptr(GArray) conditions = find_conditions(reading);
    const struct condition *picked[MOST_CONDITIONS];

    if (!are_rules(reading, conditions))
        return;
    guint n = pick(conditions, picked), place = PLACE_QUESTIONS, strong = 0;
    g_autofree guint *masks = g_new0(guint, reading->criteria->len + 1);
    for (guint i = 0; i < n; i++) {
        place = MIN(place, (guint)cut_piece_at(reading, picked[i]->piece)->place);
        strong += picked[i]->strong;
    }
    struct cut *cut =
        cut_add(reading, CUT_RULES, "conditions", cut_weight((enum cut_place)place) + 3 * strong + n,
                g_strdup_printf("the plain rule is of use before its %u condition%s", n, n == 1 ? "" : "s"));
    cut_add_child(cut, plain_title(reading, picked, n));
    for (guint i = 0; i < n; i++) {
        const struct cut_piece *piece = cut_piece_at(reading, picked[i]->piece);
        guint end = MIN(picked[i]->end, picked[i]->first + MOST_WORDS), before = cut->children->len;
        g_autofree char *with = cut_source(reading, piece, picked[i]->first, end);
        with[0] = g_ascii_tolower(with[0]);
        cut_add_words(reading, cut, piece, picked[i]->first, picked[i]->end);
        cut_add_child(cut, cut_title(reading, &none, 0, 0, with));
        if (piece->criterion && cut->children->len > before)
            masks[piece->criterion - 1] |= 1u << before;
    }
    cut_give_criteria(reading, cut, masks, FALSE);
}
