#include "stamp.h"

#include <string.h>

G_DEFINE_QUARK(refine_stamp, stamp_error)

static const char *const names[N_AGREED] = { "story", "why", "criteria", "estimate", "approach" };

const char *stamp_part(enum agreed part)
{
    return names[part];
}

/* The stamp of the texts, which are freed. */
static void take(struct stamp *stamp, char *texts[N_AGREED])
{
    for (gsize i = 0; i < N_AGREED; i++) {
        g_autofree char *text = texts[i];
        g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
        g_strlcpy(stamp->digests[i], *text ? digest : "", sizeof stamp->digests[i]);
    }
}

char *stamp_print(const struct policy *policy, struct document *document)
{
    GString *out = g_string_new(NULL);
    struct stamp stamp = { 0 };
    char *texts[N_AGREED];

    stamp_texts(policy, document, texts);
    take(&stamp, texts);
    g_string_append_printf(out, "%d", STAMP_VERSION);
    for (gsize i = 0; i < N_AGREED; i++)
        if (*stamp.digests[i])
            g_string_append_printf(out, " %s:%s", names[i], stamp.digests[i]);
    return g_string_free(out, FALSE);
}

/* -- reading -- */

static gboolean parse_version(const char *word, GError **error)
{
    guint64 version;

    if (!g_ascii_string_to_unsigned(word, 10, 1, G_MAXUINT, &version, NULL)) {
        g_set_error(error, STAMP_ERROR, STAMP_ERROR_MALFORMED,
                    "expected a stamp such as \"%d story:3f2a9c criteria:77c0de\", saw \"%s\"", STAMP_VERSION,
                    word);
        return FALSE;
    }
    if (version != STAMP_VERSION) {
        g_set_error(error, STAMP_ERROR, STAMP_ERROR_VERSION,
                    "expected a stamp of version %d, saw version %s: a later refine has set it",
                    STAMP_VERSION, word);
        return FALSE;
    }
    return TRUE;
}

/* Which part the word is about; N_AGREED: none. *digest is what stands behind the colon. */
static enum agreed find_part(const char *word, const char **digest)
{
    const char *colon = strchr(word, ':');
    gsize part = 0;

    while (part < N_AGREED &&
           !(colon && strlen(names[part]) == (gsize)(colon - word) && g_str_has_prefix(word, names[part])))
        part++;
    *digest = colon ? colon + 1 : "";
    return (enum agreed)part;
}

static gboolean parse_part(struct stamp *stamp, const char *word, GError **error)
{
    const char *digest;
    enum agreed part = find_part(word, &digest);

    if (part == N_AGREED || strlen(digest) != STAMP_DIGITS ||
        strspn(digest, "0123456789abcdef") != STAMP_DIGITS) {
        g_set_error(error, STAMP_ERROR, STAMP_ERROR_MALFORMED,
                    "expected an agreed part with %d hexadecimal digits, such as story:3f2a9c, saw \"%s\"",
                    STAMP_DIGITS, word);
        return FALSE;
    }
    if (*stamp->digests[part]) {
        g_set_error(error, STAMP_ERROR, STAMP_ERROR_MALFORMED, "expected each agreed part once, saw %s twice",
                    names[part]);
        return FALSE;
    }
    g_strlcpy(stamp->digests[part], digest, sizeof stamp->digests[part]);
    return TRUE;
}

gboolean stamp_parse(struct stamp *stamp, const char *text, GError **error)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n", -1);
    struct stamp read = { 0 };
    gboolean versioned = FALSE;

    for (gsize i = 0; words[i]; i++) {
        if (!*words[i])
            continue;
        if (!(versioned ? parse_part(&read, words[i], error) : parse_version(words[i], error)))
            return FALSE;
        versioned = TRUE;
    }
    if (!versioned)
        return parse_version("", error);
    *stamp = read;
    return TRUE;
}

/* The parts of which the two do not say the same. */
static GPtrArray *find_stale(const struct stamp *agreed, const struct stamp *now)
{
    GPtrArray *stale = g_ptr_array_new();

    for (gsize i = 0; i < N_AGREED; i++)
        if (strcmp(agreed->digests[i], now->digests[i]) != 0)
            g_ptr_array_add(stale, (gpointer)names[i]);
    return stale;
}

GPtrArray *stamp_stale(const struct policy *policy, struct document *document, GError **error)
{
    const struct node *node = node_find(document->front->root, "stamp");
    struct stamp agreed, now = { 0 };
    char *texts[N_AGREED];

    if (node_is_null(node))
        return g_ptr_array_new();
    if (!stamp_parse(&agreed, node->kind == NODE_SCALAR ? node->text : "a list", error))
        return NULL;
    stamp_texts(policy, document, texts);
    take(&now, texts);
    return find_stale(&agreed, &now);
}

GPtrArray *stamp_stale_item(const struct policy *policy, const struct item *item, struct document *document,
                            const struct parts *parts, GError **error)
{
    const struct value *value = item_field(item, FIELD_STAMP);
    const struct stamp_fields fields = { item_text(item, FIELD_TITLE), item_text(item, FIELD_ESTIMATE),
                                         item_text(item, FIELD_APPROACH) };
    struct stamp agreed, now = { 0 };
    char *texts[N_AGREED];

    if (!value || (value->kind == NODE_SCALAR && value->count == 0))
        return g_ptr_array_new();
    if (!stamp_parse(&agreed, value->kind == NODE_SCALAR ? value->texts[0] : "a list", error))
        return NULL;
    stamp_texts_with(policy, document, parts, &fields, texts);
    take(&now, texts);
    return find_stale(&agreed, &now);
}
