/*
 * Any bytes as a policy: read without harm, findings in place, and every getter answers; a policy without
 * errors keeps what its header promises.
 */
#include "custom.h"
#include "explain.h"
#include "rules.h"
#include "setting.h"
#include "template.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_findings(const struct policy *policy, size_t size)
{
    for (guint i = 0; i < policy->findings->len; i++) {
        const struct finding *finding = policy->findings->pdata[i];
        g_assert(finding->span.start <= finding->span.end && finding->span.end <= size);
        g_assert(finding->at.line >= 1 && finding->at.column >= 1);
        g_assert(finding->path && *finding->message);
        g_assert(g_utf8_validate(finding->message, -1, NULL));
    }
}

static void check_settings(const struct policy *policy)
{
    for (const struct setting *setting = setting_table(); setting->name; setting++) {
        g_autofree const char **texts = policy_texts(policy, setting->name);
        const char *text = policy_text(policy, setting->name);
        g_assert(texts);
        if (policy_sets(policy, setting->name))
            g_assert(policy_get(policy, setting->name));
        if (text && *text)
            g_assert_cmpstr(texts[0], ==, text);
    }
}

/* What edits and templates rely on whatever the findings. */
static void check_sections(const struct policy *policy)
{
    static const char *const types[] = { "story", "bug", "spike", "epic", "chore" };
    static const char *const criteria[] = { "a", NULL };
    const struct template_texts texts = { "story", "why", criteria };

    for (int i = 0; i < N_SECTIONS; i++) {
        const char *const *names = policy_section(policy, (enum section_id)i);
        struct edit_section edit = policy_edit_section(policy, (enum section_id)i);
        g_assert(names[0] && *names[0] && edit.names == names && edit.before);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
        g_autofree char *body = template_body(policy, types[i], &texts);
        g_assert(g_str_has_prefix(body, "\n## "));
    }
}

/* The rules of the team that it gives can be found, explained and asked. */
static void check_custom(const struct policy *policy)
{
    g_autoptr(Rulebook) book = rulebook_new(policy);

    for (guint i = 0; i < book->custom->len; i++) {
        const struct custom *custom = book->custom->pdata[i];
        g_autoptr(GArray) settings = explain_settings(book, &custom->rule);
        g_assert(rulebook_find(book, custom->rule.name) == &custom->rule);
        g_assert(*custom->rule.summary && custom->rule.types && settings->len > 0 && custom->at.line > 0);
        g_assert(!custom->section || custom->headings[0]);
        if (custom->compiled)
            pattern_find(custom->compiled, "Given a pump", strlen("Given a pump"), 0, NULL);
    }
}

static void check_severities(const struct policy *policy)
{
    static const char *const labels[] = { "ui", "urgent", NULL };
    for (guint i = 0; i < rule_count(); i++) {
        const struct rule *rule = rule_at(i);
        enum severity severity = policy_severity(policy, rule->name, rule->severity, "spike", labels);
        g_assert(severity >= SEVERITY_OFF && severity <= SEVERITY_ERROR);
        policy_severity(policy, rule->name, rule->severity, NULL, NULL);
    }
}

static void check_choices(const struct policy *policy, gboolean sound)
{
    for (int i = 0; i < N_FIELDS; i++) {
        g_autofree const char **choices = policy_choices(policy, (enum field_id)i);
        for (gsize j = 0; choices && choices[j]; j++) {
            double weight = 0;
            gboolean weighs = policy_weight(policy, choices[j], &weight);
            g_assert(!sound || i != FIELD_ESTIMATE || (weighs && weight >= 0));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", bytes);
    gboolean sound = findings_gravest(policy->findings) < SEVERITY_ERROR;
    g_autofree char *shown = policy_display(policy, policy->folder);

    g_assert(policy->written && *policy->folder && *shown);
    g_assert(!sound || (*policy->folder != '/' && *policy->folder != '.' && !strstr(policy->folder, "/.")));
    check_findings(policy, size);
    check_settings(policy);
    check_sections(policy);
    check_severities(policy);
    check_custom(policy);
    check_choices(policy, sound);
    return 0;
}
