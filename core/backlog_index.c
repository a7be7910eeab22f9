#include "backlog_private.h"

#include "index_facts.h"
#include "index_item.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Entries from which on a second thread asks for their status. */
#define MANY 256

/* Entries that a thread asks for at a time. */
#define STRIDE 64

/* A file system that keeps whole seconds, or every second one of them. */
#define COARSE 2

/* Nanoseconds for which the clock of any other file system stands still: a tick of the kernel at 100 Hz, and
 * the hundredths of a second of exFAT. */
#define TICK 10000000

/* The clock that file systems take their times from, which elsewhere is not to be had: a TICK is enough. */
#ifdef CLOCK_REALTIME_COARSE
#define FILE_CLOCK CLOCK_REALTIME_COARSE
#else
#define FILE_CLOCK CLOCK_REALTIME
#endif

/* Bytes from which on larger pages than usual are asked for. */
#define LARGE_PAGES (4 * 1024 * 1024)

enum knowledge {
    UNKNOWN, /* there is no row, or it is not about the file as it is */
    READ,    /* that, but the file was read, and item is what it holds */
    INDEXED, /* the row has what it holds, and item too, once it was taken */
};

/* One entry. */
struct known {
    struct index_key key; /* of the file as it is */
    struct index_key row; /* of the row */
    gint64 id, version;   /* of the row; id 0: there is none */
    const char *bytes;    /* of the row: index_item_print, in the backlog's strings; NULL: it holds no item */
    gsize length;
    gsize room;              /* for its values, in rooms of recall */
    const struct item *item; /* what it holds, once it was taken or added; NULL: none */
    gboolean steady;         /* key will tell whether the file changes */
    enum knowledge knowledge;
    const struct facts *facts; /* to be written; NULL: none */
};

struct recall {
    struct backlog *backlog;
    struct known *entries; /* as those of the backlog */
    guint count;
    GArray *gone;          /* gint64: rows of files that are not there any more */
    struct timespec start; /* the clock of file systems, when the first status was not yet asked for */
    guint renewals;        /* of the index, then */
    guint next;            /* entry that the next row is most likely about */
    gpointer rooms;        /* index_item_room of all rows that hold an item */
    char *settings;        /* index_facts_settings; NULL: not yet asked for */
    gint asked;            /* entries whose status is asked for; atomic */
    gboolean settled;      /* backlog_index_row has seen to it that all is written that can be */
};

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

/* -- the state of files -- */

/* Whether a file of that time could have been changed since without showing it: git's rule of racy entries.
 */
static gboolean is_racy(const struct recall *recall, const struct timespec *time)
{
    gboolean coarse = time->tv_nsec == 0;
    glong nanoseconds = time->tv_nsec + (coarse ? 0 : TICK);
    time_t seconds = time->tv_sec + (coarse ? COARSE : nanoseconds / 1000000000);

    return seconds > recall->start.tv_sec ||
           (seconds == recall->start.tv_sec && nanoseconds % 1000000000 >= recall->start.tv_nsec);
}

static void ask(struct recall *recall, guint i)
{
    const struct entry *entry = &g_array_index(recall->backlog->entries, struct entry, i);
    struct known *known = &recall->entries[i];
    struct stat status;

    if (entry->trouble || fstatat(recall->backlog->root, entry->path, &status, AT_SYMLINK_NOFOLLOW) < 0 ||
        !S_ISREG(status.st_mode))
        return;
    known->key = index_key_of(&status);
    known->steady = !is_racy(recall, &status.st_mtim) && !is_racy(recall, &status.st_ctim);
}

/* Asks for the status of entries until all are asked for: two threads share them. */
static gpointer ask_all(gpointer data)
{
    struct recall *recall = data;
    guint count = recall->backlog->entries->len;

    for (guint first; (first = (guint)g_atomic_int_add(&recall->asked, STRIDE)) < count;)
        for (guint i = first; i < MIN(first + STRIDE, count); i++)
            ask(recall, i);
    return NULL;
}

/* -- rows -- */

