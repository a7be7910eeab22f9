#include "overview_private.h"

#include "adopt.h"
#include "file.h"
#include "repo.h"

#include <glib/gstdio.h>
#include <string.h>

/* -- vision and goals -- */

static char *first_line(const struct document *document)
{
    gsize at = document->front->body;

    while (at < document->length && lines_is_blank(document->text, document->length, at))
        at = lines_next(document->text, document->length, at);
    gsize end = at < document->length ? lines_end(document->text, document->length, at) : at;
    g_autofree char *line = g_strstrip(g_strndup(document->text + at, end - at));
    return *line ? g_steal_pointer(&line) : NULL;
}

static char *read_vision(const struct policy *policy)
{
    const char *path = policy_text(policy, "vision");
    int root = path ? file_open_root(policy->root, NULL) : -1;
    g_autoptr(GBytes) bytes = NULL;

    if (root < 0)
        return NULL;
    bytes = file_read(root, path, NULL);
    g_close(root, NULL);
    if (!bytes)
        return NULL;
    g_autoptr(Document) document = document_new_body(bytes);
    const struct markdown *body = document_body(document, NULL);
    if (body->headings->len > 0)
        return g_strdup(g_array_index(body->headings, struct markdown_heading, 0).title);
    return first_line(document);
}

static const char *text_of(const struct node *map, const char *key)
{
    const struct node *node = map->kind == NODE_MAP ? node_find(map, key) : NULL;
    return node && node->kind == NODE_SCALAR && *node->text ? node->text : NULL;
}

static void find_goals(struct overview *overview, const struct backlog *backlog)
{
    const struct node *goals = policy_get(backlog->policy, "goals");

    for (const struct node *node = goals ? goals->first : NULL; node; node = node->next) {
        struct overview_goal goal = { text_of(node, "id"), text_of(node, "says"), 0 };
        for (guint i = 0; goal.id && i < backlog->items->len; i++) {
            const struct item *item = backlog->items->pdata[i];
            goal.open += item->position && g_strcmp0(item_text(item, FIELD_GOAL), goal.id) == 0;
        }
        if (goal.id)
            g_array_append_val(overview->goals, goal);
    }
}

/* -- counts -- */

static void count_items(struct overview *overview, const struct backlog *backlog)
{
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (item->readable)
            horizon_add(&overview->counts[item->status], backlog, item);
    }
}

/* Reads the bodies of open items, all at once. */
static void load_bodies(struct backlog *backlog)
{
    g_autoptr(GPtrArray) open = g_ptr_array_new();
    for (guint i = 0; i < backlog->items->len; i++) {
        struct item *item = backlog->items->pdata[i];
        if (item->position)
            g_ptr_array_add(open, item);
    }
    backlog_facts_load(backlog, open);
}

struct overview *overview_new(struct backlog *backlog)
{
    const struct policy *policy = backlog->policy;
    g_autoptr(Repo) repo = repo_open(policy->root, NULL);
    struct overview *overview = g_new0(struct overview, 1);

    overview->goals = g_array_new(FALSE, FALSE, sizeof(struct overview_goal));
    overview->questions = g_array_new(FALSE, FALSE, sizeof(struct overview_question));
    overview->votes = g_array_new(FALSE, FALSE, sizeof(struct overview_vote));
    overview->steps = g_array_new(FALSE, FALSE, sizeof(struct overview_step));
    overview->vision = read_vision(policy);
    backlog_load(backlog);
    load_bodies(backlog);
    find_goals(overview, backlog);
    count_items(overview, backlog);
    overview_find_self(overview, policy);
    overview_find_questions(overview, backlog);
    overview_find_votes(overview, backlog);
    overview_find_steps(overview, backlog, repo ? adopt_count(backlog, repo) : 0);
    return overview;
}

void overview_free(struct overview *overview)
{
    if (!overview)
        return;
    g_free(overview->vision);
    g_free(overview->self);
    g_clear_pointer(&overview->horizon, horizon_free);
    g_array_unref(overview->goals);
    g_array_unref(overview->questions);
    g_array_unref(overview->votes);
    g_array_unref(overview->steps);
    g_free(overview);
}
