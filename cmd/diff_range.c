#include "diff_range.h"

#include "backlog.h"
#include "ident.h"
#include "repo_revision.h"

#include <string.h>

void diff_range_clear(struct diff_range *range)
{
    g_free(range->before);
    g_free(range->after);
    repo_close(range->repo);
}

/* -- what a word is -- */

/* An end of "A..B"; nothing stands for HEAD, as git has it. */
static char *end_of(const char *text, gssize length)
{
    return length == 0 || *text == '\0' ? g_strdup("HEAD")
           : length < 0                 ? g_strdup(text)
                                        : g_strndup(text, (gsize)length);
}

static gboolean is_moment(struct repo *repo, const char *word)
{
    return strcmp(word, ":") == 0 || repo_has_revision(repo, word);
}

/* Whether the word is "A..B" or "A...B", and no path through a folder above. */
static gboolean has_dots(const char *word)
{
    return strstr(word, "..") && !strstr(word, "../") && !strstr(word, "/..");
}

/* Takes such a word apart. */
static gboolean parse_dots(struct repo *repo, const char *word, struct diff_range *range, GError **error)
{
    const char *dots = strstr(word, "..");
    gboolean three = dots[2] == '.';

    range->before = end_of(word, dots - word);
    range->after = end_of(dots + (three ? 3 : 2), -1);
    range->range.since_base = three;
    for (int side = 0; side < 2; side++) {
        const char *end = side ? range->after : range->before;
        if (is_moment(repo, end))
            continue;
        repo_no_revision(repo, end, error);
        return FALSE;
    }
    return TRUE;
}

/* Whether the name of some file makes the word an item too. */
static gboolean is_item(const struct policy *policy, const char *word)
{
    g_autoptr(Backlog) backlog = backlog_open(policy, NULL, NULL);
    gsize length = strlen(word);

    for (guint i = 0; backlog && i < backlog->entries->len; i++) {
        const char *id = g_array_index(backlog->entries, struct entry, i).id;
        if (id && g_ascii_strncasecmp(id, word, length) == 0)
            return TRUE;
    }
    return FALSE;
}

/* -- the words in front -- */

/* How many of the words in front of "--", or else of all, are revisions by themselves; they are at most most.
 */
static guint count_revisions(struct repo *repo, char **words, guint most)
{
    guint n = 0;
    while (n < most && words[n] && is_moment(repo, words[n]))
        n++;
    return n;
}

static int refuse_many(guint most, GError **error)
{
    return usage_error(error, most == 1 ? "--staged: expected one revision at most, to compare the index with"
                                        : "expected two revisions at most");
}

/* Sets the moments to n revisions. */
static void set_moments(struct diff_range *range, char **words, guint n, gboolean staged)
{
    range->before = g_strdup(n ? words[0] : "HEAD");
    range->after = staged ? g_strdup(":") : n == 2 ? g_strdup(words[1]) : NULL;
}

/* Without "--" a word that is a revision and an item too is nothing to guess about. */
static gboolean check_guess(const struct policy *policy, char **words, guint n, GError **error)
{
    for (guint i = 0; i < n; i++)
        if (is_item(policy, words[i])) {
            usage_error(error, "%s is a revision and an item; put -- before items, or behind revisions",
                        words[i]);
            return FALSE;
        }
    return TRUE;
}

/* Reads the revisions among the words up to end; how many words they are, or -1 on error. */
static int read_revisions(struct diff_range *range, const struct policy *policy, gboolean staged,
                          char **words, guint end, GError **error)
{
    guint most = staged ? 1 : 2;

    if (end && !staged && has_dots(words[0]))
        return parse_dots(range->repo, words[0], range, error) ? 1 : -1;
    guint n = count_revisions(range->repo, words, MIN(most, end));
    if (range->guessed && !check_guess(policy, words, n, error))
        return -1;
    set_moments(range, words, n, staged);
    gboolean more = n < end && (!range->guessed || is_moment(range->repo, words[n]));
    if (more && n == most)
        return refuse_many(most, error);
    if (more)
        repo_no_revision(range->repo, words[n], error);
    return more ? -1 : (int)n;
}

gboolean diff_range_parse(struct diff_range *range, const struct policy *policy, gboolean staged,
                          char **arguments, GError **error)
{
    guint end = 0;

    range->repo = repo_open(policy->root, error);
    if (!range->repo)
        return FALSE;
    while (arguments[end] && strcmp(arguments[end], "--") != 0)
        end++;
    range->guessed = arguments[end] == NULL;
    int n = read_revisions(range, policy, staged, arguments, end, error);
    if (n < 0)
        return FALSE;
    if (!range->guessed && (guint)n < end)
        return refuse_many(2, error) > 0;
    range->range.before = range->before;
    range->range.after = range->after;
    range->ids = arguments + (range->guessed ? (guint)n : end + 1);
    return TRUE;
}
