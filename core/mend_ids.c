#include "mend_private.h"

#include "ident.h"

#include <string.h>

static void twins_free(gpointer data)
{
    struct twins *twins = data;
    g_ptr_array_unref(twins->all);
    g_free(twins);
}

static void twin_free(gpointer data)
{
    struct twin *twin = data;
    g_free(twin->id);
    g_free(twin);
}

/* -- who has one id -- */

static void add_twin(struct twins *twins, const struct item *item)
{
    struct twin *twin = g_new0(struct twin, 1);
    twin->item = item;
    g_ptr_array_add(twins->all, twin);
}

static struct twins *twins_new(const struct item *item)
{
    struct twins *twins = g_new0(struct twins, 1);
    twins->id = item->id;
    twins->all = g_ptr_array_new_with_free_func(twin_free);
    add_twin(twins, item);
    return twins;
}

/* All ids that several items have, in the order of the backlog. */
static GPtrArray *find_twins(const struct backlog *backlog)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func(twins_free);
    g_autoptr(GHashTable) first = g_hash_table_new(g_str_hash, g_str_equal); /* id -> struct item */
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal); /* id -> struct twins */

    for (guint i = 0; i < backlog->items->len; i++) {
        struct item *item = backlog->items->pdata[i];
        const struct item *other = item->id ? g_hash_table_lookup(first, item->id) : NULL;
        struct twins *twins = other ? g_hash_table_lookup(by_id, item->id) : NULL;
        if (twins) {
            add_twin(twins, item);
        } else if (other) {
            twins = twins_new(other);
            add_twin(twins, item);
            g_hash_table_insert(by_id, (gpointer)item->id, twins);
            g_ptr_array_add(groups, twins);
        } else if (item->id) {
            g_hash_table_insert(first, (gpointer)item->id, item);
        }
    }
    return groups;
}

/* -- where they come from -- */

/* The file of the last commit that a person has moved to where the twin is: one of the id that is gone. */
static const char *find_moved(struct mend_run *run, const struct twin *twin)
{
    g_autoptr(GPtrArray) paths =
        twin->item->file_id ? origins_paths(run->origins, twin->item->file_id) : g_ptr_array_new();
    const char *found = NULL;

    for (guint i = 0; i < paths->len; i++)
        if (!backlog_entry(run->backlog, paths->pdata[i])) {
            if (found)
                return NULL;
            found = paths->pdata[i];
        }
    return found;
}

/* Sets where the last commit has each of the twins. Of several that no commit has, none was moved there for
 * sure. */
static void find_head_paths(struct mend_run *run, const struct twins *twins)
{
    struct twin *lost = NULL;
    guint n = 0;

    for (guint i = 0; i < twins->all->len; i++) {
        struct twin *twin = twins->all->pdata[i];
        if (origins_has(run->origins, twin->item->path)) {
            twin->head_path = twin->item->path;
            continue;
        }
        lost = twin;
        n++;
    }
    if (n == 1)
        lost->head_path = find_moved(run, lost);
}

static gboolean find_origins(struct mend_run *run, const GPtrArray *groups, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new(), known = g_ptr_array_new();
    GError *cause = NULL;

    if (!mend_origins(run, &cause)) {
        if (cause)
            g_propagate_error(error, cause);
        return !cause;
    }
    for (guint i = 0; i < groups->len; i++) {
        const struct twins *twins = groups->pdata[i];
        find_head_paths(run, twins);
        for (guint j = 0; j < twins->all->len; j++) {
            struct twin *twin = twins->all->pdata[j];
            if (!twin->head_path)
                continue;
            g_ptr_array_add(paths, (gpointer)twin->head_path);
            g_ptr_array_add(known, twin);
        }
    }
    g_autofree const struct walk_commit **commits = g_new0(const struct walk_commit *, paths->len + 1);
    if (!origins_find(run->origins, (const char *const *)paths->pdata, paths->len, commits, error))
        return FALSE;
    for (guint i = 0; i < known->len; i++)
        ((struct twin *)known->pdata[i])->origin = commits[i];
    return TRUE;
}

