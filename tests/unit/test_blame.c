/* Who decided what, in scratch repositories that git itself makes. All commits have one time, so that nothing
 * can go by the clock. */
#include "blame.h"

#include "fixture.h"
#include "repo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define FILTER "backlog/k7q2m-filter.md"

/* Neither git nor the library must look at the settings of whoever runs the test. */
static int setup(void **state)
{
    fixture_setup(state);
    g_setenv("HOME", ((struct fixture *)*state)->root, TRUE);
    g_setenv("XDG_CONFIG_HOME", ((struct fixture *)*state)->root, TRUE);
    fixture_git(*state, "init", "-q", "-b", "main", NULL);
    fixture_policy(*state, NULL);
    return 0;
}

/* An item file: whole lines of front matter, and a body. */
static void write_item(const struct fixture *fixture, const char *path, const char *fields, const char *body)
{
    g_autofree char *text = g_strdup_printf("---\n%s---\n\n%s", fields, body);
    fixture_write(fixture, path, text);
}

static void commit(const struct fixture *fixture, const char *subject)
{
    fixture_git(fixture, "add", "-A", NULL);
    fixture_git(fixture, "commit", "-q", "--allow-empty", "-m", subject, NULL);
}

/* A merge of the branch with the work tree as it is written by then, whatever git makes of it. */
static void commit_merge(const struct fixture *fixture, const char *branch, const char *fields,
                         const char *subject)
{
    fixture_git(fixture, "merge", "-q", "-s", "ours", "--no-commit", branch, NULL);
    write_item(fixture, FILTER, fields, "");
    commit(fixture, subject);
}

static struct blame *open_blame(const struct fixture *fixture, const char *path)
{
    g_autofree char *text = fixture_read(fixture, path);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(GError) error = NULL;
    struct blame *blame = blame_new(fixture->policy, path, bytes, &error);

    if (!blame)
        fail_msg("%s", error->message);
    return blame;
}

static void append_part(GString *out, const struct blame_part *part)
{
    g_autofree char *name = blame_part_name(part);

    if (part->is_implied)
        return;
    g_string_append_printf(out, "%s%s%s: %s%s\n", name, part->value ? " " : "",
                           part->value ? part->value : "", part->is_boundary ? "^" : "",
                           part->decision ? part->decision->subject : "-");
}

/* "NAME VALUE: SUBJECT" of each part that says something, "-" where it is not recorded. */
static char *words_of(const struct blame *blame)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < blame->parts->len; i++)
        append_part(out, blame->parts->pdata[i]);
    return g_string_free(out, FALSE);
}

/* Of the parts with these names, in one word list; NULL: of all. */
static void check_part(const struct fixture *fixture, const char *path, const char *names,
                       const char *expected)
{
    g_autoptr(Blame) blame = open_blame(fixture, path);
    g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) wanted = names ? g_strsplit(names, ",", -1) : NULL;
    g_autoptr(GError) error = NULL;

    if ((wanted && !blame_select(blame, (const char *const *)wanted, missing, &error)) ||
        !blame_trace(&blame, 1, NULL, &error))
        fail_msg("%s", error->message);
    g_autofree char *words = words_of(blame);
    assert_string_equal(words, expected);
}

static void check(const struct fixture *fixture, const char *expected)
{
    check_part(fixture, FILTER, NULL, expected);
}

/* -- front matter -- */

static void each_value_has_the_commit_that_set_it(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "title: Filter\nestimate: 8\nstatus: new\n", "");
    commit(fixture, "one");
    write_item(fixture, FILTER, "title: Filter\nestimate: 5\nstatus: new\n", "");
    commit(fixture, "two");
    write_item(fixture, FILTER, "title: Filter\nestimate: 8\nstatus: new\nowner:\n", "");
    commit(fixture, "three");
    fixture_write(fixture, "src/main.c", "int main(void);\n");
    commit(fixture, "four");
    check(fixture, "title Filter: one\nestimate 8: three\nstatus new: one\nowner: three\n");
}

