#include "present.h"
#include "record.h"
#include "sheet.h"

#include "criteria.h"
#include "plain.h"
#include "remark.h"

#include <stddef.h>
#include <string.h>

struct decide_options {
    char **rejected;
    char *limit;
};

static const struct option table[] = {
    { "rejected", 0, OPTION_TEXTS, offsetof(struct decide_options, rejected), "TEXT",
      "an alternative that was rejected, and why: \"several (nobody asks)\"; may be given again" },
    { "limit", 0, OPTION_TEXT, offsetof(struct decide_options, limit), "NUMBER", "list so many at most" },
    { 0 },
};

/* -- lists -- */

/* One line under Decisions. */
struct line {
    char *id; /* NULL: none yet */
    char *path;
    char *title;
    char *text;
    struct remark remark; /* day NULL: it is written in another form */
    guint at;             /* line of the file, from 1 */
    guint place;          /* among all, as they were read */
};

struct listing {
    struct context *context;
    GArray *lines; /* struct line */
};

static void line_clear(gpointer data)
{
    struct line *line = data;
    g_free(line->id);
    g_free(line->path);
    g_free(line->title);
    g_free(line->text);
    remark_clear(&line->remark);
}

static void visit(const struct sheet *sheet, gpointer data)
{
    struct listing *listing = data;
    const struct document *document = sheet->document;
    g_autoptr(GPtrArray) entries =
        criteria_read_entries(sheet->document, listing->context->policy, SECTION_DECISIONS);

    for (guint i = 0; i < entries->len; i++) {
        const struct criterion *entry = entries->pdata[i];
        struct line line = {
            .id = g_strdup(sheet->id),
            .path = g_strdup(sheet->path),
            .title = g_strdup(sheet->title),
            .text = g_strconcat(entry->text, *entry->details ? " " : "", entry->details, NULL),
            .at = lines_locate(document->text, document->length, entry->span.start).line,
            .place = listing->lines->len,
        };
        remark_parse(line.text, &line.remark);
        g_array_append_val(listing->lines, line);
    }
}

static gboolean is_item(struct backlog *backlog, const struct item *item)
{
    return item->readable;
}

/* The newest first, of one day the last written; those without a day behind, as they were read. */
static gint compare(gconstpointer a, gconstpointer b)
{
    const struct line *one = a, *other = b;
    int days = g_strcmp0(other->remark.day, one->remark.day);
    gboolean same_item = strcmp(one->path, other->path) == 0;

    if (days != 0)
        return days;
    return (one->place > other->place) == (one->remark.day && same_item) ? -1 : 1;
}

static gboolean read_all(struct context *context, struct listing *listing, GError **error)
{
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);

    if (!backlog)
        return FALSE;
    backlog_load(backlog);
    sheets_visit(backlog, is_item, visit, listing);
    g_array_sort(listing->lines, compare);
    return TRUE;
}

static void print_text(struct context *context, const GArray *lines, gboolean named)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < lines->len; i++) {
        const struct line *line = &g_array_index(lines, struct line, i);
        g_autofree char *name = line->id ? g_strdup(line->id) : present_path(context->policy, line->path);
        g_autofree char *text = plain_escape(line->text, -1);
        if (named)
            g_string_append_printf(out, "%s%s%s ", output_sgr(context->output, TABLE_YELLOW), name,
                                   output_sgr(context->output, TABLE_PLAIN));
        g_string_append_printf(out, "%s\n", text);
    }
    output_write(context->output, out->str);
}

static void print_json(struct context *context, const GArray *lines)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    struct json *list = json_add_array(json, "remarks");
    for (guint i = 0; i < lines->len; i++) {
        const struct line *line = &g_array_index(lines, struct line, i);
        struct json *object = json_add_object(list, NULL);
        g_autofree char *path = policy_display(context->policy, line->path);
        json_add_string(object, "id", line->id);
        json_add_string(object, "path", path);
        json_add_string(object, "title", line->title);
        json_add_integer(object, "line", line->at);
        present_remark(object, line->text, &line->remark);
    }
    present_json(context, json);
}

static gboolean parse_limit(const char *text, guint *limit, GError **error)
{
    guint64 number = G_MAXUINT;

    if (text && !g_ascii_string_to_unsigned(text, 10, 1, G_MAXUINT, &number, NULL)) {
        usage_error(error, "--limit: expected a number from 1 on, saw %s", *text ? text : "none");
        return FALSE;
    }
    *limit = (guint)number;
    return TRUE;
}

static int list(struct context *context, const char *id, const struct decide_options *options, GError **error)
{
    const char *given = options->rejected ? "--rejected" : record_given(context->record);
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(struct line));
    struct listing listing = { context, lines };
    guint limit;

    g_array_set_clear_func(lines, line_clear);
    if (given)
        return usage_error(error, "%s goes with a decision: a list records nothing", given);
    if (!parse_limit(options->limit, &limit, error) ||
        !(id ? sheet_visit(context, id, visit, &listing, error) : read_all(context, &listing, error)))
        return -1;
    if (lines->len > limit && id)
        g_array_remove_range(lines, 0, lines->len - limit);
    else if (lines->len > limit)
        g_array_set_size(lines, limit);
    if (context->json)
        print_json(context, lines);
    else
        print_text(context, lines, !id);
    if (lines->len == 0 && !context->json)
        output_hint(context->output, "%s no decisions; refine decide ID TEXT writes one",
                    id ? "the item has" : "there are");
    return 0;
}

/* -- deciding -- */

struct deciding {
    struct context *context;
    const char *text;
    const char *const *rejected;
};

static gboolean decide(struct draft *draft, gpointer data, GError **error)
{
    const struct deciding *deciding = data;
    const struct record_options *record = deciding->context->record;
    g_autofree char *line = remark_line(deciding->text);
    g_autofree char *names = NULL;

    if (!*line)
        return draft_refuse(error, "expected what was decided, saw none");
    for (gsize i = 0; deciding->rejected && deciding->rejected[i]; i++) {
        g_autofree char *rejected = remark_line(deciding->rejected[i]);
        if (!*rejected)
            return draft_refuse(error, "--rejected: expected what was rejected, saw none");
    }
    names = remark_names(draft->backlog->policy, (const char *const *)record->with, error);
    return names && remark_decide(draft, names, deciding->text, deciding->rejected, error);
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct decide_options *given = options;
    struct deciding deciding = { context, arguments[0] ? arguments[1] : NULL,
                                 (const char *const *)given->rejected };

    if (!deciding.text)
        return list(context, arguments[0], given, error);
    if (given->limit)
        return usage_error(error, "--limit goes with a list, and a decision is given");
    return record_item(context, arguments[0], decide, &deciding, error);
}

const struct command command_decide = {
    .name = "decide",
    .arguments = "[ID [TEXT]]",
    .summary = "Keep a decision in an item, with who took part and what was rejected, or list them.",
    .needs = NEEDS_POLICY | NEEDS_PAGER | RECORDS | SETTLES,
    .options_size = sizeof(struct decide_options),
    .options = table,
    .most = 2,
    .run = run,
};
