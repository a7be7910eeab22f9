#include "health_private.h"

#include <string.h>

/* As many items behind those near the top as these times their number are still within sight. */
#define SIGHT 2

/* The 95th percentile of the words of items in real backlogs. */
#define MANY_WORDS 1150

/* Files in one folder from which on each commit, which writes a list of them, is felt. */
#define MANY_FILES 5000

/* -- near the top -- */

static void check_top(struct health_run *run)
{
    const struct horizon *horizon = run->horizon;
    double share = horizon_share(horizon);
    const struct item *first = NULL;

    for (guint i = 0; i < horizon->near->len && !first; i++) {
        const struct item *item = horizon->near->pdata[i];
        first = item->status == STATUS_READY ? NULL : item;
    }
    if (!first || share >= 0.5)
        return;
    g_autofree char *says = horizon->near->len == 1
                                ? g_strdup("the first item is not ready")
                                : g_strdup_printf("of the first %u items none is ready", horizon->near->len);
    if (horizon->ready.items == 0)
        health_report(run, "under-refined-top", first, NULL, "refine ready shows the first step for each",
                      "%s", says);
    else if (horizon->capacity > 0)
        health_report(run, "under-refined-top", first, NULL, "refine ready shows the first step for each",
                      "what is ready reaches %.1f of %g sprints, and the next item is not ready",
                      horizon_reach(horizon), horizon->sprints);
    else
        health_report(run, "under-refined-top", first, NULL, "refine ready shows the first step for each",
                      "%u of the first %u items %s ready", horizon->near_ready, horizon->near->len,
                      horizon->near_ready == 1 ? "is" : "are");
}

/* -- far down -- */

/* Words of the body, comments and all: how much somebody wrote, and somebody has to read. */
static guint count_words(struct health_run *run, const struct item *item)
{
    const struct entry *entry = backlog_entry(run->backlog, item->path);
    g_autoptr(GBytes) bytes = backlog_read(run->backlog, entry, NULL);
    g_autoptr(Document) document = bytes ? document_new_body(bytes) : NULL;
    gboolean inside = FALSE;
    guint words = 0;

    for (gsize i = document ? document->front->body : 0; document && i < document->length; i++) {
        gboolean space = g_ascii_isspace(document->text[i]);
        words += inside && space;
        inside = !space;
    }
    return words + inside;
}

static void report_tail(struct health_run *run, const GPtrArray *ready, const GPtrArray *long_ones,
                        guint sight)
{
    g_autofree char *which = health_names(ready), *wordy = health_names(long_ones);

    if (ready->len > 2)
        health_report(run, "over-refined-tail", ready->pdata[0], NULL,
                      "order them up, or leave the details until they are near",
                      "%u items behind the first %u are ready already: %s", ready->len, sight, which);
    if (long_ones->len)
        health_report(run, "over-specified", long_ones->pdata[0], NULL,
                      "what is far away changes before it is begun: keep the wish, and split off the rest",
                      "%u item%s behind the first %u %s over %u words: %s", long_ones->len,
                      long_ones->len == 1 ? "" : "s", sight, long_ones->len == 1 ? "has" : "have", MANY_WORDS,
                      wordy);
}

static void check_tail(struct health_run *run)
{
    guint sight = SIGHT * MAX(run->horizon->near->len, 1);
    g_autoptr(GPtrArray) ready = g_ptr_array_new(), long_ones = g_ptr_array_new();

    for (guint i = 0; i < run->backlog->items->len; i++) {
        struct item *item = run->backlog->items->pdata[i];
        if (item->position <= sight || item->status == STATUS_DOING)
            continue;
        if (item->status == STATUS_READY)
            g_ptr_array_add(ready, item);
        if (count_words(run, item) > MANY_WORDS)
            g_ptr_array_add(long_ones, item);
    }
    report_tail(run, ready, long_ones, sight);
}

/* -- the folder -- */

static void check_folder(struct health_run *run)
{
    const struct policy *policy = run->backlog->policy;
    gsize length = strlen(policy->folder);
    guint flat = 0;

    for (guint i = 0; i < run->backlog->entries->len; i++) {
        const struct entry *entry = &g_array_index(run->backlog->entries, struct entry, i);
        gboolean within = strncmp(entry->path, policy->folder, length) == 0 && entry->path[length] == '/';
        flat += within && !strchr(entry->path + length + 1, '/');
    }
    if (flat > MANY_FILES)
        health_report(run, "flat-folder", NULL, "layout",
                      "set layout: sharded, and refine archive --reshard moves them as one decision",
                      "%u files lie in one folder, and each commit writes a list of all of them", flat);
}

void health_check_order(struct health_run *run)
{
    check_top(run);
    check_tail(run);
    check_folder(run);
}
