/*
 * Who is who: the name and address that a person goes by now, for those that stand in a commit. As for git,
 * .mailmap at the top of the work tree says so (in a repository without one, that of HEAD), then the object
 * mailmap.blob and the file mailmap.file, the later ones going before. gitmailmap(5) has the form. What
 * libgit2 has for it is not used: it minds the case of names and addresses, and forgets all for one line that
 * it does not understand.
 */
#pragma once

#include "repo.h"

struct mailmap;

/* Reads what there is. What cannot be read, or is a link or over FILE_LIMIT, counts as nothing, for a report
 * can do without. */
struct mailmap *mailmap_open(struct repo *repo);
void mailmap_free(struct mailmap *mailmap);
typedef struct mailmap Mailmap; /* for g_autoptr(Mailmap) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mailmap, mailmap_free)

/* Points *name and *email to what they are now, borrowed from mailmap, or leaves them. */
void mailmap_resolve(const struct mailmap *mailmap, const char **name, const char **email);
