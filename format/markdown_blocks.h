/*
 * The containers and the leaf that are open for the placer (markdown_place.h): what begins and ends them, and
 * what that says about places in the outline. For the markdown modules only.
 *
 * A line is read as far as the containers that go on in it, line->parents, before something begins in it.
 */
#pragma once

#include "markdown_place.h"

/* What the parser entered. */
struct awaited {
    enum place what;
    char mark;
    int index;
    guint depth; /* containers around it */
    guint serial;
};

/* What is placed in the outline. */
struct settled {
    enum place what;
    int index;
};

/* Takes the next announcement, which must be this; NULL, and the placer is wrong, if it is not. */
const struct awaited *placer_take(struct placer *placer, enum place what);

/* Whether this is announced next. */
gboolean placer_awaits(const struct placer *placer, enum place what);

/* Marks what is settled as exact. */
void placer_make_exact(struct placer *placer);

/* Ends the open leaf, if any, behind the last line that is used. */
void placer_close_block(struct placer *placer);

/* Ends the open fenced block. */
void placer_close_fence(struct placer *placer, gsize content_end, gsize end);

/* Ends all but the outer depth containers there. The leaf is closed first. */
void placer_close_containers(struct placer *placer, guint depth);

/* Each ends what does not go on in the line. A paragraph may begin with a task box, which is read. */
void placer_begin_paragraph(struct placer *placer, struct markdown_line *line);
void placer_begin_heading(struct placer *placer, const struct markdown_line *line); /* ATX, announced */
void placer_begin_fence(struct placer *placer, const struct markdown_line *line,
                        struct markdown_fence_mark mark);
void placer_begin_other(struct placer *placer, const struct markdown_line *line);

/* If the line is a setext underline, makes a heading of the paragraph above it. */
gboolean placer_read_underline(struct placer *placer, const struct markdown_line *line);

/* Opens the container that is announced next if its marker is next in the line. */
gboolean placer_open_container(struct placer *placer, struct markdown_line *line);
