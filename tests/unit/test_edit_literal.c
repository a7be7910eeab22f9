#include "edit_steps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void a_literal_block_stays_one(void **state)
{
    step_check_back("title: |\n  One line\nid: x\n", (struct step){ SET, "title", "Another: line\n" },
                    "title: |\n  Another: line\nid: x\n", (struct step){ SET, "title", "One line\n" });
    step_check_back("why: |-\n    a\n\n    b\nid: x\n", (struct step){ SET, "why", "c\nd\n\ne" },
                    "why: |-\n    c\n    d\n\n    e\nid: x\n", (struct step){ SET, "why", "a\n\nb" });
    step_check("title: |\n  One line\n\n# c\nid: x\n", (struct step){ SET, "title", "a\n\n  b\n" },
               "title: |\n  a\n\n    b\n\n# c\nid: x\n");
}

static void the_chomping_of_a_literal_block_fits_the_value(void **state)
{
    step_check_back("title: |\n  One line\nid: x\n", (struct step){ SET, "title", "Another" },
                    "title: |-\n  Another\nid: x\n", (struct step){ SET, "title", "One line\n" });
    step_check_back("title: |+\n  a\n\n\nid: x\n", (struct step){ SET, "title", "b\n\n\n" },
                    "title: |+\n  b\n\n\nid: x\n", (struct step){ SET, "title", "a\n\n\n" });
    step_check_back("title: |+\n  a\n\nid: x\n", (struct step){ SET, "title", "b" },
                    "title: |-\n  b\n\nid: x\n", (struct step){ SET, "title", "a\n\n" });
    step_check_back("title: |+\n  a\nid: x\n", (struct step){ SET, "title", "b\n" },
                    "title: |+\n  b\nid: x\n", (struct step){ SET, "title", "a\n" });
}

static void a_comment_on_the_header_stays(void **state)
{
    step_check_back("title: | # a + b\n  One\nid: x\n", (struct step){ SET, "title", "Two\n" },
                    "title: | # a + b\n  Two\nid: x\n", (struct step){ SET, "title", "One\n" });
    step_check("title: |- # why\n  One\n  two\nid: x\n", (struct step){ SET, "title", "\tTab" },
               "title: \"\\tTab\" # why\nid: x\n");
}

static void what_a_literal_block_cannot_hold_is_quoted(void **state)
{
    step_check("title: |\n  One\nid: x\n", (struct step){ SET, "title", "" }, "title: \"\"\nid: x\n");
    step_check("title: |\n  One\nid: x\n", (struct step){ SET, "title", " a\n" },
               "title: \" a\\n\"\nid: x\n");
    step_check("title: |\n  One\nid: x\n", (struct step){ SET, "title", "a\x1b\n" },
               "title: \"a\\x1b\\n\"\nid: x\n");
    step_check("title: |\n  One\nid: x\n",
               (struct step){ SET, "title",
                              "a\xe2\x80\xa8"
                              "b" },
               "title: \"a\\u2028b\"\nid: x\n");
    step_check("title: |\n  One\nid: x\n", (struct step){ SET, "title", "a\n\n\n" },
               "title: \"a\\n\\n\\n\"\nid: x\n");
    step_check("title: |\n  One\nid: x\n", (struct step){ SET, "title", "a " }, "title: \"a \"\nid: x\n");
    step_check("title: |2\n   One\nid: x\n", (struct step){ SET, "title", "Two\n" },
               "title: \"Two\\n\"\nid: x\n");
    step_check("title: |\nid: x\n", (struct step){ SET, "title", "Two" }, "title: Two\nid: x\n");
}

static void a_literal_block_may_begin_with_blank_lines(void **state)
{
    step_check("title: |\n\n   One\nid: x\n", (struct step){ SET, "title", "Two\n" },
               "title: |\n   Two\nid: x\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_literal_block_stays_one),
        cmocka_unit_test(the_chomping_of_a_literal_block_fits_the_value),
        cmocka_unit_test(a_comment_on_the_header_stays),
        cmocka_unit_test(what_a_literal_block_cannot_hold_is_quoted),
        cmocka_unit_test(a_literal_block_may_begin_with_blank_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
