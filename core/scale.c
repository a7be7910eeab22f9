#include "scale.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare_steps(const void *a, const void *b)
{
    const struct scale_step *one = a, *other = b;
    return one->weight < other->weight ? -1 : one->weight > other->weight;
}

struct scale *scale_new(const struct policy *policy)
{
    g_autofree const char **values = policy_choices(policy, FIELD_ESTIMATE);
    struct scale *scale = g_new0(struct scale, 1);

    scale->steps = g_new0(struct scale_step, g_strv_length((char **)values) + 1);
    for (gsize i = 0; values[i]; i++) {
        struct scale_step step = { values[i], 0 };
        if (strcmp(values[i], SCALE_UNKNOWN) != 0 && policy_weight(policy, values[i], &step.weight))
            scale->steps[scale->n++] = step;
    }
    qsort(scale->steps, scale->n, sizeof *scale->steps, compare_steps);
    return scale;
}

void scale_free(struct scale *scale)
{
    if (!scale)
        return;
    g_free(scale->steps);
    g_free(scale);
}

const char *scale_largest(const struct policy *policy, double *weight)
{
    const char *largest = policy_text(policy, "estimate.largest");

    if (!largest || !policy_weight(policy, largest, weight))
        return NULL;
    if (policy_sets(policy, "estimate.largest") || !policy_sets(policy, "estimate.scale"))
        return largest;
    g_autoptr(Scale) scale = scale_new(policy);
    const struct scale_step *step = scale_find(scale, *weight);
    return step ? step->value : NULL;
}

const struct scale_step *scale_find(const struct scale *scale, double weight)
{
    for (guint i = 0; i < scale->n; i++)
        if (scale->steps[i].weight == weight)
            return &scale->steps[i];
    return NULL;
}

const struct scale_step *scale_below(const struct scale *scale, double weight)
{
    for (guint i = scale->n; i-- > 0;)
        if (scale->steps[i].weight < weight)
            return &scale->steps[i];
    return NULL;
}

const struct scale_step *scale_above(const struct scale *scale, double weight)
{
    for (guint i = 0; i < scale->n; i++)
        if (scale->steps[i].weight > weight)
            return &scale->steps[i];
    return NULL;
}

const struct scale_step *scale_nearest(const struct scale *scale, double weight)
{
    const struct scale_step *nearest = NULL;

    for (guint i = 0; i < scale->n; i++)
        if (!nearest || fabs(scale->steps[i].weight - weight) <= fabs(nearest->weight - weight))
            nearest = &scale->steps[i];
    return nearest;
}

guint scale_apart(const struct scale *scale, double one, double other)
{
    double low = MIN(one, other), high = MAX(one, other);
    guint apart = low < high;

    for (guint i = 0; i < scale->n; i++)
        apart += scale->steps[i].weight > low && scale->steps[i].weight < high;
    return apart;
}
