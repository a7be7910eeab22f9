/* Operations: "manage X" hides several of them, "create, edit and delete X" names them. */
#include "cut_private.h"

#include <string.h>

enum operation { OPERATION_CREATE, OPERATION_READ, OPERATION_CHANGE, OPERATION_REMOVE, N_OPERATIONS };

static const struct {
    guint class;
    const char *verb;
    const char *done[5]; /* what criteria say of it, that in a list of nouns is no verb */
} operations[N_OPERATIONS] = {
    [OPERATION_CREATE] = { CLASS_CREATE, "create", { "created", "added", "new" } },
    [OPERATION_READ] = { CLASS_READ, "see", { "shown", "listed", "displayed" } },
    [OPERATION_CHANGE] = { CLASS_CHANGE, "change", { "changed", "edited", "updated", "renamed" } },
    [OPERATION_REMOVE] = { CLASS_REMOVE, "remove", { "removed", "deleted", "archived" } },
};

static gboolean speaks_of(const struct cut_word *word, guint operation)
{
    return word->classes & operations[operation].class ||
           g_strv_contains(operations[operation].done, word->text);
}

/* Which operations the criteria speak of: bits by enum operation, the first that each criterion has. */
static guint mark_criteria(const struct cut_reading *reading, guint *masks)
{
    guint seen = 0;

    for (guint i = 0; i < reading->pieces->len; i++) {
        const struct cut_piece *piece = cut_piece_at(reading, i);
        if (!piece->criterion || masks[piece->criterion - 1])
            continue;
        for (guint at = piece->first; at < piece->end && !masks[piece->criterion - 1]; at++)
            for (guint j = 0; j < N_OPERATIONS; j++)
                if (speaks_of(cut_word_at(reading, at), j)) {
                    masks[piece->criterion - 1] = 1u << j;
                    seen |= 1u << j;
                    break;
                }
    }
    return seen;
}

/* Moves the bits that chosen has together, so that they count children. */
static void compact(guint *masks, guint n, guint chosen)
{
    for (guint i = 0; i < n; i++) {
        guint mask = 0, child = 0;
        for (guint j = 0; j < N_OPERATIONS; j++) {
            if (!(chosen & 1u << j))
                continue;
            mask |= masks[i] & 1u << j ? 1u << child : 0;
            child++;
        }
        masks[i] = mask;
    }
}

/* Which are to become children: those that criteria speak of, where it is two of them; else all. */
static guint choose(guint seen)
{
    return seen & (seen - 1) ? seen : (1u << N_OPERATIONS) - 1;
}

/* -- "manage templates" -- */

static gboolean is_noun_form(const char *text)
{
    return g_str_has_suffix(text, "ment") || g_str_has_suffix(text, "tion") ||
           g_str_has_suffix(text, "nance");
}

/* "User management": a title of nouns alone. */
static gboolean is_managed_title(const struct cut_reading *reading, const struct cut_piece *piece, guint at)
{
    const guint other = CLASS_STOP | CLASS_JOIN | CLASS_BROAD | CLASS_VERB | CLASS_OPERATION;

    if (piece->place != PLACE_TITLE || at + 1 != piece->end || at == piece->first || at > piece->first + 3)
        return FALSE;
    for (guint i = piece->first; i < at; i++)
        if (cut_word_at(reading, i)->mark || cut_word_at(reading, i)->classes & other)
            return FALSE;
    return TRUE;
}

/* Whether what follows the verb is a thing that operations fit. */
static gboolean is_object(const struct cut_reading *reading, const struct cut_piece *piece, guint at)
{
    const guint other = CLASS_STOP | CLASS_PRONOUN | CLASS_JOIN;
    guint last;

    while (at < piece->end && cut_word_at(reading, at)->classes & (CLASS_DETERMINER | CLASS_ADJECTIVE))
        at++;
    for (last = at; last < piece->end && last < at + 4; last++)
        if (cut_word_at(reading, last)->mark || cut_word_at(reading, last)->classes & other)
            break;
    return last > at && !(cut_word_at(reading, at)->classes & CLASS_BROAD) &&
           !(cut_word_at(reading, last - 1)->classes & CLASS_BROAD);
}

/* Whether the word manages something that operations fit, and is what is wished for: it begins the title or
 * the wish. */
static gboolean manages(const struct cut_reading *reading, const struct cut_piece *piece, guint at)
{
    const struct cut_word *word = cut_word_at(reading, at);
    guint begin = at;

    if (!(word->classes & CLASS_MANAGE) || word->aside)
        return FALSE;
    if (strcmp(word->text, "crud") == 0)
        return TRUE;
    if (is_noun_form(word->text))
        return is_managed_title(reading, piece, at);
    /* Programs handle what people do not. */
    if (g_str_has_prefix(word->text, "handl") && (!reading->story || reading->builder))
        return FALSE;
    while (begin > piece->first && cut_word_at(reading, begin - 1)->classes & CLASS_ADJECTIVE)
        begin--;
    if (begin > piece->first && !cut_word_at(reading, begin - 1)->aside &&
        !cut_is(reading, begin - 1, piece->end, "to"))
        return FALSE;
    return is_object(reading, piece, at + 1);
}

static char *title_of(const struct cut_reading *reading, const struct cut_piece *piece, guint at,
                      const char *verb)
{
    const char *word = cut_word_at(reading, at)->text;
    static const struct cut_piece none = { .place = PLACE_STORY };
    gboolean gerund = g_str_has_suffix(word, "ing");

    /* Of a noun, or in the middle of a sentence, the verb stands behind the title. */
    if (piece->place == PLACE_TITLE && !is_noun_form(word) && !gerund)
        return cut_title(reading, piece, at, at + 1, verb);
    return cut_title(reading, &none, 0, 0, verb);
}

