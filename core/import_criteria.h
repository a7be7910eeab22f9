/*
 * Acceptance criteria that another tracker has as free text, as the list that they are here.
 */
#pragma once

#include <glib.h>

/* text, what stands under a heading of criteria, with "- [ ] " before each paragraph that stands outside all
 * lists, code, tables, quotes and HTML, its further lines indented to it; one that ends with a colon leads to
 * what follows, and stays. No byte of text is lost or moved. A new string. */
char *import_criteria_list(const char *text);
