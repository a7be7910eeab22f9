/*
 * What can stand at the cursor of a command line, by the tables of commands, options and fields.
 */
#pragma once

#include "completion_value.h"

/* The words of the line up to the cursor, without quotes and NULL-terminated: the program's name, refine or
 * git with refine behind it, first, and last the word at the cursor, "" where that is none yet. global is the
 * table of options that stand before a command. Never NULL. */
struct completion *completion_of_line(const struct option *global, const char *const *words,
                                      enum completion_paths *paths);
