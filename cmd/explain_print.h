/*
 * Rules as `refine explain` shows them: one in full, all as a table, by type, and as JSON. context->policy is
 * that of the book.
 */
#pragma once

#include "command.h"
#include "explain.h"

/* Appends all that there is to say of one rule. */
void explain_print_rule(struct context *context, GString *out, const struct rulebook *book,
                        const struct rule *rule);

/* Appends the rules (struct rule, in the order of the book) under their families: with the severity in force
 * and where it was set; or those that are asked of items, with the severity that each has for each type. */
void explain_print_table(struct context *context, GString *out, const struct rulebook *book,
                         const GPtrArray *rules);
void explain_print_types(struct context *context, GString *out, const struct rulebook *book,
                         const GPtrArray *rules);

void explain_print_json(struct context *context, const struct rulebook *book, const GPtrArray *rules);

/* Where a severity was set: "default", ".refine.yaml:12"; newly allocated, fit to be shown. */
char *explain_place(const struct context *context, const struct explain_setting *setting);

/* How a severity stands out. */
enum table_style explain_style(enum severity severity);
