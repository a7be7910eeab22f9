/*
 * The patterns of log --format: git's placeholders, and our own for items.
 *
 *     %H %h            the commit, whole and short            %n %% %x2c   a newline, "%", a byte by its code
 *     %an %ae          the author, by the mailmap             %s %b        the message: first line, the rest
 *     %ad %as %ai %aI %at     when, as git has these
 *     %(id) %(title) %(path) %(changes) %(reason)             of an item
 *     %(participants)                                         who else took part, with commas
 */
#pragma once

#include "history.h"

struct log_format;

/* Reads a pattern; "format:" or "tformat:" may stand in front of it. NULL where it is none. */
struct log_format *log_format_new(const char *pattern, GError **error);
void log_format_free(struct log_format *format);
typedef struct log_format LogFormat; /* for g_autoptr(LogFormat) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LogFormat, log_format_free)

/* Appends the decision, with a newline behind it: once for each item where the pattern asks about items. What
 * is not the pattern's own is made fit to be shown. */
void log_format_print(const struct log_format *format, GString *out, const struct policy *policy,
                      const struct history_decision *decision);
