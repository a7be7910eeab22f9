#include "rules_private.h"

#include "stamp.h"

static const struct rule table[] = {
    {
        .name = "stale-ready",
        .severity = SEVERITY_ERROR,
        .reach = RULE_CLAIM,
        .types = RULE_EVERY,
        .summary = "what was agreed changed since, or nobody declared it ready",
        .help = {
            .what = "An item says that it is ready, or being done, but what it says is not what the team "
                    "agreed on: its story, why, criteria, estimate or approach changed since it was declared "
                    "ready, or it never was.",
            .why = "Ready means that developers and Product Owner have read the same words and can begin. "
                   "Words that change afterwards, without anybody saying so, are how a team builds something "
                   "that nobody agreed on.",
            .bad = "estimate: 8",
            .good = "labels: [search]",
            .decided = "refine ready writes a stamp into the item, a digest of each agreed part, and these are "
                       "compared with the text as it is. Ticks, comments, layout, labels, rank, questions and "
                       "other items count for nothing. Agree again and say refine ready ID, or take it back "
                       "with refine ready ID --revoke -m REASON. What was begun before the team took to this, "
                       "or came from another tracker, has no stamp: refine ready ID declares what lacks "
                       "nothing and leaves it doing; for the rest the policy can set this rule, and those of "
                       "what is missing, off for one label until they are done.",
            .source = "The Definition of Ready as teams practise it; the Scrum Guide (Schwaber, Sutherland, 2020) "
                      "on items that are deemed ready for selection.",
            .mistakes = "A typo that is mended makes it stale too: what is a typo and what changes the meaning, "
                        "no program can tell. The same words in another order of criteria do not.",
        },
    },
    { 0 },
};

const struct rule *rules_stamp_table(void)
{
    return table;
}

/* "the story", "the story and the estimate", "the story, the criteria and the estimate". */
static char *name_parts(const GPtrArray *stale)
{
    GString *names = g_string_new(NULL);

    for (guint i = 0; i < stale->len; i++)
        g_string_append_printf(names, "%sthe %s",
                               i == 0               ? ""
                               : i + 1 < stale->len ? ", "
                                                    : " and ",
                               (const char *)stale->pdata[i]);
    return g_string_free(names, FALSE);
}

static struct span span_at(gsize offset)
{
    return (struct span){ offset, offset };
}

static void report_stale(struct reading *reading, const GPtrArray *stale, const char *name)
{
    g_autofree char *parts = name_parts(stale);
    g_autofree char *help = g_strdup_printf("agree on it again and declare it with refine ready %s, or take "
                                            "it back with refine ready %s --revoke -m …",
                                            name, name);

    reading_report(reading, "stale-ready", span_at(reading_field(reading, FIELD_STAMP)), help,
                   "%s changed since it was declared ready", parts);
}

/* It was never declared. */
static void report_absent(struct reading *reading, const char *name)
{
    const struct span place = span_at(reading_field(reading, FIELD_STATUS));

    if (reading->item->status == STATUS_DOING) {
        g_autofree char *help =
            g_strdup_printf("refine ready %s declares it and leaves it doing, where nothing is "
                            "missing; else refine set %s status=refining",
                            name, name);
        reading_report(reading, "stale-ready", place, help,
                       "it is being done, but was never declared ready: there is no stamp");
        return;
    }
    g_autofree char *help = g_strdup_printf("refine ready %s declares it, where nothing is missing", name);
    reading_report(reading, "stale-ready", place, help,
                   "it says ready, but was never declared so: there is no stamp");
}

static void report_unreadable(struct reading *reading, const GError *error, const char *name)
{
    g_autofree char *help = g_strdup_printf("refine ready %s sets it anew, where nothing is missing", name);

    reading_report(reading, "stale-ready", span_at(reading_field(reading, FIELD_STAMP)), help, "stamp: %s",
                   error->message);
}

void rules_read_stamp(struct reading *reading)
{
    const struct item *item = reading->item;
    const struct value *value = item_field(item, FIELD_STAMP);
    const char *name = item->id ? item->id : item->path;
    g_autoptr(GError) error = NULL;

    if (!rules_claims_ready(item))
        return;
    if (!value || (value->kind == NODE_SCALAR && value->count == 0)) {
        report_absent(reading, name);
        return;
    }
    g_autoptr(GPtrArray) stale =
        stamp_stale_item(reading->policy, item, reading->document, reading->parts, &error);
    if (!stale)
        report_unreadable(reading, error, name);
    else if (stale->len)
        report_stale(reading, stale, name);
}
