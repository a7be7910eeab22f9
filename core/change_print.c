#include "change_private.h"

#include "plain.h"
#include "remark.h"

#include <string.h>

#define VOTES "votes."

/* Columns of what somebody asked for: it may be a whole letter. */
#define MOST_SAID 200

/* Ranks themselves are noise to people. */
static char *print_rank(const struct change *change)
{
    if (!change->after)
        return g_strdup("rank removed");
    if (change->from && change->number && change->from != change->number)
        return g_strdup_printf("moved %u -> %u", change->from, change->number);
    return g_strdup(!change->before ? "ranked" : change->from && change->number ? "ranked anew" : "moved");
}

static char *print_field(const struct change *change)
{
    if (strcmp(change->name, "rank") == 0)
        return print_rank(change);
    /* Digests say nothing to people. */
    if (strcmp(change->name, "stamp") == 0)
        return g_strdup(!change->before ? "stamp set" : change->after ? "stamp renewed" : "stamp removed");
    if (!change->before)
        return g_strdup_printf("%s %s", change->name, change->after ? change->after : "");
    if (!change->after)
        return g_strdup_printf("%s removed (was %s)", change->name, change->before);
    return g_strdup_printf("%s %s -> %s", change->name, change->before, change->after);
}

/* What stands under a key in an entry as change_value has it, "from: forum, on: 2026-11-20, says: …": up to
 * the next key of such an entry. Newly allocated; NULL where it has none. */
static char *text_under(const char *entry, const char *key)
{
    static const char *const keys[] = { ", on: ", ", says: ", ", via: " };
    g_autofree char *label = g_strconcat(key, ": ", NULL);
    const char *at = g_str_has_prefix(entry, label) ? entry : NULL;
    g_autofree char *behind = g_strconcat(", ", label, NULL);

    if (!at) {
        at = strstr(entry, behind);
        at = at ? at + 2 : NULL;
    }
    if (!at)
        return NULL;
    at += strlen(label);
    gsize length = strlen(at);
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *next = strstr(at, keys[i]);
        length = next ? MIN(length, (gsize)(next - at)) : length;
    }
    return g_strndup(at, length);
}

/* "request from forum: I page for minutes": when and where from is for whoever looks at the item. */
static char *print_request(const struct change *change)
{
    gboolean added = change->kind == CHANGE_ENTRY_ADDED;
    const char *entry = added ? change->after : change->before;
    g_assert(entry); /* a change of an entry has it */
    g_autofree char *from = text_under(entry, "from"), *says = text_under(entry, "says");
    g_autofree char *line = says ? remark_line(says) : NULL;
    g_autofree char *start = line ? plain_truncate(line, MOST_SAID) : NULL;

    return g_strdup_printf("request from %s%s%s%s",
                           from   ? from
                           : says ? "somebody"
                                  : entry,
                           added ? "" : " removed", start ? ": " : "", start ? start : "");
}

static char *print_entry(const struct change *change)
{
    gboolean added = change->kind == CHANGE_ENTRY_ADDED;

    if (strcmp(change->name, field_table()[FIELD_FEEDBACK].name) == 0)
        return print_request(change);
    return g_strdup_printf("%s %c%s", change->name, added ? '+' : '-',
                           added ? change->after : change->before);
}

/* A decision without the day, who took part and what was rejected. */
static char *print_decision(const char *entry)
{
    struct remark remark = { 0 };
    gboolean dated = remark_parse(entry, &remark) && *remark.text;
    char *text = g_strdup(dated ? remark.text : entry);
    gsize length = strlen(text);

    remark_clear(&remark);
    if (length > 1 && text[length - 1] == '.' && text[length - 2] != '.')
        text[length - 1] = '\0';
    return text;
}

