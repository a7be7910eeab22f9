#include "hook_change.h"

#include "file.h"
#include "plain.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stddef.h>
#include <string.h>

struct init_options {
    gboolean hooks;
    gboolean yes;
};

static const struct option table[] = {
    { "hooks", 0, OPTION_FLAG, offsetof(struct init_options, hooks), NULL,
      "set up git as well, as refine hook install --all does" },
    { "yes", 'y', OPTION_FLAG, offsetof(struct init_options, yes), NULL, "do not ask before that" },
    { 0 },
};

static const char policy_text_for_new[] =
    "# The team's policy: refine-policy(5) has all settings; `refine config show` those in force.\n"
    "backlog: backlog\n"
    "\n"
    "# Who refines, so that questions and votes find them.\n"
    "# team:\n"
    "#   - name: Ana Silva\n"
    "#     handle: ana\n"
    "#     email: [ana@example.com]\n"
    "#     role: product-owner\n"
    "\n"
    "estimate:\n"
    "  unit: points\n"
    "  scale: [1, 2, 3, 5, 8, 13, 20]\n"
    "  largest: 8\n";

static const char readme_text[] = "# Backlog\n"
                                  "\n"
                                  "One Markdown file an item. `refine list` shows them in order, `refine add "
                                  "TITLE` makes one, and any editor changes\n"
                                  "one: refine-item(5) has the format.\n";

/* Creates a file in root, which the user calls folder, that is not there yet; says so. */
static gboolean create(struct context *context, int root, const char *folder, const char *path,
                       const char *text, GError **error)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
    g_autoptr(GError) cause = NULL;
    g_autofree char *full = folder ? g_build_filename(folder, path, NULL) : g_strdup(path);
    g_autofree char *shown = plain_escape(full, -1);
    gboolean created = file_create(root, path, bytes, &cause);

    if (!created && !g_error_matches(cause, FILE_ERROR, FILE_ERROR_EXISTS)) {
        g_set_error(error, FILE_ERROR, cause->code, "%s: %s", full, cause->message);
        return FALSE;
    }
    g_autofree char *line = g_strdup_printf(created ? "created %s\n" : "kept %s, which is there\n", shown);
    output_write(context->output, line);
    return TRUE;
}

/* Whether the hooks that are wanted could be set up, before anything is made. */
static gboolean check_hooks(const char *folder, const struct hook_wish *wish, GError **error)
{
    g_autoptr(Repo) repo = hook_change_may_ask(wish, error) ? repo_open(folder, error) : NULL;
    return repo != NULL;
}

static int set_up_hooks(struct context *context, struct policy *policy, const struct hook_wish *wish,
                        GError **error)
{
    context->policy = policy;
    int status = hook_change(context, wish, error);
    context->policy = NULL;
    return status;
}

static int begin(struct context *context, const char *given, const char *folder, const struct hook_wish *wish,
                 GError **error)
{
    int root = file_open_root(folder, error);
    if (root < 0)
        return -1;
    gboolean done = create(context, root, given, POLICY_FILE, policy_text_for_new, error);
    g_autoptr(Policy) policy = done ? policy_find(folder, NULL, error) : NULL;
    g_autofree char *readme = policy ? g_strconcat(policy->folder, "/README.md", NULL) : NULL;
    done = readme && create(context, root, given, readme, readme_text, error);
    g_close(root, NULL);
    int status = !done ? -1 : wish->parts ? set_up_hooks(context, policy, wish, error) : 0;
    if (done && status >= 0)
        output_hint(context->output,
                    "commit these with git; then refine add TITLE makes the first item, and refine import "
                    "reads another tracker's");
    return status;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct init_options *given = options;
    const struct hook_wish wish = { .parts = given->hooks ? HOOK_ALL : 0, .yes = given->yes };
    g_autofree char *folder = g_canonicalize_filename(arguments[0] ? arguments[0] : ".", context->folder);

    if (arguments[0] && !*arguments[0])
        return usage_error(error, "expected a folder, saw an empty word");
    if (given->yes && !given->hooks)
        return usage_error(error, "--yes goes with --hooks");
    if (g_mkdir_with_parents(folder, 0777) < 0) {
        g_set_error(error, FILE_ERROR, FILE_ERROR_SYSTEM, "%s: cannot make the folder: %s", arguments[0],
                    g_strerror(errno));
        return -1;
    }
    if (given->hooks && !check_hooks(folder, &wish, error))
        return -1;
    return begin(context, arguments[0], folder, &wish, error);
}

const struct command command_init = {
    .name = "init",
    .arguments = "[DIR]",
    .summary = "Begin a backlog: a policy and a folder for items.",
    .needs = TAKES_PATHS,
    .options_size = sizeof(struct init_options),
    .options = table,
    .most = 1,
    .run = run,
};
