#include "git_home.h"

#include "commit.h"
#include "commit_sign.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char payload[] =
    "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"
    "author Ana Silva <ana@example.com> 1795251600 +0100\n"
    "committer Ana Silva <ana@example.com> 1795251600 +0100\n\nk7q2m: estimate 8 -> 5\n";

#define NEED(program)                                                                                        \
    do {                                                                                                     \
        g_autofree char *need_found = g_find_program_in_path(program);                                       \
        if (!need_found)                                                                                     \
            skip();                                                                                          \
    } while (0)

/* Commits are signed; with a private folder, and the user in another one than the work tree. */
static int setup(void **state)
{
    int status = git_home_setup(state);
    const struct fixture *fixture = *state;
    g_autofree char *private = fixture_path(fixture, "private");

    git_home_config(fixture, "commit.gpgSign", "true");
    fixture_folder(fixture, "private");
    assert_return_code(chmod(private, 0700), 0);
    assert_return_code(chdir(fixture->root), 0);
    return status;
}

static int teardown(void **state)
{
    assert_return_code(chdir("/"), 0);
    return git_home_teardown(state);
}

/* Runs a program in the scratch folder, which must end well, with a file for its input (NULL: none). */
static void must_run(const struct fixture *fixture, const char *input, const char *command)
{
    g_autofree char *line = input ? g_strdup_printf("%s < '%s'", command, input) : g_strdup(command);
    const char *words[] = { "/bin/sh", "-c", line, NULL };
    int status = -1;

    assert_true(g_spawn_sync(fixture->root, (char **)words, NULL,
                             G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                             &status, NULL));
    if (status != 0)
        fail_msg("%s failed", line);
}

/* The signature of text; NULL, or with *said NULL where none was asked for. Nothing must be left behind. */
static char *sign(const struct fixture *fixture, const char *text, char **said)
{
    static struct identity ana = { (char *)"Ana Silva", (char *)"ana@example.com", 1795251600, 60 };
    g_autofree char *private = fixture_path(fixture, "private");
    g_autoptr(Repo) repo = git_home_open(fixture);
    g_autoptr(GError) error = NULL;
    char *signature = NULL;

    gboolean good = commit_sign(repo, text, &ana, private, &signature, &error);
    assert_true(good == (error == NULL));
    assert_true(good || signature == NULL);
    assert_true(good || g_error_matches(error, COMMIT_ERROR, COMMIT_ERROR_REFUSED));
    g_autofree char *left = fixture_names(fixture, "private");
    assert_string_equal(left, "");
    *said = error ? g_strdup(error->message) : NULL;
    return signature;
}

static char *must_sign(const struct fixture *fixture, const char *text)
{
    g_autofree char *said = NULL;
    char *signature = sign(fixture, text, &said);

    if (!signature)
        fail_msg("no signature: %s", said ? said : "none was wanted");
    assert_false(g_str_has_suffix(signature, "\n"));
    assert_null(strchr(signature, '\r'));
    return signature;
}

static void must_refuse(const struct fixture *fixture, const char *says)
{
    g_autofree char *said = NULL, *signature = sign(fixture, payload, &said);

    assert_null(signature);
    assert_true(fixture_says(said, says));
    assert_null(strchr(said, '\n'));
}

/* A program of the fixture, as an absolute path. */
static char *write_program(const struct fixture *fixture, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename("home", name, NULL);
    g_autofree char *whole = g_strconcat("#!/bin/sh\n", text, NULL);
    char *full = fixture_path(fixture, path);

    fixture_write(fixture, path, whole);
    assert_return_code(chmod(full, 0755), 0);
    return full;
}

static void without_the_setting_there_is_no_signature(void **state)
{
    static const char *const values[] = { "false", "no", "0" };

    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        g_autofree char *said = NULL;
        git_home_config(*state, "commit.gpgSign", values[i]);
        assert_null(sign(*state, payload, &said));
        assert_null(said);
        g_autoptr(Repo) repo = git_home_open(*state);
        assert_false(commit_sign_wanted(repo));
    }
}

