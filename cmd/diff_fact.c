#include "diff_fact.h"

#include "diff_word.h"

#include <string.h>

#define ADDED STYLED(TABLE_GREEN)
#define REMOVED STYLED(TABLE_RED)
#define QUIET STYLED(TABLE_DIM)

struct facts_of {
    const struct review_item *item;
    gboolean color;
    GPtrArray *facts;
};

static void fact_free(gpointer data)
{
    struct diff_fact *fact = data;
    g_free(fact->label);
    styled_free(fact->value);
    g_free(fact);
}

/* The fact that was added last is to stand apart. */
static void set_apart(struct facts_of *of)
{
    ((struct diff_fact *)of->facts->pdata[of->facts->len - 1])->apart = TRUE;
}

/* A new fact; its value is to be filled. */
static struct styled *add(struct facts_of *of, const char *label, guint marks)
{
    struct diff_fact *fact = g_new0(struct diff_fact, 1);

    fact->label = g_strdup(label);
    fact->marks = marks;
    fact->value = styled_new();
    g_ptr_array_add(of->facts, fact);
    return fact->value;
}

static void say(struct styled *value, const char *text, guint marks)
{
    if (text)
        styled_add(value, text, -1, marks, NULL);
}

/* -- fields -- */

static void add_rank(struct facts_of *of, const struct change *change)
{
    gboolean moved = change->from && change->number && change->from != change->number;
    struct styled *value = add(of, moved ? "moved" : "rank", 0);
    const struct item *after = of->item->after;

    if (moved) {
        g_autofree char *places = g_strdup_printf("%u -> %u", change->from, change->number);
        say(value, places, 0);
    } else if (!change->after) {
        say(value, "removed", REMOVED);
    } else if (change->from) {
        say(value, "anew, in the same place", QUIET);
    } else {
        say(value, change->before ? "changed" : "set", 0);
        g_autofree char *place =
            after && after->position ? g_strdup_printf(", place %u", after->position) : NULL;
        say(value, place, 0);
    }
}

/* Digests say nothing to a person. */
static void add_stamp(struct facts_of *of, const struct change *change)
{
    say(add(of, "stamp", 0), !change->before ? "set" : change->after ? "renewed" : "removed", 0);
}

/* Whether a value reads better with what changed in it marked than one behind the other. */
static gboolean is_prose(const char *text)
{
    return strlen(text) > 40 || strchr(text, '\n');
}

static void add_field(struct facts_of *of, const struct change *change)
{
    if (strcmp(change->name, "rank") == 0) {
        add_rank(of, change);
        return;
    }
    if (strcmp(change->name, "stamp") == 0) {
        add_stamp(of, change);
        return;
    }
    struct styled *value = add(of, change->name, 0);
    gboolean title = strcmp(change->name, "title") == 0;
    if (change->before && change->after && (title || is_prose(change->before) || is_prose(change->after))) {
        diff_word_add(value, change->before, change->after, of->color);
    } else if (change->before && change->after) {
        say(value, change->before, REMOVED);
        say(value, " -> ", 0);
        say(value, change->after, ADDED);
    } else if (change->after) {
        say(value, change->after, ADDED);
    } else {
        say(value, "removed (was ", 0);
        say(value, change->before, REMOVED);
        say(value, ")", 0);
    }
}

/* Entries of one list stand behind each other. */
static void add_entry(struct facts_of *of, const struct change *change)
{
    const struct diff_fact *last = of->facts->len ? of->facts->pdata[of->facts->len - 1] : NULL;
    gboolean again = last && strcmp(last->label, change->name) == 0;
    struct styled *value = again ? last->value : add(of, change->name, 0);
    gboolean added = change->kind == CHANGE_ENTRY_ADDED;

    say(value, again ? ", " : "", 0);
    say(value, added ? "+" : "-", added ? ADDED : REMOVED);
    say(value, added ? change->after : change->before, added ? ADDED : REMOVED);
}

/* -- criteria and sections -- */

static void add_text_of(struct facts_of *of, const char *label, const char *verb, const char *text,
                        guint marks)
{
    struct styled *value = add(of, label, 0);
    say(value, verb, 0);
    if (text && *text) {
        say(value, ": ", 0);
        say(value, text, marks);
    }
}

static void add_reworded(struct facts_of *of, const char *label, const struct change *change)
{
    struct styled *value = add(of, label, 0);

    if (strcmp(change->before, change->after) == 0) {
        say(value, "reworded below: ", 0);
        say(value, change->after, 0);
        return;
    }
    say(value, "reworded: ", 0);
    diff_word_add(value, change->before, change->after, of->color);
}

