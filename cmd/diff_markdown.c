#include "diff_markdown.h"

#include "command.h"
#include "diff_markdown_sum.h"
#include "plain.h"
#include "present.h"

#include <string.h>

/* What the last line may take. */
#define RESERVE 400

/* A line of a list beside its text, or a heading. */
#define LINE_BYTES 4

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

/* -- the items -- */

struct block {
    const struct review_item *item;
    enum diff_markdown_group group;
    char *headline;
    char *body; /* "": the headline says it all; NULL: nobody has looked */
};

/* A comment that grows. */
struct comment {
    GString *out;
    const struct diff_markdown *markdown;
    GPtrArray *blocks; /* struct block, as they will stand */
    gsize waiting;     /* bytes of the headlines that are still to come */
    guint shortened;   /* items of which the details were left out */
    guint missing;     /* items that were left out */
    gboolean listed;   /* the last line is one of a list */
};

static void block_free(gpointer data)
{
    struct block *block = data;
    g_free(block->headline);
    g_free(block->body);
    g_free(block);
}

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

/* By group; in a group, those that can be opened first; else as the review has them. */
static gint compare_blocks(gconstpointer a, gconstpointer b)
{
    const struct block *one = *(const struct block *const *)a, *other = *(const struct block *const *)b;
    if (one->group != other->group)
        return (int)one->group - (int)other->group;
    return (one->body && !*one->body) - (other->body && !*other->body);
}

/* The blocks of all items but those that stand under what was split. Of many, only the first have a body that
 * could find room. */
static void make_blocks(struct comment *comment)
{
    const GPtrArray *items = comment->markdown->review->items;
    gsize described = 0;

    for (guint i = 0; i < items->len; i++) {
        const struct review_item *item = items->pdata[i];
        enum diff_markdown_group group = diff_markdown_group_of(item);
        if (item->split_from && group == DIFF_MARKDOWN_ADDED)
            continue;
        struct block *block = g_new0(struct block, 1);
        g_autoptr(GString) headline = g_string_new(NULL);
        diff_markdown_headline(headline, comment->markdown, item);
        block->item = item;
        block->group = group;
        block->headline = g_string_free(g_steal_pointer(&headline), FALSE);
        g_ptr_array_add(comment->blocks, block);
        comment->waiting += strlen(block->headline) + LINE_BYTES;
    }
    g_ptr_array_sort(comment->blocks, compare_blocks);
    for (guint i = 0; i < comment->blocks->len && described < DIFF_MARKDOWN_BYTES; i++) {
        struct block *block = comment->blocks->pdata[i];
        block->body = body_of(comment->markdown, block->item);
        described += strlen(block->body);
    }
    g_ptr_array_sort(comment->blocks, compare_blocks);
}

/* Appends text if then there is still room for so many bytes. */
static gboolean append_fitting(struct comment *comment, const char *text, gsize others)
{
    if (comment->out->len + strlen(text) + others > DIFF_MARKDOWN_BYTES - RESERVE)
        return FALSE;
    g_string_append(comment->out, text);
    return TRUE;
}

static void append_item(struct comment *comment, const struct block *block)
{
    g_autofree char *line = g_strdup_printf("- %s\n", block->headline);
    g_autofree char *details = g_strdup_printf(
        "%s<details%s><summary>%s</summary>\n\n%s\n</details>\n\n", comment->listed ? "\n" : "",
        block->group <= DIFF_MARKDOWN_SPLIT ? " open" : "", block->headline, block->body ? block->body : "");

    comment->waiting -= strlen(block->headline) + LINE_BYTES;
    gsize others = MIN(comment->waiting, DIFF_MARKDOWN_BYTES / 2);
    if (block->body && *block->body && append_fitting(comment, details, others)) {
        comment->listed = FALSE;
        return;
    }
    gboolean fits = append_fitting(comment, line, 0);
    comment->listed |= fits;
    comment->shortened += fits && (!block->body || *block->body);
    comment->missing += !fits;
}

static void append_items(struct comment *comment)
{
    int group = -1;

    make_blocks(comment);
    for (guint i = 0; i < comment->blocks->len; i++) {
        const struct block *block = comment->blocks->pdata[i];
        g_autofree char *heading =
            g_strdup_printf("%s#### %s\n\n", comment->listed ? "\n" : "", diff_markdown_title(block->group));
        if ((int)block->group != group &&
            append_fitting(comment, heading, strlen(block->headline) + LINE_BYTES))
            comment->listed = FALSE;
        group = (int)block->group;
        append_item(comment, block);
    }
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
        g_autofree char *escaped = plain_escape_forge(range, -1);
        g_string_append_printf(out, " %s", escaped);
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
    g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func(block_free);
    struct comment comment = { g_string_new(NULL), &markdown, blocks, .listed = TRUE };

    append_marker(comment.out, policy);
    if (review_is_empty(review)) {
        g_string_append(comment.out, "No item of the backlog changes.\n");
        return g_string_free(comment.out, FALSE);
    }
    diff_markdown_sum(comment.out, &markdown);
    append_items(&comment);
    append_rest(&comment, range);
    return g_string_free(comment.out, FALSE);
}
