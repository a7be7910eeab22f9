#include "archive.h"

#include <string.h>

static gboolean is_over(enum status status)
{
    return status == STATUS_DONE || status == STATUS_RELEASED || status == STATUS_DROPPED;
}

/* Whether every item that stands below it is over; children that were split themselves are looked into, up to
 * depth levels, so that a circle ends. */
static gboolean children_are_over(const struct backlog *backlog, const struct item *parent, guint depth)
{
    for (guint i = 0; parent->id && i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (g_strcmp0(item_text(item, FIELD_PARENT), parent->id) != 0 || is_over(item->status))
            continue;
        if (item->status != STATUS_SPLIT || depth == 0 || !children_are_over(backlog, item, depth - 1))
            return FALSE;
    }
    return TRUE;
}

#define MAX_DEPTH 16

gboolean archive_is_finished(const struct backlog *backlog, const struct item *item)
{
    return item->readable && item->file_id &&
           (is_over(item->status) ||
            (item->status == STATUS_SPLIT && children_are_over(backlog, item, MAX_DEPTH)));
}

gboolean archive_holds(const struct policy *policy, const struct item *item)
{
    g_autofree char *folder = g_strconcat(policy->folder, "/archive/", NULL);
    return g_str_has_prefix(item->path, folder);
}

static struct draft *move(struct backlog *backlog, const struct item *item, const char *folder,
                          GError **error)
{
    g_autoptr(Draft) draft = draft_open(backlog, backlog_entry(backlog, item->path), error);
    g_autofree char *name = g_path_get_basename(item->path);

    if (!draft)
        return NULL;
    draft->move_to = g_build_filename(folder, name, NULL);
    return g_steal_pointer(&draft);
}

struct draft *archive_draft(struct backlog *backlog, const struct item *item, const char *year,
                            GError **error)
{
    g_autofree char *folder = g_build_filename(backlog->policy->folder, "archive", year, NULL);
    return move(backlog, item, folder, error);
}

struct draft *archive_reshard(struct backlog *backlog, const struct item *item, GError **error)
{
    g_autofree char *folder = item->file_id ? draft_folder(backlog->policy, item->file_id) : NULL;
    g_autofree char *now = g_path_get_dirname(item->path);

    if (!folder || archive_holds(backlog->policy, item) || strcmp(folder, now) == 0)
        return NULL;
    return move(backlog, item, folder, error);
}
