#include "change_private.h"

#include <string.h>

void change_read_entries(struct change_pass *pass)
{
    struct change_entries *const sides[] = { &pass->old, &pass->new };
    struct document *const documents[] = { pass->before, pass->after };

    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++) {
        sides[i]->criteria = criteria_read(documents[i], pass->policy);
        sides[i]->questions = criteria_read_entries(documents[i], pass->policy, SECTION_QUESTIONS);
        sides[i]->decisions = criteria_read_entries(documents[i], pass->policy, SECTION_DECISIONS);
    }
}

void change_clear_entries(struct change_pass *pass)
{
    struct change_entries *const sides[] = { &pass->old, &pass->new };

    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++) {
        g_ptr_array_unref(sides[i]->criteria);
        g_ptr_array_unref(sides[i]->questions);
        g_ptr_array_unref(sides[i]->decisions);
    }
}

struct comparison;

/* How the entries of a section are compared. */
struct manner {
    enum change_kind added;
    enum change_kind removed;
    void (*compare)(const struct comparison *of, const struct criterion *old, const struct criterion *new,
                    guint number);
};

/* A section that is compared entry by entry. */
struct comparison {
    struct change_pass *pass;
    const char *heading; /* as the later version has it */
    const struct manner *manner;
};

static void add_entry(const struct comparison *of, enum change_kind kind, const char *before,
                      const char *after, guint number)
{
    change_add(of->pass, kind, of->heading, before, after)->number = number;
}

/* What the details of new have behind all those of old, without the mark of a list; NULL where they do not go
 * on from them. */
static const char *further_details(const struct criterion *old, const struct criterion *new)
{
    if (!g_str_has_prefix(new->details, old->details))
        return NULL;
    const char *more = new->details + strlen(old->details);
    if (!*more || (*old->details && *more != ' '))
        return NULL;
    more += *more == ' ';
    return strchr("-*+", *more) && more[1] == ' ' ? more + 2 : more;
}

static void compare_question(const struct comparison *of, const struct criterion *old,
                             const struct criterion *new, guint number)
{
    const char *further = new->ticked ? further_details(old, new) : NULL;
    gboolean nested = strcmp(old->details, new->details) != 0;

    if (strcmp(old->text, new->text) != 0 || (nested && !further))
        add_entry(of, CHANGE_QUESTION_REWORDED, old->text, new->text, number);
    if (further || (!old->ticked && new->ticked))
        add_entry(of, CHANGE_QUESTION_ANSWERED, new->text, further ? further : new->text, number);
    if (old->ticked && !new->ticked)
        add_entry(of, CHANGE_QUESTION_REOPENED, NULL, new->text, number);
}

static void compare_decision(const struct comparison *of, const struct criterion *old,
                             const struct criterion *new, guint number)
{
    if (strcmp(old->text, new->text) != 0 || strcmp(old->details, new->details) != 0 ||
        old->ticked != new->ticked)
        add_entry(of, CHANGE_DECISION_REWORDED, old->text, new->text, number);
}

static gboolean has_moved(const gboolean *moved, guint n)
{
    for (guint i = 0; i < n; i++)
        if (moved[i])
            return TRUE;
    return FALSE;
}

static void compare(const struct comparison *of, GPtrArray *old, GPtrArray *new)
{
    g_autofree int *partner = g_new0(int, new->len + 1);
    g_autofree gboolean *kept = g_new0(gboolean, old->len + 1), *moved = g_new0(gboolean, new->len + 1);

    criteria_match(old, new, partner, moved);
    if (has_moved(moved, new->len)) {
        g_ptr_array_set_size(old, 0);
        g_ptr_array_set_size(new, 0);
        return;
    }
    for (guint j = 0; j < new->len; j++) {
        const struct criterion *entry = new->pdata[j];
        if (partner[j] < 0) {
            add_entry(of, of->manner->added, NULL, entry->text, j + 1);
            continue;
        }
        kept[partner[j]] = TRUE;
        of->manner->compare(of, old->pdata[partner[j]], entry, j + 1);
    }
    for (guint i = 0; i < old->len; i++)
        if (!kept[i])
            add_entry(of, of->manner->removed, ((const struct criterion *)old->pdata[i])->text, NULL, i + 1);
}

/* The heading of the section, of the later version where that has it; NULL: neither has. */
static const char *heading_of(const struct change_pass *pass, enum section_id id)
{
    const char *const *names = policy_section(pass->policy, id);
    const struct markdown_section *section = markdown_section_find(pass->after->body, names);

    if (!section)
        section = markdown_section_find(pass->before->body, names);
    return section ? section->title : NULL;
}

void change_compare_entries(struct change_pass *pass)
{
    static const struct manner questions = { CHANGE_QUESTION_ADDED, CHANGE_QUESTION_REMOVED,
                                             compare_question };
    static const struct manner decisions = { CHANGE_DECISION_ADDED, CHANGE_DECISION_REMOVED,
                                             compare_decision };
    const struct comparison asked = { pass, heading_of(pass, SECTION_QUESTIONS), &questions };
    const struct comparison decided = { pass, heading_of(pass, SECTION_DECISIONS), &decisions };

    compare(&asked, pass->old.questions, pass->new.questions);
    compare(&decided, pass->old.decisions, pass->new.decisions);
}
