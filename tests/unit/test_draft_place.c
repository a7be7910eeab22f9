/* The place of an item among the others: ends, neighbours, ties. */
#include "draft.h"

#include "fixture.h"
#include "rank.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Items by "ID:RANK", "-" for none. */
static void write_items(struct fixture *fixture, const char *const *items)
{
    for (gsize i = 0; items[i]; i++) {
        g_auto(GStrv) parts = g_strsplit(items[i], ":", 2);
        g_autofree char *path = g_strdup_printf("backlog/%s.md", parts[0]);
        g_autofree char *rank =
            strcmp(parts[1], "-") ? g_strdup_printf("rank: %s\n", parts[1]) : g_strdup("");
        g_autofree char *text =
            g_strdup_printf("---\ntitle: A\nid: %s\n%sstatus: new\n---\n", parts[0], rank);
        fixture_write(fixture, path, text);
    }
    fixture_backlog(fixture);
}

static struct draft *open_item(struct fixture *fixture, const char *id)
{
    g_autofree char *path = g_strdup_printf("backlog/%s.md", id);
    struct draft *draft = draft_open(fixture->backlog, fixture_entry(fixture, path), NULL);
    assert_non_null(draft);
    return draft;
}

/* Places the item, writes it, and checks the order that comes of it, and how many files were written. */
static void check(struct fixture *fixture, const char *const *items, const char *id, const char *where,
                  const char *order, guint written)
{
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    g_autoptr(GString) seen = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    guint changed = 0;

    write_items(fixture, items);
    struct draft *draft = open_item(fixture, id);
    g_ptr_array_add(drafts, draft);
    if (!draft_place(draft, where, &error) || !drafts_write(fixture->backlog, drafts, &error))
        fail_msg("%s", error->message);
    struct backlog *backlog = fixture_loaded(fixture);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        g_autofree char *now = g_strdup_printf("%s:%s", item->id, item->rank ? item->rank : "-");
        g_string_append_printf(seen, "%s%s", i ? " " : "", item->id);
        changed += !g_strv_contains(items, now);
    }
    assert_string_equal(seen->str, order);
    assert_int_equal(changed, written);
}

static void check_refused(struct fixture *fixture, const char *id, const char *where, const char *says)
{
    g_autoptr(Draft) draft = open_item(fixture, id);
    g_autoptr(GError) error = NULL;

    assert_false(draft_place(draft, where, &error));
    assert_true(fixture_says(error->message, says));
    assert_true(g_bytes_equal(edit_bytes(draft->edit), draft->before));
}

static const char *const plain[] = { "bcg32:nb", "c4x9d:nd", "k7q2m:nf", "t2h8k:nh", "v5xmx:-", NULL };

static void an_item_goes_to_either_end(void **state)
{
    check(*state, plain, "k7q2m", "top", "k7q2m bcg32 c4x9d t2h8k v5xmx", 1);
    check(*state, plain, "bcg32", "bottom", "c4x9d k7q2m t2h8k bcg32 v5xmx", 1);
    check(*state, plain, "v5xmx", "top", "v5xmx bcg32 c4x9d k7q2m t2h8k", 1);
    check(*state, plain, "v5xmx", "bottom", "bcg32 c4x9d k7q2m t2h8k v5xmx", 1);
}

static void an_item_goes_before_or_behind_another(void **state)
{
    check(*state, plain, "t2h8k", "before:c4x9d", "bcg32 t2h8k c4x9d k7q2m v5xmx", 1);
    check(*state, plain, "t2h8k", "after:bcg", "bcg32 t2h8k c4x9d k7q2m v5xmx", 1);
    check(*state, plain, "bcg32", "after:t2h8k", "c4x9d k7q2m t2h8k bcg32 v5xmx", 1);
    check(*state, plain, "t2h8k", "before:bcg32", "t2h8k bcg32 c4x9d k7q2m v5xmx", 1);
}

static void an_item_that_stands_there_keeps_its_rank(void **state)
{
    check(*state, plain, "bcg32", "top", "bcg32 c4x9d k7q2m t2h8k v5xmx", 0);
    check(*state, plain, "c4x9d", "before:k7q2m", "bcg32 c4x9d k7q2m t2h8k v5xmx", 0);
    check(*state, plain, "c4x9d", "after:bcg32", "bcg32 c4x9d k7q2m t2h8k v5xmx", 0);
    check(*state, plain, "t2h8k", "bottom", "bcg32 c4x9d k7q2m t2h8k v5xmx", 0);
}

