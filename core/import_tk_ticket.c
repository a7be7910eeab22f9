#include "import_tk_ticket.h"

#include "import_body.h"
#include "import_criteria.h"
#include "import_front.h"
#include "import_splice.h"
#include "import_text.h"

#include <string.h>

static const char *const names_criteria[] = { "Acceptance Criteria", "Acceptance", NULL };
static const char *const names_design[] = { "Design", NULL };
static const char *const names_later[] = { "Design", "Notes", NULL };

/* What the takers share beside the front matter. */
struct reading {
    const struct policy *policy;
    struct tk_ticket *ticket;
};

/* -- front matter -- */

static gboolean take_id(const struct import_front *front, const struct node *node, const char *key)
{
    if (!import_front_is_text(front, node))
        return TRUE;
    g_autofree char *id = import_text_line(node->text);
    front->item->id = *id ? g_steal_pointer(&id) : NULL;
    front->item->id_at = import_front_place(front, node);
    return import_front_fits(front, node, "id");
}

static gboolean take_status(const struct import_front *front, const struct node *node, const char *key)
{
    static const struct {
        const char *word;
        enum status status;
        gboolean exact;
    } words[] = {
        { "open", STATUS_NEW, TRUE },
        { "in_progress", STATUS_DOING, TRUE },
        { "closed", STATUS_DONE, TRUE },
        { "needs_testing", STATUS_DOING, FALSE },
    };
    gboolean exact = FALSE;

    if (!import_front_is_text(front, node))
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_ascii_strcasecmp(node->text, words[i].word) == 0) {
            front->item->status = words[i].status;
            exact = words[i].exact;
        }
    if (!exact)
        import_front_keep(front, "status", node);
    return TRUE;
}

static gboolean take_type(const struct import_front *front, const struct node *node, const char *key)
{
    const struct reading *reading = front->data;
    return import_front_take_type(front, node, reading->policy);
}

static gboolean take_priority(const struct import_front *front, const struct node *node, const char *key)
{
    const struct reading *reading = front->data;

    if (!import_front_is_text(front, node))
        return TRUE;
    if (node->length == 1 && *node->text >= '0' && *node->text <= '4')
        reading->ticket->priority = (guint)(*node->text - '0');
    else
        import_item_remark(front->item, SEVERITY_WARNING, import_front_place(front, node),
                           "priority: expected 0 to 4, saw %s; the ticket is placed as one of %d", node->text,
                           TK_PRIORITY);
    import_front_keep(front, "priority", node);
    return TRUE;
}

static gboolean take_created(const struct import_front *front, const struct node *node, const char *key)
{
    const struct reading *reading = front->data;

    if (node->kind == NODE_SCALAR && node->length > 0)
        reading->ticket->created = g_strdup(node->text);
    return import_front_take_created(front, node, key);
}

static gboolean read_front(const struct import_front *front)
{
    static const struct import_front_taker takers[] = {
        { "id", take_id },
        { "status", take_status },
        { "deps", import_front_take_depends },
        { "created", take_created },
        { "type", take_type },
        { "priority", take_priority },
        { "assignee", import_front_take_owner },
        { "parent", import_front_take_parent },
        { "tags", import_front_take_labels },
        { NULL, NULL },
    };
    return import_front_read(front, takers);
}

/* -- body -- */

/* The first heading of the first level; NULL where there is none. */
static const struct markdown_heading *title_heading(const struct markdown *outline)
{
    for (guint i = 0; i < outline->headings->len; i++) {
        const struct markdown_heading *heading =
            &g_array_index(outline->headings, struct markdown_heading, i);
        if (heading->level == 1)
            return heading->exact ? heading : NULL;
    }
    return NULL;
}

/* What a heading says: as it is written behind "#", since a title is no Markdown. */
static char *title_of(const struct import_splices *splices, const struct markdown_heading *heading)
{
    g_autofree char *line = g_strndup(splices->text + heading->span.start, span_length(heading->span));
    const char *text = line + strspn(line, " ");

    return import_text_line(*text == '#' ? text + 1 : heading->title);
}

