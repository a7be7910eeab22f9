#include "diff_markdown_sum.h"

#include "plain.h"
#include "present.h"

/* Names that a line has. */
#define MAX_NAMES 5

static void append_escaped(GString *out, const char *text)
{
    g_autofree char *escaped = plain_escape_forge(text, -1);
    g_string_append(out, escaped);
}

/* "3 new, 1 split, 5 changed" */
static void append_kinds(GString *out, const struct review_sum *sum)
{
    static const struct {
        enum review_kind kind;
        const char *word;
    } words[] = { { REVIEW_ADDED, "new" },       { REVIEW_SPLIT, "split" },
                  { REVIEW_DROPPED, "dropped" }, { REVIEW_REMOVED, "removed" },
                  { REVIEW_CHANGED, "changed" }, { REVIEW_AFFECTED, "affected" } };
    gboolean first = TRUE;

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        if (sum->of[words[i].kind] == 0)
            continue;
        g_string_append_printf(out, "%s%u %s", first ? "" : ", ", sum->of[words[i].kind], words[i].word);
        first = FALSE;
    }
}

static void append_number(GString *out, guint before, guint after, const char *what)
{
    if (before == after)
        g_string_append_printf(out, "%u", after);
    else
        g_string_append_printf(out, "%u → **%u**", before, after);
    g_string_append_printf(out, " %s%s", what, present_plural(after));
}

static void append_weight(GString *out, const struct policy *policy, double before, double after)
{
    g_autofree char *points = present_points(policy, after), *was = present_weight(before);

    g_string_append(out, ", ");
    if (before != after)
        g_string_append_printf(out, "%s → **", was);
    append_escaped(out, points);
    g_string_append(out, before != after ? "**" : "");
}

static void append_totals(GString *out, const struct diff_markdown *markdown)
{
    const struct review_total *before = &markdown->review->sum.before, *after = &markdown->review->sum.after;

    g_string_append(out, "- Open: ");
    append_number(out, before->items, after->items, "item");
    append_weight(out, markdown->policy, before->weight, after->weight);
    if (after->without)
        g_string_append_printf(out, ", %u without an estimate", after->without);
    g_string_append(out, "\n- Ready: ");
    append_number(out, before->ready, after->ready, "item");
    append_weight(out, markdown->policy, before->ready_weight, after->ready_weight);
    g_string_append_c(out, '\n');
}

/* The names of items, as they are now if they still are. */
static void append_names(GString *out, const struct diff_markdown *markdown, const GPtrArray *items)
{
    for (guint i = 0; i < items->len && i < MAX_NAMES; i++) {
        const struct item *item = items->pdata[i];
        const struct item *now = item->id ? backlog_item(markdown->review->now, item->id) : NULL;
        g_string_append(out, i == 0 ? "" : ", ");
        diff_markdown_name(out, markdown, now ? now : item, now != NULL);
    }
    if (items->len > MAX_NAMES)
        g_string_append_printf(out, " and %u more", items->len - MAX_NAMES);
}

static void append_top(GString *out, const struct diff_markdown *markdown)
{
    const struct review_sum *sum = &markdown->review->sum;

    if (sum->entered->len == 0 && sum->left->len == 0)
        return;
    g_string_append_printf(out, "- Top %u: ", sum->top);
    append_names(out, markdown, sum->entered);
    g_string_append(out, sum->entered->len == 0 ? "" : sum->entered->len == 1 ? " comes in" : " come in");
    g_string_append(out, sum->entered->len && sum->left->len ? "; " : "");
    append_names(out, markdown, sum->left);
    g_string_append(out, sum->left->len == 0 ? "" : sum->left->len == 1 ? " leaves" : " leave");
    g_string_append_c(out, '\n');
}

/* The items of a group, each with the reason. */
static void append_reasons(GString *out, const struct diff_markdown *markdown, enum diff_markdown_group group)
{
    const GPtrArray *items = markdown->review->items;
    guint count = 0;

    for (guint i = 0; i < items->len; i++) {
        const struct review_item *item = items->pdata[i];
        if (diff_markdown_group_of(item) != group || count++ >= MAX_NAMES)
            continue;
        g_string_append_printf(out, count == 1 ? "- <b>%s:</b> " : "; ", diff_markdown_title(group));
        diff_markdown_name(out, markdown, item->after, TRUE);
        g_string_append(out, ", ");
        diff_markdown_loss(out, item);
    }
    if (count > MAX_NAMES)
        g_string_append_printf(out, " and %u more", count - MAX_NAMES);
    g_string_append(out, count ? "\n" : "");
}

void diff_markdown_sum(GString *out, const struct diff_markdown *markdown)
{
    g_string_append(out, "### Backlog: ");
    append_kinds(out, &markdown->review->sum);
    g_string_append(out, markdown->review->chosen ? " (of the items asked for)\n\n" : "\n\n");
    append_totals(out, markdown);
    append_top(out, markdown);
    append_reasons(out, markdown, DIFF_MARKDOWN_LOST);
    append_reasons(out, markdown, DIFF_MARKDOWN_STALE);
}
