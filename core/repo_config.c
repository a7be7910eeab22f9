#include "repo_config.h"

#include "repo_private.h"

#include <git2.h>
#include <git2/sys/repository.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

/* A key alone, which is true, is kept as this. */
#define IMPLIED "true"

struct repo_config {
    git_config *files;
    GPtrArray *keys;   /* of what came with this call, as canonical has them */
    GPtrArray *values; /* of the same */
};

/* -- what came with this call -- */

/* Section and name are the same in either case, what may stand between them is not. */
static char *canonical(const char *key)
{
    char *copy = g_strdup(key);
    const char *first = strchr(key, '.'), *last = strrchr(key, '.');
    for (char *at = copy; *at; at++)
        if (!first || at - copy < first - key || at - copy > last - key)
            *at = g_ascii_tolower(*at);
    return copy;
}

static void add_pair(struct repo_config *config, const char *key, const char *value)
{
    g_ptr_array_add(config->keys, canonical(key));
    g_ptr_array_add(config->values, g_strdup(value));
}

static gboolean refuse(GError **error, const char *variable)
{
    g_set_error(error, REPO_ERROR, REPO_ERROR_READ, "%s in the environment is not as git writes it",
                variable);
    return FALSE;
}

static gboolean add_counted(struct repo_config *config, GError **error)
{
    const char *text = g_getenv("GIT_CONFIG_COUNT");
    guint64 count = 0;

    if (!text || !*text)
        return TRUE;
    if (!g_ascii_string_to_unsigned(text, 10, 0, G_MAXINT, &count, NULL))
        return refuse(error, "GIT_CONFIG_COUNT");
    for (guint64 i = 0; i < count; i++) {
        g_autofree char *key = g_strdup_printf("GIT_CONFIG_KEY_%" G_GUINT64_FORMAT, i);
        g_autofree char *value = g_strdup_printf("GIT_CONFIG_VALUE_%" G_GUINT64_FORMAT, i);
        if (!g_getenv(key) || !strchr(g_getenv(key), '.'))
            return refuse(error, key);
        if (!g_getenv(value))
            return refuse(error, value);
        add_pair(config, g_getenv(key), g_getenv(value));
    }
    return TRUE;
}

/* A word in single quotes, in which '\'' and '\!' stand for ' and !; NULL where there is none. */
static char *take_quoted(const char **at)
{
    g_autoptr(GString) word = g_string_new(NULL);
    const char *next = *at, *end;

    for (; *next == '\'' && (end = strchr(next + 1, '\'')); next = end + 3) {
        g_string_append_len(word, next + 1, end - next - 1);
        if (end[1] != '\\' || (end[2] != '\'' && end[2] != '!')) {
            *at = end + 1;
            return g_strdup(word->str);
        }
        g_string_append_c(word, end[2]);
    }
    return NULL;
}

/* What `git -c` hands on: 'KEY'='VALUE', 'KEY'= for a key alone, or as it was before git 2.31 'KEY=VALUE'. */
static gboolean add_parameters(struct repo_config *config, GError **error)
{
    const char *at = g_getenv("GIT_CONFIG_PARAMETERS");

    while (at && *(at += strspn(at, " "))) {
        g_autofree char *key = take_quoted(&at), *value = NULL;
        if (!key)
            return refuse(error, "GIT_CONFIG_PARAMETERS");
        char *equals = strchr(key, '=');
        if (*at == '=') {
            at++;
            value = *at == '\'' ? take_quoted(&at) : g_strdup(IMPLIED);
        } else {
            value = g_strdup(equals ? equals + 1 : IMPLIED);
            if (equals)
                *equals = '\0';
        }
        if (!value || (*at && *at != ' ') || !strchr(key, '.'))
            return refuse(error, "GIT_CONFIG_PARAMETERS");
        add_pair(config, key, value);
    }
    return TRUE;
}

/* -- files -- */

static gboolean is_on(const char *variable)
{
    int on = 0;
    const char *text = g_getenv(variable);
    return text && git_config_parse_bool(&on, text) == 0 && on;
}

