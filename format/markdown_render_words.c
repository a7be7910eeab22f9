#include "markdown_render_private.h"

#include "hyperlink.h"
#include "markdown_entity.h"
#include "markdown_limits.h"

#include <md4c.h>
#include <stdint.h>
#include <string.h>

#define ADDRESS (STYLED(TABLE_DIM) | STYLED_LONG)

/* -- definitions -- */

static gboolean has_words(const char *line, gsize length)
{
    for (gsize i = 0; i < length; i++)
        if (g_ascii_isalnum(line[i]) || (guchar)line[i] >= 0x80)
            return TRUE;
    return FALSE;
}

/* Whether the line begins one, "[name]: …", perhaps in a quote or list. */
static gboolean is_definition(const char *line, gsize length)
{
    gsize at = 0;
    while (at < length && strchr(" \t>-*+", line[at]))
        at++;
    return at < length && line[at] == '[' && g_strstr_len(line + at, (gssize)(length - at), "]:");
}

/* The lines that lie in a stretch of the source from its first line start on. What follows a definition up to
 * a blank line is its title. */
static void add_definitions(struct render *render, const char *at, const char *end)
{
    gboolean within = FALSE;

    while (at < end) {
        gsize length = 0;
        while (at + length < end && at[length] != '\n' && at[length] != '\r')
            length++;
        gboolean whole = at + length < end || end == render->source + render->size;
        within = whole && has_words(at, length) && (within || is_definition(at, length));
        if (within)
            g_ptr_array_add(render->definitions, g_strndup(at, length));
        at += length + 1;
    }
}

void render_pass(struct render *render, const char *at)
{
    const char *line = render->cursor;

    while (line < at && line > render->source && line[-1] != '\n' && line[-1] != '\r')
        line++;
    add_definitions(render, line, at);
    render->cursor = MAX(render->cursor, at);
}

/* -- words -- */

static void begin_implied(struct render *render)
{
    if (render->leaf || render->verbatim)
        return;
    render->leaf = render->implied = TRUE;
    styled_clear(render->words);
}

static guint marks_of(const struct render *render)
{
    guint marks = render->base;

    if (render->code)
        marks |= STYLED(TABLE_CYAN) | STYLED_WHOLE;
    if (render->strong)
        marks |= STYLED(TABLE_BOLD);
    if (render->emphasis)
        marks |= STYLED_ITALIC;
    if (render->struck)
        marks |= STYLED_STRIKE;
    if (render->url)
        marks |= STYLED_UNDERLINE;
    return marks;
}

static void add_words(struct render *render, const char *text, gsize size, guint more)
{
    styled_add(render->words, text, (gssize)size, marks_of(render) | more, render->url);
}

/* <br>, <br/> or <br />. */
static gboolean is_break(const char *html, gsize size)
{
    static const char *const breaks[] = { "<br>", "<br/>", "<br />" };
    for (guint i = 0; i < G_N_ELEMENTS(breaks); i++)
        if (strlen(breaks[i]) == size && g_ascii_strncasecmp(html, breaks[i], size) == 0)
            return TRUE;
    return FALSE;
}

static void add_entity(struct render *render, const char *text, gsize size)
{
    g_autoptr(GString) decoded = g_string_new(NULL);
    markdown_entity_append(decoded, text, size);
    add_words(render, decoded->str, decoded->len, 0);
}

void render_add_text(struct render *render, int type, const char *text, gsize size)
{
    uintptr_t at = (uintptr_t)text, source = (uintptr_t)render->source;

    begin_implied(render);
    if (at >= source && at < source + render->size) {
        if (text > render->cursor)
            render_pass(render, text);
        render->cursor = MAX(render->cursor, text + size);
    }
    if (render->verbatim)
        g_string_append_len(render->raw, text, (gssize)size);
    else if (type == MD_TEXT_BR || (type == MD_TEXT_HTML && is_break(text, size)))
        styled_add_break(render->words);
    else if (type == MD_TEXT_SOFTBR)
        add_words(render, " ", 1, 0);
    else if (type == MD_TEXT_ENTITY)
        add_entity(render, text, size);
    else
        add_words(render, text, size, type == MD_TEXT_HTML ? STYLED(TABLE_DIM) : 0);
}

/* -- links -- */

