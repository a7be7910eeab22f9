/* Every rule: what it finds and what nearly is; its severity by status, policy, type and label. */
#include "rules.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char good[] = "---\ntitle: Filter\nid: k7q2m\nrank: nb\ntype: story\nstatus: refining\n"
                           "created: 2026-11-20\nestimate: 5\n---\n\n## Story\n\nText.\n";

/* Those that this test is about; the others have one of their own. */
static const char *const families[] = { "The file", "Ids, names and ranks", "References", NULL };

/* "FILE:LINE:COLUMN SEVERITY RULE: MESSAGE" a line; newly allocated. */
static char *findings_of(struct fixture *fixture, const struct rules_options *options)
{
    g_autoptr(GPtrArray) findings = rules_check(fixture_backlog(fixture), options);
    GString *all = g_string_new(NULL);

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        g_autofree char *name = g_path_get_basename(finding->path);
        assert_non_null(rule_find(finding->rule));
        if (!g_strv_contains(families, rule_family(rule_find(finding->rule))))
            continue;
        g_string_append_printf(all, "%s%s:%u:%u %s %s: %s", all->len ? "\n" : "", name, finding->at.line,
                               finding->at.column, severity_name(finding->severity), finding->rule,
                               finding->message);
    }
    return g_string_free(all, FALSE);
}

static void check(struct fixture *fixture, const char *expected)
{
    static const struct rules_options options = { FALSE, NULL };
    g_autofree char *all = findings_of(fixture, &options);
    assert_string_equal(all, expected);
}

/* The one item k7q2m, whose text is good with one thing replaced, has these findings. */
static void check_item(struct fixture *fixture, const char *from, const char *to, const char *expected)
{
    g_auto(GStrv) parts = g_strsplit(good, from, 2);
    g_autofree char *text = g_strjoinv(to, parts);

    assert_int_equal(g_strv_length(parts), 2);
    fixture_write(fixture, "backlog/k7q2m-filter.md", text);
    check(fixture, expected);
}

/* Writes an item with all it needs and more lines. */
static void write_item(struct fixture *fixture, const char *id, const char *rank, const char *status,
                       const char *more)
{
    g_autofree char *path = g_strdup_printf("backlog/%s.md", id);
    g_autofree char *text = g_strdup_printf(
        "---\ntitle: A\nid: %s\nrank: %s\ntype: story\nstatus: %s\n%s---\n", id, rank, status, more);
    fixture_write(fixture, path, text);
}

static void the_table_describes_its_rules(void **state)
{
    for (guint i = 0; i < rule_count(); i++) {
        const struct rule *rule = rule_at(i);
        assert_ptr_equal(rule_find(rule->name), rule);
        assert_true(*rule->summary && rule->types);
    }
    assert_null(rule_at(rule_count()));
    assert_null(rule_find("parses"));
}

static void a_good_item_has_no_findings(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/k7q2m-filter.md", good);
    check(fixture, "");
    fixture_write(fixture, "backlog/notes.md", "Notes\n");
    check(fixture, "");
}

/* -- one file -- */

static void parse_finds_what_cannot_be_read(void **state)
{
    check_item(*state, "title: Filter", "title: [Filter",
               "k7q2m-filter.md:2:8 error parse: not valid YAML: did not find expected ',' or ']' while "
               "parsing a flow "
               "sequence");
    check_item(*state, "Text.",
               "Gr\xf6\xdf"
               "e",
               "k7q2m-filter.md:13:3 error parse: expected UTF-8 text, saw the byte 0xf6");
}

static void conflict_marker_finds_them_in_front_matter_and_body(void **state)
{
    check_item(*state, "estimate: 5\n", "<<<<<<< HEAD\nestimate: 5\n",
               "k7q2m-filter.md:8:1 error conflict-marker: a merge conflict was left in the file");
    check_item(*state, "Text.\n", "=======\n>>>>>>> topic\n",
               "k7q2m-filter.md:14:1 error conflict-marker: a merge conflict was left in the file");
    check_item(*state, "Text.\n", "Title\n=======\n", "");
}

