/*
 * Where the parts of an item stand that a team agrees on: the one answer for the rules, which ask whether
 * they are there (story-missing, why-missing, approach-missing), and for the stamp (stamp_text.h), which
 * holds them, so that nothing passes as a part that no stamp holds.
 *
 *     g_autoptr(Parts) parts = parts_find(&(struct parts_source){ .policy = policy, … });
 *     for (guint i = 0; i < parts->story->len; i++)
 *         … g_array_index(parts->story, int, i) …
 *
 * A section belongs to the part that its name says, or, where that says nothing, to the part of the section
 * around it. Only what has no section of its own is looked for in others: a story by its sentence; what bugs
 * and spikes have in its place (stand_in.h) and the reason by words that say it, first where a part stands
 * already, then in sections that are no part's, then in the title. Text in questions, assumptions, decisions
 * and feedback, which changes while an item is done, is never a part.
 */
#pragma once

#include "lexicon.h"
#include "rules.h"
#include "stand_in.h"
#include "story_item.h"

/* Places beside sections, which are named by their index. */
#define PARTS_LEADING (-1) /* what stands before the first heading */
#define PARTS_TITLE (-2)

struct parts_source {
    const struct policy *policy;
    struct document *document;     /* its body is read if that was not done */
    const char *title, *type;      /* may be NULL */
    const struct prose *prose;     /* of the body; NULL: it is read where it is needed */
    const struct lexicon *lexicon; /* NULL: it is made where it is needed */
    const GPtrArray *criteria;     /* struct criterion; NULL: they are read where they are needed */
};

struct parts {
    enum section_id *owners; /* by section: whose it is by its name or that around it; N_SECTIONS: no part's.
                                What bugs and spikes have in place of a story is SECTION_STORY's, too */
    GArray *story, *why;     /* of int: the sections of the part, each once, and the places above */
    GPtrArray *records;      /* const char *, borrowed from the body: links to decision records that stand in
                                no agreed part, which are the approach of an item that has no other */
    struct story_item told;  /* all empty where no story is told */
    unsigned unsaid;         /* bits, 1 << enum stand_in: what of these a bug or spike says nowhere */
    gboolean without_why;    /* nothing says what it is good for: no benefit, no section, no clause */
    gboolean *covered;       /* private: by section + 1: it is one of an agreed part's */
};

/* Never NULL; owns what it points to but for what is borrowed from the source. */
struct parts *parts_find(const struct parts_source *source);
void parts_free(struct parts *parts);
typedef struct parts Parts; /* for g_autoptr(Parts) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Parts, parts_free)

/* Whether the section, or PARTS_LEADING, is one of story, why, criteria or approach. */
gboolean parts_covers(const struct parts *parts, int section);

/* How many words the section has that are its part's; of sections below it those that are of the same. */
guint parts_words(const struct parts *parts, const struct markdown *body, const struct prose *prose,
                  int section);

/* The longest of the sections that say why, in words; *longest: which (NULL: there is none). named: only
 * those that the policy names; else what people call them as well, such as Background. */
guint parts_why_words(const struct parts *parts, const struct policy *policy, const struct markdown *body,
                      const struct prose *prose, gboolean named, const struct markdown_section **longest);

/* Whether a link leads to where teams keep their decisions about architecture: docs/adr/0007-cache.md,
 * decisions/cache.md, rfc-12.md. */
gboolean parts_is_record(const char *destination);

/* A section that says why says it in so many words. */
#define PARTS_WHY_WORDS 8
