/* The merge of one item: the rule of every field, what conflicts and how, and what is kept of the layout. */
#include "merge_item.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct merge_labels labels = { .ours = "ours", .theirs = "theirs", .base = "base" };

static struct item_merge *merge_as(const char *base, const char *ours, const char *theirs,
                                   const struct merge_labels *how)
{
    g_autoptr(GBytes) one = g_bytes_new(base, strlen(base)), two = g_bytes_new(ours, strlen(ours));
    g_autoptr(GBytes) three = g_bytes_new(theirs, strlen(theirs));
    g_autoptr(GError) error = NULL;
    struct item_merge *merge = item_merge_new(NULL, one, two, three, how, &error);

    if (!merge)
        fail_msg("%s", error->message);
    return merge;
}

static struct item_merge *merge(const char *base, const char *ours, const char *theirs)
{
    return merge_as(base, ours, theirs, &labels);
}

static void check_text(const struct item_merge *merge, const char *expected)
{
    g_autofree char *text = g_strndup(g_bytes_get_data(merge->bytes, NULL), g_bytes_get_size(merge->bytes));
    assert_string_equal(text, expected);
}

/* The conflicts, by what they are about, with spaces between. */
static void check_conflicts(const struct item_merge *merge, const char *expected)
{
    g_autoptr(GString) whats = g_string_new(NULL);
    for (guint i = 0; i < merge->conflicts->len; i++)
        g_string_append_printf(whats, "%s%s", i ? ", " : "",
                               ((struct merge_conflict *)merge->conflicts->pdata[i])->what);
    assert_string_equal(whats->str, expected);
}

static void check_whole(const char *base, const char *ours, const char *theirs, const char *expected)
{
    g_autoptr(ItemMerge) made = merge(base, ours, theirs);
    check_conflicts(made, "");
    check_text(made, expected);
    assert_false(made->by_lines);
}

static char *front(const char *lines)
{
    return g_strdup_printf("---\ntitle: Filter\n%s---\n\n## Story\n\nWords.\n", lines);
}

static char *body(const char *lines)
{
    return g_strdup_printf("---\ntitle: Filter\n---\n\n%s", lines);
}

/* Checks the merge of lines of the front matter, or of the body, both ways round where turned. */
static void check(char *(*make)(const char *), gboolean turned, const char *base, const char *ours,
                  const char *theirs, const char *expected)
{
    g_autofree char *one = make(base), *two = make(ours), *three = make(theirs), *four = make(expected);
    check_whole(one, two, three, four);
    if (turned)
        check_whole(one, three, two, four);
}

static void check_disputed(char *(*make)(const char *), const char *base, const char *ours,
                           const char *theirs, const char *whats, const char *expected)
{
    g_autofree char *one = make(base), *two = make(ours), *three = make(theirs), *four = make(expected);
    g_autoptr(ItemMerge) made = merge(one, two, three);
    check_conflicts(made, whats);
    check_text(made, four);
    assert_false(made->by_lines);
}

/* -- fields -- */

static void different_fields_merge_on_neighbouring_lines(void **state)
{
    check(front, TRUE, "type: story\nestimate: 5\nowner: ana\n", "type: bug\nestimate: 5\nowner: bo\n",
          "type: story\nestimate: 8\nowner: ana\n", "type: bug\nestimate: 8\nowner: bo\n");
    check(front, TRUE, "type: story\nestimate: 5\n", "type: story\n", "type: bug\nestimate: 5\n",
          "type: bug\n");
}

static void keys_added_on_both_sides_stand_in_the_order_of_the_table(void **state)
{
    check(front, TRUE, "type: story\n", "type: story\nparent: k7q2m\n", "type: story\nestimate: 5\n",
          "type: story\nestimate: 5\nparent: k7q2m\n");
    check(front, FALSE, "", "x-b: 1\n", "x-a: 2\n", "x-b: 1\nx-a: 2\n");
    check(front, TRUE, "", "estimate: 5\n", "estimate: 5\n", "estimate: 5\n");
}

