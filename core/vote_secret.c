#include "vote_secret.h"

#include "file.h"
#include "git_folder.h"

#include <glib/gstdio.h>
#include <string.h>

G_DEFINE_QUARK(refine_vote, vote_error)

void vote_secret_clear(struct vote_secret *secret)
{
    g_clear_pointer(&secret->digest, g_free);
    g_clear_pointer(&secret->salt, g_free);
    g_clear_pointer(&secret->value, g_free);
}

/* The folder, open; -1 without an error where there is no git folder, or none of ours in it. */
static int open_folder(const struct policy *policy, gboolean make, GError **error)
{
    g_autofree char *git = git_folder_common(policy->top);
    g_autofree char *ours = git ? g_build_filename(git, "refine", NULL) : NULL;
    g_autofree char *folder = ours ? g_build_filename(ours, "votes", NULL) : NULL;

    if (!folder)
        return -1;
    if (make) {
        g_mkdir(ours, 0777);
        g_mkdir(folder, 0700);
    } else if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        return -1;
    }
    return file_open_root(folder, error);
}

gboolean vote_secret_keep(const struct policy *policy, const struct vote_secret *secret, GError **error)
{
    g_autoptr(GError) cause = NULL;
    int folder = open_folder(policy, TRUE, &cause);

    if (folder < 0 && !cause) {
        g_set_error(
            error, VOTE_ERROR, VOTE_ERROR_SECRET,
            "a sealed vote needs a git repository, whose folder keeps what opens it; git init makes one");
        return FALSE;
    }
    char *text = g_strdup_printf("%s %s\n", secret->salt, secret->value);
    g_autoptr(GBytes) bytes = g_bytes_new_take(text, strlen(text));
    gboolean good = folder >= 0 && file_create_secret(folder, secret->digest, bytes, &cause);
    if (folder >= 0)
        g_close(folder, NULL);
    if (!good)
        g_set_error(error, VOTE_ERROR, VOTE_ERROR_SECRET,
                    "what opens the sealed vote cannot be kept in the git folder: %s; nothing was recorded",
                    cause->message);
    return good;
}

gboolean vote_secret_find(const struct policy *policy, const char *digest, struct vote_secret *secret)
{
    int folder = open_folder(policy, FALSE, NULL);
    g_autoptr(GBytes) bytes = folder >= 0 ? file_read_limited(folder, digest, 4096, NULL) : NULL;
    g_autofree char *text = bytes ? g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) : NULL;
    char *space = text ? strchr(text, ' ') : NULL;

    if (folder >= 0)
        g_close(folder, NULL);
    if (!space || !g_utf8_validate(text, -1, NULL))
        return FALSE;
    *secret =
        (struct vote_secret){ g_strdup(digest), g_strndup(text, (gsize)(space - text)), g_strdup(space + 1) };
    g_strchomp(secret->value);
    return TRUE;
}
