/*
 * The table of policy settings: names, kinds, defaults, and the check of a policy file against them.
 *
 * `config check`, `config show`, completion and refine-policy(5) read this table; policy.h gives the values
 * in force.
 */
#pragma once

#include "nodes.h"

/* What kind of value a setting takes. */
enum setting_kind {
    SETTING_TEXT,
    SETTING_TEMPLATE, /* a text with {subject} in it */
    SETTING_FOLDER,   /* a relative path that stays below the policy's folder */
    SETTING_WORD,     /* one of choices */
    SETTING_NUMBER,   /* 1 or more */
    SETTING_PERCENT,  /* such as 10%, at most 100% */
    SETTING_LIST,     /* of texts */
    SETTING_NAMES,    /* the same, at least one */
    SETTING_WORDS,    /* a list each of whose entries is one of choices */
    SETTING_SCALE,    /* a list of numbers or names, or a map of names to weights */
    SETTING_SECTIONS, /* a map of section names to lists of headings */
    SETTING_RECORDS,  /* a list of maps with the keys of choices */
    SETTING_CUSTOM,   /* the same, of rules of the team's own */
    SETTING_RULES,    /* a map of rules to severities */
    SETTING_QUERIES,  /* a map of names to the terms of a query */
    SETTING_MAP,      /* a map of lists under add and remove, by name of a word list */
};

struct setting {
    const char *name; /* with a dot where it stands in a map: "estimate.unit" */
    enum setting_kind kind;
    const char *choices; /* separated by spaces; NULL where the kind has none */
    const char *summary;
};

/* The table of settings; a NULL name ends it. */
const struct setting *setting_table(void);

/* The defaults, as a policy file would hold them: YAML, static. */
const char *setting_defaults(void);

/* Adds a finding for every key of root that is no setting and every value that its setting does not take.
 * text is what root was read from. */
void setting_check(const struct node *root, const char *text, gsize length, GPtrArray *findings);