static void entries_of_lists_and_maps_are_decided_each_for_itself(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "labels: [search]\nwaive:\n  b: x\ndepends: none\ndesigns: []\n", "");
    commit(fixture, "one");
    write_item(
        fixture, FILTER,
        "labels:\n  - speed\n  - search\nwaive:\n  b: x\n  a: y\ndepends:\n  - t2h8k\n  - external: Bank\n"
        "    owner: bo\n",
        "");
    commit(fixture, "two");
    write_item(
        fixture, FILTER,
        "labels:\n  - search\n  - search\nwaive:\n  b: z\n  a: y\ndepends:\n  - t2h8k\n  - external: Bank\n"
        "    owner: cem\n",
        "");
    commit(fixture, "three");
    check(fixture, "labels search: one\nlabels search: three\nwaive.b z: three\nwaive.a y: two\n"
                   "depends t2h8k: two\ndepends external: Bank, owner: cem: three\n");
}

static void how_it_is_written_is_no_decision(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "title: Filter\nestimate: 8\nlabels: [a, b]\n", "## Story\n\nOne two.\n");
    commit(fixture, "one");
    write_item(fixture, FILTER, "estimate: '8' # was 5\nlabels:\n- a\n- b\ntitle: \"Filter\"\n",
               "Story\n=====\n\nOne\ntwo.\n");
    commit(fixture, "two");
    check(fixture,
          "estimate 8: one\nlabels a: one\nlabels b: one\ntitle Filter: one\nsection Story One two.: one\n");
}

/* -- merges -- */

static void a_merge_decides_only_what_no_parent_has(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "estimate: 8\nstatus: new\nowner: bo\nvalue: low\n", "");
    commit(fixture, "base");
    fixture_git(fixture, "checkout", "-qb", "topic", NULL);
    write_item(fixture, FILTER, "estimate: 3\nstatus: doing\nowner: bo\nvalue: low\n", "");
    commit(fixture, "topic");
    fixture_git(fixture, "checkout", "-q", "main", NULL);
    write_item(fixture, FILTER, "estimate: 1\nstatus: new\nowner: cem\nvalue: low\n", "");
    commit(fixture, "main");
    commit_merge(fixture, "topic", "estimate: 2\nstatus: doing\nowner: cem\nvalue: low\n", "merge");
    check(fixture, "estimate 2: merge\nstatus doing: topic\nowner cem: main\nvalue low: base\n");
}

static void what_both_sides_did_alike_is_the_first_parents(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "estimate: 8\n", "");
    commit(fixture, "base");
    fixture_git(fixture, "checkout", "-qb", "topic", NULL);
    write_item(fixture, FILTER, "estimate: 3\n", "");
    commit(fixture, "topic");
    fixture_git(fixture, "checkout", "-q", "main", NULL);
    write_item(fixture, FILTER, "estimate: 3\nowner: bo\n", "");
    commit(fixture, "main");
    commit_merge(fixture, "topic", "estimate: 3\nowner: cem\n", "merge");
    check(fixture, "estimate 3: main\nowner cem: merge\n");
}

static void a_parent_with_the_same_file_has_all_of_it(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "estimate: 8\nstatus: new\n", "");
    commit(fixture, "base");
    fixture_git(fixture, "checkout", "-qb", "topic", NULL);
    write_item(fixture, FILTER, "estimate: 3\nstatus: new\n", "");
    commit(fixture, "topic");
    fixture_git(fixture, "checkout", "-q", "main", NULL);
    write_item(fixture, FILTER, "estimate: 3\nstatus: done\n", "");
    commit(fixture, "main");
    commit_merge(fixture, "topic", "estimate: 3\nstatus: new\n", "merge");
    check(fixture, "estimate 3: topic\nstatus new: base\n");
}

static void before_it_is_committed_a_merge_has_all_its_parents(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "estimate: 8\nstatus: new\n", "");
    commit(fixture, "base");
    fixture_git(fixture, "checkout", "-qb", "topic", NULL);
    write_item(fixture, FILTER, "estimate: 3\nstatus: new\n", "");
    commit(fixture, "topic");
    fixture_git(fixture, "checkout", "-q", "main", NULL);
    write_item(fixture, FILTER, "estimate: 8\nstatus: done\n", "");
    commit(fixture, "main");
    fixture_git(fixture, "merge", "-q", "-s", "ours", "--no-commit", "topic", NULL);
    write_item(fixture, FILTER, "estimate: 3\nstatus: done\nowner: bo\n", "");
    check(fixture, "estimate 3: topic\nstatus done: main\nowner bo: -\n");
}

/* -- the body -- */

