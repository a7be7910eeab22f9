#include "edit_private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Tries to pass after off as before with another value under key, in the list under it, or without the key.
 */
static gboolean prove(const char *before, const char *after, const char *key, gboolean meant)
{
    g_autofree char *old_text = g_strdup_printf("---\n%s---\nText\n", before);
    g_autofree char *new_text = g_strdup_printf("---\n%s", after);
    g_autoptr(GBytes) bytes = g_bytes_new(old_text, strlen(old_text));
    g_autoptr(Edit) edit = edit_new(bytes);
    g_autoptr(GError) error = NULL;
    struct document *changed = edit_splice(edit, (struct span){ 0, strlen(old_text) }, new_text);
    const struct node *old = node_find(edit_document(edit)->front->root, key);
    const struct node *new = node_find(changed->front->root, key);
    gboolean good = edit_prove(edit, changed, old, new, meant, "set it", &error);

    assert_int_equal(good, error == NULL);
    if (good) {
        assert_int_equal(g_bytes_get_size(edit_bytes(edit)), strlen(new_text));
        return TRUE;
    }
    assert_true(g_bytes_equal(edit_bytes(edit), bytes));
    assert_true(g_error_matches(error, EDIT_ERROR, EDIT_ERROR_UNSAFE));
    assert_string_equal(error->message,
                        "cannot set it without touching the lines around it; change it in an editor");
    return FALSE;
}

static void check_refused(const char *before, const char *after)
{
    g_autofree char *whole = g_strconcat(after, "---\nText\n", NULL);
    assert_false(prove(before, whole, "target", TRUE));
}

static void a_change_of_the_target_alone_is_proven(void **state)
{
    assert_true(prove("a: x\ntarget: y\nb: z\n", "a: x\ntarget: [other]\nb: z\n---\nText\n", "target", TRUE));
    assert_true(prove("a: x\ntarget: y\n", "a: x\n---\nText\n", "target", TRUE));
    assert_true(prove("a: x\n", "target: y\na: x\n---\nText\n", "target", TRUE));
    assert_true(prove("a: x\n", "# c\na: 'x'\n---\nText\n", "target", TRUE));
}

static void what_is_not_meant_is_refused(void **state)
{
    assert_false(prove("target: y\n", "target: z\n---\nText\n", "target", FALSE));
}

static void a_change_elsewhere_is_refused(void **state)
{
    const char *const before = "a: x\ntarget: y\nb: [p, {q: r}]\nc: {s: t}\n";
    check_refused(before, "a: y\ntarget: z\nb: [p, {q: r}]\nc: {s: t}\n");
    check_refused(before, "a: [x]\ntarget: z\nb: [p, {q: r}]\nc: {s: t}\n");
    check_refused(before, "aa: x\ntarget: z\nb: [p, {q: r}]\nc: {s: t}\n");
    check_refused(before, "a: x\ntarget: z\nb: [p, {q: u}]\nc: {s: t}\n");
    check_refused(before, "a: x\ntarget: z\nb: [p, {u: r}]\nc: {s: t}\n");
    check_refused(before, "a: x\ntarget: z\nb: [p, [q, r]]\nc: {s: t}\n");
    check_refused(before, "a: x\ntarget: z\nb: [p]\nc: {s: t}\n");
    check_refused(before, "a: x\ntarget: z\nb: [p, {q: r}, v]\nc: {s: t}\n");
    check_refused(before, "a: x\ntarget: z\nb: [p, {q: r}]\nc: {u: t}\n");
    check_refused(before, "a: x\ntarget: z\nb: [p, {q: r}]\n");
    check_refused(before, "a: x\ntarget: z\nb: [p, {q: r}]\nc: {s: t}\nd: v\n");
    check_refused(before, "target: z\nb: [p, {q: r}]\na: x\nc: {s: t}\n");
    check_refused(before, "a: x\ntarget: z\n");
    check_refused("a: x\n", "");
}

static void a_change_of_the_body_is_refused(void **state)
{
    assert_false(prove("target: y\n", "target: z\n---\nTexts\n", "target", TRUE));
    assert_false(prove("target: y\n", "target: z\n---\nText\r", "target", TRUE));
    assert_false(prove("target: y\n", "target: z\n---\n---\nText\n", "target", TRUE));
    assert_false(prove("target: y\n", "target: z\n", "target", TRUE));
}

static void what_cannot_be_read_afterwards_is_refused(void **state)
{
    check_refused("target: y\n", "target: [z\n");
    check_refused("target: y\n", "target: z\ntarget: z\n");
}

static const struct node *value_of(const struct nodes *nodes, const char *key)
{
    return node_find(nodes->root, key);
}

static void an_entry_is_known_by_all_its_parts(void **state)
{
    const char *yaml =
        "value: x\nother: y\nlist: [x]\nmap: {x: x}\nrecord: {a: x, b: y}\nlonger: {a: x, b: y, c: z}\n"
        "renamed: {a: x, c: y}\nchanged: {a: x, b: z}\n";
    g_autoptr(Nodes) nodes = nodes_parse(yaml, strlen(yaml), (struct span){ 0, strlen(yaml) }, NULL);
    const struct edit_pair value = { .value = "x" }, named = { "value", "x", SCALAR_STRING };
    const struct edit_pair pairs[] = { { "a", "x", SCALAR_STRING }, { "b", "y", SCALAR_STRING } };
    const struct edit_entry scalar = { NODE_SCALAR, &value, 1 }, listed = { NODE_SEQUENCE, &value, 1 };
    const struct edit_entry mapped = { NODE_MAP, &named, 1 }, record = { NODE_SEQUENCE, pairs, 2 };
    const char *const no_record[] = { "value", "list", "map", "longer", "renamed", "changed" };

    assert_true(edit_is_entry(value_of(nodes, "value"), &scalar));
    assert_true(edit_is_entry(value_of(nodes, "value"), &listed));
    assert_true(edit_is_entry(value_of(nodes, "value"), &mapped));
    assert_true(edit_is_entry(value_of(nodes, "record"), &record));
    assert_false(edit_is_entry(NULL, &scalar));
    assert_false(edit_is_entry(value_of(nodes, "other"), &scalar));
    assert_false(edit_is_entry(value_of(nodes, "list"), &listed));
    assert_false(edit_is_entry(value_of(nodes, "map"), &mapped));
    assert_false(edit_is_entry(value_of(nodes, "other"), &mapped));
    assert_false(edit_is_entry(value_of(nodes, "map")->first, &mapped));
    for (gsize i = 0; i < G_N_ELEMENTS(no_record); i++)
        assert_false(edit_is_entry(value_of(nodes, no_record[i]), &record));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_of_the_target_alone_is_proven),
        cmocka_unit_test(what_is_not_meant_is_refused),
        cmocka_unit_test(a_change_elsewhere_is_refused),
        cmocka_unit_test(a_change_of_the_body_is_refused),
        cmocka_unit_test(what_cannot_be_read_afterwards_is_refused),
        cmocka_unit_test(an_entry_is_known_by_all_its_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
