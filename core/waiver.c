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
    g_free(waiver->boolean);
    g_free(waiver->until);
    g_free(waiver->fault);
    g_free(waiver);
}

/* What YAML 1.1 takes the plain word for: "true" or "false"; NULL: for a word. */
static const char *boolean_of(const struct node *node)
{
    static const char *const yes[] = { "true", "yes", "on", "y", NULL };
    static const char *const no[] = { "false", "no", "off", "n", NULL };
    g_autofree char *word = g_ascii_strdown(node->text, -1);

    if (node->style != STYLE_PLAIN)
        return NULL;
    return g_strv_contains(yes, word) ? "true" : g_strv_contains(no, word) ? "false" : NULL;
}

static void read_reason(struct waiver *waiver, const struct node *node)
{
    const char *boolean = node_is_null(node) ? NULL : boolean_of(node);

    if (node_is_null(node))
        return;
    if (boolean) {
        waiver->boolean = g_strdup_printf("%s is read as a boolean (%s)", node->text, boolean);
        return;
    }
    g_autofree char *line = remark_line(node->text);
    if (*line)
        waiver->reason = g_steal_pointer(&line);
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
        read_reason(waiver, node);
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
        read_reason(waiver, node);
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