static void a_setting_that_is_neither_true_nor_false_is_an_error(void **state)
{
    g_autoptr(Repo) repo = git_home_open(*state);
    g_autoptr(GError) error = NULL;
    char *signature = NULL;

    git_home_config(*state, "commit.gpgSign", "perhaps");
    assert_true(commit_sign_wanted(repo));
    assert_false(commit_sign(repo, payload, NULL, "/", &signature, &error));
    assert_true(fixture_says(error->message, "commit.gpgsign: expected true or false, saw \"perhaps\""));
}

/* -- ssh -- */

static void use_ssh_key(const struct fixture *fixture, const char *folder, const char *setting)
{
    g_autofree char *command = g_strdup_printf("ssh-keygen -q -t ed25519 -N '' -C ana -f '%s/key'", folder);

    fixture_folder(fixture, folder);
    must_run(fixture, NULL, command);
    git_home_config(fixture, "gpg.format", "ssh");
    git_home_config(fixture, "user.signingKey", setting);
}

static void ssh_keygen_accepts_the_signature(void **state)
{
    static const char *const settings[] = { "~/.ssh/key", "~/.ssh/key.pub" };
    const struct fixture *fixture = *state;
    g_autofree char *input = fixture_path(fixture, "payload");

    NEED("ssh-keygen");
    use_ssh_key(fixture, "home/.ssh", settings[0]);
    g_autofree char *public = fixture_read(fixture, "home/.ssh/key.pub");
    g_autofree char *allowed = g_strconcat("ana@example.com ", public, NULL);
    fixture_write(fixture, "allowed", allowed);
    fixture_write(fixture, "payload", payload);
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
        git_home_config(fixture, "user.signingKey", settings[i]);
        g_autofree char *signature = must_sign(fixture, payload), *text = g_strconcat(signature, "\n", NULL);
        fixture_write(fixture, "signature", text);
        must_run(fixture, input, "ssh-keygen -Y verify -f allowed -I ana@example.com -n git -s signature");
    }
}

/* ed25519 makes the same signature every time: git and we must come to the same commit. */
static void the_signature_is_the_one_that_git_makes(void **state)
{
    const struct fixture *fixture = *state;

    NEED("ssh-keygen");
    use_ssh_key(fixture, "home/.ssh", "~/.ssh/key");
    fixture_write(fixture, "home/.gitconfig", "[user]\n\tname = Ana Silva\n\temail = ana@example.com\n");
    g_autofree char *done = git_home_ask(fixture, "commit", "-q", "--allow-empty", "-m", "begin", NULL);
    assert_non_null(done);
    g_autofree char *commit = git_home_ask(fixture, "cat-file", "commit", "HEAD", NULL);
    char *header = strstr(commit, "gpgsig "), *end = strstr(commit, "\n\n");
    assert_true(header && end && header < end);
    g_autofree char *before = g_strndup(commit, (gsize)(header - commit));
    g_autofree char *folded =
        g_strndup(header + strlen("gpgsig "), (gsize)(end - header) - strlen("gpgsig "));
    /* git_home_ask took the line feed off the end. */
    g_autofree char *text = g_strconcat(before, end + 1, "\n", NULL);
    g_auto(GStrv) lines = g_strsplit(folded, "\n ", -1);
    g_autofree char *expected = g_strjoinv("\n", lines), *signature = must_sign(fixture, text);
    assert_string_equal(signature, expected);
}

static void a_relative_key_is_relative_to_the_work_tree(void **state)
{
    NEED("ssh-keygen");
    use_ssh_key(*state, "work/keys", "keys/key");
    g_autofree char *signature = must_sign(*state, payload);
    assert_true(g_str_has_prefix(signature, "-----BEGIN SSH SIGNATURE-----\n"));
}

static void a_key_that_is_not_there_is_named(void **state)
{
    NEED("ssh-keygen");
    use_ssh_key(*state, "home/.ssh", "~/.ssh/none");
    must_refuse(*state, "/home/.ssh/none");
    must_refuse(*state, "could not be signed, so nothing was recorded: ");
    must_refuse(*state, "git config commit.gpgSign false turns signing off");
}

/* Says with which words it was run, and signs with the key that it was given. */
static const char record_ssh[] =
    "printf '%s\\n' \"$@\" > \"$HOME/words\"\n"
    "for file; do :; done\ncp \"$6\" \"$HOME/given\"\nstat -c %a \"$6\" \"$file\" "
    "> \"$HOME/modes\"\nprintf 'signed\\r\\nwell\\r\\n' > \"$file.sig\"\n";

