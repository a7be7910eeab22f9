/*
 * What depends on what, as refine depend shows it.
 */
#pragma once

#include "backlog.h"
#include "command.h"

/* Shows what an item depends on and who depends on it, as trees, or as JSON. */
int depend_show_item(struct context *context, struct backlog *backlog, const struct entry *entry,
                     GError **error);

/* Lists what lies outside and open items depend on, by day. */
void depend_show_external(struct context *context, struct backlog *backlog);
