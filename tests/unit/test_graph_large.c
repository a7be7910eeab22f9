/* Graphs of the size that no backlog should have, but a hostile one may: time and stack. */
#include "graph.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { LARGE = 100000 };

static guint length_at(const GPtrArray *cycles, guint i)
{
    return ((const GArray *)cycles->pdata[i])->len;
}

/* Of nodes in a circle: 0 -> 1 -> ... -> n - 1 -> 0. */
static struct graph *ring(guint n)
{
    struct graph *graph = graph_new(n);
    for (guint i = 0; i < n; i++)
        graph_add(graph, i, (i + 1) % n);
    return graph;
}

static struct graph *chain(void)
{
    struct graph *graph = graph_new(LARGE);
    for (guint i = LARGE - 1; i > 0; i--)
        graph_add(graph, i, i - 1);
    return graph;
}

/* A pair on top of a long way round. */
static struct graph *lasso(void)
{
    struct graph *graph = ring(LARGE);
    graph_add(graph, LARGE - 1, LARGE - 2);
    return graph;
}

static struct graph *pairs(void)
{
    struct graph *graph = graph_new(LARGE);
    for (guint i = 0; i < LARGE; i++)
        graph_add(graph, i, i ^ 1);
    return graph;
}

static struct graph *star(void)
{
    struct graph *graph = graph_new(LARGE);
    for (guint i = LARGE - 1; i > 0; i--) {
        graph_add(graph, 0, i);
        graph_add(graph, i, 0);
    }
    return graph;
}

static struct graph *tangle(void)
{
    g_autoptr(GRand) chance = g_rand_new_with_seed(42);
    struct graph *graph = graph_new(LARGE);
    for (guint i = 0; i < 3 * LARGE; i++)
        graph_add(graph, (guint)g_rand_int_range(chance, 0, LARGE),
                  (guint)g_rand_int_range(chance, 0, LARGE));
    return graph;
}

/* 316 by 316, each to the right and down, the edges joined: all cycles are long, and there are very many. */
static struct graph *torus(void)
{
    struct graph *graph = graph_new(316 * 316);
    for (guint i = 0; i < 316 * 316; i++) {
        graph_add(graph, i, i / 316 * 316 + (i + 1) % 316);
        graph_add(graph, i, (i + 316) % (316 * 316));
    }
    return graph;
}

static void large_graphs_take_no_time(void **state)
{
    static const struct {
        const char *name;
        struct graph *(*make)(void);
        guint n_cycles, n_ordered;
    } cases[] = {
        { "chain", chain, 0, LARGE }, { "lasso", lasso, 1, 0 }, { "pairs", pairs, LARGE / 2, 0 },
        { "star", star, 1, 0 },       { "torus", torus, 1, 0 },
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        gint64 start = g_get_monotonic_time();
        g_autoptr(Graph) graph = cases[i].make();
        gint64 made = g_get_monotonic_time();
        g_autoptr(GArray) order = graph_order(graph);
        gint64 ordered = g_get_monotonic_time();
        g_autoptr(GPtrArray) cycles = graph_cycles(graph);
        gint64 searched = g_get_monotonic_time();
        print_message("%s: made in %d ms, ordered in %d, cycles in %d\n", cases[i].name,
                      (int)(made - start) / 1000, (int)(ordered - made) / 1000,
                      (int)(searched - ordered) / 1000);
        assert_int_equal(cycles->len, cases[i].n_cycles);
        assert_int_equal(order->len, cases[i].n_ordered);
        assert_true(searched - start < 10 * G_USEC_PER_SEC); /* what grows with the square takes minutes */
    }
}

static void a_short_cycle_is_found_beside_a_long_one(void **state)
{
    g_autoptr(Graph) graph = lasso();
    g_autoptr(GPtrArray) pair = graph_cycles(graph);
    assert_int_equal(pair->len, 1);
    assert_int_equal(length_at(pair, 0), 2);
    g_autoptr(Graph) grid = torus();
    g_autoptr(GPtrArray) cycles = graph_cycles(grid);
    assert_int_equal(length_at(cycles, 0), 316);
}

static void random_edges_leave_one_large_group_with_a_short_cycle(void **state)
{
    gint64 start = g_get_monotonic_time();
    g_autoptr(Graph) graph = tangle();
    g_autoptr(GPtrArray) cycles = graph_cycles(graph);
    print_message("300,000 random edges: %d ms\n", (int)(g_get_monotonic_time() - start) / 1000);
    assert_true(cycles->len >= 1);
    for (guint i = 0; i < cycles->len; i++)
        assert_true(length_at(cycles, i) <= 3);
}

struct deep {
    guint n_order, n_cycle, n_reached, n_closed;
};

static void *ask_deep(void *data)
{
    struct deep *deep = data;
    g_autoptr(Graph) line = chain(), circle = ring(LARGE);
    g_autoptr(GArray) order = graph_order(line), reached = graph_reach(line, LARGE - 1);
    g_autoptr(GArray) closed = graph_closes(line, 0, LARGE - 1);
    g_autoptr(GPtrArray) cycles = graph_cycles(circle);
    deep->n_order = order->len;
    deep->n_reached = reached->len;
    deep->n_closed = closed->len;
    deep->n_cycle = cycles->len == 1 ? length_at(cycles, 0) : 0;
    return NULL;
}

static void a_long_chain_needs_no_stack(void **state)
{
    struct deep deep = { 0 };
    pthread_attr_t attributes;
    pthread_t thread;
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstacksize(&attributes, 256 * 1024), 0);
    assert_int_equal(pthread_create(&thread, &attributes, ask_deep, &deep), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    pthread_attr_destroy(&attributes);
    assert_int_equal(deep.n_order, LARGE);
    assert_int_equal(deep.n_reached, LARGE - 1);
    assert_int_equal(deep.n_closed, LARGE);
    assert_int_equal(deep.n_cycle, LARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(large_graphs_take_no_time),
        cmocka_unit_test(a_short_cycle_is_found_beside_a_long_one),
        cmocka_unit_test(random_edges_leave_one_large_group_with_a_short_cycle),
        cmocka_unit_test(a_long_chain_needs_no_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
