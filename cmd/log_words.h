/*
 * A decision of the history in words, for people: what it did to each item, by whom, when and why.
 */
#pragma once

#include "history.h"
#include "output.h"

/* How it is said. output is borrowed, and asked for its width and colour alone. */
struct log_words {
    struct output *output;
    gboolean titled; /* with the title of each item, for any may come */
};

/* Appends the head, then the items, each reason behind those it is the reason of, in lines that fit the
 * width. */
void log_words_decision(const struct log_words *words, GString *out, const struct history_decision *decision);

/* Appends a line an item, however long. */
void log_words_lines(const struct log_words *words, GString *out, const struct history_decision *decision);

/* The time of the decision on the author's clock, by a format of g_date_time_format; NULL where no calendar
 * has it. Newly allocated. */
char *log_time(const struct history_decision *decision, const char *format);

/* The names of persons with commas between, without addresses; not escaped, newly allocated. */
char *log_names(const GPtrArray *persons);
