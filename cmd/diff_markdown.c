#include "diff_markdown.h"

#include "command.h"
#include "diff_markdown_item.h"
#include "plain.h"
#include "present.h"

#include <string.h>

/* Names that a line of the summary has. */
#define MAX_NAMES 5

/* What the last line may take. */
#define RESERVE 400

/* Details of one item, so that one does not take the place of all others. */
#define MAX_BODY 8000

/* -- where the files are -- */

static const char *variable(const char *name)
{
    const char *value = g_getenv(name);
    return value && *value ? value : NULL;
}

/* Forgejo and Gitea set GitHub's variables and a sign of their own. */
static char *github_links(void)
{
    const char *server = variable("GITHUB_SERVER_URL"), *repository = variable("GITHUB_REPOSITORY");
    const char *commit = variable("GITHUB_SHA");
    gboolean forgejo = variable("FORGEJO_ACTIONS") || variable("GITEA_ACTIONS");

    return server && repository && commit
               ? g_strconcat(server, "/", repository, forgejo ? "/src/commit/" : "/blob/", commit, NULL)
               : NULL;
}

/* A merge request's own branch, which may be in another project, rather than what it would be merged to. */
static char *gitlab_links(void)
{
    const char *source = variable("CI_MERGE_REQUEST_SOURCE_PROJECT_URL");
    const char *branch = variable("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA");
    const char *project = source ? source : variable("CI_PROJECT_URL");
    const char *commit = branch ? branch : variable("CI_COMMIT_SHA");

    return project && commit ? g_strconcat(project, "/-/blob/", commit, NULL) : NULL;
}

/* Whether it can stand in a link: an address of the web without white space, quotes and brackets. */
static gboolean is_address(const char *url)
{
    gboolean web = g_str_has_prefix(url, "https://") || g_str_has_prefix(url, "http://");
    return web && plain_is_clean(url, -1) && !strpbrk(url, " \t<>\"'`");
}

gboolean diff_markdown_links(const char *url, char **links, GError **error)
{
    g_autofree char *found = url ? g_strdup(url) : github_links();

    if (!found)
        found = gitlab_links();
    if (url && !is_address(url)) {
        usage_error(error,
                    "--links: expected an address such as https://github.com/shop/shop/blob/main, saw \"%s\"",
                    url);
        return FALSE;
    }
    gsize length = found ? strlen(found) : 0;
    while (length > 0 && found[length - 1] == '/')
        found[--length] = '\0';
    *links = found && is_address(found) ? g_steal_pointer(&found) : NULL;
    return TRUE;
}

/* The address of the policy's root below that of the top. */
static char *root_links(const struct policy *policy, const char *links)
{
    gsize top = strlen(policy->top);

    if (!links || strncmp(policy->root, policy->top, top) != 0)
        return g_strdup(links);
    g_autofree char *below = g_uri_escape_string(policy->root + top, "/", FALSE);
    return g_strconcat(links, below, NULL);
}

/* -- what is important -- */

enum group {
    GROUP_LOST,
    GROUP_STALE,
    GROUP_SPLIT,
    GROUP_ADDED,
    GROUP_ENDED,
    GROUP_CHANGED,
    GROUP_MINOR,
    GROUP_AFFECTED,
    N_GROUPS,
};

static const char *const titles[N_GROUPS] = {
    [GROUP_LOST] = "No longer ready",
    [GROUP_STALE] = "To be agreed again",
    [GROUP_SPLIT] = "Split",
    [GROUP_ADDED] = "New",
    [GROUP_ENDED] = "Dropped and removed",
    [GROUP_CHANGED] = "Changed",
    [GROUP_MINOR] = "Only order, labels and the like",
    [GROUP_AFFECTED] = "Not changed, but affected",
};

static enum group group_of(const struct review_item *item)
{
    if (item->readiness == REVIEW_READINESS_LOST)
        return GROUP_LOST;
    if (diff_markdown_is_stale(item))
        return GROUP_STALE;
    switch (item->kind) {
    case REVIEW_SPLIT:
        return GROUP_SPLIT;
    case REVIEW_ADDED:
        return GROUP_ADDED;
    case REVIEW_DROPPED:
    case REVIEW_REMOVED:
        return GROUP_ENDED;
    case REVIEW_AFFECTED:
        return GROUP_AFFECTED;
    case REVIEW_CHANGED:
        break;
    }
    return diff_markdown_is_minor(item) ? GROUP_MINOR : GROUP_CHANGED;
}

/* -- the summary -- */

static void append_escaped(GString *out, const char *text)
{
    g_autofree char *escaped = plain_escape_forge(text, -1);
    g_string_append(out, escaped);
}

