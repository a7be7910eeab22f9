/*
 * What a command is: a description, a table of options, and a run of a few lines that asks core.
 *
 * main reads the options into a struct of the command's own, opens what the command needs, runs it, closes
 * all and prints the one error line. Help, completion and the manual's check read the tables.
 */
#pragma once

#include "output.h"
#include "policy.h"

enum command_needs {
    NEEDS_POLICY = 1 << 0, /* context->policy is there and usable */
    NEEDS_PAGER = 1 << 1,  /* what it prints may be longer than the screen */
    TAKES_PATHS = 1 << 2,  /* arguments are paths, which need not be UTF-8 */
    RECORDS = 1 << 3,      /* it records a decision: context->record is there */
    TAKES_DASHES = 1 << 4, /* "--" is left among the arguments: revisions stand before it, items behind */
    SETTLES = 1 << 5,      /* with RECORDS: it does so only with an option, and calls decision_recover then */
};

enum option_kind {
    OPTION_FLAG,    /* gboolean */
    OPTION_TEXT,    /* char *, owned by the options */
    OPTION_TEXTS,   /* char **, NULL-terminated; may be given again */
    OPTION_ORDERED, /* GPtrArray * of struct ordered: every such option of the command goes into one list, in
                       the order given */
    OPTION_HELP,    /* enum help of options.h, which tells the letter from the name */
};

struct option {
    const char *name;
    char letter; /* 0: none */
    enum option_kind kind;
    gsize offset;         /* in the command's options */
    const char *argument; /* what help calls it; NULL for a flag */
    const char *summary;
};

/* Completion goes by what argument (of an option) and arguments (of a command) call a value: ID, WHO, LABEL,
 * TYPE, QUERY and the like; completion_value.c has them all. Where it is FORMAT, WHEN, LEVEL, PATTERN or
 * LIST, the summary begins with the words that there are: "table, tsv or csv", of a LIST "fields, path" with
 * fields for all of these. N, N=TEXT and N:M of an OPTION_ORDERED count the criteria of the item. Words in
 * small letters among arguments stand for themselves. */

/* One use of an OPTION_ORDERED. */
struct ordered {
    const struct option *option;
    char *value; /* "" for one without argument */
};

/* What every command that records a decision understands. */
struct record_options {
    char **reasons; /* paragraphs */
    char **with;
    gboolean no_commit;
    gboolean dry_run;
    gboolean no_verify;
    gboolean signoff;
};

struct context {
    struct output *output;
    const char *folder;                  /* the current folder, absolute */
    struct policy *policy;               /* NULL without NEEDS_POLICY */
    const struct record_options *record; /* NULL without RECORDS */
    gboolean json;
    const char *word;            /* the command as typed, for messages */
    const struct option *global; /* the table of what may stand before a command */
};

struct command {
    const char *name;
    const char *arguments; /* for the usage line, such as "ID KEY=VALUE…" */
    const char *summary;
    guint needs;
    gsize options_size;
    const struct option *options; /* a NULL name ends it; NULL: none */
    guint least, most;            /* how many arguments it takes; most G_MAXUINT: any */
    /* Exit status: 0 yes or done, 1 no or findings; -1 with error set: trouble. */
    int (*run)(struct context *context, const void *options, char **arguments, GError **error);
    /* Adds the words that KIND of arguments stands for, static: completion offers them. NULL: there are none.
     */
    void (*add_kinds)(GPtrArray *words);
};

/* All commands, in the order of help; NULL ends it. */
const struct command *const *command_table(void);

/* The command of that name, or NULL. */
const struct command *command_find(const char *name);

/* Sets a usage error that names the nearest command, program refine-NAME on PATH or alias; returns -1. */
int command_unknown(const char *name, GError **error);

#define USAGE_ERROR usage_error_quark()
GQuark usage_error_quark(void);

enum usage_error {
    USAGE_ERROR_WRONG, /* options or arguments that the command does not take */
};

/* Sets a usage error; returns -1, for a run to return. */
int usage_error(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
