#include "graph.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MOST_NODES = 6 };

/* A small graph as a table, to ask the same questions in the plainest way. */
struct table {
    guint n;
    gboolean edge[MOST_NODES][MOST_NODES];
    gboolean leads[MOST_NODES][MOST_NODES]; /* by one edge or more */
};

static guint at(const GArray *nodes, guint i)
{
    return g_array_index(nodes, guint, i);
}

static void check_nodes(const GArray *nodes, const char *expected)
{
    g_autoptr(GString) seen = g_string_new(NULL);
    for (guint i = 0; i < nodes->len; i++)
        g_string_append_printf(seen, "%s%u", i ? " " : "", at(nodes, i));
    assert_string_equal(seen->str, expected);
}

static void check_cycles(struct graph *graph, const char *expected)
{
    g_autoptr(GPtrArray) cycles = graph_cycles(graph);
    g_autoptr(GString) seen = g_string_new(NULL);
    for (guint i = 0; i < cycles->len; i++) {
        const GArray *cycle = cycles->pdata[i];
        for (guint j = 0; j < cycle->len; j++)
            g_string_append_printf(seen, "%s%u", j ? " " : i ? ", " : "", at(cycle, j));
    }
    assert_string_equal(seen->str, expected);
}

static struct graph *graph_of(guint n, const guint (*edges)[2], guint n_edges)
{
    struct graph *graph = graph_new(n);
    for (guint i = 0; i < n_edges; i++)
        graph_add(graph, edges[i][0], edges[i][1]);
    return graph;
}

static void a_graph_without_edges_has_no_cycle_and_goes_by_index(void **state)
{
    g_autoptr(Graph) empty = graph_new(0), lone = graph_new(3);
    g_autoptr(GArray) none = graph_order(empty), all = graph_order(lone), reached = graph_reach(lone, 1);
    check_cycles(empty, "");
    check_cycles(lone, "");
    check_nodes(none, "");
    check_nodes(all, "0 1 2");
    check_nodes(reached, "");
    graph_free(NULL);
}

static void each_group_that_depends_on_itself_reports_one_shortest_cycle(void **state)
{
    static const guint edges[][2] = {
        { 7, 5 }, { 5, 3 }, { 3, 7 }, { 5, 7 },           /* 5 and 7 alone are shorter than 3 5 7 */
        { 8, 2 }, { 2, 9 }, { 9, 8 },                     /* a group of three */
        { 2, 5 }, { 0, 2 }, { 7, 1 }, { 4, 4 }, { 0, 4 }, /* edges between groups; a node to itself */
    };
    g_autoptr(Graph) graph = graph_of(10, edges, G_N_ELEMENTS(edges));
    check_cycles(graph, "2 9 8, 4, 5 7");
}

static void a_node_to_itself_is_the_shortest_cycle_of_its_group(void **state)
{
    static const guint edges[][2] = { { 0, 1 }, { 1, 0 }, { 1, 2 }, { 2, 0 }, { 2, 2 } };
    g_autoptr(Graph) graph = graph_of(3, edges, G_N_ELEMENTS(edges));
    check_cycles(graph, "2");
}

static void of_equal_cycles_the_smallest_indexes_are_reported(void **state)
{
    static const guint edges[][2] = { { 4, 0 }, { 3, 0 }, { 2, 4 }, { 2, 3 }, { 1, 3 },
                                      { 1, 4 }, { 0, 2 }, { 0, 1 }, { 3, 1 }, { 4, 2 } };
    g_autoptr(Graph) graph = graph_of(5, edges, G_N_ELEMENTS(edges));
    check_cycles(graph, "1 3");
}

static void an_edge_added_twice_counts_once(void **state)
{
    static const guint edges[][2] = { { 0, 1 }, { 0, 1 }, { 1, 2 }, { 0, 1 }, { 1, 2 } };
    g_autoptr(Graph) graph = graph_of(3, edges, G_N_ELEMENTS(edges));
    g_autoptr(GArray) order = graph_order(graph), reached = graph_reach(graph, 0);
    check_nodes(order, "0 1 2");
    check_nodes(reached, "1 2");
    check_cycles(graph, "");
}

static void edges_added_after_an_answer_count_in_the_next(void **state)
{
    g_autoptr(Graph) graph = graph_new(3);
    graph_add(graph, 2, 1);
    g_autoptr(GArray) before = graph_order(graph);
    check_nodes(before, "0 2 1");
    graph_add(graph, 1, 0);
    g_autoptr(GArray) after = graph_order(graph);
    check_nodes(after, "2 1 0");
    graph_add(graph, 0, 2);
    check_cycles(graph, "0 2 1");
}

static void order_keeps_the_given_one_where_edges_allow(void **state)
{
    static const guint edges[][2] = { { 5, 1 }, { 3, 1 }, { 1, 0 } };
    g_autoptr(Graph) graph = graph_of(6, edges, G_N_ELEMENTS(edges));
    g_autoptr(GArray) order = graph_order(graph);
    check_nodes(order, "2 3 4 5 1 0");
}