static void a_criterion_is_followed_through_rewording(void **state)
{
    struct fixture *fixture = *state;
    const char *head = "## Acceptance criteria\n\n";
    g_autofree char *one =
        g_strconcat(head, "- [ ] The list shows within 500 ms\n- [ ] Nothing is lost\n", NULL);
    g_autofree char *two =
        g_strconcat(head, "- [x] The list shows within 500 ms\n- [ ] Nothing is lost\n", NULL);
    g_autofree char *three = g_strconcat(
        head, "- [ ] It prints\n- [ ] Nothing is lost\n- [x] The list shows within 300 ms\n  - on a tablet\n",
        NULL);

    write_item(fixture, FILTER, "title: F\n", one);
    commit(fixture, "one");
    write_item(fixture, FILTER, "title: F\n", two);
    commit(fixture, "two");
    write_item(fixture, FILTER, "title: F\n", three);
    commit(fixture, "three");
    check_part(fixture, FILTER, "criteria",
               "criterion 1 It prints: three\ncriterion 2 Nothing is lost: one\n"
               "criterion 3 The list shows within 300 ms: three\ncriterion 3 ticked: two\n");
    check_part(fixture, FILTER, "3",
               "criterion 3 The list shows within 300 ms: three\ncriterion 3 ticked: two\n");
}

static void who_unticked_is_said_but_not_who_left_a_box_empty(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "title: F\n", "## AC\n\n- [x] One two three\n- [ ] Four five six\n");
    fixture_policy(fixture, "sections: { criteria: [AC] }\n");
    commit(fixture, "one");
    write_item(fixture, FILTER, "title: F\n", "## AC\n\n- [ ] One two three\n- [ ] Four five seven\n");
    commit(fixture, "two");
    check_part(
        fixture, FILTER, "criteria",
        "criterion 1 One two three: one\ncriterion 1 unticked: two\ncriterion 2 Four five seven: two\n");
}

static void at_a_merge_a_tick_comes_with_its_criterion(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "title: F\n", "## Acceptance criteria\n\n- [ ] One two three\n- [ ] Four\n");
    commit(fixture, "base");
    fixture_git(fixture, "checkout", "-qb", "topic", NULL);
    write_item(fixture, FILTER, "title: F\n",
               "## Acceptance criteria\n\n- [ ] Seven eight nine\n- [x] Four\n");
    commit(fixture, "topic");
    fixture_git(fixture, "checkout", "-q", "main", NULL);
    write_item(fixture, FILTER, "title: F\n",
               "## Acceptance criteria\n\n- [x] One two\n- [ ] Ten eleven\n- [ ] Four\n");
    commit(fixture, "main");
    fixture_git(fixture, "merge", "-q", "-s", "ours", "--no-commit", "topic", NULL);
    write_item(fixture, FILTER, "title: F\n",
               "## Acceptance criteria\n\n- [x] One two\n- [ ] Seven eight nine\n- [x] Four\n");
    commit(fixture, "merge");
    check_part(fixture, FILTER, "criteria",
               "criterion 1 One two: main\ncriterion 2 Seven eight nine: topic\n"
               "criterion 3 Four: base\ncriterion 3 ticked: topic\n");
    g_autoptr(Blame) blame = open_blame(fixture, FILTER);
    assert_true(blame_trace(&blame, 1, NULL, NULL));
    for (guint i = 0; i < blame->parts->len; i++) {
        const struct blame_part *part = blame->parts->pdata[i];
        if (part->number == 2)
            assert_string_not_equal(part->decision->subject, "main");
    }
}

static void what_one_side_reworded_and_the_other_ticked_is_of_both(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "title: F\n", "## Acceptance criteria\n\n- [ ] The list shows in 500 ms\n");
    commit(fixture, "base");
    fixture_git(fixture, "checkout", "-qb", "topic", NULL);
    write_item(fixture, FILTER, "title: F\n", "## Acceptance criteria\n\n- [ ] The list shows in 300 ms\n");
    commit(fixture, "topic");
    fixture_git(fixture, "checkout", "-q", "main", NULL);
    write_item(fixture, FILTER, "title: F\n", "## Acceptance criteria\n\n- [x] The list shows in 500 ms\n");
    commit(fixture, "main");
    fixture_git(fixture, "merge", "-q", "-s", "ours", "--no-commit", "topic", NULL);
    write_item(fixture, FILTER, "title: F\n", "## Acceptance criteria\n\n- [x] The list shows in 300 ms\n");
    commit(fixture, "merge");
    check_part(fixture, FILTER, "1",
               "criterion 1 The list shows in 300 ms: topic\ncriterion 1 ticked: main\n");
}

