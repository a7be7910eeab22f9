#include "history_site.h"

#include "ident.h"

#include <string.h>

/* Trees that are read in all to look for backlogs, and how deep: nobody waits for the whole of a large
 * repository because its backlog has a beginning. */
#define MAX_TREES 5000
#define MAX_DEPTH 8

struct sites {
    const struct policy *policy;
    struct objects *objects;
    GPtrArray *known;    /* struct site; the first is that of now */
    GHashTable *folders; /* struct object_id of a policy's file -> char, the folder that it names */
    guint left;          /* of MAX_TREES */
};

static void site_free(gpointer data)
{
    struct site *site = data;
    g_free(site->root);
    g_free(site->folder);
    g_free(site->shown);
    g_free(site);
}

void sites_free(struct sites *sites)
{
    if (!sites)
        return;
    g_ptr_array_unref(sites->known);
    g_hash_table_unref(sites->folders);
    g_free(sites);
}

/* -- paths -- */

/* The folder of a policy in root, as seen from the root of now: "../old/backlog". */
static char *show(const struct sites *sites, const char *root, const char *folder)
{
    const struct site *now = sites->known->len ? sites->known->pdata[0] : NULL;
    const char *inner = strcmp(folder, ".") == 0 ? "" : folder;

    if (!now || strcmp(now->root, root) == 0)
        return g_strdup(inner);
    g_autoptr(GString) path = g_string_new(NULL);
    for (const char *step = now->root; step; step = strchr(step, '/') ? strchr(step, '/') + 1 : NULL)
        g_string_append(path, *step ? "../" : "");
    g_string_append_printf(path, "%s%s%s", root, *root && *inner ? "/" : "", inner);
    return g_strndup(path->str, path->len - (g_str_has_suffix(path->str, "/") ? 1 : 0));
}

/* The site of these paths. */
static const struct site *find_or_add(struct sites *sites, const char *root, const char *folder)
{
    for (guint i = 0; i < sites->known->len; i++) {
        const struct site *site = sites->known->pdata[i];
        if (strcmp(site->root, root) == 0 && strcmp(site->folder, folder) == 0)
            return site;
    }
    struct site *site = g_new0(struct site, 1);
    site->root = g_strdup(root);
    site->folder = g_strdup(folder);
    site->shown = show(sites, root, folder);
    g_ptr_array_add(sites->known, site);
    return site;
}

struct sites *sites_new(const struct policy *policy, struct objects *objects)
{
    struct sites *sites = g_new0(struct sites, 1);
    gsize top = strlen(policy->top);
    const char *root = strlen(policy->root) > top ? policy->root + top : "";

    sites->policy = policy;
    sites->objects = objects;
    sites->known = g_ptr_array_new_with_free_func(site_free);
    sites->folders = g_hash_table_new_full(object_id_hash, object_id_equal, g_free, g_free);
    sites->left = MAX_TREES;
    find_or_add(sites, root + strspn(root, "/"), policy->folder);
    return sites;
}

/* -- trees -- */

gboolean site_step_into(struct objects *objects, const char *name, gboolean is_folder, struct object_id *id,
                        gboolean *found, GError **error)
{
    g_autoptr(GBytes) tree = objects_tree(objects, id, error);
    struct tree_entry entry;
    gsize length;

    if (!tree)
        return FALSE;
    const char *at = g_bytes_get_data(tree, &length), *end = at + length;
    *found = FALSE;
    while (!*found && tree_entry_next(&at, end, &entry))
        if (entry.is_folder == is_folder && strcmp(entry.name, name) == 0) {
            memcpy(id->raw, entry.id, sizeof id->raw);
            *found = TRUE;
        }
    return TRUE;
}

/* The same, for each name of a path. */
static gboolean go(const struct sites *sites, const char *path, struct object_id *id, gboolean *found,
                   GError **error)
{
    g_auto(GStrv) names = g_strsplit(path, "/", -1);

    *found = TRUE;
    for (gsize i = 0; names[i] && *found; i++)
        if (*names[i] && strcmp(names[i], ".") != 0 &&
            !site_step_into(sites->objects, names[i], TRUE, id, found, error))
            return FALSE;
    return TRUE;
}

/* -- what a policy says -- */

