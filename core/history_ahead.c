#include "history_ahead.h"

/* Commits that are worked on at most. */
#define MAX_AHEAD 64

/* Items of one commit from which on they are read one by one, so as not to hold all their files at once. */
#define MANY 256

/* A commit, and what differs. */
struct task {
    struct walk_commit *commit;
    GBytes *bytes;              /* of the commit */
    GPtrArray *differences;     /* an array of struct difference for each parent */
    GPtrArray *wanted;          /* for each item that differs from all, an array of its struct difference */
    GPtrArray *items;           /* struct history_item */
    struct commit_words *words; /* NULL where there are no items */
};

/* Some of the items of a task, for the other thread. */
struct slice {
    struct task *task;
    guint first, end; /* of wanted */
    gboolean is_done; /* guarded by the lock */
};

struct ahead {
    struct walk *walk;
    const struct tree_scope *scope;
    const struct mailmap *mailmap;
    struct filter *filter;
    struct item_reader *reader; /* of the other thread */
    GThreadPool *pool;          /* of one thread, which takes one slice after the other */
    GMutex lock;
    GCond done;
    GQueue slices;      /* struct slice, each a whole task, in order */
    struct task *large; /* one that waits until the others are done */
    GError *trouble;    /* what ended the walk early */
    gboolean is_ended;
    gboolean is_cut;
};

static void task_free(struct task *task)
{
    if (!task)
        return;
    g_clear_pointer(&task->bytes, g_bytes_unref);
    g_clear_pointer(&task->wanted, g_ptr_array_unref);
    g_clear_pointer(&task->items, g_ptr_array_unref);
    g_ptr_array_unref(task->differences);
    commit_words_free(task->words);
    g_free(task);
}

static void slice_free(gpointer data)
{
    struct slice *slice = data;
    task_free(slice->task);
    g_free(slice);
}

void told_clear(struct told *told)
{
    g_clear_pointer(&told->words, commit_words_free);
    g_clear_pointer(&told->items, g_ptr_array_unref);
}

/* -- what differs -- */

/* The differences of a commit from each of its parents, an array of arrays; from nothing where it has none.
 * The first that is empty is the last: the commit is as that parent was. */
static GPtrArray *compare(const struct ahead *ahead, struct walk_commit *commit, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);

    for (guint i = 0; i < MAX(commit->n_parents, 1); i++) {
        struct walk_commit *parent = commit->n_parents ? commit->parents[i] : NULL;
        GPtrArray *one = tree_differences(ahead->scope, parent, commit, error);
        if (!one)
            return NULL;
        g_ptr_array_add(all, one);
        if (one->len == 0)
            break;
    }
    return g_steal_pointer(&all);
}

static GHashTable *by_id(const GPtrArray *differences)
{
    GHashTable *table = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < differences->len; i++) {
        struct difference *difference = differences->pdata[i];
        g_hash_table_insert(table, difference->id, difference);
    }
    return table;
}

/* The items that differ from every parent, each as an array of its differences. */
static GPtrArray *select_items(const GPtrArray *all)
{
    GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func((GDestroyNotify)g_hash_table_unref);
    const GPtrArray *first = all->pdata[0];

    for (guint i = 1; i < all->len; i++)
        g_ptr_array_add(tables, by_id(all->pdata[i]));
    for (guint i = 0; i < first->len; i++) {
        struct difference *difference = first->pdata[i];
        g_autoptr(GPtrArray) of_one = g_ptr_array_new();
        g_ptr_array_add(of_one, difference);
        for (guint j = 0; j < tables->len; j++) {
            gpointer other = g_hash_table_lookup(tables->pdata[j], difference->id);
            if (other)
                g_ptr_array_add(of_one, other);
        }
        if (of_one->len == all->len)
            g_ptr_array_add(items, g_steal_pointer(&of_one));
    }
    return items;
}

/* A task, or NULL where no item differs from every parent, or with an error. */
static struct task *task_new(const struct ahead *ahead, struct walk_commit *commit, GError **error)
{
    g_autoptr(GPtrArray) differences = compare(ahead, commit, error);
    g_autoptr(GPtrArray) wanted = differences ? select_items(differences) : NULL;
    GBytes *bytes = wanted && wanted->len ? objects_commit(ahead->scope->objects, &commit->id, error) : NULL;

    if (!bytes)
        return NULL;
    struct task *task = g_new0(struct task, 1);
    task->commit = commit;
    task->bytes = bytes;
    task->differences = g_steal_pointer(&differences);
    task->wanted = g_steal_pointer(&wanted);
    task->items = g_ptr_array_new_with_free_func(history_item_free);
    return task;
}

/* -- on the caller's thread -- */

static void load_version(const struct ahead *ahead, struct version *version)
{
    if (version && version->is_file && !version->bytes)
        version->bytes = objects_file(ahead->scope->objects, &version->blob);
}

static void load(const struct ahead *ahead, const struct slice *slice)
{
    for (guint i = slice->first; i < slice->end; i++) {
        const GPtrArray *of_one = slice->task->wanted->pdata[i];
        for (guint j = 0; j < of_one->len; j++) {
            struct difference *difference = of_one->pdata[j];
            load_version(ahead, difference->before);
            load_version(ahead, difference->after);
        }
    }
}

static void unload(const struct slice *slice)
{
    for (guint i = slice->first; i < slice->end; i++) {
        const GPtrArray *of_one = slice->task->wanted->pdata[i];
        for (guint j = 0; j < of_one->len; j++) {
            struct difference *difference = of_one->pdata[j];
            if (difference->before)
                g_clear_pointer(&difference->before->bytes, g_bytes_unref);
            if (difference->after)
                g_clear_pointer(&difference->after->bytes, g_bytes_unref);
        }
    }
}

