/*
 * What the files of the team's own rules share: how their values are read, and how a rule is put into words.
 * Only they include this.
 */
#pragma once

#include "custom.h"

/* Letters that a name may have. */
#define CUSTOM_NAME 64

/* The text under a key; NULL where there is none, or it is no text. Borrowed. */
const char *custom_text(const struct node *map, const char *key);

/* Whether a rule can have that name: small letters, digits and single dashes, a letter first. */
gboolean custom_is_name(const char *text);

/* Sets the summary and the help of the rule, from all else in it; and frees them. */
void custom_word(struct custom *custom);
void custom_unword(struct custom *custom);
