#include "reword.h"

#include "reword_words.h"

#include <string.h>

/* What stands in the place of what: words of the old text and words of the new one. */
struct hunk {
    guint old;  /* index of its first word */
    guint gone; /* number of words */
    guint new;
    guint came;
};

struct pair {
    const char *before;
    const char *after;
    GArray *old; /* of struct reword_word */
    GArray *new;
    GArray *hunks; /* of struct hunk, in order; a word that both keep stands between two */
};

static const struct reword_word *word_at(const GArray *words, guint index)
{
    return &g_array_index(words, struct reword_word, index);
}

static struct hunk *hunk_at(const struct pair *pair, guint index)
{
    return &g_array_index(pair->hunks, struct hunk, index);
}

/* -- the shortest way from one to the other -- */

/* Words of one side that the other has too, within a range; the rest is changed in any case. */
struct side {
    GArray *numbers; /* of guint */
    GArray *places;  /* of guint: which word of the text */
    gboolean *changed;
};

static void side_init(struct side *side, const GArray *words, guint start, guint end, const guint8 *shared)
{
    side->numbers = g_array_new(FALSE, FALSE, sizeof(guint));
    side->places = g_array_new(FALSE, FALSE, sizeof(guint));
    side->changed = g_new0(gboolean, words->len + 1);
    for (guint i = start; i < end; i++) {
        guint number = word_at(words, i)->number;
        side->changed[i] = shared[number] != 3;
        if (side->changed[i])
            continue;
        g_array_append_val(side->numbers, number);
        g_array_append_val(side->places, i);
    }
}

static void side_clear(struct side *side)
{
    g_array_unref(side->numbers);
    g_array_unref(side->places);
    g_free(side->changed);
}

static void mark(struct side *side, int place)
{
    side->changed[g_array_index(side->places, guint, place)] = TRUE;
}

static gboolean is_same(const struct side *old, const struct side *new, int x, int y)
{
    return g_array_index(old->numbers, guint, x) == g_array_index(new->numbers, guint, y);
}

/* Whether diagonal k is best come to by an added word, with d edits from what d - 1 have reached. */
static gboolean goes_down(const int *reached, int k, int d)
{
    return k == -d || (k != d && reached[k - 1] < reached[k + 1]);
}

/* Goes the way back, from the end of both to the start: trace holds, for 0, 1, ... edits e, the 2e + 1 values
 * that they reached. */
static void walk_back(struct side *old, struct side *new, const GArray *trace, int d)
{
    int x = (int)old->numbers->len, y = (int)new->numbers->len;

    for (; d > 0; d--) {
        const int edits = d - 1, *reached = &g_array_index(trace, int, edits *edits) + edits;
        int k = x - y;
        gboolean down = goes_down(reached, k, d);
        k += down ? 1 : -1;
        x = reached[k];
        y = x - k;
        mark(down ? new : old, down ? y : x);
    }
}

/* Marks the fewest words such that the others are the same; FALSE where these are more than REWORD_EDITS, and
 * nothing is marked. */
static gboolean compare(struct side *old, struct side *new)
{
    const int n = (int)old->numbers->len, m = (int)new->numbers->len;
    const int most = MIN(n + m, REWORD_EDITS);
    g_autofree int *all = g_new0(int, 2 * most + 3);
    g_autoptr(GArray) trace = g_array_new(FALSE, FALSE, sizeof(int));
    int *reached = all + most + 1;

    for (int d = 0; d <= most; d++) {
        for (int k = -d; k <= d; k += 2) {
            int x = goes_down(reached, k, d) ? reached[k + 1] : reached[k - 1] + 1;
            while (x < n && x - k < m && is_same(old, new, x, x - k))
                x++;
            reached[k] = x;
            if (x >= n && x - k >= m) {
                walk_back(old, new, trace, d);
                return TRUE;
            }
        }
        g_array_append_vals(trace, reached - d, (guint)(2 * d + 1));
    }
    return FALSE;
}

/* The words from start to the ends of both, as hunks. */
static void add_hunks(struct pair *pair, guint start, guint old_end, guint new_end, const gboolean *gone,
                      const gboolean *came)
{
    guint i = start, j = start;

    while (i < old_end || j < new_end) {
        struct hunk hunk = { .old = i, .new = j };
        while (i < old_end && gone[i])
            i++;
        while (j < new_end && came[j])
            j++;
        hunk.gone = i - hunk.old;
        hunk.came = j - hunk.new;
        if (hunk.gone || hunk.came)
            g_array_append_val(pair->hunks, hunk);
        for (; i < old_end && j < new_end && !gone[i] && !came[j]; i++)
            j++;
    }
}