static void a_question_its_tick_and_its_answers_are_apart(void **state)
{
    struct fixture *fixture = *state;
    const char *ask = "## Open questions\n\n- [ ] @bo Do archived orders count?\n";
    const char *told = "## Open questions\n\n- [x] @bo Do archived orders count?\n  - 2026-11-21 Bo: yes\n";
    const char *more = "## Open questions\n\n- [x] @bo Do archived orders count?\n  - 2026-11-21 Bo: yes\n"
                       "  - 2026-11-22 Cem: for a year\n\n## Decisions\n\n- 2026-11-22 Cem: a year.\n";

    write_item(fixture, FILTER, "title: F\n", ask);
    commit(fixture, "one");
    write_item(fixture, FILTER, "title: F\n", told);
    commit(fixture, "two");
    write_item(fixture, FILTER, "title: F\n", more);
    commit(fixture, "three");
    check(fixture, "title F: one\nquestion 1 @bo Do archived orders count?: one\n"
                   "question 1 answer 2026-11-21 Bo: yes: two\n"
                   "question 1 answer 2026-11-22 Cem: for a year: three\n"
                   "decision 1 2026-11-22 Cem: a year.: three\n");
}

static void a_section_is_its_heading_and_its_own_words(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "title: F\n",
               "Intro.\n\n## Story\n\nOne.\n\n## Notes\n\nA.\n\n## Notes\n\nB.\n");
    commit(fixture, "one");
    write_item(fixture, FILTER, "title: F\n",
               "Intro.\n\n## Story\n\nTwo.\n\n## Notes\n\nA.\n\n## Notes\n\nC.\n");
    commit(fixture, "two");
    write_item(fixture, FILTER, "title: F\n",
               "Introduction.\n\n## User story\n\nTwo.\n\n## Notes\n\nA.\n\n## Notes\n\nC.\n");
    commit(fixture, "three");
    check(fixture, "title F: one\ntext Introduction.: three\nsection User story Two.: three\n"
                   "section Notes A.: one\nsection Notes C.: two\n");
}

/* -- files -- */

static void an_item_is_followed_by_the_id_in_its_name(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "title: Filter\nestimate: 8\n", "");
    commit(fixture, "one");
    fixture_folder(fixture, "backlog/archive/2026");
    fixture_git(fixture, "mv", FILTER, "backlog/archive/2026/k7q2m-old.md", NULL);
    commit(fixture, "two");
    write_item(fixture, "backlog/archive/2026/k7q2m-old.md", "title: Filter\nestimate: 5\n", "");
    fixture_git(fixture, "mv", "backlog/archive/2026/k7q2m-old.md", "backlog/k7q2m.md", NULL);
    commit(fixture, "three");
    check_part(fixture, "backlog/k7q2m.md", NULL, "title Filter: one\nestimate 5: three\n");
}

static void an_item_is_followed_to_where_the_backlog_was(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "title: Filter\nestimate: 8\n", "");
    write_item(fixture, "backlog/t2h8k.md", "title: Sort\n", "");
    commit(fixture, "one");
    write_item(fixture, FILTER, "title: Filter\nestimate: 5\n", "");
    commit(fixture, "two");
    fixture_folder(fixture, "docs");
    fixture_write(fixture, ".refine.yaml", "backlog: docs/items\n");
    fixture_git(fixture, "mv", "backlog", "docs/items", NULL);
    commit(fixture, "three");
    write_item(fixture, "docs/items/k7q2m-filter.md", "title: Filter\nestimate: 5\nowner: bo\n", "");
    commit(fixture, "four");
    fixture_policy(fixture, "backlog: docs/items\n");
    check_part(fixture, "docs/items/k7q2m-filter.md", NULL,
               "title Filter: one\nestimate 5: two\nowner bo: four\n");
    check_part(fixture, "docs/items/t2h8k.md", NULL, "title Sort: one\n");
}

