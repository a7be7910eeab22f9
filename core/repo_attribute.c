#include "repo_attribute.h"

#include "repo_private.h"

#include <git2.h>

char *repo_attribute(struct repo *repo, const char *path, const char *name)
{
    const char *value = NULL;

    if (git_attr_get(&value, repo->git, GIT_ATTR_CHECK_FILE_THEN_INDEX, path, name) < 0)
        return NULL;
    switch (git_attr_value(value)) {
    case GIT_ATTR_VALUE_TRUE:
        return g_strdup("set");
    case GIT_ATTR_VALUE_FALSE:
        return g_strdup("unset");
    case GIT_ATTR_VALUE_STRING:
        return g_strdup(value);
    default:
        return NULL;
    }
}
