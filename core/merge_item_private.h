/*
 * What the files of merge_item share: a version as pieces, and a merge on its way.
 *
 *     merge_item.c         the three versions, what is read again, and lines where nothing else helps
 *     merge_item_read.c    a version made ready: line endings, BOM and last newline apart
 *     merge_item_split.c   front matter as pieces
 *     merge_item_body.c    the body as pieces
 *     merge_item_match.c   which pieces of three versions are one
 *     merge_item_order.c   in which order they stand
 *     merge_item_part.c    parts of a piece's lines in the three versions
 *     merge_item_put.c     pieces merged into text
 *     merge_item_head.c    what a piece has of its own
 *     merge_item_dispute.c what is left to a person
 *     merge_item_value.c   what both sides changed: the rules of fields
 *     merge_item_prove.c   whether the result says what both sides said
 *
 * Only they include this.
 */
#pragma once

#include "file.h"
#include "merge_item.h"

enum side { SIDE_BASE, SIDE_OURS, SIDE_THEIRS, N_SIDES };

/* -- versions: merge_item_read.c -- */

struct version {
    struct document *document; /* NULL: there is none; without BOM, with a last newline */
    gboolean bom;
    gboolean bare;  /* there was no last newline */
    gboolean crlf;  /* every line ended so; the document has LF */
    gboolean mixed; /* lines end with either; then the documents of all have what was there */
};

/* Reads three versions into zeroed memory, empty bytes for none; FALSE where one is no item that can be read.
 * To be cleared in any case. */
gboolean versions_read(struct version *versions, GBytes *const *bytes);
void versions_clear(struct version *versions);

/* The merged text, with the line endings, BOM and end that the versions make it have. */
GBytes *versions_lay_out(const struct version *versions, const GString *text);

/* -- pieces: merge_item_split.c, merge_item_body.c -- */

enum piece_kind {
    PIECE_FILE,    /* of PIECE_FRONT, then PIECE_SECTION */
    PIECE_FRONT,   /* of PIECE_KEY */
    PIECE_KEY,     /* a key; of PIECE_ENTRY or PIECE_KEY where its value is a list or map of a line each */
    PIECE_ENTRY,   /* of a list; of PIECE_KEY where it is a map of a line each */
    PIECE_SECTION, /* up to the next heading; the first has what stands before all headings */
    PIECE_TEXT,    /* lines between list items */
    PIECE_ITEM,    /* a list item or scenario; of PIECE_TEXT and PIECE_ITEM */
};

/* A part of one version. All spans are whole lines but core. What a piece has of its own is its head, up to
 * where the children begin, and its tail, from where they end. */
struct piece {
    enum piece_kind kind;
    char *id;                /* what it is the same by, among its brothers of another version */
    char *value;             /* what it says: of a key, entry, list item, heading; NULL: nothing */
    char *what;              /* what a conflict about it is called */
    const struct node *node; /* of a key or entry */
    const char *text;        /* of the version; borrowed */
    struct span lead;    /* comments and blank lines above it; empty where they are of the head around it */
    struct span span;    /* without the lead */
    struct span core;    /* the bytes in span that say value */
    gsize tick;          /* the byte in a tick box; 0: no box */
    gsize head;          /* where the head ends */
    gsize tail;          /* where the tail begins */
    int after;           /* enum piece_kind of the brother before it; -1: none */
    GPtrArray *children; /* which it owns; never NULL */
};

struct piece *piece_new(enum piece_kind kind, const char *text, struct span span);
void piece_free(struct piece *piece);
typedef struct piece Piece; /* for g_autoptr(Piece) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Piece, piece_free)

/* The document, whose body has been read, as one PIECE_FILE; NULL where it cannot be split so. */
struct piece *piece_split(struct document *document, const struct policy *policy);

/* Adds the body to file: the sections, of which the first stands for what is before all headings. FALSE where
 * a heading has no known place. */
gboolean piece_split_body(struct piece *file, struct document *document, const struct policy *policy);

/* Adds what the piece and its children say, a line each, in order: two that say the same are equal but for
 * layout. */
void piece_outline(const struct piece *piece, GPtrArray *outline);

/* One line of an outline; value NULL: nothing, PIECE_ANY: whatever it may be. */
#define PIECE_ANY "\001"
char *piece_saying(const struct piece *piece, const char *value, char tick);

/* Whether both say the same; NULL says nothing. */
gboolean piece_says_same(const struct piece *a, const struct piece *b);

/* "x" of a ticked box, " " of an empty one, 0 without. */
char piece_tick(const struct piece *piece);

/* -- matching: merge_item_match.c -- */

/* A piece in the three versions; NULL where it is not. */
struct trio {
    const struct piece *piece[N_SIDES];
};

/* The children of the three pieces (NULL: none), each once, in the order of the result; the array owns its
 * struct trio. */
GPtrArray *trios_of(const struct piece *const *parents);

/* -- their order: merge_item_order.c -- */

