/*
 * The dependencies of an issue of beads: what blocks it, its parent, and what is only related.
 */
#pragma once

#include "import_beads_fields.h"

/* Takes the array. FALSE where the issue is refused; an error says why. */
gboolean import_beads_depends_take(struct beads_reading *reading, const struct json *array);
