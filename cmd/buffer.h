/*
 * A text on its way through the user's editor: a file in the git folder, out of the work tree, where it
 * outlives whatever happens to it.
 *
 *     g_autoptr(Buffer) buffer = buffer_open(context, "k7q2m", &error);
 *     g_autoptr(GBytes) saved = buffer_edit(buffer, base, text, &error);   as often as needed
 *     if (!saved || !take(saved, &error))
 *         return buffer_refuse(buffer, &error);                            the text stays, and is told
 *     buffer_done(buffer);
 *
 * The file is refine/edit/NAME.md of the git folder, NAME.base beside it is what the text was made from, and
 * what an earlier process left there is given as kept. Without a repository both are in a private temporary
 * folder, where nobody finds them again but by the path that is told. Of two processes only one can open a
 * name.
 */
#pragma once

#include "command.h"
#include "finding.h"

struct buffer;

/* How one time through the editor ended, for whoever goes through it until all is well. */
enum attempt {
    ATTEMPT_TAKEN,   /* what was saved is used, or called off */
    ATTEMPT_AGAIN,   /* the user wants to mend it at once */
    ATTEMPT_REFUSED, /* with an error set */
};

/* Opens the text of that name (a file name without suffix), which is told apart from texts of the same name
 * of other backlogs of the repository. */
struct buffer *buffer_open(struct context *context, const char *name, GError **error);

/* Closes it. What was neither done nor is as it was before it was edited stays. */
void buffer_free(struct buffer *buffer);
typedef struct buffer Buffer; /* for g_autoptr(Buffer) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Buffer, buffer_free)

/* The text that an earlier process left; NULL where there is none, or nobody had changed it. And what that
 * was made from; NULL where that is not known. Borrowed, until the first buffer_edit. */
GBytes *buffer_kept(const struct buffer *buffer);
GBytes *buffer_kept_base(const struct buffer *buffer);

/* Gives text to the editor and returns what was saved; NULL on error. base is what it is compared with when
 * it comes to keeping it; NULL: it is kept in any case. */
GBytes *buffer_edit(struct buffer *buffer, GBytes *base, GBytes *text, GError **error);

/* Prints those of findings that are errors to standard error, with places in the file of the text. */
void buffer_complain(const struct buffer *buffer, const GPtrArray *findings);

/* Whether the file holds what somebody would miss, so that it would stay. */
gboolean buffer_keeps(const struct buffer *buffer);

/* Adds to the error where the text is kept, if it is. Returns -1. */
int buffer_refuse(struct buffer *buffer, GError **error);

/* Removes the text: all is recorded, or there is nothing to be lost. */
void buffer_done(struct buffer *buffer);

/* Whether bytes are white space alone, as a user leaves them to call all off. */
gboolean buffer_is_blank(GBytes *bytes);
