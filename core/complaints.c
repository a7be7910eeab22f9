#include "complaints.h"

#include "nearest.h"

void complaints_add(const struct complaints *complaints, enum severity severity, struct span span,
                    const char *help, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    finding_add(complaints->findings, "policy", severity, complaints->text, complaints->length, span, help,
                "%s", message);
}

char *complaints_help(const char *word, const char *const *names)
{
    const char *nearest = nearest_name(word, names);
    g_autofree char *all = g_strjoinv(", ", (char **)names);

    return nearest ? g_strdup_printf("did you mean %s?", nearest) : g_strdup_printf("it can be: %s", all);
}
