/*
 * Untrusted text made fit to be shown: on a terminal, in a log, in a report.
 *
 * Whatever comes from an item, a path, a person's name or another library's message goes through plain_escape
 * (one line) or plain_escape_lines (a body) on its way out, whether the output is a terminal or not; then
 * plain_width, plain_truncate and plain_pad lay it out. What is escaped is shown, never dropped, so that an
 * attempt is seen. The result is valid UTF-8, and escaping it again changes nothing. It is for reading: a
 * backslash in the text is not doubled, so it cannot be turned back (table_print_tsv and json_print can).
 *
 * Logs of CI services obey certain text: "##[", "##vso[" and "##teamcity[" anywhere in a line, "::" where a
 * line begins after white space of any kind, so that indenting does not help. These are broken always and not
 * only where a CI service is detected: output is piped, saved and shown again elsewhere. They are broken by
 * an escape of one of their own characters, "#\u0023[" and "\u003a:", and not by a zero-width space: it stays
 * visible, is ASCII, and no reader that ignores zero-width characters when it compares can put the command
 * together again.
 */
#pragma once

#include <glib.h>

/* A new string of one line: controls (C0, DEL, C1), controls of writing direction, U+2028, U+2029, U+FEFF and
 * bytes that are not UTF-8 become "\x1b", "\u202e", "\xff"; newline, carriage return and tab "\n", "\r" and
 * "\t". length is in bytes, -1 for text that ends with a NUL. */
char *plain_escape(const char *text, gssize length);

/* The same for a body of several lines: LF and tabs are kept, CRLF becomes LF, all else is as in
 * plain_escape. Any line of it, the first too, may be printed at the left margin. */
char *plain_escape_lines(const char *text, gssize length);

/* Whether plain_escape would change nothing. */
gboolean plain_is_clean(const char *text, gssize length);

/* Whether a terminal would obey the character or not show it: DEL, C1, direction, U+2028, U+2029, U+FEFF. */
gboolean plain_is_hidden(gunichar character);

/* A new string that shows text, made one line, in the middle of a line or table cell of Markdown: its
 * punctuation is escaped, "|" and raw HTML included. "@name" and "#12" get a zero-width space as "&#8203;",
 * since forges link mentions after they have resolved backslashes and entities. */
char *plain_escape_markdown(const char *text, gssize length);

/* The same for the middle of a line of a comment on a forge (GitHub, GitLab, Forgejo), in Markdown as well as
 * within HTML, but for attributes: what has a meaning in either is a character reference, and what a forge
 * looks for in the text that is shown, mentions, references of any kind, addresses, emoji, commits, "{+", has
 * a zero-width space in it. A dollar sign is alone in a span, for that is where GitHub sees no formula. */
char *plain_escape_forge(const char *text, gssize length);

/* Columns on a terminal of text that ends with a NUL. Counted by cluster, what a person takes for one
 * character: a base with its combining marks, a joined emoji, a flag, a Hangul syllable. Wide and emoji
 * clusters take 2 columns (UAX #11, East Asian Width, section 5 for emoji presentation), marks alone 0,
 * ambiguous ones and stray bytes 1. */
guint plain_width(const char *text);

/* The first cluster of the text from at to end, which is not empty: its bytes, and in columns its columns. */
gsize plain_cluster(const char *at, const char *end, guint *columns);

/* A new string of at most that many columns: text itself where it fits, else cut after a whole cluster, white
 * space dropped, "…" appended. 0 columns give "". */
char *plain_truncate(const char *text, guint columns);

/* Appends text to line with spaces after it, or, right, before it, up to that many columns. Never cuts. */
void plain_pad(GString *line, const char *text, guint columns, gboolean right);
