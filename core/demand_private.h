/*
 * What demand.c and demand_read.c share.
 */
#pragma once

#include "demand.h"

/* The requests of each item, by its index in backlog->items: arrays as of demand_read, NULL for most. Newly
 * allocated, and so are the arrays. */
GPtrArray **demand_read_all(const struct backlog *backlog);
