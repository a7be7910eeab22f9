#include "cut_private.h"

#include <string.h>

/* Longer ones are no words that people write: identifiers, digests. */
#define LONGEST 40

/* A first paragraph of so many words and marks is a wish, even where it does not say "I want". */
#define LONGEST_WISH 50

/* -- one text in words -- */

struct quoting {
    gunichar open;
    const char *close;
    gsize missing; /* no close stands from here on; G_MAXSIZE: not known */
};

struct scan {
    struct cut_reading *reading;
    const char *text;
    gsize at;
    gsize end;
    struct quoting quotes[4];
};

static struct scan begin_scan(struct cut_reading *reading, const char *text, struct span span)
{
    return (struct scan){ .reading = reading,
                          .text = text,
                          .at = span.start,
                          .end = span.end,
                          .quotes = { { '"', "\"", G_MAXSIZE },
                                      { 0x201c, "”", G_MAXSIZE },
                                      { 0x201e, "“", G_MAXSIZE },
                                      { 0xab, "»", G_MAXSIZE } } };
}

/* The character at an offset, and past it in *next; U+FFFD for what is not UTF-8. */
static gunichar character_at(const struct scan *scan, gsize at, gsize *next)
{
    gunichar character = g_utf8_get_char_validated(scan->text + at, (gssize)(scan->end - at));

    if (character == (gunichar)-1 || character == (gunichar)-2 || character == 0) {
        *next = at + 1;
        return 0xfffd;
    }
    *next = at + (gsize)g_unichar_to_utf8(character, NULL);
    return character;
}

static gboolean is_letter(gunichar character)
{
    return g_unichar_isalnum(character) || g_unichar_ismark(character);
}

/* Whether the character joins two letters to one word: "don't", "in-app", "node.js". */
static gboolean is_inner(gunichar character)
{
    return character == '\'' || character == 0x2019 || character == '-' || character == '.' ||
           character == '_' || character == 0x2011;
}

static gsize word_end(const struct scan *scan, gsize at)
{
    gsize end = at;

    while (at < scan->end) {
        gsize next, behind;
        gunichar character = character_at(scan, at, &next);
        if (is_letter(character)) {
            at = end = next;
            continue;
        }
        if (!is_inner(character) || next >= scan->end || !is_letter(character_at(scan, next, &behind)))
            break;
        at = next;
    }
    return end;
}

static void add_mark(struct scan *scan, gsize start, gsize end, char mark)
{
    struct cut_word word = { .text = "", .span = { start, end }, .mark = mark };
    g_array_append_val(scan->reading->words, word);
}

static void add_word(struct scan *scan, gsize start, gsize end)
{
    struct cut_reading *reading = scan->reading;

    if (end - start > LONGEST) {
        add_mark(scan, start, end, '"');
        return;
    }
    g_autofree char *lower = g_utf8_strdown(scan->text + start, (gssize)(end - start));
    for (char *curly = strstr(lower, "’"); curly; curly = strstr(curly, "’")) {
        *curly = '\'';
        memmove(curly + 1, curly + strlen("’"), strlen(curly + strlen("’")) + 1);
    }
    struct cut_word word = { .text = g_string_chunk_insert_const(reading->strings, lower),
                             .span = { start, end },
                             .classes = GPOINTER_TO_UINT(g_hash_table_lookup(reading->lexicon, lower)) };
    g_array_append_val(reading->words, word);
}

/* Where what is quoted from at on ends, past the closing mark; 0: it is not closed, or no quoting. */
static gsize quote_end(struct scan *scan, gunichar open, gsize at)
{
    for (gsize i = 0; i < G_N_ELEMENTS(scan->quotes); i++) {
        struct quoting *quote = &scan->quotes[i];
        if (quote->open != open || at >= quote->missing)
            continue;
        const char *close = g_strstr_len(scan->text + at, (gssize)(scan->end - at), quote->close);
        if (close)
            return (gsize)(close - scan->text) + strlen(quote->close);
        quote->missing = at;
    }
    return 0;
}

