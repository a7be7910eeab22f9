/*
 * What the files of rules share: a run over one backlog, and how a rule reports. Each other file is a family:
 * its part of the table, and its checks. A family that needs nothing but the file of one item has a function
 * of a reading (rules_read_…), the others are asked in the run (rules_check_…).
 *
 *     rules.c            the run, and the findings of what was read
 *     rules_table.c      the table of all families
 *     rules_file.c       facts about the file of one item (rules_file_table.c has their table)
 *     rules_records.c    facts about the entries of lists of maps
 *     rules_unique.c     what no two items may share
 *     rules_story.c      who wants what (with rules_atomic.c, rules_parts.c, rules_told.c)
 *     rules_why.c        and what for
 *     rules_solution.c   how, where what was asked
 *     rules_criteria.c   acceptance criteria: the table; with it, over statement.h, rules_criterion.c for all
 *                        of them and one after another, rules_outcome.c for what each says, rules_gherkin.c
 *     rules_measure.c    qualities and numbers in them
 *     rules_wording.c    words in them
 *     rules_size.c       estimates
 *     rules_large.c      what looks large
 *     rules_round.c      votes, and what similar items were estimated at
 *     rules_depends.c    references between items
 *     rules_order.c      dependencies and the order of the backlog
 *     rules_depend_text.c what the text and the front matter say of dependencies
 *     rules_settled.c    what is still to be settled
 *     rules_people.c     what names people
 *     rules_doubt.c      findings of files that hold only where something else is so
 *     rules_votes.c      files of votes
 *     rules_stamp.c      what was agreed
 *     rules_waive.c      findings that an item waives
 *     rules_gate.c       the policy of the gate itself
 *     rules_health.c     the backlog as a whole, of which health.h has the checks
 *     rules_custom.c     the rules of the team
 *
 * Only they include this.
 */
#pragma once

#include "reading.h"

struct rules_run {
    struct backlog *backlog;
    const struct rules_options *options;
    GHashTable *only;     /* the paths of options->only; NULL: all */
    GHashTable *files;    /* likewise of options->files */
    GHashTable *as_ready; /* likewise of options->as_ready; NULL: none */
    const struct rulebook *book;
    GPtrArray *findings;
    const struct item *read; /* whose file was read last; NULL: none yet */
    GBytes *bytes;           /* of that file; NULL where it cannot be read */
    struct depends *depends; /* of rules_depends; NULL: not yet asked for */
    GHashTable *waits;       /* items that the one below waits for; NULL: not yet asked for */
    const struct item *waits_of;
    char *today; /* YYYY-MM-DD; NULL: not yet asked for, nor when a sprint ends that begins then */
    char *sprint_end;
};

/* Whether findings about the file at path are asked for. */
gboolean rules_is_wanted(const struct rules_run *run, const char *path);

/* Whether the item is held to what a ready one must be: it claims to be ready, or is taken so. */
gboolean rules_is_held(const struct rules_run *run, const struct item *item);

/* The bytes of the item's file, until another's are asked for; NULL where it cannot be read. */
GBytes *rules_bytes(struct rules_run *run, const struct item *item);

/* Where in the item's file the list that the value is has the entry, behind so many of the same; where the
 * list begins, if the entry is written there in another way. */
gsize rules_place(struct rules_run *run, const struct item *item, const struct value *value,
                  const char *entry, guint before);

/* Where references of the backlog lead to, worked out once a run. */
const struct depends *rules_depends(struct rules_run *run);

/* Adds a finding of the rule called name about the item, at the byte offset of its file, where the policy and
 * the run want it, and the rule is asked of its type and status. file_fact tells that it holds whatever the
 * status; other findings about one that is not held become advice. help may be NULL. Returns the finding,
 * or NULL where it is not wanted. */
struct finding *rules_report(struct rules_run *run, const char *name, const struct item *item, gsize offset,
                             gboolean file_fact, const char *help, const char *format, ...)
    G_GNUC_PRINTF(7, 8);

/* -- rules_custom.c -- */

/* What the policy wants of items. */
void rules_read_custom(struct reading *reading);

/* -- rules_file.c -- */

/* Fields that lack, values that cannot be, the names of the item. */
void rules_check_file(struct rules_run *run, const struct item *item);

/* -- rules_records.c -- */

/* Keys and values in the entries of lists of maps: requests, assumptions, what lies outside. */
void rules_read_records(struct reading *reading);

/* -- rules_unique.c -- */

/* Two items with one id, an alias that is the id or alias of another, two open items with one rank. */
void rules_check_duplicates(struct rules_run *run);
void rules_check_aliases(struct rules_run *run);
void rules_check_ties(struct rules_run *run);

/* -- rules_size.c -- */

