/*
 * Who votes: the names by which the files of votes and the item's "votes:" go.
 *
 *     struct voter voter;
 *     if (voter_find(policy, NULL, &voter, &error)) …    the user; a name or handle: somebody else
 *
 * Of the team, a voter goes by the handle, or the name where there is none; of others by their name. It is
 * made fit for the name of a file on any system: lower-case letters and digits of any script, "." and "_",
 * all else one "-". So a person of the team keeps one vote, whoever casts it and whatever git calls them.
 */
#pragma once

#include "policy.h"

struct voter {
    char *who;
    char *name; /* to be shown: of the team where it has one */
};

/* Sets *voter to the user (who NULL, people_me), to who of the team, or to a guest of that plain name, or of
 * that in "Name <address>". An error where a plain name is nearly one of the team's or a role, begins with
 * "@", makes the same file name as somebody else's, or none. */
gboolean voter_find(const struct policy *policy, const char *who, struct voter *voter, GError **error);
void voter_clear(struct voter *voter);

/* What a name or handle makes; "" where nothing of it is left. Newly allocated. */
char *voter_slug(const char *name);

/* The name of the one of the team that goes by who; who itself for others. Newly allocated. */
char *voter_name(const struct policy *policy, const char *who);

/* The voters of the team with a role; NULL for all. Each a struct voter, owned by the array. */
GPtrArray *voters_of(const struct policy *policy, const char *role);
