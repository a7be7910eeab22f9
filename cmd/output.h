/*
 * The conversation with the terminal: standard output with its colour, width and pager; progress, warnings
 * and hints on standard error.
 *
 * main calls output_guard_descriptors before anything else, then output_open; output_configure once the
 * options are read; output_page for commands that want it; the writers; and output_close, which is where a
 * full disk is found out.
 *
 * SIGPIPE is ignored from output_open on. A reader that has seen enough (head, a pager that was quit) then
 * shows as a failed write and not as death: files, locks and the pager are still released in order, and a
 * command that records a decision finishes it. That end is quiet, output_is_broken tells. Programs started
 * with g_spawn_… get the default back.
 */
#pragma once

#include "table.h"

struct output;

/* Opens those of descriptors 0, 1 and 2 that are closed on /dev/null, so that no file which is opened later
 * becomes standard output. Prints nothing; FALSE where there is no /dev/null. */
gboolean output_guard_descriptors(void);

/* The output of this process: colour is automatic, paging allowed. */
struct output *output_open(void);

/* Follows the options: color is the argument of --color, NULL where there was none. FALSE and nothing changed
 * where it is none of "auto", "always" and "never". Automatic colour wants a terminal, no NO_COLOR (unless
 * empty), a TERM other than "dumb", and that git's configuration does not switch it off, which is read when
 * output_color or output_sgr is first asked. */
gboolean output_configure(struct output *output, const char *color, gboolean no_pager, GError **error);

/* Sends what follows through the pager, where paging is allowed and standard output is a terminal. Where it
 * does not start, that is a warning and the output is printed directly. */
void output_page(struct output *output);

/* Whether paging is allowed; a program that is started in place of this one is to keep to it. */
gboolean output_may_page(const struct output *output);

/* Writes what may be shown: text that is not the program's own has been through plain.h or a printer. */
void output_write(struct output *output, const char *text);
void output_write_bytes(struct output *output, const char *bytes, gsize length);

/* Columns for text: COLUMNS, else of the terminal (80 where it does not say), else 0, no limit. */
guint output_width(const struct output *output);

/* Whether colour is on. */
gboolean output_color(struct output *output);

/* table_sgr where colour is on, else ""; of no output (NULL), such as a file, "". */
const char *output_sgr(struct output *output, enum table_style style);

/* Whether hyperlinks are: on a terminal that is known to have them and through a pager that passes them, or
 * where FORCE_HYPERLINK says so; never with --color=never, which means no escape sequence at all. They are no
 * colour: NO_COLOR leaves them. To be asked after output_page. */
gboolean output_links(struct output *output);

/* The address of the file at an absolute path, for a link; NULL where links are off. */
char *output_file_link(struct output *output, const char *path);

/* Whether the locale is one of UTF-8, so that boxes and lines may be drawn. */
gboolean output_is_utf8(void);

/* Each writes one line to standard error: "refine: warning: …", "hint: …". All of it goes through
 * plain_escape, so arguments may be untrusted, and a newline does not make a second line. */
void output_warning(struct output *output, const char *format, ...) G_GNUC_PRINTF(2, 3);
void output_hint(struct output *output, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The same, "refine: …", for the one line that says why the program failed; after output_close, so that it
 * stands last. */
void output_error(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* Says how far a long task is, on a line of standard error that is rewritten: only on a terminal and without
 * pager, from half a second after the first call on, at most ten times a second. total 0 is not known. done
 * equal to total, or what NULL, ends the task and clears the line. Cheap enough to be called for every item.
 */
void output_progress(struct output *output, const char *what, guint64 done, guint64 total);

/* Writes what is buffered; output_is_broken then tells whether a reader went away, after which all writing is
 * dropped. */
void output_flush(struct output *output);
gboolean output_is_broken(const struct output *output);

/* What output_close adds to its error: that what the output speaks of has happened all the same. */
void output_promise(struct output *output, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Flushes, waits for the pager, frees output. FALSE where something was not written; a reader that went away
 * is not an error. Standard output itself stays open, so that no later file gets its descriptor. */
gboolean output_close(struct output *output, GError **error);
