/*
 * The user's editor, chosen and run as git does it.
 *
 * Which one is the user's choice alone: GIT_EDITOR, else refine.editor, else core.editor of git's
 * configuration, else VISUAL unless the terminal is dumb, else EDITOR, else vi. Nothing of the backlog or its
 * policy has a say. It is a line of shell, and gets the path as its one argument. Until it has ended an
 * interrupt is meant for it and not for us.
 */
#pragma once

#include "output.h"
#include "repo.h"

#define EDITOR_ERROR editor_error_quark()
GQuark editor_error_quark(void);

enum editor_error {
    EDITOR_ERROR_NONE,   /* the terminal is dumb, and no editor was chosen */
    EDITOR_ERROR_FAILED, /* it did not start, or ended with a status other than 0 or by a signal */
};

/* Runs the editor on the file and waits for it; on a terminal says so. repo, whose configuration counts, may
 * be NULL. */
gboolean editor_run(struct output *output, struct repo *repo, const char *path, GError **error);

/* On a terminal asks whether to edit again, yes being the default; FALSE elsewhere. */
gboolean editor_ask_again(struct output *output);
