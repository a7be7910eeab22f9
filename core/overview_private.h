/*
 * What the files of the overview share. Only they include this.
 */
#pragma once

#include "overview.h"

/* Sets self, known and me. */
void overview_find_self(struct overview *overview, const struct policy *policy);

/* Whether a question is put to the user. */
gboolean overview_is_mine(const struct overview *overview, const struct question *question);

/* Fills questions and votes, of open items. */
void overview_find_questions(struct overview *overview, struct backlog *backlog);
void overview_find_votes(struct overview *overview, struct backlog *backlog);

/* Fills horizon, unreadable, errors and steps; all else is there. unrecorded is how many items git has
 * otherwise. */
void overview_find_steps(struct overview *overview, struct backlog *backlog, guint unrecorded);
