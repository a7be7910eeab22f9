#include "present_hit.h"

#include <stddef.h>
#include <string.h>

struct similar_options {
    char *limit;
    gboolean open;
    gboolean text;
};

static const struct option table[] = {
    { "limit", 'n', OPTION_TEXT, offsetof(struct similar_options, limit), "NUMBER",
      "so many at most; 10 by default" },
    { "open", 0, OPTION_FLAG, offsetof(struct similar_options, open), NULL, "open items alone" },
    { "text", 0, OPTION_FLAG, offsetof(struct similar_options, text), NULL,
      "the argument is text, even where an item is called so" },
    { 0 },
};

/* By enum search_relation. */
static const char *const relations[] = { NULL, "duplicate", "original", "part", "parent", "sibling" };

static char *percent(const struct search_hit *hit)
{
    return g_strdup_printf("%d%%", (int)(hit->likeness * 100));
}

/* What both are to each other, and the words they share. */
static char *explain(const struct search_hit *hit)
{
    g_autofree char *words = g_strjoinv(", ", hit->shared);
    const char *relation = relations[hit->relation];
    return g_strconcat(relation ? relation : "", relation && *words ? "; " : "", *words ? "shares " : "",
                       words, NULL);
}

static void print_json(struct context *context, const struct search_found *found, const struct item *item)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    json_add_string(json, "to", item ? item->id : NULL);
    json_add_integer(json, "total", found->total);
    struct json *items = json_add_array(json, "items");
    for (guint i = 0; i < found->hits->len; i++) {
        const struct search_hit *hit = found->hits->pdata[i];
        struct json *object = present_hit_json(items, context->policy, hit);
        json_add_real(object, "similarity", (double)(int)(hit->likeness * 1000) / 1000);
        json_add_string(object, "relation", relations[hit->relation]);
        struct json *shared = json_add_array(object, "shared");
        for (gsize j = 0; hit->shared[j]; j++)
            json_add_string(shared, NULL, hit->shared[j]);
    }
    present_json(context, json);
}

/* The item that the only argument names; NULL without an error where it is text. */
static const struct item *find_item(struct backlog *backlog, const struct similar_options *given,
                                    char **arguments, GError **error)
{
    g_autoptr(GError) cause = NULL;
    const struct entry *entry =
        given->text || arguments[1] ? NULL : backlog_find(backlog, arguments[0], &cause);
    const struct item *item = entry ? backlog_at(backlog, entry->path) : NULL;

    if (entry && (!item || !item->readable)) {
        g_autofree char *path = policy_display(backlog->policy, entry->path);
        g_set_error(error, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM,
                    "%s cannot be read as an item; refine check says why", path);
        return NULL;
    }
    if (cause && !g_error_matches(cause, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM))
        g_propagate_error(error, g_steal_pointer(&cause));
    return item;
}

/* item is NULL where a text was compared. */
static void show(struct context *context, const struct search_found *found, const struct item *item)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (context->json) {
        print_json(context, found, item);
        return;
    }
    present_hits(out, context, found, percent, explain);
    output_write(context->output, out->str);
    if (!found->total)
        output_hint(context->output, "no other item shares a word with it");
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct similar_options *given = options;
    struct search_wish wish = { .open_only = given->open };
    g_autoptr(GError) cause = NULL;

    if (!present_limit(given->limit, &wish.limit, error))
        return -1;
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    if (!backlog)
        return -1;
    backlog_load(backlog);
    const struct item *item = find_item(backlog, given, arguments, &cause);
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return -1;
    }
    g_autofree char *text = g_strjoinv(" ", arguments);
    g_autoptr(Search) search = search_open(backlog, error);
    g_autoptr(SearchFound) found = !search ? NULL
                                   : item  ? search_like_item(search, item, &wish, error)
                                           : search_like_text(search, text, &wish, error);
    if (!found)
        return -1;
    show(context, found, item);
    present_unsearched(context, backlog);
    return found->total ? 0 : 1;
}

const struct command command_similar = {
    .name = "similar",
    .arguments = "ID | TEXT…",
    .summary = "Find the items most like another one, or like a text.",
    .needs = NEEDS_POLICY | NEEDS_PAGER,
    .options_size = sizeof(struct similar_options),
    .options = table,
    .least = 1,
    .most = G_MAXUINT,
    .run = run,
};
