/* The three-way merge of texts: what merges, what does not, and that no byte of a line is touched. */
#include "merge3.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BASE "title: Filter\nid: k7q2m\nrank: nc\ntype: story\nstatus: new\ncreated: 2026-11-20\n"

static const struct merge_labels labels = { .ours = "yours", .theirs = "the file", .base = "before" };

static GBytes *merge(const char *base, const char *ours, const char *theirs, GError **error)
{
    g_autoptr(GBytes) one = g_bytes_new(base, strlen(base)), two = g_bytes_new(ours, strlen(ours));
    g_autoptr(GBytes) three = g_bytes_new(theirs, strlen(theirs));
    return merge3_text(one, two, three, error);
}

/* Checks the merge both ways round. */
static void check(const char *base, const char *ours, const char *theirs, const char *expected)
{
    for (int turn = 0; turn < 2; turn++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) merged = merge(base, turn ? theirs : ours, turn ? ours : theirs, &error);
        if (!merged)
            fail_msg("%s", error->message);
        gsize length;
        const char *text = g_bytes_get_data(merged, &length);
        assert_int_equal(length, strlen(expected));
        if (length)
            assert_memory_equal(text, expected, length);
    }
}

static void check_conflict(const char *base, const char *ours, const char *theirs)
{
    for (int turn = 0; turn < 2; turn++) {
        g_autoptr(GError) error = NULL;
        assert_null(merge(base, turn ? theirs : ours, turn ? ours : theirs, &error));
        assert_true(g_error_matches(error, MERGE3_ERROR, MERGE3_ERROR_CONFLICT));
    }
}

static void what_one_side_changed_is_taken(void **state)
{
    check(BASE, BASE, BASE, BASE);
    check(BASE, BASE, "all\nnew\n", "all\nnew\n");
    check(BASE, BASE, "", "");
    check("", "", "a\n", "a\n");
    check("a\n", "", "", "");
}

static void changes_apart_merge(void **state)
{
    check(BASE,
          "title: Filter the orders\nid: k7q2m\nrank: nc\ntype: story\nstatus: new\ncreated: 2026-11-20\n",
          "title: Filter\nid: k7q2m\nrank: nc\ntype: story\nstatus: refining\ncreated: 2026-11-20\n",
          "title: Filter the orders\nid: k7q2m\nrank: nc\ntype: story\nstatus: refining\ncreated: "
          "2026-11-20\n");
    check("a\nb\nc\nd\ne\n", "a\nb\nc\nd\ne\nf\n", "b\nc\nd\ne\n", "b\nc\nd\ne\nf\n");
    check("a\nb\nc\nd\ne\n", "a\nx\nb\nc\nd\ne\n", "a\nb\nc\nd\ny\ne\n", "a\nx\nb\nc\nd\ny\ne\n");
}

static void what_both_did_alike_is_done_once(void **state)
{
    check("a\nb\nc\n", "a\nB\nc\n", "a\nB\nc\n", "a\nB\nc\n");
    check("a\nb\nc\nd\n", "a\nB\nc\nd\n", "a\nB\nc\nD\n", "a\nB\nc\nD\n");
    check("a\nb\nc\nd\n", "a\nc\nd\n", "a\nc\nd\ne\n", "a\nc\nd\ne\n");
}

static void the_same_lines_changed_otherwise_conflict(void **state)
{
    check_conflict("a\nb\nc\n", "a\nx\nc\n", "a\ny\nc\n");
    check_conflict("a\nb\nc\n", "a\nc\n", "a\ny\nc\n");
    check_conflict("", "a\n", "b\n");
    check_conflict("a\nb\n", "x\nb\n", "a\ny\n");
    check_conflict("a\n", "a\nb\n", "a\nc\n");
}

static void line_endings_and_a_byte_order_mark_are_kept(void **state)
{
    check("\xef\xbb\xbf"
          "a\r\nb\r\nc\r\nd\r\n",
          "\xef\xbb\xbf"
          "A\r\nb\r\nc\r\nd\r\n",
          "\xef\xbb\xbf"
          "a\r\nb\r\nc\r\nD\r\n",
          "\xef\xbb\xbf"
          "A\r\nb\r\nc\r\nD\r\n");
    check("a\r\nb\nc\r\nd\n", "x\r\nb\nc\r\nd\n", "a\r\nb\nc\r\ny\n", "x\r\nb\nc\r\ny\n");
    check("a\nb\rc\nd\ne\n", "a\nb\rc\nd\nE\n", "A\nb\rc\nd\ne\n", "A\nb\rc\nd\nE\n");
    check_conflict("a\nb\nc\n", "a\r\nb\r\nc\r\n", "a\nx\nc\n");
}

static void a_missing_last_newline_is_a_byte_like_any(void **state)
{
    check("a\nb\nc", "x\nb\nc", "a\nb\nc\n", "x\nb\nc\n");
    check("a\nb\nc\n", "x\nb\nc\n", "a\nb\nc", "x\nb\nc");
    check("a\nb\nc", "x\nb\nc", "a\nb\ny", "x\nb\ny");
    check("a\nb\nc", "a\nb\nc\nd", "x\nb\nc", "x\nb\nc\nd");
    check("a\nm\nb\nc", "a\nm\nb", "x\nm\nb\nc", "x\nm\nb");
    check_conflict("a\nb\nc", "a\nb\nc\n", "a\nb\nd");
    check_conflict("a", "a\nb", "a\nc");
}