/* Whether the words are the address itself. */
static gboolean is_bare(const char *words, const char *address)
{
    return strcmp(words, address) == 0 ||
           (g_str_has_prefix(address, "mailto:") && strcmp(words, address + 7) == 0) ||
           (g_str_has_prefix(address, "http://") && strcmp(words, address + 7) == 0);
}

/* Whether the words look like an address, so that a reader would believe them. */
static gboolean poses(const char *words)
{
    return strstr(words, "://") || strchr(words, '@') || g_ascii_strncasecmp(words, "www.", 4) == 0;
}

static void add_address(struct render *render, const char *address, const struct MD_ATTRIBUTE *title)
{
    gsize length = styled_length(render->words);
    gboolean spaced = !length || styled_text(render->words)[length - 1] == ' ';

    if (*address) {
        styled_add(render->words, spaced ? "<" : " <", -1, ADDRESS, NULL);
        styled_add(render->words, address, -1, ADDRESS, NULL);
        styled_add(render->words, ">", -1, ADDRESS, NULL);
    }
    if (title->size) {
        g_autofree char *text = markdown_entity_attribute(title);
        styled_add(render->words, " \"", -1, STYLED(TABLE_DIM), NULL);
        styled_add(render->words, text, -1, STYLED(TABLE_DIM), NULL);
        styled_add(render->words, "\"", -1, STYLED(TABLE_DIM), NULL);
    }
}

static void enter_link(struct render *render, const MD_SPAN_A_DETAIL *link)
{
    g_autofree char *address = markdown_entity_attribute(&link->href);

    render->link_start = styled_length(render->words);
    g_free(render->url);
    render->url = render->page.look.links ? hyperlink_url(address) : NULL;
}

static void leave_link(struct render *render, const MD_SPAN_A_DETAIL *link)
{
    g_autofree char *address = markdown_entity_attribute(&link->href);
    const char *words = styled_text(render->words) + render->link_start;
    gboolean followed = render->url && *words && !poses(words);

    g_clear_pointer(&render->url, g_free);
    add_address(render, followed || is_bare(words, address) ? "" : address, &link->title);
}

static void leave_image(struct render *render, const MD_SPAN_IMG_DETAIL *image)
{
    g_autofree char *address = markdown_entity_attribute(&image->src);
    add_words(render, "]", 1, 0);
    add_address(render, address, &image->title);
}

/* -- spans -- */

/* Where there is no colour, the mark itself is shown. */
static void add_mark(struct render *render, const char *mark)
{
    if (!render->page.look.color)
        add_words(render, mark, strlen(mark), 0);
}

void render_enter_span(struct render *render, int type, const void *detail)
{
    const MD_SPAN_A_DETAIL *link = detail; /* an image's has the same members */

    begin_implied(render);
    if (type == MD_SPAN_A || type == MD_SPAN_IMG)
        render->destinations += link->href.size + link->title.size;
    if (render->destinations > markdown_limits_destinations(render->size)) {
        render->refused = TRUE;
        return;
    }
    switch (type) {
    case MD_SPAN_A:
        enter_link(render, detail);
        break;
    case MD_SPAN_IMG:
        add_words(render, "[image: ", 8, 0);
        break;
    case MD_SPAN_CODE:
        render->code++;
        add_mark(render, "`");
        break;
    case MD_SPAN_STRONG:
        add_mark(render, "**");
        render->strong++;
        break;
    case MD_SPAN_EM:
        add_mark(render, "*");
        render->emphasis++;
        break;
    case MD_SPAN_DEL:
        add_mark(render, "~~");
        render->struck++;
        break;
    default:
        break;
    }
}

void render_leave_span(struct render *render, int type, const void *detail)
{
    switch (type) {
    case MD_SPAN_A:
        leave_link(render, detail);
        break;
    case MD_SPAN_IMG:
        leave_image(render, detail);
        break;
    case MD_SPAN_CODE:
        add_mark(render, "`");
        render->code--;
        break;
    case MD_SPAN_STRONG:
        render->strong--;
        add_mark(render, "**");
        break;
    case MD_SPAN_EM:
        render->emphasis--;
        add_mark(render, "*");
        break;
    case MD_SPAN_DEL:
        render->struck--;
        add_mark(render, "~~");
        break;
    default:
        break;
    }
}
