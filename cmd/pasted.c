#include "pasted.h"

#include <string.h>

gboolean pasted_check(const struct command *command, char *const *words, GError **error)
{
    for (gsize i = 0; command->needs & RECORDS && words[i]; i++) {
        if (strcmp(words[i], "…") == 0)
            usage_error(error, "expected words or a value of your own in place of …");
        else if (g_str_has_suffix(words[i], "=…"))
            usage_error(error, "expected words or a value of your own in place of …, saw %s", words[i]);
        else
            continue;
        return FALSE;
    }
    return TRUE;
}
