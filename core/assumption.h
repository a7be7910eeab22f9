/*
 * The assumptions of an item: what is believed, how to find out, and what was found.
 *
 *     assumptions:
 *       - belief: customers filter by date first
 *         test: count the filters of one week
 *         result: confirmed
 *         evidence: "2026-11-21 Ana Silva: 812 of 1,000 did"
 *
 * Reading takes what a person wrote: an entry that is a plain value is a belief, and one whose result is
 * neither confirmed nor refuted is open.
 */
#pragma once

#include "draft.h"

enum assumption_result { ASSUMPTION_OPEN, ASSUMPTION_CONFIRMED, ASSUMPTION_REFUTED, N_ASSUMPTION_RESULTS };

struct assumption {
    guint number; /* from 1, in the order of the file */
    char *belief; /* on one line, and so the others; "" where there is none */
    char *test;   /* NULL: none */
    enum assumption_result result;
    char *evidence; /* NULL: none */
    struct position at;
    struct span span; /* of the entry, in the file */
};

/* "open", "confirmed", "refuted": by enum assumption_result, NULL-terminated. */
const char *const *assumption_results(void);

/* The assumptions of the document's front matter; the array owns its struct assumption. */
GPtrArray *assumptions_read(const struct document *document);

/* The assumption with that number; borrowed. NULL with an error that names the range. */
const struct assumption *assumptions_find(const GPtrArray *assumptions, guint number, GError **error);

/* Adds an open assumption to the draft. One of the same belief is refused. */
gboolean assumption_add(struct draft *draft, const char *belief, const char *test, GError **error);

/* Sets the result of the assumption with that number, and its evidence where there is one (NULL: none): a
 * remark of today by names as remark_names has them, in the place of earlier evidence. What was found cannot
 * become the opposite without evidence. */
gboolean assumption_settle(struct draft *draft, guint number, enum assumption_result result,
                           const char *names, const char *evidence, GError **error);
