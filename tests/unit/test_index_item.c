/* Items and facts are the same after they were bytes; other bytes are refused, or are an item of some kind,
 * never a crash. */
#include "fixture.h"

#include "index_facts.h"
#include "index_item.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const texts[] = {
    "---\n---\n",
    "---\ntitle: Filter search results\nid: k7q2m\nrank: nbhm\nstatus: ready\n---\n\n## Story\n",
    "\xef\xbb\xbf---\r\ntitle: Jördis' Überweisung — 決済\r\nx-note: [a, {b: c}, '']\r\nlabels: "
    "[]\r\n---\r\n",
    "---\ntitle:\nstatus: ~\nestimate: no\nlabels:\n  - search\n  - ''\n  - search\ndepends: none\n"
    "waive:\n  no-rank: later\n  size: {reason: big, until: 2026-12-01}\n"
    "feedback:\n  - from: Ana\n    says: good\n  - from: Bo\n---\n",
    "---\ntitle: \"nul \\0 and tab \\t\"\naliases: [SHOP-41, Shop-42]\n\"odd key\": |\n  two\n  lines\n---\n",
};

static void print_item(GString *out, const struct item *item)
{
    g_string_append_printf(out, "%s %s %s %d \"%s\" %s %d\n", item->path, item->file_id, item->id,
                           item->readable, item->title, item->rank, item->status);
    for (guint i = 0; i < item->n_values; i++) {
        const struct value *value = &item->values[i];
        g_string_append_printf(out, "%s %s %d %u %u @%u:", value->field ? value->field->name : "-",
                               value->key, value->kind, value->count, value->records, value->offset);
        for (guint j = 0; j < value->count; j++)
            g_string_append_printf(out, " <%s>", value->texts[j]);
        assert_null(value->texts[value->count]);
        g_string_append_c(out, '\n');
    }
}

static GByteArray *bytes_of(const char *text, GStringChunk *strings, GString *printed)
{
    g_autoptr(Document) document = fixture_document(text);
    GByteArray *bytes = g_byte_array_new();
    struct item item;

    item_init(&item, "backlog/k7q2m-filter.md", "k7q2m", document, strings);
    assert_true(item.readable);
    print_item(printed, &item);
    assert_true(index_item_print(bytes, &item));
    item_clear(&item);
    return bytes;
}

/* *exact gets the bytes that the item's texts are in: just so many, so that a sanitizer sees what reads on.
 */
static gboolean parse(struct item *item, const guint8 *bytes, gsize length, guint8 **exact)
{
    g_free(*exact);
    *exact = g_memdup2(bytes, length);
    gpointer room = g_malloc(index_item_room(*exact, length));
    gboolean good = index_item_parse(item, "backlog/k7q2m-filter.md", "k7q2m", *exact, length, room);
    if (good)
        item->own = room;
    else
        g_free(room);
    return good;
}

static void an_item_is_the_same_after_it_was_bytes(void **state)
{
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        GStringChunk *strings = g_string_chunk_new(4096);
        g_autoptr(GString) before = g_string_new(NULL), after = g_string_new(NULL);
        g_autoptr(GByteArray) bytes = bytes_of(texts[i], strings, before);
        g_autofree guint8 *exact = NULL;
        struct item item;

        assert_true(parse(&item, bytes->data, bytes->len, &exact));
        print_item(after, &item);
        assert_string_equal(after->str, before->str);
        item_clear(&item);
        g_string_chunk_free(strings);
    }
}

static void what_was_cut_or_has_more_is_refused(void **state)
{
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        GStringChunk *strings = g_string_chunk_new(4096);
        g_autoptr(GString) printed = g_string_new(NULL);
        g_autoptr(GByteArray) bytes = bytes_of(texts[i], strings, printed);
        g_autofree guint8 *exact = NULL;
        struct item item = { .title = "untouched" };

        for (gsize length = 0; length < bytes->len; length++)
            assert_false(parse(&item, bytes->data, length, &exact));
        g_byte_array_append(bytes, (const guint8 *)"x", 2);
        assert_false(parse(&item, bytes->data, bytes->len, &exact));
        assert_string_equal(item.title, "untouched");
        g_string_chunk_free(strings);
    }
}

static void too_many_entries_are_not_written(void **state)
{
    const char *none[] = { NULL };
    struct value value = { .key = "x-many", .kind = NODE_SEQUENCE, .records = 70000, .texts = none };
    const struct item item = { .readable = TRUE, .n_values = 1, .values = &value };
    g_autoptr(GByteArray) bytes = g_byte_array_new();

    assert_false(index_item_print(bytes, &item));
    assert_int_equal(bytes->len, 0);
}

