#include "explain_print.h"

#include "custom.h"

#include <stddef.h>

struct explain_options {
    gboolean types;
};

static const struct option table[] = {
    { "types", 0, OPTION_FLAG, offsetof(struct explain_options, types), NULL,
      "a table of which rule is asked of which type, and how grave it is" },
    { 0 },
};

/* The policy that holds here; where there is neither one nor a backlog, the defaults. */
static struct policy *find_policy(const struct context *context, GError **error)
{
    g_autoptr(GError) cause = NULL;
    struct policy *policy = policy_find(context->folder, NULL, &cause);

    if (!policy && g_error_matches(cause, POLICY_ERROR, POLICY_ERROR_NONE_FOUND))
        return policy_new(context->folder, context->folder, NULL);
    if (!policy)
        g_propagate_error(error, g_steal_pointer(&cause));
    return policy;
}

static GPtrArray *all_rules(const struct rulebook *book)
{
    GPtrArray *rules = g_ptr_array_new();

    for (guint i = 0; i < rule_count(); i++)
        g_ptr_array_add(rules, (gpointer)rule_at(i));
    for (guint i = 0; i < book->custom->len; i++)
        g_ptr_array_add(rules, (gpointer) & ((const struct custom *)book->custom->pdata[i])->rule);
    return rules;
}

/* The rules of these names, each once; NULL with an error where there is none. */
static GPtrArray *find_rules(const struct rulebook *book, char **names, GError **error)
{
    g_autoptr(GPtrArray) rules = g_ptr_array_new();
    const char *nearest = NULL;

    for (gsize i = 0; names[i]; i++) {
        const struct rule *rule = explain_find(book, names[i], &nearest);
        if (!rule && !*names[i])
            usage_error(error, "expected the name of a rule, saw an empty word; refine explain lists them");
        else if (!rule)
            usage_error(error,
                        nearest ? "there is no rule %s; did you mean %s?"
                                : "there is no rule %s; refine explain lists them",
                        names[i], nearest);
        if (!rule)
            return NULL;
        if (!g_ptr_array_find(rules, rule, NULL))
            g_ptr_array_add(rules, (gpointer)rule);
    }
    return g_steal_pointer(&rules);
}

static void print(struct context *context, const struct rulebook *book, const GPtrArray *rules, gboolean all,
                  gboolean types)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (types)
        explain_print_types(context, out, book, rules);
    else if (all)
        explain_print_table(context, out, book, rules);
    for (guint i = 0; !types && !all && i < rules->len; i++) {
        g_string_append(out, i ? "\n" : "");
        explain_print_rule(context, out, book, rules->pdata[i]);
    }
    output_write(context->output, out->str);
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct explain_options *given = options;
    g_autoptr(Policy) policy = find_policy(context, error);

    if (!policy)
        return -1;
    g_autoptr(Rulebook) book = rulebook_new(policy);
    g_autoptr(GPtrArray) rules = arguments[0] ? find_rules(book, arguments, error) : all_rules(book);
    if (!rules)
        return -1;
    context->policy = policy;
    if (context->json)
        explain_print_json(context, book, rules);
    else
        print(context, book, rules, !arguments[0], given->types);
    context->policy = NULL;
    return 0;
}

const struct command command_explain = {
    .name = "explain",
    .arguments = "[RULE…]",
    .summary = "Explain rules, and show how the policy has them.",
    .needs = NEEDS_PAGER,
    .options_size = sizeof(struct explain_options),
    .options = table,
    .most = G_MAXUINT,
    .run = run,
};
