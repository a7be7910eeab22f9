/* Assigning to a draft: each kind of field, what is refused, and circles. */
#include "draft.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char front[] = "---\ntitle: Filter\nid: k7q2m\ntype: story\nstatus: new\n";

static int setup(void **state)
{
    fixture_setup(state);
    struct fixture *fixture = *state;
    fixture_policy(fixture, "goals: [{id: findability, says: More}]\n");
    fixture_write(fixture, "backlog/bcg32-login.md",
                  "---\ntitle: Login\nid: bcg32\nstatus: new\ndepends: [c4x9d]\n---\n");
    fixture_write(fixture, "backlog/c4x9d-size.md",
                  "---\ntitle: Size\nid: c4x9d\nstatus: new\naliases: [BACK-37]\nparent: t2h8k\n---\n");
    fixture_write(fixture, "backlog/t2h8k-shop.md", "---\ntitle: The shop\nid: t2h8k\nstatus: new\n---\n");
    fixture_write(fixture, "backlog/idea.md", "---\ntitle: Idea\naliases: [IDEA-1]\n---\n");
    fixture_write(fixture, "backlog/ring-me.md", "---\ntitle: Ring me\nid: wx3d4\n---\n");
    return 0;
}

/* Writes k7q2m with more lines of front matter, and opens its draft. */
static struct draft *open_with(struct fixture *fixture, const char *more)
{
    g_autofree char *text = g_strconcat(front, more, "---\n\n## Story\n", NULL);
    g_autoptr(GError) error = NULL;

    fixture_write(fixture, "backlog/k7q2m-filter.md", text);
    struct backlog *backlog = fixture_backlog(fixture);
    struct draft *draft = draft_open(backlog, fixture_entry(fixture, "backlog/k7q2m-filter.md"), &error);
    if (!draft)
        fail_msg("%s", error->message);
    return draft;
}

/* One assignment makes the lines after the front become others. */
static void check_from(struct fixture *fixture, const char *before, const char *key,
                       enum draft_operation operation, const char *value, const char *after)
{
    g_autoptr(Draft) draft = open_with(fixture, before);
    g_autofree char *expected = g_strconcat(front, after, "---\n\n## Story\n", NULL);
    g_autoptr(GError) error = NULL;

    if (!draft_assign(draft, key, operation, value, &error))
        fail_msg("%s", error->message);
    GBytes *bytes = edit_bytes(draft->edit);
    g_autofree char *text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    assert_string_equal(text, expected);
}

static void check_set(struct fixture *fixture, const char *key, const char *value, const char *after)
{
    check_from(fixture, "", key, DRAFT_SET, value, after);
}

/* An assignment is refused, and the draft is as before. */
static void check_refused(struct fixture *fixture, const char *before, const char *key,
                          enum draft_operation operation, const char *value, const char *says)
{
    g_autoptr(Draft) draft = open_with(fixture, before);
    g_autoptr(GError) error = NULL;

    if (draft_assign(draft, key, operation, value, &error))
        fail_msg("%s=%s was not refused", key, value);
    assert_true(fixture_says(error->message, says));
    assert_true(g_bytes_equal(edit_bytes(draft->edit), draft->before));
    assert_null(draft->companions);
}

static void texts_are_any_line(void **state)
{
    g_autofree char *full = g_strnfill(1000, 'x'), *over = g_strnfill(1001, 'x');
    g_autofree char *line = g_strdup_printf("owner: %s\n", full);

    check_set(*state, "owner", "Ana Silva", "owner: Ana Silva\n");
    check_set(*state, "value", "no", "value: \"no\"\n");
    check_set(*state, "risk", "a: b # c", "risk: \"a: b # c\"\n");
    check_set(*state, "sprint", "2026-11-21", "sprint: \"2026-11-21\"\n");
    check_set(*state, "owner", full, line);
    check_refused(*state, "", "owner", DRAFT_SET, over, "owner: expected one line of at most 1000 bytes");
    check_refused(*state, "", "owner", DRAFT_SET, "Ana\nBo", "owner: expected one line");
    check_refused(*state, "", "owner", DRAFT_SET, "  \t", "owner: expected a value, saw only spaces");
}

