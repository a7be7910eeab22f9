/*
 * What is wrong with a policy's file, as the checks of its parts say it: findings of the rule "policy" at
 * places of its text.
 *
 *     const struct complaints complaints = { text, length, findings };
 *     g_autofree char *help = complaints_help(node->text, names);
 *     complaints_add(&complaints, SEVERITY_ERROR, node->span, help, "types: there is no %s", node->text);
 */
#pragma once

#include "finding.h"

struct complaints {
    const char *text; /* of the file; not NUL-terminated */
    gsize length;
    GPtrArray *findings; /* struct finding, to which they are added */
};

/* Adds one about span of the text; help may be NULL. */
void complaints_add(const struct complaints *complaints, enum severity severity, struct span span,
                    const char *help, const char *format, ...) G_GNUC_PRINTF(5, 6);

/* What to write in place of a word that is none of the names (NULL-terminated): the nearest, or where none is
 * near all of them. Newly allocated. */
char *complaints_help(const char *word, const char *const *names);
