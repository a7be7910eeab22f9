/*
 * What the files of decision share: one decision on its way. Only they include this.
 */
#pragma once

#include "commit.h"
#include "decision.h"

/* One decision on its way. */
struct making {
    struct backlog *backlog;
    const struct decision *decision;
    struct decision_outcome *outcome;
    GPtrArray *drafts; /* all that change something, here or perhaps in git */
};

/* -- decision_describe.c -- */

/* Fills the outcome with what the drafts change as the work tree has them: what is said where nothing is
 * committed. */
void decision_list_drafts(const struct making *making);

/* Whether the policy's wish for a reason is met, before anything is begun; what is committed can be more, and
 * is checked again with its message. */
gboolean decision_check_reason(const struct making *making, GError **error);

/* Trailers for all who took part, NULL-terminated; NULL with an error where one is not known. */
char **decision_participants(const struct making *making, GError **error);

/* The message of what is committed, for commit_run: data is the struct making, whose outcome is filled with
 * the items that change in HEAD. */
char *decision_write_message(const struct commit_version *versions, gpointer data, GError **error);

/* -- decision_gist.c -- */

/* What the changes of an item are about, in short, where that is all of them: "duplicate of t2h8k", "estimate
 * 5 after votes of 3, 5, 13". Newly allocated; NULL where there is no shorter way to say it. */
char *decision_gist(const struct making *making, const struct draft *draft, const GPtrArray *changes);

/* What an item was found to repeat; NULL: nothing. To drop it for that needs no other reason. */
const char *decision_original(const GPtrArray *changes);

/* -- decision_refer.c -- */

/* Whether all that the drafts newly name, as parent, original or dependency, is in what is recorded: drafted
 * too, or in git (stage: its index) already. */
gboolean decision_check_references(const struct making *making, gboolean stage, GError **error);
