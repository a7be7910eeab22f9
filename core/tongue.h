/*
 * Whether prose is English, as the rules of language need it: others are left in peace. Told by small words
 * ("english" and "foreign" in the vocabulary) and by letters that English has not.
 */
#pragma once

#include "vocabulary.h"

enum tongue {
    TONGUE_UNKNOWN, /* too little to tell: as the text around it */
    TONGUE_ENGLISH,
    TONGUE_FOREIGN,
};

/* What the words of range are. */
enum tongue tongue_of(const struct vocabulary *words, const struct prose *prose, struct prose_range range);