/* Takes the title, which goes out of the text with the blank lines behind it. FALSE where it is too long. */
static gboolean take_title(const struct import_front *front, struct import_splices *splices)
{
    const struct markdown_heading *heading = title_heading(splices->outline);
    gsize length = splices->length;

    if (!heading)
        return TRUE;
    g_autofree char *title = title_of(splices, heading);
    if (strlen(title) > IMPORT_LONGEST) {
        finding_add_parse(front->findings, splices->text, length, heading->span.start, NULL,
                          "title: expected at most %d bytes, saw %" G_GSIZE_FORMAT, IMPORT_LONGEST,
                          strlen(title));
        return FALSE;
    }
    gsize end = lines_next(splices->text, length, heading->span.end);
    while (end < length && lines_is_blank(splices->text, length, end))
        end = lines_next(splices->text, length, end);
    import_splices_add(splices, heading->span.start, end, "");
    front->item->title = *title ? g_steal_pointer(&title) : NULL;
    return TRUE;
}

static void convert_criteria(struct import_splices *splices)
{
    const struct markdown_section *section =
        markdown_section_find(splices->outline, policy_section(splices->policy, SECTION_CRITERIA));

    if (!section)
        section = import_splices_section(splices, names_criteria);
    if (!section || !section->exact)
        return;
    g_autofree char *text = g_strndup(splices->text + section->content.start, span_length(section->content));
    g_autofree char *list = import_criteria_list(text);
    import_splices_add(splices, section->content.start, section->content.end, list);
}

/* The text, with a heading where it begins without one. */
static char *headed(const struct policy *policy, const char *text)
{
    const char *heading = import_heading(policy, SECTION_WHY);
    const char *rest = text + strspn(text, "\n");

    if (!heading || !*rest || *rest == '#')
        return g_strconcat(*rest ? "\n" : "", rest, NULL);
    return g_strdup_printf("\n## %s\n\n%s", heading, rest);
}

static gboolean read_body(const struct import_front *front, const struct policy *policy,
                          struct document *document)
{
    struct import_splices splices;

    import_splices_init(&splices, policy, document);
    gboolean good = take_title(front, &splices);
    if (good) {
        import_splices_rename(&splices, names_criteria, SECTION_CRITERIA);
        import_splices_rename(&splices, names_design, SECTION_APPROACH);
        convert_criteria(&splices);
        g_autofree char *text = import_splices_apply(&splices), *whole = headed(policy, text);
        front->item->body = import_body_complete(policy, whole, names_later);
    }
    import_splices_clear(&splices);
    return good;
}

/* -- */

/* Fills in what the file does not say. */
static void complete(struct import_item *item, const char *name)
{
    g_autofree char *stem = g_strndup(name, strlen(name) - strlen(".md"));

    if (!item->title) {
        item->title = import_text_line(stem);
        import_item_remark(item, SEVERITY_WARNING, (struct position){ 0 },
                           "there is no title, a heading as \"# Title\"; the name of the file stands for it");
    }
    if (!item->id) {
        item->id = g_strdup(stem);
        import_item_remark(item, SEVERITY_NOTE, (struct position){ 0 },
                           "there is no id; the name of the file stands for it");
    }
}

gboolean import_tk_ticket_read(const struct policy *policy, const char *path, const char *name, GBytes *bytes,
                               struct tk_ticket *ticket, GPtrArray *findings)
{
    g_autoptr(ImportItem) item = import_item_new(path, name);
    g_autoptr(Document) document = import_document_open(bytes, item, findings);
    struct reading reading = { policy, ticket };
    const struct import_front front = { document, item, findings, &reading };

    *ticket = (struct tk_ticket){ item, TK_PRIORITY, NULL };
    item->type = g_strdup(import_type(policy, NULL, "task"));
    item->parent_key = "x-parent";
    if (!document || !read_front(&front) || !read_body(&front, policy, document)) {
        g_clear_pointer(&ticket->created, g_free);
        return FALSE;
    }
    complete(item, name);
    ticket->item = g_steal_pointer(&item);
    return TRUE;
}
