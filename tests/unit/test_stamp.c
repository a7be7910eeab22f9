/* The readiness stamp: what makes it stale, what does not, and which stamps are none. */
#include "stamp.h"

#include "fixture.h"
#include "parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define STORY                                                                                                \
    "As a returning customer, I want to filter search results by date, so that I find last\n"                \
    "month's order without paging.\n"

#define BODY                                                                                                 \
    "\n## Story\n\n" STORY "\n## Why\n\nMost calls to the shop are about orders of last month – Mü.\n"    \
    "\n## Acceptance criteria\n\n"                                                                           \
    "- [ ] With 10,000 orders the list shows within 500 ms\n"                                                \
    "- [ ] An empty range says \"No orders\"\n"                                                              \
    "  - [ ] and keeps the range\n"                                                                          \
    "\n## Approach\n\nFilter in the existing index query; no new store.\n"                                   \
    "\n## Open questions\n\n- [ ] @bo Is the tree cached?\n"

#define FRONT                                                                                                \
    "title: Filter search results\nid: k7q2m\nrank: nbhm\ntype: story\nstatus: ready\nestimate: 5\n"         \
    "labels:\n  - search\n"

static int setup(void **state)
{
    *state = policy_new("/shop", "/shop", NULL);
    return 0;
}

static int teardown(void **state)
{
    policy_free(*state);
    return 0;
}

static char *text_of(const char *front, const char *stamp, const char *body)
{
    return stamp ? g_strconcat("---\n", front, "stamp: \"", stamp, "\"\n---\n", body, NULL)
                 : g_strconcat("---\n", front, "---\n", body, NULL);
}

static char *print(const struct policy *policy, const char *text)
{
    g_autoptr(Document) document = fixture_document(text);
    return stamp_print(policy, document);
}

/* The stale parts of the document as the item has them, by a body of which the front matter is not read. */
static GPtrArray *stale_of_item(const struct policy *policy, const struct document *document, GError **error)
{
    g_autoptr(Document) body = document_new_body(document->bytes);
    GStringChunk *strings = g_string_chunk_new(64);
    struct item item;

    item_init(&item, "backlog/k7q2m.md", "k7q2m", document, strings);
    const struct parts_source source = { .policy = policy,
                                         .document = body,
                                         .title = item_text(&item, FIELD_TITLE),
                                         .type = item_text(&item, FIELD_TYPE) };
    g_autoptr(Parts) parts = parts_find(&source);
    GPtrArray *stale = stamp_stale_item(policy, &item, body, parts, error);
    item_clear(&item);
    g_string_chunk_free(strings);
    return stale;
}

/* The stale parts with a space between, of an item that was stamped as one text and is another now. */
static char *stale_between(const struct policy *policy, const char *then, const char *now_front,
                           const char *now_body)
{
    g_autofree char *stamp = print(policy, then), *now = text_of(now_front, stamp, now_body);
    g_autoptr(Document) document = fixture_document(now);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) stale = stamp_stale(policy, document, &error);

    if (error)
        fail_msg("%s", error->message);
    g_autoptr(GPtrArray) same = stale_of_item(policy, document, &error);
    g_ptr_array_add(stale, NULL);
    g_ptr_array_add(same, NULL);
    g_autofree char *of_item = g_strjoinv(" ", (char **)same->pdata);
    g_autofree char *told = g_strjoinv(" ", (char **)stale->pdata);
    assert_string_equal(of_item, told);
    return g_steal_pointer(&told);
}

static void check_stale(const struct policy *policy, const char *front, const char *body,
                        const char *expected)
{
    g_autofree char *then = text_of(FRONT, NULL, BODY), *stale = stale_between(policy, then, front, body);
    assert_string_equal(stale, expected);
}

