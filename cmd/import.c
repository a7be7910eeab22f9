#include "present.h"
#include "present_finding.h"
#include "record.h"

#include "import_backlog_md.h"
#include "import_beads.h"
#include "import_github.h"
#include "import_jira.h"
#include "import_stories.h"
#include "import_tk.h"
#include "nearest.h"

#include <string.h>

/* -- kinds -- */

struct kind {
    const char *name;
    struct import *(*read)(const struct policy *policy, const char *path,
                           const struct import_progress *progress, GError **error);
};

static const struct kind kinds[] = {
    { "backlog-md", import_backlog_md_read }, { "beads", import_beads_read },
    { "github", import_github_read },         { "jira", import_jira_read },
    { "stories", import_stories_read },       { "tk", import_tk_read },
};

static void add_kinds(GPtrArray *words)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        g_ptr_array_add(words, (gpointer)kinds[i].name);
}

static const struct kind *find_kind(const char *name, GError **error)
{
    const char *names[G_N_ELEMENTS(kinds) + 1] = { NULL };

    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        names[i] = kinds[i].name;
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    }
    g_autofree char *all = g_strjoinv(", ", (char **)names);
    const char *nearest = nearest_name(name, names);
    if (nearest)
        usage_error(error, "there is no kind %s; did you mean %s?", name, nearest);
    else
        usage_error(error, "expected a kind, one of %s; saw %s", all, name);
    return NULL;
}

static void step(const char *what, guint done, guint total, gpointer data)
{
    output_progress(data, what, done, total);
}

/* -- text -- */

/* The items in the order that they get, as a table: a dry run has no ids to show. */
static void append_items(GString *out, struct output *output, const struct import *import)
{
    static const struct table_column columns[] = {
        { "alias", "ALIAS", TABLE_LEFT, FALSE, 0, 1 },
        { "type", "TYPE", TABLE_LEFT, FALSE, 0, 1 },
        { "status", "STATUS", TABLE_LEFT, FALSE, 0, 1 },
        { "title", "TITLE", TABLE_LEFT, FALSE, 1, 20 },
    };
    const struct table_look look = { output_width(output), TRUE, output_color(output) };
    g_autoptr(Table) shown = table_new(columns, G_N_ELEMENTS(columns));
    g_autofree const struct import_item **items = g_new0(const struct import_item *, import->items->len + 1);

    for (guint i = 0; i < import->items->len; i++) {
        const struct import_item *item = import->items->pdata[i];
        items[item->place] = item;
    }
    for (guint i = 0; i < import->items->len; i++) {
        if (!items[i]->draft)
            continue;
        table_add(shown, items[i]->id, TABLE_PLAIN);
        table_add(shown, items[i]->type, TABLE_PLAIN);
        table_add(shown, status_names()[items[i]->status], TABLE_PLAIN);
        table_add(shown, items[i]->title, TABLE_PLAIN);
    }
    if (table_rows(shown) > 0)
        table_print_text(shown, out, &look);
}

static void print_text(struct context *context, const struct import *import, gboolean dry_run)
{
    g_autoptr(GString) out = g_string_new(NULL);
    guint made = import->drafts->len;

    present_findings(out, context->output, import->findings, NULL, FALSE);
    if (dry_run)
        append_items(out, context->output, import);
    g_string_append_printf(out, "%u item%s %s, %u there already, %u refused, %u left out\n", made,
                           present_plural(made), dry_run ? "would be made" : "made", import->present,
                           import->refused, import->left_out);
    output_write(context->output, out->str);
}

/* -- JSON -- */

static void add_item(struct json *list, struct context *context, const struct import_item *item,
                     gboolean dry_run)
{
    struct json *object = json_add_object(list, NULL);
    g_autofree char *path = policy_display(context->policy, item->draft->path);

    /* The ids of a dry run are not those of the next run. */
    json_add_string(object, "id", dry_run ? NULL : item->here);
    json_add_string(object, "path", dry_run ? NULL : path);
    json_add_string(object, "alias", item->id);
    json_add_string(object, "type", item->type);
    json_add_string(object, "status", status_names()[item->status]);
    json_add_string(object, "title", item->title);
    json_add_string(object, "source", item->path);
}

static void print_json(struct context *context, const struct import *import, gboolean dry_run)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    json_add_boolean(json, "dry-run", dry_run);
    json_add_integer(json, "made", import->drafts->len);
    json_add_integer(json, "present", import->present);
    json_add_integer(json, "refused", import->refused);
    json_add_integer(json, "left-out", import->left_out);
    struct json *items = json_add_array(json, "items");
    for (guint i = 0; i < import->items->len; i++) {
        const struct import_item *item = import->items->pdata[i];
        if (item->draft)
            add_item(items, context, item, dry_run);
    }
    struct json *findings = json_add_array(json, "findings");
    present_findings_json(findings, import->findings, NULL, NULL);
    g_autofree char *printed = json_print(json, 2);
    g_autofree char *line = g_strconcat(printed, "\n", NULL);
    output_write(context->output, line);
}

/* -- */

/* Other trackers know no stamp, so that what is being done is none of what the team agreed on here. */
static void tell_begun(struct context *context, const struct import *import)
{
    guint begun = 0;

    for (guint i = 0; i < import->items->len; i++) {
        const struct import_item *item = import->items->pdata[i];
        begun += item->draft && item->status == STATUS_DOING;
    }
    if (begun > 0)
        output_hint(context->output,
                    "%u item%s being done and never declared ready here, which refine check refuses; refine "
                    "ready says what %s",
                    begun, begun == 1 ? " is" : "s are", begun == 1 ? "it lacks" : "they lack");
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct import_progress progress = { step, context->output };
    const struct kind *kind = find_kind(arguments[0], error);

    if (kind && !*arguments[1])
        return usage_error(error, "expected the path of what to import, saw an empty word");
    g_autoptr(Backlog) backlog = kind ? backlog_open(context->policy, NULL, error) : NULL;
    g_autoptr(Import) import = backlog ? kind->read(context->policy, arguments[1], &progress, error) : NULL;

    if (!import || !import_draft(import, backlog, &progress, error))
        return -1;
    gboolean dry_run = context->record->dry_run;
    if (!dry_run && !record_quietly(context, backlog, import->drafts, error))
        return -1;
    if (context->json)
        print_json(context, import, dry_run);
    else
        print_text(context, import, dry_run);
    if (!dry_run && import->drafts->len > 0)
        output_hint(context->output, "refine list shows the backlog, refine check what to mend in it");
    if (!dry_run)
        tell_begun(context, import);
    return import->refused > 0 ? 1 : 0;
}

const struct command command_import = {
    .name = "import",
    .arguments = "KIND PATH",
    .summary = "Take over items from backlog-md, beads, github, jira, stories or tk.",
    .needs = NEEDS_POLICY | TAKES_PATHS | RECORDS,
    .least = 2,
    .most = 2,
    .run = run,
    .add_kinds = add_kinds,
};
