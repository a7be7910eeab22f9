/* A backlog with an index is the one that is read without: whatever happened to the files, or to the index.
 */
#include "fixture.h"

#include "backlog_private.h"
#include "facts.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define FILTER "backlog/k7q2m-filter.md"
#define INDEX_ORDERS "backlog/t2h8k-index.md"

/* Longer than the clock of a file system stands still. */
static void let_time_pass(void)
{
    g_usleep(20000);
}

static int setup(void **state)
{
    int status = fixture_setup(state);
    g_setenv("REFINE_INDEX", "always", TRUE);
    fixture_folder(*state, ".git");
    fixture_write(*state, FILTER,
                  "---\ntitle: Filter search results\nid: k7q2m\nrank: nbhm\ntype: story\nstatus: ready\n"
                  "labels: [search, shop]\naliases: [SHOP-41]\nx-source: tracker\n---\n\n## Story\n\n## Open "
                  "questions\n\n"
                  "- [ ] @bo Is the category tree cached?\n- [x] Do archived orders count?\n");
    fixture_write(*state, INDEX_ORDERS,
                  "---\ntitle: Index the orders\nid: t2h8k\nstatus: new\n---\n\n<<<<<<< HEAD\nours\n=======\n"
                  "theirs\n>>>>>>> other\n\nA byte: \xff\n");
    fixture_write(*state, "backlog/shop/c4x9d.md", "---\ntitle: Shop\nid: c4x9d\ntype: epic\n---\n");
    fixture_write(*state, "backlog/meeting.md", "# Notes of a meeting\n");
    fixture_write(*state, "backlog/to-be.md", "---\ntitle: An item to be\n---\n");
    let_time_pass();
    return status;
}

/* -- what a backlog says -- */

static void print_value(GString *out, const struct value *value)
{
    g_string_append_printf(out, "  %s %d %u %u @%u:", value->key, value->kind, value->count, value->records,
                           value->offset);
    for (guint i = 0; i < value->count; i++)
        g_string_append_printf(out, " <%s>", value->texts[i]);
    g_string_append_c(out, '\n');
}

static void print_facts(GString *out, const struct facts *facts)
{
    for (guint i = 0; facts && i < facts->findings->len; i++) {
        const struct finding *finding = facts->findings->pdata[i];
        g_string_append_printf(out, "  %s %d %u:%u %s (%s)\n", finding->rule, finding->severity,
                               finding->at.line, finding->at.column, finding->message, finding->help);
    }
    for (guint i = 0; facts && i < facts->questions->len; i++) {
        const struct question *question = facts->questions->pdata[i];
        g_string_append_printf(out, "  %u %s? %s %d %u:%u\n", question->number, question->to, question->text,
                               question->answered, question->at.line, question->at.column);
    }
}

static char *print_backlog(struct backlog *backlog)
{
    GString *out = g_string_new(NULL);
    backlog_facts_load(backlog, backlog->items);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        g_string_append_printf(out, "%s %s %s %u %d \"%s\" %s %d %d\n", item->path, item->file_id, item->id,
                               item->position, item->readable, item->title, item->rank, item->status,
                               backlog_named(backlog, "shop-41") == item);
        for (guint j = 0; j < item->n_values; j++)
            print_value(out, &item->values[j]);
        print_facts(out, backlog_facts(backlog, item));
    }
    for (guint i = 0; i < backlog->findings->len; i++) {
        const struct finding *finding = backlog->findings->pdata[i];
        g_string_append_printf(out, "%s:%u:%u: %s\n", finding->path, finding->at.line, finding->at.column,
                               finding->message);
    }
    return g_string_free(out, FALSE);
}

static char *load_and_print(struct fixture *fixture, const char *mode)
{
    g_setenv("REFINE_INDEX", mode, TRUE);
    char *printed = print_backlog(fixture_loaded(fixture));
    g_clear_pointer(&fixture->backlog, backlog_free); /* which writes the index */
    g_setenv("REFINE_INDEX", "always", TRUE);
    return printed;
}

