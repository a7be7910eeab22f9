/*
 * The team's policy: .refine.yaml, laid over the defaults key by key.
 *
 * policy_find looks for it from a folder upwards and never beyond the top of the work tree; policy_check says
 * what is wrong in it with line and column. A policy is read once and handed to whoever needs it; nothing
 * changes it.
 */
#pragma once

#include "edit.h"
#include "field.h"

#define POLICY_FILE ".refine.yaml"

#define POLICY_ERROR policy_error_quark()
GQuark policy_error_quark(void);

enum policy_error {
    POLICY_ERROR_NONE_FOUND, /* neither a policy nor a backlog folder above */
    POLICY_ERROR_BROKEN,     /* there is one, and it cannot be used; the findings say why */
};

enum section_id {
    SECTION_STORY,
    SECTION_WHY,
    SECTION_CRITERIA,
    SECTION_APPROACH,
    SECTION_QUESTIONS,
    SECTION_ASSUMPTIONS,
    SECTION_CONSTRAINTS,
    SECTION_MEASURE,
    SECTION_DECISIONS,
    SECTION_FEEDBACK,
    N_SECTIONS,
};

struct policy {
    char *root;   /* absolute path of the folder that holds the policy, or the backlog folder where there is
                     none */
    char *top;    /* absolute path of the work tree's top; root where there is no repository */
    char *folder; /* the backlog's folder, relative to root, such as "backlog" */
    gboolean written;    /* there is a file; otherwise all is default */
    GPtrArray *findings; /* what policy_check saw; errors make it unusable */
    /* private */
    GBytes *bytes;
    struct nodes *nodes;
    struct nodes *defaults;
    char **sections[N_SECTIONS];
    char **before[N_SECTIONS];
};

/* The policy that holds at the absolute path folder. With POLICY_ERROR_BROKEN, *broken (optional) gets the
 * findings. */
struct policy *policy_find(const char *folder, GPtrArray **broken, GError **error);

/* A policy of bytes (NULL: all defaults) as if it stood in root; always given, whatever its findings. */
struct policy *policy_new(const char *root, const char *top, GBytes *bytes);

void policy_free(struct policy *policy);
typedef struct policy Policy; /* for g_autoptr(Policy) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Policy, policy_free)

/* Whether the policy can be used: FALSE with POLICY_ERROR_BROKEN, which says the first of its errors. */
gboolean policy_check_usable(const struct policy *policy, GError **error);

/* Paths below folder that hold a policy, nearest first, at most limit, relative to it: for the message that
 * none is above. */
char **policy_below(const char *folder, guint limit);

/* The value in force of a setting by its full name, the user's or the default; NULL where neither has one.
 * Borrowed. */
const struct node *policy_get(const struct policy *policy, const char *setting);

/* Whether the user's file sets it. */
gboolean policy_sets(const struct policy *policy, const char *setting);

/* The same as text, NULL where it is no scalar; and the texts of a list (of a map, its keys) but for empty
 * ones, NULL-terminated, the array being the caller's (g_free). */
const char *policy_text(const struct policy *policy, const char *setting);
const char **policy_texts(const struct policy *policy, const char *setting);

/* What "sections" calls a section: "criteria". */
const char *policy_section_name(enum section_id section);

/* The headings by which a section goes, NULL-terminated; borrowed. */
const char *const *policy_section(const struct policy *policy, enum section_id section);

/* The same as edits want it, with the sections that stand behind it in a new item. */
struct edit_section policy_edit_section(const struct policy *policy, enum section_id section);

/* The values allowed for a field of kind FIELD_CHOICE, NULL-terminated (g_free the array); NULL where any
 * will do. */
const char **policy_choices(const struct policy *policy, enum field_id field);

/* The weight of an estimate on the scale: its number, or that of its name. FALSE where it is not on the scale
 * and no number. */
gboolean policy_weight(const struct policy *policy, const char *estimate, double *weight);

/* The severity of a rule for an item of that type with those labels (both may be NULL). */
enum severity policy_severity(const struct policy *policy, const char *rule, enum severity fallback,
                              const char *type, const char *const *labels);

/* Where a node of the user's own settings stands in the file. */
struct position policy_locate(const struct policy *policy, const struct node *node);

/* A path relative to root as the user in the current folder would write it; newly allocated. */
char *policy_display(const struct policy *policy, const char *path);

/* The same for who shows many paths and has asked once for the current folder, here. */
char *policy_display_from(const struct policy *policy, const char *path, const char *here);
