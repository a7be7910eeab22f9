/* The backlog of the work tree: which files are items, and how they are found. */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

/* The paths of the entries below "backlog/", with spaces between; newly allocated. */
static char *paths_of(const struct backlog *backlog)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < backlog->entries->len; i++) {
        const struct entry *entry = &g_array_index(backlog->entries, struct entry, i);
        assert_true(g_str_has_prefix(entry->path, "backlog/"));
        g_string_append_printf(all, "%s%s", i ? " " : "", entry->path + strlen("backlog/"));
    }
    return g_string_free(all, FALSE);
}

/* The ids of the loaded items in their order ("-" without one), with spaces between; newly allocated. */
static char *ids_of(const struct backlog *backlog)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        g_string_append_printf(all, "%s%s", i ? " " : "", item->id ? item->id : "-");
    }
    return g_string_free(all, FALSE);
}

static void check_found(struct backlog *backlog, const char *word, const char *path)
{
    g_autoptr(GError) error = NULL;
    const struct entry *entry = backlog_find(backlog, word, &error);
    if (!entry)
        fail_msg("%s", error->message);
    assert_string_equal(entry->path, path);
}

static void check_not_found(struct backlog *backlog, const char *word, enum backlog_error code,
                            const char *says)
{
    g_autoptr(GError) error = NULL;
    assert_null(backlog_find(backlog, word, &error));
    assert_true(fixture_says(error->message, says));
    assert_true(g_error_matches(error, BACKLOG_ERROR, (int)code));
}

/* -- which files -- */

static void names_tell_which_files_are_items(void **state)
{
    struct fixture *fixture = *state;
    static const char *const items[] = { "k7q2m-filter.md", "c4x9d.md", "archive/2026/t2h8k-sort.md",
                                         "TVX3B-Old.MD" };
    static const char *const others[] = { "k7q2m.txt",
                                          "README.md",
                                          "archive/readme.md",
                                          "votes/k7q2m/1-ana",
                                          "votes/k7q2m-filter.md",
                                          "votes/c4x9d/c4x9d.md",
                                          ".k7q2m-hidden.md",
                                          ".git/k7q2m.md",
                                          "image.png" };

    for (gsize i = 0; i < G_N_ELEMENTS(items); i++) {
        g_autofree char *path = g_build_filename("backlog", items[i], NULL);
        fixture_write(fixture, path, "---\ntitle: A\n---\n");
    }
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autofree char *path = g_build_filename("backlog", others[i], NULL);
        fixture_write(fixture, path, "---\ntitle: A\n---\n");
    }
    fixture_write(fixture, "k7q2m-beside.md", "---\ntitle: A\n---\n");
    g_autofree char *paths = paths_of(fixture_backlog(fixture));
    assert_string_equal(paths, "TVX3B-Old.MD archive/2026/t2h8k-sort.md c4x9d.md k7q2m-filter.md");
    assert_string_equal(fixture_entry(fixture, "backlog/TVX3B-Old.MD")->id, "tvx3b");
}

static void votes_are_left_out_only_at_their_place(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/archive/votes/k7q2m.md", "---\ntitle: A\n---\n");
    fixture_write(fixture, "backlog/votes-of-may/c4x9d.md", "---\ntitle: A\n---\n");
    g_autofree char *paths = paths_of(fixture_backlog(fixture));
    assert_string_equal(paths, "archive/votes/k7q2m.md votes-of-may/c4x9d.md");
}

static void markdown_with_front_matter_is_an_item_to_be(void **state)
{
    struct fixture *fixture = *state;

    fixture_write(fixture, "backlog/idea.md", "---\ntitle: From the web editor\n---\n");
    fixture_write(fixture, "backlog/called.md", "---\ntitle: Named inside\nid: c4x9d\n---\n");
    fixture_write(fixture, "backlog/broken.md", "---\ntitle: [\n---\n");
    fixture_write(fixture, "backlog/notes.md", "# Notes of the retrospective\n<<<<<<< HEAD\n");
    struct backlog *backlog = fixture_loaded(fixture);
    assert_int_equal(backlog->items->len, 3);
    assert_non_null(backlog_at(backlog, "backlog/idea.md"));
    assert_null(backlog_at(backlog, "backlog/notes.md"));
    assert_false(backlog_at(backlog, "backlog/broken.md")->readable);
    assert_int_equal(backlog->findings->len, 1);
    check_found(backlog, "c4x9d", "backlog/called.md");
}

