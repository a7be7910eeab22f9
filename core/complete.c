#include "complete_private.h"

#include "backlog_private.h"
#include "people.h"

#include <string.h>

/* Of up to this many items the titles are read. */
#define FEW 200

/* -- the list -- */

static void candidate_free(gpointer data)
{
    struct candidate *candidate = data;
    g_free(candidate->text);
    g_free(candidate->help);
    g_free(candidate);
}

struct completion *completion_new(const char *folder, const char *word)
{
    struct completion *completion = g_new0(struct completion, 1);

    completion->folder = g_strdup(folder);
    completion->word = g_strdup(word);
    completion->candidates = g_ptr_array_new_with_free_func(candidate_free);
    completion->seen = g_hash_table_new(g_str_hash, g_str_equal);
    return completion;
}

void completion_free(struct completion *completion)
{
    if (!completion)
        return;
    g_hash_table_unref(completion->seen);
    g_ptr_array_unref(completion->candidates);
    backlog_free(completion->backlog);
    policy_free(completion->policy);
    g_free(completion->folder);
    g_free(completion->word);
    g_free(completion);
}

const char *completion_rest(const struct completion *completion)
{
    return completion->word + completion->settled;
}

void completion_settle(struct completion *completion, const char *characters)
{
    for (gsize end = strlen(completion->word); end > completion->settled; end--)
        if (strchr(characters, completion->word[end - 1])) {
            completion->settled = end;
            return;
        }
}

static void add(struct completion *completion, const char *text, const char *help, gboolean open)
{
    if (g_hash_table_contains(completion->seen, text))
        return;
    struct candidate *candidate = g_new(struct candidate, 1);
    *candidate = (struct candidate){ g_strdup(text), g_strdup(help), open };
    g_ptr_array_add(completion->candidates, candidate);
    g_hash_table_add(completion->seen, candidate->text);
}

void completion_add(struct completion *completion, const char *text, const char *help, gboolean open)
{
    if (g_str_has_prefix(text, completion_rest(completion)))
        add(completion, text, help, open);
}

void completion_drop(struct completion *completion, const char *text)
{
    g_hash_table_remove(completion->seen, text);
    for (guint i = completion->candidates->len; i > 0; i--)
        if (strcmp(((const struct candidate *)completion->candidates->pdata[i - 1])->text, text) == 0)
            g_ptr_array_remove_index(completion->candidates, i - 1);
}

/* -- the backlog -- */

const struct policy *completion_policy(struct completion *completion)
{
    if (!completion->sought)
        completion->policy = policy_find(completion->folder, NULL, NULL);
    completion->sought = TRUE;
    return completion->policy;
}

struct backlog *completion_backlog(struct completion *completion)
{
    const struct policy *policy = completion_policy(completion);
    if (policy && !completion->backlog)
        completion->backlog = backlog_open(policy, NULL, NULL);
    return completion->backlog;
}

/* -- ids -- */

static char *read_title(const struct backlog *backlog, const struct entry *entry)
{
    g_autoptr(GBytes) bytes = backlog_read_front(backlog, entry, NULL);
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;
    const struct node *title = document ? node_find(document->front->root, "title") : NULL;
    return title && title->kind == NODE_SCALAR ? g_strdup(title->text) : NULL;
}

/* "filter search results" of "backlog/k7q2m-filter-search-results.md". */
static char *words_of_name(const struct entry *entry)
{
    const char *slash = strrchr(entry->path, '/'), *dash = strchr(slash ? slash : entry->path, '-');
    gsize length = dash ? strlen(dash + 1) : 0;

    if (length <= strlen(".md"))
        return NULL;
    char *words = g_strndup(dash + 1, length - strlen(".md"));
    return g_strdelimit(words, "-", ' ');
}

/* Adds the entries, archived or not, whose id begins with the rest of the word. */
static void add_matching(struct completion *completion, struct backlog *backlog, gboolean archived,
                         GPtrArray *entries)
{
    const char *rest = completion_rest(completion);
    g_autofree char *archive = g_strconcat(backlog->policy->folder, "/archive/", NULL);
    gsize length = strlen(rest);

    for (guint i = 0; i < backlog->entries->len; i++) {
        struct entry *entry = &g_array_index(backlog->entries, struct entry, i);
        const char *id = backlog_id(backlog, entry);
        if (id && g_ascii_strncasecmp(id, rest, length) == 0 &&
            (g_str_has_prefix(entry->path, archive) != FALSE) == archived)
            g_ptr_array_add(entries, entry);
    }
}

static void add_aliases(struct completion *completion, struct backlog *backlog)
{
    backlog_load(backlog);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        const char *const *aliases = item_texts(item, FIELD_ALIASES);
        for (gsize j = 0; aliases[j]; j++)
            completion_add(completion, aliases[j], item->title, FALSE);
    }
}

void complete_ids(struct completion *completion)
{
    struct backlog *backlog = completion_backlog(completion);
    if (!backlog)
        return;
    g_autoptr(GPtrArray) entries = g_ptr_array_new();
    add_matching(completion, backlog, FALSE, entries);
    if (*completion_rest(completion))
        add_matching(completion, backlog, TRUE, entries);
    for (guint i = 0; i < entries->len; i++) {
        const struct entry *entry = entries->pdata[i];
        g_autofree char *title = entries->len <= FEW ? read_title(backlog, entry) : words_of_name(entry);
        add(completion, backlog_id(backlog, entry), title, FALSE);
    }
    /* Aliases cost a look into every file. */
    if (completion->candidates->len == 0 && *completion_rest(completion))
        add_aliases(completion, backlog);
}

void complete_ids_of(struct completion *completion, unsigned statuses)
{
    struct backlog *backlog = completion_backlog(completion);
    const char *rest = completion_rest(completion);

    if (!backlog)
        return;
    backlog_load(backlog);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        gboolean epic = g_strcmp0(item_text(item, FIELD_TYPE), "epic") == 0;
        if (item->id && !epic && (statuses & (1u << item->status)) &&
            g_ascii_strncasecmp(item->id, rest, strlen(rest)) == 0)
            add(completion, item->id, item->title, FALSE);
    }
    if (completion->candidates->len == 0)
        complete_ids(completion);
}

/* -- people -- */

void complete_people(struct completion *completion)
{
    const struct policy *policy = completion_policy(completion);
    const struct node *team = policy ? policy_get(policy, "team") : NULL;
    g_autofree const char **all = policy ? people_all(policy) : NULL;

    for (const struct node *person = team ? team->first : NULL; person; person = person->next) {
        const struct node *handle = node_find(person, "handle"), *name = node_find(person, "name");
        if (handle && handle->kind == NODE_SCALAR)
            completion_add(completion, handle->text, name && name->kind == NODE_SCALAR ? name->text : NULL,
                           FALSE);
    }
    for (gsize i = 0; *completion_rest(completion) && all && all[i]; i++)
        completion_add(completion, all[i], NULL, FALSE);
}

void complete_addressees(struct completion *completion)
{
    const struct policy *policy = completion_policy(completion);
    g_autofree const char **roles = policy ? people_roles(policy) : NULL;

    complete_people(completion);
    for (gsize i = 0; roles && roles[i]; i++)
        completion_add(completion, roles[i], "a role", FALSE);
}