/* Which texts have the words: 1 the old one, 2 the new one, by number; g_free. */
static guint8 *find_shared(const struct pair *pair, guint numbers)
{
    guint8 *shared = g_new0(guint8, numbers + 1);

    for (guint i = 0; i < pair->old->len; i++)
        shared[word_at(pair->old, i)->number] |= 1;
    for (guint i = 0; i < pair->new->len; i++)
        shared[word_at(pair->new, i)->number] |= 2;
    return shared;
}

static void find_hunks(struct pair *pair, guint numbers)
{
    guint start = 0, old_end = pair->old->len, new_end = pair->new->len;

    while (start < MIN(old_end, new_end) &&
           word_at(pair->old, start)->number == word_at(pair->new, start)->number)
        start++;
    while (MIN(old_end, new_end) > start &&
           word_at(pair->old, old_end - 1)->number == word_at(pair->new, new_end - 1)->number) {
        old_end--;
        new_end--;
    }
    g_autofree guint8 *shared = find_shared(pair, numbers);
    struct side old, new;
    side_init(&old, pair->old, start, old_end, shared);
    side_init(&new, pair->new, start, new_end, shared);
    if (compare(&old, &new)) {
        add_hunks(pair, start, old_end, new_end, old.changed, new.changed);
    } else {
        const struct hunk whole = { start, old_end - start, start, new_end - start };
        g_array_append_val(pair->hunks, whole);
    }
    side_clear(&old);
    side_clear(&new);
}

/* -- to be read -- */

/* How well a text reads that is cut before and behind count words at index. */
static guint rate(const GArray *words, const char *text, guint index, guint count)
{
    return reword_break(words, text, index) + reword_break(words, text, index + count);
}

/* Count words at first are added or removed, "x. It" in "It x. It y."; "It x." before them would do as well.
 * How far to move them, within room words on either side, to where that reads best. */
static int find_slide(const GArray *words, const char *text, guint first, guint count, const guint room[2])
{
    guint best = rate(words, text, first, count);
    int slide = 0;

    for (guint i = first; i > first - room[0]; i--) {
        if (word_at(words, i - 1)->number != word_at(words, i - 1 + count)->number)
            break;
        guint rating = rate(words, text, i - 1, count);
        slide = rating > best ? (int)i - 1 - (int)first : slide;
        best = MAX(best, rating);
    }
    for (guint i = first; i < first + room[1]; i++) {
        if (word_at(words, i)->number != word_at(words, i + count)->number)
            break;
        guint rating = rate(words, text, i + 1, count);
        slide = rating > best ? (int)i + 1 - (int)first : slide;
        best = MAX(best, rating);
    }
    return slide;
}

/* Hunks that only add or only remove begin and end where sentences do, if they may; a word remains between
 * two. */
static void slide_hunks(struct pair *pair)
{
    for (guint i = 0; i < pair->hunks->len; i++) {
        struct hunk *hunk = hunk_at(pair, i);
        if (hunk->gone && hunk->came)
            continue;
        const struct hunk *last = i ? hunk_at(pair, i - 1) : NULL;
        const guint end = hunk->old + hunk->gone;
        const guint next = i + 1 < pair->hunks->len ? hunk_at(pair, i + 1)->old - 1 : pair->old->len;
        const guint room[] = { last ? hunk->old - last->old - last->gone - 1 : hunk->old, next - end };
        int slide = hunk->gone ? find_slide(pair->old, pair->before, hunk->old, hunk->gone, room)
                               : find_slide(pair->new, pair->after, hunk->new, hunk->came, room);
        hunk->old += (guint)slide;
        hunk->new += (guint)slide;
    }
}

static guint count_spoken(const GArray *words, guint start, guint end)
{
    if (start >= end)
        return 0;
    const struct reword_word *last = word_at(words, end - 1);
    return last->before + last->spoken - word_at(words, start)->before;
}

/* A hunk and the words it has, those of the side that has more. */
static guint weigh(const struct pair *pair, const struct hunk *hunk)
{
    return MAX(count_spoken(pair->old, hunk->old, hunk->old + hunk->gone),
               count_spoken(pair->new, hunk->new, hunk->new + hunk->came));
}

/* Takes hunks together that have little between them. */
static void join_hunks(struct pair *pair)
{
    g_autoptr(GArray) weights = g_array_new(FALSE, FALSE, sizeof(guint)); /* of the first ones, joined */

    for (guint i = 0; i < pair->hunks->len; i++) {
        struct hunk next = *hunk_at(pair, i);
        guint weight = weigh(pair, &next);
        while (weights->len) {
            struct hunk *last = hunk_at(pair, weights->len - 1);
            guint before = g_array_index(weights, guint, weights->len - 1);
            guint kept = count_spoken(pair->old, last->old + last->gone, next.old);
            if (kept > before || kept > weight)
                break;
            weight += before + kept;
            next = (struct hunk){ last->old, next.old + next.gone - last->old, last->new,
                                  next.new + next.came - last->new };
            g_array_set_size(weights, weights->len - 1);
        }
        *hunk_at(pair, weights->len) = next;
        g_array_append_val(weights, weight);
    }
    g_array_set_size(pair->hunks, weights->len);
}