/* "3 new, 1 split, 5 changed" */
static void append_kinds(GString *out, const struct review_sum *sum)
{
    static const struct {
        enum review_kind kind;
        const char *word;
    } words[] = { { REVIEW_ADDED, "new" },       { REVIEW_SPLIT, "split" },
                  { REVIEW_DROPPED, "dropped" }, { REVIEW_REMOVED, "removed" },
                  { REVIEW_CHANGED, "changed" }, { REVIEW_AFFECTED, "affected" } };
    gboolean first = TRUE;

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        if (sum->of[words[i].kind] == 0)
            continue;
        g_string_append_printf(out, "%s%u %s", first ? "" : ", ", sum->of[words[i].kind], words[i].word);
        first = FALSE;
    }
}

static void append_number(GString *out, guint before, guint after, const char *what)
{
    if (before == after)
        g_string_append_printf(out, "%u", after);
    else
        g_string_append_printf(out, "%u → **%u**", before, after);
    g_string_append_printf(out, " %s%s", what, present_plural(after));
}

static void append_weight(GString *out, const struct policy *policy, double before, double after)
{
    g_autofree char *points = present_points(policy, after), *was = present_weight(before);

    g_string_append(out, ", ");
    if (before != after)
        g_string_append_printf(out, "%s → **", was);
    append_escaped(out, points);
    g_string_append(out, before != after ? "**" : "");
}

static void append_totals(GString *out, const struct diff_markdown *markdown)
{
    const struct review_total *before = &markdown->review->sum.before, *after = &markdown->review->sum.after;

    g_string_append(out, "- Open: ");
    append_number(out, before->items, after->items, "item");
    append_weight(out, markdown->policy, before->weight, after->weight);
    if (after->without)
        g_string_append_printf(out, ", %u without an estimate", after->without);
    g_string_append(out, "\n- Ready: ");
    append_number(out, before->ready, after->ready, "item");
    append_weight(out, markdown->policy, before->ready_weight, after->ready_weight);
    g_string_append_c(out, '\n');
}

/* The names of items, as they are now if they still are. */
static void append_names(GString *out, const struct diff_markdown *markdown, const GPtrArray *items)
{
    for (guint i = 0; i < items->len && i < MAX_NAMES; i++) {
        const struct item *item = items->pdata[i];
        const struct item *now = item->id ? backlog_item(markdown->review->now, item->id) : NULL;
        g_string_append(out, i == 0 ? "" : ", ");
        diff_markdown_name(out, markdown, now ? now : item, now != NULL);
    }
    if (items->len > MAX_NAMES)
        g_string_append_printf(out, " and %u more", items->len - MAX_NAMES);
}

static void append_top(GString *out, const struct diff_markdown *markdown)
{
    const struct review_sum *sum = &markdown->review->sum;

    if (sum->entered->len == 0 && sum->left->len == 0)
        return;
    g_string_append_printf(out, "- Top %u: ", sum->top);
    append_names(out, markdown, sum->entered);
    g_string_append(out, sum->entered->len == 0 ? "" : sum->entered->len == 1 ? " comes in" : " come in");
    g_string_append(out, sum->entered->len && sum->left->len ? "; " : "");
    append_names(out, markdown, sum->left);
    g_string_append(out, sum->left->len == 0 ? "" : sum->left->len == 1 ? " leaves" : " leave");
    g_string_append_c(out, '\n');
}

/* The items of a group, each with the reason. */
static void append_reasons(GString *out, const struct diff_markdown *markdown, enum group group)
{
    const GPtrArray *items = markdown->review->items;
    guint count = 0;

    for (guint i = 0; i < items->len; i++) {
        const struct review_item *item = items->pdata[i];
        if (group_of(item) != group || count++ >= MAX_NAMES)
            continue;
        g_string_append_printf(out, count == 1 ? "- <b>%s:</b> " : "; ", titles[group]);
        diff_markdown_name(out, markdown, item->after, TRUE);
        g_string_append(out, ", ");
        diff_markdown_loss(out, item);
    }
    if (count > MAX_NAMES)
        g_string_append_printf(out, " and %u more", count - MAX_NAMES);
    g_string_append(out, count ? "\n" : "");
}

static void append_summary(GString *out, const struct diff_markdown *markdown)
{
    g_string_append(out, "### Backlog: ");
    append_kinds(out, &markdown->review->sum);
    g_string_append(out, markdown->review->chosen ? " (of the items asked for)\n\n" : "\n\n");
    append_totals(out, markdown);
    append_top(out, markdown);
    append_reasons(out, markdown, GROUP_LOST);
    append_reasons(out, markdown, GROUP_STALE);
}

/* -- the items -- */

/* A comment that grows. */
struct comment {
    GString *out;
    const struct diff_markdown *markdown;
    guint shortened; /* items of which the details were left out */
    guint missing;   /* items that were left out */
    gboolean listed; /* the last line is one of a list */
};