static void a_value_changed_differently_is_marked_alone(void **state)
{
    check_disputed(front, "type: story\nestimate: 5\nowner: ana\n", "type: story\nestimate: 8\nowner: bo\n",
                   "type: bug\nestimate: 3\nowner: ana\n", "estimate",
                   "type: bug\n<<<<<<< ours\nestimate: 8\n=======\nestimate: 3\n>>>>>>> theirs\nowner: bo\n");
    check_disputed(front, "estimate: 5\n", "", "estimate: 3\n", "estimate",
                   "<<<<<<< ours\n=======\nestimate: 3\n>>>>>>> theirs\n");
    check_disputed(front, "", "created: 2026-11-20\n", "created: 2026-11-21\n", "created",
                   "<<<<<<< ours\ncreated: 2026-11-20\n=======\ncreated: 2026-11-21\n>>>>>>> theirs\n");
}

static void a_conflict_names_its_values(void **state)
{
    g_autofree char *base = front("estimate: 5\n"), *ours = front("estimate: 8\n"), *theirs = front("");
    g_autoptr(ItemMerge) made = merge(base, ours, theirs);
    const struct merge_conflict *conflict = made->conflicts->pdata[0];

    assert_string_equal(conflict->base, "5");
    assert_string_equal(conflict->ours, "8");
    assert_null(conflict->theirs);
}

static void markers_follow_the_labels(void **state)
{
    const struct merge_labels wide = { "main", "topic", "before", 9, TRUE };
    g_autofree char *base = front("estimate: 5\n"), *ours = front("estimate: 8\n"),
                    *theirs = front("estimate: 3\n");
    g_autofree char *expected = front("<<<<<<<<< main\nestimate: 8\n||||||||| before\nestimate: 5\n"
                                      "=========\nestimate: 3\n>>>>>>>>> topic\n");
    g_autoptr(ItemMerge) made = merge_as(base, ours, theirs, &wide);

    check_text(made, expected);
}

static void quotes_and_comments_are_no_change_of_the_value(void **state)
{
    check(front, TRUE, "estimate: 5\n", "estimate: \"5\"\n", "estimate: 8\n", "estimate: 8\n");
    check(front, TRUE, "estimate: 5\n", "estimate: 5 # agreed\n", "estimate: 8\n", "estimate: 8 # agreed\n");
    check(front, TRUE, "estimate: 5\n", "estimate: 8\n", "estimate: '8'\n", "estimate: 8\n");
    check(front, TRUE, "# size\nestimate: 5\n", "# how much\nestimate: 5\n", "# size\nestimate: 8\n",
          "# how much\nestimate: 8\n");
    check(front, TRUE, "estimate: 5\nowner: ana\n", "estimate: 5\n\n# who\nowner: ana\n",
          "estimate: 8\nowner: bo\n", "estimate: 8\n\n# who\nowner: bo\n");
}

static void a_comment_does_not_go_with_what_the_other_side_removed(void **state)
{
    check_disputed(front, "type: story\nestimate: 5\n", "type: story\n# a guess\nestimate: 5\n",
                   "type: story\n", "estimate",
                   "type: story\n# a guess\n<<<<<<< ours\nestimate: 5\n=======\n>>>>>>> theirs\n");
    check_disputed(front, "type: story\nestimate: 5\n", "type: story\n",
                   "type: story\nestimate: 5 # a guess\n", "estimate",
                   "type: story\n<<<<<<< ours\n=======\nestimate: 5 # a guess\n>>>>>>> theirs\n");
    check_disputed(
        front, "type: story\nlabels:\n  - ui\n  - api\n", "type: story\n",
        "type: story\nlabels:\n  - ui\n  # the web\n  - api\n", "labels",
        "type: story\n<<<<<<< ours\n=======\nlabels:\n  - ui\n  # the web\n  - api\n>>>>>>> theirs\n");
    check(front, TRUE, "type: story\n# a guess\nestimate: 5\n", "type: story\n",
          "type: story\n# a guess\nestimate: \"5\"\n", "type: story\n");
}

static void an_empty_value_is_none(void **state)
{
    check(front, TRUE, "", "estimate:\n", "estimate: 5\n", "estimate: 5\n");
    check(front, TRUE, "estimate:\n", "", "estimate: 5\n", "estimate: 5\n");
}

static void of_two_moves_the_smaller_rank_stands(void **state)
{
    check(front, TRUE, "rank: nm\n", "rank: nb\n", "rank: nm\n", "rank: nb\n");
    check(front, TRUE, "rank: nm\n", "rank: nc\n", "rank: nb\n", "rank: nb\n");
    check(front, TRUE, "rank: nm\n", "rank: pbb\n", "rank: nx\n", "rank: nx\n");
    check(front, TRUE, "", "rank: pbb\n", "rank: nx\n", "rank: nx\n");
    check(front, TRUE, "rank: nm\n", "", "rank: nx\n", "rank: nx\n");
    check(front, TRUE, "rank: nm\n", "rank: first\n", "rank: nx\n", "rank: nx\n");
    check_disputed(front, "rank: nm\n", "rank: top\n", "rank: 1\n", "rank",
                   "<<<<<<< ours\nrank: top\n=======\nrank: 1\n>>>>>>> theirs\n");
}

