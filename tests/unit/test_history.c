/* The history of items, in scratch repositories that git itself makes. */
#include "history.h"

#include "fixture.h"
#include "repo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

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

/* An item file; fields are whole lines. */
static void write_item(const struct fixture *fixture, const char *path, const char *title, const char *fields)
{
    g_autofree char *text = g_strdup_printf("---\ntitle: %s\n%s---\n\n## Story\n\nText.\n", title, fields);
    fixture_write(fixture, path, text);
}

static void commit(const struct fixture *fixture, const char *message)
{
    fixture_git(fixture, "add", "-A", NULL);
    fixture_git(fixture, "commit", "-q", "--allow-empty", "-m", message, NULL);
}

static void append_decision(GString *out, const struct history_decision *decision)
{
    for (guint i = 0; i < decision->items->len; i++) {
        const struct history_item *item = decision->items->pdata[i];
        g_autoptr(GPtrArray) words = history_item_words(item);
        g_ptr_array_add(words, NULL);
        g_autofree char *all = g_strjoinv(", ", (char **)words->pdata);
        g_string_append_printf(out, "%s%s: %s", i ? "; " : "", item->id, all);
        if (item->reason)
            g_string_append_printf(out, " (%s)", item->reason);
    }
    g_string_append_c(out, '\n');
}

/* "ID: WORDS (REASON); …" a decision, each with a newline; ids is a word list or NULL. */
static char *history_of(const struct policy *policy, const char *revision, const char *ids)
{
    g_auto(GStrv) wanted = ids ? g_strsplit(ids, " ", -1) : NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(History) history = history_open(policy, revision, (const char *const *)wanted, &error);
    GString *out = g_string_new(NULL);

    if (!history)
        fail_msg("%s", error->message);
    for (;;) {
        g_autoptr(HistoryDecision) decision = history_next(history, &error);
        if (!decision)
            break;
        append_decision(out, decision);
    }
    if (error)
        fail_msg("%s", error->message);
    if (history_is_cut(history))
        g_string_append(out, "cut\n");
    return g_string_free(out, FALSE);
}

static void check(const struct fixture *fixture, const char *ids, const char *expected)
{
    g_autofree char *all = history_of(fixture->policy, "HEAD", ids);
    assert_string_equal(all, expected);
}

static void decisions_come_newest_first_with_what_and_why(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, "backlog/k7q2m-filter.md", "Filter", "estimate: 8\n");
    commit(fixture, "k7q2m: added: Filter");
    fixture_write(fixture, "src/main.c", "int main(void);\n");
    commit(fixture, "code: begin");
    write_item(fixture, "backlog/k7q2m-filter.md", "Filter", "estimate: 5\n");
    write_item(fixture, "backlog/t2h8k.md", "Sort", "");
    commit(fixture, "2 items: k7q2m estimate 8 -> 5, …\n\n- k7q2m: estimate 8 -> 5\n- t2h8k: added: Sort\n\n"
                    "The cache is there.\n\nCo-authored-by: Bo <bo@example.com>");
    write_item(fixture, "backlog/t2h8k.md", "Sort", "labels:\n  - search\n");
    commit(fixture, "Label what is left");
    check(fixture, NULL,
          "t2h8k: labels +search (Label what is left)\n"
          "k7q2m: estimate 8 -> 5 (The cache is there.); t2h8k: added: Sort (The cache is there.)\n"
          "k7q2m: added: Filter\n");
    check(fixture, "k7q2m", "k7q2m: estimate 8 -> 5 (The cache is there.)\nk7q2m: added: Filter\n");
    check(fixture, "t2h8k",
          "t2h8k: labels +search (Label what is left)\n"
          "t2h8k: added: Sort (The cache is there.)\n");
    check(fixture, "c4x9d", "");
}

