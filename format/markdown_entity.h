/*
 * Entities of Markdown as the text they stand for. For the markdown modules only.
 */
#pragma once

#include <glib.h>

struct MD_ATTRIBUTE; /* of md4c */

/* Appends what an entity such as "&amp;" or "&#8212;" stands for if it is a number or one of those that are
 * written by hand; else itself. The text may be any character but NUL, a control too. */
void markdown_entity_append(GString *string, const char *entity, gsize size);

/* The text of an attribute, such as a link's destination, entities decoded; newly allocated. */
char *markdown_entity_attribute(const struct MD_ATTRIBUTE *attribute);
