#include "commit_identity.h"

#include "clock.h"
#include "commit_date.h"
#include "repo_config.h"

#include <string.h>

G_DEFINE_QUARK(refine_identity, identity_error)

#define ADVICE                                                                                               \
    "git config --global user.name \"Your Name\" and git config --global user.email \"you@example.com\" "    \
    "set who you are"

/* One of the two, and where git looks for it. */
struct role {
    const char *label;
    const char *name, *email, *date; /* variables of the environment */
    const char *name_key, *email_key;
};

static const struct role author = {
    "author", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_AUTHOR_DATE", "author.name", "author.email",
};
static const struct role committer = {
    "committer",          "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL",
    "GIT_COMMITTER_DATE", "committer.name",     "committer.email",
};

/* What git takes off both ends of a name. */
static gboolean is_crud(char c)
{
    return (guchar)c <= ' ' || strchr(".,:;<>\"\\'", c);
}

/* Newly allocated. Within, git drops what would end the name or the line. */
static char *strip(const char *text)
{
    gsize length = strlen(text);
    while (length > 0 && is_crud(text[length - 1]))
        length--;
    while (length > 0 && is_crud(*text)) {
        text++;
        length--;
    }
    g_autoptr(GString) stripped = g_string_sized_new(length);
    for (gsize i = 0; i < length; i++)
        if (!strchr("\n<>", text[i]))
            g_string_append_c(stripped, text[i]);
    return g_strdup(stripped->str);
}

static char *non_empty(char *text)
{
    if (text && *text)
        return text;
    g_free(text);
    return NULL;
}

/* As it was set, for a NULL that means nowhere. */
static char *find_name(const struct repo_config *config, const struct role *role)
{
    if (g_getenv(role->name))
        return g_strdup(g_getenv(role->name));
    char *own = non_empty(repo_config_text(config, role->name_key));
    return own ? own : repo_config_text(config, "user.name");
}

/* EMAIL counts only where git has been told no address at all, and may look elsewhere. */
static gboolean may_use_variable(const struct repo_config *config)
{
    g_autofree char *one = repo_config_text(config, "author.email");
    g_autofree char *other = repo_config_text(config, "committer.email");
    gboolean only = FALSE;

    return !one && !other && repo_config_bool(config, "user.useconfigonly", FALSE, &only, NULL) && !only;
}

static char *find_email(const struct repo_config *config, const struct role *role)
{
    if (g_getenv(role->email))
        return g_strdup(g_getenv(role->email));
    char *own = non_empty(repo_config_text(config, role->email_key));
    if (!own)
        own = repo_config_text(config, "user.email");
    if (!own && may_use_variable(config))
        own = non_empty(g_strdup(g_getenv("EMAIL")));
    return own;
}

static gboolean find_date(const struct role *role, struct identity *identity, GError **error)
{
    const char *text = g_getenv(role->date);

    if (text && *text) {
        if (commit_date_parse(text, &identity->time, &identity->offset))
            return TRUE;
        g_set_error(error, IDENTITY_ERROR, IDENTITY_ERROR_INVALID,
                    "%s: expected a date such as 2026-11-21T09:00:00+0100 from 1970 to 2106, saw \"%s\"",
                    role->date, text);
        return FALSE;
    }
    g_autoptr(GDateTime) now = clock_now();
    identity->time = g_date_time_to_unix(now);
    identity->offset = (int)(g_date_time_get_utc_offset(now) / G_TIME_SPAN_MINUTE);
    if (identity->time >= 0 && identity->time <= COMMIT_DATE_LAST)
        return TRUE;
    g_set_error(error, IDENTITY_ERROR, IDENTITY_ERROR_INVALID,
                "the clock is wrong: it says %" G_GINT64_FORMAT " seconds after 1970", identity->time);
    return FALSE;
}

static struct identity *choose(struct repo *repo, const struct role *role, GError **error)
{
    g_autoptr(RepoConfig) config = repo_config_open(repo, error);
    g_autofree char *name = config ? find_name(config, role) : NULL;
    g_autofree char *email = config ? find_email(config, role) : NULL;
    g_autoptr(Identity) identity = g_new0(struct identity, 1);

    if (!config)
        return NULL;
    if (!name || !email) {
        g_set_error(error, IDENTITY_ERROR, IDENTITY_ERROR_MISSING, "the %s has no %s; " ADVICE, role->label,
                    name ? "e-mail address" : "name");
        return NULL;
    }
    identity->name = strip(name);
    identity->email = strip(email);
    if (*identity->name == '\0') {
        g_set_error(error, IDENTITY_ERROR, IDENTITY_ERROR_INVALID,
                    "the name of the %s is \"%s\", of which git keeps nothing; " ADVICE, role->label, name);
        return NULL;
    }
    return find_date(role, identity, error) ? g_steal_pointer(&identity) : NULL;
}

struct identity *identity_author(struct repo *repo, GError **error)
{
    return choose(repo, &author, error);
}

struct identity *identity_committer(struct repo *repo, GError **error)
{
    return choose(repo, &committer, error);
}

void identity_free(struct identity *identity)
{
    if (!identity)
        return;
    g_free(identity->name);
    g_free(identity->email);
    g_free(identity);
}

char *identity_print(const struct identity *identity)
{
    return g_strdup_printf("%s <%s>", identity->name, identity->email);
}

char *identity_print_date(const struct identity *identity)
{
    int minutes = ABS(identity->offset);
    return g_strdup_printf("@%" G_GINT64_FORMAT " %c%02d%02d", identity->time,
                           identity->offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}
