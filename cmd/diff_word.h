/*
 * What changed within a text, word by word, in colour or in brackets.
 */
#pragma once

#include "styled.h"

/* Adds the later text with what was taken out and put in; long stretches that are the same become "…". */
void diff_word_add(struct styled *line, const char *before, const char *after, gboolean color);
