/* Votes: what their files say, which round is open, and that nobody sees a value too early. */
#include "vote.h"
#include "vote_cast.h"
#include "vote_file.h"
#include "voter.h"

#include "fixture.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static const char *const team = "team:\n"
                                "  - {name: Ana Silva, handle: ana, role: product-owner}\n"
                                "  - {name: Bo Chen, handle: Bo, role: developer}\n"
                                "  - {name: Cem Kaya, role: developer}\n"
                                "  - {handle: ångström, role: developer}\n";

#define SALT "7c211433f02071597741e6ff5a8ea34a"

static char *seal(const char *who, guint round, const char *value)
{
    return vote_digest(SALT, "k7q2m", round, who, value);
}

static void write_vote(struct fixture *fixture, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename("backlog/votes/k7q2m", name, NULL);
    fixture_write(fixture, path, text);
}

static void write_item(struct fixture *fixture, const char *front)
{
    g_autofree char *text = g_strdup_printf("---\ntitle: Filter\nid: k7q2m\n%s---\n", front);
    fixture_write(fixture, "backlog/k7q2m-filter.md", text);
}

/* The round, its votes and the late ones, as text: "2: ana 5, bo sealed; late 1-cem; hidden". */
static char *tell(const struct votes *votes)
{
    static const char *const states[] = { "open", "sealed", "revealed", "missing" };
    g_autoptr(GString) text = g_string_new(NULL);

    g_string_append_printf(text, "%u:", votes->round);
    for (guint i = 0; i < votes->votes->len; i++) {
        const struct vote *vote = votes->votes->pdata[i];
        g_string_append_printf(text, "%s %s %s", i ? "," : "", vote->who,
                               vote->value ? vote->value : states[vote->state]);
    }
    for (guint i = 0; i < votes->late->len; i++) {
        const struct vote *vote = votes->late->pdata[i];
        assert_null(vote->value);
        g_string_append_printf(text, "%s%u-%s", i ? ", " : "; late ", vote->round, vote->who);
    }
    if (votes->hidden)
        g_string_append(text, "; hidden");
    return g_strdup(text->str);
}

/* The votes as they are now, which must be so; findings, the first of them with its place, or NULL. */
static void check(struct fixture *fixture, const char *expected, const char *finding)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Votes) votes = votes_read(fixture_backlog(fixture), "k7q2m", &error);

    assert_null(error);
    g_autofree char *text = tell(votes);
    assert_string_equal(text, expected);
    if (!finding) {
        assert_int_equal(votes->findings->len, 0);
        return;
    }
    assert_true(votes->findings->len > 0);
    const struct finding *first = votes->findings->pdata[0];
    g_autofree char *name = g_path_get_basename(first->path);
    g_autofree char *line = g_strdup_printf("%s:%u: %s", name, first->at.line, first->message);
    assert_string_equal(line, finding);
}

/* -- files -- */

static void a_digest_is_that_of_five_lines(void **state)
{
    g_autofree char *digest = vote_digest(SALT, "k7q2m", 1, "bo", "8");

    /* printf '%s\n' SALT k7q2m 1 bo 8 | sha256sum */
    assert_string_equal(digest, "b72a1299805166f7c51fada22429232b06cabe915dd63177a7e8aa7fe74f0736");
}

static void equal_votes_of_two_people_have_nothing_in_common(void **state)
{
    g_autoptr(Random) random = random_new();
    g_autofree char *one = vote_salt(random), *other = vote_salt(random);
    g_autofree char *ana = seal("ana", 1, "5"), *bo = seal("bo", 1, "5");
    g_autoptr(GBytes) here = vote_print_open("k7q2m", 1, "ana", "5");
    g_autoptr(GBytes) there = vote_print_open("t2h8k", 1, "ana", "5");

    assert_int_equal(strlen(one), VOTE_SALT_DIGITS);
    assert_string_not_equal(one, other);
    assert_string_not_equal(ana, bo);
    /* So that git takes none for another that moved. */
    assert_false(g_bytes_equal(here, there));
}

