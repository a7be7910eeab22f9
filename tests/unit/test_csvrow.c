#include "csvrow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void check_print(const char *const *cells, guint count, enum csvrow_safety safety,
                        const char *expected)
{
    g_autoptr(GString) out = g_string_new(NULL);
    csvrow_print(out, cells, count, safety);
    assert_string_equal(out->str, expected);
}

static void check_cell(const char *cell, const char *expected)
{
    const char *const cells[] = { "k7q2m", cell };
    g_autofree char *row = g_strdup_printf("k7q2m,%s\r\n", expected);
    check_print(cells, 2, CSVROW_GUARDED, row);
}

static GPtrArray *parse(const char *text, gboolean strict)
{
    struct csvrow_options options = csvrow_default_options;
    options.strict = strict;
    GError *error = NULL;
    GPtrArray *rows = csvrow_parse(text, strlen(text), &options, &error);
    assert_null(error);
    assert_non_null(rows);
    return rows;
}

static void check_row(const GPtrArray *rows, guint index, guint line, const char *joined)
{
    assert_true(index < rows->len);
    const struct csvrow *row = rows->pdata[index];
    assert_int_equal(row->line, line);
    assert_int_equal(row->count, g_strv_length(row->cells));
    g_autofree char *cells = g_strjoinv("|", row->cells);
    assert_string_equal(cells, joined);
}

static void check_refused(const char *text, gsize length, const struct csvrow_options *options,
                          const char *message)
{
    g_autoptr(GError) error = NULL;
    assert_null(csvrow_parse(text, length, options, &error));
    assert_string_equal(error->message, message);
}

static void check_refused_text(const char *text, const char *message)
{
    check_refused(text, strlen(text), &csvrow_default_options, message);
}

static void cells_are_quoted_where_needed(void **state)
{
    check_cell("Filter search results", "Filter search results");
    check_cell("date, category", "\"date, category\"");
    check_cell("a;b", "\"a;b\"");
    check_cell("says \"none\"", "\"says \"\"none\"\"\"");
    check_cell("two\nlines", "\"two\nlines\"");
    check_cell(" space", "\" space\"");
    check_cell("space ", "\"space \"");
    check_cell("", "");
    check_cell(NULL, "");
}

static void a_row_of_one_empty_cell_is_not_an_empty_line(void **state)
{
    const char *const cells[] = { "" };
    check_print(cells, 1, CSVROW_GUARDED, "\"\"\r\n");
}