/* The index of the entry at path; the number of entries where there is none. */
static guint find_entry(struct recall *recall, const char *path)
{
    const GArray *entries = recall->backlog->entries;

    if (recall->next < entries->len &&
        strcmp(g_array_index(entries, struct entry, recall->next).path, path) == 0)
        return recall->next++;
    const struct entry *found = backlog_entry(recall->backlog, path);
    guint i = found ? (guint)(found - &g_array_index(entries, struct entry, 0)) : entries->len;
    recall->next = i + 1;
    return i;
}

static void take_row(const struct index_row *row, gpointer data)
{
    struct recall *recall = data;
    struct backlog *backlog = recall->backlog;
    guint i = find_entry(recall, row->path);

    if (i == backlog->entries->len) {
        g_array_append_val(recall->gone, row->id);
        return;
    }
    struct known *known = &recall->entries[i];
    if (known->id)
        return;
    known->bytes =
        row->length ? g_string_chunk_insert_len(backlog->strings, row->item, (gssize)row->length) : NULL;
    known->length = row->length;
    known->row = row->key;
    known->id = row->id;
    known->version = row->version;
}

/* One block for the values of all items: as many as a large backlog has are best in large pages. */
static void make_rooms(struct recall *recall)
{
    gsize size = 0;

    for (guint i = 0; i < recall->count; i++) {
        struct known *known = &recall->entries[i];
        if (known->knowledge != INDEXED || !known->bytes)
            continue;
        known->room = size;
        size += index_item_room(known->bytes, known->length);
    }
    recall->rooms = g_malloc(size + 1);
#ifdef MADV_HUGEPAGE
    if (size >= LARGE_PAGES) {
        gsize page = (gsize)sysconf(_SC_PAGESIZE), skip = page - (gsize)recall->rooms % page;
        madvise((char *)recall->rooms + skip, size - skip, MADV_HUGEPAGE);
    }
#endif
}

/* Whether what the row says holds for the file as it is. */
static void judge(struct recall *recall, guint i)
{
    const struct backlog *backlog = recall->backlog;
    struct known *known = &recall->entries[i];

    if (backlog->texts &&
        g_hash_table_contains(backlog->texts, g_array_index(backlog->entries, struct entry, i).path))
        known->steady = FALSE;
    if (known->id && known->steady && index_key_equal(&known->row, &known->key))
        known->knowledge = INDEXED;
}

void backlog_recall(struct backlog *backlog)
{
    guint count = backlog->entries->len;
    struct index *index = index_pays(count) ? backlog_index_store(backlog) : NULL;
    if (!index)
        return;

    struct recall *recall = g_new0(struct recall, 1);
    recall->backlog = backlog;
    recall->count = count;
    recall->entries = g_new0(struct known, count);
    recall->gone = g_array_new(FALSE, FALSE, sizeof(gint64));
    recall->renewals = index_renewals(index);
    clock_gettime(FILE_CLOCK, &recall->start);
    GThread *thread = count < MANY ? NULL : g_thread_new("status", ask_all, recall);
    index_rows_read(index, take_row, recall);
    ask_all(recall);
    if (thread)
        g_thread_join(thread);
    for (guint i = 0; i < count; i++)
        judge(recall, i);
    make_rooms(recall);
    backlog->recall = recall;
}

void backlog_recall_free(struct recall *recall)
{
    if (!recall)
        return;
    g_array_unref(recall->gone);
    g_free(recall->entries);
    g_free(recall->settings);
    g_free(recall->rooms);
    g_free(recall);
}

gboolean backlog_recall_take(struct recall *recall, guint entry, struct item **item)
{
    struct known *known = &recall->entries[entry];
    const struct entry *of = &g_array_index(recall->backlog->entries, struct entry, entry);

    if (known->knowledge == UNKNOWN)
        return FALSE;
    *item = known->bytes ? g_new(struct item, 1) : NULL;
    if (*item && !index_item_parse(*item, of->path, of->id, known->bytes, known->length,
                                   (char *)recall->rooms + known->room)) {
        g_clear_pointer(item, g_free);
        known->knowledge = UNKNOWN;
        return FALSE;
    }
    known->item = *item;
    return TRUE;
}

void backlog_recall_add(struct recall *recall, guint entry, const struct item *item)
{
    struct known *known = &recall->entries[entry];

    if (!known->steady)
        return;
    known->knowledge = READ;
    known->item = item;
}

