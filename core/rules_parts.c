/* What a bug and a spike say in the place of a story. */
#include "rules_told.h"

#include "stand_in.h"

#include <string.h>

/* A part of an item: a section of its names, or words that say it. */
struct part {
    enum rule_types type;
    enum stand_in names;
    const char *what;           /* for the message */
    const char *const *phrases; /* NULL-terminated */
    gboolean agreed;            /* criteria say it as well */
};

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const struct part parts[] = {
    { RULE_BUG, STAND_IN_STEPS, "what to do to see it",
      NAMES("steps to reproduce", "to reproduce", "reproduce", "steps", "how to reproduce", "repro", "when i",
            "when you", "when the", "when a", "when an", "when we", "when", "if you", "if i", "if the",
            "after", "on every", "while", "during", "running", "run", "click", "clicking", "using",
            "opening") },
    { RULE_BUG, STAND_IN_EXPECTED, "what should happen",
      NAMES("expected", "expect", "expects", "should", "must", "supposed to", "ought to"), TRUE },
    { RULE_BUG, STAND_IN_ACTUAL, "what happens instead",
      NAMES("actual", "actually", "instead", "observed", "currently", "but", "fails", "fail", "failed",
            "crashes", "crash", "crashed", "error", "wrong", "broken", "does not", "doesn't", "do not",
            "don't", "is not", "isn't", "cannot", "can't", "never", "no longer", "throws", "hangs", "missing",
            "incorrect", "incorrectly", "still", "unexpectedly", "stuck", "ignored") },
    { RULE_SPIKE, STAND_IN_QUESTION, "the question",
      NAMES("?", "find out", "whether", "learn", "what", "how", "which", "why") },
    { RULE_SPIKE, STAND_IN_DECIDES, "what will be decided with the answer",
      NAMES("decide", "decides", "decided", "decision", "choose", "so that", "in order to", "recommend",
            "recommendation", "go or no-go", "whether to", "which to use") },
};

/* Whether a fence is in the section: steps may be nothing but what was typed. *next is the first fence that
 * does not stand before it, and is moved on. */
static gboolean has_fence(const struct markdown *body, const struct markdown_section *section, guint *next)
{
    for (; *next < body->fences->len; ++*next) {
        const struct markdown_fence *fence = &g_array_index(body->fences, struct markdown_fence, *next);
        if (fence->exact && fence->span.start >= section->content.start)
            return fence->span.end <= section->content.end;
    }
    return FALSE;
}

/* Whether a section of one of these names is there; *filled: whether one says something. */
static gboolean has_section(const struct reading *reading, const char *const *names, gboolean *filled)
{
    const GArray *sections = reading->document->body->sections;
    gboolean found = FALSE;
    guint fence = 0;

    *filled = FALSE;
    for (guint i = 0; i < sections->len && !*filled; i++) {
        const struct markdown_section *section = &g_array_index(sections, struct markdown_section, i);
        if (!markdown_is_named(section, names))
            continue;
        found = TRUE;
        *filled = told_count(reading->prose, prose_within(reading->prose, section->content)) > 0 ||
                  has_fence(reading->document->body, section, &fence);
    }
    return found;
}

static gboolean says(const struct prose *prose, const char *const *phrases)
{
    const guint end = prose->tokens->len;

    for (guint i = 0; i < end; i++) {
        const struct token *token = prose_at(prose, i);
        if ((token->kind != TOKEN_WORD && token->mark != '?') || token->heading)
            continue;
        for (gsize j = 0; phrases[j]; j++)
            if (*phrases[j] == *token->text && prose_has(prose, i, end, phrases[j]))
                return TRUE;
    }
    return FALSE;
}

static void report_missing(struct reading *reading, const struct told *told, const GPtrArray *missing)
{
    g_autoptr(GString) what = g_string_new(NULL), headings = g_string_new(NULL);

    for (guint i = 0; i < missing->len; i++) {
        const struct part *part = missing->pdata[i];
        const char *joint = i == 0 ? "" : i + 1 < missing->len ? ", " : " and ";
        g_string_append_printf(what, "%s%s", joint, part->what);
        g_string_append_printf(headings, "%s\"## %s\"", joint, stand_in_headings(part->names)[0]);
    }
    g_autofree char *help = g_strdup_printf("refine edit %s, and say it under %s", told->id, headings->str);
    reading_report(reading, "story-missing", told_missing_place(reading, N_SECTIONS), help,
                   "expected %s, saw nothing of it", what->str);
}

/* Where one of the parts has a section, all are to have theirs; where none has, what is said anywhere counts.
 */
void rules_read_parts(struct reading *reading, const struct told *told)
{
    g_autoptr(GPtrArray) empty = g_ptr_array_new(), unsaid = g_ptr_array_new();
    gboolean any = FALSE;

    if (reading->type != RULE_BUG && reading->type != RULE_SPIKE)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        gboolean filled;
        if (parts[i].type != reading->type)
            continue;
        any = has_section(reading, stand_in_headings(parts[i].names), &filled) || any;
        if (filled)
            continue;
        g_ptr_array_add(empty, (gpointer)&parts[i]);
        if (!says(reading->prose, parts[i].phrases) && !says(reading->title, parts[i].phrases) &&
            !(parts[i].agreed && reading->criteria->len > 0))
            g_ptr_array_add(unsaid, (gpointer)&parts[i]);
    }
    const GPtrArray *missing = any ? empty : unsaid;
    if (missing->len > 0)
        report_missing(reading, told, missing);
}