static void add_criterion(struct facts_of *of, const struct change *change)
{
    g_autofree char *label = g_strdup_printf("criterion %u", change->number);
    g_autofree char *moved = g_strdup_printf("moved from %u", change->from);

    if (change->kind == CHANGE_CRITERION_ADDED)
        add_text_of(of, label, "added", change->after, ADDED);
    else if (change->kind == CHANGE_CRITERION_REMOVED)
        add_text_of(of, label, "removed", change->before, REMOVED);
    else if (change->kind == CHANGE_CRITERION_REWORDED)
        add_reworded(of, label, change);
    else if (change->kind == CHANGE_CRITERION_TICKED)
        add_text_of(of, label, "ticked", change->after, 0);
    else if (change->kind == CHANGE_CRITERION_UNTICKED)
        add_text_of(of, label, "unticked", change->after, 0);
    else
        add_text_of(of, label, moved, change->after, 0);
}

/* A question, decision or assumption. */
static void add_remark(struct facts_of *of, const struct change *change)
{
    gboolean question = change->kind >= CHANGE_QUESTION_ADDED && change->kind <= CHANGE_QUESTION_REOPENED;
    gboolean assumption =
        change->kind == CHANGE_ASSUMPTION_ADDED || change->kind == CHANGE_ASSUMPTION_SETTLED;
    g_autofree char *label = g_strdup_printf("%s %u",
                                             question     ? "question"
                                             : assumption ? "assumption"
                                                          : "decision",
                                             change->number);

    if (change->kind == CHANGE_QUESTION_ANSWERED && strcmp(change->before, change->after) != 0)
        add_text_of(of, label, "answered", change->after, ADDED);
    else if (change->kind == CHANGE_QUESTION_ANSWERED || change->kind == CHANGE_QUESTION_REOPENED)
        add_text_of(of, label, change->kind == CHANGE_QUESTION_ANSWERED ? "answered" : "reopened",
                    change->after, 0);
    else if (change->kind == CHANGE_ASSUMPTION_SETTLED)
        say(add(of, label, 0), change->after, ADDED);
    else if (!change->before)
        add_text_of(of, label, question ? "asked" : "added", change->after, ADDED);
    else if (!change->after)
        add_text_of(of, label, "removed", change->before, REMOVED);
    else
        add_reworded(of, label, change);
}

static void add_section(struct facts_of *of, const struct change *change)
{
    g_autofree char *label = g_strdup_printf("section %s", change->name);

    if (change->kind == CHANGE_SECTION_ADDED)
        add_text_of(of, label, "added", change->after, ADDED);
    else if (change->kind == CHANGE_SECTION_REMOVED)
        add_text_of(of, label, "removed", change->before, REMOVED);
    else
        diff_word_add(add(of, label, 0), change->before, change->after, of->color);
}

static void add_change(struct facts_of *of, const struct change *change)
{
    switch (change->kind) {
    case CHANGE_ITEM_ADDED:
    case CHANGE_ITEM_REMOVED:
        break;
    case CHANGE_FIELD:
        add_field(of, change);
        break;
    case CHANGE_ENTRY_ADDED:
    case CHANGE_ENTRY_REMOVED:
        add_entry(of, change);
        break;
    case CHANGE_CRITERION_ADDED:
    case CHANGE_CRITERION_REMOVED:
    case CHANGE_CRITERION_REWORDED:
    case CHANGE_CRITERION_TICKED:
    case CHANGE_CRITERION_UNTICKED:
    case CHANGE_CRITERION_MOVED:
        add_criterion(of, change);
        break;
    case CHANGE_QUESTION_ADDED:
    case CHANGE_QUESTION_REMOVED:
    case CHANGE_QUESTION_REWORDED:
    case CHANGE_QUESTION_ANSWERED:
    case CHANGE_QUESTION_REOPENED:
    case CHANGE_DECISION_ADDED:
    case CHANGE_DECISION_REMOVED:
    case CHANGE_DECISION_REWORDED:
    case CHANGE_ASSUMPTION_ADDED:
    case CHANGE_ASSUMPTION_SETTLED:
        add_remark(of, change);
        break;
    case CHANGE_SECTION_ADDED:
    case CHANGE_SECTION_REMOVED:
    case CHANGE_SECTION_CHANGED:
        add_section(of, change);
        break;
    case CHANGE_TEXT:
        diff_word_add(add(of, "text", 0), change->before, change->after, of->color);
        break;
    case CHANGE_LAYOUT:
        say(add(of, "layout", QUIET), "changed: comments, blank lines or quoting", QUIET);
        break;
    case CHANGE_FILE: /* only a decision has these */
        break;
    }
}

