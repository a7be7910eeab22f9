/*
 * What is looked for in the bytes of a file before a parser sees them: traces of a merge, and characters that
 * readers of YAML do not agree about, so that one of them would see other keys than another.
 */
#pragma once

#include "finding.h"

/* Whether span of text holds a line "<<<<<<<" or ">>>>>>>" as a merge leaves it. The first is a finding of
 * the rule "conflict-marker"; findings may be NULL. */
gboolean rawtext_has_conflict(const char *text, gsize length, struct span span, GPtrArray *findings);

/* Whether span of text is UTF-8 without control characters (tab and line endings apart), U+FEFF, U+FFFE,
 * U+FFFF, and without the line breaks of YAML 1.1 that YAML 1.2 and people do not know: a lone CR, U+0085,
 * U+2028, U+2029. The first that is seen is a finding of the rule "parse"; findings may be NULL. *ascii is
 * whether all bytes are ASCII. */
gboolean rawtext_check(const char *text, gsize length, struct span span, gboolean *ascii,
                       GPtrArray *findings);
