/* Rules of the team's own: how they are read from the policy, and what they find in items. */
#include "custom.h"
#include "fixture.h"
#include "rulebook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "---\ntitle: Lend a pump\nid: k7q2m\nrank: nbhm\ntype: story\nstatus: ready\n"

/* What the rules of the policy find in an item, "LINE:COLUMN SEVERITY MESSAGE" a line. */
static char *findings_in(struct fixture *fixture, const char *policy, const char *item, gsize length)
{
    GString *all = g_string_new(NULL);

    fixture_policy(fixture, policy);
    assert_int_equal(findings_gravest(fixture->policy->findings), SEVERITY_OFF);
    fixture_write_bytes(fixture, "backlog/k7q2m-lend.md", item, length);
    g_autoptr(GPtrArray) findings = rules_check(fixture_backlog(fixture), &(struct rules_options){ 0 });
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (!rule_find(finding->rule))
            g_string_append_printf(all, "%s%u:%u %s %s", all->len ? "\n" : "", finding->at.line,
                                   finding->at.column, severity_name(finding->severity), finding->message);
    }
    return g_string_free(all, FALSE);
}

static void says(struct fixture *fixture, const char *policy, const char *item, const char *expected)
{
    g_autofree char *all = findings_in(fixture, policy, item, strlen(item));
    assert_string_equal(all, expected);
}

/* -- sections -- */

#define DESIGN "custom: [{id: has-mockup, section: Mock-up}]\n"

static void a_section_must_be_there_and_not_be_empty(void **state)
{
    const char *gone = "6:9 warning expected something under Mock-up, saw no such section";
    const char *empty = "9:1 warning expected something under Mock-up, saw nothing";

    says(*state, DESIGN, HEAD "---\n", gone);
    says(*state, DESIGN, HEAD "---\n\n## Mock-ups\n\nHere.\n", gone);
    says(*state, DESIGN, HEAD "---\n\n## Mock-up\n\n## Other\n\nText\n", empty);
    says(*state, DESIGN, HEAD "---\n\n## mock-up:\n\n<!-- what it looks like -->\n\n- [ ]\n", empty);
    says(*state, DESIGN, HEAD "---\n\n## Mock-up\n\n### Phones\n\n### Desks\n", empty);
    says(*state, DESIGN, HEAD "---\n\n## Mock-up\n\n### Phones\n\nSmall.\n", "");
    says(*state, DESIGN, HEAD "---\n\n## Mock-up\n\n![](desk.png)\n", "");
    says(*state, DESIGN, HEAD "---\n\n# MOCK-UP\n\n```\n<!-- x -->\n```\n", "");
    says(*state, DESIGN, HEAD "---\n\n## Mock-up\n\n絵\n", "");
}

static void a_section_of_the_policy_goes_by_all_its_headings(void **state)
{
    const char *policy = "sections: {criteria: [Abnahme, AC]}\ncustom: [{id: c, section: Criteria}]\n";

    says(*state, policy, HEAD "---\n\n## AC\n\n- It is lent\n", "");
    says(*state, policy, HEAD "---\n\n## Acceptance criteria\n\n- It is lent\n",
         "6:9 warning expected something under Criteria, saw no such section");
}

/* -- of which items -- */

