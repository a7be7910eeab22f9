/* Declaring items ready: what stands against it, what becomes of the files, and what is taken back. */
#include "ready.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char body[] =
    "\n## Acceptance criteria\n\n- [ ] The list shows within 2 s\n- [ ] None says so\n";

/* Of the rules only those about dependencies and stamps are asked: others have tests of their own. */
static int setup(void **state)
{
    fixture_setup(state);
    fixture_policy_without_rules(
        *state, "depends-dangling depends-unplanned stale-ready not-estimated waiver-reason", NULL);
    return 0;
}

static void write_item(struct fixture *fixture, const char *id, const char *lines)
{
    g_autofree char *path = g_strdup_printf("backlog/%s.md", id);
    g_autofree char *text =
        g_strdup_printf("---\ntitle: A\nid: %s\nrank: n%c\n%s---\n%s", id, id[0], lines, body);
    fixture_write(fixture, path, text);
}

static GPtrArray *entries_of(struct fixture *fixture, const char *ids)
{
    g_auto(GStrv) words = g_strsplit(ids, " ", -1);
    GPtrArray *entries = g_ptr_array_new();

    fixture_backlog(fixture);
    for (gsize i = 0; words[i]; i++)
        g_ptr_array_add(entries, (gpointer)backlog_find(fixture->backlog, words[i], NULL));
    return entries;
}

/* "bcd23 missing depends-dangling" of each item, with "; " between; or what refuses. */
static char *judge(struct fixture *fixture, const char *ids)
{
    static const char *const states[] = { "missing", "now", "again", "already" };
    g_autoptr(GPtrArray) entries = entries_of(fixture, ids);
    g_autoptr(GError) error = NULL;
    g_autoptr(Ready) ready = ready_judge(fixture->backlog, entries, &error);
    GString *told = g_string_new(ready ? NULL : error->message);

    for (guint i = 0; ready && i < ready->items->len; i++) {
        const struct ready_item *each = ready->items->pdata[i];
        g_string_append_printf(told, "%s%s %s", i ? "; " : "", each->item->id, states[each->state]);
        for (guint j = 0; j < each->gaps->len; j++)
            g_string_append_printf(told, " %s", ((struct ready_gap *)each->gaps->pdata[j])->finding->rule);
        for (guint j = 0; j < each->changed->len; j++)
            g_string_append_printf(told, " %s", (const char *)each->changed->pdata[j]);
    }
    return g_string_free(told, FALSE);
}

static void check(struct fixture *fixture, const char *ids, const char *expected)
{
    g_autofree char *told = judge(fixture, ids);
    assert_string_equal(told, expected);
}

static void every_rule_that_stands_against_readiness_has_a_part(void **state)
{
    for (guint i = 0; i < rule_count(); i++) {
        const struct rule *rule = rule_at(i);
        gboolean blocks = rule->severity == SEVERITY_ERROR || rule->claimed == SEVERITY_ERROR;
        if (rule->reach == RULE_READINESS && blocks && ready_part_of(rule->name) == READY_REST)
            fail_msg("%s is of no part", rule->name);
    }
    assert_int_equal(ready_part_of("parse"), READY_FILE);
    assert_int_equal(ready_part_of("why-empty"), READY_WHY);
    assert_int_equal(ready_part_of("has-mockup"), READY_TEAM);
    assert_int_equal(ready_part_of("why"), READY_TEAM);
}

static void what_is_missing_stands_against_it(void **state)
{
    write_item(*state, "bcd23", "type: story\nstatus: refining\ndepends: [zzzz9]\n");
    write_item(*state, "cdf34", "type: story\nstatus: new\nestimate: 3\ndepends: none\n");

    check(*state, "bcd23", "bcd23 missing not-estimated depends-dangling");
    check(*state, "cdf34 bcd23", "cdf34 now; bcd23 missing not-estimated depends-dangling");
}

static void one_may_wait_for_another_that_is_declared_with_it(void **state)
{
    write_item(*state, "bcd23", "type: story\nstatus: refining\nestimate: 3\ndepends: none\n");
    write_item(*state, "cdf34", "type: story\nstatus: refining\nestimate: 3\ndepends: [bcd23]\n");

    check(*state, "cdf34", "cdf34 missing depends-unplanned");
    check(*state, "cdf34 bcd23", "cdf34 now; bcd23 now");
}

static void a_stamp_that_fits_leaves_nothing_to_do(void **state)
{
    write_item(*state, "bcd23", "type: story\nstatus: ready\nestimate: 5\n");
    check(*state, "bcd23", "bcd23 again");
    write_item(*state, "bcd23", "type: story\nstatus: ready\nestimate: 5\nstamp: 1 estimate:ef2d12\n");
    check(*state, "bcd23", "bcd23 again criteria");
    write_item(*state, "bcd23", "type: story\nstatus: doing\nestimate: 8\nstamp: 1 estimate:ef2d12\n");
    check(*state, "bcd23", "bcd23 again criteria estimate");
    write_item(*state, "bcd23", "type: story\nstatus: ready\nestimate: 5\nstamp: later\n");
    check(*state, "bcd23", "bcd23 again");
    write_item(*state, "bcd23", "type: story\nstatus: refining\nestimate: 5\nstamp: 1 estimate:ef2d12\n");
    check(*state, "bcd23", "bcd23 now");
}