/* The folder that the policy in a tree names; NULL where it has none. */
static const char *folder_of(struct sites *sites, const struct object_id *tree)
{
    struct object_id id = *tree;
    gboolean found = FALSE;

    if (!site_step_into(sites->objects, POLICY_FILE, FALSE, &id, &found, NULL) || !found)
        return NULL;
    const char *folder = g_hash_table_lookup(sites->folders, &id);
    if (folder)
        return folder;
    g_autoptr(GBytes) bytes = objects_file(sites->objects, &id);
    g_autoptr(Policy) policy = policy_new(sites->policy->root, sites->policy->top, bytes);
    g_hash_table_insert(sites->folders, g_memdup2(&id, sizeof id), g_strdup(policy->folder));
    return g_hash_table_lookup(sites->folders, &id);
}

/* The site in root of a commit with that tree: as its policy says or, where that leads nowhere, as before. */
static gboolean look_in(struct sites *sites, const struct object_id *tree, const struct site *behind,
                        const struct site **site, struct object_id *folder, gboolean *found, GError **error)
{
    struct object_id root = *tree;

    *site = behind;
    if (!go(sites, behind->root, &root, found, error))
        return FALSE;
    if (!*found)
        return TRUE;
    const char *named = folder_of(sites, &root);
    *folder = root;
    if (named && strcmp(named, behind->folder) != 0) {
        if (!go(sites, named, folder, found, error))
            return FALSE;
        *site = *found ? find_or_add(sites, behind->root, named) : behind;
        if (*found)
            return TRUE;
        *folder = root;
    }
    return go(sites, behind->folder, folder, found, error);
}

/* -- looking everywhere -- */

/* A search for the backlog that was this one later. */
struct search {
    struct sites *sites;
    const struct site *behind;
    gboolean has_root; /* the root of behind is there */
    GHashTable *ids;   /* that it had */
    GString *path;     /* of the folder at hand, from the top */
    guint most;        /* ids in common so far; those of a folder that a policy names count first */
    gboolean is_named;
    const struct site *best;
    struct object_id folder; /* of best */
};

/* Calls take for the entries of a tree, as far as trees may still be read. */
static void visit(struct sites *sites, const struct object_id *tree,
                  void (*take)(const struct tree_entry *entry, const struct object_id *id, gpointer data),
                  gpointer data)
{
    g_autoptr(GBytes) bytes = sites->left > 0 ? objects_tree(sites->objects, tree, NULL) : NULL;
    struct tree_entry entry;
    gsize length = 0;
    const char *at = bytes ? g_bytes_get_data(bytes, &length) : NULL, *end = at ? at + length : NULL;

    sites->left -= bytes ? 1 : 0;
    while (at && tree_entry_next(&at, end, &entry)) {
        struct object_id id;
        memcpy(id.raw, entry.id, sizeof id.raw);
        if (*entry.name != '.')
            take(&entry, &id, data);
    }
}

/* The ids of the item files in a tree, or how many of them are in a set. */
struct scan {
    struct sites *sites;
    GHashTable *ids;
    gboolean counts;
    guint common;
    guint depth;
};

static void scan_entry(const struct tree_entry *entry, const struct object_id *id, gpointer data)
{
    struct scan *scan = data;
    g_autofree char *item = entry->is_file ? ident_from_file_name(entry->name) : NULL;

    if (entry->is_folder && scan->depth < MAX_DEPTH) {
        scan->depth++;
        visit(scan->sites, id, scan_entry, scan);
        scan->depth--;
    }
    if (item && scan->counts)
        scan->common += g_hash_table_contains(scan->ids, item) ? 1 : 0;
    else if (item)
        g_hash_table_add(scan->ids, g_steal_pointer(&item));
}

static void set_best(struct search *search, const char *root, const char *folder, const struct object_id *id,
                     guint common, gboolean is_named)
{
    if (common == 0 || search->is_named > is_named ||
        (search->is_named == is_named && common <= search->most))
        return;
    search->most = common;
    search->is_named = is_named;
    search->best = find_or_add(search->sites, root, folder);
    search->folder = *id;
}

/* Holds the backlog that a folder of that name beside the tree would be against what is looked for. */
static void try_folder(struct search *search, const struct object_id *tree, const char *folder)
{
    struct scan scan = { .sites = search->sites, .ids = search->ids, .counts = TRUE };
    struct object_id id = *tree;
    gboolean found = FALSE;

    if (!go(search->sites, folder, &id, &found, NULL) || !found)
        return;
    visit(search->sites, &id, scan_entry, &scan);
    set_best(search, search->path->str, folder, &id, scan.common, TRUE);
}

