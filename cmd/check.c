#include "present.h"
#include "present_finding.h"

#include "rules.h"

#include <stddef.h>
#include <string.h>

struct check_options {
    char *format;
    char *fail_on;
    gboolean all;
};

static const struct option table[] = {
    { "format", 0, OPTION_TEXT, offsetof(struct check_options, format), "FORMAT", "text or json" },
    { "fail-on", 0, OPTION_TEXT, offsetof(struct check_options, fail_on), "LEVEL",
      "error (the default), warning or note: status 1 from there" },
    { "all", 0, OPTION_FLAG, offsetof(struct check_options, all), NULL,
      "hold every open item to the rules of ready ones" },
    { 0 },
};

struct tally {
    guint of[SEVERITY_ERROR + 1];
    guint items;
};

static struct tally count(const GPtrArray *findings, guint items)
{
    struct tally tally = { .items = items };
    for (guint i = 0; i < findings->len; i++)
        tally.of[((struct finding *)findings->pdata[i])->severity]++;
    return tally;
}

/* -- text -- */

static void print_text(struct context *context, const GPtrArray *findings, const struct tally *tally)
{
    g_autoptr(GString) out = g_string_new(NULL);

    present_findings(out, context->output, findings, context->policy, TRUE);
    if (findings->len == 0 && tally->items == 0)
        g_string_append(out, "the backlog is empty, nothing to check\n");
    else if (findings->len == 0)
        g_string_append_printf(out, "%u item%s checked against %u rules, nothing found\n", tally->items,
                               present_plural(tally->items), rule_count());
    else
        g_string_append_printf(out, "%u item%s checked: %u error%s, %u warning%s, %u note%s\n", tally->items,
                               present_plural(tally->items), tally->of[SEVERITY_ERROR],
                               present_plural(tally->of[SEVERITY_ERROR]), tally->of[SEVERITY_WARNING],
                               present_plural(tally->of[SEVERITY_WARNING]), tally->of[SEVERITY_NOTE],
                               present_plural(tally->of[SEVERITY_NOTE]));
    output_write(context->output, out->str);
}

/* -- JSON -- */

static void print_json(struct context *context, const GPtrArray *findings, const struct tally *tally)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    json_add_integer(json, "items", tally->items);
    json_add_integer(json, "errors", tally->of[SEVERITY_ERROR]);
    json_add_integer(json, "warnings", tally->of[SEVERITY_WARNING]);
    json_add_integer(json, "notes", tally->of[SEVERITY_NOTE]);
    struct json *list = json_add_array(json, "findings");
    present_findings_json(list, findings, context->policy);
    present_json(context, json);
}

/* -- */

static gboolean parse_level(const char *text, enum severity *severity)
{
    for (*severity = SEVERITY_NOTE; *severity <= SEVERITY_ERROR; ++*severity)
        if (strcmp(text, severity_name(*severity)) == 0)
            return TRUE;
    return FALSE;
}

/* The paths of the items named; NULL with an error where one is not there. */
static GPtrArray *paths_of(struct backlog *backlog, char **words, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    for (gsize i = 0; words[i]; i++) {
        const struct entry *entry = backlog_find(backlog, words[i], error);
        if (!entry)
            return NULL;
        if (!g_ptr_array_find_with_equal_func(paths, entry->path, g_str_equal, NULL))
            g_ptr_array_add(paths, (gpointer)entry->path);
    }
    g_ptr_array_add(paths, NULL);
    return g_steal_pointer(&paths);
}

/* Whether a service runs this: nobody comes back to an index that it would write. */
static gboolean is_ci(void)
{
    const char *ci = g_getenv("CI");
    return ci && *ci && strcmp(ci, "false") != 0;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct check_options *given = options;
    const char *format = context->json ? "json" : given->format ? given->format : "text";
    enum severity level = SEVERITY_ERROR;

    if (given->format && strcmp(given->format, "text") != 0 && strcmp(given->format, "json") != 0)
        return usage_error(error, "--format: expected text or json, saw %s", given->format);
    if (given->format && strcmp(format, given->format) != 0)
        return usage_error(error, "choose one of --json and --format %s", given->format);
    if (given->fail_on && !parse_level(given->fail_on, &level))
        return usage_error(error, "--fail-on: expected error, warning or note, saw %s", given->fail_on);
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    if (backlog && is_ci())
        backlog_keep_index(backlog);
    g_autoptr(GPtrArray) only = backlog ? paths_of(backlog, arguments, error) : NULL;
    if (!only)
        return -1;
    const struct rules_options wanted = { given->all,
                                          arguments[0] ? (const char *const *)only->pdata : NULL };
    g_autoptr(GPtrArray) findings = rules_check(backlog, &wanted);
    struct tally tally = count(findings, arguments[0] ? only->len - 1 : backlog->items->len);

    if (strcmp(format, "json") == 0)
        print_json(context, findings, &tally);
    else
        print_text(context, findings, &tally);
    return findings_gravest(findings) >= level ? 1 : 0;
}

const struct command command_check = {
    .name = "check",
    .arguments = "[ID…]",
    .summary = "Check items against the rules.",
    .needs = NEEDS_POLICY | NEEDS_PAGER,
    .options_size = sizeof(struct check_options),
    .options = table,
    .most = G_MAXUINT,
    .run = run,
};
