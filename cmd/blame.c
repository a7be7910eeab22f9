#include "log_words.h"
#include "present.h"

#include "blame.h"

#include <stddef.h>
#include <string.h>

struct blame_options {
    char **fields;
    char *revision;
};

static const struct option table[] = {
    { "field", 0, OPTION_TEXTS, offsetof(struct blame_options, fields), "FIELD",
      "a field, criteria, criterion N, questions, decisions, or the heading of a section, alone; "
      "repeatable" },
    { "at", 0, OPTION_TEXT, offsetof(struct blame_options, revision), "REV",
      "the item as of a revision; : is the index" },
    { 0 },
};

/* -- as JSON -- */

static void add_origin(struct json *object, const struct blame_part *part)
{
    const struct history_decision *decision = part->decision;

    if (!decision) {
        json_add_null(object, "origin");
        return;
    }
    g_autofree char *time = log_time(decision, "%Y-%m-%dT%H:%M:%S%:z");
    struct json *origin = json_add_object(object, "origin");
    json_add_string(origin, "commit", decision->commit);
    json_add_boolean(origin, "boundary", part->is_boundary);
    struct json *author = json_add_object(origin, "author");
    json_add_string(author, "name", decision->author_name);
    json_add_string(author, "email", decision->author_email);
    json_add_string(origin, "time", time);
    json_add_string(origin, "subject", decision->subject);
    struct json *participants = json_add_array(origin, "participants");
    for (guint i = 0; i < decision->participants->len; i++)
        json_add_string(participants, NULL, decision->participants->pdata[i]);
    json_add_string(origin, "reason", part->reason);
}

static void add_part(struct json *parts, const struct blame_part *part)
{
    static const char *const kinds[] = { "field",  "entry",    "criterion", "question",
                                         "answer", "decision", "section",   "text" };
    static const char *const aspects[] = { "wording", "details", "tick" };
    struct json *object = json_add_object(parts, NULL);

    json_add_string(object, "kind", kinds[part->kind]);
    json_add_string(object, "aspect", aspects[part->aspect]);
    json_add_string(object, "name", part->name);
    if (part->number)
        json_add_integer(object, "number", part->number);
    else
        json_add_null(object, "number");
    json_add_string(object, "value", part->value);
    if (part->has_box)
        json_add_boolean(object, "ticked", part->ticked);
    else
        json_add_null(object, "ticked");
    json_add_integer(object, "line", part->line);
    add_origin(object, part);
}

static void print_json(struct context *context, const struct blame *blame)
{
    g_autoptr(Json) json = json_new_object();
    g_autofree char *path = policy_display(context->policy, blame->path);

    json_add_integer(json, "version", 1);
    json_add_string(json, "id", blame->id);
    json_add_string(json, "path", path);
    struct json *parts = json_add_array(json, "parts");
    for (guint i = 0; i < blame->parts->len; i++)
        add_part(parts, blame->parts->pdata[i]);
    json_add_boolean(json, "complete", !blame->is_cut);
    present_json(context, json);
}

/* -- as text -- */

static const struct table_column columns[] = {
    { .name = "what", .title = "WHAT", .shrink = 4, .minimum = 14 },
    { .name = "value", .title = "VALUE", .shrink = 3, .minimum = 16 },
    { .name = "who", .title = "WHO", .shrink = 2, .minimum = 10 },
    { .name = "when", .title = "WHEN", .drop = 2 },
    { .name = "commit", .title = "COMMIT" },
    { .name = "reason", .title = "REASON", .shrink = 1, .minimum = 16, .drop = 1 },
};

static char *value_of(const struct blame_part *part)
{
    gboolean boxed = part->has_box && part->aspect == BLAME_WORDING;
    const char *box = boxed ? (part->ticked ? "[x] " : "[ ] ") : "";
    return g_strchomp(g_strconcat(box, part->value ? part->value : "", NULL));
}

/* What belongs to a criterion or a question stands right below it. */
static char *what_of(const struct blame_part *part)
{
    if (part->kind == BLAME_ANSWER)
        return g_strdup("  answer");
    if (part->aspect == BLAME_WORDING)
        return blame_part_name(part);
    return g_strdup(part->aspect == BLAME_DETAILS ? "  details" : part->ticked ? "  ticked" : "  unticked");
}

static char *who_of(const struct history_decision *decision)
{
    const char *author = *decision->author_name ? decision->author_name : decision->author_email;
    g_autofree char *with = log_names(decision->participants);
    return g_strconcat(author, *with ? ", with " : "", with, NULL);
}

/* On one line. */
static char *reason_of(const struct blame_part *part)
{
    g_auto(GStrv) words = g_strsplit_set(part->reason ? part->reason : "", " \t\n", -1);
    GString *line = g_string_new(NULL);

    for (gsize i = 0; words[i]; i++)
        if (*words[i])
            g_string_append_printf(line, "%s%s", line->len ? " " : "", words[i]);
    return g_string_free(line, FALSE);
}

