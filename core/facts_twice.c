#include "facts_twice.h"

#include "criteria.h"

#include <string.h>

/* The message has a number or a line, which change with what is written above: what stands twice does not. */
static struct finding *keep_key(struct finding *finding, const char *key)
{
    finding->key = g_strdup(key);
    return finding;
}

/* -- sections -- */

/* The title without a colon at its end, case aside. */
static char *fold_title(const char *title)
{
    g_autofree char *bare = g_strchomp(g_strdup(title));
    if (g_str_has_suffix(bare, ":"))
        bare[strlen(bare) - 1] = '\0';
    g_strchomp(bare);
    return g_str_is_ascii(bare) ? g_ascii_strdown(bare, -1) : g_utf8_casefold(bare, -1);
}

/* Which section of the policy it is; N_SECTIONS for one of the team's own. */
static int find_kind(const struct policy *policy, const struct markdown_section *section)
{
    int kind = 0;
    while (kind < N_SECTIONS && !markdown_is_named(section, policy_section(policy, kind)))
        kind++;
    return kind;
}

/* By what two sections are told to be one: those of which every entry counts go by several names. */
static char *key_of(const struct policy *policy, const struct markdown_section *section, int kind)
{
    return kind == SECTION_CRITERIA || kind == SECTION_QUESTIONS ? g_strdup(policy_section(policy, kind)[0])
                                                                 : fold_title(section->title);
}

/* Whether sections first and second are parts of the same one. */
static gboolean is_brother(const struct markdown *body, guint first, guint second)
{
    guint level = g_array_index(body->headings, struct markdown_heading, first).level;

    for (guint i = first + 1; i < second; i++)
        if (g_array_index(body->headings, struct markdown_heading, i).level < level)
            return FALSE;
    return g_array_index(body->headings, struct markdown_heading, second).level == level;
}

/* The line of each section's heading. */
static GArray *find_lines(const struct document *document)
{
    const GArray *sections = document->body->sections;
    GArray *lines = g_array_sized_new(FALSE, FALSE, sizeof(guint), sections->len);
    struct lines_walk walk = { 0 };

    for (guint i = 0; i < sections->len; i++) {
        gsize start = g_array_index(sections, struct markdown_section, i).span.start;
        struct position at = lines_walk(document->text, document->length, &walk, start);
        g_array_append_val(lines, at.line);
    }
    return lines;
}

static void add_section(struct facts *facts, const struct markdown_section *second, guint line, guint before,
                        gboolean known)
{
    struct finding *finding;

    if (known)
        finding = finding_add_at(facts->findings, "duplicate-section", SEVERITY_ERROR,
                                 (struct position){ line, 1 }, "put them together",
                                 "the section %s stands in line %u already, and only the first is read",
                                 second->title, before);
    else
        finding = finding_add_at(facts->findings, "duplicate-heading", SEVERITY_WARNING,
                                 (struct position){ line, 1 }, "put them together, or name one otherwise",
                                 "the heading %s stands in line %u already", second->title, before);
    keep_key(finding, second->title)->span = second->span;
}

/* Whether the second section, of the same name, should not be there. */
static gboolean is_twice(const struct document *document, guint first, guint second, gboolean known)
{
    const GArray *sections = document->body->sections;
    const struct markdown_section *one = &g_array_index(sections, struct markdown_section, first);
    const struct markdown_section *two = &g_array_index(sections, struct markdown_section, second);

    return one->exact && two->exact && two->span.start >= one->span.end &&
           (known || is_brother(document->body, first, second));
}

