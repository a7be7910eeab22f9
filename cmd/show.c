#include "meant.h"
#include "present.h"

#include "markdown_render.h"
#include "plain.h"
#include "show_head.h"
#include "story_item.h"

#include <stddef.h>
#include <string.h>

struct show_options {
    char *revision;
    gboolean raw;
};

static const struct option table[] = {
    { "at", 0, OPTION_TEXT, offsetof(struct show_options, revision), "REV",
      "the item as of a revision; : is the index" },
    { "raw", 0, OPTION_FLAG, offsetof(struct show_options, raw), NULL, "the file, byte by byte" },
    { 0 },
};

/* -- as text -- */

static void print_body(const struct document *document, const struct styled_look *look, GString *out)
{
    g_autoptr(GString) body = g_string_new(NULL);

    if (!markdown_render(body, document->text, document->length, document->front->body, look)) {
        g_autofree char *text = plain_escape_lines(document->text + document->front->body,
                                                   (gssize)(document->length - document->front->body));
        g_string_append(body, text);
        if (body->len && body->str[body->len - 1] != '\n')
            g_string_append_c(body, '\n');
    }
    if (body->len)
        g_string_append_printf(out, "%s%s", *body->str == '\n' ? "" : "\n", body->str);
}

static void print_text(struct context *context, const struct show_options *options, struct backlog *backlog,
                       const struct entry *entry, struct document *document, GString *out)
{
    const struct show_head head = { .context = context,
                                    .backlog = backlog,
                                    .entry = entry,
                                    .document = document,
                                    .look = { .width = output_width(context->output),
                                              .color = output_color(context->output),
                                              .links = output_links(context->output),
                                              .utf8 = output_is_utf8() },
                                    .linked = !options->revision };

    if (out->len)
        g_string_append_c(out, '\n');
    show_head_print(&head, out);
    print_body(document, &head.look, out);
}

/* -- as JSON -- */

static void add_part(struct json *object, const char *key, const struct story_item *told, struct span part)
{
    g_autofree char *text = story_item_text(told, part);

    if (*text)
        json_add_string(object, key, text);
    else
        json_add_null(object, key);
}

static void add_story(struct json *object, struct document *document, const struct policy *policy)
{
    const struct node *title = node_find(document->front->root, "title");
    struct story_item told;

    if (!story_item_find(document, policy, title && title->kind == NODE_SCALAR ? title->text : NULL, &told)) {
        json_add_null(object, "story");
        return;
    }
    struct json *story = json_add_object(object, "story");
    json_add_string(story, "form", story_form_name(told.story.form));
    add_part(story, "role", &told, told.story.role);
    add_part(story, "situation", &told, told.story.situation);
    add_part(story, "wish", &told, told.story.wish);
    add_part(story, "benefit", &told, told.story.benefit);
}

static void add_item(struct context *context, struct json *list, struct backlog *backlog,
                     const struct entry *entry, struct document *document)
{
    g_autofree char *path = policy_display(context->policy, entry->path);
    g_autoptr(GPtrArray) criteria = criteria_read(document, context->policy);
    struct json *object = json_add_object(list, NULL);

    json_add_string(object, "id", backlog_id(backlog, entry));
    json_add_string(object, "path", path);
    for (const struct node *value = document->front->root->first; value; value = value->next) {
        const struct field *field = field_find(value->key->text);
        if (field && field->id != FIELD_ID)
            present_node(object, value->key->text, field, value);
    }
    struct json *other = json_add_object(object, "other");
    for (const struct node *value = document->front->root->first; value; value = value->next)
        if (!field_find(value->key->text))
            present_node(other, value->key->text, NULL, value);
    add_story(object, document, context->policy);
    struct json *array = json_add_array(object, "criteria");
    for (guint i = 0; i < criteria->len; i++) {
        const struct criterion *criterion = criteria->pdata[i];
        struct json *one = json_add_object(array, NULL);
        json_add_integer(one, "number", i + 1);
        json_add_string(one, "text", criterion->text);
        json_add_boolean(one, "ticked", criterion->ticked);
        json_add_boolean(one, "scenario", criterion->scenario);
    }
    json_add_string_len(object, "body", document->text + document->front->body,
                        document->length - document->front->body);
}

/* -- */

static int refuse_unreadable(struct context *context, const struct entry *entry, const GPtrArray *findings,
                             GError **error)
{
    const struct finding *finding = findings->pdata[0];
    g_autofree char *path = policy_display(context->policy, entry->path);
    g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FILE, "%s:%u:%u: %s; --raw shows the file", path,
                finding->at.line, finding->at.column, finding->message);
    return -1;
}

static int show(struct context *context, struct backlog *backlog, const struct entry *entry,
                const struct show_options *options, struct json *list, GString *out, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GBytes) bytes = backlog_read(backlog, entry, &cause);
    g_autoptr(GPtrArray) findings = findings_new();

    if (!bytes) {
        g_autofree char *path = policy_display(context->policy, entry->path);
        g_set_error(error, cause->domain, cause->code, "%s: %s", path, cause->message);
        return -1;
    }
    if (options->raw) {
        gsize length;
        const char *data = g_bytes_get_data(bytes, &length);
        output_write_bytes(context->output, data, length);
        return 0;
    }
    g_autoptr(Document) document = document_new(bytes, findings);
    if (!document->front->root)
        return refuse_unreadable(context, entry, findings, error);
    if (context->json)
        add_item(context, list, backlog, entry, document);
    else
        print_text(context, options, backlog, entry, document, out);
    return 0;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct show_options *given = options;
    g_autoptr(Backlog) backlog = backlog_open(context->policy, given->revision, error);
    g_autoptr(Json) json = json_new_object();
    g_autoptr(GString) out = g_string_new(NULL);

    if (!backlog)
        return -1;
    json_add_integer(json, "version", 1);
    struct json *list = json_add_array(json, "items");
    for (gsize i = 0; arguments[i]; i++) {
        const struct entry *entry = given->raw ? backlog_find(backlog, arguments[i], error)
                                               : meant_find(context, backlog, arguments[i], error);
        if (!entry || show(context, backlog, entry, given, list, out, error) < 0)
            return -1;
    }
    if (context->json && !given->raw)
        present_json(context, json);
    else
        output_write(context->output, out->str);
    return 0;
}

const struct command command_show = {
    .name = "show",
    .arguments = "ID…",
    .summary = "Show items.",
    .needs = NEEDS_POLICY | NEEDS_PAGER,
    .options_size = sizeof(struct show_options),
    .options = table,
    .least = 1,
    .most = G_MAXUINT,
    .run = run,
};
