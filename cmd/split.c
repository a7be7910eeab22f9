#include "split.h"

#include "record.h"
#include "remark.h"
#include "split_editor.h"
#include "split_suggest.h"
#include "split_tell.h"

#include <stddef.h>
#include <string.h>

struct split_options {
    GPtrArray *parts; /* struct ordered: children, and what they get */
    gboolean keep;
    char *pattern;
    gboolean suggest;
};

#define PART(name, argument, summary)                                                                        \
    {                                                                                                        \
        name, 0, OPTION_ORDERED, offsetof(struct split_options, parts), argument, summary                    \
    }

static const struct option table[] = {
    PART("into", "TITLE", "a child with that title; again for each"),
    PART("criteria", "N:CHILD", "give criterion N (or N,N…) to child CHILD, counted from 1"),
    PART("questions", "Q:CHILD", "likewise unanswered questions, which else go to every child"),
    { "keep", 0, OPTION_FLAG, offsetof(struct split_options, keep), NULL,
      "leave with the parent what no child gets" },
    { "pattern", 0, OPTION_TEXT, offsetof(struct split_options, pattern), "PATTERN",
      "spike, paths, interfaces, data or rules: what it was split by" },
    { "suggest", 0, OPTION_FLAG, offsetof(struct split_options, suggest), NULL,
      "show which cuts fit, by its text, and change nothing" },
    { 0 },
};

/* -- what the options ask for -- */

/* A number that *text begins with, which moves behind it; 0 where there is none. */
static guint take_number(const char **text)
{
    char *end = NULL;
    guint64 number = g_ascii_isdigit(**text) ? g_ascii_strtoull(*text, &end, 10) : 0;

    if (number == 0 || number > G_MAXUINT)
        return 0;
    *text = end;
    return (guint)number;
}

/* "1,3:2". */
static gboolean give(struct split *split, const struct ordered *ordered, GError **error)
{
    enum split_kind kind = strcmp(ordered->option->name, "criteria") == 0 ? SPLIT_CRITERIA : SPLIT_QUESTIONS;
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint));
    const char *at = ordered->value;
    guint number = take_number(&at), child = 0;

    while (number) {
        g_array_append_val(numbers, number);
        if (*at != ',')
            break;
        at++;
        number = take_number(&at);
    }
    if (number && *at == ':') {
        at++;
        child = take_number(&at);
    }
    if (!child || *at) {
        usage_error(error, "--%s: expected numbers and a child, such as 1,3:2, saw %s", ordered->option->name,
                    *ordered->value ? ordered->value : "none");
        return FALSE;
    }
    for (guint i = 0; i < numbers->len; i++)
        if (!split_give(split, kind, g_array_index(numbers, guint, i), child, error)) {
            g_prefix_error(error, "--%s %s: ", ordered->option->name, ordered->value);
            return FALSE;
        }
    return TRUE;
}

/* Children first, for what they get may stand before them. */
static gboolean read_parts(struct split *split, const GPtrArray *parts, GError **error)
{
    for (guint i = 0; parts && i < parts->len; i++) {
        const struct ordered *ordered = parts->pdata[i];
        if (strcmp(ordered->option->name, "into") == 0 && !split_add(split, ordered->value, error))
            return FALSE;
    }
    for (guint i = 0; parts && i < parts->len; i++) {
        const struct ordered *ordered = parts->pdata[i];
        if (strcmp(ordered->option->name, "into") == 0)
            continue;
        if (split->children->len == 0) {
            usage_error(error, "--%s: there is no child to give it to; --into TITLE makes one",
                        ordered->option->name);
            return FALSE;
        }
        if (!give(split, ordered, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean read_pattern(struct split *split, const char *pattern, GError **error)
{
    if (pattern && !g_strv_contains(split_patterns(), pattern)) {
        g_autofree char *all = g_strjoinv(", ", (char **)split_patterns());
        usage_error(error, "--pattern: expected one of %s, saw %s", all, *pattern ? pattern : "none");
        return FALSE;
    }
    split->pattern = pattern;
    return TRUE;
}

/* What --suggest shows. */
static int suggest(struct context *context, const struct split_options *given, const char *word,
                   GError **error)
{
    const char *recording = record_given(context->record);

    if (given->parts || given->keep || given->pattern) {
        usage_error(error, "--suggest goes with no option that says how to split");
        return -1;
    }
    if (recording) {
        usage_error(error, "%s goes with a split: --suggest records nothing", recording);
        return -1;
    }
    output_page(context->output);
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    const struct entry *entry = backlog ? backlog_find(backlog, word, error) : NULL;
    return entry ? split_suggest(context, backlog, entry, error) : -1;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct split_options *given = options;
    g_autofree char *names = NULL;
    g_autoptr(Split) split = split_new();
    const struct decision decision = record_decision(context, &split->reason);
    g_autoptr(Backlog) backlog = NULL;

    if (given->suggest)
        return suggest(context, given, arguments[0], error);
    if (!context->record->dry_run && !record_settle(context, error))
        return -1;
    if (!read_pattern(split, given->pattern, error) || !read_parts(split, given->parts, error))
        return -1;
    backlog = backlog_open(context->policy, NULL, error);
    const struct entry *entry = backlog ? backlog_find(backlog, arguments[0], error) : NULL;
    names = entry ? remark_names(context->policy, decision.with, error) : NULL;
    if (!names)
        return -1;
    split->keep = given->keep;
    split->stage = decision.stage;
    split->names = names;
    return split->children->len ? split_record(context, backlog, entry, split, error)
                                : split_edit(context, backlog, entry, split, error);
}

const struct command command_split = {
    .name = "split",
    .arguments = "ID",
    .summary = "Split an item into smaller ones, which get its criteria; without --into in your editor.",
    .needs = NEEDS_POLICY | RECORDS | SETTLES,
    .options_size = sizeof(struct split_options),
    .options = table,
    .least = 1,
    .most = 1,
    .run = run,
};
