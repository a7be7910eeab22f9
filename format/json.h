/*
 * JSON written and read (RFC 8259).
 *
 * To write: json_new_object or json_new_array, json_add_… for each value, json_print, json_free. Keys are
 * printed in the order in which they were first added; adding a key again replaces its value. To read:
 * json_parse, then json_find, json_at, json_next and json_as_…; these take NULL for "not there" and give it
 * on, so that a path of keys needs one check at its end.
 *
 * What is printed is UTF-8 that can be put into HTML and into the log of a CI service: "<", ">", "&", DEL,
 * C1, controls of direction, U+2028, U+2029, U+FEFF and every "#" after a "#" are \u escapes, so nothing is
 * lost.
 */
#pragma once

#include "lines.h"

struct json;

struct json *json_new_object(void);
struct json *json_new_array(void);

/* Frees a value with all it holds; only what json_new_… and json_parse returned. */
void json_free(struct json *json);
typedef struct json Json; /* for g_autoptr(Json) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Json, json_free)

/* Each adds one value: to an object under key, to an array, where key is NULL, at the end. Text is copied;
 * NULL is null, and what is not UTF-8 in it becomes U+FFFD. An integer beyond 2^53 - 1 either way is written
 * as a string (RFC 7493, 2.2: readers would round it). A real is written with 15 significant digits; one that
 * is not finite is null. */
void json_add_string(struct json *parent, const char *key, const char *text);
void json_add_string_len(struct json *parent, const char *key, const char *text, gsize length);
void json_add_integer(struct json *parent, const char *key, gint64 value);
void json_add_real(struct json *parent, const char *key, double value);
void json_add_boolean(struct json *parent, const char *key, gboolean value);
void json_add_null(struct json *parent, const char *key);

/* The same; returns the new empty value, owned by parent. */
struct json *json_add_object(struct json *parent, const char *key);
struct json *json_add_array(struct json *parent, const char *key);

/* A new string without a newline at its end: indented by that many spaces (at most 31), or with 0 all on one
 * line. */
char *json_print(const struct json *json, guint indent);

enum json_kind {
    JSON_KIND_NULL,
    JSON_KIND_BOOLEAN,
    JSON_KIND_INTEGER,
    JSON_KIND_REAL,
    JSON_KIND_STRING,
    JSON_KIND_ARRAY,
    JSON_KIND_OBJECT,
};

struct json_limits {
    gsize bytes; /* of the whole text */
    guint depth; /* of arrays and objects in each other; at most 1000 */
};

/* 64 MiB, 64 deep: room for any tracker's export. */
extern const struct json_limits json_default_limits;

#define JSON_ERROR (json_error_quark())
GQuark json_error_quark(void);

/* Reads text, which is one value of any kind, strictly: no comments, no NaN, no duplicate keys, no U+0000, no
 * number that an int64 or a double cannot hold. A byte order mark is skipped. NULL with a message that begins
 * "LINE:COLUMN: ". */
struct json *json_parse(const char *text, gsize length, const struct json_limits *limits, GError **error);

/* The same of a part of a larger text, such as a line: the message has no place, which *at gets, as one in
 * that part. */
struct json *json_parse_at(const char *text, gsize length, const struct json_limits *limits,
                           struct position *at, GError **error);

/* NULL is of kind null. */
enum json_kind json_kind(const struct json *json);

/* What a person calls it: "a string", "null". */
const char *json_kind_name(enum json_kind kind);

/* The value under key; NULL where there is none, or json is not an object. Borrowed, as are all below. */
const struct json *json_find(const struct json *json, const char *key);

/* Values of an array or an object; 0 of all else. */
gsize json_count(const struct json *json);

/* The value at index, from 0, of an array; NULL past its end. */
const struct json *json_at(const struct json *json, gsize index);

/* Steps through an object in the order of its text. Begin with *key NULL; FALSE after the last one. */
gboolean json_next(const struct json *json, const char **key, const struct json **value);

/* The text of a string, valid UTF-8; NULL of all else. */
const char *json_as_string(const struct json *json);

/* Each TRUE and the value where json is one, else FALSE and the value untouched. A real without fraction,
 * as 5.0, is an integer too; an integer is a real too. */
gboolean json_as_integer(const struct json *json, gint64 *value);
gboolean json_as_real(const struct json *json, double *value);
gboolean json_as_boolean(const struct json *json, gboolean *value);
