/* What children get of their parent, where they stand, and what is refused. */
#include "split.h"

#include "depends.h"
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define FRONT "---\ntitle: Filter the orders\nid: k7q2m\nrank: nf\ntype: story\nstatus: refining\n"
#define PATH "backlog/k7q2m.md"

/* A split into children "A", "B", … that decides nothing for git. */
static struct split *split_into(guint children)
{
    struct split *split = split_new();

    split->names = "Ana Silva";
    for (guint i = 0; i < children; i++) {
        const char title[] = { (char)('A' + i), '\0' };
        assert_true(split_add(split, title, NULL));
    }
    return split;
}

static void give(struct split *split, guint number, guint child)
{
    assert_true(split_give(split, SPLIT_CRITERIA, number, child, NULL));
}

static GPtrArray *draft_all(struct fixture *fixture, struct split *split)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *drafts = split_drafts(fixture->backlog, fixture_entry(fixture, PATH), split, &error);

    if (!drafts)
        fail_msg("%s", error->message);
    return drafts;
}

static void check_refused(struct fixture *fixture, struct split *split, enum split_error code,
                          const char *says)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) drafts = split_drafts(fixture->backlog, fixture_entry(fixture, PATH), split, &error);

    assert_null(drafts);
    assert_true(fixture_says(error->message, says));
    assert_int_equal(error->code, code);
}

static struct document *document_of(const GPtrArray *drafts, guint i)
{
    return edit_document(((struct draft *)drafts->pdata[i])->edit);
}

/* The texts of the criteria of draft i, with " | " between. */
static char *criteria_of(const struct fixture *fixture, const GPtrArray *drafts, guint i)
{
    g_autoptr(GPtrArray) criteria = criteria_read(document_of(drafts, i), fixture->policy);
    GString *all = g_string_new(NULL);

    for (guint j = 0; j < criteria->len; j++)
        g_string_append_printf(all, "%s%s", j ? " | " : "", ((struct criterion *)criteria->pdata[j])->text);
    return g_string_free(all, FALSE);
}

static void check_criteria(const struct fixture *fixture, const GPtrArray *drafts, guint i,
                           const char *expected)
{
    g_autofree char *seen = criteria_of(fixture, drafts, i);
    assert_string_equal(seen, expected);
}

/* -- what children get -- */

static void write_parent(struct fixture *fixture, const char *body)
{
    g_autofree char *text = g_strconcat(FRONT "---\n", body, NULL);
    fixture_write(fixture, PATH, text);
    fixture_backlog(fixture);
}

static void a_criterion_comes_with_all_that_is_nested_in_it(void **state)
{
    struct fixture *fixture = *state;
    static const char nested[] = "1) [x] One\n\n   - inner\n\n     ```\n     code\n     ```\n\n   and more";
    g_autofree char *body = g_strconcat("\n## Acceptance criteria\n\n", nested, "\n\n2) Two\n", NULL);
    g_autoptr(Split) split = split_into(2);

    write_parent(fixture, body);
    give(split, 1, 2);
    give(split, 2, 1);
    g_autoptr(GPtrArray) drafts = draft_all(fixture, split);
    assert_int_equal(drafts->len, 3);
    assert_non_null(
        g_strstr_len(document_of(drafts, 2)->text, (gssize)document_of(drafts, 2)->length, nested));
    check_criteria(fixture, drafts, 1, "Two");
    check_criteria(fixture, drafts, 2, "One");
}

/* "  - c" is a criterion beside " - b", and would be nested in "- a". */
static void a_criterion_is_outdented_where_it_would_read_otherwise(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(Split) split = split_into(2);

    write_parent(fixture, "\n## Acceptance criteria\n\n- a\n - b\n  - c\n    - inner\n");
    give(split, 1, 1);
    give(split, 3, 1);
    give(split, 2, 2);
    g_autoptr(GPtrArray) drafts = draft_all(fixture, split);
    check_criteria(fixture, drafts, 1, "a | c");
    check_criteria(fixture, drafts, 2, "b");
}