/* Whether the index makes no difference: neither to what is read nor, a second time, to what was written. */
static void assert_same(struct fixture *fixture)
{
    g_autofree char *off = load_and_print(fixture, "off");
    for (int round = 0; round < 2; round++) {
        g_autofree char *on = load_and_print(fixture, "always");
        assert_string_equal(on, off);
    }
}

/* How many of the entries have to be read. */
static guint missing(struct fixture *fixture)
{
    struct backlog *backlog = fixture_backlog(fixture);
    backlog_recall(backlog);
    guint count = backlog->recall ? backlog_recall_missing(backlog->recall) : backlog->entries->len;
    g_clear_pointer(&fixture->backlog, backlog_free);
    return count;
}

static void change_title(struct fixture *fixture, const char *path, const char *from, const char *to)
{
    g_autofree char *text = fixture_read(fixture, path), *full = fixture_path(fixture, path);
    char *at = strstr(text, from);
    assert_non_null(at);
    memcpy(at, to, strlen(to));
    int file = open(full, O_WRONLY | O_CLOEXEC);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);
}

static void set_times(struct fixture *fixture, const char *path, const struct timespec *mtime)
{
    g_autofree char *full = fixture_path(fixture, path);
    const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, *mtime };
    assert_return_code(utimensat(AT_FDCWD, full, times, 0), 0);
}

static struct stat status_of(struct fixture *fixture, const char *path)
{
    g_autofree char *full = fixture_path(fixture, path);
    struct stat status;
    assert_return_code(stat(full, &status), 0);
    return status;
}

/* -- what happens to files -- */

static void nothing_is_read_twice(void **state)
{
    assert_int_equal(missing(*state), 5);
    assert_same(*state);
    assert_int_equal(missing(*state), 0);
}

static void a_changed_file_is_read_again(void **state)
{
    assert_same(*state);
    change_title(*state, FILTER, "Filter", "Refine");
    let_time_pass();
    assert_int_equal(missing(*state), 1);
    assert_same(*state);
    assert_int_equal(missing(*state), 0);
}

