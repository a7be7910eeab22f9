/*
 * Any bytes as three versions of a file, split at lines of "%%": they merge without harm, one version that
 * did not change stands byte for byte for the other, and what merged without a conflict, of items, is one.
 */
#include "merge_item.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SPLIT "\n%%\n"

static const struct merge_labels labels = { .ours = "ours", .theirs = "theirs", .base = "base" };

/* The bytes up to the next split, which data and size are moved behind. */
static GBytes *next_version(const char **data, gsize *size)
{
    const char *end = NULL;
    for (gsize at = 0; at + strlen(SPLIT) <= *size && !end; at++)
        if (memcmp(*data + at, SPLIT, strlen(SPLIT)) == 0)
            end = *data + at + 1;
    gsize length = end ? (gsize)(end - *data) : *size;
    GBytes *bytes = g_bytes_new(*data, length);
    gsize behind = end ? length + strlen(SPLIT) - 1 : length;
    *data += behind;
    *size -= behind;
    return bytes;
}

static struct item_merge *merge(GBytes *base, GBytes *ours, GBytes *theirs)
{
    g_autoptr(GError) error = NULL;
    struct item_merge *made = item_merge_new(NULL, base, ours, theirs, &labels, &error);
    g_assert_no_error(error);
    g_assert(made && made->bytes);
    return made;
}

static gboolean is_item(GBytes *bytes)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Document) document = document_new(bytes, findings);
    document_body(document, findings);
    return findings->len == 0 && document->front->root && document->body->readable;
}

static void check_alone(GBytes *base, GBytes *side)
{
    g_autoptr(ItemMerge) ours = merge(base, side, base), theirs = merge(base, base, side);
    g_autoptr(ItemMerge) both = merge(base, side, side);

    g_assert(ours->conflicts->len + theirs->conflicts->len + both->conflicts->len == 0);
    g_assert(g_bytes_equal(ours->bytes, side) && g_bytes_equal(theirs->bytes, side));
    g_assert(g_bytes_equal(both->bytes, side));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    g_autoptr(GBytes) base = next_version(&text, &size), ours = next_version(&text, &size);
    g_autoptr(GBytes) theirs = next_version(&text, &size);
    g_autoptr(ItemMerge) made = merge(base, ours, theirs), turned = merge(base, theirs, ours);

    check_alone(base, ours);
    for (guint i = 0; i < made->conflicts->len; i++)
        g_assert(((struct merge_conflict *)made->conflicts->pdata[i])->what);
    if (!made->by_lines && made->conflicts->len == 0)
        g_assert((g_bytes_equal(made->bytes, ours) || g_bytes_equal(made->bytes, theirs)) ||
                 is_item(made->bytes));
    if (!made->by_lines && !turned->by_lines)
        g_assert((made->conflicts->len == 0) == (turned->conflicts->len == 0));
    return 0;
}
