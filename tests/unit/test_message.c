#include "message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct message_part one[] = { { "k7q2m", "estimate 8 -> 5" } };
static const struct message_part two[] = { { "k7q2m", "status refining -> split" },
                                           { "t2h8k", "added: Filter by day" } };

static void check_print(const char *template, const struct message_part *parts, gsize n, const char *reason,
                        const char *const *trailers, const char *expected)
{
    g_autofree char *message = message_print(template, parts, n, NULL, reason, trailers);
    assert_string_equal(message, expected);
}

static void check_reason(const char *text, const char *id, const char *expected)
{
    g_autoptr(Message) message = message_parse(text);
    g_autofree char *reason = message_reason(message, id);
    if (expected)
        assert_string_equal(reason ? reason : "(none)", expected);
    else
        assert_null(reason);
}

/* Participants with ", " between. */
static void check_participants(const char *text, const char *expected)
{
    g_autoptr(Message) message = message_parse(text);
    g_autoptr(GString) all = g_string_new(NULL);
    const GPtrArray *persons = message_participants(message);
    for (guint i = 0; i < persons->len; i++)
        g_string_append_printf(all, "%s%s", i ? ", " : "", (const char *)persons->pdata[i]);
    assert_string_equal(all->str, expected);
}

/* -- printing -- */

static void one_item_is_its_subject(void **state)
{
    static const char *const trailers[] = { "Co-authored-by: Bo <bo@example.com>", NULL };

    check_print(NULL, one, 1, NULL, NULL, "k7q2m: estimate 8 -> 5\n");
    check_print("{subject}", one, 1, "Search is there already.\n\nOnly the filter is new.\n", trailers,
                "k7q2m: estimate 8 -> 5\n\nSearch is there already.\n\nOnly the filter is new.\n\n"
                "Co-authored-by: Bo <bo@example.com>\n");
    check_print("{subject}", one, 1, NULL, trailers,
                "k7q2m: estimate 8 -> 5\n\nCo-authored-by: Bo <bo@example.com>\n");
}

static void several_items_have_a_line_each(void **state)
{
    static const struct message_part same[] = { { "k7q2m", "moved" }, { "t2h8k", "moved" } };

    check_print(NULL, two, 2, "Too large for a sprint.", NULL,
                "2 items: k7q2m status refining -> split, …\n\n- k7q2m: status refining -> split\n"
                "- t2h8k: added: Filter by day\n\nToo large for a sprint.\n");
    const struct message_part new[] = { { "k7q2m", "added: Search" }, { "t2h8k", "added: Sort" } };
    check_print(NULL, new, 2, NULL, NULL, "2 items: added\n\n- k7q2m: added: Search\n- t2h8k: added: Sort\n");
    check_print(NULL, same, 2, NULL, NULL, "2 items: moved\n\n- k7q2m: moved\n- t2h8k: moved\n");
}

static void what_is_one_thing_is_the_subject(void **state)
{
    (void)state;
    const struct message_part gist = { "k7q2m", "split into t2h8k, h6j7k" };
    g_autofree char *message = message_print("chore: {subject}", two, 2, &gist, "Too large", NULL);
    g_autoptr(Message) read = message_parse(message);
    g_autofree char *first = message_reason(read, "k7q2m"), *second = message_reason(read, "t2h8k");

    assert_string_equal(message,
                        "chore: k7q2m: split into t2h8k, h6j7k\n\n"
                        "- k7q2m: status refining -> split\n- t2h8k: added: Filter by day\n\nToo large\n");
    assert_string_equal(first, "Too large");
    assert_string_equal(second, "Too large");
}

static void of_very_many_items_fifty_are_listed(void **state)
{
    struct message_part parts[52];
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        parts[i] = (struct message_part){ i == 49 ? "bcg32" : "k7q2m", "moved" };
    parts[50].id = "bcg33";
    g_autofree char *text = message_print(NULL, parts, G_N_ELEMENTS(parts), NULL, "By value.", NULL);
    assert_true(g_str_has_prefix(text, "52 items: moved\n\n- k7q2m: moved\n"));
    assert_true(g_str_has_suffix(text, "\n- bcg32: moved\nand 2 more\n\nBy value.\n"));
    assert_null(strstr(text, "bcg33"));
    check_reason(text, "bcg32", "By value.");
    check_reason(text, "bcg33", "By value.");
}