/* 'like this', of one line and not too long; an apostrophe is none. */
static gsize single_quote_end(const struct scan *scan, gsize at, gsize next)
{
    gboolean opens = at == 0 || strchr(" \t\n(", scan->text[at - 1]);

    if (!opens || next >= scan->end || strchr(" \t\r\n'", scan->text[next]))
        return 0;
    for (gsize i = next; i < scan->end && i < next + 2 * LONGEST && scan->text[i] != '\n'; i++) {
        gboolean closes = scan->text[i] == '\'' && scan->text[i - 1] != ' ';
        if (closes && (i + 1 == scan->end || !g_ascii_isalnum(scan->text[i + 1])))
            return i + 1;
    }
    return 0;
}

/* The character as a mark; 0: white space, or of no account. */
static char mark_of(gunichar character)
{
    if (character == 0x2014 || character == 0x2013 || character == 0x2026)
        return '-';
    if (character == 0xfffd)
        return '"';
    return character < 0x80 && strchr(",;:.!?/&()[]|+-", (int)character) ? (char)character : 0;
}

static void scan_words(struct scan *scan)
{
    while (scan->at < scan->end) {
        gsize at = scan->at, next;
        gunichar character = character_at(scan, at, &next);
        if (is_letter(character)) {
            next = word_end(scan, at);
            add_word(scan, at, next);
        } else {
            gsize past =
                character == '\'' ? single_quote_end(scan, at, next) : quote_end(scan, character, next);
            char mark = past ? '"' : mark_of(character);
            next = past ? past : next;
            if (mark)
                add_mark(scan, at, next, mark);
        }
        scan->at = next;
    }
}

/* -- asides -- */

gboolean cut_is(const struct cut_reading *reading, guint index, guint end, const char *text)
{
    return index < end && strcmp(cut_word_at(reading, index)->text, text) == 0;
}

guint cut_phrase(const struct cut_reading *reading, guint index, guint end, const char *phrase)
{
    guint n = 0;

    for (const char *at = phrase; *at; n++) {
        gsize length = strcspn(at, " ");
        const char *text = index + n < end ? cut_word_at(reading, index + n)->text : "";
        if (strncmp(text, at, length) != 0 || text[length] != '\0')
            return 0;
        at += length + (at[length] == ' ');
    }
    return n;
}

guint cut_wish(const struct cut_reading *reading, guint index, guint end)
{
    static const char *const wishes[] = {
        "i want to be able to", "i want to",  "i need to",      "i would like to", "i'd like to", "i can",
        "we want to",           "we need to", "i only want to", "i want",          NULL
    };
    /* A title may begin with it. */
    if (index < end && cut_word_at(reading, index)->opens && cut_phrase(reading, index, end, "be able to"))
        return index + 3;
    for (gsize i = 0; wishes[i]; i++) {
        guint n = cut_phrase(reading, index, end, wishes[i]);
        if (n)
            return index + n;
    }
    return 0;
}

static gboolean ends_sentence(const struct cut_word *word)
{
    return word->mark == '.' || word->mark == '!' || word->mark == '?';
}

static gboolean begins_benefit(const struct cut_reading *reading, guint index, guint end)
{
    static const char *const phrases[] = { "so that", "in order to", "so i",    "so we",
                                           "so they", "so users",    "because", NULL };
    for (gsize i = 0; phrases[i]; i++)
        if (cut_phrase(reading, index, end, phrases[i]))
            return TRUE;
    return FALSE;
}

/* Marks the role, "As a clerk and driver,", and the benefit, "so that …", of each sentence. */
static void mark_asides(struct cut_reading *reading, const struct cut_piece *piece)
{
    gboolean opens = TRUE, role = FALSE, benefit = FALSE, any = FALSE, builder = FALSE;

    for (guint i = piece->first; i < piece->end; i++) {
        struct cut_word *word = &g_array_index(reading->words, struct cut_word, i);
        word->opens = opens && !word->mark;
        if (word->opens)
            role = cut_phrase(reading, i, piece->end, "as a") ||
                   cut_phrase(reading, i, piece->end, "as an") ||
                   cut_phrase(reading, i, piece->end, "as the");
        role = role && word->mark != ',' && !cut_is(reading, i, piece->end, "i");
        benefit = benefit || begins_benefit(reading, i, piece->end);
        word->aside = role || benefit;
        any = any || role;
        builder = builder || (role && word->classes & CLASS_BUILDER);
        opens = ends_sentence(word);
        if (opens)
            role = benefit = FALSE;
    }
    if (piece->place <= PLACE_STORY) {
        reading->story = reading->story || any;
        reading->builder = reading->builder || builder;
    }
}

