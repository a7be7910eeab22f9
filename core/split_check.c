#include "split_private.h"

#include "depends.h"

#include <string.h>

static gboolean refuse(GError **error, enum split_error code, const char *format, ...) G_GNUC_PRINTF(3, 4);

static gboolean refuse(GError **error, enum split_error code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, SPLIT_ERROR, code, message);
    return FALSE;
}

/* -- the parent -- */

/* Items whose parent it is. */
static GPtrArray *find_children(const struct backlog *backlog, const struct item *parent)
{
    GPtrArray *children = g_ptr_array_new();

    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        const char *named = item_text(item, FIELD_PARENT);
        if (named && backlog_named(backlog, named) == parent)
            g_ptr_array_add(children, (gpointer)item);
    }
    return children;
}

static gboolean refuse_again(const struct backlog *backlog, const struct item *item, GError **error)
{
    g_autoptr(GPtrArray) children = find_children(backlog, item);
    g_autoptr(GString) into = g_string_new(NULL);

    for (guint i = 0; i < children->len; i++)
        g_string_append_printf(into, "%s%s", i ? ", " : ", into ", item_name(children->pdata[i]));
    return refuse(
        error, SPLIT_ERROR_PARENT,
        "%s is split already%s; split one of its children, or add one: refine add TITLE --parent %s",
        item_name(item), into->str, item_name(item));
}

static gboolean check_status(const struct backlog *backlog, const struct item *item, GError **error)
{
    const char *name = item_name(item), *original = item_text(item, FIELD_DUPLICATE_OF);

    if (item->status == STATUS_SPLIT)
        return refuse_again(backlog, item, error);
    if (item->status == STATUS_DROPPED && original)
        return refuse(error, SPLIT_ERROR_PARENT, "%s is a duplicate of %s; split that one: refine split %s",
                      name, original, original);
    if (item->status == STATUS_DROPPED)
        return refuse(error, SPLIT_ERROR_PARENT,
                      "%s is dropped; refine set %s status=refining takes it up again, then split it", name,
                      name);
    if (!status_is_open(item->status))
        return refuse(error, SPLIT_ERROR_PARENT,
                      "%s is %s; what is left to do is a new item: refine add TITLE", name,
                      status_names()[item->status]);
    return TRUE;
}

/* Refuses a circle: whoever depends on the item would depend on a child that it has already, and that child
 * waits for them. path begins with the item. */
static gboolean refuse_circle(const struct backlog *backlog, const struct item *item, const GArray *path,
                              GError **error)
{
    g_autoptr(GString) circle = g_string_new(NULL);
    const struct item *child = backlog->items->pdata[g_array_index(path, guint, 1)];

    for (guint i = 1; i < path->len; i++)
        g_string_append_printf(circle, "%s -> ",
                               item_name(backlog->items->pdata[g_array_index(path, guint, i)]));
    return refuse(error, SPLIT_ERROR_PARENT,
                  "%s depends on %s and is a part of it: once that is split, it would wait for itself "
                  "(%s%s); refine set takes the dependency away",
                  item_name(child), item_name(item), circle->str, item_name(child));
}

static gboolean check_circles(const struct backlog *backlog, const struct item *item, GError **error)
{
    g_autoptr(GPtrArray) children = find_children(backlog, item);
    g_autoptr(Graph) graph = children->len ? depends_graph(backlog, FALSE) : NULL;
    guint own = backlog_index(backlog, item);

    for (guint i = 0; i < children->len; i++) {
        g_autoptr(GPtrArray) meant = depends_resolve(backlog, item_name(children->pdata[i]));
        for (guint j = 0; j < meant->len; j++) {
            g_autoptr(GArray) path = graph_closes(graph, own, backlog_index(backlog, meant->pdata[j]));
            if (path && path->len > 1)
                return refuse_circle(backlog, item, path, error);
        }
    }
    return TRUE;
}

gboolean split_may(struct backlog *backlog, const struct entry *entry, GError **error)
{
    backlog_load(backlog);
    const struct item *item = backlog_at(backlog, entry->path);
    g_autofree char *path = policy_display(backlog->policy, entry->path);

    if (!item)
        return refuse(error, SPLIT_ERROR_PARENT, "%s is no item: it has no front matter", path);
    if (!item->id)
        return refuse(error, SPLIT_ERROR_PARENT, "%s has no id yet; refine commit %s gives it one", path,
                      path);
    return check_status(backlog, item, error) && check_circles(backlog, item, error);
}

/* -- what is given -- */

static const char *const singular[] = { "criterion", "question" };
static const char *const plural[] = { "criteria", "questions" };

static gboolean check_number(const struct split_parts *parts, enum split_kind kind, guint number,
                             GError **error)
{
    if (kind == SPLIT_CRITERIA && !draft_criterion(parts->of[kind], number, error))
        return FALSE;
    if (number < 1 || number > parts->of[kind]->len)
        return parts->of[kind]->len == 0
                   ? refuse(error, SPLIT_ERROR_PART, "there is no question %u: the item has none", number)
                   : refuse(error, SPLIT_ERROR_PART, "there is no question %u: they go from 1 to %u", number,
                            parts->of[kind]->len);
    if (split_is_loose(parts, kind, number))
        return TRUE;
    if (kind == SPLIT_QUESTIONS)
        return refuse(error, SPLIT_ERROR_PART, "question %u is answered, and stays where it is", number);
    return refuse(error, SPLIT_ERROR_PART,
                  "criterion %u is a scenario inside another criterion, and goes where that goes", number);
}

