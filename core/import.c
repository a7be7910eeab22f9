#include "import.h"

#include "file.h"
#include "import_circles.h"
#include "rank.h"

#include <string.h>

/* Stands for any id while it is not known how long it will be: longer than an id of the largest backlog. */
static const char longest_id[] = "bbbbbbbbbbbb";

/* One run of import_draft. */
struct run {
    struct import *import;
    struct backlog *backlog;
    const struct import_progress *progress;
    struct random *random;
    GHashTable *taken;   /* ids minted */
    GHashTable *aliases; /* ids of the tracker, case-folded -> the item that is called so */
};

static void tell(const struct run *run, const char *what, guint done)
{
    if (run->progress && run->progress->step)
        run->progress->step(what, done, run->import->items->len, run->progress->data);
}

/* -- what is there already -- */

/* The ids of items by the x-source that they have; "" for those without id. */
static GHashTable *present_sources(struct backlog *backlog)
{
    GHashTable *sources = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        const struct value *source = item_value(item, "x-source");
        if (source && source->kind == NODE_SCALAR && source->count)
            g_hash_table_insert(sources, (gpointer)source->texts[0], (gpointer)(item->id ? item->id : ""));
    }
    return sources;
}

static void find_present(struct run *run)
{
    g_autoptr(GHashTable) sources = present_sources(run->backlog);
    for (guint i = 0; i < run->import->items->len; i++) {
        struct import_item *item = run->import->items->pdata[i];
        const char *id = g_hash_table_lookup(sources, item->source);
        if (!id)
            continue;
        item->here = *id ? g_strdup(id) : NULL;
        item->present = TRUE;
        run->import->present++;
    }
}

/* Fails where a file of the backlog cannot be read: it might be an item that is to be made. */
static gboolean check_backlog(const struct run *run, GError **error)
{
    const GPtrArray *findings = run->backlog->findings;

    if (run->import->present == run->import->items->len)
        return TRUE;
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (finding->severity < SEVERITY_ERROR)
            continue;
        g_autofree char *path = policy_display(run->backlog->policy, finding->path);
        g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FILE,
                    "%s: %s; mend it first, since it may be one of the items to import", path,
                    finding->message);
        return FALSE;
    }
    return TRUE;
}

/* -- front matter -- */

static void append_line(GString *lines, const char *key, const char *value)
{
    g_autofree char *printed = scalar_print(value, SCALAR_STRING, STYLE_PLAIN, FALSE);
    g_string_append_printf(lines, "%s: %s\n", key, printed);
}

static void append_entry(GString *lines, const char *value)
{
    g_autofree char *printed = scalar_print(value, SCALAR_STRING, STYLE_PLAIN, FALSE);
    g_string_append_printf(lines, "  - %s\n", printed);
}

/* What the reference is called here; NULL where it names nothing of the import. An alias that the backlog has
 * may be that of another tracker's item. */
static const char *resolve(const struct run *run, const struct import_reference *reference)
{
    if (reference->target == IMPORT_NONE)
        return NULL;
    return ((struct import_item *)run->import->items->pdata[reference->target])->here;
}

/* With run NULL, before ids are known: as long as it can get. */
static void append_depends(GString *lines, const struct run *run, struct import_item *item)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < item->depends->len; i++) {
        const struct import_reference *reference = &g_array_index(item->depends, struct import_reference, i);
        const char *id = run ? resolve(run, reference) : NULL;
        const char *text = id ? id : reference->id;
        if (run && !id)
            import_item_remark(item, SEVERITY_WARNING, reference->at,
                               "%s: %s names nothing that is imported; kept as it is", reference->key,
                               reference->id);
        if (!g_hash_table_add(seen, (gpointer)text))
            continue;
        if (g_hash_table_size(seen) == 1)
            g_string_append(lines, "depends:\n");
        append_entry(lines, run || strlen(text) > strlen(longest_id) ? text : longest_id);
    }
}