static void the_subject_follows_the_template(void **state)
{
    check_print("chore(backlog): {subject}", one, 1, NULL, NULL, "chore(backlog): k7q2m: estimate 8 -> 5\n");
    check_print("{subject} [skip ci]", one, 1, NULL, NULL, "k7q2m: estimate 8 -> 5 [skip ci]\n");
    check_print("backlog:", one, 1, NULL, NULL, "backlog: k7q2m: estimate 8 -> 5\n");
    check_print("", one, 1, NULL, NULL, "k7q2m: estimate 8 -> 5\n");
    check_print("two\nlines {subject}", one, 1, NULL, NULL,
                "two lines k7q2m: estimate 8 -> 5\n\n- k7q2m: estimate 8 -> 5\n");
}

static void a_long_subject_is_cut_and_said_whole_below(void **state)
{
    static const char changes[] =
        "title Filter search results -> Filter search results by date and category, also archived";
    static const struct message_part item = { "k7q2m", changes };
    static const char *const templates[] = { NULL, "chore(backlog): {subject}" };

    for (gsize i = 0; i < G_N_ELEMENTS(templates); i++) {
        g_autofree char *text = message_print(templates[i], &item, 1, NULL, "Orders count.", NULL);
        g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
        assert_true(g_utf8_strlen(lines[0], -1) <= MESSAGE_WIDTH);
        assert_true(g_utf8_strlen(lines[0], -1) > MESSAGE_WIDTH - 8);
        assert_true(g_str_has_suffix(lines[0], "…"));
        assert_string_equal(lines[1], "");
        g_autofree char *full = g_strconcat("- k7q2m: ", changes, NULL);
        assert_string_equal(lines[2], full);
        check_reason(text, "k7q2m", "Orders count.");
    }
}

static void changes_keep_room_behind_a_long_template(void **state)
{
    g_autofree char *prefix = g_strnfill(100, 'x'), *template = g_strconcat(prefix, ": {subject}", NULL);
    g_autofree char *text = message_print(template, one, 1, NULL, "Agreed.", NULL);
    g_autofree char *expected = g_strconcat(prefix, ": k7q2m: estimate 8 -> 5\n\n", NULL);
    assert_true(g_str_has_prefix(text, expected));
    check_reason(text, "k7q2m", "Agreed.");
}

static void lines_that_mean_more_are_indented(void **state)
{
    check_print(
        NULL, one, 1, "# heading\n---\n--- a/x\n----------\ndiff --git a b\nIndex: x\nt2h8k: no\nend", NULL,
        "k7q2m: estimate 8 -> 5\n\n # heading\n ---\n --- a/x\n ----------\n diff --git a b\n Index: x\n"
        " t2h8k: no\nend\n");
    check_print(
        NULL, one, 1, "chore(x): t2h8k: no\n3 items: no\nSigned-off-by: Eve <e@x>\n #1\nyes", NULL,
        "k7q2m: estimate 8 -> 5\n\n chore(x): t2h8k: no\n 3 items: no\n Signed-off-by: Eve <e@x>\n  #1\n"
        "yes\n");
}

static void ordinary_lines_are_left_as_they_are(void **state)
{
    static const char reason[] = "Result: 40 % fewer calls.\n\n- one\n- two\n  more\n\n    code\n"
                                 "https://example.com/#x -- see\nRejected: multiple choice\nFor k7q2m: no";
    g_autofree char *expected = g_strconcat("k7q2m: estimate 8 -> 5\n\n", reason, "\n", NULL);
    check_print(NULL, one, 1, reason, NULL, expected);
}