static void names_of_files_tell_round_and_voter(void **state)
{
    static const struct {
        const char *name;
        guint round; /* 0: none */
        const char *who;
    } cases[] = {
        { "1-ana", 1, "ana" },
        { "12-bo-chen", 12, "bo-chen" },
        { "3", 3, NULL },
        { "0-ana", 0, NULL },
        { "01-ana", 0, NULL },
        { "1-", 0, NULL },
        { "-ana", 0, NULL },
        { "1ana", 0, NULL },
        { "99999999999-ana", 0, NULL },
        { "notes", 0, NULL },
        { "", 0, NULL },
        { "1-A\xcc\x8a", 1, "\xc3\x85" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *who = NULL;
        guint round = 0;
        gboolean good = vote_parse_name(cases[i].name, &round, &who);
        assert_int_equal(good ? round : 0, cases[i].round);
        if (cases[i].who)
            assert_string_equal(who, cases[i].who);
        else
            assert_null(who);
    }
}

/* -- rounds -- */

static void without_files_the_first_round_is_empty(void **state)
{
    fixture_policy(*state, team);
    write_item(*state, "");
    check(*state, "1:", NULL);
}

static void the_rounds_that_are_over_are_late(void **state)
{
    fixture_policy(*state, team);
    write_item(*state, "votes: {ana: 5}\n");
    check(*state, "2:", NULL);
    write_vote(*state, "1-bo", "8\n");
    check(*state, "2:; late 1-bo", NULL);
    write_vote(*state, "2-ana", "5\n");
    check(*state, "2: ana 5; late 1-bo", NULL);
    write_vote(*state, "2", "");
    check(*state, "3:; late 1-bo, 2-ana", NULL);
    write_vote(*state, "5-ana", "3");
    check(*state, "5: ana 3; late 1-bo, 2-ana", NULL);
    write_item(*state, "votes: {round: 7, ana: 5}\n");
    check(*state, "8:; late 1-bo, 2-ana, 5-ana", NULL);
}

static void votes_of_an_item_that_say_no_round_are_of_the_first(void **state)
{
    static const struct {
        const char *front;
        const char *expected;
    } cases[] = {
        { "votes:\n", "1:" },
        { "votes: {}\n", "1:" },
        { "votes: [5]\n", "1:" },
        { "votes: {round: x}\n", "2:" },
        { "votes: {round: -3}\n", "2:" },
        { "votes: {round: [2]}\n", "2:" },
    };

    fixture_policy(*state, team);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        write_item(*state, cases[i].front);
        check(*state, cases[i].expected, NULL);
    }
}

/* -- values -- */

static void open_votes_are_read_as_people_write_them(void **state)
{
    fixture_policy(*state, team);
    write_item(*state, "");
    write_vote(*state, "1-ana", "5");
    write_vote(*state, "1-bo", "8 (k7q2m 1 bo)\r\n");
    write_vote(*state, "1-cem", "?\n\n");
    check(*state, "1: ana 5, bo 8, cem ?", NULL);
}

static void no_value_is_there_while_one_is_sealed(void **state)
{
    g_autofree char *digest = seal("bo", 1, "8");
    g_autofree char *sealed = g_strdup_printf("sealed %s\n", digest);
    g_autofree char *revealed = g_strdup_printf("%srevealed " SALT " 8\n", sealed);
    g_autofree char *missing = g_strdup_printf("%smissing 2026-11-20 Ana: away\n", sealed);

    fixture_policy(*state, team);
    write_item(*state, "");
    write_vote(*state, "1-ana", "5\n");
    write_vote(*state, "1-bo", sealed);
    check(*state, "1: ana open, bo sealed; hidden", NULL);
    write_vote(*state, "1-bo", revealed);
    check(*state, "1: ana 5, bo 8", NULL);
    write_vote(*state, "1-bo", missing);
    check(*state, "1: ana 5, bo missing", NULL);
}

