/*
 * An item and what its team has said about its size, as estimate shows them: the votes of the open round, or,
 * where there is none, those that the item keeps of the last one.
 *
 *     struct sheet sheet;
 *     if (sheet_read(&sheet, context, backlog, entry, &error)) {
 *         sheet_take(&sheet, votes);
 *         …
 *         sheet_clear(&sheet);
 *     }
 */
#pragma once

#include "present.h"
#include "round.h"
#include "styled.h"
#include "vote.h"

struct sheet {
    struct context *context;
    struct backlog *backlog;
    const struct entry *entry;
    struct document *document;
    const char *id;       /* borrowed, as all texts below; NULL where there is none */
    const char *title;    /* NULL: none */
    const char *estimate; /* NULL: none */
    enum status status;
    struct styled_look look;
    /* of sheet_take */
    const struct votes *votes;
    gboolean recorded;  /* names and values are what the item keeps of a round that is over */
    guint number;       /* of the round */
    GPtrArray *handles; /* as in a vote's file or the item's votes, of those who voted; owned */
    GPtrArray *names;   /* theirs, by the same index; owned */
    GPtrArray *values;  /* what they said, by the same index; NULL where it is not there, or not shown */
    struct round round;
};

/* Reads the item; FALSE and nothing to clear where its file cannot be read. */
gboolean sheet_read(struct sheet *sheet, struct context *context, struct backlog *backlog,
                    const struct entry *entry, GError **error);

/* Takes the votes, which must outlive it, or else those of the item. */
void sheet_take(struct sheet *sheet, const struct votes *votes);

void sheet_clear(struct sheet *sheet);

/* A text of the front matter, or NULL. */
const char *sheet_text(const struct sheet *sheet, const char *key);

/* Appends "ID  TITLE". */
void sheet_print_title(const struct sheet *sheet, GString *out);

/* Whether the vote at that index weighs the same as value, or, with NULL, has no weight; of a vote without
 * value never. */
gboolean sheet_says(const struct sheet *sheet, guint index, const char *value);

/* Names of those who say value: "Ana, Bo or Cy" with "or" for joint. Newly allocated. */
char *sheet_names(const struct sheet *sheet, const char *value, const char *joint);

/* An estimate as a person says it: "5 points", "M"; newly allocated. */
char *sheet_words(const struct policy *policy, const char *estimate);