static void order_leaves_out_cycles_and_what_they_lead_to(void **state)
{
    static const guint edges[][2] = { { 0, 1 }, { 1, 2 }, { 2, 1 }, { 2, 3 }, { 4, 0 } };
    g_autoptr(Graph) graph = graph_of(5, edges, G_N_ELEMENTS(edges));
    g_autoptr(GArray) order = graph_order(graph);
    check_nodes(order, "4 0");
}

static void reach_goes_nearest_first_and_names_the_start_only_on_a_cycle(void **state)
{
    static const guint edges[][2] = { { 0, 3 }, { 0, 2 }, { 3, 1 }, { 1, 3 }, { 2, 4 } };
    g_autoptr(Graph) graph = graph_of(6, edges, G_N_ELEMENTS(edges));
    g_autoptr(GArray) from_0 = graph_reach(graph, 0), from_3 = graph_reach(graph, 3),
                      from_4 = graph_reach(graph, 4);
    check_nodes(from_0, "2 3 4 1");
    check_nodes(from_3, "1 3");
    check_nodes(from_4, "");
}

static void an_edge_that_would_close_a_cycle_is_told_with_the_cycle(void **state)
{
    static const guint edges[][2] = { { 0, 1 }, { 1, 2 }, { 2, 3 }, { 1, 3 } };
    g_autoptr(Graph) graph = graph_of(5, edges, G_N_ELEMENTS(edges));
    g_autoptr(GArray) long_way = graph_closes(graph, 3, 0), self = graph_closes(graph, 4, 4);
    g_autoptr(GArray) two = graph_closes(graph, 2, 1);
    check_nodes(long_way, "3 0 1");
    check_nodes(self, "4");
    check_nodes(two, "2 1");
    assert_null(graph_closes(graph, 0, 3));
    assert_null(graph_closes(graph, 4, 0));
    check_cycles(graph, "");
}

static struct table table_random(GRand *chance)
{
    struct table table = { .n = (guint)g_rand_int_range(chance, 1, MOST_NODES + 1) };
    double density = g_rand_double_range(chance, 0.05, 0.6);
    for (guint i = 0; i < table.n; i++)
        for (guint j = 0; j < table.n; j++)
            table.edge[i][j] = table.leads[i][j] = g_rand_double(chance) < density;
    for (guint k = 0; k < table.n; k++)
        for (guint i = 0; i < table.n; i++)
            for (guint j = 0; j < table.n; j++)
                table.leads[i][j] = table.leads[i][j] || (table.leads[i][k] && table.leads[k][j]);
    return table;
}

/* The edges of the table, some of them twice, in random order. */
static struct graph *table_graph(const struct table *table, GRand *chance)
{
    guint edges[3 * MOST_NODES * MOST_NODES][2], n_edges = 0;
    for (guint i = 0; i < table->n; i++)
        for (guint j = 0; j < table->n; j++)
            for (gint copies = table->edge[i][j] ? g_rand_int_range(chance, 1, 4) : 0; copies > 0; copies--) {
                edges[n_edges][0] = i;
                edges[n_edges++][1] = j;
            }
    for (guint i = n_edges; i > 1; i--) {
        guint other = (guint)g_rand_int_range(chance, 0, (gint)i), kept[2];
        memcpy(kept, edges[i - 1], sizeof kept);
        memcpy(edges[i - 1], edges[other], sizeof kept);
        memcpy(edges[other], kept, sizeof kept);
    }
    return graph_of(table->n, edges, n_edges);
}

/* Whether the nodes are a cycle that starts at the smallest of them. */
static gboolean is_cycle(const struct table *table, const guint *nodes, guint length)
{
    for (guint i = 0; i < length; i++) {
        if (!table->edge[nodes[i]][nodes[(i + 1) % length]] || (i > 0 && nodes[i] <= nodes[0]))
            return FALSE;
        for (guint j = 0; j < i; j++)
            if (nodes[j] == nodes[i])
                return FALSE;
    }
    return TRUE;
}

/* The first cycle of the group of node, all sequences of nodes tried by length and then one after the other.
 */
static gboolean find_cycle(const struct table *table, guint node, GString *found)
{
    for (guint length = 1; length <= table->n; length++) {
        guint n_sequences = 1;
        for (guint i = 0; i < length; i++)
            n_sequences *= table->n;
        for (guint sequence = 0; sequence < n_sequences; sequence++) {
            guint nodes[MOST_NODES] = { 0 }, rest = sequence;
            for (guint i = length; i-- > 0; rest /= table->n)
                nodes[i] = rest % table->n;
            if ((nodes[0] != node && !(table->leads[nodes[0]][node] && table->leads[node][nodes[0]])) ||
                !is_cycle(table, nodes, length))
                continue;
            for (guint i = 0; i < length; i++)
                g_string_append_printf(found, "%s%u", i ? " " : "", nodes[i]);
            return TRUE;
        }
    }
    return FALSE;
}