static void choices_are_those_of_the_policy(void **state)
{
    check_set(*state, "estimate", "5", "estimate: 5\n");
    check_set(*state, "goal", "findability", "goal: findability\n");
    check_refused(*state, "", "status", DRAFT_SET, "redy", "status cannot be redy; did you mean ready?");
    check_refused(*state, "", "type", DRAFT_SET, "chore",
                  "type cannot be chore; it can be story, bug, task, spike, epic");
    check_refused(*state, "", "goal", DRAFT_SET, "more", "goal cannot be more; it can be findability");
    check_refused(*state, "", "estimate", DRAFT_SET, "4",
                  "estimate cannot be 4; the scale has 3 or 5 beside it");
    check_refused(*state, "", "estimate", DRAFT_SET, "0.5", "the scale has 1 beside it");
    check_refused(*state, "", "estimate", DRAFT_SET, "40", "the scale has 20 beside it");
    check_refused(*state, "", "estimate", DRAFT_SET, "M",
                  "estimate cannot be M; it can be 1, 2, 3, 5, 8, 13, 20");
}

static void days_are_of_the_calendar(void **state)
{
    check_set(*state, "created", "2026-11-20", "created: 2026-11-20\n");
    check_refused(*state, "", "created", DRAFT_SET, "2026-02-30",
                  "created: expected a day as YYYY-MM-DD, saw 2026-02-30");
    check_refused(*state, "", "created", DRAFT_SET, "20-11-2026", "expected a day as YYYY-MM-DD");
    check_refused(*state, "", "created", DRAFT_SET, "today", "expected a day as YYYY-MM-DD");
}

static void references_become_ids(void **state)
{
    check_set(*state, "parent", "t2", "parent: t2h8k\n");
    check_set(*state, "parent", "back-37", "parent: c4x9d\n");
    check_set(*state, "duplicate-of", "BCG32", "duplicate-of: bcg32\n");
    check_from(*state, "", "depends", DRAFT_ADD, "BACK-37", "depends:\n  - c4x9d\n");
    check_from(*state, "", "depends", DRAFT_ADD, "wx", "depends:\n  - wx3d4\n");
    check_from(*state, "depends: [bcg32, wx3d4]\n", "depends", DRAFT_REMOVE, "wx", "depends: [bcg32]\n");
    check_refused(*state, "", "parent", DRAFT_SET, "zzz", "zzz");
    check_refused(*state, "", "parent", DRAFT_SET, "IDEA-1",
                  "idea.md has no id yet, so parent cannot name it");
    check_refused(*state, "", "duplicate-of", DRAFT_SET, "k7q2m", "duplicate-of: an item cannot name itself");
}

static void lists_take_entries_once(void **state)
{
    check_from(*state, "", "labels", DRAFT_ADD, "search", "labels:\n  - search\n");
    check_from(*state, "labels: [search]\n", "labels", DRAFT_ADD, "vip", "labels: [search, vip]\n");
    check_from(*state, "labels: [search]\n", "labels", DRAFT_ADD, "search", "labels: [search]\n");
    check_from(*state, "labels: [a, b]\n", "labels", DRAFT_REMOVE, "a", "labels: [b]\n");
    check_from(*state, "labels: [a, b]\n", "labels", DRAFT_REMOVE, "c", "labels: [a, b]\n");
    check_from(*state, "labels: [a, b]\n", "labels", DRAFT_SET, "", "");
    check_from(*state, "", "labels", DRAFT_SET, "", "");
    check_refused(*state, "", "labels", DRAFT_SET, "a", "labels is a list: write labels+=a or labels-=a");
    check_refused(*state, "", "labels", DRAFT_ADD, "", "labels: expected a value, saw none");
    check_refused(*state, "", "aliases", DRAFT_ADD, "back-37", "aliases: back-37 names c4x9d already");
}

