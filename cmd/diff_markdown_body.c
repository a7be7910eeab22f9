#include "diff_markdown_item.h"

#include "criteria.h"
#include "diff_markdown_words.h"
#include "plain.h"
#include "stamp_text.h"

#include <string.h>

/* Criteria of a new item, and findings, that are shown. */
#define MAX_CRITERIA 20
#define MAX_FINDINGS 8

static void append(GString *out, const char *text)
{
    g_autofree char *escaped = plain_escape_forge(text, -1);
    g_string_append(out, escaped);
}

/* -- what changed -- */

static void append_field(GString *out, const struct change *change, const char *indent)
{
    g_string_append_printf(out, "%s- ", indent);
    append(out, change->name);
    g_string_append(out, ": ");
    diff_markdown_words(out, change->before ? change->before : "", change->after ? change->after : "");
    g_string_append_c(out, '\n');
}

static const char *what_became(const struct change *change)
{
    switch (change->kind) {
    case CHANGE_CRITERION_ADDED:
        return "added";
    case CHANGE_CRITERION_REMOVED:
        return "removed";
    case CHANGE_CRITERION_TICKED:
        return "ticked";
    case CHANGE_CRITERION_UNTICKED:
        return "unticked";
    default:
        return strcmp(change->before, change->after) == 0 ? "changed in what is below it" : "reworded";
    }
}

/* last is the change before, of which the criterion may be the same: its text is not shown again. */
static void append_criterion(GString *out, const struct change *change, const struct change *last,
                             const char *indent)
{
    if (last && last->number == change->number && last->kind >= CHANGE_CRITERION_REWORDED &&
        last->kind <= CHANGE_CRITERION_MOVED)
        return;
    g_string_append_printf(out, "%s- Criterion %u %s: ", indent, change->number, what_became(change));
    if (change->kind == CHANGE_CRITERION_REMOVED)
        diff_markdown_struck(out, change->before);
    else if (change->kind == CHANGE_CRITERION_REWORDED)
        diff_markdown_words(out, change->before, change->after);
    else
        diff_markdown_text(out, change->after);
    g_string_append_c(out, '\n');
}

static void append_section(GString *out, const struct change *change, const char *indent)
{
    g_string_append_printf(out, "%s- ", indent);
    append(out, change->kind == CHANGE_TEXT ? "Text" : change->name);
    g_string_append(out, ": ");
    if (!change->before)
        diff_markdown_text(out, change->after ? change->after : "");
    else if (!change->after)
        diff_markdown_struck(out, change->before);
    else
        diff_markdown_words(out, change->before, change->after);
    g_string_append_c(out, '\n');
}

/* A question, decision or assumption: what it says, and, answered or settled, what was found. */
static void append_remark(GString *out, const struct change *change, const char *indent)
{
    gboolean reworded = change->kind == CHANGE_QUESTION_REWORDED || change->kind == CHANGE_DECISION_REWORDED;
    const char *what = change->kind <= CHANGE_QUESTION_REOPENED   ? "Question"
                       : change->kind <= CHANGE_DECISION_REWORDED ? "Decision"
                                                                  : "Assumption";

    g_string_append_printf(out, "%s- %s %u: ", indent, what, change->number);
    if (reworded) {
        diff_markdown_words(out, change->before, change->after);
    } else if (!change->after) {
        diff_markdown_struck(out, change->before);
    } else {
        if (change->before && strcmp(change->before, change->after) != 0) {
            diff_markdown_text(out, change->before);
            g_string_append(out, " — ");
        }
        diff_markdown_text(out, change->after);
    }
    g_string_append_c(out, '\n');
}

static gboolean is_long(const char *value)
{
    return value && g_utf8_strlen(value, -1) > DIFF_MARKDOWN_VALUE;
}

