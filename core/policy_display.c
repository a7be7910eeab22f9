#include "policy.h"

#include <string.h>

char *policy_display(const struct policy *policy, const char *path)
{
    g_autofree char *here = g_get_current_dir();
    return policy_display_from(policy, path, here);
}

char *policy_display_from(const struct policy *policy, const char *path, const char *here)
{
    gsize length = strlen(policy->root), above = strlen(here);

    if (g_str_has_prefix(policy->root, here) && policy->root[above] == '/' && above > 1)
        return g_build_filename(policy->root + above + 1, path, NULL);
    /* At or below root: one step up for every folder that the user is below it. */
    if (strncmp(here, policy->root, length) != 0 || (here[length] && here[length] != '/' && length > 1))
        return g_build_filename(policy->root, path, NULL);
    GString *shown = g_string_new(NULL);
    const char *rest = here + length;
    while (*rest == '/')
        rest++;
    g_auto(GStrv) steps = g_strsplit(rest, "/", -1);
    gsize shared = 0;
    for (gsize i = 0, at = 0; steps[i]; i++) {
        gsize step = strlen(steps[i]);
        if (at == shared && strncmp(path + at, steps[i], step) == 0 && path[at + step] == '/')
            shared = at + step + 1;
        else
            g_string_append(shown, "../");
        at += step + 1;
    }
    g_string_append(shown, path + shared);
    return g_string_free(shown, FALSE);
}
