#include "history_item.h"

#include "history_filter.h"

#include <string.h>

/* Bytes of files whose documents are kept. */
#define MAX_KEPT (2 * 1024 * 1024)

struct item_reader {
    const struct policy *policy;
    const struct filter *filter; /* NULL: all is wanted */
    struct document *nothing;    /* a file of no bytes; NULL until asked for */
    GHashTable *documents;       /* struct object_id -> struct reading */
    GQueue order;                /* its keys, oldest first */
    gsize kept;
};

/* A version that was read; without a document where it cannot be. */
struct reading {
    struct object_id blob;
    struct document *document;
};

static void reading_free(gpointer data)
{
    struct reading *reading = data;
    document_free(reading->document);
    g_free(reading);
}

struct item_reader *item_reader_new(const struct policy *policy)
{
    struct item_reader *reader = g_new0(struct item_reader, 1);

    reader->policy = policy;
    reader->documents = g_hash_table_new_full(object_id_hash, object_id_equal, NULL, reading_free);
    g_queue_init(&reader->order);
    return reader;
}

void item_reader_free(struct item_reader *reader)
{
    if (!reader)
        return;
    g_queue_clear(&reader->order);
    g_hash_table_unref(reader->documents);
    document_free(reader->nothing);
    g_free(reader);
}

void item_reader_narrow(struct item_reader *reader, const struct filter *filter)
{
    reader->filter = filter;
}

void history_item_free(gpointer data)
{
    struct history_item *item = data;
    g_free(item->id);
    g_free(item->path);
    g_free(item->old_path);
    g_free(item->title);
    g_free(item->unreadable);
    g_ptr_array_unref(item->changes);
    g_free(item->reason);
    g_free(item);
}

/* -- reading -- */

/* A document is some nodes too. */
static gsize cost_of(const struct reading *reading)
{
    return 1024 + (reading->document ? reading->document->length : 0);
}

/* Makes room; nobody may hold a document. */
static void drop_oldest(struct item_reader *reader)
{
    while (reader->kept > MAX_KEPT) {
        struct reading *oldest = g_hash_table_lookup(reader->documents, g_queue_pop_head(&reader->order));
        reader->kept -= cost_of(oldest);
        g_hash_table_remove(reader->documents, &oldest->blob);
    }
}

/* The document of a version, borrowed until drop_oldest; NULL where it cannot be read. */
static struct document *read_version(struct item_reader *reader, const struct version *version)
{
    struct reading *reading = g_hash_table_lookup(reader->documents, &version->blob);

    if (!version->is_file)
        return NULL;
    if (reading)
        return reading->document;
    g_autoptr(Document) document = version->bytes ? document_new(version->bytes, NULL) : NULL;
    reading = g_new0(struct reading, 1);
    reading->blob = version->blob;
    if (document && document->front->root)
        reading->document = g_steal_pointer(&document);
    g_hash_table_insert(reader->documents, &reading->blob, reading);
    g_queue_push_tail(&reader->order, &reading->blob);
    reader->kept += cost_of(reading);
    return reading->document;
}

/* -- what a merge decided -- */

/* Whether a change says that a criterion or section reads as it does: what is new to one parent can be
 * another wording to the next. */
static gboolean is_wording(const struct change *change)
{
    return change->kind == CHANGE_CRITERION_ADDED || change->kind == CHANGE_CRITERION_REWORDED ||
           change->kind == CHANGE_QUESTION_ADDED || change->kind == CHANGE_QUESTION_REWORDED ||
           change->kind == CHANGE_DECISION_ADDED || change->kind == CHANGE_DECISION_REWORDED ||
           change->kind == CHANGE_SECTION_ADDED || change->kind == CHANGE_SECTION_CHANGED;
}

/* Whether another change is a step to the result of the wanted one, from wherever. */
static gboolean is_same_result(const struct change *other, const struct change *wanted)
{
    gboolean unnamed = wanted->kind == CHANGE_ENTRY_REMOVED || wanted->kind == CHANGE_CRITERION_REMOVED ||
                       wanted->kind == CHANGE_QUESTION_REMOVED || wanted->kind == CHANGE_DECISION_REMOVED;

    /* What has another wording there is gone, too. */
    if (wanted->kind == CHANGE_CRITERION_REMOVED && other->kind == CHANGE_CRITERION_REWORDED)
        return strcmp(other->before, wanted->before) == 0 && strcmp(other->after, wanted->before) != 0;
    return (other->kind == wanted->kind || (is_wording(other) && is_wording(wanted))) &&
           g_strcmp0(other->name, wanted->name) == 0 && g_strcmp0(other->after, wanted->after) == 0 &&
           (!unnamed || g_strcmp0(other->before, wanted->before) == 0);
}

static gboolean has_result(const GPtrArray *changes, const struct change *wanted)
{
    for (guint i = 0; i < changes->len; i++)
        if (is_same_result(changes->pdata[i], wanted))
            return TRUE;
    return FALSE;
}