static void another_folder_can_be_named(void **state)
{
    struct fixture *fixture = *state;
    fixture_policy(fixture, "backlog: work/items\n");
    fixture_write(fixture, "work/items/k7q2m.md", "---\ntitle: A\n---\n");
    fixture_write(fixture, "work/items/votes/k7q2m/1-ana.md", "5");
    fixture_write(fixture, "backlog/c4x9d.md", "---\ntitle: A\n---\n");
    struct backlog *backlog = fixture_loaded(fixture);
    assert_int_equal(backlog->entries->len, 1);
    assert_string_equal(fixture_entry(fixture, "work/items/k7q2m.md")->id, "k7q2m");
}

static void a_backlog_needs_its_folder(void **state)
{
    struct fixture *fixture = *state;
    const struct policy *policy = fixture_policy(fixture, "backlog: items\n");
    g_autoptr(GError) absent = NULL, link = NULL;

    assert_null(backlog_open(policy, NULL, &absent));
    assert_true(g_error_matches(absent, BACKLOG_ERROR, BACKLOG_ERROR_FOLDER));
    assert_true(
        fixture_says(absent->message, "items is not there; make it, or name another under \"backlog\""));
    fixture_folder(fixture, "elsewhere");
    fixture_link(fixture, "elsewhere", "items");
    assert_null(backlog_open(policy, NULL, &link));
    assert_true(g_error_matches(link, BACKLOG_ERROR, BACKLOG_ERROR_FOLDER));
    assert_true(fixture_says(link->message, "items cannot be read: "));
}

/* -- reading -- */

static void items_come_in_order_with_positions_of_open_ones(void **state)
{
    struct fixture *fixture = *state;

    fixture_write(fixture, "backlog/c4x9d.md", "---\ntitle: A\nrank: nc\nstatus: new\n---\n");
    fixture_write(fixture, "backlog/k7q2m.md", "---\ntitle: A\nrank: nb\nstatus: done\n---\n");
    fixture_write(fixture, "backlog/t2h8k.md", "---\ntitle: A\nrank: nd\nstatus: refining\n---\n");
    fixture_write(fixture, "backlog/v5xmx.md", "---\ntitle: A\n---\n");
    fixture_write(fixture, "backlog/bcg32.md", "---\ntitle: [\n---\n");
    struct backlog *backlog = fixture_loaded(fixture);
    g_autofree char *ids = ids_of(backlog);

    assert_string_equal(ids, "k7q2m c4x9d t2h8k bcg32 v5xmx");
    assert_int_equal(backlog_item(backlog, "k7q2m")->position, 0);
    assert_int_equal(backlog_item(backlog, "c4x9d")->position, 1);
    assert_int_equal(backlog_item(backlog, "t2h8k")->position, 2);
    assert_int_equal(backlog_item(backlog, "bcg32")->position, 0);
    assert_int_equal(backlog_item(backlog, "v5xmx")->position, 3);
    for (guint i = 0; i < backlog->items->len; i++)
        assert_int_equal(backlog_index(backlog, backlog->items->pdata[i]), i);
    backlog_load(backlog);
    assert_int_equal(backlog->items->len, 5);
}

static void a_bad_file_never_hides_the_others(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *large = g_strnfill(1024 * 1024 + 1, 'x'),
                    *closed = fixture_path(fixture, "backlog/closed");

    fixture_write(fixture, "backlog/k7q2m-good.md", "---\ntitle: Good\ndepends: [c4x9d]\n---\n");
    fixture_write(fixture, "backlog/bcg32-yaml.md", "---\ntitle: \"open\n---\n");
    fixture_write(fixture, "backlog/bwvp4-bytes.md", "---\ntitle: \xff\n---\n");
    fixture_write(fixture, "backlog/c4x9d-large.md", large);
    fixture_folder(fixture, "backlog/ct73j-folder.md");
    fixture_write(fixture, "backlog/ct73j-folder.md/ds4hg-inside.md", "---\ntitle: Inside\n---\n");
    fixture_link(fixture, "k7q2m-good.md", "backlog/fk22x-link.md");
    fixture_write(fixture, "backlog/closed/tzx9d.md", "---\ntitle: Hidden\n---\n");
    assert_return_code(chmod(closed, 0), 0);
    if (!fixture_drop_rights(fixture))
        skip();

    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(GString) seen = g_string_new(NULL);
    for (guint i = 0; i < backlog->findings->len; i++) {
        const struct finding *finding = backlog->findings->pdata[i];
        assert_string_equal(finding->rule, "parse");
        g_string_append_printf(seen, "%s%s", i ? " " : "", finding->path);
    }
    assert_string_equal(seen->str,
                        "backlog/bcg32-yaml.md backlog/bwvp4-bytes.md backlog/c4x9d-large.md backlog/closed "
                        "backlog/ct73j-folder.md backlog/fk22x-link.md");
    assert_true(backlog_item(backlog, "k7q2m")->readable);
    assert_string_equal(backlog_item(backlog, "ds4hg")->title, "Inside");
    /* What cannot be read is an item all the same: a reference to it does not dangle. */
    assert_int_equal(backlog->items->len, 7);
    assert_false(backlog_item(backlog, "c4x9d")->readable);
    assert_false(backlog_item(backlog, "fk22x")->readable);
}

