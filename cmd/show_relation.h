/*
 * What an item depends on, belongs to or repeats, with the title and status of the item that is named.
 */
#pragma once

#include "show_head.h"

/* Adds the relation that a node of "depends", "parent" or "duplicate-of" tells: "t2h8k  Index the orders
 * (done)", or what lies outside with who has it and when it is due. FALSE, and nothing added, where the node
 * is neither, such as the word none. */
gboolean show_relation_add(const struct show_head *head, struct styled *line, const struct node *node);