/* The children of three pieces on their way into one order. All but link and order is known when it
 * is ordered. */
struct matching {
    const GPtrArray *children[N_SIDES];
    int *partner[N_SIDES];    /* of ours and theirs: the index in base, or -1 */
    gboolean *moved[N_SIDES]; /* the same */
    GList **link[N_SIDES];    /* of every child: its trio in the order */
    int *place[N_SIDES];      /* of each child of base: its index in ours and theirs, or -1 */
    GQueue order;             /* of struct trio */
};

/* Fills link and order. */
void matching_order(struct matching *matching);

const struct piece *matching_child(const struct matching *matching, enum side side, guint index);

/* "2026-11-21" at the start of a list item, or NULL. */
const char *piece_date(const struct piece *piece);

/* -- parts: merge_item_part.c -- */

/* One part of a piece's own lines in the three versions; NULL where the piece is not. */
struct part {
    const char *text[N_SIDES];
    gsize length[N_SIDES];
};

/* What stands before the core, with a box of its own part where all versions have one, and so on; one after
 * the other, from REGION_BEFORE to REGION_BEHIND, they are the head. */
enum region {
    REGION_BEFORE,
    REGION_TICK,
    REGION_BETWEEN,
    REGION_CORE,
    REGION_BEHIND,
    N_HEAD_REGIONS,
    REGION_LEAD = N_HEAD_REGIONS,
    REGION_TAIL,
    REGION_WHOLE,
};

struct part part_of(const struct trio *trio, enum region region, gboolean boxes);

/* The side whose bytes stand, where only one changed them or both did so alike, or there is only one; else
 * SIDE_BASE. */
enum side part_side(const struct part *part);

/* Of two that differ in layout only, the shorter, then the lesser: the same either way round. */
enum side part_lesser(const struct part *part);

/* The bytes of a side, none where it has none; the caller's. */
GBytes *part_bytes(const struct part *part, enum side side);

/* Merges the part line by line: TRUE with *merged, newly allocated, where no lines are disputed. */
gboolean part_lines(const struct part *part, char **merged);

/* -- putting together: merge_item_put.c, merge_item_head.c, merge_item_dispute.c, merge_item_value.c -- */

enum choice {
    CHOICE_MARK,   /* what is disputed stands between markers */
    CHOICE_OURS,   /* or is ours, */
    CHOICE_THEIRS, /* or theirs: to prove that the rest holds */
};

struct merging {
    const struct policy *policy;
    const struct merge_labels *labels;
    enum choice choice;
    GString *out;
    GPtrArray *outline;   /* of what out is meant to say; with CHOICE_MARK it means nothing */
    GPtrArray *conflicts; /* of struct merge_conflict */
};

void merging_init(struct merging *merging, const struct policy *policy, const struct merge_labels *labels,
                  enum choice choice);
void merging_clear(struct merging *merging);

/* Appends the merge of the piece as a whole. */
void merging_put(struct merging *merging, const struct trio *trio);

/* Appends the piece as it stands in one version. */
void merging_whole(struct merging *merging, const struct piece *piece);

/* Appends the head of the piece, or a leaf. */
void merging_head(struct merging *merging, const struct trio *trio);

/* Adds a line to the outline: what the piece says now. */
void merging_say(struct merging *merging, const struct trio *trio, const char *value, char tick);

/* Appends the texts, one a side, as a conflict about trio, or the one that was chosen. Whole lines; "" is
 * none. */
void merging_dispute(struct merging *merging, const struct trio *trio, const char *const *texts);

/* Appends the part line by line, with what is disputed marked. what is that of the conflict; NULL: the
 * piece's. */
void merging_lines(struct merging *merging, const struct trio *trio, const struct part *part,
                   const char *what);

/* Says what stands where both sides changed the value of a key, and not alike: sets *side, or *gone where the
 * key goes. FALSE where that is for a person to decide. */
gboolean merging_settle(const struct trio *trio, enum side *side, gboolean *gone);

/* The status where both changed it: STATUS_UNKNOWN where a person must say. base may be STATUS_UNKNOWN. */
enum status merging_status(enum status base, enum status ours, enum status theirs);

/* Appends a key that one side alone changed, or both alike: the lines of both, where these say the same as
 * that side. FALSE where they changed it differently, or that cannot be. */
gboolean merging_restyled(struct merging *merging, const struct trio *trio);

/* Appends a key whose list or map is not of a line each in all versions, with what both did to its entries;
 * nothing where none is left. FALSE where that cannot be. */
gboolean merging_collection(struct merging *merging, const struct trio *trio);

/* -- proof: merge_item_prove.c -- */

/* Whether the text can be read, is what outline says (NULL: whatever), and has every key and section that one
 * side alone changed as that side has it. chosen is the side whose part in conflicts stands; SIDE_BASE: there
 * are none. */
gboolean merge_is_proved(const struct policy *policy, const struct version *versions, const GString *text,
                         const GPtrArray *outline, enum side chosen);
