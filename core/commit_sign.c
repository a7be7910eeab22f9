#include "commit_sign.h"

#include "commit.h"
#include "repo_config.h"
#include "repo_private.h"

#include <errno.h>
#include <fcntl.h>
#include <git2.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* What is needed to sign. */
struct signing {
    const struct repo_config *config;
    const char *payload; /* a file */
    const struct identity *committer;
    const char *folder;
    const char *top; /* of the work tree, where programs run as git runs them */
    char *program;
    char *key; /* user.signingKey; NULL: not set */
};

/* The last line of what a program said that is for people; newly allocated. */
static char *last_line(const char *said)
{
    g_auto(GStrv) lines = g_strsplit_set(said ? said : "", "\r\n", -1);

    for (guint i = g_strv_length(lines); i > 0; i--)
        if (*g_strstrip(lines[i - 1]) && !g_str_has_prefix(lines[i - 1], "[GNUPG:]"))
            return g_utf8_make_valid(lines[i - 1], -1);
    return g_strdup("made no signature");
}

static gboolean refuse(GError **error, const char *program, const char *said)
{
    g_autofree char *line = last_line(said), *name = g_path_get_basename(program);
    gboolean names_itself = g_str_has_prefix(line, name) && line[strlen(name)] == ':';

    g_set_error(error, COMMIT_ERROR, COMMIT_ERROR_REFUSED,
                "the decision could not be signed, so nothing was recorded: %s%s%s; "
                "git config commit.gpgSign false turns signing off",
                names_itself ? "" : program, names_itself ? "" : ": ", line);
    return FALSE;
}

static gboolean write_private(const char *path, const char *text, GError **error)
{
    g_autoptr(GError) cause = NULL;

    if (g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &cause))
        return TRUE;
    return refuse(error, path, cause->message);
}

/* In the program, before it begins: what it reads, and the default of SIGPIPE, which we ignore. */
static void prepare_child(gpointer data)
{
    sigset_t none;

    signal(SIGPIPE, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    dup2(*(const int *)data, STDIN_FILENO);
}

/* Runs a program in the folder top that reads the file, and gives what it prints. FALSE with an error only
 * where it does not start. */
static gboolean run(const char *top, const char *const *arguments, const char *file, char **out, char **err,
                    gboolean *done, GError **error)
{
    g_autoptr(GError) cause = NULL;
    int status = 0, input = open(file, O_RDONLY | O_CLOEXEC);

    if (input < 0)
        return refuse(error, file, g_strerror(errno));
    gboolean started = g_spawn_sync(top, (char **)(gpointer)arguments, NULL,
                                    G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN, prepare_child, &input,
                                    out, err, &status, &cause);
    close(input);
    *done = started && g_spawn_check_wait_status(status, NULL);
    return started || refuse(error, arguments[0], cause->message);
}

/* -- OpenPGP and X.509 -- */

/* gpg says on its status lines whether it signed: an exit status of 0 is not enough for git, nor for us. */
static gboolean sign_with_gpg(const struct signing *signing, char **signature, GError **error)
{
    g_autofree char *who = identity_print(signing->committer);
    const char *arguments[] = { signing->program, "--status-fd=2", "-bsau", signing->key ? signing->key : who,
                                NULL };
    g_autofree char *out = NULL, *err = NULL;
    gboolean done = FALSE;

    if (!run(signing->top, arguments, signing->payload, &out, &err, &done, error))
        return FALSE;
    if (!done || (!strstr(err, "\n[GNUPG:] SIG_CREATED ") && !g_str_has_prefix(err, "[GNUPG:] SIG_CREATED ")))
        return refuse(error, signing->program, err);
    *signature = g_steal_pointer(&out);
    return TRUE;
}

/* -- ssh -- */

/* The literal key that text is; NULL where it is the path of one. */
static const char *literal_key(const char *text)
{
    if (g_str_has_prefix(text, "key::"))
        return text + strlen("key::");
    return g_str_has_prefix(text, "ssh-") ? text : NULL;
}

/* The key on the first line of what gpg.ssh.defaultKeyCommand prints. git splits the command into words as a
 * shell does, but runs it without one. */
static char *default_key(const struct signing *signing, GError **error)
{
    g_autofree char *command = repo_config_text(signing->config, "gpg.ssh.defaultkeycommand");
    g_autofree char *out = NULL, *err = NULL;
    g_auto(GStrv) words = NULL;
    gboolean done = FALSE;

    if (!command || !g_shell_parse_argv(command, NULL, &words, NULL)) {
        refuse(error, signing->program,
               "user.signingKey or gpg.ssh.defaultKeyCommand needs to be configured");
        return NULL;
    }
    if (!run(signing->top, (const char *const *)words, "/dev/null", &out, &err, &done, error))
        return NULL;
    out[strcspn(out, "\r\n")] = '\0';
    if (done && literal_key(out))
        return g_steal_pointer(&out);
    refuse(error, command, *err ? err : done ? "printed no key" : "ended badly");
    return NULL;
}

static gboolean sign_file(const struct signing *signing, const char *key_file, gboolean by_agent,
                          char **signature, GError **error)
{
    const char *file = signing->payload;
    const char *arguments[] = {
        signing->program,       "-Y", "sign", "-n", "git", "-f", key_file, by_agent ? "-U" : file,
        by_agent ? file : NULL, NULL
    };
    g_autofree char *made = g_strconcat(file, ".sig", NULL), *out = NULL, *err = NULL;
    gboolean done = FALSE;

    if (!run(signing->top, arguments, "/dev/null", &out, &err, &done, error))
        return FALSE;
    gboolean good = done && g_file_get_contents(made, signature, NULL, NULL);
    g_unlink(made);
    return good || refuse(error, signing->program, err);
}

/* ssh-keygen signs a file, and takes a key from one. */
static gboolean sign_with_ssh(const struct signing *signing, char **signature, GError **error)
{
    g_autofree char *text = signing->key ? g_strdup(signing->key) : default_key(signing, error);
    g_autofree char *key_file = g_build_filename(signing->folder, "signing-key", NULL);

    if (!text)
        return FALSE;
    const char *literal = literal_key(text);
    g_autofree char *path = literal ? NULL : repo_config_expand(text);
    gboolean good =
        (!literal || write_private(key_file, literal, error)) && sign_file(signing,
                                                                           literal ? key_file
                                                                           : path  ? path
                                                                                   : text,
                                                                           literal != NULL, signature, error);
    g_unlink(key_file);
    return good;
}

/* -- */

struct format {
    const char *name;
    const char *setting; /* of the program */
    const char *program; /* where that is not set */
    gboolean (*sign)(const struct signing *signing, char **signature, GError **error);
};

static const struct format formats[] = {
    { "openpgp", "gpg.openpgp.program", "gpg", sign_with_gpg },
    { "x509", "gpg.x509.program", "gpgsm", sign_with_gpg },
    { "ssh", "gpg.ssh.program", "ssh-keygen", sign_with_ssh },
};

static const struct format *find_format(const struct repo_config *config, GError **error)
{
    g_autofree char *name = repo_config_text(config, "gpg.format");

    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++)
        if (strcmp(formats[i].name, name && *name ? name : "openpgp") == 0)
            return &formats[i];
    g_set_error(error, COMMIT_ERROR, COMMIT_ERROR_REFUSED,
                "gpg.format: expected openpgp, x509 or ssh, saw %s; nothing was recorded", name);
    return NULL;
}

