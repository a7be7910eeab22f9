#include "parts_private.h"

#include <string.h>

/* -- sections -- */

static gboolean is_why(const struct policy *policy, const struct markdown_section *section, gboolean named)
{
    /* What people call it as well. */
    static const char *const others[] = {
        "Background", "Motivation", "Rationale", "Purpose",           "Goal",   "Goals", "Value",
        "Benefit",    "Benefits",   "Impact",    "Problem statement", "Reason", NULL
    };
    return markdown_is_named(section, policy_section(policy, SECTION_WHY)) ||
           (!named && markdown_is_named(section, others));
}

guint parts_why_words(const struct parts *parts, const struct policy *policy, const struct markdown *body,
                      const struct prose *prose, gboolean named, const struct markdown_section **longest)
{
    guint most = 0;

    *longest = NULL;
    for (int i = 0; i < (int)body->sections->len; i++) {
        const struct markdown_section *section = &g_array_index(body->sections, struct markdown_section, i);
        if (!is_why(policy, section, named))
            continue;
        const guint words = parts_words(parts, body, prose, i);
        if (!*longest || words > most)
            *longest = section;
        most = MAX(most, words);
    }
    return most;
}

/* Adds the section and what stands below it, but for other parts. */
static void add_section(struct parts_search *search, const struct markdown_section *longest)
{
    const struct markdown *body = search->body;
    const enum section_id owner = parts_owner(
        search->parts, (int)(longest - &g_array_index(body->sections, struct markdown_section, 0)));

    for (int i = 0; i < (int)body->sections->len; i++) {
        const struct markdown_section *section = &g_array_index(body->sections, struct markdown_section, i);
        if (section->span.start >= longest->span.start && section->span.end <= longest->span.end &&
            search->parts->owners[i] == owner)
            parts_add(search, search->parts->why, i);
    }
}

/* -- clauses -- */

/* Whether a word that introduces a reason, and the reason, stand at index. */
static gboolean is_clause(const struct word_list *list, const struct prose *prose, guint index)
{
    const struct token *token = prose_at(prose, index);
    const guint end = prose->tokens->len;

    if (token->kind != TOKEN_WORD || token->heading)
        return FALSE;
    const guint n = word_list_match(list, prose, index, end);
    return n > 0 && index + n < end && prose_at(prose, index + n)->kind != TOKEN_MARK;
}

/* Sections in which such a word says something else: "so that it is seen" is a criterion. */
static gboolean is_aside(enum section_id owner)
{
    return owner == SECTION_CRITERIA || owner == SECTION_APPROACH || parts_is_talk(owner);
}

/* Whether a clause of the body says it; one that stands in no part yet makes its section one. */
static gboolean find_clause(struct parts_search *search, const struct word_list *list)
{
    const struct prose *prose = parts_prose(search);
    int first = PARTS_TITLE;

    for (guint i = 0; i < prose->tokens->len; i++) {
        const int section = prose_at(prose, i)->section;
        const gboolean covered = parts_covers(search->parts, section);
        if (is_aside(parts_owner(search->parts, section)) || (!covered && first != PARTS_TITLE) ||
            !is_clause(list, prose, i))
            continue;
        if (covered)
            return TRUE;
        first = section;
    }
    if (first != PARTS_TITLE)
        parts_add(search, search->parts->why, first);
    return first != PARTS_TITLE;
}

static gboolean has_title(const GArray *places)
{
    for (guint i = 0; i < places->len; i++)
        if (g_array_index(places, int, i) == PARTS_TITLE)
            return TRUE;
    return FALSE;
}

static gboolean find_in_title(struct parts_search *search, const struct word_list *list)
{
    g_autoptr(Prose) title = prose_parse(search->source->title ? search->source->title : "");
    guint i = 0;

    while (i < title->tokens->len && !is_clause(list, title, i))
        i++;
    if (i < title->tokens->len && !has_title(search->parts->story))
        parts_add(search, search->parts->why, PARTS_TITLE);
    return i < title->tokens->len;
}

void parts_find_why(struct parts_search *search)
{
    const struct policy *policy = search->source->policy;
    const struct markdown_section *longest;
    struct parts *parts = search->parts;

    if (!span_is_empty(parts->told.story.benefit) ||
        parts_why_words(parts, policy, search->body, parts_prose(search), TRUE, &longest) >= PARTS_WHY_WORDS)
        return;
    const guint words = parts_why_words(parts, policy, search->body, parts_prose(search), FALSE, &longest);
    if (longest && words >= PARTS_WHY_WORDS) {
        add_section(search, longest);
        return;
    }
    const struct word_list *list = lexicon_list(parts_lexicon(search), "why");
    parts->without_why = !find_clause(search, list) && !find_in_title(search, list);
}

/* -- the approach -- */

gboolean parts_is_record(const char *destination)
{
    static const char *const folders[] = { "adr", "adrs", "decision", "decisions", "rfc", "rfcs", NULL };
    g_autofree char *path = g_ascii_strdown(destination, (gssize)strcspn(destination, "?#"));
    g_auto(GStrv) steps = g_strsplit(path, "/", -1);

    for (gsize i = 0; steps[i]; i++) {
        gsize word = strcspn(steps[i], "-_.0123456789");
        g_autofree char *first = g_strndup(steps[i], word);
        if (g_strv_contains(folders, first) || strstr(steps[i], "decision-record"))
            return TRUE;
    }
    return FALSE;
}

/* The section at the place, or PARTS_LEADING. */
static int section_around(const struct markdown *body, gsize offset)
{
    int section = PARTS_LEADING;

    while (section + 1 < (int)body->sections->len &&
           g_array_index(body->sections, struct markdown_section, section + 1).span.start <= offset)
        section++;
    return section;
}

void parts_find_records(struct parts_search *search)
{
    const GArray *links = search->body->links;

    for (guint i = 0; i < links->len; i++) {
        const struct markdown_link *link = &g_array_index(links, struct markdown_link, i);
        /* Of a link that shows nothing nobody knows where it stands. */
        if (parts_is_record(link->destination) &&
            (span_is_empty(link->text) ||
             !parts_covers(search->parts, section_around(search->body, link->text.start))))
            g_ptr_array_add(search->parts->records, link->destination);
    }
}
