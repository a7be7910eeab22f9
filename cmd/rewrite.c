#include "rewrite.h"

#include "editor.h"

enum attempt rewrite_take(struct context *context, const struct buffer *buffer, struct draft *draft,
                          GBytes *text, GError **error)
{
    g_autoptr(GPtrArray) faults = draft_faults(draft, text, error);

    if (!faults)
        return ATTEMPT_REFUSED;
    if (faults->len == 0) {
        draft_rewrite(draft, text);
        return ATTEMPT_TAKEN;
    }
    buffer_complain(buffer, faults);
    if (editor_ask_again(context->output))
        return ATTEMPT_AGAIN;
    g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_VALUE, "the text has %u error%s and was not taken",
                faults->len, faults->len == 1 ? "" : "s");
    return ATTEMPT_REFUSED;
}