static void two_stamps_leave_the_item_to_be_asked_again(void **state)
{
    check(front, TRUE, "stamp: 1 story:aaaaaa\n", "stamp: 1 story:bbbbbb\n", "stamp: 1 story:cccccc\n",
          "stamp: 1 story:aaaaaa\n");
    check(front, TRUE, "stamp: 1 story:aaaaaa\n", "stamp: 1 story:bbbbbb\n", "stamp: 1 story:aaaaaa\n",
          "stamp: 1 story:bbbbbb\n");
    check(front, TRUE, "", "stamp: 1 story:bbbbbb\n", "stamp: 1 story:cccccc\n", "");
    check(front, TRUE, "stamp: 1 story:aaaaaa\n", "", "stamp: 1 story:cccccc\n", "");
}

/* By base, then ours, then theirs, in the order of the flow: new, refining, readY, Doing, dOne, reLeased,
 * split, dropped (x); ! is a conflict. The first block has no status in base. */
static const char *const statuses[9][8] = {
    /* none */
    { "nryDOLsx", "rryDOLsx", "yyyDOL!!", "DDDDOL!!", "OOOOOL!!", "LLLLLL!!", "ss!!!!s!", "xx!!!!!x" },
    /* new */
    { "nryDOLsx", "rryDOLsx", "yyyDOL!!", "DDDDOL!!", "OOOOOL!!", "LLLLLL!!", "ss!!!!s!", "xx!!!!!x" },
    /* refining */
    { "nn!!!!sx", "nryDOLsx", "!yyDOL!!", "!DDDOL!!", "!OOOOL!!", "!LLLLL!!", "ss!!!!s!", "xx!!!!!x" },
    /* ready */
    { "nnn!!!sx", "nrr!!!sx", "nryDOLsx", "!!DDOL!!", "!!OOOL!!", "!!LLLL!!", "sss!!!s!", "xxx!!!!x" },
    /* doing */
    { "nnnn!!!!", "nrrr!!!!", "nryy!!!!", "nryDOLsx", "!!!OOL!!", "!!!LLL!!", "!!!s!!s!", "!!!x!!!x" },
    /* done */
    { "nnnnn!!!", "nrrrr!!!", "nryyy!!!", "nryDD!!!", "nryDOLsx", "!!!!LL!!", "!!!!s!s!", "!!!!x!!x" },
    /* released */
    { "nnnnnn!!", "nrrrrr!!", "nryyyy!!", "nryDDD!!", "nryDOO!!", "nryDOLsx", "!!!!!ss!", "!!!!!x!x" },
    /* split */
    { "nryDOLn!", "rryDOLr!", "yyyDOLy!", "DDDDOLD!", "OOOOOLO!", "LLLLLLL!", "nryDOLsx", "!!!!!!xx" },
    /* dropped */
    { "nryDOL!n", "rryDOL!r", "yyyDOL!y", "DDDDOL!D", "OOOOOL!O", "LLLLLL!L", "!!!!!!ss", "nryDOLsx" },
};

static void status_goes_by_the_table_in_the_manual(void **state)
{
    static const char letters[] = "nryDOLsx";

    for (int base = -1; base < 8; base++)
        for (int ours = 0; ours < 8; ours++)
            for (int theirs = 0; theirs < 8; theirs++) {
                const char *const *names = status_names(), *cell = &statuses[base + 1][ours][theirs];
                g_autofree char *was = base < 0 ? g_strdup("") : g_strdup_printf("status: %s\n", names[base]);
                g_autofree char *one = front(was), *two, *three, *four;
                g_autofree char *a = g_strdup_printf("status: %s\n", names[ours]);
                g_autofree char *b = g_strdup_printf("status: %s\n", names[theirs]);
                const char *known = strchr(letters, *cell);
                g_autofree char *result =
                    *cell == '!' ? g_strdup_printf("<<<<<<< ours\n%s=======\n%s>>>>>>> theirs\n", a, b)
                                 : g_strdup_printf("status: %s\n", names[known - letters]);
                two = front(a);
                three = front(b);
                four = front(result);
                g_autoptr(ItemMerge) made = merge(one, two, three);
                check_text(made, four);
                check_conflicts(made, *cell == '!' ? "status" : "");
            }
}