static void a_decision_says_who_and_when(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, "backlog/k7q2m.md", "Filter", "");
    fixture_write(fixture, ".mailmap",
                  "Ana Silva <ana@example.com> <ana@old.example>\n"
                  "Bo Berg <bo@example.com> <bb@old.example>\n");
    fixture_git(fixture, "add", "-A", NULL);
    fixture_git(fixture, "commit", "-q", "--author=A. <ana@old.example>", "--date=2026-11-20T10:30:00+0130",
                "-m",
                "k7q2m: added\n\nCo-authored-by: b <bb@old.example>\nCo-authored-by: Bo <bo@example.com>\n"
                "Co-authored-by: Ana <ANA@example.com>\nCo-authored-by: Cem <cem@example.com>",
                NULL);
    g_autoptr(History) history = history_open(fixture->policy, "HEAD", NULL, NULL);
    g_autoptr(HistoryDecision) decision = history_next(history, NULL);
    assert_non_null(decision);
    assert_string_equal(decision->author_name, "Ana Silva");
    assert_string_equal(decision->author_email, "ana@example.com");
    assert_int_equal(decision->offset, 90);
    assert_int_equal(decision->time, 1795165200);
    assert_string_equal(decision->subject, "k7q2m: added");
    assert_int_equal(strlen(decision->commit), 40);
    assert_int_equal(strlen(decision->short_commit), 7);
    assert_true(g_str_has_prefix(decision->commit, decision->short_commit));
    assert_int_equal(decision->participants->len, 2);
    assert_string_equal(decision->participants->pdata[0], "Bo Berg <bo@example.com>");
    assert_string_equal(decision->participants->pdata[1], "Cem <cem@example.com>");
    const struct history_item *item = decision->items->pdata[0];
    assert_string_equal(item->path, "backlog/k7q2m.md");
    assert_string_equal(item->title, "Filter");
    assert_null(history_next(history, NULL));
}

static void an_item_is_followed_by_its_id(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, "backlog/k7q2m-filter.md", "Filter", "");
    write_item(fixture, "backlog/t2h8k-filter.md", "Filter", "");
    commit(fixture, "one");
    fixture_git(fixture, "mv", "backlog/k7q2m-filter.md", "backlog/k7q2m-filter-by-day.md", NULL);
    commit(fixture, "two");
    fixture_folder(fixture, "backlog/archive/2026");
    fixture_git(fixture, "mv", "backlog/k7q2m-filter-by-day.md", "backlog/archive/2026/K7Q2M.md", NULL);
    write_item(fixture, "backlog/archive/2026/K7Q2M.md", "Filter", "status: done\n");
    commit(fixture, "three");
    fixture_git(fixture, "rm", "-q", "backlog/archive/2026/K7Q2M.md", NULL);
    commit(fixture, "four");
    static const char expected[] = "k7q2m: removed: Filter (four)\n"
                                   "k7q2m: status done, moved to backlog/archive/2026/K7Q2M.md (three)\n"
                                   "k7q2m: moved to backlog/k7q2m-filter-by-day.md (two)\n"
                                   "k7q2m: added: Filter (one)\n";
    check(fixture, "k7q2m", expected);
    check(fixture, "t2h8k", "t2h8k: added: Filter (one)\n");
}

static void an_item_that_was_away_is_found_on_both_sides(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, "backlog/k7/k7q2m.md", "Filter", "");
    write_item(fixture, "backlog/t2/t2h8k.md", "Sort", "");
    commit(fixture, "one");
    fixture_git(fixture, "rm", "-q", "backlog/k7/k7q2m.md", NULL);
    commit(fixture, "two");
    write_item(fixture, "backlog/t2/t2h8k.md", "Sort", "estimate: 1\n");
    commit(fixture, "three");
    write_item(fixture, "backlog/t2/k7q2m.md", "Filter", "");
    commit(fixture, "four");
    write_item(fixture, "backlog/t2/t2h8k.md", "Sort", "estimate: 2\n");
    commit(fixture, "five");
    check(fixture, "k7q2m",
          "k7q2m: added: Filter (four)\nk7q2m: removed: Filter (two)\nk7q2m: added: Filter (one)\n");
}

static void what_is_no_item_has_no_history(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, "backlog/README.md", "How", "");
    write_item(fixture, "backlog/idea.md", "Idea", "");
    write_item(fixture, "backlog/votes/t2h8k.md", "A vote", "");
    write_item(fixture, "backlog/.obsidian/tzx9d.md", "Hidden", "");
    write_item(fixture, "backlog2/tzx9d.md", "Beside", "");
    write_item(fixture, "backlog/more/votes/bcg32.md", "Kept", "");
    commit(fixture, "one");
    check(fixture, NULL, "bcg32: added: Kept (one)\n");
}

static void a_rewrite_that_changes_nothing_is_no_decision(void **state)
{
    struct fixture *fixture = *state;

    fixture_write(fixture, "backlog/k7q2m.md", "---\ntitle: Filter\n---\n");
    commit(fixture, "one");
    fixture_write(fixture, "backlog/k7q2m.md", "---\ntitle: \"Filter\" # quoted\n---\n");
    commit(fixture, "two");
    check(fixture, NULL, "k7q2m: added: Filter (one)\n");
}

