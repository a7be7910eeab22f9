#include "present.h"
#include "present_finding.h"

#include "setting.h"

#include <string.h>

/* -- show -- */

/* The sections stand one by one, since each has a default of its own. */
static void show_setting(struct context *context, const char *name, GString *out, struct json *json)
{
    const struct node *node = policy_get(context->policy, name);
    gboolean own = policy_sets(context->policy, name);

    if (!node)
        return;
    g_string_append_printf(out, "%-22s ", name);
    present_text(out, node);
    g_string_append_printf(out, "%s\n", own ? "" : "  (default)");
    struct json *object = json_add_object(json, name);
    present_node(object, "value", NULL, node);
    json_add_boolean(object, "default", !own);
}

static int show(struct context *context)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    json_add_string(json, "root", context->policy->root);
    struct json *settings = json_add_object(json, "settings");
    for (const struct setting *setting = setting_table(); setting->name; setting++) {
        if (setting->kind != SETTING_SECTIONS) {
            show_setting(context, setting->name, out, settings);
            continue;
        }
        g_auto(GStrv) parts = g_strsplit(setting->choices, " ", -1);
        for (gsize i = 0; parts[i]; i++) {
            g_autofree char *name = g_strconcat(setting->name, ".", parts[i], NULL);
            show_setting(context, name, out, settings);
        }
    }
    if (context->json)
        present_json(context, json);
    else
        output_write(context->output, out->str);
    return 0;
}

/* -- check -- */

static void add_finding(struct json *list, const struct finding *finding, const char *path)
{
    struct json *object = json_add_object(list, NULL);
    json_add_string(object, "severity", severity_name(finding->severity));
    json_add_string(object, "path", path);
    json_add_integer(object, "line", finding->at.line);
    json_add_integer(object, "column", finding->at.column);
    json_add_string(object, "message", finding->message);
    json_add_string(object, "help", finding->help);
}

/* Prints what was found; an unusable policy is trouble, status 2, in every command. */
static int check(struct context *context, GError **error)
{
    g_autoptr(GPtrArray) findings = NULL;
    g_autoptr(GError) cause = NULL;
    g_autoptr(Policy) policy = policy_find(context->folder, &findings, &cause);
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(Json) json = json_new_object();

    if (policy)
        findings = g_ptr_array_ref(policy->findings);
    if (!findings) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return -1;
    }
    json_add_integer(json, "version", 1);
    json_add_boolean(json, "usable", policy != NULL);
    struct json *list = json_add_array(json, "findings");
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        present_finding(out, context->output, finding, NULL, FALSE);
        add_finding(list, finding, finding->path);
    }
    if (policy && findings->len == 0)
        g_string_append(out, policy->written ? "the policy is good\n"
                                             : "there is no " POLICY_FILE "; the defaults hold\n");
    if (context->json)
        present_json(context, json);
    else
        output_write(context->output, out->str);
    return policy ? 0 : 2;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const char *verb = arguments[0] ? arguments[0] : "show";

    if (strcmp(verb, "check") == 0)
        return check(context, error);
    if (strcmp(verb, "show") != 0)
        return usage_error(error, "expected check or show, saw %s", verb);
    g_autoptr(Policy) policy = policy_find(context->folder, NULL, error);
    if (!policy)
        return -1;
    context->policy = policy;
    int status = show(context);
    context->policy = NULL;
    return status;
}

const struct command command_config = {
    .name = "config",
    .arguments = "[check | show]",
    .summary = "Check the policy, or show the settings in force.",
    .needs = NEEDS_PAGER,
    .most = 1,
    .run = run,
};
