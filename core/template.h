/*
 * The body of a new item, by its type: which sections it has, with a remark that says what belongs there.
 *
 * Remarks are HTML comments, so that nothing of a template counts as text. What the caller knows already
 * stands in place of the remark.
 */
#pragma once

#include "policy.h"

struct template_texts {
    const char *story; /* each may be NULL */
    const char *why;
    const char *const *criteria; /* NULL-terminated; may be NULL */
    const char *listed; /* the criteria as Markdown, whole lines without a last ending, in their stead */
};

/* A section of the body of a type. */
struct template_part {
    enum section_id section; /* N_SECTIONS: the heading is the template's own */
    const char *heading;     /* the same; else NULL: one of the policy's */
    const char *remark;      /* what belongs there; NULL ends a list of parts */
};

/* The sections for a type, in order; for one that the policy alone knows, those of a task. type may be NULL.
 */
const struct template_part *template_parts(const char *type);

/* The remark as it stands in a file: newly allocated. */
char *template_remark(const struct template_part *part);

/* The body for a type, as Markdown that begins with a blank line; for a type that the policy alone knows,
 * that of a task. Headings are those of the policy. */
char *template_body(const struct policy *policy, const char *type, const struct template_texts *texts);
