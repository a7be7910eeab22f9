/*
 * What a search found, as search and similar show it.
 */
#pragma once

#include "present.h"
#include "search.h"

/* Appends text on one line of at most that many columns (0: no limit), fit to be shown, in the style, its
 * matches (struct span) bold: where it is longer, the part with the first of them. */
void present_marked(GString *line, struct output *output, const char *text, const GArray *matches,
                    enum table_style style, guint columns);

/* Appends a line for each hit (lead, position, id, status, title), and below it one with the snippet or what
 * note says. lead and note may give NULL; what they give is fit to be shown. */
void present_hits(GString *out, struct context *context, const struct search_found *found,
                  char *(*lead)(const struct search_hit *hit), char *(*note)(const struct search_hit *hit));

/* Adds a hit to an array: id, path, position, title, status, score, field, snippet and matches, which are
 * offsets in characters. Returns the object. */
struct json *present_hit_json(struct json *array, const struct policy *policy, const struct search_hit *hit);

/* Names the files that could not be searched. */
void present_unsearched(struct context *context, const struct backlog *backlog);

/* The limit that the option asks for, or the default; FALSE with a usage error. */
gboolean present_limit(const char *text, guint *limit, GError **error);
