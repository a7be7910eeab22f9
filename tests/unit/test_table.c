#include "table.h"

#include "plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <md4c.h>

static const struct table_column columns[] = {
    { .name = "id", .title = "ID" },
    { .name = "estimate", .title = "Est", .align = TABLE_RIGHT, .numeric = TRUE },
    { .name = "title", .title = "Title", .shrink = 1, .minimum = 8 },
    { .name = "owner", .title = "Owner", .shrink = 2, .minimum = 3 },
};

static struct table *backlog(void)
{
    struct table *table = table_new(columns, G_N_ELEMENTS(columns));
    table_add(table, "k7q2m", TABLE_YELLOW);
    table_add_integer(table, 5, TABLE_PLAIN);
    table_add(table, "Filter search results by date", TABLE_PLAIN);
    table_add(table, "Ana", TABLE_PLAIN);
    table_add(table, "t2h8k", TABLE_YELLOW);
    table_add(table, "13", TABLE_RED);
    table_add(table, "日本語のタイトル", TABLE_PLAIN);
    table_add(table, NULL, TABLE_DIM);
    table_add(table, "c4x9d", TABLE_YELLOW);
    table_add(table, "", TABLE_PLAIN);
    table_add(table, "Export\x1b[2J ", TABLE_PLAIN);
    table_add(table, "Bonifácio", TABLE_PLAIN);
    return table;
}

static void check_text(const struct table *table, struct table_look look, const char *expected)
{
    g_autoptr(GString) out = g_string_new(NULL);
    table_print_text(table, out, &look);
    assert_string_equal(out->str, expected);
}

static void text_is_aligned_by_what_the_terminal_shows(void **state)
{
    g_autoptr(Table) table = backlog();
    assert_int_equal(table_rows(table), 3);
    check_text(table, (struct table_look){ .header = TRUE },
               "ID     Est  Title                          Owner\n"
               "k7q2m    5  Filter search results by date  Ana\n"
               "t2h8k   13  日本語のタイトル\n"
               "c4x9d       Export\\x1b[2J                  Bonifácio\n");
}

static void text_without_header_has_only_rows(void **state)
{
    g_autoptr(Table) table = table_new(columns, 2);
    table_add(table, "k7q2m", TABLE_PLAIN);
    table_add(table, "5", TABLE_PLAIN);
    check_text(table, (struct table_look){ 0 }, "k7q2m  5\n");
    g_autoptr(Table) none = table_new(columns, 2);
    check_text(none, (struct table_look){ 0 }, "");
    check_text(none, (struct table_look){ .header = TRUE }, "ID  Est\n");
}

static void text_is_cut_to_the_width(void **state)
{
    g_autoptr(Table) table = backlog();
    check_text(table, (struct table_look){ .width = 41 },
               "k7q2m   5  Filter search resu…  Ana\n"
               "t2h8k  13  日本語のタイトル\n"
               "c4x9d      Export\\x1b[2J        Bonifácio\n");
}

static void columns_give_way_in_their_order(void **state)
{
    g_autoptr(Table) table = backlog();
    check_text(table, (struct table_look){ .width = 26 },
               "k7q2m   5  Filter…   Ana\n"
               "t2h8k  13  日本語…\n"
               "c4x9d      Export\\…  Boni…\n");
    check_text(table, (struct table_look){ .width = 10 },
               "k7q2m   5  Filter…   Ana\n"
               "t2h8k  13  日本語…\n"
               "c4x9d      Export\\…  Bo…\n");
}

static void styles_are_written_only_in_color(void **state)
{
    g_autoptr(Table) table = table_new(columns, 4);
    table_add(table, "t2h8k", TABLE_YELLOW);
    table_add(table, "8", TABLE_RED);
    table_add(table, "Export", TABLE_PLAIN);
    table_add(table, "", TABLE_DIM);
    check_text(table, (struct table_look){ .color = TRUE, .header = TRUE },
               "\x1b[1mID\x1b[m     \x1b[1mEst\x1b[m  \x1b[1mTitle\x1b[m   \x1b[1mOwner\x1b[m\n"
               "\x1b[33mt2h8k\x1b[m    \x1b[31m8\x1b[m  Export\n");
}

