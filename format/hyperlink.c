#include "hyperlink.h"

#include <string.h>

#define LONGEST 2083

static gboolean has_safe_scheme(const char *address)
{
    static const char *const schemes[] = { "http://", "https://", "mailto:" };
    for (guint i = 0; i < G_N_ELEMENTS(schemes); i++)
        if (g_ascii_strncasecmp(address, schemes[i], strlen(schemes[i])) == 0)
            return TRUE;
    return FALSE;
}

char *hyperlink_url(const char *address)
{
    if (!has_safe_scheme(address))
        return NULL;

    g_autoptr(GString) url = g_string_new(NULL);
    for (const char *at = address; *at; at++) {
        if ((guchar)*at >= 0x80)
            g_string_append_printf(url, "%%%02X", (guchar)*at);
        else if (g_ascii_isalnum(*at) || strchr("-._~:/?#[]@!$&'()*+,;=%", *at))
            g_string_append_c(url, *at);
        else
            return NULL;
        if (url->len > LONGEST)
            return NULL;
    }
    return g_strdup(url->str);
}

void hyperlink_open(GString *out, const char *url)
{
    g_string_append_printf(out, "\x1b]8;;%s\x1b\\", url);
}

void hyperlink_close(GString *out)
{
    g_string_append(out, "\x1b]8;;\x1b\\");
}