static void a_change_that_keeps_size_and_time_is_seen(void **state)
{
    struct stat before = status_of(*state, FILTER), after;
    assert_same(*state);
    change_title(*state, FILTER, "Filter", "Refine");
    set_times(*state, FILTER, &before.st_mtim);
    after = status_of(*state, FILTER);
    assert_int_equal(after.st_size, before.st_size);
    assert_int_equal(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
    let_time_pass();
    assert_same(*state);
}

static void a_change_in_the_moment_of_reading_is_seen(void **state)
{
    for (int round = 0; round < 50; round++) {
        change_title(*state, FILTER, round % 2 ? "Refine" : "Filter", round % 2 ? "Filter" : "Refine");
        g_autofree char *first = load_and_print(*state, "always");
        change_title(*state, FILTER, round % 2 ? "Filter" : "Refine", round % 2 ? "Refine" : "Filter");
        g_autofree char *on = load_and_print(*state, "always"), *off = load_and_print(*state, "off");
        assert_string_equal(on, off);
        change_title(*state, FILTER, round % 2 ? "Refine" : "Filter", round % 2 ? "Filter" : "Refine");
    }
}

static void a_file_of_now_or_of_the_future_is_not_indexed(void **state)
{
    const struct timespec times[] = { { time(NULL) + 3600, 1 }, { time(NULL), 0 }, { time(NULL) - 1, 0 } };
    for (gsize i = 0; i < G_N_ELEMENTS(times); i++) {
        set_times(*state, FILTER, &times[i]);
        let_time_pass();
        assert_same(*state);
        guint count = missing(*state);
        if (time(NULL) < times[i].tv_sec + 2) /* the machine may be slow */
            assert_int_equal(count, 1);
    }
}

static void a_file_put_in_its_place_is_read(void **state)
{
    struct fixture *fixture = *state;
    struct stat before = status_of(fixture, FILTER);
    g_autofree char *text = fixture_read(fixture, FILTER), *full = fixture_path(fixture, FILTER);
    g_autofree char *other = fixture_path(fixture, "other");

    assert_same(fixture);
    fixture_write(fixture, "other", text);
    change_title(fixture, "other", "Filter", "Refine");
    set_times(fixture, "other", &before.st_mtim);
    assert_return_code(g_rename(other, full), 0);
    assert_same(fixture);
}

static void renamed_removed_and_new_files_are_seen(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *full = fixture_path(fixture, FILTER);
    g_autofree char *renamed = fixture_path(fixture, "backlog/shop/k7q2m-refine.md");
    g_autofree char *gone = fixture_path(fixture, INDEX_ORDERS);

    assert_same(fixture);
    assert_return_code(g_rename(full, renamed), 0);
    assert_same(fixture);
    g_unlink(gone);
    assert_same(fixture);
    fixture_write(fixture, "backlog/b2b2b.md", "---\ntitle: Before all others\n---\n");
    let_time_pass();
    assert_same(fixture);
    assert_int_equal(missing(fixture), 0);
}

static void a_file_that_becomes_none_is_none(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *full = fixture_path(fixture, FILTER);

    assert_same(fixture);
    g_unlink(full);
    fixture_link(fixture, "t2h8k-index.md", FILTER);
    assert_same(fixture);
    g_unlink(full);
    g_mkdir(full, 0755);
    assert_same(fixture);
}

/* The row is believed, and what was read under the other settings is not. */
static void another_heading_has_other_questions(void **state)
{
    static const char *const policies[] = { "sections: { questions: [Story] }\n",
                                            "sections: { questions: [Ask] }\n" };
    struct fixture *fixture = *state;

    assert_same(fixture);
    for (gsize i = 0; i < G_N_ELEMENTS(policies); i++) {
        fixture_policy(fixture, policies[i]);
        assert_same(fixture);
    }
}

static void what_the_body_says_is_not_read_twice(void **state)
{
    struct fixture *fixture = *state;
    assert_same(fixture);
    struct backlog *backlog = fixture_loaded(fixture);
    for (guint i = 0; i < backlog->items->len; i++) {
        g_autoptr(Facts) facts = backlog_recall_facts(backlog, backlog->items->pdata[i]);
        assert_non_null(facts);
    }
}

static void files_with_findings_are_read_each_time(void **state)
{
    fixture_write(*state, FILTER, "---\ntitle: [broken\n---\n");
    fixture_write(*state, "backlog/b2b2b-empty.md", "");
    let_time_pass();
    assert_same(*state);
    assert_int_equal(missing(*state), 2);
}

static void what_is_laid_over_a_file_counts(void **state)
{
    g_autoptr(GBytes) text = g_bytes_new_static("---\ntitle: Overlaid\n---\n", 23);
    assert_same(*state);
    for (int round = 0; round < 2; round++) {
        struct backlog *backlog = fixture_backlog(*state);
        backlog_overlay(backlog, FILTER, text);
        backlog_load(backlog);
        assert_string_equal(backlog_at(backlog, FILTER)->title, "Overlaid");
    }
    assert_same(*state);
}

static void it_may_be_read_and_not_written(void **state)
{
    struct fixture *fixture = *state;
    backlog_keep_index(fixture_backlog(fixture));
    backlog_load(fixture->backlog);
    g_clear_pointer(&fixture->backlog, backlog_free);
    g_autofree char *names = fixture_names(fixture, ".git");
    assert_string_equal(names, "");

    assert_same(fixture);
    change_title(fixture, FILTER, "Filter", "Refine");
    let_time_pass();
    backlog_keep_index(fixture_backlog(fixture));
    backlog_load(fixture->backlog);
    assert_string_equal(backlog_at(fixture->backlog, FILTER)->title, "Refine search results");
    g_clear_pointer(&fixture->backlog, backlog_free);
    assert_int_equal(missing(fixture), 1);
}

static void rows_have_a_new_version_when_the_file_changed(void **state)
{
    struct fixture *fixture = *state;
    gint64 id[3], version[3];

    for (int round = 0; round < 3; round++) {
        struct backlog *backlog = fixture_loaded(fixture);
        guint entry = (guint)(backlog_entry(backlog, FILTER) - (struct entry *)backlog->entries->data);
        assert_true(backlog_index_row(backlog, entry, &id[round], &version[round]));
        if (round == 1)
            change_title(fixture, FILTER, "Filter", "Refine");
        let_time_pass();
    }
    assert_int_equal(id[1], id[0]);
    assert_int_equal(version[1], version[0]);
    assert_int_equal(id[2], id[0]);
    assert_int_not_equal(version[2], version[0]);
}

/* -- what happens to the index -- */

static char *read_index(struct fixture *fixture, char **path, gsize *length)
{
    g_autofree char *name = fixture_names(fixture, ".git/refine"), *full = NULL;
    char *bytes = NULL;

    *path = g_build_filename(".git/refine", name, NULL);
    full = fixture_path(fixture, *path);
    assert_true(g_file_get_contents(full, &bytes, length, NULL));
    return bytes;
}

static void damage_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GRand) dice = g_rand_new_with_seed(4711);
    g_autofree char *path = NULL, *off = load_and_print(fixture, "off");
    gsize length;

    assert_same(fixture);
    g_autofree char *bytes = read_index(fixture, &path, &length);
    for (int place = 0; place < 400; place++) {
        g_autofree char *damaged = g_memdup2(bytes, length);
        /* Most pages are nearly empty: half of the places are where something stands. */
        gsize at = (gsize)g_rand_int_range(dice, 0, (gint32)length);
        for (; place % 2 && damaged[at] == 0; at = (at + 1) % length)
            ;
        damaged[at] ^= (char)g_rand_int_range(dice, 1, 256);
        fixture_write_bytes(fixture, path, damaged, length);
        g_autofree char *on = load_and_print(fixture, "always"), *again = load_and_print(fixture, "always");
        assert_string_equal(on, off);
        assert_string_equal(again, off);
    }
    assert_same(fixture);
    assert_int_equal(missing(fixture), 0);
}

