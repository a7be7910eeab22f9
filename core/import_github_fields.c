#include "import_github_fields.h"

#include "clock.h"
#include "import_github_links.h"
#include "import_github_value.h"
#include "import_text.h"
#include "json_place.h"

#include <string.h>

struct position import_github_place(const struct github_reading *reading, const char *key)
{
    const char *text = reading->source->file->text + reading->source->span.start;
    gsize length = span_length(reading->source->span);
    struct position at = lines_locate(text, length, json_place_find(text, length, 0, key));
    return import_github_shift(reading->source->at, at);
}

gboolean import_github_refuse(const struct github_reading *reading, struct position at, const char *format,
                              ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    finding_add_at(reading->findings, "parse", SEVERITY_ERROR, at, NULL, "%s", message);
    return FALSE;
}

gboolean import_github_refuse_kind(const struct github_reading *reading, const char *key, const char *wanted,
                                   const struct json *value)
{
    return import_github_refuse(reading, import_github_place(reading, key), "%s: expected %s, saw %s", key,
                                wanted, value ? json_kind_name(json_kind(value)) : "nothing");
}

/* The text of a string, NULL where there is null; FALSE, with an error, for all else. */
static gboolean text_of(const struct github_reading *reading, const char *key, const struct json *value,
                        const char **text)
{
    *text = json_as_string(value);
    if (*text || json_kind(value) == JSON_KIND_NULL)
        return TRUE;
    return import_github_refuse_kind(reading, key, "a string", value);
}

gboolean import_github_check_length(const struct github_reading *reading, const char *key, const char *text)
{
    if (strlen(text) <= IMPORT_LONGEST)
        return TRUE;
    return import_github_refuse(reading, import_github_place(reading, key),
                                "%s: expected at most %d bytes, saw %" G_GSIZE_FORMAT, key, IMPORT_LONGEST,
                                strlen(text));
}

/* The names of an array of objects that have one, or of strings; NULL, with an error, for all else. */
static GPtrArray *names_of(const struct github_reading *reading, const char *key, const struct json *value)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    if (json_kind(value) != JSON_KIND_ARRAY && json_kind(value) != JSON_KIND_NULL) {
        import_github_refuse_kind(reading, key, "an array", value);
        return NULL;
    }
    for (gsize i = 0; i < json_count(value); i++) {
        const char *name = import_github_name(json_at(value, i));
        if (!name) {
            import_github_refuse_kind(reading, key, "objects with a name in the array", json_at(value, i));
            return NULL;
        }
        if (!import_github_check_length(reading, key, name))
            return NULL;
        if (*name)
            g_ptr_array_add(names, (gpointer)name);
    }
    return g_steal_pointer(&names);
}

/* -- keys that have a field; each FALSE where the issue is refused -- */

static gboolean take_nothing(struct github_reading *reading, const char *key, const struct json *value)
{
    return TRUE;
}

static gboolean take_body(struct github_reading *reading, const char *key, const struct json *value)
{
    const char *text;

    if (!text_of(reading, key, value, &text))
        return FALSE;
    reading->item->body = import_text_lines(text ? text : "");
    return TRUE;
}

/* stateReason is state_reason in the REST API. */
static const struct json *reason_of(const struct github_reading *reading)
{
    const struct json *reason = json_find(reading->json, "stateReason");
    return reason ? reason : json_find(reading->json, "state_reason");
}

static gboolean take_state(struct github_reading *reading, const char *key, const struct json *value)
{
    const char *reason = json_as_string(reason_of(reading)), *state;

    if (!text_of(reading, key, value, &state))
        return FALSE;
    if (state && g_ascii_strcasecmp(state, "closed") == 0) {
        gboolean is_dropped = reason && (g_ascii_strcasecmp(reason, "not_planned") == 0 ||
                                         g_ascii_strcasecmp(reason, "duplicate") == 0);
        reading->item->status = is_dropped ? STATUS_DROPPED : STATUS_DONE;
    } else if (state && *state && g_ascii_strcasecmp(state, "open") != 0) {
        import_item_remark(reading->item, SEVERITY_WARNING, import_github_place(reading, key),
                           "%s: expected open or closed, saw %s; the item is new", key, state);
        import_item_keep(reading->item, key, state, SCALAR_STRING);
    }
    return TRUE;
}

static gboolean take_reason(struct github_reading *reading, const char *key, const struct json *value)
{
    const char *reason;

    if (!text_of(reading, key, value, &reason))
        return FALSE;
    if (reason && *reason && g_ascii_strcasecmp(reason, "completed") != 0)
        import_item_keep(reading->item, "state-reason", reason, SCALAR_STRING);
    return TRUE;
}

static gboolean take_labels(struct github_reading *reading, const char *key, const struct json *value)
{
    g_autoptr(GPtrArray) names = names_of(reading, key, value);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; names && i < names->len; i++)
        if (g_hash_table_add(seen, names->pdata[i]))
            g_ptr_array_add(reading->item->labels, g_strdup(names->pdata[i]));
    return names != NULL;
}

static gboolean take_assignees(struct github_reading *reading, const char *key, const struct json *value)
{
    g_autoptr(GPtrArray) names = names_of(reading, key, value);

    if (!names || names->len == 0)
        return names != NULL;
    g_free(reading->item->owner);
    reading->item->owner = g_strdup(names->pdata[0]);
    if (names->len > 1)
        import_item_keep_list(reading->item, "assignees");
    for (guint i = 0; names->len > 1 && i < names->len; i++)
        import_item_keep_entry(reading->item, names->pdata[i], SCALAR_STRING);
    return TRUE;
}

