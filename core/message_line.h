/*
 * Lines of a commit message: what git, forges and message_parse would take each for. What writes messages and
 * what reads them share it, so that they agree.
 *
 * Lines are a GPtrArray of strings without line ending, owned by it, and without white space at their ends.
 * NULL stands between two messages of a squash.
 */
#pragma once

#include <glib.h>

enum message_header_kind {
    MESSAGE_HEADER_ITEM,  /* "k7q2m: …" */
    MESSAGE_HEADER_GROUP, /* "3 items: …" */
};

struct message_header {
    enum message_header_kind kind;
    char bullet;    /* '*' or '-' where the line begins with one, else 0 */
    const char *id; /* of an item: where it stands in the line, and its length */
    gsize length;
};

/* Whether the line begins a decision, perhaps behind "chore(backlog): ", "[refine] ", "* ", "PROJ-7 ". */
gboolean message_line_header(const char *line, struct message_header *header);

/* Whether line at, not indented, is a "* " or "- " with nothing above and nothing below: how forges set the
 * subjects in a squash. */
gboolean message_line_is_bullet(const GPtrArray *lines, guint at);

/* Whether the line is "commit " and an object's id, as in the message of `git merge --squash`. */
gboolean message_line_is_commit(const char *line);

/* Whether the line has dashes only, three or more. */
gboolean message_line_is_rule(const char *line);

/* Whether the line is a trailer that names a person, "Co-authored-by: …", "Signed-off-by: …". */
gboolean message_line_is_person(const char *line);

/* Whether git takes the lines from start to before end, one paragraph, for trailers
 * (git-interpret-trailers(1)): all are, or one of git's own and a quarter. */
gboolean message_lines_are_trailers(const GPtrArray *lines, guint start, guint end);

/* Index of the first line of the paragraph that ends before end. */
guint message_lines_paragraph(const GPtrArray *lines, guint end);

/* Indent by one space what anybody would take for more than text, and take that back again. */
void message_lines_quote(GPtrArray *lines);
void message_lines_unquote(GPtrArray *lines);

/* The lines of text from start to before end, blank lines at either end left out and no two together. */
GPtrArray *message_lines_trim(const GPtrArray *lines, guint start, guint end);

/* The lines of text; of CRLF too. */
GPtrArray *message_lines_split(const char *text);

/* With line breaks between; newly allocated. */
char *message_lines_join(const GPtrArray *lines);
