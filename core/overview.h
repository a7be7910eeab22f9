/*
 * A backlog at a glance: what it is for, how much there is and how far it is, what waits for the user, and
 * what to do next. Only counts and choices; the words are the caller's.
 *
 *     g_autoptr(Overview) overview = overview_new(backlog);
 *
 * loads the backlog, reads the bodies of its open items, and asks git who the user is and what is not
 * recorded. What cannot be found out (no repository, no such file) is left empty: a glance never fails.
 */
#pragma once

#include "horizon.h"
#include "people.h"

/* A product goal of the policy, in its strings. */
struct overview_goal {
    const char *id;
    const char *says; /* NULL: the policy does not say */
    guint open;       /* items */
};

/* An open question that is put to the user, by handle, name or role. */
struct overview_question {
    const struct item *item;
    const struct question *question;
};

/* An open round of votes in which the user's is missing. */
struct overview_vote {
    const struct item *item;
    guint round;
    guint votes; /* of others, so far */
};

enum overview_step_kind {
    OVERVIEW_BEGIN,    /* there is no open item: add one */
    OVERVIEW_MEND,     /* items have errors, or cannot be read: check them */
    OVERVIEW_RECORD,   /* files were changed by hand, or are items to be: commit them */
    OVERVIEW_ANSWER,   /* questions are put to the user: answer them */
    OVERVIEW_ESTIMATE, /* items near the top have no estimate */
    OVERVIEW_CLARIFY,  /* items near the top have open questions to others */
    OVERVIEW_REFINE,   /* the ready items do not reach the horizon: the next one to make ready */
};

/* What to do next. */
struct overview_step {
    enum overview_step_kind kind;
    guint count;             /* how many it is about; with OVERVIEW_MEND, errors */
    const struct item *item; /* the first of them, in order; NULL: none can be named, or, with
                                OVERVIEW_MEND, not one alone */
    guint number;            /* with OVERVIEW_ANSWER: of the question in that item; else 0 */
};

/* At most as many steps as a person takes in. */
#define OVERVIEW_STEPS 5

struct overview {
    char *vision;  /* the first heading, or line, of the vision's file; NULL: none */
    GArray *goals; /* struct overview_goal */
    struct horizon_count counts[N_STATUSES + 1]; /* by status */
    struct horizon *horizon;                     /* what is open, what is ready, and how far that reaches */
    char *self;     /* what the user goes by, as people_me has it; NULL: nobody has said */
    gboolean known; /* self is of the team: me */
    struct person me;
    guint questions_open; /* of open items, whoever they are put to */
    GArray *questions;    /* struct overview_question, the user's, by the items' order */
    GArray *votes;        /* struct overview_vote, likewise */
    guint unreadable;     /* findings in files that cannot be read */
    guint errors;         /* in all, of open items; those of files that cannot be read included */
    GArray *steps;        /* struct overview_step, the most pressing first, at most OVERVIEW_STEPS */
};

/* Everything in it is the backlog's, which must outlive it, or its own. Never NULL. */
struct overview *overview_new(struct backlog *backlog);
void overview_free(struct overview *overview);
typedef struct overview Overview; /* for g_autoptr(Overview) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Overview, overview_free)
