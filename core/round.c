#include "round.h"

#include <string.h>

#define STEPS 2
/* A hair less than three: the quotient of 0.3 and 0.1 is. */
#define TIMES (3 - 1e-9)

static enum round_verdict judge(const struct round *round)
{
    if (!round->n)
        return ROUND_EMPTY;
    if (round->unknown || round->steps >= STEPS || round->ratio >= TIMES)
        return ROUND_DISCUSS;
    return round->steps ? ROUND_CLOSE : ROUND_AGREED;
}

struct round round_of(const struct policy *policy, const char *const *values, gsize n)
{
    struct round round = { .lowest = G_MAXSIZE, .highest = G_MAXSIZE };
    g_autoptr(Scale) scale = scale_new(policy);
    double low = 0, high = 0, weight;

    for (gsize i = 0; i < n; i++) {
        if (!values[i])
            continue;
        round.n++;
        if (strcmp(values[i], SCALE_UNKNOWN) == 0 || !policy_weight(policy, values[i], &weight)) {
            round.unknown++;
            continue;
        }
        if (round.lowest == G_MAXSIZE || weight < low) {
            round.lowest = i;
            low = weight;
        }
        if (round.highest == G_MAXSIZE || weight > high) {
            round.highest = i;
            high = weight;
        }
    }
    round.steps = scale_apart(scale, low, high);
    round.ratio = low > 0 ? high / low : 0;
    round.verdict = judge(&round);
    return round;
}

struct weighed {
    const char *value;
    double weight;
};

static int compare_weighed(gconstpointer a, gconstpointer b)
{
    const struct weighed *one = a, *other = b;
    return one->weight < other->weight ? -1 : one->weight > other->weight;
}

char *round_print(const struct policy *policy, const char *const *values, gsize n)
{
    g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(struct weighed));
    GString *text = g_string_new(NULL);

    for (gsize i = 0; i < n; i++) {
        struct weighed each = { values[i], G_MAXDOUBLE };
        if (each.value && !policy_weight(policy, each.value, &each.weight))
            each.weight = G_MAXDOUBLE;
        if (each.value)
            g_array_append_val(known, each);
    }
    g_array_sort(known, compare_weighed);
    for (guint i = 0; i < known->len; i++)
        g_string_append_printf(text, "%s%s", i ? ", " : "", g_array_index(known, struct weighed, i).value);
    return g_string_free(text, FALSE);
}

const char *round_verdict_name(enum round_verdict verdict)
{
    static const char *const names[] = { "empty", "agreed", "close", "discuss" };
    return names[verdict];
}
