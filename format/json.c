#include "json.h"

#include "lines.h"
#include "plain.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

/* The largest integer that every reader of JSON keeps: RFC 7493, 2.2. */
#define LARGEST_INTEGER ((G_GINT64_CONSTANT(1) << 53) - 1)

G_DEFINE_QUARK(refine_json, json_error)

const struct json_limits json_default_limits = { .bytes = 64 << 20, .depth = 64 };

/* A struct json is a json_t; no other file knows. */
static json_t *unwrap(const struct json *json)
{
    return (json_t *)json;
}

static struct json *wrap(json_t *value)
{
    return (struct json *)value;
}

struct json *json_new_object(void)
{
    return wrap(json_object());
}

struct json *json_new_array(void)
{
    return wrap(json_array());
}

void json_free(struct json *json)
{
    json_decref(unwrap(json));
}

/* Takes value over. */
static void add(struct json *parent, const char *key, json_t *value)
{
    int failed;

    if (json_is_array(unwrap(parent))) {
        g_assert(key == NULL);
        failed = json_array_append_new(unwrap(parent), value);
    } else {
        g_assert(key != NULL);
        g_autofree char *valid = g_utf8_validate(key, -1, NULL) ? NULL : g_utf8_make_valid(key, -1);
        failed = json_object_set_new_nocheck(unwrap(parent), valid ? valid : key, value);
    }
    g_assert(!failed);
}

void json_add_string(struct json *parent, const char *key, const char *text)
{
    if (text)
        json_add_string_len(parent, key, text, strlen(text));
    else
        json_add_null(parent, key);
}

/* g_utf8_validate_len stops at a NUL, which a JSON string can hold. */
static gboolean is_utf8(const char *text, gsize length)
{
    const char *end = text + length;
    for (const char *at = text; !g_utf8_validate_len(at, (gsize)(end - at), &at); at++)
        if (*at)
            return FALSE;
    return TRUE;
}

void json_add_string_len(struct json *parent, const char *key, const char *text, gsize length)
{
    g_autofree char *valid = NULL;

    if (!is_utf8(text, length)) {
        valid = g_utf8_make_valid(text, (gssize)length);
        text = valid;
        length = strlen(valid);
    }
    add(parent, key, json_stringn_nocheck(text, length));
}

void json_add_integer(struct json *parent, const char *key, gint64 value)
{
    if (value < -LARGEST_INTEGER || value > LARGEST_INTEGER)
        add(parent, key, json_sprintf("%" G_GINT64_FORMAT, value));
    else
        add(parent, key, json_integer(value));
}

void json_add_real(struct json *parent, const char *key, double value)
{
    add(parent, key, isfinite(value) ? json_real(value) : json_null());
}

void json_add_boolean(struct json *parent, const char *key, gboolean value)
{
    add(parent, key, value ? json_true() : json_false());
}

void json_add_null(struct json *parent, const char *key)
{
    add(parent, key, json_null());
}

struct json *json_add_object(struct json *parent, const char *key)
{
    json_t *value = json_object();
    add(parent, key, value);
    return wrap(value);
}

struct json *json_add_array(struct json *parent, const char *key)
{
    json_t *value = json_array();
    add(parent, key, value);
    return wrap(value);
}

/* Such characters stand only inside strings, where any may be written as an escape. */
static gboolean must_escape(const char *text, const char *at)
{
    switch (*at) {
    case '<':
    case '>':
    case '&':
    case 0x7f:
        return TRUE;
    case '#':
        return at > text && at[-1] == '#';
    default:
        return (guchar)*at >= 0xc0 &&
               plain_is_hidden(g_utf8_get_char(at)); /* only first bytes are looked at */
    }
}

char *json_print(const struct json *json, guint indent)
{
    size_t flags = JSON_ENCODE_ANY | JSON_REAL_PRECISION(15) | (indent ? JSON_INDENT(indent) : JSON_COMPACT);
    char *text = json_dumps(unwrap(json), flags);
    g_assert(text);
    GString *out = g_string_sized_new(strlen(text) + 64);
    const char *kept = text;

    for (const char *at = text; *at; at++) {
        if (!must_escape(text, at))
            continue;
        g_string_append_len(out, kept, at - kept);
        g_string_append_printf(out, "\\u%04X", g_utf8_get_char(at));
        kept = g_utf8_next_char(at);
    }
    g_string_append(out, kept);
    free(text);
    return g_string_free(out, FALSE);
}

/* Offset of the bracket that opens a level too many; length where there is none. jansson recurses, up to 2048
 * levels, and says no place. Text that is not JSON only has to end the walk: jansson refuses it. */
