/*
 * How the lists of feedback are printed: in which formats, and a request in words.
 */
#pragma once

#include "command.h"
#include "demand.h"
#include "json.h"
#include "styled.h"

enum feedback_format {
    FEEDBACK_TEXT, /* for people */
    FEEDBACK_TSV,
    FEEDBACK_CSV,
    FEEDBACK_JSON,
    FEEDBACK_JSONL,
    FEEDBACK_MARKDOWN,
};

/* Reads the argument of --format (NULL: none given) and --json. FALSE with a usage error. */
gboolean feedback_format_parse(const struct context *context, const char *format,
                               enum feedback_format *wanted, GError **error);

/* Prints a table in a format other than text and JSON; CSV is safe to open in a spreadsheet. */
void feedback_print_table(struct context *context, const struct table *table, enum feedback_format format);

/* What a terminal is to get. */
struct styled_look feedback_look(const struct context *context);

/* The first line of what is told of an item: id and title. */
void feedback_print_item(struct context *context, GString *out, const struct item *item);

/* What a request says, and where from, on a line of its own. */
void feedback_add_request(struct styled *styled, const struct styled_look *look,
                          const struct request *request);

/* The item in which a request stands that counts for another, dim and on a line of its own: "for its child
 * vtfw8", with the title where this is the first of the list; seen, a set of items, is asked and added to.
 * Nothing of one that is the item's own. */
void feedback_add_source(struct styled *styled, const struct demanded *demanded, GHashTable *seen);

/* The columns that names of who asked take: of a list so far, with from (NULL: nobody is named), where that
 * is not so long that it stands on a line of its own. */
guint feedback_widen(guint columns, const char *from);

/* Who asked, behind lead and in so many columns, and behind that body, which may be of several lines or
 * empty. */
void feedback_print_asker(GString *out, struct styled *lead, const char *from, guint columns,
                          const struct styled *body, const struct styled_look *look);

/* Whether every file could be read; warns of those that could not. */
gboolean feedback_is_whole(struct context *context, const struct backlog *backlog);