static void a_rank_that_is_kept_is_set_in_other_versions(void **state)
{
    static const char other[] = "---\ntitle: A\nid: c4x9d\nrank: zz\nstatus: new\n---\n";
    write_items(*state, plain);
    g_autoptr(Draft) draft = open_item(*state, "c4x9d");
    g_autoptr(GBytes) bytes = g_bytes_new_static(other, strlen(other));
    g_autoptr(Edit) onto = edit_new(bytes);

    assert_true(draft_place(draft, "after:bcg32", NULL));
    assert_true(g_bytes_equal(edit_bytes(draft->edit), draft->before));
    assert_true(edit_replay(draft->edit, onto, NULL));
    assert_true(g_bytes_equal(edit_bytes(onto), draft->before));
}

static void a_rank_can_be_given(void **state)
{
    check(*state, plain, "t2h8k", "nc", "bcg32 t2h8k c4x9d k7q2m v5xmx", 1);
}

static void between_tied_items_the_later_ones_get_ranks_too(void **state)
{
    static const char *const tied[] = { "bcg32:nb", "c4x9d:nb", "k7q2m:nb", "t2h8k:nd", "v5xmx:nf", NULL };
    check(*state, tied, "v5xmx", "after:bcg32", "bcg32 v5xmx c4x9d k7q2m t2h8k", 3);
    check(*state, tied, "v5xmx", "before:k7q2m", "bcg32 c4x9d v5xmx k7q2m t2h8k", 2);
    check(*state, tied, "v5xmx", "after:k7q2m", "bcg32 c4x9d k7q2m v5xmx t2h8k", 1);
    check(*state, tied, "v5xmx", "before:bcg32", "v5xmx bcg32 c4x9d k7q2m t2h8k", 1);
    check(*state, tied, "k7q2m", "after:bcg32", "bcg32 k7q2m c4x9d t2h8k v5xmx", 2);
}

static void the_last_can_be_tied(void **state)
{
    static const char *const tied[] = { "bcg32:nb", "c4x9d:nd", "k7q2m:nd", "t2h8k:nb", NULL };
    check(*state, tied, "bcg32", "after:c4x9d", "t2h8k c4x9d bcg32 k7q2m", 2);
}

static void another_place_takes_back_what_the_first_made_necessary(void **state)
{
    struct fixture *fixture = *state;
    static const char *const tied[] = { "bcg32:nb", "c4x9d:nb", "k7q2m:nb", "v5xmx:nf", NULL };
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);

    write_items(fixture, tied);
    struct draft *draft = open_item(fixture, "v5xmx");
    g_ptr_array_add(drafts, draft);
    assert_true(draft_place(draft, "after:bcg32", NULL));
    assert_int_equal(draft->companions->len, 2);
    assert_true(draft_place(draft, "after:c4x9d", NULL));
    assert_int_equal(draft->companions->len, 1);
    assert_true(drafts_write(fixture->backlog, drafts, NULL));
    assert_true(draft_place(draft, "nc", NULL));
    assert_null(draft->companions);
}

static void companions_are_written_with_it_or_not_at_all(void **state)
{
    struct fixture *fixture = *state;
    static const char *const tied[] = { "bcg32:nb", "c4x9d:nb", "v5xmx:nf", NULL };
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);

    write_items(fixture, tied);
    struct draft *draft = open_item(fixture, "v5xmx");
    g_ptr_array_add(drafts, draft);
    assert_true(draft_place(draft, "after:bcg32", NULL));
    fixture_write(fixture, "backlog/c4x9d.md", "---\ntitle: Theirs\n---\n");
    assert_false(drafts_write(fixture->backlog, drafts, NULL));
    g_autofree char *own = fixture_read(fixture, "backlog/v5xmx.md"),
                    *theirs = fixture_read(fixture, "backlog/c4x9d.md");
    assert_non_null(strstr(own, "rank: nf\n"));
    assert_string_equal(theirs, "---\ntitle: Theirs\n---\n");
}

static void places_that_are_none_are_refused(void **state)
{
    struct fixture *fixture = *state;
    write_items(fixture, plain);
    check_refused(fixture, "k7q2m", "middle",
                  "rank can be top, bottom, before:ID, after:ID or a rank, not middle");
    check_refused(fixture, "k7q2m", "before:k7q2m", "an item cannot stand before or after itself");
    check_refused(fixture, "k7q2m", "after:v5xmx", "v5xmx has no rank to go by; give it one first");
    check_refused(fixture, "k7q2m", "after:zzz", "zzz");
    check_refused(fixture, "k7q2m", "after:", "");
    check_refused(fixture, "k7q2m", "", "rank can be top");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_item_goes_to_either_end),
        TEST(an_item_goes_before_or_behind_another),
        TEST(an_item_that_stands_there_keeps_its_rank),
        TEST(a_rank_that_is_kept_is_set_in_other_versions),
        TEST(a_rank_can_be_given),
        TEST(between_tied_items_the_later_ones_get_ranks_too),
        TEST(the_last_can_be_tied),
        TEST(another_place_takes_back_what_the_first_made_necessary),
        TEST(companions_are_written_with_it_or_not_at_all),
        TEST(places_that_are_none_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
