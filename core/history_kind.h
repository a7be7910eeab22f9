/*
 * What `log --kind` and `log --field` may ask for: names for the changes of change.h.
 *
 * A kind is what was done: something "added", "moved", "estimated"; a status is one too, and means that it
 * was set. A field is what it was done to: a field of front matter (of a map, also one entry: "waive.RULE"),
 * a section by its heading or its name in the policy ("criteria", "questions", "decisions"), "text" before
 * the first heading.
 */
#pragma once

#include "change.h"

struct history_kind {
    const char *word;
    const char *summary; /* "items that came" */
};

/* The kinds, statuses left out (status_names has them); a NULL word ends it. */
const struct history_kind *kind_table(void);

/* Whether there is a kind of that word. */
gboolean kind_is_known(const char *word);

/* Whether a change is of that kind, which is known. */
gboolean kind_matches(const char *word, const struct change *change);

/* The kind of what happens to a file and not in it. */
#define KIND_RENAMED "renamed"
#define KIND_UNREADABLE "unreadable"

/* Whether changes of that kind may be in the body. */
gboolean kind_is_of_body(const char *word);

/* Whether a change is one of that field or section. */
gboolean part_matches(const struct policy *policy, const char *part, const struct change *change);

/* Whether changes of it may be in the body, or in the front matter. */
gboolean part_is_of_body(const struct policy *policy, const char *part);

/* The field or section that was probably meant by a word that is neither; NULL where it is one, or nothing is
 * near. The policy's. */
const char *part_nearest(const struct policy *policy, const char *part);

/* The names that sections have in the policy, enum section_id being the index; free with g_strfreev. */
char **part_sections(void);
