/*
 * The history of a backlog: the commits in which items changed, newest first, with what changed, who took
 * part and why.
 *
 *     struct history *history = history_open(policy, "HEAD", NULL, &error);
 *     while ((decision = history_next(history, &error)))
 *         …
 *
 * What changed is computed from the item files before and after; a message is asked only for the reason. So
 * an edit made by hand counts, and a squash gives what it decided as a whole. An item is followed by the id
 * in the name of its file. Of a merge only what it decided itself is told: changes against each of its
 * parents. A commit that changed no item is left out.
 *
 * history_open_wanted narrows that: to a range of revisions, to items, persons, times, kinds of change.
 */
#pragma once

#include "change.h"

#define HISTORY_ERROR history_error_quark()
GQuark history_error_quark(void);

enum history_error {
    HISTORY_ERROR_KIND, /* no such kind of change */
};

/* What became of one item. */
struct history_item {
    char *id;
    char *path;         /* relative to the policy's root; where it was, if it is no longer there */
    char *old_path;     /* where it was before, if it moved; else NULL */
    char *title;        /* after, or before; "" where it has none or cannot be read */
    char *unreadable;   /* why there are no changes: "became unreadable"; NULL */
    GPtrArray *changes; /* struct change */
    char *reason;       /* of the message, not escaped; NULL: none was given */
    gboolean is_wanted; /* private: by its labels and type */
};

/* A commit that changed items. */
struct history_decision {
    char commit[41];
    char *short_commit; /* the shortest that names it, at least 7 digits or as core.abbrev has it */
    char *author_name;  /* as the mailmap has it */
    char *author_email;
    gint64 time; /* of the author: seconds since 1970 UTC */
    int offset;  /* of the author's clock, minutes east */
    char *subject;
    char *body;              /* the rest of the message, trailers too; "" where there is none */
    GPtrArray *participants; /* char, "Name <email>", as the mailmap has it; not the author */
    GPtrArray *items;        /* struct history_item, by path; at least one */
};

void history_decision_free(struct history_decision *decision);
typedef struct history_decision HistoryDecision; /* for g_autoptr(HistoryDecision) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HistoryDecision, history_decision_free)

/* What became of the item in words, each newly allocated in an array that owns them: its changes as
 * change_print has them, "moved to PATH", that it is unreadable. */
GPtrArray *history_item_words(const struct history_item *item);

/* The same on one line, with ", " between; newly allocated. */
char *history_item_summary(const struct history_item *item);

struct history;

/* The history from a revision back, of the items with these ids (NULL: of all). policy must outlive it. */
struct history *history_open(const struct policy *policy, const char *revision, const char *const *ids,
                             GError **error);
void history_free(struct history *history);
typedef struct history History; /* for g_autoptr(History) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(History, history_free)

/* What of the history is wanted; zeroed, all from HEAD back. Words are NULL-terminated, NULL is all, and of
 * several any will do. */
struct history_wanted {
    const char *const *revisions; /* "main", "main..topic", "main...topic", "^v1.0" */
    const char *const *ids;
    const char *const *persons; /* who took part: of the team, "@me", or part of a name or address */
    const char *const *kinds;   /* history_kind.h */
    const char *const *fields;  /* fields or sections, likewise. Of an item that came or went: what it had */
    const char *const *labels;  /* that the item had after the commit, or, where it went, before it */
    const char *const *types;
    gboolean has_since, has_until;
    gint64 since, until; /* of the committer, both included, as git has it */
};

/* Whether anything but revisions and items is narrowed. */
gboolean history_is_narrowed(const struct history_wanted *wanted);

/* The same of what is wanted: commits, items and changes that are not are left out, so that a decision may be
 * told in part. All is borrowed until history_free. REPO_ERROR_REVISION, HISTORY_ERROR_KIND, or an error of
 * people.h where a word names nothing. */
struct history *history_open_wanted(const struct policy *policy, const struct history_wanted *wanted,
                                    GError **error);

/* The next decision, which is the caller's; NULL after the last, and with an error where the repository
 * cannot be read. */
struct history_decision *history_next(struct history *history, GError **error);

/* Whether commits were met of which a shallow clone lacks the parents, so that what they decided cannot be
 * known: the history is not whole. */
gboolean history_is_cut(const struct history *history);
