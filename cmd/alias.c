#include "alias.h"

#include "command.h"
#include "external.h"
#include "repo_config.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECTION "refine.alias."

/* -- reading -- */

/* Of the repository of the current folder, or outside of any. */
static struct repo_config *open_config(struct repo *repo)
{
    return repo ? repo_config_open(repo, NULL) : repo_config_open_outside(NULL);
}

static struct repo *open_repo(void)
{
    g_autofree char *here = g_get_current_dir();
    return repo_open(here, NULL);
}

/* What git takes as the name of a setting. */
static gboolean may_be_alias(const char *name)
{
    for (const char *at = name; *at; at++)
        if (!g_ascii_isalnum(*at) && *at != '-')
            return FALSE;
    return g_ascii_isalpha(*name);
}

static char *find_in(const struct repo_config *config, const char *name)
{
    if (!config || !may_be_alias(name))
        return NULL;
    g_autofree char *folded = g_ascii_strdown(name, -1);
    g_autofree char *key = g_strconcat(SECTION, folded, NULL);
    return repo_config_text(config, key);
}

char *alias_find(const char *name)
{
    g_autoptr(Repo) repo = open_repo();
    g_autoptr(RepoConfig) config = open_config(repo);
    return find_in(config, name);
}

char **alias_names(void)
{
    g_autoptr(Repo) repo = open_repo();
    g_autoptr(RepoConfig) config = open_config(repo);
    return config ? repo_config_names(config, SECTION) : g_new0(char *, 1);
}

/* -- the shell -- */

/* Goes to the top of the work tree, and says where the user was as git does: "" or "docs/". */
static gboolean enter_top(GError **error)
{
    g_autoptr(Repo) repo = open_repo();
    g_autofree char *here = g_get_current_dir();
    g_autofree char *below = repo ? repo_relative(repo, here, "", NULL) : NULL;
    g_autofree char *prefix = below && *below ? g_strconcat(below, "/", NULL) : g_strdup("");

    if (below)
        g_setenv("GIT_PREFIX", prefix, TRUE);
    for (const char *at = prefix; *at; at++)
        if (*at == '/' && g_chdir("..") != 0) {
            g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot go to the top of the work tree");
            return FALSE;
        }
    return TRUE;
}

/* As git runs it: the words behind the alias follow the line. */
static gboolean run_line(const char *line, char *const *rest, GError **error)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_autofree char *script = *rest ? g_strconcat(line, " \"$@\"", NULL) : g_strdup(line);

    if (!enter_top(error))
        return FALSE;
    g_ptr_array_add(words, (gpointer) "-c");
    g_ptr_array_add(words, script);
    g_ptr_array_add(words, (gpointer)line);
    for (gsize i = 0; rest[i]; i++)
        g_ptr_array_add(words, rest[i]);
    g_ptr_array_add(words, NULL);
    return external_run("/bin/sh", (const char *const *)words->pdata, error) == 0;
}

/* -- expanding -- */

/* The first of trail's aliases is the one that was typed. */
static gboolean check_trail(const GPtrArray *trail, const char *name, GError **error)
{
    g_autoptr(GString) steps = g_string_new(NULL);
    gboolean again = FALSE;

    for (guint i = 0; i < trail->len; i++) {
        again = again || g_ascii_strcasecmp(trail->pdata[i], name) == 0;
        g_string_append_printf(steps, "%s -> ", (const char *)trail->pdata[i]);
    }
    if (again)
        usage_error(error,
                    "the alias %s never ends: %s%s; git config --show-origin " SECTION
                    "%s says where it is set",
                    (const char *)trail->pdata[0], steps->str, name, name);
    return !again;
}

/* The words in front of the rest; NULL with an error where the value has no words. */
static char **parse_words(const char *name, const char *value, char *const *rest, GError **error)
{
    g_auto(GStrv) words = NULL;
    g_autoptr(GError) cause = NULL;
    GStrvBuilder *builder = NULL;

    if (!g_shell_parse_argv(value, NULL, &words, &cause)) {
        gboolean blank = g_error_matches(cause, G_SHELL_ERROR, G_SHELL_ERROR_EMPTY_STRING);
        usage_error(error, "the alias %s: expected the words of a command, saw %s%s", name,
                    blank ? "none" : "a quote that is not closed: ", blank ? "" : value);
        return NULL;
    }
    builder = g_strv_builder_new();
    g_strv_builder_addv(builder, (const char **)words);
    g_strv_builder_addv(builder, (const char **)rest);
    char **all = g_strv_builder_end(builder);
    g_strv_builder_unref(builder);
    return all;
}

gboolean alias_expand(char ***arguments, GPtrArray *trail, gboolean *found, GError **error)
{
    const char *name = (*arguments)[0];
    g_autofree char *value = alias_find(name);

    *found = value != NULL;
    if (!value || !check_trail(trail, name, error))
        return FALSE;
    g_ptr_array_add(trail, g_strdup(name));
    g_strchug(value);
    if (*value == '!')
        return run_line(value + 1, *arguments + 1, error);
    char **words = parse_words(name, value, *arguments + 1, error);
    if (!words)
        return FALSE;
    g_strfreev(*arguments);
    *arguments = words;
    return TRUE;
}
