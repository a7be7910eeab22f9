/*
 * What stands in the file of a vote, and the digest by which one is sealed.
 *
 *     5 (k7q2m 1 ana)       an open vote: the value, and behind it what it is a vote on, on one line, so that
 *                           git never takes two votes for one file that moved; a hand-made one may be 5 alone
 *
 *     sealed DIGEST         a sealed one, which nobody can read
 *
 *     sealed DIGEST         the same once it is revealed, and anybody can check it
 *     revealed SALT 5
 *
 *     sealed DIGEST         the same where the others went on without it
 *     missing 2026-11-20 Ana Silva: Bo is away
 *
 * DIGEST is the SHA-256, in lower-case hexadecimal digits, of five lines: salt, id, round, who and value,
 * each with a line feed behind it; who as in the file's name, in UTF-8. None of them can hold a line feed, so
 * no two votes have the same bytes. SALT is 128 random bits in 32 such digits: without it, a few guesses
 * would open the seal. A digest of another item, round or voter fits nowhere else. So
 *
 *     printf '%s\n' SALT k7q2m 1 ana 5 | sha256sum
 *
 * prints DIGEST.
 */
#pragma once

#include "random.h"
#include "vote.h"

#define VOTE_SALT_DIGITS 32
#define VOTE_DIGEST_DIGITS 64

/* A new salt; newly allocated. */
char *vote_salt(struct random *random);

/* The digest; newly allocated. */
char *vote_digest(const char *salt, const char *id, guint round, const char *who, const char *value);

/* The bytes of a file of each kind. reason is one line. */
GBytes *vote_print_open(const char *id, guint round, const char *who, const char *value);
GBytes *vote_print_sealed(const char *digest);
GBytes *vote_print_revealed(const char *digest, const char *salt, const char *value);
GBytes *vote_print_missing(const char *digest, const char *reason);

/* The value that the line of an open vote has; *on (optional) gets what it says that it is a vote on, NULL
 * where it does not say. Both newly allocated. */
char *vote_parse_open(const char *line, char **on);

/* The bytes of the file that ends a round. */
GBytes *vote_print_end(const char *id, guint round);

/* Sets state, value, reason and digest of a vote by its bytes; path, round and who are there. What cannot be
 * what the voter meant leaves it without value, as if sealed, and adds to findings. */
void vote_parse(struct vote *vote, const struct policy *policy, const char *id, GPtrArray *findings);

/* "1-ana": sets *round and *who; "1", the end of a round: sets *who to NULL. FALSE for any other name. */
gboolean vote_parse_name(const char *name, guint *round, char **who);

/* The path of a vote, or with who NULL of the end of a round, relative to the policy's root. */
char *vote_path(const struct policy *policy, const char *id, guint round, const char *who);
