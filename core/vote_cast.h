/*
 * What is done in a round of votes, as drafts that one decision records:
 *
 *     g_autoptr(Votes) votes = votes_read(backlog, id, &error);
 *     struct draft *draft = vote_cast(backlog, votes, &voter, "5", &secret, &error);
 *     vote_secret_keep(policy, &secret, &error);    a sealed one, right before it is recorded
 *
 * votes are what was read in the same backlog, and stay as they were.
 */
#pragma once

#include "draft.h"
#include "vote.h"
#include "vote_secret.h"
#include "voter.h"

/* The vote of somebody in the open round, in the place of an earlier one of theirs. With secret it is sealed,
 * and *secret gets what opens it. NULL where value cannot be one. */
struct draft *vote_cast(struct backlog *backlog, const struct votes *votes, const struct voter *voter,
                        const char *value, struct vote_secret *secret, GError **error);

/* Reveals a sealed vote, which must be of this clone. One that is revealed gives a draft without change. With
 * conceal the draft, which is not to be recorded, has words in the place of salt and value, so that it can be
 * shown. */
struct draft *vote_reveal(struct backlog *backlog, const struct votes *votes, const struct voter *voter,
                          gboolean conceal, GError **error);

/* Who would be missing if the others went on: names of those sealed that this clone cannot reveal, with
 * commas; NULL for none. */
char *votes_missing(const struct backlog *backlog, const struct votes *votes);

/* Reveals all that this clone can, and marks those that it cannot as missing. names and reason (both NULL
 * where none is missing) say who went on without them, and why. conceal as above. */
GPtrArray *votes_reveal_all(struct backlog *backlog, const struct votes *votes, const char *names,
                            const char *reason, gboolean conceal, GError **error);

/* Ends the round without a value: its votes and all earlier ones go. No draft where there is no vote in it.
 */
GPtrArray *votes_clear(struct backlog *backlog, const struct votes *votes);

/* Whether the round can be closed: an error that says where and what is wrong, or who has not revealed. */
gboolean votes_check(const struct backlog *backlog, const struct votes *votes, GError **error);

/* Ends the round with the team's value: its votes become the item's, in the draft of it, and the files go:
 * their drafts, to be recorded behind it. An item that nobody voted on keeps what it has. votes_check holds.
 */
GPtrArray *votes_fold(struct draft *draft, const struct votes *votes, GError **error);
