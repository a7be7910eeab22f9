/*
 * The body of a foreign Markdown file, changed in places: headings get the names of the policy, and what the
 * tracker wrote for itself goes; all other bytes stay.
 *
 *     struct import_splices splices;
 *     import_splices_init(&splices, policy, document);
 *     import_splices_rename(&splices, names, SECTION_APPROACH);
 *     g_autofree char *text = import_splices_apply(&splices);
 *     import_splices_clear(&splices);
 */
#pragma once

#include "document.h"
#include "policy.h"

struct import_splices {
    const struct policy *policy;
    const char *text; /* of the document */
    gsize length;
    const struct markdown *outline;
    GArray *places; /* private */
};

void import_splices_init(struct import_splices *splices, const struct policy *policy,
                         struct document *document);
void import_splices_clear(struct import_splices *splices);

/* Writes text, which is copied, instead of the bytes from start to end. */
void import_splices_add(struct import_splices *splices, gsize start, gsize end, const char *text);

/* The first section of the second level that goes by one of names (NULL-terminated), or NULL. */
const struct markdown_section *import_splices_section(const struct import_splices *splices,
                                                      const char *const *names);

/* Gives that section the policy's heading for id, where no section of the file has one of those: a second one
 * would not be read. */
void import_splices_rename(struct import_splices *splices, const char *const *names, enum section_id id);

/* The body as it is with all that was added, by place; of two at the same bytes the first. A new string. */
char *import_splices_apply(struct import_splices *splices);

/* The policy's heading for text that comes from elsewhere: "Context" for a description; NULL where the policy
 * has no such section. Borrowed. */
const char *import_heading(const struct policy *policy, enum section_id id);
