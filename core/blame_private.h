/*
 * What the files of blame share: versions of an item as they are compared. Only they include this.
 */
#pragma once

#include "blame.h"
#include "criteria.h"
#include "history_site.h"
#include "history_tree.h"

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

/* How near an entry of a parent's list has to come to that of the child for its parts to be looked for in it.
 * Of several parents the nearest is asked first: the tick of a criterion that one side of a merge added is
 * not that of another in whose place it stands. */
enum blame_nearness {
    BLAME_WHOLE,  /* its wording and tick are the same */
    BLAME_WORDED, /* its wording is */
    BLAME_ALIKE,  /* criteria_match takes them for the same */
    N_NEARNESSES,
};

/* Whether the parent has the part too, so near; then token is where it is there. */
gboolean blame_match_pass(struct blame_match *match, enum blame_nearness nearness, struct blame_token *token);
void blame_match_clear(struct blame_match *match);

/* -- on the way -- */

/* Parts of an item that have come to a version of its file. */
struct stop {
    guint blame; /* index */
    char *place; /* of the file, from the backlog's folder */
    struct object_id blob;
    struct blame_version *version; /* NULL: its bytes cannot be had */
    GArray *tokens;                /* struct blame_token */
    gboolean is_cut;               /* what came before cannot be had */
};

/* A commit that parts have come to. */
struct visit {
    struct walk_commit *commit;
    GPtrArray *stops;
    GPtrArray **differences; /* by parent; NULL: not compared yet */
};

struct trace {
    struct blame *const *blames;
    guint n;
    const struct policy *policy;
    struct objects *objects;
    struct walk *walk;
    struct tree_scope scope;
    GHashTable *visits; /* struct walk_commit -> struct visit that is in queue */
    GSequence *queue;   /* struct visit, the latest first */
    guint *left;        /* parts of each blame that are on their way */
    guint decided;
};

void stop_free(gpointer stop);
void visit_free(gpointer visit);

/* The visit of a commit that has been read, and where parts of the item come to in it, at a file. */
struct visit *trace_visit(struct trace *trace, struct walk_commit *commit);
struct stop *visit_stop(struct visit *visit, guint blame, const char *place, const struct object_id *blob);

/* The path of a version from the backlog's folder, which may itself have been elsewhere. */
const char *version_place(const struct version *version);

/* Reads the version; FALSE where its bytes cannot be had. */
gboolean stop_load(const struct trace *trace, struct stop *stop);

/* Parts go on to those stops that have them too, of several the nearest, of these the first. All go on to one
 * that is the same file. */
void stop_pass_on(const struct trace *trace, struct stop *from, const GPtrArray *ways);
void stop_pass_all(const struct trace *trace, struct stop *from, struct stop *to);

/* The parts that are still there were decided in the commit; NULL: are not recorded. */
void stop_settle(struct trace *trace, struct stop *stop, struct walk_commit *commit);

/* From all commits that parts have come to back to where they were decided. */
gboolean trace_walk(struct trace *trace, GError **error);

/* Sets who decided the parts, when and why. */
gboolean blame_tell(struct repo *repo, struct objects *objects, struct blame *blame, GError **error);