static void what_is_waived_does_not_hinder(void **state)
{
    write_item(*state, "bcd23", "type: story\nstatus: refining\nwaive: { not-estimated: fixed price }\n");
    check(*state, "bcd23", "bcd23 now");
    write_item(*state, "bcd23", "type: story\nstatus: refining\nwaive: { not-estimated: }\n");
    check(*state, "bcd23", "bcd23 missing not-estimated waiver-reason");
}

static void what_can_never_be_ready_is_refused(void **state)
{
    write_item(*state, "bcd23", "type: epic\nstatus: new\n");
    check(*state, "bcd23",
          "bcd23 is an epic, which is never ready: its parts are; refine split bcd23 makes them");
    write_item(*state, "bcd23", "type: story\nstatus: released\n");
    check(*state, "bcd23", "bcd23 is released already; refine set bcd23 status=refining opens it again");
    write_item(*state, "bcd23", "type: story\nstatus: dropped\n");
    check(*state, "bcd23", "bcd23 is dropped; refine set bcd23 status=refining takes it up again");
    write_item(*state, "bcd23", "type: story\nstatus: split\n");
    check(*state, "bcd23",
          "bcd23 is split: its children carry the work, and are made ready; refine list parent:bcd23 lists "
          "them");
}

/* -- what becomes of the files -- */

/* The lines of front matter behind the rank, of the one draft. */
static char *front_of(const GPtrArray *drafts)
{
    const struct draft *draft = drafts->pdata[0];
    const struct document *document = edit_document(draft->edit);
    g_autofree char *front = g_strndup(document->text, document->front->span.end);

    return g_strdup(strstr(front, "type:"));
}

static char *declare(struct fixture *fixture, const char *id)
{
    g_autoptr(GPtrArray) entries = entries_of(fixture, id);
    g_autoptr(GError) error = NULL;
    g_autoptr(Ready) ready = ready_judge(fixture->backlog, entries, &error);
    g_autoptr(GPtrArray) drafts = ready_declare(ready, "HEAD", &error);

    return drafts ? drafts->len ? front_of(drafts) : g_strdup("") : g_strdup(error->message);
}

static void status_and_stamp_are_set(void **state)
{
    write_item(*state, "bcd23", "type: story\nstatus: refining\nestimate: 5\nlabels: [a]\n");
    g_autofree char *declared = declare(*state, "bcd23");
    assert_string_equal(declared, "type: story\nstatus: ready\nestimate: 5\n"
                                  "stamp: 1 criteria:91864a estimate:ef2d12\nlabels: [a]\n");
}

static void what_is_being_done_stays_so(void **state)
{
    write_item(*state, "bcd23", "type: story\nstatus: doing\nestimate: 5\nstamp: 1 estimate:ef2d12\n");
    g_autofree char *declared = declare(*state, "bcd23");
    assert_string_equal(declared, "type: story\nstatus: doing\nestimate: 5\n"
                                  "stamp: 1 criteria:91864a estimate:ef2d12\n");
}

static char *revoke_of(struct fixture *fixture, const char *id, const char *reason)
{
    g_autoptr(GPtrArray) entries = entries_of(fixture, id);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) drafts = ready_revoke(fixture->backlog, entries, "Ana", reason, &error);
    g_autofree char *front = drafts ? front_of(drafts) : NULL;

    if (!drafts)
        return g_strdup(error->message);
    const struct draft *draft = drafts->pdata[0];
    const struct document *document = edit_document(draft->edit);
    g_autofree char *text = g_strndup(document->text, document->length);
    const char *decisions = strstr(text, "no longer ready");
    return g_strconcat(front, decisions ? decisions : "", NULL);
}

static void it_is_taken_back_with_a_reason(void **state)
{
    write_item(*state, "bcd23", "type: story\nstatus: ready\nestimate: 5\nstamp: 1 estimate:ef2d12\n");
    g_autofree char *revoked = revoke_of(*state, "bcd23", "the law\n changed");
    assert_true(g_str_has_prefix(
        revoked, "type: story\nstatus: refining\nestimate: 5\nno longer ready: the law changed"));
    g_autofree char *empty = revoke_of(*state, "bcd23", " ");
    assert_string_equal(empty, "expected the reason why it is not ready any more: -m REASON gives it");
    write_item(*state, "bcd23", "type: story\nstatus: refining\n");
    g_autofree char *nothing = revoke_of(*state, "bcd23", "x");
    assert_string_equal(nothing, "bcd23 is refining, not ready: there is nothing to revoke");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_rule_that_stands_against_readiness_has_a_part),
        TEST(what_is_missing_stands_against_it),
        TEST(one_may_wait_for_another_that_is_declared_with_it),
        TEST(a_stamp_that_fits_leaves_nothing_to_do),
        TEST(what_is_waived_does_not_hinder),
        TEST(what_can_never_be_ready_is_refused),
        TEST(status_and_stamp_are_set),
        TEST(what_is_being_done_stays_so),
        TEST(it_is_taken_back_with_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
