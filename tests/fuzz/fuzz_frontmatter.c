/*
 * Any bytes as a file: its front matter is read, the spans of its nodes are checked, and a fixed set of edits
 * is made on its first keys, each of which must change its target alone or nothing.
 */
#include "edit.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define KEYS 6
#define EDIT_BYTES 4096

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* -- spans -- */

static gboolean is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static void check_scalar(const char *text, const struct node *node)
{
    const char *start = text + node->span.start, *end = text + node->span.end;

    g_assert(node->text && node->text[node->length] == '\0' && node->count == 0 && !node->first);
    g_assert(g_utf8_validate_len(node->text, strlen(node->text), NULL));
    if (span_is_empty(node->span)) {
        g_assert(node->style == STYLE_PLAIN && node->length == 0);
        return;
    }
    if (node->style == STYLE_PLAIN) {
        g_assert(!is_blank(*start) && !is_blank(end[-1]));
        g_assert(memchr(start, '\n', span_length(node->span)) ||
                 (node->length == span_length(node->span) && memcmp(node->text, start, node->length) == 0));
    } else if (node->style == STYLE_LITERAL || node->style == STYLE_FOLDED) {
        g_assert(*start == (node->style == STYLE_LITERAL ? '|' : '>'));
        g_assert(*end == '\n' || *end == '\r');
    } else {
        char quote = node->style == STYLE_SINGLE ? '\'' : '"';
        g_assert(span_length(node->span) >= 2 && *start == quote && end[-1] == quote);
    }
}

static void check_node(const char *text, const struct node *node, struct span within, guint depth)
{
    gsize at = node->span.start;
    guint count = 0;

    g_assert(depth <= 9);
    g_assert(within.start <= node->span.start && node->span.start <= node->span.end &&
             node->span.end <= within.end);
    if (node->kind == NODE_SCALAR) {
        check_scalar(text, node);
        return;
    }
    g_assert(!node->text && (node->style == STYLE_BLOCK || node->style == STYLE_FLOW));
    for (const struct node *child = node->first; child; child = child->next, count++) {
        g_assert((child->key != NULL) == (node->kind == NODE_MAP));
        if (child->key) {
            g_assert(node_find(node, child->key->text) == child && child->key->length > 0);
            check_node(text, child->key, (struct span){ at, node->span.end }, depth + 1);
            at = child->key->span.end;
        }
        check_node(text, child, (struct span){ at, node->span.end }, depth + 1);
        at = child->span.end;
    }
    g_assert(count == node->count);
    /* In brackets, or, as a block or as the map of one pair, up to the last child. */
    if (node->style == STYLE_FLOW && strchr("[{", text[node->span.start]))
        g_assert(text[node->span.end - 1] == (node->kind == NODE_MAP ? '}' : ']'));
    else
        g_assert(!node->first || at == node->span.end);
}

static void check_findings(const GPtrArray *findings, gsize size, gboolean read)
{
    g_assert(read == (findings->len == 0));
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        g_assert(finding->span.start <= finding->span.end && finding->span.end <= size);
        g_assert(finding->at.line >= 1 && finding->at.column >= 1);
        g_assert(g_utf8_validate(finding->message, -1, NULL) && !strpbrk(finding->message, "\r\n\x1b"));
    }
}

static void check_parse(const char *text, gsize size)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Frontmatter) front = frontmatter_parse(text, size, findings);
    gsize extent = frontmatter_extent(text, size);

    check_findings(findings, size, front->root != NULL);
    g_assert(front->span.start <= front->span.end && front->span.end <= size);
    g_assert(front->present ? front->span.end <= front->body && front->body <= size : front->body == 0);
    g_assert(extent == 0 || (front->present && extent == front->body));
    if (front->root)
        check_node(text, front->root, front->span, 1);
}

/* -- edits -- */

/* All keys but key have the values they had, in the same order. */
static void check_others(const struct node *old, const struct node *new, const char *key)
{
    for (;;) {
        if (old && strcmp(old->key->text, key) == 0)
            old = old->next;
        if (new &&strcmp(new->key->text, key) == 0)
            new = new->next;
        if (!old || !new)
            break;
        g_assert(node_equal(old->key, new->key) && node_equal(old, new));
        old = old->next;
        new = new->next;
    }
    g_assert(!old && !new);
}

