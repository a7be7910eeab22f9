/*
 * The pages of the manual, shown by man(1) as git shows its own, and the help of a command.
 *
 * manual_show becomes man, which formats the page for the terminal or the pipe that standard output is: its
 * exit status is that of the process, and SIGPIPE has its default again. Where man does not find the page, as
 * before it is installed, a text of the caller's stands in for it.
 */
#pragma once

#include "command.h"
#include "options.h"

struct manual_page {
    const char *name;    /* "refine-list" */
    const char *section; /* "1" */
};

/* Whether there is a man that finds the page, in MANPATH or where it looks by itself. */
gboolean manual_find(const struct manual_page *page);

/* Shows the page, and returns only where that cannot be: 0 after printing text, and on standard error where
 * the page is; -1 with error set where man is there and does not start. */
int manual_show(struct output *output, const struct manual_page *page, const char *text, GError **error);

/* The help of a command, as the option asks for it: its usage, or its page. As manual_show. */
int manual_help(struct output *output, const struct command *command, enum help kind, GError **error);
