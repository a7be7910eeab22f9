/* The order as a whole: which items get new ranks, blocks, positions, and the text of an editor. */
#include "order_private.h"

#include "fixture.h"
#include "random.h"
#include "rank.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* -- ranks -- */

struct pile {
    struct item *items; /* n of them, by id */
    guint n;
    GPtrArray *order; /* of them, as it is wanted */
    GStringChunk *strings;
};

static gint by_place(gconstpointer a, gconstpointer b)
{
    return item_compare(*(struct item *const *)a, *(struct item *const *)b);
}

/* n items; each has one of so many ranks, and one of eight has none. */
static struct pile make_pile(GRand *random, guint n, guint n_ranks)
{
    struct pile pile = { g_new0(struct item, n), n, g_ptr_array_new(), g_string_chunk_new(4096) };

    for (guint i = 0; i < n; i++) {
        g_autofree char *id = g_strdup_printf("k%05u", i), *path = g_strdup_printf("backlog/%s.md", id);
        g_autofree char *rank = g_strdup_printf("n%c%c", "bcdfghjkmnpqrstvwxz"[g_rand_int(random) % 19],
                                                "cdfghjkmnpqrstvwxz"[g_rand_int(random) % n_ranks]);
        pile.items[i].id = g_string_chunk_insert(pile.strings, id);
        pile.items[i].path = g_string_chunk_insert(pile.strings, path);
        if (n_ranks < 10)
            rank[1] = 'b';
        if (g_rand_int(random) % 8)
            pile.items[i].rank = g_string_chunk_insert(pile.strings, rank);
        g_ptr_array_add(pile.order, &pile.items[i]);
    }
    g_ptr_array_sort(pile.order, by_place);
    return pile;
}

static void clear_pile(struct pile *pile)
{
    g_ptr_array_unref(pile->order);
    g_string_chunk_free(pile->strings);
    g_free(pile->items);
}

static void move_some(GRand *random, GPtrArray *order, guint moves)
{
    for (guint i = 0; i < moves && order->len; i++) {
        gpointer item = g_ptr_array_steal_index(order, g_rand_int(random) % order->len);
        g_ptr_array_insert(order, (gint)(g_rand_int(random) % (order->len + 1)), item);
    }
}

/* Whether the items of the set (by bits, of places in order) can keep what they have while all others get
 * ranks of their own. */
static gboolean can_keep(const GPtrArray *order, guint set, guint many)
{
    int last = -1;
    for (guint i = 0; i < order->len; i++) {
        const struct item *item = order->pdata[i], *before = last < 0 ? NULL : order->pdata[last];
        if (!(set >> i & 1)) {
            if (before && !before->rank)
                return FALSE;
            continue;
        }
        if ((!item->rank && i < many) || (before && item_compare(before, item) > 0))
            return FALSE;
        if (before && last + 1 < (int)i && g_strcmp0(before->rank, item->rank) == 0)
            return FALSE;
        last = (int)i;
    }
    return TRUE;
}

static guint fewest_moves(const GPtrArray *order, guint many)
{
    guint best = order->len;
    for (guint set = 0; set < 1U << order->len; set++)
        if (can_keep(order, set, many)) {
            guint moves = order->len;
            for (guint i = 0; i < order->len; i++)
                moves -= set >> i & 1;
            best = MIN(best, moves);
        }
    return best;
}

/* Gives the items their new ranks; returns how many there are. */
static guint apply(struct pile *pile, const GPtrArray *ranks)
{
    guint moves = 0;
    for (guint i = 0; i < pile->n; i++) {
        struct item *item = pile->order->pdata[i];
        if (!ranks->pdata[i])
            continue;
        assert_true(rank_is_valid(ranks->pdata[i]));
        item->rank = g_string_chunk_insert(pile->strings, ranks->pdata[i]);
        moves++;
    }
    return moves;
}

