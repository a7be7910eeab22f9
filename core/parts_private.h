/*
 * What the files of parts share; only they include this. parts.c finds whose sections are and the story,
 * parts_why.c the reason and the approach.
 */
#pragma once

#include "parts.h"

/* What is looked for, while it is. */
struct parts_search {
    const struct parts_source *source;
    struct parts *parts;
    const struct markdown *body;
    const struct prose *prose;   /* of the body; NULL: not yet asked for */
    struct prose *own;           /* the same where it is ours */
    struct lexicon *own_lexicon; /* NULL: the source's, or not yet asked for */
};

/* The prose of the body, read at the first call. */
const struct prose *parts_prose(struct parts_search *search);

/* The word lists, made at the first call where the source has none. */
const struct lexicon *parts_lexicon(struct parts_search *search);

/* Adds a place that no part has yet. */
void parts_add(struct parts_search *search, GArray *places, int place);

/* N_SECTIONS of what stands before the first heading. */
enum section_id parts_owner(const struct parts *parts, int section);

/* Questions and the like: what changes while the item is being done, and is nothing that is agreed on. */
gboolean parts_is_talk(enum section_id owner);

/* Sets without_why, and adds where the reason stands if it has no section of its own. */
void parts_find_why(struct parts_search *search);

/* Sets records. */
void parts_find_records(struct parts_search *search);