static void a_file_of_the_backlog_is_read_whole(void **state)
{
    struct fixture *fixture = *state;
    static const char text[] = "---\ntitle: A\n---\n\n## Story\n\nLong.\n";

    fixture_write(fixture, "backlog/k7q2m.md", text);
    struct backlog *backlog = fixture_backlog(fixture);
    const struct entry *entry = fixture_entry(fixture, "backlog/k7q2m.md");
    g_autoptr(GBytes) bytes = backlog_read(backlog, entry, NULL);
    assert_int_equal(g_bytes_get_size(bytes), sizeof text - 1);
    assert_null(backlog_entry(backlog, "backlog/k7q2"));
    assert_null(backlog_entry(backlog, "backlog/k7q2m.md2"));
}

/* -- finding -- */

static void an_item_is_found_by_id_prefix_or_alias(void **state)
{
    struct fixture *fixture = *state;

    fixture_write(fixture, "backlog/k7q2m-filter.md",
                  "---\ntitle: Filter\naliases: [BACK-37, \"Gr\xc3\xb6\xc3\x9f"
                  "e\"]\n---\n");
    fixture_write(fixture, "backlog/k7q2mx-sort.md", "---\ntitle: Sort\n---\n");
    fixture_write(fixture, "backlog/c4x9d.md", "---\ntitle: Size\n---\n");
    fixture_write(fixture, "backlog/idea.md", "---\ntitle: Idea\naliases: [BACK-38]\n---\n");
    struct backlog *backlog = fixture_backlog(fixture);

    check_found(backlog, "k7q2m", "backlog/k7q2m-filter.md"); /* though another begins with it */
    check_found(backlog, "k7q2mx", "backlog/k7q2mx-sort.md");
    check_found(backlog, "c", "backlog/c4x9d.md");
    check_found(backlog, "C4X", "backlog/c4x9d.md");
    assert_null(backlog->items);
    check_found(backlog, "BACK-37", "backlog/k7q2m-filter.md");
    check_found(backlog, "back-37", "backlog/k7q2m-filter.md");
    check_found(backlog, "GR\xc3\x96SSE", "backlog/k7q2m-filter.md");
    check_found(backlog, "BACK-38", "backlog/idea.md");
    assert_non_null(backlog_named(backlog, "back-37"));
    assert_null(backlog_named(backlog, "k7q2"));
    assert_null(backlog_item(backlog, "back-37"));
    assert_null(backlog_item(backlog, NULL));
}

static void what_is_not_there_is_said(void **state)
{
    struct fixture *fixture = *state;

    fixture_folder(fixture, "backlog");
    check_not_found(fixture_backlog(fixture), "k7q2m", BACKLOG_ERROR_NO_ITEM, "the backlog is empty");
    fixture_write(fixture, "backlog/k7q2m.md", "---\ntitle: Filter\n---\n");
    struct backlog *backlog = fixture_backlog(fixture);
    check_not_found(backlog, "zzz", BACKLOG_ERROR_NO_ITEM, "zzz; refine list shows them");
    check_not_found(backlog, "", BACKLOG_ERROR_NO_ITEM, "expected an id, saw an empty word");
    check_not_found(backlog, "k7q2m-filter", BACKLOG_ERROR_NO_ITEM, "k7q2m-filter");
}

static void an_ambiguous_prefix_lists_what_it_could_be(void **state)
{
    struct fixture *fixture = *state;

    fixture_write(fixture, "backlog/k7q2m.md", "---\ntitle: Filter\n---\n");
    fixture_write(fixture, "backlog/k7qx9-sort.md", "---\ntitle: [broken\n---\n");
    check_not_found(fixture_backlog(fixture), "k7q", BACKLOG_ERROR_AMBIGUOUS,
                    "k7q could be k7q2m (Filter), k7qx9; write more of the id");
    for (guint i = 2; i < 8; i++) {
        g_autofree char *path = g_strdup_printf("backlog/k7qz%u.md", i);
        fixture_write(fixture, path, "---\ntitle: More\n---\n");
    }
    check_not_found(
        fixture_backlog(fixture), "K7", BACKLOG_ERROR_AMBIGUOUS,
        "K7 could be k7q2m (Filter), k7qx9, k7qz2 (More), k7qz3 (More), k7qz4 (More) and 3 more; write more");
}

