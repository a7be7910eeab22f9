#include "template.h"

#include <string.h>

/* The last one ends the list. */
#define MAX_PARTS 5

struct template
{
    const char *type;
    struct template_part parts[MAX_PARTS]; /* one without remark ends it */
};

static const char criteria_remark[] =
    "What must be true when it is done, and how one would see it: refine criteria ID --add TEXT";

/* The last one serves every other type. */
static const struct template templates[] = {
    { "story",
      { { SECTION_STORY, NULL, "As a ROLE, I want WISH, so that BENEFIT." },
        { SECTION_CRITERIA, NULL, criteria_remark },
        { SECTION_APPROACH, NULL, "How it fits into what is there; or set approach: trivial." } } },
    { "bug",
      { { N_SECTIONS, "Steps", "What to do, step by step, from a known state." },
        { N_SECTIONS, "Expected", "What should happen." },
        { N_SECTIONS, "Actual", "What happens instead: message, version, how often." },
        { SECTION_CRITERIA, NULL, criteria_remark } } },
    { "spike",
      { { N_SECTIONS, "Question", "What we do not know. The estimate is the time-box." },
        { N_SECTIONS, "Decides", "What we will decide with the answer." },
        { SECTION_CRITERIA, NULL, criteria_remark } } },
    { "epic",
      { { SECTION_WHY, NULL, "What changes for whom. An epic is split before it is ready." },
        { SECTION_MEASURE, NULL, "The behaviour of customers that will show that it worked." } } },
    { "task",
      { { SECTION_WHY, NULL, "What it makes possible, or what happens without it." },
        { SECTION_CRITERIA, NULL, criteria_remark } } },
};

static const struct template *find_template(const char *type)
{
    const struct template *template = templates;
    while (template <templates + G_N_ELEMENTS(templates) - 1 && g_strcmp0(template->type, type) != 0)
        template ++;
    return template;
}

const struct template_part *template_parts(const char *type)
{
    return find_template(type)->parts;
}

char *template_remark(const struct template_part *part)
{
    return g_strdup_printf("<!-- %s -->", part->remark);
}

static void add_text(GString *body, const char *heading, const char *text)
{
    g_string_append_printf(body, "\n## %s\n\n%s\n", heading, text);
}

/* The criteria that the caller gave; NULL: none. */
static char *criteria_for(const struct template_texts *texts)
{
    if (texts->listed || !texts->criteria || !texts->criteria[0])
        return g_strdup(texts->listed);
    g_autofree char *list = g_strjoinv("\n- [ ] ", (char **)texts->criteria);
    return g_strconcat("- [ ] ", list, NULL);
}

/* What stands under a section's heading: the caller's text, or the remark. */
static char *text_for(const struct template_part *part, const struct template_texts *texts)
{
    if (part->section == SECTION_STORY && texts->story)
        return g_strdup(texts->story);
    if (part->section == SECTION_WHY && texts->why)
        return g_strdup(texts->why);
    char *criteria = part->section == SECTION_CRITERIA ? criteria_for(texts) : NULL;
    return criteria ? criteria : template_remark(part);
}

/* Whether the template has the section itself. */
static gboolean has_section(const struct template *template, enum section_id section)
{
    for (gsize i = 0; i < MAX_PARTS && template->parts[i].remark; i++)
        if (template->parts[i].section == section)
            return TRUE;
    return FALSE;
}

/* What the caller gave though the template has no place for it goes first. */
static void add_extra(GString *body, const struct policy *policy, const struct template *template,
                      enum section_id section, const char *text)
{
    if (text && !has_section(template, section))
        add_text(body, policy_section(policy, section)[0], text);
}

char *template_body(const struct policy *policy, const char *type, const struct template_texts *texts)
{
    const struct template *template = find_template(type);
    GString *body = g_string_new(NULL);

    add_extra(body, policy, template, SECTION_STORY, texts->story);
    for (gsize i = 0; i < MAX_PARTS && template->parts[i].remark; i++) {
        const struct template_part *part = &template->parts[i];
        g_autofree char *text = text_for(part, texts);
        add_text(body, part->heading ? part->heading : policy_section(policy, part->section)[0], text);
        if (part->section == SECTION_STORY)
            add_extra(body, policy, template, SECTION_WHY, texts->why);
    }
    if (!has_section(template, SECTION_STORY))
        add_extra(body, policy, template, SECTION_WHY, texts->why);
    g_autofree char *criteria = criteria_for(texts);
    add_extra(body, policy, template, SECTION_CRITERIA, criteria);
    return g_string_free(body, FALSE);
}
