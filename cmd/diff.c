#include "diff_json.h"
#include "diff_markdown.h"
#include "diff_range.h"
#include "diff_text.h"

#include "nearest.h"

#include <stddef.h>
#include <string.h>

struct diff_options {
    gboolean staged;
    gboolean cached;
    gboolean stat;
    char *format;
    char *links;
    gboolean exit_code;
    gboolean quiet;
};

static const struct option table[] = {
    { "staged", 0, OPTION_FLAG, offsetof(struct diff_options, staged), NULL,
      "the index against HEAD, or another revision" },
    { "cached", 0, OPTION_FLAG, offsetof(struct diff_options, cached), NULL, "the same as --staged" },
    { "stat", 0, OPTION_FLAG, offsetof(struct diff_options, stat), NULL, "a line for each item" },
    { "format", 0, OPTION_TEXT, offsetof(struct diff_options, format), "FORMAT",
      "text, markdown or json; markdown is a comment for a pull request" },
    { "links", 0, OPTION_TEXT, offsetof(struct diff_options, links), "URL",
      "address of the files in a forge, for --format markdown" },
    { "exit-code", 0, OPTION_FLAG, offsetof(struct diff_options, exit_code), NULL,
      "status 1 where there is a difference" },
    { "quiet", 'q', OPTION_FLAG, offsetof(struct diff_options, quiet), NULL,
      "say nothing; the status tells" },
    { 0 },
};

static const char *const formats[] = { "text", "markdown", "json", NULL };

/* The format asked for; NULL with a usage error. */
static const char *find_format(const struct context *context, const struct diff_options *given,
                               GError **error)
{
    const char *format = context->json ? "json" : given->format ? given->format : "text";

    if (given->format && !g_strv_contains(formats, given->format)) {
        const char *nearest = nearest_name(given->format, formats);
        usage_error(error,
                    nearest ? "--format: there is no %s; did you mean %s?"
                            : "--format: expected text, markdown or json, saw %s",
                    given->format, nearest);
        return NULL;
    }
    if (given->format && strcmp(format, given->format) != 0) {
        usage_error(error, "choose one of --json and --format %s", given->format);
        return NULL;
    }
    if (given->links && strcmp(format, "markdown") != 0) {
        usage_error(error, "--links: expected --format markdown, saw %s", format);
        return NULL;
    }
    if (given->stat && strcmp(format, "text") != 0) {
        usage_error(error, "--stat: expected --format text, saw %s", format);
        return NULL;
    }
    return format;
}

/* -- printing -- */

/* How the user asked: "main...HEAD k7q2m". */
static char *words_of(const struct diff_options *given, char **arguments)
{
    g_autofree char *words = g_strjoinv(" ", arguments);
    gboolean staged = given->staged || given->cached;
    return g_strconcat(staged ? "--staged" : "", staged && *words ? " " : "", words, NULL);
}

static void print_markdown(struct context *context, const struct diff_options *given, char **arguments,
                           const struct review *review, const char *links)
{
    g_autofree char *words = words_of(given, arguments);
    g_autofree char *comment = diff_markdown_print(review, context->policy, words, links);
    output_write(context->output, comment);
}

static void print_text(struct context *context, const struct diff_options *given, const struct review *review,
                       const struct review_range *range)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const struct diff_text text = { context, review, range->after == NULL };

    if (given->stat)
        diff_text_stat(&text, out);
    else
        diff_text_print(&text, out);
    output_write(context->output, out->str);
}

/* -- */

/* The review that the arguments ask for; range is to be cleared in any case. */
static struct review *open_review(struct context *context, const struct diff_options *given, char **arguments,
                                  struct diff_range *range, GError **error)
{
    gboolean staged = given->staged || given->cached;
    GError *cause = NULL;

    if (!diff_range_parse(range, context->policy, staged, arguments, error))
        return NULL;
    const char *const *ids = range->ids[0] ? (const char *const *)range->ids : NULL;
    struct review *review = review_new(context->policy, &range->range, ids, &cause);
    if (!review && range->guessed && g_error_matches(cause, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM))
        g_prefix_error(&cause, "expected a revision or an item: ");
    if (!review)
        g_propagate_error(error, cause);
    return review;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct diff_options *given = options;
    const char *format = find_format(context, given, error);
    g_autofree char *links = NULL;
    struct diff_range range = { 0 };

    if (!format || !diff_markdown_links(given->links, &links, error))
        return -1;
    g_autoptr(Review) review = open_review(context, given, arguments, &range, error);
    if (review && !given->quiet) {
        if (strcmp(format, "json") == 0)
            diff_json_print(context, review, &range.range);
        else if (strcmp(format, "markdown") == 0)
            print_markdown(context, given, arguments, review, links);
        else
            print_text(context, given, review, &range.range);
    }
    diff_range_clear(&range);
    if (!review)
        return -1;
    return (given->exit_code || given->quiet) && !review_is_empty(review);
}

const struct command command_diff = {
    .name = "diff",
    .arguments = "[REV…] [--] [ID…]",
    .summary = "Show what was decided between two moments of the backlog.",
    .needs = NEEDS_POLICY | NEEDS_PAGER | TAKES_DASHES,
    .options_size = sizeof(struct diff_options),
    .options = table,
    .most = G_MAXUINT,
    .run = run,
};