guint backlog_recall_missing(const struct recall *recall)
{
    guint missing = 0;
    for (guint i = 0; i < recall->count; i++)
        missing += recall->entries[i].knowledge == UNKNOWN;
    return missing;
}

/* -- facts -- */

/* What is known of the item's entry; NULL: nothing. */
static struct known *known_of(const struct backlog *backlog, const struct item *item)
{
    const struct entry *entry = backlog->recall ? backlog_entry(backlog, item->path) : NULL;
    if (!entry)
        return NULL;
    return &backlog->recall->entries[entry - &g_array_index(backlog->entries, struct entry, 0)];
}

static const char *settings_of(struct recall *recall)
{
    if (!recall->settings)
        recall->settings = index_facts_settings(recall->backlog->policy);
    return recall->settings;
}

struct facts *backlog_recall_facts(struct backlog *backlog, const struct item *item)
{
    const struct known *known = known_of(backlog, item);

    if (!known || known->knowledge != INDEXED)
        return NULL;
    return index_facts_read(backlog->index, known->id, known->version, settings_of(backlog->recall),
                            backlog_book(backlog));
}

void backlog_recall_add_facts(struct backlog *backlog, const struct item *item, const struct facts *facts)
{
    struct known *known = known_of(backlog, item);
    if (known && known->knowledge != UNKNOWN)
        known->facts = facts;
}

/* -- writing -- */

static void write_row(struct recall *recall, struct index_writer *writer, guint i)
{
    struct known *known = &recall->entries[i];
    g_autoptr(GByteArray) bytes = g_byte_array_new();

    if (known->item && !index_item_print(bytes, known->item)) {
        known->knowledge = UNKNOWN;
        return;
    }
    struct index_row row = {
        .id = known->id,
        .path = g_array_index(recall->backlog->entries, struct entry, i).path,
        .key = known->key,
        .item = bytes->data,
        .length = bytes->len,
    };
    index_writer_add(writer, &row);
    known->id = row.id;
    known->version = row.version;
    known->knowledge = INDEXED;
}

static void write_all(struct recall *recall, struct index_writer *writer)
{
    for (guint i = 0; i < recall->gone->len; i++)
        index_writer_remove(writer, g_array_index(recall->gone, gint64, i));
    for (guint i = 0; i < recall->count; i++) {
        struct known *known = &recall->entries[i];
        if (known->knowledge == READ)
            write_row(recall, writer, i);
        if (known->knowledge == INDEXED && known->facts)
            index_facts_write(writer, known->id, known->version, settings_of(recall), known->facts);
    }
}

/* Whether there is anything to write. After a renewal that is all that is known. */
static gboolean is_behind(struct recall *recall, const struct index *index)
{
    gboolean behind = recall->gone->len > 0;

    for (guint i = 0; i < recall->count; i++) {
        struct known *known = &recall->entries[i];
        if (known->knowledge == INDEXED && recall->renewals != index_renewals(index))
            known->knowledge = READ;
        behind = behind || known->knowledge == READ || known->facts;
    }
    recall->renewals = index_renewals(index);
    return behind;
}

void backlog_remember(struct backlog *backlog)
{
    struct recall *recall = backlog->recall;
    if (!recall || !is_behind(recall, backlog->index))
        return;
    struct index_writer *writer = index_writer_open(backlog->index);
    if (!writer)
        return;

    write_all(recall, writer);
    gboolean good = index_writer_close(writer);
    g_array_set_size(recall->gone, 0);
    for (guint i = 0; i < recall->count; i++) {
        struct known *known = &recall->entries[i];
        known->facts = NULL;
        if (!good && known->id && known->knowledge == INDEXED)
            known->knowledge = UNKNOWN;
    }
}

gboolean backlog_index_row(struct backlog *backlog, guint entry, gint64 *id, gint64 *version)
{
    struct recall *recall = backlog->recall;
    if (!recall)
        return FALSE;
    /* Once: it is asked for every entry. */
    if (!recall->settled || recall->renewals != index_renewals(backlog->index))
        backlog_remember(backlog);
    recall->settled = TRUE;
    const struct known *known = &recall->entries[entry];
    if (known->knowledge != INDEXED)
        return FALSE;
    *id = known->id;
    *version = known->version;
    return TRUE;
}