static char *print_remark(const struct change *change)
{
    g_autofree char *decision = change->kind == CHANGE_DECISION_ADDED ? print_decision(change->after) : NULL;

    switch (change->kind) {
    case CHANGE_QUESTION_ADDED:
        return g_strdup_printf("asks %s", change->after);
    case CHANGE_QUESTION_REMOVED:
        return g_strdup_printf("question %u removed", change->number);
    case CHANGE_QUESTION_REWORDED:
        return g_strdup_printf("question %u reworded", change->number);
    case CHANGE_QUESTION_ANSWERED:
        return g_strdup_printf("question %u answered", change->number);
    case CHANGE_QUESTION_REOPENED:
        return g_strdup_printf("question %u reopened", change->number);
    case CHANGE_DECISION_ADDED:
        return g_strdup_printf("decided %s", decision);
    case CHANGE_DECISION_REMOVED:
        return g_strdup_printf("decision %u removed", change->number);
    case CHANGE_DECISION_REWORDED:
        return g_strdup_printf("decision %u reworded", change->number);
    case CHANGE_ASSUMPTION_ADDED:
        return g_strdup_printf("assumes %s", change->after);
    default:
        return g_strdup_printf("assumption %u %.*s", change->number, (int)strcspn(change->after, ":"),
                               change->after);
    }
}

char *change_print(const struct change *change)
{
    switch (change->kind) {
    case CHANGE_ITEM_ADDED:
        return g_strdup_printf("added: %s", change->after ? change->after : "");
    case CHANGE_ITEM_REMOVED:
        return g_strdup_printf("removed: %s", change->before ? change->before : "");
    case CHANGE_FIELD:
        return print_field(change);
    case CHANGE_ENTRY_ADDED:
    case CHANGE_ENTRY_REMOVED:
        return print_entry(change);
    case CHANGE_CRITERION_ADDED:
        return g_strdup_printf("criterion %u added", change->number);
    case CHANGE_CRITERION_REMOVED:
        return g_strdup_printf("criterion %u removed", change->number);
    case CHANGE_CRITERION_REWORDED:
        return g_strdup_printf("criterion %u reworded", change->number);
    case CHANGE_CRITERION_TICKED:
        return g_strdup_printf("criterion %u ticked", change->number);
    case CHANGE_CRITERION_UNTICKED:
        return g_strdup_printf("criterion %u unticked", change->number);
    case CHANGE_CRITERION_MOVED:
        return g_strdup_printf("criterion %u moved to %u", change->from, change->number);
    case CHANGE_SECTION_ADDED:
        return g_strdup_printf("section %s added", change->name);
    case CHANGE_SECTION_REMOVED:
        return g_strdup_printf("section %s removed", change->name);
    case CHANGE_SECTION_CHANGED:
        return g_strdup_printf("section %s changed", change->name);
    case CHANGE_TEXT:
        return g_strdup("text changed");
    case CHANGE_LAYOUT:
        return g_strdup("layout changed");
    case CHANGE_FILE:
        return g_strdup(change->name);
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
        return print_remark(change);
    }
    g_assert_not_reached();
}

static gboolean is_vote(const struct change *change)
{
    return change->kind == CHANGE_FIELD && g_str_has_prefix(change->name, VOTES);
}

/* The votes of a round are one thing: "votes (ana 3, bo 8 -> 5)" of those from first on, up to *next. Votes
 * that went are those of the round before, and not worth a word where there are new ones. */
static char *print_votes(const GPtrArray *changes, guint first, guint *next)
{
    g_autoptr(GString) votes = g_string_new(NULL);
    guint at = first;

    for (; at < changes->len && is_vote(changes->pdata[at]); at++) {
        const struct change *change = changes->pdata[at];
        const char *who = change->name + strlen(VOTES);
        if (!change->after || strcmp(who, "round") == 0)
            continue;
        g_string_append_printf(votes, "%s%s %s%s%s", votes->len ? ", " : "", who,
                               change->before ? change->before : "", change->before ? " -> " : "",
                               change->after);
    }
    *next = at;
    return votes->len ? g_strdup_printf("votes (%s)", votes->str) : NULL;
}

char *change_summary(const GPtrArray *changes)
{
    GString *out = g_string_new(changes->len ? NULL : "no change");
    g_autofree char *readiness = change_print_readiness(changes);
    gboolean told = FALSE;

    for (guint i = 0, next; i < changes->len; i = next) {
        gboolean ready = readiness && change_is_readiness(changes->pdata[i]);
        g_autofree char *one = print_votes(changes, i, &next);
        if (!one)
            next = i + 1;
        if (ready && told)
            continue;
        told = told || ready;
        if (!one)
            one = ready ? g_strdup(readiness) : change_print(changes->pdata[i]);
        g_string_append_printf(out, "%s%s", out->len ? ", " : "", one);
    }
    return g_string_free(out, FALSE);
}
