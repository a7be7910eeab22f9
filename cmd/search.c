#include "present_hit.h"

#include <stddef.h>
#include <string.h>

struct search_options {
    char *limit;
    gboolean open;
};

static const struct option table[] = {
    { "limit", 'n', OPTION_TEXT, offsetof(struct search_options, limit), "NUMBER",
      "so many at most; 10 by default" },
    { "open", 0, OPTION_FLAG, offsetof(struct search_options, open), NULL, "open items alone" },
    { 0 },
};

static void print_json(struct context *context, const struct search_found *found)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    json_add_integer(json, "total", found->total);
    struct json *items = json_add_array(json, "items");
    for (guint i = 0; i < found->hits->len; i++)
        present_hit_json(items, context->policy, found->hits->pdata[i]);
    present_json(context, json);
}

/* Why there is none, and what would find some. */
static void say_none(struct output *output, const struct search_found *found, const char *filters)
{
    if (found->unwanted)
        output_hint(output, "no item has all of it; without %s there %s %u", filters,
                    found->unwanted == 1 ? "is" : "are", found->unwanted);
    else if (found->missing && found->nearest)
        output_hint(output, "no item has %s; did you mean %s?", found->missing, found->nearest);
    else if (found->missing && found->apart)
        output_hint(output, "no item has \"%s\" side by side; %u %s the words", found->missing, found->apart,
                    found->apart == 1 ? "has" : "have");
    else if (found->missing && found->spare)
        output_hint(output, "no item has %s; %u %s the rest", found->missing, found->rest,
                    found->rest == 1 ? "has" : "have");
    else if (found->missing)
        output_hint(output, "no item has %s", found->missing);
    else if (found->spare)
        output_hint(output, "no item has all of it; without %s there %s %u", found->spare,
                    found->rest == 1 ? "is" : "are", found->rest);
    else if (found->rarest)
        output_hint(output, "no item has all of it; rarest is %s, in %u", found->rarest, found->rarest_rows);
}

/* Takes the filters out of the arguments; what is left are words, borrowed. */
static GPtrArray *split(const struct backlog *backlog, char **arguments, GPtrArray *filters)
{
    GPtrArray *words = g_ptr_array_new();

    for (gsize i = 0; arguments[i]; i++)
        if (search_is_filter(backlog, arguments[i]))
            g_ptr_array_add(filters, arguments[i]);
        else
            g_ptr_array_add(words, g_str_has_prefix(arguments[i], "text:") ? arguments[i] + 5 : arguments[i]);
    g_ptr_array_add(words, NULL);
    g_ptr_array_add(filters, NULL);
    return words;
}

/* filters, NULL-terminated, are what could have left out what was found. */
static void show(struct context *context, const struct search_found *found, const GPtrArray *filters)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *wanted = g_strjoinv(" ", (char **)filters->pdata);

    if (context->json) {
        print_json(context, found);
        return;
    }
    present_hits(out, context, found, NULL, NULL);
    output_write(context->output, out->str);
    if (!found->total)
        say_none(context->output, found, wanted);
    else if (found->total > found->hits->len)
        output_hint(context->output, "%u of %u are shown; --limit %u shows all", found->hits->len,
                    found->total, found->total);
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct search_options *given = options;
    struct search_wish wish = { .open_only = given->open };
    g_autoptr(GPtrArray) filters = g_ptr_array_new();

    if (!present_limit(given->limit, &wish.limit, error))
        return -1;
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    if (!backlog)
        return -1;
    backlog_load(backlog);
    g_autoptr(GPtrArray) words = split(backlog, arguments, filters);
    g_autoptr(Query) query = query_parse(backlog, (const char *const *)filters->pdata, error);
    if (!query)
        return -1;
    if (words->len == 1)
        return usage_error(error, "expected words to look for; refine list %s lists what is like that",
                           arguments[0]);
    wish.query = query;
    g_autoptr(Search) search = search_open(backlog, error);
    g_autoptr(SearchFound) found =
        search ? search_words(search, (const char *const *)words->pdata, &wish, error) : NULL;
    if (!found)
        return -1;
    if (given->open)
        g_ptr_array_insert(filters, (gint)filters->len - 1, (gpointer) "--open");
    show(context, found, filters);
    present_unsearched(context, backlog);
    return found->total ? 0 : 1;
}

const struct command command_search = {
    .name = "search",
    .arguments = "WORD…",
    .summary = "Find the items that have all words, the best first.",
    .needs = NEEDS_POLICY | NEEDS_PAGER,
    .options_size = sizeof(struct search_options),
    .options = table,
    .least = 1,
    .most = G_MAXUINT,
    .run = run,
};
