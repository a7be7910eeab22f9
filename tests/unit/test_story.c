/* What of a sentence is role, wish and benefit, and what is no story. */
#include "story.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void add(GString *out, const char *text, struct span span)
{
    g_string_append_c(out, '|');
    g_string_append_len(out, text + span.start, (gssize)span_length(span));
}

/* "user|role|wish|benefit", and of a job story its situation in the place of the role. */
static char *print(const char *text)
{
    struct story story;
    gboolean found = story_parse(text, (struct span){ 0, strlen(text) }, &story);
    GString *out = g_string_new(story_form_name(story.form));

    assert_int_equal(found, story.form != STORY_NONE);
    add(out, text, story.form == STORY_JOB ? story.situation : story.role);
    add(out, text, story.wish);
    add(out, text, story.benefit);
    return g_string_free(out, FALSE);
}

struct pair {
    const char *text;
    const char *expected;
};

static void read_all(const struct pair *pairs, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *seen = print(pairs[i].text);
        assert_string_equal(seen, pairs[i].expected);
    }
}
#define READ(...)                                                                                            \
    do {                                                                                                     \
        static const struct pair pairs[] = { __VA_ARGS__ };                                                  \
        read_all(pairs, G_N_ELEMENTS(pairs));                                                                \
    } while (0)

static void the_usual_form(void **state)
{
    (void)state;
    READ({ "As a returning customer, I want to filter by date, so that I find my last order.",
           "user|returning customer|filter by date|I find my last order" },
         { "As an auditor, I want a list of all refunds", "user|auditor|a list of all refunds|" },
         { "As the owner of a shop, I need to see turnover by day so that I can plan shifts",
           "user|owner of a shop|see turnover by day|I can plan shifts" },
         { "AS A CLERK, I WANT TO PRINT LABELS SO THAT PARCELS LEAVE TODAY",
           "user|CLERK|PRINT LABELS|PARCELS LEAVE TODAY" });
}

static void other_words_for_want(void **state)
{
    (void)state;
    READ(
        { "As a clerk, I would like to be able to void a receipt.", "user|clerk|void a receipt|" },
        { "As a clerk I'd like a till that opens", "user|clerk|a till that opens|" },
        { "As a clerk, I\u2019d like to void a receipt", "user|clerk|void a receipt|" },
        { "As a clerk, I must confirm a refund", "user|clerk|confirm a refund|" },
        { "As a clerk, I should be able to undo", "user|clerk|undo|" },
        { "As a clerk I am able to undo so I may go home", "user|clerk|undo|I may go home" },
        { "As a clerk I can undo", "user|clerk|undo|" },
        { "As a clerk, I see my shifts", "user|clerk|see my shifts|" },
        { "As a clerk, I do not want to be called, so that I can sleep", "user|clerk|be called|I can sleep" },
        { "As a clerk, I only want my own shifts", "user|clerk|my own shifts|" });
}

static void roles_as_people_write_them(void **state)
{
    (void)state;
    READ(
        { "As a driver who works at night, and who is new, I want light",
          "user|driver who works at night, and who is new|light|" },
        { "As a driver, working alone, I want a panic button", "user|driver, working alone|a panic button|" },
        { "As a driver acting as a dispatcher, I want the map",
          "user|driver acting as a dispatcher|the map|" },
        { "Acting as a dispatcher, I want the map", "user|dispatcher|the map|" },
        { "As a (new) driver, I want a tour", "user|(new) driver|a tour|" },
        { "As a driver (on call), I want a tour", "user|driver (on call)|a tour|" },
        { "As a [driver], I want a tour", "user|driver|a tour|" },
        { "As a/an admin I want a log", "user|admin|a log|" },
        { "As driver I want to see my stops", "user|driver|see my stops|" },
        { "As any driver, I want to see my stops", "user|driver|see my stops|" },
        { "As Ana, the dispatcher, I want the map", "user|Ana, the dispatcher|the map|" });
}

static void a_clause_before_the_wish_is_not_of_the_role(void **state)
{
    (void)state;
    READ({ "As a driver, when I need help, I want to call somebody", "user|driver|call somebody|" },
         { "As a driver, in order to save fuel, I want a route", "user|driver|a route|save fuel" });
}

static void what_is_missing_or_mistyped(void **state)
{
    (void)state;
    READ({ "As a driver want to see my stops, so i can plan", "user|driver|see my stops|i can plan" },
         { "As a driver,I want a map,so that I arrive", "user|driver|a map|I arrive" },
         { "As a driver , I want a map", "user|driver|a map|" },
         { "As a driver, would like the map", "user|driver|the map|" },
         { "As a driver. I want a map. So that I arrive.", "user|driver|a map|I arrive" },
         { "As a driver, the map should show my stops so that I plan",
           "user|driver|the map should show my stops|I plan" },
         { "As a driver, my stops are on the map", "user|driver|my stops are on the map|" },
         { "As a driver, I want a map so taht I arrive", "user|driver|a map|I arrive" },
         { "As a driver I want a map so that.", "user|driver|a map|" });
}

static void marks_and_lines_around(void **state)
{
    (void)state;
    READ({ "**As a** driver, **I want** a map **so that** I arrive.", "user|driver|a map|I arrive" },
         { "_As a_ driver\n_I want_ a map\n_So that_ I arrive", "user|driver|a map|I arrive" },
         { "- As a driver\r\n- I want a map\r\n- So that I arrive\r\n", "user|driver|a map|I arrive" },
         { "As a driver\n\nI want a map\n\nso that I arrive\n\nThe API has it, so that part is easy.",
           "user|driver|a map|I arrive" },
         { "As a driver,<br>I want a map<br/>so that I arrive", "user|driver|a map|I arrive" },
         { "\xef\xbb\xbf"
           "As a driver, I want a map",
           "user|driver|a map|" },
         { "US-12: As a driver, I want a map", "user|driver|a map|" },
         { "\u201cAs a driver, I want a map\u201d", "user|driver|a map|" },
         { "As a driver - I want a map \u2014 so that I arrive", "user|driver|a map|I arrive" });
}

