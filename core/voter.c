#include "voter.h"

#include "nearest.h"
#include "people.h"

#include <string.h>

/* So long that a file system takes the name, with any round before it. */
#define LONGEST 100

void voter_clear(struct voter *voter)
{
    g_clear_pointer(&voter->who, g_free);
    g_clear_pointer(&voter->name, g_free);
}

static void voter_free(gpointer data)
{
    voter_clear(data);
    g_free(data);
}

char *voter_slug(const char *name)
{
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    g_autofree char *normal = g_utf8_normalize(valid, -1, G_NORMALIZE_NFC);
    g_autofree char *lower = g_utf8_strdown(normal, -1);
    /* Lower case of some letters is two, which another normal form joins. */
    g_autofree char *folded = g_utf8_normalize(lower, -1, G_NORMALIZE_NFC);
    GString *slug = g_string_new(NULL);
    gboolean gap = FALSE;

    for (const char *at = folded; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        gboolean inner = slug->len && (c == '.' || c == '_');
        if (!g_unichar_isalnum(c) && !(g_unichar_ismark(c) && slug->len) && !inner) {
            gap = slug->len > 0;
            continue;
        }
        if (gap)
            g_string_append_c(slug, '-');
        gap = FALSE;
        g_string_append_unichar(slug, c);
    }
    return g_string_free(slug, FALSE);
}

/* -- the team -- */

static struct voter *voter_of(const struct person *person)
{
    struct voter *voter = g_new0(struct voter, 1);

    voter->who = voter_slug(person->handle ? person->handle : person->name);
    voter->name = g_strdup(person->name ? person->name : person->handle);
    return voter;
}

GPtrArray *voters_of(const struct policy *policy, const char *role)
{
    GPtrArray *voters = g_ptr_array_new_with_free_func(voter_free);
    g_autofree const char **all = people_all(policy);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    struct person person;

    for (gsize i = 0; all[i]; i++) {
        if (!people_find(policy, all[i], &person) || (role && g_strcmp0(person.role, role) != 0))
            continue;
        struct voter *voter = voter_of(&person);
        if (g_hash_table_add(seen, voter->who))
            g_ptr_array_add(voters, voter);
        else
            voter_free(voter);
    }
    return voters;
}

static const struct voter *find_in(const GPtrArray *voters, const char *who)
{
    for (guint i = 0; i < voters->len; i++)
        if (strcmp(((const struct voter *)voters->pdata[i])->who, who) == 0)
            return voters->pdata[i];
    return NULL;
}

char *voter_name(const struct policy *policy, const char *who)
{
    g_autoptr(GPtrArray) team = voters_of(policy, NULL);
    const struct voter *voter = find_in(team, who);
    return g_strdup(voter ? voter->name : who);
}

/* -- somebody -- */

static gboolean refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean refuse(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, PEOPLE_ERROR, PEOPLE_ERROR_UNKNOWN, message);
    return FALSE;
}

/* Whether a vote can go by who. "round" is what an item's votes call the number of the round. */
static gboolean check_who(const char *who, const char *name, GError **error)
{
    if (!*who || strlen(who) > LONGEST)
        return refuse(error,
                      "a vote goes by a name of letters and digits, at most %d bytes, saw %s; a handle under "
                      "team in the policy gives one",
                      LONGEST, *name ? name : "none");
    return strcmp(who, "round") != 0 ||
           refuse(error, "nobody can vote as round, which is what the number of the round goes by in the "
                         "item; give them another handle under team in the policy");
}

/* Somebody who is not of the team. */
static gboolean find_guest(const struct policy *policy, const char *name, struct voter *voter, GError **error)
{
    g_autofree char *plain = g_strstrip(g_strndup(name, strcspn(name, "<")));
    g_autofree char *who = voter_slug(plain);
    g_autoptr(GPtrArray) team = voters_of(policy, NULL);
    const struct voter *other = find_in(team, who);

    if (other)
        return refuse(error,
                      "%s is nobody of the team, but would vote as %s, who is %s; add a handle under team in "
                      "the policy",
                      plain, who, other->name);
    if (!check_who(who, plain, error))
        return FALSE;
    voter->who = g_steal_pointer(&who);
    voter->name = g_steal_pointer(&plain);
    return TRUE;
}

/* Roles and words behind "@" are of the team, whose members they name, or of nobody. */
static gboolean check_guest(const struct policy *policy, const char *who, GError **error)
{
    const char *word = *who == '@' ? who + 1 : who;
    g_autofree const char **roles = people_roles(policy);

    for (gsize i = 0; roles[i]; i++)
        if (people_same(roles[i], word))
            return refuse(error, "%s is a role: expected who of them votes, by handle, name or address",
                          roles[i]);
    return *who != '@' || refuse(error, "nobody in the team is %s; a guest is \"%s\", without @", who, word);
}

/* A word that is nearly the handle or name of somebody is more likely them than a guest. */
static gboolean check_nearest(const struct policy *policy, const char *who, GError **error)
{
    g_autoptr(GPtrArray) team = voters_of(policy, NULL);
    g_autofree char *word = voter_slug(who);
    const struct voter *nearest = NULL;

    for (guint i = 0; i < team->len && !nearest && !strchr(who, '<'); i++) {
        const struct voter *voter = team->pdata[i];
        g_autofree char *name = voter_slug(voter->name);
        const char *const names[] = { voter->who, name, NULL };
        if (nearest_name(word, names))
            nearest = voter;
    }
    return !nearest || refuse(error, "nobody in the team is %s; did you mean %s? a guest is \"%s <address>\"",
                              who, nearest->name, who);
}

gboolean voter_find(const struct policy *policy, const char *who, struct voter *voter, GError **error)
{
    g_auto(GStrv) me = who ? NULL : people_me(policy, error);
    const char *name = who ? who : me ? me[0] : NULL;
    struct person person;

    if (!name)
        return FALSE;
    if (!people_find(policy, name, &person))
        return (!who || (check_nearest(policy, who, error) && check_guest(policy, who, error))) &&
               find_guest(policy, name, voter, error);
    struct voter *found = voter_of(&person);
    gboolean good = check_who(found->who, found->name, error);
    if (good) {
        *voter = *found;
        g_free(found);
    } else {
        voter_free(found);
    }
    return good;
}
