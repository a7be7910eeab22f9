/* Waivers in the front matter of an item. */
#include "waiver.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The waivers as one line: "rule=reason@until!fault". */
static char *tell(const char *front)
{
    g_autofree char *text = g_strconcat("---\ntitle: Filter\n", front, "---\n", NULL);
    g_autoptr(Document) document = fixture_document(text);
    g_autoptr(GPtrArray) waivers = waivers_read(document);
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < waivers->len; i++) {
        const struct waiver *waiver = waivers->pdata[i];
        g_string_append_printf(out, "%s%s=%s", i ? "; " : "", waiver->rule,
                               waiver->reason ? waiver->reason : "");
        if (waiver->until)
            g_string_append_printf(out, "@%s", waiver->until);
        if (waiver->boolean)
            g_string_append_printf(out, "?%s", waiver->boolean);
        if (waiver->fault)
            g_string_append_printf(out, "!%s", waiver->fault);
        assert_int_equal(strncmp(text + waiver->span.start, waiver->rule, strlen(waiver->rule)), 0);
    }
    return g_string_free(out, FALSE);
}

static void check(const char *front, const char *expected)
{
    g_autofree char *told = tell(front);
    assert_string_equal(told, expected);
}

static void reasons_are_read_in_both_forms(void **state)
{
    check("", "");
    check("waive:\n  why-missing: the law says so\n", "why-missing=the law says so");
    check("waive: { why-missing: \"the law\", not-estimated: { reason: fixed price, until: 2026-12-31 } }\n",
          "why-missing=the law; not-estimated=fixed price@2026-12-31");
    check("waive:\n  why-missing:\n    until: 2026-12-31\n    reason: |\n      the law\n      says so\n",
          "why-missing=the law says so@2026-12-31");
}

static void a_switch_is_no_reason(void **state)
{
    check("waive:\n  a:\n  b: ~\n  c: true\n  d: \"  \"\n  e: No\n  f: {}\n",
          "a=; b=; c=?true is read as a boolean (true); d=; e=?No is read as a boolean (false); f=");
    check("waive: { a: { reason: y } }\n", "a=?y is read as a boolean (true)");
    check("waive:\n  a: \"no\"\n", "a=no");
}

static void what_cannot_be_read_says_why(void **state)
{
    check("waive: why-missing\n", "");
    check("waive: [why-missing]\n", "");
    check("waive:\n  a: [the law]\n", "a=!expected a reason, saw a list");
    check("waive:\n  a: { reason: x, untill: 2026-12-31 }\n",
          "a=x!there is no untill in a waiver; did you mean until?");
    check("waive:\n  a: { by: legal }\n", "a=!expected reason and until, saw by");
    check("waive:\n  a: { reason: x, until: Friday }\n",
          "a=x!until: expected a day as YYYY-MM-DD, saw Friday");
    check("waive:\n  a: { reason: [x] }\n", "a=!reason: expected one value, saw a list");
}

static gboolean holds(const char *front, const char *today)
{
    g_autofree char *text = g_strconcat("---\nwaive:\n  a: ", front, "\n---\n", NULL);
    g_autoptr(Document) document = fixture_document(text);
    g_autoptr(GPtrArray) waivers = waivers_read(document);
    return waiver_holds(waivers->pdata[0], today);
}

static void it_holds_through_its_last_day(void **state)
{
    assert_true(holds("the law", "2026-11-21"));
    assert_true(holds("{ reason: x, until: 2026-11-21 }", "2026-11-21"));
    assert_false(holds("{ reason: x, until: 2026-11-21 }", "2026-11-22"));
    assert_true(holds("{ reason: x, until: }", "2026-11-22"));
    assert_false(holds("{ until: 2026-12-31 }", "2026-11-21"));
    assert_false(holds("{ reason: x, until: soon }", "2026-11-21"));
    assert_false(holds("", "2026-11-21"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reasons_are_read_in_both_forms),
        cmocka_unit_test(a_switch_is_no_reason),
        cmocka_unit_test(what_cannot_be_read_says_why),
        cmocka_unit_test(it_holds_through_its_last_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
