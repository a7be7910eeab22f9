/*
 * Who last decided what an item says: of each field, entry of a list, criterion, question with its answers,
 * line of the decisions and section of one version, the commit that made it so.
 *
 *     struct blame *blame = blame_new(policy, path, bytes, &error);    what the version says, in parts
 *     blame_select(blame, names, &error);                              what nobody asked for is left out
 *     blame_trace(&blame, 1, NULL, &error);                            one walk, for any number of items
 *
 * It goes along the graph of commits as git blame does: a part that any parent of a commit has too was not
 * decided there, what no parent has was. A merge that took a part from one side decided nothing, one that
 * resolved a conflict to something else did. An item is followed by the id in the name of its file, to
 * whatever folder and name. What says the same is the same, however it is written and wherever it stands:
 *
 * - a field, and of a map each entry by its key: an equal value; of a list each entry: one that the list has
 *   too (as often as it has it);
 * - a criterion, question or line of the decisions is followed through rewording (criteria_match); its
 *   wording, what is nested in it and its tick were decided each for itself; an answer by its text;
 * - a section: the heading and its words, without what has a part of its own.
 *
 * Of a version with front matter that cannot be read, a value is taken to be there where its lines are. What
 * a shallow clone ends at, or what came before a version of which the bytes cannot be had (a clone without
 * blobs, a file over FILE_LIMIT), is a boundary. A link in the place of the file is as if it were not there.
 */
#pragma once

#include "history.h"

#define BLAME_ERROR blame_error_quark()
GQuark blame_error_quark(void);

enum blame_error {
    BLAME_ERROR_UNREADABLE, /* the version cannot be read; the message has line and column */
    BLAME_ERROR_NAME,       /* no part is called so, here or anywhere */
};

enum blame_kind {
    BLAME_FIELD, /* name: its key; of a map's entry that of the map and its own, "waive.not-estimated" */
    BLAME_ENTRY, /* of a list; name: its key */
    BLAME_CRITERION,
    BLAME_QUESTION,
    BLAME_ANSWER,
    BLAME_DECISION,
    BLAME_SECTION, /* name: the heading */
    BLAME_TEXT,    /* what stands before the first heading */
};

/* Of a criterion, a question or a decision; all else is BLAME_WORDING. */
enum blame_aspect {
    BLAME_WORDING,
    BLAME_DETAILS, /* what is nested in it; of a question without its answers; no part where nothing is */
    BLAME_TICK,    /* no part where there is no box */
};

struct blame_part {
    enum blame_kind kind;
    enum blame_aspect aspect;
    char *name;
    guint number; /* of a criterion, question or decision, from 1; of an answer, its question's */
    char *value;  /* on one line, not escaped: of a section its text, of a tick NULL; NULL: there is none */
    gboolean has_box, ticked;
    guint line; /* where it stands, from 1 */

    /* blame_trace sets these. */
    const struct history_decision *decision; /* NULL: not yet recorded */
    const char *reason;                      /* as in struct history_item */
    gboolean is_boundary; /* what came before that commit cannot be had: it was decided there or earlier */
    gboolean is_implied;  /* a tick or details that say nothing beside the part that they belong to: decided
                             with it or, ticked, with an answer, or a box that nobody ticked since */

    /* private: how it is found in other versions */
    const char *key;
    const char *subkey;
    const struct node *node;
    guint list, index;         /* of an entry of the body; of an answer its question's */
    guint nth;                 /* of several that are equal in a list, from 0; the index of an answer */
    struct span span;          /* whole lines */
    struct walk_commit *found; /* where it was decided, while it is traced */
    guint order;               /* how many were decided later */
};

struct blame {
    char *id;
    char *path;       /* relative to the policy's root */
    GPtrArray *parts; /* struct blame_part, in the order of the file, aspects of one thing side by side */
    gboolean is_cut;  /* some part's is_boundary */
    /* private */
    struct blame_version *version;
    GHashTable *decisions; /* commit -> struct history_decision */
};

/* The parts of a version of the item at path, relative to the policy's root, with an id in its name. policy
 * must outlive it. */
struct blame *blame_new(const struct policy *policy, const char *path, GBytes *bytes, GError **error);
void blame_free(struct blame *blame);
typedef struct blame Blame; /* for g_autoptr(Blame) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Blame, blame_free)

/* Keeps the parts with these names, NULL-terminated, alone: "estimate", "labels", "waive.not-estimated",
 * "criteria", "criterion 2" or "2", "questions", "question 1", "decisions", "decision 1", "text", "section
 * Story" or "Story", or another heading of that section. missing gets those that the item could have and has
 * not. Any other is an error of BLAME_ERROR_NAME, and nothing is changed. */
gboolean blame_select(struct blame *blame, const char *const *names, GPtrArray *missing, GError **error);

/* Finds who decided the parts, of n items in one walk. revision is what the versions are of: a revision, or
 * NULL for the work tree and ":" for the index, which follow on HEAD and on what is being merged. */
gboolean blame_trace(struct blame *const *blames, guint n, const char *revision, GError **error);

/* "estimate", "criterion 2", "question 1 answer", "criterion 2 ticked", "section Story", "text": what a part
 * is, in the words of change_print; not escaped, newly allocated. */
char *blame_part_name(const struct blame_part *part);

/* -- who set a value -- */

/* A value of an item of the work tree. */
struct blame_question {
    const char *path;  /* of its file, relative to the policy's root */
    const char *field; /* a key */
    const char *entry; /* that entry of the list, as change_value has it; NULL: all there is under the key */
};

/* Who last set n values, in one walk: an array, which owns them, of one struct blame a question, with no
 * parts but those asked for; none where the file, the field or the entry is not there, or the file cannot be
 * read. */
GPtrArray *blame_ask(const struct policy *policy, const struct blame_question *questions, guint n,
                     GError **error);
