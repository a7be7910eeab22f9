/*
 * Random front matters in all styles, edited at random. What an edit must keep is worked out here from the
 * two texts alone, by other means than those of the edit.
 */
#include "edit_steps.h"
#include "front_maker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DOCUMENTS 3000
#define SEED 20261121

/* -- what the texts say -- */

/* The tree in one canonical line, without styles and places. */
static void describe(GString *out, const struct node *node)
{
    if (node->kind == NODE_SCALAR) {
        g_autofree char *text = g_strescape(node->text, NULL);
        g_string_append_printf(out, "\"%s\"", text);
        return;
    }
    g_string_append_c(out, node->kind == NODE_MAP ? '{' : '[');
    for (const struct node *child = node->first; child; child = child->next) {
        if (child->key)
            g_string_append_printf(out, "%s:", child->key->text);
        describe(out, child);
        g_string_append_c(out, ' ');
    }
    g_string_append_c(out, node->kind == NODE_MAP ? '}' : ']');
}

static char *description(const struct node *node)
{
    GString *out = g_string_new(NULL);
    if (node)
        describe(out, node);
    return g_string_free(out, FALSE);
}

static gboolean is_map_step(const struct step *step)
{
    return step->call == MAP || step->call == UNMAP;
}

/* The entry that the step removes from node; NULL for other steps. */
static const struct node *find_removed(const struct step *step, const struct node *node)
{
    guint i = 0;
    for (const struct node *child = node ? node->first : NULL; child; child = child->next, i++)
        if ((step->call == DROP && child->kind == NODE_SCALAR && strcmp(child->text, step->value) == 0) ||
            (step->call == DROP_RECORD && i == step->index) ||
            (step->call == UNMAP && strcmp(child->key->text, step->name) == 0))
            return child;
    return NULL;
}

/* The record with the step's pair set in it. */
static char *with_pair(const struct step *step, const struct node *record)
{
    g_autofree char *text = g_strescape(step->value, NULL);
    g_autoptr(GString) out = g_string_new("{");

    for (const struct node *value = record->first; value; value = value->next) {
        gboolean here = strcmp(value->key->text, step->name) == 0;
        g_autofree char *old = here ? g_strdup_printf("\"%s\"", text) : description(value);
        g_string_append_printf(out, "%s:%s ", value->key->text, old);
    }
    if (!node_find(record, step->name))
        g_string_append_printf(out, "%s:\"%s\" ", step->name, text);
    return g_strdup_printf("%s}", out->str);
}

/* What the value under the step's key should be afterwards; NULL where the key should be gone. */
static char *expect(const struct step *step, const struct node *node)
{
    g_autofree char *text = g_strescape(step->value, NULL);
    g_autoptr(GString) out = g_string_new(NULL);
    const struct node *removed = find_removed(step, node);
    gboolean set = FALSE;
    guint index = 0;

    if (step->call == SET || step->call == SET_TYPED)
        return g_strdup_printf("\"%s\"", text);
    for (const struct node *child = node ? node->first : NULL; child; child = child->next) {
        gboolean here = step->call == MAP && strcmp(child->key->text, step->name) == 0;
        gboolean within = step->call == PAIR && index++ == step->index;
        g_autofree char *old = here     ? g_strdup_printf("\"%s\"", text)
                               : within ? with_pair(step, child)
                                        : description(child);
        if (child != removed)
            g_string_append_printf(out, "%s%s%s ", child->key ? child->key->text : "", child->key ? ":" : "",
                                   old);
        set |= here;
    }
    if (step->call == ADD)
        g_string_append_printf(out, "\"%s\" ", text);
    if (step->call == RECORD)
        g_string_append_printf(out, "{from:\"service-hotline\" on:\"2026-11-20\" says:\"%s\" } ", text);
    if (step->call == MAP && !set)
        g_string_append_printf(out, "%s:\"%s\" ", step->name, text);
    if (step->call == REMOVE || (out->len == 0 && node->style == STYLE_BLOCK))
        return NULL;
    return g_strdup_printf(is_map_step(step) ? "{%s}" : "[%s]", out->str);
}