static void a_squash_keeps_the_reason_of_each_item(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, "backlog/k7q2m.md", "Filter", "estimate: 8\n");
    write_item(fixture, "backlog/t2h8k.md", "Sort", "");
    commit(fixture, "one");
    fixture_git(fixture, "switch", "-q", "-c", "topic", NULL);
    write_item(fixture, "backlog/k7q2m.md", "Filter", "estimate: 5\n");
    commit(fixture, "k7q2m: estimate 8 -> 5\n\nThe cache is there.");
    write_item(fixture, "backlog/t2h8k.md", "Sort", "estimate: 1\n");
    commit(fixture, "t2h8k: estimate 1\n\nA known pattern.\n\nCo-authored-by: Bo <bo@example.com>");
    write_item(fixture, "backlog/k7q2m.md", "Filter", "estimate: 3\n");
    commit(fixture, "k7q2m: estimate 5 -> 3\n\nOnly days.");
    fixture_git(fixture, "switch", "-q", "main", NULL);
    fixture_git(fixture, "merge", "-q", "--squash", "topic", NULL);
    fixture_git(fixture, "commit", "-q", "--no-edit", NULL);
    check(fixture, NULL,
          "k7q2m: estimate 8 -> 3 (Only days.\n\nThe cache is there.); "
          "t2h8k: estimate 1 (A known pattern.)\n"
          "k7q2m: added: Filter (one); t2h8k: added: Sort (one)\n");
}

/* main and topic, each with a change to both items since they parted. */
static void part(struct fixture *fixture, const char *on_main, const char *on_topic)
{
    write_item(fixture, "backlog/k7q2m.md", "Filter", "estimate: 8\nowner: ana\nvalue: low\nstatus: new\n");
    write_item(fixture, "backlog/t2h8k.md", "Sort", "");
    commit(fixture, "one");
    fixture_git(fixture, "switch", "-q", "-c", "topic", NULL);
    write_item(fixture, "backlog/k7q2m.md", "Filter", on_topic);
    write_item(fixture, "backlog/t2h8k.md", "Sort by day", "");
    commit(fixture, "on topic");
    fixture_git(fixture, "switch", "-q", "main", NULL);
    write_item(fixture, "backlog/k7q2m.md", "Filter", on_main);
    commit(fixture, "on main");
}

static void a_merge_that_git_could_do_decides_nothing(void **state)
{
    struct fixture *fixture = *state;

    part(fixture, "estimate: 5\nowner: ana\nvalue: low\nstatus: new\n",
         "estimate: 8\nowner: ana\nvalue: low\nstatus: refining\n");
    fixture_git(fixture, "merge", "-q", "--no-edit", "topic", NULL);
    g_autofree char *merged = fixture_read(fixture, "backlog/k7q2m.md");
    assert_non_null(strstr(merged, "estimate: 5\nowner: ana\nvalue: low\nstatus: refining\n"));
    check(fixture, NULL,
          "k7q2m: estimate 8 -> 5 (on main)\n"
          "k7q2m: status new -> refining (on topic); t2h8k: title Sort -> Sort by day (on topic)\n"
          "k7q2m: added: Filter (one); t2h8k: added: Sort (one)\n");
}

static void a_merge_tells_what_it_decided_itself(void **state)
{
    struct fixture *fixture = *state;

    part(fixture, "estimate: 5\nowner: ana\nvalue: low\nstatus: new\n",
         "estimate: 3\nowner: ana\nvalue: low\nstatus: refining\n");
    fixture_git(fixture, "merge", "-q", "-s", "ours", "--no-commit", "topic", NULL);
    write_item(fixture, "backlog/k7q2m.md", "Filter",
               "estimate: 13\nowner: ana\nvalue: low\nstatus: refining\n");
    write_item(fixture, "backlog/t2h8k.md", "Sort by day", "");
    write_item(fixture, "backlog/c4x9d.md", "Page", "");
    commit(fixture, "Merge topic\n\nBoth were too hopeful.");
    check(fixture, NULL,
          "c4x9d: added: Page (Merge topic\n\nBoth were too hopeful.); "
          "k7q2m: estimate 5 -> 13 (Merge topic\n\nBoth were too hopeful.)\n"
          "k7q2m: estimate 8 -> 5 (on main)\n"
          "k7q2m: status new -> refining, estimate 8 -> 3 (on topic); "
          "t2h8k: title Sort -> Sort by day (on topic)\n"
          "k7q2m: added: Filter (one); t2h8k: added: Sort (one)\n");
}

