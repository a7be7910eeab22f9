/*
 * Claims of quality in prose: "fast", "low latency", "supports concurrent users". A claim is a word of the
 * lists "quality" or "usability", or a dimension ("dimension", "load") that is graded, moved or carried. A
 * name ("fast path"), a condition ("when the network is fast") and what is merely spoken of ("the file size
 * is shown") are none.
 *
 *     struct claim claim;
 *     for (guint i = range.first; i < range.end; i = …)
 *         if (quality_find(words, prose, range, i, &claim)) …
 *
 * Whether a number, a target to compare with or a literal makes it testable is asked with quality_is_pinned.
 */
#pragma once

#include "vocabulary.h"

enum claim_kind {
    CLAIM_QUALITY,   /* of performance: fast, low latency */
    CLAIM_USABILITY, /* of use or of dependability: intuitive, robust */
    CLAIM_LOAD,      /* of what is carried */
};

struct claim {
    enum claim_kind kind;
    guint first; /* the words that make it */
    guint end;
};

/* Whether a claim begins at index, or has its dimension there. range is the text it stands in. */
gboolean quality_find(const struct vocabulary *words, const struct prose *prose, struct prose_range range,
                      guint index, struct claim *claim);

/* Whether something in range says when the claim is met: a number with a unit, a target to compare with, a
 * literal behind it; for usability an example, too. */
gboolean quality_is_pinned(const struct vocabulary *words, const struct prose *prose,
                           struct prose_range range, const struct claim *claim);