static void missing_field_wants_title_type_and_status(void **state)
{
    check_item(*state, "title: Filter\n", "", "k7q2m-filter.md:1:1 error missing-field: there is no title");
    check_item(*state, "type: story\n", "type:\n", "k7q2m-filter.md:5:1 error missing-field: type is empty");
    check_item(*state, "status: refining\n", "status: \"\"\n",
               "k7q2m-filter.md:6:9 error missing-field: status is empty");
    check_item(*state, "estimate: 5\n", "", "");
}

static void bad_value_finds_what_a_field_cannot_have(void **state)
{
    static const struct {
        const char *from, *to, *expected;
    } cases[] = {
        { "status: refining", "status: refinig",
          "k7q2m-filter.md:6:9 error bad-value: status: expected one of new, refining, ready, doing, done, "
          "released, split, dropped, saw refinig" },
        { "type: story", "type: chore",
          "k7q2m-filter.md:5:7 error bad-value: type: expected one of story, bug, task, spike, epic, saw "
          "chore" },
        { "created: 2026-11-20", "created: 20-11-2026",
          "k7q2m-filter.md:7:10 error bad-value: created: expected a day as YYYY-MM-DD, saw 20-11-2026" },
        { "created: 2026-11-20", "created: 2026-02-30",
          "k7q2m-filter.md:7:10 error bad-value: created: expected a day as YYYY-MM-DD, saw 2026-02-30" },
        { "rank: nb", "rank: 7",
          "k7q2m-filter.md:4:7 error bad-value: rank: expected a rank: lower-case consonants as refine "
          "writes them, saw 7" },
        { "id: k7q2m", "id: Filter",
          "k7q2m-filter.md:3:5 error bad-value: id: expected 5 or more of the letters and digits of ids, a "
          "letter first, saw Filter" },
        { "estimate: 5", "estimate: large",
          "k7q2m-filter.md:8:11 error bad-value: estimate: expected one of 1, 2, 3, 5, 8, 13, 20, saw "
          "large" },
        { "title: Filter", "title: [Filter]",
          "k7q2m-filter.md:2:8 error bad-value: title: expected one value, saw a list" },
        { "estimate: 5", "labels: search",
          "k7q2m-filter.md:8:9 error bad-value: labels: expected a list, saw a value" },
        { "estimate: 5", "depends: c4x9d",
          "k7q2m-filter.md:8:10 error bad-value: depends: expected a list, saw a value" },
        { "estimate: 5", "waive: no-rank",
          "k7q2m-filter.md:8:8 error bad-value: waive: expected a map, saw a value" },
        { "estimate: 5", "feedback: {from: Lang}",
          "k7q2m-filter.md:8:11 error bad-value: feedback: expected a list, saw a map" },
        { "estimate: 5", "estimate: 4", "" }, /* once agreed, on another scale */
        { "estimate: 5", "estimate:", "" },
        { "estimate: 5", "goal: anything", "" }, /* the policy names none */
        { "estimate: 5", "depends: none", "" },
        { "estimate: 5", "labels:", "" },
        { "created: 2026-11-20", "created:", "" },
        { "estimate: 5", "waive: {not-estimated: later}", "" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        check_item(*state, cases[i].from, cases[i].to, cases[i].expected);
}

static void unknown_key_finds_slips_of_the_pen(void **state)
{
    check_item(*state, "estimate: 5", "estimat: 5",
               "k7q2m-filter.md:8:1 warning unknown-key: there is no field estimat");
    check_item(*state, "estimate: 5", "Labels: [a]",
               "k7q2m-filter.md:8:1 warning unknown-key: there is no field Labels");
    check_item(*state, "estimate: 5", "\"estimat\": {a: 5}",
               "k7q2m-filter.md:8:2 warning unknown-key: there is no field estimat");
    check_item(*state, "estimate: 5", "estimat:",
               "k7q2m-filter.md:8:1 warning unknown-key: there is no field "
               "estimat");
    check_item(*state, "estimate: 5", "x-estimat: 5", "");
    check_item(*state, "estimate: 5", "customer: Hofer", "");
}

static void entries_of_lists_are_looked_at_too(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, "bcg32", "nb", "new",
               "feedback:\n  - form: forum\n    on: 2026-31-11\n    x-sayz: slow\n    customer: 7\n"
               "assumptions:\n  - belief: it is read\n    result: confirmd\n  - belief: it sells\n"
               "    result:\n  - paid for\n");
    check(fixture, "bcg32.md:8:5 warning unknown-key: there is no form in an entry of feedback\n"
                   "bcg32.md:9:9 error bad-value: on: expected a day as YYYY-MM-DD, saw 2026-31-11\n"
                   "bcg32.md:14:13 error bad-value: result: expected one of open, confirmed, refuted, saw "
                   "confirmd");
    write_item(fixture, "bcg32", "nb", "new",
               "depends:\n  - external: the bank\n    onwer: Bo\n    due: soon\n"
               "assumptions: [it is read]\nfeedback: it is slow\n");
    check(fixture, "bcg32.md:9:5 warning unknown-key: there is no onwer in an entry of depends\n"
                   "bcg32.md:12:11 error bad-value: feedback: expected a list, saw a value");
}

static void file_name_wants_the_id(void **state)
{
    struct fixture *fixture = *state;
    check_item(fixture, "id: k7q2m", "id: c4x9d",
               "k7q2m-filter.md:3:5 error file-name: the id is c4x9d, but the name of the file says k7q2m");
    check_item(fixture, "id: k7q2m", "id: \"k7q2m\"", "");
    fixture_write(fixture, "backlog/idea.md",
                  "---\ntitle: A\nid: t2h8k\nrank: nc\ntype: story\nstatus: new\n---\n");
    check(fixture, "idea.md:3:5 error file-name: the id is t2h8k, but the name of the file says none");
}

static void no_id_is_a_note_until_the_item_is_ready(void **state)
{
    struct fixture *fixture = *state;
    check_item(fixture, "id: k7q2m\n", "", "k7q2m-filter.md:1:1 note no-id: the front matter has no id");
    check_item(fixture, "id: k7q2m\n", "id: \"\"\n",
               "k7q2m-filter.md:1:1 note no-id: the front matter has no id");
    fixture_write(fixture, "backlog/idea.md", "---\ntitle: A\nrank: nc\ntype: story\nstatus: doing\n---\n");
    fixture_write(fixture, "backlog/k7q2m-filter.md", good);
    check(fixture, "idea.md:1:1 error no-id: an item to be: it has no id");
}

static void no_rank_is_a_note_until_the_item_is_ready(void **state)
{
    struct fixture *fixture = *state;
    check_item(fixture, "rank: nb\n", "", "k7q2m-filter.md:1:1 note no-rank: it has no rank, and sorts last");
    fixture_write(fixture, "backlog/k7q2m-filter.md",
                  "---\ntitle: A\nid: k7q2m\ntype: story\nstatus: ready\n---\n");
    check(fixture, "k7q2m-filter.md:1:1 error no-rank: it has no rank, and sorts last");
    fixture_write(fixture, "backlog/k7q2m-filter.md",
                  "---\ntitle: A\nid: k7q2m\ntype: story\nstatus: done\n---\n");
    check(fixture, "");
}

/* -- several files -- */

static void duplicate_id_finds_the_second(void **state)
{
    struct fixture *fixture = *state;
    const char *const only[] = { "backlog/k7q2m-filter.md", NULL };
    struct rules_options options = { FALSE, only };

    fixture_write(fixture, "backlog/k7q2m-filter.md", good);
    fixture_write(fixture, "backlog/k7q2m-sort.md",
                  "---\ntitle: Sort\nid: k7q2m\nrank: nc\ntype: story\nstatus: new\n---\n");
    g_autofree char *path = fixture_path(fixture, "backlog/k7q2m-filter.md");
    g_autofree char *other = fixture_path(fixture, "backlog/k7q2m-sort.md");
    g_autofree char *second =
        g_strdup_printf("k7q2m-sort.md:3:5 error duplicate-id: the id k7q2m is that of %s too", path);
    g_autofree char *first =
        g_strdup_printf("k7q2m-filter.md:3:5 error duplicate-id: the id k7q2m is that of %s too", other);
    check(fixture, second);
    g_autofree char *asked = findings_of(fixture, &options);
    assert_string_equal(asked, first);
}

static void rank_tie_finds_all_but_the_first(void **state)
{
    struct fixture *fixture = *state;
    const char *const only[] = { "backlog/bcg32.md", NULL };
    struct rules_options options = { FALSE, only };

    write_item(fixture, "bcg32", "nb", "new", "");
    write_item(fixture, "c4x9d", "nb", "ready", "");
    write_item(fixture, "k7q2m", "nb", "done", "");
    write_item(fixture, "t2h8k", "nc", "new", "");
    check(fixture, "c4x9d.md:4:7 note rank-tie: its rank nb is that of bcg32 too, so that the ids decide");
    g_autofree char *asked = findings_of(fixture, &options);
    assert_string_equal(
        asked, "bcg32.md:4:7 note rank-tie: its rank nb is that of c4x9d too, so that the ids decide");
}

static void depends_dangling_finds_references_to_nothing(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "nb", "ready", "aliases: [BACK-37]\n");
    write_item(fixture, "c4x9d", "nc", "ready", "depends: [bcg32, back-37, zzzzz]\nparent: bcg3\n");
    check(fixture, "c4x9d.md:7:27 error depends-dangling: depends names no item: zzzzz\n"
                   "c4x9d.md:8:9 error depends-dangling: parent names no item: bcg3");
    write_item(fixture, "c4x9d", "nc", "ready", "depends:\n  - bcg32\n  - zzzzz # not zzzz\n  - zzzz\n");
    check(fixture, "c4x9d.md:9:5 error depends-dangling: depends names no item: zzzzz\n"
                   "c4x9d.md:10:5 error depends-dangling: depends names no item: zzzz");
    write_item(fixture, "c4x9d", "nc", "refining", "depends: [zzzzz]\n");
    check(fixture, "c4x9d.md:7:11 note depends-dangling: depends names no item: zzzzz");
    write_item(fixture, "c4x9d", "nc", "done", "depends: [zzzzz]\n");
    check(fixture, "");
    write_item(fixture, "c4x9d", "nc", "ready", "depends:\n  - {external: Payment, owner: Lang}\nparent:\n");
    check(fixture, "");
}