/* Estimates, what looks large, and the votes that the item keeps. */
void rules_read_size(struct reading *reading);

/* Where a finding about the size of an item goes: its estimate, or, without one, its status. */
gsize rules_size_place(const struct item *item);

/* -- rules_large.c -- */

/* What to do about a large item: the command, and the cut that its words offer first, if any. */
char *rules_split_help(struct reading *reading);

/* Whether it looks large. */
void rules_read_large(struct reading *reading);

/* -- rules_round.c -- */

/* The votes of the last round, which the item keeps. */
void rules_read_votes(struct reading *reading);

/* The votes of the round that is open, if any. */
struct votes;
void rules_check_round(struct rules_run *run, const struct item *item, const struct votes *votes);

/* Estimates unlike those of similar finished items. */
void rules_check_outliers(struct rules_run *run);

/* -- rules_depends.c -- */

/* References of the item that name none. */
void rules_check_references(struct rules_run *run, const struct item *item);

/* Circles of items, by their indexes: of dependencies, of parents, and of duplicates. As graph_cycles. */
struct rules_cycles {
    GPtrArray *depends;
    GPtrArray *parents;
    GPtrArray *duplicates;
};

/* Finds them in a loaded backlog, of which it only reads items and names: a GThreadFunc. Never NULL. */
gpointer rules_find_cycles(gpointer backlog);

/* Reports the circles, and frees them. */
void rules_check_cycles(struct rules_run *run, struct rules_cycles *cycles);

/* -- rules_order.c -- */

/* What the item depends on, and in which order. */
void rules_check_order(struct rules_run *run, const struct item *item);

/* -- rules_depend_text.c -- */

/* Whether its dependencies are stated, those in its text and those outside of the backlog. */
void rules_read_depends(struct reading *reading);

/* -- rules_settled.c -- */

/* What is open in the item: questions, assumptions, the approach. */
void rules_read_settled(struct reading *reading);

/* The designs that it lists. */
void rules_check_designs(struct rules_run *run, const struct item *item);

/* -- rules_people.c -- */

/* Addresses of people in what they said. */
void rules_read_people(struct reading *reading);

/* -- doubts of these: whether what a finding is about is so -- */

/* The text names an item that is open, and is not among what the item depends on. */
gboolean rules_is_unlinked(struct rules_run *run, const struct item *item, const char *about);

/* "before 2026-11-20": today is later; "after 2026-12-24": a sprint from today on ends sooner. */
gboolean rules_is_out_of_time(struct rules_run *run, const struct item *item, const char *about);

/* Neither what it depends on nor any of the ids, a line each, is a spike. */
gboolean rules_has_no_spike(struct rules_run *run, const struct item *item, const char *about);

/* -- rules_doubt.c -- */

/* Whether what reading the item's file found in doubt is so. */
gboolean rules_holds(struct rules_run *run, const struct item *item, const struct finding *doubt);

/* -- rules_criterion.c -- */

/* The acceptance criteria of the item: all of them, and each for itself. */
void rules_read_criteria(struct reading *reading);

/* -- rules_votes.c -- */

/* Reports files of votes that cannot be what was meant, and those on no item. */
void rules_check_votes(struct rules_run *run);

/* -- rules_stamp.c -- */

/* Whether what the item says is what was agreed on when it was declared ready. */
void rules_read_stamp(struct reading *reading);

/* -- rules_story.c -- */

/* Who wants what, what for, and whether that is how: rules_told.h. */
void rules_read_story(struct reading *reading);

/* -- rules_wording.c -- */

/* Words of criteria that leave open whether they are met. */
void rules_read_wording(struct reading *reading);

/* Takes from sorted findings what warns of a word of which quality-without-measure tells. */
void rules_settle_wording(GPtrArray *findings);

/* -- rules_waive.c -- */

/* Marks the findings so far that their items waive, and reports the waivers that waive nothing: asked last.
 */
void rules_check_waivers(struct rules_run *run);

/* -- the table, by family; a NULL name ends each -- */

const struct rule *rules_file_table(void);
const struct rule *rules_unique_table(void);
const struct rule *rules_story_table(void);
const struct rule *rules_why_table(void);
const struct rule *rules_solution_table(void);
const struct rule *rules_criteria_table(void);
const struct rule *rules_measure_table(void);
const struct rule *rules_wording_table(void);
const struct rule *rules_size_table(void);
const struct rule *rules_depends_table(void);
const struct rule *rules_order_table(void);
const struct rule *rules_settled_table(void);
const struct rule *rules_votes_table(void);
const struct rule *rules_stamp_table(void);
const struct rule *rules_waive_table(void);
const struct rule *rules_gate_table(void);
const struct rule *rules_health_table(void);
