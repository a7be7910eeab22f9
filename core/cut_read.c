#include "cut_private.h"

#include <string.h>

/* A first paragraph of so many words and marks is a wish, even where it does not say "I want". */
#define LONGEST_WISH 25

/* -- asides -- */

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
    cut_scan(reading, node->text, (struct span){ 0, node->length });
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
        struct span gap = { MIN(last, prose->span.start), prose->span.start };
        if (same && !is_seamless(piece.text, gap))
            cut_add_mark(reading, gap, '"');
        cut_scan(reading, piece.text, prose->span);
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
        cut_scan(reading, piece.text, criterion->span);
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
