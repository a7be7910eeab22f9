/*
 * Whether somebody took part in a commit: as its author, or as one of those who are named beside.
 */
#pragma once

#include "history_commit.h"
#include "policy.h"

struct persons;

/* Any of these: somebody of the team, as people.h has it; "@me"; else whose name or address has the text in
 * it, case not counting. policy and words are borrowed. NULL where "@me" or another "@handle" is nobody. */
struct persons *persons_new(const struct policy *policy, const char *const *words, GError **error);
void persons_free(struct persons *persons);
typedef struct persons Persons; /* for g_autoptr(Persons) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Persons, persons_free)

/* Whether one of them took part in the commit. */
gboolean persons_took_part(struct persons *persons, const struct commit_words *commit);
