/*
 * The readiness stamp of an item: a digest of each part that was agreed when it was declared ready, on one
 * line of its front matter, "1 story:3f2a9c why:0b91d2 criteria:77c0de estimate:ef2d12 approach:a1b2c3".
 *
 * stamp_print gives the stamp of an item as it is now, for who declares it ready; stamp_stale says which of
 * the agreed parts no longer fit the stamp that the item carries, for whoever reviews or checks. 1 is the
 * version of this reckoning. A digest is the first STAMP_DIGITS hexadecimal digits, in lower case, of the
 * SHA-256 of the part's text (stamp_text.h, refine-item(5)); a part without text is left out, and one that
 * gains text is no longer what was agreed. Comments, ticks, heading names, quoting, line endings and
 * whatever is no agreed part change nothing.
 */
#pragma once

#include "item.h"
#include "policy.h"
#include "stamp_text.h"

#define STAMP_VERSION 1
#define STAMP_DIGITS 6

#define STAMP_ERROR stamp_error_quark()
GQuark stamp_error_quark(void);

enum stamp_error {
    STAMP_ERROR_MALFORMED, /* it is no stamp, and says nothing about what was agreed */
    STAMP_ERROR_VERSION,   /* it is of a later version of this program */
};

struct stamp {
    char digests[N_AGREED][STAMP_DIGITS + 1]; /* "": the part has no text */
};

/* "story", "why", "criteria", "estimate", "approach". */
const char *stamp_part(enum agreed part);

/* The stamp of the document as it is; the body is read if that was not done. Newly allocated. */
char *stamp_print(const struct policy *policy, struct document *document);

/* Reads a stamp: its version, then parts in any order, none twice, with white space between. FALSE leaves
 * stamp as it is; the message names the word that is wrong. */
gboolean stamp_parse(struct stamp *stamp, const char *text, GError **error);

/* The parts (const char *, static) of which the document's stamp says something else than its text, in the
 * order of the enum; empty where all fit, or the document has no stamp or cannot be read. NULL on error:
 * STAMP_ERROR. */
GPtrArray *stamp_stale(const struct policy *policy, struct document *document, GError **error);

/* The same of an item: its fields and parts are known, so that only the body of the document is read. */
GPtrArray *stamp_stale_item(const struct policy *policy, const struct item *item, struct document *document,
                            const struct parts *parts, GError **error);