static void a_dropped_item_must_name_what_it_repeats(void **state)
{
    struct fixture *fixture = *state;
    const struct rules_options all = { TRUE, NULL };

    write_item(fixture, "c4x9d", "nc", "dropped", "duplicate-of: zzzzz\ndepends: [zzzzz]\n");
    check(fixture, "c4x9d.md:7:15 note depends-dangling: duplicate-of names no item: zzzzz");
    g_autofree char *seen = findings_of(fixture, &all);
    assert_string_equal(seen, "c4x9d.md:7:15 note depends-dangling: duplicate-of names no item: zzzzz");
}

static void what_cannot_be_read_can_be_named_all_the_same(void **state)
{
    struct fixture *fixture = *state;
    fixture_folder(fixture, "backlog");
    fixture_link(fixture, "nowhere.md", "backlog/bcg32.md");
    write_item(fixture, "c4x9d", "nc", "ready", "depends: [bcg32]\n");
    check(fixture, "bcg32.md:0:0 error parse: the item cannot be read: expected a file, saw a symbolic link");
}

static void depends_cycle_finds_circles(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "nb", "new", "depends: [c4x9d]\n");
    write_item(fixture, "c4x9d", "nc", "new", "depends: [k7q2m]\n");
    write_item(fixture, "k7q2m", "nd", "new", "depends: [t2h8k]\n");
    check(fixture, "k7q2m.md:7:11 note depends-dangling: depends names no item: t2h8k");
    write_item(fixture, "k7q2m", "nd", "new", "depends: [bcg32]\n");
    check(fixture,
          "bcg32.md:7:11 note depends-cycle: dependencies in a circle: bcg32 -> c4x9d -> k7q2m -> bcg32");
    write_item(fixture, "k7q2m", "nd", "done", "depends: [bcg32]\n");
    check(fixture, "");
}