/* Whether the piece says what is wished for. */
static gboolean is_wish(struct cut_reading *reading, const struct cut_piece *piece)
{
    if (piece->place != PLACE_STORY)
        return piece->place == PLACE_TITLE;
    for (guint i = piece->first; i < piece->end; i++)
        if ((cut_word_at(reading, i)->opens && cut_word_at(reading, i)->aside &&
             cut_is(reading, i, piece->end, "as")) ||
            cut_wish(reading, i, piece->end))
            return TRUE;
    return reading->paragraphs == 1 && piece->end - piece->first <= LONGEST_WISH;
}

static void add_piece(struct cut_reading *reading, struct cut_piece piece)
{
    piece.end = reading->words->len;
    if (piece.end == piece.first)
        return;
    if (piece.place != PLACE_CRITERIA)
        mark_asides(reading, &piece);
    reading->paragraphs += piece.place == PLACE_STORY;
    piece.wished = is_wish(reading, &piece);
    g_array_append_val(reading->pieces, piece);
}

/* -- the title -- */

static void read_title(struct cut_reading *reading)
{
    const struct document *document = reading->document;
    const struct node *node = node_find(document->front->root, "title");
    const struct node *type = node_find(document->front->root, "type");
    struct cut_piece piece = { .place = PLACE_TITLE };

    reading->title = "";
    reading->type = type && type->kind == NODE_SCALAR ? type->text : "";
    if (!node || node->kind != NODE_SCALAR || strlen(node->text) != node->length)
        return;
    gsize quote = node->style == STYLE_SINGLE || node->style == STYLE_DOUBLE;
    reading->title = piece.text = node->text;
    reading->value = node->span;
    piece.shift = (gssize)(node->span.start + quote);
    reading->verbatim = span_length(node->span) == node->length + 2 * quote &&
                        memcmp(document->text + piece.shift, node->text, node->length) == 0;
    struct scan scan = begin_scan(reading, node->text, (struct span){ 0, node->length });
    scan_words(&scan);
    add_piece(reading, piece);
}

/* -- the body -- */

struct places {
    struct span spans[PLACE_QUESTIONS + 1]; /* empty: there is no such section */
    gsize leading;                          /* what stands before this is the story: no section says so */
    GArray *criteria; /* guint: the number of the criterion that the item of that index is; 0: none */
};

static void find_places(const struct cut_reading *reading, struct places *places)
{
    static const enum section_id sections[] = { [PLACE_STORY] = SECTION_STORY,
                                                [PLACE_CRITERIA] = SECTION_CRITERIA,
                                                [PLACE_WHY] = SECTION_WHY,
                                                [PLACE_APPROACH] = SECTION_APPROACH,
                                                [PLACE_QUESTIONS] = SECTION_QUESTIONS };
    const struct markdown *body = reading->document->body;

    for (guint place = PLACE_STORY; place <= PLACE_QUESTIONS; place++) {
        const struct markdown_section *section =
            markdown_section_find(body, policy_section(reading->policy, sections[place]));
        places->spans[place] = section ? section->content : (struct span){ 0, 0 };
    }
    gsize first = body->headings->len ? g_array_index(body->headings, struct markdown_heading, 0).span.start
                                      : reading->document->length;
    places->leading = span_is_empty(places->spans[PLACE_STORY]) ? first : 0;
    places->criteria = g_array_new(FALSE, TRUE, sizeof(guint));
    g_array_set_size(places->criteria, body->items->len);
    for (guint i = 0; i < reading->criteria->len; i++) {
        const struct criterion *criterion = reading->criteria->pdata[i];
        if (criterion->item != G_MAXUINT)
            g_array_index(places->criteria, guint, criterion->item) = i + 1;
    }
    /* What is nested in a criterion is of it; a parent stands before its children. */
    for (guint i = 0; i < body->items->len; i++) {
        int parent = g_array_index(body->items, struct markdown_item, i).parent;
        guint *own = &g_array_index(places->criteria, guint, i);
        if (!*own && parent >= 0 && (guint)parent < i)
            *own = g_array_index(places->criteria, guint, (guint)parent);
    }
}