static void a_cut_index_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = NULL, *off = load_and_print(fixture, "off");
    gsize length;

    assert_same(fixture);
    g_autofree char *bytes = read_index(fixture, &path, &length);
    for (gsize cut = 0; cut < length; cut += cut < 120 ? 1 : 499) {
        fixture_write_bytes(fixture, path, bytes, cut);
        g_autofree char *on = load_and_print(fixture, "always");
        assert_string_equal(on, off);
    }
    assert_same(fixture);
}

static void an_index_of_another_place_changes_nothing(void **state)
{
    struct fixture *fixture = *state, *clone = NULL;
    g_autofree char *path = NULL, *here = NULL;
    gsize length;

    assert_int_equal(setup((void **)&clone), 0);
    change_title(clone, FILTER, "Filter", "Refine");
    let_time_pass();
    assert_same(clone);
    g_autofree char *bytes = read_index(clone, &path, &length);
    assert_int_equal(fixture_teardown((void **)&clone), 0);

    fixture_write_bytes(fixture, path, bytes, length);
    assert_int_equal(missing(fixture), 5);
    assert_same(fixture);
    assert_int_equal(missing(fixture), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_read_twice),
        TEST(a_changed_file_is_read_again),
        TEST(a_change_that_keeps_size_and_time_is_seen),
        TEST(a_change_in_the_moment_of_reading_is_seen),
        TEST(a_file_of_now_or_of_the_future_is_not_indexed),
        TEST(a_file_put_in_its_place_is_read),
        TEST(renamed_removed_and_new_files_are_seen),
        TEST(a_file_that_becomes_none_is_none),
        TEST(another_heading_has_other_questions),
        TEST(what_the_body_says_is_not_read_twice),
        TEST(files_with_findings_are_read_each_time),
        TEST(what_is_laid_over_a_file_counts),
        TEST(it_may_be_read_and_not_written),
        TEST(rows_have_a_new_version_when_the_file_changed),
        TEST(damage_changes_nothing),
        TEST(a_cut_index_changes_nothing),
        TEST(an_index_of_another_place_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
