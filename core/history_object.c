#include "history_object.h"

#include "repo_config.h"
#include "repo_private.h"

#include <git2.h>
#include <string.h>

/* Bytes of trees kept: those of some commits of a flat backlog of 10,000 items, or of thousands of a small
 * one; and of files, a thousand or so. */
#define MAX_TREES (2 * 1024 * 1024)
#define MAX_FILES (2 * 1024 * 1024)

/* Objects that were read of late, until they are more than most bytes. */
struct store {
    GHashTable *objects; /* struct object_id -> GBytes */
    GQueue order;        /* its keys, oldest first */
    gsize kept;
    gsize most;
};

struct objects {
    struct repo *repo;
    git_odb *odb;
    struct store trees;
    struct store files;
    guint digits; /* of a short name at least */
};

/* -- names -- */

guint object_id_hash(gconstpointer id)
{
    guint hash;
    memcpy(&hash, ((const struct object_id *)id)->raw, sizeof hash);
    return hash;
}

gboolean object_id_equal(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(struct object_id)) == 0;
}

gboolean object_id_parse(struct object_id *id, const char *digits)
{
    struct object_id read;

    for (gsize i = 0; i < sizeof read.raw; i++) {
        int high = g_ascii_xdigit_value(digits[2 * i]);
        int low = high < 0 ? -1 : g_ascii_xdigit_value(digits[2 * i + 1]);
        if (low < 0)
            return FALSE;
        read.raw[i] = (guint8)(high << 4 | low);
    }
    *id = read;
    return TRUE;
}

void object_id_print(const struct object_id *id, char text[41])
{
    static const char digits[] = "0123456789abcdef";

    for (gsize i = 0; i < sizeof id->raw; i++) {
        text[2 * i] = digits[id->raw[i] >> 4];
        text[2 * i + 1] = digits[id->raw[i] & 15];
    }
    text[40] = '\0';
}

/* -- reading -- */

static void store_init(struct store *store, gsize most)
{
    store->objects =
        g_hash_table_new_full(object_id_hash, object_id_equal, g_free, (GDestroyNotify)g_bytes_unref);
    g_queue_init(&store->order);
    store->kept = 0;
    store->most = most;
}

static void store_clear(struct store *store)
{
    g_queue_clear(&store->order);
    g_hash_table_unref(store->objects);
}

static GBytes *store_find(struct store *store, const struct object_id *id)
{
    GBytes *bytes = g_hash_table_lookup(store->objects, id);
    return bytes ? g_bytes_ref(bytes) : NULL;
}

static void store_add(struct store *store, const struct object_id *id, GBytes *bytes)
{
    struct object_id *key = g_memdup2(id, sizeof *id);

    while (store->kept > store->most) {
        gpointer oldest = g_queue_pop_head(&store->order);
        store->kept -= g_bytes_get_size(g_hash_table_lookup(store->objects, oldest));
        g_hash_table_remove(store->objects, oldest);
    }
    g_hash_table_insert(store->objects, key, g_bytes_ref(bytes));
    g_queue_push_tail(&store->order, key);
    store->kept += g_bytes_get_size(bytes);
}

/* As core.abbrev has it: a number, or "no" for whole names. */
static guint least_digits(struct repo *repo)
{
    g_autofree char *text = repo_config_read(repo, "core.abbrev");
    guint64 number;

    if (text && g_ascii_string_to_unsigned(text, 10, 4, 40, &number, NULL))
        return (guint)number;
    return text && (strcmp(text, "no") == 0 || strcmp(text, "off") == 0 || strcmp(text, "false") == 0) ? 40
                                                                                                       : 7;
}

struct objects *objects_new(struct repo *repo, GError **error)
{
    git_odb *odb = NULL;

    if (git_repository_odb(&odb, repo->git) < 0) {
        repo_fail(error, REPO_ERROR_READ, "cannot read the objects of the repository");
        return NULL;
    }
    /* What is read again is kept here, by size; libgit2 would keep every commit. */
    git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
    struct objects *objects = g_new0(struct objects, 1);
    objects->repo = repo;
    objects->odb = odb;
    store_init(&objects->trees, MAX_TREES);
    store_init(&objects->files, MAX_FILES);
    objects->digits = least_digits(repo);
    return objects;
}