/* Whether the prose is in a list item that is ticked: a question that is answered. */
static gboolean is_ticked(const struct markdown *body, const struct markdown_prose *prose)
{
    int at = prose->item;

    while (at >= 0) {
        const struct markdown_item *item = &g_array_index(body->items, struct markdown_item, (guint)at);
        if (item->task == MARKDOWN_TASK_TICKED)
            return TRUE;
        at = item->parent;
    }
    return FALSE;
}

/* Where the prose stands; FALSE: in no part that is read. */
static gboolean place_of(const struct markdown *body, const struct places *places,
                         const struct markdown_prose *prose, struct cut_piece *piece)
{
    if (prose->quoted)
        return FALSE;
    for (guint place = PLACE_STORY; place <= PLACE_QUESTIONS; place++) {
        struct span span = places->spans[place];
        if (prose->span.start < span.start || prose->span.end > span.end)
            continue;
        piece->place = (enum cut_place)place;
        piece->criterion = place == PLACE_CRITERIA && prose->item >= 0
                               ? g_array_index(places->criteria, guint, (guint)prose->item)
                               : 0;
        return place != PLACE_QUESTIONS || !is_ticked(body, prose);
    }
    piece->place = PLACE_STORY;
    piece->criterion = 0;
    return prose->span.start < places->leading;
}

/* Whether what stands between two stretches of a text is nothing but white space and emphasis. */
static gboolean is_seamless(const char *text, struct span gap)
{
    for (gsize at = gap.start; at < gap.end; at++)
        if (!strchr(" \t\r\n*_~[\\", text[at]))
            return FALSE;
    return TRUE;
}

static void read_prose(struct cut_reading *reading, const struct places *places)
{
    const struct markdown *body = reading->document->body;
    struct cut_piece piece = { .text = reading->document->text };
    guint block = 0;
    gsize last = 0;

    piece.first = reading->words->len;
    for (guint i = 0; i < body->prose->len; i++) {
        const struct markdown_prose *prose = &g_array_index(body->prose, struct markdown_prose, i);
        if (i == 0 || prose->block != block) {
            add_piece(reading, piece);
            piece.first = reading->words->len;
        }
        gboolean same = i > 0 && prose->block == block;
        block = prose->block;
        if (!place_of(body, places, prose, &piece))
            continue;
        struct scan scan = begin_scan(reading, reading->document->text, prose->span);
        if (same && !is_seamless(scan.text, (struct span){ MIN(last, prose->span.start), prose->span.start }))
            add_mark(&scan, last, prose->span.start, '"');
        scan_words(&scan);
        last = prose->span.end;
    }
    add_piece(reading, piece);
}

static void read_scenarios(struct cut_reading *reading)
{
    for (guint i = 0; i < reading->criteria->len; i++) {
        const struct criterion *criterion = reading->criteria->pdata[i];
        if (!criterion->scenario)
            continue;
        struct cut_piece piece = { .place = PLACE_CRITERIA,
                                   .criterion = i + 1,
                                   .scenario = TRUE,
                                   .text = reading->document->text,
                                   .first = reading->words->len };
        struct scan scan = begin_scan(reading, reading->document->text, criterion->span);
        scan_words(&scan);
        add_piece(reading, piece);
    }
}

void cut_read(struct cut_reading *reading, struct document *document, const struct policy *policy)
{
    struct places places;

    *reading = (struct cut_reading){ .document = document, .policy = policy };
    reading->strings = g_string_chunk_new(4096);
    reading->lexicon = cut_lexicon_new(reading->strings);
    reading->names = cut_names_new();
    reading->words = g_array_new(FALSE, FALSE, sizeof(struct cut_word));
    reading->pieces = g_array_new(FALSE, FALSE, sizeof(struct cut_piece));
    reading->criteria = criteria_read(document, policy);
    read_title(reading);
    find_places(reading, &places);
    read_prose(reading, &places);
    read_scenarios(reading);
    g_array_unref(places.criteria);
}

void cut_reading_clear(struct cut_reading *reading)
{
    g_array_unref(reading->pieces);
    g_array_unref(reading->words);
    g_ptr_array_unref(reading->criteria);
    g_hash_table_unref(reading->names);
    g_hash_table_unref(reading->lexicon);
    g_string_chunk_free(reading->strings);
}
