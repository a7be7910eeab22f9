#include "rank.h"

#include "random.h"

#include <string.h>

enum {
    BASE = 19,
    LOWER_HEADS = 9,       /* b to m: integers of 9 digits to 1 digit, below 0 */
    UPPER_HEADS = 10,      /* n to z: integers of 1 digit to 10 digits, from 0 up */
    CHOICES = BASE * BASE, /* how many ranks a random choice is made among at least: two digits */
    MOST_SHRUNK = 3,       /* digits: enough for runs of 2 * 19^3, and short where there was none */
};

/* In the order of their bytes; the place is the value. */
static const char digits[] = "bcdfghjkmnpqrstvwxz";

/* What a rank stands for. The fraction is borrowed from the text of the rank. */
struct number {
    gint64 integer;
    const char *fraction;
    gsize length; /* of the fraction, in digits */
};

/* The digits of a fraction that are looked at, and how many steps of the last of them lie between two
 * numbers, both cut to that precision. */
struct gap {
    gsize precision;
    gint64 steps;
};

static int digit_value(char digit)
{
    const char *found = digit ? strchr(digits, digit) : NULL;
    return found ? (int)(found - digits) : -1;
}

/* Digit i of the fraction of number, which goes on with zeros for ever. */
static int digit_at(const struct number *number, gsize i)
{
    return i < number->length ? digit_value(number->fraction[i]) : 0;
}

static gint64 power(int exponent)
{
    gint64 result = 1;
    while (exponent-- > 0)
        result *= BASE;
    return result;
}

/* How many integers of one sign are written with at most so many digits. */
static gint64 integers_within(int n_digits)
{
    gint64 sum = 0;
    for (int i = 1; i <= n_digits; i++)
        sum += power(i);
    return sum;
}

/* Below every rank: "bbbbbbbbbb". */
static struct number floor_number(void)
{
    return (struct number){ -integers_within(LOWER_HEADS), "", 0 };
}

/* Above every rank: the integer after "zzzzzzzzzzz". */
static struct number ceiling_number(void)
{
    return (struct number){ integers_within(UPPER_HEADS), "", 0 };
}

static gboolean number_parse(const char *text, struct number *number)
{
    gsize length = strspn(text, digits);
    if (length < 2 || text[length])
        return FALSE;
    int head = digit_value(text[0]);
    gboolean is_upper = head >= LOWER_HEADS;
    int n_digits = is_upper ? head - LOWER_HEADS + 1 : LOWER_HEADS - head;
    if (length < 1 + (gsize)n_digits)
        return FALSE;

    gint64 value = 0;
    for (int i = 1; i <= n_digits; i++)
        value = value * BASE + digit_value(text[i]);
    number->integer = is_upper ? integers_within(n_digits - 1) + value : value - integers_within(n_digits);
    number->fraction = text + 1 + n_digits;
    number->length = length - 1 - (gsize)n_digits;
    if (number->length > 0)
        return text[length - 1] != digits[0];
    return number->integer > floor_number().integer;
}

static struct number number_of(const char *rank)
{
    struct number number = { 0, "", 0 };
    gboolean is_rank = number_parse(rank, &number);
    g_assert(is_rank);
    return number;
}

/* The rank of the number of that integer and fraction. */
static char *number_print(gint64 integer, const char *fraction)
{
    gboolean is_upper = integer >= 0;
    gint64 value = is_upper ? integer : -1 - integer; /* how far from the middle */
    int n_digits = 1;
    while (value >= power(n_digits))
        value -= power(n_digits++);
    if (!is_upper)
        value = power(n_digits) - 1 - value;

    g_autoptr(GString) rank = g_string_new(NULL);
    g_string_append_c(rank, digits[is_upper ? LOWER_HEADS + n_digits - 1 : LOWER_HEADS - n_digits]);
    for (int i = n_digits - 1; i >= 0; i--)
        g_string_append_c(rank, digits[value / power(i) % BASE]);
    g_string_append(rank, fraction);
    return g_strdup(rank->str);
}

/* The rank of low, cut to precision digits, and so many steps of the last of them. */
static char *rank_up(const struct number *low, gsize precision, gint64 steps)
{
    g_autofree char *fraction = g_strnfill(precision, digits[0]);
    gint64 carry = steps;
    for (gsize i = precision; i-- > 0;) {
        carry += digit_at(low, i);
        fraction[i] = digits[carry % BASE];
        carry /= BASE;
    }
    while (precision > 0 && fraction[precision - 1] == digits[0])
        fraction[--precision] = '\0';
    return number_print(low->integer + carry, fraction);
}