static void add_managed(struct cut_reading *reading, const struct cut_piece *piece, guint at)
{
    g_autofree guint *masks = g_new0(guint, reading->criteria->len + 1);
    guint seen = mark_criteria(reading, masks), chosen = choose(seen);

    /* Criteria that speak of one operation at most are not of these. */
    if (chosen != seen && reading->criteria->len > 2)
        return;
    g_autofree char *source = cut_source(reading, piece, at, at + 1);
    gboolean shown = chosen == seen;
    struct cut *cut =
        cut_add(reading, CUT_PATHS, "operations", cut_weight(piece->place) + (shown ? 9 : 6),
                g_strdup_printf(shown ? "\"%s\" is several operations, and the criteria speak of these"
                                      : "\"%s\" is several operations, each of use by itself",
                                source));

    cut_add_words(reading, cut, piece, at, MIN(at + 2, piece->end));
    for (guint j = 0; j < N_OPERATIONS; j++)
        if (chosen & 1u << j)
            cut_add_child(cut, title_of(reading, piece, at, operations[j].verb));
    compact(masks, reading->criteria->len, chosen);
    cut_give_criteria(reading, cut, masks, FALSE);
}

/* -- "create, edit and delete templates" -- */

/* The verbs joined at the "and" of that index (struct cut_member). */
static gboolean verbs_at(const struct cut_reading *reading, const struct cut_piece *piece, guint joint,
                         GArray *verbs)
{
    struct cut_member last = { joint + 1, joint + 2 };
    guint kinds = 0, end = joint;

    g_array_set_size(verbs, 0);
    if (joint + 2 >= piece->end || !(cut_word_at(reading, joint + 1)->classes & CLASS_OPERATION) ||
        cut_word_at(reading, joint)->aside)
        return FALSE;
    /* What the operations are done to must follow. */
    if (cut_word_at(reading, joint + 2)->mark ||
        cut_word_at(reading, joint + 2)->classes & (CLASS_STOP | CLASS_JOIN))
        return FALSE;
    g_array_prepend_val(verbs, last);
    while (end > piece->first && verbs->len < CUT_CHILDREN) {
        guint at = end - 1;
        if (cut_word_at(reading, at)->mark == ',' || cut_word_at(reading, at)->mark == '/') {
            if (at == piece->first)
                break;
            at--;
        } else if (end != joint) {
            break;
        }
        if (!(cut_word_at(reading, at)->classes & CLASS_OPERATION))
            break;
        struct cut_member verb = { at, at + 1 };
        g_array_prepend_val(verbs, verb);
        end = at;
    }
    for (guint i = 0; i < verbs->len; i++)
        kinds |=
            cut_word_at(reading, g_array_index(verbs, struct cut_member, i).first)->classes & CLASS_OPERATION;
    return verbs->len >= 2 && kinds & (kinds - 1);
}

/* A criterion goes to the verb of the same operation. */
static void give_by_verb(struct cut_reading *reading, struct cut *cut, const GArray *verbs)
{
    g_autofree guint *masks = g_new0(guint, reading->criteria->len + 1);

    mark_criteria(reading, masks);
    for (guint i = 0; i < reading->criteria->len; i++) {
        guint bits = 0;
        for (guint j = 0; j < verbs->len && j < cut->children->len; j++) {
            guint classes = cut_word_at(reading, g_array_index(verbs, struct cut_member, j).first)->classes;
            for (guint k = 0; k < N_OPERATIONS; k++)
                if (masks[i] & 1u << k && classes & operations[k].class && !bits)
                    bits = 1u << j;
        }
        masks[i] = bits;
    }
    cut_give_criteria(reading, cut, masks, FALSE);
}

static void add_verbs(struct cut_reading *reading, const struct cut_piece *piece, const GArray *verbs)
{
    guint first = g_array_index(verbs, struct cut_member, 0).first;
    guint end = g_array_index(verbs, struct cut_member, verbs->len - 1).end;
    struct cut *cut = cut_add(reading, CUT_PATHS, "operations", cut_weight(piece->place) + 6 + verbs->len,
                              g_strdup_printf("these are %u operations, each of use by itself", verbs->len));

    cut_add_words(reading, cut, piece, first, MIN(end + 1, piece->end));
    for (guint i = 0; i < verbs->len; i++) {
        const struct cut_member *verb = &g_array_index(verbs, struct cut_member, i);
        g_autofree char *with = cut_source(reading, piece, verb->first, verb->end);
        cut_add_child(cut, cut_title(reading, piece, first, end, with));
    }
    give_by_verb(reading, cut, verbs);
}

void cut_find_operations(struct cut_reading *reading)
{
    g_autoptr(GArray) verbs = g_array_new(FALSE, FALSE, sizeof(struct cut_member));

    for (guint i = 0; i < reading->pieces->len; i++) {
        const struct cut_piece *piece = cut_piece_at(reading, i);
        if (!piece->wished)
            continue;
        for (guint at = piece->first; at < piece->end; at++) {
            const struct cut_word *word = cut_word_at(reading, at);
            gboolean joint = word->classes & CLASS_JOIN || word->mark == '&' || word->mark == '/';
            if (joint && !cut_join_is_saying(reading, piece, at) && verbs_at(reading, piece, at, verbs)) {
                add_verbs(reading, piece, verbs);
                return;
            }
            if (manages(reading, piece, at)) {
                add_managed(reading, piece, at);
                return;
            }
        }
    }
}
