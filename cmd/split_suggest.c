#include "split_suggest.h"

#include "cut.h"
#include "plain.h"
#include "present.h"
#include "split.h"

/* An item and what was found in it. */
struct suggestion {
    struct context *context;
    struct document *document;
    const char *path; /* as the user would write it */
    const char *id;
    gboolean reason; /* the policy wants one of who splits */
    GPtrArray *cuts;
};

/* -- the command -- */

static char *criteria_option(const GArray *criteria, guint child)
{
    GString *value = g_string_new(NULL);

    for (guint i = 0; i < criteria->len; i++)
        g_string_append_printf(value, "%s%u", i ? "," : "", g_array_index(criteria, guint, i));
    g_string_append_printf(value, ":%u", child);
    return g_string_free(value, FALSE);
}

/* The words behind "refine" that make the cut. */
static char **words_of(const struct suggestion *suggestion, const struct cut *cut)
{
    GStrvBuilder *words = g_strv_builder_new();

    g_strv_builder_add_many(words, "split", suggestion->id, NULL);
    for (guint i = 0; i < cut->children->len; i++) {
        const struct cut_child *child = cut->children->pdata[i];
        g_strv_builder_add_many(words, "--into", child->title, NULL);
    }
    for (guint i = 0; i < cut->children->len; i++) {
        const struct cut_child *child = cut->children->pdata[i];
        if (child->criteria->len == 0)
            continue;
        g_autofree char *value = criteria_option(child->criteria, i + 1);
        g_strv_builder_add_many(words, "--criteria", value, NULL);
    }
    g_strv_builder_add_many(words, "--pattern", cut_pattern_name(cut->pattern), NULL);
    if (suggestion->reason)
        g_strv_builder_add_many(words, "-m", cut->why, NULL);
    char **list = g_strv_builder_end(words);
    g_strv_builder_unref(words);
    return list;
}

/* Whether the policy wants a reason for a split. */
static gboolean wants_reason(const struct policy *policy)
{
    g_autofree const char **wanted = policy_texts(policy, "decisions.require-reason");
    return wanted && g_strv_contains(wanted, "split");
}

/* -- as text -- */

static void append_words(GString *out, const struct suggestion *suggestion, const struct cut_words *words)
{
    const struct document *document = suggestion->document;
    struct position at = lines_locate(document->text, document->length, words->span.start);
    g_autofree char *path = plain_escape(suggestion->path, -1), *text = plain_escape(words->text, -1);
    g_autofree char *number =
        words->criterion ? g_strdup_printf("criterion %u", words->criterion) : g_strdup(words->place);

    g_string_append_printf(out, "   %s%s:%u:%u:%s %s: \"%s\"\n",
                           output_sgr(suggestion->context->output, TABLE_DIM), path, at.line, at.column,
                           output_sgr(suggestion->context->output, TABLE_PLAIN), number, text);
}

static void append_child(GString *out, struct output *output, const struct cut_child *child, guint number,
                         gboolean any)
{
    g_autofree char *title = plain_escape(child->title, -1);
    g_autoptr(GString) criteria = g_string_new(NULL);

    for (guint i = 0; i < child->criteria->len; i++)
        g_string_append_printf(criteria, "%s%u", i ? ", " : "", g_array_index(child->criteria, guint, i));
    g_string_append_printf(out, "   %u. %s", number, title);
    if (child->criteria->len)
        g_string_append_printf(out, "  %s[criteri%s %s]%s", output_sgr(output, TABLE_DIM),
                               child->criteria->len == 1 ? "on" : "a", criteria->str,
                               output_sgr(output, TABLE_PLAIN));
    else if (any)
        g_string_append_printf(out, "  %s[no criterion]%s", output_sgr(output, TABLE_DIM),
                               output_sgr(output, TABLE_PLAIN));
    g_string_append_c(out, '\n');
}

static void append_cut(GString *out, const struct suggestion *suggestion, const struct cut *cut)
{
    struct output *output = suggestion->context->output;
    g_autofree char *why = plain_escape(cut->why, -1);
    gboolean any = FALSE;

    g_string_append_printf(out, "%s%s%s: %s\n", output_sgr(output, TABLE_BOLD),
                           cut_pattern_name(cut->pattern), output_sgr(output, TABLE_PLAIN), why);
    for (guint i = 0; i < cut->words->len; i++)
        append_words(out, suggestion, cut->words->pdata[i]);
    for (guint i = 0; i < cut->children->len; i++)
        any = any || ((const struct cut_child *)cut->children->pdata[i])->criteria->len;
    for (guint i = 0; i < cut->children->len; i++)
        append_child(out, output, cut->children->pdata[i], i + 1, any);
    g_auto(GStrv) words = words_of(suggestion, cut);
    g_autofree char *command = present_command(words);
    g_string_append_printf(out, "   %s%s%s\n", output_sgr(output, TABLE_CYAN), command,
                           output_sgr(output, TABLE_PLAIN));
}