static void depends_can_be_none(void **state)
{
    check_from(*state, "", "depends", DRAFT_SET, "none", "depends: none\n");
    check_from(*state, "depends:\n  - c4x9d\n", "depends", DRAFT_SET, "none", "depends: none\n");
    check_from(*state, "depends: none\n", "depends", DRAFT_ADD, "c4x", "depends:\n  - c4x9d\n");
    check_from(*state, "depends: none\n", "depends", DRAFT_REMOVE, "none", "");
    check_refused(*state, "depends: [c4x9d]\n", "depends", DRAFT_ADD, "none", "depends: none stands alone");
    check_refused(*state, "depends: none\n", "depends", DRAFT_ADD, "zzz", "zzz");
}

static void dependencies_are_removed_by_any_name(void **state)
{
    check_from(*state, "depends: [c4x9d, bcg32]\n", "depends", DRAFT_REMOVE, "BACK-37", "depends: [bcg32]\n");
    check_from(*state, "depends: [BACK-37, bcg32]\n", "depends", DRAFT_REMOVE, "BACK-37",
               "depends: [bcg32]\n");
    check_from(*state, "depends: [gone1, bcg32]\n", "depends", DRAFT_REMOVE, "gone1", "depends: [bcg32]\n");
}

static void maps_are_set_by_name(void **state)
{
    check_set(*state, "waive.no-rank", "it is new", "waive:\n  no-rank: it is new\n");
    check_from(*state, "votes: {ana: 5}\n", "votes.bo", DRAFT_SET, "8", "votes: {ana: 5, bo: \"8\"}\n");
    check_from(*state, "waive:\n  a: x\n  b: y\n", "waive.a", DRAFT_SET, "", "waive:\n  b: y\n");
    check_from(*state, "waive:\n  a: x\n", "waive.b", DRAFT_SET, "", "waive:\n  a: x\n");
    check_refused(*state, "", "waive.no-rnak", DRAFT_SET, "x",
                  "there is no rule no-rnak; did you mean no-rank?");
    check_refused(*state, "", "waive.x", DRAFT_SET, "x", "there is no rule x; refine explain lists them");
    check_refused(*state, "", "waive", DRAFT_SET, "x", "waive is a map: write waive.NAME=x");
    check_refused(*state, "", "waive.", DRAFT_SET, "x", "waive is a map: write waive.NAME=x");
    check_refused(*state, "", "waive", DRAFT_ADD, "x", "waive is a map: write waive.NAME=");
    check_refused(*state, "", "waive.a", DRAFT_ADD, "x", "waive.a is one value: write waive.a=x");
}

static void an_empty_value_removes_but_not_what_every_item_has(void **state)
{
    check_from(*state, "estimate: 5\n", "estimate", DRAFT_SET, "", "");
    check_from(*state, "", "estimate", DRAFT_SET, "", "");
    check_refused(*state, "", "title", DRAFT_SET, "",
                  "every item has a title: it can be changed, not removed");
    check_refused(*state, "", "type", DRAFT_SET, "", "every item has a type");
    check_refused(*state, "", "status", DRAFT_SET, "", "every item has a status");
}

static void what_the_program_makes_is_not_set(void **state)
{
    check_refused(*state, "", "id", DRAFT_SET, "c4x9d", "id is not set: an id never changes");
    check_refused(*state, "", "id", DRAFT_SET, "", "id is not set");
    check_refused(*state, "", "stamp", DRAFT_SET, "x", "stamp is not set");
    check_refused(*state, "", "feedback", DRAFT_ADD, "x", "feedback is not set: edit the file");
}

