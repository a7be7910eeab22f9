#include "section.h"

#include "criteria.h"

#include <string.h>

#define SPACE " \t\r\n"

GPtrArray *section_names(const struct markdown *body)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < body->sections->len; i++) {
        const char *title = g_array_index(body->sections, struct markdown_section, i).title;
        guint number = GPOINTER_TO_UINT(g_hash_table_lookup(seen, title));
        g_hash_table_insert(seen, (gpointer)title, GUINT_TO_POINTER(number + 1));
        g_ptr_array_add(names, g_strdup_printf("%u %s", number, title));
    }
    return names;
}

/* What a reader meets of span, with one space between words; entries, which have changes of their own, are
 * left out. *next is the first entry that does not stand before span, and is moved past those in it. */
static char *text_in(const struct document *document, struct span span, const GPtrArray *entries, guint *next)
{
    g_autoptr(GString) text = g_string_new(NULL);
    GString *spaced = g_string_new(NULL);
    gsize at = span.start;

    for (; *next < entries->len; ++*next) {
        const struct criterion *entry = entries->pdata[*next];
        if (entry->span.start >= span.end)
            break;
        if (entry->span.start < at || entry->span.end > span.end)
            continue;
        g_string_append_len(text, document->text + at, (gssize)(entry->span.start - at));
        at = entry->span.end;
    }
    g_string_append_len(text, document->text + at, (gssize)(span.end - at));
    for (const char *word = text->str + strspn(text->str, SPACE); *word; word += strspn(word, SPACE)) {
        gsize length = strcspn(word, SPACE);
        g_string_append_len(spaced, word, (gssize)length);
        g_string_append_c(spaced, ' ');
        word += length;
    }
    return g_string_free(spaced, FALSE);
}

struct span section_own(const struct document *document, int index)
{
    const GArray *sections = document->body->sections;
    struct span own = { document->front->body, document->length };

    if (index >= 0)
        own = g_array_index(sections, struct markdown_section, index).content;
    if (index + 1 < (int)sections->len)
        own.end = MIN(own.end, g_array_index(sections, struct markdown_section, index + 1).span.start);
    return own;
}

GPtrArray *section_texts(const struct document *document, const GPtrArray *entries)
{
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
    guint next = 0;

    for (guint i = 0; i < document->body->sections->len; i++)
        g_ptr_array_add(texts, text_in(document, section_own(document, (int)i), entries, &next));
    return texts;
}

char *section_leading(struct document *document)
{
    const struct markdown *body = document_body(document, NULL);
    gsize start = document->front->body;
    gsize end = body->sections->len ? g_array_index(body->sections, struct markdown_section, 0).span.start
                                    : document->length;
    return g_strstrip(g_strndup(document->text + start, end - start));
}
