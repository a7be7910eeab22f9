#include "random.h"

#include <string.h>
#ifdef __APPLE__
#include <sys/random.h>
#endif
#include <unistd.h>

/* A SHA-256 digest, and no more than getentropy gives at once. */
enum { BLOCK_SIZE = 32 };

struct random {
    char *seed;   /* NULL: the system's randomness */
    guint64 next; /* number of the next block of a seeded sequence */
    guint8 block[BLOCK_SIZE];
    gsize left; /* bytes of the block that were not given out: its last ones */
};

struct random *random_new(void)
{
    struct random *random = g_new0(struct random, 1);
    const char *seed = g_getenv("REFINE_SEED");
    if (seed && *seed)
        random->seed = g_strdup(seed);
    return random;
}

void random_free(struct random *random)
{
    if (!random)
        return;
    g_free(random->seed);
    g_free(random);
}

/* A hash of a counter and the seed: the same on every machine, for a seed of any text. */
static void fill_from_seed(struct random *random)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *text = g_strdup_printf("%" G_GUINT64_FORMAT " %s", random->next++, random->seed);
    gsize size = BLOCK_SIZE;
    g_checksum_update(checksum, (const guchar *)text, -1);
    g_checksum_get_digest(checksum, random->block, &size);
}

static void fill_from_system(struct random *random)
{
    if (getentropy(random->block, BLOCK_SIZE) == 0)
        return;
    for (gsize i = 0; i < BLOCK_SIZE; i++)
        random->block[i] = (guint8)g_random_int_range(0, 256);
}

void random_bytes(struct random *random, guint8 *bytes, gsize length)
{
    while (length > 0) {
        if (random->left == 0) {
            if (random->seed)
                fill_from_seed(random);
            else
                fill_from_system(random);
            random->left = BLOCK_SIZE;
        }
        gsize size = MIN(length, random->left);
        memcpy(bytes, random->block + BLOCK_SIZE - random->left, size);
        random->left -= size;
        bytes += size;
        length -= size;
    }
}

guint64 random_below(struct random *random, guint64 limit)
{
    g_assert(limit > 0);
    guint64 fair = G_MAXUINT64 - G_MAXUINT64 % limit; /* a multiple of limit: each remainder as often */
    guint64 drawn;
    do {
        guint8 bytes[8];
        random_bytes(random, bytes, sizeof bytes);
        drawn = 0;
        for (gsize i = 0; i < sizeof bytes; i++)
            drawn = drawn << 8 | bytes[i];
    } while (drawn >= fair);
    return drawn % limit;
}
