#include "output_links.h"

#include <string.h>

static gboolean is_set(const char *value)
{
    return value && *value;
}

int output_links_forced(void)
{
    const char *force = g_getenv("FORCE_HYPERLINK");
    if (!is_set(force))
        return 0;
    return strcmp(force, "0") == 0 ? -1 : 1;
}

/* Whether value is a number of at least that. */
static gboolean is_from(const char *value, guint64 least)
{
    guint64 number;
    return value && g_ascii_string_to_unsigned(value, 10, least, G_MAXUINT64, &number, NULL);
}

static gboolean is_known_program(const char *program)
{
    static const char *const names[] = { "iTerm.app", "WezTerm", "vscode", "ghostty", NULL };
    return program && g_strv_contains(names, program);
}

static gboolean is_known_term(const char *term)
{
    static const char *const names[] = { "foot", "alacritty", "xterm-kitty", "xterm-ghostty", "contour" };
    for (guint i = 0; term && i < G_N_ELEMENTS(names); i++)
        if (g_str_has_prefix(term, names[i]))
            return TRUE;
    return FALSE;
}

gboolean output_links_known(void)
{
    const char *term = g_getenv("TERM");

    if (!term || strcmp(term, "dumb") == 0 || g_str_has_prefix(term, "screen") ||
        g_str_has_prefix(term, "tmux") || is_set(g_getenv("TMUX")) || is_set(g_getenv("STY")))
        return FALSE;
    /* VTE 0.50 and Konsole 20.12 are the first that know them. */
    return is_from(g_getenv("VTE_VERSION"), 5000) || is_from(g_getenv("KONSOLE_VERSION"), 201200) ||
           is_known_program(g_getenv("TERM_PROGRAM")) || is_set(g_getenv("KITTY_WINDOW_ID")) ||
           is_set(g_getenv("WT_SESSION")) || is_known_term(term);
}