/* The text with the first from in it made to; it must be there. */
static char *replace(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    if (!at)
        fail_msg("\"%s\" is not there", from);
    return g_strdup_printf("%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void check_front(const struct policy *policy, const char *from, const char *to, const char *expected)
{
    g_autofree char *front = replace(FRONT, from, to);
    check_stale(policy, front, BODY, expected);
}

static void check_body(const struct policy *policy, const char *from, const char *to, const char *expected)
{
    g_autofree char *body = replace(BODY, from, to);
    check_stale(policy, FRONT, body, expected);
}

/* -- the digests -- */

/* The stamp's digits are sha256sum's of the texts, so that another program's are the same. */
static void digests_are_those_of_the_documented_texts(void **state)
{
    static const char text[] = "---\ntitle: A\nestimate: 5\n---\n## Story\n\nAs a clerk,\n  I want a "
                               "list.\n\n## Acceptance criteria\n\n"
                               "- [x] Zero orders say so\n- [ ] A list shows\n";
    g_autofree char *stamp = print(*state, text);
    g_autofree char *story =
        g_compute_checksum_for_string(G_CHECKSUM_SHA256, "As a clerk, I want a list.", -1);
    g_autofree char *criteria =
        g_compute_checksum_for_string(G_CHECKSUM_SHA256, "A list shows\nZero orders say so\n", -1);
    g_autofree char *estimate = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "5", -1);
    g_autofree char *expected =
        g_strdup_printf("1 story:%.6s criteria:%.6s estimate:%.6s", story, criteria, estimate);

    assert_string_equal(stamp, expected);
    assert_string_equal(stamp, "1 story:cdedb4 criteria:bcae90 estimate:ef2d12");
}

static void parts_without_text_are_left_out(void **state)
{
    g_autofree char *nothing = print(*state, "---\ntitle: A\nestimate:\n---\n## Story\n\n<!-- As a -->\n");
    g_autofree char *broken = print(*state, "---\ntitle: [\n---\n");

    assert_string_equal(nothing, "1");
    assert_string_equal(broken, "1");
}

static void nothing_is_stale_right_away(void **state)
{
    check_stale(*state, FRONT, BODY, "");
    check_stale(*state, "title: A\n", BODY, "estimate");
}

/* -- what does not make it stale -- */

static void fields_that_were_not_agreed_do_not_count(void **state)
{
    check_front(*state, "rank: nbhm", "rank: nbzz", "");
    check_front(*state, "  - search\n", "  - search\n  - shop\n", "");
    check_front(*state, "status: ready", "status: doing", "");
    check_front(*state, "title: Filter search results", "title: Filter results", "");
    check_front(*state, "labels:", "feedback:\n  - from: Hofer KG\n    says: we need it\nlabels:", "");
    check_front(*state, "labels:", "# asked for again\nvotes: { ana: 5 }\nowner: Bo\nlabels:", "");
    check_front(*state, "labels:", "depends:\n  - t2h8k\nlabels:", "");
}

static void ticks_do_not_count(void **state)
{
    check_body(*state, "- [ ] With", "- [x] With", "");
    check_body(*state, "- [ ] With", "- [X] With", "");
    check_body(*state, "- [ ] With", "- With", "");
    check_body(*state, "- [ ] With", "1. With", "");
    check_body(*state, "  - [ ] and keeps", "  - [x] and keeps", "");
    check_body(*state, "  - [ ] and keeps", "  - and keeps", "");
    check_body(*state, "- [ ] @bo", "- [x] @bo", "");
}

static void names_and_levels_of_headings_do_not_count(void **state)
{
    check_body(*state, "## Why", "## Context", "");
    check_body(*state, "## Why", "### PROBLEM:", "");
    check_body(*state, "## Approach", "# Technical notes", "");
    check_body(*state, "## Approach\n", "Approach\n--------\n", "");
    check_body(*state, "## Story", "# Filtering\n\n## Story", "");
}

static void layout_does_not_count(void **state)
{
    check_body(*state, "find last\nmonth's", "find\n  last month's", "");
    check_body(*state, "find last\nmonth's", "find last \t month's", "");
    check_body(*state, "within 500 ms", "within\n  500 ms", "");
    check_body(*state, "\n## Approach", "\n\n\n## Approach", "");
    check_front(*state, "estimate: 5", "estimate: \"5\"", "");
    check_front(*state, "estimate: 5", "estimate:   '5' # hours", "");
}

static void line_endings_and_composition_do_not_count(void **state)
{
    g_auto(GStrv) lines = g_strsplit(BODY, "\n", -1);
    g_autofree char *crlf = g_strjoinv("\r\n", lines);
    g_autofree char *decomposed = g_utf8_normalize(BODY, -1, G_NORMALIZE_NFD);

    check_stale(*state, FRONT, crlf, "");
    assert_string_not_equal(decomposed, BODY);
    check_stale(*state, FRONT, decomposed, "");
}

static void comments_do_not_count(void **state)
{
    check_body(*state, STORY, "<!-- who asked?\n\nBo did -->\n\n" STORY, "");
    check_body(*state, "within 500 ms", "within 500 ms <!-- measured -->", "");
    check_body(*state, "no new store.", "no<!-- ! --> new store.", "");
    check_body(*state, "## Why\n", "## Why\n\n<!-- for Mü -->\n", "");
}

static void the_order_of_criteria_does_not_count(void **state)
{
    check_stale(*state, FRONT,
                "## Acceptance criteria\n\n"
                "* [ ] An empty range says \"No orders\"\n"
                "  - [ ] and keeps the range\n"
                "* [x] With 10,000 orders the list shows within 500 ms\n"
                "\n## Approach\n\nFilter in the existing index query; no new store.\n"
                "\n## Why\n\nMost calls to the shop are about orders of last month – Mü.\n"
                "\n## Story\n\n" STORY,
                "");
}

static void sections_that_were_not_agreed_do_not_count(void **state)
{
    check_body(*state, "- [ ] @bo Is the tree cached?", "- [x] @bo Is it?\n  - 2026-11-21 Bo: yes", "");
    check_body(*state, "## Open",
               "## Decisions\n\n- 2026-11-20 Ana: no.\n\n## Comments\n\nWe wait.\n\n## Open", "");
    check_body(*state, "\n## Story", "Sorted with the shop team.\n\n## Story", "");
}

/* -- what does -- */

static void a_changed_part_is_named(void **state)
{
    check_body(*state, "by date", "by day", "story");
    check_body(*state, "Most calls", "Most mails", "why");
    check_body(*state, "500 ms", "200 ms", "criteria");
    check_body(*state, "keeps the range", "clears the range", "criteria");
    check_body(*state, "no new store", "a new store", "approach");
    check_front(*state, "estimate: 5", "estimate: 8", "estimate");
    check_front(*state, "estimate: 5\n", "", "estimate");
    check_front(*state, "labels:", "approach: trivial\nlabels:", "approach");
}

static void criteria_added_and_removed_are_named(void **state)
{
    check_body(*state, "- [ ] An empty", "- [ ] It sorts\n- [ ] An empty", "criteria");
    check_body(*state, "- [ ] With 10,000 orders the list shows within 500 ms\n", "", "criteria");
    check_body(*state, "- [ ] With", "All of this for clerks only:\n\n- [ ] With", "criteria");
    check_body(*state, "\n## Approach", "\n```gherkin\nScenario: none\n  Given no orders\n```\n\n## Approach",
               "criteria");
}

static void a_step_of_a_scenario_counts_and_its_layout_does_not(void **state)
{
    static const char front
        [] = "title: A\n",
   body[] =
        "## Acceptance criteria\n\n```gherkin\nScenario: none\n  Given no orders\n  Then it says so\n```\n",
   laid[] =
        "## Acceptance criteria\n\n~~~ gherkin\n\nScenario:   none\n\n\tGiven no orders\n\tThen it says so\n"
        "~~~\n",
   other[] =
        "## Acceptance criteria\n\n```gherkin\nScenario: none\n  Given one order\n  Then it says so\n```\n";
    g_autofree char *then = text_of(front, NULL, body);
    g_autofree char *stale = stale_between(*state, then, front, other);
    g_autofree char *same = stale_between(*state, then, front, laid);

    assert_string_equal(stale, "criteria");
    assert_string_equal(same, "");
}

static void the_policy_says_what_the_sections_are_called(void **state)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static("sections:\n  criteria: [Abnahme]\n", 32);
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", bytes);
    g_autofree char *then = text_of(FRONT, NULL, BODY),
                    *body = replace(BODY, "Acceptance criteria", "Abnahme");
    g_autofree char *stamp = print(*state, then), *now = text_of(FRONT, stamp, body);
    g_autoptr(Document) document = fixture_document(now);
    g_autoptr(GPtrArray) stale = stamp_stale(policy, document, NULL);

    assert_int_equal(stale->len, 0);
}