static void append_parent(GString *lines, const struct run *run, struct import_item *item)
{
    const struct import_reference *parent = &item->parent;
    const char *id = run ? resolve(run, parent) : longest_id;

    if (id)
        append_line(lines, "parent", id);
    if (!run && !g_hash_table_contains(item->keys, item->parent_key)) /* or there: nobody knows yet */
        append_line(lines, item->parent_key, parent->id);
    if (id)
        return;
    import_item_remark(item, SEVERITY_WARNING, parent->at,
                       "%s: %s names nothing that is imported; kept under %s", parent->key, parent->id,
                       item->parent_key);
    import_item_keep(item, item->parent_key, parent->id, SCALAR_STRING);
}

/* The lines behind those that draft_new writes. */
static char *print_lines(const struct run *run, struct import_item *item)
{
    GString *lines = g_string_new(NULL);

    if (item->estimate) {
        g_autofree char *printed = scalar_print(item->estimate, SCALAR_TYPED, STYLE_PLAIN, FALSE);
        g_string_append_printf(lines, "estimate: %s\n", printed);
    }
    if (item->parent.id)
        append_parent(lines, run, item);
    if (item->owner)
        append_line(lines, "owner", item->owner);
    if (item->goal)
        append_line(lines, "goal", item->goal);
    if (item->sprint)
        append_line(lines, "sprint", item->sprint);
    for (guint i = 0; i < item->labels->len; i++) {
        if (i == 0)
            g_string_append(lines, "labels:\n");
        append_entry(lines, item->labels->pdata[i]);
    }
    append_depends(lines, run, item);
    if (item->id) {
        g_string_append(lines, "aliases:\n");
        append_entry(lines, item->id);
    }
    append_line(lines, "x-source", item->source);
    g_string_append_len(lines, item->extra->str, (gssize)item->extra->len);
    return g_string_free(lines, FALSE);
}

/* -- what cannot be -- */

/* Whether the item as it will be can be read again. */
static gboolean check_readable(struct run *run, struct import_item *item)
{
    g_autofree char *lines = print_lines(NULL, item);
    g_autofree char *title = scalar_print(item->title, SCALAR_STRING, STYLE_PLAIN, FALSE);
    g_autofree char *head = g_strdup_printf("---\ntitle: %s\nid: %s\nrank: %s\ntype: %s\nstatus: %s\n", title,
                                            longest_id, longest_id, item->type, status_names()[item->status]);
    g_autofree char *text = g_strconcat(head, "created: 2026-11-21\n", lines, "---\n", item->body, NULL);
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Document) document = document_new(bytes, findings);
    guint first = run->import->findings->len;

    document_body(document, findings);
    if (findings_gravest(findings) < SEVERITY_ERROR && strlen(text) <= FILE_LIMIT)
        return TRUE;
    const struct finding *why = findings->len ? findings->pdata[0] : NULL;
    finding_add_at(run->import->findings, "import", SEVERITY_ERROR, item->at, NULL,
                   "its item could not be read: %s", why ? why->message : "larger than 1 MiB");
    import_refuse(run->import, first, item->path);
    return FALSE;
}

/* -- names -- */

/* Leaves each id of the tracker to the item that has it first, here or in the import. */
static void settle_alias(struct run *run, struct import_item *item)
{
    g_autofree char *folded = item->id ? g_utf8_casefold(item->id, -1) : NULL;
    const struct import_item *first = folded ? g_hash_table_lookup(run->aliases, folded) : NULL;
    const struct item *here = folded ? backlog_named(run->backlog, item->id) : NULL;

    if (!folded || (!item->draft && !item->present))
        return;
    if (!first)
        g_hash_table_insert(run->aliases, g_steal_pointer(&folded), item);
    if (item->present || (!first && !here))
        return;
    g_autofree char *other =
        first ? g_strdup_printf("%s:%u:%u", first->path, first->id_at.line, first->id_at.column)
              : policy_display(run->backlog->policy, here->path);
    import_item_remark(item, SEVERITY_WARNING, item->id_at,
                       "%s is the id of %s too, which keeps it; this item has no alias", item->id, other);
    g_clear_pointer(&item->id, g_free);
}

