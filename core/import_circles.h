/*
 * Items of an import that lead to themselves: by dependencies, or by parents.
 */
#pragma once

#include "import.h"

/* Remarks each circle with an item that is to be made (it has a draft), at the reference of that item which
 * goes on in the circle. References are resolved; nothing is taken out: refine check tells until it is. */
void import_circles_remark(struct import *import);
