/*
 * The story of one item while the rules about stories read it: who wants what (rules_story.c,
 * rules_atomic.c), what for (rules_why.c), and whether that is how (rules_solution.c). Worked out once by
 * rules_read_story. Only they include this.
 */
#pragma once

#include "lexicon.h"
#include "rules_private.h"
#include "story_item.h"

struct told {
    struct story_item item;
    const struct prose *prose;  /* that the story is in: the body's or the title's */
    struct prose_range wish;    /* of prose; empty where there is none */
    struct prose_range benefit; /* the same */
    gboolean without_why;       /* nothing says what it is good for */
    const char *id;             /* for commands; "ID" where there is none yet */
};

/* A place of the title in the file: the very words where the file has them so, else the field's value. */
struct span told_title_place(const struct reading *reading, struct span place);

/* A place of the story in the file. */
struct span told_place(const struct reading *reading, const struct told *told, struct span place);

/* The same from the first token to before end of told->prose. */
struct span told_words(const struct reading *reading, const struct told *told, guint first, guint end);

/* A section's heading without its line's end; where there is none by that name, the value of type. */
struct span told_missing_place(const struct reading *reading, enum section_id section);

/* How many words and numbers the range has, headings aside. */
guint told_count(const struct prose *prose, struct prose_range range);

/* Whether a story is told, and the parts that bugs and spikes have in its place. */
void rules_read_parts(struct reading *reading, const struct told *told);

void rules_read_atomic(struct reading *reading, const struct told *told);
void rules_read_why(struct reading *reading, struct told *told);
void rules_read_solution(struct reading *reading, const struct told *told);
