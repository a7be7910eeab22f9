#include "present_patch.h"

#include "plain.h"

/* As git colours a patch; in_head is kept from line to line. */
static enum table_style style_of(const char *line, gboolean *in_head)
{
    *in_head = *in_head ? !g_str_has_prefix(line, "@@") : g_str_has_prefix(line, "diff ");
    return *in_head                       ? TABLE_BOLD
           : g_str_has_prefix(line, "@@") ? TABLE_CYAN
           : *line == '+'                 ? TABLE_GREEN
           : *line == '-'                 ? TABLE_RED
                                          : TABLE_PLAIN;
}

void present_patch(struct output *output, const GPtrArray *lines)
{
    gboolean in_head = FALSE;

    for (guint i = 0; i < lines->len; i++) {
        g_autofree char *line = plain_escape(lines->pdata[i], -1);
        enum table_style style = style_of(lines->pdata[i], &in_head);
        output_write(output, style ? output_sgr(output, style) : "");
        output_write(output, line);
        output_write(output, style ? output_sgr(output, TABLE_PLAIN) : "");
        output_write(output, "\n");
    }
}
