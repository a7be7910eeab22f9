#include "item.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* One item and the strings it borrows. */
struct held {
    GStringChunk *strings;
    struct item item;
};

static struct held *hold(const char *file_id, const char *text)
{
    struct held *held = g_new0(struct held, 1);
    g_autoptr(Document) document = text ? fixture_document(text) : NULL;

    held->strings = g_string_chunk_new(1024);
    item_init(&held->item, "backlog/k7q2m-filter.md", file_id, document, held->strings);
    return held;
}

static void held_free(struct held *held)
{
    item_clear(&held->item);
    item_clear(&held->item);
    g_string_chunk_free(held->strings);
    g_free(held);
}

typedef struct held Held; /* for g_autoptr(Held) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Held, held_free)

static void check_texts(const char *const *texts, const char *joined)
{
    g_autofree char *all = g_strjoinv(" | ", (char **)texts);
    assert_string_equal(all, joined);
}

static void an_item_says_what_its_front_matter_says(void **state)
{
    g_autoptr(Held) held =
        hold("k7q2m", "---\ntitle: \"Filter: by date\"\nid: k7q2m\nrank: nbhm\ntype: story\n"
                      "status: refining\nestimate: 5\nlabels: [search, vip]\n---\n\n# Body\n");
    const struct item *item = &held->item;

    assert_true(item->readable);
    assert_string_equal(item->title, "Filter: by date");
    assert_string_equal(item->id, "k7q2m");
    assert_string_equal(item->file_id, "k7q2m");
    assert_string_equal(item->rank, "nbhm");
    assert_int_equal(item->status, STATUS_REFINING);
    assert_int_equal(item->position, 0);
    assert_int_equal(item->n_values, 7);
    assert_string_equal(item_text(item, FIELD_TYPE), "story");
    assert_string_equal(item_text(item, FIELD_ESTIMATE), "5");
    assert_null(item_text(item, FIELD_OWNER));
    check_texts(item_texts(item, FIELD_LABELS), "search | vip");
    check_texts(item_texts(item, FIELD_DEPENDS), "");
}

static void values_stand_in_the_order_of_the_file(void **state)
{
    g_autoptr(Held) held = hold(NULL, "---\nx-cost: 300\ntitle: A\nOwner: bo\n---\n");
    static const char *const keys[] = { "x-cost", "title", "Owner" };

    for (guint i = 0; i < 3; i++)
        assert_string_equal(held->item.values[i].key, keys[i]);
    assert_null(held->item.values[0].field);
    assert_int_equal(held->item.values[1].field->id, FIELD_TITLE);
    assert_null(held->item.values[2].field);
    assert_string_equal(item_value(&held->item, "x-cost")->texts[0], "300");
    assert_null(item_value(&held->item, "owner"));
    assert_null(item_field(&held->item, FIELD_OWNER));
}

static void each_shape_keeps_what_counts(void **state)
{
    g_autoptr(Held) held = hold(NULL, "---\n"
                                      "owner: bo\n"
                                      "labels: [a, [b, c], d]\n"
                                      "feedback:\n  - from: Hofer KG\n    says: yes\n  - from: Lang\n"
                                      "votes: { ana: 5, bo: [1, 2] }\n"
                                      "risk:\n"
                                      "value: \"\"\n"
                                      "sprint: ~\n"
                                      "---\n");
    static const struct {
        enum field_id field;
        enum node_kind kind;
        guint count, records;
        const char *texts;
    } expected[] = {
        { FIELD_OWNER, NODE_SCALAR, 1, 0, "bo" },    { FIELD_LABELS, NODE_SEQUENCE, 2, 1, "a | d" },
        { FIELD_FEEDBACK, NODE_SEQUENCE, 0, 2, "" }, { FIELD_VOTES, NODE_MAP, 2, 0, "ana | bo" },
        { FIELD_RISK, NODE_SCALAR, 0, 0, "" },       { FIELD_VALUE, NODE_SCALAR, 1, 0, "" },
        { FIELD_SPRINT, NODE_SCALAR, 0, 0, "" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(expected); i++) {
        const struct value *value = item_field(&held->item, expected[i].field);
        assert_int_equal(value->kind, expected[i].kind);
        assert_int_equal(value->count, expected[i].count);
        assert_int_equal(value->records, expected[i].records);
        check_texts(value->texts, expected[i].texts);
        assert_null(value->texts[value->count]);
    }
    assert_null(item_text(&held->item, FIELD_RISK));
    assert_null(item_text(&held->item, FIELD_VALUE));
    assert_null(item_text(&held->item, FIELD_LABELS));
    check_texts(item_texts(&held->item, FIELD_OWNER), "");
    check_texts(item_texts(&held->item, FIELD_VOTES), "");
}

static void places_are_bytes_of_the_file(void **state)
{
    static const char text[] = "\xef\xbb\xbf---\r\ntitle: Gr\xc3\xb6\xc3\x9f"
                               "e\r\nowner:\r\nlabels:\r\n  - a\r\n---\r\n";
    g_autoptr(Held) held = hold(NULL, text);

    assert_int_equal(item_field(&held->item, FIELD_TITLE)->offset, strstr(text, "Gr") - text);
    assert_int_equal(item_field(&held->item, FIELD_OWNER)->offset, strstr(text, "owner") - text);
    assert_int_equal(item_field(&held->item, FIELD_LABELS)->offset, strstr(text, "- a") - text);
}

static void an_id_comes_from_the_front_matter_where_that_is_one(void **state)
{
    g_autoptr(Held) other = hold("k7q2m", "---\nid: c4x9d\n---\n"),
                    none = hold("k7q2m", "---\ntitle: A\n---\n");
    g_autoptr(Held) bad = hold("k7q2m", "---\nid: Filter\n---\n"), to_be = hold(NULL, "---\ntitle: A\n---\n");
    g_autoptr(Held) list = hold("k7q2m", "---\nid: [c4x9d]\n---\n");

    assert_string_equal(other->item.id, "c4x9d");
    assert_string_equal(other->item.file_id, "k7q2m");
    assert_string_equal(none->item.id, "k7q2m");
    assert_string_equal(bad->item.id, "k7q2m");
    assert_string_equal(list->item.id, "k7q2m");
    assert_null(to_be->item.id);
}

static void what_is_no_rank_or_status_is_none(void **state)
{
    g_autoptr(Held) held = hold(NULL, "---\nrank: 7\nstatus: Ready\ntitle: ~\n---\n");
    assert_null(held->item.rank);
    assert_string_equal(item_text(&held->item, FIELD_RANK), "7");
    assert_int_equal(held->item.status, STATUS_UNKNOWN);
    assert_string_equal(held->item.title, "");
}

static void broken_front_matter_leaves_an_item_without_values(void **state)
{
    /* The last is a file that cannot be read at all. */
    static const char *const texts[] = { "---\ntitle: [A\n---\n", "No front matter.\n",
                                         "---\ntitle: A\n",       "",
                                         "---\n- a\n---\n",       NULL };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(Held) held = hold("k7q2m", texts[i]);
        assert_false(held->item.readable);
        assert_string_equal(held->item.id, "k7q2m");
        assert_string_equal(held->item.title, "");
        assert_int_equal(held->item.n_values, 0);
        assert_null(item_text(&held->item, FIELD_TITLE));
    }
    g_autoptr(Held) empty = hold(NULL, "---\n---\n");
    assert_true(empty->item.readable);
    assert_int_equal(empty->item.n_values, 0);
}

