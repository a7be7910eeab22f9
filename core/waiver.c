#include "waiver.h"

#include "clock.h"
#include "nearest.h"
#include "remark.h"

#include <string.h>

static void waiver_free(gpointer data)
{
    struct waiver *waiver = data;
    g_free(waiver->rule);
    g_free(waiver->reason);
    g_free(waiver->until);
    g_free(waiver->fault);
    g_free(waiver);
}

/* Whether the value only says that there is a waiver. */
static gboolean is_switch(const struct node *node)
{
    static const char *const words[] = { "true", "false", "yes", "no", "on", "off", "y", "n", NULL };
    g_autofree char *word = g_ascii_strdown(node->text, -1);
    return node->style == STYLE_PLAIN && g_strv_contains(words, word);
}

static char *read_reason(const struct node *node)
{
    if (node_is_null(node) || is_switch(node))
        return NULL;
    g_autofree char *line = remark_line(node->text);
    return *line ? g_steal_pointer(&line) : NULL;
}

static char *fault_of_key(const char *key)
{
    static const char *const keys[] = { "reason", "until", NULL };
    const char *nearest = nearest_name(key, keys);

    return nearest ? g_strdup_printf("there is no %s in a waiver; did you mean %s?", key, nearest)
                   : g_strdup_printf("expected reason and until, saw %s", key);
}

/* One entry of the longer form. */
static void read_part(struct waiver *waiver, const struct node *node)
{
    const char *key = node->key->text;

    if (node->kind != NODE_SCALAR)
        waiver->fault = g_strdup_printf("%s: expected one value, saw %s", key, node_kind_name(node->kind));
    else if (strcmp(key, "reason") == 0)
        waiver->reason = read_reason(node);
    else if (strcmp(key, "until") != 0)
        waiver->fault = fault_of_key(key);
    else if (!node_is_null(node) && !clock_is_day(node->text))
        waiver->fault = g_strdup_printf("until: expected a day as YYYY-MM-DD, saw %s", node->text);
    else if (!node_is_null(node))
        waiver->until = g_strdup(node->text);
}

static struct waiver *read_waiver(const struct node *node)
{
    struct waiver *waiver = g_new0(struct waiver, 1);

    waiver->rule = g_strdup(node->key->text);
    waiver->span = node->key->span;
    if (node->kind == NODE_SCALAR)
        waiver->reason = read_reason(node);
    else if (node->kind != NODE_MAP)
        waiver->fault = g_strdup_printf("expected a reason, saw %s", node_kind_name(node->kind));
    for (const struct node *part = node->kind == NODE_MAP ? node->first : NULL; part && !waiver->fault;
         part = part->next)
        read_part(waiver, part);
    return waiver;
}

GPtrArray *waivers_read(const struct document *document)
{
    const struct node *map = node_find(document->front->root, "waive");
    GPtrArray *waivers = g_ptr_array_new_with_free_func(waiver_free);

    for (const struct node *node = map && map->kind == NODE_MAP ? map->first : NULL; node; node = node->next)
        g_ptr_array_add(waivers, read_waiver(node));
    return waivers;
}

gboolean waiver_holds(const struct waiver *waiver, const char *today)
{
    return waiver->reason && !waiver->fault && (!waiver->until || strcmp(waiver->until, today) >= 0);
}
