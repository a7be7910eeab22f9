/*
 * The text of the parts of an item that a team agrees on, as a stamp reckons with it: what is said, and not
 * how it is laid out.
 *
 * A section is the text under a heading up to the next heading of any level; under a heading of the policy's
 * section names, or of none but below one in the outline, it belongs to that part (parts.h). Comments of HTML
 * outside of code and tick boxes are left out, then the text is put in NFC, each run of space, tab, LF, VT,
 * FF and CR made one space, and none is left at either end.
 *
 * - story: the sections of that name and those that bugs and spikes have in its place (stand_in.h), one after
 *   the other; without any, what stands before the first heading. Where the story, or what a bug or spike has
 *   in its place, is told elsewhere, the text of the sections in which it stands, and the title, follow.
 * - why: its sections. Where neither they nor the story's benefit say it: the section in which the reason
 *   stands, or the title, follows.
 * - criteria: each criterion's text without marker and box, all that is nested in it included, and, if there
 * is any, what else the sections say; in the order of their bytes, each followed by LF.
 * - estimate: the field.
 * - approach: the field, and the sections; where they say nothing, links to decision records in other text.
 */
#pragma once

#include "policy.h"

enum agreed { AGREED_STORY, AGREED_WHY, AGREED_CRITERIA, AGREED_ESTIMATE, AGREED_APPROACH, N_AGREED };

/* The texts of a document, each newly allocated UTF-8, "" where the part has none. The body is read if that
 * was not done. */
void stamp_texts(const struct policy *policy, struct document *document, char *texts[N_AGREED]);

/* What the front matter says of what is agreed on; NULL where it says nothing. */
struct stamp_fields {
    const char *title;
    const char *estimate;
    const char *approach;
};

/* The same where these and the parts are known, so that the document's front matter need not be read. */
struct parts;
void stamp_texts_with(const struct policy *policy, struct document *document, const struct parts *parts,
                      const struct stamp_fields *fields, char *texts[N_AGREED]);
