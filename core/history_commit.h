/*
 * What a commit says of itself: who wrote it, when, and what the message holds.
 */
#pragma once

#include "message.h"
#include "repo_mailmap.h"

struct commit_words {
    char *name; /* of the author, as the mailmap has it */
    char *email;
    gint64 time; /* of the author: seconds since 1970 UTC */
    int offset;  /* of the author's clock, minutes east */
    char *text;  /* the message as UTF-8 */
    struct message *message;
    GPtrArray *participants; /* char, "Name <email>", as the mailmap has it; not the author */
};

/* Reads the bytes of a commit; what is not there is empty. */
struct commit_words *commit_words_new(GBytes *commit, const struct mailmap *mailmap);
void commit_words_free(struct commit_words *words);
typedef struct commit_words CommitWords; /* for g_autoptr(CommitWords) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CommitWords, commit_words_free)