static void append_nothing(GString *out, const struct suggestion *suggestion)
{
    g_autofree char *path = plain_escape(suggestion->path, -1);

    g_string_append_printf(out, "%s: no cut shows in its words. What to look for:\n", path);
    for (guint i = 0; i < N_CUT_PATTERNS; i++)
        g_string_append_printf(out, "   %-10s  %s\n", cut_pattern_name((enum cut_pattern)i),
                               cut_pattern_question((enum cut_pattern)i));
}

static void print_text(const struct suggestion *suggestion)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < suggestion->cuts->len; i++) {
        g_string_append(out, i ? "\n" : "");
        append_cut(out, suggestion, suggestion->cuts->pdata[i]);
    }
    if (suggestion->cuts->len == 0)
        append_nothing(out, suggestion);
    output_write(suggestion->context->output, out->str);
}

/* -- as JSON -- */

static void add_words(struct json *array, const struct suggestion *suggestion, const struct cut_words *words)
{
    const struct document *document = suggestion->document;
    struct position at = lines_locate(document->text, document->length, words->span.start);
    struct json *object = json_add_object(array, NULL);

    json_add_string(object, "text", words->text);
    json_add_string(object, "place", words->place);
    json_add_integer(object, "line", at.line);
    json_add_integer(object, "column", at.column);
    if (words->criterion)
        json_add_integer(object, "criterion", words->criterion);
    else
        json_add_null(object, "criterion");
}

static void add_child(struct json *array, const struct cut_child *child)
{
    struct json *object = json_add_object(array, NULL);

    json_add_string(object, "title", child->title);
    struct json *criteria = json_add_array(object, "criteria");
    for (guint i = 0; i < child->criteria->len; i++)
        json_add_integer(criteria, NULL, g_array_index(child->criteria, guint, i));
}

static void add_cut(struct json *array, const struct suggestion *suggestion, const struct cut *cut)
{
    struct json *object = json_add_object(array, NULL);

    json_add_string(object, "pattern", cut_pattern_name(cut->pattern));
    json_add_string(object, "kind", cut->kind);
    json_add_string(object, "why", cut->why);
    struct json *words = json_add_array(object, "words");
    for (guint i = 0; i < cut->words->len; i++)
        add_words(words, suggestion, cut->words->pdata[i]);
    struct json *children = json_add_array(object, "children");
    for (guint i = 0; i < cut->children->len; i++)
        add_child(children, cut->children->pdata[i]);
    struct json *command = json_add_array(object, "command");
    g_auto(GStrv) list = words_of(suggestion, cut);
    for (gsize i = 0; list[i]; i++)
        json_add_string(command, NULL, list[i]);
}

static void print_json(const struct suggestion *suggestion)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    json_add_string(json, "id", suggestion->id);
    json_add_string(json, "path", suggestion->path);
    struct json *cuts = json_add_array(json, "suggestions");
    for (guint i = 0; i < suggestion->cuts->len; i++)
        add_cut(cuts, suggestion, suggestion->cuts->pdata[i]);
    present_json(suggestion->context, json);
}

/* -- all of it -- */

int split_suggest(struct context *context, struct backlog *backlog, const struct entry *entry, GError **error)
{
    g_autoptr(GBytes) bytes = backlog_read(backlog, entry, error);
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;
    g_autofree char *path = policy_display(backlog->policy, entry->path);

    if (!document)
        return -1;
    if (!document->front->root || !document_body(document, NULL)->readable) {
        g_set_error(error, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM,
                    "%s cannot be read as an item; refine check says why", path);
        return -1;
    }
    if (!split_may(backlog, entry, error))
        return -1;
    g_autoptr(GPtrArray) cuts = cut_list(document, backlog->policy);
    const struct suggestion suggestion = { .context = context,
                                           .document = document,
                                           .path = path,
                                           .id = backlog_id(backlog, entry),
                                           .reason = wants_reason(backlog->policy),
                                           .cuts = cuts };
    if (context->json)
        print_json(&suggestion);
    else
        print_text(&suggestion);
    return cuts->len ? 0 : 1;
}
