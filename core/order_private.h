/*
 * What the files of order share: the choice of what stays. Beside them only their test includes this.
 */
#pragma once

#include "order.h"

/* Which of n things to keep so that the keys of those kept rise, and their weight is greatest: of the same
 * key two may be kept where the second stands directly behind the first and follows it (follows: one a thing,
 * NULL for none). A weight of 0 is never kept. keys are below n. Of equally good choices that of the lower
 * keys. Newly allocated; takes n log n steps. */
gboolean *order_keep(const guint *keys, const gboolean *follows, const guint *weights, guint n);
