#include "feedback_notify.h"

#include "notice.h"
#include "plain.h"
#include "present.h"

#include <string.h>

#define INDENT 2

/* -- one row for each who is to be told of an item -- */

/* The texts of requests that have one, each once, a line each. */
static char *join_texts(const struct recipient *recipient,
                        const char *(*text_of)(const struct demanded *demanded))
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new();

    for (guint i = 0; i < recipient->requests->len; i++) {
        const char *text = text_of(recipient->requests->pdata[i]);
        if (text && !g_ptr_array_find_with_equal_func(texts, text, g_str_equal, NULL))
            g_ptr_array_add(texts, (gpointer)text);
    }
    g_ptr_array_add(texts, NULL);
    return g_strjoinv("\n", (char **)texts->pdata);
}

static const char *on_of(const struct demanded *demanded)
{
    return demanded->request->on;
}

static const char *says_of(const struct demanded *demanded)
{
    return demanded->request->says;
}

static const char *via_of(const struct demanded *demanded)
{
    return demanded->request->via;
}

static const char *item_of(const struct demanded *demanded)
{
    return demanded->request->item->id;
}

static struct table *new_table(const struct notices *notices)
{
    static const struct table_column columns[] = {
        { .name = "id", .title = "id" },     { .name = "title", .title = "title" },
        { .name = "told", .title = "told" }, { .name = "from", .title = "from" },
        { .name = "on", .title = "on" },     { .name = "says", .title = "says" },
        { .name = "via", .title = "via" },   { .name = "asked", .title = "asked for" },
    };
    struct table *table = table_new(columns, G_N_ELEMENTS(columns));

    for (guint i = 0; i < notices->list->len; i++) {
        const struct notice *notice = notices->list->pdata[i];
        for (guint j = 0; j < notice->recipients->len; j++) {
            const struct recipient *recipient = notice->recipients->pdata[j];
            g_autofree char *on = join_texts(recipient, on_of), *says = join_texts(recipient, says_of);
            g_autofree char *via = join_texts(recipient, via_of), *asked = join_texts(recipient, item_of);
            const char *const cells[] = { notice->item->id,
                                          notice->item->title,
                                          recipient->part ? "part" : "whole",
                                          recipient->from,
                                          on,
                                          says,
                                          via,
                                          asked };
            for (gsize k = 0; k < G_N_ELEMENTS(cells); k++)
                table_add(table, *cells[k] ? cells[k] : NULL, TABLE_PLAIN);
        }
    }
    return table;
}

/* -- JSON -- */

static void add_request(struct json *list, const struct demanded *demanded)
{
    const struct request *request = demanded->request;
    struct json *object = json_add_object(list, NULL);

    json_add_string(object, "on", request->on);
    json_add_string(object, "from", request->from);
    json_add_string(object, "says", request->says);
    json_add_string(object, "via", request->via);
    json_add_string(object, "item", request->item->id);
    json_add_string(object, "source", request_source_name(demanded->source));
}

static void add_notice(struct json *list, const struct notice *notice)
{
    struct json *object = json_add_object(list, NULL);

    json_add_string(object, "id", notice->item->id);
    json_add_string(object, "title", notice->item->title);
    json_add_boolean(object, "split", notice->whole);
    struct json *askers = json_add_array(object, "askers");
    for (guint i = 0; i < notice->recipients->len; i++) {
        const struct recipient *recipient = notice->recipients->pdata[i];
        struct json *asker = json_add_object(askers, NULL);
        json_add_string(asker, "from", recipient->from);
        json_add_string(asker, "told", recipient->part ? "part" : "whole");
        struct json *requests = json_add_array(asker, "requests");
        for (guint j = 0; j < recipient->requests->len; j++)
            add_request(requests, recipient->requests->pdata[j]);
    }
}

static void print_json(struct context *context, const struct notices *notices, const char *since)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    json_add_string(json, "since", since);
    json_add_integer(json, "released", notices->released);
    struct json *list = json_add_array(json, "notices");
    for (guint i = 0; i < notices->list->len; i++)
        add_notice(list, notices->list->pdata[i]);
    json_add_integer(json, "unreadable", notices->now->findings->len);
    present_json(context, json);
}

/* -- text -- */

/* A notice that is being printed. */
struct page {
    struct context *context;
    struct styled_look look;
    GString *out;
    guint columns;           /* of who asked */
    GHashTable *seen;        /* items of which the title was told */
    const struct item *part; /* those that follow asked for this, of which the item is a part; NULL */
};