static void a_status_that_is_none_is_for_a_person(void **state)
{
    check_disputed(front, "status: new\n", "status: open\n", "status: ready\n", "status",
                   "<<<<<<< ours\nstatus: open\n=======\nstatus: ready\n>>>>>>> theirs\n");
    check_disputed(front, "status: new\n", "", "status: ready\n", "status",
                   "<<<<<<< ours\n=======\nstatus: ready\n>>>>>>> theirs\n");
}

/* -- lists and maps -- */

static void lists_are_sets_in_order(void **state)
{
    check(front, FALSE, "labels:\n  - a\n  - b\n", "labels:\n  - a\n  - b\n  - c\n",
          "labels:\n  - a\n  - b\n  - d\n", "labels:\n  - a\n  - b\n  - c\n  - d\n");
    check(front, TRUE, "labels:\n  - a\n  - b\n", "labels:\n  - b\n", "labels:\n  - a\n", "");
    check(front, TRUE, "labels:\n  - a\n", "", "labels:\n  - a\n  - b\n", "labels:\n  - b\n");
    check(front, TRUE, "labels:\n  - a\n  - b\n  - c\n", "labels:\n  - c\n  - a\n  - b\n",
          "labels:\n  - a\n  - b\n  - c\n  - d\n", "labels:\n  - c\n  - d\n  - a\n  - b\n");
    check(front, TRUE, "", "labels:\n  - a\n", "labels:\n  - a\n", "labels:\n  - a\n");
    check(front, FALSE, "depends: none\n", "depends:\n  - t2h8k\n", "depends:\n  - k7q2m\n",
          "depends:\n  - t2h8k\n  - k7q2m\n");
}

static void an_entry_keeps_its_comments(void **state)
{
    check(front, TRUE, "labels:\n  # why\n  - a\n  - b # so\n",
          "labels:\n  # why\n  - a\n  - b # so\n  - c\n", "labels:\n  # why\n  - a # well\n  - b # so\n",
          "labels:\n  # why\n  - a # well\n  - b # so\n  - c\n");
}

static void lists_between_brackets_merge_too(void **state)
{
    check(front, FALSE, "labels: [a, b]\n", "labels: [a, b, c]\n", "labels: [b, d]\n", "labels: [b, c, d]\n");
    check(front, FALSE, "", "labels: [a]\n", "labels:\n  - b\n", "labels:\n  - b\n  - a\n");
    check(front, TRUE, "labels: [a]\n", "", "labels: [a, b]\n", "labels: [b]\n");
}

static void maps_merge_by_key(void **state)
{
    check(front, FALSE, "votes:\n  ana: 5\n", "votes:\n  ana: 5\n  bo: 8\n", "votes:\n  ana: 3\n  cy: 5\n",
          "votes:\n  ana: 3\n  bo: 8\n  cy: 5\n");
    check(front, FALSE, "votes: {ana: 5}\n", "votes: {ana: 5, bo: 8}\n", "votes: {ana: 3}\n",
          "votes: {ana: 3, bo: 8}\n");
    check_disputed(front, "votes:\n  ana: 5\n  bo: 5\n", "votes:\n  ana: 8\n  bo: 5\n",
                   "votes:\n  ana: 3\n  bo: 3\n", "votes.ana",
                   "votes:\n<<<<<<< ours\n  ana: 8\n=======\n  ana: 3\n>>>>>>> theirs\n  bo: 3\n");
}

static void records_merge_by_content(void **state)
{
    check(front, FALSE, "feedback:\n  - from: hotline\n    says: too slow\n",
          "feedback:\n  - from: hotline\n    says: too slow\n  - from: shop\n    says: nice\n",
          "feedback:\n  - from: hotline\n    says: too slow\n    via: mail\n  - from: web\n    says: no\n",
          "feedback:\n  - from: hotline\n    says: too slow\n    via: mail\n  - from: shop\n    says: nice\n"
          "  - from: web\n    says: no\n");
    check(front, TRUE, "assumptions:\n  - belief: it sells well\n    test: ask ten\n    result: open\n",
          "assumptions:\n  - belief: it sells well\n    test: ask ten\n    result: refuted\n",
          "assumptions:\n  - belief: it sells well\n    test: ask twenty\n    result: open\n",
          "assumptions:\n  - belief: it sells well\n    test: ask twenty\n    result: refuted\n");
}

