#include "backlog_private.h"

void backlog_keep_index(struct backlog *backlog)
{
    g_assert(!backlog->index_tried);
    backlog->index_kept = TRUE;
}

struct index *backlog_index_store(struct backlog *backlog)
{
    if (!backlog->index_tried && !backlog->repo)
        backlog->index = index_open(backlog->policy, !backlog->index_kept);
    backlog->index_tried = TRUE;
    return backlog->index;
}
