#include "rule_cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

void rule_cases_write(const struct fixture *fixture, const char *id, const char *title, const char *front,
                      const char *body)
{
    g_autofree char *path = g_strdup_printf("backlog/%s.md", id);
    g_autofree char *text = g_strdup_printf("---\ntitle: %s\nid: %s\n%s---\n\n%s", title, id, front, body);

    fixture_write(fixture, path, text);
}

char *rule_cases_print(struct fixture *fixture, const char *const *families,
                       const struct rules_options *options)
{
    static const struct rules_options none = { FALSE, NULL };
    g_autoptr(GPtrArray) findings = rules_check(fixture_backlog(fixture), options ? options : &none);
    GString *all = g_string_new(NULL);

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        const struct rule *rule = rule_find(finding->rule);
        g_autofree char *name = g_path_get_basename(finding->path);
        assert_non_null(rule);
        if (!g_strv_contains(families, rule_family(rule)))
            continue;
        g_string_append_printf(
            all, "%s%s:%u:%u %s %s: %s", all->len ? "\n" : "", name, finding->at.line, finding->at.column,
            finding->advice ? "advice" : severity_name(finding->severity), finding->rule, finding->message);
    }
    return g_string_free(all, FALSE);
}

void rule_cases_check(struct fixture *fixture, const char *const *families,
                      const struct rules_options *options, const char *expected)
{
    g_autofree char *seen = rule_cases_print(fixture, families, options);
    assert_string_equal(seen, expected);
}

void rule_cases_check_help(struct fixture *fixture, const char *rule, const char *text)
{
    static const struct rules_options none = { FALSE, NULL };
    g_autoptr(GPtrArray) findings = rules_check(fixture_backlog(fixture), &none);

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (strcmp(finding->rule, rule) != 0)
            continue;
        assert_true(fixture_says(finding->help, text));
        return;
    }
    fail_msg("there is no finding of %s", rule);
}
