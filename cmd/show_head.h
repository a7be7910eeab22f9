/*
 * The head of an item as it is read: its title, a line of what it is, then every other key of its front
 * matter with its value, relations with the titles of the items they name. Nothing that the front matter says
 * is left out, but keys without a value.
 *
 * Only the files of the items that are named are read, unless a name is no id: then it may be an alias, which
 * all files have to be asked for.
 */
#pragma once

#include "present.h"
#include "styled.h"

struct show_head {
    struct context *context;
    struct backlog *backlog;
    const struct entry *entry;
    struct document *document;
    struct styled_look look;
    gboolean linked; /* to the files of the work tree */
};

void show_head_print(const struct show_head *head, GString *out);
