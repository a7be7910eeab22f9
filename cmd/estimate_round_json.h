/*
 * The round of an item as JSON: man/schema/estimate.json.
 */
#pragma once

#include "estimate_family.h"

void estimate_round_json(const struct sheet *sheet, const struct family *family);
