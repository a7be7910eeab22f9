/*
 * Waivers: rules that do not hold for an item, each with the reason.
 *
 *     waive:
 *       untestable-wording: the copy is decided by legal
 *       not-estimated:
 *         reason: the supplier does it at a fixed price
 *         until: 2026-12-31
 *
 *     g_autoptr(GPtrArray) waivers = waivers_read(document);
 *     if (waiver_holds(waivers->pdata[0], today)) …
 *
 * Which rules there are, and which can be waived, is not known here (rules_waive.c).
 */
#pragma once

#include "document.h"

struct waiver {
    char *rule;   /* as it stands */
    char *reason; /* on one line; NULL: none is given */
    char *
        boolean; /* "y is read as a boolean (true)": that stands where the reason should; NULL: it does not */
    char *until; /* the last day on which it holds, YYYY-MM-DD; NULL: it holds for good */
    char *fault; /* why it cannot be read, beside a reason that lacks; NULL: it can */
    struct span span; /* of the rule's name in the file */
};

/* The waivers of the document's front matter, in the order of the file; the array owns its struct waiver.
 * Empty where there are none, or "waive" is no map. */
GPtrArray *waivers_read(const struct document *document);

/* Whether it can be read, has a reason, and is not over on that day (YYYY-MM-DD). */
gboolean waiver_holds(const struct waiver *waiver, const char *today);
