#include "story_item.h"

#include <string.h>

/* The index of the first prose that does not stand before offset. */
static guint prose_from(const struct markdown *body, gsize offset)
{
    guint first = 0, end = body->prose->len;

    while (first < end) {
        guint middle = first + (end - first) / 2;
        if (g_array_index(body->prose, struct markdown_prose, middle).span.start < offset)
            first = middle + 1;
        else
            end = middle;
    }
    return first;
}

/* From the first to the last prose of the section's own, up to a fence; -1: what stands before the first
 * heading. Empty where there is none. */
static struct span own_prose(const struct markdown *body, int section)
{
    const gsize start = section < 0
                            ? body->start
                            : g_array_index(body->sections, struct markdown_section, section).content.start;
    gsize end = body->length;
    struct span span = { start, start };

    if (section + 1 < (int)body->sections->len)
        end = g_array_index(body->sections, struct markdown_section, section + 1).span.start;
    for (guint i = 0; i < body->fences->len; i++) {
        const struct markdown_fence *fence = &g_array_index(body->fences, struct markdown_fence, i);
        if (fence->exact && fence->span.start >= start) {
            end = MIN(end, fence->span.start);
            break;
        }
    }
    for (guint i = prose_from(body, start); i < body->prose->len; i++) {
        const struct markdown_prose *prose = &g_array_index(body->prose, struct markdown_prose, i);
        if (prose->span.start >= end)
            break;
        span.start = span_is_empty(span) ? prose->span.start : span.start;
        span.end = prose->span.end;
    }
    return span;
}

static gboolean parse(struct story_item *found, const char *text, struct span span)
{
    found->text = text;
    return !span_is_empty(span) && story_parse(text, span, &found->story);
}

/* Whether the section has a part of its own, in which a sentence like a story is none. */
static gboolean is_other_part(const struct policy *policy, const struct markdown *body, int index)
{
    static const enum section_id parts[] = { SECTION_CRITERIA,    SECTION_APPROACH,  SECTION_QUESTIONS,
                                             SECTION_ASSUMPTIONS, SECTION_DECISIONS, SECTION_FEEDBACK };
    if (index < 0)
        return FALSE;
    const struct markdown_section *section = &g_array_index(body->sections, struct markdown_section, index);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (markdown_is_named(section, policy_section(policy, parts[i])))
            return TRUE;
    return FALSE;
}

static gboolean begins_story(const char *text, struct span span)
{
    return span_length(span) >= 4 &&
           (g_ascii_strncasecmp(text + span.start, "as a", 4) == 0 ||
            g_ascii_strncasecmp(text + span.start, "in order to", MIN(11, span_length(span))) == 0 ||
            g_ascii_strncasecmp(text + span.start, "when ", MIN(5, span_length(span))) == 0);
}

/* What is told outside of the Story section has all that makes it one: "When I save, I want it kept" may be
 * said of anything. */
static gboolean is_whole(const struct story *story)
{
    return story->form == STORY_USER || (story->form == STORY_JOB && !span_is_empty(story->benefit));
}

static gboolean find_elsewhere(const struct document *document, const struct policy *policy,
                               struct story_item *found)
{
    const struct markdown *body = document->body;

    for (guint i = 0; i < body->prose->len; i++) {
        const struct markdown_prose *prose = &g_array_index(body->prose, struct markdown_prose, i);
        gboolean first = i == 0 || prose[-1].block != prose->block;
        if (!first || !begins_story(document->text, prose->span) ||
            is_other_part(policy, body, prose->section))
            continue;
        struct span span = prose->span;
        for (guint j = i + 1; j < body->prose->len &&
                              g_array_index(body->prose, struct markdown_prose, j).block == prose->block;
             j++)
            span.end = g_array_index(body->prose, struct markdown_prose, j).span.end;
        if (parse(found, document->text, span) && is_whole(&found->story))
            return TRUE;
    }
    return FALSE;
}

gboolean story_item_find(struct document *document, const struct policy *policy, const char *title,
                         struct story_item *found)
{
    const struct markdown *body = document_body(document, NULL);
    const struct markdown_section *section =
        markdown_section_find(body, policy_section(policy, SECTION_STORY));
    const int index =
        section ? (int)(section - (const struct markdown_section *)(void *)body->sections->data) : -1;

    *found = (struct story_item){ .text = document->text };
    if (body->readable && parse(found, document->text, own_prose(body, index)))
        return TRUE;
    if (title && parse(found, title, (struct span){ 0, strlen(title) })) {
        found->in_title = TRUE;
        return TRUE;
    }
    if (find_elsewhere(document, policy, found))
        return TRUE;
    *found = (struct story_item){ .text = document->text };
    return FALSE;
}

/* Past the destination of a link that is closed at at, "](personas.md)"; at itself where there is none. */
static gsize past_link(const char *text, gsize at, gsize end)
{
    if (text[at] != ']' || at + 1 >= end || text[at + 1] != '(')
        return at;
    while (at < end && text[at] != ')')
        at++;
    return MIN(at + 1, end);
}

static gboolean has_link(const char *text, struct span part)
{
    for (gsize at = part.start; at < part.end; at++)
        if (past_link(text, at, part.end) > at)
            return TRUE;
    return FALSE;
}

char *story_item_text(const struct story_item *found, struct span part)
{
    GString *line = g_string_new(NULL);
    const gboolean linked = has_link(found->text, part);

    for (gsize at = part.start; at < part.end; at++) {
        const gsize past = past_link(found->text, at, part.end);
        if (past > at || (linked && found->text[at] == '[')) {
            at = past > at ? past - 1 : at;
            continue;
        }
        gboolean space = g_ascii_isspace(found->text[at]);
        if (!space)
            g_string_append_c(line, found->text[at]);
        else if (line->len && line->str[line->len - 1] != ' ')
            g_string_append_c(line, ' ');
    }
    return g_string_free(line, FALSE);
}
