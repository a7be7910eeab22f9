#include "random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct random *seeded(const char *seed)
{
    g_setenv("REFINE_SEED", seed, TRUE);
    return random_new();
}

/* What sha256sum says of "0 tuesday" and "1 tuesday": the same in every process, today and later. */
static void a_seed_names_one_sequence_for_ever(void **state)
{
    static const guint8 expected[40] = {
        0x77, 0x66, 0x77, 0x45, 0x95, 0x48, 0x23, 0x44, 0x5d, 0xfa, 0xc4, 0x76, 0x73, 0x4b,
        0x8d, 0x9a, 0x01, 0x32, 0x66, 0x7b, 0xc6, 0x30, 0x8f, 0xa3, 0x36, 0x6d, 0x96, 0xee,
        0x55, 0x2c, 0x2b, 0xe4, 0x06, 0x8d, 0xa0, 0x03, 0xb3, 0x87, 0xae, 0xff,
    };
    guint8 bytes[sizeof expected];
    g_autoptr(Random) random = seeded("tuesday");
    random_bytes(random, bytes, sizeof bytes);
    assert_memory_equal(bytes, expected, sizeof expected);
}

static void sources_of_one_seed_agree_and_of_two_do_not(void **state)
{
    g_autoptr(Random) mine = seeded("7"), yours = seeded("7"), other = seeded("8");
    guint n_other_equal = 0;
    for (guint i = 0; i < 1000; i++) {
        guint64 drawn = random_below(mine, 1000000);
        assert_int_equal(drawn, random_below(yours, 1000000));
        n_other_equal += drawn == random_below(other, 1000000);
    }
    assert_true(n_other_equal < 5);
}

static void bytes_in_pieces_are_the_bytes_at_once(void **state)
{
    guint8 at_once[200], pieces[200];
    g_autoptr(Random) one = seeded("pieces"), other = seeded("pieces");
    random_bytes(one, at_once, sizeof at_once);
    for (gsize at = 0, size = 0; at < sizeof pieces; at += size, size = MIN(size + 1, sizeof pieces - at))
        random_bytes(other, pieces + at, size);
    assert_memory_equal(at_once, pieces, sizeof at_once);
}

static void without_a_seed_no_two_sources_agree(void **state)
{
    guint8 first[16], second[16];
    g_unsetenv("REFINE_SEED");
    g_autoptr(Random) one = random_new(), other = random_new();
    random_bytes(one, first, sizeof first);
    random_bytes(other, second, sizeof second);
    assert_memory_not_equal(first, second, sizeof first);

    g_autoptr(Random) empty = seeded(""), also_empty = seeded("");
    random_bytes(empty, first, sizeof first);
    random_bytes(also_empty, second, sizeof second);
    assert_memory_not_equal(first, second, sizeof first);
}

static void every_number_below_the_limit_is_as_likely(void **state)
{
    g_autoptr(Random) random = seeded("dice");
    guint seen[19] = { 0 };
    for (guint i = 0; i < 190000; i++) {
        guint64 drawn = random_below(random, 19);
        assert_true(drawn < 19);
        seen[drawn]++;
    }
    for (guint i = 0; i < 19; i++)
        assert_true(fabs(seen[i] - 10000.0) < 500); /* five standard deviations */
    assert_int_equal(random_below(random, 1), 0);
}

/* Taken modulo three quarters of 2^64, 64 random bits fall into its first third half of the time. */
static void a_large_limit_has_no_modulo_bias(void **state)
{
    g_autoptr(Random) random = seeded("bias");
    guint64 third = G_GUINT64_CONSTANT(1) << 62;
    guint n_first = 0;
    for (guint i = 0; i < 9000; i++) {
        guint64 drawn = random_below(random, 3 * third);
        assert_true(drawn < 3 * third);
        n_first += drawn < third;
    }
    assert_true(n_first > 2700 && n_first < 3300);
    assert_true(random_below(random, G_MAXUINT64) < G_MAXUINT64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seed_names_one_sequence_for_ever),
        cmocka_unit_test(sources_of_one_seed_agree_and_of_two_do_not),
        cmocka_unit_test(bytes_in_pieces_are_the_bytes_at_once),
        cmocka_unit_test(without_a_seed_no_two_sources_agree),
        cmocka_unit_test(every_number_below_the_limit_is_as_likely),
        cmocka_unit_test(a_large_limit_has_no_modulo_bias),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
