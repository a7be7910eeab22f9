#include "rules_told.h"

#include <string.h>

struct span told_title_place(const struct reading *reading, struct span place)
{
    const struct document *document = reading->document;
    const char *title = reading->item->title;
    const gsize length = strlen(title), value = reading_field(reading, FIELD_TITLE);

    for (gsize start = value; start <= value + 1; start++)
        if (start + length <= document->length && memcmp(document->text + start, title, length) == 0)
            return (struct span){ start + place.start, start + place.end };
    return (struct span){ value, lines_end(document->text, document->length, value) };
}

struct span told_place(const struct reading *reading, const struct told *told, struct span place)
{
    return told->item.in_title ? told_title_place(reading, place) : place;
}

struct span told_words(const struct reading *reading, const struct told *told, guint first, guint end)
{
    const struct span place = { prose_at(told->prose, first)->span.start,
                                prose_at(told->prose, end - 1)->span.end };
    return told_place(reading, told, place);
}

struct span told_missing_place(const struct reading *reading, enum section_id section)
{
    const struct document *document = reading->document;
    const struct markdown_section *found = section < N_SECTIONS ? reading_section(reading, section) : NULL;
    const gsize start = found ? found->span.start : reading_field(reading, FIELD_TYPE);

    return (struct span){ start, lines_end(document->text, document->length, start) };
}

guint told_count(const struct prose *prose, struct prose_range range)
{
    guint count = 0;

    for (guint i = range.first; i < range.end; i++) {
        const struct token *token = prose_at(prose, i);
        count += !token->heading &&
                 (token->kind == TOKEN_WORD || token->kind == TOKEN_NUMBER || token->kind == TOKEN_LITERAL);
    }
    return count;
}
