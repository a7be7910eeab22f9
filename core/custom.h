/*
 * The team's own rules, under "custom" of the policy (refine-policy(5) has their grammar): a section that
 * must not be empty, a field that must be set, a pattern that must or must not match; of some types, labels
 * or statuses.
 *
 *     custom_check says what is wrong in them, as a part of reading the policy;
 *     custom_read gives those that can be asked, for the rulebook;
 *     rules_read_custom (rules_private.h) asks them of an item.
 *
 * Each is a rule like those of the table, with a name, a severity and help of its own, so that all that shows
 * rules shows them, too. They are only read once made, by any number of threads.
 */
#pragma once

#include "pattern.h"
#include "rules.h"

/* Where a pattern looks. */
enum custom_sight {
    CUSTOM_PROSE, /* at words: not at code, links, what is quoted literally, HTML */
    CUSTOM_TEXT,  /* at all that is written, but for comments of HTML */
};

struct custom {
    struct rule rule;   /* its name is interned; summary and help are the custom's own */
    struct position at; /* of its name in the policy */
    char **types;       /* NULL-terminated; NULL: of every type */
    char **labels;      /* NULL-terminated, of which the item has one; NULL: whatever its labels */
    unsigned statuses;  /* 1 << enum status; 0: of what claims to be ready, and of others as advice */
    char *section;      /* as the policy calls it; NULL: it is not about a section */
    char **headings;    /* by which the section goes, NULL-terminated; NULL without section */
    char *field;        /* NULL: it is not about a field */
    char *pattern;      /* as the policy has it; NULL: to be there is enough */
    struct pattern *compiled;
    gboolean forbidden; /* the pattern must not match */
    enum custom_sight sight;
    char *help; /* what to do, one line; NULL: the policy does not say */
};

/* The rules of the policy, in its order, as an array that owns its struct custom. One that custom_check calls
 * an error is left out. */
GPtrArray *custom_read(const struct policy *policy);

/* The names of the policy's rules, whatever else is wrong with them, NULL-terminated (g_free the array). */
const char **custom_names(const struct policy *policy);

/* Whether it is asked of the item. */
gboolean custom_applies(const struct custom *custom, const struct item *item);

/* Adds a finding of the rule "policy" for all that is wrong under "custom", beyond keys and kinds, which
 * setting_check has seen. text is what the policy was read from. */
void custom_check(const struct policy *policy, const char *text, gsize length, GPtrArray *findings);