/* Status and what it repeats are said where the item is said to be dropped. */
static gboolean is_said(const struct review_item *item, const struct change *change)
{
    if (change->kind != CHANGE_FIELD)
        return FALSE;
    gboolean status = strcmp(change->name, "status") == 0;
    return (status && (item->kind == REVIEW_SPLIT || item->kind == REVIEW_DROPPED)) ||
           (item->duplicate_of && strcmp(change->name, "duplicate-of") == 0);
}

/* -- the rest -- */

static void add_unreadable(struct facts_of *of)
{
    const char *now = of->item->unreadable_after, *then = of->item->unreadable_before;

    if (!now && !then)
        return;
    struct styled *value =
        now ? add(of, "unreadable", STYLED(TABLE_RED)) : add(of, "readable", STYLED(TABLE_GREEN));
    set_apart(of);
    say(value, now && then ? "as before: " : now ? "" : "again; before: ", 0);
    say(value, now ? now : then, 0);
}

static void add_stale(struct facts_of *of)
{
    const GPtrArray *stale = of->item->stale;
    struct styled *value = stale->len ? add(of, "stale", STYLED(TABLE_YELLOW)) : NULL;

    for (guint i = 0; i < stale->len; i++) {
        say(value, i ? ", " : "", 0);
        say(value, stale->pdata[i], 0);
    }
    if (value)
        say(value, " changed since it was agreed", 0);
}

/* The rules by which readiness was lost or gained, each once. */
static void add_rules(struct styled *value, const GPtrArray *findings)
{
    const char *last = NULL, *before = ": ";
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (finding->severity < SEVERITY_ERROR || g_strcmp0(finding->rule, last) == 0)
            continue;
        last = finding->rule;
        say(value, before, 0);
        say(value, last, 0);
        before = ", ";
    }
}

static void add_readiness(struct facts_of *of)
{
    const struct review_item *item = of->item;
    gboolean gained = item->readiness == REVIEW_READINESS_GAINED;

    if (item->readiness == REVIEW_READINESS_SAME)
        return;
    struct styled *value = add(of, "readiness", 0);
    say(value, gained ? "gained" : "lost", gained ? ADDED : REMOVED);
    add_rules(value, gained ? item->findings_gone : item->findings_gained);
}

static void add_finding(struct facts_of *of, const struct finding *finding, gboolean gone)
{
    static const enum table_style styles[] = { TABLE_PLAIN, TABLE_CYAN, TABLE_YELLOW, TABLE_RED };
    const char *severity = severity_name(finding->severity);
    struct styled *value =
        gone ? add(of, "settled", ADDED) : add(of, severity, STYLED(styles[finding->severity]));

    set_apart(of);
    if (gone) {
        say(value, severity, 0);
        say(value, ": ", 0);
    }
    say(value, finding->message, 0);
    say(value, " [", QUIET);
    say(value, finding->rule, QUIET);
    say(value, "]", QUIET);
}

/* An idea that is new lacks much, which nobody has to be told. Of a version that cannot be read only that can
 * be said, and was. */
static void add_findings(struct facts_of *of)
{
    const struct review_item *item = of->item;
    enum severity least = item->kind == REVIEW_ADDED ? SEVERITY_WARNING : SEVERITY_NOTE;

    for (guint i = 0; !item->unreadable_after && i < item->findings_gained->len; i++) {
        const struct finding *finding = item->findings_gained->pdata[i];
        if (finding->severity >= least)
            add_finding(of, finding, FALSE);
    }
    gboolean unreadable = item->unreadable_before || item->unreadable_after;
    for (guint i = 0; !unreadable && i < item->findings_gone->len; i++)
        add_finding(of, item->findings_gone->pdata[i], TRUE);
}

static void add_file(struct facts_of *of, const struct policy *policy)
{
    g_autofree char *path = policy_display(policy, of->item->path);
    struct styled *value = of->item->old_path ? add(of, "file", QUIET) : NULL;

    if (!value)
        return;
    say(value, "moved to ", QUIET);
    say(value, path, QUIET);
}

GPtrArray *diff_facts(const struct review_item *item, const struct policy *policy, gboolean color)
{
    struct facts_of of = { item, color, g_ptr_array_new_with_free_func(fact_free) };

    for (guint i = 0; i < item->changes->len; i++)
        if (!is_said(item, item->changes->pdata[i]))
            add_change(&of, item->changes->pdata[i]);
    add_unreadable(&of);
    add_stale(&of);
    add_readiness(&of);
    add_findings(&of);
    add_file(&of, policy);
    return of.facts;
}