static void find_sections(struct facts *facts, const struct document *document, const struct policy *policy)
{
    const GArray *sections = document->body->sections;
    if (sections->len < 2)
        return;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) lines = NULL;

    for (guint i = 0; i < sections->len; i++) {
        const struct markdown_section *section = &g_array_index(sections, struct markdown_section, i);
        int kind = find_kind(policy, section);
        gboolean known = kind < N_SECTIONS;
        char *key = key_of(policy, section, kind);
        guint number = GPOINTER_TO_UINT(g_hash_table_lookup(seen, key));
        if (number && is_twice(document, number - 1, i, known)) {
            lines = lines ? lines : find_lines(document);
            add_section(facts, section, g_array_index(lines, guint, i),
                        g_array_index(lines, guint, number - 1), known);
        }
        /* What is read is the first; a brother is the last. */
        if (number && known)
            g_free(key);
        else
            g_hash_table_replace(seen, key, GUINT_TO_POINTER(i + 1));
    }
}

/* -- criteria -- */

/* What a reader takes a criterion's text for: without emphasis and a full stop at its end, with one space
 * between words, and, but for what is quoted, in small letters. */
static char *say_plainly(const char *text)
{
    char *said = g_malloc(strlen(text) + 1);
    gsize n = 0;
    char quote = 0;

    for (const char *at = text; *at; at++) {
        const gboolean inner = at > text && g_ascii_isalnum(at[-1]) && g_ascii_isalnum(at[1]);
        const gboolean alone = (at == text || at[-1] == ' ') && (!at[1] || at[1] == ' ');
        if (quote ? *at == quote : *at == '"' || *at == '`')
            quote = quote ? 0 : *at;
        if (!quote && ((*at == '*' && !alone) || (*at == '_' && !inner)))
            continue;
        if (*at == ' ' && (n == 0 || said[n - 1] == ' '))
            continue;
        said[n++] = quote ? *at : g_ascii_tolower(*at);
    }
    while (n && (said[n - 1] == ' ' || said[n - 1] == '.' || said[n - 1] == ';'))
        n--;
    said[n] = '\0';
    return said;
}

/* Whether two of one text are the same: what is nested in them may have been lost in one. */
static gboolean is_same_criterion(const struct criterion *a, const struct criterion *b)
{
    return a->scenario == b->scenario &&
           (strcmp(a->details, b->details) == 0 || (!a->scenario && (!*a->details || !*b->details)));
}

static void find_criteria(struct facts *facts, struct document *document, const struct policy *policy)
{
    g_autoptr(GPtrArray) criteria = criteria_read(document, policy);
    if (criteria->len < 2)
        return;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct lines_walk walk = { 0 };

    for (guint i = 0; i < criteria->len; i++) {
        const struct criterion *criterion = criteria->pdata[i];
        char *said = say_plainly(criterion->text);
        guint first = GPOINTER_TO_UINT(g_hash_table_lookup(seen, said));
        if (!first)
            g_hash_table_insert(seen, said, GUINT_TO_POINTER(i + 1));
        else
            g_free(said);
        if (!first || !*criterion->text)
            continue;
        if (is_same_criterion(criteria->pdata[first - 1], criterion))
            keep_key(finding_add_at(
                         facts->findings, "criterion-duplicate", SEVERITY_WARNING,
                         lines_walk(document->text, document->length, &walk, criterion->span.start),
                         "remove one of them", "criterion %u says the same as criterion %u", i + 1, first),
                     criterion->text)
                ->span = criterion->span;
    }
}

/* -- questions -- */

static void find_questions(struct facts *facts)
{
    if (facts->questions->len < 2)
        return;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < facts->questions->len; i++) {
        const struct question *question = facts->questions->pdata[i];
        g_autofree char *key = g_strdup_printf("@%s %s", question->to ? question->to : "", question->text);
        guint first = GPOINTER_TO_UINT(g_hash_table_lookup(seen, key));
        if (!first)
            g_hash_table_insert(seen, g_steal_pointer(&key), GUINT_TO_POINTER(i + 1));
        else if (*question->text)
            keep_key(finding_add_at(facts->findings, "duplicate-entry", SEVERITY_WARNING, question->at,
                                    "remove one of them", "question %u asks the same as question %u", i + 1,
                                    first),
                     question->text);
    }
}

void facts_find_twice(struct facts *facts, struct document *document, const struct policy *policy)
{
    find_sections(facts, document, policy);
    find_criteria(facts, document, policy);
    find_questions(facts);
}
