/*
 * What could stand in the place of a word that is being typed: ids, values, terms, people of one backlog.
 *
 *     g_autoptr(Completion) completion = completion_new(folder, "status:re");
 *     complete_term(completion);                  adds ready and refining, for what follows "status:"
 *     completion->candidates …
 *
 * Nothing fails: without a policy that can be used there are just no candidates. Ids cost a listing of the
 * folder and the front matter of few files; only what is in use (labels, sprints, aliases) needs the loaded
 * backlog. git is asked for commits alone.
 */
#pragma once

#include "backlog.h"

/* One that begins with what was typed. */
struct candidate {
    char *text;    /* in the place of the word from completion->settled on */
    char *help;    /* what it is, untrusted; NULL: nothing to say */
    gboolean open; /* more is to be typed behind it, without a space */
};

struct completion {
    char *word;             /* as typed so far, without quotes */
    gsize settled;          /* bytes of it that stand, such as "status:ready," */
    const GPtrArray *given; /* borrowed: the ids on the line before the word; NULL: not known */
    GPtrArray *candidates;  /* struct candidate, in the order to be shown; no text twice */
    /* private */
    char *folder;
    gboolean sought; /* policy and backlog were looked for */
    GHashTable *seen;
    struct policy *policy;
    struct backlog *backlog;
};

/* For the word, in the backlog of the absolute path folder. */
struct completion *completion_new(const char *folder, const char *word);
void completion_free(struct completion *completion);
typedef struct completion Completion; /* for g_autoptr(Completion) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Completion, completion_free)

/* What of the word is not settled; and settles it up to and with the last of any of these characters. */
const char *completion_rest(const struct completion *completion);
void completion_settle(struct completion *completion, const char *characters);

/* Adds the text where it begins with the rest of the word (and is none that is there). help may be NULL; both
 * are copied. */
void completion_add(struct completion *completion, const char *text, const char *help, gboolean open);

/* Takes the text out again: it was given before. */
void completion_drop(struct completion *completion, const char *text);

/* Ids, with titles where they are few, else with the words of the file's name; archived items last, and only
 * once something is typed. Where there is no other candidate, aliases. */
void complete_ids(struct completion *completion);

/* The same of items whose status is one of statuses (bits, 1 << enum status), the top of the backlog first,
 * epics left out: they are never ready. Where there is none that fits, as complete_ids. Loads the backlog. */
void complete_ids_of(struct completion *completion, unsigned statuses);

/* Handles of the team; once something is typed, names too. */
void complete_people(struct completion *completion);

/* The same, and the roles that somebody of the team has: whom a question can be put to. */
void complete_addressees(struct completion *completion);

/* Who asked for something so far, those who did most often first; then as complete_people. */
void complete_askers(struct completion *completion);

/* Values of a field: those it can have, else those in use. */
void complete_values(struct completion *completion, enum field_id field);

/* Names with commas between: of fields, and others, NULL-terminated. */
void complete_columns(struct completion *completion, const char *const *others);

/* Rules, and those of the team, with what they say. */
void complete_rules(struct completion *completion);

/* A term of a query. */
void complete_term(struct completion *completion);

/* Revisions: HEAD, branches and tags, also on either side of "..": the one thing for which git is asked. */
void complete_revisions(struct completion *completion);

/* KEY=VALUE of set, and the words that a rank can be set to. */
void complete_assignment(struct completion *completion);

/* The last commits that decided something, with what they say. */
void complete_decisions(struct completion *completion);

/* The number of a criterion of the first given item, with its text, and behind it "", "=" or ":", as "N",
 * "N=TEXT" and "N:M" have it: then the text itself, or another number. */
void complete_criteria(struct completion *completion, const char *behind);

/* The number of a question, or of an assumption, of the first given item, with its text. */
void complete_questions(struct completion *completion);
void complete_assumptions(struct completion *completion);
