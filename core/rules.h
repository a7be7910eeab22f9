/*
 * The table of rules, and the check of a backlog against it.
 *
 * A rule has a name, a default severity, what it says, and help; the policy can set its severity, by type and
 * by label, and has rules of its own (rulebook.h). Facts about files hold for every item. The Definition of
 * Ready holds for what claims to be ready (status ready or doing): items that are still new or refining get
 * the same findings as advice, which is a note and never a failure, and closed ones none.
 */
#pragma once

#include "backlog.h"

/* Types of items, as rules tell them apart; RULE_OTHER is any that the policy adds. */
enum rule_types {
    RULE_STORY = 1 << 0,
    RULE_BUG = 1 << 1,
    RULE_TASK = 1 << 2,
    RULE_SPIKE = 1 << 3,
    RULE_EPIC = 1 << 4,
    RULE_OTHER = 1 << 5,
    RULE_EVERY = (1 << 6) - 1,
    RULE_WORK = RULE_EVERY & ~RULE_EPIC, /* what can be ready: an epic is split first */
};

/* Which items a rule is asked of. */
enum rule_reach {
    RULE_ANY,       /* all: a fact of the file */
    RULE_OPEN,      /* all that are open, at its severity */
    RULE_READINESS, /* what claims to be ready; other open items get it as advice */
    RULE_CLAIM,     /* only what claims to be ready */
    RULE_BACKLOG,   /* no item: the backlog as a whole (health.h) */
};

/* What `refine explain` and the manual say of a rule. Sentences, without a line break but in examples. */
struct rule_help {
    const char *what;     /* what it says, in full */
    const char *why;      /* what goes wrong otherwise */
    const char *bad;      /* an example that has the finding (rule_example in rulebook.h) */
    const char *good;     /* the same, mended */
    const char *decided;  /* how it is decided, and how what it says is mended or silenced */
    const char *source;   /* the literature, or whose practice it is */
    const char *mistakes; /* known false positives, and misses */
};

struct rule {
    const char *name;
    enum severity severity; /* unless the policy says otherwise */
    enum severity claimed;  /* of what claims to be ready, where that differs; else SEVERITY_OFF */
    enum rule_reach reach;
    unsigned types;      /* enum rule_types: of which it is asked */
    const char *summary; /* what it says, for a list of rules */
    struct rule_help help;
};

/* How many rules there are, and each, by family. */
guint rule_count(void);
const struct rule *rule_at(guint index);

/* The rule of that name, or NULL. */
const struct rule *rule_find(const char *name);

/* What the rules of its family are about, as a heading; one family has one static text. */
const char *rule_family(const struct rule *rule);

/* Whether the rule is about facts of files and references, which shall hold at every moment, and not about
 * what a team has agreed. */
gboolean rule_is_fact(const struct rule *rule);

/* The RULE_ bit of a type (NULL: RULE_OTHER); its name, NULL for RULE_OTHER. */
enum rule_types rule_type(const char *type);
const char *rule_type_name(enum rule_types type);

struct rules_options {
    gboolean all;            /* the severity of ready items holds for all open ones */
    const char *const *only; /* paths of the items to report on, NULL-terminated; NULL: all */
    /* Paths of those of them of which the file itself is checked, so that its body has to be read; of the
     * others only what lies between items, such as references. NULL: all. */
    const char *const *files;
    gboolean alone; /* only what the files themselves hold, and nothing of what lies between items */
    gboolean named; /* the items of only were named by a person: rules that compare one item with all others
                       are asked, too (estimate-outlier) */
    gboolean no_advice; /* leave out advice, which is most of the work */
    /* Paths of items that are taken as if they were ready, NULL-terminated; NULL: none. */
    const char *const *as_ready;
};

/* Loads the backlog and returns its findings, those of files that cannot be read included, sorted; the
 * caller's. What depends-dangling is about is the field and the reference, what depends-cycle is about
 * the field and the paths of the items on the circle, the first of them again at its end: a line each; what
 * depends-unplanned is about (NULL: nothing that one command mends) the words behind refine that mend it;
 * what missing-field and bad-value are about (NULL: nothing that can be set) is the field, and waiver-reason
 * what to set.
 * Findings that are advice or waived say so (finding.h). */
GPtrArray *rules_check(struct backlog *backlog, const struct rules_options *options);

/* Whether there is a rule of that name, and an item can waive it: none about files, and none about waivers.
 */
gboolean rules_can_be_waived(const struct rulebook *book, const char *name);

/* Whether the item says that it can be begun, or was: it is ready or doing. */
gboolean rules_claims_ready(const struct item *item);
