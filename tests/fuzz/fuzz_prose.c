/*
 * Whatever the bytes, the tokens of a body are in order, in bounds and inside what the outline has as prose,
 * the text of a word is what stands at its place, and a phrase is found where its words are.
 */
#include "lexicon.h"
#include "prose.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const struct token *token, const char *text)
{
    const char *at = text + token->span.start, *end = text + token->span.end;

    for (const char *letter = token->text; *letter; letter++, at++)
        if (*letter == '\'' && end - at >= 3 && memcmp(at, "\xe2\x80\x99", 3) == 0)
            at += 2;
        else
            g_assert_cmpint(g_ascii_tolower(*at), ==, *letter);
    g_assert_true(at == end);
}

static void check_tokens(const struct prose *prose, const char *text, gsize length, gboolean nul)
{
    gsize last = 0;
    guint block = 0;

    for (guint i = 0; i < prose->tokens->len; i++) {
        const struct token *token = prose_at(prose, i);
        g_assert_cmpuint(token->span.start, >=, last);
        g_assert_cmpuint(token->span.end, >, token->span.start);
        g_assert_cmpuint(token->span.end, <=, length);
        g_assert_cmpuint(token->block, >=, block);
        last = token->span.end;
        block = token->block;
        if (token->kind == TOKEN_WORD || token->kind == TOKEN_NUMBER)
            check_text(token, text);
        g_assert_true(token->kind != TOKEN_NUMBER || g_ascii_isdigit(*token->text));
        g_assert_true(token->kind == TOKEN_LINK || token->kind == TOKEN_LITERAL || *token->text || nul);
    }
}

/* A token is found by its place, and alone. */
static void check_places(const struct prose *prose)
{
    for (guint i = 0; i < prose->tokens->len && i < 64; i++) {
        struct span span = prose_at(prose, i)->span;
        struct prose_range within = prose_within(prose, span);
        g_assert_true(within.first == i && within.end == i + 1);
    }
}

static void check_lists(const struct lexicon *lexicon, const struct prose *prose)
{
    for (const char *const *name = lexicon_names(); *name; name++)
        for (guint i = 0; i < prose->tokens->len && i < 256; i++)
            g_assert_cmpuint(i + lexicon_match(lexicon, *name, prose, i, prose->tokens->len), <=,
                             prose->tokens->len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
    g_autoptr(Policy) policy = policy_new("/", "/", NULL);
    g_autoptr(Lexicon) lexicon = lexicon_new(policy);
    g_autoptr(Document) document = document_new(bytes, NULL);
    g_autoptr(Prose) body = prose_read(document), title = prose_parse(text);
    g_autofree char *copy = g_memdup2(data, size);
    g_autoptr(Prose) plain = prose_plain(copy, (struct span){ 0, size });
    g_autoptr(GHashTable) stems = prose_stems(plain, (struct prose_range){ 0, plain->tokens->len });

    check_tokens(body, (const char *)data, size, FALSE);
    check_tokens(title, text, strlen(text), FALSE);
    check_tokens(plain, copy, size, FALSE);
    check_places(body);
    check_places(plain);
    check_lists(lexicon, plain);
    return 0;
}
