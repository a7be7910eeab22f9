/*
 * Whether prose is English, as the rules of language need it: others are left in peace. Told by small words
 * ("english" and "foreign" in the lexicon) and by letters that English has not.
 */
#pragma once

#include "lexicon.h"

enum tongue {
    TONGUE_UNKNOWN, /* too little to tell: as the text around it */
    TONGUE_ENGLISH,
    TONGUE_FOREIGN,
};

/* What the words of range are. */
enum tongue tongue_of(const struct lexicon *lexicon, const struct prose *prose, struct prose_range range);
