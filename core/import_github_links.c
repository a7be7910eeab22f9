#include "import_github_links.h"

#include <string.h>

/* -- addresses -- */

/* Splits "https://github.com/owner/name/issues/12" or its like in the API. *repository is the caller's. */
static gboolean split(const char *url, char **repository, gint64 *number, gboolean *is_pull)
{
    const char *host = url ? strstr(url, "://") : NULL;
    g_auto(GStrv) parts = g_strsplit(host ? host + 3 : "", "/", -1);
    guint count = g_strv_length(parts), first = 1;

    if (count > 3 && strcmp(parts[1], "api") == 0 && strcmp(parts[2], "v3") == 0)
        first = 3;
    if (count > first && strcmp(parts[first], "repos") == 0)
        first++;
    if (count < first + 4 || !*parts[first] || !*parts[first + 1])
        return FALSE;
    const char *kind = parts[first + 2], *host_name = parts[0];
    *is_pull = strcmp(kind, "pull") == 0 || strcmp(kind, "pulls") == 0;
    if ((!*is_pull && strcmp(kind, "issues") != 0) ||
        !g_ascii_string_to_signed(parts[first + 3], 10, 1, G_MAXINT64, number, NULL))
        return FALSE;
    if (strcmp(host_name, "api.github.com") == 0)
        host_name += strlen("api.");
    *repository = g_strconcat(host_name, "/", parts[first], "/", parts[first + 1], NULL);
    return strlen(*repository) <= IMPORT_LONGEST;
}

static const char *address_of(const struct json *issue)
{
    const char *page = json_as_string(json_find(issue, "html_url"));
    return page ? page : json_as_string(json_find(issue, "url"));
}

char *import_github_repository(const struct json *issue)
{
    g_autofree char *repository = NULL;
    gboolean is_pull;
    gint64 number;

    return split(address_of(issue), &repository, &number, &is_pull) ? g_steal_pointer(&repository) : NULL;
}

gboolean import_github_is_pull(const struct json *issue)
{
    g_autofree char *repository = NULL;
    gboolean is_pull = FALSE;
    gint64 number;

    if (json_kind(json_find(issue, "pull_request")) == JSON_KIND_OBJECT)
        return TRUE;
    if (json_as_boolean(json_find(issue, "isPullRequest"), &is_pull) && is_pull)
        return TRUE;
    return split(address_of(issue), &repository, &number, &is_pull) && is_pull;
}

/* -- links -- */

static const struct {
    const char *key;
    enum github_relation relation;
} relations[] = {
    { "parent", GITHUB_PARENT },        { "parent_issue_url", GITHUB_PARENT },
    { "subIssues", GITHUB_CHILD },      { "sub_issues", GITHUB_CHILD },
    { "blockedBy", GITHUB_BLOCKED_BY }, { "blocked_by", GITHUB_BLOCKED_BY },
    { "blocking", GITHUB_BLOCKS },
};

gboolean import_github_is_link(const char *key)
{
    for (gsize i = 0; i < G_N_ELEMENTS(relations); i++)
        if (strcmp(relations[i].key, key) == 0)
            return TRUE;
    return FALSE;
}

/* "owner/name#12", or GH-12 within the repository itself. */
static char *name_of(const char *repository, const char *own, gint64 number)
{
    const char *slash = strchr(repository, '/');

    if (strcmp(repository, own) == 0)
        return g_strdup_printf("GH-%" G_GINT64_FORMAT, number);
    return g_strdup_printf("%s#%" G_GINT64_FORMAT, slash ? slash + 1 : repository, number);
}

/* Adds the one issue that value names. */
static gboolean add_one(GArray *links, const char *own, enum github_relation relation,
                        const struct json *value, struct position at)
{
    const char *url = json_as_string(value) ? json_as_string(value) : address_of(value);
    g_autofree char *found = NULL;
    gboolean is_pull;
    gint64 number;

    if (!split(url, &found, &number, &is_pull)) {
        if (!json_as_integer(value, &number) && !json_as_integer(json_find(value, "number"), &number))
            return FALSE;
        g_free(found);
        found = g_strdup(own);
    }
    const struct github_link link = { relation, g_strdup_printf("%s#%" G_GINT64_FORMAT, found, number),
                                      name_of(found, own, number), at };
    g_array_append_val(links, link);
    return TRUE;
}

gboolean import_github_links_add(GArray *links, const char *repository, const char *key,
                                 const struct json *value, struct position at)
{
    const struct json *nodes = json_find(value, "nodes");
    const struct json *list = nodes ? nodes : value;
    enum github_relation relation = GITHUB_PARENT;

    for (gsize i = 0; i < G_N_ELEMENTS(relations); i++)
        if (strcmp(relations[i].key, key) == 0)
            relation = relations[i].relation;
    if (json_kind(list) == JSON_KIND_NULL)
        return TRUE;
    if (json_kind(list) != JSON_KIND_ARRAY)
        return add_one(links, repository, relation, list, at);
    for (gsize i = 0; i < json_count(list); i++)
        if (!add_one(links, repository, relation, json_at(list, i), at))
            return FALSE;
    return TRUE;
}