static void the_benefit_first(void **state)
{
    (void)state;
    READ({ "In order to arrive, as a driver, I want a map", "user|driver|a map|arrive" },
         { "In order to arrive\nAs a driver\nI want a map", "user|driver|a map|arrive" },
         { "In order to arrive as a driver I want a map", "user|driver|a map|arrive" },
         { "So that I arrive, as a driver, I want a map", "user|driver|a map|I arrive" },
         { "I, as a driver, want a map so customers get their parcels",
           "user|driver|a map|customers get their parcels" });
}

static void other_words_for_so_that(void **state)
{
    (void)state;
    READ({ "As a driver, I want a map in order to arrive", "user|driver|a map|arrive" },
         { "As a driver, I want a map so as to arrive", "user|driver|a map|arrive" },
         { "As a driver, I want a map in order that I arrive", "user|driver|a map|I arrive" },
         { "As a driver, I want a map because I get lost", "user|driver|a map|I get lost" },
         { "As a driver, I want a map so I can arrive", "user|driver|a map|I can arrive" },
         { "As a driver, I want a map so customers can wait less",
           "user|driver|a map|customers can wait less" },
         { "As a driver, I want a map, to avoid traffic", "user|driver|a map|avoid traffic" },
         { "As a driver, I want a map which allows me to arrive", "user|driver|a map|arrive" });
}

static void a_so_that_says_something_else(void **state)
{
    (void)state;
    READ({ "As a driver, I want stops, breaks and so on", "user|driver|stops, breaks and so on|" },
         { "As a driver, I want to do so", "user|driver|do so|" },
         { "As a driver, I want a map so clear", "user|driver|a map so clear|" },
         { "As a driver, I want a warning because of ice", "user|driver|a warning because of ice|" },
         { "As a driver, I want to read, to write and to delete notes",
           "user|driver|read, to write and to delete notes|" },
         { "As a driver, I want to call, so I have and use a phone, so that I can ask",
           "user|driver|call, so I have and use a phone|I can ask" });
}

static void notes_are_the_rest(void **state)
{
    (void)state;
    const char text[] = "As a driver, I want a map of e.g. Oslo v1.2. Note: the API has it.";
    struct story story;

    assert_true(story_parse(text, (struct span){ 0, strlen(text) }, &story));
    assert_int_equal(story.whole.start, 0);
    assert_memory_equal(text + story.rest.start, "Note: the API has it", span_length(story.rest));
    assert_memory_equal(text + story.wish.start, "a map of e.g. Oslo v1.2", span_length(story.wish));
}

static void job_stories(void **state)
{
    (void)state;
    READ({ "When the list is long, I want to filter it, so I can find my order",
           "job|the list is long|filter it|I can find my order" },
         { "When I am late, I'd like to be told so that I can leave.", "job|I am late|be told|I can leave" },
         { "Every time a parcel is lost, I want a call", "job|a parcel is lost|a call|" });
}

static void a_wish_of_nobody(void **state)
{
    (void)state;
    READ({ "I want to see my stops so that I can plan", "wish||see my stops|I can plan" });
}

static void what_is_no_story(void **state)
{
    (void)state;
    READ({ "", "none|||" }, { "Export as CSV", "none|||" }, { "As a", "none|||" },
         { "As a driver", "none|||" }, { "As a result, I want to cry", "none|||" },
         { "As a first step, I need to look at the code", "none|||" },
         { "As a workaround, restart it", "none|||" }, { "As soon as I want to log in, it fails", "none|||" },
         { "As discussed, I want it", "none|||" },
         { "The daemon runs as a service, it should stop", "none|||" },
         { "When the list is long, it scrolls", "none|||" },
         { "When the list is long, I can scroll", "none|||" },
         { "Als Fahrer m\u00f6chte ich eine Karte, damit ich ankomme", "none|||" },
         { "En tant que client, je veux filtrer afin de trouver", "none|||" });
}

static void long_and_broken_text(void **state)
{
    (void)state;
    static const char *const parts[] = { ",as a", "as a user, ", "so ",          "when I, ", "<!--", "(",
                                         "\n\n",  "i want ",     "in order to ", "\xe2\x80", "and " };
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autoptr(GString) text = g_string_new("As a driver, I want ");
        struct story story;
        while (text->len < 1 << 20)
            g_string_append(text, parts[i]);
        story_parse(text->str, (struct span){ 0, text->len }, &story);
        story_parse(text->str + 20, (struct span){ 0, text->len - 20 }, &story);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_usual_form),
        cmocka_unit_test(other_words_for_want),
        cmocka_unit_test(roles_as_people_write_them),
        cmocka_unit_test(a_clause_before_the_wish_is_not_of_the_role),
        cmocka_unit_test(what_is_missing_or_mistyped),
        cmocka_unit_test(marks_and_lines_around),
        cmocka_unit_test(the_benefit_first),
        cmocka_unit_test(other_words_for_so_that),
        cmocka_unit_test(a_so_that_says_something_else),
        cmocka_unit_test(notes_are_the_rest),
        cmocka_unit_test(job_stories),
        cmocka_unit_test(a_wish_of_nobody),
        cmocka_unit_test(what_is_no_story),
        cmocka_unit_test(long_and_broken_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