static void a_circle_through_a_ready_item_is_an_error_there(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "nb", "new", "depends: [c4x9d]\n");
    write_item(fixture, "c4x9d", "nc", "ready", "depends: [bcg32]\n");
    check(fixture, "c4x9d.md:7:11 error depends-cycle: dependencies in a circle: c4x9d -> bcg32 -> c4x9d");
}

static void a_circle_is_reported_on_the_item_that_is_asked_about(void **state)
{
    struct fixture *fixture = *state;
    const char *const only[] = { "backlog/c4x9d.md", NULL };
    const struct rules_options options = { FALSE, only };

    write_item(fixture, "bcg32", "nb", "ready", "depends: [c4x9d]\n");
    write_item(fixture, "c4x9d", "nc", "new", "depends: [bcg32]\n");
    g_autofree char *seen = findings_of(fixture, &options);
    assert_string_equal(
        seen, "c4x9d.md:7:11 note depends-cycle: dependencies in a circle: c4x9d -> bcg32 -> c4x9d");
}

static void parents_in_a_circle_are_found_too(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "nb", "ready", "parent: bcg32\n");
    check(fixture, "bcg32.md:7:9 error depends-cycle: parents in a circle: bcg32 -> bcg32");
    write_item(fixture, "bcg32", "nb", "done", "parent: bcg32\n");
    check(fixture, "");
}