static void several_parts_are_named_in_order(void **state)
{
    g_autofree char *body = replace(BODY, "no new store", "a new store");
    g_autofree char *both = replace(body, "by date", "by day");
    check_stale(*state, FRONT, both, "story approach");
    check_stale(*state, "title: A\n", "", "story why criteria estimate approach");
}

static void a_part_that_gains_text_was_not_agreed(void **state)
{
    g_autofree char *then = text_of("title: A\n", NULL, "## Story\n\nAs a clerk, I want a list.\n");
    g_autofree char *stale = stale_between(
        *state, then, "title: A\n", "## Story\n\nAs a clerk, I want a list.\n\n## Why\n\nIt is dark.\n");
    assert_string_equal(stale, "why");
}

static void what_only_looks_like_a_comment_counts(void **state)
{
    check_body(*state, "no new store.", "no new store. `<!--` and a new one `-->`", "approach");
    check_body(*state, "no new store.", "no new store. <!-- and a new one", "approach");
    check_body(*state, "no new store.", "no new store. <!-- and\n\na new one -->", "approach");
    check_body(*state, "no new store.", "no new store.\n\n```\n<!-- a new one -->\n```", "approach");
    check_body(*state, "no new store.", "no new store. \\<!-- a new one -->", "approach");
}

static void a_sub_section_belongs_to_the_part_around_it(void **state)
{
    check_body(*state, "no new store.\n", "no new store.\n\n### Risks\n\nThe index is slow.\n", "approach");
    check_body(*state, "no new store.\n", "no new store.\n\n### Decisions\n\nNone yet.\n", "");
}

