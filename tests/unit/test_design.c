/* Whether the designs of an item are there: in the work tree, in the index, in a revision. */
#include "design.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A shop whose policy stands in a folder of the repository, with an item in a folder of its backlog. */
struct shop {
    struct policy *policy;
    struct backlog *backlog;
};

static void open_shop(const struct fixture *fixture, const char *revision, struct shop *shop)
{
    g_autofree char *root = fixture_path(fixture, "shop");
    g_autoptr(GError) error = NULL;

    shop->policy = policy_new(root, fixture->root, NULL);
    shop->backlog = backlog_open(shop->policy, revision, &error);
    if (!shop->backlog)
        fail_msg("%s", error->message);
    backlog_load(shop->backlog);
}

static void close_shop(struct shop *shop)
{
    backlog_free(shop->backlog);
    policy_free(shop->policy);
}

static void check(const struct fixture *fixture, const char *revision, const char *design, gboolean expected)
{
    struct shop shop;

    open_shop(fixture, revision, &shop);
    if (design_is_there(shop.backlog, backlog_item(shop.backlog, "k7q2m"), design) != expected)
        fail_msg("%s is %s", design, expected ? "not there" : "there");
    close_shop(&shop);
}

static int setup(void **state)
{
    fixture_setup(state);
    g_setenv("HOME", ((struct fixture *)*state)->root, TRUE);
    g_setenv("XDG_CONFIG_HOME", ((struct fixture *)*state)->root, TRUE);
    fixture_git(*state, "init", "-q", "-b", "main", NULL);
    fixture_write(*state, "shop/backlog/search/k7q2m-filter.md", "---\ntitle: Filter\nid: k7q2m\n---\n");
    fixture_write(*state, "shop/backlog/search/beside.png", "beside");
    fixture_write(*state, "shop/mockups/filter.png", "below the policy");
    fixture_write(*state, "docs/a design.png", "below the top");
    fixture_git(*state, "add", "-A", NULL);
    fixture_git(*state, "commit", "-q", "-m", "all", NULL);
    return 0;
}

static void check_places(const struct fixture *fixture, const char *revision)
{
    check(fixture, revision, "docs/a design.png", TRUE);
    check(fixture, revision, "./docs//a design.png", TRUE);
    check(fixture, revision, "/docs/a design.png#page-2", TRUE);
    check(fixture, revision, "docs", TRUE);
    check(fixture, revision, "mockups/filter.png", TRUE);
    check(fixture, revision, "shop/mockups/", TRUE);
    check(fixture, revision, "beside.png", TRUE);
    check(fixture, revision, "../../mockups/filter.png", TRUE);
    check(fixture, revision, "mockups/sort.png", FALSE);
    check(fixture, revision, "docs/A DESIGN.png", FALSE);
    check(fixture, revision, "", FALSE);
    check(fixture, revision, "#page-2", FALSE);
    check(fixture, revision, "^{commit}", FALSE);
}

static void a_path_counts_from_the_top_the_policy_and_the_item(void **state)
{
    check_places(*state, NULL);
}

static void so_it_does_in_a_revision_and_in_the_index(void **state)
{
    check_places(*state, "HEAD");
    check_places(*state, ":");
}

static void a_link_is_taken_as_it_is(void **state)
{
    check(*state, NULL, "https://figma.example/file/17#p3", TRUE);
    check(*state, NULL, "www.figma.example/file/17", TRUE);
    check(*state, NULL, "figma.example/file/17", FALSE);
}

static void nothing_outside_of_the_repository_is_there(void **state)
{
    check(*state, NULL, "/etc/passwd", FALSE);
    check(*state, NULL, "../../../../../../../../etc/passwd", FALSE);
    check(*state, "HEAD", "../../../../../../../../etc/passwd", FALSE);
}

static void each_version_has_its_own(void **state)
{
    fixture_write(*state, "docs/staged.png", "staged");
    fixture_git(*state, "add", "-A", NULL);
    fixture_write(*state, "docs/untracked.png", "untracked");
    check(*state, NULL, "docs/untracked.png", TRUE);
    check(*state, ":", "docs/untracked.png", FALSE);
    check(*state, NULL, "docs/staged.png", TRUE);
    check(*state, ":", "docs/staged.png", TRUE);
    check(*state, "HEAD", "docs/staged.png", FALSE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_path_counts_from_the_top_the_policy_and_the_item),
        TEST(so_it_does_in_a_revision_and_in_the_index),
        TEST(a_link_is_taken_as_it_is),
        TEST(nothing_outside_of_the_repository_is_there),
        TEST(each_version_has_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