static void keys_are_known_or_the_users_own(void **state)
{
    check_set(*state, "x-cost", "300", "x-cost: 300\n");
    check_from(*state, "team-name: shop\n", "team-name", DRAFT_SET, "till", "team-name: till\n");
    check_from(*state, "x-links: [a]\n", "x-links", DRAFT_ADD, "b", "x-links: [a, b]\n");
    check_refused(*state, "", "estimat", DRAFT_SET, "5", "there is no field estimat; did you mean estimate?");
    check_refused(*state, "", "colour", DRAFT_SET, "red",
                  "there is no field colour; a key of your own begins with x-");
    check_refused(*state, "", "title.x", DRAFT_SET, "a", "there is no field title.x");
    check_refused(*state, "", "x y", DRAFT_SET, "a", "expected a key of letters, digits and -, saw x y");
    check_refused(*state, "", "x-gr\xc3\xbcn", DRAFT_SET, "a", "expected a key of letters");
    check_refused(*state, "", "", DRAFT_SET, "a", "there is no field ");
    check_refused(*state, "owner: bo\n", "owner", DRAFT_ADD, "ana", "owner is one value: write owner=ana");
}

static void a_plain_value_of_the_users_own_is_written_as_typed(void **state)
{
    check_set(*state, "x-n", "8", "x-n: 8\n");
    check_set(*state, "x-n", "-0.25", "x-n: -0.25\n");
    check_set(*state, "x-n", "true", "x-n: true\n");
    check_set(*state, "x-n", "2026-11-20", "x-n: 2026-11-20\n");
    check_from(*state, "x-n: \"7\"\n", "x-n", DRAFT_SET, "8", "x-n: \"8\"\n");
    /* To other readers these would be something else. */
    check_set(*state, "x-n", "007", "x-n: \"007\"\n");
    check_set(*state, "x-n", "1234567890123456", "x-n: \"1234567890123456\"\n");
    check_set(*state, "x-n", "1e3", "x-n: \"1e3\"\n");
    check_set(*state, "x-n", "12:30", "x-n: \"12:30\"\n");
    check_set(*state, "x-n", "no", "x-n: \"no\"\n");
    check_set(*state, "x-n", "1.", "x-n: \"1.\"\n");
    check_set(*state, "x-n", "-", "x-n: \"-\"\n");
    check_set(*state, "owner", "8", "owner: \"8\"\n");
}

static void what_the_file_cannot_take_names_the_file(void **state)
{
    check_refused(*state, "labels: search\n", "labels", DRAFT_ADD, "vip", "k7q2m-filter.md: ");
    check_refused(*state, "waive: [a]\n", "waive.no-rank", DRAFT_SET, "x", "k7q2m-filter.md: ");
}

/* -- circles -- */

static void a_dependency_that_leads_back_is_refused(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/c4x9d-size.md",
                  "---\ntitle: Size\nid: c4x9d\nstatus: new\ndepends: [k7q2m]\n---\n");
    check_refused(fixture, "", "depends", DRAFT_ADD, "bcg32",
                  "depends on bcg32 would close a circle: "
                  "k7q2m (Filter) -> bcg32 (Login) -> c4x9d (Size) -> k7q2m");
    check_refused(fixture, "", "depends", DRAFT_ADD, "k7q",
                  "depends on k7q2m would close a circle: k7q2m (Filter) -> k7q2m");
    check_from(fixture, "", "depends", DRAFT_ADD, "t2h8k", "depends:\n  - t2h8k\n");
}

static void a_dependency_on_a_split_item_means_its_children(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/t2h8k-shop.md", "---\ntitle: The shop\nid: t2h8k\nstatus: split\n---\n");
    fixture_write(fixture, "backlog/c4x9d-size.md",
                  "---\ntitle: Size\nid: c4x9d\nstatus: new\nparent: t2h8k\ndepends: [k7q2m]\n---\n");
    check_refused(fixture, "", "depends", DRAFT_ADD, "t2h8k",
                  "depends on t2h8k would close a circle: k7q2m (Filter) -> c4x9d (Size) -> k7q2m");
}

static void a_parent_that_leads_back_is_refused(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/t2h8k-shop.md",
                  "---\ntitle: The shop\nid: t2h8k\nstatus: new\nparent: k7q2m\n---\n");
    check_refused(fixture, "", "parent", DRAFT_SET, "c4x9d",
                  "parent on c4x9d would close a circle: "
                  "k7q2m (Filter) -> c4x9d (Size) -> t2h8k (The shop) -> k7q2m");
    check_refused(fixture, "", "parent", DRAFT_SET, "k7q2m", "would close a circle");
    check_from(fixture, "", "parent", DRAFT_SET, "bcg32", "parent: bcg32\n");
}

