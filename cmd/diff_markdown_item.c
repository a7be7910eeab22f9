#include "diff_markdown_item.h"

#include "plain.h"
#include "present.h"
#include "rules.h"

#include <string.h>

/* Columns of a title. */
#define MAX_TITLE 100

static void append(GString *out, const char *text)
{
    g_autofree char *escaped = plain_escape_forge(text, -1);
    g_string_append(out, escaped);
}

/* -- the name -- */

static void append_link(GString *out, const struct diff_markdown *markdown, const char *path)
{
    g_autofree char *escaped = g_uri_escape_string(path, "/", FALSE);
    g_autofree char *address = g_strconcat(markdown->links, "/", escaped, NULL);
    g_autofree char *attribute = g_markup_escape_text(address, -1);
    g_string_append_printf(out, "<a href=\"%s\">", attribute);
}

void diff_markdown_name(GString *out, const struct diff_markdown *markdown, const struct item *item,
                        gboolean there)
{
    g_autofree char *name = g_path_get_basename(item->path);
    g_autofree char *title = plain_truncate(*item->title ? item->title : name, MAX_TITLE);
    gboolean linked = there && markdown->links;

    append(out, title);
    g_string_append_c(out, ' ');
    if (linked)
        append_link(out, markdown, item->path);
    g_string_append(out, "<code>");
    append(out, item->id ? item->id : name);
    g_string_append(out, linked ? "</code></a>" : "</code>");
}

/* -- the headline -- */

/* Appends what separates one fact from the one before. */
static void open_fact(GString *out)
{
    g_string_append(out, " · ");
}

static gboolean is_field(const struct change *change, const char *name)
{
    return change->kind == CHANGE_FIELD && strcmp(change->name, name) == 0;
}

static gboolean is_long(const struct change *change)
{
    return (change->before && g_utf8_strlen(change->before, -1) > DIFF_MARKDOWN_VALUE) ||
           (change->after && g_utf8_strlen(change->after, -1) > DIFF_MARKDOWN_VALUE);
}

/* Fields that say nothing by themselves, or that the headline says in another way. */
static gboolean is_told_otherwise(const struct review_item *item, const struct change *change)
{
    return is_field(change, "stamp") || is_field(change, "title") || is_field(change, "parent") ||
           is_field(change, "duplicate-of") ||
           (is_field(change, "status") && (item->kind == REVIEW_SPLIT || item->kind == REVIEW_DROPPED));
}

static void append_field(GString *out, const struct change *change)
{
    open_fact(out);
    append(out, change->name);
    g_string_append_c(out, ' ');
    if (change->before)
        append(out, change->before);
    if (change->before && change->after)
        g_string_append(out, " → ");
    append(out, change->after ? change->after : " removed");
}

static void append_move(GString *out, const struct change *change)
{
    if (!change->from || !change->number || change->from == change->number)
        return;
    open_fact(out);
    g_string_append_printf(out, "moved %s %u → %u", change->number < change->from ? "up" : "down",
                           change->from, change->number);
}

/* Entries of one list stand next to each other. */
static void append_entry(GString *out, const struct change *change, const struct change *last)
{
    gboolean added = change->kind == CHANGE_ENTRY_ADDED;
    gboolean same = last && (last->kind == CHANGE_ENTRY_ADDED || last->kind == CHANGE_ENTRY_REMOVED) &&
                    strcmp(last->name, change->name) == 0;

    if (!same) {
        open_fact(out);
        append(out, change->name);
    }
    g_string_append(out, added ? " +" : " −");
    g_autofree char *shown = plain_truncate(added ? change->after : change->before, DIFF_MARKDOWN_VALUE);
    append(out, shown);
}

static void append_count(GString *out, const struct review_item *item, enum change_kind kind, gboolean *first)
{
    static const char *const words[] = {
        [CHANGE_CRITERION_ADDED] = "added",       [CHANGE_CRITERION_REMOVED] = "removed",
        [CHANGE_CRITERION_REWORDED] = "reworded", [CHANGE_CRITERION_TICKED] = "ticked",
        [CHANGE_CRITERION_UNTICKED] = "unticked", [CHANGE_CRITERION_MOVED] = "moved",
    };
    guint count = 0;

    for (guint i = 0; i < item->changes->len; i++)
        count += ((const struct change *)item->changes->pdata[i])->kind == kind;
    if (count == 0)
        return;
    if (*first)
        open_fact(out);
    g_string_append_printf(out, "%s%u %s", *first ? "criteria: " : ", ", count, words[kind]);
    *first = FALSE;
}

