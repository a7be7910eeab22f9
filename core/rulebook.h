/*
 * The rules in force under one policy: those of the table and the team's own, the words they look for, and
 * the severities. Made once for a run over many items and only read after that, by any number of threads.
 *
 *     struct rulebook *book = rulebook_new(policy);
 *     const struct rule *rule = rulebook_find(book, "has-mockup");
 */
#pragma once

#include "rules.h"

struct lexicon;
struct custom;
struct scale;

struct rulebook {
    const struct policy *policy; /* must outlive it */
    struct lexicon *lexicon;     /* word lists, with what the policy adds and removes */
    struct scale *scale;         /* of estimates */
    GPtrArray *custom;   /* struct custom (custom.h), the team's own rules in the order of the policy */
    char **personas;     /* the policy's, case-folded; NULL-terminated */
    GHashTable *by_name; /* private: name -> struct rule */
};

/* Never NULL. */
struct rulebook *rulebook_new(const struct policy *policy);
void rulebook_free(struct rulebook *book);
typedef struct rulebook Rulebook; /* for g_autoptr(Rulebook) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rulebook, rulebook_free)

/* The rule of that name, of the table or the team's own; NULL: there is none. */
const struct rule *rulebook_find(const struct rulebook *book, const char *name);

/* The one that could have been meant by a name that is none: the nearest (nearest.h), else the only one that
 * begins so. NULL: there is none. */
const char *rulebook_nearest(const struct rulebook *book, const char *name);

/* The severity of a finding of the rule about an item (NULL: of none), held saying whether that must be what
 * a ready one is: what the policy sets for its type and labels, else decided, which is the rule's own or a
 * softer one that the check chose for a doubt: a doubt stays one whatever the policy sets. SEVERITY_OFF: it
 * is not wanted. Whether the rule is asked of such items at all (rule->reach, rule->types) is not looked at.
 */
enum severity rulebook_severity(const struct rulebook *book, const struct rule *rule, enum severity decided,
                                const struct item *item, gboolean held);
