#include "fixture.h"

#include "file.h"
#include "rules.h"

#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* Who owns nothing, where a test must have fewer rights than root. */
#define NOBODY 65534

int fixture_setup(void **state)
{
    g_autofree char *made = g_build_filename(g_get_tmp_dir(), "refine-unit-XXXXXX", NULL);
    struct fixture *fixture = g_new0(struct fixture, 1);

    assert_non_null(g_mkdtemp(made));
    char *real = realpath(made, NULL);
    assert_non_null(real);
    fixture->root = g_strdup(real);
    free(real);
    fixture->descriptor = open(fixture->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(fixture->descriptor >= 0);
    *state = fixture;
    return 0;
}

static int open_up(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    if (S_ISDIR(status->st_mode))
        chmod(path, 0700);
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    return remove(path);
}

int fixture_teardown(void **state)
{
    struct fixture *fixture = *state;

    fixture_regain_rights();
    backlog_free(fixture->backlog);
    policy_free(fixture->policy);
    close(fixture->descriptor);
    nftw(fixture->root, open_up, 16, FTW_PHYS);
    int left = nftw(fixture->root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    g_free(fixture->root);
    g_free(fixture);
    return left;
}

/* -- files -- */

char *fixture_path(const struct fixture *fixture, const char *path)
{
    return *path ? g_build_filename(fixture->root, path, NULL) : g_strdup(fixture->root);
}

void fixture_folder(const struct fixture *fixture, const char *path)
{
    g_autofree char *full = fixture_path(fixture, path);
    assert_return_code(g_mkdir_with_parents(full, 0755), 0);
}

void fixture_write_bytes(const struct fixture *fixture, const char *path, const char *bytes, gsize length)
{
    g_autofree char *full = fixture_path(fixture, path), *folder = g_path_get_dirname(full);

    assert_return_code(g_mkdir_with_parents(folder, 0755), 0);
    /* In place, as an editor may. */
    int file = open(full, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, length), length);
    close(file);
}

void fixture_write(const struct fixture *fixture, const char *path, const char *text)
{
    fixture_write_bytes(fixture, path, text, strlen(text));
}

void fixture_link(const struct fixture *fixture, const char *target, const char *path)
{
    g_autofree char *full = fixture_path(fixture, path);
    assert_return_code(symlink(target, full), 0);
}

char *fixture_read(const struct fixture *fixture, const char *path)
{
    g_autofree char *full = fixture_path(fixture, path);
    char *text = NULL;
    return g_file_get_contents(full, &text, NULL, NULL) ? text : NULL;
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char *fixture_names(const struct fixture *fixture, const char *folder)
{
    g_autofree char *full = fixture_path(fixture, folder);
    g_autoptr(GDir) entries = g_dir_open(full, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    assert_non_null(entries);
    for (const char *name; (name = g_dir_read_name(entries));)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, by_name);
    g_ptr_array_add(names, NULL);
    return g_strjoinv(" ", (char **)names->pdata);
}

/* -- core -- */

const struct policy *fixture_policy(struct fixture *fixture, const char *text)
{
    g_autoptr(GBytes) bytes = text ? g_bytes_new(text, strlen(text)) : NULL;

    g_clear_pointer(&fixture->backlog, backlog_free);
    g_clear_pointer(&fixture->policy, policy_free);
    fixture->policy = policy_new(fixture->root, fixture->root, bytes);
    return fixture->policy;
}

/* The severity that words give a rule: "off" where they do not name it, NULL where they name it alone. */
static const char *severity_in(char **words, const char *rule)
{
    gsize length = strlen(rule);

    for (gsize i = 0; words[i]; i++)
        if (strncmp(words[i], rule, length) == 0 && (words[i][length] == '\0' || words[i][length] == '='))
            return words[i][length] ? words[i] + length + 1 : NULL;
    return "off";
}

char *fixture_rules_off(const char *but)
{
    g_auto(GStrv) words = g_strsplit(but, " ", -1);
    GString *all = g_string_new(NULL);

    for (guint i = 0; i < rule_count(); i++) {
        const struct rule *rule = rule_at(i);
        const char *severity = severity_in(words, rule->name);
        if (severity && (rule->reach != RULE_ANY || strcmp(severity, "off") != 0))
            g_string_append_printf(all, "  %s: %s\n", rule->name, severity);
    }
    return g_string_free(all, FALSE);
}

const struct policy *fixture_policy_without_rules(struct fixture *fixture, const char *but, const char *text)
{
    g_autofree char *rules = fixture_rules_off(but),
                    *all = g_strconcat(text ? text : "", "rules:\n", rules, NULL);
    return fixture_policy(fixture, all);
}

struct backlog *fixture_backlog(struct fixture *fixture)
{
    g_autoptr(GError) error = NULL;

    if (!fixture->policy)
        fixture_policy(fixture, NULL);
    g_clear_pointer(&fixture->backlog, backlog_free);
    fixture->backlog = backlog_open(fixture->policy, NULL, &error);
    if (!fixture->backlog)
        fail_msg("%s", error->message);
    return fixture->backlog;
}

struct backlog *fixture_loaded(struct fixture *fixture)
{
    struct backlog *backlog = fixture_backlog(fixture);
    backlog_load(backlog);
    return backlog;
}

const struct entry *fixture_entry(const struct fixture *fixture, const char *path)
{
    const struct entry *entry = backlog_entry(fixture->backlog, path);
    if (!entry)
        fail_msg("there is no entry at %s", path);
    return entry;
}

struct document *fixture_document(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    return document_new(bytes, NULL);
}

/* -- the world outside -- */

void fixture_git(const struct fixture *fixture, const char *word, ...)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_auto(GStrv) environment = g_get_environ();
    g_autofree char *output = NULL;
    int status = 0;
    va_list more;

    g_ptr_array_add(words, (gpointer) "git");
    va_start(more, word);
    for (const char *next = word; next; next = va_arg(more, const char *))
        g_ptr_array_add(words, (gpointer)next);
    va_end(more);
    g_ptr_array_add(words, NULL);
    static const char *const settings[][2] = {
        { "GIT_CONFIG_NOSYSTEM", "1" },
        { "GIT_CONFIG_GLOBAL", "/dev/null" },
        { "GIT_AUTHOR_NAME", "Ana Silva" },
        { "GIT_AUTHOR_EMAIL", "ana@example.com" },
        { "GIT_AUTHOR_DATE", "2026-11-21T09:00:00Z" },
        { "GIT_COMMITTER_NAME", "Ana Silva" },
        { "GIT_COMMITTER_EMAIL", "ana@example.com" },
        { "GIT_COMMITTER_DATE", "2026-11-21T09:00:00Z" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++)
        environment = g_environ_setenv(environment, settings[i][0], settings[i][1], TRUE);
    environment = g_environ_unsetenv(environment, "GIT_DIR");
    assert_true(g_spawn_sync(fixture->root, (char **)words->pdata, environment,
                             G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL,
                             &status, NULL));
    if (status != 0)
        fail_msg("git %s failed", word);
}

static int hand_over(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    return lchown(path, NOBODY, (gid_t)-1);
}

gboolean fixture_drop_rights(const struct fixture *fixture)
{
    if (geteuid() != 0)
        return TRUE;
    return nftw(fixture->root, hand_over, 16, FTW_PHYS) == 0 && seteuid(NOBODY) == 0;
}

void fixture_regain_rights(void)
{
    if (getuid() == 0 && geteuid() != 0)
        assert_return_code(seteuid(0), 0);
}

gboolean fixture_says(const char *message, const char *text)
{
    if (message && strstr(message, text))
        return TRUE;
    print_error("expected \"%s\", saw \"%s\"\n", text, message ? message : "nothing");
    return FALSE;
}