static char *find_program(const struct repo_config *config, const struct format *format)
{
    g_autofree char *own = repo_config_path(config, format->setting);
    g_autofree char *old =
        strcmp(format->name, "openpgp") == 0 ? repo_config_path(config, "gpg.program") : NULL;

    return g_strdup(own && *own ? own : old && *old ? old : format->program);
}

/* Carriage returns before line feeds, which gpg writes on some systems, would break the commit's header, and
 * libgit2 makes a line of its own of a line feed at the end. */
static void fit_header(char *text)
{
    char *out = text;
    for (const char *in = text; *in; in++)
        if (!(in[0] == '\r' && in[1] == '\n') && !(in[0] == '\n' && in[1] == '\0'))
            *out++ = *in;
    *out = '\0';
}

gboolean commit_sign_wanted(struct repo *repo)
{
    g_autoptr(RepoConfig) config = repo_config_open(repo, NULL);
    gboolean wanted = FALSE;
    return !config || !repo_config_bool(config, "commit.gpgsign", FALSE, &wanted, NULL) || wanted;
}

gboolean commit_sign(struct repo *repo, const char *payload, const struct identity *committer,
                     const char *folder, char **signature, GError **error)
{
    g_autoptr(RepoConfig) config = repo_config_open(repo, error);
    gboolean wanted = FALSE;

    *signature = NULL;
    if (!config || !repo_config_bool(config, "commit.gpgsign", FALSE, &wanted, error))
        return FALSE;
    if (!wanted)
        return TRUE;
    const struct format *format = find_format(config, error);
    if (!format)
        return FALSE;
    g_autofree char *program = find_program(config, format);
    g_autofree char *key = repo_config_text(config, "user.signingkey");
    g_autofree char *file = g_build_filename(folder, "to-sign", NULL);
    const struct signing signing = {
        config, file, committer, folder, git_repository_workdir(repo->git), program, key && *key ? key : NULL,
    };
    if (!write_private(file, payload, error))
        return FALSE;
    gboolean good = format->sign(&signing, signature, error);
    g_unlink(file);
    if (!good)
        return FALSE;
    fit_header(*signature);
    return TRUE;
}
