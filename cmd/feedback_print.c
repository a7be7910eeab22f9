#include "feedback_print.h"

#include "hyperlink.h"
#include "nearest.h"
#include "plain.h"
#include "present.h"

#include <string.h>

/* Files that cannot be read, by name. */
#define NAMED 10

/* Columns of who asked; a longer name stands on a line of its own. */
#define MOST_FROM 24

gboolean feedback_format_parse(const struct context *context, const char *format,
                               enum feedback_format *wanted, GError **error)
{
    static const char *const names[] = { "text", "tsv", "csv", "json", "jsonl", "markdown", NULL };

    *wanted = context->json ? FEEDBACK_JSON : FEEDBACK_TEXT;
    if (!format)
        return TRUE;
    for (guint i = 0; names[i]; i++)
        if (strcmp(names[i], format) == 0)
            *wanted = i;
    if (!g_strv_contains(names, format)) {
        const char *nearest = nearest_name(format, names);
        usage_error(error,
                    nearest ? "--format: there is no %s; did you mean %s?"
                            : "--format: expected text, tsv, csv, json, jsonl or markdown, saw %s",
                    format, nearest);
        return FALSE;
    }
    if (!context->json || *wanted == FEEDBACK_JSON)
        return TRUE;
    usage_error(error, "choose one of --json and --format %s", format);
    return FALSE;
}

void feedback_print_table(struct context *context, const struct table *table, enum feedback_format format)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (format == FEEDBACK_TSV)
        table_print_tsv(table, out);
    else if (format == FEEDBACK_CSV)
        table_print_csv(table, out, CSVROW_GUARDED);
    else if (format == FEEDBACK_JSONL)
        table_print_jsonl(table, out);
    else if (format == FEEDBACK_MARKDOWN)
        table_print_markdown(table, out);
    output_write(context->output, out->str);
}

/* -- text -- */

struct styled_look feedback_look(const struct context *context)
{
    guint width = output_width(context->output);

    return (struct styled_look){ .width = width ? MIN(width, STYLED_MEASURE) : 0,
                                 .color = output_color(context->output),
                                 .links = output_links(context->output),
                                 .utf8 = output_is_utf8() };
}

void feedback_print_item(struct context *context, GString *out, const struct item *item)
{
    struct styled_look look = feedback_look(context);
    g_autofree char *link = look.links ? present_item_link(context, item->path) : NULL;
    g_autoptr(Styled) first = styled_new(), line = styled_new();

    styled_add(first, item->id ? item->id : "no id yet", -1, STYLED(TABLE_CYAN), link);
    styled_add(first, "  ", -1, 0, NULL);
    styled_add(line, item->readable && *item->title ? item->title : "without a title", -1, STYLED(TABLE_BOLD),
               NULL);
    styled_print(line, out, first, NULL, &look);
}

static void begin_line(struct styled *styled)
{
    if (styled_length(styled))
        styled_add_break(styled);
}

void feedback_add_request(struct styled *styled, const struct styled_look *look,
                          const struct request *request)
{
    if (request->says) {
        g_auto(GStrv) lines = g_strsplit(request->says, "\n", -1);
        begin_line(styled);
        for (gsize i = 0; lines[i]; i++) {
            if (i)
                styled_add_break(styled);
            styled_add(styled, lines[i], -1, 0, NULL);
        }
    }
    if (request->via) {
        g_autofree char *url = look->links ? hyperlink_url(request->via) : NULL;
        begin_line(styled);
        styled_add(styled, request->via, -1, url ? STYLED_UNDERLINE | STYLED_LONG : STYLED_LONG, url);
    }
}

void feedback_add_source(struct styled *styled, const struct demanded *demanded, GHashTable *seen)
{
    const struct item *item = demanded->request->item;
    const char *texts[] = { "for its ", request_source_name(demanded->source),
                            " ",        item->id ? item->id : item->path,
                            "  ",       item->title };
    gsize n = G_N_ELEMENTS(texts);

    if (demanded->source == REQUEST_OWN)
        return;
    begin_line(styled);
    n -= g_hash_table_add(seen, (gpointer)item) ? 0 : 2;
    for (gsize i = 0; i < n; i++)
        styled_add(styled, texts[i], -1, STYLED(TABLE_DIM), NULL);
}

static char *shown_from(const char *from)
{
    return plain_escape(from ? from : "somebody", -1);
}

guint feedback_widen(guint columns, const char *from)
{
    g_autofree char *shown = shown_from(from);
    guint width = plain_width(shown);
    return width <= MOST_FROM ? MAX(columns, width) : columns;
}

void feedback_print_asker(GString *out, struct styled *lead, const char *from, guint columns,
                          const struct styled *body, const struct styled_look *look)
{
    guint indent = styled_width(lead, 0, styled_length(lead)) + columns + 2;
    g_autofree char *shown = shown_from(from);
    guint width = plain_width(shown);
    g_autoptr(Styled) rest = styled_new();

    styled_add_fill(rest, " ", indent, 0);
    styled_add(lead, shown, -1, 0, NULL);
    if (width > columns || !styled_length(body))
        styled_print(lead, out, NULL, NULL, look);
    if (!styled_length(body))
        return;
    styled_add_fill(lead, " ", width < columns ? columns - width + 2 : 2, 0);
    styled_print(body, out, width > columns ? rest : lead, rest, look);
}

gboolean feedback_is_whole(struct context *context, const struct backlog *backlog)
{
    for (guint i = 0; i < backlog->findings->len && i < NAMED; i++) {
        const struct finding *finding = backlog->findings->pdata[i];
        g_autofree char *path = policy_display(context->policy, finding->path);
        output_warning(context->output, "%s is left out: %s", path, finding->message);
    }
    if (backlog->findings->len > NAMED)
        output_warning(context->output, "and %u more; refine check shows all",
                       backlog->findings->len - NAMED);
    return backlog->findings->len == 0;
}