static void assert_ordered(const struct pile *pile)
{
    for (guint i = 1; i < pile->n; i++)
        assert_true(item_compare(pile->order->pdata[i - 1], pile->order->pdata[i]) < 0);
}

static void any_order_comes_of_the_fewest_moves(void **state)
{
    g_autoptr(GRand) seeded = g_rand_new_with_seed(42);
    g_autoptr(Random) random = random_new();

    for (guint round = 0; round < 3000; round++) {
        guint n = g_rand_int(seeded) % 9, many = round % 3 ? 0 : g_rand_int(seeded) % (n + 1);
        struct pile pile = make_pile(seeded, n, 1 + g_rand_int(seeded) % 12);
        move_some(seeded, pile.order, g_rand_int(seeded) % 5);
        g_autoptr(GPtrArray) ranks = order_ranks(random, pile.order, NULL, many);
        guint expected = fewest_moves(pile.order, many);
        assert_int_equal(ranks->len, n);
        assert_int_equal(apply(&pile, ranks), expected);
        assert_ordered(&pile);
        for (guint i = 0; i < many; i++)
            assert_non_null(((struct item *)pile.order->pdata[i])->rank);
        clear_pile(&pile);
    }
}

static void the_order_that_is_asks_for_nothing(void **state)
{
    g_autoptr(GRand) seeded = g_rand_new_with_seed(7);
    g_autoptr(Random) random = random_new();

    for (guint n = 0; n < 40; n++) {
        struct pile pile = make_pile(seeded, n, 1 + n % 12);
        g_autoptr(GPtrArray) ranks = order_ranks(random, pile.order, NULL, 0);
        assert_int_equal(apply(&pile, ranks), 0);
        clear_pile(&pile);
    }
}

static void ten_thousand_items_are_no_matter(void **state)
{
    g_autoptr(GRand) seeded = g_rand_new_with_seed(9);
    g_autoptr(Random) random = random_new();
    struct pile pile = make_pile(seeded, 10000, 18);
    gint64 begun = g_get_monotonic_time();

    move_some(seeded, pile.order, 10000);
    g_autoptr(GPtrArray) ranks = order_ranks(random, pile.order, NULL, 0);
    apply(&pile, ranks);
    assert_true(g_get_monotonic_time() - begun < 5 * G_USEC_PER_SEC);
    assert_ordered(&pile);
    clear_pile(&pile);
}

static void of_two_that_change_places_the_upper_one_stays(void **state)
{
    static const guint keys[] = { 1, 0, 2 }, weights[] = { 1, 1, 1 }, heavy[] = { 3, 1, 1 };
    g_autofree gboolean *kept = order_keep(keys, NULL, weights, 3);
    g_autofree gboolean *other = order_keep(keys, NULL, heavy, 3);

    assert_false(kept[0]);
    assert_true(kept[1] && kept[2]);
    assert_true(other[0] && !other[1] && other[2]);
}

/* -- in a backlog -- */

/* Items by "ID:RANK" or "ID:RANK:STATUS", "-" for no rank. */
static void write_items(struct fixture *fixture, const char *const *items)
{
    for (gsize i = 0; items[i]; i++) {
        g_auto(GStrv) parts = g_strsplit(items[i], ":", 3);
        g_autofree char *path = g_strdup_printf("backlog/%s.md", parts[0]);
        g_autofree char *rank =
            strcmp(parts[1], "-") ? g_strdup_printf("rank: %s\n", parts[1]) : g_strdup("");
        g_autofree char *text = g_strdup_printf("---\ntitle: Item %s\nid: %s\n%sstatus: %s\n---\n", parts[0],
                                                parts[0], rank, parts[2] ? parts[2] : "new");
        fixture_write(fixture, path, text);
    }
    fixture_backlog(fixture);
}

/* Of the open items: where the closed ones stand between them is luck. */
static char *ids_in_order(struct fixture *fixture)
{
    struct backlog *backlog = fixture_loaded(fixture);
    GString *seen = g_string_new(NULL);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (item->position)
            g_string_append_printf(seen, "%s%s", seen->len ? " " : "", item->id);
    }
    return g_string_free(seen, FALSE);
}