/* -- which is older -- */

static gboolean is_named(const struct twin *twin, const char *id)
{
    return g_strcmp0(twin->item->file_id, id) == 0;
}

/* Whether the commit that brought one was made on that of the other. */
static gboolean is_later(const struct twin *twin, const struct twin *other)
{
    return twin->origin && other->origin && twin->origin != other->origin &&
           origins_leads(other->origin, twin->origin);
}

static int compare_days(const struct twin *a, const struct twin *b)
{
    const char *one = item_text(a->item, FIELD_CREATED), *two = item_text(b->item, FIELD_CREATED);
    return one && two ? strcmp(one, two) : 0;
}

/* Negative where a is older, by what orders all twins: topology aside. *why says how b is younger. */
static int compare_ages(const struct twin *a, const struct twin *b, const char *id, const char **why)
{
    *why = "which has it in the name of its file";
    if (is_named(a, id) != is_named(b, id))
        return is_named(a, id) ? -1 : 1;
    *why = "which is committed";
    if (!a->origin != !b->origin)
        return a->origin ? -1 : 1;
    *why = "which was created earlier";
    if (compare_days(a, b))
        return compare_days(a, b);
    *why = "which was committed earlier";
    if (a->origin && a->origin->time != b->origin->time)
        return a->origin->time < b->origin->time ? -1 : 1;
    *why = "though nothing tells which is older";
    return strcmp(a->item->path, b->item->path);
}

/* Why the twin is younger than the oldest. */
static const char *why_younger(const struct twin *twin, const struct twin *oldest, const char *id)
{
    const char *why;

    if (is_later(twin, oldest) && is_named(twin, id) == is_named(oldest, id))
        return "which came first";
    compare_ages(oldest, twin, id, &why);
    return why;
}

/* Days and times that are missing or wrong could make each of three older than the next: so first those go
 * that came later than another, and of the others the first in a row is the one. */
struct twin *mend_oldest(const GPtrArray *twins, const char *id)
{
    struct twin *oldest = NULL;
    const char *why;

    for (guint i = 0; i < twins->len; i++) {
        struct twin *twin = twins->pdata[i];
        gboolean later = FALSE;
        for (guint j = 0; j < twins->len && !later; j++) {
            const struct twin *other = twins->pdata[j];
            later = is_named(other, id) == is_named(twin, id) && is_later(twin, other);
        }
        if (!later && (!oldest || compare_ages(twin, oldest, id, &why) < 0))
            oldest = twin;
    }
    g_assert(oldest); /* not all of them came later than another */
    return oldest;
}

/* -- a new id -- */

static gboolean is_taken(const char *id, gpointer data)
{
    struct mend_run *run = data;
    return g_hash_table_contains(run->taken, id) || backlog_has_id(id, run->backlog);
}

/* Whether the name of the file has an id that nothing else has: then the id inside is what is wrong. */
static gboolean has_own_name(const struct mend_run *run, const struct twin *twin)
{
    const char *id = twin->item->file_id;

    if (!id || strcmp(id, twin->item->id) == 0 || backlog_item(run->backlog, id) ||
        g_hash_table_contains(run->taken, id))
        return FALSE;
    for (guint i = 0; i < run->backlog->entries->len; i++) {
        const struct entry *entry = &g_array_index(run->backlog->entries, struct entry, i);
        if (g_strcmp0(entry->id, id) == 0 && strcmp(entry->path, twin->item->path) != 0)
            return FALSE;
    }
    return TRUE;
}

/* Where the file of the item goes when it gets that id: its name stays but for the id, and so does its
 * folder, unless the layout has one for each id. */
static char *path_for(const struct mend_run *run, const struct item *item, const char *id)
{
    g_autofree char *folder = g_path_get_dirname(item->path), *name = g_path_get_basename(item->path);
    g_autofree char *home = draft_folder(run->backlog->policy, item->id);
    g_autofree char *new_home = draft_folder(run->backlog->policy, id);
    g_autofree char *renamed = item->file_id ? g_strconcat(id, name + strlen(item->file_id), NULL)
                                             : ident_file_name(id, item->title);

    return g_build_filename(strcmp(folder, home) == 0 ? new_home : folder, renamed, NULL);
}

