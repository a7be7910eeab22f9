#include "template.h"

#include "criteria.h"
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct policy *policy_of(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    return policy_new("/shop", "/shop", bytes);
}

/* The headings of the body, with " | " between; newly allocated. */
static char *headings_of(const struct policy *policy, const char *type, const struct template_texts *texts)
{
    g_autofree char *body = template_body(policy, type, texts), *text = g_strconcat("---\n---\n", body, NULL);
    g_autoptr(Document) document = fixture_document(text);
    const struct markdown *outline = document_body(document, NULL);
    GString *all = g_string_new(NULL);

    assert_true(g_str_has_prefix(body, "\n## "));
    assert_true(g_str_has_suffix(body, "\n"));
    for (guint i = 0; i < outline->sections->len; i++)
        g_string_append_printf(all, "%s%s", i ? " | " : "",
                               g_array_index(outline->sections, struct markdown_section, i).title);
    return g_string_free(all, FALSE);
}

static void check(const char *type, const struct template_texts *texts, const char *expected)
{
    g_autoptr(Policy) policy = policy_of("");
    g_autofree char *headings = headings_of(policy, type, texts);
    assert_string_equal(headings, expected);
}

static const char *const two[] = { "An empty range says so", "Ends are shown", NULL };

static void each_type_has_its_sections(void **state)
{
    static const struct template_texts none = { 0 };
    check("story", &none, "Story | Acceptance criteria | Approach");
    check("bug", &none, "Steps | Expected | Actual | Acceptance criteria");
    check("spike", &none, "Question | Decides | Acceptance criteria");
    check("epic", &none, "Why | Measure");
    check("task", &none, "Why | Acceptance criteria");
    check("chore", &none, "Why | Acceptance criteria");
    check("", &none, "Why | Acceptance criteria");
}

static void what_is_given_gets_a_section_where_the_type_has_none(void **state)
{
    const struct template_texts all = { "As a clerk.", "Calls.", two };
    check("story", &all, "Story | Why | Acceptance criteria | Approach");
    check("bug", &all, "Story | Steps | Expected | Actual | Acceptance criteria | Why");
    check("epic", &all, "Story | Why | Measure | Acceptance criteria");
    check("task", &all, "Story | Why | Acceptance criteria");
}

static void what_is_known_stands_in_place_of_the_remark(void **state)
{
    g_autoptr(Policy) policy = policy_of("");
    const struct template_texts texts = { "As a clerk, I want to filter.", NULL, two };
    g_autofree char *body = template_body(policy, "story", &texts);

    assert_string_equal(
        body, "\n## Story\n\nAs a clerk, I want to filter.\n"
              "\n## Acceptance criteria\n\n- [ ] An empty range says so\n- [ ] Ends are shown\n"
              "\n## Approach\n\n<!-- How it fits into what is there; or set approach: trivial. -->\n");
}

static void nothing_of_a_template_counts_as_text(void **state)
{
    g_autoptr(Policy) policy = policy_of("");
    static const char *const types[] = { "story", "bug", "task", "spike", "epic" };
    static const char *const no_criteria[] = { NULL };
    const struct template_texts none = { NULL, NULL, no_criteria };

    for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
        g_autofree char *body = template_body(policy, types[i], &none),
                        *text = g_strconcat("---\n---\n", body, NULL);
        g_autoptr(Document) document = fixture_document(text);
        g_autoptr(GPtrArray) criteria = criteria_read(document, policy);
        assert_int_equal(criteria->len, 0);
        /* The words of headings are all the prose there is. */
        for (guint j = 0; j < document->body->prose->len; j++) {
            const struct markdown_prose *prose =
                &g_array_index(document->body->prose, struct markdown_prose, j);
            const struct markdown_section *section =
                &g_array_index(document->body->sections, struct markdown_section, prose->section);
            assert_true(prose->span.end <= section->content.start);
        }
    }
}

static void headings_are_those_of_the_policy(void **state)
{
    g_autoptr(Policy) policy = policy_of("sections: { criteria: [Done when, AC], story: Wish }\n");
    const struct template_texts texts = { NULL, NULL, two };
    g_autofree char *headings = headings_of(policy, "story", &texts);
    g_autofree char *body = template_body(policy, "story", &texts),
                    *text = g_strconcat("---\n---\n", body, NULL);
    g_autoptr(Document) document = fixture_document(text);
    g_autoptr(GPtrArray) criteria = criteria_read(document, policy);

    assert_string_equal(headings, "Wish | Done when | Approach");
    assert_int_equal(criteria->len, 2);
    assert_string_equal(((struct criterion *)criteria->pdata[1])->text, "Ends are shown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_type_has_its_sections),
        cmocka_unit_test(what_is_given_gets_a_section_where_the_type_has_none),
        cmocka_unit_test(what_is_known_stands_in_place_of_the_remark),
        cmocka_unit_test(nothing_of_a_template_counts_as_text),
        cmocka_unit_test(headings_are_those_of_the_policy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