/* What the drafts say, "ID CHANGES; ID CHANGES". */
static char *describe(const GPtrArray *drafts)
{
    GString *said = g_string_new(NULL);
    for (guint i = 0; i < drafts->len; i++) {
        struct draft *draft = drafts->pdata[i];
        g_autoptr(GPtrArray) changes = draft_changes(draft);
        g_autofree char *summary = change_summary(changes);
        g_string_append_printf(said, "%s%s %s", i ? "; " : "", draft->id, summary);
    }
    return g_string_free(said, FALSE);
}

static GPtrArray *place(struct fixture *fixture, const char *words, const char *where, GError **error)
{
    g_auto(GStrv) ids = g_strsplit(words, " ", -1);
    g_autoptr(GPtrArray) entries = g_ptr_array_new();
    for (gsize i = 0; ids[i]; i++) {
        const struct entry *entry = backlog_find(fixture->backlog, ids[i], error);
        assert_non_null(entry);
        g_ptr_array_add(entries, (gpointer)entry);
    }
    return order_place(fixture->backlog, entries, where, error);
}

/* Places the items, and checks what is said and the order that comes of it. */
static void check_place(struct fixture *fixture, const char *const *items, const char *words,
                        const char *where, const char *says, const char *order)
{
    g_autoptr(GError) error = NULL;

    write_items(fixture, items);
    g_autoptr(GPtrArray) drafts = place(fixture, words, where, &error);
    if (!drafts)
        fail_msg("%s", error->message);
    order_positions(fixture->backlog, drafts);
    g_autofree char *said = describe(drafts);
    assert_string_equal(said, says);
    assert_true(drafts_write(fixture->backlog, drafts, NULL));
    g_autofree char *seen = ids_in_order(fixture);
    assert_string_equal(seen, order);
}

static const char *const plain[] = { "bcg32:nb", "c4x9d:nd", "k7q2m:nf", "t2h8k:nh", "v5xmx:-", NULL };

static void one_item_goes_to_its_place(void **state)
{
    check_place(*state, plain, "k7q2m", "top", "k7q2m moved 3 -> 1", "k7q2m bcg32 c4x9d t2h8k v5xmx");
    check_place(*state, plain, "bcg32", "bottom", "bcg32 moved 1 -> 4", "c4x9d k7q2m t2h8k bcg32 v5xmx");
    check_place(*state, plain, "v5xmx", "before:c4x", "v5xmx moved 5 -> 2", "bcg32 v5xmx c4x9d k7q2m t2h8k");
    check_place(*state, plain, "v5xmx", "bottom", "v5xmx ranked", "bcg32 c4x9d k7q2m t2h8k v5xmx");
    check_place(*state, plain, "c4x9d", "after:bcg32", "c4x9d no change", "bcg32 c4x9d k7q2m t2h8k v5xmx");
}

static void of_neighbours_the_one_that_was_named_moves(void **state)
{
    check_place(*state, plain, "k7q2m", "before:c4x9d", "k7q2m moved 3 -> 2",
                "bcg32 k7q2m c4x9d t2h8k v5xmx");
    check_place(*state, plain, "c4x9d", "after:k7q2m", "c4x9d moved 2 -> 3", "bcg32 k7q2m c4x9d t2h8k v5xmx");
}

static void several_go_as_a_block_in_the_order_given(void **state)
{
    check_place(*state, plain, "t2h8k c4x9d", "top", "t2h8k moved 4 -> 1; c4x9d ranked anew",
                "t2h8k c4x9d bcg32 k7q2m v5xmx");
}

