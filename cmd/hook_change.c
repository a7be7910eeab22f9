#include "hook_change.h"

#include "plain.h"
#include "present.h"
#include "present_patch.h"
#include "repo_patch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *hook_change_path(const struct hook_setup *setup, const char *path)
{
    const struct policy top = { .root = setup->policy->top };
    gsize length = strlen(top.root);
    gboolean inside = strncmp(path, top.root, length) == 0 && path[length] == '/';

    return inside ? present_path(&top, path + length + 1) : plain_escape(path, -1);
}

/* -- showing -- */

static gboolean show_patch(struct context *context, const struct hook_setup *setup,
                           const struct hook_step *step, GError **error)
{
    g_autofree char *path = hook_change_path(setup, step->path);
    g_autoptr(GPtrArray) lines =
        repo_patch_lines(step->before ? path : NULL, path, step->before, step->after, error);

    if (lines)
        present_patch(context->output, lines);
    return lines != NULL;
}

/* What a step will do to a hook. */
static char *describe_hook(const struct hook_setup *setup, const struct hook_step *step)
{
    const struct hook_file *file = step->file;
    g_autofree char *path = hook_change_path(setup, step->path);
    g_autofree char *name = g_path_get_basename(file->kept), *kept = plain_escape(name, -1);

    if (step->kind == HOOK_STEP_INSTALL)
        return g_strdup_printf(file->state == HOOK_FILE_ANOTHER
                                   ? "new hook %s; the one that is there is kept as %s, and runs first\n"
                               : file->state == HOOK_FILE_OLD ? "hook %s as this version of refine has it\n"
                                                              : "new hook %s\n",
                               path, kept);
    if (hook_file_leaves_kept(file))
        return g_strdup_printf("hook %s goes; %s stays, for pre-commit's own stands in its place\n", path,
                               kept);
    return g_strdup_printf(file->has_kept ? "hook %s goes; %s comes back in its place\n" : "hook %s goes\n",
                           path, kept);
}

static gboolean show(struct context *context, const struct hook_setup *setup, const GPtrArray *steps,
                     GError **error)
{
    for (guint i = 0; i < steps->len; i++) {
        const struct hook_step *step = steps->pdata[i];
        g_autofree char *line = step->file ? describe_hook(setup, step) : NULL;
        if (line)
            output_write(context->output, line);
        else if (!show_patch(context, setup, step, error))
            return FALSE;
    }
    return TRUE;
}

/* -- asking -- */

static gboolean is_terminal(void)
{
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

gboolean hook_change_may_ask(const struct hook_wish *wish, GError **error)
{
    if (wish->yes || wish->dry_run || is_terminal())
        return TRUE;
    usage_error(error, "there is no terminal to ask at whether git's settings may be changed: --yes says so, "
                       "--dry-run shows what would be");
    return FALSE;
}

static gboolean ask(struct output *output)
{
    char *line = NULL;
    size_t size = 0;

    output_flush(output);
    fputs("make these changes? [y/N] ", stderr);
    fflush(stderr);
    gboolean answered = getline(&line, &size, stdin) >= 0;
    if (!answered)
        fputc('\n', stderr);
    gboolean yes = answered && g_ascii_strncasecmp(line, "y", 1) == 0;
    free(line);
    return yes;
}

/* -- doing -- */

static const char *done_word(const struct hook_step *step)
{
    if (step->kind == HOOK_STEP_INSTALL)
        return "installed";
    if (step->kind == HOOK_STEP_REMOVE)
        return step->file->has_kept && !hook_file_leaves_kept(step->file) ? "restored" : "removed";
    return !step->after ? "removed" : step->before ? "changed" : "created";
}

static gboolean apply(struct context *context, const struct hook_setup *setup, const GPtrArray *steps,
                      GError **error)
{
    for (guint i = 0; i < steps->len; i++) {
        const struct hook_step *step = steps->pdata[i];
        g_autofree char *path = hook_change_path(setup, step->path);
        g_autofree char *line = g_strdup_printf("%s %s\n", done_word(step), path);
        if (!hook_step_apply(setup, step, error))
            return FALSE;
        if (!context->json)
            output_write(context->output, line);
    }
    return TRUE;
}

/* What is left for the user to do. */
static void give_hints(struct context *context, const struct hook_setup *setup, const GPtrArray *steps,
                       const struct hook_wish *wish)
{
    g_autofree char *path = hook_change_path(setup, setup->parts[HOOK_PART_ATTRIBUTES].path);

    for (guint i = 0; i < steps->len; i++)
        if (((const struct hook_step *)steps->pdata[i])->kind == HOOK_STEP_ATTRIBUTES)
            output_hint(context->output,
                        wish->removes
                            ? "commit %s: the team shares it"
                            : "commit %s, which the team shares; the rest is this clone's, and each "
                              "clone installs its own",
                        path);
    if (!wish->removes && !setup->program)
        output_warning(context->output, "refine is not on PATH, where git will look for it: until it is, git "
                                        "merges items by lines and the hooks do nothing");
}

/* What stands in the way, where it is as it should be afterwards. */
static gboolean verify(struct context *context, const struct hook_wish *wish, GError **error)
{
    g_autoptr(HookSetup) setup = hook_setup_open(context->policy, error);
    const struct hook_status *status = setup ? &setup->parts[HOOK_PART_ATTRIBUTES] : NULL;

    if (!setup || wish->removes || !(wish->parts & HOOK_WANTS(HOOK_PART_ATTRIBUTES)) ||
        status->state == HOOK_INSTALLED)
        return setup != NULL;
    output_warning(context->output, "%s all the same: another file of attributes has the last word",
                   status->detail ? status->detail : "nothing holds for item files");
    return TRUE;
}

static GPtrArray *plan(const struct hook_setup *setup, const struct hook_wish *wish, GPtrArray *refused,
                       GError **error)
{
    return wish->removes ? hook_steps_remove(setup, wish->parts, error)
                         : hook_steps_install(setup, wish->parts, refused, error);
}

int hook_change(struct context *context, const struct hook_wish *wish, GError **error)
{
    g_autoptr(HookSetup) setup = hook_setup_open(context->policy, error);
    g_autoptr(GPtrArray) refused = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) steps = setup ? plan(setup, wish, refused, error) : NULL;
    gboolean asks = !wish->yes && !wish->dry_run;

    if (!steps || !hook_change_may_ask(wish, error))
        return -1;
    for (guint i = 0; i < refused->len; i++)
        output_warning(context->output, "%s", (const char *)refused->pdata[i]);
    if (steps->len == 0) {
        if (refused->len == 0 && !context->json)
            output_write(context->output, wish->removes ? "there is nothing of refine's to remove\n"
                                                        : "all of it is in place already\n");
        return refused->len > 0;
    }
    if (setup->warning)
        output_warning(context->output, "%s", setup->warning);
    if ((asks || wish->dry_run) && !show(context, setup, steps, error))
        return -1;
    if (wish->dry_run)
        return 0;
    if (asks && !ask(context->output)) {
        output_hint(context->output, "nothing was changed");
        return 1;
    }
    if (!apply(context, setup, steps, error) || !verify(context, wish, error))
        return -1;
    give_hints(context, setup, steps, wish);
    return refused->len > 0;
}