static void bugs_and_spikes_have_their_own_headings(void **state)
{
    g_autofree char *bug =
        text_of("title: A\n", NULL, "Seen twice.\n\n## Steps\n\n1. Open it.\n\n## Actual\n\nGone.\n");
    g_autofree char *steps = stale_between(*state, bug, "title: A\n",
                                           "Seen twice.\n\n## Steps\n\n1. Close it.\n\n## Actual\n\nGone.\n");
    g_autofree char *opening = stale_between(
        *state, bug, "title: A\n", "Seen daily.\n\n## Steps\n\n1. Open it.\n\n## Actual\n\nGone.\n");
    assert_string_equal(steps, "story");
    assert_string_equal(opening, "");

    g_autofree char *plain = text_of("title: A\n", NULL, "As a clerk, I want a list.\n\n## Links\n\nNone.\n");
    g_autofree char *reworded =
        stale_between(*state, plain, "title: A\n", "As a clerk, I want lists.\n\n## Links\n\nNone.\n");
    g_autofree char *linked =
        stale_between(*state, plain, "title: A\n", "As a clerk, I want a list.\n\n## Links\n\nOne.\n");
    g_autofree char *headed =
        stale_between(*state, plain, "title: A\n", "## Story\n\nAs a clerk, I want a list.\n");
    assert_string_equal(reworded, "story");
    assert_string_equal(linked, "");
    assert_string_equal(headed, "");
}

static void check_story(const struct policy *policy, const char *front, const char *body,
                        const char *now_front, const char *now_body, const char *expected)
{
    g_autofree char *then = text_of(front, NULL, body);
    g_autofree char *stale = stale_between(policy, then, now_front, now_body);
    assert_string_equal(stale, expected);
}

/* What passes for a story, or for a part of a bug, is agreed on wherever it stands. */
static void a_story_counts_where_it_is_told(void **state)
{
    static const char title[] = "title: A\n", told[] = "title: As a clerk, I want a list\n";
    static const char bug[] = "## Steps to reproduce\n\n1. Open it.\n\n## Expected behavior\n\nA list.\n";

    check_story(*state, title, "## User story\n\nAs a clerk, I want a list.\n", title,
                "## User story\n\nAs a clerk, I want lists.\n", "story");
    check_story(*state, title, "## User story\n\nAs a clerk, I want a list.\n", title,
                "## Story\n\nAs a clerk, I want a list.\n", "");
    check_story(*state, told, "See below.\n", "title: As a clerk, I want lists\n", "See below.\n", "story");
    check_story(*state, title, "As a clerk, I want a list.\n\n## Outcome\n\nNone.\n", title,
                "As a clerk, I want lists.\n\n## Outcome\n\nNone.\n", "story");
    check_story(*state, title, bug, title,
                "## Steps to reproduce\n\n1. Close it.\n\n## Expected behavior\n\nA list.\n", "story");
    check_story(*state, title, bug, title,
                "## Steps to reproduce\n\n1. Open it.\n\n## Expected behavior\n\nNone.\n", "story");
}