/* The REST API names the first one again; an old one names no other. */
static gboolean take_assignee(struct github_reading *reading, const char *key, const struct json *value)
{
    const char *name = import_github_name(value);
    if (name && *name && !reading->item->owner)
        reading->item->owner = g_strdup(name);
    return !name || import_github_check_length(reading, key, name);
}

static gboolean take_milestone(struct github_reading *reading, const char *key, const struct json *value)
{
    g_autofree const char **goals = policy_choices(reading->source->policy, FIELD_GOAL);
    const char *title = import_github_name(value);

    if (json_kind(value) == JSON_KIND_NULL || (title && !*title))
        return TRUE;
    if (!title)
        return import_github_refuse_kind(reading, key, "an object with a title", value);
    for (gsize i = 0; goals && goals[i]; i++)
        if (g_ascii_strcasecmp(goals[i], title) == 0)
            reading->item->goal = g_strdup(goals[i]);
    if (!reading->item->goal)
        import_item_keep(reading->item, key, title, SCALAR_STRING);
    return TRUE;
}

static gboolean take_created(struct github_reading *reading, const char *key, const struct json *value)
{
    const char *text;

    if (!text_of(reading, key, value, &text))
        return FALSE;
    if (!text || !*text)
        return TRUE;
    g_autofree char *day = g_strndup(text, 10);
    if (clock_is_day(day) && (text[10] == 'T' || text[10] == '\0')) {
        g_free(reading->item->created);
        reading->item->created = g_steal_pointer(&day);
    } else
        import_item_remark(
            reading->item, SEVERITY_WARNING, import_github_place(reading, key),
            "%s: expected a time as 2026-11-21T09:00:00Z, saw %s; the day of the import stands "
            "for it",
            key, text);
    import_item_keep(reading->item, "created-at", text, SCALAR_STRING);
    return TRUE;
}

static gboolean take_type(struct github_reading *reading, const char *key, const struct json *value)
{
    const char *name = import_github_name(value);

    if (json_kind(value) != JSON_KIND_NULL && !name)
        return import_github_refuse_kind(reading, key, "an object with a name", value);
    if (name && *name)
        reading->word = name;
    return TRUE;
}

static gboolean take_author(struct github_reading *reading, const char *key, const struct json *value)
{
    const char *name = import_github_name(value);
    if (name && *name)
        import_item_keep(reading->item, "author", name, SCALAR_STRING);
    else
        import_github_keep(reading->item, key, value);
    return TRUE;
}

static gboolean take_url(struct github_reading *reading, const char *key, const struct json *value)
{
    const char *text;

    if (!text_of(reading, key, value, &text))
        return FALSE;
    if (text && *text)
        import_item_keep(reading->item, "url", text, SCALAR_STRING);
    return TRUE;
}

/* Addresses of the API say nothing that number and repository do not. */
static gboolean take_api_url(struct github_reading *reading, const char *key, const struct json *value)
{
    return json_find(reading->json, "html_url") ? TRUE : take_url(reading, key, value);
}

static gboolean take_comments(struct github_reading *reading, const char *key, const struct json *value)
{
    if (json_kind(value) != JSON_KIND_ARRAY) {
        import_github_keep(reading->item, key, value);
        return TRUE;
    }
    for (gsize i = 0; i < json_count(value); i++) {
        const struct json *comment = json_at(value, i), *user = json_find(comment, "user");
        const struct json *created = json_find(comment, "createdAt");
        const char *when = json_as_string(created ? created : json_find(comment, "created_at"));
        const char *who = import_github_name(user ? user : json_find(comment, "author"));
        const char *text = json_as_string(json_find(comment, "body"));
        g_autofree char *day = when ? g_strndup(when, 10) : NULL;
        if (!text)
            return import_github_refuse_kind(reading, key, "objects with a body in the array", comment);
        import_text_add_comment(reading->comments, day && clock_is_day(day) ? day : when, who, text);
    }
    return TRUE;
}

static gboolean take_links(struct github_reading *reading, const char *key, const struct json *value)
{
    if (import_github_links_add(reading->issue->links, reading->repository, key, value,
                                import_github_place(reading, key)))
        return TRUE;
    return import_github_refuse_kind(reading, key, "issues with a number", value);
}

static const struct {
    const char *key;
    gboolean (*take)(struct github_reading *reading, const char *key, const struct json *value);
} takers[] = {
    { "number", take_nothing },        { "title", take_nothing },       { "body", take_body },
    { "state", take_state },           { "stateReason", take_reason },  { "state_reason", take_reason },
    { "closed", take_nothing },        { "labels", take_labels },       { "assignees", take_assignees },
    { "assignee", take_assignee },     { "milestone", take_milestone }, { "createdAt", take_created },
    { "created_at", take_created },    { "type", take_type },           { "issueType", take_type },
    { "issue_type", take_type },       { "author", take_author },       { "user", take_author },
    { "html_url", take_url },          { "url", take_api_url },         { "comments", take_comments },
    { "isPullRequest", take_nothing },
};

gboolean import_github_fields_take(struct github_reading *reading)
{
    const char *key = NULL;
    const struct json *value;

    while (json_next(reading->json, &key, &value)) {
        gboolean is_link = import_github_is_link(key), known = FALSE;
        for (gsize i = 0; i < G_N_ELEMENTS(takers) && !known; i++) {
            known = strcmp(key, takers[i].key) == 0;
            if (known && !takers[i].take(reading, key, value))
                return FALSE;
        }
        if (is_link && !take_links(reading, key, value))
            return FALSE;
        if (!known && !is_link && !g_str_has_suffix(key, "_url"))
            import_github_keep(reading->item, key, value);
    }
    return TRUE;
}