static void a_block_of_text_merges_by_lines(void **state)
{
    check(front, TRUE, "x-note: |\n  one\n  two\n  three\n", "x-note: |\n  ONE\n  two\n  three\n",
          "x-note: |\n  one\n  two\n  THREE\n", "x-note: |\n  ONE\n  two\n  THREE\n");
}

/* -- the body -- */

#define AC "## Acceptance criteria\n\n"

static void a_criterion_reworded_here_and_ticked_there_is_both(void **state)
{
    check(body, TRUE, AC "- [ ] It shows within 500 ms\n- [ ] It is blue\n",
          AC "- [ ] It shows within 400 ms\n- [ ] It is blue\n",
          AC "- [x] It shows within 500 ms\n- [x] It is blue\n",
          AC "- [x] It shows within 400 ms\n- [x] It is blue\n");
}

static void criteria_added_on_both_sides_are_both_there(void **state)
{
    check(body, FALSE, AC "- [ ] It is blue\n", AC "- [ ] It is blue\n- [ ] Ours\n",
          AC "- [ ] It is blue\n- [ ] Theirs\n", AC "- [ ] It is blue\n- [ ] Ours\n- [ ] Theirs\n");
    check(body, FALSE, AC "## Approach\n", AC "- [ ] Ours\n\n## Approach\n",
          AC "- [x] Theirs\n\n## Approach\n", AC "- [ ] Ours\n- [x] Theirs\n\n## Approach\n");
    check(body, TRUE, AC "- [ ] It is blue\n", AC "- [ ] It is blue\n- [ ] New\n",
          AC "- [ ] It is blue\n- [x] New\n", AC "- [ ] It is blue\n- [x] New\n");
}

static void criteria_that_moved_keep_what_was_done_to_them(void **state)
{
    check(body, TRUE, AC "- [ ] One is found\n- [ ] Two are not\n- [ ] Three are sold\n",
          AC "- [ ] Three are sold\n- [ ] One is found\n- [ ] Two are not\n",
          AC "- [ ] One is found\n- [ ] Two are not\n- [x] Three are sold\n",
          AC "- [x] Three are sold\n- [ ] One is found\n- [ ] Two are not\n");
}

static void a_criterion_removed_here_and_reworded_there_is_disputed(void **state)
{
    check_disputed(body, AC "- [ ] It shows within 500 ms\n- [ ] It is blue\n", AC "- [ ] It is blue\n",
                   AC "- [ ] It shows within 400 ms\n- [x] It is blue\n", "criterion 1",
                   AC
                   "<<<<<<< ours\n=======\n- [ ] It shows within 400 ms\n>>>>>>> theirs\n- [x] It is blue\n");
    check_disputed(body, AC "- [ ] It shows within 500 ms\n- [ ] It is blue\n",
                   AC "- [ ] It shows within 300 ms\n- [ ] It is blue\n",
                   AC "- [x] It shows within 400 ms\n- [ ] It is blue\n", "criterion 1",
                   AC "<<<<<<< ours\n- [x] It shows within 300 ms\n=======\n- [x] It shows within 400 ms\n"
                      ">>>>>>> theirs\n- [ ] It is blue\n");
}

static void scenarios_merge_like_criteria(void **state)
{
    check(body, TRUE, AC "```gherkin\nScenario: one\n  Given a tyre\n\nScenario: two\n  Given two\n```\n",
          AC "```gherkin\nScenario: one\n  Given a bike\n\nScenario: two\n  Given two\n```\n",
          AC "```gherkin\nScenario: one\n  Given a tyre\n\nScenario: two\n  Given three\n```\n",
          AC "```gherkin\nScenario: one\n  Given a bike\n\nScenario: two\n  Given three\n```\n");
}