static void write_body(const struct fixture *fixture, const char *body)
{
    g_autofree char *text = g_strdup_printf("---\ntitle: Filter\n---\n\n%s", body);
    fixture_write(fixture, "backlog/k7q2m.md", text);
}

/* What is new to one parent, and to the other another wording of something, is in neither. */
static void a_merge_tells_what_is_new_beside_one_parent_and_reworded_beside_the_other(void **state)
{
    struct fixture *fixture = *state;

    write_body(fixture, "## Acceptance criteria\n\n- [ ] The list shows within one second\n");
    commit(fixture, "one");
    fixture_git(fixture, "switch", "-q", "-c", "topic", NULL);
    write_body(fixture,
               "## Acceptance criteria\n\n- [ ] An empty range keeps the dates\n\n## Why\n\nCalls.\n");
    commit(fixture, "on topic");
    fixture_git(fixture, "switch", "-q", "main", NULL);
    write_body(fixture, "## Acceptance criteria\n\n- [ ] The list shows within a second\n");
    commit(fixture, "on main");
    fixture_git(fixture, "merge", "-q", "-s", "ours", "--no-commit", "topic", NULL);
    write_body(fixture, "## Acceptance criteria\n\n- [ ] The list shows within half a second\n"
                        "- [ ] An empty range keeps both the dates\n\n## Why\n\nCosts.\n");
    commit(fixture, "Merge topic");
    g_autofree char *all = history_of(fixture->policy, "HEAD", NULL);
    *strchr(all, '\n') = '\0';
    assert_string_equal(all,
                        "k7q2m: criterion 1 reworded, criterion 2 added, section Why added (Merge topic)");
}

static void a_merge_tells_what_is_gone_beside_one_parent_and_reworded_beside_the_other(void **state)
{
    struct fixture *fixture = *state;

    write_body(fixture, "## Acceptance criteria\n\n- [ ] The list shows within a second\n");
    commit(fixture, "one");
    fixture_git(fixture, "switch", "-q", "-c", "topic", NULL);
    write_body(fixture, "## Acceptance criteria\n\n- [x] The list shows within a second\n");
    commit(fixture, "on topic");
    fixture_git(fixture, "switch", "-q", "main", NULL);
    write_body(fixture, "## Acceptance criteria\n\n- [ ] The list shows within half a second today\n"
                        "- [ ] The list shows within a second\n");
    commit(fixture, "on main");
    fixture_git(fixture, "merge", "-q", "-s", "ours", "--no-commit", "topic", NULL);
    write_body(fixture, "## Acceptance criteria\n\n- [ ] The list shows within half a second\n");
    commit(fixture, "Merge topic");
    g_autofree char *all = history_of(fixture->policy, "HEAD", NULL);
    *strchr(all, '\n') = '\0';
    assert_string_equal(all, "k7q2m: criterion 1 reworded, criterion 2 removed (Merge topic)");
}

static void a_merge_tells_what_it_removed_of_which_a_version_cannot_be_read(void **state)
{
    struct fixture *fixture = *state;

    part(fixture, "estimate: 5\nowner: ana\nvalue: low\nstatus: new\n", "estimate: [\n");
    fixture_git(fixture, "merge", "-q", "-s", "ours", "--no-commit", "topic", NULL);
    fixture_git(fixture, "rm", "-q", "-f", "backlog/k7q2m.md", NULL);
    commit(fixture, "Merge topic");
    g_autofree char *all = history_of(fixture->policy, "HEAD", NULL);
    *strchr(all, '\n') = '\0';
    assert_string_equal(all, "k7q2m: removed: Filter (Merge topic)");
}