/* Texts that have little in common are one hunk. */
static void give_up(struct pair *pair)
{
    guint old = count_spoken(pair->old, 0, pair->old->len), new = count_spoken(pair->new, 0, pair->new->len);
    guint kept = old;

    for (guint i = 0; i < pair->hunks->len; i++)
        kept -=
            count_spoken(pair->old, hunk_at(pair, i)->old, hunk_at(pair, i)->old + hunk_at(pair, i)->gone);
    if (pair->hunks->len == 0 || 3 * kept >= MIN(old, new))
        return;
    g_array_set_size(pair->hunks, 1);
    *hunk_at(pair, 0) = (struct hunk){ 0, pair->old->len, 0, pair->new->len };
}

/* -- pieces -- */

/* A piece that may still grow. */
struct writer {
    GPtrArray *pieces;
    enum reword_kind kind;
    GString *text;
};

static void reword_free(gpointer data)
{
    struct reword *piece = data;
    g_free(piece->text);
    g_free(piece);
}

static void flush(struct writer *writer)
{
    if (writer->text->len == 0)
        return;
    struct reword *piece = g_new(struct reword, 1);
    *piece = (struct reword){ writer->kind, g_strndup(writer->text->str, writer->text->len) };
    g_ptr_array_add(writer->pieces, piece);
    g_string_truncate(writer->text, 0);
}

static void add(struct writer *writer, enum reword_kind kind, const char *text, struct span span)
{
    if (span_is_empty(span))
        return;
    if (kind != writer->kind)
        flush(writer);
    writer->kind = kind;
    g_string_append_len(writer->text, text + span.start, (gssize)span_length(span));
}

/* Adds what stands between two words that are kept, or beside one: white space that both begin or end with is
 * kept too. */
static void add_between(struct writer *writer, const struct pair *pair, struct span gone, struct span came)
{
    struct span before = { gone.start, gone.start }, after = { gone.end, gone.end };

    while (gone.start < gone.end && came.start < came.end &&
           pair->before[gone.start] == pair->after[came.start] && g_ascii_isspace(pair->before[gone.start])) {
        gone.start = ++before.end;
        came.start++;
    }
    while (gone.start < gone.end && came.start < came.end &&
           pair->before[gone.end - 1] == pair->after[came.end - 1] &&
           g_ascii_isspace(pair->before[gone.end - 1])) {
        gone.end = --after.start;
        came.end--;
    }
    add(writer, REWORD_SAME, pair->before, before);
    add(writer, REWORD_REMOVED, pair->before, gone);
    add(writer, REWORD_ADDED, pair->after, came);
    add(writer, REWORD_SAME, pair->before, after);
}

static gsize word_start(const GArray *words, guint index, const char *text)
{
    return index < words->len ? word_at(words, index)->span.start : strlen(text);
}

static void add_pieces(struct writer *writer, const struct pair *pair)
{
    const struct hunk none = { pair->old->len, 0, pair->new->len, 0 };
    gsize old_at = 0, new_at = 0;
    guint j = 0, next = 0;

    for (guint i = 0; i <= pair->old->len; i++, j++) {
        const struct hunk *hunk = next < pair->hunks->len ? hunk_at(pair, next) : &none;
        if (i == hunk->old && hunk != &none) {
            i += hunk->gone;
            j += hunk->came;
            next++;
        }
        const struct span gone = { old_at, word_start(pair->old, i, pair->before) };
        const struct span came = { new_at, word_start(pair->new, j, pair->after) };
        add_between(writer, pair, gone, came);
        if (i >= pair->old->len)
            break;
        add(writer, REWORD_SAME, pair->before, word_at(pair->old, i)->span);
        old_at = word_at(pair->old, i)->span.end;
        new_at = word_at(pair->new, j)->span.end;
    }
}

GPtrArray *reword_list(const char *before, const char *after)
{
    g_autoptr(GHashTable) numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) old = g_array_new(FALSE, FALSE, sizeof(struct reword_word));
    g_autoptr(GArray) new = g_array_new(FALSE, FALSE, sizeof(struct reword_word));
    g_autoptr(GArray) hunks = g_array_new(FALSE, FALSE, sizeof(struct hunk));
    g_autoptr(GString) text = g_string_new(NULL);
    struct pair pair = { before, after, old, new, hunks };
    struct writer writer = { g_ptr_array_new_with_free_func(reword_free), REWORD_SAME, text };

    reword_words(old, before, numbers);
    reword_words(new, after, numbers);
    find_hunks(&pair, g_hash_table_size(numbers));
    slide_hunks(&pair);
    join_hunks(&pair);
    give_up(&pair);
    add_pieces(&writer, &pair);
    flush(&writer);
    return writer.pieces;
}
