#include "markdown_reader.h"

#include "markdown_entity.h"

#include <md4c.h>
#include <stdint.h>
#include <string.h>

/* -- words -- */

static struct markdown_prose place(const struct reader *reader, struct span span)
{
    return (struct markdown_prose){ .span = span,
                                    .section = reader_section(reader),
                                    .item = reader->levels[reader->level].item,
                                    .block = reader->block,
                                    .quoted = reader->quotes > 0 };
}

static void add_prose(struct reader *reader, struct span span)
{
    struct markdown_prose prose = place(reader, span);
    g_array_append_val(reader->outline->prose, prose);
}

static void add_other(struct reader *reader, enum markdown_other_kind kind, struct span span)
{
    struct markdown_other other = { .kind = kind, .at = place(reader, span) };
    g_array_append_val(reader->outline->others, other);
}

/* Words that are no prose. A code span on two lines comes in two pieces. */
static void add_wordless(struct reader *reader, int type, struct span span)
{
    GArray *others = reader->outline->others;

    if (reader->leaf == PLACE_FENCE || reader->leaf == PLACE_OTHER)
        return;
    if (type == MD_TEXT_CODE && reader->in_code) {
        g_array_index(others, struct markdown_other, others->len - 1).at.span.end = span.end;
        return;
    }
    add_other(reader, type == MD_TEXT_CODE ? MARKDOWN_OTHER_CODE : MARKDOWN_OTHER_HTML, span);
    reader->in_code = type == MD_TEXT_CODE;
}

static void append_title(GString *title, int type, const char *text, gsize size)
{
    if (type == MD_TEXT_ENTITY)
        markdown_entity_append(title, text, size);
    else if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
        g_string_append_c(title, ' ');
    else if (type != MD_TEXT_HTML)
        g_string_append_len(title, text, (gssize)size);
}

/* Where the open heading is if the placer does not find its lines: at its first words. */
static void guess_heading(struct reader *reader, struct span words)
{
    struct markdown_heading *heading =
        &g_array_index(reader->outline->headings, struct markdown_heading, reader_section(reader));
    if (!heading->exact && span_is_empty(heading->span))
        heading->span = words;
}

/* Words that stand in the source; what md4c makes up, such as line breaks, does not. */
static void on_words(struct reader *reader, int type, struct span span)
{
    if (!reader->placed) {
        placer_reach(&reader->placer, reader->leaf, span.start);
        reader->placed = TRUE;
        if (reader->in_heading)
            guess_heading(reader, span);
    }
    placer_pass(&reader->placer, span.end);
    /* The box of a task that md4c overlooked is none of them. */
    if (reader->leaf == PLACE_PARAGRAPH)
        span.start = MAX(span.start, reader->placer.paragraph.start);
    if (span_is_empty(span))
        return;
    if (reader->in_link) {
        reader->link.start = MIN(reader->link.start, span.start);
        reader->link.end = span.end;
    }
    if (type == MD_TEXT_NORMAL)
        add_prose(reader, span);
    else
        add_wordless(reader, type, span);
}

void reader_add_text(struct reader *reader, int type, const char *text, gsize size)
{
    uintptr_t at = (uintptr_t)text, source = (uintptr_t)reader->source;

    if (reader->leaf == PLACE_NONE)
        reader_begin_leaf(reader, PLACE_PARAGRAPH, TRUE);
    reader->shows = TRUE;
    if (reader->in_heading)
        append_title(reader->title, type, text, size);
    if (at >= source && at < source + reader->size) {
        gsize start = reader->origin + (gsize)(at - source);
        on_words(reader, type, (struct span){ start, start + size });
    }
}

/* -- links -- */

/* Whether the words are the address itself, not a name for it. */
static gboolean is_bare(const MD_ATTRIBUTE *destination, const char *words, gsize size)
{
    const char *added = "";

    if (size > 4 && g_ascii_strncasecmp(words, "www.", 4) == 0)
        added = "http://";
    else if (!memchr(words, ':', size))
        added = "mailto:";
    gsize skip = strlen(added);
    return destination->size == skip + size && memcmp(destination->text, added, skip) == 0 &&
           memcmp(destination->text + skip, words, size) == 0;
}

gboolean reader_enter_span(struct reader *reader, int type, const void *detail)
{
    if (reader->leaf == PLACE_NONE)
        reader_begin_leaf(reader, PLACE_PARAGRAPH, TRUE);
    reader->shows = TRUE;
    if (type == MD_SPAN_A || type == MD_SPAN_IMG) {
        const MD_SPAN_A_DETAIL *link = detail; /* an image's has the same members */
        reader->destinations += link->href.size + link->title.size;
    }
    if (type == MD_SPAN_A) {
        reader->in_link = TRUE;
        reader->link = (struct span){ G_MAXSIZE, 0 };
        reader->link_prose = reader->outline->prose->len;
        reader->link_others = reader->outline->others->len;
    }
    if (reader->destinations <= markdown_limits_destinations(reader->size))
        return TRUE;
    reader->refusal = REFUSAL_SIZE;
    return FALSE;
}

void reader_leave_span(struct reader *reader, int type, const void *detail)
{
    const MD_SPAN_A_DETAIL *link = detail;
    const char *text = reader->outline->text;

    if (type == MD_SPAN_CODE)
        reader->in_code = FALSE;
    if (type != MD_SPAN_A)
        return;
    struct markdown_link found = { .destination = markdown_entity_attribute(&link->href) };
    if (reader->link.end) {
        found.text = reader->link;
        if (is_bare(&link->href, text + found.text.start, span_length(found.text))) {
            g_array_set_size(reader->outline->prose, reader->link_prose);
            g_array_set_size(reader->outline->others, reader->link_others);
            add_other(reader, MARKDOWN_OTHER_LINK, found.text);
        }
    }
    g_array_append_val(reader->outline->links, found);
    reader->in_link = FALSE;
}