/* "2 and 4", "1, 2 and 4". */
static char *list_numbers(const GArray *numbers)
{
    GString *list = g_string_new(NULL);

    for (guint i = 0; i < numbers->len; i++)
        g_string_append_printf(list, "%s%u",
                               i == 0                  ? ""
                               : i + 1 == numbers->len ? " and "
                                                       : ", ",
                               g_array_index(numbers, guint, i));
    return g_string_free(list, FALSE);
}

static gboolean check_left(const struct split *split, const struct split_parts *parts, const char *name,
                           GError **error)
{
    g_autoptr(GArray) left = split_left(split, parts, SPLIT_CRITERIA);
    g_autofree char *numbers = list_numbers(left);

    return left->len == 0 || split->keep ||
           refuse(error, SPLIT_ERROR_LEFT,
                  "%s %s would be left behind: --criteria N:CHILD gives them to a child, --keep leaves them "
                  "in %s",
                  left->len == 1 ? singular[SPLIT_CRITERIA] : plural[SPLIT_CRITERIA], numbers, name);
}

gboolean split_check_parts(const struct split *split, const struct split_parts *parts, const char *name,
                           GError **error)
{
    if (split->children->len < 2)
        return refuse(error, SPLIT_ERROR_CHILD,
                      "expected two children or more, saw %s; another title is refine set %s title=TITLE",
                      split->children->len ? "one" : "none", name);
    for (guint i = 0; i < split->children->len; i++) {
        const struct split_child *child = split->children->pdata[i];
        for (enum split_kind kind = 0; kind < N_SPLIT_KINDS; kind++)
            for (guint j = 0; j < child->parts[kind]->len; j++)
                if (!check_number(parts, kind, g_array_index(child->parts[kind], guint, j), error))
                    return FALSE;
    }
    return check_left(split, parts, name, error);
}

/* -- git -- */

/* The version that the decision will be made of: of the last commit, or of the index where nothing is
 * committed. NULL: git is not asked, or has none, which whoever records will say. */
static GBytes *read_recorded(const struct backlog *backlog, const struct entry *entry,
                             const struct split *split)
{
    const char *mode = policy_text(backlog->policy, "decisions.commit");
    gboolean stage = split->stage || g_strcmp0(mode, "stage") == 0;
    g_autoptr(Backlog) recorded =
        g_strcmp0(mode, "off") == 0 ? NULL : backlog_open(backlog->policy, stage ? ":" : "HEAD", NULL);
    const struct entry *found = recorded ? backlog_entry(recorded, entry->path) : NULL;

    for (guint i = 0; recorded && entry->id && !found && i < recorded->entries->len; i++) {
        const struct entry *other = &g_array_index(recorded->entries, struct entry, i);
        found = g_strcmp0(other->id, entry->id) == 0 ? other : NULL;
    }
    return found ? backlog_read(recorded, found, NULL) : NULL;
}

/* number is that of the part, near which it is in most cases. */
static gboolean has_part(const GPtrArray *recorded, const struct criterion *part, guint number)
{
    for (guint i = 0; i < recorded->len; i++) {
        const struct criterion *other = recorded->pdata[(i + number - 1) % recorded->len];
        if (strcmp(other->text, part->text) == 0 && strcmp(other->details, part->details) == 0 &&
            other->scenario == part->scenario)
            return TRUE;
    }
    return FALSE;
}

/* Whether git has the fields that children take over as they are here. */
static gboolean check_fields(const struct backlog *backlog, const struct entry *entry, const char *name,
                             GBytes *bytes, GError **error)
{
    g_autoptr(GBytes) own = backlog_read(backlog, entry, error);
    g_autoptr(Document) before = document_new(bytes, NULL), after = own ? document_new(own, NULL) : NULL;

    if (!after)
        return FALSE;
    if (!before->front->root)
        return TRUE;
    g_autoptr(GPtrArray) changes = change_list_front(backlog->policy, before, after);
    for (guint i = 0; i < changes->len; i++) {
        const struct change *change = changes->pdata[i];
        if (change->name &&
            (strcmp(change->name, "type") == 0 || g_strv_contains(split_inherited(), change->name)))
            return refuse(error, SPLIT_ERROR_PART,
                          "%s: git does not have its %s, which the children take over, as here; refine "
                          "commit %s records your own edits of it first",
                          name, change->name, name);
    }
    return TRUE;
}

gboolean split_check_git(const struct backlog *backlog, const struct entry *entry, const struct split *split,
                         const struct split_parts *parts, GError **error)
{
    g_autoptr(GBytes) bytes = read_recorded(backlog, entry, split);
    g_autoptr(Document) document = bytes ? document_new_body(bytes) : NULL;
    const char *name = item_name(backlog_at(backlog, entry->path));
    struct split_parts recorded;
    gboolean good = TRUE;

    if (!document)
        return TRUE;
    if (!check_fields(backlog, entry, name, bytes, error))
        return FALSE;
    split_parts_init(&recorded, document, backlog->policy);
    for (enum split_kind kind = 0; kind < N_SPLIT_KINDS; kind++)
        for (guint number = 1; good && number <= parts->of[kind]->len; number++)
            if (split_is_given(split, kind, number) &&
                !has_part(recorded.of[kind], parts->of[kind]->pdata[number - 1], number))
                good = refuse(error, SPLIT_ERROR_PART,
                              "%s: git does not have %s %u as it is here; refine commit %s records your own "
                              "edits of it first",
                              name, singular[kind], number, name);
    split_parts_clear(&recorded);
    return good;
}
