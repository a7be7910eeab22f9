/*
 * Changes: what differs between two versions of an item, in the words of refinement. The one diff engine:
 * what a command says it did, a review and a history are all made of these.
 */
#pragma once

#include "policy.h"

enum change_kind {
    CHANGE_ITEM_ADDED,
    CHANGE_ITEM_REMOVED,
    CHANGE_FIELD,         /* name; before or after is NULL where it was not or is no longer there */
    CHANGE_ENTRY_ADDED,   /* name; after */
    CHANGE_ENTRY_REMOVED, /* name; before */
    CHANGE_CRITERION_ADDED,
    CHANGE_CRITERION_REMOVED,
    CHANGE_CRITERION_REWORDED, /* before and after are the texts, which are equal where what is nested in it
                                  changed */
    CHANGE_CRITERION_TICKED,
    CHANGE_CRITERION_UNTICKED, /* or got an empty box */
    CHANGE_CRITERION_MOVED,    /* after is the text */
    CHANGE_SECTION_ADDED,      /* name is the heading */
    CHANGE_SECTION_REMOVED,
    CHANGE_SECTION_CHANGED,
    CHANGE_TEXT,           /* what stands before the first heading */
    CHANGE_LAYOUT,         /* comments, blank lines, quoting: nothing that is read */
    CHANGE_FILE,           /* of a file that is no item; name is what became of it, in words */
    CHANGE_QUESTION_ADDED, /* of all questions and decisions name is the heading; after is the entry, "@bo Is
                              it cached?" */
    CHANGE_QUESTION_REMOVED,
    CHANGE_QUESTION_REWORDED, /* as of a criterion */
    CHANGE_QUESTION_ANSWERED, /* before is the entry, after what was nested in it, or the entry where nothing
                                 was */
    CHANGE_QUESTION_REOPENED, /* the tick went; after is the entry */
    CHANGE_DECISION_ADDED,    /* after is the entry under Decisions */
    CHANGE_DECISION_REMOVED,
    CHANGE_DECISION_REWORDED,  /* as of a criterion */
    CHANGE_ASSUMPTION_ADDED,   /* name is the field; after is what is believed */
    CHANGE_ASSUMPTION_SETTLED, /* name is the field; before is what is believed, after the result with its
                                  evidence behind a colon */
};

struct change {
    enum change_kind kind;
    char *name;
    char *before;
    char *after;
    guint number; /* of a criterion, question, decision or assumption, from 1: in the later version, or,
                     removed, in the earlier one; of a rank: the item's position, where change_place told it,
                     else 0 */
    guint from;   /* of a criterion or rank that moved: its number in the earlier version */
};

/* The changes from before to after, either of which may be NULL: fields in the order of the table and then of
 * the file, criteria, sections. Criteria are matched by their text, then by likeness, then by their
 * neighbours, never by number, and so are questions and decisions; where those only changed places, or all
 * that is believed did, the section or field has changed as a whole. The array owns its struct change. */
GPtrArray *change_list(const struct policy *policy, struct document *before, struct document *after);

/* A value as changes have it, on one line: a scalar's text, entries with commas, pairs with colons; NULL
 * where there is none. Newly allocated. */
char *change_value(const struct node *node);

/* Those of the front matter alone, of two versions that are there: for who asks about nothing else, bodies
 * are not read. */
GPtrArray *change_list_front(const struct policy *policy, struct document *before, struct document *after);

/* Tells a change of rank between which positions it moves the item, which two versions of one item alone do
 * not say; 0 is not known. */
void change_place(GPtrArray *changes, guint from, guint to);

/* Adds a CHANGE_LAYOUT: for whoever knows that versions without a change differ all the same. */
void change_add_layout(GPtrArray *changes);

/* Adds a CHANGE_FILE. */
void change_add_file(GPtrArray *changes, const char *words);

/* "estimate 8 -> 5", "criterion 2 reworded", "moved 14 -> 3": one change, on one line, not escaped for a
 * terminal. */
char *change_print(const struct change *change);

/* How the line under Decisions of an item that is not ready any more begins; ": REASON" follows. */
#define CHANGE_REVOKED "no longer ready"

/* All of them, with ", " between; "no change" for none. What belongs together is said once: "ready" for
 * status and stamp, "votes (ana 3, bo 5)". */
char *change_summary(const GPtrArray *changes);
