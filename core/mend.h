/*
 * What merges and copies by hand break and can be put right without a guess: two files with one id, tied
 * ranks, the spelling of a status or type, an id in capitals or missing beside the one in the file's name, a
 * list with one entry twice; an estimate that the scale writes otherwise; the sections that an item lacks
 * which claims to be ready, empty.
 *
 *     g_autoptr(Mend) mend = mend_new(backlog, NULL, &error);      what is to be done
 *     decision_record(backlog, mend->drafts, …)                    one decision
 *     mend_finish(mend, …)                                         files that no commit has yet
 *     findings = rules_check(…); mend_explain(…, findings, …)      what is left, and who made it
 *
 * Of two files with one id the younger gets a new one: that which came later into the history, where one of
 * the commits was made on the other; a file that is not committed is younger than one that is. Else that
 * created later; else that committed later; else the later by path. A file that is not called by the id is
 * younger than one that is. References follow it where the commit that made them had only the younger file,
 * or brought it together with the item that refers to it; all others mean the older.
 */
#pragma once

#include "decision.h"

struct mend {
    GPtrArray *drafts; /* struct draft: what the decision is made of */
    GPtrArray
        *mended;     /* struct finding, by path and place before: each says what becomes of what was found */
    GPtrArray *left; /* struct finding, likewise: what of it only a person can do, and why */
    /* private */
    struct backlog *backlog;
    GPtrArray *staged;  /* struct draft of files that the index has, but no commit */
    GPtrArray *unknown; /* struct draft of files that git does not have */
};

/* Works out what is to be mended of the backlog: of all items, or of those with these paths (NULL-terminated)
 * and whatever refers to them. Writes nothing. NULL where the repository cannot be read. */
struct mend *mend_new(struct backlog *backlog, const char *const *only, GError **error);
void mend_free(struct mend *mend);
typedef struct mend Mend; /* for g_autoptr(Mend) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mend, mend_free)

/* All drafts, those of files that no commit has too; borrowed. */
GPtrArray *mend_drafts(const struct mend *mend);

/* Writes what no commit can hold, once the decision is recorded: files that git does not have are written,
 * and those that are only staged are staged as they become. warnings, an array of owned sentences, gets what
 * must be said. */
gboolean mend_finish(struct mend *mend, const struct decision *decision, GPtrArray *warnings, GError **error);

/* What is to be known of findings that cannot be mended: who made a reference that dangles or closes a
 * circle, and who removed what it named; how a conflict is resolved. An array of one a finding, newly
 * allocated or NULL, that owns them; NULL where the history cannot be read. The backlog is that of the
 * findings. */
GPtrArray *mend_explain(struct backlog *backlog, const GPtrArray *findings, GError **error);
