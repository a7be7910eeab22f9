/* The check of a policy: every kind of setting right and wrong, with the place and the advice. */
#include "fixture.h"
#include "setting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* What a policy gets for it: "LINE:COLUMN SEVERITY MESSAGE; HELP" a line. */
static char *findings_of(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", bytes);
    GString *all = g_string_new(NULL);

    for (guint i = 0; i < policy->findings->len; i++) {
        const struct finding *finding = policy->findings->pdata[i];
        assert_string_equal(finding->rule, "policy");
        g_string_append_printf(all, "%s%u:%u %s %s%s%s", i ? "\n" : "", finding->at.line, finding->at.column,
                               severity_name(finding->severity), finding->message, finding->help ? "; " : "",
                               finding->help ? finding->help : "");
    }
    return g_string_free(all, FALSE);
}

static void check(const char *text, const char *expected)
{
    g_autofree char *all = findings_of(text);
    assert_string_equal(all, expected);
}

static void names_are_known_or_guessed(void **state)
{
    check("typs: [story]\n", "1:1 error there is no setting typs; did you mean types?");
    check("types: [story]\n# remark\nestimate:\n  unit: points\n  sclae: [1, 2]\n",
          "5:3 error there is no setting estimate.sclae; did you mean scale?");
    check("sprint: { days: 14, velocity: 3 }\n",
          "1:21 error there is no setting sprint.velocity; it can be: days, capacity");
    check("gr\xc3\xbc\xc3\x9f"
          "e: 1\n",
          "1:1 error there is no setting gr\xc3\xbc\xc3\x9f"
          "e; it can be: backlog, layout, vision, goals, team, personas, types, "
          "estimate, sprint, refinement, queries, sections, decisions, rules, words, custom");
    check("sprint: 14\n", "1:9 error sprint: expected a map, saw a value");
    check("estimate: [1, 2]\n", "1:11 error estimate: expected a map, saw a list");
}

static void every_mistake_is_said_at_once(void **state)
{
    check("layout: round\ntypes: story\nsprint:\n  days: 0\n",
          "1:9 error layout: expected one of its words, saw round; it can be: flat, sharded\n"
          "2:8 error types: expected a list, saw a value\n"
          "4:9 error sprint.days: expected a number of 1 or more, saw 0");
}

static void a_text_is_one_value(void **state)
{
    check("estimate: { unit: ideal days }\ndecisions: { subject: \"chore: {subject}\" }\n", "");
    check("decisions:\n  subject: \"{id} decided\"\n",
          "2:12 error decisions.subject: expected {subject} in it, saw {id} decided");
    check("estimate: { unit: [days] }\n", "1:19 error estimate.unit: expected a value, saw a list");
    check("estimate:\n  largest: { a: 1 }\n", "2:12 error estimate.largest: expected a value, saw a map");
}

static void a_folder_stays_below(void **state)
{
    static const char *const bad[] = { "/backlog", "../backlog",  "items/../../backlog", "./backlog", ".",
                                       "backlog/", "work//items", ".hidden/items",       "\"\"" };

    check("backlog: work/items\nvision: docs/vision.md\n", "");
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autofree char *text = g_strdup_printf("backlog: %s\n", bad[i]);
        g_autofree char *all = findings_of(text);
        assert_true(fixture_says(
            all, "1:10 error backlog: expected a path that stays below the policy's folder, saw"));
    }
    check("vision: [a]\n", "1:9 error vision: expected a value, saw a list");
}

static void a_word_is_one_of_its_words(void **state)
{
    check("layout: sharded\nestimate: { votes: sealed }\ndecisions: { commit: stage }\n", "");
    check("estimate:\n  votes: seeled\n",
          "2:10 error estimate.votes: expected one of its words, saw seeled; did you mean sealed?");
    check("decisions:\n  commit: [auto]\n",
          "2:11 error decisions.commit: expected one of its words, saw a list; it can be: auto, stage, off");
}

