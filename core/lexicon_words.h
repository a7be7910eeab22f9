/*
 * The lists of core/words as the build makes them into C (core/words/compile.awk): for lexicon.c only.
 */
#pragma once

struct word_source {
    const char *name;
    const char *const *entries; /* NULL-terminated */
};

/* By name; the last has none. */
extern const struct word_source word_sources[];

/* The same names, NULL-terminated. */
extern const char *const word_source_names[];
