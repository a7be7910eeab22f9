#include "history_person.h"

#include "people.h"

#include <string.h>

/* Somebody who is looked for. */
struct sought {
    struct person member; /* of the team; all NULL: nobody of it */
    char *text;           /* else, in lower case: a part of "Name <email>", or, whole, of the name */
    gboolean whole;
};

struct persons {
    const struct policy *policy;
    GPtrArray *sought;
    GHashTable *known; /* "Name <email>" -> whether that is one of them, as a pointer */
};

static void sought_free(gpointer data)
{
    struct sought *sought = data;
    g_free(sought->text);
    g_free(sought);
}

void persons_free(struct persons *persons)
{
    if (!persons)
        return;
    g_ptr_array_unref(persons->sought);
    g_hash_table_unref(persons->known);
    g_free(persons);
}

static void add(struct persons *persons, const char *word, gboolean whole)
{
    struct sought *sought = g_new0(struct sought, 1);

    if (!people_find(persons->policy, word, &sought->member))
        sought->text = g_utf8_casefold(word, -1);
    sought->whole = whole;
    g_ptr_array_add(persons->sought, sought);
}

static gboolean add_word(struct persons *persons, const char *word, GError **error)
{
    struct person member;

    if (strcmp(word, "@me") == 0) {
        g_auto(GStrv) names = people_me(persons->policy, error);
        for (gsize i = 0; names && names[i]; i++)
            add(persons, names[i], TRUE);
        return names != NULL;
    }
    if (*word == '@' && !people_find(persons->policy, word, &member)) {
        g_autofree char *address = people_address(persons->policy, word, error);
        return address != NULL;
    }
    add(persons, word, FALSE);
    return TRUE;
}

struct persons *persons_new(const struct policy *policy, const char *const *words, GError **error)
{
    g_autoptr(Persons) persons = g_new0(struct persons, 1);

    persons->policy = policy;
    persons->sought = g_ptr_array_new_with_free_func(sought_free);
    persons->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; words[i]; i++)
        if (!add_word(persons, words[i], error))
            return NULL;
    return g_steal_pointer(&persons);
}

/* -- asking -- */

/* Whether the two are the same entry of the team, whose texts they borrow. */
static gboolean is_same_member(const struct person *a, const struct person *b)
{
    return a->name == b->name && a->handle == b->handle && a->role == b->role;
}

static gboolean is_sought(const struct persons *persons, const struct sought *sought, const char *name,
                          const char *email, const char *both)
{
    struct person member;

    if (!sought->text)
        return (people_find(persons->policy, email, &member) ||
                people_find(persons->policy, name, &member)) &&
               is_same_member(&member, &sought->member);
    g_autofree char *folded = g_utf8_casefold(sought->whole ? name : both, -1);
    return sought->whole ? strcmp(folded, sought->text) == 0 : strstr(folded, sought->text) != NULL;
}

/* Whether "Name <email>" is one of them, asked once for each. */
static gboolean is_known(struct persons *persons, const char *both)
{
    gpointer known = NULL;
    gboolean found = FALSE;

    if (g_hash_table_lookup_extended(persons->known, both, NULL, &known))
        return GPOINTER_TO_INT(known);
    g_autofree char *valid = g_utf8_make_valid(both, -1);
    const char *open = strrchr(valid, '<');
    g_autofree char *name = g_strstrip(g_strndup(valid, open ? (gsize)(open - valid) : strlen(valid)));
    g_autofree char *email = g_strndup(open ? open + 1 : "", open ? strcspn(open + 1, ">") : 0);
    for (guint i = 0; !found && i < persons->sought->len; i++)
        found = is_sought(persons, persons->sought->pdata[i], name, email, valid);
    g_hash_table_insert(persons->known, g_strdup(both), GINT_TO_POINTER(found));
    return found;
}

gboolean persons_took_part(struct persons *persons, const struct commit_words *commit)
{
    g_autofree char *author = g_strdup_printf("%s <%s>", commit->name, commit->email);

    if (is_known(persons, author))
        return TRUE;
    for (guint i = 0; i < commit->participants->len; i++)
        if (is_known(persons, commit->participants->pdata[i]))
            return TRUE;
    return FALSE;
}
