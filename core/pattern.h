/*
 * A regular expression of a policy, which whoever opens a pull request may have written: compiled once, then
 * only matched against text, and given up on where that would take too long. It can run nothing.
 *
 *     if (pattern_check("\\b(TBD|TODO)\\b", &at, &empty, &error))
 *         pattern = pattern_new("\\b(TBD|TODO)\\b");
 *     switch (pattern_find(pattern, text, length, 0, &found)) …
 *
 * It is Perl's language as PCRE2 has it (pcre2pattern(3)): of characters and not bytes, capitals count unless
 * it begins with (?i), "^" and "$" are the ends of lines, which end with LF, CR LF or CR. "\C" is refused,
 * for it takes characters apart.
 *
 * What a match may cost is counted in steps and not in time, so that every machine gives up on the same
 * texts: so many at each place where it tries to begin, fewer in a long text.
 */
#pragma once

#include "span.h"

/* Bytes that a pattern may have. */
#define PATTERN_MOST 4000

#define PATTERN_ERROR pattern_error_quark()
GQuark pattern_error_quark(void);

enum pattern_error {
    PATTERN_ERROR_WRONG, /* no regular expression, or one that is refused */
};

struct pattern;

enum pattern_answer {
    PATTERN_ABSENT,
    PATTERN_FOUND,
    PATTERN_GAVE_UP, /* it would take too many steps to know */
};

/* Whether it is one. FALSE with PATTERN_ERROR: then *at is the character, from 0, where it is wrong, or 0
 * where that cannot be said. *empty tells whether it is found where nothing stands, and so in every text. */
gboolean pattern_check(const char *text, gsize *at, gboolean *empty, GError **error);

/* Compiles it, which takes longer than the check. NULL where that refuses it. */
struct pattern *pattern_new(const char *text);

/* NULL is allowed. */
void pattern_free(struct pattern *pattern);
typedef struct pattern Pattern; /* for g_autoptr(Pattern) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pattern, pattern_free)

/* Looks for it in text, from start on, with what stands before in sight. The text must be UTF-8 and need not
 * end with a NUL. found may be NULL. Threads may ask one pattern at the same time. */
enum pattern_answer pattern_find(const struct pattern *pattern, const char *text, gsize length, gsize start,
                                 struct span *found);
