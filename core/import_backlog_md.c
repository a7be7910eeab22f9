#include "import_backlog_md.h"

#include "file.h"
#include "import_backlog_task.h"
#include "import_names.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *const task_folders[N_BACKLOG_FOLDERS] = {
    "tasks", "completed", "drafts", "archive/tasks", "archive/drafts",
};

/* Folders without tasks, and whether those below are such too. */
static const struct {
    const char *name;
    gboolean deep;
} other_folders[] = {
    { "docs", TRUE },     { "decisions", TRUE },          { "milestones", TRUE },
    { "archive", FALSE }, { "archive/milestones", TRUE },
};

struct file {
    char *path; /* relative to the root */
    enum backlog_folder folder;
};

struct reader {
    const struct policy *policy;
    const struct import_progress *progress;
    const char *shown; /* the root as the user wrote it */
    int root;
    const char *base; /* of the tracker's folders within the root, "" or ended by a slash */
    GArray *files;    /* struct file */
    GArray *tasks;    /* struct backlog_task, by the items of import */
    struct import *import;
    char **statuses;
    struct import_names *names;
};

static char *shown_path(const struct reader *reader, const char *path)
{
    g_autofree char *whole = g_build_filename(reader->shown, path, NULL);
    return g_utf8_make_valid(whole, -1);
}

static void refuse(struct reader *reader, const char *path, const char *message)
{
    g_autofree char *shown = shown_path(reader, path);
    guint first = reader->import->findings->len;

    finding_add_at(reader->import->findings, "parse", SEVERITY_ERROR, (struct position){ 0, 0 }, NULL, "%s",
                   message);
    import_refuse(reader->import, first, shown);
}

/* -- which files -- */

struct listing {
    struct reader *reader;
    enum backlog_folder folder; /* N_BACKLOG_FOLDERS: one without tasks */
    gboolean deep;
};

static gboolean visit(const char *path, gboolean is_folder, gpointer data)
{
    const struct listing *listing = data;
    g_autofree char *name = g_path_get_basename(path);
    gboolean is_task = listing->folder < N_BACKLOG_FOLDERS && g_ascii_strcasecmp(name, "readme.md") != 0;

    if (is_folder)
        return listing->deep;
    if (!g_str_has_suffix(name, ".md"))
        return FALSE;
    if (is_task) {
        struct file file = { g_strdup(path), listing->folder };
        g_array_append_val(listing->reader->files, file);
    } else {
        listing->reader->import->left_out++;
    }
    return FALSE;
}

static void trouble(const char *path, const char *message, gpointer data)
{
    /* Only below folders that are left out as a whole. */
}

/* Lists one folder; FALSE where it is not there. */
static gboolean list_folder(struct reader *reader, const char *name, enum backlog_folder folder,
                            gboolean deep)
{
    struct listing listing = { reader, folder, deep };
    const struct file_visitor visitor = { visit, trouble, &listing };
    g_autofree char *path = g_strconcat(reader->base, name, NULL);
    g_autoptr(GError) error = NULL;

    if (file_walk(reader->root, path, &visitor, &error))
        return TRUE;
    if (g_error_matches(error, FILE_ERROR, FILE_ERROR_ABSENT))
        return FALSE;
    g_autofree char *message = g_strdup_printf("the folder cannot be read: %s", error->message);
    refuse(reader, path, message);
    return TRUE;
}

static gint compare_files(gconstpointer a, gconstpointer b)
{
    const struct file *left = a, *right = b;
    return left->folder != right->folder ? (int)left->folder - (int)right->folder
                                         : strcmp(left->path, right->path);
}

/* Lists all folders below the first base that has any. */
static gboolean list_files(struct reader *reader, GError **error)
{
    static const char *const bases[] = { "", "backlog/", ".backlog/" };
    gboolean found = FALSE;

    for (gsize i = 0; i < G_N_ELEMENTS(bases) && !found; i++) {
        reader->base = bases[i];
        for (enum backlog_folder folder = 0; folder < N_BACKLOG_FOLDERS; folder++)
            found = list_folder(reader, task_folders[folder], folder, FALSE) || found;
    }
    for (gsize i = 0; found && i < G_N_ELEMENTS(other_folders); i++)
        list_folder(reader, other_folders[i].name, N_BACKLOG_FOLDERS, other_folders[i].deep);
    g_array_sort(reader->files, compare_files);
    if (!found)
        g_set_error(error, FILE_ERROR, FILE_ERROR_ABSENT,
                    "%s: expected a folder of Backlog.md, with tasks, completed or drafts in it or in its "
                    "folder backlog",
                    reader->shown);
    return found;
}

/* -- settings -- */

/* What cannot be read in the settings is odd, but hides no task. */
static void soften(struct reader *reader, GPtrArray *findings, const char *path)
{
    g_autofree char *shown = shown_path(reader, path);
    findings_set_path(findings, 0, shown);
    for (guint i = 0; i < findings->len; i++)
        ((struct finding *)findings->pdata[i])->severity = SEVERITY_WARNING;
    g_ptr_array_extend_and_steal(reader->import->findings, g_ptr_array_ref(findings));
}