static void a_head_has_a_style_of_its_own(void **state)
{
    const struct table_look look = { .width = 20, .color = TRUE };
    g_autoptr(Table) table = table_new(&columns[2], 2);
    table_add_cell(table, &(struct table_cell){ "k7q2m", TABLE_DIM, 2, TABLE_BOLD_CYAN, NULL });
    table_add_cell(table, &(struct table_cell){ "t2", TABLE_DIM, 2, TABLE_BOLD_CYAN, NULL });
    table_add_cell(table,
                   &(struct table_cell){ "\x1b├─ Export a year of orders", TABLE_PLAIN, 8, TABLE_DIM, NULL });
    table_add_cell(table, &(struct table_cell){ "short", TABLE_PLAIN, 9, TABLE_DIM, NULL });
    check_text(table, look,
               "\x1b[1;36mk7\x1b[m\x1b[2mq2m\x1b[m          \x1b[1;36mt2\x1b[m\n"
               "\x1b[2m\\x1b├─ \x1b[mExpor…  \x1b[2mshort\x1b[m\n");
    check_text(table, (struct table_look){ .width = 20 }, "k7q2m          t2\n\\x1b├─ Expor…  short\n");
}

static void a_head_that_is_cut_is_none(void **state)
{
    static const struct table_column narrow = {
        .name = "title", .title = "Title", .shrink = 1, .minimum = 1
    };
    g_autoptr(Table) table = table_new(&narrow, 1);
    table_add_cell(table, &(struct table_cell){ "├─ Export", TABLE_PLAIN, 7, TABLE_DIM, NULL });
    check_text(table, (struct table_look){ .width = 3, .color = TRUE }, "├─…\n");
    check_text(table, (struct table_look){ .width = 5, .color = TRUE }, "\x1b[2m├─ \x1b[mE…\n");
}

static void columns_are_left_out_where_cutting_is_not_enough(void **state)
{
    static const struct table_column some[] = {
        { .name = "position", .title = "#", .drop = 2 },
        { .name = "id", .title = "ID" },
        { .name = "type", .title = "Type", .drop = 1 },
        { .name = "title", .title = "Title", .shrink = 1, .minimum = 8 },
    };
    g_autoptr(Table) table = table_new(some, G_N_ELEMENTS(some));
    table_add(table, "12", TABLE_PLAIN);
    table_add(table, "k7q2m", TABLE_PLAIN);
    table_add(table, "story", TABLE_PLAIN);
    table_add(table, "Export a year", TABLE_PLAIN);
    check_text(table, (struct table_look){ 0 }, "12  k7q2m  story  Export a year\n");
    check_text(table, (struct table_look){ .width = 31 }, "12  k7q2m  story  Export a year\n");
    check_text(table, (struct table_look){ .width = 26 }, "12  k7q2m  story  Export…\n");
    check_text(table, (struct table_look){ .width = 25 }, "12  k7q2m  Export a year\n");
    check_text(table, (struct table_look){ .width = 19 }, "12  k7q2m  Export…\n");
    check_text(table, (struct table_look){ .width = 18 }, "k7q2m  Export a y…\n");
    check_text(table, (struct table_look){ .width = 3, .header = TRUE }, "ID     Title\nk7q2m  Export…\n");
    g_autoptr(GString) tsv = g_string_new(NULL);
    table_print_tsv(table, tsv);
    assert_string_equal(tsv->str, "position\tid\ttype\ttitle\n12\tk7q2m\tstory\tExport a year\n");
}