static void what_does_not_fit_its_seal_is_not_revealed(void **state)
{
    g_autofree char *digest = seal("bo", 1, "8"), *other = seal("ana", 1, "8");
    g_autofree char *changed = g_strdup_printf("sealed %s\nrevealed " SALT " 5\n", digest);
    g_autofree char *copied = g_strdup_printf("sealed %s\nrevealed " SALT " 8\n", other);
    g_autofree char *garbled = g_strdup_printf("sealed %s\nrevealed 8\n", digest);

    fixture_policy(*state, team);
    write_item(*state, "");
    write_vote(*state, "1-bo", changed);
    check(*state, "1: bo sealed; hidden",
          "1-bo:2: the vote of Bo Chen is not what was sealed: its digest does not fit");
    write_vote(*state, "1-bo", copied);
    check(*state, "1: bo sealed; hidden",
          "1-bo:2: the vote of Bo Chen is not what was sealed: its digest does not fit");
    write_vote(*state, "1-bo", garbled);
    check(*state, "1: bo sealed; hidden",
          "1-bo:2: the vote of Bo Chen: expected \"revealed SALT VALUE\", with a salt of 32 digits");
    write_vote(*state, "1-bo", "sealed 12\n");
    check(*state, "1: bo sealed; hidden",
          "1-bo:1: the vote of Bo Chen: expected a digest of 64 digits, saw \"12\"");
}

static void a_seal_fits_one_item_round_and_voter(void **state)
{
    g_autofree char *digest = seal("bo", 1, "8");
    g_autofree char *text = g_strdup_printf("sealed %s\nrevealed " SALT " 8\n", digest);

    fixture_policy(*state, team);
    write_item(*state, "");
    write_vote(*state, "2-bo", text);
    check(*state, "2: bo sealed; hidden",
          "2-bo:2: the vote of Bo Chen is not what was sealed: its digest does not fit");
    fixture_write(*state, "backlog/t2h8k.md", "---\ntitle: Index\n---\n");
    fixture_write(*state, "backlog/votes/t2h8k/1-bo", text);
    g_autoptr(Votes) votes = votes_read(fixture_backlog(*state), "t2h8k", NULL);
    assert_int_equal(votes->findings->len, 1);
    assert_true(votes->hidden);
}

static void who_copied_a_seal_is_found_before_it_is_opened(void **state)
{
    g_autofree char *digest = seal("bo", 1, "8");
    g_autofree char *text = g_strdup_printf("sealed %s\n", digest);

    fixture_policy(*state, team);
    write_item(*state, "");
    write_vote(*state, "1-bo", text);
    write_vote(*state, "1-cem-kaya", text);
    check(*state, "1: bo sealed, cem-kaya sealed; hidden",
          "1-cem-kaya:1: Bo Chen and Cem Kaya have the same seal: one of them copied it");
}

static void what_cannot_be_a_vote_says_where_and_why(void **state)
{
    fixture_policy(*state, team);
    write_item(*state, "");
    write_vote(*state, "1-bo", "4\n");
    check(*state, "1: bo open",
          "1-bo:1: the vote of Bo Chen: estimate cannot be 4; the scale has 3 or 5 beside it");
    write_vote(*state, "1-bo", "5 (k7q2m 2 bo)\n");
    check(*state, "1: bo open",
          "1-bo:1: the vote of Bo Chen: expected \"(k7q2m 1 bo)\", saw \"(k7q2m 2 bo)\": it was cast "
          "elsewhere");
    write_vote(*state, "1-bo", "");
    check(*state, "1: bo open",
          "1-bo:1: the vote of Bo Chen: expected a value of the scale, or \"?\", saw nothing");
    write_vote(*state, "1-bo", "<<<<<<< one\n5\n=======\n8\n>>>>>>> other\n");
    check(*state, "1: bo sealed; hidden", "1-bo:2: the vote of Bo Chen: expected one line, saw 5");
}

static void developers_without_a_vote_are_absent_once_a_round_has_begun(void **state)
{
    fixture_policy(*state, team);
    write_item(*state, "");
    g_autoptr(Votes) none = votes_read(fixture_backlog(*state), "k7q2m", NULL);
    assert_int_equal(none->absent->len, 0);
    write_vote(*state, "1-bo", "5\n");
    g_autoptr(Votes) votes = votes_read(fixture_backlog(*state), "k7q2m", NULL);
    assert_int_equal(votes->absent->len, 2);
    assert_string_equal(votes->absent->pdata[0], "Cem Kaya");
    assert_string_equal(votes->absent->pdata[1], "ångström");
}

/* -- voters -- */

