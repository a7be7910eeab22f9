/*
 * One row of Jira's CSV read into an import_item.
 */
#pragma once

#include "import.h"
#include "import_jira_columns.h"

/* How one issue names another. */
struct jira_link {
    enum jira_role role; /* JIRA_PARENT, JIRA_EPIC, JIRA_BLOCKED_BY or JIRA_BLOCKS */
    char *name;          /* key or id of the other */
    const char *key;     /* what it is kept under; static */
    struct position at;
};

struct jira_source {
    const struct policy *policy;
    const struct import_file *file;
    const struct jira_columns *columns;
    const struct csvrow *row;
};

/* An issue as read: links are not resolved, and the place is open. */
struct jira_issue {
    struct import_item *item; /* the caller's, as all below */
    char *id;                 /* Jira's number of it; NULL: none */
    char *rank;               /* LexoRank, or a number; NULL: none */
    GArray *links;            /* struct jira_link */
};

/* Reads the row. FALSE where it cannot be taken over: an error in findings, which lacks the path, says why;
 * there is nothing to clear then. */
gboolean import_jira_row_read(const struct jira_source *source, struct jira_issue *issue,
                              GPtrArray *findings);

/* Clears what the caller has not taken. */
void import_jira_issue_clear(struct jira_issue *issue);
typedef struct jira_issue JiraIssue; /* for g_auto(JiraIssue) */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(JiraIssue, import_jira_issue_clear)
