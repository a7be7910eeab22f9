/*
 * Commands that are programs of their own, as with git: refine-NAME on PATH runs as refine NAME.
 *
 * A command of the table is never replaced. Folders of PATH that are not absolute are left out, so that
 * nothing is run because it lies in the current folder. A program takes the place of this process: its exit
 * status and what ends it are its own, and it starts with the environment as it is, in the folder of -C.
 */
#pragma once

#include "output.h"

/* The path of the program that refine NAME runs; NULL where there is none, or name is a command of the table,
 * begins with a dash or has a slash in it. Newly allocated. */
char *external_find(const char *name);

/* The names there are, sorted, each once; NULL-terminated, the caller's. They are as their files are called:
 * not fit to be shown as they are. */
char **external_names(void);

/* Replaces this process by the program with those arguments, its name (argv[0]) not among them; returns only
 * where that fails: -1 with an error. What the output holds back would be lost, so nothing may be written
 * before. */
int external_run(const char *program, const char *const *arguments, GError **error);

/* Shows the manual page of the program, where there is one, else runs it with --help; as manual_show and
 * external_run. */
int external_help(struct output *output, const char *program, GError **error);
