#include "mend_private.h"

#include "file.h"
#include "repo.h"
#include "vote_file.h"

#include <string.h>

/* -- who is meant -- */

/* A reference to an id that several files have. */
struct reference {
    const struct item *item;
    const struct value *value;
    const struct twins *twins;
    gboolean is_new; /* no commit has it */
    guint question;  /* of makers; G_MAXUINT: not asked */
};

struct following {
    struct mend_run *run;
    const GPtrArray *groups;
    GHashTable *by_id;   /* id -> struct twins, of which one got a new id */
    GHashTable *by_item; /* struct item -> struct twin */
    GArray *references;
    struct makers *makers;
    struct repo *repo; /* NULL: none */
};

/* The twins that were there in a commit. */
static GPtrArray *twins_in(const struct twins *twins, const struct walk_commit *commit)
{
    GPtrArray *there = g_ptr_array_new();

    for (guint i = 0; i < twins->all->len; i++) {
        struct twin *twin = twins->all->pdata[i];
        if (twin->origin && origins_leads(twin->origin, commit))
            g_ptr_array_add(there, twin);
    }
    return there;
}

/* Those that came with the commit itself; with a commit of NULL, those that no commit has. */
static GPtrArray *twins_of(const struct twins *twins, const struct walk_commit *commit)
{
    GPtrArray *of = g_ptr_array_new();

    for (guint i = 0; i < twins->all->len; i++)
        if (((struct twin *)twins->all->pdata[i])->origin == commit)
            g_ptr_array_add(of, twins->all->pdata[i]);
    return of;
}

/* The one of them that came along with the item at path: the only one, or the only one beside it. NULL where
 * that cannot be said. */
static struct twin *find_companion(const GPtrArray *along, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    struct twin *found = NULL;
    guint beside = 0;

    for (guint i = 0; i < along->len; i++) {
        struct twin *twin = along->pdata[i];
        g_autofree char *other = g_path_get_dirname(twin->item->path);
        if (strcmp(folder, other) != 0)
            continue;
        found = twin;
        beside++;
    }
    return along->len == 1 ? along->pdata[0] : beside == 1 ? found : NULL;
}

/* The twin that something made in a commit (NULL: in none yet) means: the older, unless that was not there,
 * or a younger one came along with the item at path (NULL: it came alone). */
static const struct twin *find_meant(const struct twins *twins, const struct walk_commit *commit,
                                     const char *path)
{
    g_autoptr(GPtrArray) there = commit ? twins_in(twins, commit) : g_ptr_array_new();
    g_autoptr(GPtrArray) along = path ? twins_of(twins, commit) : g_ptr_array_new();
    struct twin *companion = path ? find_companion(along, path) : NULL;

    if (companion)
        return companion;
    return there->len && !g_ptr_array_find(there, twins->oldest, NULL) ? mend_oldest(there, twins->id)
                                                                       : twins->oldest;
}

/* -- finding references -- */

gboolean mend_refers(GBytes *version, const char *key, const char *id)
{
    g_autoptr(Document) document = version ? document_new(version, NULL) : NULL;
    const struct node *node = document ? node_find(document->front->root, key) : NULL;

    if (node && node->kind == NODE_SCALAR)
        return strcmp(node->text, id) == 0;
    for (const struct node *entry = node ? node->first : NULL; entry; entry = entry->next)
        if (entry->kind == NODE_SCALAR && strcmp(entry->text, id) == 0)
            return TRUE;
    return FALSE;
}

/* Notes what must be known of the reference: whether a commit has it, and which one made it. */
static gboolean ask(struct following *following, struct reference *reference, GError **error)
{
    const char *root = following->run->backlog->policy->root;
    const struct item *item = reference->item;
    g_autofree char *path = NULL;
    g_autoptr(GBytes) bytes = NULL;
    GError *cause = NULL;

    if (following->repo && (path = repo_relative(following->repo, root, item->path, &cause)))
        bytes = repo_read_at(following->repo, "HEAD", path, &cause);
    if (cause) {
        g_propagate_error(error, cause);
        return FALSE;
    }
    reference->is_new = !mend_refers(bytes, reference->value->key, reference->twins->id);
    /* Of an item that is a twin itself the history by id tells nothing. */
    if (!reference->is_new && item->file_id && !g_hash_table_contains(following->by_item, item))
        reference->question =
            makers_ask(following->makers, item->file_id, reference->value->key, reference->twins->id);
    return TRUE;
}

static gboolean add_references(struct following *following, const struct item *item,
                               const struct value *value, GError **error)
{
    for (guint i = 0; i < value->count; i++) {
        struct reference reference = { item, value, g_hash_table_lookup(following->by_id, value->texts[i]),
                                       FALSE, G_MAXUINT };
        if (!reference.twins)
            continue;
        if (!ask(following, &reference, error))
            return FALSE;
        g_array_append_val(following->references, reference);
    }
    return TRUE;
}