/* Adds the file, where it is there and may be read. */
static gboolean add_file(git_config *files, const char *path, git_config_level_t level, git_repository *git,
                         GError **error)
{
    if (access(path, R_OK) != 0 || git_config_add_file_ondisk(files, path, level, git, FALSE) == 0)
        return TRUE;
    return repo_fail(error, REPO_ERROR_READ, path);
}

static gboolean add_found(git_config *files, int (*find)(git_buf *), git_config_level_t level,
                          git_repository *git, GError **error)
{
    git_buf path = GIT_BUF_INIT;
    gboolean good = find(&path) < 0 || add_file(files, path.ptr, level, git, error);
    git_buf_dispose(&path);
    return good;
}

/* What is the same for all repositories; git, which may be NULL, is the one that conditions ask about. */
static gboolean add_outside(git_config *files, git_repository *git, GError **error)
{
    const char *system = g_getenv("GIT_CONFIG_SYSTEM"), *global = g_getenv("GIT_CONFIG_GLOBAL");

    if (!is_on("GIT_CONFIG_NOSYSTEM") &&
        !(system ? add_file(files, system, GIT_CONFIG_LEVEL_SYSTEM, git, error)
                 : add_found(files, git_config_find_system, GIT_CONFIG_LEVEL_SYSTEM, git, error)))
        return FALSE;
    if (global)
        return add_file(files, global, GIT_CONFIG_LEVEL_GLOBAL, git, error);
    return add_found(files, git_config_find_xdg, GIT_CONFIG_LEVEL_XDG, git, error) &&
           add_found(files, git_config_find_global, GIT_CONFIG_LEVEL_GLOBAL, git, error);
}

static gboolean add_inside(git_config *files, git_repository *git, GError **error)
{
    g_autofree char *local = g_build_filename(git_repository_commondir(git), "config", NULL);
    g_autofree char *own = g_build_filename(git_repository_path(git), "config.worktree", NULL);
    int has_own = 0;

    if (!add_file(files, local, GIT_CONFIG_LEVEL_LOCAL, git, error))
        return FALSE;
    if (git_config_get_bool(&has_own, files, "extensions.worktreeconfig") < 0 || !has_own)
        return TRUE;
    return add_file(files, own, GIT_CONFIG_LEVEL_APP, git, error);
}

static git_config *open_files(git_repository *git, gboolean inside, GError **error)
{
    git_config *files = NULL;

    if (git_config_new(&files) < 0)
        repo_fail(error, REPO_ERROR_READ, "cannot read git's settings");
    else if (add_outside(files, git, error) && (!inside || add_inside(files, git, error)))
        return files;
    git_config_free(files);
    return NULL;
}

static struct repo_config *open_config(git_repository *git, gboolean inside, GError **error)
{
    if (git_libgit2_init() < 0) {
        repo_fail(error, REPO_ERROR_READ, "cannot start libgit2");
        return NULL;
    }
    g_autoptr(RepoConfig) config = g_new0(struct repo_config, 1);
    config->keys = g_ptr_array_new_with_free_func(g_free);
    config->values = g_ptr_array_new_with_free_func(g_free);
    config->files = open_files(git, inside, error);
    if (!config->files || !add_counted(config, error) || !add_parameters(config, error))
        return NULL;
    return g_steal_pointer(&config);
}

struct repo_config *repo_config_open(struct repo *repo, GError **error)
{
    return open_config(repo->git, TRUE, error);
}

struct repo_config *repo_config_open_outside(GError **error)
{
    return open_config(NULL, FALSE, error);
}

void repo_config_close(struct repo_config *config)
{
    if (!config)
        return;
    git_config_free(config->files);
    git_libgit2_shutdown();
    g_ptr_array_unref(config->keys);
    g_ptr_array_unref(config->values);
    g_free(config);
}

