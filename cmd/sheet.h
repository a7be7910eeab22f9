/*
 * The files of items as lists of their parts read them: of questions, of decisions, of assumptions.
 */
#pragma once

#include "backlog.h"
#include "command.h"
#include "json.h"

/* One item's file, while it is visited. */
struct sheet {
    const char *id;   /* NULL: none yet */
    const char *path; /* relative to the policy's root */
    const char *title;
    struct document *document;
};

typedef void (*sheet_visitor)(const struct sheet *sheet, gpointer data);

/* Visits the item that word means (meant.h). FALSE with an error where it is not there or cannot be read. */
gboolean sheet_visit(struct context *context, const char *word, sheet_visitor visit, gpointer data,
                     GError **error);

/* Visits the items of the loaded backlog that are wanted, in its order; what cannot be read is left out. */
void sheets_visit(struct backlog *backlog,
                  gboolean (*wanted)(struct backlog *backlog, const struct item *item), sheet_visitor visit,
                  gpointer data);

/* Adds an object with id, path and title to the array. */
struct json *sheet_json(struct json *list, const struct policy *policy, const struct sheet *sheet);

/* Appends "k7q2m Filter search results" as the heading of what follows. */
void sheet_heading(GString *out, struct context *context, const struct sheet *sheet);

/* The id or, where there is none, the path as the user would write it, fit to be shown; newly allocated. */
char *sheet_name(const struct policy *policy, const struct sheet *sheet);