static gint compare_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void random_graphs_report_the_cycles_that_trying_all_finds(void **state)
{
    g_autoptr(GRand) chance = g_rand_new_with_seed(2026);
    for (guint round = 0; round < 3000; round++) {
        struct table table = table_random(chance);
        g_autoptr(Graph) graph = table_graph(&table, chance);
        g_autoptr(GPtrArray) cycles = g_ptr_array_new_with_free_func(g_free);
        for (guint node = 0; node < table.n; node++) {
            g_autoptr(GString) cycle = g_string_new(NULL);
            gboolean is_first = TRUE; /* of its group */
            for (guint other = 0; other < node; other++)
                is_first = is_first && !(table.leads[node][other] && table.leads[other][node]);
            if (is_first && find_cycle(&table, node, cycle))
                g_ptr_array_add(cycles, g_strdup(cycle->str));
        }
        g_ptr_array_sort(cycles, compare_text);
        g_ptr_array_add(cycles, NULL);
        g_autofree char *expected = g_strjoinv(", ", (char **)cycles->pdata);
        check_cycles(graph, expected);
    }
}

static void check_order(const struct table *table, const GArray *order)
{
    gboolean placed[MOST_NODES] = { FALSE };
    for (guint i = 0;; i++) {
        guint next = table->n;
        for (guint node = table->n; node-- > 0;) {
            gboolean is_free = !placed[node];
            for (guint before = 0; before < table->n; before++)
                is_free = is_free && (placed[before] || !table->edge[before][node]);
            next = is_free ? node : next;
        }
        if (next == table->n) {
            assert_int_equal(order->len, i);
            return;
        }
        assert_true(i < order->len);
        assert_int_equal(at(order, i), next);
        placed[next] = TRUE;
    }
}

static void check_reach(const struct table *table, guint from, const GArray *reached)
{
    guint n_reached = 0;
    for (guint node = 0; node < table->n; node++)
        n_reached += table->leads[from][node];
    assert_int_equal(reached->len, n_reached);
    for (guint i = 0; i < reached->len; i++) {
        assert_true(table->leads[from][at(reached, i)]);
        for (guint j = 0; j < i; j++)
            assert_int_not_equal(at(reached, i), at(reached, j));
    }
}

static void check_closes(const struct table *table, guint from, guint to, const GArray *cycle)
{
    assert_int_equal(cycle != NULL, from == to || table->leads[to][from]);
    if (!cycle)
        return;
    assert_int_equal(at(cycle, 0), from);
    assert_true(cycle->len == 1 ? from == to : at(cycle, 1) == to);
    for (guint i = 1; i < cycle->len; i++)
        assert_true(table->edge[at(cycle, i)][at(cycle, (i + 1) % cycle->len)]);
    for (guint i = 1; i + 2 < cycle->len; i++) /* a shortest one has no short cut */
        assert_false(table->edge[at(cycle, i)][at(cycle, i + 2)]);
}

static void random_graphs_are_ordered_and_walked_as_the_table_says(void **state)
{
    g_autoptr(GRand) chance = g_rand_new_with_seed(1120);
    for (guint round = 0; round < 3000; round++) {
        struct table table = table_random(chance);
        g_autoptr(Graph) graph = table_graph(&table, chance);
        g_autoptr(GArray) order = graph_order(graph);
        check_order(&table, order);
        for (guint from = 0; from < table.n; from++) {
            g_autoptr(GArray) reached = graph_reach(graph, from);
            check_reach(&table, from, reached);
            for (guint to = 0; to < table.n; to++) {
                GArray *cycle = graph_closes(graph, from, to);
                check_closes(&table, from, to, cycle);
                g_clear_pointer(&cycle, g_array_unref);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_graph_without_edges_has_no_cycle_and_goes_by_index),
        cmocka_unit_test(each_group_that_depends_on_itself_reports_one_shortest_cycle),
        cmocka_unit_test(a_node_to_itself_is_the_shortest_cycle_of_its_group),
        cmocka_unit_test(of_equal_cycles_the_smallest_indexes_are_reported),
        cmocka_unit_test(an_edge_added_twice_counts_once),
        cmocka_unit_test(edges_added_after_an_answer_count_in_the_next),
        cmocka_unit_test(order_keeps_the_given_one_where_edges_allow),
        cmocka_unit_test(order_leaves_out_cycles_and_what_they_lead_to),
        cmocka_unit_test(reach_goes_nearest_first_and_names_the_start_only_on_a_cycle),
        cmocka_unit_test(an_edge_that_would_close_a_cycle_is_told_with_the_cycle),
        cmocka_unit_test(random_graphs_report_the_cycles_that_trying_all_finds),
        cmocka_unit_test(random_graphs_are_ordered_and_walked_as_the_table_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
