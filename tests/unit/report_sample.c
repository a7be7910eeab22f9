#include "report_sample.h"

#include <string.h>

#define FIRST "backlog/k7q2m-filter orders.md"
#define SECOND "backlog/c4x9d-print.md"

static const struct report_rule rules[] = {
    { "criteria-missing", SEVERITY_ERROR, "no criterion",
      "An item without criteria is never done.\n\nAdd one." },
    { "untestable-wording", SEVERITY_WARNING, "words that leave open what is meant", NULL },
    { "measure-missing", SEVERITY_OFF, "no Measure section", "" },
};

static const struct report_item items[] = {
    { FIRST, "k7q2m", "Filter orders by \"date\" & shop" },
    { SECOND, "c4x9d", "" },
};

const char *const report_hostile[] = {
    "::error file=a,line=1::owned",
    " \t::add-mask::x",
    "\r\n::stop-commands::x\r\n",
    "%0A::error::x %25 %3A%3A",
    "##[add-mask]x ##vso[task.setvariable variable=a]b ##teamcity[buildStatus]",
    "a\033[31m\x9b"
    "1m\x7f\x01 b",
    "\xff\xfe not utf-8 \xc3",
    "rtl \xe2\x80\xae marks \xe2\x80\xa8 and \xef\xbb\xbf",
    "<![CDATA[ ]]> <b> & \" ' --> <!--",
    "\xef\xbf\xbe and \xef\xbf\xbf are no XML",
    "# TODO later",
    "#TODO",
    "x # skip y",
    "\\# TODO",
    "--- ",
    "...",
    "1..9",
    "not ok 7",
    "Bail out!",
    "| a | `b` @ana #12 [x](https://example.com) $x$ ~y~",
    "",
    " ",
    "\n\n\n",
    "../../etc/passwd",
    "a b%20c?d#e",
    NULL,
};

static struct report_sample *new_sample(void)
{
    struct report_sample *sample = g_new0(struct report_sample, 1);

    sample->findings = findings_new();
    sample->paths = g_ptr_array_new();
    sample->places = g_array_new(FALSE, TRUE, sizeof(struct report_place));
    return sample;
}

static struct finding *add(struct report_sample *sample, const char *rule, enum severity severity,
                           struct position at, const char *message)
{
    const struct report_place none = { 0 };
    struct finding *finding = finding_add_at(sample->findings, rule, severity, at, NULL, "%s", message);

    findings_set_path(sample->findings, 0, FIRST);
    g_ptr_array_add(sample->paths, (gpointer)FIRST);
    g_array_append_val(sample->places, none);
    return finding;
}

static struct report_sample *finish(struct report_sample *sample)
{
    sample->fingerprints = finding_fingerprints(sample->findings, NULL);
    sample->report = (struct report){
        .findings = sample->findings,
        .paths = (const char *const *)sample->paths->pdata,
        .fingerprints = (const char *const *)sample->fingerprints,
        .places = (const struct report_place *)(gpointer)sample->places->data,
        .rules = rules,
        .n_rules = G_N_ELEMENTS(rules),
        .items = items,
        .n_items = G_N_ELEMENTS(items),
        .fail_on = SEVERITY_ERROR,
        .version = "0.1.0",
    };
    return sample;
}

struct report_sample *report_sample_new(void)
{
    struct report_sample *sample = new_sample();

    struct finding *finding = add(sample, "untestable-wording", SEVERITY_WARNING, (struct position){ 12, 9 },
                                  "\"größer\" leaves open how large");
    finding->help = g_strdup("say a number, and its unit");
    g_array_index(sample->places, struct report_place, 0) = (struct report_place){ 10, 12, 15, 18 };
    add(sample, "criteria-missing", SEVERITY_ERROR, (struct position){ 0, 0 },
        "expected a criterion, found none");
    add(sample, "untestable-wording", SEVERITY_WARNING, (struct position){ 14, 3 },
        "\"fast\" leaves open how fast")
        ->waived = g_strdup("legal wrote it, 100%");
    struct finding *advice = add(sample, "untestable-wording", SEVERITY_NOTE, (struct position){ 15, 3 },
                                 "\"easy\" leaves open for whom");
    advice->advice = TRUE;
    return finish(sample);
}

struct report_sample *report_sample_hostile(const char *text)
{
    static const enum severity severities[] = { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };
    struct report_sample *sample = new_sample();

    for (guint i = 0; i < 4; i++) {
        struct finding *finding = add(sample, text, severities[i % 3], (struct position){ 3, 1 }, text);
        finding->help = g_strdup(text);
        finding->waived = i == 3 ? g_strdup(text) : NULL;
    }
    finish(sample);
    for (guint i = 0; i < 4; i++)
        sample->paths->pdata[i] = (gpointer)text;
    struct report_item *all = g_memdup2(items, sizeof items);
    struct report_rule *own = g_memdup2(rules, sizeof rules);
    all[0] = (struct report_item){ text, text, text };
    own[0] = (struct report_rule){ text, SEVERITY_ERROR, text, text };
    sample->report.items = all;
    sample->report.rules = own;
    sample->own = TRUE;
    return sample;
}

struct report_sample *report_sample_clean(void)
{
    return finish(new_sample());
}

void report_sample_free(struct report_sample *sample)
{
    if (sample->own) {
        g_free((gpointer)sample->report.items);
        g_free((gpointer)sample->report.rules);
    }
    g_ptr_array_unref(sample->findings);
    g_ptr_array_unref(sample->paths);
    g_array_unref(sample->places);
    g_strfreev(sample->fingerprints);
    g_free(sample);
}

char *report_sample_print(const struct report_sample *sample, enum report_format format)
{
    GString *out = g_string_new(NULL);
    report_print(out, format, &sample->report);
    return g_string_free(out, FALSE);
}
