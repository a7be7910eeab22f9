#include "history_kind.h"

#include "nearest.h"
#include "setting.h"

#include <string.h>

#define BIT(kind) (1U << (kind))
#define CRITERIA                                                                                             \
    (BIT(CHANGE_CRITERION_ADDED) | BIT(CHANGE_CRITERION_REMOVED) | BIT(CHANGE_CRITERION_REWORDED) |          \
     BIT(CHANGE_CRITERION_TICKED) | BIT(CHANGE_CRITERION_UNTICKED) | BIT(CHANGE_CRITERION_MOVED))
#define QUESTIONS                                                                                            \
    (BIT(CHANGE_QUESTION_ADDED) | BIT(CHANGE_QUESTION_REMOVED) | BIT(CHANGE_QUESTION_REWORDED) |             \
     BIT(CHANGE_QUESTION_ANSWERED) | BIT(CHANGE_QUESTION_REOPENED))
#define DECISIONS (BIT(CHANGE_DECISION_ADDED) | BIT(CHANGE_DECISION_REMOVED) | BIT(CHANGE_DECISION_REWORDED))
#define ASSUMPTIONS (BIT(CHANGE_ASSUMPTION_ADDED) | BIT(CHANGE_ASSUMPTION_SETTLED))
#define SECTIONS (BIT(CHANGE_SECTION_ADDED) | BIT(CHANGE_SECTION_REMOVED) | BIT(CHANGE_SECTION_CHANGED))
#define ENTRIES (BIT(CHANGE_ENTRY_ADDED) | BIT(CHANGE_ENTRY_REMOVED) | ASSUMPTIONS)

static const struct history_kind table[] = {
    { "added", "items that came" },
    { "removed", "items that went" },
    { "moved", "places in the order" },
    { "estimated", "estimates" },
    { "status", "a status, whichever; ready, dropped and so on: that one" },
    { "field", "front matter" },
    { "entry", "entries of lists, such as labels" },
    { "criterion", "acceptance criteria" },
    { "reworded", "criteria that say it otherwise" },
    { "ticked", "criteria that were ticked or unticked" },
    { "asked", "questions that were asked" },
    { "answered", "questions that were answered" },
    { "decided", "lines that came under decisions" },
    { "assumed", "assumptions that came, or were confirmed or refuted" },
    { "section", "sections of the text, questions and decisions too" },
    { "text", "what stands before the first heading" },
    { KIND_RENAMED, "files that were renamed or moved" },
    { KIND_UNREADABLE, "files that cannot be read, or can again" },
    { 0 },
};

/* What of change.h they mean; the field, where it is one alone. */
static const struct {
    const char *word;
    guint kinds;
    const char *field;
} meanings[] = {
    { "added", BIT(CHANGE_ITEM_ADDED), NULL },
    { "removed", BIT(CHANGE_ITEM_REMOVED), NULL },
    { "moved", BIT(CHANGE_FIELD), "rank" },
    { "estimated", BIT(CHANGE_FIELD), "estimate" },
    { "status", BIT(CHANGE_FIELD), "status" },
    { "field", BIT(CHANGE_FIELD) | ENTRIES, NULL },
    { "entry", ENTRIES, NULL },
    { "criterion", CRITERIA, NULL },
    { "reworded", BIT(CHANGE_CRITERION_REWORDED), NULL },
    { "ticked", BIT(CHANGE_CRITERION_TICKED) | BIT(CHANGE_CRITERION_UNTICKED), NULL },
    { "asked", BIT(CHANGE_QUESTION_ADDED), NULL },
    { "answered", BIT(CHANGE_QUESTION_ANSWERED), NULL },
    { "decided", BIT(CHANGE_DECISION_ADDED), NULL },
    { "assumed", ASSUMPTIONS, NULL },
    { "section", SECTIONS | QUESTIONS | DECISIONS, NULL },
    { "text", BIT(CHANGE_TEXT), NULL },
};

const struct history_kind *kind_table(void)
{
    return table;
}

