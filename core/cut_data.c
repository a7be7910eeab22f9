/* Lists of fields or kinds of data: "by date, category and price". */
#include "cut_private.h"

#include <string.h>

/* In front of a list these say of what. */
static const char *const of[] = { "of", "for", "about", "with", "from", "in", "between", NULL };

/* The word in front of the list that is no determiner or adjective; piece->first - 1 … none: end. */
static guint word_before(const struct cut_reading *reading, const struct cut_piece *piece, guint at)
{
    while (at > piece->first && cut_word_at(reading, at - 1)->classes & (CLASS_DETERMINER | CLASS_ADJECTIVE))
        at--;
    return at > piece->first ? at - 1 : piece->end;
}

/* "filter … by", "sorted by": the word that sifts within a few words of "by"; NULL: none. */
static const struct cut_word *sifter(const struct cut_reading *reading, const struct cut_piece *piece,
                                     guint by)
{
    for (guint at = by, n = 0; at > piece->first && n < 8; n++) {
        const struct cut_word *word = cut_word_at(reading, --at);
        if (word->mark)
            return NULL;
        if (word->classes & CLASS_SIFT)
            return word;
    }
    return NULL;
}

/* "sort by status and id" is one order. */
static gboolean is_order(const struct cut_word *word)
{
    return g_str_has_prefix(word->text, "sort") || g_str_has_prefix(word->text, "order") ||
           g_str_has_prefix(word->text, "rank");
}

static gboolean is_sifted(const struct cut_reading *reading, const struct cut_piece *piece, guint by,
                          const GArray *members, guint joint)
{
    const struct cut_word *word = sifter(reading, piece, by);
    return word && !(is_order(word) && members->len == 2 && cut_is(reading, joint, piece->end, "and"));
}

/* Whether the title is about sifting: criteria then say by what. */
static gboolean title_sifts(const struct cut_reading *reading)
{
    const struct cut_piece *piece = cut_piece_at(reading, 0);

    for (guint at = piece->first; piece->place == PLACE_TITLE && at < piece->end; at++)
        if (cut_word_at(reading, at)->classes & CLASS_SIFT)
            return TRUE;
    return FALSE;
}

/* How sure it is that members of the list are data; 0: not at all. */
static guint sureness(const struct cut_reading *reading, const struct cut_piece *piece, const GArray *members,
                      guint joint)
{
    guint before = word_before(reading, piece, g_array_index(members, struct cut_member, 0).first);

    if (before == piece->end)
        return 0;
    const struct cut_word *word = cut_word_at(reading, before);
    if (piece->place == PLACE_CRITERIA && (members->len == 2 || !title_sifts(reading)))
        return 0;
    if (strcmp(word->text, "by") == 0)
        return is_sifted(reading, piece, before, members, joint) ? 8 : 0;
    /* One of two kinds: "create a new course or event". */
    if (members->len == 2)
        return cut_is(reading, joint, piece->end, "or") && word->classes & CLASS_OPERATION ? 3 : 0;
    if (piece->place == PLACE_CRITERIA)
        return word->classes & CLASS_SHOW ? 4 : 0;
    if (strcmp(word->text, "including") == 0 ||
        (before > piece->first && cut_phrase(reading, before - 1, piece->end, "such as")))
        return 6;
    return word->classes & CLASS_SHOW || g_strv_contains(of, word->text) ? 4 : 0;
}

static void add_cut(struct cut_reading *reading, const struct cut_piece *piece, const GArray *members,
                    guint strength)
{
    const struct cut_member *first = &g_array_index(members, struct cut_member, 0);
    const struct cut_member *last = &g_array_index(members, struct cut_member, members->len - 1);
    g_autofree char *head = cut_source(reading, piece, first->first, first->end);
    struct cut *cut =
        cut_add(reading, CUT_DATA, "fields", strength,
                g_strdup_printf("with %s alone it works from end to end, and the rest can come later", head));

    cut_add_words(reading, cut, piece, first->first, last->end);
    cut_add_members(reading, cut, piece, members, first->first, last->end);
}

void cut_find_data(struct cut_reading *reading)
{
    g_autoptr(GArray) members = g_array_new(FALSE, FALSE, sizeof(struct cut_member));
    g_autoptr(GArray) best = g_array_new(FALSE, FALSE, sizeof(struct cut_member));
    const struct cut_piece *where = NULL;
    guint most = 0;

    for (guint i = 0; i < reading->pieces->len; i++) {
        const struct cut_piece *piece = cut_piece_at(reading, i);
        if (!(piece->wished || piece->criterion) || piece->scenario)
            continue;
        for (guint at = piece->first; at < piece->end; at++) {
            const struct cut_word *word = cut_word_at(reading, at);
            if (!(word->classes & CLASS_JOIN || word->mark == '&') || !cut_join(reading, piece, at, members))
                continue;
            guint sure = sureness(reading, piece, members, at);
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