static void of_two_files_with_one_id_each_has_its_own(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "title: Filter\n", "");
    commit(fixture, "one");
    write_item(fixture, "backlog/k7q2m-sort.md", "title: Sort\nestimate: 8\n", "");
    commit(fixture, "two");
    write_item(fixture, FILTER, "title: Filter\nestimate: 5\n", "");
    commit(fixture, "three");
    check_part(fixture, "backlog/k7q2m-sort.md", NULL, "title Sort: two\nestimate 8: two\n");
    check(fixture, "title Filter: one\nestimate 5: three\n");
}

static void of_two_in_different_folders_too(void **state)
{
    struct fixture *fixture = *state;
    const char *other = "backlog/archive/2026/k7q2m-old.md";

    write_item(fixture, FILTER, "title: Filter\nestimate: 1\n", "");
    write_item(fixture, "backlog/new/t2h8k.md", "title: Sort\n", "");
    write_item(fixture, other, "title: Old\n", "");
    commit(fixture, "one");
    write_item(fixture, other, "title: Old\nestimate: 8\n", "");
    commit(fixture, "two");
    write_item(fixture, FILTER, "title: Filter\nestimate: 5\n", "");
    commit(fixture, "three");
    write_item(fixture, other, "title: Old\nestimate: 8\nowner: bo\n", "");
    commit(fixture, "four");
    check_part(fixture, other, NULL, "title Old: one\nestimate 8: two\nowner bo: four\n");
    check(fixture, "title Filter: one\nestimate 5: three\n");
    const struct blame_question questions[] = { { other, "estimate", NULL }, { FILTER, "estimate", NULL } };
    g_autoptr(GPtrArray) blames = blame_ask(fixture->policy, questions, 2, NULL);
    g_autofree char *words = words_of(blames->pdata[0]), *filter = words_of(blames->pdata[1]);
    assert_string_equal(words, "estimate 8: two\n");
    assert_string_equal(filter, "estimate 5: three\n");
}

static void a_version_that_cannot_be_read_hides_nothing(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "title: Filter\nlabels:\n  - search\nestimate: 8\n", "");
    commit(fixture, "one");
    write_item(fixture, FILTER, "title: Filter\nlabels:\n  - search\nestimate: 5\nstatus: [\n", "");
    commit(fixture, "two");
    write_item(fixture, FILTER, "title: Filter\nlabels:\n  - search\nestimate: 5\nstatus: new\n", "");
    commit(fixture, "three");
    check(fixture, "title Filter: one\nlabels search: one\nestimate 5: two\nstatus new: three\n");
}

static void an_item_that_was_gone_begins_anew(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "title: Filter\n", "");
    commit(fixture, "one");
    fixture_git(fixture, "rm", "-q", FILTER, NULL);
    commit(fixture, "two");
    write_item(fixture, FILTER, "title: Filter\n", "");
    commit(fixture, "three");
    check(fixture, "title Filter: three\n");
}

static void a_link_is_no_version(void **state)
{
    struct fixture *fixture = *state;

    fixture_write(fixture, "other", "---\ntitle: Filter\n---\n");
    fixture_folder(fixture, "backlog");
    fixture_link(fixture, "../other", FILTER);
    commit(fixture, "one");
    fixture_git(fixture, "rm", "-q", FILTER, NULL);
    write_item(fixture, FILTER, "title: Filter\n", "");
    commit(fixture, "two");
    check(fixture, "title Filter: two\n");
}

/* -- moments -- */

static void what_is_not_recorded_is_nobodys(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "title: Filter\n", "");
    check(fixture, "title Filter: -\n");
    commit(fixture, "one");
    write_item(fixture, FILTER, "title: Filter\nestimate: 8\n", "");
    check(fixture, "title Filter: one\nestimate 8: -\n");
    write_item(fixture, "backlog/t2h8k.md", "title: Sort\n", "");
    check_part(fixture, "backlog/t2h8k.md", NULL, "title Sort: -\n");
}

static void a_revision_knows_nothing_later(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;

    write_item(fixture, FILTER, "title: Filter\n", "");
    commit(fixture, "one");
    g_autoptr(Blame) blame = open_blame(fixture, FILTER), nowhere = open_blame(fixture, FILTER);
    write_item(fixture, FILTER, "title: Filter all\n", "");
    commit(fixture, "two");
    assert_true(blame_trace(&blame, 1, "HEAD~1", NULL));
    g_autofree char *words = words_of(blame);
    assert_string_equal(words, "title Filter: one\n");
    assert_false(blame_trace(&nowhere, 1, "HEAD~5", &error));
    assert_true(g_error_matches(error, REPO_ERROR, REPO_ERROR_REVISION));
}