/* One after another of the same decision is not looked at again. */
static void add_row(struct table *rows, const struct blame_part *part, gboolean again)
{
    const struct history_decision *decision = part->decision;
    g_autofree char *name = what_of(part), *value = value_of(part);

    table_add(rows, name, TABLE_CYAN);
    table_add(rows, value, TABLE_PLAIN);
    if (!decision) {
        table_add(rows, "not yet recorded", TABLE_RED);
        for (guint i = 0; i < 3; i++)
            table_add(rows, NULL, TABLE_PLAIN);
        return;
    }
    g_autofree char *who = who_of(decision), *day = log_time(decision, "%Y-%m-%d");
    g_autofree char *reason = reason_of(part);
    g_autofree char *commit = g_strconcat(part->is_boundary ? "^" : "", decision->short_commit, NULL);
    table_add(rows, who, again ? TABLE_DIM : TABLE_PLAIN);
    table_add(rows, day ? day : "(no date)", again ? TABLE_DIM : TABLE_PLAIN);
    table_add(rows, commit, again ? TABLE_DIM : TABLE_YELLOW);
    table_add(rows, reason, again ? TABLE_DIM : TABLE_PLAIN);
}

static void print_text(struct context *context, const struct blame *blame)
{
    g_autoptr(Table) rows = table_new(columns, G_N_ELEMENTS(columns));
    g_autoptr(GString) out = g_string_new(NULL);
    const struct history_decision *last = NULL;
    struct table_look look = { .width = output_width(context->output),
                               .header = TRUE,
                               .color = output_color(context->output) };

    for (guint i = 0; i < blame->parts->len; i++) {
        const struct blame_part *part = blame->parts->pdata[i];
        if (part->is_implied)
            continue;
        add_row(rows, part, part->decision && part->decision == last);
        last = part->decision;
    }
    if (table_rows(rows))
        table_print_text(rows, out, &look);
    output_write(context->output, out->str);
}

/* -- */

static gboolean is_whole(const struct blame *blame)
{
    for (guint i = 0; i < blame->parts->len; i++)
        if (!((const struct blame_part *)blame->parts->pdata[i])->decision)
            return FALSE;
    return TRUE;
}

/* What is not there, not known and not recorded. */
static void say_rest(struct context *context, const struct blame *blame, const char *revision,
                     const GPtrArray *missing)
{
    struct output *output = context->output;

    for (guint i = 0; i < missing->len; i++)
        output_hint(output, "%s has no %s now; refine log %s shows what it had", blame->id,
                    (const char *)missing->pdata[i], blame->id);
    if (context->json)
        return;
    if (blame->is_cut)
        output_hint(output,
                    "what has a ^ was decided there or earlier: this clone lacks what came before; git "
                    "fetch --unshallow gets the rest of a shallow one");
    if (!revision && !is_whole(blame))
        output_hint(output, "refine commit %s records what is not yet recorded", blame->id);
}

static struct blame *open_item(struct context *context, const char *word, const char *revision,
                               GError **error)
{
    g_autoptr(Backlog) backlog = backlog_open(context->policy, revision, error);
    const struct entry *entry = backlog ? backlog_find(backlog, word, error) : NULL;
    g_autoptr(GError) cause = NULL;

    if (!entry)
        return NULL;
    g_autofree char *path = policy_display(context->policy, entry->path);
    if (!entry->id) {
        g_set_error(error, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM,
                    "%s: expected an id in the name, by which history follows a file", path);
        return NULL;
    }
    g_autoptr(GBytes) bytes = backlog_read(backlog, entry, &cause);
    if (!bytes) {
        g_set_error(error, cause->domain, cause->code, "%s: %s", path, cause->message);
        return NULL;
    }
    return blame_new(context->policy, entry->path, bytes, error);
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct blame_options *given = options;
    g_autoptr(Blame) blame = open_item(context, arguments[0], given->revision, error);
    g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(g_free);

    if (!blame)
        return -1;
    if (given->fields && !blame_select(blame, (const char *const *)given->fields, missing, error))
        return -1;
    if (!blame_trace(&blame, 1, given->revision, error))
        return -1;
    if (context->json)
        print_json(context, blame);
    else
        print_text(context, blame);
    say_rest(context, blame, given->revision, missing);
    return missing->len ? 1 : 0;
}

const struct command command_blame = {
    .name = "blame",
    .arguments = "ID",
    .summary = "Show who last decided each part of an item, when and why.",
    .needs = NEEDS_POLICY | NEEDS_PAGER,
    .options_size = sizeof(struct blame_options),
    .options = table,
    .least = 1,
    .most = 1,
    .run = run,
};
