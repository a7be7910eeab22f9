/*
 * The acceptance criteria of a document: each list entry of the first level under the criteria heading, and each scenario of a Gherkin
 * fence there, in the order of the file.
 */
#pragma once

#include "policy.h"

struct criterion {
    char *text;       /* on one line; of a scenario, its name */
    gboolean scenario;
    gboolean has_box; /* there is a tick box */
    gboolean ticked;
    guint item;       /* index in the outline's items; G_MAXUINT for a scenario */
    struct span span; /* whole lines */
};

/* Reads the body of document if that was not done; the array owns its struct criterion. */
GPtrArray *criteria_read(struct document *document, const struct policy *policy);