static void of_a_block_those_that_stand_there_stay(void **state)
{
    check_place(*state, plain, "bcg32 t2h8k c4x9d", "top",
                "bcg32 no change; t2h8k moved 4 -> 2; c4x9d no change", "bcg32 t2h8k c4x9d k7q2m v5xmx");
    check_place(*state, plain, "k7q2m v5xmx", "bottom", "k7q2m moved 3 -> 4; v5xmx ranked",
                "bcg32 c4x9d t2h8k k7q2m v5xmx");
}

static void between_items_of_one_rank_the_fewest_get_another(void **state)
{
    static const char *const tied[] = { "bcg32:nb", "c4x9d:nb", "k7q2m:nb", "t2h8k:nd", "v5xmx:nf", NULL };
    check_place(*state, tied, "v5xmx", "after:bcg32", "v5xmx moved 5 -> 2; bcg32 ranked anew",
                "bcg32 v5xmx c4x9d k7q2m t2h8k");
    check_place(*state, tied, "v5xmx t2h8k", "before:k7q2m",
                "v5xmx moved 5 -> 3; t2h8k no change; k7q2m ranked anew", "bcg32 c4x9d v5xmx t2h8k k7q2m");
}

static void check_refused(struct fixture *fixture, const char *words, const char *where, const char *says)
{
    g_autoptr(GError) error = NULL;
    assert_null(place(fixture, words, where, &error));
    assert_true(fixture_says(error->message, says));
}

static void a_place_that_is_none_is_refused(void **state)
{
    write_items(*state, plain);
    check_refused(*state, "bcg32 c4x9d", "after:c4x", "an item cannot stand before or after itself");
    check_refused(*state, "bcg32", "after:v5xmx", "v5xmx has no rank to go by");
    check_refused(*state, "bcg32", "before:zzzzz", "no item has the id");
}

static void positions_are_those_of_open_items(void **state)
{
    static const char *const mixed[] = { "bcg32:nb:done", "c4x9d:nd", "k7q2m:nf:dropped",
                                         "t2h8k:nh",      "v5xmx:nj", NULL };
    check_place(*state, mixed, "v5xmx", "before:t2h8k", "v5xmx moved 3 -> 2", "c4x9d v5xmx t2h8k");
    check_place(*state, mixed, "bcg32", "bottom", "bcg32 moved", "c4x9d t2h8k v5xmx");
}

/* -- text -- */

static void a_line_says_id_title_status_and_estimate(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/n3b4c.md",
                  "---\ntitle: \"Pay\\e by card\"\nid: n3b4c\nrank: nb\nstatus: ready\nestimate: 5\n---\n");
    fixture_write(fixture, "backlog/c4x9d2.md", "---\ntitle: Filter\nid: c4x9d2\nstatus: new\n---\n");
    fixture_write(fixture, "backlog/t2h8k.md", "---\nid: t2h8k\nrank: nc\n---\n");
    fixture_write(fixture, "backlog/r4s5t.md", "---\nid: r4s5t\nrank: nd\nestimate: 3\n---\n");
    fixture_write(fixture, "backlog/v5xmx.md", "---\ntitle: Gone\nid: v5xmx\nrank: nd\nstatus: done\n---\n");
    fixture_write(fixture, "backlog/ring.md", "---\ntitle: To be\nrank: nd\nstatus: new\n---\n");
    fixture_write(fixture, "backlog/k7q2m.md", "---\ntitle: Second\nid: k7q2m\nrank: nb\nstatus: new\n---\n");
    fixture_write(fixture, "backlog/archive/k7q2m.md", "---\ntitle: First\nid: k7q2m\nstatus: new\n---\n");
    g_autoptr(GPtrArray) items = order_items(fixture_backlog(fixture));
    g_autofree char *text = order_print(items);
    assert_string_equal(text, "n3b4c   Pay\\x1b by card (ready, 5)\n"
                              "t2h8k\n"
                              "r4s5t   (3)\n"
                              "c4x9d2  Filter (new)\n"
                              "k7q2m   First (new)\n");
}

