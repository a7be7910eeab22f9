/*
 * Reads a project of Backlog.md (github.com/MrLesk/Backlog.md): a folder with config.yml and one Markdown
 * file a task.
 *
 * Tasks are the files *.md in tasks, completed, drafts, archive/tasks and archive/drafts; documents,
 * decisions, milestones and readmes are left out. Links are not followed. import.h says what happens next.
 */
#pragma once

#include "import.h"

/* The tasks below folder, or below backlog or .backlog in it. A file that cannot be read is an error among
 * the findings, and the others go on; NULL only where none of the folders is there. progress may be NULL. */
struct import *import_backlog_md_read(const struct policy *policy, const char *folder,
                                      const struct import_progress *progress, GError **error);