static void it_is_asked_of_what_the_policy_names(void **state)
{
    const char *policy = "custom:\n  - {id: a, when: {type: bug}, field: x-a}\n"
                         "  - {id: b, when: {type: [bug, story]}, field: x-b}\n"
                         "  - {id: c, when: {label: ui}, field: x-c}\n"
                         "  - {id: d, when: {label: [web, ui], type: story}, field: x-d}\n"
                         "  - {id: e, when: {status: [new, refining]}, field: x-e}\n"
                         "  - {id: f, when: {status: ready}, field: x-f}\n";

    says(*state, policy, HEAD "---\n",
         "5:7 warning expected the field x-b to be set, saw none\n"
         "6:9 warning expected the field x-f to be set, saw none");
    says(*state, policy, HEAD "labels: [web]\n---\n",
         "5:7 warning expected the field x-b to be set, saw none\n"
         "6:9 warning expected the field x-f to be set, saw none\n"
         "7:9 warning expected the field x-d to be set, saw none");
    says(*state, policy, "---\ntitle: Lend\nid: k7q2m\nrank: nbhm\ntype: task\nstatus: new\n---\n",
         "6:9 warning expected the field x-e to be set, saw none");
    says(*state, policy, "---\ntitle: Lend\nid: k7q2m\nrank: nbhm\ntype: bug\nstatus: done\n---\n", "");
}

static void what_does_not_claim_to_be_ready_gets_advice(void **state)
{
    const char *policy = "custom: [{id: a, severity: error, field: x-a}]\n";

    says(*state, policy, "---\ntitle: Lend\nid: k7q2m\nrank: nbhm\ntype: bug\nstatus: new\n---\n",
         "6:9 note expected the field x-a to be set, saw none");
    says(*state, policy, HEAD "---\n", "6:9 error expected the field x-a to be set, saw none");
}

static void the_policy_sets_its_severity_like_any_other(void **state)
{
    const char *policy = "rules: {a: {label: {ui: error}, type: {story: note}}, b: off}\n"
                         "custom: [{id: a, field: x-a}, {id: b, field: x-b}]\n";

    says(*state, policy, HEAD "---\n", "6:9 note expected the field x-a to be set, saw none");
    says(*state, policy, HEAD "labels: [ui]\n---\n", "6:9 error expected the field x-a to be set, saw none");
}

/* -- fields -- */

static void a_field_is_set_by_any_value(void **state)
{
    const char *policy = "custom: [{id: a, field: x-a}]\n";
    static const char *const none[] = { "x-a:", "x-a: ~", "x-a: []", "x-a: {}", "x-a: \"\"" };
    static const char *const some[] = { "x-a: 1", "x-a: [b]", "x-a: {b: c}", "x-a:\n  - {b: c}", "x-a: no" };

    for (gsize i = 0; i < G_N_ELEMENTS(none); i++) {
        g_autofree char *item = g_strdup_printf(HEAD "%s\n---\n", none[i]);
        g_autofree char *all = findings_in(*state, policy, item, strlen(item));
        assert_true(g_str_has_suffix(all, "expected the field x-a to be set, saw none"));
        assert_true(g_str_has_prefix(all, "7:"));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(some); i++) {
        g_autofree char *item = g_strdup_printf(HEAD "%s\n---\n", some[i]);
        says(*state, policy, item, "");
    }
}

static void a_pattern_looks_at_each_value_of_a_field(void **state)
{
    const char *policy = "custom: [{id: a, field: x-a, pattern: '^SHOP-\\d+$'}]\n";
    const char *never = "custom: [{id: a, field: x-a, pattern: 'TBD', must: not-match}]\n";

    says(*state, policy, HEAD "x-a: SHOP-12\n---\n", "");
    says(*state, policy, HEAD "x-a: [none, \"SHOP-12\"]\n---\n", "");
    says(*state, policy, HEAD "x-a: {first: {second: SHOP-12}}\n---\n", "");
    says(*state, policy, HEAD "x-a: SHOP-x\n---\n",
         "7:6 warning expected x-a to match ^SHOP-\\d+$, saw no match");
    says(*state, policy, HEAD "---\n", "6:9 warning expected the field x-a to be set, saw none");
    says(*state, never, HEAD "---\n", "");
    says(*state, never, HEAD "x-a:\n  - fine\n  - it is TBD\n---\n",
         "9:5 warning expected nothing that matches TBD, saw \"TBD\"");
}

/* -- patterns in the body -- */

#define NEVER "custom: [{id: a, pattern: '(?i)\\bbackend\\b', must: not-match}]\n"