static void a_number_is_1_or_more(void **state)
{
    static const char *const bad[] = { "0", "-1", "ten", "14d", "0.5", "1e12", "\"\"", "inf" };

    check("sprint: { days: 10, capacity: 24.5 }\nrefinement: { horizon: 1 }\n", "");
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autofree char *text = g_strdup_printf("sprint: { days: %s }\n", bad[i]);
        g_autofree char *all = findings_of(text);
        assert_true(fixture_says(all, "1:17 error sprint.days: expected a number of 1 or more, saw "));
    }
    check("sprint: { days: [1] }\n", "1:17 error sprint.days: expected a number of 1 or more, saw a list");
}

static void a_share_is_a_percentage(void **state)
{
    check("refinement: { share: 10% }\n", "");
    check("refinement: { share: 7.5 }\n", "");
    check("refinement: { share: much }\n",
          "1:22 error refinement.share: expected a share such as 10%, saw much");
    check("refinement: { share: -5% }\n",
          "1:22 error refinement.share: expected a share such as 10%, saw -5%");
    check("refinement: { share: 110% }\n",
          "1:22 error refinement.share: expected a share such as 10%, saw 110%");
}

static void lists_hold_values(void **state)
{
    check("personas: [returning customer, clerk]\ntypes:\n  - story\n  - chore\n", "");
    check("personas:\n  - clerk\n  - { name: Bo }\n", "3:5 error personas: expected a value, saw a map");
    check("personas: { clerk: Bo }\n", "1:11 error personas: expected a list, saw a map");
    check("decisions: { require-reason: [drop, split] }\n", "");
    check("decisions:\n  require-reason: [drop, splitt]\n",
          "2:26 error decisions.require-reason: expected one of its words, saw splitt; did you mean split?");
    check("decisions: { require-reason: drop }\n",
          "1:30 error decisions.require-reason: expected a list, saw a value");
}

static void a_scale_is_a_list_or_a_map_of_weights(void **state)
{
    check("estimate: { scale: [1, 2, 4] }\n", "");
    check("estimate: { scale: [S, M, L] }\n", "");
    check("estimate: { scale: {S: 1, M: 3, L: 8} }\n", "");
    check("estimate: { scale: [] }\n",
          "1:20 error estimate.scale: expected a list of values or a map of names to "
          "weights; write [1, 2, 3, 5, 8] or {S: 1, M: 3, L: 8}");
    check("estimate: { scale: fibonacci }\n",
          "1:20 error estimate.scale: expected a list of values or a map of names "
          "to weights; write [1, 2, 3, 5, 8] or {S: 1, M: 3, L: 8}");
    check("estimate: { scale: {S: small} }\n",
          "1:24 error estimate.scale: expected a number of 1 or more, saw small");
    check("estimate: { scale: [1, [2]] }\n", "1:24 error estimate.scale: expected a value, saw a list");
}

static void sections_have_headings(void **state)
{
    check("sections: { criteria: [AC, Done when], story: Wish }\n", "");
    check("sections: { criteria: ~ }\n", "");
    check("sections:\n  criterai: [AC]\n",
          "2:3 error sections: there is no criterai in it; did you mean criteria?");
    check("sections: { criteria: [] }\n", "1:23 error criteria: expected a heading, saw none");
    check("sections: { criteria: \"\" }\n", "1:23 error criteria: expected a heading, saw none");
    check("sections: { criteria: [AC, \"\"] }\n", "1:28 error criteria: expected a heading, saw none");
    check("sections: { criteria: \"A\\nC\" }\n",
          "1:23 error criteria: expected a heading, saw more than one line");
    check("sections: { criteria: { a: b } }\n", "1:23 error criteria: expected a list, saw a map");
    check("sections: [AC]\n", "1:11 error sections: expected a map, saw a list");
}