static void formulas_are_guarded(void **state)
{
    check_cell("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"");
    check_cell("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0");
    check_cell("-2+3", "'-2+3");
    check_cell("@SUM(A1)", "'@SUM(A1)");
    check_cell("\t=1", "\"'\t=1\"");
    check_cell("\r=1", "'\\r=1");
    check_cell("\n=1", "\"'\n=1\"");
    check_cell(" =1", "' =1");
    check_cell("＝1+1", "'＝1+1");
    check_cell("a=b", "a=b");
}

static void numbers_are_not_formulas(void **state)
{
    check_cell("-5", "-5");
    check_cell("+2.50", "+2.50");
    check_cell("13", "13");
    check_cell("-", "'-");
    check_cell("-5.", "'-5.");
    check_cell("-.5", "'-.5");
    check_cell("-5 x", "'-5 x");
}

static void controls_and_ci_commands_are_shown(void **state)
{
    check_cell("a\x1b[31m", "a\\x1b[31m");
    check_cell("x\n::error::y", "\"x\n\\u003a:error::y\"");
    check_cell("##[error]", "#\\u0023[error]");
    check_cell("caf\xe9", "caf\\xe9");
}

static void raw_cells_are_written_as_they_are(void **state)
{
    const char *const cells[] = { "=1", "\x1b", "##[x]", "a\r\n::b" };
    check_print(cells, 4, CSVROW_RAW, "=1,\x1b,##[x],\"a\r\n::b\"\r\n");
}

static void rows_know_their_line(void **state)
{
    g_autoptr(GPtrArray) rows =
        parse("\xef\xbb\xbfkey,summary\r\n\r\nBACK-1,\"one\ntwo\"\r\n\nBACK-2,\"a \"\"b\"\"\"\r\n,", TRUE);
    assert_int_equal(rows->len, 4);
    check_row(rows, 0, 1, "key|summary");
    check_row(rows, 1, 3, "BACK-1|one\ntwo");
    check_row(rows, 2, 6, "BACK-2|a \"b\"");
    check_row(rows, 3, 7, "|");
}

static void a_cell_can_begin_with_a_line_break(void **state)
{
    g_autoptr(GPtrArray) rows = parse("\"\n\nx\",1\ny,2\n", TRUE);
    check_row(rows, 0, 1, "\n\nx|1");
    check_row(rows, 1, 4, "y|2");
}

static void lines_may_end_with_cr_alone(void **state)
{
    g_autoptr(GPtrArray) rows = parse("a,b\rc,d\r\re,f", TRUE);
    assert_int_equal(rows->len, 3);
    check_row(rows, 1, 2, "c|d");
    check_row(rows, 2, 4, "e|f");
}

static void spaces_belong_to_the_cell_where_strict(void **state)
{
    g_autoptr(GPtrArray) strict = parse(" a , b\n", TRUE);
    check_row(strict, 0, 1, " a | b");
    g_autoptr(GPtrArray) lenient = parse("   \n a , \"b\" \n", FALSE);
    assert_int_equal(lenient->len, 1);
    check_row(lenient, 0, 2, "a|b");
}

static void other_separators_are_read(void **state)
{
    struct csvrow_options options = csvrow_default_options;
    options.separator = '\t';
    g_autoptr(GPtrArray) rows = csvrow_parse("a\tb,c\n\t\n", 8, &options, NULL);
    check_row(rows, 0, 1, "a|b,c");
    check_row(rows, 1, 2, "|");
}

static void an_empty_text_has_no_rows(void **state)
{
    g_autoptr(GPtrArray) none = parse("", TRUE);
    assert_int_equal(none->len, 0);
    g_autoptr(GPtrArray) blank = parse("\r\n\n\r", TRUE);
    assert_int_equal(blank->len, 0);
}

static void lenient_takes_what_strict_refuses(void **state)
{
    g_autoptr(GPtrArray) rows = parse("a,b\n5\" disk\nx,\"open", FALSE);
    assert_int_equal(rows->len, 3);
    check_row(rows, 1, 2, "5\" disk");
    check_row(rows, 2, 3, "x|open");
}

static void strict_says_where_and_what(void **state)
{
    check_refused_text("a,b\n5\" disk,1\n",
                       "2:2: expected quotes around the whole cell, found one inside it");
    check_refused_text("a,b\n\"x\"é,1\n", "2:4: expected a separator after the closing quote, found 'é'");
    check_refused_text("\"x\"\x1b", "1:4: expected a separator after the closing quote, found '\\x1b'");
    check_refused_text("a,b\n1,\"two\n\n",
                       "2:1: expected a closing quote in this row, found the end of the file");
    check_refused_text("a,b\n\"1\n\",2\n3\n", "4:1: expected 2 cells as in line 1, found 1");
    check_refused_text("a,b\n1,2,3\n", "2:1: expected 2 cells as in line 1, found 3");
    check_refused_text("a,b\ncaf\xe9,1\n", "2:4: expected UTF-8, found the byte 0xe9");
    check_refused("a\n\0", 3, &csvrow_default_options, "2:1: expected UTF-8, found the byte 0x00");
}

/* -- row by row -- */

struct seen {
    GString *text;
    guint most;
};

static gboolean see(const struct csvrow *row, gpointer data)
{
    struct seen *seen = data;
    g_autofree char *cells = g_strjoinv("|", row->cells);
    g_string_append_printf(seen->text, "%u:%u:%s;", row->line, row->count, cells);
    return --seen->most > 0;
}

static void check_seen(const char *text, gboolean uneven, guint most, const char *expected,
                       const char *message)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    struct csvrow_options options = csvrow_default_options;
    struct seen seen = { out, most };

    options.uneven = uneven;
    gboolean good = csvrow_each(text, strlen(text), &options, see, &seen, &error);
    assert_int_equal(good, message == NULL);
    assert_string_equal(error ? error->message : "", message ? message : "");
    assert_string_equal(out->str, expected);
}