static void an_id_that_stands_only_in_the_file_counts_too(void **state)
{
    struct fixture *fixture = *state;

    fixture_write(fixture, "backlog/ring-me.md", "---\ntitle: Ring me\nid: k7x9d\n---\n");
    fixture_write(fixture, "backlog/k7q2m-filter.md", "---\ntitle: Filter\n---\n");
    fixture_write(fixture, "backlog/again.md", "---\ntitle: Again\nid: k7q2m\n---\n");
    fixture_write(fixture, "backlog/no-id.md", "---\ntitle: None\nid: [t2h8k]\n---\n");
    fixture_write(fixture, "backlog/bad.md", "---\ntitle: None\nid: Pump\n---\n");
    fixture_write(fixture, "backlog/notes.md", "id: t2h8k\n");
    struct backlog *backlog = fixture_backlog(fixture);

    check_found(backlog, "k7x9d", "backlog/ring-me.md");
    check_found(backlog, "K7X", "backlog/ring-me.md");
    check_not_found(backlog, "k7", BACKLOG_ERROR_AMBIGUOUS,
                    "k7 could be k7q2m (Again), k7q2m (Filter), k7x9d (Ring me); write more of the id");
    check_not_found(backlog, "k7q", BACKLOG_ERROR_AMBIGUOUS, "again.md, ");
    check_not_found(backlog, "t2h8k", BACKLOG_ERROR_NO_ITEM, "t2h8k");
    check_not_found(backlog, "Pump", BACKLOG_ERROR_NO_ITEM, "Pump");
    assert_true(backlog_has_id("k7x9d", backlog));
    assert_string_equal(backlog_id(backlog, fixture_entry(fixture, "backlog/ring-me.md")), "k7x9d");
    assert_string_equal(backlog_id(backlog, fixture_entry(fixture, "backlog/k7q2m-filter.md")), "k7q2m");
    assert_null(backlog_id(backlog, fixture_entry(fixture, "backlog/notes.md")));
}

static void an_alias_that_two_share_names_neither(void **state)
{
    struct fixture *fixture = *state;

    fixture_write(fixture, "backlog/k7q2m.md", "---\ntitle: A\naliases: [SHOP-41]\n---\n");
    fixture_write(fixture, "backlog/c4x9d.md", "---\ntitle: B\naliases: [x, shop-41]\n---\n");
    check_not_found(fixture_backlog(fixture), "Shop-41", BACKLOG_ERROR_AMBIGUOUS, "Shop-41 is an alias in ");
    check_not_found(fixture_backlog(fixture), "Shop-41", BACKLOG_ERROR_AMBIGUOUS, "c4x9d.md and in ");
    check_not_found(fixture_backlog(fixture), "Shop-41", BACKLOG_ERROR_AMBIGUOUS, "k7q2m.md; write the id");
}

static void of_two_with_one_name_the_first_by_path_has_it(void **state)
{
    struct fixture *fixture = *state;

    fixture_write(fixture, "backlog/k7q2m-a.md", "---\ntitle: First\nrank: nd\naliases: [BACK-1]\n---\n");
    fixture_write(fixture, "backlog/k7q2m-b.md", "---\ntitle: Second\nrank: nb\naliases: [back-1]\n---\n");
    fixture_write(fixture, "backlog/c4x9d.md", "---\ntitle: Third\nid: k7q2m\nrank: nc\n---\n");
    struct backlog *backlog = fixture_loaded(fixture);
    assert_int_equal(backlog->items->len, 3);
    assert_string_equal(backlog_item(backlog, "k7q2m")->title, "Third");
    assert_string_equal(backlog_named(backlog, "BACK-1")->title, "First");
    check_not_found(backlog, "k7q2m", BACKLOG_ERROR_AMBIGUOUS,
                    "k7q2m-b.md; name one by its path, and give it a new id");
    g_autofree char *second = fixture_path(fixture, "backlog/k7q2m-b.md");
    check_found(backlog, second, "backlog/k7q2m-b.md");
    check_found(backlog, "c4x9d", "backlog/c4x9d.md");
}

