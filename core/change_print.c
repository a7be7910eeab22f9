#include "change.h"

#include <string.h>

/* Ranks themselves are noise to people. */
static char *print_rank(const struct change *change)
{
    if (!change->after)
        return g_strdup("rank removed");
    if (change->from && change->number && change->from != change->number)
        return g_strdup_printf("moved %u -> %u", change->from, change->number);
    return g_strdup(!change->before ? "ranked" : change->from && change->number ? "ranked anew" : "moved");
}

static char *print_field(const struct change *change)
{
    if (strcmp(change->name, "rank") == 0)
        return print_rank(change);
    if (!change->before)
        return g_strdup_printf("%s %s", change->name, change->after ? change->after : "");
    if (!change->after)
        return g_strdup_printf("%s removed (was %s)", change->name, change->before);
    return g_strdup_printf("%s %s -> %s", change->name, change->before, change->after);
}

char *change_print(const struct change *change)
{
    switch (change->kind) {
    case CHANGE_ITEM_ADDED:
        return g_strdup_printf("added: %s", change->after ? change->after : "");
    case CHANGE_ITEM_REMOVED:
        return g_strdup_printf("removed: %s", change->before ? change->before : "");
    case CHANGE_FIELD:
        return print_field(change);
    case CHANGE_ENTRY_ADDED:
        return g_strdup_printf("%s +%s", change->name, change->after);
    case CHANGE_ENTRY_REMOVED:
        return g_strdup_printf("%s -%s", change->name, change->before);
    case CHANGE_CRITERION_ADDED:
        return g_strdup_printf("criterion %u added", change->number);
    case CHANGE_CRITERION_REMOVED:
        return g_strdup_printf("criterion %u removed", change->number);
    case CHANGE_CRITERION_REWORDED:
        return g_strdup_printf("criterion %u reworded", change->number);
    case CHANGE_CRITERION_TICKED:
        return g_strdup_printf("criterion %u ticked", change->number);
    case CHANGE_CRITERION_UNTICKED:
        return g_strdup_printf("criterion %u unticked", change->number);
    case CHANGE_CRITERION_MOVED:
        return g_strdup_printf("criterion %u moved to %u", change->from, change->number);
    case CHANGE_SECTION_ADDED:
        return g_strdup_printf("section %s added", change->name);
    case CHANGE_SECTION_REMOVED:
        return g_strdup_printf("section %s removed", change->name);
    case CHANGE_SECTION_CHANGED:
        return g_strdup_printf("section %s changed", change->name);
    case CHANGE_TEXT:
        return g_strdup("text changed");
    case CHANGE_LAYOUT:
        return g_strdup("layout changed");
    }
    g_assert_not_reached();
}

char *change_summary(const GPtrArray *changes)
{
    GString *out = g_string_new(changes->len ? NULL : "no change");
    for (guint i = 0; i < changes->len; i++) {
        g_autofree char *one = change_print(changes->pdata[i]);
        g_string_append_printf(out, "%s%s", i ? ", " : "", one);
    }
    return g_string_free(out, FALSE);
}
