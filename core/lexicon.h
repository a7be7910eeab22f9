/*
 * The word lists that the rules of language use, compiled in from core/words/NAME.txt (one entry a line, "#"
 * begins a comment, where the literature that informed a list is named), with what the policy's "words" adds
 * and removes. An entry is a word or a phrase, in small letters; one that ends in "*" stands for every word,
 * and every phrase, that begins so. What the policy removes from a list it removes from those, too, whose
 * names go on with "-": "vague" is that of qualities, and "vague-manner" and others are the kinds of it that
 * ask other questions.
 *
 *     if (lexicon_has(book->lexicon, "vague", prose_at(prose, i)->text)) …
 *     guint n = lexicon_match(book->lexicon, "vague", prose, i, end);   how many tokens match, 0: none
 */
#pragma once

#include "policy.h"
#include "prose.h"

struct lexicon;
struct word_list;

/* The lists by name, NULL-terminated: what "words" in the policy can name. */
const char *const *lexicon_names(void);

/* Made of the built-in lists and the policy's words. Never NULL. */
struct lexicon *lexicon_new(const struct policy *policy);
void lexicon_free(struct lexicon *lexicon);
typedef struct lexicon Lexicon; /* for g_autoptr(Lexicon) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lexicon, lexicon_free)

/* One list, for who asks of many words. name is one of lexicon_names. Borrowed. */
const struct word_list *lexicon_list(const struct lexicon *lexicon, const char *name);

/* What lexicon_has and lexicon_match say, of a list at hand. */
gboolean word_list_has(const struct word_list *list, const char *word);
guint word_list_match(const struct word_list *list, const struct prose *prose, guint index, guint end);

/* Marks the tokens of prose with what the lists have of them, so that each is looked up once however many
 * lists it is looked for in. Prose that is not marked is answered for as well, but slower. */
void lexicon_mark(const struct lexicon *lexicon, struct prose *prose);

/* What word_list_has says of the text of a token. */
gboolean word_list_holds(const struct word_list *list, const struct token *token);

/* FALSE where, as a glance tells, no entry of the list or one of its kinds begins with the token. */
gboolean word_list_may(const struct word_list *list, const struct token *token);

/* Whether the list has the word (in small letters), as it stands or by a prefix. list is one of
 * lexicon_names. */
gboolean lexicon_has(const struct lexicon *lexicon, const char *list, const char *word);

/* How many tokens from index on, before end and in one block, are an entry of the list, the longest that
 * fits; 0: none. */
guint lexicon_match(const struct lexicon *lexicon, const char *list, const struct prose *prose, guint index,
                    guint end);