static void take_settings(struct reader *reader, const struct node *root)
{
    const struct node *statuses = node_find(root, "statuses"), *prefix = node_find(root, "task_prefix");
    g_autoptr(GPtrArray) words = g_ptr_array_new();

    for (const struct node *word = statuses ? statuses->first : NULL; word; word = word->next)
        if (word->kind == NODE_SCALAR && !word->key)
            g_ptr_array_add(words, g_strdup(word->text));
    g_ptr_array_add(words, NULL);
    reader->statuses = (char **)g_ptr_array_steal(words, NULL);
    if (prefix && prefix->kind == NODE_SCALAR)
        import_names_add_prefix(reader->names, prefix->text);
}

static void read_settings(struct reader *reader)
{
    g_autofree char *path = g_strconcat(reader->base, "config.yml", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = file_read(reader->root, path, &error);
    g_autoptr(GPtrArray) findings = findings_new();
    gsize length = 0;
    const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    gsize start = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    g_autoptr(Nodes) nodes = nodes_parse(text ? text : "", length, (struct span){ start, length }, findings);

    if (!bytes && !g_error_matches(error, FILE_ERROR, FILE_ERROR_ABSENT))
        finding_add_at(findings, "parse", SEVERITY_WARNING, (struct position){ 0, 0 }, NULL, "%s",
                       error->message);
    import_names_add_prefix(reader->names, "task");
    take_settings(reader, nodes->root);
    soften(reader, findings, path);
}

/* -- tasks -- */

static void read_task(struct reader *reader, const struct file *file)
{
    g_autofree char *base = g_path_get_basename(file->path), *name = g_utf8_make_valid(base, -1);
    g_autofree char *shown = shown_path(reader, file->path);
    const struct backlog_task_source source = {
        reader->policy, (const char *const *)reader->statuses, shown, name, file->folder,
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = file_read(reader->root, file->path, &error);
    guint first = reader->import->findings->len;
    struct backlog_task task;

    if (!bytes) {
        refuse(reader, file->path, error->message);
    } else if (!import_backlog_task_read(&source, bytes, &task, reader->import->findings)) {
        import_refuse(reader->import, first, shown);
    } else {
        if (task.item->id)
            import_names_add(reader->names, task.item->id, reader->import->items->len);
        g_ptr_array_add(reader->import->items, task.item);
        g_array_append_val(reader->tasks, task);
    }
}

static guint find_task(gconstpointer data, const char *id)
{
    return import_names_find(data, id);
}

/* Open ones first; then by ordinal, priority and number. */
static gint compare_tasks(gconstpointer a, gconstpointer b)
{
    const struct backlog_task *left = a, *right = b;
    gboolean left_open = status_is_open(left->item->status), right_open = status_is_open(right->item->status);

    if (left_open != right_open)
        return left_open ? -1 : 1;
    if (left->ordinal != right->ordinal)
        return left->ordinal < right->ordinal ? -1 : 1;
    if (left->priority != right->priority)
        return left->priority < right->priority ? -1 : 1;
    int by_number =
        import_names_compare(left->item->id ? left->item->id : "", right->item->id ? right->item->id : "");
    if (by_number)
        return by_number;
    return left->item->place < right->item->place ? -1 : left->item->place > right->item->place;
}

static void order(struct reader *reader)
{
    for (guint i = 0; i < reader->tasks->len; i++)
        g_array_index(reader->tasks, struct backlog_task, i).item->place = i;
    g_array_sort(reader->tasks, compare_tasks);
    for (guint i = 0; i < reader->tasks->len; i++)
        g_array_index(reader->tasks, struct backlog_task, i).item->place = i;
}

static void tell(const struct reader *reader, const char *what, guint done)
{
    if (reader->progress && reader->progress->step)
        reader->progress->step(what, done, reader->files->len, reader->progress->data);
}

static void clear_file(gpointer data)
{
    g_free(((struct file *)data)->path);
}

static struct import *read_all(struct reader *reader, GError **error)
{
    g_autoptr(Import) import = import_new();
    g_autoptr(ImportNames) names = import_names_new();

    reader->import = import;
    reader->names = names;
    if (!list_files(reader, error))
        return NULL;
    g_autofree char *theirs = g_build_filename(reader->shown, reader->base, NULL);
    if (!import_check_apart(reader->policy, theirs, error))
        return NULL;
    read_settings(reader);
    for (guint i = 0; i < reader->files->len; i++) {
        tell(reader, "reading", i);
        read_task(reader, &g_array_index(reader->files, struct file, i));
    }
    tell(reader, NULL, reader->files->len);
    import_resolve(import, find_task, names);
    order(reader);
    g_clear_pointer(&reader->statuses, g_strfreev);
    return g_steal_pointer(&import);
}

struct import *import_backlog_md_read(const struct policy *policy, const char *folder,
                                      const struct import_progress *progress, GError **error)
{
    g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(struct file));
    g_autoptr(GArray) tasks = g_array_new(FALSE, FALSE, sizeof(struct backlog_task));
    struct reader reader = {
        .policy = policy, .progress = progress, .shown = folder, .files = files, .tasks = tasks
    };

    g_array_set_clear_func(files, clear_file);
    reader.root = file_open_root(folder, error);
    if (reader.root < 0) {
        g_prefix_error(error, "%s: ", folder);
        return NULL;
    }
    struct import *import = read_all(&reader, error);
    g_close(reader.root, NULL);
    return import;
}
