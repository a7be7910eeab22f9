/*
 * The votes on an item: one file a voter, backlog/votes/<id>/<round>-<who>, so that any number of people vote
 * on any number of branches without conflict (vote_file.h has what stands in one).
 *
 *     g_autoptr(Votes) votes = votes_read(backlog, "k7q2m", &error);
 *     for (guint i = 0; i < votes->votes->len; i++) …
 *
 * A round is over once the team's value is in the item, whose "votes:" then hold what was said ("round: N"
 * among them from the second round on), or once it was cleared, which leaves a file named <round>.
 * A vote of a round that is over, which another branch brought, is late: it is told, and opens nothing.
 *
 * While somebody who sealed has not revealed, there is no value of anybody here, so that nobody can show one.
 * A file that cannot be what its voter meant (a digest that does not fit, a value that is not on the scale)
 * is a finding, and a vote without value; one that was sealed counts as not revealed.
 */
#pragma once

#include "backlog.h"

enum vote_state {
    VOTE_OPEN,
    VOTE_SEALED,   /* and not revealed, or revealed as what it cannot have been */
    VOTE_REVEALED, /* and its digest fits */
    VOTE_MISSING,  /* sealed, and the others went on without it */
};

struct vote {
    char *who;   /* as in the file's name: voter.h */
    char *name;  /* of the team's policy, the handle where there is no name; else who */
    char *value; /* of the scale, or "?"; NULL: there is none, or it must not be shown yet */
    enum vote_state state;
    guint round;
    char *path;   /* relative to the policy's root */
    char *reason; /* why the others went on without it, "DAY NAMES: TEXT"; else NULL */
    /* private */
    GBytes *bytes;
    char *digest; /* NULL: open */
};

struct votes {
    char *id;
    guint round;         /* the one that is open, or would be with the next vote; from 1 */
    GPtrArray *votes;    /* struct vote of that round, by who */
    GPtrArray *late;     /* struct vote of rounds that are over, by round and who; never with a value */
    gboolean hidden;     /* somebody sealed has not revealed */
    GPtrArray *absent;   /* char, names of the team's developers who have not voted; empty without any vote */
    GPtrArray *findings; /* struct finding with paths: files that cannot be what was meant */
    /* private */
    guint ended; /* the last round that the item's own votes are of; 0: none */
    GPtrArray
        *ends; /* struct vote, of which only round, path and bytes are there: rounds that were cleared */
};

/* The votes on the item with that id; an empty round where there is none. NULL only where the folder or the
 * item cannot be read. */
struct votes *votes_read(struct backlog *backlog, const char *id, GError **error);
void votes_free(struct votes *votes);
typedef struct votes Votes; /* for g_autoptr(Votes) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Votes, votes_free)

/* The ids for which there is a folder of votes, sorted; NULL-terminated, for g_strfreev. */
char **votes_ids(const struct backlog *backlog);

/* The vote of somebody in the open round, or NULL. */
const struct vote *votes_find(const struct votes *votes, const char *who);

/* Names of those in that state, with commas; NULL for none. */
char *votes_names(const struct votes *votes, enum vote_state state);

/* Whether value can be a vote: on the policy's scale, or "?". The error names what the scale has beside it.
 */
gboolean vote_check(const struct policy *policy, const char *value, GError **error);