static gsize find_too_deep(const char *text, gsize length, guint limit)
{
    gboolean quoted = FALSE;
    guint depth = 0;

    for (gsize i = 0; i < length; i++) {
        if (text[i] == '"')
            quoted = !quoted;
        else if (quoted && text[i] == '\\')
            i++;
        else if (!quoted && (text[i] == '[' || text[i] == '{') && ++depth > limit)
            return i;
        else if (!quoted && (text[i] == ']' || text[i] == '}') && depth)
            depth--;
    }
    return length;
}

static void set_syntax_error(GError **error, const json_error_t *problem)
{
    enum json_error_code code = json_error_code(problem);
    gboolean nul = code == json_error_null_character || code == json_error_null_byte_in_key;
    g_autofree char *what = plain_escape(nul ? "U+0000 is not allowed in a string" : problem->text, -1);
    g_set_error_literal(error, JSON_ERROR, 0, what);
}

struct json *json_parse_at(const char *text, gsize length, const struct json_limits *limits,
                           struct position *at, GError **error)
{
    json_error_t problem;

    g_assert(limits->depth <= 1000);
    *at = (struct position){ 1, 1 };
    if (length > limits->bytes) {
        g_set_error(error, JSON_ERROR, 0,
                    "expected at most %" G_GSIZE_FORMAT " bytes of JSON, found %" G_GSIZE_FORMAT,
                    limits->bytes, length);
        return NULL;
    }
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        length -= 3;
    }
    gsize deep = find_too_deep(text, length, limits->depth);
    if (deep < length) {
        *at = lines_locate(text, length, deep);
        g_set_error(error, JSON_ERROR, 0, "expected at most %u arrays and objects in each other",
                    limits->depth);
        return NULL;
    }
    json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);
    if (value)
        return wrap(value);
    *at = (struct position){ (guint)MAX(problem.line, 1), (guint)MAX(problem.column, 1) };
    set_syntax_error(error, &problem);
    return NULL;
}

struct json *json_parse(const char *text, gsize length, const struct json_limits *limits, GError **error)
{
    struct position at;
    struct json *json = json_parse_at(text, length, limits, &at, error);
    if (!json)
        g_prefix_error(error, "%u:%u: ", at.line, at.column);
    return json;
}

enum json_kind json_kind(const struct json *json)
{
    if (!json)
        return JSON_KIND_NULL;
    switch (json_typeof(unwrap(json))) {
    case JSON_OBJECT:
        return JSON_KIND_OBJECT;
    case JSON_ARRAY:
        return JSON_KIND_ARRAY;
    case JSON_STRING:
        return JSON_KIND_STRING;
    case JSON_INTEGER:
        return JSON_KIND_INTEGER;
    case JSON_REAL:
        return JSON_KIND_REAL;
    case JSON_TRUE:
    case JSON_FALSE:
        return JSON_KIND_BOOLEAN;
    case JSON_NULL:
        break;
    }
    return JSON_KIND_NULL;
}

const char *json_kind_name(enum json_kind kind)
{
    static const char *const names[] = { "null",     "a boolean", "an integer", "a real number",
                                         "a string", "an array",  "an object" };
    return names[kind];
}

const struct json *json_find(const struct json *json, const char *key)
{
    return wrap(json_object_get(unwrap(json), key));
}

gsize json_count(const struct json *json)
{
    return json_is_array(unwrap(json)) ? json_array_size(unwrap(json)) : json_object_size(unwrap(json));
}

const struct json *json_at(const struct json *json, gsize index)
{
    return wrap(json_array_get(unwrap(json), index));
}

gboolean json_next(const struct json *json, const char **key, const struct json **value)
{
    json_t *object = unwrap(json);
    void *at = *key ? json_object_iter_next(object, json_object_key_to_iter(*key)) : json_object_iter(object);
    if (!at)
        return FALSE;
    *key = json_object_iter_key(at);
    *value = wrap(json_object_iter_value(at));
    return TRUE;
}

const char *json_as_string(const struct json *json)
{
    return json_string_value(unwrap(json));
}

gboolean json_as_integer(const struct json *json, gint64 *value)
{
    const json_t *number = unwrap(json);
    double real = json_real_value(number);

    if (json_is_integer(number))
        *value = json_integer_value(number);
    else if (json_is_real(number) && fabs(real) <= (double)LARGEST_INTEGER && real == (double)(gint64)real)
        *value = (gint64)real;
    else
        return FALSE;
    return TRUE;
}

gboolean json_as_real(const struct json *json, double *value)
{
    if (!json_is_number(unwrap(json)))
        return FALSE;
    *value = json_number_value(unwrap(json));
    return TRUE;
}

gboolean json_as_boolean(const struct json *json, gboolean *value)
{
    if (!json_is_boolean(unwrap(json)))
        return FALSE;
    *value = json_is_true(unwrap(json));
    return TRUE;
}