static char *random_cell(GRand *random)
{
    static const char *const fragments[] = {
        "",
        " ",
        "Filter",
        "\t",
        "\n",
        "\r",
        "\\",
        "\\t",
        "|",
        "é",
        "日本",
        "\x1b[m",
        "\xff",
        "##[",
        "::",
        "👩\xe2\x80\x8d💻",
        "\xe2\x80\xae",
        "\xcc\x81",
        "-5",
        "<b>",
        "@ana",
        "`",
        "*",
    };
    GString *text = g_string_new(NULL);
    for (int i = g_rand_int_range(random, 0, 8); i > 0; i--)
        g_string_append(text, fragments[g_rand_int_range(random, 0, G_N_ELEMENTS(fragments))]);
    return g_string_free(text, FALSE);
}

static struct table *random_table(GRand *random)
{
    struct table *table = table_new(columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < 5 * G_N_ELEMENTS(columns); i++) {
        g_autofree char *text = random_cell(random);
        table_add(table, text, TABLE_PLAIN);
    }
    return table;
}

static void text_fits_or_nothing_more_can_give_way(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(80);
    for (int i = 0; i < 3000; i++) {
        g_autoptr(Table) table = random_table(random);
        g_autoptr(GString) out = g_string_new(NULL), wide = g_string_new(NULL), least = g_string_new(NULL);
        guint width = (guint)g_rand_int_range(random, 30, 90);
        table_print_text(table, out, &(struct table_look){ .width = width });
        table_print_text(table, wide, &(struct table_look){ .width = 0 });
        table_print_text(table, least, &(struct table_look){ .width = 1 });
        g_auto(GStrv) lines = g_strsplit(out->str, "\n", -1);
        assert_int_equal(g_strv_length(lines), 6);
        guint widest = 0;
        for (guint n = 0; n < 5; n++) {
            assert_false(g_str_has_suffix(lines[n], " "));
            assert_true(plain_is_clean(lines[n], -1));
            widest = MAX(widest, plain_width(lines[n]));
        }
        if (widest > width)
            assert_string_equal(out->str, least->str);
    }
}

static void tsv_is_a_line_a_row(void **state)
{
    g_autoptr(Table) table = backlog();
    g_autoptr(GString) out = g_string_new(NULL);
    table_print_tsv(table, out);
    assert_string_equal(out->str, "id\testimate\ttitle\towner\n"
                                  "k7q2m\t5\tFilter search results by date\tAna\n"
                                  "t2h8k\t13\t日本語のタイトル\t\n"
                                  "c4x9d\t\tExport\\x1b[2J \tBonifácio\n");
}

static void undo_tsv(GString *out, const char *cell)
{
    for (const char *at = cell; *at; at++) {
        if (*at != '\\') {
            g_string_append_c(out, *at);
            continue;
        }
        at++;
        gsize digits = *at == 'x' ? 2 : *at == 'u' ? 4 : 0;
        g_autofree char *hex = g_strndup(at + 1, digits);
        guint64 value = g_ascii_strtoull(hex, NULL, 16);
        if (*at == 'x')
            g_string_append_c(out, (char)value);
        else if (*at == 'u')
            g_string_append_unichar(out, (gunichar)value);
        else
            g_string_append_c(out, *at == 't' ? '\t' : *at == 'n' ? '\n' : *at == 'r' ? '\r' : '\\');
        at += digits;
    }
}

static void tsv_gives_every_cell_back(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(9);
    for (int i = 0; i < 20000; i++) {
        g_autofree char *text = random_cell(random);
        g_autoptr(Table) table = table_new(columns, 2);
        g_autoptr(GString) out = g_string_new(NULL), back = g_string_new(NULL);
        table_add(table, "k7q2m", TABLE_PLAIN);
        table_add(table, text, TABLE_PLAIN);
        table_print_tsv(table, out);
        g_auto(GStrv) lines = g_strsplit(out->str, "\n", -1);
        assert_int_equal(g_strv_length(lines), 3);
        g_auto(GStrv) cells = g_strsplit(lines[1], "\t", -1);
        assert_int_equal(g_strv_length(cells), 2);
        undo_tsv(back, cells[1]);
        assert_string_equal(back->str, text);
    }
}

