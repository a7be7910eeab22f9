/*
 * Git's objects, raw, for what reads very many of them: commits once each, and trees again and again, for two
 * neighbouring commits share nearly all of theirs. Trees and files that were read of late are kept.
 */
#pragma once

#include "repo.h"

/* The name of an object. */
struct object_id {
    guint8 raw[20];
};

/* For a GHashTable of struct object_id. */
guint object_id_hash(gconstpointer id);
gboolean object_id_equal(gconstpointer a, gconstpointer b);

/* Reads 40 hexadecimal digits; FALSE and *id untouched where they are not. */
gboolean object_id_parse(struct object_id *id, const char *digits);

/* The 40 digits, NUL-terminated, into text. */
void object_id_print(const struct object_id *id, char text[41]);

struct objects;

/* The objects of a repository, which must outlive them. */
struct objects *objects_new(struct repo *repo, GError **error);
void objects_free(struct objects *objects);
typedef struct objects Objects; /* for g_autoptr(Objects) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Objects, objects_free)

/* The bytes of a commit or a tree; a new reference, NULL with REPO_ERROR_READ. */
GBytes *objects_commit(struct objects *objects, const struct object_id *id, GError **error);
GBytes *objects_tree(struct objects *objects, const struct object_id *id, GError **error);

/* The bytes of a file of at most FILE_LIMIT; a new reference, NULL where they cannot be read. */
GBytes *objects_file(struct objects *objects, const struct object_id *id);

/* The shortest digits that name an object alone, at least 7 or as core.abbrev has it; newly allocated. */
char *objects_short(struct objects *objects, const struct object_id *id);

/* An entry of a tree, borrowed from its bytes. */
struct tree_entry {
    const char *name;
    const guint8 *id;
    gboolean is_folder;
    gboolean is_file; /* neither: a link or a submodule */
};

/* Takes the next entry off the tree at *at, which ends at end; FALSE where none is left, or what is there is
 * no entry. Entries come in git's order: by name, that of a folder as if "/" ended it. */
gboolean tree_entry_next(const char **at, const char *end, struct tree_entry *entry);
int tree_entry_compare(const struct tree_entry *a, const struct tree_entry *b);
