#include "mend_private.h"

#include "rules.h"
#include "stamp_text.h"
#include "template.h"

#include <string.h>

/* The rule that says that the section is missing. */
static const char *rule_of(const struct template_part *part)
{
    switch (part->section) {
    case SECTION_WHY:
        return "why-missing";
    case SECTION_CRITERIA:
        return "criteria-missing";
    case SECTION_APPROACH:
        return "approach-missing";
    case SECTION_MEASURE:
        return "measure-missing";
    default:
        return "story-missing";
    }
}

/* The headings by which the part goes; NULL-terminated, its strings borrowed. */
static GPtrArray *names_of(const struct policy *policy, const struct template_part *part)
{
    GPtrArray *names = g_ptr_array_new();
    const char *const *usual = part->heading ? NULL : policy_section(policy, part->section);

    if (part->heading)
        g_ptr_array_add(names, (gpointer)part->heading);
    for (gsize i = 0; usual && usual[i]; i++)
        g_ptr_array_add(names, (gpointer)usual[i]);
    return names;
}

static gboolean is_there(const struct mend_run *run, struct document *document,
                         const struct template_part *part)
{
    g_autoptr(GPtrArray) names = names_of(run->backlog->policy, part);
    g_ptr_array_add(names, NULL);
    return markdown_section_find(document_body(document, NULL), (const char *const *)names->pdata) != NULL;
}

/* Whether one of the sections that the rule asks for is there. */
static gboolean is_any_there(const struct mend_run *run, const struct item *item, struct document *document,
                             const char *rule)
{
    for (const struct template_part *part = template_parts(item_text(item, FIELD_TYPE)); part->remark; part++)
        if (strcmp(rule_of(part), rule) == 0 && is_there(run, document, part))
            return TRUE;
    return FALSE;
}

/* Whether the item says in another place what would stand in the section: before the first heading, in a
 * field. A section without text would take the place of that. */
static gboolean is_said(const struct mend_run *run, struct document *document, const char *rule)
{
    const enum agreed agreed = strcmp(rule, "why-missing") == 0        ? AGREED_WHY
                               : strcmp(rule, "criteria-missing") == 0 ? AGREED_CRITERIA
                               : strcmp(rule, "approach-missing") == 0 ? AGREED_APPROACH
                               : strcmp(rule, "story-missing") == 0    ? AGREED_STORY
                                                                       : N_AGREED;
    char *texts[N_AGREED];
    gboolean said = FALSE;

    stamp_texts(run->backlog->policy, document, texts);
    for (gsize i = 0; i < N_AGREED; i++) {
        said = said || (i == agreed && *texts[i]);
        g_free(texts[i]);
    }
    return said;
}

/* The headings before which the part stands: of the parts behind it, and of the sections that no template
 * has. */
static GPtrArray *later_than(const struct policy *policy, const struct template_part *part)
{
    const struct edit_section last = policy_edit_section(policy, part->heading ? SECTION_WHY : part->section);
    GPtrArray *names = g_ptr_array_new();

    for (const struct template_part *later = part + 1; part->heading && later->remark; later++)
        if (later->heading)
            g_ptr_array_add(names, (gpointer)later->heading);
    for (gsize i = 0; last.before[i]; i++)
        g_ptr_array_add(names, (gpointer)last.before[i]);
    g_ptr_array_add(names, NULL);
    return names;
}

static void add_section(struct mend_run *run, const struct item *item, const struct template_part *part,
                        struct draft *draft)
{
    const struct policy *policy = run->backlog->policy;
    g_autoptr(GPtrArray) names = names_of(policy, part), before = later_than(policy, part);
    g_autofree char *remark = template_remark(part);
    GError *cause = NULL;

    g_ptr_array_add(names, NULL);
    const struct edit_section section = { .names = (const char *const *)names->pdata,
                                          .before = (const char *const *)before->pdata };
    if (mend_try(run, rule_of(part), item, 0, edit_section_append(draft->edit, &section, remark, &cause),
                 &cause))
        mend_say(run, rule_of(part), item, 0, "the section %s is there now, to be filled in",
                 (const char *)names->pdata[0]);
}

/* Adds the sections of the item's type that the rule misses. */
static void mend_rule(struct mend_run *run, const struct item *item, const char *rule)
{
    struct draft *draft = mend_draft(run, item);
    struct document *document = draft ? edit_document(draft->edit) : NULL;

    if (!document || (!is_any_there(run, item, document, rule) && is_said(run, document, rule)))
        return;
    for (const struct template_part *part = template_parts(item_text(item, FIELD_TYPE)); part->remark; part++)
        if (strcmp(rule_of(part), rule) == 0 && !is_there(run, edit_document(draft->edit), part))
            add_section(run, item, part, draft);
}

static gboolean is_missing(const char *rule)
{
    static const char *const rules[] = { "story-missing",    "why-missing",     "criteria-missing",
                                         "approach-missing", "measure-missing", NULL };
    return g_strv_contains(rules, rule);
}

/* The paths of the items that are mended, NULL-terminated; NULL: all. */
static GPtrArray *paths_of(const struct mend_run *run)
{
    GPtrArray *paths = run->only ? g_ptr_array_new() : NULL;

    for (guint i = 0; paths && i < run->backlog->items->len; i++) {
        const struct item *item = run->backlog->items->pdata[i];
        if (mend_is_wanted(run, item))
            g_ptr_array_add(paths, (gpointer)item->path);
    }
    if (paths)
        g_ptr_array_add(paths, NULL);
    return paths;
}

/* What the rules miss of items that claim to be ready, or that a person named: a raw idea needs no empty
 * sections. */
void mend_sections(struct mend_run *run)
{
    g_autoptr(GPtrArray) only = paths_of(run);
    const char *const *paths = only ? (const char *const *)only->pdata : NULL;
    const struct rules_options options = { .only = paths, .as_ready = paths };
    g_autoptr(GPtrArray) findings = rules_check(run->backlog, &options);

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        const struct item *item = is_missing(finding->rule) && !finding->advice && !finding->waived
                                      ? backlog_at(run->backlog, finding->path)
                                      : NULL;
        if (item && item->readable)
            mend_rule(run, item, finding->rule);
    }
}
