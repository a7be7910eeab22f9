/*
 * Who made the references between items, and who removed the items that they named: asked for all at once,
 * for that takes one reading of the history.
 *
 *     guint n = makers_ask(makers, "c4x9d", "depends", "k7q2m");
 *     makers_answer(makers, policy, &error);
 *     const struct maker *maker = makers_get(makers, n);
 */
#pragma once

#include "policy.h"

struct maker {
    char commit[41];
    char *words;        /* "Ana Silva on 2026-11-20 in 1a2b3c4", not escaped */
    gboolean with_item; /* the item came with the reference in it */
};

struct makers;

struct makers *makers_new(void);
void makers_free(struct makers *makers);
typedef struct makers Makers; /* for g_autoptr(Makers) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Makers, makers_free)

/* Asks who had the item with that id name value in a field, last; with field NULL, who removed the item.
 * Returns the number of the question. */
guint makers_ask(struct makers *makers, const char *id, const char *field, const char *value);

/* Reads the history of the current branch for the answers, where there is a question and a history. */
gboolean makers_answer(struct makers *makers, const struct policy *policy, GError **error);

/* The answer; NULL where the history has none. Borrowed. */
const struct maker *makers_get(const struct makers *makers, guint number);

/* Whether a shallow clone may have withheld answers. */
gboolean makers_is_cut(const struct makers *makers);