static void check_text(const char *base, const char *text, const char *says)
{
    g_autoptr(GBytes) old = g_bytes_new(base, strlen(base)), new = g_bytes_new(text, strlen(text));
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(GString) seen = g_string_new(NULL);

    assert_int_equal(order_check(old, new, findings), *says == '\0');
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        g_string_append_printf(seen, "%u:%u %s\n", finding->at.line, finding->at.column, finding->message);
    }
    assert_string_equal(seen->str, says);
}

static void lines_may_stand_in_any_order(void **state)
{
    check_text("# head\nb1  One\nb2  Two\nb3\n", "b3\nb1 Uno\n\n  # b9\n  b2\n", "");
    check_text("b1 One\r\nb2 Two\r\n",
               "\xef\xbb\xbf"
               "b2\r\n\r\nb1",
               "");
    check_text("", "# nothing\n", "");
}

static void lines_that_are_new_doubled_or_missing_are_found(void **state)
{
    check_text("b1  One\nb2  Two\n", "b1 One\nb3  Three\nb2\n", "2:1 no line began with b3\n");
    check_text("b1  One\nb2  Two\n", "b1 One\nb2\n\n  b1\n", "4:3 b1 stands in line 1 too\n");
    check_text("b1  One\nb2  Two (new)\n", "b1 One\n", "0:0 a line is missing: b2  Two (new)\n");
    check_text("b1\nb2\nb3\nb4\nb5\nb6\nb7\n", "",
               "0:0 a line is missing: b1\n0:0 a line is missing: b2\n0:0 a line is missing: b3\n"
               "0:0 a line is missing: b4\n0:0 a line is missing: b5\n0:0 2 more lines are missing\n");
    check_text("b1\n", "b1\nb\xff\x01\n", "2:1 no line began with b\\xff\\x01\n");
}

static void a_text_of_comments_is_empty(void **state)
{
    g_autoptr(GBytes) comments = g_bytes_new_static("# b1\n\n  # b2\r\n \t", 16);
    g_autoptr(GBytes) line = g_bytes_new_static("# b1\nb2", 7);
    g_autoptr(GBytes) nothing = g_bytes_new_static("", 0);
    assert_true(order_is_empty(comments) && order_is_empty(nothing));
    assert_false(order_is_empty(line));
}

/* Replays a text, of ids with spaces between, on the backlog. */
static void check_replay(struct fixture *fixture, const char *base, const char *text, const char *expected)
{
    g_autofree char *old_lines = g_strdelimit(g_strdup(base), " ", '\n');
    g_autofree char *new_lines = g_strdelimit(g_strdup(text), " ", '\n');
    g_autoptr(GBytes) old = g_bytes_new(old_lines, strlen(old_lines));
    g_autoptr(GBytes) new = g_bytes_new(new_lines, strlen(new_lines));
    g_autoptr(GPtrArray) items = order_replay(fixture->backlog, old, new);
    g_autoptr(GString) seen = g_string_new(NULL);

    for (guint i = 0; i < items->len; i++)
        g_string_append_printf(seen, "%s%s", i ? " " : "", ((struct item *)items->pdata[i])->id);
    assert_string_equal(seen->str, expected);
}

static void what_was_moved_is_moved_in_the_backlog(void **state)
{
    write_items(*state, plain);
    check_replay(*state, "bcg32 c4x9d k7q2m t2h8k v5xmx", "v5xmx k7q2m bcg32 c4x9d t2h8k",
                 "v5xmx k7q2m bcg32 c4x9d t2h8k");
    check_replay(*state, "bcg32 c4x9d k7q2m t2h8k v5xmx", "bcg32 c4x9d k7q2m t2h8k v5xmx",
                 "bcg32 c4x9d k7q2m t2h8k v5xmx");
}