static void a_scenario_comes_in_a_fence_with_its_background(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(Split) split = split_into(2);
    static const char expected[] = "~~~ gherkin\nFeature: Filter\n  Background:\n    Given orders\n\n"
                                   "  Scenario: Two\n    When b\n~~~\n";

    write_parent(fixture, "\n## Decisions\n\n- 2026-11-20 Ana Silva: so\n\n## Acceptance criteria\n\n~~~ "
                          "gherkin\nFeature: Filter\n  Background:\n"
                          "    Given orders\n  Scenario: One\n    When a\n\n  Scenario: Two\n    When b");
    give(split, 1, 1);
    give(split, 2, 2);
    g_autoptr(GPtrArray) drafts = draft_all(fixture, split);
    const struct document *second = document_of(drafts, 2);
    assert_non_null(g_strstr_len(second->text, (gssize)second->length, expected));
    check_criteria(fixture, drafts, 2, "Two");
}

static void a_scenario_inside_a_criterion_goes_with_it(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(Split) split = split_into(2), other = split_into(2);

    write_parent(fixture,
                 "\n## Acceptance criteria\n\n- a\n\n  ```gherkin\n  Scenario: In a\n    When it is\n"
                 "  ```\n\n- b\n");
    give(split, 1, 1);
    give(split, 3, 2);
    g_autoptr(GPtrArray) drafts = draft_all(fixture, split);
    check_criteria(fixture, drafts, 1, "a | In a");
    give(other, 2, 1);
    check_refused(fixture, other, SPLIT_ERROR_PART, "inside another criterion");
}

static void nothing_is_left_behind(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(Split) split = split_into(2);

    write_parent(fixture,
                 "\n## Acceptance criteria\n\n- a\n- b\n- c\n\n## Open questions\n\n- [x] d\n- [ ] e\n");
    give(split, 2, 1);
    check_refused(fixture, split, SPLIT_ERROR_LEFT, "criteria 1 and 3 would be left behind");
    give(split, 3, 2);
    check_refused(fixture, split, SPLIT_ERROR_LEFT, "criterion 1 would be left behind");
    split->keep = TRUE;
    g_autoptr(GPtrArray) drafts = draft_all(fixture, split);
    check_criteria(fixture, drafts, 0, "a | b | c");
    check_criteria(fixture, drafts, 1, "b");
}

static guint questions_of(const struct fixture *fixture, const GPtrArray *drafts, guint i)
{
    g_autoptr(GPtrArray) questions =
        criteria_read_entries(document_of(drafts, i), fixture->policy, SECTION_QUESTIONS);
    return questions->len;
}

static void an_unanswered_question_goes_to_all_or_to_those_named(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(Split) all = split_into(2), one = split_into(2), none = split_into(2);

    write_parent(fixture, "\n## Open questions\n\n- [x] d\n- [ ] e\n- f\n");
    g_autoptr(GPtrArray) spread = draft_all(fixture, all);
    assert_int_equal(questions_of(fixture, spread, 1), 2);
    assert_int_equal(questions_of(fixture, spread, 2), 2);
    assert_true(split_give(one, SPLIT_QUESTIONS, 3, 2, NULL));
    g_autoptr(GPtrArray) named = draft_all(fixture, one);
    assert_int_equal(questions_of(fixture, named, 1), 1);
    assert_int_equal(questions_of(fixture, named, 2), 2);
    none->keep = TRUE;
    g_autoptr(GPtrArray) kept = draft_all(fixture, none);
    assert_int_equal(questions_of(fixture, kept, 1), 0);
    assert_int_equal(questions_of(fixture, kept, 0), 3);
}

static void fields_are_had_as_they_stand(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(Split) split = split_into(2);

    fixture_policy(fixture, "types: [task, spike]\n");
    fixture_write(fixture, PATH,
                  FRONT "owner: \"42\"\ngoal: \"no such\"\nlabels: search\ndepends: none\nrisk: high\n---\n");
    fixture_backlog(fixture);
    split->pattern = "spike";
    g_autoptr(GPtrArray) drafts = draft_all(fixture, split);
    const struct document *first = document_of(drafts, 1), *second = document_of(drafts, 2);
    assert_non_null(
        g_strstr_len(first->text, (gssize)first->length,
                     "parent: k7q2m\nowner: \"42\"\ngoal: no such\nlabels: search\ndepends: none\n---\n"));
    assert_non_null(g_strstr_len(first->text, (gssize)first->length, "\ntype: spike\n"));
    assert_non_null(g_strstr_len(second->text, (gssize)second->length, "\ntype: story\n"));
    assert_null(g_strstr_len(second->text, (gssize)second->length, "risk"));
}

