/*
 * The sentence of a user story: who wants what, and why.
 *
 *     struct story story;
 *     if (story_parse(text, span, &story) && story.form == STORY_USER)
 *         … story.role, story.wish, story.benefit …
 *
 * Read are "As a R, I want M, so that B" and what people make of it (need, would like, can; as an, as the, no
 * article; in order to, so I can, because; the benefit first; marks, brackets and line breaks in between, a
 * missing comma, a missing "I"), job stories ("When S, I want M, so I can B"), and a wish that names nobody
 * ("I want M"). Only the shape is judged, and only English is read: what has another shape is no story.
 *
 * Takes time in proportion to the text.
 */
#pragma once

#include "span.h"

enum story_form {
    STORY_NONE,
    STORY_USER, /* has a role and a wish */
    STORY_JOB,  /* has a situation and a wish */
    STORY_WISH, /* has a wish alone */
};

/* Places in the text, without the words that introduce them, marks around and white space; empty where the
 * sentence has no such part. */
struct story {
    enum story_form form;
    struct span role;      /* "returning customer": without an article */
    struct span situation; /* of a job story: "the list is long" */
    struct span wish;      /* "filter search results by date": behind "I want to", "I would like", "I can" */
    struct span benefit;   /* "I find last month's order": behind "so that", "in order to", "because" */
    struct span whole;     /* all of it, from "As a" to the end of its last part */
    struct span rest;      /* what follows in the text: notes, further sentences */
};

/* Reads the first story in span of text, which is one paragraph or title, as its source reads. FALSE: there
 * is none, and story is all empty. Any bytes will do. */
gboolean story_parse(const char *text, struct span span, struct story *story);

/* "user", "job", "wish"; "none". */
const char *story_form_name(enum story_form form);
