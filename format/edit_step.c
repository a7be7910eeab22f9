#include "edit_step.h"

#include <string.h>

struct edit_step *edit_step_new(enum edit_step_kind kind, const char *key, const char *const *order)
{
    struct edit_step *step = g_new0(struct edit_step, 1);
    step->kind = kind;
    step->key = g_strdup(key);
    step->order = g_strdupv((char **)order);
    return step;
}

struct edit_step *edit_step_section(enum edit_step_kind kind, const struct edit_section *section,
                                    const char *text)
{
    struct edit_step *step = edit_step_new(kind, NULL, NULL);
    step->names = g_strdupv((char **)section->names);
    step->before = g_strdupv((char **)section->before);
    step->text = g_strdup(text);
    return step;
}

struct edit_step *edit_step_listed(struct edit *edit, enum edit_step_kind kind, guint item)
{
    struct edit_step *step = edit_step_new(kind, NULL, NULL);
    edit_listed_init(&step->entry, edit, item);
    return step;
}

void edit_step_free(struct edit_step *step)
{
    if (!step)
        return;
    g_free(step->key);
    g_free(step->name);
    g_free(step->text);
    g_strfreev(step->order);
    for (gsize i = 0; i < step->n; i++) {
        g_free((char *)step->pairs[i].key);
        g_free((char *)step->pairs[i].value);
    }
    g_free(step->pairs);
    g_strfreev(step->names);
    g_strfreev(step->before);
    edit_listed_clear(&step->entry);
    edit_listed_clear(&step->other);
    g_clear_pointer(&step->version, g_bytes_unref);
    g_free(step);
}

gboolean edit_step_keep(struct edit *edit, struct edit_step *step, gboolean done)
{
    if (done)
        g_ptr_array_add(edit->steps, step);
    else
        edit_step_free(step);
    return done;
}

/* -- entries of the front matter -- */

guint edit_count_entries(const struct edit *edit, const char *key, const struct edit_entry *entry)
{
    const struct node *list = node_find(edit->document->front->root, key);
    guint count = 0;

    if (!list || list->kind != entry->kind)
        return 0;
    for (const struct node *child = list->first; child; child = child->next)
        count += edit_is_entry(child, entry);
    return count;
}

/* -- entries of the body -- */

static const char *heading_of(const struct markdown *body, const struct markdown_item *item)
{
    return item->section < 0
               ? NULL
               : g_array_index(body->sections, struct markdown_section, (guint)item->section).title;
}

static gboolean is_listed(const struct edit_listed *listed, const struct markdown *body, guint index)
{
    const struct markdown_item *item = edit_item_at(body, index);
    const char *const names[] = { listed->section, NULL };

    if (!item->exact || item->depth != listed->depth || strcmp(item->plain, listed->text) != 0)
        return FALSE;
    if (item->section < 0 || !listed->section)
        return item->section < 0 && !listed->section;
    return markdown_is_named(&g_array_index(body->sections, struct markdown_section, (guint)item->section),
                             names);
}

void edit_listed_init(struct edit_listed *listed, struct edit *edit, guint item)
{
    const struct markdown *body = document_body(edit->document, NULL);

    *listed = (struct edit_listed){ NULL };
    if (item >= body->items->len)
        return;
    listed->section = g_strdup(heading_of(body, edit_item_at(body, item)));
    listed->text = g_strdup(edit_item_at(body, item)->plain);
    listed->depth = edit_item_at(body, item)->depth;
    for (guint i = 0; i < item; i++)
        listed->nth += is_listed(listed, body, i);
}

void edit_listed_clear(struct edit_listed *listed)
{
    g_clear_pointer(&listed->section, g_free);
    g_clear_pointer(&listed->text, g_free);
}

gint edit_listed_find(const struct edit_listed *listed, struct edit *edit)
{
    const struct markdown *body = document_body(edit->document, NULL);
    gint found = -1;
    guint nth = 0;

    for (guint i = 0; i < body->items->len && nth <= listed->nth; i++)
        if (is_listed(listed, body, i)) {
            found = (gint)i;
            nth++;
        }
    return found;
}

guint edit_count_listed(const struct edit_listed *listed, struct edit *edit)
{
    const struct markdown *body = document_body(edit->document, NULL);
    guint count = 0;

    for (guint i = 0; listed->text && i < body->items->len; i++)
        count += is_listed(listed, body, i);
    return count;
}

guint edit_count_nested(struct edit *edit, guint item, const char *text)
{
    const struct markdown *body = document_body(edit->document, NULL);
    guint count = 0;

    for (guint i = item + 1; i < body->items->len; i++) {
        const struct markdown_item *child = edit_item_at(body, i);
        count += child->parent == (int)item && child->exact && strcmp(child->plain, text) == 0;
    }
    return count;
}

guint edit_count_in_section(struct edit *edit, const struct edit_section *section, const char *text)
{
    const struct markdown *body = document_body(edit->document, NULL);
    const struct markdown_section *found = markdown_section_find(body, section->names);
    guint count = 0;

    for (guint i = 0; found && i < body->items->len; i++) {
        const struct markdown_item *item = edit_item_at(body, i);
        count += item->exact && item->depth == 0 && item->span.start >= found->content.start &&
                 item->span.start < found->content.end && strcmp(item->plain, text) == 0;
    }
    return count;
}

/* Whole lines with LF, from a line feed to a line feed. */
static char *print_lines(const char *text, gsize length)
{
    GString *lines = g_string_new("\n");
    g_string_append_len(lines, text, (gssize)length);
    g_string_append_c(lines, '\n');
    g_string_replace(lines, "\r\n", "\n", 0);
    return g_string_free(lines, FALSE);
}

guint edit_count_blocks(struct edit *edit, const struct edit_section *section, const char *text)
{
    const struct document *document = edit->document;
    const struct markdown_section *found =
        markdown_section_find(document_body(edit->document, NULL), section->names);
    if (!found)
        return 0;
    g_autofree char *content =
        print_lines(document->text + found->content.start, span_length(found->content));
    g_autofree char *block = print_lines(text, strlen(text));
    guint count = 0;

    for (const char *at = content; (at = strstr(at, block)); at++)
        count++;
    return count;
}