static gboolean find_references(struct following *following, GError **error)
{
    for (guint i = 0; i < following->run->backlog->items->len; i++) {
        const struct item *item = following->run->backlog->items->pdata[i];
        for (guint j = 0; j < item->n_values; j++) {
            const struct value *value = &item->values[j];
            if (value->field && value->kind != NODE_MAP &&
                (value->field->kind == FIELD_REFERENCE || value->field->kind == FIELD_REFERENCES) &&
                !add_references(following, item, value, error))
                return FALSE;
        }
    }
    return TRUE;
}

/* -- letting them follow -- */

static const struct twin *resolve(const struct following *following, const struct reference *reference)
{
    const struct twin *own = g_hash_table_lookup(following->by_item, reference->item);
    const struct maker *maker =
        reference->question == G_MAXUINT ? NULL : makers_get(following->makers, reference->question);
    gboolean committed =
        following->run->origins && origins_has(following->run->origins, reference->item->path);

    if (reference->is_new)
        return committed ? reference->twins->oldest
                         : find_meant(reference->twins, NULL, reference->item->path);
    if (own)
        return find_meant(reference->twins, own->origin, reference->item->path);
    const struct walk_commit *commit = maker ? origins_commit(following->run->origins, maker->commit) : NULL;
    return commit ? find_meant(reference->twins, commit, maker->with_item ? reference->item->path : NULL)
                  : reference->twins->oldest;
}

static void follow(struct following *following, const struct reference *reference)
{
    struct mend_run *run = following->run;
    const struct twin *meant = resolve(following, reference);
    const struct value *value = reference->value;
    struct draft *draft = meant->id ? mend_draft(run, reference->item) : NULL;
    GError *cause = NULL;

    if (!draft)
        return;
    gboolean good = value->kind == NODE_SCALAR
                        ? edit_set(draft->edit, value->key, meant->id, SCALAR_STRING, run->order, &cause)
                        : edit_entry_set(draft->edit, value->key, reference->twins->id, meant->id, &cause);
    if (mend_try(run, "duplicate-id", reference->item, value->offset, good, &cause))
        mend_say(run, "duplicate-id", reference->item, value->offset, "%s: %s meant the one that is %s now",
                 value->key, reference->twins->id, meant->id);
}

/* -- votes -- */

struct vote_files {
    struct following *following;
    const struct twins *twins;
    GPtrArray *paths;
};

static gboolean visit(const char *path, gboolean is_folder, gpointer data)
{
    struct vote_files *votes = data;
    if (!is_folder)
        g_ptr_array_add(votes->paths, g_strdup(path));
    return TRUE;
}

static void trouble(const char *path, const char *message, gpointer data)
{
    struct vote_files *votes = data;
    mend_leave(votes->following->run, "duplicate-id", votes->twins->oldest->item, 0,
               "make the folder readable", "the votes in %s cannot be read: %s", path, message);
}

/* The digest of a sealed vote is over the id: under another it would be nobody's. */
static gboolean is_sealed(GBytes *bytes)
{
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);
    return length >= 6 && memcmp(text, "sealed", 6) == 0;
}

/* An open vote as it is on the item with the new id, whose id stands in it. */
static GBytes *vote_for(const char *id, const char *name, GBytes *bytes)
{
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);
    g_autofree char *line = length ? g_strndup(text, lines_end(text, length, 0)) : g_strdup("");
    g_autofree char *value = vote_parse_open(line, NULL);
    g_autofree char *who = NULL;
    guint round;

    if (!vote_parse_name(name, &round, &who))
        return g_bytes_ref(bytes);
    return who ? vote_print_open(id, round, who, value) : vote_print_end(id, round);
}

static void move_vote(struct mend_run *run, const struct twin *twin, const char *path, GBytes *bytes)
{
    g_autofree char *name = g_path_get_basename(path), *words = g_strdup_printf("vote %s moved here", name);
    g_autoptr(GBytes) after = vote_for(twin->id, name, bytes);
    struct draft *draft = draft_file(run->backlog, twin->id, path, bytes, after, words);

    draft->move_to = g_build_filename(run->backlog->policy->folder, "votes", twin->id, name, NULL);
    g_hash_table_insert(run->drafts, g_strdup(path), draft);
    g_autofree char *from = policy_display(run->backlog->policy, path);
    g_autofree char *to = policy_display(run->backlog->policy, draft->move_to);
    mend_say(run, "duplicate-id", twin->item, 0, "the vote %s was cast on this one, and is moved to %s", from,
             to);
}

