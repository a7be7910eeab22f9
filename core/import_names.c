#include "import_names.h"

#include <string.h>

struct import_names {
    GHashTable *indexes;  /* text of a key -> GUINT_TO_POINTER(index) */
    GHashTable *prefixes; /* of the series, case-folded */
};

/* What keys stand for, in the order in which they are tried. */
enum form { FORM_SPELLING, FORM_NUMBER, FORM_VALUE, N_FORMS };

struct import_names *import_names_new(void)
{
    struct import_names *names = g_new0(struct import_names, 1);
    names->indexes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    names->prefixes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    import_names_add_prefix(names, "");
    return names;
}

void import_names_free(struct import_names *names)
{
    if (!names)
        return;
    g_hash_table_unref(names->indexes);
    g_hash_table_unref(names->prefixes);
    g_free(names);
}

/* The number at the end of id, past its prefix; NULL where there is none. */
static const char *number_of(const char *id)
{
    const char *dash = strrchr(id, '-');
    const char *number = dash ? dash + 1 : id;
    gboolean digit = FALSE;

    for (const char *at = number; *at; at++) {
        if (!g_ascii_isdigit(*at) && !(*at == '.' && digit))
            return NULL;
        digit = g_ascii_isdigit(*at);
    }
    return digit ? number : NULL;
}

static char *prefix_of(const char *id, const char *number)
{
    g_autofree char *prefix = g_strndup(id, number > id ? (gsize)(number - id) - 1 : 0);
    return g_utf8_casefold(prefix, -1);
}

/* The number without leading zeros in its parts. */
static char *value_of(const char *number)
{
    g_auto(GStrv) parts = g_strsplit(number, ".", -1);
    for (gsize i = 0; parts[i]; i++) {
        gsize zeros = strspn(parts[i], "0");
        memmove(parts[i], parts[i] + zeros, strlen(parts[i] + zeros) + 1);
    }
    return g_strjoinv(".", parts);
}

/* The key of id in that form; NULL where it has none: no number, or a prefix that is not of the series. */
static char *key_of(const struct import_names *names, const char *id, enum form form)
{
    if (form == FORM_SPELLING) {
        g_autofree char *folded = g_utf8_casefold(id, -1);
        return g_strconcat("=", folded, NULL);
    }
    const char *number = number_of(id);
    if (!number)
        return NULL;
    g_autofree char *prefix = prefix_of(id, number);
    gboolean is_draft = strcmp(prefix, "draft") == 0;
    if (!is_draft && !g_hash_table_contains(names->prefixes, prefix))
        return NULL;
    g_autofree char *text = form == FORM_NUMBER ? g_strdup(number) : value_of(number);
    return g_strconcat(form == FORM_NUMBER ? "#" : "~", is_draft ? "draft-" : "", text, NULL);
}

void import_names_add_prefix(struct import_names *names, const char *prefix)
{
    g_hash_table_add(names->prefixes, g_utf8_casefold(prefix, -1));
}

void import_names_add(struct import_names *names, const char *id, guint index)
{
    const char *number = number_of(id);
    g_autofree char *prefix = number ? prefix_of(id, number) : NULL;

    if (prefix)
        import_names_add_prefix(names, prefix);
    for (enum form form = 0; form < N_FORMS; form++) {
        char *key = key_of(names, id, form);
        if (key && !g_hash_table_contains(names->indexes, key))
            g_hash_table_insert(names->indexes, key, GUINT_TO_POINTER(index));
        else
            g_free(key);
    }
}

guint import_names_find(const struct import_names *names, const char *reference)
{
    for (enum form form = 0; form < N_FORMS; form++) {
        g_autofree char *key = key_of(names, reference, form);
        gpointer index;
        if (key && g_hash_table_lookup_extended(names->indexes, key, NULL, &index))
            return GPOINTER_TO_UINT(index);
    }
    return G_MAXUINT;
}

int import_names_compare(const char *a, const char *b)
{
    const char *left = number_of(a), *right = number_of(b);

    if (!left || !right)
        return !left - !right;
    while (*left && *right) {
        char *left_end, *right_end;
        guint64 one = g_ascii_strtoull(left, &left_end, 10), other = g_ascii_strtoull(right, &right_end, 10);
        if (one != other)
            return one < other ? -1 : 1;
        left = *left_end == '.' ? left_end + 1 : left_end;
        right = *right_end == '.' ? right_end + 1 : right_end;
    }
    return (*left != '\0') - (*right != '\0');
}
