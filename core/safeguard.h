/*
 * The safeguards of writing, by name. In the program each is simply on. A test program is built with
 * REFINE_BREAKABLE, in which the environment variable REFINE_BREAK names one that is off: the tests prove
 * with it that each of them is needed.
 */
#pragma once

#include <glib.h>

#ifdef REFINE_BREAKABLE
#define SAFEGUARD(name) (g_strcmp0(g_getenv("REFINE_BREAK"), name) != 0)
#else
#define SAFEGUARD(name) TRUE
#endif
