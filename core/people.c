#include "people.h"

#include "nearest.h"

#include <string.h>

G_DEFINE_QUARK(refine_people, people_error)

static const char *text_of(const struct node *person, const char *key)
{
    const struct node *node = node_find(person, key);
    if (node && node->kind == NODE_SEQUENCE)
        node = node->first;
    return node && node->kind == NODE_SCALAR && *node->text ? node->text : NULL;
}

gboolean people_same(const char *a, const char *b)
{
    g_autofree char *first = a ? g_utf8_casefold(a, -1) : NULL, *second = b ? g_utf8_casefold(b, -1) : NULL;
    return first && second && strcmp(first, second) == 0;
}

static gboolean has_address(const struct node *person, const char *who)
{
    const struct node *email = node_find(person, "email");

    if (!email || email->kind != NODE_SEQUENCE)
        return people_same(text_of(person, "email"), who);
    for (const struct node *each = email->first; each; each = each->next)
        if (each->kind == NODE_SCALAR && people_same(each->text, who))
            return TRUE;
    return FALSE;
}

/* Whether text is "Name <address>" on one line. */
static gboolean is_address(const char *text)
{
    const char *open = strchr(text, '<');
    const char *close = open ? strchr(open, '>') : NULL;

    if (!close || close[1] != '\0' || text + strspn(text, " \t") >= open || strpbrk(text, "\r\n"))
        return FALSE;
    g_autofree char *address = g_strndup(open + 1, (gsize)(close - open - 1));
    const char *at = strchr(address, '@');
    return at && at > address && at[1] && !strpbrk(address, " \t<");
}

static gboolean refuse(GError **error, const char *who, GPtrArray *names)
{
    g_ptr_array_add(names, NULL);
    const char *const *all = (const char *const *)names->pdata;
    const char *nearest = nearest_name(who, all);
    g_autofree char *list = g_strjoinv(", ", (char **)names->pdata);

    if (nearest)
        g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_UNKNOWN, "nobody in the team is %s; did you mean %s?",
                    who, nearest);
    else
        g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_UNKNOWN,
                    "nobody in the team is %s (%s); or write \"Name <address>\"", who,
                    *list ? list : "the policy names nobody under team");
    return FALSE;
}

/* Whether who is the person's handle (with or without "@"), name or address. */
static gboolean is_called(const struct node *person, const char *who)
{
    const char *word = *who == '@' ? who + 1 : who;
    return people_same(text_of(person, "handle"), word) || people_same(text_of(person, "name"), word) ||
           has_address(person, word);
}

static void add_names(GPtrArray *names, const struct node *person)
{
    const char *handle = text_of(person, "handle"), *name = text_of(person, "name");

    if (handle)
        g_ptr_array_add(names, (gpointer)handle);
    if (name)
        g_ptr_array_add(names, (gpointer)name);
}

char **people_names(const struct policy *policy, const char *who)
{
    const struct node *team = policy_get(policy, "team");
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (const struct node *person = team ? team->first : NULL; person; person = person->next)
        if (is_called(person, who)) {
            add_names(names, person);
            g_ptr_array_add(names, NULL);
            return g_strdupv((char **)names->pdata);
        }
    return NULL;
}

gboolean people_find(const struct policy *policy, const char *who, struct person *person)
{
    const struct node *team = policy_get(policy, "team");

    for (const struct node *node = team ? team->first : NULL; node; node = node->next)
        if (is_called(node, who)) {
            *person =
                (struct person){ text_of(node, "name"), text_of(node, "handle"), text_of(node, "role") };
            return TRUE;
        }
    return FALSE;
}

const char **people_all(const struct policy *policy)
{
    const struct node *team = policy_get(policy, "team");
    GPtrArray *names = g_ptr_array_new();

    for (const struct node *person = team ? team->first : NULL; person; person = person->next)
        add_names(names, person);
    g_ptr_array_add(names, NULL);
    return (const char **)g_ptr_array_free(names, FALSE);
}

const char **people_roles(const struct policy *policy)
{
    const struct node *team = policy_get(policy, "team");
    GPtrArray *roles = g_ptr_array_new();

    for (const struct node *person = team ? team->first : NULL; person; person = person->next) {
        const char *role = text_of(person, "role");
        if (role && !g_ptr_array_find_with_equal_func(roles, role, g_str_equal, NULL))
            g_ptr_array_add(roles, (gpointer)role);
    }
    g_ptr_array_add(roles, NULL);
    return (const char **)g_ptr_array_free(roles, FALSE);
}

char *people_address(const struct policy *policy, const char *who, GError **error)
{
    const struct node *team = policy_get(policy, "team");
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    if (is_address(who))
        return g_strdup(who);
    for (const struct node *person = team ? team->first : NULL; person; person = person->next) {
        const char *name = text_of(person, "name"), *handle = text_of(person, "handle");
        const char *email = text_of(person, "email");
        if (handle || name)
            g_ptr_array_add(names, (gpointer)(handle ? handle : name));
        if (!is_called(person, who))
            continue;
        if (email)
            return g_strdup_printf("%s <%s>", name ? name : handle, email);
        g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_UNKNOWN,
                    "the policy has no email for %s; add it there, or write \"%s <address>\"", who,
                    name ? name : handle);
        return NULL;
    }
    refuse(error, who, names);
    return NULL;
}
