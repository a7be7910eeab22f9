/*
 * The word lists that the rules of language use, compiled in from core/words/NAME.txt (one entry a line, "#"
 * begins a comment, where the literature that informed a list is named), with what the policy's "words" adds
 * and removes. An entry is a word or a phrase, in small letters; one that ends in "*" stands for every word
 * that begins so.
 *
 *     if (lexicon_has(book->lexicon, "vague", prose_at(prose, i)->text)) …
 *     guint n = lexicon_match(book->lexicon, "vague", prose, i, end);   how many tokens match, 0: none
 */
#pragma once

#include "policy.h"
#include "prose.h"

struct lexicon;

/* The lists by name, NULL-terminated: what "words" in the policy can name. */
const char *const *lexicon_names(void);

/* Made of the built-in lists and the policy's words. Never NULL. */
struct lexicon *lexicon_new(const struct policy *policy);
void lexicon_free(struct lexicon *lexicon);
typedef struct lexicon Lexicon; /* for g_autoptr(Lexicon) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lexicon, lexicon_free)

/* Whether the list has the word (in small letters), as it stands or by a prefix. list is one of
 * lexicon_names. */
gboolean lexicon_has(const struct lexicon *lexicon, const char *list, const char *word);

/* How many tokens from index on, before end and in one block, are an entry of the list, the longest that
 * fits; 0: none. */
guint lexicon_match(const struct lexicon *lexicon, const char *list, const struct prose *prose, guint index,
                    guint end);
