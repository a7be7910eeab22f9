/*
 * What a duplicate says that its original does not: acceptance criteria, and questions that nobody answered.
 */
#pragma once

#include "draft.h"

enum duplicate_part { DUPLICATE_CRITERIA, DUPLICATE_QUESTIONS, DUPLICATE_PARTS };

/* "criteria", "questions", NULL-terminated, enum duplicate_part being the index. */
const char *const *duplicate_part_names(void);

/* One criterion or question. */
struct duplicate_gap {
    enum duplicate_part part;
    char *id;     /* of the duplicate */
    guint number; /* among its criteria or questions, from 1 */
    char *text;   /* on one line, with the "@" word of a question */
    char *like;   /* a criterion of the original that is much like it, so that it is not taken; NULL: none */
    gboolean taken;
};

/* Appends to gaps (which own them) what document, that of the item of that id, says of a part and original
 * does not. Criteria are the same where their text is, in any case, and what is nested in them; one criterion
 * of the original is like one alone. Questions are the same where their text is, whoever is asked. */
void duplicate_find_gaps(GPtrArray *gaps, const char *id, struct document *document,
                         struct document *original, const struct policy *policy, enum duplicate_part part);

/* Copies it into the draft of the original, unticked, with what is nested in it, and says so in the gap.
 * document is that in which it was found. */
gboolean duplicate_take(struct draft *draft, struct document *document, struct duplicate_gap *gap,
                        GError **error);
