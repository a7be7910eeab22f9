#include "rules_private.h"

#include "scale.h"

gsize rules_size_place(const struct item *item)
{
    const struct value *estimate = item_field(item, FIELD_ESTIMATE), *status = item_field(item, FIELD_STATUS);
    return estimate ? estimate->offset : status ? status->offset : 0;
}

static struct span place_of(const struct reading *reading)
{
    gsize offset = rules_size_place(reading->item);
    return (struct span){ offset, offset };
}

static void report_no_estimate(struct reading *reading)
{
    g_autofree const char **values = policy_choices(reading->policy, FIELD_ESTIMATE);
    g_autofree char *scale = g_strjoinv(", ", (char **)values);
    g_autofree char *help = g_strdup_printf("refine estimate %s VALUE, one of %s; to vote: --vote VALUE",
                                            item_name(reading->item), scale);

    reading_report(reading, "not-estimated", place_of(reading), help,
                   reading->type == RULE_SPIKE ? "it has no time-box: there is no estimate"
                                               : "there is no estimate");
}

static void check_scale(struct reading *reading, const char *estimate, double weight)
{
    const struct scale *scale = reading->book->scale;
    const struct scale_step *below = scale_below(scale, weight), *above = scale_above(scale, weight);

    if (!scale->n || scale_find(scale, weight))
        return;
    g_autofree char *values = below && above ? g_strdup_printf("%s or %s", below->value, above->value)
                                             : g_strdup(below ? below->value : above->value);
    g_autofree char *help = g_strdup_printf("refine estimate %s %s", item_name(reading->item), values);
    reading_report(reading, "off-scale", place_of(reading), help,
                   "the estimate %s is not on the scale: expected %s", estimate, values);
}

static void check_largest(struct reading *reading, const char *estimate, double weight)
{
    double most = 0;
    const char *largest = scale_largest(reading->policy, &most);

    if (!largest || weight <= most)
        return;
    g_autofree char *help = rules_split_help(reading);
    reading_report(reading, "too-large", place_of(reading), help,
                   "the estimate %s is above %s, the largest that the team begins", estimate, largest);
}

static void check_epic(struct reading *reading)
{
    gsize type = reading_field(reading, FIELD_TYPE);
    g_autofree char *help = reading->type == RULE_EPIC ? rules_split_help(reading) : NULL;

    if (help)
        reading_report(reading, "too-large", (struct span){ type, type }, help,
                       "an epic is never ready: its parts are, once it is split");
}

void rules_read_size(struct reading *reading)
{
    const char *estimate = item_text(reading->item, FIELD_ESTIMATE);
    const struct value *value = item_field(reading->item, FIELD_ESTIMATE);
    double weight = 0;
    gboolean weighs = estimate && policy_weight(reading->policy, estimate, &weight);

    if (!estimate && (!value || value->kind == NODE_SCALAR))
        report_no_estimate(reading);
    if (weighs)
        check_scale(reading, estimate, weight);
    if (weighs && reading->type != RULE_EPIC)
        check_largest(reading, estimate, weight);
    check_epic(reading);
    rules_read_votes(reading);
}
