/*
 * What `refine hook` sets up in a repository, as it is found: the merge driver and the headings of hunks in
 * the repository's own settings, the lines of .gitattributes that give item files to both, beside the policy,
 * and the hooks that are wanted. Looking changes nothing; hook_step.h does.
 */
#pragma once

#include "hook_file.h"
#include "hook_settings.h"
#include "policy.h"

enum hook_part {
    HOOK_PART_MERGE,
    HOOK_PART_DIFF,
    HOOK_PART_ATTRIBUTES,
    HOOK_PART_HOOKS, /* the first hook; the others behind it, in the order of their kinds */
    N_HOOK_PARTS = HOOK_PART_HOOKS + N_HOOK_KINDS,
};

/* A set of parts, one bit each. */
#define HOOK_WANTS(part) (1u << (part))
#define HOOK_DRIVERS                                                                                         \
    (HOOK_WANTS(HOOK_PART_MERGE) | HOOK_WANTS(HOOK_PART_DIFF) | HOOK_WANTS(HOOK_PART_ATTRIBUTES))
#define HOOK_ALL ((1u << N_HOOK_PARTS) - 1)

struct hook_status {
    enum hook_state state;
    char *path;   /* of the file that has it, or would; absolute */
    char *detail; /* what else is to be known of it; NULL: nothing */
};

struct hook_setup {
    const struct policy *policy;
    struct repo *repo;
    struct hook_status parts[N_HOOK_PARTS];
    char *warning; /* of core.hooksPath; NULL: it is not set */
    char *program; /* what settings and hooks run, where it is found on PATH; else NULL */
    /* private */
    GBytes *config;
    GBytes *attributes; /* NULL: there is no file */
    struct hook_file files[N_HOOK_KINDS];
};

/* "merge driver", "hunk headings", "attributes", "pre-commit", …; "absent", "installed", "outdated",
 * "foreign". */
const char *hook_part_name(enum hook_part part);
const char *hook_state_name(enum hook_state state);

/* Looks at the repository of the policy, which must outlive it. */
struct hook_setup *hook_setup_open(const struct policy *policy, GError **error);
void hook_setup_free(struct hook_setup *setup);
typedef struct hook_setup HookSetup; /* for g_autoptr(HookSetup) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HookSetup, hook_setup_free)

/* Whether all of the parts are installed, and the program is found. */
gboolean hook_setup_is_whole(const struct hook_setup *setup, guint parts);
