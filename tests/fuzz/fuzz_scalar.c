/*
 * Any text as a value: printed in every style and place, it must be read again as the same text.
 */
#include "scalar.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_round_trip(const char *value, enum scalar_type type, enum node_style style, gboolean flow)
{
    g_autofree char *printed = scalar_print(value, type, style, flow);
    g_autofree char *text =
        g_strdup_printf(flow ? "key: {of: [%s, x]} # c\n" : "key:\n  - %s # c\n", printed);
    g_autoptr(Nodes) nodes = nodes_parse(text, strlen(text), (struct span){ 0, strlen(text) }, NULL);

    g_assert(!strpbrk(printed, "\r\n"));
    g_assert(nodes->root && nodes->root->count == 1);
    const struct node *list = flow ? nodes->root->first->first : nodes->root->first;
    g_assert(list->kind == NODE_SEQUENCE && list->count == (flow ? 2 : 1));
    g_assert(list->first->kind == NODE_SCALAR && strcmp(list->first->text, value) == 0);
    g_assert(list->first->length == strlen(value) && span_length(list->first->span) == strlen(printed));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum node_style styles[] = { STYLE_PLAIN, STYLE_SINGLE, STYLE_DOUBLE };
    g_autofree char *bytes = g_strndup((const char *)data, size);
    g_autofree char *value = g_utf8_make_valid(bytes, -1);

    /* Twelve bytes for the worst character in front matter of at most 64 KiB. */
    if (strlen(value) > 5000)
        return 0;
    for (guint i = 0; i < 12; i++)
        check_round_trip(value, i & 1 ? SCALAR_TYPED : SCALAR_STRING, styles[i >> 2], (i & 2) != 0);
    return 0;
}
