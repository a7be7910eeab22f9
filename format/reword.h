/*
 * The word-level difference of two texts: what was kept, what was taken out, what was put in, for a reader.
 *
 *     g_autoptr(GPtrArray) pieces = reword_list("shows within 500 ms", "shows within 200 ms");
 *     SAME "shows within ", REMOVED "500", ADDED "200", SAME " ms"
 *
 * It promises: the SAME and REMOVED pieces in a row are the old text byte for byte, the SAME and ADDED ones
 * the new; no two pieces of a kind are neighbours and none is empty; what was removed stands before what was
 * added in its place; the same two texts give the same pieces.
 *
 * Words are whole: letters, marks and digits of any script, with one apostrophe, hyphen, point, comma, colon,
 * slash or @ between two of them ("don't", "1,000", "09:30"), and each character of a script that is written
 * without spaces. Any other character is a word of its own, white space belongs to what changed beside it.
 *
 * It is meant to be read, not to be the shortest: words that two changes have between them and that are no
 * more than the words changed on either side are changed with them; what is only added or only removed is set
 * where a sentence or a clause begins, if it may be (both after Neil Fraser, "Writing: Diff Strategies",
 * 2006); texts that share less than a third of the words of the shorter one are replaced as a whole. Texts
 * more than REWORD_EDITS words apart are replaced between what they begin and end with alike, which bounds
 * the time: at most the words that both have times REWORD_EDITS (Myers, "An O(ND) Difference Algorithm",
 * 1986).
 */
#pragma once

#include <glib.h>

#define REWORD_EDITS 1024

enum reword_kind { REWORD_SAME, REWORD_REMOVED, REWORD_ADDED };

struct reword {
    enum reword_kind kind;
    char *text; /* bytes of the texts as they are: not escaped, and not always UTF-8 */
};

/* A new array that owns its struct reword; empty for two empty texts. Of any bytes. */
GPtrArray *reword_list(const char *before, const char *after);
