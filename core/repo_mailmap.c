#include "repo_mailmap.h"

#include "file.h"
#include "repo_config.h"
#include "repo_private.h"

#include <git2.h>
#include <glib/gstdio.h>
#include <string.h>

/* What someone goes by; either can be NULL, which is unchanged. */
struct person {
    char *name, *email;
};

struct mailmap {
    GHashTable *persons; /* by what make_key gives */
};

static void free_person(gpointer data)
{
    struct person *person = data;
    g_free(person->name);
    g_free(person->email);
    g_free(person);
}

/* git compares without regard to case. Without a name, the key of all who have the address. */
static char *make_key(const char *email, const char *name)
{
    g_autofree char *whole = g_strconcat(email, name ? "\n" : NULL, name, NULL);
    return g_ascii_strdown(whole, -1);
}

/* -- reading -- */

/* Takes "Name <email>" off the beginning of *at; *name is NULL where there is none. FALSE where there is no
 * address, of which an empty one is none unless may_be_empty. */
static gboolean take_person(const char **at, gboolean may_be_empty, char **name, char **email)
{
    const char *open = strchr(*at, '<'), *close = open ? strchr(open, '>') : NULL;

    if (!close || (close == open + 1 && !may_be_empty))
        return FALSE;
    *name = g_strstrip(g_strndup(*at, (gsize)(open - *at)));
    *email = g_strndup(open + 1, (gsize)(close - open - 1));
    if (**name == '\0')
        g_clear_pointer(name, g_free);
    *at = close + 1;
    return TRUE;
}

/* "New name <new address> Old name <old address>", of which all but one address can be left out. */
static void add_line(struct mailmap *mailmap, const char *line)
{
    g_autofree char *name = NULL, *email = NULL, *old_name = NULL, *old_email = NULL;

    if (*line == '#' || !take_person(&line, FALSE, &name, &email))
        return;
    if (!take_person(&line, TRUE, &old_name, &old_email))
        old_email = g_steal_pointer(&email);
    g_autofree char *key = make_key(old_email, old_name);
    struct person *person = g_hash_table_lookup(mailmap->persons, key);
    if (!person || old_name) {
        person = g_new0(struct person, 1);
        g_hash_table_replace(mailmap->persons, g_strdup(key), person);
    }
    /* Lines of the same address alone add up. */
    if (name) {
        g_free(person->name);
        person->name = g_steal_pointer(&name);
    }
    if (email) {
        g_free(person->email);
        person->email = g_steal_pointer(&email);
    }
}

static void add_text(struct mailmap *mailmap, GBytes *bytes)
{
    gsize length = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    g_autofree char *copy = g_strndup(data ? data : "", length);
    g_auto(GStrv) lines = g_strsplit(copy, "\n", -1);

    for (gsize i = 0; lines[i]; i++)
        add_line(mailmap, lines[i]);
}

/* What the tree holds could be a link that leads anywhere. */
static void add_below(struct mailmap *mailmap, const char *top, const char *path)
{
    int root = file_open_root(top, NULL);
    if (root < 0)
        return;
    g_autoptr(GBytes) bytes = file_read(root, path, NULL);
    g_close(root, NULL);
    add_text(mailmap, bytes);
}

static void add_object(struct mailmap *mailmap, struct repo *repo, const char *name)
{
    git_object *object = NULL;

    if (git_revparse_single(&object, repo->git, name) == 0 && git_object_type(object) == GIT_OBJECT_BLOB) {
        g_autoptr(GBytes) bytes = repo_read(repo, git_oid_tostr_s(git_object_id(object)), NULL);
        add_text(mailmap, bytes);
    }
    git_object_free(object);
}

/* The user's own file may stand anywhere, and be a link. */
static void add_file(struct mailmap *mailmap, const char *top, const char *path)
{
    g_autofree char *data = NULL;
    gsize length = 0;

    if (!g_path_is_absolute(path)) {
        add_below(mailmap, top, path);
    } else if (g_file_get_contents(path, &data, &length, NULL) && length <= FILE_LIMIT) {
        g_autoptr(GBytes) bytes = g_bytes_new(data, length);
        add_text(mailmap, bytes);
    }
}

struct mailmap *mailmap_open(struct repo *repo)
{
    const char *top = git_repository_workdir(repo->git);
    g_autoptr(RepoConfig) config = repo_config_open(repo, NULL);
    g_autofree char *blob = config ? repo_config_text(config, "mailmap.blob") : NULL;
    g_autofree char *file = config ? repo_config_path(config, "mailmap.file") : NULL;
    struct mailmap *mailmap = g_new0(struct mailmap, 1);

    mailmap->persons = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_person);
    if (top)
        add_below(mailmap, top, ".mailmap");
    if (blob || !top)
        add_object(mailmap, repo, blob ? blob : "HEAD:.mailmap");
    if (file)
        add_file(mailmap, top ? top : git_repository_path(repo->git), file);
    return mailmap;
}

void mailmap_free(struct mailmap *mailmap)
{
    if (!mailmap)
        return;
    g_hash_table_unref(mailmap->persons);
    g_free(mailmap);
}

/* -- */

void mailmap_resolve(const struct mailmap *mailmap, const char **name, const char **email)
{
    g_autofree char *exact = make_key(*email, *name), *any = make_key(*email, NULL);
    const struct person *person = g_hash_table_lookup(mailmap->persons, exact);

    if (!person)
        person = g_hash_table_lookup(mailmap->persons, any);
    if (person && person->name)
        *name = person->name;
    if (person && person->email)
        *email = person->email;
}
