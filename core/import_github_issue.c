#include "import_github_issue.h"

#include "import_body.h"
#include "import_github_fields.h"
#include "import_github_links.h"
#include "import_github_value.h"
#include "import_section.h"
#include "import_text.h"

#include <string.h>

struct position import_github_shift(struct position base, struct position at)
{
    struct position place = { base.line + at.line - 1, at.column };
    if (at.line == 1)
        place.column += base.column - 1;
    return place;
}

/* What an issue cannot be without. */
static gboolean take_name(struct github_reading *reading)
{
    const struct json *number = json_find(reading->json, "number"),
                      *title = json_find(reading->json, "title");
    const char *text = json_as_string(title);

    if (!json_as_integer(number, &reading->issue->number) || reading->issue->number < 1)
        return import_github_refuse_kind(reading, "number", "the number of an issue, 1 or more", number);
    if (!text)
        return import_github_refuse_kind(reading, "title", "a string", title);
    g_autofree char *line = import_text_line(text);
    if (!*line)
        return import_github_refuse(reading, import_github_place(reading, "title"),
                                    "title: expected a title, saw only white space");
    reading->item->title = g_steal_pointer(&line);
    return import_github_check_length(reading, "title", text);
}

static void complete(struct github_reading *reading)
{
    struct import_item *item = reading->item;
    g_autoptr(GString) body = g_string_new(NULL);

    import_section_add(body, NULL, 0, item->body ? item->body : "");
    g_autofree char *text = import_text_join(body->str, reading->comments);
    g_free(item->body);
    item->body = import_body_complete(reading->source->policy, text, import_text_later());
    item->type = import_github_type(reading->source->policy, reading->word, item->labels);
    if (reading->word && g_ascii_strcasecmp(reading->word, item->type) != 0)
        import_item_keep(item, "type", reading->word, SCALAR_STRING);
    item->parent_key = "x-parent";
    item->id = g_strdup_printf("GH-%" G_GINT64_FORMAT, reading->issue->number);
    item->id_at = import_github_place(reading, "number");
}

static gboolean read_object(struct github_reading *reading)
{
    reading->issue->is_pull = import_github_is_pull(reading->json);
    if (reading->issue->is_pull)
        return FALSE;
    if (json_kind(reading->json) != JSON_KIND_OBJECT)
        return import_github_refuse(reading, reading->source->at, "expected an issue as an object, saw %s",
                                    json_kind_name(json_kind(reading->json)));
    char *repository = import_github_repository(reading->json);
    reading->issue->is_bare = !repository;
    reading->repository = repository ? repository : g_strdup(reading->source->file->name);
    if (!take_name(reading))
        return FALSE;
    g_free(reading->item->source);
    reading->item->source =
        g_strdup_printf("%s#%" G_GINT64_FORMAT, reading->repository, reading->issue->number);
    if (!import_github_fields_take(reading))
        return FALSE;
    complete(reading);
    return TRUE;
}

static void clear_link(gpointer data)
{
    struct github_link *link = data;
    g_free(link->source);
    g_free(link->name);
}

gboolean import_github_issue_read(const struct github_source *source, struct github_issue *issue,
                                  GPtrArray *findings)
{
    g_autoptr(GError) error = NULL;
    struct position at;
    g_autoptr(Json) json = json_parse_at(source->file->text + source->span.start, span_length(source->span),
                                         &json_default_limits, &at, &error);
    g_autoptr(ImportItem) item = import_item_new(source->file->path, "");
    g_autoptr(GArray) links = g_array_new(FALSE, FALSE, sizeof(struct github_link));
    g_autoptr(GString) comments = g_string_new(NULL);
    struct github_reading reading = { .source = source,
                                      .json = json,
                                      .issue = issue,
                                      .item = item,
                                      .comments = comments,
                                      .findings = findings };

    *issue = (struct github_issue){ .links = links };
    g_array_set_clear_func(links, clear_link);
    gboolean good =
        json ? read_object(&reading)
             : import_github_refuse(&reading, import_github_shift(source->at, at), "%s", error->message);
    g_free(reading.repository);
    if (!good) {
        issue->links = NULL;
        return FALSE;
    }
    issue->item = g_steal_pointer(&item);
    g_steal_pointer(&links);
    return TRUE;
}
