#include "hook_change.h"
#include "hook_run.h"

#include "plain.h"
#include "present.h"

#include <stddef.h>
#include <string.h>

struct hook_options {
    gboolean hooks[N_HOOK_KINDS];
    gboolean all;
    gboolean yes;
    gboolean dry_run;
};

static const struct option table[] = {
    { "pre-commit", 0, OPTION_FLAG, offsetof(struct hook_options, hooks[HOOK_PRE_COMMIT]), NULL,
      "the hook that checks staged items" },
    { "prepare-commit-msg", 0, OPTION_FLAG, offsetof(struct hook_options, hooks[HOOK_PREPARE_COMMIT_MSG]),
      NULL, "the hook that writes what was decided into an empty message" },
    { "commit-msg", 0, OPTION_FLAG, offsetof(struct hook_options, hooks[HOOK_COMMIT_MSG]), NULL,
      "the hook that asks for the reasons that the policy requires" },
    { "all", 'a', OPTION_FLAG, offsetof(struct hook_options, all), NULL, "all of these hooks" },
    { "yes", 'y', OPTION_FLAG, offsetof(struct hook_options, yes), NULL, "do not ask" },
    { "dry-run", 'n', OPTION_FLAG, offsetof(struct hook_options, dry_run), NULL,
      "show what would be changed, and change nothing" },
    { 0 },
};

/* The hooks that options name, as parts. */
static guint hooks_named(const struct hook_options *given)
{
    guint parts = given->all ? HOOK_ALL & ~HOOK_DRIVERS : 0;

    for (guint kind = 0; kind < N_HOOK_KINDS; kind++)
        if (given->hooks[kind])
            parts |= HOOK_WANTS(HOOK_PART_HOOKS + kind);
    return parts;
}

/* -- status -- */

static enum table_style style_of(enum hook_state state)
{
    static const enum table_style styles[] = { TABLE_PLAIN, TABLE_GREEN, TABLE_YELLOW, TABLE_RED };
    return styles[state];
}

static void print_text(struct context *context, const struct hook_setup *setup)
{
    static const struct table_column columns[] = {
        { .name = "part" }, { .name = "state" }, { .name = "path" }, { .name = "detail" }
    };
    g_autoptr(Table) rows = table_new(columns, G_N_ELEMENTS(columns));
    g_autoptr(GString) out = g_string_new(NULL);
    const struct table_look look = { .color = output_color(context->output) };

    for (enum hook_part part = 0; part < N_HOOK_PARTS; part++) {
        const struct hook_status *status = &setup->parts[part];
        g_autofree char *path = hook_change_path(setup, status->path);
        table_add(rows, hook_part_name(part), TABLE_PLAIN);
        table_add(rows, hook_state_name(status->state), style_of(status->state));
        table_add(rows, path, TABLE_PLAIN);
        table_add(rows, status->detail, TABLE_DIM);
    }
    table_add(rows, "program", TABLE_PLAIN);
    table_add(rows, setup->program ? "found" : "not found", setup->program ? TABLE_GREEN : TABLE_RED);
    table_add(rows, setup->program, TABLE_PLAIN);
    table_add(rows, setup->program ? NULL : "refine is not on PATH, where git looks for it", TABLE_DIM);
    table_print_text(rows, out, &look);
    output_write(context->output, out->str);
    if (setup->warning)
        output_warning(context->output, "%s", setup->warning);
}

static void print_json(struct context *context, const struct hook_setup *setup, gboolean whole)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    json_add_boolean(json, "whole", whole);
    json_add_string(json, "program", setup->program);
    struct json *parts = json_add_array(json, "parts");
    for (enum hook_part part = 0; part < N_HOOK_PARTS; part++) {
        const struct hook_status *status = &setup->parts[part];
        struct json *object = json_add_object(parts, NULL);
        json_add_string(object, "part", hook_part_name(part));
        json_add_string(object, "state", hook_state_name(status->state));
        json_add_string(object, "path", status->path);
        json_add_string(object, "detail", status->detail);
    }
    json_add_string(json, "warning", setup->warning);
    present_json(context, json);
}

/* The hooks that were asked for must be there; the others may be, but not of another version. */
static guint parts_that_count(const struct hook_setup *setup, guint hooks)
{
    guint parts = HOOK_DRIVERS | hooks;

    for (guint part = HOOK_PART_HOOKS; part < N_HOOK_PARTS; part++)
        if (setup->parts[part].state == HOOK_OUTDATED)
            parts |= HOOK_WANTS(part);
    return parts;
}

static int status(struct context *context, guint hooks, GError **error)
{
    g_autoptr(HookSetup) setup = hook_setup_open(context->policy, error);
    if (!setup)
        return -1;
    gboolean whole = hook_setup_is_whole(setup, parts_that_count(setup, hooks));

    if (context->json)
        print_json(context, setup, whole);
    else
        print_text(context, setup);
    return whole ? 0 : 1;
}

/* -- */

static int install(struct context *context, const struct hook_options *given, GError **error)
{
    const struct hook_wish wish = { .parts = HOOK_DRIVERS | hooks_named(given),
                                    .yes = given->yes,
                                    .dry_run = given->dry_run };
    return hook_change(context, &wish, error);
}

/* Of named hooks these alone, else all that there is. */
static int take_away(struct context *context, const struct hook_options *given, GError **error)
{
    guint hooks = hooks_named(given);
    const struct hook_wish wish = {
        .parts = hooks ? hooks : HOOK_ALL, .removes = TRUE, .yes = given->yes, .dry_run = given->dry_run
    };
    return hook_change(context, &wish, error);
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct hook_options *given = options;
    const char *verb = arguments[0] ? arguments[0] : "status";
    int done = -1;

    if (strcmp(verb, "run") == 0)
        return hook_run(context, arguments + 1, error);
    if (strcmp(verb, "install") != 0 && strcmp(verb, "remove") != 0 && strcmp(verb, "status") != 0)
        return usage_error(error, "expected install, remove or status, saw %s", verb);
    if (arguments[0] && arguments[1])
        return usage_error(error, "expected refine hook %s, and no %s", verb, arguments[1]);
    if (strcmp(verb, "status") == 0 && (given->yes || given->dry_run))
        return usage_error(error, "--%s goes with install and remove", given->yes ? "yes" : "dry-run");
    g_autoptr(Policy) policy = policy_find(context->folder, NULL, error);
    if (!policy)
        return -1;
    context->policy = policy;
    if (strcmp(verb, "install") == 0)
        done = install(context, given, error);
    else if (strcmp(verb, "remove") == 0)
        done = take_away(context, given, error);
    if (strcmp(verb, "status") == 0 || (context->json && done >= 0 && !given->dry_run)) {
        int found = status(context, hooks_named(given), error);
        done = done < 0 || found < 0 ? found : done;
    }
    context->policy = NULL;
    return done;
}

const struct command command_hook = {
    .name = "hook",
    .arguments = "[install | remove | status]",
    .summary = "Set up git to merge, show, check and describe items.",
    .needs = TAKES_PATHS,
    .options_size = sizeof(struct hook_options),
    .options = table,
    .most = 5,
    .run = run,
};