static void used_ids_and_shortest_prefixes_are_known(void **state)
{
    struct fixture *fixture = *state;

    fixture_write(fixture, "backlog/called.md", "---\ntitle: Named inside\nid: bcg32\n---\n");
    fixture_write(fixture, "backlog/k7q2m.md", "---\ntitle: A\n---\n");
    fixture_write(fixture, "backlog/k7x2m.md", "---\ntitle: A\n---\n");
    fixture_write(fixture, "backlog/t2h8k.md", "---\ntitle: A\n---\n");
    struct backlog *backlog = fixture_backlog(fixture);
    g_autofree guint *lengths = backlog_shortest(backlog);
    assert_int_equal(lengths[0], 1);
    assert_int_equal(lengths[1], 3);
    assert_int_equal(lengths[2], 3);
    assert_int_equal(lengths[3], 1);
    assert_true(backlog_has_id("k7q2m", backlog));
    assert_false(backlog_has_id("k7q2n", backlog));
    assert_null(backlog->items);
    assert_true(backlog_has_id("bcg32", backlog));
}

static void a_text_can_stand_in_for_a_file(void **state)
{
    struct fixture *fixture = *state;
    static const char there[] = "---\ntitle: Second\nid: c4x9d\nrank: nb\nstatus: done\n---\n";
    static const char new[] = "---\ntitle: Third\nid: k7q2m\nstatus: new\n---\n";
    g_autoptr(GBytes) one = g_bytes_new_static(there, strlen(there));
    g_autoptr(GBytes) two = g_bytes_new_static(new, strlen(new));

    fixture_write(fixture, "backlog/bcg32.md", "---\ntitle: One\nid: bcg32\nrank: nc\nstatus: new\n---\n");
    fixture_write(fixture, "backlog/c4x9d.md", "---\ntitle: {\n---\n");
    struct backlog *backlog = fixture_backlog(fixture);
    backlog_overlay(backlog, "backlog/k7q2m-third.md", two);
    backlog_overlay(backlog, "backlog/c4x9d.md", one);
    backlog_load(backlog);
    g_autofree char *ids = ids_of(backlog);
    assert_string_equal(ids, "c4x9d bcg32 k7q2m");
    assert_int_equal(backlog->findings->len, 0);
    assert_int_equal(backlog_item(backlog, "c4x9d")->status, STATUS_DONE);
    check_found(backlog, "k7q", "backlog/k7q2m-third.md");
    g_autoptr(GBytes) read = backlog_read(backlog, backlog_entry(backlog, "backlog/c4x9d.md"), NULL);
    assert_true(g_bytes_equal(read, one));
}

static void a_file_can_be_taken_for_gone(void **state)
{
    struct fixture *fixture = *state;

    fixture_write(fixture, "backlog/bcg32.md", "---\ntitle: One\nid: bcg32\nstatus: new\n---\n");
    fixture_write(fixture, "backlog/c4x9d.md", "---\ntitle: Two\nid: c4x9d\nstatus: new\n---\n");
    struct backlog *backlog = fixture_backlog(fixture);
    backlog_overlay(backlog, "backlog/bcg32.md", NULL);
    backlog_overlay(backlog, "backlog/never.md", NULL);
    backlog_load(backlog);
    g_autofree char *ids = ids_of(backlog);
    assert_string_equal(ids, "c4x9d");
    assert_null(backlog_entry(backlog, "backlog/bcg32.md"));
    assert_false(backlog_has_id("bcg32", backlog));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(names_tell_which_files_are_items),
        TEST(votes_are_left_out_only_at_their_place),
        TEST(markdown_with_front_matter_is_an_item_to_be),
        TEST(another_folder_can_be_named),
        TEST(a_backlog_needs_its_folder),
        TEST(items_come_in_order_with_positions_of_open_ones),
        TEST(a_bad_file_never_hides_the_others),
        TEST(a_file_of_the_backlog_is_read_whole),
        TEST(an_item_is_found_by_id_prefix_or_alias),
        TEST(what_is_not_there_is_said),
        TEST(an_ambiguous_prefix_lists_what_it_could_be),
        TEST(an_id_that_stands_only_in_the_file_counts_too),
        TEST(an_alias_that_two_share_names_neither),
        TEST(of_two_with_one_name_the_first_by_path_has_it),
        TEST(used_ids_and_shortest_prefixes_are_known),
        TEST(a_text_can_stand_in_for_a_file),
        TEST(a_file_can_be_taken_for_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
