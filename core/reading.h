/*
 * One item while the rules read its file: what they share, so that each is worked out once. A family of rules
 * that needs nothing but the file is a function of a reading (rules_private.h); what it reports is kept with
 * the item's facts, in the index too, so that it must depend on nothing but the file and the policy: not on
 * other items, the day or the severities.
 */
#pragma once

#include "criteria.h"
#include "facts.h"
#include "parts.h"
#include "prose.h"
#include "rulebook.h"

struct reading {
    const struct rulebook *book;
    const struct policy *policy;
    const struct item *item;   /* readable and open */
    struct document *document; /* its body is read */
    enum rule_types type;      /* one bit */
    GPtrArray *criteria;       /* struct criterion */
    const struct parts *parts; /* where what is agreed on stands */
    const struct prose *prose; /* of the body */
    const struct prose *title; /* of the title; spans are of item->title */
    struct facts *facts;       /* findings go to facts->findings; questions are there already */
    /* private */
    struct lines_walk walk; /* over the places of findings */
};

/* Has all families that need nothing but the file read the item, whose document facts are of: adds what they
 * find, without advice only what reading_is_firm has. Of one that is closed or cannot be read nothing is
 * said. */
void reading_judge(const struct rulebook *book, const struct item *item, struct document *document,
                   gboolean advice, struct facts *facts);

/* Whether all that is said of the item without advice holds of every open item: it neither claims to be ready
 * nor waives anything, and the team has no rules of its own. */
gboolean reading_is_firm(const struct rulebook *book, const struct item *item);

/* The section, the first by that name; NULL: there is none. */
const struct markdown_section *reading_section(const struct reading *reading, enum section_id section);

/* The headings by which the section goes, for a message: "\"Why\", \"Context\" or \"Problem\"". */
char *reading_headings(const struct reading *reading, enum section_id section);

/* The tokens of a section's own content, sections below it included, headings too; empty where there is
 * none. */
struct prose_range reading_range(const struct reading *reading, enum section_id section);

/* The front matter as nodes, for maps and lists of maps, of which an item keeps only keys; read at the first
 * call (document_front, so that the document has it too). NULL where there is none. Borrowed from the
 * document. */
const struct node *reading_front(struct reading *reading);

/* Where the value of a field stands; 0: it is not there, the top of the file. */
gsize reading_field(const struct reading *reading, enum field_id field);

/* Adds a finding of the rule about span of the file, unless the rule is not asked of items of this type. help
 * may be NULL: say there what to do, with the command where one does it. Returns it, NULL where there is
 * none. */
struct finding *reading_report(struct reading *reading, const char *rule, struct span span, const char *help,
                               const char *format, ...) G_GNUC_PRINTF(5, 6);

/* Adds what holds only where something outside of the file is so, which rules_holds knows of the rule, and
 * about says of whom or when (NULL: nothing). */
struct finding *reading_doubt(struct reading *reading, const char *rule, struct span span, const char *about,
                              const char *help, const char *format, ...) G_GNUC_PRINTF(6, 7);

/* The same as reading_report at another severity than the rule's own: a softer one for what is in doubt, a
 * graver one for what is a fact. */
struct finding *reading_report_as(struct reading *reading, const char *rule, enum severity severity,
                                  struct span span, const char *help, const char *format, ...)
    G_GNUC_PRINTF(6, 7);