static void check_trees(const struct document *before, const struct document *after, const struct step *step)
{
    const struct node *old = before->front->root->first, *new = after->front->root->first;
    g_autofree char *expected = expect(step, node_find(before->front->root, step->key));
    const struct node *target = node_find(after->front->root, step->key);
    g_autofree char *seen = target ? description(target) : NULL;

    assert_int_equal(expected != NULL, seen != NULL);
    if (expected)
        assert_string_equal(seen, expected);
    for (;;) {
        if (old && strcmp(old->key->text, step->key) == 0)
            old = old->next;
        if (new &&strcmp(new->key->text, step->key) == 0)
            new = new->next;
        if (!old || !new)
            break;
        g_autofree char *left = description(old), *right = description(new);
        assert_string_equal(old->key->text, new->key->text);
        assert_string_equal(left, right);
        old = old->next;
        new = new->next;
    }
    assert_null(old);
    assert_null(new);
}

/* Before and behind the lines of the step's key all bytes are the same; without that key, nothing is taken
 * away. */
static void check_region(const struct document *before, const struct document *after, const struct step *step)
{
    const struct node *node = node_find(before->front->root, step->key);
    gsize same = 0, tail = 0, shorter = MIN(before->length, after->length);

    while (same < shorter && before->text[same] == after->text[same])
        same++;
    while (tail < shorter && before->text[before->length - 1 - tail] == after->text[after->length - 1 - tail])
        tail++;
    if (!node) {
        assert_true(same + tail >= before->length);
        return;
    }
    gsize end = node->next ? lines_start(before->text, before->length, node->next->key->span.start)
                           : before->front->span.end;
    assert_true(same >= lines_start(before->text, before->length, node->key->span.start));
    assert_true(tail >= before->length - end);
}

/* Every comment is still there, but for those in the lines of what was removed. */
static void check_comments(const struct document *before, const struct document *after,
                           const struct step *step)
{
    g_autofree char *left = g_strndup(before->text, before->front->body);
    g_autofree char *right = g_strndup(after->text, after->front->body);
    const struct node *node = node_find(before->front->root, step->key), *entry = find_removed(step, node);
    struct span gone = { 0, 0 };

    if (step->call == REMOVE || (entry && !node_find(after->front->root, step->key)))
        gone = (struct span){ node->key->span.start, lines_end(left, before->front->body, node->span.end) };
    else if (entry)
        gone = (struct span){ entry->key ? entry->key->span.start : entry->span.start,
                              lines_end(left, before->front->body, entry->span.end) };
    for (const char *at = left; (at = strstr(at, "# n")); at++) {
        gsize offset = (gsize)(at - left);
        g_autofree char *comment = g_strndup(at, strcspn(at, ";") + 1);
        if (!strstr(right, comment) && !(offset >= gone.start && offset < gone.end))
            fail_msg("lost %s", comment);
    }
}

static void check_endings(const struct document *before, const struct document *after)
{
    gboolean crlf = g_str_has_suffix(lines_ending(before->text, before->length, 0), "\r\n");
    for (gsize i = 1; i < after->front->body; i++)
        if (after->text[i] == '\n')
            assert_int_equal(after->text[i - 1] == '\r', crlf);
}

/* -- properties -- */

static void an_edit_changes_its_target_and_nothing_else(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(SEED);
    guint accepted = 0, unsafe = 0;

    for (guint i = 0; i < DOCUMENTS; i++) {
        g_autofree char *text = front_maker_make(random);
        g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
        g_autoptr(Document) before = document_new(bytes, NULL);
        if (!before->front->root)
            fail_msg("document %u cannot be read:\n%s", i, text);
        for (guint j = 0; j < 8; j++) {
            g_autoptr(Edit) edit = edit_new(bytes);
            g_autoptr(GError) error = NULL;
            struct step step = front_maker_step(random);
            if (!step_take(edit, &step, &error)) {
                unsafe += g_error_matches(error, EDIT_ERROR, EDIT_ERROR_UNSAFE);
                assert_true(g_bytes_equal(edit_bytes(edit), bytes));
                continue;
            }
            accepted++;
            const struct document *after = edit_document(edit);
            check_trees(before, after, &step);
            check_region(before, after, &step);
            check_comments(before, after, &step);
            check_endings(before, after);
        }
    }
    print_message("# %u edits made, %u refused as unsafe\n", accepted, unsafe);
    assert_true(accepted > 10 * unsafe);
}