/* An alias that the older one has too stays with that one. */
static void drop_aliases(struct mend_run *run, const struct twin *twin, const struct twin *oldest,
                         struct draft *draft)
{
    const char *const *own = item_texts(twin->item, FIELD_ALIASES);
    const char *const *others = item_texts(oldest->item, FIELD_ALIASES);

    for (gsize i = 0; own[i]; i++) {
        gsize offset = item_field(twin->item, FIELD_ALIASES)->offset;
        GError *cause = NULL;
        if (!g_strv_contains(others, own[i]))
            continue;
        if (mend_try(run, "duplicate-alias", twin->item, offset,
                     edit_entry_remove(draft->edit, "aliases", own[i], &cause), &cause))
            mend_say(run, "duplicate-alias", twin->item, offset, "the alias %s is that of %s alone now",
                     own[i], oldest->item->id);
    }
}

static void rename_twin(struct mend_run *run, struct twin *twin, const struct twin *oldest)
{
    const struct item *item = twin->item;
    const struct value *value = item_field(item, FIELD_ID);
    gsize offset = value ? value->offset : 0;
    struct draft *draft = mend_draft(run, item);
    gboolean own = has_own_name(run, twin);
    GError *cause = NULL;

    if (!draft)
        return;
    g_autofree char *id =
        own ? g_strdup(item->file_id) : ident_mint(run->random, run->backlog->entries->len, is_taken, run);
    if (!mend_try(run, "duplicate-id", item, offset,
                  edit_set(draft->edit, "id", id, SCALAR_STRING, run->order, &cause), &cause))
        return;
    g_hash_table_add(run->taken, g_strdup(id));
    g_hash_table_add(run->named, (gpointer)item);
    draft->move_to = own ? NULL : path_for(run, item, id);
    g_free(draft->id);
    draft->id = g_strdup(id);
    twin->id = g_steal_pointer(&id);
    g_autofree char *other = policy_display(run->backlog->policy, oldest->item->path);
    g_autofree char *path = policy_display(run->backlog->policy, own ? item->path : draft->move_to);
    mend_say(run, "duplicate-id", item, offset, "the id %s stays with %s, %s; this one is %s now%s%s",
             item->id, other, why_younger(twin, oldest, item->id), twin->id, own ? "" : ", and its file ",
             own ? "" : path);
    drop_aliases(run, twin, oldest, draft);
}

/* A file that was moved by hand and not committed, or that nobody asked to mend, keeps its id. */
static void mend_twin(struct mend_run *run, struct twin *twin, const struct twin *oldest)
{
    const struct item *item = twin->item;
    const struct value *value = item_field(item, FIELD_ID);
    g_autofree char *other = policy_display(run->backlog->policy, oldest->item->path);

    if (mend_is_due(run, "duplicate-id", item) || (!item->readable && mend_is_wanted(run, item)))
        rename_twin(run, twin, oldest);
    else if (mend_is_wanted(run, oldest->item))
        mend_leave(run, "duplicate-id", item, value ? value->offset : 0, "name this one to give it a new id",
                   "the id %s stays with %s, %s", item->id, other, why_younger(twin, oldest, item->id));
}

gboolean mend_ids(struct mend_run *run, GError **error)
{
    g_autoptr(GPtrArray) groups = find_twins(run->backlog);

    if (!groups->len)
        return TRUE;
    if (!find_origins(run, groups, error))
        return FALSE;
    for (guint i = 0; i < groups->len; i++) {
        struct twins *twins = groups->pdata[i];
        twins->oldest = mend_oldest(twins->all, twins->id);
        for (guint j = 0; j < twins->all->len; j++)
            if (twins->all->pdata[j] != twins->oldest)
                mend_twin(run, twins->all->pdata[j], twins->oldest);
    }
    return mend_follow(run, groups, error);
}
