/*
 * Front matter at random: every style of value, with comments, blank lines, either line ending, now and then
 * a BOM, and always within what is read. The same random numbers give the same file.
 */
#pragma once

#include "edit_steps.h"

/* Words and keys that the files are made of; NULL-terminated. */
extern const char *const front_maker_words[];
extern const char *const front_maker_keys[];

/* A new file with front matter. Each comment is "# nNUMBER;", so that it can be told from all others. */
char *front_maker_make(GRand *random);

/* A step that may fit such a file, or not. */
struct step front_maker_step(GRand *random);
