/* Items below their parents: order, parents that are put in, sums, circles. */
#include "tree.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void write_item(struct fixture *fixture, const char *id, const char *rank, const char *more)
{
    g_autofree char *path = g_strdup_printf("backlog/%s.md", id);
    g_autofree char *text =
        g_strdup_printf("---\ntitle: A\nid: %s\nrank: %s\ntype: story\n%s---\n", id, rank, more);
    fixture_write(fixture, path, text);
}

/* "  id" lines, indented by depth; "(id)" for one that is put in; "=N" where something of weight stands
 * below;
 * "." behind the last of brothers. Of the open items; newly allocated. */
static char *print(struct backlog *backlog)
{
    GString *out = g_string_new(NULL);
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (status_is_open(item->status) && item->readable)
            g_ptr_array_add(items, (gpointer)item);
    }
    g_autoptr(Tree) tree = tree_new(backlog, items);
    for (guint i = 0; i < tree->nodes->len; i++) {
        const struct tree_node *node = tree->nodes->pdata[i];
        g_string_append_printf(out, "%*s%s%s%s%s", (int)node->depth * 2, "", node->listed ? "" : "(",
                               node->item->id, node->listed ? "" : ")", node->last ? "." : "");
        if (node->below > 0)
            g_string_append_printf(out, " =%g/%u", node->below, node->listed_below);
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static void check(struct fixture *fixture, const char *expected)
{
    g_autofree char *seen = print(fixture_loaded(fixture));
    assert_string_equal(seen, expected);
}

static void children_stand_below_their_parents_by_rank(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcd23", "nb", "estimate: 3\n");
    write_item(fixture, "cdf34", "nc", "parent: fgh56\nestimate: 5\n");
    write_item(fixture, "dfg45", "nd", "parent: fgh56\nestimate: 2\n");
    write_item(fixture, "fgh56", "nf", "estimate: 20\nparent: hjk78\naliases: [SHOP-1]\n");
    write_item(fixture, "ghj67", "ng", "parent: shop-1\n");
    write_item(fixture, "hjk78", "nh", "");
    check(fixture, "bcd23\nhjk78. =27/4\n  fgh56. =7/3\n    cdf34\n    dfg45\n    ghj67.\n");
}

static void a_parent_that_is_not_listed_is_put_in_where_its_first_child_stands(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcd23", "nb", "parent: hjk78\nestimate: 3\n");
    write_item(fixture, "cdf34", "nc", "");
    write_item(fixture, "dfg45", "nd", "parent: hjk78\n");
    write_item(fixture, "hjk78", "nz", "status: split\nparent: jkm89\nestimate: 8\n");
    write_item(fixture, "jkm89", "nzz", "status: done\n");
    write_item(fixture, "kmn92", "nf", "parent: mnp93\n");
    fixture_folder(fixture, "backlog/mnp93.md");
    check(fixture, "(jkm89) =3/2\n  (hjk78). =3/2\n    bcd23\n    dfg45.\ncdf34\n(mnp93).\n  kmn92.\n");
}

static void a_parent_that_is_not_there_is_none(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcd23", "nb", "parent: zzzz9\n");
    write_item(fixture, "cdf34", "nc", "parent:\n");
    write_item(fixture, "dfg45", "nd", "parent: [bcd23]\n");
    check(fixture, "bcd23\ncdf34\ndfg45.\n");
}

static void a_part_of_a_duplicate_is_one_of_what_that_repeats(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcd23", "nb", "status: dropped\nduplicate-of: cdf34\n");
    write_item(fixture, "cdf34", "nc", "status: new\n");
    write_item(fixture, "dfg45", "nd", "status: new\nparent: bcd23\n");
    check(fixture, "cdf34.\n  dfg45.\n");
}

static void a_circle_is_cut_open_in_front_of_its_first(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcd23", "nb", "parent: dfg45\n");
    write_item(fixture, "cdf34", "nc", "parent: fgh56\n");
    write_item(fixture, "dfg45", "nd", "parent: cdf34\n");
    write_item(fixture, "fgh56", "nf", "parent: dfg45\n");
    write_item(fixture, "ghj67", "ng", "parent: ghj67\n");
    check(fixture, "cdf34\n  dfg45.\n    bcd23\n    fgh56.\nghj67.\n");
}

static void a_circle_of_parents_that_are_put_in_ends(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcd23", "nb", "parent: cdf34\n");
    write_item(fixture, "cdf34", "nc", "parent: dfg45\nstatus: done\n");
    write_item(fixture, "dfg45", "nd", "parent: cdf34\nstatus: done\n");
    check(fixture, "(cdf34).\n  bcd23.\n");
}

static void an_empty_list_has_no_tree(void **state)
{
    struct fixture *fixture = *state;
    fixture_folder(fixture, "backlog");
    check(fixture, "");
}

/* A chain as long as the backlog, and one circle of all. */
static void a_long_chain_takes_no_stack(void **state)
{
    struct fixture *fixture = *state;
    static const char letters[] = "bcdfghjkmnpqrstvwxz";
    char before[6] = "";
    for (guint i = 0; i < 3000; i++) {
        char id[6] = { 'b', letters[i / 361], letters[i / 19 % 19], letters[i % 19], '2', 0 };
        g_autofree char *more = *before ? g_strdup_printf("parent: %s\nestimate: 1\n", before) : NULL;
        write_item(fixture, id, "nb", more ? more : "");
        memcpy(before, id, sizeof before);
    }
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(Tree) tree = tree_new(backlog, backlog->items);
    assert_int_equal(tree->nodes->len, 3000);
    assert_int_equal(((struct tree_node *)tree->nodes->pdata[2999])->depth, 2999);
    assert_true(((struct tree_node *)tree->nodes->pdata[0])->below == 2999);
    g_autofree char *closed = g_strdup_printf("parent: %s\n", before);
    write_item(fixture, "bbbb2", "nb", closed);
    backlog = fixture_loaded(fixture);
    g_autoptr(Tree) circle = tree_new(backlog, backlog->items);
    assert_int_equal(circle->nodes->len, 3000);
    assert_int_equal(((struct tree_node *)circle->nodes->pdata[2999])->depth, 2999);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(children_stand_below_their_parents_by_rank),
        TEST(a_parent_that_is_not_listed_is_put_in_where_its_first_child_stands),
        TEST(a_parent_that_is_not_there_is_none),
        TEST(a_part_of_a_duplicate_is_one_of_what_that_repeats),
        TEST(a_circle_is_cut_open_in_front_of_its_first),
        TEST(a_circle_of_parents_that_are_put_in_ends),
        TEST(an_empty_list_has_no_tree),
        TEST(a_long_chain_takes_no_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
