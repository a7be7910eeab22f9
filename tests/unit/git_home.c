#include "git_home.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

void git_home_forget(const struct fixture *fixture)
{
    g_auto(GStrv) names = g_listenv();
    g_autofree char *home = fixture_path(fixture, "home");

    for (gsize i = 0; names[i]; i++)
        if (g_str_has_prefix(names[i], "GIT_"))
            g_unsetenv(names[i]);
    g_unsetenv("EMAIL");
    g_unsetenv("XDG_CONFIG_HOME");
    g_setenv("HOME", home, TRUE);
    g_setenv("GIT_CONFIG_NOSYSTEM", "1", TRUE);
    g_setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", TRUE);
    tzset();
    g_setenv("REFINE_NOW", "2026-11-21T09:00:00Z", TRUE);
}

int git_home_setup(void **state)
{
    int status = fixture_setup(state);
    const struct fixture *fixture = *state;

    git_home_forget(fixture);
    fixture_folder(fixture, "home");
    fixture_folder(fixture, "work");
    fixture_git(fixture, "-C", "work", "init", "-q", "-b", "main", NULL);
    return status;
}

int git_home_teardown(void **state)
{
    return fixture_teardown(state);
}

void git_home_set(const char *assignment)
{
    g_auto(GStrv) parts = g_strsplit(assignment, "=", 2);
    assert_non_null(parts[1]);
    g_setenv(parts[0], parts[1], TRUE);
}

void git_home_config(const struct fixture *fixture, const char *key, const char *value)
{
    fixture_git(fixture, "-C", "work", "config", key, value, NULL);
}

void git_home_append(const struct fixture *fixture, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename("home", name, NULL);
    g_autofree char *before = fixture_read(fixture, path);
    g_autofree char *after = g_strconcat(before ? before : "", text, NULL);
    fixture_write(fixture, path, after);
}

char *git_home_ask(const struct fixture *fixture, const char *word, ...)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_autofree char *work = fixture_path(fixture, "work");
    g_autofree char *output = NULL;
    int status = 0;
    va_list more;

    g_ptr_array_add(words, (gpointer) "git");
    va_start(more, word);
    for (const char *next = word; next; next = va_arg(more, const char *))
        g_ptr_array_add(words, (gpointer)next);
    va_end(more);
    g_ptr_array_add(words, NULL);
    assert_true(g_spawn_sync(work, (char **)words->pdata, NULL,
                             G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL,
                             &status, NULL));
    return status == 0 ? g_strdup(g_strchomp(output)) : NULL;
}

struct repo *git_home_open(const struct fixture *fixture)
{
    g_autofree char *work = fixture_path(fixture, "work");
    g_autoptr(GError) error = NULL;
    struct repo *repo = repo_open(work, &error);

    if (!repo)
        fail_msg("%s", error->message);
    return repo;
}
