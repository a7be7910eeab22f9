/* What speaks against a text as an item's next version. */
#include "draft.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ITEM                                                                                                 \
    "---\ntitle: Filter\nid: k7q2m\nrank: nb\ntype: story\nstatus: new\nestimate: many\n---\n\nText.\n"

static int setup(void **state)
{
    fixture_setup(state);
    fixture_policy_without_rules(*state, "depends-dangling stale-ready no-rank open-question", NULL);
    fixture_write(*state, "backlog/k7q2m-filter.md", ITEM);
    fixture_write(*state, "backlog/c4x9d.md",
                  "---\ntitle: Pay\nid: c4x9d\ntype: story\nstatus: ready\n---\n");
    fixture_backlog(*state);
    return 0;
}

/* The faults of the draft with that text, "LINE:COLUMN MESSAGE" lines. */
static void check_draft(const struct draft *draft, const char *text, const char *expected)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(GPtrArray) faults = draft_faults(draft, bytes, NULL);
    g_autoptr(GString) seen = g_string_new(NULL);

    assert_non_null(faults);
    for (guint i = 0; i < faults->len; i++) {
        const struct finding *finding = faults->pdata[i];
        g_string_append_printf(seen, "%u:%u %s\n", finding->at.line, finding->at.column, finding->message);
    }
    assert_string_equal(seen->str, expected);
}

static void check(struct fixture *fixture, const char *text, const char *expected)
{
    const struct entry *entry = fixture_entry(fixture, "backlog/k7q2m-filter.md");
    g_autoptr(Draft) draft = draft_open_text(fixture->backlog, entry, NULL);
    check_draft(draft, text, expected);
}

static void a_good_text_has_none(void **state)
{
    check(*state, "---\ntitle: Filter\nid: k7q2m\ntype: bug\nstatus: new\n---\n", "");
}

static void errors_that_were_there_before_are_none(void **state)
{
    check(*state, ITEM, "");
    check(*state, ITEM "\nMore.\n", "");
    check(*state, "---\nid: k7q2m\ntitle: Moved by a line\ntype: story\nstatus: new\n\nestimate: many\n---\n",
          "");
}

static void new_errors_are_told_with_their_place(void **state)
{
    check(*state, "---\ntitle: Filter\nid: k7q2m\ntype: story\nstatus: nwe\nestimate: lots\n---\n",
          "5:9 status: expected one of new, refining, ready, doing, done, released, split, dropped, saw nwe\n"
          "6:11 estimate: expected one of 1, 2, 3, 5, 8, 13, 20, saw lots\n");
    check(*state, "---\ntitle: Filter\ntitle: Twice\nid: k7q2m\n---\n", "3:1 the key title stands twice\n");
    check(*state, ITEM "<<<<<<< ours\n", "11:1 a merge conflict was left in the file\n");
}

static void what_an_item_that_claims_to_be_ready_lacks_counts(void **state)
{
    check(*state, "---\ntitle: Filter\nid: k7q2m\ntype: story\nstatus: ready\ndepends:\n  - zzzzz\n---\n",
          "1:1 it has no rank, and sorts last\n"
          "5:9 it says ready, but was never declared so: there is no stamp\n"
          "7:5 depends names no item: zzzzz\n");
}

static void what_was_agreed_can_be_changed(void **state)
{
    fixture_write(*state, "backlog/k7q2m-filter.md",
                  "---\ntitle: Filter\nid: k7q2m\nrank: nb\ntype: story\nstatus: ready\n"
                  "estimate: 5\nstamp: 1 estimate:ef2d12\n---\n");
    check(*state,
          "---\ntitle: Filter\nid: k7q2m\nrank: nb\ntype: story\nstatus: ready\nestimate: 8\n"
          "stamp: 1 estimate:ef2d12\n---\n",
          "");
    check(*state,
          "---\ntitle: Filter\nid: k7q2m\nrank: nb\ntype: story\nstatus: ready\nestimate: 5\n"
          "stamp: 1 estimate:ef2d12\n---\n\n## Open questions\n\n- [ ] Who pays?\n",
          "");
}

static void what_cannot_be_read_is_always_told(void **state)
{
    fixture_write(*state, "backlog/k7q2m-filter.md", "---\ntitle: {\n---\n");
    check(*state, "---\ntitle: {\nid: k7q2m\n---\n",
          "2:8 not valid YAML: did not find expected ',' or '}' while parsing a flow mapping\n");
    check(*state, "---\ntitle: Mended\nid: k7q2m\ntype: story\nstatus: new\n---\n", "");
}

static void front_matter_must_stay(void **state)
{
    check(*state, "Text.\n", "1:1 expected front matter between two lines ---, saw none\n");
    check(*state, "", "1:1 expected front matter between two lines ---, saw none\n");
}

static void an_item_keeps_its_id(void **state)
{
    check(*state, "---\ntitle: Filter\nid: k7q2n\ntype: story\nstatus: new\n---\n",
          "3:5 an item keeps its id: expected k7q2m, saw k7q2n\n");
    check(*state, "---\ntitle: Filter\nid: c4x9d\ntype: story\nstatus: new\n---\n",
          "3:5 an item keeps its id: expected k7q2m, saw c4x9d\n");
    check(*state, "---\ntitle: Filter\ntype: story\nstatus: new\n---\n",
          "1:1 an item keeps its id: expected k7q2m, saw none\n");
}

static void other_items_do_not_matter(void **state)
{
    fixture_write(*state, "backlog/c4x9d.md", "---\ntitle: {\n---\n");
    fixture_backlog(*state);
    check(*state, ITEM, "");
}

static void a_new_item_is_checked_as_if_it_were_there(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(Random) random = random_new();
    const struct draft_texts texts = { .title = "Ring", .type = "story", .body = "\nText.\n" };
    g_autoptr(Draft) draft = draft_new(fixture->backlog, random, taken, &texts, NULL);
    g_autofree char *good = g_strdup_printf("---\ntitle: Ring\nid: %s\ntype: story\nstatus: new\n"
                                            "depends:\n  - k7q2m\n---\n",
                                            draft->id);
    g_autofree char *bad = g_strdup_printf("---\ntitle: Ring\nid: %s\ntype: story\n---\n", draft->id);

    check_draft(draft, good, "");
    check_draft(draft, bad, "1:1 there is no status\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_good_text_has_none),
        TEST(errors_that_were_there_before_are_none),
        TEST(new_errors_are_told_with_their_place),
        TEST(what_an_item_that_claims_to_be_ready_lacks_counts),
        TEST(what_was_agreed_can_be_changed),
        TEST(what_cannot_be_read_is_always_told),
        TEST(front_matter_must_stay),
        TEST(an_item_keeps_its_id),
        TEST(other_items_do_not_matter),
        TEST(a_new_item_is_checked_as_if_it_were_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