void objects_free(struct objects *objects)
{
    if (!objects)
        return;
    store_clear(&objects->trees);
    store_clear(&objects->files);
    git_odb_free(objects->odb);
    g_free(objects);
}

static void release(gpointer object)
{
    git_odb_object_free(object);
}

static GBytes *read_object(struct objects *objects, const struct object_id *id, git_object_t type,
                           GError **error)
{
    git_odb_object *object = NULL;
    git_oid name;
    char digits[41];

    object_id_print(id, digits);
    if (git_oid_fromraw(&name, id->raw) < 0 || git_odb_read(&object, objects->odb, &name) < 0) {
        repo_fail(error, REPO_ERROR_READ, digits);
        return NULL;
    }
    if (git_odb_object_type(object) != type) {
        g_set_error(error, REPO_ERROR, REPO_ERROR_READ, "%s: expected a %s, saw a %s", digits,
                    git_object_type2string(type), git_object_type2string(git_odb_object_type(object)));
        git_odb_object_free(object);
        return NULL;
    }
    return g_bytes_new_with_free_func(git_odb_object_data(object), git_odb_object_size(object), release,
                                      object);
}

GBytes *objects_commit(struct objects *objects, const struct object_id *id, GError **error)
{
    return read_object(objects, id, GIT_OBJECT_COMMIT, error);
}

GBytes *objects_tree(struct objects *objects, const struct object_id *id, GError **error)
{
    GBytes *tree = store_find(&objects->trees, id);

    if (tree)
        return tree;
    tree = read_object(objects, id, GIT_OBJECT_TREE, error);
    if (tree)
        store_add(&objects->trees, id, tree);
    return tree;
}

GBytes *objects_file(struct objects *objects, const struct object_id *id)
{
    GBytes *file = store_find(&objects->files, id);
    char digits[41];

    if (file)
        return file;
    object_id_print(id, digits);
    file = repo_read(objects->repo, digits, NULL);
    if (file)
        store_add(&objects->files, id, file);
    return file;
}

char *objects_short(struct objects *objects, const struct object_id *id)
{
    guint length = objects->digits;
    git_oid name, found, part;
    char digits[41];

    object_id_print(id, digits);
    if (git_oid_fromraw(&name, id->raw) < 0)
        return g_strdup(digits);
    while (length < 40 && git_oid_fromstrn(&part, digits, length) == 0 &&
           git_odb_exists_prefix(&found, objects->odb, &part, length) < 0)
        length++;
    return g_strndup(digits, length);
}

/* -- trees -- */

gboolean tree_entry_next(const char **at, const char *end, struct tree_entry *entry)
{
    const char *mode = *at, *name = mode;
    const char *nul = mode < end ? memchr(mode, '\0', (gsize)(end - mode)) : NULL;

    if (!nul || end - nul <= (gssize)sizeof(struct object_id))
        return FALSE;
    while (*name >= '0' && *name <= '7')
        name++;
    if (*name != ' ' || name == mode)
        return FALSE;
    entry->name = name + 1;
    entry->id = (const guint8 *)nul + 1;
    entry->is_folder = *mode == '4' || (*mode == '0' && mode[1] == '4');
    entry->is_file = name - mode == 6 && mode[1] == '0';
    *at = nul + 1 + sizeof(struct object_id);
    return TRUE;
}

int tree_entry_compare(const struct tree_entry *a, const struct tree_entry *b)
{
    gsize i = 0;

    while (a->name[i] && a->name[i] == b->name[i])
        i++;
    guchar left = a->name[i] ? (guchar)a->name[i] : a->is_folder ? '/' : '\0';
    guchar right = b->name[i] ? (guchar)b->name[i] : b->is_folder ? '/' : '\0';
    return left - right;
}
