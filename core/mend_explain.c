#include "mend_private.h"

#include "depends.h"
#include "repo.h"

#include <string.h>

/* One reference that a finding is about, and the numbers of what is asked of it. */
struct link {
    guint finding;
    char *from;      /* the id of the item that refers */
    char *to;        /* what it refers to */
    guint reference; /* who made it; G_MAXUINT: no commit has it */
    guint removal;   /* who removed what it names; G_MAXUINT: that is there */
};

struct explaining {
    struct backlog *backlog;
    const GPtrArray *findings;
    struct repo *repo;   /* NULL: none */
    GHashTable *by_path; /* path -> struct item */
    struct makers *makers;
    GPtrArray *links; /* struct link, in the order of the findings */
    guint said;       /* of them */
};

static void link_free(gpointer data)
{
    struct link *link = data;
    g_free(link->from);
    g_free(link->to);
    g_free(link);
}

/* Whether the last commit has the reference. */
static gboolean is_committed(const struct explaining *explaining, const struct item *item, const char *field,
                             const char *to)
{
    const char *root = explaining->backlog->policy->root;
    g_autofree char *path = explaining->repo ? repo_relative(explaining->repo, root, item->path, NULL) : NULL;
    g_autoptr(GBytes) bytes = path ? repo_read_at(explaining->repo, "HEAD", path, NULL) : NULL;

    return mend_refers(bytes, field, to);
}

static struct link *add_link(struct explaining *explaining, guint finding, const struct item *item,
                             const char *field, const char *to)
{
    struct link *link = g_new0(struct link, 1);

    link->finding = finding;
    link->from = g_strdup(item->id ? item->id : item->path);
    link->to = g_strdup(to);
    link->reference = item->file_id && is_committed(explaining, item, field, to)
                          ? makers_ask(explaining->makers, item->file_id, field, to)
                          : G_MAXUINT;
    link->removal = G_MAXUINT;
    g_ptr_array_add(explaining->links, link);
    return link;
}

/* Whether the reference leads to the item, through a split one or a duplicate too. */
static gboolean leads_to(const struct backlog *backlog, enum field_id field, const char *reference,
                         const struct item *item)
{
    if (backlog_named(backlog, reference) == item)
        return TRUE;
    g_autoptr(GPtrArray) resolved = field == FIELD_DEPENDS ? depends_resolve(backlog, reference) : NULL;
    return resolved && g_ptr_array_find(resolved, item, NULL);
}

static void ask_step(struct explaining *explaining, guint finding, enum field_id field,
                     const struct item *from, const struct item *to)
{
    const struct value *value = from ? item_field(from, field) : NULL;

    for (guint i = 0; value && to && i < value->count; i++)
        if (leads_to(explaining->backlog, field, value->texts[i], to)) {
            add_link(explaining, finding, from, value->key, value->texts[i]);
            return;
        }
}

static void ask(struct explaining *explaining, guint index)
{
    const struct finding *finding = explaining->findings->pdata[index];
    g_auto(GStrv) words = g_strsplit(finding->about ? finding->about : "", "\n", -1);
    const struct field *field = words[0] ? field_find(words[0]) : NULL;

    if (!field || !words[1])
        return;
    if (strcmp(finding->rule, "depends-dangling") == 0) {
        const struct item *item = g_hash_table_lookup(explaining->by_path, finding->path);
        struct link *link = item ? add_link(explaining, index, item, field->name, words[1]) : NULL;
        if (link)
            link->removal = makers_ask(explaining->makers, words[1], NULL, NULL);
    } else if (strcmp(finding->rule, "depends-cycle") == 0) {
        for (gsize i = 1; words[i + 1]; i++)
            ask_step(explaining, index, field->id, g_hash_table_lookup(explaining->by_path, words[i]),
                     g_hash_table_lookup(explaining->by_path, words[i + 1]));
    }
}

/* -- in words -- */

static void say_reference(const struct explaining *explaining, const struct link *link, GString *out)
{
    const struct maker *maker =
        link->reference == G_MAXUINT ? NULL : makers_get(explaining->makers, link->reference);

    g_string_append_printf(out, "%s%s -> %s: ", out->len ? "; " : "", link->from, link->to);
    if (maker)
        g_string_append(out, maker->words);
    else
        g_string_append(out, makers_is_cut(explaining->makers) ? "from before this shallow clone"
                                                               : "not committed");
}

static void say_removal(const struct explaining *explaining, const struct link *link, GString *out)
{
    const struct maker *maker = makers_get(explaining->makers, link->removal);

    if (maker)
        g_string_append_printf(out, "; %s removed: %s", link->to, maker->words);
    else if (!makers_is_cut(explaining->makers))
        g_string_append_printf(out, "; the history never had an item %s", link->to);
}

static char *explain(struct explaining *explaining, guint index)
{
    const struct finding *finding = explaining->findings->pdata[index];
    g_autoptr(GString) out = g_string_new(NULL);

    if (strcmp(finding->rule, "conflict-marker") == 0)
        return g_strdup(
            "edit the lines between <<<<<<< and >>>>>>> until they say what both sides meant, then "
            "git add the file; git checkout --ours or --theirs takes one side whole");
    for (; explaining->said < explaining->links->len; explaining->said++) {
        const struct link *link = explaining->links->pdata[explaining->said];
        if (link->finding != index)
            break;
        say_reference(explaining, link, out);
        if (link->removal != G_MAXUINT)
            say_removal(explaining, link, out);
    }
    return out->len ? g_strdup(out->str) : NULL;
}

GPtrArray *mend_explain(struct backlog *backlog, const GPtrArray *findings, GError **error)
{
    g_autoptr(Makers) makers = makers_new();
    g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func(link_free);
    g_autoptr(GHashTable) by_path = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(Repo) repo = findings->len ? repo_open(backlog->policy->root, NULL) : NULL;
    struct explaining explaining = { backlog, findings, repo, by_path, makers, links, 0 };
    GPtrArray *words = NULL;

    for (guint i = 0; i < backlog->items->len; i++) {
        struct item *item = backlog->items->pdata[i];
        g_hash_table_insert(by_path, (gpointer)item->path, item);
    }
    for (guint i = 0; i < findings->len; i++)
        ask(&explaining, i);
    if (!makers_answer(makers, backlog->policy, error))
        return NULL;
    words = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < findings->len; i++)
        g_ptr_array_add(words, explain(&explaining, i));
    return words;
}