/* The lines under an item, and under those that it was split into. Newly allocated; "" for none. */
static char *body_of(const struct diff_markdown *markdown, const struct review_item *item)
{
    GString *body = g_string_new(NULL);

    diff_markdown_body(body, markdown, item, "");
    for (guint i = 0; i < item->children->len; i++) {
        g_string_append(body, "- ");
        diff_markdown_headline(body, markdown, item->children->pdata[i]);
        g_string_append_c(body, '\n');
        diff_markdown_body(body, markdown, item->children->pdata[i], "  ");
    }
    if (body->len > MAX_BODY) {
        const char *end = g_strrstr_len(body->str, MAX_BODY, "\n");
        g_string_truncate(body, end ? (gsize)(end + 1 - body->str) : 0);
        g_string_append(body, "- …\n");
    }
    return g_string_free(body, FALSE);
}

/* Appends text if there is still room for it. */
static gboolean append_fitting(struct comment *comment, const char *text)
{
    if (comment->out->len + strlen(text) > DIFF_MARKDOWN_BYTES - RESERVE)
        return FALSE;
    g_string_append(comment->out, text);
    return TRUE;
}

static void append_item(struct comment *comment, const struct review_item *item, const char *body)
{
    const gboolean open = group_of(item) <= GROUP_SPLIT;
    g_autoptr(GString) headline = g_string_new(NULL);

    diff_markdown_headline(headline, comment->markdown, item);
    g_autofree char *line = g_strdup_printf("- %s\n", headline->str);
    g_autofree char *details =
        g_strdup_printf("%s<details%s><summary>%s</summary>\n\n%s\n</details>\n\n",
                        comment->listed ? "\n" : "", open ? " open" : "", headline->str, body);
    if (*body && append_fitting(comment, details)) {
        comment->listed = FALSE;
        return;
    }
    gboolean fits = append_fitting(comment, line);
    comment->listed |= fits;
    comment->shortened += fits && *body;
    comment->missing += !fits;
}

/* The items of a group: those that can be opened first. */
static void append_group(struct comment *comment, enum group group)
{
    const GPtrArray *items = comment->markdown->review->items;
    g_autoptr(GPtrArray) bodies = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) members = g_ptr_array_new();

    for (guint i = 0; i < items->len; i++) {
        const struct review_item *item = items->pdata[i];
        if (group_of(item) != group || (item->split_from && group == GROUP_ADDED))
            continue;
        g_ptr_array_add(members, (gpointer)item);
        g_ptr_array_add(bodies, body_of(comment->markdown, item));
    }
    g_autofree char *heading = g_strdup_printf("%s#### %s\n\n", comment->listed ? "\n" : "", titles[group]);
    if (members->len && append_fitting(comment, heading))
        comment->listed = FALSE;
    for (guint i = 0; i < members->len; i++)
        if (*(const char *)bodies->pdata[i])
            append_item(comment, members->pdata[i], bodies->pdata[i]);
    for (guint i = 0; i < members->len; i++)
        if (!*(const char *)bodies->pdata[i])
            append_item(comment, members->pdata[i], "");
}

/* What was left out, and how to see it. */
static void append_rest(const struct comment *comment, const char *range)
{
    GString *out = comment->out;

    if (comment->shortened == 0 && comment->missing == 0)
        return;
    g_string_append(out, comment->listed ? "\nLeft out here: " : "Left out here: ");
    if (comment->shortened)
        g_string_append_printf(out, "the details of %u item%s", comment->shortened,
                               present_plural(comment->shortened));
    if (comment->missing)
        g_string_append_printf(out, "%s%u item%s", comment->shortened ? ", and " : "", comment->missing,
                               present_plural(comment->missing));
    g_string_append(out, ". All is shown by <code>refine diff");
    if (*range && strlen(range) < RESERVE / 4) {
        g_string_append_c(out, ' ');
        append_escaped(out, range);
    }
    g_string_append(out, "</code>.\n");
}

/* By which a bot finds its comment again. */
static void append_marker(GString *out, const struct policy *policy)
{
    const char *below = policy->root + MIN(strlen(policy->top), strlen(policy->root));
    g_autofree char *path = g_build_filename(*below == '/' ? below + 1 : below, policy->folder, NULL);
    g_autofree char *escaped = g_uri_escape_string(path, "/", FALSE);

    g_string_append_printf(out, "<!-- refine diff: %s -->\n", escaped);
}

char *diff_markdown_print(const struct review *review, const struct policy *policy, const char *range,
                          const char *links)
{
    g_autofree char *root = root_links(policy, links);
    const struct diff_markdown markdown = { review, policy, root };
    struct comment comment = { g_string_new(NULL), &markdown, 0, 0, TRUE };

    append_marker(comment.out, policy);
    if (review_is_empty(review)) {
        g_string_append(comment.out, "No item of the backlog changes.\n");
        return g_string_free(comment.out, FALSE);
    }
    append_summary(comment.out, &markdown);
    for (gsize group = 0; group < N_GROUPS; group++)
        append_group(&comment, (enum group)group);
    append_rest(&comment, range);
    return g_string_free(comment.out, FALSE);
}