/* -- stamps that are none -- */

/* The parts that are stale where an item of that type and title, stamped as body has it, says to in place of
 * from. */
static void check_told(const struct policy *policy, const char *type, const char *title, const char *body,
                       const char *from, const char *to, const char *expected)
{
    g_autofree char *front = g_strdup_printf("title: %s\ntype: %s\nestimate: 3\n", title, type);
    g_autofree char *then = text_of(front, NULL, body), *other = replace(body, from, to);
    g_autofree char *stale = stale_between(policy, then, front, other);

    assert_string_equal(stale, expected);
}

static void a_bug_told_in_prose_counts_where_it_is_told(void **state)
{
    static const char own[] = "## What we saw\n\nWhen I save a chart it should be kept, but it is gone.\n\n"
                              "## Decisions\n\n- 2026-11-20 Ana: first of all.\n";

    check_told(*state, "bug", "Charts", own, "a chart", "two charts", "story");
    check_told(*state, "bug", "Charts", own, "first", "last", "");
    check_told(*state, "task", "Charts", own, "a chart", "two charts", "");
    /* Two sections, of which neither says all of it. */
    check_told(
        *state, "bug", "Charts",
        "## Summary\n\nAfter a save the chart is gone.\n\n## Details\n\nIt should be kept, but is not.\n",
        "kept", "printed", "story");
    /* Told before the first heading: what stands elsewhere is no part of it, as it never was. */
    check_told(*state, "bug", "Charts",
               "When I save a chart it should be kept, but it is gone.\n\n## Notes\n\nBo saw it, but once.\n",
               "Bo", "Ana", "");
    check_told(*state, "bug", "Charts",
               "When I save a chart it should be kept, but it is gone.\n\n## Steps\n\n1. Save\n", "it should",
               "it must", "");
}

static void a_spike_told_in_prose_counts_where_it_is_told(void **state)
{
    check_told(*state, "spike", "Readers",
               "## Notes\n\nWhich reader works without network? We decide what to buy.\n", "network", "light",
               "story");
}

static void a_bug_told_in_another_language_counts(void **state)
{
    check_told(
        *state, "bug", "Die Akte",
        "## Beobachtung\n\nWenn ich die Akte speichere, ist sie nicht mehr da und die Liste ist leer.\n",
        "Akte", "Liste", "story");
}

static void a_bug_told_by_its_title_counts_with_it(void **state)
{
    static const char body[] = "## Acceptance criteria\n\n- [ ] The export has 3 rows\n";
    g_autofree char *then =
        text_of("title: The export fails when a name has an umlaut\ntype: bug\n", NULL, body);
    g_autofree char *stale =
        stale_between(*state, then, "title: The export fails when it rains\ntype: bug\n", body);

    assert_string_equal(stale, "story");
}

static void a_reason_counts_where_it_stands(void **state)
{
    static const char front[] = "title: Rotate the key so that nobody else signs in\ntype: task\n";
    g_autofree char *titled = text_of(front, NULL, "## Notes\n\nBo has the old one.\n");
    g_autofree char *stale =
        stale_between(*state, titled, "title: Rotate the key so that we may\ntype: task\n",
                      "## Notes\n\nBo has the old one.\n");

    assert_string_equal(stale, "why");
    check_told(*state, "task", "Rotate the key",
               "## Motivation\n\nThe old key is on four laptops that we no longer have.\n", "four", "five",
               "why");
    check_told(*state, "task", "Rotate the key",
               "## Notes\n\nBo has it.\n\n## Past\n\nWe do it because laptops were lost.\n", "laptops",
               "phones", "why");
    check_told(*state, "task", "Rotate the key",
               "## Notes\n\nBo has it.\n\n## Past\n\nWe do it because laptops were lost.\n", "Bo", "Ana", "");
    /* Where the benefit or a Why says it, other words about it are no part, as they never were. */
    check_told(*state, "story", "Filter",
               "## Story\n\nAs a clerk, I want a filter so that I find orders.\n\n## Background\n\n"
               "Half of the calls are about orders of last month.\n",
               "Half", "Most", "");
    check_told(*state, "task", "Filter",
               "## Why\n\nHalf of the calls are about orders of last month.\n\n## Notes\n\n"
               "Hard because of the index.\n",
               "index", "cache", "");
}

