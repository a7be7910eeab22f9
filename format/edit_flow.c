#include "edit_private.h"

#include <string.h>

gsize edit_entry_start(const struct node *entry)
{
    g_assert(entry);
    return entry->key ? entry->key->span.start : entry->span.start;
}

const struct node *edit_nth(const struct node *collection, guint index)
{
    const struct node *child = collection->first;
    while (child && index--)
        child = child->next;
    return child;
}

/* How an entry in brackets stands among its lines. */
struct place {
    gsize line;       /* where its first line begins */
    gboolean begins;  /* nothing but spaces before it there */
    gboolean ends;    /* nothing but a comma and a comment behind it on its last line */
    gboolean comment; /* there is one */
    gsize comma;      /* past the comma and the spaces around it; the entry's end where there is none */
};

static gsize skip_blanks(const struct document *document, gsize at)
{
    while (at < document->length && (document->text[at] == ' ' || document->text[at] == '\t'))
        at++;
    return at;
}

static struct place find_place(const struct document *document, const struct node *entry)
{
    const char *text = document->text;
    gsize start = edit_entry_start(entry), end = lines_end(text, document->length, entry->span.end);
    struct place place = { .line = lines_start(text, document->length, start), .comma = entry->span.end };

    place.begins = skip_blanks(document, place.line) == start;
    gsize at = skip_blanks(document, entry->span.end);
    if (text[at] == ',')
        place.comma = at = skip_blanks(document, at + 1);
    place.comment = at < end && text[at] == '#';
    place.ends = place.comment || at >= end;
    return place;
}

/* Whether nothing but a comma and white space stands in span. */
static gboolean is_separator(const struct document *document, struct span span)
{
    for (gsize i = span.start; i < span.end; i++)
        if (!strchr(", \t\r\n", document->text[i]))
            return FALSE;
    return !span_is_empty(span);
}

/* What stands between two entries: as between the last two, or ", ". */
static char *find_separator(const struct document *document, const struct node *collection)
{
    if (collection->count >= 2) {
        const struct node *last = edit_nth(collection, collection->count - 1);
        const struct node *before = edit_nth(collection, collection->count - 2);
        struct span between = { before->span.end, edit_entry_start(last) };
        if (is_separator(document, between))
            return g_strndup(document->text + between.start, span_length(between));
    }
    return g_strdup(", ");
}

char *edit_flow_append(const struct document *document, const struct node *collection, const char *entry,
                       struct span *span)
{
    const char *text = document->text;
    if (collection->count == 0) {
        *span = (struct span){ collection->span.start + 1, collection->span.start + 1 };
        return g_strdup(entry);
    }
    const struct node *last = edit_nth(collection, collection->count - 1);
    struct place place = find_place(document, last);
    gsize end = last->span.end;

    if (!place.comment) {
        g_autofree char *separator = find_separator(document, collection);
        *span = (struct span){ end, end };
        return g_strconcat(separator, entry, NULL);
    }
    if (!place.begins)
        return NULL;

    /* A comment belongs to the entry before it: the new one goes on a line behind both. */
    gboolean comma = place.comma > end;
    *span = (struct span){ end, lines_end(text, document->length, end) };
    g_autofree char *rest = g_strndup(text + end, span_length(*span));
    g_autofree char *indent = g_strndup(text + place.line, edit_entry_start(last) - place.line);
    return g_strconcat(comma ? "" : ",", rest, lines_ending(text, document->length, end), indent, entry,
                       comma ? "," : "", NULL);
}

struct span edit_flow_cut(const struct document *document, const struct node *collection,
                          const struct node *entry)
{
    const struct node *before = collection->first;
    struct place place = find_place(document, entry);
    struct span own = { edit_entry_start(entry), entry->span.end };

    while (before != entry && before->next != entry)
        before = before->next;
    struct span gap_before = { before->span.end, own.start };
    gboolean last = !entry->next && before != entry && is_separator(document, gap_before);

    if (last && !place.comment)
        return (struct span){ gap_before.start, own.end };
    if (place.begins && place.ends)
        return (struct span){ place.line, lines_next(document->text, document->length, own.end) };
    if (entry->next && is_separator(document, (struct span){ own.end, edit_entry_start(entry->next) }))
        return (struct span){ own.start, edit_entry_start(entry->next) };
    return (struct span){ own.start, entry->next || before == entry ? place.comma : own.end };
}
