/*
 * Text in styles and with links, broken into lines for a terminal.
 *
 * styled_new, styled_add for each stretch, then styled_print; or styled_break for one line after the other,
 * and styled_print_line. styled_clear takes it into use again. Text is untrusted: what is added becomes fit
 * to be shown, as by plain_escape, and what only a whole line shows to be a command of a CI service is broken
 * when the line is printed. Without colour and links no escape sequence is written.
 */
#pragma once

#include "table.h"

/* The columns of a line that is read well; the caller asks for no more where it sets prose. */
#define STYLED_MEASURE 100

/* Marks are STYLED of an enum table_style, or of several, or any of these. */
#define STYLED(style) (1u << (style))
#define STYLED_ITALIC (1u << 16)
#define STYLED_UNDERLINE (1u << 17)
#define STYLED_STRIKE (1u << 18)
#define STYLED_WHOLE (1u << 19) /* its spaces break a line only where nothing else can */
#define STYLED_LONG (1u << 20)  /* a word of it is never broken: a terminal does, and copies it whole */

struct styled_look {
    guint width;    /* columns; 0 is no limit */
    gboolean color; /* write the styles */
    gboolean links; /* write the links */
    gboolean utf8;  /* the terminal has more than ASCII, so that boxes, bullets and rules may be drawn */
};

struct styled;

struct styled *styled_new(void);
void styled_free(struct styled *styled);
typedef struct styled Styled; /* for g_autoptr(Styled) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Styled, styled_free)

/* Empties it. */
void styled_clear(struct styled *styled);

/* Adds text, of which white space of any kind is a space. length is in bytes, or -1. url is of hyperlink.h,
 * or NULL; it is copied. */
void styled_add(struct styled *styled, const char *text, gssize length, guint marks, const char *url);

/* Adds the bytes from start to end of another, which must outlive what is added. */
void styled_add_part(struct styled *styled, const struct styled *from, gsize start, gsize end);

/* Ends the line. */
void styled_add_break(struct styled *styled);

/* Adds a character so many times. */
void styled_add_fill(struct styled *styled, const char *character, guint times, guint marks);

/* The text so far, its lines ended by LF; borrowed until the next is added. Its length in bytes. */
const char *styled_text(const struct styled *styled);
gsize styled_length(const struct styled *styled);

/* Columns of the longest line between start and end. */
guint styled_width(const struct styled *styled, gsize start, gsize end);

/* Where the line that begins at start ends, if it may take so many columns (0: any number) and ends by end at
 * the latest; *next is where the following one begins, end where there is none. Lines are broken at spaces,
 * and beside wide characters as those of Chinese and Japanese are; within a word only where the word alone is
 * too long. */
gsize styled_break(const struct styled *styled, gsize start, gsize end, guint columns, gsize *next);

/* Appends one line with LF and without spaces at its end. It must hold no break. */
void styled_print_line(const struct styled *styled, GString *out, const struct styled_look *look);

/* Appends all of it, broken to the width, with first before the first line and rest before the others; both
 * may be NULL. However long these are, 20 columns are left. */
void styled_print(const struct styled *styled, GString *out, const struct styled *first,
                  const struct styled *rest, const struct styled_look *look);

/* The same with so many spaces before the first line, and before the others. */
void styled_print_indented(const struct styled *styled, GString *out, guint first, guint rest,
                           const struct styled_look *look);