static void a_decision_record_counts_as_the_approach(void **state)
{
    static const char body[] =
        "## Decisions\n\n- 2026-11-20 Ana: as in [7](docs/adr/0007-cache.md), of course.\n";

    check_told(*state, "task", "Cache", body, "0007", "0008", "approach");
    check_told(*state, "task", "Cache", body, "of course", "by all means", "");
    check_told(*state, "task", "Cache",
               "## Approach\n\nIn the query.\n\n## Notes\n\nSee [7](docs/adr/0007-cache.md).\n", "0007",
               "0008", "");
}

static void a_job_story_counts_where_no_section_is_for_it(void **state)
{
    static const char body[] =
        "## Job story\n\nWhen I start the round, I want the sickest first, so that I see them.\n";
    static const char both[] =
        "## Story\n\nThe sickest first.\n\n## Talk\n\nWhen I start, I want a list, so I see.\n";

    check_told(*state, "story", "The round", body, "sickest", "oldest", "story");
    check_told(*state, "task", "The round", body, "sickest", "oldest", "why");
    check_told(*state, "story", "The round", both, "a list", "a map", "");
}

static void a_story_under_constraints_counts(void **state)
{
    check_told(*state, "story", "Filter",
               "## Constraints\n\nAs a clerk, I want a filter so that I find it.\n", "filter", "search",
               "story");
}

static void an_item_without_a_stamp_is_not_stale(void **state)
{
    static const char *const texts[] = { "---\ntitle: A\n---\n" BODY, "---\ntitle: A\nstamp:\n---\n", "",
                                         "no front\n", "---\ntitle: [\n---\n" };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(Document) document = fixture_document(texts[i]);
        g_autoptr(GPtrArray) stale = stamp_stale(*state, document, NULL);
        assert_non_null(stale);
        assert_int_equal(stale->len, 0);
    }
}

static void check_error(const char *text, enum stamp_error code, const char *message)
{
    g_autoptr(GError) error = NULL;
    struct stamp stamp = { { "keep" } };

    assert_false(stamp_parse(&stamp, text, &error));
    assert_string_equal(error->message, message);
    assert_true(g_error_matches(error, STAMP_ERROR, (int)code));
    assert_string_equal(stamp.digests[0], "keep");
}

static void what_is_no_stamp_is_told_apart_from_a_stale_one(void **state)
{
    check_error("", STAMP_ERROR_MALFORMED,
                "expected a stamp such as \"1 story:3f2a9c criteria:77c0de\", saw \"\"");
    check_error("yes", STAMP_ERROR_MALFORMED,
                "expected a stamp such as \"1 story:3f2a9c criteria:77c0de\", saw \"yes\"");
    check_error("2 story:3f2a9c", STAMP_ERROR_VERSION,
                "expected a stamp of version 1, saw version 2: a later refine has set it");
    check_error(
        "1 story:3f2a9", STAMP_ERROR_MALFORMED,
        "expected an agreed part with 6 hexadecimal digits, such as story:3f2a9c, saw \"story:3f2a9\"");
    check_error(
        "1 story:3F2A9C", STAMP_ERROR_MALFORMED,
        "expected an agreed part with 6 hexadecimal digits, such as story:3f2a9c, saw \"story:3F2A9C\"");
    check_error("1 st:3f2a9c", STAMP_ERROR_MALFORMED,
                "expected an agreed part with 6 hexadecimal digits, such as story:3f2a9c, saw \"st:3f2a9c\"");
    check_error("1 story", STAMP_ERROR_MALFORMED,
                "expected an agreed part with 6 hexadecimal digits, such as story:3f2a9c, saw \"story\"");
    check_error("1 why:3f2a9c why:3f2a9c", STAMP_ERROR_MALFORMED,
                "expected each agreed part once, saw why twice");
    g_autoptr(Document) list = fixture_document("---\ntitle: A\nstamp: [1]\n---\n");
    g_autoptr(GError) error = NULL;
    assert_null(stamp_stale(*state, list, &error));
    assert_true(g_error_matches(error, STAMP_ERROR, STAMP_ERROR_MALFORMED));
}