/* Bytes before and behind the lines of key are as they were. */
static void check_bytes(const struct document *before, const struct document *after, const char *key)
{
    const struct node *node = node_find(before->front->root, key);
    gsize same = 0, tail = 0, shorter = MIN(before->length, after->length);

    while (same < shorter && before->text[same] == after->text[same])
        same++;
    while (tail < shorter && before->text[before->length - 1 - tail] == after->text[after->length - 1 - tail])
        tail++;
    g_assert(same >= before->front->span.start && tail >= before->length - before->front->span.end);
    if (!node) {
        g_assert(same + tail >= before->length);
        return;
    }
    gsize end = node->next ? lines_start(before->text, before->length, node->next->key->span.start)
                           : before->front->span.end;
    g_assert(same >= lines_start(before->text, before->length, node->key->span.start));
    g_assert(tail >= before->length - end);
}

enum call { SET, REMOVE, ADD, DROP, RECORD, DROP_RECORD, MAP, UNMAP, PAIR };

static gboolean take(struct edit *edit, enum call call, const char *key, const char *value)
{
    struct edit_pair pairs[] = { { "on", value, SCALAR_STRING }, { "says", "x", SCALAR_TYPED } };

    switch (call) {
    case SET:
        return edit_set(edit, key, value, SCALAR_STRING, NULL, NULL);
    case REMOVE:
        return edit_remove(edit, key, NULL);
    case ADD:
        return edit_entry_add(edit, key, value, NULL, NULL);
    case DROP:
        return edit_entry_remove(edit, key, value, NULL);
    case RECORD:
        return edit_record_add(edit, key, pairs, 2, NULL, NULL);
    case DROP_RECORD:
        return edit_record_remove(edit, key, 0, NULL);
    case MAP:
        return edit_map_set(edit, key, pairs[0], NULL, NULL);
    case PAIR:
        return edit_record_set(edit, key, 0, pairs[0], NULL, NULL);
    default:
        return edit_map_remove(edit, key, "on", NULL);
    }
}

static void check_target(const struct node *target, enum call call, const char *value)
{
    const struct node *last = target ? target->first : NULL;
    while (last && last->next)
        last = last->next;
    if (call == SET)
        g_assert(target && target->kind == NODE_SCALAR && strcmp(target->text, value) == 0);
    if (call == REMOVE)
        g_assert(!target);
    if (call == ADD)
        g_assert(target && target->kind == NODE_SEQUENCE && strcmp(last->text, value) == 0);
    if (call == RECORD)
        g_assert(last && last->kind == NODE_MAP && last->count == 2 && strcmp(last->first->text, value) == 0);
    if (call == MAP)
        g_assert(strcmp(node_find(target, "on")->text, value) == 0);
    if (call == PAIR)
        g_assert(strcmp(node_find(target->first, "on")->text, value) == 0);
    if (call == UNMAP)
        g_assert(!node_find(target, "on"));
}

static void check_edit(GBytes *bytes, const struct document *before, enum call call, const char *key,
                       const char *value)
{
    g_autoptr(Edit) edit = edit_new(bytes);

    if (!take(edit, call, key, value)) {
        g_assert(edit_bytes(edit) == bytes);
        return;
    }
    const struct document *after = edit_document(edit);
    check_others(before->front->root->first, after->front->root->first, key);
    check_bytes(before, after, key);
    check_target(node_find(after->front->root, key), call, value);
}

/* Every call on key, with a value that is there already where the call looks for one. */
static void check_edits(GBytes *bytes, const struct document *before, const char *key)
{
    const struct node *node = node_find(before->front->root, key);
    gboolean listed = node && node->first && node->first->kind == NODE_SCALAR && node->first->length > 0 &&
                      strlen(node->first->text) == node->first->length;

    check_edit(bytes, before, SET, key, "new: value");
    check_edit(bytes, before, SET, key, "two\nlines\n");
    check_edit(bytes, before, REMOVE, key, "");
    check_edit(bytes, before, ADD, key, "no");
    check_edit(bytes, before, DROP, key, listed ? node->first->text : "no");
    check_edit(bytes, before, RECORD, key, "a, b");
    check_edit(bytes, before, DROP_RECORD, key, "");
    check_edit(bytes, before, MAP, key, "é]");
    check_edit(bytes, before, UNMAP, key, "");
    check_edit(bytes, before, PAIR, key, "é}");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = size ? (const char *)data : "";
    g_autoptr(GBytes) bytes = g_bytes_new(text, size);
    g_autoptr(Document) document = document_new(bytes, NULL);
    guint keys = 0;

    check_parse(text, size);
    if (!document->front->root || size > EDIT_BYTES)
        return 0;
    for (const struct node *node = document->front->root->first; node && keys < KEYS;
         node = node->next, keys++)
        check_edits(bytes, document, node->key->text);
    check_edits(bytes, document, "a new: key");
    return 0;
}
