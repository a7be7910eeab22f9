#include "blame_private.h"

#include "nearest.h"

#include <string.h>

/* What stands for the entries of a section, and for one of them. */
static const struct word {
    const char *all;
    const char *one;
    enum section_id section;
    enum blame_kind kind;
} words[] = {
    { "criteria", "criterion", SECTION_CRITERIA, BLAME_CRITERION },
    { "questions", "question", SECTION_QUESTIONS, BLAME_QUESTION },
    { "decisions", "decision", SECTION_DECISIONS, BLAME_DECISION },
};

/* What a name asks for. */
struct wish {
    const char *key;            /* of a field, or of a map and its entry */
    const struct word *entries; /* NULL: none */
    guint64 number;             /* of one of them; 0: all */
    gboolean text;
    const char *heading;
    const char *const *headings; /* of a section that the policy knows; NULL: none */
};

static gboolean is_one_of(const char *const *names, const char *name)
{
    for (gsize i = 0; names[i]; i++) {
        g_autofree char *one = g_utf8_casefold(names[i], -1), *other = g_utf8_casefold(name, -1);
        if (strcmp(one, other) == 0)
            return TRUE;
    }
    return FALSE;
}

/* "2" or "criterion 2". */
static void wish_number(struct wish *wish, const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        gsize length = strlen(words[i].one);
        gboolean named = g_ascii_strncasecmp(name, words[i].one, length) == 0 && name[length] == ' ';
        if (!named && i > 0)
            continue;
        if (g_ascii_string_to_unsigned(named ? name + length + 1 : name, 10, 1, G_MAXUINT, &wish->number,
                                       NULL)) {
            wish->entries = &words[i];
            return;
        }
    }
}

static struct wish wish_of(const struct policy *policy, const char *name)
{
    gboolean precise = g_ascii_strncasecmp(name, "section ", 8) == 0;
    struct wish wish = { .key = precise ? NULL : name, .heading = precise ? name + 8 : name };

    for (gsize i = 0; i < G_N_ELEMENTS(words) && !precise; i++)
        if (g_ascii_strcasecmp(name, words[i].all) == 0)
            wish.entries = &words[i];
    if (!wish.entries && !precise)
        wish_number(&wish, name);
    wish.text = strcmp(name, "text") == 0;
    for (guint i = 0; i < N_SECTIONS; i++)
        if (is_one_of(policy_section(policy, i), wish.heading))
            wish.headings = policy_section(policy, i);
    for (gsize i = 0; i < G_N_ELEMENTS(words) && wish.headings && !wish.entries; i++)
        if (wish.headings == policy_section(policy, words[i].section))
            wish.entries = &words[i];
    return wish;
}

static gboolean is_wanted(const struct wish *wish, const struct blame_part *part)
{
    const char *heading[] = { wish->heading, NULL };

    switch (part->kind) {
    case BLAME_FIELD:
    case BLAME_ENTRY:
        return wish->key && (strcmp(wish->key, part->key) == 0 || strcmp(wish->key, part->name) == 0);
    case BLAME_CRITERION:
    case BLAME_QUESTION:
    case BLAME_ANSWER:
    case BLAME_DECISION: {
        enum blame_kind kind = part->kind == BLAME_ANSWER ? BLAME_QUESTION : part->kind;
        return wish->entries && wish->entries->kind == kind &&
               (wish->number == 0 || wish->number == part->number);
    }
    case BLAME_SECTION:
        return is_one_of(heading, part->name) || (wish->headings && is_one_of(wish->headings, part->name));
    case BLAME_TEXT:
        return wish->text;
    }
    g_assert_not_reached();
}

/* Sets an error that says what could have been meant. */
static void fail(const struct blame *blame, const char *name, GError **error)
{
    g_autoptr(GPtrArray) known = g_ptr_array_new();

    for (guint i = 0; i < blame->parts->len; i++) {
        const struct blame_part *part = blame->parts->pdata[i];
        if (part->name)
            g_ptr_array_add(known, part->name);
    }
    for (gsize i = 0; i < N_FIELDS; i++)
        g_ptr_array_add(known, (gpointer)field_table()[i].name);
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        g_ptr_array_add(known, (gpointer)words[i].all);
    g_ptr_array_add(known, NULL);
    const char *nearest = nearest_name(name, (const char *const *)known->pdata);
    g_set_error(error, BLAME_ERROR, BLAME_ERROR_NAME,
                nearest ? "%s has nothing called %s; did you mean %s?"
                        : "%s has nothing called %s; expected one of its keys or headings, criteria, "
                          "questions or decisions",
                blame->id, *name ? name : "\"\"", nearest);
}

gboolean blame_select(struct blame *blame, const char *const *names, GPtrArray *missing, GError **error)
{
    g_autofree gboolean *wanted = g_new0(gboolean, blame->parts->len + 1);
    g_autoptr(GPtrArray) absent = g_ptr_array_new();

    for (gsize i = 0; names[i]; i++) {
        struct wish wish = wish_of(blame->version->policy, names[i]);
        gboolean found = FALSE;
        for (guint j = 0; j < blame->parts->len; j++)
            if (is_wanted(&wish, blame->parts->pdata[j]))
                found = wanted[j] = TRUE;
        if (!found && !wish.entries && !wish.text && !wish.headings && !field_find(names[i])) {
            fail(blame, names[i], error);
            return FALSE;
        }
        if (!found)
            g_ptr_array_add(absent, g_strdup(names[i]));
    }
    for (guint j = blame->parts->len; j > 0; j--)
        if (!wanted[j - 1])
            g_ptr_array_remove_index(blame->parts, j - 1);
    g_ptr_array_extend_and_steal(missing, g_steal_pointer(&absent));
    return TRUE;
}