static void a_stamp_that_is_printed_can_be_read(void **state)
{
    g_autofree char *item = text_of(FRONT, NULL, BODY), *text = print(*state, item);
    struct stamp stamp, other;

    assert_true(stamp_parse(&stamp, text, NULL));
    for (gsize i = 0; i < N_AGREED; i++)
        assert_int_equal(strlen(stamp.digests[i]), STAMP_DIGITS);
    assert_true(stamp_parse(&other, "1   estimate:ef2d12\n why:000000", NULL));
    assert_string_equal(other.digests[AGREED_WHY], "000000");
    assert_string_equal(other.digests[AGREED_ESTIMATE], "ef2d12");
    assert_string_equal(other.digests[AGREED_STORY], "");
}

/* -- hostile -- */

static void hostile_bodies_take_no_time(void **state)
{
    static const char *const units[] = { "<!--",
                                         "`",
                                         "<!-- `",
                                         "## Why\n",
                                         "- [ ] a\n",
                                         "a\n\n",
                                         "``` `` ` ",
                                         "# a\nAs a b\n\n",
                                         "## Steps\n```\n```\n" };
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        g_autoptr(GString) text = g_string_new("---\ntitle: A\ntype: bug\n---\n## Acceptance criteria\n\n");
        while (text->len < 200000)
            g_string_append(text, units[i]);
        gint64 start = g_get_monotonic_time();
        g_autofree char *stamp = print(*state, text->str);
        assert_true(g_str_has_prefix(stamp, "1"));
        assert_true(g_get_monotonic_time() - start < 10 * G_USEC_PER_SEC);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digests_are_those_of_the_documented_texts),
        cmocka_unit_test(parts_without_text_are_left_out),
        cmocka_unit_test(nothing_is_stale_right_away),
        cmocka_unit_test(fields_that_were_not_agreed_do_not_count),
        cmocka_unit_test(ticks_do_not_count),
        cmocka_unit_test(names_and_levels_of_headings_do_not_count),
        cmocka_unit_test(layout_does_not_count),
        cmocka_unit_test(line_endings_and_composition_do_not_count),
        cmocka_unit_test(comments_do_not_count),
        cmocka_unit_test(the_order_of_criteria_does_not_count),
        cmocka_unit_test(sections_that_were_not_agreed_do_not_count),
        cmocka_unit_test(a_changed_part_is_named),
        cmocka_unit_test(criteria_added_and_removed_are_named),
        cmocka_unit_test(a_step_of_a_scenario_counts_and_its_layout_does_not),
        cmocka_unit_test(the_policy_says_what_the_sections_are_called),
        cmocka_unit_test(several_parts_are_named_in_order),
        cmocka_unit_test(a_part_that_gains_text_was_not_agreed),
        cmocka_unit_test(what_only_looks_like_a_comment_counts),
        cmocka_unit_test(a_sub_section_belongs_to_the_part_around_it),
        cmocka_unit_test(bugs_and_spikes_have_their_own_headings),
        cmocka_unit_test(a_story_counts_where_it_is_told),
        cmocka_unit_test(a_bug_told_in_prose_counts_where_it_is_told),
        cmocka_unit_test(a_spike_told_in_prose_counts_where_it_is_told),
        cmocka_unit_test(a_bug_told_in_another_language_counts),
        cmocka_unit_test(a_bug_told_by_its_title_counts_with_it),
        cmocka_unit_test(a_reason_counts_where_it_stands),
        cmocka_unit_test(a_decision_record_counts_as_the_approach),
        cmocka_unit_test(a_job_story_counts_where_no_section_is_for_it),
        cmocka_unit_test(a_story_under_constraints_counts),
        cmocka_unit_test(an_item_without_a_stamp_is_not_stale),
        cmocka_unit_test(what_is_no_stamp_is_told_apart_from_a_stale_one),
        cmocka_unit_test(a_stamp_that_is_printed_can_be_read),
        cmocka_unit_test(hostile_bodies_take_no_time),
    };
    return cmocka_run_group_tests_name("stamp", tests, setup, teardown);
}