static void an_item_of_one_branch_is_not_new_in_the_merge(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, "backlog/k7q2m.md", "Filter", "");
    commit(fixture, "one");
    fixture_git(fixture, "switch", "-q", "-c", "topic", NULL);
    write_item(fixture, "backlog/t2h8k.md", "Sort", "");
    commit(fixture, "on topic");
    fixture_git(fixture, "switch", "-q", "main", NULL);
    write_item(fixture, "backlog/k7q2m.md", "Filter", "estimate: 1\n");
    commit(fixture, "on main");
    fixture_git(fixture, "merge", "-q", "--no-commit", "topic", NULL);
    write_item(fixture, "backlog/t2h8k.md", "Sort", "estimate: 2\n");
    commit(fixture, "Merge topic");
    check(fixture, "t2h8k", "t2h8k: estimate 2 (Merge topic)\nt2h8k: added: Sort (on topic)\n");
}

static void a_version_that_cannot_be_read_hides_no_other(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *large = g_strnfill(1024 * 1024 + 1, 'x');

    write_item(fixture, "backlog/k7q2m.md", "Filter", "");
    fixture_write(fixture, "backlog/t2h8k.md", "---\ntitle: [\n---\n");
    commit(fixture, "one");
    fixture_write(fixture, "backlog/k7q2m.md", large);
    fixture_write(fixture, "backlog/t2h8k.md", "---\ntitle: [[\n---\n");
    write_item(fixture, "backlog/c4x9d.md", "Page", "");
    commit(fixture, "two");
    write_item(fixture, "backlog/k7q2m.md", "Filter", "");
    fixture_git(fixture, "rm", "-q", "backlog/t2h8k.md", NULL);
    fixture_git(fixture, "rm", "-q", "backlog/c4x9d.md", NULL);
    fixture_link(fixture, "k7q2m.md", "backlog/c4x9d.md");
    commit(fixture, "three");
    check(fixture, NULL,
          "c4x9d: became unreadable (three); k7q2m: readable again (three); "
          "t2h8k: removed, was unreadable (three)\n"
          "c4x9d: added: Page (two); k7q2m: became unreadable (two); t2h8k: changed, unreadable (two)\n"
          "k7q2m: added: Filter (one); t2h8k: added, unreadable (one)\n");
}

static void a_shallow_clone_says_where_it_ends(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *url = g_strconcat("file://", fixture->root, NULL);
    g_autofree char *root = fixture_path(fixture, "clone");
    g_autoptr(Policy) policy = policy_new(root, root, NULL);

    write_item(fixture, "backlog/k7q2m.md", "Filter", "");
    commit(fixture, "one");
    write_item(fixture, "backlog/k7q2m.md", "Filter", "estimate: 1\n");
    commit(fixture, "two");
    write_item(fixture, "backlog/k7q2m.md", "Filter", "estimate: 2\n");
    commit(fixture, "three");
    fixture_git(fixture, "clone", "-q", "--depth=2", url, "clone", NULL);
    g_autofree char *two = history_of(policy, "HEAD", NULL);
    assert_string_equal(two, "k7q2m: estimate 1 -> 2 (three)\ncut\n");
    g_autofree char *of_one = history_of(policy, "HEAD", "k7q2m");
    assert_string_equal(of_one, two);
    fixture_git(fixture, "-C", "clone", "fetch", "-q", "--unshallow", NULL);
    g_autofree char *whole = history_of(policy, "HEAD", NULL);
    check(fixture, NULL, whole);
}

static void children_come_before_parents_whatever_the_clock_said(void **state)
{
    struct fixture *fixture = *state;
    static const char *const days[] = { "2026-11-20T09:00:00Z", "2030-01-01T00:00:00Z",
                                        "1999-01-01T00:00:00Z", "2026-11-19T09:00:00Z" };

    for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
        g_autofree char *fields = g_strdup_printf("estimate: %u\n", (guint)i);
        g_autofree char *alias =
            g_strdup_printf("alias.ci=!GIT_COMMITTER_DATE=%s git commit -q -m x", days[i]);
        write_item(fixture, "backlog/k7q2m.md", "Filter", fields);
        fixture_git(fixture, "add", "-A", NULL);
        fixture_git(fixture, "-c", alias, "ci", NULL);
    }
    check(fixture, NULL,
          "k7q2m: estimate 2 -> 3 (x)\nk7q2m: estimate 1 -> 2 (x)\nk7q2m: estimate 0 -> 1 (x)\n"
          "k7q2m: added: Filter (x)\n");
}