static void append_change(GString *out, const struct change *change, const struct change *last,
                          const char *indent)
{
    switch (change->kind) {
    case CHANGE_FIELD:
        if (strcmp(change->name, "title") == 0 ||
            (strcmp(change->name, "stamp") != 0 && (is_long(change->before) || is_long(change->after))))
            append_field(out, change, indent);
        break;
    case CHANGE_CRITERION_ADDED:
    case CHANGE_CRITERION_REMOVED:
    case CHANGE_CRITERION_REWORDED:
    case CHANGE_CRITERION_TICKED:
    case CHANGE_CRITERION_UNTICKED:
        append_criterion(out, change, last, indent);
        break;
    case CHANGE_SECTION_ADDED:
    case CHANGE_SECTION_REMOVED:
    case CHANGE_SECTION_CHANGED:
    case CHANGE_TEXT:
        append_section(out, change, indent);
        break;
    default: /* the headline says it all */
        if (change->kind >= CHANGE_QUESTION_ADDED)
            append_remark(out, change, indent);
        break;
    }
}

/* -- what is new -- */

static void append_criteria(GString *out, const struct policy *policy, struct document *document,
                            const char *indent)
{
    g_autoptr(GPtrArray) criteria = criteria_read(document, policy);

    for (guint i = 0; i < criteria->len && i < MAX_CRITERIA; i++) {
        const struct criterion *criterion = criteria->pdata[i];
        g_string_append_printf(out, "%s- Criterion %u: ", indent, i + 1);
        diff_markdown_text(out, criterion->text);
        g_string_append_c(out, '\n');
    }
    if (criteria->len > MAX_CRITERIA)
        g_string_append_printf(out, "%s- … and %u more\n", indent, criteria->len - MAX_CRITERIA);
}

/* What a new item says: who wants it and why, and its criteria. */
static void append_text(GString *out, const struct diff_markdown *markdown, const struct review_item *item,
                        const char *indent)
{
    struct backlog *backlog = markdown->review->now;
    const struct entry *entry = backlog_entry(backlog, item->path);
    g_autoptr(GBytes) bytes = entry ? backlog_read(backlog, entry, NULL) : NULL;
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;
    char *texts[N_AGREED];

    if (!document)
        return;
    stamp_texts(markdown->policy, document, texts);
    for (gsize i = 0; i < N_AGREED; i++) {
        g_autofree char *text = texts[i];
        if ((i != AGREED_STORY && i != AGREED_WHY) || !*text)
            continue;
        g_string_append_printf(out, "%s- %s: ", indent, i == AGREED_STORY ? "Story" : "Why");
        diff_markdown_text(out, text);
        g_string_append_c(out, '\n');
    }
    append_criteria(out, markdown->policy, document, indent);
}

/* -- what the rules say -- */

/* told: the first error stands elsewhere. */
static void append_findings(GString *out, const GPtrArray *findings, const char *how, gboolean told,
                            const char *indent)
{
    guint shown = 0;

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (finding->severity < SEVERITY_WARNING)
            continue;
        if (told && finding->severity == SEVERITY_ERROR) {
            told = FALSE;
            continue;
        }
        if (shown++ == MAX_FINDINGS) {
            g_string_append_printf(out, "%s- … and more that `refine check` says\n", indent);
            return;
        }
        g_string_append_printf(out, "%s- %s %s: ", indent, how, severity_name(finding->severity));
        append(out, finding->message);
        g_string_append_printf(out, " <code>%s</code>\n", finding->rule);
    }
}

void diff_markdown_body(GString *out, const struct diff_markdown *markdown, const struct review_item *item,
                        const char *indent)
{
    gboolean told = item->readiness == REVIEW_READINESS_LOST && item->stale->len == 0;

    for (guint i = 0; i < item->changes->len; i++) {
        const struct change *change = item->changes->pdata[i];
        /* Criteria of what was split stand under its parts. */
        if (item->children->len == 0 || change->kind != CHANGE_CRITERION_REMOVED)
            append_change(out, change, i ? item->changes->pdata[i - 1] : NULL, indent);
    }
    if (item->kind == REVIEW_ADDED && !item->unreadable_after)
        append_text(out, markdown, item, indent);
    if (!item->unreadable_after)
        append_findings(out, item->findings_gained, "New", told, indent);
    append_findings(out, item->findings_gone, "Gone", FALSE, indent);
}
