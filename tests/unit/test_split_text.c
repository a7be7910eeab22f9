/* A split as text: what a person may do to it, and what is said of what cannot be taken. */
#include "split_text.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define FILE_TEXT                                                                                            \
    "---\ntitle: Filter the orders\nid: k7q2m\nstatus: new\n---\n\n"                                         \
    "## Acceptance criteria\n\n- [ ] by date\n- [x] by shop\n- by both\n\n"                                  \
    "## Open questions\n\n- [x] Which?\n- [ ] @bo Why?\n"

/* The parts of an item, and a split that has no children yet. */
struct scene {
    struct policy *policy;
    struct document *document;
    struct split_parts parts;
    struct split *split;
    GPtrArray *findings;
};

static int set_up(void **state)
{
    struct scene *scene = g_new0(struct scene, 1);

    scene->policy = policy_new("/shop", "/shop", NULL);
    scene->document = fixture_document(FILE_TEXT);
    split_parts_init(&scene->parts, scene->document, scene->policy);
    scene->split = split_new();
    scene->findings = findings_new();
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;

    g_ptr_array_unref(scene->findings);
    split_free(scene->split);
    split_parts_clear(&scene->parts);
    document_free(scene->document);
    policy_free(scene->policy);
    g_free(scene);
    return 0;
}

static GBytes *bytes_of(const char *text)
{
    return g_bytes_new(text, strlen(text));
}

static void check_bytes(GBytes *bytes, const char *expected)
{
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);
    g_autofree char *seen = g_strndup(text, length);

    assert_string_equal(seen, expected);
}

static gboolean read_text(struct scene *scene, const char *text)
{
    g_autoptr(GBytes) bytes = bytes_of(text);
    return split_text_read(bytes, &scene->parts, scene->split, scene->findings);
}

/* "A:1,3,q2 B:2", children and what they get. */
static char *tell(const struct split *split)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < split->children->len; i++) {
        const struct split_child *child = split->children->pdata[i];
        const char *stop = ":";
        g_string_append_printf(out, "%s%s", i ? " " : "", child->title);
        for (enum split_kind kind = 0; kind < N_SPLIT_KINDS; kind++)
            for (guint j = 0; j < child->parts[kind]->len; j++, stop = ",")
                g_string_append_printf(out, "%s%s%u", stop, kind == SPLIT_QUESTIONS ? "q" : "",
                                       g_array_index(child->parts[kind], guint, j));
    }
    return g_string_free(out, FALSE);
}

static void check_taken(struct scene *scene, const char *text, const char *expected)
{
    if (!read_text(scene, text))
        fail_msg("%s", ((struct finding *)scene->findings->pdata[0])->message);
    g_autofree char *seen = tell(scene->split);
    assert_string_equal(seen, expected);
}

static void check_refused(struct scene *scene, const char *text, guint line, const char *says)
{
    assert_false(read_text(scene, text));
    for (guint i = 0; i < scene->findings->len; i++) {
        const struct finding *finding = scene->findings->pdata[i];
        if (finding->at.line == line && strstr(finding->message, says))
            return;
    }
    fail_msg("nothing in line %u says: %s", line, says);
}

static void what_is_printed_waits_for_titles(void **state)
{
    struct scene *scene = *state;
    const struct item item = { .id = "k7q2m", .title = "Filter \x1b[31m" };
    g_autoptr(GBytes) text = split_text_print(&item, &scene->parts, scene->split);
    gsize length;
    const char *bytes = g_bytes_get_data(text, &length);

    assert_non_null(g_strstr_len(bytes, (gssize)length,
                                 "\nbecause \n\ninto \n\ninto \n\neach\nq2 @bo Why?\n\nleft\n"
                                 "1 [ ] by date\n2 [x] by shop\n3 by both\n"));
    assert_null(memchr(bytes, '\x1b', length));
    g_autofree char *same = g_strndup(bytes, length);
    check_refused(scene, same, 0, "criterion 1 is left behind");
}

static void lines_count_by_their_numbers(void **state)
{
    check_taken(*state,
                "\xef\xbb\xbf  into  By date \r\n\r\n# no\r\n1\r\n 3 [ ] whatever\r\ninto B\n2\n1\nq2\n",
                "By date:1,3 B:2,1,q2");
}

