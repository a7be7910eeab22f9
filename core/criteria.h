/*
 * The acceptance criteria of a document: each list entry of the first level under the criteria heading, and
 * each scenario of a Gherkin fence there, in the order of the file.
 */
#pragma once

#include "policy.h"

struct criterion {
    char *text;    /* on one line; of a scenario, its name */
    char *details; /* what is nested in it, the whole of a scenario, its words with a space between; "" where
                      nothing is */
    gboolean scenario;
    gboolean has_box; /* there is a tick box */
    gboolean ticked;
    guint item;       /* index in the outline's items; G_MAXUINT for a scenario */
    struct span span; /* whole lines */
};

/* Reads the body of document if that was not done; the array owns its struct criterion. */
GPtrArray *criteria_read(struct document *document, const struct policy *policy);

/* The list entries of the first level of any section in the same form: its questions, its decisions. */
GPtrArray *criteria_read_entries(struct document *document, const struct policy *policy, enum section_id id);

/* How the criteria of a later version go with those of an earlier one. Sets partner (one a later criterion)
 * to the index of the earlier one, or -1: by equal text, then by likeness, the likest first, then by the same
 * neighbours; of more than 200 without an equal on either side none is looked for by likeness. Sets moved for
 * those whose order among the others changed. */
void criteria_match(const GPtrArray *before, const GPtrArray *after, int *partner, gboolean *moved);

/* Whether two texts share so many words that criteria_match would take them for one criterion reworded. */
gboolean criteria_are_alike(const char *a, const char *b);

/* Sets moved, as criteria_match does, for partners that are known: n of them, -1 where there is none. */
void criteria_moved(const int *partner, guint n, gboolean *moved);