static void a_duplicate_that_leads_back_is_refused(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/t2h8k-shop.md",
                  "---\ntitle: The shop\nid: t2h8k\nstatus: dropped\nduplicate-of: k7q2m\n---\n");
    fixture_write(fixture, "backlog/c4x9d-size.md",
                  "---\ntitle: Size\nid: c4x9d\nstatus: dropped\nduplicate-of: t2h8k\n---\n");
    check_refused(fixture, "", "duplicate-of", DRAFT_SET, "c4x9d",
                  "duplicate-of on c4x9d would close a circle: "
                  "k7q2m (Filter) -> c4x9d (Size) -> t2h8k (The shop) -> k7q2m");
    check_from(fixture, "", "duplicate-of", DRAFT_SET, "bcg32", "duplicate-of: bcg32\n");
}

static void titles_in_a_circle_are_cut(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/c4x9d-size.md",
                  "---\ntitle: Ärger über Größen, die der Händler täglich neu misst und vergisst\n"
                  "id: c4x9d\nstatus: new\ndepends: [k7q2m]\n---\n");
    check_refused(fixture, "", "depends", DRAFT_ADD, "c4x9d",
                  "k7q2m (Filter) -> c4x9d (Ärger über Größen, die der Händler tägl…) -> k7q2m");
}

static void a_split_item_can_be_the_parent_of_its_children(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/t2h8k-shop.md", "---\ntitle: The shop\nid: t2h8k\nstatus: split\n---\n");
    check_from(fixture, "parent: t2h8k\n", "parent", DRAFT_SET, "t2h8k", "parent: t2h8k\n");
    check_from(fixture, "", "parent", DRAFT_SET, "t2h8k", "parent: t2h8k\n");
}