static void rows_are_visited_one_by_one(void **state)
{
    check_seen("a,b\n1,\"x\ny\"\n", FALSE, 9, "1:2:a|b;2:2:1|x\ny;", NULL);
    check_seen("a,b\n1\n", FALSE, 9, "1:2:a|b;", "2:1: expected 2 cells as in line 1, found 1");
    check_seen("a,b\n1\n\n2,3,4", TRUE, 9, "1:2:a|b;2:1:1;4:3:2|3|4;", NULL);
    check_seen("", FALSE, 9, "", NULL);
}

static void a_visitor_ends_the_reading(void **state)
{
    check_seen("a,b\n1,\"open\n", FALSE, 1, "1:2:a|b;", NULL);
    check_seen("a,b", FALSE, 1, "1:2:a|b;", NULL);
    check_seen("a,b\n\n1,2\n3\n", FALSE, 2, "1:2:a|b;3:2:1|2;", NULL);
}

static void a_cell_knows_its_place(void **state)
{
    const char *text = "\xef\xbb\xbf"
                       "a,b,c\r\n\"é,\"\"x\",\"two\r\nlines\",z\n";
    g_autoptr(GPtrArray) rows = csvrow_parse(text, strlen(text), &csvrow_default_options, NULL);
    static const struct position places[] = { { 2, 1 }, { 2, 9 }, { 3, 8 } };

    for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
        struct position at = csvrow_locate(text, strlen(text), &csvrow_default_options, rows->pdata[1], i);
        assert_int_equal(at.line, places[i].line);
        assert_int_equal(at.column, places[i].column);
    }
    struct position at = csvrow_locate(text, strlen(text), &csvrow_default_options, rows->pdata[0], 2);
    assert_int_equal(at.line, 1);
    assert_int_equal(at.column, 5);
}

static void limits_are_kept(void **state)
{
    const struct csvrow_options options = {
        .separator = ',', .bytes = 20, .rows = 2, .cells = 2, .cell_bytes = 5
    };
    check_refused("123456789012345678901", 21, &options, "1:1: expected at most 20 bytes of CSV, found 21");
    check_refused("a\nb\nc\n", 6, &options, "3:1: expected at most 2 rows");
    check_refused("a\nb,c,d\n", 8, &options, "2:1: expected at most 2 cells in a row");
    check_refused("a,\"12\n456\"\n", 11, &options, "1:1: expected cells of at most 5 bytes, found 6");
}

static void what_is_written_raw_is_read_back(void **state)
{
    static const char *const fragments[] = { ",", "\"", "\n", "\r", "\r\n", " ", "\t",
                                             ";", "=",  "'",  "é",  "日本", "x", "::" };
    g_autoptr(GRand) random = g_rand_new_with_seed(4180);

    for (int i = 0; i < 30000; i++) {
        guint count = (guint)g_rand_int_range(random, 1, 5);
        g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(GString) out = g_string_new(NULL);
        for (guint c = 0; c < count; c++) {
            GString *cell = g_string_new(NULL);
            for (int n = g_rand_int_range(random, 0, 6); n > 0; n--)
                g_string_append(cell, fragments[g_rand_int_range(random, 0, G_N_ELEMENTS(fragments))]);
            g_ptr_array_add(cells, g_string_free(cell, FALSE));
        }
        csvrow_print(out, (const char *const *)cells->pdata, count, CSVROW_RAW);
        g_autoptr(GPtrArray) rows = csvrow_parse(out->str, out->len, &csvrow_default_options, NULL);
        assert_non_null(rows);
        assert_int_equal(rows->len, 1);
        const struct csvrow *row = rows->pdata[0];
        assert_int_equal(row->count, count);
        for (guint c = 0; c < count; c++)
            assert_string_equal(row->cells[c], cells->pdata[c]);
    }
}