static void records_have_their_keys(void **state)
{
    check(
        "team:\n  - name: Ana Silva\n    handle: ana\n    email: [ana@example.com]\n    role: product-owner\n"
        "goals:\n  - id: findability\n    says: Customers find it\n"
        "custom:\n  - id: has-mockup\n    when: { label: ui }\n    section: Design\n    severity: error\n",
        "");
    check("team:\n  - name: Ana Silva\n", "2:5 error team: an entry without handle");
    check("goals:\n  - says: More\n", "2:5 error goals: an entry without id");
    check("goals:\n  - id: more\n    sais: More\n",
          "3:5 error goals: there is no sais in it; did you mean says?");
    check("team:\n  - handle: ana\n    role: product owner\n",
          "3:11 error role: expected one of its words, saw product owner; did you mean product-owner?");
    check("goals: [more]\n", "1:9 error goals: expected a map, saw a value");
    check("goals: more\n", "1:8 error goals: expected a list, saw a value");
}

static void rules_have_severities(void **state)
{
    check("rules:\n  rank-tie: warning\n  no-rank: { default: error, type: { spike: off }, label: { urgent: "
          "note } }\n",
          "");
    check("rules:\n  rank-ties: warning\n",
          "2:3 warning rules: this version has no rule rank-ties; did you mean rank-tie?");
    check("rules:\n  cosy-tone: warning\n",
          "2:3 warning rules: this version has no rule cosy-tone; another version of "
          "refine may have it");
    check("rules:\n  rank-tie: warnings\n",
          "2:13 error rank-tie: expected one of its words, saw warnings; did you mean warning?");
    check("rules:\n  rank-tie: { type: { spike: offf } }\n",
          "2:30 error rank-tie: expected one of its words, saw offf; did you mean off?");
    check("rules:\n  rank-tie: { types: { spike: off } }\n",
          "2:15 error rank-tie: there is no types in it; did you mean type?");
    check("rules:\n  rank-tie: { type: off }\n", "2:21 error rank-tie: expected a map, saw a value");
    check("rules:\n  rank-tie: { default: { spike: off } }\n",
          "2:24 error rank-tie: expected one of its words, saw a map; it can be: error, warning, note, off");
    check("rules: [rank-tie]\n", "1:8 error rules: expected a map, saw a list");
}

static void word_lists_add_and_remove(void **state)
{
    check("words: { vague: { add: [snappy], remove: [simple] } }\n", "");
    check("words: { vague: [snappy] }\n", "1:17 error vague: expected a map, saw a list");
    check("words: { vague: { plus: [snappy] } }\n",
          "1:19 error vague: there is no plus in it; it can be: add, remove");
    check("words: { vague: { add: snappy } }\n", "1:24 error add: expected a list, saw a value");
}

static void places_are_right_behind_a_bom_and_umlauts(void **state)
{
    check("\xef\xbb\xbf"
          "layuot: flat\n",
          "1:1 error there is no setting layuot; did you mean layout?");
    check("estimate: { unit: \"Stunden f\xc3\xbcr Gr\xc3\xb6\xc3\x9f"
          "e\", vots: open }\n",
          "1:40 error there is no setting estimate.vots; did you mean votes?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_known_or_guessed),
        cmocka_unit_test(every_mistake_is_said_at_once),
        cmocka_unit_test(a_text_is_one_value),
        cmocka_unit_test(a_folder_stays_below),
        cmocka_unit_test(a_word_is_one_of_its_words),
        cmocka_unit_test(a_number_is_1_or_more),
        cmocka_unit_test(a_share_is_a_percentage),
        cmocka_unit_test(lists_hold_values),
        cmocka_unit_test(a_scale_is_a_list_or_a_map_of_weights),
        cmocka_unit_test(sections_have_headings),
        cmocka_unit_test(records_have_their_keys),
        cmocka_unit_test(rules_have_severities),
        cmocka_unit_test(word_lists_add_and_remove),
        cmocka_unit_test(places_are_right_behind_a_bom_and_umlauts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