/* Lines of which bodies are made that are read in every way. */
static const char *const pieces[] = {
    "- [ ] plain\n",
    "- [x] ticked\n",
    "* other mark\n",
    " - a little in\n",
    "  - more in\n",
    "   + most in\n",
    "1. numbered\n",
    "7) far\n",
    "  nested text\n",
    "  - nested entry\n",
    "\n",
    "```gherkin\n",
    "```\n",
    "Scenario: one\n",
    "  Scenario: two\n",
    "    code\n",
    "Paragraph.\n",
    "\t- tab\n",
    "> - quoted\n",
    "<!-- remark -->\n",
    "- ```gherkin\n",
    "  Scenario: three\n",
    "  ```\n",
    "- é “quotes” | a|b\n",
    "-\n",
    "@tag\n",
    "Feature: f\n",
    "~~~feature\n",
    "~~~\n",
    "- [ ] plain\n",
};

/* Gives every loose criterion to one child or both at random. */
static void give_at_random(struct split *split, const struct split_parts *parts, GRand *dice)
{
    for (guint number = 1; number <= parts->of[SPLIT_CRITERIA]->len; number++) {
        guint to = (guint)g_rand_int_range(dice, 1, 4);
        if (!split_is_loose(parts, SPLIT_CRITERIA, number))
            continue;
        for (guint child = 1; child <= 2; child++)
            if (to & child)
                give(split, number, child);
    }
}

static gboolean is_among(const GPtrArray *criteria, const struct criterion *wanted)
{
    for (guint i = 0; i < criteria->len; i++) {
        const struct criterion *criterion = criteria->pdata[i];
        if (strcmp(criterion->text, wanted->text) == 0 && strcmp(criterion->details, wanted->details) == 0)
            return TRUE;
    }
    return FALSE;
}

static void check_none_lost(const struct fixture *fixture, const GPtrArray *drafts,
                            const struct split_parts *parts)
{
    g_autoptr(GPtrArray) one = criteria_read(document_of(drafts, 1), fixture->policy);
    g_autoptr(GPtrArray) other = criteria_read(document_of(drafts, 2), fixture->policy);

    for (guint i = 0; i < parts->of[SPLIT_CRITERIA]->len; i++)
        assert_true(is_among(one, parts->of[SPLIT_CRITERIA]->pdata[i]) ||
                    is_among(other, parts->of[SPLIT_CRITERIA]->pdata[i]));
}

static void of_any_text_no_criterion_is_lost(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GRand) dice = g_rand_new_with_seed(20261121);
    guint refused = 0, made = 0;

    for (guint round = 0; round < 600; round++) {
        g_autoptr(GString) body =
            g_string_new("\n## Decisions\n\n- 2026-11-20 Ana Silva: so\n\n## Acceptance criteria\n\n");
        g_autoptr(Split) split = split_into(2);
        g_autoptr(GError) error = NULL;
        struct split_parts parts;
        for (gint i = g_rand_int_range(dice, 1, 12); i > 0; i--)
            g_string_append(body, pieces[g_rand_int_range(dice, 0, G_N_ELEMENTS(pieces))]);
        write_parent(fixture, body->str);
        g_autofree char *text = g_strconcat(FRONT "---\n", body->str, NULL);
        g_autoptr(Document) document = fixture_document(text);
        split_parts_init(&parts, document, fixture->policy);
        give_at_random(split, &parts, dice);
        g_autoptr(GPtrArray) drafts =
            split_drafts(fixture->backlog, fixture_entry(fixture, PATH), split, &error);
        if (drafts)
            check_none_lost(fixture, drafts, &parts);
        else if (!g_error_matches(error, SPLIT_ERROR, SPLIT_ERROR_PART))
            fail_msg("%s\n%s", error->message, body->str);
        made += drafts && parts.of[SPLIT_CRITERIA]->len > 1;
        refused += !drafts;
        split_parts_clear(&parts);
    }
    print_message("# %u splits with two criteria or more, %u refused\n", made, refused);
    assert_true(made > 150);
    assert_true(refused < 10);
}

