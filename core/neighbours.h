/*
 * What finished items tell about the size of one: the NEIGHBOURS_NEAREST most like it, by the words of both
 * (search.h), with their estimates. Evidence for the people who estimate; nothing is written.
 *
 *     struct search *search = search_open(backlog, &error);
 *     struct neighbours *neighbours = neighbours_find(backlog, search, item, &error);
 *
 * Finished are those that are done or released and have an estimate with a weight. A spike's is a time-box,
 * so spikes have spikes for neighbours, and nothing else has; the item's own parent and parts tell of itself.
 *
 * What is suggested is a value of the scale. The estimates of the neighbours and those of all finished items,
 * each of the two with the same weight, but of fewer than NEIGHBOURS_FEW neighbours less, make a
 * distribution. Its median, the value with the least mean absolute error under it, is suggested where that
 * error is NEIGHBOURS_GAIN smaller than the one of the median of all finished items; where it is not, the
 * neighbours disagree, and that median is suggested. In many projects no method that reads the text is better
 * than the median (V. Tawosi, R. Moussa, F. Sarro, Agile Effort Estimation: Have We Solved the Problem Yet?,
 * IEEE TSE 49, 2023); shrinking toward it keeps this one from being worse. tests/bench/estimate measures it;
 * the numbers are fitted on the earlier four fifths of the issues there, never on the last.
 */
#pragma once

#include "scale.h"
#include "search.h"

#define NEIGHBOURS_NEAREST 30
#define NEIGHBOURS_GAIN 0.08

/* So many finished items there must be for any suggestion, and so many neighbours for one of theirs. */
#define NEIGHBOURS_FINISHED 10
#define NEIGHBOURS_ALIKE 5

/* Each of fewer neighbours weighs as if there were so many. */
#define NEIGHBOURS_FEW 10

struct neighbour {
    const struct search_hit *hit; /* the item, its likeness, the words it shares */
    const char *estimate;         /* borrowed from the item */
    double weight;
};

/* Of some estimates, by weight. */
struct neighbours_spread {
    guint n;
    double low, high; /* the smallest that a tenth of them, and that nine tenths, do not pass */
    double median;    /* of an even number, the mean of both in the middle */
};

enum neighbours_source {
    NEIGHBOURS_TOO_FEW,  /* nothing is suggested: there are not NEIGHBOURS_FINISHED items */
    NEIGHBOURS_STRANGER, /* the median of all: not NEIGHBOURS_ALIKE of them share a word that tells */
    NEIGHBOURS_DISAGREE, /* the median of all: the neighbours do not point elsewhere clearly */
    NEIGHBOURS_CONFIRM,  /* the median of all, which is also that of the neighbours */
    NEIGHBOURS_DIFFER,   /* another than the median of all */
};

struct neighbours {
    GArray *nearest;                    /* struct neighbour, most alike first */
    GPtrArray *finished;                /* struct item, all that could have been one */
    struct neighbours_spread near;      /* of nearest; all 0 where there is none */
    struct neighbours_spread all;       /* of finished; the same */
    enum neighbours_source source;      /* of what is suggested */
    const struct scale_step *suggested; /* of scale; NULL: nothing */
    double off;                         /* by so much it is expected to be wrong, either way */
    GPtrArray *words;                   /* struct neighbours_word, shared by most neighbours first */
    struct scale *scale;                /* the policy's */
    struct search_found *found;         /* private */
};

struct neighbours_word {
    char *word; /* in small letters */
    guint n;    /* so many neighbours share it, at least 2 */
};

/* search is open on the backlog, which has the item and must outlive what is returned. */
struct neighbours *neighbours_find(struct backlog *backlog, struct search *search, const struct item *item,
                                   GError **error);
void neighbours_free(struct neighbours *neighbours);
typedef struct neighbours Neighbours; /* for g_autoptr(Neighbours) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Neighbours, neighbours_free)

/* "too-few", "stranger", "disagree", "confirm", "differ". */
const char *neighbours_source_name(enum neighbours_source source);

/* Whether a weight is outside of what 10 to 90 percent of the neighbours have; FALSE where these are not
 * NEIGHBOURS_ALIKE. */
gboolean neighbours_is_outlier(const struct neighbours *neighbours, double weight);
