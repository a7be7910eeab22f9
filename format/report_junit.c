#include "report_private.h"

#include "plain.h"

#include <string.h>

/* More would be slow to read for those that show them, and GitLab takes 30 MB. */
#define CASES 100000

/* Appends text, made one line; what XML 1.0 has no way to write is written in the words of plain.h or, where
 * these have none, as U+FFFD. */
static void append_text(GString *out, const char *text)
{
    g_autofree char *line = plain_escape(text, -1);
    for (char *at = line; (at = strstr(at, "\xef\xbf")); at += 3)
        if (at[2] == '\xbe' || at[2] == '\xbf') /* U+FFFE, U+FFFF */
            at[2] = '\xbd';
    g_autofree char *escaped = g_markup_escape_text(line, -1);
    g_string_append(out, escaped);
}

static void append_attribute(GString *out, const char *name, const char *text)
{
    g_string_append_printf(out, " %s=\"", name);
    append_text(out, text);
    g_string_append_c(out, '"');
}

/* A finding of a suite. */
struct member {
    guint rule;  /* of the names of rules */
    guint index; /* of the findings */
};

/* What one file has. */
struct suite {
    const char *path;
    const struct report_item *item; /* NULL: a file that is no item */
    GArray *members;                /* struct member, by rule, then as they were found */
};

static void suite_free(gpointer data)
{
    struct suite *suite = data;
    g_array_unref(suite->members);
    g_free(suite);
}

static struct suite *suite_add(GPtrArray *suites, GHashTable *by_path, const char *path,
                               const struct report_item *item)
{
    struct suite *suite = g_new0(struct suite, 1);

    *suite = (struct suite){ path, item, g_array_new(FALSE, FALSE, sizeof(struct member)) };
    g_ptr_array_add(suites, suite);
    g_hash_table_insert(by_path, (gpointer)path, suite);
    return suite;
}

static gint compare_members(gconstpointer a, gconstpointer b)
{
    const struct member *left = a, *right = b;
    if (left->rule != right->rule)
        return left->rule < right->rule ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

/* The index of a name, which is added where it is new. */
static guint intern(GPtrArray *names, GHashTable *by_name, const char *name)
{
    gpointer index;

    if (g_hash_table_lookup_extended(by_name, name, NULL, &index))
        return GPOINTER_TO_UINT(index);
    g_hash_table_insert(by_name, (gpointer)name, GUINT_TO_POINTER(names->len));
    g_ptr_array_add(names, (gpointer)name);
    return names->len - 1;
}

/* Items in their order, then other files of which there are findings. names gets the rules. */
static GPtrArray *make_suites(const struct report *report, GPtrArray *names)
{
    GPtrArray *suites = g_ptr_array_new_with_free_func(suite_free);
    g_autoptr(GHashTable) by_path = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < report->n_rules; i++)
        intern(names, by_name, report->rules[i].name);
    for (guint i = 0; i < report->n_items; i++)
        suite_add(suites, by_path, report->items[i].path, &report->items[i]);
    for (guint i = 0; i < report->findings->len; i++) {
        const struct finding *finding = report->findings->pdata[i];
        struct suite *suite = g_hash_table_lookup(by_path, report->paths[i]);
        if (!suite)
            suite = suite_add(suites, by_path, report->paths[i], NULL);
        const struct member member = { intern(names, by_name, finding->rule), i };
        g_array_append_val(suite->members, member);
    }
    for (guint i = 0; i < suites->len; i++)
        g_array_sort(((struct suite *)suites->pdata[i])->members, compare_members);
    return suites;
}

/* -- a case -- */

/* What is to be said of one rule about one file. */
struct test {
    const struct member *members;
    guint n;
    const struct finding *fails; /* the first that does; NULL: none */
    const char *skipped;         /* the first reason, where all are waived; else NULL */
};

/* That of the rule whose members begin at index first of the suite; there may be none. */
static struct test make_test(const struct report *report, const struct suite *suite, guint rule, guint first)
{
    const struct member *members = (const struct member *)(gpointer)suite->members->data + first;
    struct test test = { .members = members };

    for (; first + test.n < suite->members->len && members[test.n].rule == rule; test.n++) {
        const struct finding *finding = report->findings->pdata[members[test.n].index];
        if (!test.fails && report_fails(finding, report->fail_on))
            test.fails = finding;
        if (test.n == 0 || !finding->waived)
            test.skipped = test.n == 0 ? finding->waived : NULL;
    }
    return test;
}