static struct slice *slice_new(struct task *task, guint first, guint end)
{
    struct slice *slice = g_new0(struct slice, 1);

    slice->task = task;
    slice->first = first;
    slice->end = end;
    return slice;
}

/* Has the other thread work on the slice. */
static void hand_over(struct ahead *ahead, struct slice *slice)
{
    load(ahead, slice);
    g_thread_pool_push(ahead->pool, slice, NULL);
}

static void wait_for(struct ahead *ahead, const struct slice *slice)
{
    g_mutex_lock(&ahead->lock);
    while (!slice->is_done)
        g_cond_wait(&ahead->done, &ahead->lock);
    g_mutex_unlock(&ahead->lock);
}

/* -- on the other thread -- */

static void tell(const struct ahead *ahead, struct task *task, const GPtrArray *of_one)
{
    struct history_item *item =
        item_reader_tell(ahead->reader, (const struct difference *const *)of_one->pdata, of_one->len);

    if (!item)
        return;
    if (!task->words)
        task->words = commit_words_new(task->bytes, ahead->mailmap);
    item->reason = message_reason(task->words->message, item->id);
    g_ptr_array_add(task->items, item);
}

static void work(gpointer data, gpointer user)
{
    struct slice *slice = data;
    struct ahead *ahead = user;

    for (guint i = slice->first; i < slice->end; i++)
        tell(ahead, slice->task, slice->task->wanted->pdata[i]);
    g_mutex_lock(&ahead->lock);
    slice->is_done = TRUE;
    g_cond_signal(&ahead->done);
    g_mutex_unlock(&ahead->lock);
}

/* -- */

struct ahead *ahead_new(const struct policy *policy, struct walk *walk, const struct tree_scope *scope,
                        const struct mailmap *mailmap, struct filter *filter)
{
    struct ahead *ahead = g_new0(struct ahead, 1);

    ahead->walk = walk;
    ahead->scope = scope;
    ahead->mailmap = mailmap;
    ahead->filter = filter;
    ahead->reader = item_reader_new(policy);
    item_reader_narrow(ahead->reader, filter);
    ahead->pool = g_thread_pool_new(work, ahead, 1, FALSE, NULL);
    g_mutex_init(&ahead->lock);
    g_cond_init(&ahead->done);
    g_queue_init(&ahead->slices);
    return ahead;
}

void ahead_free(struct ahead *ahead)
{
    if (!ahead)
        return;
    g_thread_pool_free(ahead->pool, FALSE, TRUE);
    g_queue_clear_full(&ahead->slices, slice_free);
    g_clear_pointer(&ahead->large, task_free);
    item_reader_free(ahead->reader);
    g_clear_error(&ahead->trouble);
    g_mutex_clear(&ahead->lock);
    g_cond_clear(&ahead->done);
    g_free(ahead);
}

/* Takes the next commit of the walk on. */
static void take_on(struct ahead *ahead)
{
    struct walk_commit *commit = walk_next(ahead->walk);

    if (!commit || commit->is_cut) {
        ahead->is_ended = !commit;
        ahead->is_cut |= commit != NULL;
        return;
    }
    if (ahead->filter && !filter_takes_commit(ahead->filter, ahead->scope->objects, commit))
        return;
    struct task *task = task_new(ahead, commit, &ahead->trouble);
    ahead->is_ended = ahead->trouble != NULL;
    if (!task)
        return;
    if (task->wanted->len > MANY) {
        ahead->large = task;
        return;
    }
    struct slice *slice = slice_new(task, 0, task->wanted->len);
    g_queue_push_tail(&ahead->slices, slice);
    hand_over(ahead, slice);
}

/* Waits for the slice, and lets go of its files. */
static void finish(struct ahead *ahead, struct slice *slice)
{
    wait_for(ahead, slice);
    unload(slice);
    g_free(slice);
}

/* Reads some items of a large task while the ones before are worked on. */
static void work_off(struct ahead *ahead, struct task *task)
{
    struct slice *before = NULL;

    for (guint i = 0; i < task->wanted->len; i += MANY) {
        struct slice *slice = slice_new(task, i, MIN(i + MANY, task->wanted->len));
        hand_over(ahead, slice);
        if (before)
            finish(ahead, before);
        before = slice;
    }
    if (before)
        finish(ahead, before);
}

/* The task at hand, done; NULL where there is none. */
static struct task *take_first(struct ahead *ahead)
{
    struct slice *slice = g_queue_pop_head(&ahead->slices);

    if (!slice) {
        struct task *large = g_steal_pointer(&ahead->large);
        if (large)
            work_off(ahead, large);
        return large;
    }
    struct task *task = slice->task;
    wait_for(ahead, slice);
    g_free(slice);
    return task;
}

gboolean ahead_next(struct ahead *ahead, struct told *told, GError **error)
{
    for (;;) {
        while (!ahead->is_ended && !ahead->large && ahead->slices.length < MAX_AHEAD)
            take_on(ahead);
        struct task *task = take_first(ahead);
        gboolean found = task && task->items->len;
        if (!task)
            break;
        if (found) {
            told->commit = task->commit;
            told->words = g_steal_pointer(&task->words);
            told->items = g_steal_pointer(&task->items);
        }
        task_free(task);
        if (found)
            return TRUE;
    }
    if (ahead->trouble)
        g_propagate_error(error, g_steal_pointer(&ahead->trouble));
    return FALSE;
}

gboolean ahead_is_cut(const struct ahead *ahead)
{
    return ahead->is_cut && ahead->is_ended && ahead->slices.length == 0 && !ahead->large;
}