static void a_literal_key_is_given_in_a_file_and_sought_at_the_agent(void **state)
{
    static const char *const settings[] = { "ssh-ed25519 AAAAC3Nza ana", "key::ssh-ed25519 AAAAC3Nza ana" };
    const struct fixture *fixture = *state;
    g_autofree char *program = write_program(fixture, "sign it", record_ssh);
    g_autofree char *folder = fixture_path(fixture, "private");

    git_home_config(fixture, "gpg.format", "ssh");
    git_home_config(fixture, "gpg.ssh.program", program);
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
        git_home_config(fixture, "user.signingKey", settings[i]);
        g_autofree char *signature = must_sign(fixture, payload);
        assert_string_equal(signature, "signed\nwell");
        g_autofree char *words = fixture_read(fixture, "home/words");
        g_autofree char *begin = g_strdup_printf("-Y\nsign\n-n\ngit\n-f\n%s/", folder);
        assert_true(g_str_has_prefix(words, begin));
        assert_non_null(strstr(words, "\n-U\n"));
        g_autofree char *given = fixture_read(fixture, "home/given");
        assert_string_equal(given, "ssh-ed25519 AAAAC3Nza ana");
        g_autofree char *modes = fixture_read(fixture, "home/modes");
        assert_string_equal(modes, "600\n600\n");
    }
}

static void without_a_key_the_command_for_one_is_asked(void **state)
{
    const struct fixture *fixture = *state;
    g_autofree char *program = write_program(fixture, "sign", record_ssh);
    g_autofree char *command = write_program(
        fixture, "which key",
        "printf '%s|' \"$@\" > \"$HOME/asked\"\nprintf 'key::ssh-rsa AAAAB3\\nssh-ed25519 AAAAC3\\n'\n");
    g_autofree char *setting = g_strdup_printf("'%s' \"for ana\" now; touch evil", command);

    git_home_config(fixture, "gpg.format", "ssh");
    git_home_config(fixture, "gpg.ssh.program", program);
    must_refuse(fixture, "user.signingKey or gpg.ssh.defaultKeyCommand needs to be configured");
    git_home_config(fixture, "gpg.ssh.defaultKeyCommand", setting);
    g_autofree char *signature = must_sign(fixture, payload);
    g_autofree char *asked = fixture_read(fixture, "home/asked"),
                    *given = fixture_read(fixture, "home/given");
    assert_string_equal(asked, "for ana|now;|touch|evil|");
    assert_string_equal(given, "ssh-rsa AAAAB3");
    git_home_config(fixture, "gpg.ssh.defaultKeyCommand", "true");
    must_refuse(fixture, "true: printed no key");
    g_autofree char *bad = write_program(fixture, "bad", "echo ssh-rsa AAAAB3\nexit 1\n");
    git_home_config(fixture, "gpg.ssh.defaultKeyCommand", bad);
    must_refuse(fixture, "/bad: ended badly");
    git_home_config(fixture, "gpg.ssh.defaultKeyCommand", "no-such-program-at-all");
    must_refuse(fixture, "no-such-program-at-all");
}

/* -- OpenPGP -- */

static void gpg_accepts_the_signature(void **state)
{
    static const char *const keys[] = { NULL, "ana@example.com" };
    const struct fixture *fixture = *state;
    g_autofree char *home = fixture_path(fixture, "gnupg");

    NEED("gpg");
    fixture_folder(fixture, "gnupg");
    assert_return_code(chmod(home, 0700), 0);
    g_setenv("GNUPGHOME", home, TRUE);
    must_run(fixture, NULL,
             "gpg --batch --quiet --passphrase '' --quick-generate-key "
             "'Ana Silva <ana@example.com>' ed25519 sign never");
    fixture_write(fixture, "payload", payload);
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (keys[i])
            git_home_config(fixture, "user.signingKey", keys[i]);
        g_autofree char *signature = must_sign(fixture, payload);
        assert_true(g_str_has_prefix(signature, "-----BEGIN PGP SIGNATURE-----\n"));
        fixture_write(fixture, "signature", signature);
        must_run(fixture, NULL, "gpg --batch --verify signature payload");
    }
    git_home_config(fixture, "user.signingKey", "nobody@example.com");
    must_refuse(fixture, "so nothing was recorded: gpg: signing failed: No secret key; git config");
    must_run(fixture, NULL, "gpgconf --kill all");
    g_unsetenv("GNUPGHOME");
}