/* -- drafts -- */

static gint by_place(gconstpointer a, gconstpointer b)
{
    const struct import_item *left = *(struct import_item *const *)a;
    const struct import_item *right = *(struct import_item *const *)b;
    return left->place < right->place ? -1 : left->place > right->place;
}

/* The items to make, in their order in the backlog. */
static GPtrArray *items_to_make(struct run *run)
{
    GPtrArray *made = g_ptr_array_new();
    for (guint i = 0; i < run->import->items->len; i++) {
        struct import_item *item = run->import->items->pdata[i];
        tell(run, "checking", i);
        if (!item->present && check_readable(run, item))
            g_ptr_array_add(made, item);
    }
    g_ptr_array_sort(made, by_place);
    return made;
}

static const char *last_rank(const struct backlog *backlog)
{
    for (guint i = backlog->items->len; i-- > 0;) {
        const struct item *item = backlog->items->pdata[i];
        if (item->rank)
            return item->rank;
    }
    return NULL;
}

/* Gives the items their ids and ranks, behind what the backlog has. */
static gboolean mint(struct run *run, GError **error)
{
    g_autoptr(GPtrArray) made = items_to_make(run);
    g_autoptr(GPtrArray) ranks = rank_spread(run->random, last_rank(run->backlog), NULL, made->len);

    for (guint i = 0; i < made->len; i++) {
        struct import_item *item = made->pdata[i];
        const struct draft_texts texts = {
            .title = item->title,
            .type = item->type,
            .status = status_names()[item->status],
            .created = item->created,
            .rank = ranks->pdata[i],
            .body = item->body,
        };
        item->draft = draft_new(run->backlog, run->random, run->taken, &texts, error);
        if (!item->draft)
            return FALSE;
        item->here = g_strdup(item->draft->id);
        g_clear_pointer(&item->body, g_free);
        g_ptr_array_add(run->import->drafts, item->draft);
    }
    return TRUE;
}

/* Adds the lines at the end of the draft's front matter. */
static gboolean add_lines(struct draft *draft, const char *lines, GError **error)
{
    const struct document *document = edit_document(draft->edit);
    gsize at = document->front->span.end;
    GString *text = g_string_sized_new(document->length + strlen(lines));

    g_string_append_len(text, document->text, (gssize)at);
    g_string_append(text, lines);
    g_string_append_len(text, document->text + at, (gssize)(document->length - at));
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(text);
    edit_free(draft->edit);
    draft->edit = edit_new(bytes);
    if (edit_document(draft->edit)->front->root)
        return TRUE;
    g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FILE, "%s: the imported item could not be read again",
                draft->path);
    return FALSE;
}

gboolean import_draft(struct import *import, struct backlog *backlog, const struct import_progress *progress,
                      GError **error)
{
    g_autoptr(Random) random = random_new();
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) aliases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct run run = { import, backlog, progress, random, taken, aliases };

    backlog_load(backlog);
    find_present(&run);
    if (!check_backlog(&run, error) || !mint(&run, error))
        return FALSE;
    import_circles_remark(import);
    for (guint i = 0; i < import->items->len; i++) {
        struct import_item *item = import->items->pdata[i];
        tell(&run, "drafting", i);
        settle_alias(&run, item);
        if (!item->draft)
            continue;
        g_autofree char *lines = print_lines(&run, item);
        if (!add_lines(item->draft, lines, error))
            return FALSE;
        g_ptr_array_extend_and_steal(import->findings, g_steal_pointer(&item->remarks));
    }
    tell(&run, NULL, import->items->len);
    findings_sort(import->findings);
    return TRUE;
}
