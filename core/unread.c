#include "unread.h"

#include "backlog_private.h"
#include "file.h"
#include "ident.h"
#include "repo.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* Names that are looked at behind one link: nobody waits for a whole disk. */
#define MAX_NAMES 100000

/* Links that lead to links. */
#define MAX_LINKS 8

#define RULE "not-read"

/* What was found in one place. */
struct place {
    guint items;
    char *first;      /* path of the first item by name, as the walk has it; NULL: none */
    const char *skip; /* a folder that is not looked into; NULL: all are */
    guint seen;
    GQueue waiting; /* of folders, owned */
};

static void place_clear(struct place *place)
{
    g_free(place->first);
    g_queue_clear_full(&place->waiting, g_free);
}

static gboolean is_below(const char *path, const char *folder)
{
    gsize length = strlen(folder);
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* Counts the file if it goes by the name of an item, the dot of a hidden one aside. */
static void count_file(struct place *place, const char *path)
{
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *id = ident_from_file_name(name + (*name == '.'));

    if (!id || (place->skip && is_below(path, place->skip)))
        return;
    place->items++;
    if (place->first && strcmp(place->first, path) <= 0)
        return;
    g_free(place->first);
    place->first = g_strdup(path);
}

/* -- in the work tree -- */

static gboolean visit(const char *path, gboolean is_folder, gpointer data)
{
    struct place *place = data;

    if (!is_folder)
        count_file(place, path);
    return place->seen++ < MAX_NAMES && g_strcmp0(path, place->skip) != 0;
}

static void wait_for(const char *path, gboolean is_link, gpointer data)
{
    struct place *place = data;
    if (!is_link)
        g_queue_push_tail(&place->waiting, g_strdup(path));
}

/* A folder that cannot be read has nothing that could be told. */
static void pass_by(const char *path, const char *message, gpointer data)
{
}

/* Counts the items in a folder, hidden or not, or the one that path is. */
static void count_in(struct place *place, int root, const char *path)
{
    const struct file_visitor visitor = { visit, pass_by, place, wait_for };

    g_queue_push_tail(&place->waiting, g_strdup(path));
    for (char *one; (one = g_queue_pop_head(&place->waiting)); g_free(one))
        if (!file_walk(root, one, &visitor, NULL))
            count_file(place, one);
}

/* -- findings -- */

static void report(GPtrArray *findings, const char *path, const char *help, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

static void report(GPtrArray *findings, const char *path, const char *help, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    finding_add_at(findings, RULE, SEVERITY_WARNING, (struct position){ 0, 0 }, help, "%s", message)->path =
        g_strdup(path);
}

/* "1 item is", "3 items are". */
static char *say_items(const struct place *place)
{
    return place->items == 1 ? g_strdup("1 item is") : g_strdup_printf("%u items are", place->items);
}

static void report_hidden(GPtrArray *findings, const struct place *place, const char *folder)
{
    g_autofree char *items = say_items(place);

    if (place->items && strcmp(place->first, folder) == 0)
        report(findings, folder, "rename it with git mv if it is to be read",
               "the item is not read: its name begins with a dot");
    else if (place->items)
        report(findings, place->first, "give the folder a name without a dot if they are to be read",
               "%s not read: the folder %s is hidden", items, folder);
}

/* -- hidden -- */

/* The path up to the first name in it, below the backlog's folder, that begins with a dot. */
static char *hidden_part(const struct policy *policy, const char *path)
{
    const char *dot = strstr(path + strlen(policy->folder), "/.");
    const char *end = dot ? strchr(dot + 1, '/') : NULL;
    return end ? g_strndup(path, (gsize)(end - path)) : g_strdup(path);
}

/* Those of a revision come as files, one after the other. */
static void find_hidden(const struct backlog *backlog, GPtrArray *findings)
{
    for (guint i = 0; i < backlog->aside->len;) {
        const struct aside *aside = &g_array_index(backlog->aside, struct aside, i++);
        if (aside->is_link)
            continue;
        g_autofree char *part = hidden_part(backlog->policy, aside->path);
        struct place place = { .waiting = G_QUEUE_INIT };
        if (backlog->repo)
            count_file(&place, aside->path);
        else
            count_in(&place, backlog->root, aside->path);
        for (; backlog->repo && i < backlog->aside->len; i++) {
            aside = &g_array_index(backlog->aside, struct aside, i);
            if (aside->is_link || !is_below(aside->path, part))
                break;
            count_file(&place, aside->path);
        }
        report_hidden(findings, &place, part);
        place_clear(&place);
    }
}

/* -- among votes -- */

static void find_in_votes(const struct backlog *backlog, GPtrArray *findings)
{
    g_autofree char *folder = g_build_filename(backlog->policy->folder, "votes", NULL);
    struct place place = { .waiting = G_QUEUE_INIT };

    if (!backlog->repo)
        count_in(&place, backlog->root, folder);
    for (guint i = 0; backlog->repo && i < backlog->votes->len; i++)
        count_file(&place, g_array_index(backlog->votes, struct entry, i).path);
    g_autofree char *items = say_items(&place);
    if (place.items)
        report(findings, place.first, "move them out of it with git mv if they are to be read",
               "%s not read: the folder %s is for votes", items, folder);
    place_clear(&place);
}

/* -- behind links -- */

/* Where the backlog's folder or a path in it is, from the top of the repository. */
static char *from_top(const struct backlog *backlog, const char *path)
{
    if (backlog->elsewhere)
        return g_strconcat(backlog->elsewhere, path + strlen(backlog->policy->folder), NULL);
    return repo_relative(backlog->repo, backlog->policy->root, path, NULL);
}

/* Target as seen from the folder top, both absolute; NULL: it is not below. */
static const char *below_top(const char *target, const char *top)
{
    gsize length = strlen(top);

    if (!is_below(target, top))
        return NULL;
    return target[length] ? target + length + 1 : ".";
}

/* Counts the items to which a link of the work tree leads; FALSE: it leads out of the repository. */
static gboolean follow_file(const struct backlog *backlog, const struct aside *aside, struct place *place)
{
    const struct policy *policy = backlog->policy;
    g_autofree char *path = g_build_filename(policy->root, aside->path, NULL);
    g_autofree char *folder = g_build_filename(policy->root, policy->folder, NULL);
    g_autofree char *target = realpath(path, NULL), *own = realpath(folder, NULL);
    g_autofree char *top = realpath(policy->top, NULL);
    const char *inside = target && top ? below_top(target, top) : NULL;

    if (!target || !own || !top || !g_file_test(target, G_FILE_TEST_IS_DIR) || is_below(target, own))
        return TRUE;
    int root = inside ? file_open_root(top, NULL) : -1;
    const char *rest = below_top(own, top);
    g_autofree char *skip = g_strconcat(inside && strcmp(inside, ".") == 0 ? "./" : "", rest, NULL);
    place->skip = rest ? skip : NULL;
    if (root >= 0) {
        count_in(place, root, inside);
        g_close(root, NULL);
    }
    place->skip = NULL;
    return inside != NULL;
}

/* The link that the revision has at path, from the top; NULL: it has none there. Newly allocated. */
static char *link_at(const struct backlog *backlog, const char *path)
{
    const char *slash = strrchr(path, '/');
    g_autofree char *folder = g_strndup(path, slash ? (gsize)(slash - path) : 0);
    g_autoptr(GPtrArray) files = repo_list(backlog->repo, backlog->revision, folder, NULL);

    for (guint i = 0; files && i < files->len; i++) {
        const struct repo_file *file = files->pdata[i];
        if (!file->is_file && strcmp(file->path, path) == 0)
            return g_strdup(file->object);
    }
    return NULL;
}

/* Where a link of the revision, object, at path leads, both from the top; NULL: out of the repository. */
static char *target_of(const struct backlog *backlog, const char *path, const char *object)
{
    g_autoptr(GBytes) bytes = repo_read(backlog->repo, object, NULL);
    gsize length = 0;
    const char *said = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    g_autofree char *text = g_strndup(said, length);
    g_autofree char *parent = g_path_get_dirname(path);
    g_autofree char *folder = g_build_filename(backlog->policy->top, parent, NULL);
    g_autofree char *target = g_canonicalize_filename(text ? text : "", folder);

    return g_strdup(below_top(target, backlog->policy->top));
}

/* The same of a revision, by what the link says, and one to which it leads. */
static gboolean follow_object(const struct backlog *backlog, const struct aside *aside, struct place *place)
{
    g_autofree char *path = from_top(backlog, aside->path), *object = g_strdup(aside->object);
    g_autofree char *own = from_top(backlog, backlog->policy->folder);

    for (guint links = 0; path && own && object && links < MAX_LINKS; links++) {
        g_autofree char *target = target_of(backlog, path, object);
        if (!target || is_below(target, own))
            return target != NULL;
        g_autoptr(GPtrArray) files =
            repo_list(backlog->repo, backlog->revision, strcmp(target, ".") == 0 ? "" : target, NULL);
        place->skip = own;
        for (guint i = 0; files && i < files->len; i++)
            count_file(place, ((const struct repo_file *)files->pdata[i])->path);
        place->skip = NULL;
        g_free(object);
        object = files && files->len ? NULL : link_at(backlog, target);
        g_free(path);
        path = g_steal_pointer(&target);
    }
    return TRUE;
}

static void find_linked(const struct backlog *backlog, const struct aside *aside, GPtrArray *findings)
{
    struct place place = { .waiting = G_QUEUE_INIT };
    gboolean inside =
        backlog->repo ? follow_object(backlog, aside, &place) : follow_file(backlog, aside, &place);
    g_autofree char *items = say_items(&place);

    if (!inside)
        report(findings, aside->path, "put items into the backlog's own folder",
               "a symbolic link leads out of the repository: no item there is read");
    else if (place.items)
        report(findings, aside->path, "put them into the backlog's own folder if they are to be read",
               "%s not read behind this symbolic link", items);
    place_clear(&place);
}

static gint compare_aside(gconstpointer a, gconstpointer b)
{
    return strcmp(((const struct aside *)a)->path, ((const struct aside *)b)->path);
}

GPtrArray *unread_find(const struct backlog *backlog)
{
    GPtrArray *findings = findings_new();

    g_array_sort(backlog->aside, compare_aside);
    find_hidden(backlog, findings);
    find_in_votes(backlog, findings);
    for (guint i = 0; i < backlog->aside->len; i++) {
        const struct aside *aside = &g_array_index(backlog->aside, struct aside, i);
        if (aside->is_link)
            find_linked(backlog, aside, findings);
    }
    return findings;
}
