#include "change_private.h"

#include "remark.h"

#include <string.h>

static gboolean is_field(const struct change *change, const char *name)
{
    return change->kind == CHANGE_FIELD && strcmp(change->name, name) == 0;
}

static const struct change *find_field(const GPtrArray *changes, const char *name)
{
    for (guint i = 0; i < changes->len; i++)
        if (is_field(changes->pdata[i], name))
            return changes->pdata[i];
    return NULL;
}

/* The text of a line under Decisions that says why the item is not ready any more; NULL: it says something
 * else. */
static char *read_revoked(const struct change *change)
{
    struct remark remark = { 0 };
    char *text = NULL;

    if (change->kind != CHANGE_DECISION_ADDED || !remark_parse(change->after, &remark))
        return NULL;
    if (g_str_has_prefix(remark.text, CHANGE_REVOKED))
        text = g_strdup(remark.text);
    remark_clear(&remark);
    return text;
}

static char *print_revoked(const GPtrArray *changes)
{
    for (guint i = 0; i < changes->len; i++) {
        char *text = read_revoked(changes->pdata[i]);
        if (text)
            return text;
    }
    return g_strdup(CHANGE_REVOKED);
}

char *change_print_readiness(const GPtrArray *changes)
{
    const struct change *status = find_field(changes, "status"), *stamp = find_field(changes, "stamp");

    if (!stamp)
        return NULL;
    if (stamp->after && !status)
        return g_strdup(stamp->before ? "ready again" : "ready");
    if (stamp->after && g_strcmp0(status->after, "ready") == 0)
        return g_strdup("ready");
    if (!stamp->after && status && status->after && status_parse(status->after) < STATUS_READY)
        return print_revoked(changes);
    return NULL;
}

gboolean change_is_readiness(const struct change *change)
{
    g_autofree char *revoked = read_revoked(change);
    return revoked || is_field(change, "status") || is_field(change, "stamp");
}