static void a_reason_never_ends_in_trailers(void **state)
{
    check_print(NULL, one, 1, "Why.\n\nRejected: 8\nAsked-of: Bo", NULL,
                "k7q2m: estimate 8 -> 5\n\nWhy.\n\n Rejected: 8\n Asked-of: Bo\n");
    check_print(NULL, one, 1, "Rejected: 8\n\nWhy.", NULL, "k7q2m: estimate 8 -> 5\n\nRejected: 8\n\nWhy.\n");
}

static void blank_space_is_as_git_leaves_it(void **state)
{
    check_print(NULL, one, 1, "\r\n \n  One  \r\n\t\r\n\n\n  two\t\rthree\n\n", NULL,
                "k7q2m: estimate 8 -> 5\n\nOne\n\n  two\nthree\n");
    check_print(NULL, one, 1, " \n\t", NULL, "k7q2m: estimate 8 -> 5\n");
    g_autofree char *clean = message_clean("\n\n  One \n\n\n---\n"), *none = message_clean(NULL);
    assert_string_equal(clean, "One\n\n---");
    assert_string_equal(none, "");
}

static void controls_and_stray_bytes_are_left_out(void **state)
{
    static const struct message_part bad[] = { { "k7q2m", "title a\nb\x1b[31m\tc\xe2\x80\xae" } };
    check_print(NULL, bad, 1, "x\x1b[2J\x07y\xc2\x9bz\xe2\x80\xa8next caf\xe9", NULL,
                "k7q2m: title a b[31m c\n\nx[2Jyz\nnext caf\xef\xbf\xbd\n");
}

static void trailers_are_one_clean_line(void **state)
{
    g_autofree char *wide = g_strnfill(3000, 'x'), *long_trailer = g_strconcat("Refs: ", wide, NULL);
    const char *const trailers[] = { "Co-authored-by: Bo\nSigned-off-by: Eve <e@x>",
                                     "Bad key: x",
                                     "-Bad: x",
                                     "Empty: \n ",
                                     "no colon",
                                     "Signed-off-by: Ana <a@x>",
                                     "Signed-off-by:  Ana <a@x> ",
                                     long_trailer,
                                     NULL };
    g_autofree char *text = message_print(NULL, one, 1, NULL, NULL, trailers);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    assert_string_equal(lines[2], "Co-authored-by: Bo Signed-off-by: Eve <e@x>");
    assert_string_equal(lines[3], "Signed-off-by: Ana <a@x>");
    assert_true(g_str_has_prefix(lines[4], "Refs: xxx"));
    assert_true(strlen(lines[4]) <= 1024 + strlen("Refs: "));
    assert_string_equal(lines[5], "");
    assert_null(lines[6]);
}

static void check_add(const char *message, const char *expected)
{
    g_autofree char *text = message_add_trailer(message, "Signed-off-by", "Ana <a@x>");
    assert_string_equal(text, expected);
}

static void a_trailer_is_added_as_git_does(void **state)
{
    check_add("k7q2m: moved\n", "k7q2m: moved\n\nSigned-off-by: Ana <a@x>\n");
    check_add("k7q2m: moved\n\nWhy.\n\n\n", "k7q2m: moved\n\nWhy.\n\nSigned-off-by: Ana <a@x>\n");
    check_add("k7q2m: moved\n\nCo-authored-by: Bo <b@x>",
              "k7q2m: moved\n\nCo-authored-by: Bo <b@x>\nSigned-off-by: Ana <a@x>\n");
    check_add("k7q2m: moved\n\nSigned-off-by: Ana <a@x>\n", "k7q2m: moved\n\nSigned-off-by: Ana <a@x>\n");
    check_add("k7q2m: moved\n\nSigned-off-by: Ana <a@x>\nRefs: 1\n",
              "k7q2m: moved\n\nSigned-off-by: Ana <a@x>\nRefs: 1\nSigned-off-by: Ana <a@x>\n");
    check_add("2 items: moved\n\n- k7q2m: moved\n- t2h8k: moved\n",
              "2 items: moved\n\n- k7q2m: moved\n- t2h8k: moved\n\nSigned-off-by: Ana <a@x>\n");
}

