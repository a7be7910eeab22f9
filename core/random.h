/*
 * Randomness for ids, ranks and salts. Whoever starts a command makes one source and passes it on:
 *
 *     g_autoptr(Random) random = random_new();
 *     guint64 roll = random_below(random, 6) + 1;
 *
 * The bytes are the system's (getentropy, which on Linux is getrandom), fit for secrets. For tests only, the
 * environment variable REFINE_SEED, read by random_new and nowhere else, replaces them: every source made
 * with the same seed, in any process on any machine, gives the same sequence, and that one can be guessed.
 */
#pragma once

#include <glib.h>

struct random;

/* A new source. An empty REFINE_SEED is as none. */
struct random *random_new(void);
void random_free(struct random *random);

typedef struct random Random; /* for g_autoptr(Random) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Random, random_free)

/* Fills length bytes. Never fails: where the system refuses, they come from GLib's generator, which the
 * system's randomness or at worst the clock seeds. */
void random_bytes(struct random *random, guint8 *bytes, gsize length);

/* A number of 0 to limit - 1, each as likely as the others; limit is at least 1. */
guint64 random_below(struct random *random, guint64 limit);
