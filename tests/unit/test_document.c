#include "document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct document *open_text(const char *text, GPtrArray *findings)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    return document_new(bytes, findings);
}

static void check_finding(const GPtrArray *findings, guint index, const char *rule, guint line,
                          const char *message)
{
    assert_true(index < findings->len);
    const struct finding *finding = findings->pdata[index];
    assert_string_equal(finding->rule, rule);
    assert_int_equal(finding->at.line, line);
    assert_string_equal(finding->message, message);
}

static void a_document_holds_its_bytes(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Document) document = open_text("---\nid: k7q2m\n---\nText\n", findings);

    assert_int_equal(document->length, 23);
    assert_memory_equal(document->text, "---\nid: k7q2m\n---\nText\n", 23);
    assert_string_equal(node_find(document->front->root, "id")->text, "k7q2m");
    assert_null(document->body);
    assert_int_equal(findings->len, 0);
}

static void no_bytes_are_a_document_without_front_matter(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(GBytes) bytes = g_bytes_new_static(NULL, 0);
    g_autoptr(Document) document = document_new(bytes, findings);

    assert_int_equal(document->length, 0);
    assert_non_null(document->text);
    assert_null(document->front->root);
    check_finding(findings, 0, "parse", 1, "expected front matter: a first line ---");
}

static void front_matter_can_be_passed_over(void **state)
{
    static const char *const texts[] = { "---\nid: [\n---\n\n## Why\n",
                                         "---\r\n---\r\n## Why\r\n",
                                         "## Why\n",
                                         "\xef\xbb\xbf---\nid: a\n--- \n",
                                         "---\nid: a\n",
                                         "" };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GBytes) bytes = g_bytes_new(texts[i], strlen(texts[i]));
        g_autoptr(Document) whole = document_new(bytes, NULL), body = document_new_body(bytes);
        assert_null(body->front->root);
        assert_int_equal(body->front->body, whole->front->body);
        assert_int_equal(body->front->present, whole->front->present);
        assert_int_equal(document_body(body, NULL)->sections->len, document_body(whole, NULL)->sections->len);
    }
}

static void findings_are_not_needed(void **state)
{
    g_autoptr(Document) document = open_text("Text \xff\n<<<<<<< HEAD\n", NULL);
    assert_null(document->front->root);
    assert_non_null(document_body(document, NULL));
    document_free(NULL);
}

static void the_body_is_read_once(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Document) document =
        open_text("---\nid: k7q2m\n---\n<<<<<<< HEAD\na\n>>>>>>> topic\n", findings);

    assert_int_equal(findings->len, 0);
    const struct markdown *body = document_body(document, findings);
    assert_int_equal(findings->len, 1);
    check_finding(findings, 0, "conflict-marker", 4, "a merge conflict was left in the file");
    assert_ptr_equal(document_body(document, findings), body);
    assert_int_equal(findings->len, 1);
}

static void a_body_that_is_not_utf8_is_a_finding(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Document) document = open_text("---\nid: k7q2m\n---\nGr\xf6\xdf"
                                             "e\n",
                                             findings);
    document_body(document, findings);
    check_finding(findings, 0, "parse", 4, "expected UTF-8 text, saw the byte 0xf6");
    assert_int_equal(((struct finding *)findings->pdata[0])->at.column, 3);
}

static void the_front_matter_is_not_looked_at_twice(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Document) document = open_text("---\n<<<<<<< HEAD\nid: k7q2m\n---\nText\n", findings);
    assert_int_equal(findings->len, 1);
    document_body(document, findings);
    assert_int_equal(findings->len, 1);
}

static void front_matter_that_was_passed_over_can_be_read_after_all(void **state)
{
    static const char text[] = "---\nid: k7q2m\n---\n\n## Story\n";
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
    g_autoptr(GBytes) none = g_bytes_new_static("Text\n", 5);
    g_autoptr(Document) document = document_new_body(bytes), bare = document_new_body(none);

    const struct markdown *body = document_body(document, NULL);
    gsize start = document->front->body;
    assert_null(document->front->root);
    assert_string_equal(node_find(document_front(document)->root, "id")->text, "k7q2m");
    assert_ptr_equal(document_front(document), document->front);
    assert_int_equal(document->front->body, start);
    assert_ptr_equal(document_body(document, NULL), body);
    assert_null(document_front(bare)->root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_holds_its_bytes),
        cmocka_unit_test(no_bytes_are_a_document_without_front_matter),
        cmocka_unit_test(front_matter_can_be_passed_over),
        cmocka_unit_test(front_matter_that_was_passed_over_can_be_read_after_all),
        cmocka_unit_test(findings_are_not_needed),
        cmocka_unit_test(the_body_is_read_once),
        cmocka_unit_test(a_body_that_is_not_utf8_is_a_finding),
        cmocka_unit_test(the_front_matter_is_not_looked_at_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
