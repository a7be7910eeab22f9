/* Lists of fields or kinds of data: "by date, category and price". */
#include "cut_private.h"

#include <string.h>

/* The word in front of the list that is no determiner or adjective; piece->first - 1 … none: end. */
static guint word_before(const struct cut_reading *reading, const struct cut_piece *piece, guint at)
{
    while (at > piece->first && cut_word_at(reading, at - 1)->classes & (CLASS_DETERMINER | CLASS_ADJECTIVE))
        at--;
    return at > piece->first ? at - 1 : piece->end;
}

/* "filter … by", "sorted by": a word that sifts within a few words of "by". */
static gboolean is_sifted(const struct cut_reading *reading, const struct cut_piece *piece, guint by)
{
    for (guint at = by, n = 0; at > piece->first && n < 8; n++) {
        const struct cut_word *word = cut_word_at(reading, --at);
        if (word->mark)
            return FALSE;
        if (word->classes & CLASS_SIFT)
            return TRUE;
    }
    return FALSE;
}

/* How sure it is that members of the list are data; 0: not at all. */
static guint sureness(const struct cut_reading *reading, const struct cut_piece *piece, const GArray *members)
{
    guint before = word_before(reading, piece, g_array_index(members, struct cut_member, 0).first);

    if (before == piece->end)
        return 0;
    const struct cut_word *word = cut_word_at(reading, before);
    if (strcmp(word->text, "by") == 0)
        return is_sifted(reading, piece, before) ? 8 : 0;
    if (members->len < 3)
        return 0;
    if (strcmp(word->text, "including") == 0 || strcmp(word->text, "as") == 0)
        return before > piece->first && (word->text[0] == 'i' || cut_is(reading, before - 1, before, "such"))
                   ? 6
                   : 0;
    return word->classes & CLASS_SHOW ? 4 : 0;
}

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

static void add_cut(struct cut_reading *reading, const struct cut_piece *piece, const GArray *members,
                    guint strength)
{
    const struct cut_member *first = &g_array_index(members, struct cut_member, 0);
    const struct cut_member *last = &g_array_index(members, struct cut_member, members->len - 1);
    g_autofree char *head = cut_source(reading, piece, first->first, first->end);
    struct cut *cut =
        cut_add(reading, CUT_DATA, "fields", strength,
                g_strdup_printf("with %s alone it works from end to end, and the other %u can come later",
                                head, members->len - 1));
    g_autofree guint *masks = g_new0(guint, reading->criteria->len + 1);

    cut_add_words(reading, cut, piece, first->first, last->end);
    for (guint i = 0; i < members->len; i++) {
        const struct cut_member *member = &g_array_index(members, struct cut_member, i);
        g_autofree char *with = cut_source(reading, piece, member->first, member->end);
        guint before = cut->children->len;
        cut_add_child(cut, cut_title(reading, piece, first->first, last->end, with));
        if (cut->children->len > before)
            mark_member(reading, member, masks, 1u << before);
    }
    cut_give_criteria(reading, cut, masks, FALSE);
}

void cut_find_data(struct cut_reading *reading)
{
    g_autoptr(GArray) members = g_array_new(FALSE, FALSE, sizeof(struct cut_member));
    g_autoptr(GArray) best = g_array_new(FALSE, FALSE, sizeof(struct cut_member));
    const struct cut_piece *where = NULL;
    guint most = 0;

    for (guint i = 0; i < reading->pieces->len; i++) {
        const struct cut_piece *piece = cut_piece_at(reading, i);
        if (piece->place > PLACE_CRITERIA || piece->scenario)
            continue;
        for (guint at = piece->first; at < piece->end; at++) {
            const struct cut_word *word = cut_word_at(reading, at);
            if (!(word->classes & CLASS_JOIN || word->mark == '&') || !cut_join(reading, piece, at, members))
                continue;
            guint sure = sureness(reading, piece, members);
            guint strength = sure ? cut_weight(piece->place) + sure + MIN(members->len, 4) : 0;
            if (strength <= most)
                continue;
            most = strength;
            where = piece;
            g_array_set_size(best, 0);
            g_array_append_vals(best, members->data, members->len);
        }
    }
    if (where)
        add_cut(reading, where, best, most);
}