static void a_nul_byte_makes_a_text_no_lines(void **state)
{
    g_autoptr(GBytes) base = g_bytes_new_static("a\nb\0\nc\nd\n", 9);
    g_autoptr(GBytes) ours = g_bytes_new_static("A\nb\0\nc\nd\n", 9);
    g_autoptr(GBytes) theirs = g_bytes_new_static("a\nb\0\nc\nD\n", 9);
    g_autoptr(GError) error = NULL;

    assert_null(merge3_text(base, ours, theirs, &error));
    assert_true(g_error_matches(error, MERGE3_ERROR, MERGE3_ERROR_CONFLICT));
    g_autoptr(GBytes) same = merge3_text(base, ours, base, NULL);
    assert_true(same && g_bytes_equal(same, ours));
    assert_null(merge3_marked(base, ours, theirs, &labels, NULL));
}

static void check_marked_so(const char *base, const char *ours, const char *theirs,
                            const struct merge_labels *how, const char *expected)
{
    g_autoptr(GBytes) one = g_bytes_new(base, strlen(base)), two = g_bytes_new(ours, strlen(ours));
    g_autoptr(GBytes) three = g_bytes_new(theirs, strlen(theirs));
    g_autoptr(GBytes) merged = merge3_marked(one, two, three, how, NULL);
    assert_int_equal(g_bytes_get_size(merged), strlen(expected));
    assert_memory_equal(g_bytes_get_data(merged, NULL), expected, strlen(expected));
}

static void check_marked(const char *base, const char *ours, const char *theirs, const char *expected)
{
    check_marked_so(base, ours, theirs, &labels, expected);
}

static void a_conflict_can_be_marked_for_a_person(void **state)
{
    check_marked("a\nb\nc\nd\n", "a\nx\nc\nd\n", "a\ny\nc\nD\n",
                 "a\n<<<<<<< yours\nx\n=======\ny\n>>>>>>> the file\nc\nD\n");
    check_marked("a\r\nb\r\n", "a\r\nx\r\n", "a\r\ny\r\n",
                 "a\r\n<<<<<<< yours\r\nx\r\n=======\r\ny\r\n>>>>>>> the file\r\n");
    check_marked("a\nm\nb\n", "A\nm\nb\n", "a\nm\nB\n", "A\nm\nB\n");
}

static void markers_can_be_longer_and_show_what_was_there(void **state)
{
    struct merge_labels more = labels;

    more.size = 9;
    more.diff3 = TRUE;
    check_marked_so("a\nb\n", "a\nx\n", "a\ny\n", &more,
                    "a\n<<<<<<<<< yours\nx\n||||||||| before\nb\n=========\ny\n>>>>>>>>> the file\n");
}

/* Lines in a text by bits: bit i of changed replaces line i, of dropped takes it out, of added puts one
 * behind it. */
static char *make(guint changed, guint dropped, guint added, char mark)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < 8; i++) {
        if (!(dropped >> i & 1))
            g_string_append_printf(text, changed >> i & 1 ? "%u %c\n" : "%u\n", i, mark);
        if (added >> i & 1)
            g_string_append_printf(text, "%u + %c\n", i, mark);
    }
    return g_string_free(text, FALSE);
}

/* Where a merge is given, every line that one side alone touched is as that side left it. */
static void a_merge_loses_no_change(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(20261121);
    g_autofree char *base = make(0, 0, 0, ' ');
    guint merges = 0;

    for (int round = 0; round < 400; round++) {
        guint touched = g_rand_int(random) & 0xff, side = g_rand_int(random) & 0xff;
        guint a = touched & side, b = touched & ~side, kind = g_rand_int(random) & 0xff;
        guint kind2 = ~kind & g_rand_int(random) & 0xff, kind3 = ~kind & ~kind2;
        g_autofree char *ours = make(a & kind, a & kind2, a & kind3, 'x');
        g_autofree char *theirs = make(b & kind, b & kind2, b & kind3, 'y');
        g_autoptr(GBytes) merged = merge(base, ours, theirs, NULL);
        if (!merged)
            continue;
        g_autoptr(GString) expected = g_string_new(NULL);
        for (guint i = 0; i < 8; i++) {
            char mark = a >> i & 1 ? 'x' : 'y';
            gboolean there = !((a | b) & kind2 & 1U << i);
            if (there)
                g_string_append_printf(expected, (a | b) & kind & 1U << i ? "%u %c\n" : "%u\n", i, mark);
            if ((a | b) & kind3 & 1U << i)
                g_string_append_printf(expected, "%u + %c\n", i, mark);
        }
        assert_int_equal(g_bytes_get_size(merged), expected->len);
        if (expected->len)
            assert_memory_equal(g_bytes_get_data(merged, NULL), expected->str, expected->len);
        merges++;
    }
    assert_true(merges > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_one_side_changed_is_taken),
        cmocka_unit_test(changes_apart_merge),
        cmocka_unit_test(what_both_did_alike_is_done_once),
        cmocka_unit_test(the_same_lines_changed_otherwise_conflict),
        cmocka_unit_test(line_endings_and_a_byte_order_mark_are_kept),
        cmocka_unit_test(a_missing_last_newline_is_a_byte_like_any),
        cmocka_unit_test(a_nul_byte_makes_a_text_no_lines),
        cmocka_unit_test(a_conflict_can_be_marked_for_a_person),
        cmocka_unit_test(markers_can_be_longer_and_show_what_was_there),
        cmocka_unit_test(a_merge_loses_no_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