static void append_sections(GString *out, const struct review_item *item)
{
    for (guint i = 0; i < item->changes->len; i++) {
        const struct change *change = item->changes->pdata[i];
        const char *what = change->kind == CHANGE_SECTION_ADDED     ? "added"
                           : change->kind == CHANGE_SECTION_REMOVED ? "removed"
                           : change->kind == CHANGE_SECTION_CHANGED ? "changed"
                                                                    : NULL;
        if (!what && change->kind != CHANGE_TEXT)
            continue;
        open_fact(out);
        append(out, what ? change->name : "text");
        g_string_append_printf(out, " %s", what ? what : "changed");
    }
}

/* What became of a question, decision or assumption; NULL: the change is of something else. */
static char *print_remark(const struct change *change)
{
    if (change->kind < CHANGE_QUESTION_ADDED)
        return NULL;
    switch (change->kind) {
    case CHANGE_QUESTION_ADDED:
        return g_strdup_printf("question %u asked", change->number);
    case CHANGE_DECISION_ADDED:
        return g_strdup_printf("decision %u", change->number);
    case CHANGE_ASSUMPTION_ADDED:
        return g_strdup_printf("assumption %u", change->number);
    default:
        return change_print(change);
    }
}

static void append_change(GString *out, const struct review_item *item, guint index)
{
    g_autofree char *remark = print_remark(item->changes->pdata[index]);

    const struct change *change = item->changes->pdata[index];

    if (remark) {
        open_fact(out);
        append(out, remark);
    } else if (change->kind == CHANGE_ENTRY_ADDED || change->kind == CHANGE_ENTRY_REMOVED)
        append_entry(out, change, index ? item->changes->pdata[index - 1] : NULL);
    else if (is_field(change, "rank"))
        append_move(out, change);
    else if (is_field(change, "status") && item->readiness == REVIEW_READINESS_GAINED)
        return; /* it is now ready */
    else if (change->kind == CHANGE_FIELD && !is_told_otherwise(item, change) && !is_long(change))
        append_field(out, change);
}

static void append_changes(GString *out, const struct review_item *item)
{
    gboolean first = TRUE;

    for (guint i = 0; i < item->changes->len; i++)
        append_change(out, item, i);
    for (guint kind = CHANGE_CRITERION_ADDED; kind <= CHANGE_CRITERION_MOVED; kind++)
        append_count(out, item, (enum change_kind)kind, &first);
    append_sections(out, item);
    if (item->changes->len == 1 && ((const struct change *)item->changes->pdata[0])->kind == CHANGE_LAYOUT)
        g_string_append(out, " · layout only");
}

/* What a new item is. */
static void append_state(GString *out, const struct diff_markdown *markdown, const struct item *item)
{
    const char *type = item_text(item, FIELD_TYPE), *estimate = item_text(item, FIELD_ESTIMATE);
    double weight;

    g_assert(item); /* which a review of what was added has */
    if (type) {
        open_fact(out);
        append(out, type);
    }
    if (estimate && policy_weight(markdown->policy, estimate, &weight)) {
        g_autofree char *points = present_points(markdown->policy, weight);
        open_fact(out);
        append(out, points);
    } else if (type && strcmp(type, "epic") != 0) {
        g_string_append(out, " · no estimate");
    }
    if (item->status != STATUS_NEW && item->status < STATUS_UNKNOWN) {
        open_fact(out);
        append(out, status_names()[item->status]);
    }
    if (item->position)
        g_string_append_printf(out, " · place %u", item->position);
}

/* What became of an item that is or was closed. */
static void append_end(GString *out, const struct diff_markdown *markdown, const struct review_item *item)
{
    const struct item *target =
        item->duplicate_of ? backlog_named(markdown->review->now, item->duplicate_of) : NULL;

    if (item->kind == REVIEW_SPLIT)
        g_string_append_printf(out, " · split into %u", item->children->len);
    else if (item->kind == REVIEW_REMOVED)
        g_string_append(out, " · file removed");
    else if (item->kind == REVIEW_DROPPED && !item->duplicate_of)
        g_string_append(out, " · dropped");
    if (!item->duplicate_of)
        return;
    g_string_append(out, " · a duplicate of ");
    if (target)
        diff_markdown_name(out, markdown, target, TRUE);
    else
        append(out, item->duplicate_of);
}

/* Where the file is, if that is news, and whether it can be read. */
static void append_file(GString *out, const struct review_item *item)
{
    const char *unreadable = item->unreadable_after ? item->unreadable_after : item->unreadable_before;

    if (item->old_path) {
        g_autofree char *folder = g_path_get_dirname(item->path);
        g_string_append(out, " · file moved to ");
        append(out, folder);
    }
    if (unreadable) {
        g_string_append(out,
                        item->unreadable_after ? " · cannot be read: " : " · could not be read before: ");
        append(out, unreadable);
    }
}

