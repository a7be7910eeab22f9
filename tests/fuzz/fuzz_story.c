/*
 * Any bytes as a story: read without harm, and each part that is found is within the text, in words, and
 * where it says to be. The same sentence behind marks that say nothing has the same parts.
 */
#include "story.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_part(struct span part, struct span within)
{
    g_assert(part.start <= part.end);
    if (!span_is_empty(part))
        g_assert(part.start >= within.start && part.end <= within.end);
}

static void check_story(const struct story *story, struct span all)
{
    check_part(story->whole, all);
    check_part(story->rest, all);
    check_part(story->role, story->whole);
    check_part(story->situation, story->whole);
    check_part(story->wish, story->whole);
    check_part(story->benefit, story->whole);
    g_assert(span_is_empty(story->rest) || story->rest.start >= story->whole.end);
    g_assert((story->form == STORY_USER) == !span_is_empty(story->role));
    g_assert((story->form == STORY_JOB) == !span_is_empty(story->situation));
    g_assert((story->form == STORY_NONE) == span_is_empty(story->wish));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char marks[] = "> ** ";
    struct story story, again;
    g_autofree char *marked = g_malloc(size + sizeof marks);

    story_parse((const char *)data, (struct span){ 0, size }, &story);
    check_story(&story, (struct span){ 0, size });
    memcpy(marked, marks, sizeof marks - 1);
    if (size > 0)
        memcpy(marked + sizeof marks - 1, data, size);
    story_parse(marked, (struct span){ sizeof marks - 1, size + sizeof marks - 1 }, &again);
    g_assert(again.form == story.form);
    g_assert(span_length(again.role) == span_length(story.role));
    g_assert(span_length(again.wish) == span_length(story.wish));
    g_assert(span_length(again.benefit) == span_length(story.benefit));
    return 0;
}