/* Bytes that were changed at random are refused or read as an item all of whose texts are there. */
static void changed_bytes_do_no_harm(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(20261121);
    guint taken = 0;

    for (guint round = 0; round < 40000; round++) {
        GStringChunk *strings = g_string_chunk_new(1024);
        g_autoptr(GString) printed = g_string_new(NULL);
        g_autoptr(GByteArray) bytes = bytes_of(texts[round % G_N_ELEMENTS(texts)], strings, printed);
        g_autofree guint8 *exact = NULL;
        struct item item;

        for (gint32 changes = g_rand_int_range(dice, 1, 5); changes > 0; changes--)
            bytes->data[g_rand_int_range(dice, 0, (gint32)bytes->len)] =
                (guint8)g_rand_int_range(dice, 0, 256);
        if (g_rand_boolean(dice))
            g_byte_array_set_size(bytes, (guint)g_rand_int_range(dice, 0, (gint32)bytes->len + 1));
        if (parse(&item, bytes->data, bytes->len, &exact)) {
            taken++;
            print_item(printed, &item);
            item_clear(&item);
        }
        g_string_chunk_free(strings);
    }
    assert_true(taken > 1000);
}

/* -- facts -- */

static void print_findings(GString *out, const GPtrArray *findings)
{
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        g_string_append_printf(out, "%s %d %u:%u %s (%s) %s %s\n", finding->rule, finding->severity,
                               finding->at.line, finding->at.column, finding->message, finding->help,
                               finding->key, finding->about);
    }
}

static void print_facts(GString *out, const struct facts *facts)
{
    print_findings(out, facts->findings);
    print_findings(out, facts->doubts);
    for (guint i = 0; i < facts->questions->len; i++) {
        const struct question *question = facts->questions->pdata[i];
        g_string_append_printf(out, "%u %s? %s %d %u:%u\n", question->number, question->to, question->text,
                               question->answered, question->at.line, question->at.column);
    }
}

static struct facts *some_facts(void)
{
    static const char body[] =
        "---\n---\n\n<<<<<<< HEAD\n\xff\n\n## Open questions\n\n- [ ] @bo Is the tree cached?\n"
        "- [x] Größe — ok?\n";
    g_autoptr(Policy) policy = policy_new("/nowhere", "/nowhere", NULL);
    g_autoptr(Document) document = fixture_document(body);
    struct facts *facts = facts_read(document, policy);
    struct finding *doubt = finding_add_at(facts->doubts, "depends-cycle", SEVERITY_NOTE,
                                           (struct position){ 3, 4 }, NULL, "it may be");
    doubt->key = g_strdup("t2h8k");
    doubt->about = g_strdup("Größe");
    return facts;
}

static void facts_are_the_same_after_they_were_bytes(void **state)
{
    g_autoptr(Policy) policy = policy_new("/nowhere", "/nowhere", NULL);
    g_autoptr(Rulebook) book = rulebook_new(policy);
    g_autoptr(Facts) facts = some_facts();
    g_autoptr(GVariant) value = index_facts_print(facts);
    g_autoptr(Facts) again = index_facts_parse(book, g_variant_get_data(value), g_variant_get_size(value));
    g_autoptr(GString) before = g_string_new(NULL), after = g_string_new(NULL);

    assert_non_null(again);
    print_facts(before, facts);
    print_facts(after, again);
    assert_string_equal(after->str, before->str);
    assert_true(facts->findings->len > 0 && facts->questions->len == 2);

    g_autoptr(Facts) none = facts_new(), still_none = index_facts_parse(book, NULL, 0);
    assert_null(index_facts_print(none));
    assert_int_equal(still_none->findings->len + still_none->doubts->len + still_none->questions->len, 0);
}

static void changed_facts_do_no_harm(void **state)
{
    g_autoptr(Policy) policy = policy_new("/nowhere", "/nowhere", NULL);
    g_autoptr(Rulebook) book = rulebook_new(policy);
    g_autoptr(GRand) dice = g_rand_new_with_seed(20261122);
    g_autoptr(Facts) facts = some_facts();
    g_autoptr(GVariant) value = index_facts_print(facts);
    gsize length = g_variant_get_size(value);
    guint taken = 0;

    for (guint round = 0; round < 40000; round++) {
        g_autofree guint8 *bytes = g_memdup2(g_variant_get_data(value), length);
        g_autoptr(GString) printed = g_string_new(NULL);
        for (gint32 changes = g_rand_int_range(dice, 1, 5); changes > 0; changes--)
            bytes[g_rand_int_range(dice, 0, (gint32)length)] = (guint8)g_rand_int_range(dice, 0, 256);
        gsize cut = g_rand_boolean(dice) ? (gsize)g_rand_int_range(dice, 0, (gint32)length + 1) : length;
        g_autofree guint8 *exact = g_memdup2(bytes, cut);
        g_autoptr(Facts) read = index_facts_parse(book, exact, cut);
        if (read && cut)
            print_facts(printed, read);
        taken += read && cut;
    }
    assert_true(taken > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_item_is_the_same_after_it_was_bytes),
        cmocka_unit_test(what_was_cut_or_has_more_is_refused),
        cmocka_unit_test(too_many_entries_are_not_written),
        cmocka_unit_test(changed_bytes_do_no_harm),
        cmocka_unit_test(facts_are_the_same_after_they_were_bytes),
        cmocka_unit_test(changed_facts_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
