/*
 * A finding is what one check says about one place: plain strings, no item, no file handle. Parsers and rules
 * add findings to a list; whoever knows the path sets it; printers print them. A finding is not an error: the
 * caller goes on.
 */
#pragma once

#include "lines.h"

enum severity { SEVERITY_OFF, SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

struct finding {
    const char *rule; /* a name of the table of rules, or of a rule of the team; static, or interned */
    enum severity severity;
    char *path;         /* NULL until the loader sets it */
    struct span span;   /* bytes of the file */
    struct position at; /* of span.start; line 0 when the finding is about the file as a whole */
    char *message;      /* what was expected and what was seen; one line, fit to be shown (plain_escape) */
    char *help;         /* what to do; NULL where the message says it */
    char *about;        /* words for who asks further, which the rule explains; NULL: none */
    char *key;       /* what it is about, for telling the same finding in another version of the file, where
                        the message holds what may change beside it (a count, a line); NULL: the message */
    gboolean advice; /* about what does not claim to be ready: a note that never makes a check fail */
    char *waived;    /* the reason for which the item waives it; NULL: it is not waived */
};

/* A new empty list, owning its findings: g_ptr_array_unref frees all. */
GPtrArray *findings_new(void);

/* Appends a finding about span of text, which is only read for line and column. With text NULL the finding is
 * about the whole file. help may be NULL; it is copied. The message may quote the file as it is. Returns the
 * new finding, owned by the list. */
struct finding *finding_add(GPtrArray *findings, const char *rule, enum severity severity, const char *text,
                            gsize length, struct span span, const char *help, const char *format, ...)
    G_GNUC_PRINTF(8, 9);

/* The same about a place that is known without the text: that of a foreign file, or, with line 0, the whole
 * file. */
struct finding *finding_add_at(GPtrArray *findings, const char *rule, enum severity severity,
                               struct position at, const char *help, const char *format, ...)
    G_GNUC_PRINTF(6, 7);

/* The same for what every parser says: an error of the rule "parse" at offset. findings may be NULL. */
void finding_add_parse(GPtrArray *findings, const char *text, gsize length, gsize offset, const char *help,
                       const char *format, ...) G_GNUC_PRINTF(6, 7);

/* Sets the path of the findings from index first on that have none yet. */
void findings_set_path(GPtrArray *findings, guint first, const char *path);

/* Sorts by path, then place, then rule: the order in which a person reads files. Equals stay in order. */
void findings_sort(GPtrArray *findings);

/* The gravest severity in the list; SEVERITY_OFF when it is empty. */
enum severity findings_gravest(const GPtrArray *findings);

/* Whether it stands against the item being ready: an error that nobody waives. */
gboolean finding_blocks(const struct finding *finding);

/* "error", "warning", "note", "off". */
const char *severity_name(enum severity severity);

/* The severity of that name; FALSE: there is none. */
gboolean severity_parse(const char *name, enum severity *severity);