static void a_shallow_clone_says_what_it_cannot_know(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "title: Filter\nestimate: 8\n", "");
    commit(fixture, "one");
    write_item(fixture, FILTER, "title: Filter\nestimate: 5\n", "");
    commit(fixture, "two");
    write_item(fixture, FILTER, "title: Filter\nestimate: 5\nowner: bo\n", "");
    commit(fixture, "three");
    g_autofree char *before = g_strconcat("file://", fixture->root, NULL);
    fixture_git(fixture, "clone", "-q", "--depth", "2", before, "clone", NULL);
    g_autofree char *root = fixture_path(fixture, "clone");
    g_autoptr(Policy) policy = policy_new(root, root, NULL);
    g_autofree char *text = fixture_read(fixture, FILTER);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(Blame) blame = blame_new(policy, FILTER, bytes, NULL);
    assert_true(blame_trace(&blame, 1, NULL, NULL));
    g_autofree char *words = words_of(blame);
    assert_string_equal(words, "title Filter: ^two\nestimate 5: ^two\nowner bo: three\n");
    assert_true(blame->is_cut);
}

/* -- names -- */

static void parts_are_chosen_by_name(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    const char *const wrong[] = { "title", "estimat", NULL }, *const absent[] = { "owner", "decision 3",
                                                                                  NULL };

    write_item(fixture, FILTER, "title: F\nestimate: 5\napproach: trivial\nwaive:\n  b: x\n",
               "## Approach\n\nA.\n\n## Acceptance criteria\n\n- One\n- Two\n\n## Decisions\n\n- D\n");
    check_part(fixture, FILTER, "estimate,2", "estimate 5: -\ncriterion 2 Two: -\n");
    check_part(fixture, FILTER, "approach", "approach trivial: -\nsection Approach A.: -\n");
    check_part(fixture, FILTER, "section APPROACH", "section Approach A.: -\n");
    check_part(fixture, FILTER, "technical notes", "section Approach A.: -\n");
    check_part(fixture, FILTER, "waive.b,decisions", "waive.b x: -\ndecision 1 D: -\n");
    check_part(fixture, FILTER, "decision 1", "decision 1 D: -\n");
    g_autoptr(Blame) blame = open_blame(fixture, FILTER);
    assert_false(blame_select(blame, wrong, missing, &error));
    assert_true(g_error_matches(error, BLAME_ERROR, BLAME_ERROR_NAME));
    assert_true(fixture_says(error->message, "did you mean estimate?"));
    assert_int_equal(blame->parts->len, 8);
    assert_true(blame_select(blame, absent, missing, NULL));
    assert_int_equal(missing->len, 2);
    assert_int_equal(blame->parts->len, 0);
}

static void lines_are_counted(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "title: F\nlabels:\n  - a\n",
               "\nIntro.\n\n## Acceptance criteria\n\n- One\n\n## Story\n\nS.\n");
    g_autoptr(Blame) blame = open_blame(fixture, FILTER);
    const guint lines[] = { 2, 4, 8, 12, 14 };
    assert_int_equal(blame->parts->len, G_N_ELEMENTS(lines));
    for (guint i = 0; i < blame->parts->len; i++)
        assert_int_equal(((const struct blame_part *)blame->parts->pdata[i])->line, lines[i]);
}

static void a_version_that_cannot_be_read_is_an_error_with_its_place(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GBytes) broken = g_bytes_new_static("---\ntitle: [\n---\n", 18);
    g_autoptr(GBytes) bare = g_bytes_new_static("No front matter\n", 16);
    g_autoptr(GError) error = NULL, other = NULL;

    assert_null(blame_new(fixture->policy, FILTER, broken, &error));
    assert_true(g_error_matches(error, BLAME_ERROR, BLAME_ERROR_UNREADABLE));
    assert_true(fixture_says(error->message, "k7q2m-filter.md:3:1: "));
    assert_null(blame_new(fixture->policy, FILTER, bare, &other));
    assert_true(fixture_says(other->message, "k7q2m-filter.md:1:1: "));
}

/* -- who set a value -- */