/* -- reading -- */

static void the_reason_stands_behind_the_header(void **state)
{
    check_reason("k7q2m: estimate 8 -> 5\n\nWhy.\n\nAnd more.\n\nCo-authored-by: Bo <b@x>\n", "k7q2m",
                 "Why.\n\nAnd more.");
    check_reason("k7q2m: estimate 8 -> 5\n", "k7q2m", NULL);
    check_reason("k7q2m: estimate 8 -> 5\n\nWhy.\n", "t2h8k", NULL);
    check_reason("k7q2m: estimate 8 -> 5\n\nCo-authored-by: Bo <b@x>\n", "k7q2m", NULL);
    check_reason("k7q2m: estimate 8 -> 5\r\n\r\nWhy.\r\n", "k7q2m", "Why.");
}

static void a_prefix_hides_no_header(void **state)
{
    static const char *const prefixes[] = {
        "chore(backlog): ",
        "chore: ",
        "* ",
        "- ",
        "* chore(backlog)!: ",
        "[refine bot] ",
        "PROJ-12 ",
        "📋 ",
        ":memo: ",
        "| ",
        "#12 ",
        "fixup! ",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++) {
        g_autofree char *text = g_strconcat(prefixes[i], "k7q2m: moved (#7)\n\nWhy.\n", NULL);
        check_reason(text, "k7q2m", "Why.");
    }
    check_reason("As for k7q2m: moved\n\nWhy.\n", "t2h8k", "As for k7q2m: moved\n\nWhy.");
    check_reason("see https: //k7q2m\n", "k7q2m", "see https: //k7q2m");
}

static void a_reason_belongs_to_all_headers_above_it(void **state)
{
    static const char group[] = "2 items: moved\n\n- k7q2m: moved\n- t2h8k: moved\n\nBy value.\n";

    check_reason(group, "k7q2m", "By value.");
    check_reason(group, "t2h8k", "By value.");
    check_reason(group, "c4x9d", NULL);
    check_reason("k7q2m: moved\nt2h8k: moved\n\nBy value.\n", "k7q2m", "By value.");
    check_reason("k7q2m: moved\n\nt2h8k: moved\n\nBy value.\n", "k7q2m", NULL);
    check_reason("3 items: after the customer's visit\n\nBy value.\n", "c4x9d", "By value.");
}

static void a_message_by_hand_is_all_reason(void **state)
{
    check_reason("Estimates of Tuesday\n\nThe cache is there.\n\nSigned-off-by: Ana <a@x>\n", "k7q2m",
                 "Estimates of Tuesday\n\nThe cache is there.");
    check_reason("docs: estimates\n", "k7q2m", "docs: estimates");
    check_reason("", "k7q2m", NULL);
}

static const char squash_github[] =
    "Refine search (#31)\n\n* k7q2m: estimate 8 -> 5\n\nThe cache is there.\n\n- one\n- two\n\n"
    "Co-authored-by: Bo <bo@x>\n\n* Fix a typo\n\nIt said serach.\n\n* 2 items: moved\n\n- t2h8k: moved\n"
    "- c4x9d: moved\n\nBy value.\n\n* k7q2m: status refining -> ready\n\nAll answered.\n\n---------\n\n"
    "Co-authored-by: Cy <cy@x>\nCo-authored-by: bo <BO@x>\n";

static void a_squash_of_github_keeps_all(void **state)
{
    check_reason(squash_github, "k7q2m", "The cache is there.\n\n- one\n- two\n\nAll answered.");
    check_reason(squash_github, "t2h8k", "By value.");
    check_reason(squash_github, "c4x9d", "By value.");
    check_reason(squash_github, "m4n5p", NULL);
    check_participants(squash_github, "Bo <bo@x>, Cy <cy@x>");
}

