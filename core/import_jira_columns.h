/*
 * The header of Jira's CSV: which column says what.
 *
 * Columns go by their names, in any order and any case, "Custom field (Story Points)" by what is in brackets;
 * a name may stand several times, once a value. The separator is the comma, semicolon or tab that gives the
 * most names that are known.
 */
#pragma once

#include "csvrow.h"
#include "import_file.h"

enum jira_role {
    JIRA_OTHER,
    JIRA_SUMMARY,
    JIRA_KEY,
    JIRA_ID,
    JIRA_TYPE,
    JIRA_STATUS,
    JIRA_CATEGORY,
    JIRA_RESOLUTION,
    JIRA_ASSIGNEE,
    JIRA_CREATED,
    JIRA_DESCRIPTION,
    JIRA_LABELS,
    JIRA_SPRINT,
    JIRA_POINTS,
    JIRA_PARENT,
    JIRA_EPIC,
    JIRA_BLOCKED_BY,
    JIRA_BLOCKS,
    JIRA_COMMENT,
    JIRA_CRITERIA,
    JIRA_RANK,
    N_JIRA_ROLES,
};

struct jira_column {
    enum jira_role role;
    char *name;     /* as the header has it, without "Custom field" */
    char *key;      /* what its values are kept under, after x- */
    gboolean again; /* a column before it has the same name */
    guint next;     /* index of the next one with that name; 0: none */
};

struct jira_columns {
    GArray *columns;               /* struct jira_column */
    struct csvrow_options options; /* how the rows are read */
    guint line;                    /* of the header */
};

/* Reads the header. FALSE where there is none, or it has no column for title or key; there is nothing to
 * clear then. */
gboolean import_jira_columns_read(const struct import_file *file, struct jira_columns *columns,
                                  GError **error);
void import_jira_columns_clear(struct jira_columns *columns);
typedef struct jira_columns JiraColumns; /* for g_auto(JiraColumns) */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(JiraColumns, import_jira_columns_clear)

/* The column at index, from 0. */
const struct jira_column *import_jira_column(const struct jira_columns *columns, guint index);

/* Whether the row says how its cells are parted, "sep=;", as Excel writes it before the header. */
gboolean import_jira_is_separator(const struct csvrow *row);

/* The index of the next column with that role, from index on; the number of columns where there is none. */
guint import_jira_column_next(const struct jira_columns *columns, enum jira_role role, guint index);
