/*
 * What the values are that the tables of commands and options name: ID, WHO, LABEL, KEY=VALUE and the like.
 */
#pragma once

#include "command.h"
#include "complete.h"

/* What the shell is to complete by itself. */
enum completion_paths { COMPLETION_NO_PATHS, COMPLETION_FOLDERS, COMPLETION_FILES };

/* Adds what a word of the tables stands for, itself where it is in small letters; nothing for one that is not
 * known. summary is that of the option or command. */
enum completion_paths completion_of_kind(struct completion *completion, const char *name,
                                         const char *summary);

/* Adds values of an option that has an argument. */
enum completion_paths completion_of_option(struct completion *completion, const struct option *option);

/* Adds what the command itself says that KIND is. */
void completion_of_kinds(struct completion *completion, const struct command *command);

/* Adds the numbers that N among the arguments of the command is one of, for the item that was given. */
void completion_of_number(struct completion *completion, const struct command *command);

/* Adds the ids that the command is about, where it is about some and not all: those that are not ready yet,
 * or, revoked, those that are. FALSE: it is about all. */
gboolean completion_of_ids(struct completion *completion, const struct command *command, gboolean revoked);
