/*
 * Whole items at random, and what people do to them: front matter as front_maker has it, a body with
 * criteria, questions, decisions, fences and prose in the styles that people write, and edits by hand of
 * both. The same random numbers give the same file.
 */
#pragma once

#include "front_maker.h"

/* A new item. */
char *item_maker_make(GRand *random);

/* The item after 1 to most edits; who marks the words of one side, so that they differ from the other's. */
char *item_maker_edit(GRand *random, const char *text, guint most, const char *who);
