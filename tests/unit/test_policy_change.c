/* What a change of the policy means for what is found. */
#include "policy_change.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct policy *policy_of(const char *text)
{
    g_autoptr(GBytes) bytes = text ? g_bytes_new(text, strlen(text)) : NULL;
    return policy_new("/shop", "/shop", bytes);
}

/* "LINE SETTING: TEXT" a change. */
static void check(const char *before, const char *after, const char *expected)
{
    g_autoptr(Policy) was = policy_of(before), is = policy_of(after);
    g_autoptr(GPtrArray) changes = policy_changes(was, is);
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < changes->len; i++) {
        const struct policy_change *change = changes->pdata[i];
        const struct position at =
            lines_locate(after ? after : "", after ? strlen(after) : 0, change->offset);
        g_string_append_printf(out, "%u %s: %s\n", at.line, change->setting, change->text);
    }
    g_autofree char *seen = g_string_free(out, FALSE);
    assert_string_equal(seen, expected);
}

static void test_a_default_that_is_written_down_is_no_change(void **state)
{
    check(NULL, "types: [story, bug, task, spike, epic]\nestimate: {largest: 8}\n", "");
    check(NULL, "rules:\n  bad-value: error\n  unknown-key: {default: warning}\n", "");
    check("rules: {bad-value: error}\n", NULL, "");
}

static void test_severities_are_told_as_they_are_in_force(void **state)
{
    check("rules: {bad-value: note}\n", "rules:\n  rank-tie: off\n  bad-value: off\n",
          "2 rules.rank-tie: note -> off\n3 rules.bad-value: note -> off\n");
    check("rules:\n  bad-value: off\n", NULL, "1 rules.bad-value: off -> error\n");
}

static void test_types_and_labels_of_a_rule_are_told_each(void **state)
{
    check("rules: {too-large: {default: error, type: {spike: off}}}\n",
          "rules:\n  too-large:\n    default: error\n    type: {spike: off, bug: off}\n    label:\n      "
          "urgent: warning\n",
          "4 rules.too-large.type.bug: error -> off\n6 rules.too-large.label.urgent: error -> warning\n");
    check("rules: {too-large: {type: {spike: off}}}\n", "rules:\n  too-large: error\n",
          "2 rules.too-large.type.spike: off -> error\n");
}

static void test_lists_tell_what_came_and_went(void **state)
{
    check("words: {vague: {add: [snappy]}}\n", "words:\n  vague:\n    add: [speedy]\n    remove: [fast]\n",
          "3 words.vague.add: added speedy; removed snappy\n4 words.vague.remove: added fast\n");
    check("estimate: {scale: [S, M, L]}\n", "estimate:\n  scale: [M, S, L]\n",
          "2 estimate.scale: in another order\n");
    check(NULL, "estimate:\n  largest: 13\n  scale: [1, 2, 3, 5, 8, 13]\n",
          "3 estimate.scale: removed 20\n2 estimate.largest: 8 -> 13\n");
}

static void test_a_scale_of_names_tells_its_weights(void **state)
{
    check("estimate: {scale: {S: 1, M: 3}}\n", "estimate:\n  scale: {S: 1, M: 5, L: 8}\n",
          "2 estimate.scale.M: 3 -> 5\n2 estimate.scale.L: nothing -> 8\n");
}

static void test_the_teams_own_rules_are_told_by_their_id(void **state)
{
    check("custom:\n  - {id: has-mockup, section: Design, severity: error}\n  - {id: has-owner, field: "
          "owner}\n",
          "custom:\n  - id: has-mockup\n    section: Design\n    severity: note\n  - id: has-x\n    field: "
          "x-y\n",
          "4 custom.has-mockup.severity: error -> note\n5 custom.has-x: added\n1 custom.has-owner: "
          "removed\n");
}

static void test_what_no_finding_depends_on_is_left_out(void **state)
{
    check(NULL,
          "vision: docs/vision.md\nteam: [{name: Ana, handle: ana}]\nqueries: {mine: \"owner:@me\"}\n"
          "decisions: {commit: off}\nsprint: {days: 7}\nrefinement: {share: 5%}\nlayout: sharded\n",
          "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_default_that_is_written_down_is_no_change),
        cmocka_unit_test(test_severities_are_told_as_they_are_in_force),
        cmocka_unit_test(test_types_and_labels_of_a_rule_are_told_each),
        cmocka_unit_test(test_lists_tell_what_came_and_went),
        cmocka_unit_test(test_a_scale_of_names_tells_its_weights),
        cmocka_unit_test(test_the_teams_own_rules_are_told_by_their_id),
        cmocka_unit_test(test_what_no_finding_depends_on_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
