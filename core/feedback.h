/*
 * A request written into the file of an item, and what is to be thought of before it is.
 *
 *     const struct feedback_texts texts = { .from = "forum", .on = day, .says = "I page for minutes" };
 *     feedback_add(draft, &texts, &error);
 *
 * demand.h reads them.
 */
#pragma once

#include "draft.h"

struct feedback_texts {
    const char *from;
    const char *on;   /* YYYY-MM-DD */
    const char *says; /* several lines at most 8 KiB; NULL: nothing */
    const char *via;  /* NULL: nowhere */
};

/* Appends the request to the draft's. Where the item has one already of the same asker (demand_asker), day
 * and words the draft stays as it is. DRAFT_ERROR_VALUE where a text cannot stand there. */
gboolean feedback_add(struct draft *draft, const struct feedback_texts *texts, GError **error);

/* The day that text means: YYYY-MM-DD, or what moment.h reads. Newly allocated; NULL with DRAFT_ERROR_VALUE
 * where it is none, or is yet to come. */
char *feedback_day(const char *text, GError **error);

/* Whether text is a link: "https://…", "mailto:…". */
gboolean feedback_is_link(const char *text);

/* How via is written: a link as it is, a file of the repository by its path from the top, whether it is given
 * like that or from the absolute path folder. Newly allocated; *leads (optional) tells whether it is one of
 * these, or a text that leads nowhere. */
char *feedback_via(const struct policy *policy, const char *folder, const char *via, gboolean *leads);

/* The first e-mail address in text, newly allocated; NULL: there is none. */
char *feedback_address(const char *text);

/* The same in length bytes of valid UTF-8: where it begins, and its size in bytes. Takes time in proportion
 * to the length, whatever stands there. */
const char *feedback_find_address(const char *text, gsize length, gsize *size);