static void who_set_values_of_several_items_is_one_walk(void **state)
{
    struct fixture *fixture = *state;
    const struct blame_question questions[] = {
        { FILTER, "depends", "t2h8k" },        { "backlog/t2h8k.md", "depends", "k7q2m" },
        { FILTER, "estimate", NULL },          { FILTER, "depends", "zzzzz" },
        { "backlog/bcd23.md", "title", NULL }, { "backlog/mnp23.md", "title", NULL },
        { FILTER, "depends", NULL },
    };
    const char *const subjects[] = { "two", "three", "one", NULL, NULL, NULL, "one" };

    write_item(fixture, FILTER, "estimate: 5\ndepends:\n  - c4x9d\n", "");
    write_item(fixture, "backlog/t2h8k.md", "title: Sort\n", "");
    commit(fixture, "one");
    write_item(fixture, FILTER, "estimate: 5\ndepends:\n  - c4x9d\n  - t2h8k\n", "");
    commit(fixture, "two");
    write_item(fixture, "backlog/t2h8k.md", "title: Sort\ndepends: [k7q2m]\n", "");
    write_item(fixture, "backlog/mnp23.md", "title: [\n", "");
    commit(fixture, "three");
    g_autoptr(GPtrArray) blames = blame_ask(fixture->policy, questions, G_N_ELEMENTS(questions), NULL);
    assert_int_equal(blames->len, G_N_ELEMENTS(questions));
    for (guint i = 0; i < blames->len; i++) {
        const struct blame *blame = blames->pdata[i];
        assert_int_equal(blame->parts->len > 0, subjects[i] != NULL);
        if (subjects[i])
            assert_string_equal(((struct blame_part *)blame->parts->pdata[0])->decision->subject,
                                subjects[i]);
    }
    assert_int_equal(((struct blame *)blames->pdata[6])->parts->len, 2);
}

static void a_decision_has_its_reason_and_who_took_part(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, FILTER, "estimate: 5\n", "");
    write_item(fixture, "backlog/t2h8k.md", "title: Sort\n", "");
    commit(fixture,
           "2 items: added\n\n- k7q2m: added\n\nThe index can do it.\n\nCo-authored-by: Bo <bo@example.com>");
    g_autoptr(Blame) blame = open_blame(fixture, FILTER);
    assert_true(blame_trace(&blame, 1, NULL, NULL));
    const struct blame_part *part = blame->parts->pdata[0];
    assert_string_equal(part->reason, "The index can do it.");
    assert_string_equal(part->decision->author_name, "Ana Silva");
    assert_string_equal(part->decision->participants->pdata[0], "Bo <bo@example.com>");
    assert_string_equal(blame->id, "k7q2m");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_value_has_the_commit_that_set_it),
        TEST(entries_of_lists_and_maps_are_decided_each_for_itself),
        TEST(how_it_is_written_is_no_decision),
        TEST(a_merge_decides_only_what_no_parent_has),
        TEST(what_both_sides_did_alike_is_the_first_parents),
        TEST(a_parent_with_the_same_file_has_all_of_it),
        TEST(before_it_is_committed_a_merge_has_all_its_parents),
        TEST(a_criterion_is_followed_through_rewording),
        TEST(who_unticked_is_said_but_not_who_left_a_box_empty),
        TEST(at_a_merge_a_tick_comes_with_its_criterion),
        TEST(what_one_side_reworded_and_the_other_ticked_is_of_both),
        TEST(a_question_its_tick_and_its_answers_are_apart),
        TEST(a_section_is_its_heading_and_its_own_words),
        TEST(an_item_is_followed_by_the_id_in_its_name),
        TEST(an_item_is_followed_to_where_the_backlog_was),
        TEST(of_two_files_with_one_id_each_has_its_own),
        TEST(of_two_in_different_folders_too),
        TEST(a_version_that_cannot_be_read_hides_nothing),
        TEST(an_item_that_was_gone_begins_anew),
        TEST(a_link_is_no_version),
        TEST(what_is_not_recorded_is_nobodys),
        TEST(a_revision_knows_nothing_later),
        TEST(a_shallow_clone_says_what_it_cannot_know),
        TEST(parts_are_chosen_by_name),
        TEST(lines_are_counted),
        TEST(a_version_that_cannot_be_read_is_an_error_with_its_place),
        TEST(who_set_values_of_several_items_is_one_walk),
        TEST(a_decision_has_its_reason_and_who_took_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
