/* Where a policy is looked for, and how paths under it are shown. */
#include "fixture.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* The policy for a folder of the scratch folder; NULL with an error. */
static struct policy *find(const struct fixture *fixture, const char *folder, GError **error)
{
    g_autofree char *path = fixture_path(fixture, folder);
    return policy_find(path, NULL, error);
}

static void check_root(const struct fixture *fixture, const char *from, const char *root, const char *top)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Policy) policy = find(fixture, from, &error);
    g_autofree char *expected_root = fixture_path(fixture, root), *expected_top = fixture_path(fixture, top);

    if (!policy)
        fail_msg("%s", error->message);
    assert_string_equal(policy->root, expected_root);
    assert_string_equal(policy->top, expected_top);
}

static void the_nearest_policy_above_holds(void **state)
{
    struct fixture *fixture = *state;

    fixture_folder(fixture, "shop/.git");
    fixture_write(fixture, "shop/.refine.yaml", "backlog: items\n");
    fixture_folder(fixture, "shop/items/archive/2026");
    fixture_write(fixture, "shop/till/.refine.yaml", "types: [story]\n");
    fixture_folder(fixture, "shop/till/src");
    fixture_folder(fixture, "shop/docs/backlog");

    check_root(fixture, "shop", "shop", "shop");
    check_root(fixture, "shop/items/archive/2026", "shop", "shop");
    check_root(fixture, "shop/till/src", "shop/till", "shop");
    check_root(fixture, "shop/docs", "shop/docs", "shop");
    check_root(fixture, "shop/docs/backlog", "shop/docs", "shop");
}

static void a_backlog_folder_will_do(void **state)
{
    struct fixture *fixture = *state;

    fixture_folder(fixture, "shop/.git");
    fixture_folder(fixture, "shop/backlog");
    g_autoptr(Policy) policy = find(fixture, "shop/backlog", NULL);
    assert_non_null(policy);
    assert_false(policy->written);
    assert_string_equal(policy->folder, "backlog");
}

static void nothing_beyond_the_top_of_the_work_tree_counts(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;

    fixture_write(fixture, ".refine.yaml", "backlog: items\n");
    fixture_write(fixture, "shop/.git", "gitdir: ../elsewhere\n");
    fixture_folder(fixture, "shop/src");
    g_autoptr(Policy) policy = find(fixture, "shop/src", &error);
    assert_null(policy);
    assert_true(g_error_matches(error, POLICY_ERROR, POLICY_ERROR_NONE_FOUND));
    assert_true(
        fixture_says(error->message, "no .refine.yaml and no backlog folder here or above; refine init"));
}

static void backlogs_below_are_named(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;

    fixture_folder(fixture, "shop/.git");
    fixture_folder(fixture, "shop/till/backlog");
    assert_null(find(fixture, "shop", &error));
    assert_true(fixture_says(error->message, "there is one in till, or refine init"));
}

static void a_broken_policy_is_refused_with_its_place(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *folder = fixture_path(fixture, "shop");
    g_autoptr(GPtrArray) broken = NULL;
    g_autoptr(GError) error = NULL;

    fixture_folder(fixture, "shop/.git");
    fixture_write(fixture, "shop/.refine.yaml", "types: [story]\nlayuot: flat\n");
    g_autoptr(Policy) policy = policy_find(folder, &broken, &error);
    assert_null(policy);
    assert_true(g_error_matches(error, POLICY_ERROR, POLICY_ERROR_BROKEN));
    assert_true(fixture_says(error->message,
                             "shop/.refine.yaml:2:1: there is no setting layuot; did you mean layout?"));
    assert_int_equal(broken->len, 1);
}

static void warnings_alone_do_not_stop(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, ".refine.yaml", "rules: { cosy-tone: error }\n");
    g_autoptr(Policy) policy = find(fixture, "", NULL);
    assert_non_null(policy);
    assert_int_equal(findings_gravest(policy->findings), SEVERITY_WARNING);
}

static void a_policy_that_is_no_file_is_broken(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) link = NULL, folder = NULL;

    fixture_write(fixture, "elsewhere.yaml", "types: [story]\n");
    fixture_folder(fixture, "linked/.git");
    fixture_link(fixture, "../elsewhere.yaml", "linked/.refine.yaml");
    assert_null(find(fixture, "linked", &link));
    assert_true(g_error_matches(link, POLICY_ERROR, POLICY_ERROR_BROKEN));
    assert_true(fixture_says(link->message, "/linked/.refine.yaml: expected a file, saw a symbolic link"));
    fixture_folder(fixture, "strange/.refine.yaml");
    assert_null(find(fixture, "strange", &folder));
    assert_true(g_error_matches(folder, POLICY_ERROR, POLICY_ERROR_BROKEN));
}

