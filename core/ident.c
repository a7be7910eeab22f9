#include "ident.h"

#include "random.h"

#include <string.h>

/*
 * Why none of these is anything but a string to YAML 1.1 and 1.2: a number or a time starts with a digit, a
 * sign or a dot, an id with a letter. And the words that start with a letter and are a boolean or a null
 * (true, false, yes, no, on, off, y, n, null) have a vowel or one character.
 */
#define LETTERS "bcdfghjkmnpqrstvwxz"
#define LETTERS_AND_DIGITS LETTERS "23456789"

enum {
    SHORTEST_ID = 5,
    LONGEST_SLUG = 40,
    PATIENCE = 10000, /* taken ids in a row after which they get longer: more are taken than the size says */
};

gboolean ident_is_valid(const char *text)
{
    if (!text || !*text || !strchr(LETTERS, *text))
        return FALSE;
    gsize length = strspn(text, LETTERS_AND_DIGITS);
    return length >= SHORTEST_ID && text[length] == '\0';
}

static char *random_id(struct random *random, gsize length)
{
    char *id = g_strnfill(length, *LETTERS);
    id[0] = LETTERS[random_below(random, strlen(LETTERS))];
    for (gsize i = 1; i < length; i++)
        id[i] = LETTERS_AND_DIGITS[random_below(random, strlen(LETTERS_AND_DIGITS))];
    return id;
}

char *ident_mint(struct random *random, gsize backlog_size, gboolean (*taken)(const char *id, gpointer data),
                 gpointer data)
{
    gsize length = SHORTEST_ID + (backlog_size > 5000) + (backlog_size > 100000);
    for (gsize refused = 0;; refused++) {
        g_autofree char *id = random_id(random, length + refused / PATIENCE);
        if (!taken(id, data))
            return g_steal_pointer(&id);
    }
}

char *ident_from_file_name(const char *basename)
{
    g_autofree char *name = g_ascii_strdown(basename, -1);
    if (!g_str_has_suffix(name, ".md"))
        return NULL;
    name[strlen(name) - strlen(".md")] = '\0';
    char *dash = strchr(name, '-');
    if (dash)
        *dash = '\0';
    return ident_is_valid(name) ? g_steal_pointer(&name) : NULL;
}

/* The title in ASCII, letters without their marks. What ASCII has nothing for is a question mark. */
static char *to_ascii(const char *title)
{
    g_autofree char *valid = g_utf8_make_valid(title, -1);
    g_autofree char *decomposed = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL);
    g_autoptr(GString) bare = g_string_new(NULL);
    for (const char *at = decomposed; *at; at = g_utf8_next_char(at))
        if (!g_unichar_ismark(g_utf8_get_char(at)))
            g_string_append_unichar(bare, g_utf8_get_char(at));
    return g_str_to_ascii(bare->str, "C"); /* the locale C, not the user's */
}

static void cut_after_word(GString *slug, gsize longest)
{
    if (slug->len <= longest)
        return;
    gboolean is_word_end = slug->str[longest] == '-';
    g_string_truncate(slug, longest);
    const char *dash = strrchr(slug->str, '-');
    if (dash && !is_word_end)
        g_string_truncate(slug, (gsize)(dash - slug->str));
}

static GString *slug_of(const char *title)
{
    g_autofree char *ascii = to_ascii(title);
    GString *slug = g_string_new(NULL);
    gboolean in_word = FALSE;
    for (const char *at = ascii; *at; at++) {
        if (*at == '\'') /* customer's: customers, not customer-s */
            continue;
        if (g_ascii_isalnum(*at)) {
            if (!in_word && slug->len > 0)
                g_string_append_c(slug, '-');
            g_string_append_c(slug, g_ascii_tolower(*at));
        }
        in_word = g_ascii_isalnum(*at);
    }
    cut_after_word(slug, LONGEST_SLUG);
    return slug;
}

char *ident_file_name(const char *id, const char *title)
{
    g_assert(ident_is_valid(id));
    g_autoptr(GString) slug = slug_of(title);
    return g_strdup_printf("%s%s%s.md", id, slug->len > 0 ? "-" : "", slug->str);
}

static gint compare_ids(gconstpointer a, gconstpointer b, gpointer data)
{
    const char *const *ids = data;
    return strcmp(ids[*(const guint *)a], ids[*(const guint *)b]);
}

GArray *ident_matches(const char *const *ids, gsize n, const char *word)
{
    g_autofree char *folded = g_ascii_strdown(word, -1);
    g_autoptr(GArray) equal = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GArray) longer = g_array_new(FALSE, FALSE, sizeof(guint));
    g_assert(n <= G_MAXUINT);
    for (guint i = 0; i < n && *folded; i++) {
        if (strcmp(ids[i], folded) == 0)
            g_array_append_val(equal, i);
        else if (g_str_has_prefix(ids[i], folded))
            g_array_append_val(longer, i);
    }
    g_array_sort_with_data(longer, compare_ids, (gpointer)ids);
    return equal->len > 0 ? g_steal_pointer(&equal) : g_steal_pointer(&longer);
}

static guint common_prefix(const char *a, const char *b)
{
    guint length = 0;
    while (a[length] && a[length] == b[length])
        length++;
    return length;
}

void ident_shortest(const char *const *ids, gsize n, guint *lengths)
{
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(guint));
    g_assert(n <= G_MAXUINT);
    for (guint i = 0; i < n; i++) {
        g_array_append_val(order, i);
        lengths[i] = 1;
    }
    g_array_sort_with_data(order, compare_ids, (gpointer)ids);
    for (guint i = 1; i < n; i++) {
        guint one = g_array_index(order, guint, i - 1), other = g_array_index(order, guint, i);
        guint common = common_prefix(ids[one], ids[other]);
        lengths[one] = MAX(lengths[one], MIN(common + 1, (guint)strlen(ids[one])));
        lengths[other] = MAX(lengths[other], MIN(common + 1, (guint)strlen(ids[other])));
    }
}
