/*
 * Signatures of commits, made as git makes them: by the program and the key that commit.gpgSign, gpg.format,
 * gpg.program, gpg.ssh.* and user.signingKey name in git's configuration.
 */
#pragma once

#include "commit_identity.h"

/* Whether commits are to be signed; a setting that cannot be read counts as yes, and commit_sign then says
 * why. */
gboolean commit_sign_wanted(struct repo *repo);

/* Sets *signature to the armoured signature of payload, the text of a commit without one, as libgit2 takes
 * it, without a line feed at its end; newly allocated. NULL where commit.gpgSign does not ask for one. Where
 * one is asked for and cannot be made that is an error, with what the program said: nothing goes out
 * unsigned. Programs run with the terminal that we have, so that they can ask for a passphrase; folder is one
 * of ours, where a key or payload may have to stand meanwhile.
 */
gboolean commit_sign(struct repo *repo, const char *payload, const struct identity *committer,
                     const char *folder, char **signature, GError **error);
