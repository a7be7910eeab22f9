#include "explain_print.h"

#include "custom.h"
#include "present.h"

/* NULL where there is nothing to say. */
static void add_text(struct json *object, const char *key, const char *text)
{
    json_add_string(object, key, text && *text ? text : NULL);
}

static void add_settings(struct json *object, const struct rulebook *book, const struct rule *rule)
{
    g_autoptr(GArray) settings = explain_settings(book, rule);
    struct json *list = json_add_array(object, "settings");

    for (guint i = 0; i < settings->len; i++) {
        const struct explain_setting *setting = &g_array_index(settings, struct explain_setting, i);
        struct json *one = json_add_object(list, NULL);
        json_add_string(one, "type", setting->type);
        json_add_string(one, "label", setting->label);
        json_add_string(one, "severity", severity_name(setting->severity));
        json_add_boolean(one, "default", !setting->is_set);
        if (setting->at.line)
            json_add_integer(one, "line", setting->at.line);
        else
            json_add_null(one, "line");
    }
}

static void add_types(struct json *object, const struct context *context, const struct rulebook *book,
                      const struct rule *rule)
{
    g_autofree const char **types = policy_texts(context->policy, "types");
    struct json *map = json_add_object(object, "types");

    for (gsize i = 0; types[i]; i++)
        json_add_string(map, types[i],
                        explain_is_asked(book, rule, types[i])
                            ? severity_name(explain_severity(book, rule, types[i]))
                            : NULL);
}

static void add_rule(struct json *object, const struct context *context, const struct rulebook *book,
                     const struct rule *rule)
{
    static const char *const reaches[] = { "any", "open", "readiness", "claim", "backlog" };
    const struct custom *custom = explain_custom(book, rule);
    const struct rule_help *help = &rule->help;

    json_add_string(object, "rule", rule->name);
    json_add_string(object, "family", rule_family(rule));
    json_add_boolean(object, "custom", custom != NULL);
    json_add_string(object, "severity", severity_name(rule->severity));
    json_add_string(object, "ready-severity", severity_name(rule->claimed ? rule->claimed : rule->severity));
    json_add_string(object, "reach", reaches[rule->reach]);
    json_add_string(object, "summary", rule->summary);
    add_text(object, "what", help->what);
    add_text(object, "why", help->why);
    add_text(object, "bad", help->bad);
    add_text(object, "good", help->good);
    add_text(object, "decided", help->decided);
    add_text(object, "source", help->source);
    add_text(object, "mistakes", help->mistakes);
    json_add_string(object, "pattern", custom ? custom->pattern : NULL);
    json_add_string(object, "help", custom ? custom->help : NULL);
    add_types(object, context, book, rule);
    add_settings(object, book, rule);
}

void explain_print_json(struct context *context, const struct rulebook *book, const GPtrArray *rules)
{
    g_autoptr(Json) json = json_new_object();
    g_autofree char *path = policy_display(context->policy, POLICY_FILE);

    json_add_integer(json, "version", 1);
    json_add_string(json, "policy", context->policy->written ? path : NULL);
    struct json *list = json_add_array(json, "rules");
    for (guint i = 0; i < rules->len; i++)
        add_rule(json_add_object(list, NULL), context, book, rules->pdata[i]);
    present_json(context, json);
}