/* -- where they stand -- */

static void write_item(struct fixture *fixture, const char *id, const char *more)
{
    g_autofree char *path = g_strdup_printf("backlog/%s.md", id);
    g_autofree char *text = g_strdup_printf("---\ntitle: A\nid: %s\n%s---\n", id, more);
    fixture_write(fixture, path, text);
}

/* Splits k7q2m in three, writes that, and checks the order: c1, c2, c3 are the children. */
static void check_order(struct fixture *fixture, const char *expected)
{
    g_autoptr(Split) split = split_into(3);
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) seen = g_string_new(NULL);

    fixture_backlog(fixture);
    g_autoptr(GPtrArray) drafts = draft_all(fixture, split);
    if (!drafts_write(fixture->backlog, drafts, &error))
        fail_msg("%s", error->message);
    const struct backlog *backlog = fixture_loaded(fixture);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        const char *name = item->id;
        char child[] = "c0";
        for (guint j = 1; j <= 3; j++)
            if (strcmp(item->id, ((struct draft *)drafts->pdata[j])->id) == 0) {
                child[1] = (char)('0' + j);
                name = child;
            }
        g_string_append_printf(seen, "%s%s", i ? " " : "", name);
    }
    assert_string_equal(seen->str, expected);
}

static void children_stand_behind_the_parent(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, "b2c3d", "rank: nd\nstatus: new\n");
    write_item(fixture, "k7q2m", "rank: nf\nstatus: new\n");
    write_item(fixture, "t2h8k", "rank: nfc\nstatus: done\n");
    check_order(fixture, "b2c3d k7q2m c1 c2 c3 t2h8k");
}

static void they_stand_before_those_of_the_same_rank(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, "b2c3d", "rank: nf\nstatus: new\n");
    write_item(fixture, "k7q2m", "rank: nf\nstatus: new\n");
    write_item(fixture, "t2h8k", "rank: nf\nstatus: new\n");
    write_item(fixture, "v5xmx", "rank: nf\nstatus: new\n");
    write_item(fixture, "z2h8k", "rank: nfc\nstatus: new\n");
    check_order(fixture, "b2c3d k7q2m c1 c2 c3 t2h8k v5xmx z2h8k");
}

static void behind_the_last_rank_where_the_parent_has_none(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, "b2c3d", "rank: nf\nstatus: new\n");
    write_item(fixture, "c2c3d", "status: new\n");
    write_item(fixture, "k7q2m", "status: new\n");
    check_order(fixture, "b2c3d c1 c2 c3 c2c3d k7q2m");
}

static void and_where_nothing_has_a_rank(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, "k7q2m", "status: new\n");
    check_order(fixture, "c1 c2 c3 k7q2m");
}

static void who_depends_on_the_parent_means_the_children(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(Split) split = split_into(2);

    write_item(fixture, "k7q2m", "rank: nf\nstatus: new\n");
    write_item(fixture, "t2h8k", "rank: ng\nstatus: new\ndepends: [k7q2m]\n");
    fixture_backlog(fixture);
    g_autoptr(GPtrArray) drafts = draft_all(fixture, split);
    assert_true(drafts_write(fixture->backlog, drafts, NULL));
    g_autoptr(GPtrArray) meant = depends_resolve(fixture_loaded(fixture), "k7q2m");
    assert_int_equal(meant->len, 2);
    assert_string_equal(((struct item *)meant->pdata[0])->title, "A");
    assert_string_equal(((struct item *)meant->pdata[1])->title, "B");
}

/* -- what is refused -- */

