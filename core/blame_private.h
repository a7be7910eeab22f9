/*
 * What the files of blame share: versions of an item as they are compared. Only they include this.
 */
#pragma once

#include "blame.h"
#include "criteria.h"

enum { LIST_CRITERIA, LIST_QUESTIONS, LIST_DECISIONS, N_LISTS };

/* An answer, or whatever else is an entry of the list in a question. */
struct answer {
    char *text; /* all its words */
    struct span span;
};

/* What a body says. Shared by versions that have it alike. */
struct blame_body {
    struct document *document;
    GPtrArray *lists[N_LISTS]; /* struct criterion; details of a question are without its answers */
    GPtrArray *entries;        /* all of them by their place, borrowed */
    GPtrArray *answers;        /* by question, arrays of struct answer */
    GPtrArray *names, *texts;  /* as section.h has them, by section */
    GHashTable *sections;      /* name -> index + 1 */
    char *leading;
};

/* One version; what nobody asks for is not read. Counted by g_rc_box. */
struct blame_version {
    const struct policy *policy;
    GBytes *bytes;
    struct document *front;  /* NULL: not read yet */
    GHashTable *entries;     /* blame_entry_key -> how often it stands there; NULL: not counted yet */
    struct document *behind; /* whose body is not read yet; NULL: not yet looked for */
    struct blame_body *body; /* NULL: not read yet; counted by g_rc_box */
};

struct blame_version *blame_version_new(const struct policy *policy, GBytes *bytes);
void blame_version_unref(struct blame_version *version);
typedef struct blame_version BlameVersion; /* for g_autoptr(BlameVersion) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BlameVersion, blame_version_unref)

/* The map of its front matter; NULL where that cannot be read. */
const struct node *blame_version_root(struct blame_version *version);

/* How often the entry stands in lists under the key. */
guint blame_version_count(struct blame_version *version, const char *key, const struct node *entry);

/* What tells an entry from others under any key; newly allocated. */
char *blame_entry_key(const char *key, const struct node *entry);

struct blame_body *blame_version_body(struct blame_version *version);

/* Whether the bodies are the same bytes. The one that was not read yet shares that of the other then. */
gboolean blame_version_same_body(struct blame_version *a, struct blame_version *b);

/* The parts of a version, in the order of the file; its front matter can be read. They borrow from it. */
GPtrArray *blame_parts(struct blame_version *version);

/* -- what a parent has too -- */

/* A part on its way back: where it is in the version it has come to. */
struct blame_token {
    struct blame_part *part;
    guint index; /* in its list */
};

/* A version, and that of a parent, which are borrowed. */
struct blame_match {
    struct blame_version *subject; /* whose parts they are */
    struct blame_version *child;
    struct blame_version *parent;
    gboolean is_compared, same_body;
    int *partner[N_LISTS]; /* NULL: not matched yet */
};

/* Whether the parent has the part too; then token is where it is there. */
gboolean blame_match_pass(struct blame_match *match, struct blame_token *token);
void blame_match_clear(struct blame_match *match);
