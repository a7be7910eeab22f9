/*
 * A patch as commands show it: coloured as git does, and fit to be shown.
 */
#pragma once

#include "output.h"

/* Writes the lines of repo_patch_lines. */
void present_patch(struct output *output, const GPtrArray *lines);