static void csv_has_a_heading_and_guards_formulas(void **state)
{
    g_autoptr(Table) table = table_new(columns, 3);
    table_add(table, "k7q2m", TABLE_PLAIN);
    table_add(table, "-5", TABLE_PLAIN);
    table_add(table, "=1+1, \"x\"", TABLE_PLAIN);
    g_autoptr(GString) guarded = g_string_new(NULL), raw = g_string_new(NULL);
    table_print_csv(table, guarded, CSVROW_GUARDED);
    assert_string_equal(guarded->str, "id,estimate,title\r\nk7q2m,-5,\"'=1+1, \"\"x\"\"\"\r\n");
    table_print_csv(table, raw, CSVROW_RAW);
    assert_string_equal(raw->str, "id,estimate,title\r\nk7q2m,-5,\"=1+1, \"\"x\"\"\"\r\n");
}

static void markdown_is_a_table(void **state)
{
    g_autoptr(Table) table = table_new(columns, 3);
    table_add(table, "k7q2m", TABLE_RED);
    table_add(table, "", TABLE_PLAIN);
    table_add(table, "a|b <i> @ana\nx", TABLE_PLAIN);
    g_autoptr(GString) out = g_string_new(NULL);
    table_print_markdown(table, out);
    assert_string_equal(out->str, "| ID | Est | Title |\n| --- | ---: | --- |\n"
                                  "| k7q2m | | a\\|b \\<i\\> @&#8203;ana\\\\nx |\n");
}

struct counts {
    guint cells, other;
};

static int see_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct counts *counts = data;
    counts->cells += type == MD_BLOCK_TD || type == MD_BLOCK_TH;
    counts->other += type < MD_BLOCK_TABLE && type != MD_BLOCK_DOC;
    return 0;
}

static int see_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct counts *counts = data;
    counts->other++;
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *data)
{
    return 0;
}

static int see_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data)
{
    struct counts *counts = data;
    counts->other += type != MD_TEXT_NORMAL && type != MD_TEXT_ENTITY;
    return 0;
}

static void markdown_readers_see_as_many_cells(void **state)
{
    static const MD_PARSER reader = {
        .flags = MD_DIALECT_GITHUB,
        .enter_block = see_block,
        .leave_block = leave_block,
        .enter_span = see_span,
        .leave_span = leave_span,
        .text = see_text,
    };
    g_autoptr(GRand) random = g_rand_new_with_seed(5);
    for (int i = 0; i < 3000; i++) {
        g_autoptr(Table) table = random_table(random);
        g_autoptr(GString) out = g_string_new(NULL);
        struct counts counts = { 0 };
        table_print_markdown(table, out);
        assert_int_equal(md_parse(out->str, (MD_SIZE)out->len, &reader, &counts), 0);
        assert_int_equal(counts.cells, 6 * G_N_ELEMENTS(columns));
        assert_int_equal(counts.other, 0);
    }
}

static void json_has_numbers_where_they_are_and_null_where_empty(void **state)
{
    static const char *const estimates[] = {
        "5", "2.5", "-3", "M", "0.50", "9007199254740993", "99999999999999999999", "1.2.3", "1e5", "-"
    };
    g_autoptr(Table) table = table_new(columns, 3);
    for (gsize i = 0; i < G_N_ELEMENTS(estimates); i++) {
        table_add(table, i ? "12" : NULL, TABLE_PLAIN);
        table_add(table, estimates[i], TABLE_PLAIN);
        table_add(table, "", TABLE_PLAIN);
    }
    static const char *const expected[] = {
        "5",         "2.5",     "-3",   "\"M\"", "0.5", "\"9007199254740993\"", "\"99999999999999999999\"",
        "\"1.2.3\"", "\"1e5\"", "\"-\""
    };
    g_autoptr(GString) out = g_string_new(NULL);
    table_print_jsonl(table, out);
    g_auto(GStrv) lines = g_strsplit(out->str, "\n", -1);
    assert_int_equal(g_strv_length(lines), G_N_ELEMENTS(estimates) + 1);
    for (gsize i = 0; i < G_N_ELEMENTS(estimates); i++) {
        g_autofree char *line =
            g_strdup_printf("{\"id\":%s,\"estimate\":%s,\"title\":null}", i ? "\"12\"" : "null", expected[i]);
        assert_string_equal(lines[i], line);
    }
}

