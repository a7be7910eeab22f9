#include "cut_private.h"

#include <string.h>

static const struct {
    const char *name;
    const char *question;
} patterns[N_CUT_PATTERNS] = {
    [CUT_SPIKE] = { "spike", "is there something nobody knows yet, to be found out first?" },
    [CUT_PATHS] = { "paths", "are there several ways through it, or several steps or operations?" },
    [CUT_INTERFACES] = { "interfaces", "does it reach people by more than one device, program or channel?" },
    [CUT_DATA] = { "data", "does it take several formats, fields or kinds of data?" },
    [CUT_RULES] = { "rules", "are there conditions or exceptions that could come later?" },
};

const char *cut_pattern_name(enum cut_pattern pattern)
{
    return patterns[pattern].name;
}

const char *cut_pattern_question(enum cut_pattern pattern)
{
    return patterns[pattern].question;
}

static void words_free(gpointer data)
{
    struct cut_words *words = data;
    g_free(words->text);
    g_free(words);
}

static void child_free(gpointer data)
{
    struct cut_child *child = data;
    g_free(child->title);
    g_array_unref(child->criteria);
    g_free(child);
}

static void cut_free(gpointer data)
{
    struct cut *cut = data;
    g_free(cut->why);
    g_ptr_array_unref(cut->words);
    g_ptr_array_unref(cut->children);
    g_free(cut);
}

/* -- building -- */

guint cut_weight(enum cut_place place)
{
    static const guint weights[] = { [PLACE_TITLE] = 40, [PLACE_STORY] = 30,    [PLACE_CRITERIA] = 20,
                                     [PLACE_WHY] = 10,   [PLACE_APPROACH] = 10, [PLACE_QUESTIONS] = 20 };
    return weights[place];
}

struct cut *cut_add(struct cut_reading *reading, enum cut_pattern pattern, const char *kind, guint strength,
                    char *why)
{
    struct cut *cut = g_new0(struct cut, 1);

    *cut = (struct cut){ .pattern = pattern, .kind = kind, .strength = strength, .why = why };
    cut->words = g_ptr_array_new_with_free_func(words_free);
    cut->children = g_ptr_array_new_with_free_func(child_free);
    g_ptr_array_add(reading->cuts, cut);
    return cut;
}

char *cut_source(const struct cut_reading *reading, const struct cut_piece *piece, guint first, guint end)
{
    gsize start = cut_word_at(reading, first)->span.start, stop = cut_word_at(reading, end - 1)->span.end;
    g_autofree char *valid = g_utf8_make_valid(piece->text + start, (gssize)(stop - start));
    g_auto(GStrv) words = g_strsplit_set(valid, " \t\r\n", -1);
    GString *line = g_string_new(NULL);

    for (gsize i = 0; words[i]; i++)
        if (*words[i])
            g_string_append_printf(line, "%s%s", line->len ? " " : "", words[i]);
    return g_string_free(line, FALSE);
}

/* Where the words stand in the document. */
static struct span document_span(const struct cut_reading *reading, const struct cut_piece *piece,
                                 guint first, guint end)
{
    gsize start = cut_word_at(reading, first)->span.start, stop = cut_word_at(reading, end - 1)->span.end;

    if (piece->place == PLACE_TITLE && !reading->verbatim)
        return reading->value;
    return (struct span){ start + (gsize)piece->shift, stop + (gsize)piece->shift };
}

void cut_add_words(struct cut_reading *reading, struct cut *cut, const struct cut_piece *piece, guint first,
                   guint end)
{
    static const char *const places[] = { "title", "story", "criteria", "why", "approach", "questions" };

    g_autofree char *text = cut_source(reading, piece, first, end);
    for (guint i = 0; i < cut->words->len; i++)
        if (piece->place == PLACE_STORY &&
            strcmp(((struct cut_words *)cut->words->pdata[i])->text, text) == 0)
            return; /* a title that is the story's wish */
    if (cut->words->len == CUT_WORDS)
        return;
    struct cut_words *words = g_new(struct cut_words, 1);
    *words = (struct cut_words){ .text = g_steal_pointer(&text),
                                 .span = document_span(reading, piece, first, end),
                                 .place = places[piece->place],
                                 .criterion = piece->criterion };
    g_ptr_array_add(cut->words, words);
}

/* Of two children no two have one title. */
void cut_add_child(struct cut *cut, char *title)
{
    g_autofree char *owned = title;

    for (guint i = 0; i < cut->children->len; i++)
        if (strcmp(((struct cut_child *)cut->children->pdata[i])->title, title) == 0)
            return;
    struct cut_child *child = g_new(struct cut_child, 1);
    *child = (struct cut_child){ .title = g_steal_pointer(&owned),
                                 .criteria = g_array_new(FALSE, FALSE, sizeof(guint)) };
    g_ptr_array_add(cut->children, child);
}

