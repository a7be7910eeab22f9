#include "log_arguments.h"

#include "backlog.h"
#include "ident.h"
#include "repo_revision.h"

#include <string.h>

/* What words are held against, opened when it is first needed. */
struct reader {
    const struct policy *policy;
    struct backlog *backlog; /* of the work tree */
    struct repo *repo;
    GPtrArray *revisions;
    GPtrArray *ids;
    gboolean gone;
};

static gboolean open_backlog(struct reader *reader, GError **error)
{
    if (!reader->backlog)
        reader->backlog = backlog_open(reader->policy, NULL, error);
    return reader->backlog != NULL;
}

static gboolean open_repo(struct reader *reader, GError **error)
{
    if (!reader->repo)
        reader->repo = repo_open(reader->policy->root, error);
    return reader->repo != NULL;
}

static char *id_of(const struct reader *reader, const struct entry *entry, GError **error)
{
    if (entry->id)
        return g_strdup(entry->id);
    g_autofree char *path = policy_display(reader->policy, entry->path);
    g_set_error(error, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM,
                "%s: expected an id in the name, by which history follows a file", path);
    return NULL;
}

/* The id that a word names in the newest commit of what was asked for: there may be items that the work tree
 * lacks. NULL where there is none. */
static char *find_elsewhere(const struct reader *reader, const char *word)
{
    for (guint i = 0; i < reader->revisions->len; i++) {
        const char *revision = reader->revisions->pdata[i], *dots = strstr(revision, "..");
        const char *newest = dots ? dots + 2 + (dots[2] == '.') : revision;
        g_autoptr(Backlog) backlog =
            *newest == '^' ? NULL : backlog_open(reader->policy, *newest ? newest : "HEAD", NULL);
        const struct entry *entry = backlog ? backlog_find(backlog, word, NULL) : NULL;
        if (entry && entry->id)
            return g_strdup(entry->id);
    }
    return NULL;
}

/* Adds the item that word names, or, whole, that of one that is no longer there. */
static gboolean add_item(struct reader *reader, const char *word, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *lower = g_ascii_strdown(word, -1);

    if (!open_backlog(reader, error))
        return FALSE;
    const struct entry *entry = backlog_find(reader->backlog, word, &cause);
    char *id = entry ? id_of(reader, entry, error) : NULL;
    if (entry && !id)
        return FALSE;
    gboolean none = g_error_matches(cause, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM);
    if (none)
        id = find_elsewhere(reader, word);
    if (none && !id && ident_is_valid(lower)) {
        reader->gone = TRUE;
        id = g_steal_pointer(&lower);
    }
    if (id)
        g_ptr_array_add(reader->ids, id);
    else
        g_propagate_error(error, g_steal_pointer(&cause));
    return id != NULL;
}

/* Adds a word of which nobody said what it is. */
static gboolean add_word(struct reader *reader, const char *word, GError **error)
{
    if (!open_backlog(reader, error) || !open_repo(reader, error))
        return FALSE;
    enum revision_kind kind = repo_revision_kind(reader->repo, word);
    const struct entry *entry = kind == REVISION_NONE ? NULL : backlog_find(reader->backlog, word, NULL);
    if (entry && kind == REVISION_NAMED) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG,
                    "%s is a revision and an item; write \"%s --\" for the one, \"-- %s\" for the other",
                    word, word, word);
        return FALSE;
    }
    /* What looks like a range and is none is better told of as one, but for "../k7q2m-filter.md". */
    gboolean range = strstr(word, "..") && !strchr(word, '/');
    if (entry || (kind == REVISION_NONE && !range))
        return add_item(reader, word, error);
    g_ptr_array_add(reader->revisions, g_strdup(word));
    return TRUE;
}

static gboolean add_all(struct reader *reader, char **arguments, GError **error)
{
    gboolean dashed = g_strv_contains((const char *const *)arguments, "--"), behind = FALSE, good = TRUE;

    for (gsize i = 0; good && arguments[i]; i++) {
        if (!behind && strcmp(arguments[i], "--") == 0)
            behind = TRUE;
        else if (behind)
            good = add_item(reader, arguments[i], error);
        else if (dashed)
            g_ptr_array_add(reader->revisions, g_strdup(arguments[i]));
        else
            good = add_word(reader, arguments[i], error);
    }
    return good;
}

static char **take(GPtrArray *words)
{
    gboolean any = words->len > 0;

    g_ptr_array_add(words, NULL);
    char **taken = (char **)g_ptr_array_free(words, FALSE);
    if (!any)
        g_clear_pointer(&taken, g_strfreev);
    return taken;
}

gboolean log_arguments_read(struct context *context, char **arguments, struct log_arguments *read,
                            GError **error)
{
    struct reader reader = { .policy = context->policy };

    reader.revisions = g_ptr_array_new_with_free_func(g_free);
    reader.ids = g_ptr_array_new_with_free_func(g_free);
    gboolean good = add_all(&reader, arguments, error);
    backlog_free(reader.backlog);
    repo_close(reader.repo);
    read->revisions = take(reader.revisions);
    read->ids = take(reader.ids);
    read->gone = reader.gone;
    return good;
}

void log_arguments_clear(struct log_arguments *read)
{
    g_strfreev(read->revisions);
    g_strfreev(read->ids);
}