/* Keeps of changes what is in other too. */
static void intersect(GPtrArray *changes, const GPtrArray *other)
{
    for (guint i = changes->len; i > 0; i--)
        if (!has_result(other, changes->pdata[i - 1]))
            g_ptr_array_remove_index(changes, i - 1);
}

/* -- telling -- */

static char *title_of(const struct document *document)
{
    const struct node *title = document ? node_find(document->front->root, "title") : NULL;
    return g_strdup(title && title->kind == NODE_SCALAR ? title->text : "");
}

/* How to say that one version or both cannot be read; NULL where all can. */
static const char *unreadable(const struct version *before, const struct version *after, gboolean was,
                              gboolean is)
{
    if (!was && !is)
        return NULL;
    if (!before)
        return "added, unreadable";
    if (!after)
        return "removed, was unreadable";
    return was && is ? "changed, unreadable" : is ? "became unreadable" : "readable again";
}

static gboolean is_same_file(const struct version *before, const struct version *after)
{
    return before && after && before->is_file == after->is_file &&
           object_id_equal(&before->blob, &after->blob);
}

/* What an item came or went with, behind that it did. */
static void add_parts(struct item_reader *reader, GPtrArray *changes, struct document *old,
                      struct document *new)
{
    g_autoptr(GBytes) none = g_bytes_new_static("", 0);

    if (!reader->nothing)
        reader->nothing = document_new(none, NULL);
    g_autoptr(GPtrArray) parts =
        change_list(reader->policy, old ? old : reader->nothing, new ? new : reader->nothing);
    g_ptr_array_set_free_func(parts, NULL);
    for (guint i = 0; i < parts->len; i++)
        g_ptr_array_add(changes, parts->pdata[i]);
}

static GPtrArray *list_changes(struct item_reader *reader, struct document *old, struct document *new)
{
    const struct filter *filter = reader->filter;

    if (filter && old && new && !filter_wants_body(filter))
        return change_list_front(reader->policy, old, new);
    GPtrArray *changes = change_list(reader->policy, old, new);
    if (filter && (!old || !new) && filter_wants_parts(filter))
        add_parts(reader, changes, old, new);
    return changes;
}

/* What can be told of one difference alone. */
static struct history_item *tell(struct item_reader *reader, const struct difference *difference)
{
    const struct version *before = difference->before, *after = difference->after;
    struct history_item *item = g_new0(struct history_item, 1);

    g_assert(before || after);
    drop_oldest(reader);
    struct document *old = before ? read_version(reader, before) : NULL;
    struct document *new = after ? read_version(reader, after) : NULL;
    gboolean same = is_same_file(before, after);
    const char *words = same ? NULL : unreadable(before, after, before && !old, after && !new);
    item->id = g_strdup(difference->id);
    item->title = title_of(new ? new : old);
    item->path = g_strdup(after ? after->path : before->path);
    if (before && after && strcmp(before->path + before->folder, after->path + after->folder) != 0)
        item->old_path = g_strdup(before->path);
    item->unreadable = g_strdup(words);
    item->changes = same || words ? g_ptr_array_new() : list_changes(reader, old, new);
    item->is_wanted = !reader->filter || filter_takes_item(reader->filter, new ? new : old);
    return item;
}

/* Keeps of item what is so in other too, which is freed. */
static void join(struct history_item *item, struct history_item *other)
{
    intersect(item->changes, other->changes);
    if (!other->old_path)
        g_clear_pointer(&item->old_path, g_free);
    if (!other->unreadable)
        g_clear_pointer(&item->unreadable, g_free);
    history_item_free(other);
}

struct history_item *item_reader_tell(struct item_reader *reader, const struct difference *const *differences,
                                      guint n)
{
    struct history_item *item = NULL;
    gboolean gone = !differences[0]->after;

    /* Against a parent that never had the item all of it is new: that says nothing where another had. What is
     * gone is gone for all of them, also where one of their versions cannot be read. */
    for (guint i = 0; i < n && !(item && gone); i++) {
        struct history_item *one = differences[i]->before ? tell(reader, differences[i]) : NULL;
        if (item && one)
            join(item, one);
        else if (one)
            item = one;
    }
    if (!item)
        item = tell(reader, differences[0]);
    if (reader->filter)
        filter_narrow(reader->filter, item);
    if (!item->is_wanted || (item->changes->len == 0 && !item->unreadable && !item->old_path))
        g_clear_pointer(&item, history_item_free);
    return item;
}

char *history_item_summary(const struct history_item *item)
{
    g_autoptr(GPtrArray) words = history_item_words(item);

    g_ptr_array_add(words, NULL);
    return g_strjoinv(", ", (char **)words->pdata);
}

GPtrArray *history_item_words(const struct history_item *item)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < item->changes->len; i++)
        g_ptr_array_add(words, change_print(item->changes->pdata[i]));
    if (item->unreadable)
        g_ptr_array_add(words, g_strdup(item->unreadable));
    if (item->old_path)
        g_ptr_array_add(words, g_strdup_printf("moved to %s", item->path));
    return words;
}