/* Whether it is a scenario that is nested in another criterion and goes where that goes. */
static gboolean is_nested(const struct cut_reading *reading, guint index, gsize *covered)
{
    const struct criterion *criterion = reading->criteria->pdata[index];
    gboolean nested = criterion->scenario && criterion->span.start < *covered;

    if (!criterion->scenario)
        *covered = criterion->span.end;
    return nested;
}

void cut_give_criteria(struct cut_reading *reading, struct cut *cut, const guint *masks, gboolean last)
{
    gsize covered = 0;

    g_assert(cut->children->len > 0 && cut->children->len <= CUT_CHILDREN);
    for (guint i = 0; i < reading->criteria->len; i++) {
        guint mask = masks ? masks[i] & ((1u << cut->children->len) - 1) : 0, number = i + 1;
        if (is_nested(reading, i, &covered))
            continue;
        if (!mask)
            mask = last ? 1u << (cut->children->len - 1) : 1;
        for (guint j = 0; j < cut->children->len; j++) {
            struct cut_child *child = cut->children->pdata[j];
            if (mask & 1u << j)
                g_array_append_val(child->criteria, number);
        }
    }
}

/* The title in one line, for titles of children. */
static char *tidy(char *text)
{
    g_autofree char *owned = text;
    g_auto(GStrv) words = g_strsplit_set(owned, " \t\r\n\v\f", -1);
    GString *line = g_string_new(NULL);

    for (gsize i = 0; words[i]; i++)
        if (*words[i])
            g_string_append_printf(line, "%s%s", line->len ? " " : "", words[i]);
    while (line->len && strchr(" ,;:.", line->str[line->len - 1]))
        g_string_truncate(line, line->len - 1);
    gunichar first = g_utf8_get_char(line->str);
    if (first < 0x80 && g_ascii_islower((char)first))
        line->str[0] = g_ascii_toupper(line->str[0]);
    return g_string_free(line, FALSE);
}

char *cut_title(const struct cut_reading *reading, const struct cut_piece *piece, guint first, guint end,
                const char *with)
{
    const char *title = reading->title;

    if (piece->place != PLACE_TITLE) {
        g_autofree char *own = tidy(g_strdup(title));
        return *own ? g_strconcat(own, ": ", with, NULL) : tidy(g_strdup(with));
    }
    gsize start = cut_word_at(reading, first)->span.start, stop = cut_word_at(reading, end - 1)->span.end;
    g_autofree char *head = g_strndup(title, start);
    return tidy(g_strconcat(head, with, title + stop, NULL));
}

/* -- the list -- */

static gint by_strength(gconstpointer a, gconstpointer b)
{
    const struct cut *left = *(struct cut *const *)a, *right = *(struct cut *const *)b;
    if (left->strength != right->strength)
        return left->strength > right->strength ? -1 : 1;
    return left->pattern < right->pattern ? -1 : left->pattern > right->pattern;
}

static gint by_place(gconstpointer a, gconstpointer b)
{
    const struct cut_words *left = *(struct cut_words *const *)a, *right = *(struct cut_words *const *)b;
    return left->span.start < right->span.start ? -1 : left->span.start > right->span.start;
}

/* Whether both would make the same children. */
static gboolean is_same(const struct cut *a, const struct cut *b)
{
    for (guint i = 0; i < MIN(a->children->len, b->children->len); i++) {
        const struct cut_child *left = a->children->pdata[i], *right = b->children->pdata[i];
        if (strcmp(left->title, right->title) != 0)
            return FALSE;
    }
    return a->children->len == b->children->len;
}

/* Drops what is no cut, and what a stronger one is already. */
static void settle(GPtrArray *cuts)
{
    g_ptr_array_sort(cuts, by_strength);
    for (guint i = cuts->len; i-- > 0;) {
        const struct cut *cut = cuts->pdata[i];
        gboolean again = cut->children->len < 2;
        for (guint j = 0; j < i; j++)
            again = again || is_same(cuts->pdata[j], cut);
        if (again)
            g_ptr_array_remove_index(cuts, i);
        else
            g_ptr_array_sort(cut->words, by_place);
    }
}

GPtrArray *cut_list(struct document *document, const struct policy *policy)
{
    static void (*const families[])(struct cut_reading *) = {
        cut_find_spike, cut_find_paths, cut_find_steps, cut_find_operations,
        cut_find_terms, cut_find_data,  cut_find_rules,
    };
    struct cut_reading reading;

    cut_read(&reading, document, policy);
    reading.cuts = g_ptr_array_new_with_free_func(cut_free);
    for (gsize i = 0; i < G_N_ELEMENTS(families); i++)
        families[i](&reading);
    settle(reading.cuts);
    cut_reading_clear(&reading);
    return reading.cuts;
}