static void a_policy_below_the_top_has_its_own_history(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *root = fixture_path(fixture, "apps/till");
    g_autoptr(Policy) policy = policy_new(root, fixture->root, NULL);

    write_item(fixture, "backlog/c4x9d.md", "Of the shop", "");
    commit(fixture, "shop");
    write_item(fixture, "apps/till/backlog/k7q2m.md", "Of the till", "");
    commit(fixture, "till");
    g_autofree char *till = history_of(policy, "HEAD", NULL);
    assert_string_equal(till, "k7q2m: added: Of the till (till)\n");
    check(fixture, NULL, "c4x9d: added: Of the shop (shop)\n");
}

static void history_begins_at_the_revision(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, "backlog/k7q2m.md", "Filter", "");
    commit(fixture, "one");
    fixture_git(fixture, "tag", "-a", "-m", "agreed", "agreed", NULL);
    fixture_git(fixture, "rm", "-q", "-r", "backlog", NULL);
    fixture_write(fixture, "backlog", "a file\n");
    commit(fixture, "two");
    g_autofree char *agreed = history_of(fixture->policy, "agreed", NULL);
    assert_string_equal(agreed, "k7q2m: added: Filter (one)\n");
    check(fixture, "k7q2m", "k7q2m: removed: Filter (two)\nk7q2m: added: Filter (one)\n");
}

static void what_has_no_history_is_said(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) unborn = NULL, absent = NULL;

    assert_null(history_open(fixture->policy, "HEAD", NULL, &unborn));
    assert_true(g_error_matches(unborn, REPO_ERROR, REPO_ERROR_UNBORN));
    assert_true(fixture_says(unborn->message, "the current branch has no commit yet"));
    commit(fixture, "one");
    assert_null(history_open(fixture->policy, "v1", NULL, &absent));
    assert_true(fixture_says(absent->message, "there is no revision v1"));
    check(fixture, NULL, "");
}

static void without_a_repository_there_is_no_history(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;

    assert_null(history_open(fixture_policy(fixture, NULL), "HEAD", NULL, &error));
    assert_true(g_error_matches(error, REPO_ERROR, REPO_ERROR_NONE));
}

/* -- made-up histories, imported at once -- */

static const char *const made_ids[] = { "k7q2m", "t2h8k", "c4x9d", "m4n5p", "bcg32" };
static const char *const made_places[][2] = {
    { "", "" }, { "", "-x" }, { "archive/2026/", "" }, { "sh/", "-y" }
};

static char *made_path(gsize item, int place)
{
    return g_strdup_printf("backlog/%s%s%s.md", made_places[place][0], made_ids[item], made_places[place][1]);
}

/* Where the items are on a branch: index of made_places, -1 not there. */
struct made {
    int place[G_N_ELEMENTS(made_ids)];
};

/* One command for git fast-import that changes, moves, adds or removes an item. */
static void make_change(GString *stream, GRand *random, struct made *made, int number)
{
    gsize which = (gsize)g_rand_int_range(random, 0, G_N_ELEMENTS(made_ids));
    int *place = &made->place[which], what = g_rand_int_range(random, 0, 8);
    g_autofree char *old = *place >= 0 ? made_path(which, *place) : NULL;

    if (old && what == 0) {
        g_string_append_printf(stream, "D %s\n", old);
        *place = -1;
        return;
    }
    if (!old || what < 3)
        *place = g_rand_int_range(random, 0, G_N_ELEMENTS(made_places));
    g_autofree char *path = made_path(which, *place);
    g_autofree char *text = g_strdup_printf("---\ntitle: T\nx-n: %d\n---\n", number);
    if (old && strcmp(old, path) != 0)
        g_string_append_printf(stream, "D %s\n", old);
    g_string_append_printf(stream, "M 100644 inline %s\ndata %zu\n%s\n", path, strlen(text), text);
}

/* A history of that many commits, on two branches that merge now and then where branches is TRUE. */
static void make_history(struct fixture *fixture, GRand *random, int commits, gboolean branches)
{
    g_autoptr(GString) stream = g_string_new(NULL);
    struct made made[2];
    int last[2] = { 1, 1 };

    memset(made, -1, sizeof made);
    for (int i = 1; i <= commits; i++) {
        int side = i > 1 && branches ? g_rand_int_range(random, 0, 2) : 0;
        gboolean merge = branches && last[0] != last[1] && g_rand_int_range(random, 0, 5) == 0;
        g_string_append_printf(stream,
                               "commit refs/heads/made%d\nmark :%d\ncommitter A <a@x> %d +0000\ndata 2\nx\n",
                               side, i, 1700000000 + g_rand_int_range(random, 0, 5000));
        if (i > 1)
            g_string_append_printf(stream, "from :%d\n", last[side]);
        if (merge)
            g_string_append_printf(stream, "merge :%d\n", last[!side]);
        make_change(stream, random, &made[side], i);
        last[side] = i;
        if (i == 1) {
            made[1] = made[0];
            g_string_append(stream, "\nreset refs/heads/made1\nfrom :1\n");
        }
    }
    fixture_write(fixture, "stream", stream->str);
    fixture_git(fixture, "-c", "alias.take=!git fast-import --quiet --force < stream", "take", NULL);
}