static void what_is_written_guarded_is_no_formula(void **state)
{
    static const char *const fragments[] = { "=", "+", "-", "@",  "\t", "\r", "\n", " ",
                                             "1", ".", "x", "\"", ",",  "＠", "::" };
    g_autoptr(GRand) random = g_rand_new_with_seed(1210);

    for (int i = 0; i < 30000; i++) {
        g_autoptr(GString) cell = g_string_new(NULL), out = g_string_new(NULL);
        for (int n = g_rand_int_range(random, 0, 5); n > 0; n--)
            g_string_append(cell, fragments[g_rand_int_range(random, 0, G_N_ELEMENTS(fragments))]);
        const char *const cells[] = { cell->str };
        csvrow_print(out, cells, 1, CSVROW_GUARDED);
        g_autoptr(GPtrArray) rows = csvrow_parse(out->str, out->len, &csvrow_default_options, NULL);
        const char *read = ((const struct csvrow *)rows->pdata[0])->cells[0];
        const char *start = read + strspn(read, " ");
        if (*start && strchr("=+-@\t\r\n", *start))
            assert_true(strspn(read + 1, "0123456789.") == strlen(read + 1) && g_ascii_isdigit(read[1]));
        g_auto(GStrv) lines = g_strsplit_set(out->str, "\r\n", -1);
        for (guint n = 0; lines[n]; n++)
            assert_false(g_str_has_prefix(g_strchug(lines[n]), "::"));
    }
}

static void hostile_bytes_never_crash_the_reader(void **state)
{
    static const char bytes[] = "a,\"\n\r ;\t\\";
    g_autoptr(GRand) random = g_rand_new_with_seed(1);

    for (int i = 0; i < 100000; i++) {
        char text[24];
        gsize length = (gsize)g_rand_int_range(random, 0, sizeof text);
        for (gsize n = 0; n < length; n++)
            text[n] = bytes[g_rand_int_range(random, 0, sizeof bytes - 1)];
        struct csvrow_options options = csvrow_default_options;
        options.strict = g_rand_boolean(random);
        g_autoptr(GError) error = NULL;
        options.uneven = g_rand_boolean(random);
        g_autoptr(GPtrArray) rows = csvrow_parse(text, length, &options, &error);
        assert_true((rows == NULL) == (error != NULL));
        assert_true(rows || options.strict);
        for (guint r = 1; rows && r < rows->len; r++)
            assert_true(((struct csvrow *)rows->pdata[r])->line >
                        ((struct csvrow *)rows->pdata[r - 1])->line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_quoted_where_needed),
        cmocka_unit_test(a_row_of_one_empty_cell_is_not_an_empty_line),
        cmocka_unit_test(formulas_are_guarded),
        cmocka_unit_test(numbers_are_not_formulas),
        cmocka_unit_test(controls_and_ci_commands_are_shown),
        cmocka_unit_test(raw_cells_are_written_as_they_are),
        cmocka_unit_test(rows_know_their_line),
        cmocka_unit_test(a_cell_can_begin_with_a_line_break),
        cmocka_unit_test(lines_may_end_with_cr_alone),
        cmocka_unit_test(spaces_belong_to_the_cell_where_strict),
        cmocka_unit_test(other_separators_are_read),
        cmocka_unit_test(an_empty_text_has_no_rows),
        cmocka_unit_test(lenient_takes_what_strict_refuses),
        cmocka_unit_test(strict_says_where_and_what),
        cmocka_unit_test(rows_are_visited_one_by_one),
        cmocka_unit_test(a_visitor_ends_the_reading),
        cmocka_unit_test(a_cell_knows_its_place),
        cmocka_unit_test(limits_are_kept),
        cmocka_unit_test(what_is_written_raw_is_read_back),
        cmocka_unit_test(what_is_written_guarded_is_no_formula),
        cmocka_unit_test(hostile_bytes_never_crash_the_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