static void a_squash_of_gitlab_keeps_all(void **state)
{
    static const char text[] =
        "Refine search\n\n* k7q2m: estimate 8 -> 5\n\n  The cache is there.\n\n"
        "   --- old\n  Co-authored-by: Bo <bo@x>\n\n* Fix a typo\n\n  It said serach.\n\n"
        "* 2 items: moved\n\n  - t2h8k: moved\n  - c4x9d: moved\n\n  By value.\n\n"
        "See merge request shop/till!7\n";
    check_reason(text, "k7q2m", "The cache is there.\n\n--- old\nCo-authored-by: Bo <bo@x>");
    check_reason(text, "t2h8k", "By value.");
    check_participants(text, "Bo <bo@x>");
}

static void a_squash_of_git_keeps_all(void **state)
{
    static const char text[] =
        "Squashed commit of the following:\n\n"
        "commit 3f2a9c13f2a9c13f2a9c13f2a9c13f2a9c13f2a9\nAuthor: Bo <bo@x>\nDate:   Sat Nov 21 09:00:00 "
        "2026\n"
        "\n    t2h8k: moved\n    \n    By value.\n\n     # 2\n    \n    Co-authored-by: Cy <cy@x>\n\n"
        "commit 4f2a9c13f2a9c13f2a9c13f2a9c13f2a9c13f2a9\nMerge: 1 2\nAuthor: Ana <a@x>\nDate:   Sat\n\n"
        "    Fix a typo\n\n    It said serach.\n\n"
        "commit 5f2a9c13f2a9c13f2a9c13f2a9c13f2a9c13f2a9\nAuthor: Bo <bo@x>\nDate:   Sat\n\n"
        "    k7q2m: moved\n    \n    Before the sale.\n";
    check_reason(text, "t2h8k", "By value.\n\n# 2");
    check_reason(text, "k7q2m", "Before the sale.");
    check_participants(text, "Bo <bo@x>, Ana <a@x>, Cy <cy@x>");
}

static void a_rebase_that_squashes_keeps_all(void **state)
{
    static const char text[] =
        "k7q2m: moved\n\nBefore the sale.\n\nCo-authored-by: Bo <bo@x>\n\n"
        "t2h8k: estimate 3\n\nCo-authored-by: Cy <cy@x>\n\nk7q2m: estimate 5\n\nSmall.\n";
    check_reason(text, "k7q2m", "Before the sale.\n\nSmall.");
    check_reason(text, "t2h8k", NULL);
    check_participants(text, "Bo <bo@x>, Cy <cy@x>");
}

static void only_trailers_make_participants(void **state)
{
    check_participants("x\n\n Co-authored-by: Eve <e@x>\nco-authored-by : Bo <b@x>\nCo-authored-by:\n"
                       "Co-authored-bye: Eve <e@x>\nSigned-off-by: Eve <e@x>\n",
                       "Bo <b@x>");
}

/* -- what is printed is read again -- */

static const char *const fragments[] = {
    "Search is there already.",
    "",
    "",
    " ",
    "---",
    "--- a/x",
    "---------",
    "diff --git a/x b/x",
    "Index: x",
    "Signed-off-by: Eve <eve@x>",
    "Co-authored-by: Eve <eve@x>",
    " Co-authored-by: Eve <eve@x>",
    "(cherry picked from commit 3f2a9c1)",
    "Reason: x",
    "Reason : x",
    "  folded",
    "# comment",
    "#",
    "k7q2m: estimate 8 -> 5",
    " t2h8k: x",
    "c4x9d:",
    "* t2h8k: x",
    "chore(backlog): k7q2m: y",
    "2 items: x",
    "and 2 more",
    "* point",
    "- point",
    " * point",
    "commit 3f2a9c13f2a9c1",
    "Author: Eve <eve@x>",
    "\ttab",
    "\t---",
    "é — “x”",
    "\x1b[31m",
    "\r",
    "    code",
    "Conflicts:",
    "\tfile",
};

static char *random_reason(GRand *random)
{
    GString *text = g_string_new(NULL);
    for (int i = g_rand_int_range(random, 0, 9); i > 0; i--) {
        g_string_append(text, fragments[g_rand_int_range(random, 0, G_N_ELEMENTS(fragments))]);
        g_string_append(text, g_rand_int_range(random, 0, 9) ? "\n" : "\r\n");
    }
    return g_string_free(text, FALSE);
}

