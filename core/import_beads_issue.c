#include "import_beads_issue.h"

#include "file.h"
#include "import_beads_fields.h"
#include "import_body.h"
#include "import_criteria.h"
#include "import_section.h"
#include "import_splice.h"
#include "import_text.h"

#include <string.h>

static const char *const names_later[] = { "Design", "Notes", "Comments", NULL };

/* -- body -- */

/* The policy's heading for a text, or what beads calls it. */
static const char *heading_of(const struct policy *policy, enum section_id id, const char *name)
{
    const char *heading = import_heading(policy, id);
    return heading ? heading : name;
}

static void add_criteria(const struct policy *policy, GString *body, const char *text)
{
    g_autofree char *plain = import_text_lines(text), *list = import_criteria_list(plain);
    import_section_add(body, heading_of(policy, SECTION_CRITERIA, "Acceptance Criteria"), 2, list);
}

/* A description that has headings from its start needs none. */
static void add_description(const struct policy *policy, GString *body, const char *text)
{
    const char *first = text + strspn(text, " \t\r\n");
    import_section_add(body, *first == '#' ? NULL : heading_of(policy, SECTION_WHY, "Description"), 2, text);
}

/* The text of a comment, which a sister of beads calls body; NULL where it has none. */
static const char *text_of(const struct json *comment)
{
    const struct json *text = json_find(comment, "text");
    return json_as_string(text ? text : json_find(comment, "body"));
}

/* Keeps what a comment has beside its text, who and when. */
static void keep_comment(struct beads_reading *reading, GString *kept, const struct json *comment)
{
    const char *body = json_find(comment, "text") ? "text" : "body";
    const char *key = NULL, *const known[] = { "author", body, "created_at", "issue_id", NULL };
    const struct json *value;
    g_autoptr(GString) out = g_string_new(NULL);

    while (json_next(comment, &key, &value)) {
        gboolean is_own =
            strcmp(key, "issue_id") == 0 && g_strcmp0(json_as_string(value), reading->item->id) != 0;
        if (g_strv_contains(known, key) && json_as_string(value) && !is_own)
            continue;
        g_autofree char *printed = json_print(value, 0);
        g_string_append_printf(out, "%s%s: %s", out->len ? ", " : "", key, printed);
    }
    g_string_append_printf(kept, "%s%s", kept->len ? "; " : "", out->str);
}

/* FALSE where a comment is none; an error says why. */
static gboolean add_comments(struct beads_reading *reading, GString *comments)
{
    const struct json *array = json_find(reading->json, "comments");
    g_autoptr(GString) kept = g_string_new(NULL);

    if (json_kind(array) != JSON_KIND_ARRAY && json_kind(array) != JSON_KIND_NULL)
        return import_beads_refuse(reading, import_beads_place(reading->source, "comments"),
                                   "comments: expected an array, saw %s", json_kind_name(json_kind(array)));
    for (gsize i = 0; i < json_count(array); i++) {
        const struct json *comment = json_at(array, i);
        const char *text = text_of(comment);
        if (!text)
            return import_beads_refuse(reading, import_beads_place(reading->source, "comments"),
                                       "comments: expected objects with a text, saw %s",
                                       json_kind_name(json_kind(comment)));
        import_text_add_comment(comments, json_as_string(json_find(comment, "created_at")),
                                json_as_string(json_find(comment, "author")), text);
        keep_comment(reading, kept, comment);
    }
    if (kept->len > 0)
        import_item_keep(reading->item, "comments", kept->str, SCALAR_STRING);
    return TRUE;
}

static gboolean read_body(struct beads_reading *reading)
{
    const struct policy *policy = reading->source->policy;
    const char *description = import_beads_text(reading, "description");
    const char *design = description ? import_beads_text(reading, "design") : NULL;
    const char *criteria = design ? import_beads_text(reading, "acceptance_criteria") : NULL;
    const char *notes = criteria ? import_beads_text(reading, "notes") : NULL;
    g_autoptr(GString) body = g_string_new(NULL), comments = g_string_new(NULL);

    if (!notes || !add_comments(reading, comments))
        return FALSE;
    /* Of two sections of criteria the first is that of the item. */
    gboolean is_first = import_section_has(description, policy_section(policy, SECTION_CRITERIA));
    if (is_first)
        add_criteria(policy, body, criteria);
    add_description(policy, body, description);
    if (!is_first)
        add_criteria(policy, body, criteria);
    import_section_add(body, heading_of(policy, SECTION_APPROACH, "Design"), 2, design);
    import_section_add(body, "Notes", 2, notes);
    g_autofree char *whole = import_text_join(body->str, comments);
    reading->item->body = import_body_complete(policy, whole, names_later);
    return TRUE;
}

/* -- */

/* Whether the line is no issue that is to be had: deleted there, or of another kind. */
static gboolean is_left_out(const struct json *json)
{
    const char *kind = json_as_string(json_find(json, "_type"));
    const char *status = json_as_string(json_find(json, "status"));
    const char *deleted = json_as_string(json_find(json, "deleted_at"));
    return g_strcmp0(status, "tombstone") == 0 || (deleted && *deleted) ||
           (kind && strcmp(kind, "issue") != 0);
}

/* The item of an id that is there, with its title. */
static struct import_item *begin(struct beads_reading *reading)
{
    g_autofree char *id = import_beads_line(reading, "id");
    g_autofree char *title = id ? import_beads_line(reading, "title") : NULL;
    g_autofree char *source = id ? g_strconcat("beads:", id, NULL) : NULL;

    if (!title)
        return NULL;
    struct import_item *item = import_item_new(reading->source->path, source);
    item->at = (struct position){ reading->source->number, 1 };
    item->id_at = import_beads_place(reading->source, "id");
    item->id = g_steal_pointer(&id);
    item->title = g_steal_pointer(&title);
    item->type = g_strdup(import_type(reading->source->policy, NULL, "task"));
    item->parent_key = "x-parent";
    return item;
}

/* The line as an object; NULL, with an error, where it is none. */
static struct json *parse(const struct beads_source *source, GPtrArray *findings)
{
    const struct json_limits limits = { .bytes = FILE_LIMIT, .depth = json_default_limits.depth };
    const struct beads_reading reading = { source, NULL, NULL, NULL, findings };
    g_autoptr(GError) error = NULL;
    struct position at;
    g_autoptr(Json) json = json_parse_at(source->text, source->length, &limits, &at, &error);

    at.line = source->number;
    if (!json)
        import_beads_refuse(&reading, at, "%s", error->message);
    else if (json_kind(json) == JSON_KIND_OBJECT)
        return g_steal_pointer(&json);
    else
        import_beads_refuse(&reading, at, "expected an object, an issue of beads, saw %s",
                            json_kind_name(json_kind(json)));
    return NULL;
}

gboolean import_beads_issue_read(const struct beads_source *source, struct beads_issue *issue,
                                 GPtrArray *findings)
{
    g_autoptr(Json) json = parse(source, findings);
    struct beads_reading reading = { source, json, issue, NULL, findings };

    *issue = (struct beads_issue){ NULL, BEADS_PRIORITY, NULL };
    if (!json || is_left_out(json))
        return json != NULL;
    g_autoptr(ImportItem) item = begin(&reading);
    reading.item = item;
    if (!item || !import_beads_fields_take(&reading) || !read_body(&reading)) {
        g_clear_pointer(&issue->created, g_free);
        return FALSE;
    }
    issue->item = g_steal_pointer(&item);
    return TRUE;
}
