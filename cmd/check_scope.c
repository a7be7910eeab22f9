#include "check_scope.h"

#include <string.h>

gboolean check_scope_open(struct check_scope *scope, const struct context *context, const char *since,
                          const char *policy, gboolean write, GError **error)
{
    *scope = (struct check_scope){ .gate = gate_open(context->policy, since, policy, error) };
    if (!scope->gate)
        return FALSE;
    if (since) {
        scope->since = since_open(scope->gate, error);
        scope->backlog = scope->since ? scope->since->moments->now : NULL;
    } else {
        scope->backlog = backlog_open(scope->gate->policy, NULL, error);
        if (scope->backlog && !write)
            backlog_keep_index(scope->backlog);
    }
    return scope->backlog != NULL;
}

void check_scope_clear(struct check_scope *scope)
{
    if (!scope->since)
        backlog_free(scope->backlog);
    g_clear_pointer(&scope->since, since_free);
    scope->backlog = NULL;
    g_clear_pointer(&scope->gate, gate_free);
    g_clear_pointer(&scope->paths, g_ptr_array_unref);
}

gboolean check_scope_choose(struct check_scope *scope, char **words, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new();

    for (gsize i = 0; words[i]; i++) {
        const struct entry *entry = backlog_find(scope->backlog, words[i], error);
        if (!entry)
            return FALSE;
        if (!g_ptr_array_find_with_equal_func(paths, entry->path, g_str_equal, NULL))
            g_ptr_array_add(paths, (gpointer)entry->path);
    }
    if (!words[0])
        return TRUE;
    g_ptr_array_add(paths, NULL);
    scope->paths = g_steal_pointer(&paths);
    scope->only = (const char *const *)scope->paths->pdata;
    return TRUE;
}

GPtrArray *check_scope_run(struct check_scope *scope, const struct check_wishes *wishes)
{
    const struct rules_options options = {
        .all = wishes->all || (wishes->as_ready && !scope->only),
        .only = scope->only,
        .named = scope->only != NULL,
        .no_advice = !wishes->advice,
        .as_ready = wishes->as_ready ? scope->only : NULL,
    };
    return scope->since ? since_check(scope->since, &options) : rules_check(scope->backlog, &options);
}

char *check_scope_against(const struct check_scope *scope)
{
    const struct gate *gate = scope->gate;
    return gate->since ? g_strdup_printf("the merge base %.7s of %s", gate->base, gate->since) : NULL;
}

char *check_scope_policy(const struct check_scope *scope)
{
    const struct gate *gate = scope->gate;

    if (gate->ruling && gate->absent && !gate->own->written)
        return NULL;
    if (gate->ruling && gate->absent)
        return g_strdup_printf("the default policy, for there is none at %.7s", gate->ruling);
    if (!gate->ruling)
        return gate->since ? g_strdup("the policy of the work tree") : NULL;
    return g_strcmp0(gate->ruling, gate->base) == 0 ? NULL
                                                    : g_strdup_printf("the policy at %.7s", gate->ruling);
}