static void a_backlog_that_went_on_keeps_what_was_not_moved(void **state)
{
    write_items(*state, plain);
    /* k7q2m was added since, mm345 is gone, and t2h8k stood first. */
    check_replay(*state, "t2h8k bcg32 c4x9d mm345 v5xmx", "v5xmx t2h8k bcg32 c4x9d mm345",
                 "v5xmx bcg32 c4x9d k7q2m t2h8k");
    check_replay(*state, "t2h8k bcg32 c4x9d mm345 v5xmx", "t2h8k c4x9d mm345 bcg32 v5xmx",
                 "c4x9d bcg32 k7q2m t2h8k v5xmx");
    check_replay(*state, "mm345 c4x9d v5xmx", "v5xmx mm345 c4x9d", "v5xmx bcg32 c4x9d k7q2m t2h8k");
}

static void ten_thousand_lines_are_no_matter(void **state)
{
    g_autoptr(GRand) seeded = g_rand_new_with_seed(11);
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) base = g_string_new(NULL), text = g_string_new(NULL);
    g_autoptr(GPtrArray) findings = findings_new();

    for (guint i = 0; i < 10000; i++) {
        g_ptr_array_add(ids, g_strdup_printf("k%05u", i));
        g_string_append_printf(base, "k%05u  An item (new)\n", i);
    }
    move_some(seeded, ids, 10000);
    for (guint i = 0; i < ids->len; i++)
        g_string_append_printf(text, "%s  An item (new)\n", (char *)ids->pdata[i]);
    g_autoptr(GBytes) old = g_bytes_new(base->str, base->len), new = g_bytes_new(text->str, text->len);
    gint64 begun = g_get_monotonic_time();
    write_items(*state, plain);
    assert_true(order_check(old, new, findings));
    g_autoptr(GPtrArray) items = order_replay(((struct fixture *)*state)->backlog, old, new);
    assert_int_equal(items->len, 5);
    assert_true(g_get_monotonic_time() - begun < 5 * G_USEC_PER_SEC);
}

static void a_whole_order_becomes_drafts_of_what_moved(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;

    write_items(fixture, plain);
    g_autoptr(GPtrArray) items = order_items(fixture->backlog);
    g_autoptr(GPtrArray) none = order_drafts(fixture->backlog, items, &error);
    assert_int_equal(none->len, 0);
    g_ptr_array_insert(items, 1, g_ptr_array_steal_index(items, 4));
    g_autoptr(GPtrArray) drafts = order_drafts(fixture->backlog, items, &error);
    order_positions(fixture->backlog, drafts);
    g_autofree char *said = describe(drafts);
    assert_string_equal(said, "v5xmx moved 5 -> 2");
}

#define WITH_BACKLOG(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_comes_of_the_fewest_moves),
        cmocka_unit_test(the_order_that_is_asks_for_nothing),
        cmocka_unit_test(ten_thousand_items_are_no_matter),
        cmocka_unit_test(of_two_that_change_places_the_upper_one_stays),
        WITH_BACKLOG(one_item_goes_to_its_place),
        WITH_BACKLOG(of_neighbours_the_one_that_was_named_moves),
        WITH_BACKLOG(several_go_as_a_block_in_the_order_given),
        WITH_BACKLOG(of_a_block_those_that_stand_there_stay),
        WITH_BACKLOG(between_items_of_one_rank_the_fewest_get_another),
        WITH_BACKLOG(a_place_that_is_none_is_refused),
        WITH_BACKLOG(positions_are_those_of_open_items),
        WITH_BACKLOG(a_line_says_id_title_status_and_estimate),
        cmocka_unit_test(lines_may_stand_in_any_order),
        cmocka_unit_test(lines_that_are_new_doubled_or_missing_are_found),
        cmocka_unit_test(a_text_of_comments_is_empty),
        WITH_BACKLOG(what_was_moved_is_moved_in_the_backlog),
        WITH_BACKLOG(a_backlog_that_went_on_keeps_what_was_not_moved),
        WITH_BACKLOG(ten_thousand_lines_are_no_matter),
        WITH_BACKLOG(a_whole_order_becomes_drafts_of_what_moved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
