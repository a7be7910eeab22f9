/*
 * Cuts that the text of an item offers: into which smaller items it could be split, and the words that say
 * so. For whoever splits an item by hand; nothing here is ever done by itself.
 *
 *     g_autoptr(GPtrArray) cuts = cut_list(document, policy);
 *     const struct cut *cut = cuts->pdata[0];          the strongest: its pattern, words, why and children
 *
 * The patterns are SPIDR (Mike Cohn, "Five Simple but Powerful Ways to Split User Stories", 2017); one child
 * for each operation of a "manage" is from Richard Lawrence, "Patterns for Splitting User Stories" (2009),
 * and counts as paths. What is read is the title, the story, the criteria and, for some patterns, why,
 * approach and open questions, in English; the role and the benefit of a story are no place for a cut. Code,
 * links, comments and quoted literals are not prose. Where the words are in doubt nothing is offered. Each
 * criterion goes to one child at least: to each that it speaks of, else to the first, which is built first
 * and carries what holds for all. Takes time in proportion to the text.
 */
#pragma once

#include "policy.h"

enum cut_pattern { CUT_SPIKE, CUT_PATHS, CUT_INTERFACES, CUT_DATA, CUT_RULES, N_CUT_PATTERNS };

/* Words of the item that led to a cut. */
struct cut_words {
    char *text;        /* as they stand there, on one line */
    struct span span;  /* of the document; the whole value where a title is not written as it reads */
    const char *place; /* static: "title", "story", "why", "criteria", "approach" or "questions" */
    guint criterion;   /* from 1, as criteria_read counts; 0: in none */
};

struct cut_child {
    char *title;
    GArray *criteria; /* guint from 1, rising; may be empty */
};

struct cut {
    enum cut_pattern pattern;
    const char *kind;    /* static, what of the pattern it is: "formats", "operations"; one cut of a kind */
    guint strength;      /* only to be compared within one list */
    char *why;           /* one sentence, without a full stop */
    GPtrArray *words;    /* struct cut_words, in the order of the file; one at least, at most CUT_WORDS */
    GPtrArray *children; /* struct cut_child; two at least, at most CUT_CHILDREN */
};

#define CUT_WORDS 6
#define CUT_CHILDREN 12

/* "spike", "paths", "interfaces", "data", "rules": what --pattern takes. */
const char *cut_pattern_name(enum cut_pattern pattern);

/* What a person could look for in an item where the pattern did not show in the words. */
const char *cut_pattern_question(enum cut_pattern pattern);

/* The cuts of an item, struct cut, strongest first; empty where nothing fits or the document cannot be read.
 * An array that owns them. The body of document is read if that was not done. */
GPtrArray *cut_list(struct document *document, const struct policy *policy);
