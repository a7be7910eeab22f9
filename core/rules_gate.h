/*
 * What a branch changes of its own gate, told by the rule gate-changed: settings of the policy, and waivers.
 * A policy takes effect once it is merged, a waiver at once; both are for whoever merges to agree to.
 */
#pragma once

#include "since.h"

/* Adds what changed between the base and now: of the policy, and of the waivers of the items that options
 * asks about. */
void rules_check_gate(const struct since *since, const struct rules_options *options, GPtrArray *findings);
