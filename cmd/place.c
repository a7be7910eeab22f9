#include "place.h"

char *place_text(const struct place_options *options, const char *usual, GError **error)
{
    int given = (options->top != FALSE) + (options->bottom != FALSE) + (options->before != NULL) +
                (options->after != NULL);

    if (given > 1) {
        usage_error(error, "choose one of --top, --bottom, --before and --after");
        return NULL;
    }
    if (given == 0 && !usual) {
        usage_error(error, "expected one of --top, --bottom, --before ID and --after ID");
        return NULL;
    }
    if (options->before)
        return g_strconcat("before:", options->before, NULL);
    if (options->after)
        return g_strconcat("after:", options->after, NULL);
    return g_strdup(options->top ? "top" : options->bottom ? "bottom" : usual);
}