static void the_order_is_rank_then_id_then_path(void **state)
{
    static const struct item items[] = {
        { .path = "backlog/z.md", .id = "zzzzz", .rank = "mz" },
        { .path = "backlog/b.md", .id = "bbbbb", .rank = "nb" },
        { .path = "backlog/a.md", .id = "ccccc", .rank = "nb" },
        { .path = "backlog/c.md", .id = "ccccc", .rank = "nb" },
        { .path = "backlog/c.md", .id = "bbbbb", .rank = "nbh" },
        { .path = "backlog/new.md", .id = NULL, .rank = NULL },
        { .path = "backlog/p.md", .id = NULL, .rank = NULL },
        { .path = "backlog/0.md", .id = "bbbbb", .rank = NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(items); i++)
        for (gsize j = 0; j < G_N_ELEMENTS(items); j++) {
            int order = item_compare(&items[i], &items[j]);
            assert_int_equal(order < 0 ? -1 : order > 0, i < j ? -1 : i > j);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_item_says_what_its_front_matter_says),
        cmocka_unit_test(values_stand_in_the_order_of_the_file),
        cmocka_unit_test(each_shape_keeps_what_counts),
        cmocka_unit_test(places_are_bytes_of_the_file),
        cmocka_unit_test(an_id_comes_from_the_front_matter_where_that_is_one),
        cmocka_unit_test(what_is_no_rank_or_status_is_none),
        cmocka_unit_test(broken_front_matter_leaves_an_item_without_values),
        cmocka_unit_test(the_order_is_rank_then_id_then_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