/* Holds a folder itself against what is looked for: no policy names it, for it moved before or after that. */
static void try_itself(struct search *search, const struct object_id *tree, guint common)
{
    const char *path = search->path->str, *root = search->behind->root;
    gsize length = strlen(root);
    gboolean below = search->has_root && g_str_has_prefix(path, root) && (!length || path[length] == '/');

    if (*path == '\0')
        return;
    const char *slash = strrchr(path, '/');
    g_autofree char *above = below ? g_strdup(root) : g_strndup(path, slash ? (gsize)(slash - path) : 0);
    set_best(search, above, path + strlen(above) + (*above ? 1 : 0), tree, common, FALSE);
}

/* A folder of the search, and what was found in it. */
struct step {
    struct search *search;
    guint depth;
    guint common;
};

static guint search_tree(struct search *search, const struct object_id *tree, guint depth);

static void search_entry(const struct tree_entry *entry, const struct object_id *id, gpointer data)
{
    struct step *step = data;
    GString *path = step->search->path;
    gsize length = path->len;
    g_autofree char *item = entry->is_file ? ident_from_file_name(entry->name) : NULL;

    if (item && g_hash_table_contains(step->search->ids, item))
        step->common++;
    if (!entry->is_folder || step->depth == MAX_DEPTH)
        return;
    g_string_append_printf(path, "%s%s", length ? "/" : "", entry->name);
    step->common += search_tree(step->search, id, step->depth + 1);
    g_string_truncate(path, length);
}

/* Searches a tree; how many ids in common are in it. What is deeper comes first, and stays where what is
 * above it has no more. */
static guint search_tree(struct search *search, const struct object_id *tree, guint depth)
{
    const char *usual = ((const struct site *)search->sites->known->pdata[0])->folder;
    const char *named = folder_of(search->sites, tree);
    struct step step = { search, depth, 0 };

    if (named)
        try_folder(search, tree, named);
    if (strcmp(usual, ".") != 0)
        try_folder(search, tree, usual);
    visit(search->sites, tree, search_entry, &step);
    try_itself(search, tree, step.common);
    return step.common;
}

/* -- */

/* Whether the items are still in the place where they were: then they were copied and have not moved. */
static gboolean is_copy(struct search *search, const struct walk_commit *behind)
{
    struct scan scan = { .sites = search->sites, .ids = search->ids, .counts = TRUE };
    struct object_id id = behind->tree;
    gboolean found = FALSE;

    if (!go(search->sites, search->best->root, &id, &found, NULL) || !found ||
        !go(search->sites, search->best->folder, &id, &found, NULL) || !found)
        return FALSE;
    visit(search->sites, &id, scan_entry, &scan);
    return scan.common > 0;
}

/* Sets what is found of the backlog of behind in the tree of another commit. */
static gboolean search_all(struct search *search, const struct object_id *tree,
                           const struct walk_commit *behind, GError **error)
{
    struct scan scan = { .sites = search->sites, .ids = search->ids };
    struct object_id root = *tree;

    visit(search->sites, &behind->folder, scan_entry, &scan);
    if (!go(search->sites, search->behind->root, &root, &search->has_root, error))
        return FALSE;
    if (g_hash_table_size(search->ids))
        search_tree(search, tree, 0);
    if (search->best && is_copy(search, behind))
        search->best = NULL;
    return TRUE;
}

const struct site *sites_find(struct sites *sites, const struct walk_commit *commit,
                              const struct walk_commit *behind, struct object_id *folder, gboolean *found,
                              GError **error)
{
    const struct site *site = behind && behind->site ? behind->site : sites->known->pdata[0];

    if (!look_in(sites, &commit->tree, site, &site, folder, found, error))
        return NULL;
    if (*found || !behind || !behind->has_folder)
        return site;
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GString) path = g_string_new(NULL);
    struct search search = { .sites = sites, .behind = site, .ids = ids, .path = path };
    if (!search_all(&search, &commit->tree, behind, error))
        return NULL;
    if (!search.best)
        return site;
    *folder = search.folder;
    *found = TRUE;
    return search.best;
}