static void what_is_below_each_goes_to_all_wherever_it_stands(void **state)
{
    struct scene *scene = *state;

    check_taken(scene, "each\nq2\n3\ninto A\n1\ninto B\n2\n", "A:3,1,q2 B:3,2,q2");
    assert_null(scene->split->reason);
}

static void what_is_kept_is_named(void **state)
{
    struct scene *scene = *state;

    check_taken(scene, "because  It is large \ninto A\n1\nkeep\n3\nq2\ninto B\n2\ninto\n", "A:1 B:2");
    assert_true(scene->split->keep);
    assert_string_equal(scene->split->reason, "It is large");
}

static void who_keeps_may_leave_lines_out(void **state)
{
    struct scene *scene = *state;

    scene->split->keep = TRUE;
    check_taken(scene, "into A\ninto B\nleft\n1\n", "A B");
}

static void what_cannot_be_taken_is_told_with_its_line(void **state)
{
    static const struct {
        const char *text;
        guint line;
        const char *says;
    } cases[] = {
        { "into A\n1\n2\n3\nq2\n", 0, "expected two children or more, saw one" },
        { "1\n2\n3\nq2\n", 1, "above the first heading" },
        { "into A\n1\n2\n3\ninto\nq2\n", 5, "the child has no title" },
        { "into A\n1\n2\n3\ninto A\nq2\n", 5, "children 1 and 2 have one title" },
        { "into A\n1\n2\n4\ninto B\nq2\n", 4, "there is no criterion 4" },
        { "into A\n1\n2\n4\ninto B\nq2\n", 0, "criterion 3 is left behind: by both" },
        { "into A\n1\n2\n3\ninto B\nq1\n", 6, "question 1 is answered" },
        { "into A\n1\n2\n3\ninto B\nq1\n", 0, "question 2 is left behind: @bo Why?" },
        { "into A\n1\n2\n3\nB\nq2\n", 5, "expected \"into TITLE\"" },
        { "into A\n1\n2\n3\ninto B\nq2\nbecause a\nbecause b\n", 8, "there is a reason already: a" },
        { "into A\n1\n2\n99999999999\ninto B\n", 4, "expected" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        check_refused(*state, cases[i].text, cases[i].line, cases[i].says);
        tear_down(state);
        set_up(state);
    }
}

static void findings_stand_above_in_place_of_those_before(void **state)
{
    struct scene *scene = *state;
    g_autoptr(GBytes) text = bytes_of("#! old\n# a remark\ninto A\n#! older");
    struct position at = { 0, 0 };

    finding_add_at(scene->findings, "parse", SEVERITY_ERROR, at, "do so", "it \x1b is");
    g_autoptr(GBytes) told = split_text_complain(text, scene->findings);
    check_bytes(told, "#! it \\x1b is; do so\n# a remark\ninto A\n");
}

static void parts_are_followed_by_their_words(void **state)
{
    g_autoptr(GBytes) base = bytes_of("left\n1 a\n2 b\n3 c\nq1 d\n");
    g_autoptr(GBytes) now = bytes_of("left\n1 c\n2 a\nq2 d\n");
    g_autoptr(GBytes) text = bytes_of("into A\n1\n2 b\ninto B\n3 mine\nq1\n9\nwhat\n");
    g_autoptr(GBytes) followed = split_text_follow(text, base, now);

    assert_true(split_text_has_same(base, base));
    assert_false(split_text_has_same(base, now));
    check_bytes(followed, "into A\n2 a\n# no longer there: 2 b\ninto B\n1 c\nq2 d\n9\nwhat\n");
}

static void a_text_without_lines_is_empty(void **state)
{
    g_autoptr(GBytes) empty = bytes_of("# a\n \t\r\n"), none = bytes_of(""), some = bytes_of("# a\nx");

    assert_true(split_text_is_empty(empty));
    assert_true(split_text_is_empty(none));
    assert_false(split_text_is_empty(some));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_printed_waits_for_titles),
        TEST(lines_count_by_their_numbers),
        TEST(what_is_below_each_goes_to_all_wherever_it_stands),
        TEST(what_is_kept_is_named),
        TEST(who_keeps_may_leave_lines_out),
        TEST(what_cannot_be_taken_is_told_with_its_line),
        TEST(findings_stand_above_in_place_of_those_before),
        TEST(parts_are_followed_by_their_words),
        TEST(a_text_without_lines_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