gboolean repo_config_apply(struct repo *repo, GError **error)
{
    if (!g_getenv("GIT_CONFIG_SYSTEM") && !g_getenv("GIT_CONFIG_NOSYSTEM") && !g_getenv("GIT_CONFIG_GLOBAL"))
        return TRUE;
    git_config *files = open_files(repo->git, TRUE, error);
    if (!files)
        return FALSE;
    gboolean good = git_repository_set_config(repo->git, files) == 0 ||
                    repo_fail(error, REPO_ERROR_OPEN, "cannot use git's settings");
    git_config_free(files);
    return good;
}

/* -- values -- */

char **repo_config_texts(const struct repo_config *config, const char *key)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    git_config_iterator *iterator = NULL;
    git_config_entry *entry;

    if (git_config_multivar_iterator_new(&iterator, config->files, key, NULL) == 0)
        while (git_config_next(&entry, iterator) == 0)
            g_ptr_array_add(texts, g_strdup(entry->value ? entry->value : IMPLIED));
    git_config_iterator_free(iterator);
    for (guint i = 0; i < config->keys->len; i++)
        if (strcmp(config->keys->pdata[i], key) == 0)
            g_ptr_array_add(texts, g_strdup(config->values->pdata[i]));
    g_ptr_array_add(texts, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&texts), FALSE);
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_name(GPtrArray *names, const char *key, const char *prefix)
{
    const char *name = g_str_has_prefix(key, prefix) ? key + strlen(prefix) : "";
    if (*name && !g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
        g_ptr_array_add(names, g_strdup(name));
}

char **repo_config_names(const struct repo_config *config, const char *prefix)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    git_config_iterator *iterator = NULL;
    git_config_entry *entry;

    if (git_config_iterator_new(&iterator, config->files) == 0)
        while (git_config_next(&entry, iterator) == 0)
            add_name(names, entry->name, prefix);
    git_config_iterator_free(iterator);
    for (guint i = 0; i < config->keys->len; i++)
        add_name(names, config->keys->pdata[i], prefix);
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}

char *repo_config_text(const struct repo_config *config, const char *key)
{
    git_config_entry *entry = NULL;
    char *text = NULL;

    for (guint i = config->keys->len; i > 0; i--)
        if (strcmp(config->keys->pdata[i - 1], key) == 0)
            return g_strdup(config->values->pdata[i - 1]);
    if (git_config_get_entry(&entry, config->files, key) == 0)
        text = g_strdup(entry->value ? entry->value : IMPLIED);
    git_config_entry_free(entry);
    return text;
}

char *repo_config_expand(const char *path)
{
    gsize length = strcspn(path, "/");
    g_autofree char *user = g_strndup(path, length);

    if (*path != '~')
        return g_strdup(path);
    const struct passwd *entry = length > 1 ? getpwnam(user + 1) : NULL;
    const char *home = length > 1 ? (entry ? entry->pw_dir : NULL) : g_getenv("HOME");
    return home ? g_strconcat(home, path + length, NULL) : NULL;
}

char *repo_config_path(const struct repo_config *config, const char *key)
{
    g_autofree char *text = repo_config_text(config, key);
    return text ? repo_config_expand(text) : NULL;
}

gboolean repo_config_bool(const struct repo_config *config, const char *key, gboolean fallback,
                          gboolean *value, GError **error)
{
    g_autofree char *text = repo_config_text(config, key);
    int parsed = fallback;

    if (text && git_config_parse_bool(&parsed, text) < 0) {
        g_set_error(error, REPO_ERROR, REPO_ERROR_READ,
                    "git's setting %s: expected true or false, saw \"%s\"", key, text);
        return FALSE;
    }
    *value = parsed != 0;
    return TRUE;
}

char *repo_config_read(struct repo *repo, const char *key)
{
    g_autoptr(RepoConfig) config = repo ? repo_config_open(repo, NULL) : repo_config_open_outside(NULL);
    g_autofree char *text = config ? repo_config_text(config, key) : NULL;
    return text && *text ? g_steal_pointer(&text) : NULL;
}