/* The gap between the two at the lowest precision that shows at least so many steps. */
static struct gap gap_of(const struct number *low, const struct number *high, gint64 at_least)
{
    struct gap gap = { 0, high->integer - low->integer };
    while (gap.steps < at_least) {
        gap.steps = gap.steps * BASE + digit_at(high, gap.precision) - digit_at(low, gap.precision);
        gap.precision++;
    }
    return gap;
}

/*
 * Into how many parts to cut the gap between two, for the new rank to stand about one part away from the
 * newer of them. Halves are best for inserts at random places, but cost a character for every four or five
 * inserts where each goes just after the same item, or just before it. That item's rank, the shorter one,
 * then tells apart much more than the gap that is left. So the parts get as small as the gap has shrunk below
 * it: a run of inserts counts away from the item, and its ranks grow with the logarithm of its length. One
 * digit of grace keeps inserts at random places, where neighbours differ in age too, as short as halving
 * makes them.
 */
static gint64 parts_of(const struct number *low, const struct number *high)
{
    gsize precision = gap_of(low, high, 2).precision;
    gsize told_apart = MIN(low->length, high->length) + 1;
    gsize shrunk = precision > told_apart ? precision - told_apart : 0;
    return 2 * power((int)MIN(shrunk, MOST_SHRUNK));
}

static char *bisect(struct random *random, const struct number *low, const struct number *high)
{
    gint64 parts = parts_of(low, high);
    struct gap gap = gap_of(low, high, parts * CHOICES);
    gint64 part = gap.steps / parts;
    gint64 away = part / 2 + (gint64)random_below(random, (guint64)part);
    gboolean low_is_newer = low->length > high->length;
    return rank_up(low, gap.precision, low_is_newer ? away : gap.steps - away);
}

/* One random digit after the integer, so that two branches that add at the same end seldom tie. */
static char *end_rank(struct random *random, gint64 integer)
{
    const char fraction[] = { digits[1 + random_below(random, BASE - 1)], '\0' };
    return number_print(integer, fraction);
}

gboolean rank_is_valid(const char *text)
{
    struct number number;
    return text && number_parse(text, &number);
}

int rank_compare(const char *rank_a, const char *id_a, const char *rank_b, const char *id_b)
{
    gboolean a_is_ranked = rank_is_valid(rank_a), b_is_ranked = rank_is_valid(rank_b);
    if (a_is_ranked != b_is_ranked)
        return a_is_ranked ? -1 : 1;
    int by_rank = a_is_ranked ? strcmp(rank_a, rank_b) : 0;
    return by_rank ? by_rank : g_strcmp0(id_a, id_b);
}

char *rank_first(struct random *random)
{
    return end_rank(random, 0);
}

char *rank_before(struct random *random, const char *first)
{
    struct number high = number_of(first), low = floor_number();
    return high.integer > low.integer ? end_rank(random, high.integer - 1) : bisect(random, &low, &high);
}

char *rank_after(struct random *random, const char *last)
{
    struct number low = number_of(last), high = ceiling_number();
    return low.integer + 1 < high.integer ? end_rank(random, low.integer + 1) : bisect(random, &low, &high);
}

char *rank_between(struct random *random, const char *low, const char *high)
{
    if (!low)
        return high ? rank_before(random, high) : rank_first(random);
    if (!high)
        return rank_after(random, low);
    g_assert(strcmp(low, high) < 0);
    struct number low_number = number_of(low), high_number = number_of(high);
    return bisect(random, &low_number, &high_number);
}

/* Cuts the gap into n parts and puts a rank into the middle half of each. */
static void spread_within(struct random *random, const struct number *low, const struct number *high, guint n,
                          GPtrArray *ranks)
{
    struct gap gap = gap_of(low, high, (gint64)n * 2 * CHOICES);
    gint64 part = n > 0 ? gap.steps / n : 0;
    for (guint i = 0; i < n; i++) {
        gint64 into = part / 4 + (gint64)random_below(random, (guint64)part / 2);
        g_ptr_array_add(ranks, rank_up(low, gap.precision, part * i + into));
    }
}

GPtrArray *rank_spread(struct random *random, const char *low, const char *high, guint n)
{
    GPtrArray *ranks = g_ptr_array_new_full(n, g_free);
    struct number low_number = low ? number_of(low) : floor_number();
    struct number high_number = high ? number_of(high) : ceiling_number();
    g_assert(!low || !high || strcmp(low, high) < 0);

    /* Towards an open end one integer each, while they last. */
    gint64 integer = low ? low_number.integer + 1 : high ? high_number.integer - n : 0;
    gboolean is_room = integer >= floor_number().integer && integer + n <= ceiling_number().integer;
    if ((low && high) || !is_room) {
        spread_within(random, &low_number, &high_number, n, ranks);
        return ranks;
    }
    for (guint i = 0; i < n; i++)
        g_ptr_array_add(ranks, end_rank(random, integer + i));
    return ranks;
}
