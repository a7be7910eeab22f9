/*
 * What the finished items of a backlog suggest for each new one, in one process: a line of JSON each.
 *
 * usage: bench_suggest FOLDER
 */
#include "json.h"
#include "neighbours.h"

#include <locale.h>
#include <stdio.h>

static void add_spread(struct json *object, const char *key, const struct neighbours_spread *spread)
{
    struct json *values = json_add_object(object, key);
    json_add_integer(values, "n", spread->n);
    json_add_real(values, "low", spread->low);
    json_add_real(values, "median", spread->median);
    json_add_real(values, "high", spread->high);
}

static void tell(const struct item *item, const struct neighbours *neighbours, gint64 took)
{
    g_autoptr(Json) json = json_new_object();

    json_add_string(json, "id", item->id);
    if (neighbours->suggested)
        json_add_real(json, "suggested", neighbours->suggested->weight);
    json_add_string(json, "source", neighbours_source_name(neighbours->source));
    json_add_real(json, "off", neighbours->off);
    add_spread(json, "near", &neighbours->near);
    add_spread(json, "all", &neighbours->all);
    json_add_real(json, "ms", (double)took / 1000);
    g_autofree char *line = json_print(json, 0);
    puts(line);
}

static gboolean suggest(const char *folder, GError **error)
{
    g_autoptr(Policy) policy = policy_find(folder, NULL, error);
    g_autoptr(Backlog) backlog = policy ? backlog_open(policy, NULL, error) : NULL;
    g_autoptr(Search) search = backlog ? search_open(backlog, error) : NULL;

    for (guint i = 0; search && i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (item->status != STATUS_NEW)
            continue;
        gint64 begun = g_get_monotonic_time();
        g_autoptr(Neighbours) neighbours = neighbours_find(backlog, search, item, error);
        if (!neighbours)
            return FALSE;
        tell(item, neighbours, g_get_monotonic_time() - begun);
    }
    return search != NULL;
}

int main(int count, char **arguments)
{
    g_autoptr(GError) error = NULL;

    setlocale(LC_ALL, "");
    if (count != 2) {
        fprintf(stderr, "usage: %s FOLDER\n", arguments[0]);
        return 2;
    }
    g_autofree char *folder = g_canonicalize_filename(arguments[1], NULL);
    if (suggest(folder, &error))
        return 0;
    fprintf(stderr, "%s: %s\n", arguments[0], error->message);
    return 2;
}
