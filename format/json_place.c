#include "json_place.h"

#include "json.h"

#include <string.h>

static gsize skip_space(const char *text, gsize length, gsize at)
{
    while (at < length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r'))
        at++;
    return at;
}

/* Behind the string that begins at an opening quote. */
static gsize skip_string(const char *text, gsize length, gsize at)
{
    for (at++; at < length && text[at] != '"'; at++)
        if (text[at] == '\\')
            at++;
    return MIN(at + 1, length);
}

/* The comma or closing bracket behind the value at that offset, or length; with colon, also a colon. */
static gsize find_end(const char *text, gsize length, gsize at, gboolean colon)
{
    guint depth = 0;

    while (at < length) {
        switch (text[at]) {
        case '"':
            at = skip_string(text, length, at);
            continue;
        case '[':
        case '{':
            depth++;
            break;
        case ']':
        case '}':
            if (depth-- == 0)
                return at;
            break;
        case ',':
            if (depth == 0)
                return at;
            break;
        case ':':
            if (depth == 0 && colon)
                return at;
            break;
        default:
            break;
        }
        at++;
    }
    return length;
}

/* The part from at to end without white space around it. */
static struct span trimmed(const char *text, gsize at, gsize end)
{
    struct span span = { skip_space(text, end, at), end };
    while (span.end > span.start && strchr(" \t\r\n", text[span.end - 1]))
        span.end--;
    return span;
}

gsize json_place_start(const char *text, gsize length)
{
    gsize at = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    return skip_space(text, length, at);
}

gboolean json_place_step(const char *text, gsize length, gsize container, struct json_place *place)
{
    gboolean is_object = container < length && text[container] == '{';
    gboolean first = place->value.end == 0;
    gsize at = container + 1;

    if (!is_object && (container >= length || text[container] != '[')) {
        *place = (struct json_place){ .value = { length, length } };
        return FALSE;
    }
    if (!first)
        at = find_end(text, length, place->value.end, FALSE);
    at = skip_space(text, length, at);
    if (!first && at < length && text[at] == ',')
        at = skip_space(text, length, at + 1);
    else if (!first || at == length || text[at] == ']' || text[at] == '}') {
        *place = (struct json_place){ .value = { at, at } };
        return FALSE;
    }
    *place = (struct json_place){ 0 };
    if (is_object) {
        gsize colon = find_end(text, length, at, TRUE);
        place->key = trimmed(text, at, colon);
        at = colon < length && text[colon] == ':' ? colon + 1 : colon;
    }
    place->value = trimmed(text, at, find_end(text, length, at, FALSE));
    return TRUE;
}

/* Whether the quoted string in span is key; escapes are undone. */
static gboolean is_key(const char *text, struct span span, const char *key)
{
    const char *quoted = text + span.start;
    gsize length = span_length(span);

    if (length < 2 || !memchr(quoted, '\\', length))
        return length == strlen(key) + 2 && memcmp(quoted + 1, key, length - 2) == 0;
    g_autoptr(Json) json = json_parse(quoted, length, &json_default_limits, NULL);
    return g_strcmp0(json_as_string(json), key) == 0;
}

gsize json_place_find(const char *text, gsize length, gsize object, const char *key)
{
    struct json_place place = { 0 };

    if (object >= length || text[object] != '{')
        return object;
    while (json_place_step(text, length, object, &place))
        if (is_key(text, place.key, key))
            return place.value.start;
    return object;
}
