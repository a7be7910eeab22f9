#include "statement.h"

#include <string.h>

/* Bytes of a quotation in a message. */
#define QUOTE_MAX 60

struct span statement_span(const struct statement *statement, guint first, guint end)
{
    const struct prose *prose = statement->reading->prose;
    return (struct span){ prose_at(prose, first)->span.start, prose_at(prose, end - 1)->span.end };
}

char *statement_quote(const struct statement *statement, guint first, guint end)
{
    struct span span = statement_span(statement, first, end);
    const char *text = statement->reading->document->text + span.start;
    gsize length = span_length(span);

    while (length > QUOTE_MAX && end > first + 1)
        length = span_length(statement_span(statement, first, --end));
    g_autofree char *valid = g_utf8_make_valid(text, (gssize)MIN(length, QUOTE_MAX));
    g_strdelimit(valid, "\r\n\t", ' ');
    return length > QUOTE_MAX ? g_strconcat(valid, "…", NULL) : g_steal_pointer(&valid);
}

char *statement_help(const struct statement *statement, const char *advice)
{
    const char *id = statement->reading->item->id;

    if (!id)
        return g_strdup(advice);
    if (statement->criterion->scenario)
        return g_strdup_printf("%s: refine edit %s", advice, id);
    return g_strdup_printf("%s: refine criteria %s --reword %u=…", advice, id, statement->number);
}

gboolean statement_is_pending(const struct statement *statement)
{
    const struct word_list *pending = statement->words->pending;

    for (guint i = statement->range.first; i < statement->range.end; i++)
        if (word_list_match(pending, statement->reading->prose, i, statement->range.end))
            return TRUE;
    return FALSE;
}