static void questions_and_answers_merge_by_identity(void **state)
{
    check(body, TRUE, "## Open questions\n\n- [ ] @bo Is it cached?\n",
          "## Open questions\n\n- [x] @bo Is it cached?\n"
          "  - 2026-11-22 Bo: yes\n",
          "## Open questions\n\n- [ ] @bo Is it cached?\n  - 2026-11-21 Ana: no idea\n",
          "## Open questions\n\n- [x] @bo Is it cached?\n  - 2026-11-21 Ana: no idea\n  - 2026-11-22 Bo: "
          "yes\n");
    check(body, FALSE, "## Open questions\n\n", "## Open questions\n\n- [ ] Ours?\n",
          "## Open questions\n\n- [ ] Theirs?\n", "## Open questions\n\n- [ ] Ours?\n- [ ] Theirs?\n");
}

static void two_questions_may_get_one_answer(void **state)
{
    check(
        body, TRUE, "## Open questions\n\n- [ ] @ana Archived orders?\n- [ ] @bo Is it cached?\n",
        "## Open questions\n\n- [ ] @ana Archived orders?\n- [x] @bo Is it cached?\n  - 2026-11-21 Bo: yes\n",
        "## Open questions\n\n- [x] @ana Archived orders?\n  - 2026-11-21 Bo: yes\n- [ ] @bo Is it cached?\n",
        "## Open questions\n\n- [x] @ana Archived orders?\n  - 2026-11-21 Bo: yes\n"
        "- [x] @bo Is it cached?\n  - 2026-11-21 Bo: yes\n");
}

static void decisions_stand_by_date(void **state)
{
    check(body, TRUE, "## Decisions\n\n- 2026-11-20 Ana: so\n",
          "## Decisions\n\n- 2026-11-20 Ana: so\n- 2026-11-23 Bo: b\n",
          "## Decisions\n\n- 2026-11-20 Ana: so\n- 2026-11-21 Cy: c\n",
          "## Decisions\n\n- 2026-11-20 Ana: so\n- 2026-11-21 Cy: c\n- 2026-11-23 Bo: b\n");
    check(body, TRUE, "## Decisions\n\n- 2026-11-20 Ana: so\n- 2026-11-19 Bo: no\n",
          "## Decisions\n\n- 2026-11-23 Bo: b\n- 2026-11-20 Ana: so\n- 2026-11-19 Bo: no\n",
          "## Decisions\n\n- 2026-11-21 Cy: c\n- 2026-11-20 Ana: so\n- 2026-11-19 Bo: no\n",
          "## Decisions\n\n- 2026-11-23 Bo: b\n- 2026-11-21 Cy: c\n- 2026-11-20 Ana: so\n- 2026-11-19 Bo: "
          "no\n");
    check(body, FALSE, "## Decisions\n\n", "## Decisions\n\n- 2026-11-20 Ana: a\n",
          "## Decisions\n\n- 2026-11-20 Bo: b\n",
          "## Decisions\n\n- 2026-11-20 Ana: a\n- 2026-11-20 Bo: b\n");
}

static void sections_added_on_both_sides_are_both_there(void **state)
{
    check(body, FALSE, "## Story\n\nWords.\n", "## Story\n\nWords.\n\n## Measure\n\nOne in six.\n",
          "## Story\n\nWords.\n\n## Approach\n\nAn index.\n",
          "## Story\n\nWords.\n\n## Measure\n\nOne in six.\n\n## Approach\n\nAn index.\n");
}

static void prose_merges_paragraph_by_paragraph(void **state)
{
    check(body, TRUE, "Lead.\n\n## Story\n\nOne.\n\nTwo.\n", "LEAD.\n\n## Story\n\nOne.\n\nTwo more.\n",
          "Lead.\n\n## Story\n\nOne more.\n\nTwo.\n", "LEAD.\n\n## Story\n\nOne more.\n\nTwo more.\n");
    check_disputed(body, "## Story\n\nOne.\n\nTwo.\n", "## Story\n\nOurs.\n\nTwo.\n",
                   "## Story\n\nTheirs.\n\nTWO.\n", "section Story",
                   "## Story\n\n<<<<<<< ours\nOurs.\n=======\nTheirs.\n>>>>>>> theirs\n\nTWO.\n");
    check_disputed(body, "## Story\n", "## Story\n\nOurs.\n", "## Story\n\nTheirs.\n", "section Story",
                   "## Story\n\n<<<<<<< ours\nOurs.\n=======\nTheirs.\n>>>>>>> theirs\n");
}

static void a_renamed_section_keeps_the_other_sides_edit(void **state)
{
    check(body, TRUE, "## Approach\n\nAn index over all of it.\n", "## Design\n\nAn index over all of it.\n",
          "## Approach\n\nAn index over half of it.\n", "## Design\n\nAn index over half of it.\n");
}