static void names_become_names_of_files(void **state)
{
    static const char *const cases[][2] = {
        { "ana", "ana" },
        { "Ana Silva", "ana-silva" },
        { "  Ana   Silva  ", "ana-silva" },
        { "../../etc/passwd", "etc-passwd" },
        { "a/b\\c:d", "a-b-c-d" },
        { ".hidden", "hidden" },
        { "j.r_r", "j.r_r" },
        { "İlker", "i\xcc\x87lker" },
        { "A\xcc\x8angstro\xcc\x88m", "ångström" },
        { "田中", "田中" },
        { "\xff\xfe", "" },
        { "---", "" },
        { "", "" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *slug = voter_slug(cases[i][0]);
        g_autofree char *again = voter_slug(slug);
        assert_string_equal(slug, cases[i][1]);
        assert_string_equal(again, slug);
    }
}

static void check_voter(const struct policy *policy, const char *who, const char *expected)
{
    g_autoptr(GError) error = NULL;
    struct voter voter = { 0 };

    if (voter_find(policy, who, &voter, &error)) {
        g_autofree char *text = g_strdup_printf("%s (%s)", voter.who, voter.name);
        assert_string_equal(text, expected);
    } else {
        assert_true(fixture_says(error->message, expected));
    }
    voter_clear(&voter);
}

static void a_person_of_the_team_has_one_vote_by_any_name(void **state)
{
    const struct policy *policy = fixture_policy(*state, team);

    check_voter(policy, "@bo", "bo (Bo Chen)");
    check_voter(policy, "BO CHEN", "bo (Bo Chen)");
    check_voter(policy, "Cem Kaya", "cem-kaya (Cem Kaya)");
    check_voter(policy, "ångström", "ångström (ångström)");
    check_voter(policy, "Eva Lund", "eva-lund (Eva Lund)");
    check_voter(policy, "Eva Lund <eva@example.com>", "eva-lund (Eva Lund)");
    /* Nobody votes in another's name by a likeness. */
    check_voter(policy, "Cem-Kaya", "did you mean Cem Kaya?");
    check_voter(policy, "Bo Chem", "did you mean Bo Chen?");
    check_voter(policy, "Bo Chem <chem@example.com>", "bo-chem (Bo Chem)");
    check_voter(policy, "anna", "did you mean Ana Silva?");
    check_voter(policy, "Cem-Kaya <cem@elsewhere.example>", "would vote as cem-kaya, who is Cem Kaya");
    check_voter(policy, "Round", "nobody can vote as round");
    check_voter(policy, "...", "a name of letters and digits");
}

/* -- drafts -- */

static char *text_of(GBytes *bytes)
{
    return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

static void what_opens_a_sealed_vote_is_the_users_alone_and_leaves_no_trace(void **state)
{
    struct fixture *fixture = *state;
    const struct policy *policy = fixture_policy(fixture, team);
    struct voter bo = { (char *)"bo", (char *)"Bo Chen" };
    struct vote_secret secret = { 0 }, found = { 0 };
    struct stat status;

    fixture_git(fixture, "init", "-q", NULL);
    write_item(fixture, "");
    struct backlog *backlog = fixture_backlog(fixture);
    g_autoptr(Votes) votes = votes_read(backlog, "k7q2m", NULL);
    g_autoptr(Draft) draft = vote_cast(backlog, votes, &bo, "8", &secret, NULL);
    assert_non_null(draft);
    assert_string_equal(draft->path, "backlog/votes/k7q2m/1-bo");
    assert_string_equal(draft->words, "sealed vote (bo)");
    g_autofree char *text = text_of(draft_result(draft));
    assert_null(strstr(text, secret.salt));
    assert_int_equal(strlen(text), strlen("sealed \n") + VOTE_DIGEST_DIGITS);
    assert_false(vote_secret_find(policy, secret.digest, &found));

    assert_true(vote_secret_keep(policy, &secret, NULL));
    assert_true(vote_secret_find(policy, secret.digest, &found));
    assert_string_equal(found.salt, secret.salt);
    assert_string_equal(found.value, "8");
    g_autofree char *kept = g_build_filename(".git/refine/votes", secret.digest, NULL);
    g_autofree char *path = fixture_path(fixture, kept);
    assert_int_equal(g_stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    vote_secret_clear(&secret);
    vote_secret_clear(&found);
}

static void a_vote_is_revealed_only_with_what_opens_it(void **state)
{
    struct fixture *fixture = *state;
    const struct policy *policy = fixture_policy(fixture, team);
    g_autofree char *digest = seal("bo", 1, "8");
    g_autofree char *text = g_strdup_printf("sealed %s\n", digest);
    struct voter bo = { (char *)"bo", (char *)"Bo Chen" };
    const struct vote_secret wrong = { digest, (char *)SALT, (char *)"5" };
    g_autoptr(GError) error = NULL;

    fixture_git(fixture, "init", "-q", NULL);
    write_item(fixture, "");
    write_vote(fixture, "1-bo", text);
    struct backlog *backlog = fixture_backlog(fixture);
    g_autoptr(Votes) votes = votes_read(backlog, "k7q2m", NULL);
    assert_null(vote_reveal(backlog, votes, &bo, FALSE, &error));
    assert_true(g_error_matches(error, VOTE_ERROR, VOTE_ERROR_SECRET));
    g_autofree char *missing = votes_missing(backlog, votes);
    assert_string_equal(missing, "Bo Chen");
    /* What was tampered with opens nothing. */
    assert_true(vote_secret_keep(policy, &wrong, NULL));
    assert_null(vote_reveal(backlog, votes, &bo, FALSE, NULL));
    g_autofree char *kept = g_build_filename(".git/refine/votes", digest, NULL);
    fixture_write(fixture, kept, SALT " 8\n");
    g_autoptr(Draft) draft = vote_reveal(backlog, votes, &bo, FALSE, NULL);
    assert_non_null(draft);
    g_autofree char *opened = text_of(draft_result(draft));
    g_autofree char *expected = g_strdup_printf("%srevealed " SALT " 8\n", text);
    assert_string_equal(opened, expected);
}

static char *fold(struct fixture *fixture, guint *files)
{
    struct backlog *backlog = fixture_backlog(fixture);
    g_autoptr(Votes) votes = votes_read(backlog, "k7q2m", NULL);
    g_autoptr(Draft) draft = draft_open(backlog, fixture_entry(fixture, "backlog/k7q2m-filter.md"), NULL);
    g_autoptr(GPtrArray) gone = votes_fold(draft, votes, NULL);

    assert_non_null(gone);
    *files = gone->len;
    for (guint i = 0; i < gone->len; i++)
        assert_null(draft_result(gone->pdata[i]));
    return text_of(draft_result(draft));
}

static void the_value_takes_the_votes_into_the_item_and_the_files_away(void **state)
{
    struct fixture *fixture = *state;
    guint files;

    fixture_policy(fixture, "team: [{handle: no}, {handle: 田中}]\n");
    write_item(fixture, "");
    write_vote(fixture, "1-no", "8\n");
    write_vote(fixture, "1-田中", "?\n");
    g_autofree char *first = fold(fixture, &files);
    assert_int_equal(files, 2);
    assert_string_equal(first, "---\ntitle: Filter\nid: k7q2m\nvotes:\n  \"no\": 8\n  田中: \"?\"\n---\n");
}

static void a_later_round_says_its_number_and_replaces_the_votes(void **state)
{
    struct fixture *fixture = *state;
    guint files;

    fixture_policy(fixture, team);
    write_item(fixture, "votes: {ana: 5, bo: 8} # of May\n");
    write_vote(fixture, "1-cem-kaya", "3\n");
    g_autofree char *none = fold(fixture, &files);
    assert_int_equal(files, 1);
    assert_string_equal(none, "---\ntitle: Filter\nid: k7q2m\nvotes: {ana: 5, bo: 8} # of May\n---\n");
    write_vote(fixture, "2-bo", "5\n");
    write_vote(fixture, "2-cem-kaya", "3\n");
    g_autofree char *second = fold(fixture, &files);
    assert_int_equal(files, 3);
    assert_string_equal(
        second, "---\ntitle: Filter\nid: k7q2m\nvotes: {bo: 5, round: 2, cem-kaya: 3} # of May\n---\n");
}

static void a_round_with_seals_cannot_be_closed(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *digest = seal("bo", 1, "8");
    g_autofree char *text = g_strdup_printf("sealed %s\n", digest);
    g_autoptr(GError) error = NULL;

    fixture_policy(fixture, team);
    write_item(fixture, "");
    write_vote(fixture, "1-bo", text);
    struct backlog *backlog = fixture_backlog(fixture);
    g_autoptr(Votes) votes = votes_read(backlog, "k7q2m", NULL);
    assert_false(votes_check(backlog, votes, &error));
    assert_non_null(strstr(error->message, "not revealed yet: Bo Chen"));
    assert_null(votes_reveal_all(backlog, votes, NULL, NULL, FALSE, NULL));
    g_autoptr(GPtrArray) drafts = votes_reveal_all(backlog, votes, "Ana Silva", "Bo is away", FALSE, NULL);
    assert_int_equal(drafts->len, 1);
    g_autofree char *marked = text_of(draft_result(drafts->pdata[0]));
    g_autofree char *expected = g_strdup_printf("%smissing 2026-11-21 Ana Silva: Bo is away\n", text);
    assert_string_equal(marked, expected);

    /* Less than half of the file, or git could take it for that of another vote with the same reason. */
    g_autoptr(GPtrArray) more =
        votes_reveal_all(backlog, votes, "Ana Silva",
                         "Bö ist bis Montag nicht da, und wir wollen nicht so lange warten", FALSE, NULL);
    g_autofree char *long_one = text_of(draft_result(more->pdata[0]));
    assert_true(g_utf8_validate(long_one, -1, NULL));
    assert_true(strlen(long_one) < 2 * strlen(text));
    assert_true(g_str_has_suffix(long_one, "…\n"));
}

static void what_nobody_can_mend_can_be_given_up(void **state)
{
    struct fixture *fixture = *state;

    fixture_policy(fixture, team);
    write_item(fixture, "");
    write_vote(fixture, "1-ana", "<<<<<<<\n5\n=======\n8\n>>>>>>>\n");
    write_vote(fixture, "1-bo", "sealed 12\n");
    struct backlog *backlog = fixture_backlog(fixture);
    g_autoptr(Votes) votes = votes_read(backlog, "k7q2m", NULL);
    g_autoptr(GPtrArray) drafts = votes_reveal_all(backlog, votes, "Ana Silva", "broken", FALSE, NULL);
    assert_int_equal(drafts->len, 2);
    assert_true(drafts_write(backlog, drafts, NULL));
    check(fixture, "1: ana missing, bo missing", NULL);
}

static int set_up(void **state)
{
    g_setenv("REFINE_NOW", "2026-11-21T09:00:00Z", TRUE);
    return fixture_setup(state);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_digest_is_that_of_five_lines),
        TEST(equal_votes_of_two_people_have_nothing_in_common),
        TEST(names_of_files_tell_round_and_voter),
        TEST(without_files_the_first_round_is_empty),
        TEST(the_rounds_that_are_over_are_late),
        TEST(votes_of_an_item_that_say_no_round_are_of_the_first),
        TEST(open_votes_are_read_as_people_write_them),
        TEST(no_value_is_there_while_one_is_sealed),
        TEST(what_does_not_fit_its_seal_is_not_revealed),
        TEST(a_seal_fits_one_item_round_and_voter),
        TEST(who_copied_a_seal_is_found_before_it_is_opened),
        TEST(what_cannot_be_a_vote_says_where_and_why),
        TEST(developers_without_a_vote_are_absent_once_a_round_has_begun),
        TEST(names_become_names_of_files),
        TEST(a_person_of_the_team_has_one_vote_by_any_name),
        TEST(what_opens_a_sealed_vote_is_the_users_alone_and_leaves_no_trace),
        TEST(a_vote_is_revealed_only_with_what_opens_it),
        TEST(the_value_takes_the_votes_into_the_item_and_the_files_away),
        TEST(a_later_round_says_its_number_and_replaces_the_votes),
        TEST(a_round_with_seals_cannot_be_closed),
        TEST(what_nobody_can_mend_can_be_given_up),
    };
    return cmocka_run_group_tests_name("core / vote", tests, NULL, NULL);
}