static void append_lines(GString *out, const struct report *report, const struct test *test)
{
    for (guint i = 0; i < test->n; i++) {
        guint index = test->members[i].index;
        const struct finding *finding = report->findings->pdata[index];
        struct position at = report_position(finding);
        g_autofree char *words = report_words(finding);
        g_autofree char *line =
            g_strdup_printf("%s:%u:%u: %s%s: %s", report->paths[index], at.line, at.column,
                            severity_name(finding->severity), finding->advice ? " (advice)" : "", words);
        append_text(out, line);
        g_string_append_c(out, '\n');
    }
}

static void append_result(GString *out, const struct report *report, const struct test *test)
{
    const char *element = test->fails ? "failure" : "system-out";

    if (test->skipped) {
        g_string_append(out, "      <skipped");
        append_attribute(out, "message", test->skipped);
        g_string_append(out, "/>\n");
    }
    g_string_append_printf(out, "      <%s", element);
    if (test->fails) {
        append_attribute(out, "type", severity_name(test->fails->severity));
        append_attribute(out, "message", test->fails->message);
    }
    g_string_append(out, ">\n");
    append_lines(out, report, test);
    g_string_append_printf(out, "</%s>\n", element);
}

static void append_case(GString *out, const struct suite *suite, const char *name)
{
    g_string_append(out, "    <testcase");
    append_attribute(out, "name", name);
    append_attribute(out, "classname", suite->path);
    append_attribute(out, "file", suite->path);
}

/* -- a suite -- */

struct totals {
    guint tests;
    guint failures;
    guint skipped;
};

/* Appends the cases of a suite: of all rules, or, without all, of those that have something to say, and one
 * for the others. */
static void append_cases(GString *out, const struct report *report, const struct suite *suite,
                         const GPtrArray *names, gboolean all, struct totals *totals)
{
    guint first = 0, before = totals->tests;

    for (guint rule = 0; rule < names->len; rule++) {
        struct test test = make_test(report, suite, rule, first);
        if (test.n == 0 && !all)
            continue;
        append_case(out, suite, names->pdata[rule]);
        g_string_append(out, test.n ? ">\n" : "/>\n");
        if (test.n) {
            append_result(out, report, &test);
            g_string_append(out, "    </testcase>\n");
        }
        first += test.n;
        totals->tests++;
        totals->failures += test.fails != NULL;
        totals->skipped += test.skipped != NULL;
    }
    if (totals->tests - before < names->len) {
        append_case(out, suite, "every other rule");
        g_string_append(out, "/>\n");
        totals->tests++;
    }
}

/* Puts them where the element began, when all that is within it has been counted. */
static void insert_totals(GString *out, gsize at, const struct totals *totals)
{
    g_autofree char *text = g_strdup_printf(" tests=\"%u\" failures=\"%u\" errors=\"0\" skipped=\"%u\"",
                                            totals->tests, totals->failures, totals->skipped);
    g_string_insert(out, (gssize)at, text);
}

static void append_suite(GString *out, const struct report *report, const struct suite *suite,
                         const GPtrArray *names, gboolean all, struct totals *totals)
{
    struct totals own = { 0 };

    g_string_append(out, "  <testsuite");
    append_attribute(out, "name", suite->path);
    gsize at = out->len;
    g_string_append(out, ">\n");
    if (suite->item) {
        g_string_append(out, "    <properties>\n      <property name=\"id\"");
        append_attribute(out, "value", suite->item->id);
        g_string_append(out, "/>\n      <property name=\"title\"");
        append_attribute(out, "value", suite->item->title);
        g_string_append(out, "/>\n    </properties>\n");
    }
    append_cases(out, report, suite, names, all, &own);
    g_string_append(out, "  </testsuite>\n");
    insert_totals(out, at, &own);
    totals->tests += own.tests;
    totals->failures += own.failures;
    totals->skipped += own.skipped;
}

/* As Jenkins has it (jenkinsci/xunit-plugin, junit-10.xsd), and GitLab reads it; "file" is for the latter. */
void report_junit(GString *out, const struct report *report)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new(), suites = make_suites(report, names);
    gboolean each = (guint64)suites->len * names->len <= CASES;
    struct totals totals = { 0 };

    g_string_append(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"refine check\"");
    gsize at = out->len;
    g_string_append(out, ">\n");
    for (guint i = 0; i < suites->len; i++)
        append_suite(out, report, suites->pdata[i], names, each, &totals);
    g_string_append(out, "</testsuites>\n");
    insert_totals(out, at, &totals);
}