/* -- layout -- */

static void line_endings_bom_and_the_last_newline_are_changes_of_their_own(void **state)
{
    const char *base = "---\nestimate: 5\nowner: ana\n---\n\nWords.\n";

    check_whole(base, "---\r\nestimate: 5\r\nowner: ana\r\n---\r\n\r\nWords.\r\n",
                "---\nestimate: 8\nowner: bo\n---\n\nWords.\n",
                "---\r\nestimate: 8\r\nowner: bo\r\n---\r\n\r\nWords.\r\n");
    check_whole(base, "\xef\xbb\xbf---\nestimate: 5\nowner: ana\n---\n\nWords.\n",
                "---\nestimate: 8\nowner: ana\n---\n\nWords.\n",
                "\xef\xbb\xbf---\nestimate: 8\nowner: ana\n---\n\nWords.\n");
    check_whole(base, "---\nestimate: 5\nowner: ana\n---\n\nWords.",
                "---\nestimate: 8\nowner: ana\n---\n\nWords.\n",
                "---\nestimate: 8\nowner: ana\n---\n\nWords.");
}

static void markers_end_like_the_lines_of_the_file(void **state)
{
    g_autoptr(ItemMerge) made = merge("---\r\nestimate: 5\r\n---\r\n", "---\r\nestimate: 8\r\n---\r\n",
                                      "---\r\nestimate: 3\r\n---\r\n");

    check_text(made,
               "---\r\n<<<<<<< ours\r\nestimate: 8\r\n=======\r\nestimate: 3\r\n>>>>>>> theirs\r\n---\r\n");
}

/* -- what is no item -- */

static void check_lines(const char *base, const char *ours, const char *theirs, const char *whats,
                        const char *expected)
{
    g_autoptr(ItemMerge) made = merge(base, ours, theirs);
    assert_true(made->by_lines);
    check_conflicts(made, whats);
    check_text(made, expected);
}