static void what_must_not_stand_is_looked_for_in_words(void **state)
{
    const char *seen = " warning expected nothing that matches (?i)\\bbackend\\b, saw ";
    g_autofree char *three =
        g_strdup_printf("2:8%s\"Backend\"\n9:9%s\"backend\"\n11:7%s\"BACKEND\"", seen, seen, seen);

    says(*state, NEVER,
         "---\ntitle: Backend\nid: k7q2m\nrank: nbhm\ntype: story\nstatus: ready\n---\n\n"
         "É the a backend.\n\n- [ ] BACKEND\n",
         three);
    says(*state, NEVER,
         HEAD "---\n\nA `backend`, \"backend\", <!-- backend --> [it](http://backend/), "
              "http://backend.example/.\n\n"
              "```\nbackend\n```\n\n    backend\n",
         "");
}

static void in_text_it_is_looked_for_everywhere(void **state)
{
    says(*state, "custom: [{id: a, pattern: 'http://', must: not-match, in: text}]\n",
         HEAD "---\n\n<!-- http://a/ -->\n[it](http://backend/)\n",
         "10:6 warning expected nothing that matches http://, saw \"http://\"");
    says(*state, "custom: [{id: a, pattern: '\\.png'}]\n", HEAD "---\n\n![](desk.png)\n", "");
    says(*state, "custom: [{id: a, pattern: '\\.png', in: prose}]\n", HEAD "---\n\n![](desk.png)\n",
         "2:8 warning expected title or text to match \\.png, saw no match");
    says(*state, "custom: [{id: a, pattern: '^- Given', section: story}]\n",
         HEAD "---\r\n\r\n## Story\r\n\r\n- Given\r\n", "");
}

static void a_marker_does_not_keep_a_word_from_the_start_of_its_line(void **state)
{
    says(*state, "custom: [{id: a, pattern: '^ *As an? ', must: not-match}]\n",
         HEAD "---\n\n- [ ] As a clerk, I lend.\n> As an admin\n",
         "9:1 warning expected nothing that matches ^ *As an? , saw \"      As a \"\n"
         "10:1 warning expected nothing that matches ^ *As an? , saw \"  As an \"");
}

static void at_most_ten_places_are_named(void **state)
{
    g_autofree char *all = findings_in(*state, "custom: [{id: a, pattern: 'x', must: not-match}]\n",
                                       HEAD "---\n\nx x x x x x x x x x x x x x x x x\n",
                                       strlen(HEAD "---\n\nx x x x x x x x x x x x x x x x x\n"));
    g_auto(GStrv) lines = g_strsplit(all, "\n", -1);

    assert_int_equal(g_strv_length(lines), 10);
    assert_true(g_str_has_prefix(lines[9], "9:19 "));
}

/* An empty match moves on, and ends. */
static void an_empty_match_is_no_circle(void **state)
{
    g_autofree char *all = findings_in(*state, "custom: [{id: a, pattern: '\\b', must: not-match}]\n",
                                       HEAD "---\n\né ü\n", strlen(HEAD "---\n\né ü\n"));
    g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
    assert_int_equal(g_strv_length(lines), 10); /* six of the title, four of the body */
}

static void bytes_that_are_no_text_do_no_harm(void **state)
{
    static const char item[] = HEAD "---\n\nA \xff\xfe backend \xc3\n\xe2\x82";
    static const char nul[] = HEAD "---\n\nA \0 backend\n";
    g_autofree char *all = findings_in(*state, NEVER, item, sizeof item - 1);
    g_autofree char *none = findings_in(*state, NEVER, nul, sizeof nul - 1);

    assert_true(*all == '\0' || strstr(all, "saw \"backend\""));
    assert_string_equal(none, "");
}