/* The one item that somebody asked for; NULL: there are several. */
static const struct item *only_item(const struct recipient *recipient)
{
    const struct item *item = NULL;

    for (guint i = 0; i < recipient->requests->len; i++) {
        const struct demanded *demanded = recipient->requests->pdata[i];
        if (item && item != demanded->request->item)
            return NULL;
        item = demanded->request->item;
    }
    return item;
}

/* Tells of what the item is a part, before the first of those who asked for that. */
static void print_part(struct page *page, const struct recipient *recipient)
{
    const struct item *part = recipient->part ? only_item(recipient) : NULL;
    g_autoptr(Styled) line = styled_new();

    if (part && part != page->part) {
        styled_add(line, "a part of ", -1, STYLED(TABLE_DIM), NULL);
        styled_add(line, part->id ? part->id : part->path, -1, STYLED(TABLE_DIM), NULL);
        styled_add(line, "  ", -1, STYLED(TABLE_DIM), NULL);
        styled_add(line, part->title, -1, STYLED(TABLE_DIM), NULL);
        styled_print_indented(line, page->out, INDENT, INDENT * 2, &page->look);
    }
    page->part = part;
}

static void print_recipient(struct page *page, const struct recipient *recipient)
{
    g_autoptr(Styled) lead = styled_new(), body = styled_new();

    print_part(page, recipient);
    for (guint i = 0; i < recipient->requests->len; i++) {
        const struct demanded *demanded = recipient->requests->pdata[i];
        feedback_add_request(body, &page->look, demanded->request);
        if (!page->part)
            feedback_add_source(body, demanded, page->seen);
    }
    styled_add_fill(lead, " ", page->part ? INDENT * 2 : INDENT, 0);
    feedback_print_asker(page->out, lead, recipient->from, page->columns, body, &page->look);
}

static void print_notice(struct page *page, const struct notice *notice)
{
    feedback_print_item(page->context, page->out, notice->item);
    if (notice->whole)
        g_string_append_printf(page->out, "%*s%sall of its parts are released%s\n", INDENT, "",
                               output_sgr(page->context->output, TABLE_DIM),
                               output_sgr(page->context->output, TABLE_PLAIN));
    for (guint i = 0; i < notice->recipients->len; i++)
        page->columns =
            feedback_widen(page->columns, ((const struct recipient *)notice->recipients->pdata[i])->from);
    for (guint i = 0; i < notice->recipients->len; i++)
        print_recipient(page, notice->recipients->pdata[i]);
}

/* Since when it is, and for how many items there is nobody to be told. */
static void say_rest(struct context *context, const struct notices *notices, const char *revision,
                     gboolean chosen)
{
    struct output *output = context->output;
    guint silent = notices->released - notices->list->len;
    g_autofree char *when = revision ? g_strdup_printf(" since %s", revision) : g_strdup("");

    if (notices->released == 0)
        output_hint(output, "nothing was released%s", when);
    else if (silent == notices->released)
        output_hint(output, "nobody asked for the %u item%s released%s", silent, present_plural(silent),
                    when);
    else if (silent)
        output_hint(output, "nobody asked for %u of the %u items released%s", silent, notices->released,
                    when);
    if (chosen)
        return;
    if (revision)
        output_hint(output, "%s is the last tag; --since REV begins elsewhere", revision);
    else
        output_hint(output,
                    "no tag is before HEAD: this is all that was ever released; --since REV begins later");
}

static void print_text(struct context *context, const struct notices *notices)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < notices->list->len; i++) {
        g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
        struct page page = { context, feedback_look(context), out, 0, seen, NULL };
        g_string_append(out, i ? "\n" : "");
        print_notice(&page, notices->list->pdata[i]);
    }
    output_write(context->output, out->str);
}

/* -- -- */

int feedback_notify(struct context *context, const char *since, enum feedback_format format, GError **error)
{
    GError *cause = NULL;
    g_autofree char *revision = since ? g_strdup(since) : notice_since(context->policy, &cause);
    g_autoptr(Notices) notices = cause ? NULL : notices_new(context->policy, revision, error);

    if (cause)
        g_propagate_error(error, cause);
    if (!notices)
        return -1;
    if (format == FEEDBACK_JSON) {
        print_json(context, notices, revision);
    } else if (format == FEEDBACK_TEXT) {
        print_text(context, notices);
        say_rest(context, notices, revision, since != NULL);
    } else {
        g_autoptr(Table) table = new_table(notices);
        feedback_print_table(context, table, format);
    }
    return feedback_is_whole(context, notices->now) ? 0 : 1;
}