static void what_cannot_be_read_merges_by_lines(void **state)
{
    check_lines("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "", "A\nb\nC\n");
    check_lines("a\n", "b\n", "c\n", "lines", "<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n");
    check_lines("---\na: [\nb: 1\nc: 1\n---\n", "---\na: [\nb: 2\nc: 1\n---\n",
                "---\na: [\nb: 1\nc: 1\n---\nx\n", "", "---\na: [\nb: 2\nc: 1\n---\nx\n");
    check_lines("---\na: 1\n---\n\n<<<<<<< x\n\nb\n", "---\na: 2\n---\n\n<<<<<<< x\n\nb\n",
                "---\na: 1\n---\n\n<<<<<<< x\n\nc\n", "", "---\na: 2\n---\n\n<<<<<<< x\n\nc\n");
}

static void lines_that_break_the_item_are_no_merge(void **state)
{
    const char *base = "---\ntitle: x\n---\n\n" AC "- [ ] One\n\n## Story\n\nWords.\n";
    const char *ours = "---\ntitle: x\n---\n\n<!--\n\n" AC "- [ ] One\n\n## Story\n\nWords.\n";
    const char *theirs = "---\ntitle: x\n---\n\n" AC "- [ ] One\n- [ ] Two\n\n## Story\n\nWords.\n";
    g_autoptr(ItemMerge) made = merge(base, ours, theirs);

    assert_true(made->by_lines);
    check_conflicts(made, "item");
}

static void bytes_are_left_as_ours(void **state)
{
    g_autoptr(GBytes) base = g_bytes_new_static("a\0b\n", 4), ours = g_bytes_new_static("a\0c\n", 4);
    g_autoptr(GBytes) theirs = g_bytes_new_static("a\0d\n", 4);
    g_autoptr(ItemMerge) made = item_merge_new(NULL, base, ours, theirs, &labels, NULL);

    check_conflicts(made, "bytes");
    assert_true(g_bytes_equal(made->bytes, ours));
}

static void without_base_what_differs_is_disputed(void **state)
{
    g_autoptr(ItemMerge) made = merge("", "---\ntitle: A\ntype: bug\n---\n\n" AC "- [ ] One\n",
                                      "---\ntitle: B\ntype: bug\nestimate: 5\n---\n\n" AC "- [ ] Two\n");

    check_conflicts(made, "title");
    check_text(
        made,
        "---\n<<<<<<< ours\ntitle: A\n=======\ntitle: B\n>>>>>>> theirs\ntype: bug\nestimate: 5\n---\n\n" AC
        "- [ ] One\n- [ ] Two\n");
}

static void the_policy_names_the_sections(void **state)
{
    g_autoptr(GBytes) text = g_bytes_new_static("sections: { criteria: [Done when] }\n", 36);
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", text);
    g_autofree char *one = body("## Done when\n\n- [ ] It is blue\n"),
                    *two = body("## Done when\n\n- [ ] It is red\n");
    g_autofree char *three = body("## Done when\n\n- [ ] It is green\n");
    g_autoptr(GBytes) base = g_bytes_new(one, strlen(one)), ours = g_bytes_new(two, strlen(two));
    g_autoptr(GBytes) theirs = g_bytes_new(three, strlen(three));
    g_autoptr(ItemMerge) made = item_merge_new(policy, base, ours, theirs, &labels, NULL);

    check_conflicts(made, "criterion 1");
}

static void hostile_sizes_take_no_more_than_a_moment(void **state)
{
    g_autoptr(GString) base = g_string_new("---\ntitle: x\n---\n\n" AC);
    for (guint i = 0; i < 20000; i++)
        g_string_append_printf(base, "- [ ] number %u\n", i);
    g_autofree char *ours = g_strconcat(base->str, "- [ ] ours\n## Story\n", NULL);
    g_autofree char *theirs = g_strconcat(base->str, "- [ ] theirs\n## Approach\n", NULL);
    gint64 begin = g_get_monotonic_time();
    g_autoptr(ItemMerge) made = merge(base->str, ours, theirs);

    check_conflicts(made, "");
    assert_true(g_get_monotonic_time() - begin < 20 * G_USEC_PER_SEC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(different_fields_merge_on_neighbouring_lines),
        cmocka_unit_test(keys_added_on_both_sides_stand_in_the_order_of_the_table),
        cmocka_unit_test(a_value_changed_differently_is_marked_alone),
        cmocka_unit_test(a_conflict_names_its_values),
        cmocka_unit_test(markers_follow_the_labels),
        cmocka_unit_test(quotes_and_comments_are_no_change_of_the_value),
        cmocka_unit_test(a_comment_does_not_go_with_what_the_other_side_removed),
        cmocka_unit_test(an_empty_value_is_none),
        cmocka_unit_test(of_two_moves_the_smaller_rank_stands),
        cmocka_unit_test(two_stamps_leave_the_item_to_be_asked_again),
        cmocka_unit_test(status_goes_by_the_table_in_the_manual),
        cmocka_unit_test(a_status_that_is_none_is_for_a_person),
        cmocka_unit_test(lists_are_sets_in_order),
        cmocka_unit_test(an_entry_keeps_its_comments),
        cmocka_unit_test(lists_between_brackets_merge_too),
        cmocka_unit_test(maps_merge_by_key),
        cmocka_unit_test(records_merge_by_content),
        cmocka_unit_test(a_block_of_text_merges_by_lines),
        cmocka_unit_test(a_criterion_reworded_here_and_ticked_there_is_both),
        cmocka_unit_test(criteria_added_on_both_sides_are_both_there),
        cmocka_unit_test(criteria_that_moved_keep_what_was_done_to_them),
        cmocka_unit_test(a_criterion_removed_here_and_reworded_there_is_disputed),
        cmocka_unit_test(scenarios_merge_like_criteria),
        cmocka_unit_test(questions_and_answers_merge_by_identity),
        cmocka_unit_test(two_questions_may_get_one_answer),
        cmocka_unit_test(decisions_stand_by_date),
        cmocka_unit_test(sections_added_on_both_sides_are_both_there),
        cmocka_unit_test(prose_merges_paragraph_by_paragraph),
        cmocka_unit_test(a_renamed_section_keeps_the_other_sides_edit),
        cmocka_unit_test(line_endings_bom_and_the_last_newline_are_changes_of_their_own),
        cmocka_unit_test(markers_end_like_the_lines_of_the_file),
        cmocka_unit_test(what_cannot_be_read_merges_by_lines),
        cmocka_unit_test(lines_that_break_the_item_are_no_merge),
        cmocka_unit_test(bytes_are_left_as_ours),
        cmocka_unit_test(without_base_what_differs_is_disputed),
        cmocka_unit_test(the_policy_names_the_sections),
        cmocka_unit_test(hostile_sizes_take_no_more_than_a_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