static void one_that_takes_too_long_says_so(void **state)
{
    g_autofree char *many = g_strnfill(5000, 'a'), *item = g_strconcat(HEAD "---\n\n", many, "\n", NULL);

    says(*state, "custom: [{id: a, pattern: '(a+)+[bc]', must: not-match}]\n", item,
         "8:1 warning whether (a+)+[bc] matches would take too many steps to find out");
}

/* -- reading -- */

static void a_rule_is_read_as_the_policy_has_it(void **state)
{
    const struct policy *policy = fixture_policy(
        *state, "custom:\n  - id: no-tbd\n    when: {type: [story, bug], label: ui, status: ready}\n"
                "    pattern: 'TBD'\n    must: not-match\n    severity: note\n"
                "    help: |\n      Ask.\n      Now.\n");
    g_autoptr(Rulebook) book = rulebook_new(policy);
    const struct rule *rule = rulebook_find(book, "no-tbd");
    const struct custom *custom = book->custom->pdata[0];

    assert_ptr_equal(rule, &custom->rule);
    assert_int_equal(book->custom->len, 1);
    assert_int_equal(rule->severity, SEVERITY_NOTE);
    assert_int_equal(rule->types, RULE_STORY | RULE_BUG);
    assert_int_equal(rule->reach, RULE_OPEN);
    assert_int_equal(custom->at.line, 2);
    assert_int_equal(custom->statuses, 1 << STATUS_READY);
    assert_int_equal(custom->sight, CUSTOM_PROSE);
    assert_string_equal(custom->help, "Ask. Now.");
    assert_string_equal(rule->summary,
                        "items of the type story or bug and labelled ui that are ready: title and "
                        "text must not match TBD");
    assert_ptr_equal(rule->name, g_intern_string("no-tbd"));
}

/* Whatever is wrong, reading it anyway is safe: a revision may have such a policy. */
static void broken_rules_are_left_out(void **state)
{
    const struct policy *policy = fixture_policy(
        *state, "custom:\n  - text\n  - {}\n  - {id: parse, field: a}\n  - {id: No, field: a}\n"
                "  - {id: a}\n  - {id: a, pattern: '('}\n  - {id: b, field: x, section: y}\n"
                "  - {id: c, pattern: [x], field: {}}\n  - {id: d, field: e, when: x, severity: {}}\n"
                "  - {id: d, field: f}\n  - {id: '', field: a}\n");
    g_autoptr(GPtrArray) rules = custom_read(policy);

    assert_int_equal(rules->len, 1);
    assert_string_equal(((const struct custom *)rules->pdata[0])->rule.name, "d");
    assert_int_equal(((const struct custom *)rules->pdata[0])->rule.severity, SEVERITY_WARNING);
}

int main(void)
{
#define WITH_FIXTURE(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        WITH_FIXTURE(a_section_must_be_there_and_not_be_empty),
        WITH_FIXTURE(a_section_of_the_policy_goes_by_all_its_headings),
        WITH_FIXTURE(it_is_asked_of_what_the_policy_names),
        WITH_FIXTURE(what_does_not_claim_to_be_ready_gets_advice),
        WITH_FIXTURE(the_policy_sets_its_severity_like_any_other),
        WITH_FIXTURE(a_field_is_set_by_any_value),
        WITH_FIXTURE(a_pattern_looks_at_each_value_of_a_field),
        WITH_FIXTURE(what_must_not_stand_is_looked_for_in_words),
        WITH_FIXTURE(in_text_it_is_looked_for_everywhere),
        WITH_FIXTURE(a_marker_does_not_keep_a_word_from_the_start_of_its_line),
        WITH_FIXTURE(at_most_ten_places_are_named),
        WITH_FIXTURE(an_empty_match_is_no_circle),
        WITH_FIXTURE(bytes_that_are_no_text_do_no_harm),
        WITH_FIXTURE(one_that_takes_too_long_says_so),
        WITH_FIXTURE(a_rule_is_read_as_the_policy_has_it),
        WITH_FIXTURE(broken_rules_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