static void a_program_of_ones_own_is_run_as_git_runs_it(void **state)
{
    static const struct {
        const char *format, *setting;
    } cases[] = {
        { "openpgp", "gpg.program" },
        { "openpgp", "gpg.openpgp.program" },
        { "x509", "gpg.x509.program" },
    };
    const struct fixture *fixture = *state;
    g_autofree char *program = write_program(
        fixture, "sign it",
        "printf '%s|' \"$@\" > \"$HOME/words\"\ncat > \"$HOME/read\"\n"
        "echo '[GNUPG:] SIG_CREATED D 22 8 00 1795251600 ABCD' >&2\nprintf 'signed\\r\\nwell\\r\\n'\n");
    g_autofree char *below = write_program(fixture, "../work/below", "exit 1\n");

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        git_home_config(fixture, "gpg.format", cases[i].format);
        git_home_config(fixture, cases[i].setting, program);
        g_autofree char *signature = must_sign(fixture, payload);
        assert_string_equal(signature, "signed\nwell");
        g_autofree char *words = fixture_read(fixture, "home/words"),
                        *read = fixture_read(fixture, "home/read");
        assert_string_equal(words, "--status-fd=2|-bsau|Ana Silva <ana@example.com>|");
        assert_string_equal(read, payload);
        git_home_config(fixture, cases[i].setting, "./below");
        must_refuse(fixture, "./below: made no signature");
    }
}

static void a_signature_that_the_program_does_not_vouch_for_is_none(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        { "echo signed\n", "made no signature" },
        { "echo signed\necho 'not [GNUPG:] SIG_CREATED ' >&2\n", "not [GNUPG:] SIG_CREATED" },
        { "echo signed\necho '[GNUPG:] SIG_CREATED D' >&2\necho 'card removed' >&2\nexit 2\n",
          "card removed" },
        { "echo signed\necho '[GNUPG:] SIG_CREATED D' >&2\nkill -9 $$\n", "made no signature" },
    };
    const struct fixture *fixture = *state;

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *program = write_program(fixture, "sign", cases[i].text);
        git_home_config(fixture, "gpg.program", program);
        must_refuse(fixture, cases[i].says);
    }
}

static void a_program_that_is_not_there_or_a_format_that_is_none_is_refused(void **state)
{
    git_home_config(*state, "gpg.program", "/no/such/gpg");
    must_refuse(*state, "/no/such/gpg");
    git_home_config(*state, "gpg.format", "pgp");
    must_refuse(*state, "gpg.format: expected openpgp, x509 or ssh, saw pgp; nothing was recorded");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_the_setting_there_is_no_signature, setup, teardown),
        cmocka_unit_test_setup_teardown(a_setting_that_is_neither_true_nor_false_is_an_error, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(ssh_keygen_accepts_the_signature, setup, teardown),
        cmocka_unit_test_setup_teardown(the_signature_is_the_one_that_git_makes, setup, teardown),
        cmocka_unit_test_setup_teardown(a_relative_key_is_relative_to_the_work_tree, setup, teardown),
        cmocka_unit_test_setup_teardown(a_key_that_is_not_there_is_named, setup, teardown),
        cmocka_unit_test_setup_teardown(a_literal_key_is_given_in_a_file_and_sought_at_the_agent, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(without_a_key_the_command_for_one_is_asked, setup, teardown),
        cmocka_unit_test_setup_teardown(gpg_accepts_the_signature, setup, teardown),
        cmocka_unit_test_setup_teardown(a_program_of_ones_own_is_run_as_git_runs_it, setup, teardown),
        cmocka_unit_test_setup_teardown(a_signature_that_the_program_does_not_vouch_for_is_none, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_program_that_is_not_there_or_a_format_that_is_none_is_refused,
                                        setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
