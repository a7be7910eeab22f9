#include "import_tk.h"

#include "file.h"
#include "import_tk_ticket.h"

#include <glib/gstdio.h>
#include <string.h>

static const char tickets_folder[] = ".tickets";

struct reader {
    const struct policy *policy;
    const struct import_progress *progress;
    char *shown; /* the tickets' folder as the user wrote it */
    int root;    /* the same, open */
    GPtrArray *names;
    GArray *tickets; /* struct tk_ticket, by the items of import */
    struct import *import;
};

static void clear_ticket(gpointer data)
{
    g_free(((struct tk_ticket *)data)->created);
}

static void tell(const struct reader *reader, const char *what, guint done)
{
    if (reader->progress && reader->progress->step)
        reader->progress->step(what, done, reader->names->len, reader->progress->data);
}

/* -- which files -- */

/* Opens folder/.tickets where it is there, else folder. */
static gboolean open_folder(struct reader *reader, const char *folder, GError **error)
{
    g_autofree char *below = g_build_filename(folder, tickets_folder, NULL);
    g_autofree char *chosen = g_strdup(g_file_test(below, G_FILE_TEST_EXISTS) ? below : folder);

    reader->shown = g_utf8_make_valid(chosen, -1);
    reader->root = file_open_root(chosen, error);
    if (reader->root < 0)
        g_prefix_error(error, "%s: ", reader->shown);
    return reader->root >= 0 && import_check_apart(reader->policy, chosen, error);
}

static gboolean visit(const char *path, gboolean is_folder, gpointer data)
{
    struct reader *reader = data;
    g_autofree char *name = g_path_get_basename(path);

    if (is_folder || !g_str_has_suffix(name, ".md"))
        return FALSE;
    if (g_ascii_strcasecmp(name, "readme.md") == 0)
        reader->import->left_out++;
    else
        g_ptr_array_add(reader->names, g_steal_pointer(&name));
    return FALSE;
}

static void trouble(const char *path, const char *message, gpointer data)
{
    /* Only below folders, which are not visited. */
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static gboolean list_files(struct reader *reader, GError **error)
{
    const struct file_visitor visitor = { visit, trouble, reader };
    g_autofree char *base = g_path_get_basename(reader->shown);

    if (!file_walk(reader->root, ".", &visitor, error)) {
        g_prefix_error(error, "%s: ", reader->shown);
        return FALSE;
    }
    g_ptr_array_sort(reader->names, by_name);
    if (reader->names->len > 0 || strcmp(base, tickets_folder) == 0)
        return TRUE;
    g_set_error(error, FILE_ERROR, FILE_ERROR_ABSENT,
                "%s: expected tickets of tk, files *.md, there or in its folder %s", reader->shown,
                tickets_folder);
    return FALSE;
}

/* -- tickets -- */

static void refuse(struct reader *reader, const char *path, const char *message)
{
    guint first = reader->import->findings->len;

    finding_add_at(reader->import->findings, "parse", SEVERITY_ERROR, (struct position){ 0, 0 }, NULL, "%s",
                   message);
    import_refuse(reader->import, first, path);
}

static void read_ticket(struct reader *reader, const char *file)
{
    g_autofree char *whole = g_build_filename(reader->shown, file, NULL);
    g_autofree char *path = g_utf8_make_valid(whole, -1), *name = g_utf8_make_valid(file, -1);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = file_read(reader->root, file, &error);
    guint first = reader->import->findings->len;
    struct tk_ticket ticket;

    if (!bytes) {
        refuse(reader, path, error->message);
    } else if (!import_tk_ticket_read(reader->policy, path, name, bytes, &ticket, reader->import->findings)) {
        import_refuse(reader->import, first, path);
    } else {
        g_ptr_array_add(reader->import->items, ticket.item);
        g_array_append_val(reader->tickets, ticket);
    }
}

/* The indexes of tickets. */
struct names {
    GHashTable *by_file, *by_id;
};

/* What tk resolves is the name of a file. */
static guint find_ticket(gconstpointer data, const char *id)
{
    const struct names *names = data;
    g_autofree char *file = g_strconcat(id, ".md", NULL);
    gpointer index;

    if (g_hash_table_lookup_extended(names->by_file, file, NULL, &index) ||
        g_hash_table_lookup_extended(names->by_id, id, NULL, &index))
        return GPOINTER_TO_UINT(index);
    return IMPORT_NONE;
}

static void resolve(struct reader *reader)
{
    g_autoptr(GHashTable) by_file = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);
    const struct names names = { by_file, by_id };

    /* Backwards: the first keeps its name. */
    for (guint i = reader->import->items->len; i-- > 0;) {
        const struct import_item *item = reader->import->items->pdata[i];
        g_hash_table_insert(by_file, item->source, GUINT_TO_POINTER(i));
        g_hash_table_insert(by_id, item->id, GUINT_TO_POINTER(i));
    }
    import_resolve(reader->import, find_ticket, &names);
}

/* Open ones first; then by priority, time and name. */
static gint compare_tickets(gconstpointer a, gconstpointer b)
{
    const struct tk_ticket *left = a, *right = b;
    gboolean left_open = status_is_open(left->item->status), right_open = status_is_open(right->item->status);

    if (left_open != right_open)
        return left_open ? -1 : 1;
    if (left->priority != right->priority)
        return left->priority < right->priority ? -1 : 1;
    int by_time = g_strcmp0(left->created, right->created);
    return by_time ? by_time : strcmp(left->item->source, right->item->source);
}

static struct import *read_all(struct reader *reader, GError **error)
{
    g_autoptr(Import) import = import_new();

    reader->import = import;
    if (!list_files(reader, error))
        return NULL;
    for (guint i = 0; i < reader->names->len; i++) {
        tell(reader, "reading", i);
        read_ticket(reader, reader->names->pdata[i]);
    }
    tell(reader, NULL, reader->names->len);
    resolve(reader);
    g_array_sort(reader->tickets, compare_tickets);
    for (guint i = 0; i < reader->tickets->len; i++)
        g_array_index(reader->tickets, struct tk_ticket, i).item->place = i;
    return g_steal_pointer(&import);
}

struct import *import_tk_read(const struct policy *policy, const char *folder,
                              const struct import_progress *progress, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) tickets = g_array_new(FALSE, FALSE, sizeof(struct tk_ticket));
    struct reader reader = { .policy = policy, .progress = progress, .root = -1 };

    reader.names = names;
    reader.tickets = tickets;
    g_array_set_clear_func(tickets, clear_ticket);
    struct import *import = open_folder(&reader, folder, error) ? read_all(&reader, error) : NULL;
    if (reader.root >= 0)
        g_close(reader.root, NULL);
    g_free(reader.shown);
    return import;
}