/* -- below -- */

static void check_below(const struct fixture *fixture, guint limit, const char *expected)
{
    g_auto(GStrv) below = policy_below(fixture->root, limit);
    g_autofree char *all = g_strjoinv(" ", below);
    assert_string_equal(all, expected);
}

static void policies_below_are_found_nearest_first(void **state)
{
    struct fixture *fixture = *state;

    check_below(fixture, 3, "");
    fixture_write(fixture, "apps/web/shop/.refine.yaml", "");
    fixture_folder(fixture, "apps/web/till/backlog");
    fixture_write(fixture, "apps/admin/.refine.yaml", "");
    fixture_write(fixture, "apps/admin/inner/.refine.yaml", ""); /* that of apps/admin is nearer */
    fixture_folder(fixture, "tools/backlog");
    fixture_folder(fixture, "a/b/c/d/backlog");
    fixture_folder(fixture, "a/b/c/d2/e/backlog"); /* too deep */
    fixture_folder(fixture, ".cache/backlog");
    fixture_folder(fixture, "outside");
    fixture_link(fixture, "../tools", "outside/link");
    check_below(fixture, 10, "tools apps/admin apps/web/shop apps/web/till a/b/c/d");
    check_below(fixture, 3, "tools apps/admin apps/web/shop");
    check_below(fixture, 1, "tools");
}

/* -- display -- */

static void check_display(const char *from, const struct policy *policy, const char *path,
                          const char *expected)
{
    g_autofree char *before = g_get_current_dir();
    assert_return_code(g_chdir(from), 0);
    g_autofree char *shown = policy_display(policy, path);
    assert_return_code(g_chdir(before), 0);
    assert_string_equal(shown, expected);
}

static void paths_are_shown_as_one_would_write_them_here(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *root = fixture_path(fixture, "shop");
    g_autoptr(Policy) policy = policy_new(root, fixture->root, NULL);
    g_autofree char *absolute = g_strconcat(root, "/backlog/k7q2m-filter.md", NULL);
    static const struct {
        const char *from, *path, *expected; /* NULL: absolute */
    } cases[] = {
        { "shop", "backlog/k7q2m-filter.md", "backlog/k7q2m-filter.md" },
        { "shop/backlog", "backlog/k7q2m-filter.md", "k7q2m-filter.md" },
        { "shop/backlog/archive", "backlog/k7q2m-filter.md", "../k7q2m-filter.md" },
        { "shop/backlog/archive/2026", "backlog/archive/2026/c4x9d.md", "c4x9d.md" },
        { "shop/backlog2", "backlog/k7q2m-filter.md", "../backlog/k7q2m-filter.md" },
        { "shop/src/ui", "backlog/archive/2026/c4x9d.md", "../../backlog/archive/2026/c4x9d.md" },
        { "shop/src/ui", POLICY_FILE, "../../.refine.yaml" },
        { "", "backlog/k7q2m-filter.md", "shop/backlog/k7q2m-filter.md" },
        { "shopping", "backlog/k7q2m-filter.md", NULL },
    };

    fixture_folder(fixture, "shop/backlog/archive/2026");
    fixture_folder(fixture, "shop/backlog2");
    fixture_folder(fixture, "shop/src/ui");
    fixture_folder(fixture, "shopping");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *from = fixture_path(fixture, cases[i].from);
        check_display(from, policy, cases[i].path, cases[i].expected ? cases[i].expected : absolute);
    }
}

static void paths_are_shown_from_the_root_of_the_system_too(void **state)
{
    g_autoptr(Policy) policy = policy_new("/", "/", NULL);

    check_display("/", policy, "backlog/k7q2m.md", "backlog/k7q2m.md");
    check_display("/usr/lib", policy, "usr/backlog/k7q2m.md", "../backlog/k7q2m.md");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_nearest_policy_above_holds),
        TEST(a_backlog_folder_will_do),
        TEST(nothing_beyond_the_top_of_the_work_tree_counts),
        TEST(backlogs_below_are_named),
        TEST(a_broken_policy_is_refused_with_its_place),
        TEST(warnings_alone_do_not_stop),
        TEST(a_policy_that_is_no_file_is_broken),
        TEST(policies_below_are_found_nearest_first),
        TEST(paths_are_shown_as_one_would_write_them_here),
        TEST(paths_are_shown_from_the_root_of_the_system_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