static void json_rows_can_be_part_of_a_larger_value(void **state)
{
    g_autoptr(Table) table = table_new(columns, 2);
    table_add(table, "k7q2m", TABLE_PLAIN);
    table_add(table, "5", TABLE_PLAIN);
    g_autoptr(Json) root = json_new_object();
    json_add_integer(root, "version", 1);
    table_add_json(table, json_add_array(root, "items"));
    table_add_row_json(table, 0, json_add_object(root, "first"));
    g_autofree char *text = json_print(root, 0);
    assert_string_equal(text, "{\"version\":1,\"items\":[{\"id\":\"k7q2m\",\"estimate\":5}],"
                              "\"first\":{\"id\":\"k7q2m\",\"estimate\":5}}");
}

static void links_take_no_columns_and_are_written_only_where_asked(void **state)
{
    g_autoptr(Table) table = table_new(columns, 3);
    table_add_cell(table, &(struct table_cell){ .text = "k7q2m",
                                                .style = TABLE_CYAN,
                                                .url = "file://till/srv/k7q2m-a%20b.md" });
    table_add_integer(table, 5, TABLE_PLAIN);
    table_add_cell(table, &(struct table_cell){ .text = "Filter search results",
                                                .style = TABLE_PLAIN,
                                                .url = "https://example.com" });
    check_text(table, (struct table_look){ .links = TRUE, .width = 22 },
               "\x1b]8;;file://till/srv/k7q2m-a%20b.md\x1b\\k7q2m\x1b]8;;\x1b\\  5  "
               "\x1b]8;;https://example.com\x1b\\Filter sear…\x1b]8;;\x1b\\\n");
    check_text(table, (struct table_look){ .links = TRUE, .color = TRUE, .width = 22 },
               "\x1b]8;;file://till/srv/k7q2m-a%20b.md\x1b\\\x1b[36mk7q2m\x1b[m\x1b]8;;\x1b\\  5  "
               "\x1b]8;;https://example.com\x1b\\Filter sear…\x1b]8;;\x1b\\\n");
    check_text(table, (struct table_look){ .width = 0 }, "k7q2m  5  Filter search results\n");
    g_autoptr(GString) tsv = g_string_new(NULL);
    table_print_tsv(table, tsv);
    assert_string_equal(tsv->str, "id\testimate\ttitle\nk7q2m\t5\tFilter search results\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_aligned_by_what_the_terminal_shows),
        cmocka_unit_test(text_without_header_has_only_rows),
        cmocka_unit_test(text_is_cut_to_the_width),
        cmocka_unit_test(columns_give_way_in_their_order),
        cmocka_unit_test(styles_are_written_only_in_color),
        cmocka_unit_test(a_head_has_a_style_of_its_own),
        cmocka_unit_test(a_head_that_is_cut_is_none),
        cmocka_unit_test(columns_are_left_out_where_cutting_is_not_enough),
        cmocka_unit_test(text_fits_or_nothing_more_can_give_way),
        cmocka_unit_test(links_take_no_columns_and_are_written_only_where_asked),
        cmocka_unit_test(tsv_is_a_line_a_row),
        cmocka_unit_test(tsv_gives_every_cell_back),
        cmocka_unit_test(csv_has_a_heading_and_guards_formulas),
        cmocka_unit_test(markdown_is_a_table),
        cmocka_unit_test(markdown_readers_see_as_many_cells),
        cmocka_unit_test(json_has_numbers_where_they_are_and_null_where_empty),
        cmocka_unit_test(json_rows_can_be_part_of_a_larger_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
