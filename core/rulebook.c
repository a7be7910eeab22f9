#include "rulebook.h"

#include "custom.h"
#include "lexicon.h"
#include "nearest.h"
#include "scale.h"

#include <string.h>

static char **fold_all(const char **texts)
{
    char **folded = g_new0(char *, g_strv_length((char **)texts) + 1);
    for (gsize i = 0; texts[i]; i++)
        folded[i] = g_utf8_casefold(texts[i], -1);
    return folded;
}

struct rulebook *rulebook_new(const struct policy *policy)
{
    struct rulebook *book = g_new0(struct rulebook, 1);
    g_autofree const char **personas = policy_texts(policy, "personas");

    book->policy = policy;
    book->lexicon = lexicon_new(policy);
    book->scale = scale_new(policy);
    book->custom = custom_read(policy);
    book->by_name = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < rule_count(); i++)
        g_hash_table_insert(book->by_name, (gpointer)rule_at(i)->name, (gpointer)rule_at(i));
    for (guint i = 0; i < book->custom->len; i++) {
        const struct custom *custom = book->custom->pdata[i];
        g_hash_table_insert(book->by_name, (gpointer)custom->rule.name, (gpointer)&custom->rule);
    }
    book->personas = fold_all(personas);
    return book;
}

void rulebook_free(struct rulebook *book)
{
    if (!book)
        return;
    lexicon_free(book->lexicon);
    scale_free(book->scale);
    g_hash_table_unref(book->by_name);
    g_ptr_array_unref(book->custom);
    g_strfreev(book->personas);
    g_free(book);
}

const struct rule *rulebook_find(const struct rulebook *book, const char *name)
{
    return g_hash_table_lookup(book->by_name, name);
}

/* The one of names that begins so; NULL where several do, or none, and for what is hardly a word. */
static const char *begun(const char *name, const char *const *names)
{
    const char *found = NULL;

    for (gsize i = 0; strlen(name) > 2 && names[i]; i++) {
        if (found && g_str_has_prefix(names[i], name))
            return NULL;
        if (g_str_has_prefix(names[i], name))
            found = names[i];
    }
    return found;
}

const char *rulebook_nearest(const struct rulebook *book, const char *name)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (guint i = 0; i < rule_count(); i++)
        g_ptr_array_add(names, (gpointer)rule_at(i)->name);
    for (guint i = 0; i < book->custom->len; i++)
        g_ptr_array_add(names, (gpointer)((const struct custom *)book->custom->pdata[i])->rule.name);
    g_ptr_array_add(names, NULL);
    const char *nearest = nearest_name(name, (const char *const *)names->pdata);
    return nearest ? nearest : begun(name, (const char *const *)names->pdata);
}

enum severity rulebook_severity(const struct rulebook *book, const struct rule *rule, enum severity decided,
                                const struct item *item, gboolean held)
{
    enum severity severity = held && rule->claimed && decided == rule->severity ? rule->claimed : decided;
    const char *type = item ? item_text(item, FIELD_TYPE) : NULL;
    enum severity set = policy_severity(book->policy, rule->name, severity, type,
                                        item ? item_texts(item, FIELD_LABELS) : NULL);

    /* A doubt stays one, whatever the rule is worth to the team. */
    return decided < rule->severity && decided != SEVERITY_OFF ? MIN(set, decided) : set;
}