static const char *const ids[] = { "k7q2m", "t2h8k", "c4x9d" };
static const char *const templates[] = { NULL, "chore(backlog): {subject}", "{subject} (x)",
                                         "Our {subject}" };

/* A message of n items with the reason, by one of that many templates. */
static char *random_message(GRand *random, int kinds, const char *reason, gsize n,
                            const char *const *trailers)
{
    static const char *const changes[] = {
        "moved", "estimate 8 -> 5, labels +search",
        "title Filter -> Filter search results by date and by category and", ""
    };
    struct message_part parts[3];
    for (gsize i = 0; i < n; i++)
        parts[i] = (struct message_part){ ids[i], changes[g_rand_int_range(random, 0, 4)] };
    return message_print(templates[g_rand_int_range(random, 0, kinds)], parts, n, NULL, reason, trailers);
}

static const char *const persons[] = { "Co-authored-by: Bo <bo@x>", "Co-authored-by: Cy <cy@x>", NULL };

static void any_reason_is_read_back(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(20261121);
    for (int i = 0; i < 30000; i++) {
        gsize n = (gsize)g_rand_int_range(random, 1, 4);
        gboolean with = g_rand_boolean(random);
        g_autofree char *reason = random_reason(random), *clean = message_clean(reason);
        g_autofree char *text = random_message(random, 4, reason, n, with ? persons : NULL);
        for (gsize j = 0; j < n; j++)
            check_reason(text, ids[j], *clean ? clean : NULL);
        check_participants(text, with ? "Bo <bo@x>, Cy <cy@x>" : "");
    }
}

enum style { GITHUB, GITLAB, GIT, REBASE };

static void append_squashed(GString *squash, enum style style, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    if (style == GIT)
        g_string_append(squash, "commit 3f2a9c13f2a9c1\nAuthor: Bo <bo@x>\nDate:   Sat Nov 21\n\n");
    for (gsize i = 0; lines[i] && (lines[i + 1] || *lines[i]); i++) {
        const char *before = style == GIT                                   ? "    "
                             : style != REBASE && i == 0                    ? "* "
                             : style == GITLAB && (*lines[i] || i % 2 == 1) ? "  "
                                                                            : "";
        g_string_append_printf(squash, "%s%s\n", before, lines[i]);
    }
    g_string_append_c(squash, '\n');
}

/* Every reason, once each and in order, and with them each participant. */
static void any_squash_keeps_reasons_and_participants(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(42);
    for (int i = 0; i < 20000; i++) {
        enum style style = (enum style)g_rand_int_range(random, 0, 4);
        g_autoptr(GString) squash = g_string_new(style == REBASE ? "" : "Refine search\n\n");
        g_autoptr(GPtrArray) expected = g_ptr_array_new_with_free_func(g_free);
        gboolean with = FALSE;
        for (int j = g_rand_int_range(random, 1, 4); j > 0; j--) {
            gboolean with_this = g_rand_boolean(random);
            g_autofree char *reason = random_reason(random), *clean = message_clean(reason);
            g_autofree char *text =
                random_message(random, style == GIT ? 4 : 3, reason, 1, with_this ? persons : NULL);
            append_squashed(squash, style, text);
            with |= with_this;
            if (*clean && !g_ptr_array_find_with_equal_func(expected, clean, g_str_equal, NULL))
                g_ptr_array_add(expected, g_steal_pointer(&clean));
        }
        g_ptr_array_add(expected, NULL);
        g_autofree char *all = g_strjoinv("\n\n", (char **)expected->pdata);
        check_reason(squash->str, "k7q2m", *all ? all : NULL);
        check_participants(squash->str, with ? "Bo <bo@x>, Cy <cy@x>" : style == GIT ? "Bo <bo@x>" : "");
    }
}