gboolean kind_is_known(const char *word)
{
    for (const struct history_kind *kind = table; kind->word; kind++)
        if (strcmp(kind->word, word) == 0)
            return TRUE;
    return status_parse(word) != STATUS_UNKNOWN;
}

gboolean kind_matches(const char *word, const struct change *change)
{
    for (gsize i = 0; i < G_N_ELEMENTS(meanings); i++)
        if (strcmp(meanings[i].word, word) == 0)
            return (meanings[i].kinds & BIT(change->kind)) &&
                   (!meanings[i].field || strcmp(meanings[i].field, change->name) == 0);
    return change->kind == CHANGE_FIELD && strcmp(change->name, "status") == 0 &&
           g_strcmp0(change->after, word) == 0;
}

gboolean kind_is_of_body(const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(meanings); i++)
        if (strcmp(meanings[i].word, word) == 0)
            return (meanings[i].kinds & (CRITERIA | QUESTIONS | DECISIONS | SECTIONS | BIT(CHANGE_TEXT))) !=
                   0;
    return FALSE;
}

/* -- fields and sections -- */

char **part_sections(void)
{
    const struct setting *setting = setting_table();

    while (setting->name && strcmp(setting->name, "sections") != 0)
        setting++;
    return g_strsplit(setting->choices, " ", -1);
}

static gboolean is_called(const char *a, const char *b)
{
    g_autofree char *left = g_utf8_casefold(a, -1), *right = g_utf8_casefold(b, -1);
    return strcmp(left, right) == 0;
}

/* The section that goes by that name or heading; N_SECTIONS where none does. */
static guint find_section(const struct policy *policy, const char *part)
{
    g_auto(GStrv) names = part_sections();

    for (guint i = 0; i < N_SECTIONS; i++) {
        const char *const *headings = policy_section(policy, i);
        if (is_called(names[i], part))
            return i;
        for (gsize j = 0; headings[j]; j++)
            if (is_called(headings[j], part))
                return i;
    }
    return N_SECTIONS;
}

/* Whether a heading is the part's, or one of the section that goes by it. */
static gboolean has_heading(const struct policy *policy, guint section, const char *part, const char *heading)
{
    const char *const *headings = section < N_SECTIONS ? policy_section(policy, section) : NULL;

    for (gsize i = 0; headings && headings[i]; i++)
        if (is_called(headings[i], heading))
            return TRUE;
    return is_called(part, heading);
}

/* Whether name is the field, or an entry of it: "waive.RULE". */
static gboolean has_name(const char *part, const char *name)
{
    gsize length = strlen(part);
    return g_ascii_strncasecmp(part, name, length) == 0 && (name[length] == '\0' || name[length] == '.');
}

gboolean part_matches(const struct policy *policy, const char *part, const struct change *change)
{
    guint kind = BIT(change->kind);
    gboolean body = kind & (CRITERIA | QUESTIONS | DECISIONS | SECTIONS);
    guint section = body ? find_section(policy, part) : N_SECTIONS;

    if (kind & (BIT(CHANGE_FIELD) | ENTRIES))
        return has_name(part, change->name);
    if (kind & CRITERIA)
        return section == SECTION_CRITERIA;
    if (kind & (QUESTIONS | DECISIONS | SECTIONS))
        return has_heading(policy, section, part, change->name);
    return change->kind == CHANGE_TEXT && is_called(part, "text");
}

gboolean part_is_of_body(const struct policy *policy, const char *part)
{
    return find_section(policy, part) < N_SECTIONS || !field_find(part);
}

const char *part_nearest(const struct policy *policy, const char *part)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (gsize i = 0; i < N_FIELDS; i++)
        g_ptr_array_add(names, (gpointer)field_table()[i].name);
    for (guint i = 0; i < N_SECTIONS; i++)
        for (const char *const *heading = policy_section(policy, i); *heading; heading++)
            g_ptr_array_add(names, (gpointer)*heading);
    g_ptr_array_add(names, NULL);
    gboolean known = field_find(part) || find_section(policy, part) < N_SECTIONS;
    return known ? NULL : nearest_name(part, (const char *const *)names->pdata);
}