/* The lines of a whole history that are about one item. */
static char *lines_about(const char *all, const char *id)
{
    g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
    GString *out = g_string_new(NULL);
    for (gsize i = 0; lines[i]; i++) {
        g_auto(GStrv) items = g_strsplit(lines[i], "; ", -1);
        for (gsize j = 0; items[j]; j++)
            if (g_str_has_prefix(items[j], id))
                g_string_append_printf(out, "%s\n", items[j]);
    }
    return g_string_free(out, FALSE);
}

static void the_history_of_one_is_its_part_of_the_whole(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GRand) random = g_rand_new_with_seed(20261121);

    for (int i = 0; i < 25; i++) {
        make_history(fixture, random, 60, i % 2);
        g_autofree char *all = history_of(fixture->policy, "made0", NULL);
        for (gsize j = 0; j < G_N_ELEMENTS(made_ids); j++) {
            g_autofree char *part_of_all = lines_about(all, made_ids[j]);
            g_autofree char *one = history_of(fixture->policy, "made0", made_ids[j]);
            assert_string_equal(one, part_of_all);
        }
    }
}

/* The commits that git finds to touch files of an id, newest first. */
static char *git_commits(const struct fixture *fixture, const char *id)
{
    g_autofree char *alias = g_strdup_printf("alias.of=!git log --topo-order --format=%%H made0 -- "
                                             "':(glob)backlog/**/%s*' > commits",
                                             id);
    fixture_git(fixture, "-c", alias, "of", NULL);
    return fixture_read(fixture, "commits");
}

static void the_commits_are_those_that_git_finds(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GRand) random = g_rand_new_with_seed(5);

    for (int i = 0; i < 5; i++) {
        make_history(fixture, random, 80, FALSE);
        for (gsize j = 0; j < G_N_ELEMENTS(made_ids); j++) {
            const char *const ids[] = { made_ids[j], NULL };
            g_autofree char *expected = git_commits(fixture, made_ids[j]);
            g_autoptr(GString) found = g_string_new(NULL);
            g_autoptr(History) history = history_open(fixture->policy, "made0", ids, NULL);
            for (;;) {
                g_autoptr(HistoryDecision) decision = history_next(history, NULL);
                if (!decision)
                    break;
                g_string_append_printf(found, "%s\n", decision->commit);
            }
            assert_string_equal(found->str, expected);
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(decisions_come_newest_first_with_what_and_why),
        TEST(a_decision_says_who_and_when),
        TEST(an_item_is_followed_by_its_id),
        TEST(an_item_that_was_away_is_found_on_both_sides),
        TEST(what_is_no_item_has_no_history),
        TEST(a_rewrite_that_changes_nothing_is_no_decision),
        TEST(a_squash_keeps_the_reason_of_each_item),
        TEST(a_merge_that_git_could_do_decides_nothing),
        TEST(a_merge_tells_what_it_decided_itself),
        TEST(a_merge_tells_what_is_new_beside_one_parent_and_reworded_beside_the_other),
        TEST(a_merge_tells_what_is_gone_beside_one_parent_and_reworded_beside_the_other),
        TEST(a_merge_tells_what_it_removed_of_which_a_version_cannot_be_read),
        TEST(an_item_of_one_branch_is_not_new_in_the_merge),
        TEST(a_version_that_cannot_be_read_hides_no_other),
        TEST(a_shallow_clone_says_where_it_ends),
        TEST(children_come_before_parents_whatever_the_clock_said),
        TEST(a_policy_below_the_top_has_its_own_history),
        TEST(history_begins_at_the_revision),
        TEST(what_has_no_history_is_said),
        cmocka_unit_test_setup_teardown(without_a_repository_there_is_no_history, fixture_setup,
                                        fixture_teardown),
        TEST(the_history_of_one_is_its_part_of_the_whole),
        TEST(the_commits_are_those_that_git_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