static gboolean follow_vote(const struct vote_files *votes, const char *path, GError **error)
{
    struct mend_run *run = votes->following->run;
    GError *cause = NULL;
    const struct walk_commit *commit = run->origins ? origins_find_file(run->origins, path, &cause) : NULL;
    const struct twin *meant = find_meant(votes->twins, commit, NULL);

    if (cause) {
        g_propagate_error(error, cause);
        return FALSE;
    }
    g_autofree char *shown = policy_display(run->backlog->policy, path);
    g_autoptr(GBytes) bytes = meant->id ? file_read(run->backlog->root, path, NULL) : NULL;
    if (bytes && is_sealed(bytes))
        mend_leave(run, "duplicate-id", meant->item, 0, "remove it, and vote again",
                   "the vote %s was cast on this one, and is sealed for the id %s", shown, votes->twins->id);
    else if (bytes)
        move_vote(run, meant, path, bytes);
    return TRUE;
}

static gboolean follow_votes(struct following *following, const struct twins *twins, GError **error)
{
    const struct policy *policy = following->run->backlog->policy;
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *folder = g_build_filename(policy->folder, "votes", twins->id, NULL);
    struct vote_files votes = { following, twins, paths };
    const struct file_visitor visitor = { visit, trouble, &votes };

    if (!file_walk(following->run->backlog->root, folder, &visitor, NULL))
        return TRUE;
    for (guint i = 0; i < paths->len; i++)
        if (!follow_vote(&votes, paths->pdata[i], error))
            return FALSE;
    return TRUE;
}

/* -- prose -- */

static gboolean is_word(char c)
{
    return g_ascii_isalnum(c) || (guchar)c >= 0x80;
}

/* What people wrote about an id is theirs: nobody but they know which of the items they meant. */
static void find_mentions(struct mend_run *run, const struct item *item, const struct twins *twins)
{
    const struct entry *entry = backlog_entry(run->backlog, item->path);
    g_autoptr(GBytes) bytes = backlog_read(run->backlog, entry, NULL);
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;
    gsize length = strlen(twins->id);

    if (!document)
        return;
    const char *text = document->text, *end = text + document->length;
    for (const char *at = text + document->front->body; (gsize)(end - at) >= length; at++) {
        at = memmem(at, (gsize)(end - at), twins->id, length);
        if (!at)
            return;
        if ((at > text && is_word(at[-1])) || (at + length < end && is_word(at[length])))
            continue;
        mend_leave(run, "duplicate-id", item, (gsize)(at - text),
                   "change it, if it means one that has a new id", "the text speaks of %s", twins->id);
    }
}

static void find_all_mentions(struct following *following)
{
    GHashTableIter iter;
    gpointer twins;

    g_hash_table_iter_init(&iter, following->by_id);
    while (g_hash_table_iter_next(&iter, NULL, &twins))
        for (guint i = 0; i < following->run->backlog->items->len; i++) {
            const struct item *item = following->run->backlog->items->pdata[i];
            if (item != ((struct twins *)twins)->oldest->item)
                find_mentions(following->run, item, twins);
        }
}

/* -- */

static void note_groups(struct following *following)
{
    for (guint i = 0; i < following->groups->len; i++) {
        struct twins *twins = following->groups->pdata[i];
        gboolean changes = FALSE;
        for (guint j = 0; j < twins->all->len; j++) {
            struct twin *twin = twins->all->pdata[j];
            g_hash_table_insert(following->by_item, (gpointer)twin->item, twin);
            changes = changes || twin->id;
        }
        if (changes)
            g_hash_table_insert(following->by_id, (gpointer)twins->id, twins);
    }
}

gboolean mend_follow(struct mend_run *run, const GPtrArray *groups, GError **error)
{
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) by_item = g_hash_table_new(NULL, NULL);
    g_autoptr(GArray) references = g_array_new(FALSE, FALSE, sizeof(struct reference));
    g_autoptr(Makers) makers = makers_new();
    g_autoptr(Repo) repo = run->origins ? repo_open(run->backlog->policy->root, error) : NULL;
    struct following following = { run, groups, by_id, by_item, references, makers, repo };

    if (run->origins && !repo)
        return FALSE;
    note_groups(&following);
    if (!find_references(&following, error) || !makers_answer(makers, run->backlog->policy, error))
        return FALSE;
    for (guint i = 0; i < references->len; i++)
        follow(&following, &g_array_index(references, struct reference, i));
    for (guint i = 0; i < groups->len; i++) {
        const struct twins *twins = groups->pdata[i];
        if (g_hash_table_contains(by_id, twins->id) && !follow_votes(&following, twins, error))
            return FALSE;
    }
    find_all_mentions(&following);
    return TRUE;
}
