/*
 * Declaring items ready: whether anything is missing, what it is, and the files as they become.
 *
 *     g_autoptr(Ready) ready = ready_judge(backlog, entries, &error);
 *     if (ready && !ready->missing)
 *         drafts = ready_declare(ready, …, &error);   drafts of one decision
 *     else
 *         …                                           ready->items say what is missing
 *
 * The items are judged by the rules as if all of them were ready already, so that one may wait for another
 * that is declared with it. What the item says of its own readiness is not held against it: that is what is
 * being settled.
 */
#pragma once

#include "draft.h"
#include "rules.h"
#include "stamp.h"

/* What the Definition of Ready is about, as a team ticks it off. */
enum ready_part {
    READY_FILE,  /* facts of the file: it can be read, has its fields, its place */
    READY_STORY, /* who wants what; of a bug what happens, of a spike what is asked */
    READY_WHY,
    READY_CRITERIA,
    READY_ESTIMATE,
    READY_APPROACH,
    READY_DEPENDS,
    READY_QUESTIONS,
    READY_ASSUMPTIONS,
    READY_WAIVERS,
    READY_TEAM, /* rules of the team's own */
    READY_REST,
    N_READY_PARTS,
};

/* The part to which a rule belongs; READY_TEAM for one that is not in the table. */
enum ready_part ready_part_of(const char *rule);

/* "file", "story", … in one word, as programs know it. */
const char *ready_part_name(enum ready_part part);

/* Something that is missing. */
struct ready_gap {
    const struct finding *finding; /* borrowed */
    enum ready_part part;
    guint number;      /* of the criterion or question at that place, from 1; 0: there is none */
    gboolean scenario; /* that criterion is one of Gherkin, which is reworded in the file alone */
    guint line;        /* of that place where it is in the body and has no number; else 0 */
};

enum ready_state {
    READY_MISSING, /* something is missing */
    READY_NOW,     /* it becomes ready */
    READY_AGAIN, /* it said so already, or is being done, but what was agreed has changed since, or was never
                    put down */
    READY_ALREADY, /* all fits: nothing is to be done */
};

struct ready_item {
    const struct item *item; /* borrowed from the backlog */
    const char *path;        /* of the file; borrowed */
    enum ready_state state;
    unsigned parts;      /* bits, 1 << enum ready_part: those of which something is demanded of it */
    GPtrArray *gaps;     /* struct ready_gap, by part, then place; empty unless READY_MISSING */
    GPtrArray *warnings; /* const struct finding, by place: they do not hinder */
    GPtrArray *waived;   /* const struct finding: errors that are waived */
    GPtrArray *changed;  /* const char *, static: agreed parts that changed since it was declared ready */
};

struct ready {
    struct backlog *backlog; /* borrowed */
    GPtrArray *items;        /* struct ready_item, in the order given */
    guint missing;           /* how many have gaps */
    GPtrArray *findings;     /* private: owns them */
};

/* Judges the entries, each once; loads the backlog, which must outlive the result. NULL with
 * DRAFT_ERROR_VALUE where one can never be ready as it is: closed, or an epic. */
struct ready *ready_judge(struct backlog *backlog, const GPtrArray *entries, GError **error);
void ready_free(struct ready *ready);
typedef struct ready Ready; /* for g_autoptr(Ready) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ready, ready_free)

/* The same of loaded items (const struct item *), closed ones and epics not refused: for who asks how far
 * they are. Never NULL. */
struct ready *ready_survey(struct backlog *backlog, const GPtrArray *items);

/* Drafts in which all items are ready, with stamps of what they say; one that is being done stays so. Only
 * where nothing is missing. recorded is the revision whose version is decided on too ("HEAD", or ":" for the
 * index): where that says something else in an agreed part, the stamp would not be its own, so that is an
 * error. NULL on error. */
GPtrArray *ready_declare(const struct ready *ready, const char *recorded, GError **error);

/* Drafts in which the entries are refined again: status and stamp, and a line under Decisions with the
 * reason, by names as remark_names has them. NULL with DRAFT_ERROR_VALUE where one is not ready, or reason is
 * empty. */
GPtrArray *ready_revoke(struct backlog *backlog, const GPtrArray *entries, const char *names,
                        const char *reason, GError **error);

/* Whether the draft begins its item, which was never declared ready. */
gboolean ready_is_skipped(struct draft *draft);

/* Whether the draft takes back that its item is ready, or was begun, so that a reason (NULL: none) belongs
 * under Decisions; and adds that line. */
gboolean ready_needs_remark(struct draft *draft, const char *reason);
gboolean ready_remark(struct draft *draft, const char *names, const char *reason, GError **error);