static void what_is_over_is_not_split(void **state)
{
    static const struct {
        const char *front, *says;
    } cases[] = {
        { "status: done\n", "k7q2m is done" },
        { "status: released\n", "k7q2m is released" },
        { "status: dropped\n", "k7q2m is dropped" },
        { "status: dropped\nduplicate-of: t2h8k\n", "refine split t2h8k" },
        { "status: split\n", "k7q2m is split already;" },
    };
    struct fixture *fixture = *state;

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Split) split = split_into(2);
        write_item(fixture, "k7q2m", cases[i].front);
        fixture_backlog(fixture);
        check_refused(fixture, split, SPLIT_ERROR_PARENT, cases[i].says);
    }
}

/* d2 depends on d1, and that on the parent of both. */
static void a_child_that_waits_for_the_parent_is_told(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(Split) split = split_into(2), free = split_into(2);

    write_item(fixture, "k7q2m", "status: new\n");
    write_item(fixture, "d2d2d", "status: new\nparent: k7q2m\ndepends: [f3f3f]\n");
    write_item(fixture, "f3f3f", "status: new\ndepends: [k7q2m]\n");
    fixture_backlog(fixture);
    check_refused(fixture, split, SPLIT_ERROR_PARENT, "(d2d2d -> f3f3f -> d2d2d)");
    write_item(fixture, "f3f3f", "status: done\ndepends: [k7q2m]\n");
    fixture_backlog(fixture);
    g_autoptr(GPtrArray) drafts = draft_all(fixture, free);
    assert_int_equal(drafts->len, 3);
}

static void children_have_titles_of_their_own(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(Split) split = split_into(1);
    g_autoptr(GError) empty = NULL, again = NULL, lines = NULL, none = NULL;

    write_parent(fixture, "");
    check_refused(fixture, split, SPLIT_ERROR_CHILD, "expected two children or more, saw one");
    assert_false(split_add(split, " \t", &empty));
    assert_true(fixture_says(empty->message, "child 2: expected a title"));
    assert_false(split_add(split, " A ", &again));
    assert_true(fixture_says(again->message, "children 1 and 2 have one title"));
    assert_false(split_add(split, "A\nB", &lines));
    assert_true(fixture_says(lines->message, "one line"));
    assert_false(split_give(split, SPLIT_CRITERIA, 1, 2, &none));
    assert_true(fixture_says(none->message, "there is no child 2"));
}

static void the_sum_of_the_children_counts_what_carries_the_work(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, "k7q2m", "status: split\nestimate: 13\n");
    write_item(fixture, "d2d2d", "status: split\nestimate: 8\nparent: k7q2m\n");
    write_item(fixture, "f3f3f", "status: done\nestimate: 5\nparent: d2d2d\n");
    write_item(fixture, "g3g3g", "status: new\nparent: k7q2m\n");
    write_item(fixture, "h3h3h", "status: dropped\nestimate: 3\nparent: k7q2m\n");
    write_item(fixture, "j3j3j", "status: new\nestimate: 2\nparent: f3f3f\n");
    const struct backlog *backlog = fixture_loaded(fixture);
    struct split_sum sum = split_sum(backlog, backlog_item(backlog, "k7q2m"));
    assert_true(sum.has_parent);
    assert_true(sum.parent == 13);
    assert_true(sum.children == 5);
    assert_int_equal(sum.without, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_criterion_comes_with_all_that_is_nested_in_it),
        TEST(a_criterion_is_outdented_where_it_would_read_otherwise),
        TEST(a_scenario_comes_in_a_fence_with_its_background),
        TEST(a_scenario_inside_a_criterion_goes_with_it),
        TEST(nothing_is_left_behind),
        TEST(an_unanswered_question_goes_to_all_or_to_those_named),
        TEST(fields_are_had_as_they_stand),
        TEST(of_any_text_no_criterion_is_lost),
        TEST(children_stand_behind_the_parent),
        TEST(they_stand_before_those_of_the_same_rank),
        TEST(behind_the_last_rank_where_the_parent_has_none),
        TEST(and_where_nothing_has_a_rank),
        TEST(who_depends_on_the_parent_means_the_children),
        TEST(what_is_over_is_not_split),
        TEST(a_child_that_waits_for_the_parent_is_told),
        TEST(children_have_titles_of_their_own),
        TEST(the_sum_of_the_children_counts_what_carries_the_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