/* An assignment on the item with the lines here, done again to a version with the lines there. */
static void check_replayed(struct fixture *fixture, const char *here, const char *key,
                           enum draft_operation operation, const char *value, const char *there,
                           const char *after)
{
    g_autoptr(Draft) draft = open_with(fixture, here);
    g_autofree char *text = g_strconcat(front, there, "---\n", NULL);
    g_autofree char *expected = g_strconcat(front, after, "---\n", NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(Edit) onto = edit_new(bytes);
    g_autoptr(GError) error = NULL;

    if (!draft_assign(draft, key, operation, value, &error) || !edit_replay(draft->edit, onto, &error))
        fail_msg("%s", error->message);
    g_autofree char *result =
        g_strndup(g_bytes_get_data(edit_bytes(onto), NULL), g_bytes_get_size(edit_bytes(onto)));
    assert_string_equal(result, expected);
}

static void what_is_so_by_hand_becomes_so_in_other_versions(void **state)
{
    check_replayed(*state, "owner: Bo\n", "owner", DRAFT_SET, "Bo", "owner: Ana\n", "owner: Bo\n");
    check_replayed(*state, "", "owner", DRAFT_SET, "", "owner: Ana\n", "");
    check_replayed(*state, "labels: [vip]\n", "labels", DRAFT_ADD, "vip", "", "labels:\n  - vip\n");
    check_replayed(*state, "", "labels", DRAFT_REMOVE, "vip", "labels: [a, vip]\n", "labels: [a]\n");
    check_replayed(*state, "labels: [a]\n", "labels", DRAFT_REMOVE, "vip", "labels: [a, vip]\n",
                   "labels: [a]\n");
    check_replayed(*state, "", "labels", DRAFT_SET, "", "labels: [a, vip]\n", "");
    check_replayed(*state, "votes: {ana: \"5\"}\n", "votes.ana", DRAFT_SET, "5", "votes: {ana: \"8\"}\n",
                   "votes: {ana: \"5\"}\n");
    check_replayed(*state, "", "votes.ana", DRAFT_SET, "", "votes: {ana: 8, bo: 5}\n", "votes: {bo: 5}\n");
    check_replayed(*state, "depends: [c4x9d]\n", "depends", DRAFT_ADD, "BACK-37", "",
                   "depends:\n  - c4x9d\n");
    check_replayed(*state, "", "depends", DRAFT_REMOVE, "BACK-37", "depends: [bcg32, c4x9d]\n",
                   "depends: [bcg32]\n");
    check_replayed(*state, "depends: none\n", "depends", DRAFT_SET, "none", "depends: [bcg32]\n",
                   "depends: none\n");
}

/* Sets the status of an item of which those lines tell; gives them as they are then, or what refuses. */
static char *set_status(struct fixture *fixture, const char *lines, const char *status)
{
    g_autofree char *text = g_strconcat("---\ntitle: Filter\nid: k7q2m\n", lines, "---\n", NULL);
    g_autoptr(GError) error = NULL;

    fixture_write(fixture, "backlog/k7q2m-filter.md", text);
    struct backlog *backlog = fixture_backlog(fixture);
    g_autoptr(Draft) draft = draft_open(backlog, fixture_entry(fixture, "backlog/k7q2m-filter.md"), &error);
    if (!draft_assign(draft, "status", DRAFT_SET, status, &error))
        return g_strdup(error->message);
    const struct document *document = edit_document(draft->edit);
    gsize start = strlen("---\ntitle: Filter\nid: k7q2m\n");
    return g_strndup(document->text + start, document->front->span.end - start);
}

static void check_status(struct fixture *fixture, const char *lines, const char *status, const char *expected)
{
    g_autofree char *told = set_status(fixture, lines, status);
    assert_string_equal(told, expected);
}

static void ready_is_declared_and_not_set(void **state)
{
    static const char refused[] =
        "status is not set to ready: refine ready k7q2m declares it, where nothing is missing";

    check_status(*state, "status: refining\n", "ready", refused);
    check_status(*state, "status: doing\n", "ready", refused);
    check_status(*state, "stamp: 1\n", "ready", refused);
    check_status(*state, "status: ready\n", "ready", "status: ready\n");
    check_status(*state, "status: doing\nstamp: 1\n", "ready", "status: ready\nstamp: 1\n");
}

static void what_was_agreed_goes_where_an_item_is_refined_again(void **state)
{
    check_status(*state, "status: ready\nstamp: 1\nowner: Bo\n", "refining", "status: refining\nowner: Bo\n");
    check_status(*state, "status: done\nstamp: 1\n", "new", "status: new\n");
    check_status(*state, "status: ready\nstamp: 1\n", "doing", "status: doing\nstamp: 1\n");
    check_status(*state, "status: doing\nstamp: 1\n", "done", "status: done\nstamp: 1\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(texts_are_any_line),
        TEST(choices_are_those_of_the_policy),
        TEST(ready_is_declared_and_not_set),
        TEST(what_was_agreed_goes_where_an_item_is_refined_again),
        TEST(days_are_of_the_calendar),
        TEST(references_become_ids),
        TEST(lists_take_entries_once),
        TEST(depends_can_be_none),
        TEST(dependencies_are_removed_by_any_name),
        TEST(maps_are_set_by_name),
        TEST(an_empty_value_removes_but_not_what_every_item_has),
        TEST(what_the_program_makes_is_not_set),
        TEST(keys_are_known_or_the_users_own),
        TEST(a_plain_value_of_the_users_own_is_written_as_typed),
        TEST(what_the_file_cannot_take_names_the_file),
        TEST(a_dependency_that_leads_back_is_refused),
        TEST(a_dependency_on_a_split_item_means_its_children),
        TEST(a_parent_that_leads_back_is_refused),
        TEST(a_duplicate_that_leads_back_is_refused),
        TEST(titles_in_a_circle_are_cut),
        TEST(a_split_item_can_be_the_parent_of_its_children),
        TEST(what_is_so_by_hand_becomes_so_in_other_versions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