void diff_markdown_headline(GString *out, const struct diff_markdown *markdown,
                            const struct review_item *item)
{
    g_string_append(out, "<b>");
    diff_markdown_name(out, markdown, item->after ? item->after : item->before, item->after != NULL);
    g_string_append(out, "</b>");
    append_end(out, markdown, item);
    if (item->readiness == REVIEW_READINESS_GAINED)
        g_string_append(out, " · <b>now ready</b>");
    if (item->kind == REVIEW_ADDED)
        append_state(out, markdown, item->after);
    append_changes(out, item);
    append_file(out, item);
}

/* -- what it means -- */

static gboolean is_minor(const struct review_item *item)
{
    static const char *const minor[] = { "rank",     "labels", "owner",   "sprint", "aliases",
                                         "feedback", "votes",  "created", NULL };

    if (item->kind != REVIEW_CHANGED || item->readiness != REVIEW_READINESS_SAME || item->stale->len ||
        item->findings_gained->len || item->findings_gone->len || item->unreadable_after ||
        item->unreadable_before)
        return FALSE;
    for (guint i = 0; i < item->changes->len; i++) {
        const struct change *change = item->changes->pdata[i];
        gboolean field = change->kind == CHANGE_FIELD || change->kind == CHANGE_ENTRY_ADDED ||
                         change->kind == CHANGE_ENTRY_REMOVED;
        if (change->kind != CHANGE_LAYOUT && !(field && g_strv_contains(minor, change->name)))
            return FALSE;
    }
    return TRUE;
}

enum diff_markdown_group diff_markdown_group_of(const struct review_item *item)
{
    static const enum diff_markdown_group groups[] = {
        [REVIEW_SPLIT] = DIFF_MARKDOWN_SPLIT,     [REVIEW_ADDED] = DIFF_MARKDOWN_ADDED,
        [REVIEW_DROPPED] = DIFF_MARKDOWN_ENDED,   [REVIEW_REMOVED] = DIFF_MARKDOWN_ENDED,
        [REVIEW_CHANGED] = DIFF_MARKDOWN_CHANGED, [REVIEW_AFFECTED] = DIFF_MARKDOWN_AFFECTED,
    };

    if (item->readiness == REVIEW_READINESS_LOST)
        return DIFF_MARKDOWN_LOST;
    if (item->stale->len && item->after && rules_claims_ready(item->after))
        return DIFF_MARKDOWN_STALE;
    return is_minor(item) ? DIFF_MARKDOWN_MINOR : groups[item->kind];
}

const char *diff_markdown_title(enum diff_markdown_group group)
{
    static const char *const titles[N_DIFF_MARKDOWN_GROUPS] = {
        [DIFF_MARKDOWN_LOST] = "No longer ready",
        [DIFF_MARKDOWN_STALE] = "To be agreed again",
        [DIFF_MARKDOWN_SPLIT] = "Split",
        [DIFF_MARKDOWN_ADDED] = "New",
        [DIFF_MARKDOWN_ENDED] = "Dropped and removed",
        [DIFF_MARKDOWN_CHANGED] = "Changed",
        [DIFF_MARKDOWN_MINOR] = "Only order, labels and the like",
        [DIFF_MARKDOWN_AFFECTED] = "Not changed, but affected",
    };
    return titles[group];
}

void diff_markdown_loss(GString *out, const struct review_item *item)
{
    guint errors = 0;

    for (guint i = 0; i < item->stale->len; i++) {
        g_string_append(out, i == 0 ? "" : i + 1 < item->stale->len ? ", " : " and ");
        append(out, item->stale->pdata[i]);
    }
    if (item->stale->len) {
        g_string_append_printf(out, " changed since %s agreed",
                               item->stale->len == 1 ? "it was" : "they were");
        return;
    }
    for (guint i = 0; i < item->findings_gained->len; i++) {
        const struct finding *finding = item->findings_gained->pdata[i];
        if (finding->severity == SEVERITY_ERROR && errors++ == 0)
            append(out, finding->message);
    }
    if (errors > 1)
        g_string_append_printf(out, " and %u more error%s", errors - 1, present_plural(errors - 1));
    if (errors == 0 && item->after) {
        g_string_append(out, "taken back to ");
        append(out,
               item->after->status < STATUS_UNKNOWN ? status_names()[item->after->status] : "another status");
    }
}
