#include "people.h"

#include "commit_identity.h"
#include "repo_config.h"
#include "repo_mailmap.h"

/* Whoever of the team has the author's address or, else, name, as .mailmap has these; else that name alone.
 */
static char **author_names(const struct policy *policy, struct repo *repo)
{
    g_autoptr(Identity) author = identity_author(repo, NULL);
    if (!author)
        return NULL;
    g_autoptr(Mailmap) mailmap = mailmap_open(repo);
    const char *name = author->name, *email = author->email;
    char **names = people_names(policy, author->email);

    mailmap_resolve(mailmap, &name, &email);
    if (!names)
        names = people_names(policy, email);
    if (!names)
        names = people_names(policy, name);
    return names ? names : g_strdupv((char *[]){ (char *)name, NULL });
}

/* The same by what the user has told git, where there is no repository. */
static char **outside_names(const struct policy *policy)
{
    g_autofree char *email = repo_config_read(NULL, "user.email");
    g_autofree char *name = repo_config_read(NULL, "user.name");
    char **names = email ? people_names(policy, email) : NULL;

    if (!names && name)
        names = people_names(policy, name);
    return names || !name ? names : g_strdupv((char *[]){ name, NULL });
}

char **people_me(const struct policy *policy, GError **error)
{
    g_autoptr(Repo) repo = repo_open(policy->root, NULL);
    g_autofree char *me = repo_config_read(repo, "refine.me");

    /* An empty value takes back what a wider file of git's configuration says. */
    if (me && !*me)
        g_clear_pointer(&me, g_free);
    char **names = me ? people_names(policy, me) : repo ? author_names(policy, repo) : outside_names(policy);

    if (!names && me)
        names = g_strdupv((char *[]){ me, NULL });
    if (!names)
        g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_UNKNOWN,
                    "@me: nobody has said who you are; git config --global refine.me HANDLE does");
    return names;
}
