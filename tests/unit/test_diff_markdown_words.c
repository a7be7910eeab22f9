/* What changed in a text, as Markdown: how it reads, and that a real reader sees old and new in it. */
#include "diff_markdown_words.h"

#include <md4c.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *print(const char *before, const char *after)
{
    g_autoptr(GString) out = g_string_new("- Criterion 1: ");
    diff_markdown_words(out, before, after);
    return g_strdup(out->str + strlen("- Criterion 1: "));
}

static void check(const char *before, const char *after, const char *expected)
{
    g_autofree char *printed = print(before, after);
    assert_string_equal(printed, expected);
}

static void words_are_struck_and_bold(void **state)
{
    check("shows within 500 ms", "shows within 200 ms", "shows within ~~500~~ **200** ms");
    check("the list is kept", "the whole list is kept", "the **whole** list is kept");
    check("the whole list is kept", "the list is kept", "the ~~whole~~ list is kept");
    check("the list is kept", "", "~~the list is kept~~");
    check("", "the list is kept", "**the list is kept**");
    check("the list", "the list", "the list");
}

static void marks_beside_letters_are_tags(void **state)
{
    check("Says \"No results\" then stops", "Says \"No orders\" then stops",
          "Says \"No ~~results~~ <strong>orders</strong>\" then stops");
    check("The list shows, then stops", "The list shows then stops", "The list shows<del>,</del> then stops");
    check("注文を日付で絞り込む", "注文を金額で絞り込む",
          "注文を<del>日付</del> <strong>金額</strong>で絞り込む");
}

static void lists_on_one_line_get_their_boxes(void **state)
{
    check("- [ ] @bo Is it? - [x] Or not?", "- [x] @bo Is it? - 2026-11-20 Bo: yes. - [x] Or not?",
          "~~☐~~ **☑** @&#8203;bo Is it? **• 2026-11-20 Bo: yes.** ☑ Or not?");
    check("a well-known - [sic] case", "a well-known - [sic] case", "a well-known • &#91;sic&#93; case");
}

static void long_stretches_that_stayed_are_cut(void **state)
{
    g_autoptr(GString) words = g_string_new(NULL);
    for (guint i = 0; i < 100; i++)
        g_string_append_printf(words, "word%u ", i);
    g_autofree char *before = g_strconcat(words->str, "old ", words->str, NULL);
    g_autofree char *after = g_strconcat(words->str, "new ", words->str, NULL);

    check(
        before, after,
        "… word86 word87 word88 word89 word90 word91 word92 word93 word94 word95 word96 word97 word98 word99 "
        "~~old~~ **new** word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 "
        "word13 "
        "word14 …");
}

static void white_space_is_no_change(void **state)
{
    check("the  list\n of\torders ", "the list of orders", "the list of orders");
}

/* -- read back -- */

struct seen {
    GString *old;
    GString *new;
    guint struck, bold; /* depth */
    gboolean other;
};

static void add(struct seen *seen, const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        if (text[i] == ' ')
            continue;
        if (!seen->bold)
            g_string_append_c(seen->old, text[i]);
        if (!seen->struck)
            g_string_append_c(seen->new, text[i]);
    }
}

static int see_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct seen *seen = data;
    seen->other |= type != MD_BLOCK_DOC && type != MD_BLOCK_P && type != MD_BLOCK_UL && type != MD_BLOCK_LI;
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct seen *seen = data;
    seen->struck += type == MD_SPAN_DEL;
    seen->bold += type == MD_SPAN_STRONG;
    seen->other |= type != MD_SPAN_DEL && type != MD_SPAN_STRONG;
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct seen *seen = data;
    seen->struck -= type == MD_SPAN_DEL;
    seen->bold -= type == MD_SPAN_STRONG;
    return 0;
}

static void see_tag(struct seen *seen, const char *tag, gsize length)
{
    seen->struck += length == 5 && memcmp(tag, "<del>", 5) == 0;
    seen->struck -= length == 6 && memcmp(tag, "</del>", 6) == 0;
    seen->bold += length == 8 && memcmp(tag, "<strong>", 8) == 0;
    seen->bold -= length == 9 && memcmp(tag, "</strong>", 9) == 0;
}

static int see_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data)
{
    struct seen *seen = data;
    char character[6];

    if (type == MD_TEXT_HTML) {
        see_tag(seen, text, size);
    } else if (type == MD_TEXT_ENTITY) {
        gunichar code = (gunichar)strtoul(text + 2, NULL, 10);
        if (code != 0x200b)
            add(seen, character, (gsize)g_unichar_to_utf8(code, character));
    } else {
        add(seen, text, size);
    }
    return 0;
}

static char *random_text(GRand *random)
{
    static const char *const parts[] = { "list", "of",  "orders", "ten", " ",   " ",  " ",  " ",   "*", "**",
                                         "~~",   ",",   ".",      "\"",  "é",   "日", "本", "(",   ")", "_",
                                         "`",    "<b>", "- ",     "$",   "@bo", "\\", "#1", "[y]", "–", "☑" };
    GString *text = g_string_new("x");
    for (gint32 i = g_rand_int_range(random, 0, 25); i > 0; i--)
        g_string_append(text, parts[g_rand_int_range(random, 0, G_N_ELEMENTS(parts))]);
    return g_string_free(text, FALSE);
}

/* Without spaces, which stand between what was and what is, and with bullets for dashes. */
static char *bare(const char *text)
{
    g_autofree char *chomped = g_strchomp(g_strdup(text));
    g_autoptr(GString) out = g_string_new(chomped);

    while (strstr(out->str, "  "))
        g_string_replace(out, "  ", " ", 0);
    g_string_replace(out, " - ", " • ", 0);
    g_string_replace(out, " - ", " • ", 0);
    g_string_replace(out, " * ", " • ", 0);
    g_string_replace(out, " * ", " • ", 0);
    g_string_replace(out, " ", "", 0);
    return g_strdup(out->str);
}

static void readers_see_both_texts(void **state)
{
    const MD_PARSER reader = { .flags = MD_DIALECT_GITHUB | MD_FLAG_LATEXMATHSPANS,
                               .enter_block = see_block,
                               .leave_block = leave_block,
                               .enter_span = enter_span,
                               .leave_span = leave_span,
                               .text = see_text };
    g_autoptr(GRand) random = g_rand_new_with_seed(20);

    for (int i = 0; i < 20000; i++) {
        g_autofree char *before = random_text(random), *after = random_text(random);
        g_autofree char *printed = print(before, after);
        g_autofree char *source = g_strconcat("- Criterion: ", printed, NULL);
        g_autoptr(GString) old = g_string_new(NULL), new = g_string_new(NULL);
        struct seen seen = { .old = old, .new = new };
        md_parse(source, (MD_SIZE)strlen(source), &reader, &seen);
        g_autofree char *was = bare(before), *is = bare(after);
        if (seen.other || strcmp(old->str + strlen("Criterion:"), was) != 0 ||
            strcmp(new->str + strlen("Criterion:"), is) != 0)
            fail_msg("\"%s\" -> \"%s\": %s", before, after, source);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_struck_and_bold),
        cmocka_unit_test(marks_beside_letters_are_tags),
        cmocka_unit_test(lists_on_one_line_get_their_boxes),
        cmocka_unit_test(long_stretches_that_stayed_are_cut),
        cmocka_unit_test(white_space_is_no_change),
        cmocka_unit_test(readers_see_both_texts),
    };
    return cmocka_run_group_tests_name("diff_markdown_words", tests, NULL, NULL);
}