/* What git takes for the trailers of text; NULL where there is no git. */
static char *git_trailers(const char *text)
{
    const char *words[] = { "sh", "-c", "printf %s \"$0\" | git interpret-trailers --parse", text, NULL };
    g_autofree char *git = g_find_program_in_path("git");
    char *output = NULL;
    if (git)
        assert_true(g_spawn_sync(NULL, (char **)words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL,
                                 NULL, NULL));
    return output;
}

static void git_sees_the_trailers_and_no_other(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    for (int i = 0; i < 400; i++) {
        gboolean with = g_rand_boolean(random);
        gsize n = (gsize)g_rand_int_range(random, 1, 4);
        g_autofree char *reason = random_reason(random);
        g_autofree char *text = random_message(random, 4, reason, n, with ? persons : NULL);
        g_autofree char *found = git_trailers(text);
        if (!found)
            skip();
        assert_string_equal(found, with ? "Co-authored-by: Bo <bo@x>\nCo-authored-by: Cy <cy@x>\n" : "");
        g_autofree char *signed_off = message_add_trailer(text, "Signed-off-by", "Ana <a@x>");
        g_autofree char *again = message_add_trailer(signed_off, "Signed-off-by", "Ana <a@x>");
        g_autofree char *expected = g_strconcat(found, "Signed-off-by: Ana <a@x>\n", NULL);
        g_autofree char *seen = git_trailers(signed_off);
        assert_string_equal(seen, expected);
        assert_string_equal(signed_off, again);
    }
}

static void a_large_hostile_message_is_read_in_time(void **state)
{
    static const char *const lines[] = { "commit 3f2a9c13f2a9c1\n",
                                         "* k7q2m: x\n",
                                         "Co-authored-by: a <b@x>\n",
                                         "2 items: x\n\n\n",
                                         "      \n",
                                         "---\n",
                                         "a: b\n" };
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        while (text->len < 1000000)
            g_string_append(text, lines[i]);
        gint64 start = g_get_monotonic_time();
        g_autoptr(Message) message = message_parse(text->str);
        g_autofree char *reason = message_reason(message, "k7q2m");
        assert_true(g_get_monotonic_time() - start < 5 * G_USEC_PER_SEC);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_item_is_its_subject),
        cmocka_unit_test(several_items_have_a_line_each),
        cmocka_unit_test(what_is_one_thing_is_the_subject),
        cmocka_unit_test(of_very_many_items_fifty_are_listed),
        cmocka_unit_test(the_subject_follows_the_template),
        cmocka_unit_test(a_long_subject_is_cut_and_said_whole_below),
        cmocka_unit_test(changes_keep_room_behind_a_long_template),
        cmocka_unit_test(lines_that_mean_more_are_indented),
        cmocka_unit_test(ordinary_lines_are_left_as_they_are),
        cmocka_unit_test(a_reason_never_ends_in_trailers),
        cmocka_unit_test(blank_space_is_as_git_leaves_it),
        cmocka_unit_test(controls_and_stray_bytes_are_left_out),
        cmocka_unit_test(trailers_are_one_clean_line),
        cmocka_unit_test(a_trailer_is_added_as_git_does),
        cmocka_unit_test(the_reason_stands_behind_the_header),
        cmocka_unit_test(a_prefix_hides_no_header),
        cmocka_unit_test(a_reason_belongs_to_all_headers_above_it),
        cmocka_unit_test(a_message_by_hand_is_all_reason),
        cmocka_unit_test(a_squash_of_github_keeps_all),
        cmocka_unit_test(a_squash_of_gitlab_keeps_all),
        cmocka_unit_test(a_squash_of_git_keeps_all),
        cmocka_unit_test(a_rebase_that_squashes_keeps_all),
        cmocka_unit_test(only_trailers_make_participants),
        cmocka_unit_test(any_reason_is_read_back),
        cmocka_unit_test(any_squash_keeps_reasons_and_participants),
        cmocka_unit_test(git_sees_the_trailers_and_no_other),
        cmocka_unit_test(a_large_hostile_message_is_read_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