/* What undoes the step, made on a file with this root; FALSE where nothing promises to. */
static gboolean reverse(const struct step *step, const struct node *root, struct step *back)
{
    const struct node *node = node_find(root, step->key);
    gboolean grows = !node || !node_is_null(node);

    *back = *step;
    if ((step->call == SET || step->call == SET_TYPED) && !node)
        back->call = REMOVE;
    else if (step->call == ADD && grows)
        back->call = DROP;
    else if (step->call == RECORD && grows)
        back->call = DROP_RECORD;
    else if (step->call == MAP && grows && !node_find(node, step->name))
        back->call = UNMAP;
    else
        return FALSE;
    back->index = node ? node->count : 0;
    /* The first of two equal entries goes. */
    return step->call != ADD || !find_removed(back, node);
}

/* Whether a list in brackets ends with an entry with a comment and no comma, which gets one to stay. */
static gboolean gains_comma(const struct document *document, const struct node *node)
{
    if (!node || node->style != STYLE_FLOW || node->count == 0)
        return FALSE;
    const struct node *last = node->first;
    while (last->next)
        last = last->next;
    gsize at = last->span.end;
    at += strspn(document->text + at, " ");
    return document->text[at] == '#';
}

static void what_is_added_and_removed_leaves_no_trace(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(SEED + 1);
    guint reversed = 0;

    for (guint i = 0; i < DOCUMENTS; i++) {
        g_autofree char *text = front_maker_make(random);
        g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
        g_autoptr(Document) before = document_new(bytes, NULL);
        g_autoptr(Edit) edit = edit_new(bytes);
        struct step step = front_maker_step(random), back;

        if (!reverse(&step, before->front->root, &back) || !step_take(edit, &step, NULL))
            continue;
        const struct node *node = node_find(before->front->root, step.key);
        if (gains_comma(before, node))
            continue;
        assert_true(step_take(edit, &back, NULL));
        g_autofree char *after = step_text(edit);
        assert_string_equal(after, text);
        reversed++;
    }
    assert_true(reversed > DOCUMENTS / 5);
}

/* Whether the scalar stands as it would be printed anew, so that it can come back. */
static gboolean is_canonical(const struct document *document, const struct node *node)
{
    if (node->kind != NODE_SCALAR || span_is_empty(node->span) || node->style == STYLE_FOLDED)
        return FALSE;
    if (node->style == STYLE_LITERAL)
        return document->text[node->span.start + 1] != '+' && *node->text != '\0';
    g_autofree char *printed = scalar_print(node->text, SCALAR_TYPED, node->style, FALSE);
    return strlen(printed) == span_length(node->span) &&
           memcmp(printed, document->text + node->span.start, strlen(printed)) == 0;
}

static void a_value_set_and_set_back_leaves_no_trace(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(SEED + 2);
    guint reversed = 0;

    for (guint i = 0; i < DOCUMENTS; i++) {
        g_autofree char *text = front_maker_make(random);
        g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
        g_autoptr(Document) before = document_new(bytes, NULL);
        for (const struct node *node = before->front->root->first; node; node = node->next) {
            if (!is_canonical(before, node))
                continue;
            enum scalar_type type = node->style == STYLE_PLAIN ? SCALAR_TYPED : SCALAR_STRING;
            g_autoptr(Edit) edit = edit_new(bytes);
            assert_true(edit_set(edit, node->key->text, "something new", type, step_order, NULL));
            assert_false(g_bytes_equal(edit_bytes(edit), bytes));
            assert_true(edit_set(edit, node->key->text, node->text, type, step_order, NULL));
            g_autofree char *after = step_text(edit);
            assert_string_equal(after, text);
            reversed++;
        }
    }
    assert_true(reversed > DOCUMENTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_edit_changes_its_target_and_nothing_else),
        cmocka_unit_test(what_is_added_and_removed_leaves_no_trace),
        cmocka_unit_test(a_value_set_and_set_back_leaves_no_trace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
