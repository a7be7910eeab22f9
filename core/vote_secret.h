/*
 * What opens a sealed vote, kept by the clone in which it was cast: refine/votes/<digest> in the git folder
 * that all its work trees share, "SALT VALUE", which this user alone can read. It never enters the repository
 * before the vote is revealed, and stays when it is: another branch may have the vote still sealed.
 */
#pragma once

#include "policy.h"

#define VOTE_ERROR vote_error_quark()
GQuark vote_error_quark(void);

enum vote_error {
    VOTE_ERROR_SECRET, /* the salt cannot be kept, or is not in this clone */
    VOTE_ERROR_ROUND,  /* the round is not so that this can be done */
    VOTE_ERROR_REASON, /* it takes a reason */
};

struct vote_secret {
    char *digest;
    char *salt;
    char *value;
};

void vote_secret_clear(struct vote_secret *secret);

/* Keeps it, on the disk before the call returns. */
gboolean vote_secret_keep(const struct policy *policy, const struct vote_secret *secret, GError **error);

/* Sets *secret to what was kept for the digest; FALSE where that is not in this clone. */
gboolean vote_secret_find(const struct policy *policy, const char *digest, struct vote_secret *secret);