static void split_parents_in_a_circle_are_what_their_open_parts_are(void **state)
{
    struct fixture *fixture = *state;
    static const char circle[] = "depends-cycle: parents in a circle: c4x9d -> bcg32 -> c4x9d";
    g_autofree char *note = g_strconcat("c4x9d.md:7:9 note ", circle, NULL);
    g_autofree char *error = g_strconcat("c4x9d.md:7:9 error ", circle, NULL);

    write_item(fixture, "bcg32", "nb", "done", "parent: c4x9d\n");
    write_item(fixture, "c4x9d", "nc", "split", "parent: bcg32\n");
    check(fixture, "");
    write_item(fixture, "k7q2m", "nd", "new", "parent: c4x9d\n");
    check(fixture, note);
    write_item(fixture, "k7q2m", "nd", "doing", "parent: c4x9d\n");
    check(fixture, error);
    write_item(fixture, "k7q2m", "nd", "released", "parent: c4x9d\n");
    check(fixture, "");
}

static void duplicates_in_a_circle_are_errors_though_all_are_dropped(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "nb", "dropped", "duplicate-of: c4x9d\n");
    write_item(fixture, "c4x9d", "nc", "dropped", "duplicate-of: bcg32\n");
    write_item(fixture, "k7q2m", "nd", "dropped", "duplicate-of: bcg32\n");
    check(fixture, "bcg32.md:7:15 error depends-cycle: duplicates in a circle: bcg32 -> c4x9d -> bcg32");
    write_item(fixture, "c4x9d", "nc", "new", "duplicate-of: bcg32\n");
    check(fixture, "");
}

/* -- what stands twice -- */

static void duplicate_alias_finds_a_name_of_two_items(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "nb", "new", "aliases: [Shop-1, own]\n");
    write_item(fixture, "c4x9d", "nc", "new", "aliases: [SHOP-1, bcg32]\n");
    static const struct rules_options options = { FALSE, NULL };
    g_autoptr(GPtrArray) findings = rules_check(fixture_backlog(fixture), &options);
    assert_int_equal(findings->len, 2);
    assert_string_equal(((struct finding *)findings->pdata[0])->rule, "duplicate-alias");
    assert_true(
        g_str_has_prefix(((struct finding *)findings->pdata[0])->message, "the alias SHOP-1 is that of "));
    assert_true(
        g_str_has_prefix(((struct finding *)findings->pdata[1])->message, "the alias bcg32 is the id of "));
    write_item(fixture, "c4x9d", "nc", "new", "aliases: [c4x9d, SHOP-2, SHOP-2x]\n");
    check(fixture, "");
}

static void duplicate_entry_finds_each_once(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "nb", "new",
               "labels: [web, shop, web, web]\ndesigns: [a, b, A]\nx-l: [a, a]\n");
    check(fixture, "bcg32.md:7:21 warning duplicate-entry: labels: web stands there twice");
}

/* -- severities and selection -- */

static void the_policy_sets_severities_by_type_and_label(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *off = fixture_rules_off("");
    g_autofree char *policy = g_strconcat(
        "rules:\n  unknown-key: { default: note, type: { story: error }, label: { draft: off } }\n"
        "  parse: warning\n",
        off, NULL);
    fixture_policy(fixture, policy);
    check_item(fixture, "estimate: 5", "estimat: 5",
               "k7q2m-filter.md:8:1 error unknown-key: there is no field estimat");
    check_item(fixture, "estimate: 5", "estimat: 5\nlabels: [draft]", "");
    check_item(fixture, "type: story\n", "type: bug\nestimat: 5\n",
               "k7q2m-filter.md:6:1 note unknown-key: there is no field estimat");
    check_item(fixture, "Text.", "\xff",
               "k7q2m-filter.md:13:1 warning parse: expected UTF-8 text, saw the byte 0xff");
}

