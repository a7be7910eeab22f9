/*
 * Any bytes as a commit message: read without harm; and as a reason: what is printed is read back, and nobody
 * is smuggled in with it.
 */
#include "message.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_read(const char *text)
{
    g_autoptr(Message) message = message_parse(text);
    g_autofree char *reason = message_reason(message, "k7q2m");
    const GPtrArray *participants = message_participants(message);

    g_assert(!reason || *reason);
    for (guint i = 0; i < participants->len; i++)
        g_assert(*(const char *)participants->pdata[i] && !strchr(participants->pdata[i], '\n'));
}

static void check_printed(const char *reason)
{
    static const char *const trailers[] = { "Co-authored-by: Bo <bo@example.com>", NULL };
    static const struct message_part parts[] = { { "k7q2m", "moved" }, { "t2h8k", "moved" } };
    g_autofree char *clean = message_clean(reason), *again = message_clean(clean);

    g_assert_cmpstr(clean, ==, again);
    g_assert(g_utf8_validate(clean, -1, NULL));
    for (gsize n = 1; n <= G_N_ELEMENTS(parts); n++) {
        g_autofree char *printed = message_print("chore: {subject}", parts, n, NULL, reason, trailers);
        g_autoptr(Message) message = message_parse(printed);
        g_autofree char *read = message_reason(message, parts[n - 1].id);
        g_assert_cmpstr(read ? read : "", ==, clean);
        g_assert_cmpuint(message_participants(message)->len, ==, 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);

    check_read(text);
    check_printed(text);
    return 0;
}
