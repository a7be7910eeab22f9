/*
 * Options of the command line, read by GLib by the table of a command.
 */
#pragma once

#include "command.h"

/* What of OPTION_HELP was given last. */
enum help {
    HELP_NONE,
    HELP_USAGE, /* the letter: the short usage */
    HELP_PAGE,  /* the name: the page of the manual */
};

/* What every command understands. */
struct common_options {
    enum help help;
    gboolean json;
    gboolean no_pager;
    char *color; /* NULL: not given */
    struct record_options record;
};

/* The table of these, ended by a NULL name; and that of those which a command that RECORDS understands. */
const struct option *options_common(void);
const struct option *options_record(void);

/* Frees what the common options own. */
void options_clear_common(struct common_options *common);

/* Takes the options of the command, and the common ones, out of *arguments (NULL-terminated; without the
 * command's name), and fills options, zeroed memory of options_size. What is left are the arguments. Values
 * must be UTF-8. */
gboolean options_parse(const struct command *command, char ***arguments, void *options,
                       struct common_options *common, GError **error);

/* The same for what stands before the command; stops at the first word that is no option. */
gboolean options_parse_global(const struct option *table, char ***arguments, void *options, GError **error);

/* Frees what the options own, and the block itself. */
void options_free(const struct option *table, void *options);

/* "usage: refine …" and the options, as -h prints them. */
char *options_usage(const struct command *command);