static void all_open_items_can_be_held_to_what_ready_ones_are(void **state)
{
    struct fixture *fixture = *state;
    const struct rules_options all = { TRUE, NULL };

    fixture_write(fixture, "backlog/bcg32.md",
                  "---\ntitle: A\nid: bcg32\ntype: story\nstatus: new\ndepends: [zzzzz]\n---\n");
    g_autofree char *seen = findings_of(fixture, &all);
    assert_string_equal(seen, "bcg32.md:1:1 error no-rank: it has no rank, and sorts last\n"
                              "bcg32.md:6:11 error depends-dangling: depends names no item: zzzzz");
}

static void only_what_is_asked_about_is_reported(void **state)
{
    struct fixture *fixture = *state;
    const char *const only[] = { "backlog/c4x9d.md", NULL }, *const none[] = { NULL };
    const struct rules_options one = { FALSE, only }, nothing = { FALSE, none };

    fixture_write(fixture, "backlog/bcg32.md", "---\ntitle: [\n---\n");
    fixture_write(fixture, "backlog/c4x9d.md", "---\ntitle: \"\n---\n");
    g_autofree char *seen = findings_of(fixture, &one);
    assert_true(g_str_has_prefix(seen, "c4x9d.md:2:8 error parse: "));
    assert_null(strstr(seen, "bcg32"));
    g_autofree char *empty = findings_of(fixture, &nothing);
    assert_string_equal(empty, "");
}

static void a_second_check_says_the_same(void **state)
{
    struct fixture *fixture = *state;
    static const struct rules_options options = { FALSE, NULL };

    fixture_write(fixture, "backlog/bcg32.md", "---\ntitle: [\n---\n");
    fixture_write(fixture, "backlog/c4x9d.md", "---\ntitle: A\n---\n\n<<<<<<< HEAD\n");
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(GPtrArray) first = rules_check(backlog, &options), second = rules_check(backlog, &options);
    assert_int_equal(first->len, second->len);
    assert_true(first->len > 3);
    assert_int_equal(backlog->findings->len, 1);
}

/* The rules that have a test of their own are off. */
static int setup(void **state)
{
    fixture_setup(state);
    fixture_policy_without_rules(*state, "depends-dangling depends-cycle rank-tie no-rank", NULL);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_table_describes_its_rules),
        TEST(a_good_item_has_no_findings),
        TEST(parse_finds_what_cannot_be_read),
        TEST(conflict_marker_finds_them_in_front_matter_and_body),
        TEST(missing_field_wants_title_type_and_status),
        TEST(bad_value_finds_what_a_field_cannot_have),
        TEST(unknown_key_finds_slips_of_the_pen),
        TEST(entries_of_lists_are_looked_at_too),
        TEST(file_name_wants_the_id),
        TEST(no_id_is_a_note_until_the_item_is_ready),
        TEST(no_rank_is_a_note_until_the_item_is_ready),
        TEST(duplicate_id_finds_the_second),
        TEST(rank_tie_finds_all_but_the_first),
        TEST(duplicates_in_a_circle_are_errors_though_all_are_dropped),
        TEST(duplicate_alias_finds_a_name_of_two_items),
        TEST(duplicate_entry_finds_each_once),
        TEST(depends_dangling_finds_references_to_nothing),
        TEST(a_dropped_item_must_name_what_it_repeats),
        TEST(what_cannot_be_read_can_be_named_all_the_same),
        TEST(depends_cycle_finds_circles),
        TEST(a_circle_through_a_ready_item_is_an_error_there),
        TEST(a_circle_is_reported_on_the_item_that_is_asked_about),
        TEST(parents_in_a_circle_are_found_too),
        TEST(split_parents_in_a_circle_are_what_their_open_parts_are),
        TEST(the_policy_sets_severities_by_type_and_label),
        TEST(all_open_items_can_be_held_to_what_ready_ones_are),
        TEST(only_what_is_asked_about_is_reported),
        TEST(a_second_check_says_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
